"""Blank worksheets: every shipped exercise on paper, whole, at every width, by every renderer."""

import io
import re
from pathlib import Path

import pytest

from smartcli.blocks import Blank, BlankGrid, BlankWheel, Block, Heading, Page, Words
from smartcli.content.catalog import Catalog
from smartcli.content.slots import ANYWHERE, CRISIS_ANYWHERE, EMERGENCY_ANYWHERE, Slots
from smartcli.fields import Choice, Note, Table
from smartcli.pages.blank import blank_page, for_paper, on_paper, paper_slots, support_line
from smartcli.pages.catalog import point_title
from smartcli.pages.paper_workbook import opening_page, workbook_pages
from smartcli.renderers import html, markdown, pdf, plain, terminal
from tests.renderers.test_html import Read
from tests.support.made import catalogue
from tests.test_shipped import check_fits

CATALOG = Catalog(Path("/nowhere"))
IDS = [exercise.id for exercise in CATALOG]


def squeezed(text: str) -> str:
    return re.sub(r"[\s▯]+", "", text)


ON_PAPER = paper_slots(ANYWHERE)


def asked(name: str) -> list[str]:
    """Return every question that a sheet has to ask."""
    exercise = CATALOG.find(name)
    fields = [one for one in on_paper(exercise) if one.answerable and not one.setting]
    questions = [one.ask for one in fields if one.measure not in ("when", "behaviour")]
    return [ON_PAPER.filled(question, None, frozenset()) for question in questions]


@pytest.mark.parametrize("name", IDS)
def test_a_sheet_asks_everything_and_has_room_for_each_answer(name: str) -> None:
    exercise = CATALOG.find(name)
    blocks = blank_page(exercise).blocks
    rooms = [block for block in blocks if isinstance(block, Blank)]
    questions = [block.text for block in blocks if isinstance(block, Heading) and block.level == 3]
    grid = next((block for block in blocks if isinstance(block, BlankGrid)), None)
    cells = [cell.title for cell in grid.cells] if grid else []
    assert len(questions + cells) == len(asked(name))
    for question in asked(name):  # a condition may stand before it
        assert any(said.endswith(question) for said in questions + cells), question
    practices = sum(one.kind == "practice" for one in exercise.fields)
    assert len(rooms) >= len(questions) - practices


@pytest.mark.parametrize("name", IDS)
@pytest.mark.parametrize("width", [40, 100])
def test_a_sheet_fits_every_width_with_nothing_clipped(name: str, width: int) -> None:
    page = blank_page(CATALOG.find(name))
    check_fits(page, width)
    assert all(len(line.rstrip()) <= 2000 for line in plain.page(page).split("\n"))


@pytest.mark.parametrize("name", IDS)
def test_every_renderer_sets_the_whole_sheet(name: str) -> None:
    page = blank_page(CATALOG.find(name))
    said = [block.text for block in page.blocks if isinstance(block, Heading | Words)]
    set_by = {
        "plain": plain.page(page),
        "terminal": terminal.draw(page.blocks, 60, styled=False),
        "html": "".join(Read("".join(html.document(page.title, [page]))).texts),
        "markdown": re.sub(r"\\(.)", r"\1", "".join(markdown.document(page.title, [page]))),
        "pdf": pdf_text([page])[0],
    }
    for renderer, text in set_by.items():
        there = squeezed(re.sub(r"\n\d+\n(?=\n|$)", "\n", text))
        for words in said:
            for line in words.split("\n"):
                assert squeezed(line)[:30].rstrip("\\") in there, (renderer, line)


def pdf_text(pages: list[Page]) -> tuple[str, int]:
    pypdf = pytest.importorskip("pypdf")
    found = pypdf.PdfReader(io.BytesIO(pdf.document(pages[0].title, pages).data)).pages
    return "\n".join(page.extract_text() for page in found), len(found)


@pytest.mark.parametrize("name", IDS)
def test_what_keeps_somebody_safe_is_printed_too(name: str) -> None:
    exercise = CATALOG.find(name)
    page = blank_page(exercise)
    there = squeezed(plain.page(page)).replace("-", "")
    kept = [*on_paper(exercise)]
    for field in exercise.fields:
        if isinstance(field, Note) and field.ask and field in kept:
            said = ON_PAPER.filled(field.ask, None, frozenset())
            for line in for_paper(said).split("\n"):
                assert squeezed(line.removeprefix("- ")).replace("-", "") in there
    last = page.blocks[-1]
    assert last == Words(support_line(ANYWHERE), quiet=True)


def test_a_note_for_some_says_for_whom() -> None:
    said = words_of("urge-log")
    assert "If yes, and only for opioids: " in said
    readiness = next(field for field in CATALOG.find("cost-benefit").fields if field.id == "readiness")
    assert isinstance(readiness, Choice)
    ticked = f"If you ticked “{readiness.say('torn')}” or “{readiness.say('not-now')}”"
    assert f"{ticked}: " in words_of("cost-benefit")
    assert f"{ticked}." in words_of("cost-benefit")  # under its question, being long


CONDITIONS = """=== asked
[[field]]
id = "went"
kind = "yes_no"
ask = "Did you go?"
[[field]]
id = "how"
kind = "scale"
ask = "How was it there?"
only_if = { field = "went", is = true }
[[field]]
id = "low"
kind = "note"
ask = "Go gently."
only_if = { field = "how", at_most = 3 }
[[field]]
id = "who"
kind = "line"
ask = "Who came along?"
only_if = [{ field = "went", is = true }, { family = ["alcohol", "sedatives"] }]
[[field]]
id = "why"
kind = "line"
ask = "Why not?"
only_if = { any = [{ field = "went", is = false }, { field = "how", at_most = 2 }] }
"""


def test_conditions_are_short_and_name_a_question_only_where_it_is_not_the_one_before(tmp_path: Path) -> None:
    blocks = blank_page(catalogue(tmp_path, CONDITIONS).find("asked")).blocks
    said = [block.text for block in blocks if isinstance(block, Heading | Words)]
    assert "If yes: How was it there?" in said
    assert "If 3 or less: Go gently." in said
    assert "Who came along?" in said
    assert "If you said yes to “Did you go”, and only for alcohol or sedatives." in said  # too long before it
    assert "If you said no to “Did you go”, or if “How was it there” is 2 or less." in said


def test_the_workbook_begins_kindly_then_by_point_with_the_check_in_first() -> None:
    opening, *sheets = workbook_pages(CATALOG)
    assert (opening, opening.section) == (opening_page(), "")
    assert sheets[0].title == CATALOG.find("check-in").title
    points = [exercise.point for exercise in CATALOG]
    assert [*dict.fromkeys(page.section for page in sheets)] == [point_title(point) for point in dict.fromkeys(points)]
    firsts = {page.section: page.title for page in reversed(sheets)}.values()
    assert not {CATALOG.find(name).title for name in ("lapse", "start")} & {*firsts}
    assert len(sheets) == len(IDS)


def test_support_is_on_the_first_sheet_where_there_is_one() -> None:
    exercise = CATALOG.find("check-in")
    alone, in_workbook = (plain.page(blank_page(exercise, in_workbook=whether)) for whether in (False, True))
    assert "first sheet" in in_workbook
    assert "smartcli support" in alone
    assert "first sheet" not in alone


def test_nothing_on_paper_speaks_of_keys_to_press() -> None:
    for name in IDS:
        assert not re.search(r"\bEnter\b", words_of(name)), name


def words_of(name: str) -> str:
    return " ".join(block.text for block in blank_page(CATALOG.find(name)).blocks if isinstance(block, Words))


def test_what_is_asked_afterwards_stands_under_later() -> None:
    exercise = CATALOG.find("balance-wheel")
    afterwards = next(field for field in exercise.fields if field.later)
    blocks = [*blank_page(exercise).blocks]
    assert blocks.index(Heading("Later")) < blocks.index(Heading(afterwards.ask, 3))
    assert kinds(blocks).count(BlankWheel) == 1


def kinds(blocks: list[Block]) -> list[type]:
    return [type(block) for block in blocks]


def test_settings_of_this_device_are_not_asked_on_paper() -> None:
    assert "Which country" not in plain.page(blank_page(CATALOG.find("start")))


def test_whom_to_call_stands_on_every_sheet_in_numbers() -> None:
    slots = Slots(emergency=lambda: "999", crisis=lambda families: "Samaritans on 116 123")
    for page in (opening_page(slots), *(blank_page(CATALOG.find(name), slots) for name in IDS)):
        said = plain.page(page)
        assert "999" in said
        assert "116 123" in said
        assert not re.search(r"\{\w+\}|support key|press s|type \*", said)
    assert EMERGENCY_ANYWHERE in support_line(ANYWHERE)
    assert CRISIS_ANYWHERE in support_line(ANYWHERE)


def test_a_sheet_asks_nothing_of_somebody_who_hurt_themselves() -> None:
    """The safety plan is the sheet for that; what is said to them stands there all the same."""
    exercise = CATALOG.find("urge-log")
    own = [field for field in exercise.fields if any(one.family == ("self-harm",) for one in field.only_if)]
    said = plain.page(blank_page(exercise))
    assert [field for field in own if field.answerable]
    assert not [field.ask for field in own if field.answerable and field.ask in said]


def test_a_table_offers_rows_for_all_that_may_be_written() -> None:
    for name in IDS:
        for field in CATALOG.find(name).fields:
            if isinstance(field, Table):
                table = field.blank()[0]
                assert len(table.rows) >= max(len(field.rows), field.min, 1)
                assert len(table.head) == len(field.columns)
