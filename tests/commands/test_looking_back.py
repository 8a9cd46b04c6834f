"""review, compare, and looking back on a screen."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import time_machine

from smartcli.content.catalog import Catalog
from smartcli.journal import seal
from smartcli.workbook.browser import Browser
from smartcli.workbook.workbook import Workbook
from tests.commands.test_record import WHOLE
from tests.conftest import Run
from tests.support.asking import plain

Look = Callable[..., str]


def small(run: Run, day: int, words: str, about: str = "") -> str:
    """Record a small entry on a day of November; return its id."""
    beside = ["--about", about] if about else []
    return run(
        "record", "small", "--when", f"2026-11-{day:02}", *beside, typed=json.dumps({"what": words})
    ).stdout.strip()


def test_review_lists_by_day_newest_first_and_counts_at_the_foot(run: Run, tiny: Catalog) -> None:
    for day in (3, 3, 7):
        small(run, day, "x")
    run("record", "everything", "--when", "2026-11-07T21:00", typed=json.dumps(WHOLE))
    shown = run("review").stdout
    assert shown.index("Saturday 7 November") < shown.index("21:00 Everything") < shown.index("Tuesday 3 November")
    assert "4 entries: Small (3) and Everything (1). They are from 2 days." in shown
    assert "No entry fits" in run("review", "--about", "nobody").stdout


def test_review_reads_only_the_entries_it_shows(run: Run, tiny: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    for day in range(1, 20):
        small(run, day, "x")
    opened = []
    real = seal.opened
    monkeypatch.setattr(seal, "opened", lambda data: opened.append(1) or real(data))
    assert len(json.loads(run("review", "--last", "2", "--json").stdout)) == 2
    assert len(opened) == 2
    opened.clear()
    assert len(json.loads(run("review", "--since", "2026-11-18", "--json").stdout)) == 2
    assert len(opened) <= 4


def test_commands_that_need_no_entry_read_none(run: Run, tiny: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    small(run, 1, "x")
    monkeypatch.setattr(seal, "opened", lambda data: pytest.fail("an entry was read"))
    assert run("record", "small", typed='{"what": "y"}').exit_code == 0
    rows = {row["id"]: row for row in json.loads(run("exercises", "--json").stdout)}
    assert (rows["small"]["times"], rows["everything"]["last"]) == (2, None)


@time_machine.travel("2026-11-22T21:00:00+00:00")  # a day of another year is said with its year
def test_two_ids_are_compared_the_earlier_first_whatever_their_order(run: Run, tiny: Catalog) -> None:
    later, earlier = small(run, 9, "now"), small(run, 2, "then")
    for pair in ((later, earlier), (earlier, later)):
        shown = run("compare", *pair).stdout
        assert "From Monday 2 November to Monday 9 November." in shown
        assert "- from then to now" in shown


def test_an_exercise_is_compared_by_its_last_two_or_the_first_and_the_last(run: Run, tiny: Catalog) -> None:
    for day, words, about in [(1, "first", "Wine"), (2, "other", "Cards"), (3, "middle", "Wine"), (4, "last", "Wine")]:
        small(run, day, words, about)
    assert "from middle to last" in run("compare", "SMALL").stdout
    assert "from first to last" in run("compare", "small", "--first").stdout


def test_what_cannot_be_compared_says_why(run: Run, tiny: Catalog) -> None:
    one = small(run, 1, "x")
    other = run("record", "everything", typed=json.dumps(WHOLE)).stdout.strip()
    for words, told in [
        (["small"], "two entries"),
        (["everything", "--first"], "two entries"),
        ([one, other], "different exercises"),
        ([one, one, one], "ids of two entries"),
        ([one, one, "--first"], "ids of two entries"),
        (["nothing-like-it"], "no exercise"),
        ([one, "zzzz"], "No entry"),
    ]:
        done = run("compare", *words)
        assert (done.exit_code, done.stdout) == (2, "")
        assert told in done.stderr
    assert "no difference" in run("compare", one, one).stdout


def test_entries_of_an_exercise_that_is_gone_are_compared_too(run: Run, tiny: Catalog, home: Path) -> None:
    folder = home / "journal" / "exercises"
    folder.mkdir(parents=True)
    text = 'format=1\nid="mine"\ntitle="Mine"\npoint="daily"\npurpose="p"\n[[field]]\nid="a"\nkind="line"\nask="A?"\n'
    (folder / "mine.toml").write_text(text)
    for words in ("then", "now"):
        run(
            "record",
            "mine",
            "--when",
            "2026-11-01" if words == "then" else "2026-11-02",
            typed=json.dumps({"a": words}),
        )
    (folder / "mine.toml").unlink()
    assert "from then to now" in run("compare", "mine").stdout


@pytest.fixture
def look(home: Path, tiny: Catalog) -> Look:
    """look("1", "!") looks back with these lines typed, and returns all that was said."""

    def typed(*lines: str) -> str:
        workbook = Workbook()
        workbook.__dict__["asker"], out = plain(*lines)
        Browser(workbook, ((entry, entry.summary()) for entry in workbook.journal.entries()), "Look back").run()
        return out.getvalue()

    return typed


def test_an_entry_is_picked_read_and_left_again(run: Run, look: Look) -> None:
    small(run, 1, "older")
    small(run, 2, "newer")
    said = look("1", "1", "2", "1", "<")
    assert said.index("newer") < said.index("older")
    assert said.count("Which entry would you like to open?") == 3
    assert look("<").count("Which entry would you like to open?") == 1


def test_an_entry_is_changed_and_stands_changed_in_the_list(run: Run, look: Look) -> None:
    entry = small(run, 1, "before")
    said = look("1", "2", "after", "1", "1", "<")
    assert "Saved." in said
    assert json.loads(run("show", entry, "--json").stdout)["answers"] == {"what": "after"}
    assert "after" in said.split("What?")[-1]


def test_an_entry_is_compared_with_the_time_before(run: Run, look: Look) -> None:
    small(run, 1, "then")
    small(run, 2, "now")
    assert "from then to now" in look("1", "3", "1", "<")
    assert "Compare" not in look("2", "1", "<")


def test_one_entry_is_written_to_a_file_that_is_not_replaced(
    run: Run, look: Look, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    small(run, 1, "kept")
    said = look("1", "3", "", "3", "", "1", "<")
    assert "kept" in (tmp_path / "entry-2026-11-01.md").read_text()
    assert "There is already a file with that name." in said


def test_a_long_list_is_read_as_it_is_asked_for(run: Run, look: Look, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("smartcli.workbook.browser._AT_ONCE", 2)
    for day in range(1, 6):
        small(run, day, f"words {day}")
    said = look("Older entries", "Older entries", "Newer entries", "3", "1", "<")
    assert "5 November" in said
    assert "words 3" not in said  # of the entries of 3 and 2 November the second was opened
    assert "words 2" in said


def test_a_deleted_entry_can_only_be_read(run: Run, home: Path, tiny: Catalog) -> None:
    entry = small(run, 1, "gone")
    run("delete", entry, "--yes")
    workbook = Workbook()
    workbook.__dict__["asker"], out = plain("1", "1", "<")
    heads = workbook.journal.heads(deleted=True)
    Browser(workbook, ((head.entry, "") for head in heads), "Look back").run()
    assert "Change this entry" not in out.getvalue()
    assert "(hidden)" in out.getvalue()


def test_looking_back_at_nothing_says_so(look: Look) -> None:
    assert "no entries here" in look("<")
