"""What plain mode prints can be spoken: no sign on any page that a screen reader would name oddly or pass over."""

import contextlib
import io
import random
import unicodedata
from datetime import date
from pathlib import Path

import pytest

from smartcli.asking import Elsewhere
from smartcli.blocks import Bar, Bars, Chart, Heat, Page, Table
from smartcli.content.exercise import Exercise
from smartcli.journal.drafts import Drafts
from smartcli.pages.entry import entry_page
from smartcli.renderers import plain
from tests.conftest import Run
from tests.support.asking import Typist, entry, memory, session
from tests.support.made import CATALOG
from tests.support.year import entries, write

EXERCISES = [*CATALOG]
PAUSES = "“”‘’…"  # a speech synthesizer pauses at them
SPOKEN_AS_WORDS = ("->", "=>", "<-", "--- ", "|")
PAGES = [
    ("insights", "--since", "2024-01-01", "--until", "2024-12-31"),
    ("insights", "--last", "60", "--until", "2024-12-31"),
    ("review", "--last", "200"),
    ("search", "Sam"),
    ("show", "last"),
    ("history", "last"),
    ("compare", "balance-wheel"),
    ("compare", "three-rulers", "--first"),
    ("compare", "goals"),
    ("support",),
    ("support", "--all"),
    ("programme",),
    ("plan",),
    ("exercises",),
    ("where",),
    ("drafts",),
    (),
]


def unspoken(text: str) -> set[str]:
    """Return the signs in a text that are neither letters nor figures, nor marks that speech pauses at."""
    signs = {sign for sign in text if not sign.isascii() and unicodedata.category(sign)[0] not in "LNM"}
    return (signs - set(PAUSES)) | {sign for sign in SPOKEN_AS_WORDS if sign in text}


def test_a_sign_that_is_drawn_would_be_noticed() -> None:
    assert unspoken("8 → 5") == {"→"}
    assert unspoken("drinking · Monday") == {"·"}
    assert unspoken("Mo ● Tu ░") == {"●", "░"}
    assert unspoken("−3, Ölüm, “yes”") == {"−"}


@pytest.mark.parametrize("command", PAGES, ids=" ".join)
def test_a_page_can_be_spoken(command: tuple[str, ...], run: Run, home: Path) -> None:
    write(home / "journal")
    done = run("--plain", *command)
    assert done.exit_code == 0
    assert done.output.strip()
    assert not unspoken(done.output)


@pytest.mark.parametrize("kind", sorted({entry.exercise for entry in entries()}))
def test_an_entry_can_be_spoken(kind: str) -> None:
    newest = [entry for entry in entries() if entry.exercise == kind][-1]
    assert not unspoken(plain.page(entry_page(newest)))


@pytest.mark.parametrize("exercise", EXERCISES, ids=[exercise.id for exercise in EXERCISES])
def test_a_sitting_can_be_spoken(exercise: Exercise, tmp_path: Path) -> None:
    start = entry(CATALOG.find("start"), {"behaviours": [{"name": "it", "aim": "stop", "family": "screens"}]})
    about = "it" if exercise.per_behaviour else None
    out = io.StringIO()
    typist = Typist(random.Random(exercise.id), out)
    with contextlib.suppress(Elsewhere):  # an answer may lead to another exercise: what was said until then is said
        session(exercise, typist, Drafts(tmp_path), remembered=memory(start), about=about).run()
    assert out.getvalue()
    assert not unspoken(out.getvalue())


def test_a_row_of_a_table_is_one_line_with_the_columns_named() -> None:
    table = Table(["", "times", "acted on"], [["Tired", "74", "2 of 74"], ["Lonely", "49", "-"]])
    assert plain.blocks([table]).split("\n") == ["- Tired: times 74, acted on 2 of 74", "- Lonely: times 49"]


def test_a_column_of_figures_is_named_once() -> None:
    said = plain.blocks([Table(["", "28 days", "before"], [["Urges", "9", "12"], ["Entries", "40", "38"]])])
    assert said.split("\n") == ["28 days:", "- Urges: 9, before 12", "- Entries: 40, before 38"]


def test_what_is_long_has_a_line_for_each_of_its_cells() -> None:
    long = "get off the bus one stop early, and walk home by the river as far as the second bridge and back"
    table = Table(["What", "How?"], [["evenings outside", long]])
    assert plain.blocks([table]).split("\n") == ["- evenings outside", f"  How? {long}"]
    short = Table(["What", "How?", "Then"], [["evenings", "walk", "bed"]])
    assert plain.blocks([short]) == "- evenings: How? walk, Then bed"
    of_lines = Table(["What", "How"], [["a", "b\nc"]])
    assert plain.blocks([of_lines]).split("\n")[0] == "- a"


@pytest.mark.parametrize("points", [1, 12, 13, 52, 150])
def test_no_point_of_a_chart_is_left_out_and_a_year_is_no_fifty_lines(points: int) -> None:
    said = [f"week {number}" for number in range(points)]
    lines = plain.blocks([Chart([], 0, 10, [], "Summary.", said=said)]).split("\n")
    assert [word for line in lines[1:] for word in line.removeprefix("- ").split("; ")] == said
    assert len(lines) - 1 <= max(12, points / 3)


def test_a_heat_map_is_said_in_the_words_it_has() -> None:
    rows = [("Mon", [0, 2]), ("Tue", [0, 0])]
    assert plain.blocks([Heat(["08", "18"], rows, "When.", ["Monday: 2 at 18:00"])]) == "When.\n- Monday: 2 at 18:00"
    assert plain.blocks([Heat(["08", "18"], rows, "When.")]) == "When.\n- Mon 18: 2"


@pytest.mark.parametrize("columns", [20, 40, 80, None])
def test_a_page_is_wrapped_between_words_at_a_terminal(columns: int | None) -> None:
    words = "Urges come, get stronger and go down again; `smartcli support --all` names more numbers"
    page = Page("A long title of a page", [Bars([Bar("Walk", 1, words)], words)], f"{date(2024, 1, 1):%d} and a day")
    lines = "".join(plain.pieces(page, columns)).split("\n")
    assert [word for line in lines for word in line.split()] == plain.page(page).split()
    if columns is None:
        assert "".join(plain.pieces(page)) == plain.page(page)
    else:
        assert all(len(line) <= columns or "`" in line for line in lines)
        assert any("`smartcli support --all`" in line for line in lines), "a command stays whole"
