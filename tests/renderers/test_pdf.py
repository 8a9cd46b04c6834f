"""The PDF: real text, bookmarks, the same bytes for the same pages, and a word about what it cannot show."""

import io
import re
from collections.abc import Iterator
from itertools import count, pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smartcli.blocks import Block, Item, Items, Page, Table, Words
from smartcli.renderers import pdf
from smartcli.trouble import Trouble
from tests.conftest import SIZE
from tests.renderers.test_html import numbered
from tests.support.answers import WORDS
from tests.support.blocks import every_page
from tests.support.parts import take_away_fpdf

pypdf = pytest.importorskip("pypdf")


def read(pages: list[Page], title: str = "Journal") -> "pypdf.PdfReader":
    return pypdf.PdfReader(io.BytesIO(pdf.document(title, pages).data))


def text(pages: list[Page]) -> str:
    return "\n".join(page.extract_text() for page in read(pages).pages)


def one(*blocks: Block) -> list[Page]:
    return [Page("Journal", blocks)]


def test_every_word_is_there_as_text() -> None:
    numbers = count()
    said = text(every_page(lambda: f"w{next(numbers):03d}"))
    assert not [number for number in range(next(numbers)) if f"w{number:03d}" not in said]


def test_the_same_pages_give_the_same_bytes() -> None:
    assert pdf.document("Journal", every_page(numbered())) == pdf.document("Journal", every_page(numbered()))


def test_there_are_bookmarks_page_numbers_and_a_title_but_no_author() -> None:
    found = read(every_page(numbered()))
    sections = [one.title for one in found.outline if not isinstance(one, list)]
    assert sections == ["November 2026", "October 2026"]
    assert [len(one) for one in found.outline if isinstance(one, list)] == [2, 1]
    feet = [page.extract_text().split()[-1] for page in found.pages[1:]]  # the contents are written last
    assert feet == [str(at) for at in range(2, len(found.pages) + 1)]
    assert found.metadata.title == "Journal"
    assert found.metadata.author is None
    assert found.metadata.creation_date.year == 2000


# A line more fills a page of the contents at about 50 and 104.
BOUNDARIES = [1, 50, 51, 52, 53, 54, 103, 104, 105, 106, 107, 119, 120, 121, 500]


@pytest.mark.parametrize("number", BOUNDARIES if SIZE == 1 else [*range(1, 170), 499, 500, 501])
def test_contents_name_the_page_that_each_bookmark_leads_to(number: int) -> None:
    entries = [Page(f"Entry {at}", [Words("words\n" * (at % 4))], section=f"Part {at // 40}") for at in range(number)]
    found = read([Page("Opening", []), *entries])
    texts = [page.extract_text() for page in found.pages]
    bookmarks = [*walked(found)]
    contents = re.findall(r"^(Opening|Entry \d+|Part \d+) (\d+)$", "\n".join(texts), re.MULTILINE)
    assert [(name, int(page)) for name, page in contents] == bookmarks
    assert all(re.search(rf"^{name}$", texts[page - 1], re.MULTILINE) for name, page in bookmarks)


def test_contents_have_a_line_for_each_exercise_of_a_month_with_the_pages_of_its_entries() -> None:
    days = [Page(("Walk", "Check-in")[at % 2], [], f"day {at}", f"Month {at // 6}", sheet=True) for at in range(12)]
    alone = Page("Letter", [], "day 12", "Month 2", sheet=True)
    contents = read([*days, alone]).pages[0].extract_text()
    lines = re.findall(r"^(?:Month|Walk|Check|Letter).*$", contents, re.MULTILINE)
    assert lines == [
        *("Month 0 2", "Walk 2, 4, 6", "Check-in 3, 5, 7"),
        *("Month 1 8", "Walk 8, 10, 12", "Check-in 9, 11, 13"),
        *("Month 2 14", "Letter · day 12 14"),
    ]


def walked(found: "pypdf.PdfReader") -> Iterator[tuple[str, int]]:
    """Yield the name of each bookmark, and the number of the page it leads to, in order."""

    def walk(outline: list[Any]) -> Iterator[tuple[str, int]]:
        for one in outline:
            if isinstance(one, list):
                yield from walk(one)
            else:
                yield one.title, found.get_destination_page_number(one) + 1

    yield from walk(found.outline)


def test_nothing_in_it_leads_out_or_runs() -> None:
    data = pdf.document("Journal", [*every_page(numbered()), *one(Words("https://example.org/ mailto:a@b.c"))]).data
    assert not re.search(rb"/URI|/JavaScript|/JS|/Launch|/EmbeddedFile|/Author", data)


def test_characters_it_cannot_show_are_counted_and_named() -> None:
    made = pdf.document("Journal", one(Words("one 😀 two 😀 and 漢\u200d字")))
    assert made.missing == {"😀": 2, "漢": 1, "字": 1}
    said = pdf.missing_said(made.missing)
    assert "4 characters" in said
    assert "grinning face (2)" in said
    assert pdf.missing_said(pdf.document("Journal", one(Words("héllo, Ελλάδα, Привет, żółć, “→ ✓ ☐ ·”"))).missing) == ""


def test_a_text_that_looks_like_a_page_count_stays_a_text() -> None:
    assert "{nb} of {nb}" in text(one(Words("{nb} of {nb}")))


def test_long_things_go_on_over_pages() -> None:
    long = "\n".join(f"line{number}" for number in range(300))
    wide = "wide" * 3000
    said = text(one(Words(long), Table(["a", "b"], [["x", long]]), Items([Item(long)]), Words(wide)))
    assert all(said.count(f"line{number}\n") >= 3 or number > 290 for number in range(300))
    assert said.replace("\n", "").count("wide") > 2950


@given(st.data())
@settings(max_examples=15)
def test_any_words_can_be_set(data: st.DataObject) -> None:
    assert pdf.document("Journal", every_page(lambda: data.draw(WORDS))).data.startswith(b"%PDF")


def test_without_the_extra_one_sentence_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    take_away_fpdf(monkeypatch)
    with pytest.raises(Trouble) as trouble:
        pdf.document("Journal", one(Words("words")))
    assert "pip install fpdf2" in trouble.value.hint
    assert "html" in trouble.value.hint


def test_what_is_written_from_right_to_left_is_set_so() -> None:
    words = text(one(Words("שלום to you", theirs=True)))
    assert "you" in words
    assert "םולש" in words or "שלום" in words
    drawn = pdf.document("J", one(Words("I said שלום to Sam")))
    assert not drawn.missing


def test_lines_break_between_words_and_lose_none() -> None:
    words = [f"word{number}" for number in range(400)]
    assert text(one(Words(" ".join(words)))).split()[1:401] == words


@pytest.mark.parametrize("size", [8.5, 10, 10.5])
def test_no_row_of_a_table_stands_on_the_next_and_no_head_alone_on_a_page(size: float) -> None:
    from smartcli.renderers.pdf_paper import Paper

    rows: list[tuple[int, bool]] = []  # the page of each, and whether it is a head

    class Watched(Paper):
        """Paper that looks where the words of each row end."""

        lowest = 0.0

        def _words(self, *given: Any, **named: Any) -> None:
            super()._words(*given, **named)
            self.lowest = max(self.lowest, self.y)

        def _row(self, *given: Any, **named: Any) -> None:
            rows.append((self.page, named.get("is_head", False)))
            self.lowest = 0
            super()._row(*given, **named)
            assert self.lowest <= self.y + 0.01

    for lines in range(30, 60):
        paper = Watched("")
        paper.add_page()
        paper.size = size
        paper._words("\n".join("above" for _line in range(lines)))
        paper._table(
            ["", "now", "before"], [["how it was in the days that went the way I wanted", "1", "many words " * 9]] * 2
        )
    assert all(page == following for (page, is_head), (following, _) in pairwise(rows) if is_head)
