"""The shipped exercises: checked, sat through, laid out at every width; the safety texts are there."""

import io
import random
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from smartcli.asking import Elsewhere
from smartcli.blocks import Meter, Page
from smartcli.content.catalog import Catalog, built_in
from smartcli.content.check import check_all
from smartcli.content.exercise import Exercise
from smartcli.content.helplines import read_helplines
from smartcli.entries.entry import Entry
from smartcli.entries.revisions import revised
from smartcli.fields import Table
from smartcli.fields.base import FAMILIES
from smartcli.journal.drafts import Drafts
from smartcli.pages.catalog import catalog_page, exercise_page
from smartcli.pages.entry import entry_page
from smartcli.pages.support import Support
from smartcli.renderers import markdown, plain, terminal
from smartcli.session.memory import Memory
from smartcli.settings import Settings
from smartcli.workbook.left_out import left_for_later
from tests.support.asking import Typist, entry, memory, session
from tests.support.asking import plain as typed

CATALOG = Catalog(Path("/nowhere"))
EXERCISES = [*CATALOG]
IDS = [exercise.id for exercise in EXERCISES]


def test_all_of_them_read_and_name_only_what_is_there() -> None:
    assert check_all(CATALOG) == []
    assert len(IDS) == len(set(IDS)) >= 5


def test_names_and_aliases_lead_to_one_exercise_only() -> None:
    names = [
        name.casefold()
        for exercise in EXERCISES
        for name in {exercise.id, exercise.title.casefold(), *map(str.casefold, exercise.aliases)}
    ]
    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize("name", IDS)
@pytest.mark.parametrize("seed", range(3))
def test_each_can_be_sat_through_in_plain_mode(name: str, seed: int, tmp_path: Path) -> None:
    made, printed = sat_through(CATALOG.find(name), tmp_path, f"{name}{seed}")
    assert all(len(line) < 2100 for line in printed.split("\n"))
    check_shows_all(made)


@pytest.mark.parametrize("family", FAMILIES)
def test_each_can_be_sat_through_whatever_it_is_about(family: str, tmp_path: Path) -> None:
    start = entry(CATALOG.find("start"), {"behaviours": [{"name": "it", "aim": "stop", "family": family}]})
    for exercise in EXERCISES:
        made, _ = sat_through(exercise, tmp_path, f"{exercise.id}{family}", memory(start))
        assert all(one.field.check(one.answer) is None for one in made.fields)


@pytest.mark.parametrize("name", [one.id for one in EXERCISES if any(field.quick for field in one.fields)])
def test_a_quick_version_asks_only_for_what_is_quick(name: str, tmp_path: Path) -> None:
    exercise = CATALOG.find(name)
    for seed in range(5):
        made, _ = sat_through(exercise, tmp_path, f"{name}{seed}", quick=True)
        quick = {field.id for field in exercise.fields if field.quick}
        assert {one.field.id for one in made.fields} <= quick
        check_shows_all(made)


@pytest.mark.parametrize("name", IDS)
def test_each_can_be_done_again_and_begins_from_the_last_time_where_it_should(name: str, tmp_path: Path) -> None:
    exercise = CATALOG.find(name)
    first, _ = sat_through(exercise, tmp_path, f"{name} once")
    second, _ = sat_through(exercise, tmp_path, f"{name} again", memory(first))
    check_shows_all(second)


LATER = [
    one.id for one in EXERCISES for field in one.fields
    if field.later or any(column.later for column in getattr(field, "columns", ()))
]  # fmt: skip


@pytest.mark.parametrize("name", sorted(set(LATER)))
def test_what_was_left_for_later_can_be_filled_in(name: str, tmp_path: Path) -> None:
    exercise = CATALOG.find(name)
    asked = False
    start = entry(CATALOG.find("start"), {"behaviours": [{"name": "it", "aim": "stop", "family": "screens"}]})
    for seed in range(6):
        first, _ = sat_through(exercise, tmp_path, f"{name}{seed}", memory(start))
        fields = left_for_later(exercise, first)
        if fields:
            drafts = Drafts(tmp_path)
            draft = drafts.start(exercise=exercise.id, title=exercise.title)
            sitting = session(exercise, Typist(random.Random(seed), io.StringIO()), drafts, draft=draft)
            sitting.form.fields = fields
            sitting.form.given = first.fields
            sitting.build = lambda answers, first=first: revised(first, answers, draft="d", parents=[first.revision])
            check_shows_all(sitting.run())
            draft.close()
            asked = True
    assert asked


def sat_through(
    exercise: Exercise, folder: Path, seed: str, remembered: Memory | None = None, *, quick: bool = False
) -> tuple[Entry, str]:
    """Go through an exercise by answers of chance; return the entry, and what was printed."""
    out = io.StringIO()
    drafts, typist = Drafts(folder), Typist(random.Random(seed), out)
    draft = drafts.start(exercise=exercise.id, title=exercise.title)
    about = "it" if remembered and exercise.per_behaviour and remembered.behaviours else None
    sitting = session(exercise, typist, drafts, draft=draft, remembered=remembered, about=about, quick=quick)
    try:
        while True:
            try:
                return sitting.run(), out.getvalue()
            except Elsewhere as elsewhere:  # an answer led to another exercise; this one goes on after it
                CATALOG.find(elsewhere.exercise)
    finally:
        draft.close()


def check_shows_all(made: Entry) -> None:
    """Assert that an entry's answers are right, and that every renderer shows every word of them."""
    for one in made.fields:
        assert one.field.check(one.answer) is None
    page = entry_page(made)
    words = [
        word
        for one in made.fields
        if one.field.measure not in ("when", "behaviour")
        for _, said in one.field.quotes(one.answer)
        for word in said.split()
    ]
    cells = [
        word
        for one in made.fields
        for row in (one.answer if isinstance(one.field, Table) else ())
        for column in getattr(one.field, "columns", ())
        if column.id in row
        for _, said in column.quotes(row[column.id])
        for word in said.split()
    ]
    drawn = {str(width): terminal.draw(page.blocks, width, styled=False) for width in (40, 100)}
    drawn |= {"plain": plain.page(page), "markdown": "".join(markdown.document("Journal", [page]))}
    for way, text in drawn.items():
        assert "…" not in text, way
        squeezed = re.sub(r"[\s\\]+", "", text)
        assert not [word for word in words + cells if word.isalpha() and word not in squeezed], way
    for width in (40, 100):
        check_fits(page, width)


@pytest.mark.parametrize("name", IDS)
@pytest.mark.parametrize("width", [40, 60, 80, 100])
def test_each_can_be_read_at_every_width_with_nothing_cut(name: str, width: int) -> None:
    check_fits(exercise_page(CATALOG.find(name)), width)


@pytest.mark.parametrize("width", [40, 100])
def test_the_catalogue_and_support_fit_at_every_width(width: int) -> None:
    check_fits(catalog_page(EXERCISES, {}), width)
    directory, _ = read_helplines(built_in())
    assert directory
    for settings in (Settings(Path("/nowhere")), Settings(Path("/nowhere"), country="gb")):
        support = Support(directory, settings, datetime(2026, 11, 25, 20, tzinfo=UTC), frozenset({"alcohol"}))
        check_fits(Page("Support", support.to_print_whole()), width)


def check_fits(page: Page, width: int) -> None:
    """Assert that a page keeps to a width, and that no word of it is missing."""
    for unicode in (True, False):
        drawn = terminal.draw(page.blocks, width, styled=False, unicode=unicode)
        text = re.sub(r"\x1b\[[0-9;]*m", "", drawn)
        assert max(map(len, text.split("\n"))) <= width
        assert unicode or text.isascii()
        assert "…" not in text.replace("…\n", "") or unicode
    shown = re.sub(r"\s+", "", re.sub(r"\x1b\[[0-9;]*m", "", terminal.draw(page.blocks, 58, styled=False)))
    written = [block for block in page.blocks if not isinstance(block, Meter)]
    for word in plain.blocks(written).split():
        if len(word) > 3 and word.isalpha():
            assert word in shown, word


def test_no_text_breaks_in_mid_word_at_40_columns() -> None:
    for exercise in EXERCISES:
        for field in exercise.fields:
            texts = [
                field.ask,
                field.hint,
                field.example,
                *(option.say for option in getattr(field, "options", ())),
            ]
            assert all(len(word) <= 34 for text in texts for word in text.split()), field.id


def about(family: str, aim: str = "stop") -> list[str]:
    families = [option.id for option in CATALOG.list_named("families") or ()]
    return ["drinking", str(families.index(family) + 1), "1" if aim == "stop" else "2", ""]


@pytest.mark.parametrize(
    ("family", "said"),
    [
        ("alcohol", ["do not stop suddenly", "doctor", "seizure", "emergency number"]),
        ("sedatives", ["do not stop suddenly", "doctor", "seizure", "emergency number"]),
        ("opioids", ["After a break", "do not use alone", "give naloxone", "Methadone and buprenorphine"]),
        ("self-harm", ["in danger now", "counts nothing"]),
        ("unknown", ["please do not stop suddenly", "doctor"]),
    ],
)
def test_start_shows_the_safety_text_of_what_is_to_change(family: str, said: list[str], tmp_path: Path) -> None:
    asker, out = typed(*about(family))
    session(CATALOG.find("start"), asker, Drafts(tmp_path)).run()
    for words in said:
        assert words in out.getvalue()


def test_start_says_that_nobody_reads_along(tmp_path: Path) -> None:
    asker, out = typed("")
    session(CATALOG.find("start"), asker, Drafts(tmp_path)).run()
    assert "Nobody sees it" in out.getvalue()
    assert "not treatment" in out.getvalue()
