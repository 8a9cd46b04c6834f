"""Looking back on a real terminal: things found, opened, changed, hidden, erased and brought back by keys alone."""

import json
import re
from pathlib import Path

import pytest

from smartcli.entries.entry import DELETED, Entry
from smartcli.entries.revisions import with_state
from smartcli.journal.store import Journal
from tests.support import year
from tests.terminal.driver import Terminal

AT = "2026-12-31T21:00:00+00:00"  # two years after the made one
ESC, ENTER, UP, DOWN, LEFT, RIGHT, END = "\x1b", "\r", "\x1b[A", "\x1b[B", "\x1b[D", "\x1b[C", "\x1b[F"
WORDS = "The heron in the yard"


@pytest.fixture
def journal(home: Path) -> Journal:
    """A journal of one year, in the middle of which somebody heard an heron."""
    year.write(home / "journal")
    journal = Journal(home / "journal")
    middle = next(entry for entry in year.entries() if entry.exercise == "check-in" and entry.day.month == 6)
    fields = [{**stored, "answer": WORDS} if stored["id"] == "good" else stored for stored in middle.body["fields"]]
    body = {**middle.body, "fields": fields, "parents": [middle.revision], "saved": "2024-06-30T20:00:00+00:00"}
    journal.save(Entry(body))
    return journal


def looking(journal: Journal, *words: str, **how: object) -> Terminal:
    return Terminal(*(words or ("review",)), home=journal.path.parent, at=AT, **how)  # type: ignore[arg-type]


def the_heron(journal: Journal) -> Entry:
    return next(entry for entry in journal.entries() if any(WORDS in str(one.answer) for one in entry.fields))


def choose(terminal: Terminal, deed: str) -> None:
    """Open the list of what can be done, and take the row that begins so."""
    terminal.type(ENTER)
    shown = terminal.see("What would you like to do?", deed)
    rows = [line for line in shown.splitlines() if re.match(r" [ ›] \S", line)]
    place = next(at for at, line in enumerate(rows) if deed in line)
    terminal.type(DOWN * place, ENTER)


def test_a_word_of_two_years_ago_is_found_as_it_is_typed_and_its_entry_read(journal: Journal) -> None:
    terminal = looking(journal)
    terminal.see("1 of ", "December 2024")
    terminal.type("/")
    terminal.see("Search:")
    terminal.type("heron")
    terminal.see("*heron*", "1 of 1")
    terminal.type(ENTER)
    terminal.see("What helped", WORDS)
    terminal.type(ESC)
    terminal.see("Search: heron")
    terminal.type(ESC)
    terminal.see(f"1 of {sum(1 for _ in journal.entries())}")
    terminal.type(ESC)
    assert terminal.end() == 0


def test_a_month_is_gone_to_and_the_oldest_entry_opened(journal: Journal) -> None:
    terminal = looking(journal)
    terminal.see("December 2024")
    terminal.type("g")
    terminal.see("Go to:")
    terminal.type("no such day" + ENTER)
    terminal.see("can't read that", "Go to: no such day")
    terminal.type("\x7f" * 20 + "mar 2024" + ENTER)
    terminal.see("Saturday 30 March 2024", "454 of ")
    terminal.type(END)
    number = sum(1 for _ in journal.entries())
    terminal.see(f"{number} of {number}, January 2024")
    terminal.type(ENTER)
    terminal.see("Start", "Mornings with the kids")
    terminal.type(LEFT)  # the newer one beside it
    terminal.see("1 January 2024", "choose what to do")
    terminal.type(ESC)
    terminal.see(f"{number - 1} of {number}")
    terminal.type(ESC)
    assert terminal.end() == 0


def test_an_entry_is_hidden_and_erased_and_the_list_is_right(journal: Journal) -> None:
    before = [entry.id for entry in journal.entries()]
    terminal = looking(journal)
    terminal.see(f"1 of {len(before)}")
    terminal.type(DOWN, ENTER)
    terminal.see("choose what to do")
    choose(terminal, "Hide")
    terminal.see("hidden now")
    terminal.type(ESC)
    terminal.see(f"2 of {len(before) - 1}")
    terminal.type(ENTER)
    terminal.see("choose what to do")
    choose(terminal, "Erase")
    terminal.see("smartcli cannot see exports", "Erase this entry for good")
    terminal.type(ENTER)  # it begins from no
    terminal.see("Nothing was erased")
    choose(terminal, "Erase")
    terminal.see("smartcli cannot see exports")
    terminal.type(UP, ENTER)
    terminal.see("1 entry is erased.", f"2 of {len(before) - 2}")
    terminal.type(ESC)
    assert terminal.end() == 0
    assert [entry.id for entry in journal.entries()] == [before[0], *before[3:]]
    assert before[1] in journal.listed  # hidden, and still there
    assert before[2] not in journal.listed


def test_a_hidden_entry_is_brought_back_without_an_id(journal: Journal) -> None:
    head = next(journal.heads())
    journal.save(with_state(head.entry, DELETED, head.revisions()))
    terminal = looking(journal, "restore")
    terminal.see("1 of 1", "hidden")
    terminal.type(ENTER)
    terminal.see("This entry is back.", "There are no entries here.")
    terminal.type(ESC)
    assert terminal.end() == 0
    assert next(journal.entries()).id == head.entry.id


def test_an_earlier_version_is_seen_and_brought_back(journal: Journal) -> None:
    entry = the_heron(journal)
    terminal = looking(journal, "search", "heron")
    terminal.see("1 of 1")
    terminal.type(ENTER)
    terminal.see("choose what to do")
    choose(terminal, "earlier versions")
    terminal.see("(the newest)")
    terminal.type(ENTER)
    terminal.see("Bring back the version")
    terminal.type(ENTER)
    terminal.see("That version is back")
    terminal.type(ESC, ESC, ESC)
    assert terminal.end() == 0
    assert WORDS not in json.dumps(journal.find(entry.id).entry.answers)
    assert journal.find(entry.id).versions == 3


@pytest.mark.parametrize(
    ("command", "enter"),
    [
        ("show", "enter open"),
        ("edit", "enter change"),
        ("delete", "enter hide"),
        ("history", "enter see versions"),
        ("restore", "enter bring back"),
        ("purge", "enter erase"),
        ("compare", "enter compare"),
    ],
)
def test_every_command_without_an_id_opens_the_list_and_says_what_enter_does(
    journal: Journal, command: str, enter: str
) -> None:
    if command == "restore":  # it lists what is hidden, and Enter is not named where there is nothing
        head = next(journal.heads())
        journal.save(with_state(head.entry, DELETED, head.revisions()))
    terminal = looking(journal, command)
    terminal.see(enter)
    terminal.type(ESC)
    assert terminal.end() == 0


def test_a_long_paste_is_a_search_that_finds_nothing(journal: Journal) -> None:
    terminal = looking(journal, "search")
    terminal.see("Search:")
    terminal.type("\x1b[200~" + "herons " * 2_000 + "\x1b[201~")
    terminal.see("No entry has all of those words")
    terminal.type(ESC)
    terminal.see("1 of ")
    terminal.type(ESC)
    assert terminal.end() == 0


@pytest.mark.parametrize("columns", [20, 40])
def test_a_narrow_terminal_shows_the_list_and_a_wider_one_more(journal: Journal, columns: int) -> None:
    terminal = looking(journal, columns=columns)
    terminal.see("1 of ", "›")
    terminal.type(DOWN * 30)
    terminal.see("31 of ", "›")
    terminal.child.setwinsize(40, 100)
    terminal._screen.resize(40, 100)
    terminal.see("31 of ", "2024", "enter open")
    terminal.type(ESC)
    assert terminal.end() == 0


def test_plain_mode_reads_a_day_at_a_time_and_a_pipe_gets_all(journal: Journal) -> None:
    terminal = looking(journal, "--plain", "review")
    terminal.see("Which entry would you like to open?")
    assert terminal.raw.count(b"day ") < 10
    terminal.type("/heron\r")
    terminal.see("*heron*")
    terminal.type("1\r")
    terminal.see("What would you like to do?", "Hide this entry")
    terminal.type("<\r")
    terminal.type("!\r")
    terminal.end()
    assert b"\x1b[?1049h" not in terminal.raw
