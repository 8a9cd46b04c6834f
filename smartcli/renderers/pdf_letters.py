"""Letters, lines and drawings on a PDF's pages, in millimetres, so that A4 and Letter both hold them."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib import resources
from itertools import accumulate, takewhile
from typing import ClassVar

from fpdf import FPDF
from fpdf.bidi import BidiParagraph, auto_detect_base_direction
from fpdf.enums import TextDirection
from fpdf.fonts import TTFFont

from smartcli.language import spoken
from smartcli.renderers.drawing import Drawing, Label, Look, Ring, Stroke
from smartcli.words import visible

LEFT, TOP = 19.0, 16.0  # margins; Letter is 18 mm lower than A4, and cuts half of that off at either end
WIDE = 210 - 2 * LEFT
LINE = 4.9  # from line to line of the text
WRITE = 8.0  # from line to line of what is written by hand
_PX = 25.4 / 96  # a CSS pixel
TEXT, QUIET, FAINT, ACCENT, _WASH = (30, 33, 38), (95, 101, 111), (198, 194, 186), (24, 88, 98), (226, 237, 239)
_STAND_IN = "▯"
_PIECE = re.compile(r" *[^ ]+| +$")
_RIGHT_TO_LEFT = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
_UNSEEN = dict.fromkeys([0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF, *range(0xFE00, 0xFE10)])

Colour = tuple[int, int, int]


class Letters(FPDF):
    """Paper with letters; `missing` counts the characters it does not have."""

    page_format: ClassVar[str] = "A4"

    def __init__(self, title: str) -> None:
        super().__init__(format=self.page_format)
        self.missing: Counter[str] = Counter()
        folder = resources.files("smartcli.renderers") / "fonts"
        for style, file in (("", "DejaVuSansCondensed.ttf"), ("B", "DejaVuSansCondensed-Bold.ttf")):
            with resources.as_file(folder / file) as path:
                self.add_font("text", style, path)
        letters = {bold: self.fonts[f"text{'B' if bold else ''}"] for bold in (False, True)}
        self._wide = {
            bold: {chr(code): font.cw[code] for code in font.cmap}
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
        self.set_auto_page_break(True, TOP)
        self.c_margin = 0

    def _fitting(self, words: str, width: float) -> str:
        while words and self.get_string_width(words) > width:
            words = words[:-2] + "…"
        return words

    def told(self, text: str) -> str:
        """Return words as the letters can show them; what they cannot is counted, and stands as a box."""
        text = _seen(text)
        if not self._known.issuperset(text):
            self.missing.update(one for one in text if one not in self._known)
        return self._shown(text)

    def _shown(self, text: str) -> str:
        if self._known.issuperset(text):
            return text
        return "".join(one if one in self._known else _STAND_IN for one in text)

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
        with self._style(size, colour, bold=bold):
            for words in self._lines(self.told(text), width, size, bold=bold):
                if self.auto_page_break and self._left < line:
                    self.add_page()
                self._line_of(words, x, self.y + line / 2 + 0.3 * size / self.k, width)
                self.set_y(self.y + line)

    def _line_of(self, words: str, x: float, foot: float, width: float) -> None:
        """Set one line; from right to left where its letters run so."""
        if _RIGHT_TO_LEFT.search(words):
            direction = auto_detect_base_direction(words)
            if direction is TextDirection.RTL:
                x += width - self.get_string_width(words)
            words = BidiParagraph(text=words, base_direction=direction).get_reordered_string()
        self.text(x, foot, words)

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
        return LINE * size / 10 * sum(1 for _line in self._lines(self._shown(_seen(text)), width, size, bold=bold))

    @property
    def _left(self) -> float:
        """How much room is left on this page."""
        return float(self.h - TOP - self.y)

    def _fresh(self) -> bool:
        return bool(self.y <= TOP + 0.1)

    def _keep(self, height: float) -> None:
        """Begin a new page unless there is this much room on this one."""
        if self._left < height and not self._fresh():
            self.add_page()

    def _label(self, x: float, foot: float, words: str, size: float, colour: Colour = QUIET) -> None:
        with self._style(size, colour):
            self.text(x, foot, self.told(words))

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
                        said = self.told(words)
                        back = {"start": 0.0, "middle": 0.5, "end": 1.0}[anchor] * self.get_string_width(said)
                        self.text(left + lx * by - back, top + ly * by, said)
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


def _seen(text: str) -> str:
    """Return words without what takes no room."""
    return visible(text).expandtabs(4).translate(_UNSEEN)


def _fits(words: str, wide: Mapping[str, float], room: float) -> int:
    """Return how many letters from the first on have room, at least one."""
    ends = accumulate(map(wide.__getitem__, words))
    return max(1, sum(1 for _end in takewhile(lambda end: end <= room, ends)))
