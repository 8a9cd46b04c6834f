"""The tags of a PDF, checked by the rules of PDF/UA-1 (ISO 14289-1) that a program can check."""

import io
from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smartcli.blocks import Block, Cell, Grid, Heading, Item, Items, Page, Table, Words
from smartcli.content.catalog import Catalog
from smartcli.pages.blank import blank_page
from smartcli.renderers import pdf
from smartcli.renderers.pdf_contents import _runs
from smartcli.renderers.pdf_tags import Tagged
from tests.renderers.test_html import numbered
from tests.support.answers import WORDS
from tests.support.blocks import every_page

pypdf = pytest.importorskip("pypdf")

PAINTS = {b"Tj", b"TJ", b"'", b'"', b"S", b"s", b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"Do", b"sh"}
HOLD_ELEMENTS = {"/Document", "/TOC", "/TOCI", "/L", "/LI", "/Table", "/TR"}
INSIDE = {"/TOCI": "/TOC", "/LI": "/L", "/Lbl": "/LI", "/LBody": "/LI", "/TR": "/Table", "/TH": "/TR", "/TD": "/TR"}
PRINTER = 6.35 / 25.4 * 72  # points at the edge of a sheet that some printers leave white
LETTER = 792  # points high; A4 is 842, and loses half of what it is higher at either end


class Node(NamedTuple):
    """An element of the tree, with the kinds above it and the marks it owns: page and number."""

    element: Any
    above: tuple[str, ...]
    marks: list[tuple[int, int]]

    @property
    def kind(self) -> str:
        return str(self.element["/S"])


def read(pages: list[Page], paper: str = "a4") -> "pypdf.PdfReader":
    return pypdf.PdfReader(io.BytesIO(pdf.document("Journal", pages, paper=paper).data))


def one(*blocks: Block) -> list[Page]:
    return [Page("Journal", blocks)]


def tree(found: "pypdf.PdfReader") -> list[Node]:
    """Return every element, in the order in which it is read out."""
    numbers = {page.indirect_reference.idnum: at for at, page in enumerate(found.pages)}

    def walk(element: Any, above: tuple[str, ...]) -> Iterator[Node]:
        marks = []
        below = []
        for kid in element["/K"]:
            kid = kid.get_object()
            if isinstance(kid, int):
                marks.append((numbers[element.raw_get("/Pg").idnum], int(kid)))
            elif kid.get("/Type") == "/MCR":
                marks.append((numbers[kid.raw_get("/Pg").idnum], int(kid["/MCID"])))
            elif kid.get("/Type") != "/OBJR":
                below.append(kid)
        yield Node(element, above, marks)
        for kid in below:
            yield from walk(kid, (*above, str(element["/S"])))

    root = found.trailer["/Root"]["/StructTreeRoot"]
    return [node for kid in root["/K"] for node in walk(kid.get_object(), ())]


def marks_on(page: Any, found: "pypdf.PdfReader") -> Iterator[int | None]:
    """Yield the mark that each thing painted on a page stands in: its number, None for an artifact, -1 for none."""
    stack: list[int | None] = []
    for operands, operator in pypdf.generic.ContentStream(page.get_contents(), found).operations:
        if operator == b"BMC":
            assert operands == ["/Artifact"]
            stack.append(None)
        elif operator == b"BDC" and "/MCID" in operands[1]:
            assert not stack, "one mark inside another"
            stack.append(int(operands[1]["/MCID"]))
        elif operator == b"BDC":
            assert operands[0] == "/Span"
            stack.append(stack[-1] if stack else -1)
        elif operator == b"EMC":
            stack.pop()
        elif operator in PAINTS:
            yield stack[-1] if stack else -1
    assert not stack, "a mark that does not end"


def problems(found: "pypdf.PdfReader") -> list[str]:
    """Return what is wrong with the tags of a document."""
    root, nodes = found.trailer["/Root"], tree(found)
    return [
        *_document_problems(root),
        *_mark_problems(found, nodes),
        *_element_problems(nodes),
        *_link_problems(found, root),
        *_font_problems(found),
    ]


def _document_problems(root: Any) -> Iterator[str]:
    if not root["/MarkInfo"]["/Marked"]:
        yield "not marked"
    if not root.get("/Lang"):
        yield "no language"
    if not root["/ViewerPreferences"]["/DisplayDocTitle"]:
        yield "the title is not shown"
    metadata = root["/Metadata"].get_data().decode()
    if "<pdfuaid:part>1<" not in metadata or ">Journal</rdf:li>" not in metadata:
        yield "metadata"


def _mark_problems(found: "pypdf.PdfReader", nodes: list[Node]) -> Iterator[str]:
    owners = {mark: node.element for node in nodes for mark in node.marks}
    if len(owners) < sum(len(node.marks) for node in nodes):
        yield "a mark that two elements own"
    table = _parent_tree(found)
    for at, page in enumerate(found.pages):
        used = {number for number in marks_on(page, found) if number is not None}
        if -1 in used:
            yield f"page {at}: something is neither in an element nor an artifact"
        owned = {number for where, number in owners if where == at}
        if used - {-1} != owned:
            yield f"page {at}: marks {used} and elements {owned}"
        listed = table[page["/StructParents"]]
        if [entry.get_object() for entry in listed] != [owners.get((at, number)) for number in range(len(listed))]:
            yield f"page {at}: the table of parents"


def _parent_tree(found: "pypdf.PdfReader") -> dict[int, Any]:
    numbers = found.trailer["/Root"]["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    return {int(key): value.get_object() for key, value in zip(numbers[::2], numbers[1::2], strict=True)}


def _element_problems(nodes: list[Node]) -> Iterator[str]:
    last = 0
    for node in nodes:
        if node.kind in HOLD_ELEMENTS and node.marks:
            yield f"{node.kind} holds content of its own"
        if node.kind in INSIDE and node.above[-1] != INSIDE[node.kind]:
            yield f"{node.kind} in {node.above}"
        if node.kind == "/Figure" and not node.element.get("/Alt"):
            yield "a figure without words"
        if node.kind == "/TH" and node.element["/A"].get("/Scope") not in ("/Row", "/Column"):
            yield "a head of nothing"
        if node.kind == "/L" and node.element["/A"].get("/ListNumbering") is None:
            yield "a list without its numbering"
        if node.kind[:2] == "/H" and node.kind[2:].isdigit():
            level = int(node.kind[2:])
            if level > last + 1:
                yield f"a heading of level {level} after one of {last}"
            last = level


def _link_problems(found: "pypdf.PdfReader", root: Any) -> Iterator[str]:
    table = _parent_tree(found)
    for page in found.pages:
        links = [link.get_object() for link in page.get("/Annots") or []]
        if links and page.get("/Tabs") != "/S":
            yield "no order of links"
        for link in links:
            if not link.get("/Contents"):
                yield "a link without a description"
            if table[link["/StructParent"]]["/S"] != "/Link":
                yield "a link outside the tree"


def _font_problems(found: "pypdf.PdfReader") -> Iterator[str]:
    for page in found.pages:
        for font in page["/Resources"]["/Font"].values():
            font = font.get_object()
            below = font["/DescendantFonts"][0].get_object()
            if "/ToUnicode" not in font or "/FontFile2" not in below["/FontDescriptor"]:
                yield "a font that is not embedded, or whose letters have no names"


def test_every_block_is_tagged_by_the_rules() -> None:
    assert problems(read(every_page(numbered()))) == []


def test_every_worksheet_is_tagged_by_the_rules(tiny: Catalog) -> None:
    assert problems(read([blank_page(exercise) for exercise in tiny], "letter")) == []


@given(st.data())
@settings(max_examples=4, deadline=None)
def test_any_words_are_tagged_by_the_rules(data: st.DataObject) -> None:
    assert problems(read(every_page(lambda: data.draw(WORDS)))) == []


PLANTED: dict[str, Any] = {
    "heading": lambda paper, rank: paper.tag(f"H{rank}"),
    "table_head": lambda paper, scope: paper.tag("TH", attributes="/O/Table"),
    "artifact": lambda paper: paper.tag("TR"),
    "structure": lambda paper: iter([paper._root, paper._root.document]),
}


@pytest.mark.parametrize("name", PLANTED)
def test_the_check_sees_what_is_wrong(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """A check that finds nothing in anything would be no check."""
    monkeypatch.setattr(Tagged, name, PLANTED[name])
    pages = one(Heading("deep", 3), Words("words"), Table(["a", "b"], [["c", "d"]]))
    try:
        found = problems(read(pages))
    except (AssertionError, AttributeError, KeyError):
        found = ["so wrong that it cannot be read"]
    assert found


def kinds(pages: list[Page]) -> list[str]:
    return [node.kind[1:] for node in tree(read(pages))]


def test_what_is_read_out_has_the_order_and_the_kinds_of_the_page() -> None:
    pages = one(
        Heading("Question", 3),
        Words("a long answer\n" * 3),
        Items([Item("done", ticked=True), Item("open", ticked=False)]),
        Table(["head", "head"], [["cell", "cell"]]),
        Table(["", ""], [["name", "fact"]]),
        Grid([Cell(f"list {number}", [Item("item")]) for number in range(4)]),
    )
    assert kinds(pages) == [
        *("Document", "H1", "H2", "P"),
        *("L", "LI", "Lbl", "LBody", "LI", "Lbl", "LBody"),
        *("Table", "TR", "TH", "TH", "TR", "TD", "TD", "Table", "TR", "TH", "TD"),
        *("H3", "L", "LI", "LBody") * 4,
        "P",
    ]


def test_a_passage_over_several_pages_is_one_paragraph() -> None:
    found = read(one(Words("words\n" * 200)))
    [passage] = [node for node in tree(found) if node.kind == "/P" and len(node.marks) > 1]
    assert [page for page, _number in passage.marks] == [*range(len(found.pages))]
    assert problems(found) == []


def test_a_letter_that_is_not_in_the_fonts_is_kept_beside_its_box() -> None:
    found = read(one(Words("two 漢字 and 😀"), Words("שלום to you")))
    spans = [
        operands[1]["/ActualText"]
        for operands, operator in pypdf.generic.ContentStream(found.pages[0].get_contents(), found).operations
        if operator == b"BDC" and operands[0] == "/Span"
    ]
    assert spans == ["two 漢字 and 😀", "שלום to you"]
    assert "html" in found.pages[0].extract_text().splitlines()[-1]


def test_only_the_foot_of_a_page_with_a_box_says_what_it_stands_for() -> None:
    found = read([Page("漢", [Words("words\n" * 100)], section="字"), Page("plain", [], section="字", sheet=True)])
    said = ["html" in page.extract_text() for page in found.pages]
    assert said == [True, True, *(False for _page in said[2:])]


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_everything_stands_where_both_papers_can_be_printed_on(paper: str) -> None:
    found = read([*every_page(numbered()), *one(Words("words\n" * 200))], paper)
    for page in found.pages:
        foot = (float(page.mediabox.height) - LETTER) / 2 + PRINTER
        places: list[float] = []
        page.extract_text(
            visitor_text=lambda words, _cm, tm, *_rest, at=places: at.append(tm[5]) if words.strip() else None
        )
        assert places
        assert min(places) >= foot
        assert max(places) <= float(page.mediabox.height) - foot


def test_letter_is_letter_and_the_layout_stands_in_its_middle() -> None:
    a4, letter = (read(one(Words("words")), paper).pages[0] for paper in ("a4", "letter"))
    assert [round(float(side)) for side in (a4.mediabox.width, a4.mediabox.height)] == [595, 842]
    assert [round(float(side)) for side in (letter.mediabox.width, letter.mediabox.height)] == [612, 792]
    shifts = [
        operands[4]
        for operands, operator in pypdf.generic.ContentStream(letter.get_contents(), None).operations
        if operator == b"cm"
    ]
    assert [round(float(shift)) for shift in shifts] == [round((612 - 595) / 2)]


def test_links_of_the_contents_lie_over_their_words() -> None:
    pages = [Page("one", [], section="part"), Page("two", [], section="part")]
    for paper, left in (("a4", 19), ("letter", 19 + 2.95)):
        links = [link.get_object() for link in read(pages, paper).pages[0]["/Annots"]]
        lefts = [float(link["/Rect"][0]) for link in links]
        assert min(lefts) == pytest.approx(left / 25.4 * 72, abs=0.2)


def test_pages_may_be_made_as_they_are_set() -> None:
    pages = every_page(numbered())
    headings = [page._replace(blocks=()) for page in pages]
    assert pdf.document("J", iter(pages), headings) == pdf.document("J", every_page(numbered()))


def test_facts_that_have_room_on_a_page_are_not_parted() -> None:
    facts = Table(["", ""], [["Size", "small"], ["By", "May"], ["With", "Jo"]])
    for lines in range(40, 56):
        texts = [page.extract_text() for page in read(one(Words("words\n" * lines), facts)).pages]
        assert any("Size" in text and "By" in text and "With" in text for text in texts)


def test_short_answers_of_an_entry_are_kept_on_one_page_with_its_title() -> None:
    answers = [block for at in range(14) for block in (Heading(f"asked{at}.", 3), Words(f"answer{at}."))]
    for lines in range(20, 56, 3):
        filled = Page("Before", [Words("words\n" * lines)], section="month")
        goals = Page("Goals", answers, section="month")
        texts = [page.extract_text() for page in read([filled, goals]).pages[1:]]
        assert any("Goals" in text and all(f"answer{at}." in text for at in range(14)) for text in texts)


def test_several_short_words_stand_beside_their_question() -> None:
    halt = [Heading("I was", 3), Items([Item("Tired"), Item("Lonely")]), Heading("next", 3), Words("x")]
    places: dict[str, tuple[float, float]] = {}

    def note(words: str, _cm: object, tm: list[float], *_rest: object) -> None:
        places[words.strip()] = (tm[4], tm[5])

    read(one(*halt)).pages[0].extract_text(visitor_text=note)
    assert places["Tired"][0] > places["I was"][0] + 100
    assert places["Tired"][1] == pytest.approx(places["I was"][1], abs=3)


def test_runs_of_pages_are_told_by_their_ends() -> None:
    assert [*_runs([1, 2, 3, 5, 7, 8])] == [(1, 3), (5, 5), (7, 8)]
