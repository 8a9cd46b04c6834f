"""A page as Markdown. What people wrote is escaped, so that a reader shows exactly their words."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from smartcli import blocks as b
from smartcli.language import _, figure
from smartcli.notice import NOTICE
from smartcli.renderers.blanks import as_text
from smartcli.renderers.phrases import before_said, comparison_said, marks_said, of_said, range_said
from smartcli.renderers.plain import counted, in_words

_SIGNS = re.compile(r"([\\`*_{}\[\]<>&#|~!$%^]|==|:(?=[\w+-]+:))")
_MAY_NEED_ESCAPE = re.compile(r"[\\`*_{}\[\]<>&#|~!$%^=:\n]|^[\s\d+-]|\s$")
_LINE_START = re.compile(r"^(\s*)([-+=]|\d{1,9}(?=[.)]))", re.MULTILINE)
_BOXES = {None: "", True: "[x] ", False: "[ ] "}  # before an item, by whether it is ticked


def document(title: str, pages: Iterable[b.Page], headings: Iterable[b.Page] | None = None) -> Iterator[str]:
    """Yield, piece by piece, one document of several pages.

    `headings` are the same pages, gone through before them for the contents: links by section and by title. Every
    page's heading then holds what it is about too, so that links find it. A page alone that bears the document's
    title is the whole document.
    """
    if headings is None:
        pages = [*pages]
        if [each.title for each in pages] == [title] and not pages[0].section:
            yield f"{page(pages[0])}\n---\n\n{escape_markdown(_(NOTICE))}\n"
            return
    yield f"# {_one_line(title)}\n"
    if headings is not None:
        yield from _contents(headings)
    section = ""
    for each in pages:
        if each.section != section:
            section = each.section
            yield f"\n## {_one_line(section)}\n"
        yield "\n"
        yield page(each, 2) if headings is None else page(_named_in_full(each), 3)
    yield f"\n---\n\n{escape_markdown(_(NOTICE))}\n"


def page(page: b.Page, level: int = 1) -> str:
    """Return one page, its title a heading of this level."""
    about = f"\n*{_one_line(page.about)}*\n" if page.about else ""
    return f"{'#' * level} {_one_line(page.title)}\n{about}\n{body(page, level)}"


def body(page: b.Page, level: int = 1) -> str:
    """Return what stands on a page under its title of this level; its headings follow on from that."""
    blocks = [*page.blocks]
    highest = min((block.level for block in blocks if isinstance(block, b.Heading)), default=3)
    return "\n\n".join(_block(block, level + 1 - highest) for block in blocks) + "\n"


def _named_in_full(page: b.Page) -> b.Page:
    return page._replace(title=f"{page.title} · {page.about}", about="")


def _contents(headings: Iterable[b.Page]) -> Iterator[str]:
    """Yield the contents: pages of no section, every section, and every title with the sections in which it comes."""
    alone: list[str] = []
    sections: dict[str, int] = {}
    titles: dict[str, dict[str, tuple[str, int]]] = {}
    for one in headings:
        if not one.section:
            alone.append(f"- [{_one_line(one.title)}](#{_anchor(_named_in_full(one).title)})\n")
            continue
        sections[one.section] = sections.get(one.section, 0) + 1
        there = titles.setdefault(one.title, {})
        target, number = there.get(one.section) or (_anchor(_named_in_full(one).title), 0)
        there[one.section] = target, number + 1
    if not sections and not alone:
        return
    contents = _("Contents")
    yield f"\n## {contents}\n\n"
    yield from alone
    for section, number in sections.items():
        yield f"- [{_one_line(section)}](#{_anchor(section)}), {figure(number)}\n"
    yield "\n"
    for title in sorted(titles, key=str.casefold):
        links = (f"[{_one_line(section)}](#{to}) {number}" for section, (to, number) in titles[title].items())
        yield f"- {_one_line(title)}: {', '.join(links)}\n"


def _anchor(heading: str) -> str:
    """Return the name by which readers of Markdown link to a heading: as GitHub makes it, and most others."""
    kept = (letter for letter in heading.casefold() if letter in "-_ " or unicodedata.category(letter)[0] in "LMN")
    return "".join(kept).replace(" ", "-")


def _one_line(text: str) -> str:
    return escape_markdown(" ".join(text.split()))


def escape_markdown(text: str) -> str:
    """Return `text` so that Markdown shows it to the letter, line by line."""
    if not _MAY_NEED_ESCAPE.search(text):  # most answers are a few plain words
        return text
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


def _block(block: b.Block, deeper: int) -> str:
    """Return a block; its headings stand so many levels deeper."""
    match block:
        case b.Heading(text, level):
            return f"{_hashes(level + deeper)} {escape_markdown(text)}"
        case b.Words(text, theirs):
            return _quoted(text) if theirs else "\n".join(_lines(text))
        case b.Items(items, numbered):
            return _items(items, numbered=numbered)
        case b.Meter(value, low, high, before):
            was = "" if before is None else f", {before_said(before)}"
            return f"{figure(value)} ({range_said(low, high)}){was}"
        case b.Table(head, rows) | b.BlankTable(head, rows, _):
            return _table(head, rows)
        case b.Grid(cells):
            return "\n\n".join(_cell(cell, deeper) for cell in cells)
        case b.Card():
            return _card(block, deeper)
        case b.Records(records):
            lines = (f"{record.time} {record.title} {record.about} {record.summary}" for record in records)
            return _items([b.Item(line) for line in lines])
        case b.Wheel(spokes, high):
            return _items([b.Item(f"{name}: {of_said(value, high, before)}") for name, value, before in spokes])
        case b.Comparison(names, answers):
            return "\n\n".join([f"*{escape_markdown(comparison_said(names))}*", *map(_compared, answers)])
        case b.Beside(left, right):
            return _blocks([*left, *right], deeper)
        case b.Chart(summary=summary, said=said):
            return _told(summary, said)
        case b.Bars(bars, summary):
            return _told(summary, [f"{bar.name}: {bar.words}" for bar in bars])
        case b.Heat(summary=summary):
            return _told(summary, counted(block))
        case _:
            return _blocks(as_text(block), deeper)


def _blocks(blocks: Iterable[b.Block], deeper: int) -> str:
    return "\n\n".join(_block(block, deeper) for block in blocks)


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in _lines(text))


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a table; a cell of several lines keeps them, though a row is one line."""
    titles, *lines = [_row("<br>".join(_lines_plain(cell)) for cell in row) for row in (head, *rows)]
    return "\n".join([titles, _row("---" for _name in head), *lines])


def _card(card: b.Card, deeper: int) -> str:
    parts = [_cell(cell, deeper) for cell in card.cells]
    if card.title:
        parts.insert(0, f"{_hashes(2 + deeper)} {escape_markdown(card.title)}")
    return "\n\n".join(parts)


def _told(summary: str, said: Iterable[str]) -> str:
    """Return what a drawing shows, in words: a sentence, and a list of its numbers."""
    items = [b.Item(point) for point in said]
    listed = f"\n\n{_items(items)}" if items else ""
    return escape_markdown(summary) + listed


def _compared(answer: b.Compared) -> str:
    remark = f"\n\n*{escape_markdown(answer.remark)}*" if answer.remark else ""
    changes = _items([b.Item(in_words(change)) for change in answer.changes])
    return f"#### {escape_markdown(answer.title)}{remark}\n\n{changes}"


def _hashes(level: int) -> str:
    return "#" * min(level, 6)


def _cell(cell: b.Cell, deeper: int) -> str:
    remark = f"\n\n*{escape_markdown(cell.remark)}*" if cell.remark else ""
    return f"{_hashes(3 + deeper)} {escape_markdown(cell.title)}\n\n{_items(cell.items)}{remark}"


def _lines(text: str) -> list[str]:
    """Return a text as lines of Markdown that keep its line breaks and its empty lines."""
    *most, last = _lines_plain(text)
    return [*(f"{line}\\" for line in most), last]


def _lines_plain(text: str) -> list[str]:
    return [line or "&nbsp;" for line in escape_markdown(text).split("\n")]


def _items(items: Sequence[b.Item], *, numbered: bool = False) -> str:
    listed = []
    for number, item in enumerate(items, 1):
        sign = f"{number}." if numbered else "-"
        indent = " " * (len(sign) + 1)  # under its first line, or the rest would be no part of the item
        text = f"\n{indent}".join(_lines(item.text))
        marks = f" *({escape_markdown(marks_said(item))})*" if item.marks else ""
        listed.append(f"{sign} {_BOXES[item.ticked]}{text}{marks}")
    return "\n".join(listed) or "-"


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |"
