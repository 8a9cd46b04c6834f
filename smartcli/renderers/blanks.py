"""Blank blocks in plainer ones, for renderers that set text: lines as underscores, boxes as brackets."""

from collections.abc import Iterator, Sequence

from smartcli.blocks import (
    Blank,
    BlankGrid,
    BlankTable,
    BlankWheel,
    Block,
    Boxes,
    Gaps,
    Heading,
    Item,
    Items,
    Numbers,
    Ruled,
    Words,
)

_LONG, _SHORT = "_" * 32, "_" * 12
_WIDTH = 34  # columns that the narrowest screen has for a line inside a list


def as_text(block: Blank) -> Iterator[Block]:
    """Yield the headings, words and lists that stand for a blank block."""
    match block:
        case Ruled(lines, numbered, marks):
            yield Words("\n".join(_line(at if numbered else 0, marks) for at in range(1, lines + 1)))
        case Gaps(gaps):
            yield Words("\n".join(f"{before} {_SHORT} {after}".strip() for before, after in gaps))
        case Boxes(groups, own):
            for name, options in groups:
                yield from [Words(name, quiet=True)] if name else []
                yield Items([Item(f"[ ] {option}") for option in options])
            if own:
                yield Items([Item(f"[ ] {_SHORT * 2}")] * own)
        case Numbers(low, high, low_label, high_label):
            yield Words(_numbers(low, high))
            ends = [f"{low}: {low_label}" if low_label else "", f"{high}: {high_label}" if high_label else ""]
            if any(ends):
                yield Words("\n".join(filter(None, ends)), quiet=True)
        case BlankTable(head, rows):
            yield Items([Item("\n".join(_cells(head, row))) for row in rows], numbered=True)
        case BlankGrid(cells, lines):
            for cell in cells:
                yield Heading(cell.title, 3)
                yield from [Words(cell.hint, quiet=True)] if cell.hint else []
                yield from as_text(Ruled(lines, marks=cell.marks))
        case BlankWheel(names, high):
            yield Items([Item(f"{name or _SHORT}\n{_numbers(0, high)}") for name in names])


def _line(number: int, marks: Sequence[str]) -> str:
    line = f"{number}. {_LONG}" if number else _LONG
    return f"{line}\n{'  '.join(f'[ ] {mark}' for mark in marks)}" if marks else line


def _numbers(low: int, high: int) -> str:
    return "  ".join(map(str, range(low, high + 1, max(1, (high - low) // 10))))


def _cells(head: Sequence[str], row: Sequence[str]) -> Iterator[str]:
    """Yield a row's cells, each with its name, and a line to write on where it says nothing."""
    for name, cell in zip(head, row, strict=True):
        said = cell or _SHORT * 2
        yield f"{name}: {said}" if len(name) + 2 + len(said) <= _WIDTH else f"{name}:\n{said}" if name else said
