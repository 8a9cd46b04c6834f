"""A page as Markdown that people read as it stands, search line by line, and set with any reader.

A question with a short answer is one line, "- Mood: 8 of 10"; several things are a list below it, and long words
plain paragraphs. What people wrote is escaped where a reader would change it (`markdown_words.py`).
"""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from smartcli import blocks as b
from smartcli.language import _, figure
from smartcli.notice import NOTICE
from smartcli.renderers import markdown_words as words
from smartcli.renderers.blanks import SHORT_LINE, as_text
from smartcli.renderers.markdown_words import link, one_line, paragraphs
from smartcli.renderers.phrases import comparison_said, marks_said, meter_said, named_said, of_said
from smartcli.renderers.plain import counted, in_words

MARK = "<!-- smartcli 1 -->"  # the first line of a document of ours: no reader shows it, and an import knows it
_BOXES = {None: "", True: "[x] ", False: "[ ] "}  # before an item, by whether it is ticked
_LONGEST_LINE = 200  # characters of an answer that stands in one line with its question: about three lines of a window
_LISTS = (b.Items, b.Grid, b.Wheel, b.Records)


def document(title: str, pages: Iterable[b.Page], headings: Iterable[b.Page] | None = None) -> Iterator[str]:
    """Yield, piece by piece, one document of several pages.

    `headings` are the same pages, gone through before them for the contents: links by section and by title. Every
    page's heading then holds what it is about too, so that links find it. A page alone that bears the document's
    title is the whole document.
    """
    if headings is None:
        pages = [*pages]
        if [each.title for each in pages] == [title] and not pages[0].section:
            yield f"{MARK}\n{page(pages[0])}{_foot()}"
            return
    yield f"{MARK}\n# {one_line(title)}\n"
    if headings is not None:
        yield from _contents(headings)
    section = ""
    for each in pages:
        if each.section != section:
            section = each.section
            yield f"\n## {one_line(section)}\n"
        yield "\n"
        yield page(each, 2) if headings is None else page(_named_in_full(each), 3 if each.section else 2)
    yield _foot()


def _foot() -> str:
    return f"\n---\n\n{one_line(_(NOTICE))}\n"


def page(page: b.Page, level: int = 1) -> str:
    """Return one page, its title a heading of this level."""
    about = f"\n{one_line(page.about)}\n" if page.about else ""
    return f"{'#' * level} {one_line(page.title)}\n{about}\n{body(page, level)}"


def body(page: b.Page, level: int = 1) -> str:
    """Return what stands on a page under its title of this level; its headings follow on from that."""
    blocks = [*page.blocks]
    highest = min((block.level for block in blocks if isinstance(block, b.Heading)), default=3)
    return _blocks(blocks, level + 1 - highest) + "\n"


def _named_in_full(page: b.Page) -> b.Page:
    return page._replace(title=f"{page.title} · {page.about}", about="")


def _contents(headings: Iterable[b.Page]) -> Iterator[str]:
    """Yield the contents: pages of no section, every section, and every title with the sections in which it comes."""
    alone: list[str] = []
    sections: dict[str, int] = {}
    titles: dict[str, dict[str, tuple[str, int]]] = {}
    for one in headings:
        if not one.section:
            alone.append(f"- {link(one.title, f'#{_anchor(_named_in_full(one).title)}')}\n")
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
        yield f"- {link(section, f'#{_anchor(section)}')}, {figure(number)}\n"
    yield "\n"
    for title in sorted(titles, key=str.casefold):
        links = (f"{link(section, f'#{to}')} {number}" for section, (to, number) in titles[title].items())
        yield f"- {named_said(one_line(title), ', '.join(links))}\n"


def _anchor(heading: str) -> str:
    """Return the name by which readers of Markdown link to a heading: as GitHub makes it, and most others."""
    kept = (letter for letter in heading.casefold() if letter in "-_ " or unicodedata.category(letter)[0] in "LMN")
    return "".join(kept).replace(" ", "-")


def _blocks(blocks: Sequence[b.Block], deeper: int) -> str:
    """Return blocks one below the other, their headings so many levels deeper; lists in a row are one list."""
    pieces: list[str] = []
    was_list = False
    for chunk, is_list in _chunks(blocks, deeper):
        if pieces:
            pieces.append("\n" if is_list and was_list else "\n\n")
        pieces.append(chunk)
        was_list = is_list
    return "".join(pieces)


def _chunks(blocks: Sequence[b.Block], deeper: int) -> Iterator[tuple[str, bool]]:
    """Yield what is set apart, and whether it is a list: each question with its answer, else block by block."""
    at = 0
    while at < len(blocks):
        block, following = blocks[at], blocks[at + 1 : at + 3]
        at += 1
        if isinstance(block, b.Heading) and block.level == 3 and following and _is_answer(following[0]):
            answer = following[:1]
            if len(following) > 1 and isinstance(following[1], b.Items) and _is_line(following[0]):
                answer = following  # a practice: how long it was, and the ratings on the way
            at += len(answer)
            yield from _answered(block.text, answer, deeper)
        else:
            yield _block(block, deeper), isinstance(block, _LISTS)


def _is_answer(block: b.Block) -> bool:
    if isinstance(block, b.Words):
        return block.theirs
    return isinstance(block, b.Meter | b.Items | b.Wheel | b.Table)


def _is_line(block: b.Block) -> bool:
    """Return whether a block is an answer that stands in one line with its question."""
    match block:
        case b.Words(text, quiet=quiet):
            return not quiet and _is_short(text)
        case b.Items([item]):
            return item.ticked is None and _is_short(item.text)
        case _:
            return isinstance(block, b.Meter)


def _is_short(text: str) -> bool:
    return len(text) <= _LONGEST_LINE and "\n" not in text.strip()


def _answered(question: str, answer: Sequence[b.Block], deeper: int) -> Iterator[tuple[str, bool]]:
    """Yield a question and its answer: in one line, as a list in a list, or the answer below its question."""
    line, below = "", answer
    if _is_line(answer[0]):
        line, below = _line(answer[0]), answer[1:]
    yield _titled(question, line), True
    for block in below:
        text = _block(block, deeper)
        is_list = isinstance(block, _LISTS)
        yield _indented(text) if is_list else text, is_list


def _line(block: b.Block) -> str:
    """Return an answer of one line, not yet escaped."""
    match block:
        case b.Items([item]):
            return _marked(item)
        case b.Words(text):
            return text
        case b.Meter(value, low, high, before):
            return meter_said(value, low, high, before)
    return ""


def _block(block: b.Block, deeper: int) -> str:
    """Return a block; its headings stand so many levels deeper."""
    match block:
        case b.Heading(text, level):
            return f"{_hashes(level + deeper)} {one_line(text)}"
        case b.Words(text):
            return paragraphs(text)
        case b.Items(items, numbered):
            return _items(items, numbered=numbered)
        case b.Meter():
            return one_line(_line(block))
        case b.Table(head, rows) | b.BlankTable(head, rows, _):
            return _table(head, rows)
        case b.Grid(cells):
            return _titled_lists(cells)
        case b.Card(title, cells):
            heading = f"{_hashes(2 + deeper)} {one_line(title)}\n\n" if title else ""
            return heading + _titled_lists([_with_remark(each) for each in cells])
        case b.Records(records):
            lines = (f"{record.time} {record.title} {record.about} {record.summary}" for record in records)
            return _items([b.Item(line) for line in lines])
        case b.Wheel(spokes, high):
            return _items([b.Item(named_said(name, of_said(value, high, before))) for name, value, before in spokes])
        case b.Comparison(names, answers):
            return "\n\n".join([one_line(comparison_said(names)), *map(_compared, answers)])
        case b.Beside(left, right):
            return _blocks([*left, *right], deeper)
        case b.Chart(summary=summary, said=said):
            return _told(summary, said)
        case b.Bars(bars, summary):
            return _told(summary, [f"{bar.name}: {bar.words}" for bar in bars])
        case b.Heat(summary=summary):
            return _told(summary, counted(block))
        case b.Boxes():
            return _boxes(block)
        case _:
            return _blocks([*as_text(block)], deeper)


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    titles, *lines = (_row(map(words.cell, row)) for row in (head, *rows))
    return "\n".join([titles, _row("---" for _name in head), *lines])


def _told(summary: str, said: Iterable[str]) -> str:
    """Return what a drawing shows, in words: a sentence, and a list of its numbers."""
    items = [b.Item(point) for point in said]
    listed = f"\n\n{_items(items)}" if items else ""
    return paragraphs(summary) + listed


def _compared(answer: b.Compared) -> str:
    remark = f"\n\n{one_line(answer.remark)}" if answer.remark else ""
    changes = _items([b.Item(in_words(change)) for change in answer.changes])
    return f"#### {one_line(answer.title)}{remark}\n\n{changes}"


def _hashes(level: int) -> str:
    return "#" * min(level, 6)


def _titled_lists(cells: Sequence[b.Cell]) -> str:
    """Return a list of lists: each title with the remark beside it, its items below."""
    lines = []
    for each in cells:
        title = f"{each.title} ({each.remark})" if each.remark else each.title
        if title:
            lines.append(_titled(title))
        if each.items:
            items = _items(each.items)
            lines.append(_indented(items) if title else items)
    return "\n".join(lines)


def _with_remark(cell: b.Cell) -> b.Cell:
    """Return a list whose remark, a line for each thing beside it, stands among its items."""
    beside = [b.Item(line) for line in cell.remark.splitlines()]
    return b.Cell(cell.title, [*cell.items, *beside])


def _titled(title: str, line: str = "") -> str:
    return f"- {words.item(' '.join(named_said(title.strip(), line).split()), 2)}"


def _indented(text: str) -> str:
    return "\n".join(f"  {line}" if line else "" for line in text.split("\n"))


def _items(items: Sequence[b.Item], *, numbered: bool = False) -> str:
    listed = []
    for number, item in enumerate(items, 1):
        sign = f"{number}." if numbered else "-"
        text = words.item(_marked(item), len(sign) + 1)
        listed.append(f"{sign} {_BOXES[item.ticked]}{text}")
    return "\n".join(listed) or "-"


def _boxes(block: b.Boxes) -> str:
    """Return boxes to tick as a list of tasks, a group's name above its own."""
    parts = []
    for name, options in block.groups:
        items = _items([b.Item(option, ticked=False) for option in options])
        parts.append(f"{one_line(name)}\n\n{items}" if name else items)
    if block.own:
        parts.append(_items([b.Item(SHORT_LINE, ticked=False)] * block.own))
    return "\n\n".join(parts)


def _marked(item: b.Item) -> str:
    return f"{item.text.rstrip()} ({marks_said(item)})" if item.marks else item.text


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |"
