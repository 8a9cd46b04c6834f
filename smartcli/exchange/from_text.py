"""Plain text or Markdown with dates: each part below a date is an entry.

A date stands on a line of its own, plain or dressed (`**22 November 2026**`, `--- 2026-11-22 ---`), with a time or
without, or begins a Markdown heading (`## 2026-11-22 A walk`; what follows it is the entry's first line). A file
without such lines whose name begins with a date, as daily notes have it, is one entry.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from smartcli.exchange import dates
from smartcli.exchange.found import Found, refused
from smartcli.exchange.opening import Opened
from smartcli.moments import MONTHS, Moment

_LONGEST = 200  # characters; a line with a date is short
_DRESS = " \t*_=~-–—:[]()>"
_PERIOD = re.compile(rf"(?:(?:{'|'.join(MONTHS)})\s*)?(?:\d{{4}})?", re.IGNORECASE)  # "# 2026", "## March"
_RULE = re.compile(r"[=\-*_~]{3,}")


def found(opened: Opened) -> Iterator[Found]:
    """Yield each dated part; raises Trouble."""
    dated = (
        line.strip("#" + _DRESS)
        for line in opened.lines()
        if begins(line, dates.DAY_FIRST) or begins(line, dates.MONTH_FIRST)
    )
    order = dates.order_of(dated, "Write one of them as 2026-11-22, or 22 November 2026.")
    head: tuple[Moment, str] | None = None
    place, body, opening = "", [""], 0
    for number, line in enumerate(opened.lines(), 1):
        if next_head := begins(line, order):
            if head:
                yield _entry(place, *head, body, opening)
                opening = 0
            head, place, body = next_head, f"line {number}", []
        elif not (_RULE.fullmatch(line) and not any(body)) and not _is_period(line):
            body.append(line)
            opening += head is None and bool(line.strip())
    if head:
        yield _entry(place, *head, body, opening)
        return
    moment = dates.read(Path(opened.name).stem[:10])
    if moment is None or not opening:
        hint = "A date such as 2026-11-22 or 22 November 2026 should stand on a line of its own, or begin a heading."
        raise refused("There are no dated parts in this file.", hint)
    yield _entry("line 1", moment, "", body, 0)


def begins(line: str, order: str = "") -> tuple[Moment, str] | None:
    """Return the moment and the rest of a line that begins a part, else None."""
    if len(line) > _LONGEST or not any(sign.isdigit() for sign in line):
        return None
    heading = _heading(line)
    if heading:
        read = dates.leading(heading.strip(_DRESS), order)
        return (read.moment, read.rest.strip(_DRESS)) if read else None
    moment = dates.read(line.strip(_DRESS), order)
    return (moment, "") if moment else None


def _is_period(line: str) -> bool:
    """Return whether a line is a heading that only names a year or month."""
    heading = _heading(line) if len(line) <= _LONGEST else ""
    return bool(heading and _PERIOD.fullmatch(heading))


def _heading(line: str) -> str:
    """Return the words of a Markdown heading, "" when the line is none."""
    words = line.lstrip("#")
    if words == line or not words.startswith((" ", "\t")):
        return ""
    return words.strip().rstrip("#").rstrip()


def _entry(place: str, moment: Moment, title: str, body: list[str], opening: int) -> Found:
    text = "\n".join(part for part in (title, "\n".join(body).strip("\n")) if part)
    return Found(place, moment, text, f"{moment.stored()} {text}", behind={"opening line": opening} if opening else {})
