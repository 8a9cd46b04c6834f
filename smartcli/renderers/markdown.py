"""A page as Markdown. What people wrote is escaped, so that a reader shows exactly their words."""

import re
from collections.abc import Iterable, Iterator, Sequence

from smartcli import NOTICE
from smartcli.page import (
    Bars,
    BlankTable,
    Block,
    Card,
    Cell,
    Chart,
    Grid,
    Heading,
    Heat,
    Item,
    Items,
    Meter,
    Page,
    Records,
    Table,
    Wheel,
    Words,
)
from smartcli.renderers.blanks import as_text

_SIGNS = re.compile(r"([\\`*_{}\[\]<>&#|~!$^]|:(?=[\w+-]+:))")
_LINE_START = re.compile(r"^(\s*)([-+=]|\d{1,9}(?=[.)]))", re.MULTILINE)


def document(title: str, pages: Iterable[Page]) -> Iterator[str]:
    """Yield, piece by piece, one document of several pages."""
    yield f"# {escaped(title)}\n"
    for page in pages:
        yield "\n" + _page(page)
    yield f"\n---\n\n{escaped(NOTICE)}\n"


def _page(page: Page) -> str:
    about = f"\n*{escaped(page.about)}*\n" if page.about else ""
    body = "\n\n".join(_block(block) for block in page.blocks)
    return f"## {escaped(page.title)}\n{about}\n{body}\n"


def escaped(text: str) -> str:
    """Return `text` so that Markdown shows it to the letter, line by line."""
    text = _LINE_START.sub(lambda found: found[1] + _start(found[2]), _SIGNS.sub(r"\\\1", text))
    return "\n".join(_spaces(line) for line in text.split("\n"))


def _start(sign: str) -> str:
    """Return what would begin a list or underline a heading, made plain."""
    return f"{sign}\\" if sign.isdigit() else f"\\{sign}"


def _spaces(line: str) -> str:
    """Return a line whose leading spaces do not make it code, and whose trailing ones do not break it."""
    body = line.strip(" \t")
    before, after = len(line) - len(line.lstrip(" \t")), len(line) - len(line.rstrip(" \t"))
    return "&nbsp;" * before + body + "&nbsp;" * (after if body else 0)


def _block(block: Block) -> str:
    match block:
        case Heading(text, level):
            return f"{'#' * (level + 1)} {escaped(text)}"
        case Words(text, theirs):
            return "\n".join(f"> {line}".rstrip() for line in _lines(text)) if theirs else "\n".join(_lines(text))
        case Items(items, numbered):
            return _items(items, numbered=numbered)
        case Meter(value, low, high, before):
            return f"{value:g} ({low:g} to {high:g})" + ("" if before is None else f", before: {before:g}")
        case Table(head, rows) | BlankTable(head, rows):
            cells = [head, *rows]
            lines = [_row("<br>".join(_lines_plain(cell)) for cell in row) for row in cells]
            return "\n".join([lines[0], _row("---" for _ in head), *lines[1:]])
        case Grid(cells):
            return "\n\n".join(_cell(cell) for cell in cells)
        case Card(title, cells):
            return "\n\n".join([f"### {escaped(title)}", *(_cell(cell) for cell in cells)])
        case Records(records):
            items = [Item(f"{one.time} {one.title} {one.about} {one.summary}") for one in records]
            return _items(items)
        case Wheel(spokes, high):
            return _items([Item(f"{name}: {value:g} of {high:g}") for name, value, _ in spokes])
        case Chart(summary=summary) | Bars(summary=summary) | Heat(summary=summary):
            return escaped(summary)
        case _:
            return "\n\n".join(_block(part) for part in as_text(block))


def _cell(cell: Cell) -> str:
    remark = f"\n\n*{escaped(cell.remark)}*" if cell.remark else ""
    return f"#### {escaped(cell.title)}\n\n{_items(cell.items)}{remark}"


def _lines(text: str) -> list[str]:
    """Return a text as lines of Markdown that keep its line breaks and its empty lines."""
    *most, last = _lines_plain(text)
    return [*(f"{line}\\" for line in most), last]


def _lines_plain(text: str) -> list[str]:
    return [line or "&nbsp;" for line in escaped(text).split("\n")]


def _items(items: Sequence[Item], *, numbered: bool = False) -> str:
    listed = []
    for number, item in enumerate(items, 1):
        mark = f"{number}." if numbered else "-"
        box = "" if item.ticked is None else "[x] " if item.ticked else "[ ] "
        marks = f" *({escaped(', '.join(item.marks))})*" if item.marks else ""
        indent = " " * (len(mark) + 1)
        listed.append(f"{mark} {box}" + f"\n{indent}".join(_lines(item.text)) + marks)
    return "\n".join(listed) or "-"


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |"
