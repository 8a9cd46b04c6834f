"""Blocks as HTML: every word escaped, every block under a heading of the right level."""

from collections.abc import Iterable, Iterator, Sequence
from typing import get_args

from smartcli import blocks as b
from smartcli.language import _, figure, ngettext
from smartcli.renderers import drawing
from smartcli.renderers.cards import panels_of
from smartcli.renderers.html_drawings import bars_set, captioned, heat_set, said_set, svg
from smartcli.renderers.html_markup import escape_html, is_short, keep_together
from smartcli.renderers.pairs import pairs
from smartcli.renderers.phrases import before_said, range_said, records_head, wheel_table

_DIVIDED = (b.Words, b.Items, b.Table, b.Records, b.Ruled, b.Boxes, b.BlankTable)  # what a page of paper may cut
_INTRODUCED = (b.Table, b.Chart, b.Bars, b.Heat, b.Wheel, b.Grid, *get_args(b.Blank))  # by a few words above


def blocks_set(blocks: Iterable[b.Block], level: int, title: str = "") -> Iterator[str]:
    """Yield blocks under headings that go down one level at a time, whatever their own levels are.

    `title` is the markup of what stands above the first block. Headings come with the block that follows them, and
    on paper with its beginning.
    """
    above: list[int] = []
    heading = title
    told = [*pairs([*b.flat(blocks)])]
    following = (*(block for _question, block in told[1:]), None)
    for (question, block), then in zip(told, following, strict=False):
        if isinstance(block, b.Heading):
            above = [*(one for one in above if one < block.level), block.level]
            heading += _heading(block.text, min(level + len(above) - 1, 6), f"level-{block.level}")
            continue
        if question:
            asked = min(level + len([one for one in above if one < question.level]), 6)
            markup = f"{_heading(question.text, asked, 'level-3')}<div>{_block(block, level)}</div>"
            markup = f'<div class="pair">{markup}</div>\n'
        else:
            markup = _block(block, min(level, 6))
        if isinstance(block, b.Words) and isinstance(then, _INTRODUCED) and is_short(markup):
            yield f'<div class="introduces">\n{heading}{markup}</div>\n'
        elif isinstance(block, _DIVIDED) and not is_short(markup):
            yield heading + markup
        else:
            yield keep_together(heading, markup)
        heading = ""
    if heading:
        yield heading


def _heading(words: str, level: int, looks: str = "") -> str:
    """Return a heading; "" without words, as the title of a list that was not asked has none."""
    if not words:
        return ""
    named = f' class="{looks}"' if looks else ""
    return f'<h{level}{named} dir="auto">{escape_html(words)}</h{level}>\n'


def _block(block: b.Block, level: int) -> str:
    """Return a block; titles inside it are headings of this level."""
    match block:
        case b.Heading(text):
            return _heading(text, level)
        case b.Words(text, theirs, quiet):
            if theirs:
                return f'<blockquote lang="" dir="auto">{escape_html(text)}</blockquote>\n'
            return f'<p{" class=quiet" if quiet else ""} dir="auto">{escape_html(text)}</p>\n'
        case b.Beside() | b.Comparison():
            return "".join(_block(one, level) for one in b.flat([block]))
        case b.Items(items, numbered):
            return _items(items, numbered=numbered)
        case b.Meter(value, low, high, before):
            was = "" if before is None else f' <span class="quiet">{escape_html(before_said(before))}</span>'
            dots = svg(drawing.meter(block), "meter")
            ends = f'<span class="quiet">{escape_html(range_said(low, high))}</span>'
            return f'<p class="meter"><b>{figure(value)}</b> {dots} {ends}{was}</p>\n'
        case b.Table(head, rows):
            return _table(head, rows) if any(head) else _facts(rows)
        case b.Grid(cells):
            return f'<div class="grid">\n{"".join(_cell(cell, level) for cell in cells)}</div>\n'
        case b.Card():
            return _card(block, level)
        case b.Wheel():
            return _wheel(block)
        case b.Chart(summary=summary, said=said):
            return captioned(svg(drawing.chart(block), "chart", summary), summary) + said_set(said)
        case b.Bars():
            return bars_set(block)
        case b.Heat():
            return heat_set(block)
        case b.Records(records):
            rows = [[one.time, one.title, one.about, one.summary or one.piece] for one in records]
            return _table(records_head(), rows)
        case b.Ruled():
            return _ruled(block)
        case b.Gaps(gaps):
            lines = (f"<span>{escape_html(before)} <i></i> {escape_html(after)}</span>" for before, after in gaps)
            return f'<p class="gaps quiet">{"".join(lines)}</p>\n'
        case b.Boxes():
            return _boxes(block)
        case b.Numbers():
            return _numbers(block)
        case b.BlankTable(head, rows, widths):
            return _table(head, rows, widths)
        case b.BlankGrid(cells, lines):
            inside = (
                f"<section>\n{_heading(cell.title, level)}"
                f"{_hint(cell.hint)}{_ruled(b.Ruled(lines, marks=cell.marks))}</section>\n"
                for cell in cells
            )
            return f'<div class="grid blank">\n{"".join(inside)}</div>\n'
        case b.BlankWheel():
            said = _("An empty wheel to fill in")
            return f"<figure>{svg(drawing.blank_wheel(block), 'blank-wheel', said)}</figure>\n"


def _items(items: Sequence[b.Item], *, numbered: bool = False) -> str:
    if not items:
        return '<p class="quiet">–</p>\n'
    kind = "ol" if numbered else "ul"
    return f"<{kind}>\n{''.join(_item(item) for item in items)}</{kind}>\n"


def _item(item: b.Item) -> str:
    box = "" if item.ticked is None else f"{_tick(ticked=item.ticked)} "
    marks = "".join(f' <span class="mark">{escape_html(mark)}</span>' for mark in item.marks)
    return f'<li dir="auto">{box}{escape_html(item.text)}{marks}</li>\n'


def _tick(*, ticked: bool) -> str:
    look, said = ("done", _("done")) if ticked else ("open", _("open"))
    return f'<span class="tick {look}" role="img" aria-label="{escape_html(said)}"></span>'


def _cell(cell: b.Cell, level: int) -> str:
    remark = _hint(cell.remark)
    return f"<section>\n{_heading(cell.title, level)}{_items(cell.items)}{remark}</section>\n"


def _card(card: b.Card, level: int) -> str:
    """Return a card; with folds its panels are as high as a bank card, and a dotted line lies between them."""
    panels = panels_of(card) if card.folds else [card.cells]
    under = min(level + bool(card.title), 6)
    lists = ("".join(_cell(cell, under) for cell in cells) for cells in panels)
    title = _heading(card.title, level, "name") if card.title else ""
    title += _hint(card.about)
    inside = "".join(f'<div class="panel">\n{"" if at else title}{words}</div>\n' for at, words in enumerate(lists))
    looks = f"card{' folds' if card.folds else ''}"
    whole = f'<section class="{looks}">\n{inside}</section>\n'
    if not card.twice:
        return whole
    again = f'<section class="{looks}" aria-hidden="true">\n{inside}</section>\n'  # listeners hear it once
    return f'<div class="twice">\n{whole}{again}</div>\n'


def _hint(words: str) -> str:
    return f'<p class="quiet" dir="auto">{escape_html(words)}</p>\n' if words else ""


def _facts(rows: Sequence[Sequence[str]]) -> str:
    facts = (
        f'<dt dir="auto">{escape_html(name)}</dt><dd dir="auto">{escape_html(" ".join(rest))}</dd>\n'
        for name, *rest in rows
    )
    return f"<dl>\n{''.join(facts)}</dl>\n"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]], blank_widths: Sequence[int] = ()) -> str:
    """Return a table; the roles are said because a phone sets each row as a small list, which would hide them.

    `blank_widths`: of the columns of one to fill in.
    """
    named = "".join(map(_column_head, head))
    body = "".join(f'<tr role="row">{_row(head, row)}</tr>\n' for row in rows)
    return (
        f'<table role="table"{" class=blank" if blank_widths else ""}>\n{_columns(blank_widths)}'
        f'<thead role="rowgroup"><tr role="row">{named}</tr></thead>\n'
        f'<tbody role="rowgroup">\n{body}</tbody>\n</table>\n'
    )


def _columns(widths: Sequence[int]) -> str:
    """Return the columns of a table to fill in: the narrower ones in steps of 5 %, the widest share what is left."""
    if not widths:
        return ""
    shares = (max(10, 5 * round(20 * width / sum(widths))) for width in widths)
    classes = (
        "" if width == max(widths) else f' class="wide-{min(share, 45)}"'
        for width, share in zip(widths, shares, strict=True)
    )
    return f"<colgroup>{''.join(f'<col{one}>' for one in classes)}</colgroup>\n"


def _column_head(name: str) -> str:
    """Return the head of a column; without words it is a plain cell, since it heads nothing."""
    if not name:
        return '<td role="cell"></td>'
    return f'<th scope="col" role="columnheader" dir="auto">{escape_html(name)}</th>'


def _row(head: Sequence[str], row: Sequence[str]) -> str:
    """Return a row's cells; the first heads it, if it says anything."""
    begin = f'<th scope="row" role="rowheader" dir="auto">{escape_html(row[0])}</th>' if row[0] else ""
    cells = [*zip(head, row, strict=True)][1 if begin else 0 :]
    return begin + "".join(
        f'<td role="cell" data-head="{escape_html(name)}" dir="auto">{escape_html(cell)}</td>' for name, cell in cells
    )


def _wheel(block: b.Wheel) -> str:
    """Return the wheel drawn, and beside it what it says as a table."""
    said = ngettext(
        "A wheel with {number} part. The table next to it has the same numbers.",
        "A wheel with {number} parts. The table next to it has the same numbers.",
        len(block.spokes),
    )
    drawn = svg(drawing.wheel(block), "wheel", said)
    table = wheel_table(block)
    return f'<div class="beside"><figure>{drawn}</figure>\n{_table(table.head, table.rows)}</div>\n'


def _ruled(block: b.Ruled) -> str:
    """Return lines to write on, each ending in a box for every mark, under the names of the marks."""
    marks = "".join('<span class="mark-box tickable"></span>' for _mark in block.marks)
    names = "".join(f'<span class="mark-box">{escape_html(mark)}</span>' for mark in block.marks)
    heads = f'<p class="mark-names quiet">{names}</p>' if names else ""
    lines = (
        f'<div class="write">{f"<span>{number}.</span>" if block.numbered else ""}<i></i>{marks}</div>'
        for number in range(1, block.lines + 1)
    )
    return f'<div class="ruled">{heads}{"".join(lines)}</div>\n'


def _boxes(block: b.Boxes) -> str:
    groups = "".join(
        f'<div class="group">{f"<p class=quiet>{escape_html(name)}</p>" if name else ""}<ul>'
        + "".join(f'<li class="tickable" dir="auto">{escape_html(option)}</li>' for option in options)
        + "</ul></div>\n"
        for name, options in block.groups
    )
    wide = max((len(option) for _name, options in block.groups for option in options), default=0)
    columns = next(name for most, name in ((16, "four"), (26, "three"), (44, "two"), (wide, "one")) if wide <= most)
    own = '<li class="tickable own"><i></i></li>' * block.own
    return f'<div class="boxes {columns}">\n{groups}</div>\n' + (
        f'<ul class="boxes {columns}">{own}</ul>\n' if own else ""
    )


def _numbers(block: b.Numbers) -> str:
    step = max(1, (block.high - block.low) // 10)
    numbers = "".join(f"<span>{number}</span>" for number in range(block.low, block.high + 1, step))
    row = f'<p class="numbers">{numbers}</p>\n'
    if not (block.low_label or block.high_label):
        return row
    low, high = escape_html(block.low_label), escape_html(block.high_label)
    return f'{row}<p class="ends quiet"><span>{low}</span><span>{high}</span></p>\n'
