"""A page as plain text: sentences and lists, no boxes, no colour, nothing drawn."""

from collections.abc import Iterable, Iterator, Sequence

from smartcli import blocks as b
from smartcli.language import N_, _
from smartcli.renderers.blanks import as_text
from smartcli.renderers.phrases import comparison_said, marks_said, of_said
from smartcli.words import marked, visible

_LONG = 100  # characters up to which what was and what is fit into one sentence
_TICKED = {True: N_("done: {text}"), False: N_("open: {text}")}


def page(page: b.Page) -> str:
    """Return a page as text."""
    return "".join(pieces(page))


def pieces(page: b.Page) -> Iterator[str]:
    """Yield a page as text, line by line, however long it is."""
    yield visible(f"{page.title}. {page.about}" if page.about else page.title) + "\n\n"
    blank = 0  # empty lines to come before the next that says something: none at the head or the foot of a page
    begun = False
    for block in page.blocks:
        for line in _lines(block):
            if line.strip():
                yield "\n" * blank + line + "\n"
                blank, begun = 0, True
            elif begun:
                blank += 1


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
            yield from _items(items, numbered=numbered)
        case b.Meter(value, low, high, before):
            yield _meter(value, low, high, before)
        case b.Table(head, rows):
            yield from _table(head, rows) if any(head) else _facts(rows)
        case b.Card(title, cells):
            if title:
                yield visible(title)
            yield from _cells(cells)
        case b.Grid(cells):
            yield from _cells(cells)
        case b.Records(records):
            for record in records:
                yield from _record(record)
        case b.Wheel():
            yield from _wheel(block)
        case b.Comparison():
            yield from _comparison(block)
        case b.Beside(left, right):
            for part in (*left, *right):
                yield from _lines(part)
        case b.Chart(summary=summary, said=said):
            yield from _drawn(summary, said)
        case b.Bars(bars, summary):
            yield from _drawn(summary, [f"{bar.name}: {bar.words}" for bar in bars])
        case b.Heat(summary=summary):
            yield from _drawn(summary, counted(block))
        case _:
            for part in as_text(block):
                yield from _lines(part)


def _meter(value: float, low: float, high: float, before: float | None) -> str:
    if low == 0:
        return of_said(value, high, before)
    if before is None:
        return _("{number}, on a scale from {low} to {high}", number=value, low=low, high=high)
    return _(
        "{number}, on a scale from {low} to {high}, before: {before}", number=value, low=low, high=high, before=before
    )


def _facts(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    for name, *cells in rows:
        yield visible(f"{name}: {' '.join(cells)}")


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield each row as an item: its first cell that says something, then the others with their names."""
    for row in rows:
        first, *rest = [(name, cell) for name, cell in zip(head, row, strict=True) if cell] or [("", "")]
        if first[1]:
            yield f"- {visible(first[1])}"
        for name, cell in rest:
            yield f"  {visible(_named(name, cell))}"


def _named(name: str, cell: str) -> str:
    """Return a cell after the name of its column, which may be a question."""
    if not name or name.endswith(("?", ".", ":")):
        return f"{name} {cell}".strip()
    return _("{name}: {value}", name=name, value=cell)


def _cells(cells: Sequence[b.Cell]) -> Iterator[str]:
    for cell in cells:
        yield visible(f"{cell.title} ({cell.remark})" if cell.remark else cell.title)
        yield from _items(cell.items)


def _record(record: b.Record) -> Iterator[str]:
    about = f" ({record.about})" if record.about else ""
    summary = f": {record.summary}" if record.summary else ""
    line = visible(f"- {record.time} {record.title}{about}{summary} [{record.id}]")
    yield line.replace("-  ", "- ")  # without a time there would be two spaces
    if record.piece:
        yield f"  {visible(marked(record.piece, record.marks))}"


def _wheel(wheel: b.Wheel) -> Iterator[str]:
    for name, value, before in wheel.spokes:
        yield f"- {visible(name)}: {of_said(value, wheel.high, before)}"


def _comparison(comparison: b.Comparison) -> Iterator[str]:
    yield comparison_said(comparison.names)
    for answer in comparison.answers:
        yield visible(answer.title)
        if answer.remark:
            yield visible(answer.remark)
        for change in answer.changes:
            yield f"- {visible(in_words(change))}"


def _drawn(summary: str, said: Iterable[str]) -> Iterator[str]:
    """Yield what a drawing shows: a sentence, and its numbers as a list."""
    yield visible(summary)
    for point in said:
        yield visible(f"- {point}")


def counted(heat: b.Heat) -> Iterator[str]:
    """Yield each row of a heat map in words: what there is, and nothing of what there is not."""
    for name, counts in heat.rows:
        there = [f"{head}: {number}" for head, number in zip(heat.head, counts, strict=True) if number]
        if there:
            yield f"{name} {', '.join(there)}"


def in_words(change: b.Change) -> str:
    """Return one change in words: "new: sleep", "Health: from 4 of 10 to 7 of 10"."""
    was, now = change.was, change.now
    if was is not None and now is not None and was != now:
        return _both(was, now, change.of)
    said = (now if was is None else was) or ""
    said = _("{thing}: {state}", thing=change.of, state=said) if change.of else said
    if was == now:
        return _("the same: {words}", words=said)
    return _("gone: {words}", words=said) if now is None else _("new: {words}", words=said)


def _both(was: str, now: str, of: str) -> str:
    """Return what was and what is; long words, or those of several lines, one under the other."""
    if "\n" in was + now or len(was + now) > _LONG:
        before = _("{thing} was: {words}", thing=of, words=was) if of else _("was: {words}", words=was)
        return before + "\n" + _("now: {words}", words=now)
    if of:
        return _("{thing}: from {was} to {now}", thing=of, was=was, now=now)
    return _("from {was} to {now}", was=was, now=now)


def _ticked(item: b.Item, line: str) -> str:
    return line if item.ticked is None else _(_TICKED[item.ticked], text=line)


def _items(items: Sequence[b.Item], *, numbered: bool = False) -> Iterator[str]:
    for number, item in enumerate(items, 1):
        sign = f"{number}." if numbered else "-"
        marks = f" ({marks_said(item)})" if item.marks else ""
        first, *rest = visible(item.text).split("\n")
        if not rest:
            yield f"{sign} {_ticked(item, first)}{visible(marks)}"
            continue
        yield f"{sign} {_ticked(item, first)}"
        for line in rest:
            yield f"  {line}"
        if marks:  # under several lines they have one of their own
            yield f"  {visible(marks).strip()}"
