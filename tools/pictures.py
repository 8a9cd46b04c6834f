"""Pictures of real runs, as SVG without fonts or links from elsewhere. `python -m tools.pictures` draws them anew."""

import io
import re
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

from tests.support.children import set_clock
from tools.runs import (
    CHECK,
    CHOICE,
    EDIT,
    ENTRY,
    KEYS,
    MARK,
    PLAIN,
    READER,
    SCALE,
    SEARCH,
    SUPPORT,
    TEXT,
    YES_NO,
    Picture,
    compare,
    insights,
    on_day,
    review,
    today,
    urge,
)

FOLDER = Path(__file__).parent.parent / "docs" / "pictures"

_COLOURS = [(224, 108, 117), (152, 195, 121), (229, 192, 123), (97, 175, 239), (198, 120, 221), (94, 196, 205)]
DARK = TerminalTheme(
    (28, 30, 34),
    (216, 218, 222),
    [(28, 30, 34), *_COLOURS, (216, 218, 222)],
    [(140, 146, 156), *_COLOURS, (255, 255, 255)],
)
LIGHT = TerminalTheme(  # Solarized light
    (253, 246, 227), (101, 123, 131),
    [(7, 54, 66), (220, 50, 47), (133, 153, 0), (181, 137, 0), (38, 139, 210), (211, 54, 130), (42, 161, 152), (238, 232, 213)],
    [(0, 43, 54), (203, 75, 22), (88, 110, 117), (101, 123, 131), (131, 148, 150), (108, 113, 196), (147, 161, 161), (253, 246, 227)],
)  # fmt: skip
_LIGHT_ENDING = "-light"


# Some viewers drop the spaces a text begins with: begin it further right instead.
_INDENTED = re.compile(r'x="([\d.]+)"( y="[\d.]+") textLength="([\d.]+)"([^>]*)>((?:&#160;)+)')
_CELL = 12.2


def _moved(found: re.Match[str]) -> str:
    by = found[5].count(";") * _CELL
    return f'x="{float(found[1]) + by:.1f}"{found[2]} textLength="{float(found[3]) - by:.1f}"{found[4]}>'


def svg(lines: list[Text], columns: int, name: str) -> str:
    """Return lines of text as an SVG picture; its name says whether its background is light."""
    theme = LIGHT if name.endswith(_LIGHT_ENDING) else DARK
    console = Console(record=True, width=columns, file=io.StringIO(), force_terminal=True)
    for line in lines:
        console.print(line, soft_wrap=True)
    drawn = console.export_svg(title="", theme=theme, unique_id=name)
    drawn = re.sub(r"@font-face \{.*?\}\s*", "", drawn, flags=re.DOTALL)
    drawn = re.sub(r"<!--.*?-->\s*", "", drawn, flags=re.DOTALL)
    drawn = _INDENTED.sub(_moved, drawn)
    return drawn.replace("Fira Code, monospace", "ui-monospace, Menlo, Consolas, DejaVu Sans Mono, monospace")


PICTURES: dict[str, tuple[Picture, int]] = {
    "urge": (urge, 52),
    "insights-100": (insights(100, 120), 100),
    "insights-40": (insights(40, 84), 40),
    **{f"today-{columns}": (partial(today, columns=columns), columns) for columns in (40, 100)},
    **{f"review-{columns}": (partial(review, columns=columns), columns) for columns in (40, 100)},
    **{f"compare-{columns}": (partial(compare, columns=columns), columns) for columns in (40, 100)},
}


# Today, as somebody goes on: one by one they are as slow as the others, so a test draws a few of them only.
DAYS: dict[str, tuple[Picture, int]] = {
    f"today-day-{day}-{columns}": (partial(on_day, columns=columns, day=day), columns)
    for day in (1, 2, 8, 30, 800)
    for columns in (40, 80)
}


# Every kind of screen: each at some widths, so that together they show all widths and both backgrounds.
SCREENS: dict[str, tuple[Picture, int]] = {
    f"{name}-{ending}": (partial(run, columns=int(ending.partition("-")[0])), int(ending.partition("-")[0]))
    for name, run, endings in (
        ("choice", CHOICE, ("30", "80-light")),
        ("scale", SCALE, ("40",)),
        ("yes-no", YES_NO, ("30-light",)),
        ("mark", MARK, ("40", "80")),
        ("text-menu", TEXT, ("40-light", "80")),
        ("check", CHECK, ("30", "80-light")),
        ("edit", EDIT, ("40", "120-light")),
        ("search", SEARCH, ("40-light", "120")),
        ("entry", ENTRY, ("40", "80-light")),
        ("reader", READER, ("40-light", "120")),
        ("support", SUPPORT, ("30", "80-light")),
        ("keys", KEYS, ("40",)),
        ("plain", PLAIN, ("40",)),
    )
    for ending in endings
}

ALL = {**PICTURES, **DAYS, **SCREENS}

_AT_ONCE = 4  # runs side by side: each waits most of its time


def drawn(name: str, wanted: str = "") -> str:
    """Return a picture, drawn anew from a real run; `wanted`: the picture it should come to be."""
    make, columns = ALL[name]
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "state").mkdir()
        (Path(folder) / "state" / "sittings").write_text("9")  # in the first sittings the key line names a key more
        return svg(make(Path(folder), lambda lines: svg(lines, columns, name) == wanted), columns, name)


def main(names: list[str]) -> None:
    """Write the pictures named, or all of screens; `--printed`: those of documents, which need a browser."""
    set_clock()
    FOLDER.mkdir(parents=True, exist_ok=True)
    if names == ["--printed"]:
        from tools.printed import draw

        draw(FOLDER)
        return
    names = names or [*ALL]
    with ProcessPoolExecutor(_AT_ONCE, mp_context=get_context("spawn")) as runs:
        for name, picture in zip(names, runs.map(drawn, names), strict=True):
            (FOLDER / f"{name}.svg").write_text(picture, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
