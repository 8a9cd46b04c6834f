"""The HTML document in a real browser: it asks for nothing, complains of nothing, and can be used by everybody.

Skipped, and said so, where there is no Chromium; `.ci/run` installs one where it can.
"""

import io
import shutil
import unicodedata
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from smartcli.blocks import Bar, Bars, Cell, Grid, Heading, Heat, Item, Items, Page, Table, Wheel, Words
from smartcli.content.catalog import Catalog
from smartcli.content.exercise import Exercise
from smartcli.pages.blank import blank_page
from smartcli.renderers import html
from tests.renderers.test_html import numbered
from tests.support.blocks import every_page

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not here: no browser was asked")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not here: no browser was asked")
pypdf = pytest.importorskip("pypdf")

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium here: no page was opened in a browser")

WIDE, PHONE, SMALL = {"width": 1100, "height": 900}, {"width": 390, "height": 844}, {"width": 320, "height": 568}
LONG = "Donaudampfschifffahrtsgesellschaft" * 8


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


def journal() -> str:
    return "".join(html.document("Journal", every_page(numbered())))


def sheet_exercises() -> list[Exercise]:
    catalog = Catalog(Path("/nowhere"))
    return [catalog.find(name) for name in ("cost-benefit", "balance-wheel", "feelings", "urge-plan")]


def sheets() -> str:
    return "".join(html.document("Workbook", [blank_page(exercise) for exercise in sheet_exercises()]))


def heat_map() -> str:
    rows = [(day, [at * len(day) % 7 for at in range(24)]) for day in ("Mon", "Wed", "Sat")]
    heat = Heat([f"{hour:02}" for hour in range(24)], rows, "When they came", [f"{day}: some" for day, _ in rows])
    return "".join(html.document("Journal", [Page("Figures", [Heading("When"), heat])]))


def long_words() -> str:
    """Return a document whose every word is longer than a line, or is written from right to left."""
    item, hebrew = Item(LONG, ("mark",)), Item("שלום וברכה", ("mark",))
    blocks = [
        *(Heading(LONG, level) for level in (2, 3)),
        Words(LONG, theirs=True),
        Items([item, hebrew]),
        Table([LONG, "When", ""], [[LONG, "now", LONG], ["שלום", "now", "1"]]),
        Table(["", ""], [[LONG, LONG]]),
        Grid([Cell(LONG, [item]), Cell("שלום", [hebrew]), *([Cell("", [])] * 2)]),
        Wheel([(LONG, 3, 5), ("日本語" * 12, 7, 2), ("👨‍👩‍👧‍👦" * 20, 7, 2), ("work", 0, 1)]),
        Bars([Bar(LONG, 3, LONG), Bar("b", 1, "1 time")], LONG),
    ]
    return "".join(html.document("Journal", [Page(LONG, blocks, LONG, LONG), Page("Short", [], LONG, "Then")]))


@pytest.fixture(params=[journal, sheets, heat_map, long_words])
def file(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    make: Callable[[], str] = request.param
    path = tmp_path / "page.html"
    path.write_text(make(), encoding="utf-8")
    return path


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, PHONE, SMALL])
def test_it_asks_for_nothing_says_nothing_and_fits(browser: Any, file: Path, scheme: str, size: dict[str, int]) -> None:
    context = browser.new_context(viewport=size, color_scheme=scheme)
    page = context.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(file.as_uri())
    page.wait_for_load_state("networkidle")
    assert asked == [file.as_uri()]
    assert said == []
    assert page.evaluate("getComputedStyle(document.body).maxWidth") != "none"  # its style is let in
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    found = axe.Axe().run(page).response["violations"]
    assert [(one["id"], [node["target"] for node in one["nodes"]]) for one in found] == []
    context.close()


def test_a_script_that_came_in_would_not_run(browser: Any, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(journal().replace("</main>", "<script>document.title = 'ran'</script></main>"), encoding="utf-8")
    page = browser.new_page()
    page.goto(path.as_uri())
    assert page.title() == "Journal" or page.title().startswith("words")
    page.close()


def test_one_kind_of_page_can_be_shown_alone_and_then_all_again(browser: Any, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(journal(), encoding="utf-8")
    page = browser.new_page()
    page.goto(path.as_uri())
    seen = "[...document.querySelectorAll('article')].filter(one => one.offsetHeight).map(one => one.id)"
    assert page.evaluate(seen) == ["page-0", "page-1", "page-2"]
    assert not page.is_visible("nav a[href='#main']")
    page.click(".kinds summary")
    page.click("nav a[href='#only-0']")
    assert page.evaluate(seen) == ["page-0", "page-2"]
    page.click("nav a[href='#main']")
    assert page.evaluate(seen) == ["page-0", "page-1", "page-2"]
    page.close()


@pytest.mark.parametrize("size", [WIDE, PHONE, SMALL])
def test_the_names_of_a_heat_maps_columns_do_not_lie_over_one_another(
    browser: Any, tmp_path: Path, size: dict[str, int]
) -> None:
    page = opened(browser, tmp_path, heat_map(), viewport=size)
    sides = page.evaluate(
        """[...document.querySelectorAll('.heat thead th')].filter(head => head.offsetHeight).map(head => {
            const words = document.createRange()
            words.selectNodeContents(head)
            return [words.getBoundingClientRect().left, words.getBoundingClientRect().right]
        })"""
    )
    assert len(sides) == (24 if size is WIDE else 6)
    assert all(left_of_next > right for (_, right), (left_of_next, _) in pairwise(sides))
    page.close()


def printed(page: Any, paper: str) -> list[list[str]]:
    """Return the lines of each page of paper, without the number at its foot."""
    read = pypdf.PdfReader(io.BytesIO(page.pdf(format=paper, prefer_css_page_size=False)))
    texts = [unicodedata.normalize("NFKC", sheet.extract_text()) for sheet in read.pages]  # some fonts join "fi"
    return [
        [line.strip() for line in text.split("\n") if line.strip() and line.strip() != str(number)]
        for number, text in enumerate(texts, 1)
    ]


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_printed_it_is_readable_and_a_sheet_begins_a_page(browser: Any, tmp_path: Path, paper: str) -> None:
    page = opened(browser, tmp_path, sheets(), color_scheme="dark")
    sheets_of_paper = printed(page, paper)
    begins = {line for lines in sheets_of_paper for line in lines[:2]}  # a section's name stands over its first sheet
    assert {exercise.title for exercise in sheet_exercises()} <= begins
    assert len(sheets_of_paper) <= 10
    page.close()


def long_journal() -> str:
    """Return a document in which a page of paper can end anywhere: pages of 1 to 8 questions, letters, tables, lists.

    Every heading begins with "Head" and every line of a date with "On".
    """
    answers = [
        Words("answer " * 4, theirs=True),
        Words("answer " * 12, theirs=True),
        Items([Item("answer")] * 4),
        Table(["answer", "answer"], [["answer " * 30, "answer"]] * 3),
        Words("answer " * 300, theirs=True),
        Bars([Bar("answer", 3, "answer")] * 12, "answer"),
    ]
    pages = []
    for number in range(80):
        asked = [answers[(number * 5 + at * at) % 6] for at in range(number % 8 + 1)]
        blocks = [block for answer in asked for block in (Heading("Head of a question", 3), answer)]
        pages.append(Page(f"Head of kind {number % 2}", blocks, f"On day {number}", f"Head of month {number // 15}"))
    return "".join(html.document("Journal", pages))


@pytest.mark.parametrize("paper", ["A4", "Letter", "A5"])
def test_no_page_of_paper_ends_with_a_heading(browser: Any, tmp_path: Path, paper: str) -> None:
    page = opened(browser, tmp_path, long_journal())
    lasts = [lines[-1] for lines in printed(page, paper)]
    assert len(lasts) > 20
    assert [last for last in lasts if last.startswith(("Head", "On day")) and "answer" not in last] == []
    page.close()


def test_an_open_fold_is_printed_and_a_closed_one_is_not(browser: Any, tmp_path: Path) -> None:
    page = opened(browser, tmp_path, heat_map())
    assert "In numbers" not in (closed := str(printed(page, "A4")))
    assert "Mon: some" not in closed
    page.click(".told summary")
    assert "Mon: some" in str(printed(page, "A4"))
    page.close()


def opened(browser: Any, folder: Path, document: str, **settings: Any) -> Any:
    """Return a document as a page of the browser."""
    path = folder / "page.html"
    path.write_text(document, encoding="utf-8")
    page = browser.new_page(**settings)
    page.goto(path.as_uri())
    return page
