"""Plain text or Markdown with dates: each part below a date is an entry.

A date stands on a line of its own, plain or dressed (`**22 November 2026**`, `--- 2026-11-22 ---`), with a time or
without, or begins a Markdown heading (`## 2026-11-22 A walk`; what follows it is the entry's first line). A file
without such lines whose name begins with a date, as daily notes have it, is one entry.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from smartcli.exchange import dates
from smartcli.exchange.imported import Imported, refused
from smartcli.exchange.opening import Opened
from smartcli.exchange.parts import DatedPart, date_order, split_by_date
from smartcli.language import _
from smartcli.moments import MONTHS, Moment

_LONGEST = 200  # characters; a line with a date is short
_DRESS = " \t*_=~-–—:[]()>"
_PERIOD = re.compile(rf"(?:(?:{'|'.join(MONTHS)})\s*)?(?:\d{{4}})?", re.IGNORECASE)  # "# 2026", "## March"
_YEAR = re.compile(r"\d{4}")
_RULE = re.compile(r"[=\-*_~]{3,}")


def read_entries(opened: Opened) -> Iterator[Imported]:
    """Yield each dated part; raises Trouble."""
    meant = date_order(opened, begins, _("Write one of them as 2026-11-22, or 22 November 2026."))
    for part in split_by_date(opened, lambda line: begins(line, meant), _is_ornament):
        moment = part.moment or dates.read(Path(opened.name).stem[:10])
        if moment is None or (part.moment is None and part.empty):
            hint = _("A date such as 2026-11-22 or 22 November 2026 should stand on its own line, or begin a heading.")
            raise refused(_("There are no dated parts in this file."), hint)
        text = "\n".join(words for words in (part.title, part.body) if words)
        behind = {"opening line": part.opening} if part.opening else {}
        yield Imported(part.place, moment, text, f"{moment.stored()} {text}", behind=behind)


def begins(line: str, meant: str = "") -> tuple[Moment, str] | None:
    """Return the moment and the rest of a line that begins a part, else None."""
    if len(line) > _LONGEST or not _YEAR.search(line):
        return None
    heading = _heading(line)
    if heading:
        read = dates.leading(heading.strip(_DRESS), meant)
        return (read.moment, read.rest.strip(_DRESS)) if read else None
    moment = dates.read(line.strip(_DRESS), meant)
    return (moment, "") if moment else None


def _is_ornament(line: str, part: DatedPart) -> bool:
    """Return whether a line is a rule right below the date, or a heading that only names a year or month."""
    if part.empty and _RULE.fullmatch(line):
        return True
    heading = _heading(line) if len(line) <= _LONGEST else ""
    return heading != "" and _PERIOD.fullmatch(heading) is not None


def _heading(line: str) -> str:
    """Return the words of a Markdown heading, "" when the line is none."""
    words = line.lstrip("#")
    if words == line or not words.startswith((" ", "\t")):
        return ""
    return words.strip().rstrip("#").rstrip()
