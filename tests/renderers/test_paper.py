"""Sheets on paper, A4 and Letter: how many pages, how full, how wide the columns, how many cards."""

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from smartcli.blocks import BlankTable, Card, Page
from smartcli.content.catalog import Catalog
from smartcli.journal.store import Journal
from smartcli.pages.blank import blank_page
from smartcli.pages.paper_workbook import workbook_pages
from smartcli.pages.pocket_card import pocket_pages
from smartcli.renderers import html
from tests.support.made import catalogue, record

pypdf = pytest.importorskip("pypdf")
paper = pytest.importorskip("smartcli.renderers.pdf_paper")

CATALOG = Catalog(Path("/nowhere"))
MARGIN = 16  # millimetres
POINTS = 72 / 25.4  # to a millimetre
LEAST_USED = 1 / 3
ONE_PAGE = {
    *("balance-wheel", "lifestyle-audit", "strengths", "self-care", "good-things", "week-plan", "read-more-help"),
    *("rulers", "stages", "future-questions", "two-weeks", "read-degrees", "journal", "meeting-prep", "first-weeks"),
    *("urge-plan", "play-forward", "surroundings", "read-urges", "read-lapses"),
    *("calm", "calm-place", "grounding", "meditation", "muscle-relaxation", "starting", "self-compassion"),
}
LONG = {"lapse": 4, "start": 3, "limits": 3, "trial": 3, "urge-log": 3, "goals": 3, "change-plan": 3}  # pages at most


PAPERS = ("a4", "letter")


def printed(name: str, pages: list[Page]) -> "pypdf.PdfReader":
    sheet = paper.Paper(pages[0].title, name)
    sheet.set(pages, pages)
    return pypdf.PdfReader(io.BytesIO(sheet.output()))


def used(page: "pypdf.PageObject") -> float:
    """Return how far down a page words and lines go, as a share of what lies between its margins."""
    height = float(page.mediabox.height)
    drawn = page.get_contents().get_data().decode("latin-1")
    places = re.findall(r"[\d.]+ ([\d.]+) (?:Td|m|l)\b", drawn)
    lowest = min((float(y) for y in places if float(y) > (MARGIN - 1) * POINTS), default=height)
    return (height - lowest - MARGIN * POINTS) / (height - 2 * MARGIN * POINTS)


class Workbook(NamedTuple):
    """The whole workbook as it was printed: its sheets, and of each page of paper its words and how full it is."""

    sheets: list[Page]
    texts: list[str]
    shares: list[float]

    @property
    def begins(self) -> dict[str, int]:
        """Return by title the number of the page that the contents name."""
        return {title: int(page) for title, page in re.findall(r"^(.+?) (\d+)(?:–\d+)?$", self.texts[1], re.MULTILINE)}

    def lengths(self) -> dict[str, int]:
        """Return by exercise how many pages its sheet has."""
        begins = self.begins
        titles = [sheet.title for sheet in self.sheets[1:]]
        ends = [*(begins[title] for title in titles[1:]), len(self.texts) + 1]
        ids = {exercise.title: exercise.id for exercise in CATALOG}
        return {ids[title]: end - begins[title] for title, end in zip(titles, ends, strict=True)}


@pytest.fixture(scope="module", params=PAPERS)
def workbook(request: pytest.FixtureRequest) -> Workbook:
    sheets = workbook_pages(CATALOG)
    pages = printed(request.param, sheets).pages
    return Workbook(sheets, [page.extract_text() for page in pages], [used(page) for page in pages])


def test_it_begins_with_a_kind_sheet_and_contents_that_name_the_right_pages(workbook: Workbook) -> None:
    opening, *sheets = workbook.sheets
    assert opening.title in workbook.texts[0]
    assert workbook.texts[1].startswith("Contents")
    for sheet in sheets:
        assert sheet.title in workbook.texts[workbook.begins[sheet.title] - 1]


def test_a_one_page_sheet_is_one_page_and_the_others_are_few(workbook: Workbook) -> None:
    lengths = workbook.lengths()
    assert {each for each in ONE_PAGE if lengths[each] > 1} == set()
    assert {each: length for each, length in lengths.items() if length > LONG.get(each, 2)} == {}


def test_no_page_is_nearly_empty(workbook: Workbook) -> None:
    assert [number for number, share in enumerate(workbook.shares, 1) if share < LEAST_USED] == []


TABLE = """=== wide
[[field]]
id = "steps"
kind = "table"
ask = "Steps?"
[[field.columns]]
id = "score"
kind = "scale"
ask = "How well did it go, all in all, now that you look back on it?"
[[field.columns]]
id = "what"
kind = "line"
ask = "What?"
[[field.columns]]
id = "on"
kind = "moment"
ask = "Day?"
[[field.columns]]
id = "which"
kind = "choice"
ask = "Which?"
options = [{ id = "a", say = "One" }, { id = "b", say = "Other" }]
[[field.columns]]
id = "done"
kind = "yes_no"
ask = "Done?"
"""


def test_columns_are_as_wide_as_their_kind_needs_whatever_their_heads_say(tmp_path: Path) -> None:
    page = blank_page(catalogue(tmp_path, TABLE).find("wide"))._replace(section="")
    table = next(block for block in page.blocks if isinstance(block, BlankTable))
    drawn = printed("a4", [page]).pages[0].get_contents().get_data().decode("latin-1")
    cells = [float(wide) for wide in re.findall(r"[\d.]+ [\d.]+ ([\d.]+) -[\d.]+ re S", drawn)]
    score, what, day, which, done = cells[:5]
    assert what > which > day > max(score, done)
    assert sum(cells[:5]) == pytest.approx(172 * POINTS, abs=1)
    document = "".join(html.document(page.title, [page]))
    columns = re.findall(r"<col(?: class=\"wide-(\d+)\")?>", document)
    assert len(columns) == len(table.head)
    score, what, day, which, done = (int(column or 100) for column in columns)
    assert what > which > day > max(score, done)
    assert what - sum((score, day, which, done)) > which  # the widest takes what is left


PLAN = {"ways": [{"way": "wait", "mine": "ten minutes on the balcony"}]}


@pytest.mark.parametrize(("copies", "on_each"), [(1, [1]), (2, [2]), (3, [2, 1]), (4, [2, 2])])
def test_two_cards_stand_on_a_sheet_each_with_its_date(home: Path, copies: int, on_each: list[int]) -> None:
    record(home, "urge-plan", PLAN, about="drinking")
    entry = next(iter(Journal(home / "journal").entries()))
    sheets = [*pocket_pages(entry, copies)]
    assert [sheet.about for sheet in sheets] == [""] * len(sheets)
    texts = [page.extract_text() for page in printed("a4", sheets).pages]
    for words in ("ten minutes on the balcony", "drinking, "):
        assert [text.count(words) for text in texts] == on_each
    documents = ["".join(html.document(sheet.title, [sheet])) for sheet in sheets]
    assert [document.count('class="card folds"') for document in documents] == on_each
    assert all(isinstance(sheet.blocks[-1], Card) for sheet in sheets)


def test_a_tick_says_what_it_ticks_once_over_each_list() -> None:
    page = blank_page(CATALOG.find("cost-benefit"))
    for text in ("".join(html.document("", [page])), *texts_of(page)):
        assert len(re.findall(r"short-\s*term(?=\n|<)", text)) == 4
        assert len(re.findall(r"long-\s*term(?=\n|<)", text)) == 4


def texts_of(page: Page) -> Iterator[str]:
    whole = "\n".join(each.extract_text() for each in printed("a4", [page._replace(section="")]).pages)
    # the second line of each head follows the first, column by column
    yield re.sub(r"\b(short|long)-\n", r"\1-", whole)


@pytest.mark.parametrize("name", ["urge-log", "urge-plan", "check-in"])
def test_what_is_to_be_filled_in_beside_the_title_ends_at_the_margin(name: str) -> None:
    drawn = printed("a4", [blank_page(CATALOG.find(name))._replace(section="")]).pages[0].get_contents().get_data()
    ends = [float(x) for x in re.findall(r"([\d.]+) [\d.]+ l S", drawn.decode("latin-1"))]
    assert max(ends) <= (19 + 172) * POINTS + 0.5
