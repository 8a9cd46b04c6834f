"""The HTML document: whole in itself, safe whatever was written, and in order for a screen reader."""

import base64
import hashlib
import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from itertools import count, pairwise

from hypothesis import given
from hypothesis import strategies as st

from smartcli.blocks import Card, Cell, Grid, Heading, Item, Page, Words
from smartcli.renderers import html
from smartcli.words import visible
from tests.support.answers import WORDS
from tests.support.blocks import every_page

EMPTY = {"meta", "col"}
HARMLESS = st.one_of(WORDS, st.text(st.sampled_from("<>&\"'/=script on-!`{};:#"), min_size=1, max_size=30))


class Read(HTMLParser):
    """What a reader finds: tags in order, attributes, and texts."""

    def __init__(self, document: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.texts: list[str] = []
        self.open: list[str] = []
        self.feed(document)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        self.open += [] if tag in EMPTY else [tag]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def values(self, name: str) -> list[str]:
        """Return every value of an attribute."""
        return [value for _, one, value in self.attributes if one == name]


def numbered() -> Callable[[], str]:
    """Return words that are told apart by a number."""
    numbers = count()
    return lambda: f"words{next(numbers)}"


def made(pages: list[Page], title: str = "Journal") -> Read:
    return Read("".join(html.document(title, pages)))


@given(st.data())
def test_whatever_was_written_the_document_stays_as_it_is_and_shows_every_word(data: st.DataObject) -> None:
    said: list[str] = []

    def say() -> str:
        said.append(data.draw(HARMLESS))
        return said[-1]

    pages = every_page(say)
    quiet = made(every_page(numbered()))
    read = made(pages, say())
    same_kinds = [*dict.fromkeys(page.title for page in pages)]
    if len(same_kinds) == 2:
        assert _shape(read) == _shape(quiet)
    shown = re.sub(r"\s+", "", "".join([*read.texts, *read.values("data-head")]))
    for block_words in said[:-1]:
        assert re.sub(r"\s+", "", visible(block_words))[:12] in shown


def _shape(read: Read) -> list[tuple[str, str]]:
    """Return every tag with its attributes, but for those whose number goes by the length of the words."""
    return [(tag, name) for tag, name, _ in read.attributes if tag not in ("text", "div")]


def test_it_is_whole_in_itself_and_runs_nothing() -> None:
    document = "".join(html.document("Journal", every_page(numbered())))
    read = Read(document)
    assert not {"script", "link", "img", "iframe", "object", "embed", "form", "base"} & set(read.tags)
    assert not [name for _, name, _ in read.attributes if name.startswith("on") or name in ("style", "src")]
    assert all(link.startswith("#") for link in read.values("href"))
    assert not re.search(r"url\(|@import|https?:", document)
    style = document[document.index("<style>") + 7 : document.index("</style>")]
    policy = read.values("content")[0]
    allowed = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{allowed}'; base-uri 'none'; form-action 'none'"


def test_every_link_leads_somewhere_and_every_id_stands_once() -> None:
    read = made(every_page(numbered()))
    ids = read.values("id")
    assert len(ids) == len(set(ids))
    assert {link.removeprefix("#") for link in read.values("href")} <= set(ids)
    assert set(read.values("aria-labelledby")) <= set(ids)


def test_headings_go_down_one_at_a_time() -> None:
    pages = [*every_page(numbered()), Page("Last", [Heading("A question", 3), Words("words")], section="October 2026")]
    pages += [Page("Grid", [Grid([Cell("one", [Item("words")])] * 4), Card("card", [Cell("one", [])])], section="Then")]
    levels = [int(tag[1]) for tag in made(pages).tags if re.fullmatch(r"h\d", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_tables_say_what_their_heads_head() -> None:
    read = made(every_page(numbered()))
    heads = [tag for tag, name, value in read.attributes if name == "scope" and value in ("col", "row")]
    assert len(heads) == read.tags.count("th") > 0


def test_a_drawing_has_words_or_is_passed_over() -> None:
    document = "".join(html.document("Journal", every_page(numbered())))
    for told in re.findall(r"<svg [^>]*>", document):
        assert re.search(r'role="img" aria-label="[^"]+"|aria-hidden="true"', told)


def test_a_kind_of_page_can_be_shown_alone_and_a_single_page_has_no_contents() -> None:
    pages = every_page(numbered())
    document = "".join(html.document("Journal", pages))
    assert "#only-0:target ~ * article:not(.kind-0)" in document
    assert 'href="#only-1"' in document
    alone = made([pages[0]._replace(section="")])
    assert "nav" not in alone.tags
    assert alone.tags.count("h1") == 1


def test_with_headings_pages_are_set_as_they_come_and_nothing_else_changes() -> None:
    pages = [page._replace(blocks=[*page.blocks]) for page in every_page(numbered())]
    headings = [page._replace(blocks=()) for page in pages]
    taken: list[Page] = []

    def as_they_come() -> Iterator[Page]:
        for page in pages:
            taken.append(page)
            yield page

    document = ""
    for piece in html.document("Journal", as_they_come(), headings):
        document += piece
        assert len(taken) <= document.count("<article") + 1
    assert document == "".join(html.document("Journal", pages))
    assert len(taken) == len(pages) > 1


def test_a_page_that_has_no_heading_is_shown_all_the_same() -> None:
    pages = every_page(numbered())
    changed = Page("Another title", [Words("since then")], section="Another month")
    document = "".join(html.document("Journal", [*pages, changed], pages))
    assert "since then" in document
    Read(document)


def test_the_notice_stands_in_the_footer() -> None:
    document = "".join(html.document("Journal", []))
    assert "Not affiliated" in document[document.index("<footer>") :]


class _Counting(str):
    """A section's name that counts how often it is compared or looked up."""

    looked_at = 0

    def __eq__(self, other: object) -> bool:
        type(self).looked_at += 1
        return super().__eq__(other)

    def __hash__(self) -> int:
        type(self).looked_at += 1
        return super().__hash__()


def test_a_document_looks_at_each_page_a_fixed_number_of_times() -> None:
    """A journal of 100,000 entries has hundreds of sections: going through all pages for each would take minutes."""

    def looks_a_page(number: int) -> float:
        pages = [Page("Entry", [], section=_Counting(f"month {at // 10}")) for at in range(number)]
        _Counting.looked_at = 0
        "".join(html.document("Journal", pages))
        return _Counting.looked_at / number

    assert looks_a_page(2_000) < 2 * looks_a_page(200)
