"""Pictures of real runs, as SVG without fonts or links from elsewhere. `python -m tools.pictures` draws them anew."""

import io
import re
import sys
import tempfile
from functools import partial
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

from tests.support.children import set_clock
from tools.runs import Picture, compare, insights, on_day, review, today, urge

FOLDER = Path(__file__).parent.parent / "docs" / "pictures"

THEME = TerminalTheme(
    (28, 30, 34), (216, 218, 222),
    [(28, 30, 34), (224, 108, 117), (152, 195, 121), (229, 192, 123), (97, 175, 239), (198, 120, 221), (94, 196, 205), (216, 218, 222)],
    [(140, 146, 156), (224, 108, 117), (152, 195, 121), (229, 192, 123), (97, 175, 239), (198, 120, 221), (94, 196, 205), (255, 255, 255)],
)  # fmt: skip


# Some viewers drop the spaces a text begins with: begin it further right instead.
_INDENTED = re.compile(r'x="([\d.]+)"( y="[\d.]+") textLength="([\d.]+)"([^>]*)>((?:&#160;)+)')
_CELL = 12.2


def _moved(found: re.Match[str]) -> str:
    by = found[5].count(";") * _CELL
    return f'x="{float(found[1]) + by:.1f}"{found[2]} textLength="{float(found[3]) - by:.1f}"{found[4]}>'


def svg(lines: list[Text], columns: int, name: str) -> str:
    """Return lines of text as an SVG picture."""
    console = Console(record=True, width=columns, file=io.StringIO(), force_terminal=True)
    for line in lines:
        console.print(line, soft_wrap=True)
    drawn = console.export_svg(title="", theme=THEME, unique_id=name)
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


def drawn(name: str, wanted: str = "") -> str:
    """Return a picture, drawn anew from a real run; `wanted`: the picture it should come to be."""
    make, columns = {**PICTURES, **DAYS}[name]
    with tempfile.TemporaryDirectory() as folder:
        return svg(make(Path(folder), lambda lines: svg(lines, columns, name) == wanted), columns, name)


def main(names: list[str]) -> None:
    """Write the pictures named, or all of screens (`days`: those of Today, day by day); `--printed`: those of documents, which need a browser."""
    set_clock()
    FOLDER.mkdir(parents=True, exist_ok=True)
    if names == ["--printed"]:
        from tools.printed import draw

        draw(FOLDER)
        return
    if names == ["days"]:
        names = [*DAYS]
    for name in names or [*PICTURES, *DAYS]:
        (FOLDER / f"{name}.svg").write_text(drawn(name), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
