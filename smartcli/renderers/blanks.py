"""Blank blocks in plainer ones, for renderers that set text: lines as underscores, boxes as brackets."""

from collections.abc import Iterator, Sequence

from smartcli import blocks as b

_LONG, _SHORT = "_" * 32, "_" * 12
SHORT_LINE = _SHORT * 2  # to write something of one's own on
_WIDTH = 34  # columns that the narrowest screen has for a line inside a list


def as_text(block: b.Blank) -> Iterator[b.Block]:
    """Yield the headings, words and lists that stand for a blank block."""
    match block:
        case b.Ruled():
            yield _ruled(block)
        case b.Gaps(gaps):
            yield b.Words("\n".join(f"{before} {_SHORT} {after}".strip() for before, after in gaps))
        case b.Boxes():
            yield from _boxes(block)
        case b.Numbers():
            yield from _scale(block)
        case b.BlankTable(head, rows, _widths):
            yield b.Items([b.Item("\n".join(_cells(head, row))) for row in rows], numbered=True)
        case b.BlankGrid():
            yield from _grid(block)
        case b.BlankWheel(names, high):
            yield b.Items([b.Item(f"{name or _SHORT}\n{_numbers(0, high)}") for name in names])


def _ruled(block: b.Ruled) -> b.Words:
    """Return empty lines, each with its number and with boxes for its marks below it."""
    marks = "  ".join(f"[ ] {mark}" for mark in block.marks)
    lines = []
    for number in range(1, block.lines + 1):
        lines.append(f"{number}. {_LONG}" if block.numbered else _LONG)
        if marks:
            lines.append(marks)
    return b.Words("\n".join(lines))


def _boxes(block: b.Boxes) -> Iterator[b.Block]:
    for name, options in block.groups:
        if name:
            yield b.Words(name, quiet=True)
        yield b.Items([b.Item(f"[ ] {option}") for option in options])
    if block.own:
        yield b.Items([b.Item(f"[ ] {SHORT_LINE}")] * block.own)


def _scale(block: b.Numbers) -> Iterator[b.Words]:
    yield b.Words(_numbers(block.low, block.high))
    ends = []
    if block.low_label:
        ends.append(f"{block.low}: {block.low_label}")
    if block.high_label:
        ends.append(f"{block.high}: {block.high_label}")
    if ends:
        yield b.Words("\n".join(ends), quiet=True)


def _grid(block: b.BlankGrid) -> Iterator[b.Block]:
    for cell in block.cells:
        yield b.Heading(cell.title, 3)
        if cell.hint:
            yield b.Words(cell.hint, quiet=True)
        yield _ruled(b.Ruled(block.lines, marks=cell.marks))


def _numbers(low: int, high: int) -> str:
    step = max(1, (high - low) // 10)  # about ten numbers, whatever the scale
    return "  ".join(map(str, range(low, high + 1, step)))


def _cells(head: Sequence[str], row: Sequence[str]) -> Iterator[str]:
    """Yield a row's cells, each with its name, and a line to write on where it says nothing."""
    for name, cell in zip(head, row, strict=True):
        said = cell or SHORT_LINE
        if not name:
            yield said
        elif len(f"{name}: {said}") <= _WIDTH:
            yield f"{name}: {said}"
        else:
            yield f"{name}:\n{said}"
