"""Charts, wheels, bars and heat maps as HTML: inline SVG and tables, each with its numbers in words or beside it."""

from collections.abc import Sequence

from smartcli import blocks as b
from smartcli.language import _, figure
from smartcli.renderers import drawing
from smartcli.renderers.charts import counted_together
from smartcli.renderers.drawing import Drawing, Label, Ring, Stroke
from smartcli.renderers.html_markup import escape_html

_MANY = 12  # columns of a heat map; with more, a phone gets a second one
_ON_A_PHONE = 6  # columns of that one


def bars_set(block: b.Bars) -> str:
    """Return bars as a table: a name, its bar, and its numbers.

    The roles are said because a phone sets each row as a small list, which would hide them.
    """
    longest = max((abs(bar.value) for bar in block.bars), default=0)
    rows = "".join(
        f'<tr role="row"><th scope="row" role="rowheader" dir="auto">{escape_html(bar.name)}</th>'
        f'<td role="cell" class="bar">{svg(drawing.bar(bar, longest), "bar")}</td>'
        f'<td role="cell">{escape_html(bar.words)}</td></tr>\n'
        for bar in block.bars
    )
    names = (_("Name"), _("Drawn"), _("In numbers"))
    head = "".join(f'<th scope="col" role="columnheader">{escape_html(name)}</th>' for name in names)
    table = (
        f'<table role="table" class="bars">\n<thead role="rowgroup" class="unseen"><tr role="row">{head}</tr></thead>\n'
        f'<tbody role="rowgroup">\n{rows}</tbody>\n</table>'
    )
    return captioned(table, block.summary)


def heat_set(block: b.Heat) -> str:
    """Return a heat map as a table, and its rows in words in a fold.

    With many columns there is a second table, in which neighbours are counted together. The style sheet shows one
    of the two: the second where the window is narrow.
    """
    columns = len(block.head)
    if columns <= _MANY:
        tables = _heat_table(block)
    else:
        narrow = _narrower(block, -(-columns // _ON_A_PHONE))
        tables = f"{_heat_table(block, ' wide')}\n{_heat_table(narrow, ' narrow')}"
    return captioned(tables, block.summary) + said_set(block.said)


def _narrower(block: b.Heat, together: int) -> b.Heat:
    """Return a heat map in which so many cells beside one another are one, named after the two at its ends."""
    groups = [block.head[at : at + together] for at in range(0, len(block.head), together)]
    return counted_together(block, together)._replace(head=[f"{group[0]}–{group[-1]}" for group in groups])


def _heat_table(block: b.Heat, width: str = "") -> str:
    most = max((number for _name, row in block.rows for number in row), default=0) or 1
    head = "".join(f'<th scope="col" dir="auto">{escape_html(name)}</th>' for name in block.head)
    rows = "".join(
        f'<tr><th scope="row" dir="auto">{escape_html(name)}</th>'
        + "".join(_heat_cell(number, most) for number in row)
        + "</tr>\n"
        for name, row in block.rows
    )
    return f'<table class="heat{width}">\n<thead><tr><td></td>{head}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>'


def _heat_cell(number: int, most: int) -> str:
    return f'<td class="heat-{-(-4 * number // most)}">{figure(number) if number else ""}</td>'


def said_set(said: Sequence[str]) -> str:
    """Return what a drawing shows, point by point in words, as a list in a fold."""
    if not said:
        return ""
    points = "".join(f'<li dir="auto">{escape_html(words)}</li>\n' for words in said)
    summary = escape_html(_("In numbers"))
    return f'<details class="told"><summary>{summary}</summary><ul>\n{points}</ul>\n</details>\n'


def captioned(drawn: str, summary: str) -> str:
    """Return a figure with its caption."""
    return f'<figure>\n{drawn}\n<figcaption dir="auto">{escape_html(summary)}</figcaption>\n</figure>\n'


def svg(drawn: Drawing, kind: str, said: str = "") -> str:
    """Return a drawing as inline SVG; without words of its own it is passed over by a screen reader."""
    told = f'role="img" aria-label="{escape_html(said)}"' if said else 'aria-hidden="true"'
    inside = "".join(_shape(shape) for shape in drawn.shapes)
    return f'<svg class="{kind}" viewBox="0 0 {drawn.width:g} {drawn.height:g}" {told}>{inside}</svg>'


def _shape(shape: Stroke | Ring | Label) -> str:
    match shape:
        case Stroke(points, look, closed):
            at = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
            return f'<{"polygon" if closed else "polyline"} class="{look}" points="{at}"/>'
        case Ring(x, y, radius, look):
            return f'<circle class="{look}" cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}"/>'
        case Label(x, y, words, anchor, look):
            return f'<text class="{look}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape_html(words)}</text>'
