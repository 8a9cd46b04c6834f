"""Pictures of real runs, as SVG without fonts or links from elsewhere. `python -m tests.pictures` draws them anew."""

import io
import re
import sys
import tempfile
from collections.abc import Callable
from itertools import groupby
from pathlib import Path

import pyte
from rich.console import Console
from rich.style import Style
from rich.terminal_theme import TerminalTheme
from rich.text import Text

from tests.terminal.driver import Terminal

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


def screen(terminal: Terminal) -> list[Text]:
    """Return what stands on a terminal now, with its styles."""
    shown: pyte.Screen = terminal._screen
    lines = []
    for row in range(shown.lines):
        line = Text()
        cells = [shown.buffer[row][column] for column in range(shown.columns)]
        for (fg, bold, reverse), run in groupby(cells, key=lambda cell: (cell.fg, cell.bold, cell.reverse)):
            colour = {"default": None, "brightblack": "bright_black", "brown": "yellow"}.get(fg, fg)
            style = Style(color=colour, bold=bold or None, reverse=reverse or None)
            line.append("".join(cell.data for cell in run), style)
        line.rstrip()
        lines.append(line)
    while lines and not lines[-1].plain.strip():
        lines.pop()
    return lines


def urge(home: Path) -> list[Text]:
    """An urge, half-way: the person's own words, and what has helped before."""
    from tests.made import record

    record(home, "start", {"behaviours": [{"name": "drinking", "aim": "cut-down", "family": "alcohol"}],
                           "reason": "Mornings with the kids, awake."})  # fmt: skip
    for tool, after in [
        ("Walk to the river", 3),
        ("Walk to the river", 4),
        ("breathe", 5),
        ("Walk to the river", 7),
        ("wait", 4),
    ]:
        record(home, "urge-log", {"strength": 7, "tool": tool, "after": after})
    terminal = Terminal("urge", home=home, columns=52, rows=24)
    terminal.see("How strong is it right now?")
    terminal.type("7", "\r")
    terminal.see("What now?")
    lines = screen(terminal)
    terminal.type("\x03")
    terminal.end()
    return lines


def insights(columns: int, lines: int) -> Callable[[Path], list[Text]]:
    """What a made year of entries shows, its first lines."""

    def made(home: Path) -> list[Text]:
        from tests.year import write

        write(home / "journal")
        terminal = Terminal("insights", "--until", "2024-12-31", home=home, columns=columns, rows=300)
        terminal.end()
        return screen(terminal)[:lines]

    return made


PICTURES: dict[str, tuple[Callable[[Path], list[Text]], int]] = {
    "urge": (urge, 52),
    "insights-100": (insights(100, 120), 100),
    "insights-40": (insights(40, 84), 40),
}


def drawn(name: str) -> str:
    """Return a picture, drawn anew from a real run."""
    make, columns = PICTURES[name]
    with tempfile.TemporaryDirectory() as folder:
        return svg(make(Path(folder)), columns, name)


def main(names: list[str]) -> None:
    """Write the pictures named, or all."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in names or PICTURES:
        (FOLDER / f"{name}.svg").write_text(drawn(name), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
