"""A page as plain text: sentences and lists, no boxes, no colour, nothing drawn."""

from collections.abc import Iterable, Iterator, Sequence

from smartcli import blocks as b
from smartcli.renderers.blanks import as_text
from smartcli.words import marked, visible

_LONG = 100  # characters up to which what was and what is fit into one sentence


def page(page: b.Page) -> str:
    """Return a page as text."""
    return "".join(pieces(page))


def pieces(page: b.Page) -> Iterator[str]:
    """Yield a page as text, line by line, however long it is."""
    yield visible(f"{page.title}. {page.about}" if page.about else page.title) + "\n\n"
    blank: list[str] | None = None  # lines to come before the next that says something; None: nothing was said yet
    for line in (line for block in page.blocks for line in _lines(block)):
        if line.strip():
            yield "".join(blank or []) + line + "\n"
            blank = []
        elif blank is not None:
            blank.append(line + "\n")


def blocks(blocks: Iterable[b.Block]) -> str:
    """Return blocks as text, a blank line before each heading."""
    return "\n".join(line for block in blocks for line in _lines(block)).strip("\n")


def _lines(block: b.Block) -> Iterator[str]:
    match block:
        case b.Heading(text, level):
            if level < 3:
                yield ""
            yield visible(text)
        case b.Words(text):
            yield from visible(text).split("\n")
        case b.Items(items, numbered):
            yield from _items(items, numbered)
        case b.Meter(value, low, high, before):
            yield f"{value:g}, from {low:g} to {high:g}" + ("" if before is None else f"; before: {before:g}")
        case b.Table(head, rows) if not any(head):
            yield from (visible(f"{row[0]}: {' '.join(row[1:])}") for row in rows)
        case b.Table(head, rows):
            for row in rows:
                cells = [(name, cell) for name, cell in zip(head, row, strict=True) if cell]
                yield from (
                    f"- {visible(cell)}" if at == 0 else f"  {visible(name)} {visible(cell)}"
                    for at, (name, cell) in enumerate(cells)
                )
        case b.Card(title):
            yield from [visible(title)] if title else []
            yield from _lines(b.Grid(block.cells))
        case b.Grid(cells):
            for cell in cells:
                yield visible(f"{cell.title} ({cell.remark})" if cell.remark else cell.title)
                yield from _items(cell.items, False)
        case b.Records(records):
            for one in records:
                about = f" ({one.about})" if one.about else ""
                summary = f": {one.summary}" if one.summary else ""
                yield visible(f"- {one.time} {one.title}{about}{summary} [{one.id}]").replace("-  ", "- ")
                if one.piece:
                    yield f"  {visible(marked(one.piece, one.marks))}"
        case b.Wheel(spokes, high):
            for name, value, before in spokes:
                was = "" if before is None else f", {before:g} last time"
                yield f"- {visible(name)}: {value:g} of {high:g}{was}"
        case b.Comparison(names, answers):
            yield f"From {names[0]} to {names[1]}."
            for answer in answers:
                yield visible(answer.title)
                yield from ([visible(answer.remark)] if answer.remark else [])
                yield from (f"- {visible(in_words(change))}" for change in answer.changes)
        case b.Beside(left, right):
            for part in (*left, *right):
                yield from _lines(part)
        case b.Chart(summary=summary, said=said):
            yield visible(summary)
            yield from (f"- {visible(one)}" for one in said)
        case b.Bars(bars, summary):
            yield visible(summary)
            yield from (visible(f"- {bar.name}: {bar.words}") for bar in bars)
        case b.Heat(summary=summary):
            yield visible(summary)
            yield from (f"- {visible(one)}" for one in counted(block))
        case _:
            yield from (line for part in as_text(block) for line in _lines(part))


def counted(heat: b.Heat) -> Iterator[str]:
    """Yield each row of a heat map in words: what there is, and nothing of what there is not."""
    for name, counts in heat.rows:
        there = [f"{head}: {number}" for head, number in zip(heat.head, counts, strict=True) if number]
        if there:
            yield f"{name} {', '.join(there)}"


def in_words(change: b.Change, arrow: str = "") -> str:
    """Return one change in words: "new: sleep", "Health: from 4 of 10 to 7 of 10"."""
    of = f"{change.of}: " if change.of else ""
    if change.was == change.now:
        return f"the same: {of}{change.now}"
    if change.was is None or change.now is None:
        return f"{'gone' if change.now is None else 'new'}: {of}{change.was if change.now is None else change.now}"
    if "\n" in change.was + change.now or len(change.was + change.now) > _LONG:
        return f"{of}was: {change.was}\nnow: {change.now}"
    return f"{of}{change.was} {arrow} {change.now}" if arrow else f"{of}from {change.was} to {change.now}"


def _items(items: Sequence[b.Item], numbered: bool) -> Iterator[str]:
    for number, item in enumerate(items, 1):
        mark = f"{number}." if numbered else "-"
        ticked = "" if item.ticked is None else "done: " if item.ticked else "open: "
        marks = f" ({', '.join(item.marks)})" if item.marks else ""
        first, *rest = visible(item.text).split("\n")
        yield f"{mark} {ticked}{visible(first)}{'' if rest else visible(marks)}"
        yield from (f"  {line}" for line in rest)
        if rest and marks:
            yield f"  {visible(marks).strip()}"
