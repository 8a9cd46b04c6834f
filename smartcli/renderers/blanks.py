"""Blank blocks in plainer ones, for renderers that set text: lines as underscores, boxes as brackets."""

from collections.abc import Iterator, Sequence

from smartcli import blocks as b

_LONG, _SHORT = "_" * 32, "_" * 12
_WIDTH = 34  # columns that the narrowest screen has for a line inside a list


def as_text(block: b.Blank) -> Iterator[b.Block]:
    """Yield the headings, words and lists that stand for a blank block."""
    match block:
        case b.Ruled(lines, numbered, marks):
            yield b.Words("\n".join(_line(at if numbered else 0, marks) for at in range(1, lines + 1)))
        case b.Gaps(gaps):
            yield b.Words("\n".join(f"{before} {_SHORT} {after}".strip() for before, after in gaps))
        case b.Boxes(groups, own):
            for name, options in groups:
                yield from [b.Words(name, quiet=True)] if name else []
                yield b.Items([b.Item(f"[ ] {option}") for option in options])
            if own:
                yield b.Items([b.Item(f"[ ] {_SHORT * 2}")] * own)
        case b.Numbers(low, high, low_label, high_label):
            yield b.Words(_numbers(low, high))
            ends = [f"{low}: {low_label}" if low_label else "", f"{high}: {high_label}" if high_label else ""]
            if any(ends):
                yield b.Words("\n".join(filter(None, ends)), quiet=True)
        case b.BlankTable(head, rows):
            yield b.Items([b.Item("\n".join(_cells(head, row))) for row in rows], numbered=True)
        case b.BlankGrid(cells, lines):
            for cell in cells:
                yield b.Heading(cell.title, 3)
                yield from [b.Words(cell.hint, quiet=True)] if cell.hint else []
                yield from as_text(b.Ruled(lines, marks=cell.marks))
        case b.BlankWheel(names, high):
            yield b.Items([b.Item(f"{name or _SHORT}\n{_numbers(0, high)}") for name in names])


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
