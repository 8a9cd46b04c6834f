"""Pages as one self-contained HTML page: no script, no request, a style of its own, and every word escaped."""

import base64
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from html import escape
from importlib import resources

from smartcli import NOTICE
from smartcli.page import (
    Bars,
    Beside,
    BlankGrid,
    BlankTable,
    BlankWheel,
    Block,
    Boxes,
    Card,
    Cell,
    Chart,
    Compared,
    Comparison,
    Gaps,
    Grid,
    Heading,
    Heat,
    Item,
    Items,
    Meter,
    Numbers,
    Page,
    Records,
    Ruled,
    Table,
    Wheel,
    Words,
    flat,
)
from smartcli.renderers import drawing
from smartcli.renderers.cards import folded
from smartcli.renderers.drawing import Drawing, Label, Ring, Stroke
from smartcli.renderers.pairs import pairs
from smartcli.words import visible

_OPEN_CONTENTS = 40  # pages, up to which the contents of every section lie open


def document(title: str, pages: Iterable[Page]) -> Iterator[str]:
    """Yield, piece by piece, one HTML document of several pages.

    Pages of a `section` are gathered under it, in the order they come; then there are contents, and links that
    show one kind of page alone. A single page is the whole document, under its own title.
    """
    pages = [*pages]
    alone = len({page.title for page in pages}) == 1 and not any(page.section for page in pages)
    kinds = [*dict.fromkeys(page.title for page in pages)]
    filters = len(kinds) if 1 < len(kinds) < len(pages) else 0
    yield _head(title, _style(filters))
    if alone:
        yield "<main>\n"
    else:
        yield '<a class="skip" href="#main">Skip the contents</a>\n'
        yield "".join(f'<span class="only" id="only-{number}"></span>\n' for number in range(filters))
        yield f"<header>\n<h1>{_said(title)}</h1>\n</header>\n"
        yield _contents(pages, kinds if filters else [])
        yield '<main id="main">\n'
    section = ""
    for number, page in enumerate(pages):
        if page.section != section:
            section = page.section
            yield f'<h2 class="section" id="{_anchor(pages, section)}">{_said(section)}</h2>\n'
        level = 1 if alone else 3 if section else 2
        yield _page(page, number, level, kinds.index(page.title))
    yield f"</main>\n<footer>\n<p>{_said(NOTICE)}</p>\n</footer>\n</body>\n</html>\n"


def _head(title: str, style: str) -> str:
    allowed = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{allowed}'; base-uri 'none'; form-action 'none'"
    return f"""<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<title>{_said(title)}</title>
<style>{style}</style>
</head>
<body>
"""


@cache
def _sheet() -> str:
    return (resources.files("smartcli.renderers") / "html.css").read_text(encoding="utf-8")


def _style(filters: int) -> str:
    """Return the style sheet; each filter hides all other kinds of page while its anchor is the target."""
    shown = (
        f"#only-{number}:target ~ main > :not(.kind-{number}, .section) {{ display: none }}\n"
        f'#only-{number}:target ~ nav a[href="#only-{number}"] {{ font-weight: bold }}\n'
        for number in range(filters)
    )
    return _sheet() + "".join(shown)


def _anchor(pages: Sequence[Page], section: str) -> str:
    return f"section-{[*dict.fromkeys(page.section for page in pages)].index(section)}"


def _contents(pages: Sequence[Page], kinds: Sequence[str]) -> str:
    """Return the list of pages by section, and a link for each kind of page that shows it alone."""
    parts = ['<nav aria-label="Contents">\n']
    if kinds:
        titles = [page.title for page in pages]
        links = [f'<a href="#only-{at}">{_said(kind)}</a> {titles.count(kind)}' for at, kind in enumerate(kinds)]
        parts.append(f'<p class="kinds"><a href="#main">Everything</a> {len(pages)} · {" · ".join(links)}</p>\n')
    lie_open = " open" if len(pages) <= _OPEN_CONTENTS else ""
    for section in dict.fromkeys(page.section for page in pages):
        links = [
            f'<li><a href="#page-{number}">{_said(page.title)}</a>{_beside(page.about)}</li>\n'
            for number, page in enumerate(pages)
            if page.section == section
        ]
        listed = f"<ol>\n{''.join(links)}</ol>\n"
        name = f'<summary>{_said(section)} <span class="about">{len(links)}</span></summary>'
        begin = f'<p><a href="#{_anchor(pages, section)}">From its beginning</a></p>' if not lie_open else ""
        parts.append(f"<details{lie_open}>{name}\n{begin}{listed}</details>\n" if section else listed)
    return "".join([*parts, "</nav>\n"])


def _beside(about: str) -> str:
    return f' <span class="about">{_said(about)}</span>' if about else ""


def _page(page: Page, number: int, level: int, kind: int) -> str:
    sheet = " sheet" if page.sheet else ""
    about = f'<p class="about" dir="auto">{_said(page.about)}</p>\n' if page.about else ""
    body = "".join(_blocks(page.blocks, level + 1))
    return (
        f'<article class="kind-{kind}{sheet}" id="page-{number}" aria-labelledby="title-{number}">\n'
        f'<h{level} class="title" id="title-{number}">{_said(page.title)}</h{level}>\n{about}{body}</article>\n'
    )


def _blocks(blocks: Iterable[Block], level: int) -> Iterator[str]:
    """Yield blocks under headings that go down one level at a time, whatever their own levels are."""
    above: list[int] = []
    for question, block in pairs([*flat(blocks)]):
        if question:
            tag = f"h{min(level + len([one for one in above if one < question.level]), 6)}"
            asked = f'<{tag} class="level-3">{_said(question.text)}</{tag}>'
            yield f'<div class="pair">{asked}<div>{_block(block, level)}</div></div>\n'
        elif isinstance(block, Heading):
            above = [*(one for one in above if one < block.level), block.level]
            tag = f"h{min(level + len(above) - 1, 6)}"
            yield f'<{tag} class="level-{block.level}">{_said(block.text)}</{tag}>\n'
        else:
            yield _block(block, min(level, 6))


def _said(text: str) -> str:
    """Return words as they may stand anywhere in the document, in an attribute too."""
    return escape(visible(text), quote=True)


def _block(block: Block, level: int) -> str:
    """Return a block; titles inside it are headings of this level."""
    match block:
        case Heading(text):
            return f"<h{level}>{_said(text)}</h{level}>\n"
        case Words(text, theirs, quiet):
            if theirs:
                return f'<blockquote dir="auto">{_said(text)}</blockquote>\n'
            return f'<p{" class=quiet" if quiet else ""} dir="auto">{_said(text)}</p>\n'
        case Beside():
            return "".join(_block(one, level) for one in flat([block]))
        case Items(items, numbered):
            return _items(items, numbered=numbered)
        case Meter(value, low, high, before):
            was = "" if before is None else f' <span class="quiet">before: {before:g}</span>'
            dots = _svg(drawing.meter(block), "meter")
            return f'<p class="meter"><b>{value:g}</b> {dots} <span class="quiet">{low:g} to {high:g}</span>{was}</p>\n'
        case Table(head, rows):
            return _table(head, rows) if any(head) else _facts(rows)
        case Grid(cells):
            return f'<div class="grid">\n{"".join(_cell(cell, level) for cell in cells)}</div>\n'
        case Card():
            return _card(block, level)
        case Wheel():
            return _wheel(block)
        case Chart(summary=summary, said=said):
            told = f"<details><summary>In numbers</summary>{_items([*map(Item, said)])}</details>\n" if said else ""
            return _figure(_svg(drawing.chart(block), "chart", summary), summary) + told
        case Bars():
            return _bars(block)
        case Heat():
            return _heat(block)
        case Comparison(names, answers):
            return "".join(_compared(one, names, level) for one in answers)
        case Records(records):
            rows = [[one.time, one.title, one.about, one.summary or one.piece] for one in records]
            return _table(["Time", "What", "About", "In short"], rows)
        case Ruled():
            return _ruled(block)
        case Gaps(gaps):
            lines = (f"<span>{_said(before)} <i></i> {_said(after)}</span>" for before, after in gaps)
            return f'<p class="gaps quiet">{"".join(lines)}</p>\n'
        case Boxes():
            return _boxes(block)
        case Numbers():
            return _numbers(block)
        case BlankTable(head, rows):
            return _table(head, rows, blank=True)
        case BlankGrid(cells, lines):
            inside = (
                f"<section>\n<h{level}>{_said(cell.title)}</h{level}>\n"
                f"{_hint(cell.hint)}{_ruled(Ruled(lines, marks=cell.marks))}</section>\n"
                for cell in cells
            )
            return f'<div class="grid blank">\n{"".join(inside)}</div>\n'
        case BlankWheel():
            return f"<figure>{_svg(drawing.blank_wheel(block), 'wheel', 'An empty wheel to fill in')}</figure>\n"


def _compared(one: Compared, names: Sequence[str], level: int) -> str:
    rows = [[f"{change.of} {change.was or ''}".strip(), change.now or ""] for change in one.changes]
    return f"<h{level}>{_said(one.title)}</h{level}>\n{_hint(one.remark)}{_table(names, rows)}"


def _items(items: Sequence[Item], *, numbered: bool = False) -> str:
    if not items:
        return '<p class="quiet">–</p>\n'
    kind = "ol" if numbered else "ul"
    return f"<{kind}>\n{''.join(_item(item) for item in items)}</{kind}>\n"


def _item(item: Item) -> str:
    ticked = "done" if item.ticked else "open"
    box = "" if item.ticked is None else f'<span class="tick {ticked}" role="img" aria-label="{ticked}"></span> '
    marks = "".join(f' <span class="mark">{_said(mark)}</span>' for mark in item.marks)
    return f'<li dir="auto">{box}{_said(item.text)}{marks}</li>\n'


def _cell(cell: Cell, level: int) -> str:
    remark = _hint(cell.remark)
    return f"<section>\n<h{level}>{_said(cell.title)}</h{level}>\n{_items(cell.items)}{remark}</section>\n"


def _card(card: Card, level: int) -> str:
    """Return a card; with folds its panels are as high as a bank card, and a dotted line lies between them."""
    panels = folded(card) if card.folds else [card.cells]
    lists = ("".join(_cell(cell, min(level + 1, 6)) for cell in cells) for cells in panels)
    title = f'<h{level} class="name">{_said(card.title)}</h{level}>\n'
    inside = "".join(f'<div class="panel">\n{"" if at else title}{words}</div>\n' for at, words in enumerate(lists))
    return f'<section class="card{" folds" if card.folds else ""}">\n{inside}</section>\n'


def _hint(words: str) -> str:
    return f'<p class="quiet">{_said(words)}</p>\n' if words else ""


def _facts(rows: Sequence[Sequence[str]]) -> str:
    facts = (f'<dt dir="auto">{_said(name)}</dt><dd dir="auto">{_said(" ".join(rest))}</dd>\n' for name, *rest in rows)
    return f"<dl>\n{''.join(facts)}</dl>\n"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]], *, blank: bool = False) -> str:
    """Return a table; the roles are said because a phone sets each row as a small list, which would hide them."""
    named = "".join(f'<th scope="col" role="columnheader">{_said(name)}</th>' for name in head)
    body = "".join(f'<tr role="row">{_row(head, row)}</tr>\n' for row in rows)
    return (
        f'<table role="table"{" class=blank" if blank else ""}>\n'
        f'<thead role="rowgroup"><tr role="row">{named}</tr></thead>\n'
        f'<tbody role="rowgroup">\n{body}</tbody>\n</table>\n'
    )


def _row(head: Sequence[str], row: Sequence[str]) -> str:
    """Return a row's cells; the first heads it, if it says anything."""
    begin = f'<th scope="row" role="rowheader" dir="auto">{_said(row[0])}</th>' if row[0] else ""
    cells = [*zip(head, row, strict=True)][1 if begin else 0 :]
    return begin + "".join(
        f'<td role="cell" data-head="{_said(name)}" dir="auto">{_said(cell)}</td>' for name, cell in cells
    )


def _wheel(block: Wheel) -> str:
    """Return the wheel drawn, and beside it what it says as a table."""
    compared = any(before is not None for _, _, before in block.spokes)
    head = ["Part", f"Now, of {block.high:g}", *(["Before"] if compared else [])]
    rows = [
        [name, f"{value:g}", *([f"{before:g}" if before is not None else "–"] if compared else [])]
        for name, value, before in block.spokes
    ]
    said = f"A wheel of {len(block.spokes)} parts; the table beside it says the same."
    drawn = _svg(drawing.wheel(block), "wheel", said)
    return f'<div class="beside"><figure>{drawn}</figure>\n{_table(head, rows)}</div>\n'


def _bars(block: Bars) -> str:
    longest = max((abs(bar.value) for bar in block.bars), default=0)
    rows = "".join(
        f'<tr><th scope="row" dir="auto">{_said(bar.name)}</th>'
        f'<td class="bar">{_svg(drawing.bar(bar, longest), "bar")}</td><td>{_said(bar.words)}</td></tr>\n'
        for bar in block.bars
    )
    head = '<tr><th scope="col">Name</th><th scope="col">Drawn</th><th scope="col">In numbers</th></tr>'
    table = f'<table class="bars">\n<thead class="unseen">{head}</thead>\n<tbody>\n{rows}</tbody>\n</table>'
    return _figure(table, block.summary)


def _heat(block: Heat) -> str:
    most = max((number for _, row in block.rows for number in row), default=0) or 1
    head = "".join(f'<th scope="col">{_said(name)}</th>' for name in block.head)
    rows = "".join(
        f'<tr><th scope="row">{_said(name)}</th>'
        + "".join(f'<td class="heat-{-(-4 * number // most)}">{number or "·"}</td>' for number in row)
        + "</tr>\n"
        for name, row in block.rows
    )
    many = " many" if len(block.head) > 12 else ""
    corner = "<td></td>" if len(block.head) == len(block.rows[0][1] if block.rows else ()) else ""
    table = f'<table class="heat{many}">\n<thead><tr>{corner}{head}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>'
    return _figure(table, block.summary)


def _figure(drawn: str, summary: str) -> str:
    return f"<figure>\n{drawn}\n<figcaption>{_said(summary)}</figcaption>\n</figure>\n"


def _ruled(block: Ruled) -> str:
    marks = "".join(f'<span class="tickable">{_said(mark)}</span>' for mark in block.marks)
    lines = (
        f'<div class="write">{f"<span>{number}.</span>" if block.numbered else ""}<i></i>{marks}</div>'
        for number in range(1, block.lines + 1)
    )
    return f'<div class="ruled">{"".join(lines)}</div>\n'


def _boxes(block: Boxes) -> str:
    groups = "".join(
        f'<div class="group">{f"<p class=quiet>{_said(name)}</p>" if name else ""}<ul>'
        + "".join(f'<li class="tickable">{_said(option)}</li>' for option in options)
        + "</ul></div>\n"
        for name, options in block.groups
    )
    wide = max((len(option) for _, options in block.groups for option in options), default=0)
    columns = "few" if wide > 40 else "some" if wide > 20 else "many"
    own = '<li class="tickable own"><i></i></li>' * block.own
    return f'<div class="boxes {columns}">\n{groups}</div>\n' + (
        f'<ul class="boxes {columns}">{own}</ul>\n' if own else ""
    )


def _numbers(block: Numbers) -> str:
    step = max(1, (block.high - block.low) // 10)
    numbers = "".join(f"<span>{number}</span>" for number in range(block.low, block.high + 1, step))
    ends = f'<p class="ends quiet"><span>{_said(block.low_label)}</span><span>{_said(block.high_label)}</span></p>\n'
    return f'<p class="numbers">{numbers}</p>\n{ends if block.low_label or block.high_label else ""}'


def _svg(drawn: Drawing, kind: str, said: str = "") -> str:
    """Return a drawing as inline SVG; without words of its own it is passed over by a screen reader."""
    told = f'role="img" aria-label="{_said(said)}"' if said else 'aria-hidden="true"'
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
            return f'<text class="{look}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{_said(words)}</text>'
