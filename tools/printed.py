"""Pictures of documents: the made year as HTML and PDF, sheets and a card.

`python -m tools.pictures --printed` draws them.
They need Chromium (with playwright) and pdftoppm; their letters are those of this machine.
"""

import shutil
import subprocess
import tempfile
from pathlib import Path

from smartcli.blocks import Page
from smartcli.insights.notes import gather
from smartcli.insights.report import compute_insights
from smartcli.pages.blank import blank_page
from smartcli.pages.document import document_page, figures
from smartcli.pages.pocket_card import pocket_pages
from smartcli.renderers import html, pdf
from tests.support.made import CATALOG, record
from tests.support.year import LAST, entries

DESK, PHONE = {"width": 960, "height": 1100}, {"width": 390, "height": 844}
PLAN = {
    "ways": [
        {"way": "wait", "mine": "ten minutes on the balcony, phone in the other room", "when": "alone-evening"},
        {"way": "leave", "mine": "coat on, twice round the pond", "when": "row"},
        {"way": "see-through", "mine": "it is a wave; it has always gone down again"},
        {"way": "do", "mine": "the tin of buttons, or the washing-up", "when": "boredom"},
        {"way": "swap", "mine": "ginger tea in the blue cup"},
    ]
}


def draw(folder: Path) -> None:
    """Write every picture into a folder."""
    journal = journal_pages()
    browse(folder, "".join(html.document("Journal", journal)))
    print_pages(folder, "journal-pdf", "Journal", journal, 2, 7)
    for name, pages in (("cost-benefit", 1), ("balance-wheel", 1)):
        sheet = blank_page(CATALOG.find(name))._replace(section="")
        print_pages(folder, f"sheet-{name}", sheet.title, [sheet], 1, pages)
    print_pages(folder, "pocket-card", "Urge plan", [_card()], 1, 1, "0,0,827,560")


def journal_pages() -> list[Page]:
    """Return the made year as the pages of a document, its figures first."""
    made = [*entries()]
    found = compute_insights(gather((entry, True) for entry in made), LAST)
    return [*figures(found), *map(document_page, made)]


def _card() -> Page:
    from smartcli.journal.store import Journal

    with tempfile.TemporaryDirectory() as home:
        record(Path(home), "urge-plan", PLAN, about="drinking")
        entry = next(iter(Journal(Path(home) / "journal").entries()))
        return next(pocket_pages(entry, 2))


def browse(folder: Path, document: str) -> None:
    """Take pictures of a document: wide, on a phone, and in the dark."""
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as temporary, sync_playwright() as driver:
        path = Path(temporary) / "journal.html"
        path.write_text(document, encoding="utf-8")
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for name, size, scheme, place in (
            ("html-desk", DESK, "light", ".heat"),
            ("html-contents", DESK, "light", "body"),
            ("html-dark", DESK, "dark", "#section-1"),
            ("html-phone", PHONE, "light", "#section-1"),
        ):
            page = browser.new_page(viewport=size, color_scheme=scheme)
            page.goto(path.as_uri())
            page.evaluate("place => document.querySelector(place).scrollIntoView()", place)
            page.screenshot(path=folder / f"{name}.png")
            _together([folder / f"{name}.png"], folder / f"{name}.png")
        browser.close()


def print_pages(folder: Path, name: str, title: str, pages: list[Page], first: int, last: int, crop: str = "") -> None:
    """Set pages as a PDF and draw some of its pages side by side."""
    with tempfile.TemporaryDirectory() as temporary:
        path = Path(temporary) / "page.pdf"
        path.write_bytes(pdf.document(title, pages).data)
        each = Path(temporary) / "page"
        area = [
            word for at, word in zip(("-x", "-y", "-W", "-H"), crop.split(","), strict=False) for word in (at, word)
        ]
        step = [*(area if crop else []), "-r", "100" if first == last else "60"]
        subprocess.run(["pdftoppm", "-png", *step, "-f", str(first), "-l", str(last), str(path), str(each)], check=True)
        drawn = sorted(Path(temporary).glob("page-*.png"))
        _together([drawn[0], *drawn[-2:]] if len(drawn) > 3 else drawn, folder / f"{name}.png")


def _together(pictures: list[Path], target: Path) -> None:
    """Put pictures side by side, in few colours so that they stay small."""
    from PIL import Image

    opened = [Image.open(path).convert("RGB") for path in pictures]
    whole = Image.new("RGB", (sum(one.width + 8 for one in opened) - 8, max(one.height for one in opened)), "#bbbbbb")
    left = 0
    for one in opened:
        whole.paste(one, (left, 0))
        left += one.width + 8
    whole.quantize(48).save(target, optimize=True)
