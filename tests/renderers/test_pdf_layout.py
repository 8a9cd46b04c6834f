"""Where things stand on a PDF's pages: nothing over something else, and what belongs together on one page."""

import io
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import pytest

from smartcli.blocks import (
    Bar,
    Bars,
    BlankTable,
    Block,
    Card,
    Cell,
    Grid,
    Heading,
    Item,
    Items,
    Numbers,
    Page,
    Ruled,
    Table,
    Words,
)
from smartcli.renderers import pdf
from tests.conftest import SIZE

pypdf = pytest.importorskip("pypdf")
paper = pytest.importorskip("smartcli.renderers.pdf_paper")

LONG = "a long name that goes on and on " * 8
OPTIONS = "\n".join(f"☐ option {number}" for number in range(4))
MISSING = "漢"


class Set(NamedTuple):
    """Words on one line of a page, in points from its left and lower edges; `foot` is their baseline."""

    words: str
    left: float
    foot: float
    right: float
    size: float


def opened(pages: list[Page], size: str = "a4") -> "pypdf.PdfReader":
    return pypdf.PdfReader(io.BytesIO(pdf.document("Journal", pages, paper=size).data))


def one(*blocks: Block, sheet: bool = False) -> list[Page]:
    return [Page("Journal", blocks, sheet=sheet)]


def texts(found: "pypdf.PdfReader") -> list[str]:
    return [page.extract_text() for page in found.pages]


@cache
def ruler() -> "paper.Paper":
    """Return paper to measure words with."""
    return paper.Paper("")


def lines(page: "pypdf.PageObject") -> list[Set]:
    """Return what is written on a page, line by line, as wide as the letters make it."""
    measure = ruler()
    found: list[Set] = []

    def note(words: str, _cm: object, tm: list[float], font: dict[str, str] | None, size: float) -> None:
        if words.strip():
            bold = "Bold" in (font or {}).get("/BaseFont", "")
            measure.set_font("text", "B" if bold else "", size)
            width = measure.get_string_width(words.strip()) * measure.k
            found.append(Set(words.strip(), tm[4], tm[5], tm[4] + width, size))

    page.extract_text(visitor_text=note)
    return found


def overlapping(found: "pypdf.PdfReader") -> list[tuple[str, str]]:
    """Return every two lines of a page that lie over each other by more than a hair."""
    return [
        (one.words, other.words)
        for page in found.pages
        for written in [lines(page)]
        for at, one in enumerate(written)
        for other in written[at + 1 :]
        if min(one.right, other.right) - max(one.left, other.left) > 1
        and one.foot - other.foot < 0.6 * max(one.size, other.size) > other.foot - one.foot
    ]


def pages_that_end_anywhere(*blocks: Block, sheet: bool = False) -> Iterator[list[Page]]:
    """Yield pages on which blocks begin at the head of a sheet of paper, at its foot, and between the two."""
    for number in range(40, 57, 3 if SIZE == 1 else 1):
        yield one(Words("\n".join(["line"] * number)), *blocks, sheet=sheet)


def test_the_check_sees_what_lies_over_each_other() -> None:
    under = paper.Paper("")
    under.add_page()
    under._words("one line of words")
    under.set_y(under.y - 3)
    under._words("another line of words")
    assert overlapping(pypdf.PdfReader(io.BytesIO(under.output())))


@pytest.mark.parametrize("size", ["a4", "letter"])
@pytest.mark.parametrize("last", ["words", MISSING])
def test_the_notice_and_the_number_share_the_foot_of_the_last_page(size: str, last: str) -> None:
    for pages in pages_that_end_anywhere(Words(last)):
        found = opened(pages, size)
        assert overlapping(found) == []
        assert texts(found)[-1].count("Independent") == 1


@pytest.mark.parametrize(
    "block",
    [
        Table(["", ""], [[LONG, "a fact"], [LONG, "another"]]),
        Table(["head", "head"], [[LONG, "a cell"], [LONG, "another"]]),
        Bars([Bar(LONG, 2, "2 times"), Bar(LONG, 1, "once")], "summary"),
        Grid([Cell("list", [Item(LONG)], LONG)] * 4),
        Items([Item(LONG)] * 3),
    ],
    ids=lambda block: type(block).__name__,
)
def test_long_names_at_the_foot_of_a_page_lie_over_nothing(block: Block) -> None:
    for pages in pages_that_end_anywhere(block):
        assert overlapping(opened(pages)) == []


@pytest.mark.parametrize("sheet", [False] if SIZE == 1 else [False, True])
@pytest.mark.parametrize(
    ("block", "begins"),
    [
        (Table(["head", "head"], [["first cell " * 30, "x"], ["y", "z"]]), "first cell"),
        (BlankTable(["head", "head"], [["", OPTIONS], ["", OPTIONS]], [1, 1]), "option 3"),
        (Bars([Bar(f"name{number}", number, "x") for number in range(8)], "summary"), "name7"),
        (Numbers(0, 10, "first end", "other end"), "other end"),
    ],
    ids=["table", "table to fill in", "bars", "scale"],
)
def test_what_introduces_something_is_on_its_page(*, block: Block, begins: str, sheet: bool) -> None:
    for pages in pages_that_end_anywhere(Heading("Heading"), Words("Introduced."), block, sheet=sheet):
        [page] = [text for text in texts(opened(pages)) if "Introduced." in text]
        assert "Heading" in page
        assert begins in page


def test_lines_to_write_on_are_on_the_page_of_their_question() -> None:
    for pages in pages_that_end_anywhere(Heading("Question", 3), Words("A hint.", quiet=True), Ruled(3), sheet=True):
        found = opened(pages)
        [page] = [page for page in found.pages if "Question" in page.extract_text()]
        [hint] = [line.foot for line in lines(page) if line.words == "A hint."]
        drawn = [
            float(operands[1])
            for operands, operator in pypdf.generic.ContentStream(page.get_contents(), found).operations
            if operator == b"l"
        ]
        assert any(foot < hint for foot in drawn)


@pytest.mark.parametrize("room", paper._ROOMS)
def test_words_in_a_table_to_fill_in_stand_inside_its_frames(room: tuple[float, float, float]) -> None:
    sheet = paper.Paper("")
    sheet.add_page()
    sheet.ruling, sheet.size, sheet.air = room
    sheet._block(BlankTable(["head", "head"], [["", OPTIONS]], [3, 1]))
    found = pypdf.PdfReader(io.BytesIO(sheet.output()))
    frames = [
        [float(number) for number in operands]
        for operands, operator in pypdf.generic.ContentStream(found.pages[0].get_contents(), found).operations
        if operator == b"re"
    ]
    low = min(min(y, y + height) for _x, y, _width, height in frames)
    feet = [line.foot for line in lines(found.pages[0]) if "option" in line.words]
    assert len(feet) == 4
    assert min(feet) > low + 1


def test_a_card_too_long_for_a_page_is_set_once_with_every_word() -> None:
    item = "\n".join(f"word{number}" for number in range(90))
    card = Card("Title", [Cell("way", [Item(item)], "remark")], folds=True, twice=True)
    found = opened(one(card, sheet=True))
    words = "\n".join(texts(found)).split()
    assert all(words.count(f"word{number}") == 1 for number in range(90))
    assert words.count("remark") == 1
    assert "word0" in texts(found)[0]
    assert overlapping(found) == []
    short = opened(one(card._replace(cells=[Cell("way", [Item("word")])]), sheet=True))
    assert texts(short)[0].split().count("word") == 2


def test_a_grid_too_long_for_a_page_keeps_what_is_said_of_its_lists() -> None:
    words = "\n".join(texts(opened(one(Grid([Cell("list", [Item("item")] * 60, f"remark{at}") for at in range(4)])))))
    assert all(f"remark{at}" in words for at in range(4))


def test_the_ends_of_a_scale_and_the_names_of_marks_are_counted_and_set_like_other_words() -> None:
    made = pdf.document("J", one(Numbers(0, 10, MISSING, "שלום (טוב)"), Ruled(1, marks=["字"]), sheet=True))
    assert made.missing == {MISSING: 1, "字": 1}
    said = pypdf.PdfReader(io.BytesIO(made.data)).pages[0].extract_text()
    assert "םולש" in said or "שלום" in said
    long = opened(one(Numbers(0, 10, f"{LONG}END", f"{LONG}END"), Words("under them"), sheet=True))
    assert texts(long)[0].count("END") == 2
    assert overlapping(long) == []


@pytest.mark.parametrize(
    ("words", "drawn"),
    [("שלום (טוב)", "(בוט) םולש"), ("one (טוב) two", "one (בוט) two"), ("[טוב] «א»", "«א» [בוט]")],
)
def test_brackets_among_letters_from_right_to_left_still_hold_what_is_in_them(words: str, drawn: str) -> None:
    from smartcli.renderers.pdf_letters import _reordered

    assert _reordered(words) == drawn


def test_bookmarks_have_the_words_that_the_letters_of_the_page_lack() -> None:
    found = opened([Page(f"Title {MISSING}", [], section=f"Month {MISSING}"), Page("T", [], section="Other")])
    named = [str(one["/Title"]) for one in found.outline if isinstance(one, dict)]
    assert named == [f"Month {MISSING}", "Other"]


@pytest.mark.parametrize("number", [20, 90, 130, 300])
def test_contents_of_any_length_name_every_sheet_and_no_section_ends_a_page(number: int) -> None:
    sheets = [Page(f"sheet{at}.", [], section=f"Point {at * 4 // number}", sheet=True) for at in range(number)]
    found = opened([Page("How to use these", [], sheet=True), *sheets])
    listed = [page for page in found.pages[:-number] if "sheet" in page.extract_text()]
    words = "\n".join(page.extract_text() for page in listed).split()
    assert [word for word in words if word.startswith("sheet")] == [sheet.title for sheet in sheets]
    assert overlapping(found) == []
    for page in listed:
        lowest = min((line for line in lines(page) if line.foot > 60), key=lambda line: line.foot)
        assert "Point" not in lowest.words
