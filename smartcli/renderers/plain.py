"""A page as plain text: sentences and lists, no boxes, no colour, nothing drawn."""

from collections.abc import Iterable, Iterator, Sequence

from smartcli import blocks as b
from smartcli.language import N_, _, pgettext
from smartcli.renderers.blanks import as_text
from smartcli.renderers.phrases import comparison_said, marks_said, meter_said, named_said, of_said
from smartcli.words import enumerated, marked, visible, wrapped

_LONG = 100  # characters up to which what was and what is fit into one sentence
_MANY = 12  # points of a chart up to which each has a line of its own
_POINTS_OF_A_LINE = 4  # weeks of about a month
_NOTHING = ("", "-", "–")  # what stands in a cell that says nothing, and is passed over
_TICKED = {True: N_("done: {text}"), False: N_("open: {text}")}


def page(page: b.Page) -> str:
    """Return a page as text, its lines whole."""
    return "".join(pieces(page))


def pieces(page: b.Page, columns: int | None = None) -> Iterator[str]:
    """Yield a page as text, line by line, however long it is; wrapped between words at so many columns, if any."""
    yield wrapped(visible(f"{page.title}. {page.about}" if page.about else page.title), columns) + "\n\n"
    blank = 0  # empty lines to come before the next that says something: none at the head or the foot of a page
    begun = False
    for block in page.blocks:
        for line in _lines(block):
            if line.strip():
                yield "\n" * blank + wrapped(line, columns) + "\n"
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
            yield meter_said(value, low, high, before)
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
            yield from _drawn(summary, _grouped(said))
        case b.Bars(bars, summary):
            yield from _drawn(summary, [f"{bar.name}: {bar.words}" for bar in bars])
        case b.Heat(summary=summary, said=said):
            yield from _drawn(summary, said or counted(block))
        case _:
            for part in as_text(block):
                yield from _lines(part)


def _facts(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    for name, *cells in rows:
        yield visible(f"{name}: {' '.join(cells)}")


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield each row as one line, "Family: times 4, now 6"; where its cells are long, as a line for each of them.

    A first column named by figures ("28 days") is named once, above: among the figures of every row it would be lost.
    """
    if len(head) > 1 and any(map(str.isdigit, head[1])):
        yield visible(_("{heading}:", heading=head[1]))
        head = [head[0], "", *head[2:]]
    for row in rows:
        cells = [(name, cell) for name, cell in zip(head, row, strict=True) if cell.strip() not in _NOTHING]
        if not cells:
            continue
        (_first, title), *rest = cells
        line = _row_line(title, [_named(name, cell) for name, cell in rest])
        if len(line) <= _LONG and "\n" not in line:
            yield f"- {visible(line)}"
            continue
        yield f"- {visible(title)}"
        for name, cell in rest:
            yield f"  {visible(named_said(name, cell))}"


def _row_line(title: str, named: Sequence[str]) -> str:
    return _("{title}: {values}", title=title, values=enumerated(named)) if named else title


def _named(name: str, cell: str) -> str:
    """Return a cell after the name of its column, inside a line: "times 4"; what is no mere name stands apart."""
    if name.endswith(("?", ".", ":")) or any(map(str.isdigit, name)):
        return named_said(name, cell)
    return _("{name} {value}", name=name, value=cell).strip()


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


def _grouped(said: Sequence[str]) -> Iterator[str]:
    """Yield the points of a chart in words: each on a line, or where there are many several on one.

    None is left out, since who hears a page has no drawing to look at; but a year is not fifty lines.
    """
    of_a_line = 1 if len(said) <= _MANY else _POINTS_OF_A_LINE
    for first in range(0, len(said), of_a_line):
        yield pgettext("between the points of a chart", "; ").join(said[first : first + of_a_line])


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
