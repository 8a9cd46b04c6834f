"""The structure of a PDF: what each mark on a page is, and in which order it is read out.

A tagged PDF has a tree of elements (headings, paragraphs, lists, tables, figures). What is drawn stands between two
marks that name its element by a number, and everything else is an artifact: a line, a page number. PDF 1.7, 14.7 and
14.8, and ISO 14289-1 (PDF/UA-1). fpdf2 itself marks figures alone.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from typing import Any

from fpdf import FPDF
from fpdf.annotations import PDFAnnotation
from fpdf.output import OutputProducer, PDFPage
from fpdf.prefs import ViewerPreferences
from fpdf.syntax import Name, PDFObject, PDFString

_GROUPS = {"Document", "TOC", "TOCI", "L", "LI", "Table", "TR"}  # hold elements, never a mark of their own
_KEPT_EMPTY = {"TOC", "TOCI", "TR", "TH", "TD"}  # filled later, or counted with their row
_NO_PAINT = (" rg", " RG", " g", " G", " w", " d", " J", " j", " cm", " Tf ET")  # say how to paint, and paint nothing
_HEADINGS = 6  # levels that there are
_XMP = """\
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description></rdf:RDF></x:xmpmeta>"""


class Element(PDFObject):
    """One element of the tree: its kind, what is read out in its place, and its kids in order.

    A kid is an element, a link, or a page and the number of a mark on it.
    """

    __slots__ = ("alt", "attributes", "kids", "kind", "parent")

    def __init__(self, kind: str, parent: PDFObject, alt: str = "", attributes: str = "") -> None:
        super().__init__()
        self.kind = kind
        self.parent = parent
        self.alt = alt
        self.attributes = attributes
        self.kids: list[Element | PDFAnnotation | tuple[PDFPage, int]] = []

    def serialize(self, obj_dict: dict[str, object] | None = None, _security_handler: Any = None) -> str:
        """Return the object as it stands in the file."""
        page = next((kid[0] for kid in self.kids if isinstance(kid, tuple)), None)
        parts = [f"{self.id} 0 obj\n<</S/{self.kind}/P {self.parent.ref}"]
        if page:
            parts.append(f"/Pg {page.ref}")
        if self.alt:
            parts.append(f"/Alt {PDFString(self.alt).serialize()}")
        if self.attributes:
            parts.append(f"/A<<{self.attributes}>>")
        parts.append(f"/K[{' '.join(_reference(kid, page) for kid in self.kids)}]>>\nendobj")
        return "".join(parts)


class _Root(PDFObject):
    """The root of the tree, with the table that leads from the marks of a page, or a link, to their elements."""

    def __init__(self) -> None:
        super().__init__()
        self.document = Element("Document", self)
        self.owners: list[list[Element] | Element] = []

    def serialize(self, obj_dict: dict[str, object] | None = None, _security_handler: Any = None) -> str:
        """Return the object as it stands in the file."""
        table = "\n".join(
            f"{key} [{' '.join(element.ref for element in owner)}]" if isinstance(owner, list) else f"{key} {owner.ref}"
            for key, owner in enumerate(self.owners)
        )
        return (
            f"{self.id} 0 obj\n<</Type/StructTreeRoot/K[{self.document.ref}]"
            f"/ParentTree<</Nums[{table}]>>/ParentTreeNextKey {len(self.owners)}>>\nendobj"
        )


class Tagged(FPDF):
    """Pages on which everything drawn has its place in the tree, or is an artifact.

    Whoever draws says what it is: `with paper.tag("P")`, `with paper.heading(2)`, `with paper.artifact()`.
    """

    def __init__(self, *args: Any, **options: Any) -> None:
        self._root = _Root()
        self._path: list[Element | None] = [self._root.document]  # None: an artifact
        self._owners: dict[int, list[Element]] = {}  # by the page's number: the element of each mark on it
        self._open: tuple[int, Element | None] | None = None  # the page and the element of the mark under way
        self._ranks: list[int] = []
        super().__init__(*args, **options)
        self.viewer_preferences = ViewerPreferences(display_doc_title=True)
        self._set_min_pdf_version("1.7")

    @contextmanager
    def tag(self, kind: str, *, alt: str = "", attributes: str = "") -> Iterator[Element | None]:
        """Put what is drawn into a new element; inside an artifact there is none, and all is part of that."""
        parent = self._path[-1]
        if parent is None:
            yield None
            return
        element = Element(kind, parent, alt, attributes)
        parent.kids.append(element)
        with self.inside(element):
            yield element
        if not element.kids and kind not in _KEPT_EMPTY:
            parent.kids.remove(element)

    @contextmanager
    def inside(self, element: Element | None) -> Iterator[None]:
        """Put what is drawn into an element that is there already."""
        self._path.append(element)
        yield
        self._path.pop()

    @contextmanager
    def apart(self, kind: str) -> Iterator[None]:
        """Put what is drawn into a new element of the document itself, whatever is under way."""
        with self.inside(self._root.document), self.tag(kind):
            yield

    @contextmanager
    def artifact(self) -> Iterator[None]:
        """Draw what is not read out: it says nothing, or says again what is said beside it."""
        with self.inside(None):
            yield

    @contextmanager
    def passage(self) -> Iterator[None]:
        """Put what is drawn into a paragraph, unless it stands in an element of its own already."""
        here = self._path[-1]
        if here is None or here.kind not in _GROUPS:
            yield
            return
        with self.tag("P"):
            yield

    @contextmanager
    def heading(self, rank: int) -> Iterator[None]:
        """Put what is drawn into a heading. Ranks may leave numbers out; the levels made of them never do."""
        while self._ranks and self._ranks[-1] >= rank:
            self._ranks.pop()
        self._ranks.append(rank)
        with self.tag(f"H{min(len(self._ranks), _HEADINGS)}"):
            yield

    @contextmanager
    def table_head(self, scope: str) -> Iterator[None]:
        """Put what is drawn into a cell that names its "Column" or its "Row"."""
        with self.tag("TH", attributes=f"/O/Table/Scope/{scope}"):
            yield

    @contextmanager
    def read_as(self, words: str) -> Iterator[None]:
        """Say what letters on the page stand for, where they are drawn in another order or as another sign."""
        self._mark()
        super()._out(f"/Span<</ActualText {PDFString(words).serialize()}>>BDC")
        yield
        super()._out("EMC")

    def link_to(self, page: int, x: float, y: float, width: float, height: float, described: str) -> None:
        """Lead from a place on this page to another page; to be called inside the element "Link"."""
        element = self._path[-1]
        link = PDFAnnotation(
            "Link",
            x=x * self.k,
            y=self.h_pt - y * self.k,
            width=width * self.k,
            height=height * self.k,
            dest=self.links[self.add_link(page=page)],
            contents=described,
        )
        self.pages[self.page].add_annotation(link)
        if element:
            element.kids.append(link)

    def line(self, *args: Any, **options: Any) -> None:
        """Draw a line to write on or to part things: nothing is told by it."""
        with self.artifact():
            super().line(*args, **options)

    def rect(self, *args: Any, **options: Any) -> None:
        """Draw a frame or a box to tick: nothing is told by it."""
        with self.artifact():
            super().rect(*args, **options)

    def tagged(self) -> bytes:
        """Return the whole document."""
        self.set_xmp_metadata(_XMP.format(title=escape(str(self.title))))
        return bytes(self.output(output_producer_class=_Producer))

    def _out(self, s: str | bytes) -> None:
        if not (isinstance(s, str) and s.endswith(_NO_PAINT)):
            self._mark()
        super()._out(s)

    def _mark(self) -> None:
        """Begin the mark of the element that is drawn now, unless it is under way."""
        owner = self._path[-1]
        if owner and owner.kind in _GROUPS:
            owner = None
        if self._open == (self.page, owner):
            return
        self.end_mark()
        if owner is None:
            super()._out("/Artifact BMC")
        else:
            marks = self._owners.setdefault(self.page, [])
            owner.kids.append((self.pages[self.page], len(marks)))
            super()._out(f"/{owner.kind}<</MCID {len(marks)}>>BDC")
            marks.append(owner)
        self._open = (self.page, owner)

    def end_mark(self) -> None:
        """End the mark that is under way, on the page where it began."""
        if self._open:
            contents = self.pages[self._open[0]].contents
            assert isinstance(contents, bytearray)
            contents.extend(b"EMC\n")
        self._open = None

    def structure(self) -> Iterator[PDFObject]:
        """Yield every object of the tree, its root first, and name the places in its table to pages and links."""
        owners = self._root.owners
        for number, page in self.pages.items():
            page.struct_parents = len(owners)
            page.tabs = Name("S")  # type: ignore[attr-defined]  # from link to link as in the tree
            owners.append(self._owners.get(number, []))
        yield self._root
        waiting = [self._root.document]
        while waiting:
            element = waiting.pop()
            yield element
            for kid in element.kids:
                if isinstance(kid, PDFAnnotation):
                    kid.struct_parent = len(owners)  # type: ignore[attr-defined]
                    owners.append(element)
            waiting.extend(kid for kid in reversed(element.kids) if isinstance(kid, Element))


class _Producer(OutputProducer):
    """Writes our tree in the place of fpdf2's own."""

    def _add_pages(self, *args: Any, **options: Any) -> list[PDFPage]:
        paper = self.fpdf
        assert isinstance(paper, Tagged)
        paper.end_mark()
        return super()._add_pages(*args, **options)

    def _add_structure_tree(self) -> PDFObject | None:
        paper = self.fpdf
        assert isinstance(paper, Tagged)
        objects = [*paper.structure()]
        for part in objects:
            self._add_pdf_obj(part, "structure_tree")
        return objects[0]


def _reference(kid: Element | PDFAnnotation | tuple[PDFPage, int], first: PDFPage | None) -> str:
    """Return a kid as its parent names it; marks on the `first` page by their number alone."""
    if isinstance(kid, Element):
        return kid.ref
    if isinstance(kid, PDFAnnotation):
        return f"<</Type/OBJR/Obj {kid.ref}>>"
    page, number = kid
    return str(number) if page is first else f"<</Type/MCR/Pg {page.ref}/MCID {number}>>"
