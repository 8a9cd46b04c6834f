"""The HTML document in a real browser: it asks for nothing, complains of nothing, and can be used by everybody.

Skipped, and said so, where there is no Chromium; `.ci/run` installs one where it can.
"""

import io
import shutil
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

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

WIDE, PHONE = {"width": 1100, "height": 900}, {"width": 360, "height": 740}


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


@pytest.fixture(params=[journal, sheets])
def file(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    make: Callable[[], str] = request.param
    path = tmp_path / "page.html"
    path.write_text(make(), encoding="utf-8")
    return path


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, PHONE])
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
    page.click("nav a[href='#only-0']")
    assert page.evaluate(seen) == ["page-0", "page-2"]
    page.click("nav a[href='#main']")
    assert page.evaluate(seen) == ["page-0", "page-1", "page-2"]
    page.close()


def test_printed_it_is_readable_and_a_sheet_begins_a_page(browser: Any, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(sheets(), encoding="utf-8")
    page = browser.new_page(color_scheme="dark")
    page.goto(path.as_uri())
    for paper in ("A4", "Letter"):
        printed = pypdf.PdfReader(io.BytesIO(page.pdf(format=paper, prefer_css_page_size=False)))
        texts = [unicodedata.normalize("NFKC", one.extract_text()) for one in printed.pages]  # some fonts join "fi"
        begins = [text.strip().split("\n")[0] for text in texts]
        assert {exercise.title for exercise in sheet_exercises()} <= {begin.strip() for begin in begins}
        assert len(begins) <= 10
    page.close()
