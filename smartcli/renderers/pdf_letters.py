"""Letters, lines and drawings on a PDF's pages, in millimetres."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib import resources
from itertools import accumulate, takewhile

from fpdf.bidi import BidiParagraph, auto_detect_base_direction
from fpdf.enums import TextDirection
from fpdf.fonts import TTFFont

from smartcli.language import spoken
from smartcli.renderers.drawing import Drawing, Label, Look, Ring, Stroke
from smartcli.renderers.pdf_tags import Tagged
from smartcli.words import visible

LEFT, TOP, FOOT = 19.0, 16.0, 20.0  # margins; on Letter the same lines stand in the middle of a wider sheet
WIDE = 210 - 2 * LEFT
LINE = 4.9  # from line to line of the text
WRITE = 8.0  # from line to line of what is written by hand
TITLE_RANK, SECTION_RANK, PAGE_RANK = 1, 2, 3  # of headings, from the document's title down; then those of a page
CELL_RANK = 6  # of the title of a list in a grid or on a card
_PX = 25.4 / 96  # a CSS pixel
TEXT, QUIET, FAINT, ACCENT, _WASH = (30, 33, 38), (95, 101, 111), (198, 194, 186), (24, 88, 98), (226, 237, 239)
_STAND_IN = "▯"
_PIECE = re.compile(r" *[^ ]+| +$")
_RIGHT_TO_LEFT = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
_MIRRORED = str.maketrans("()[]{}<>«»‹›", ")(][}{><»«›‹")  # among letters read from right to left: UAX 9, L4
_UNSEEN = dict.fromkeys([0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF, *range(0xFE00, 0xFE10)])

Colour = tuple[int, int, int]


class _Widths(dict[str, float]):
    """How wide each letter is; one that is not there is as wide as what stands in its place."""

    def __missing__(self, _letter: str) -> float:
        return self[_STAND_IN]


class Letters(Tagged):
    """Paper with letters; `missing` counts the characters it does not have.

    `paper` is "a4" or "letter".
    """

    def __init__(self, title: str, paper: str = "a4") -> None:
        super().__init__(format=paper)
        self.missing: Counter[str] = Counter()
        self._replaced_on: set[int] = set()  # numbers of pages on which something else stands for a character
        folder = resources.files("smartcli.renderers") / "fonts"
        for style, file in (("", "DejaVuSansCondensed.ttf"), ("B", "DejaVuSansCondensed-Bold.ttf")):
            with resources.as_file(folder / file) as path:
                self.add_font("text", style, path)
        letters = {bold: self.fonts[f"text{'B' if bold else ''}"] for bold in (False, True)}
        self._wide = {
            bold: _Widths({chr(code): font.cw[code] for code in font.cmap})
            for bold, font in letters.items()
            if isinstance(font, TTFFont)
        }
        self._known = {*self._wide[False], "\n"}
        self.ruling = WRITE
        self.size = 10.0  # of the text, in points
        self.air = 1.0  # of the gaps between what stands on a sheet; 1: as they are elsewhere
        self.name = self.told(title)
        self.alias_nb_pages(None)  # type: ignore[arg-type]  # else "{nb}" in somebody's words becomes a number
        self.set_title(self.name)
        self.set_producer("smartcli")
        self.set_lang(spoken())
        self.set_creation_date(datetime(2000, 1, 1, tzinfo=UTC))  # the same pages give the same bytes
        self.set_margins(LEFT, TOP, LEFT)
        self.set_auto_page_break(True, FOOT)
        self.c_margin = 0

    def _fitting(self, words: str, width: float) -> str:
        """Return words, shortened until they fit a width."""
        while words and self._wide_now(words) > width:
            words = words[:-2] + "…"
        return words

    def _wide_now(self, words: str) -> float:
        """Return how wide words are on one line, as the letters are set just now."""
        return float(self.get_string_width(self.told(words)))

    def header(self) -> None:
        """Put the layout, which is as wide as A4, into the middle of the sheet."""
        if self.aside > 0.1:
            self._out(f"1 0 0 1 {self.aside * self.k:.2f} 0 cm")

    @property
    def aside(self) -> float:
        """How far to the right of its place on A4 everything stands."""
        return float(self.w - 2 * LEFT - WIDE) / 2

    def told(self, text: str) -> str:
        """Return words as the letters can show them: for what they cannot, a box stands."""
        return self._shown(seen(text))

    def _shown(self, text: str) -> str:
        if self._known.issuperset(text):
            return text
        return "".join(letter if letter in self._known else _STAND_IN for letter in text)

    def _write(self, x: float, foot: float, words: str) -> None:
        """Set words from `x` on; what they are when they are set otherwise is said beside, for copies and listeners."""
        shown = self._shown(words)
        if shown != words:
            self.missing.update(letter for letter in words if letter not in self._known)
            self._replaced_on.add(self.page)
        shown = _reordered(shown)
        with self.passage():
            if shown == words:
                self.text(x, foot, words)
                return
            with self.read_as(words):
                self.text(x, foot, shown)

    @contextmanager
    def _style(self, size: float = 10, colour: Colour = TEXT, *, bold: bool = False) -> Iterator[None]:
        self.set_font("text", "B" if bold else "", size)
        self.set_text_color(*colour)
        yield
        self.set_font("text", "", 10)
        self.set_text_color(*TEXT)

    def _words(
        self,
        text: str,
        size: float = 0,
        colour: Colour = TEXT,
        *,
        bold: bool = False,
        x: float = LEFT,
        width: float = 0,
        line: float = 0,
    ) -> None:
        """Set words from `x` on, in lines as wide as there is room; what follows begins under them."""
        size = size or self.size
        width = width or LEFT + WIDE - x
        line = line or max(LINE * size / 10, 3.4)
        with self._style(size, colour, bold=bold), self.passage():
            for words in self._lines(seen(text), width, size, bold=bold):
                if self.auto_page_break and self._left < line:
                    self.add_page()
                begins_right = _direction(words) is TextDirection.RTL
                indent = width - self.get_string_width(self._shown(words)) if begins_right else 0
                self._write(x + indent, self.y + line / 2 + 0.3 * size / self.k, words)
                self.set_y(self.y + line)

    def _lines(self, text: str, width: float, size: float, *, bold: bool = False) -> Iterator[str]:
        """Yield words as lines that fit a width; only what is longer than a line is broken inside a word."""
        wide = self._wide[bold]
        room = width * self.k * 1000 / size
        for passage in text.split("\n"):
            line, used = "", 0.0
            for piece in _PIECE.findall(passage):
                needs = sum(map(wide.__getitem__, piece))
                if line and used + needs > room:
                    yield line
                    line, used, piece = "", 0.0, piece.lstrip(" ")
                    needs = sum(map(wide.__getitem__, piece))
                while used + needs > room and len(piece) > 1:
                    fits = _fits(piece, wide, room)
                    yield piece[:fits]
                    piece = piece[fits:]
                    needs = sum(map(wide.__getitem__, piece))
                line, used = line + piece, used + needs
            yield line

    def _height(self, text: str, width: float, size: float = 0, *, bold: bool = False) -> float:
        """Return how high words would stand."""
        size = size or self.size
        return LINE * size / 10 * sum(1 for _line in self._lines(seen(text), width, size, bold=bold))

    @property
    def _left(self) -> float:
        """How much room is left on this page."""
        return float(self.h - FOOT - self.y)

    def _fresh(self) -> bool:
        return bool(self.y <= TOP + 0.1)

    def _keep(self, height: float) -> None:
        """Begin a new page unless there is this much room on this one."""
        if self._left < height and not self._fresh():
            self.add_page()

    def _label(
        self, x: float, foot: float, words: str, size: float, colour: Colour = QUIET, *, centred_in: float = 0
    ) -> None:
        """Set words on one line: from `x` on, or shortened to a width and in its middle."""
        with self._style(size, colour):
            if centred_in:
                words = self._fitting(words, centred_in)
                x += (centred_in - self._wide_now(words)) / 2
            self._write(x, foot, seen(words))

    def _draw(self, drawn: Drawing, width: float, x: float | None = None, y: float | None = None) -> None:
        """Draw shapes, `width` wide (0: at their own size), in the middle or from (x, y) on."""
        by = width / drawn.width if width else _PX
        height = drawn.height * by
        if y is None:
            self._keep(height)
        left = LEFT + (WIDE - drawn.width * by) / 2 if x is None else x
        top = self.y if y is None else y
        for shape in drawn.shapes:
            match shape:
                case Stroke(points, look, closed):
                    places = [(left + px * by, top + py * by) for px, py in points]
                    with self._look(look):
                        if closed:
                            self.polygon(places, style="DF" if look == "area" else "D")
                        else:
                            self.polyline(places)
                case Ring(cx, cy, radius, look):
                    with self._look(look):
                        self.circle(left + cx * by, top + cy * by, radius * by, style="F" if look == "full" else "D")
                case Label(lx, ly, words, anchor, look):
                    with self._style(max(7.0 if look == "small" else 8.5, 0), QUIET if look == "small" else TEXT):
                        back = {"start": 0.0, "middle": 0.5, "end": 1.0}[anchor] * self._wide_now(words)
                        self._write(left + lx * by - back, top + ly * by, seen(words))
        if y is None:
            self.set_y(top + height + 2)

    @contextmanager
    def _look(self, look: Look) -> Iterator[None]:
        self.set_draw_color(*{"faint": FAINT, "dashed": QUIET, "empty": QUIET}.get(look, ACCENT))
        self.set_fill_color(*(_WASH if look == "area" else ACCENT))
        self.set_line_width({"line": 0.5, "area": 0.4}.get(look, 0.2))
        if look == "dashed":
            self.set_dash_pattern(1, 1)
        yield
        self.set_dash_pattern()


def seen(text: str) -> str:
    """Return words without what takes no room."""
    return visible(text).expandtabs(4).translate(_UNSEEN)


def _reordered(words: str) -> str:
    """Return words as they stand from left to right, wherever they are read from right to left."""
    if not _RIGHT_TO_LEFT.search(words):
        return words
    paragraph = BidiParagraph(text=words, base_direction=_direction(words))
    return "".join(
        letter.character.translate(_MIRRORED) if letter.embedding_level % 2 else letter.character
        for letter in paragraph.get_reordered_characters()
    )


def _direction(words: str) -> TextDirection:
    """Return from which side a line is read: by its first letter that tells."""
    return auto_detect_base_direction(words) if _RIGHT_TO_LEFT.search(words) else TextDirection.LTR


def _fits(words: str, wide: Mapping[str, float], room: float) -> int:
    """Return how many letters from the first on have room, at least one."""
    ends = accumulate(map(wide.__getitem__, words))
    return max(1, sum(1 for _end in takewhile(lambda end: end <= room, ends)))
