"""Plain text or Markdown with dates: each part below a date is an entry, or the whole file where it has one date.

A date stands on a line of its own, plain or dressed (`**22 November 2026**`, `--- 2026-11-22 ---`), with a time or
without, or begins a Markdown heading (`## 2026-11-22 A walk`; what follows it is the entry's first line). Where no
line is such a date, lines may begin with one (`2026-11-22 21:30 Words`, as jrnl 1 had it, `- 2026-11-22: words`).

A note is one entry: a file whose name holds a date, or with a date in its front matter. Its title and tags are kept.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date
from itertools import islice

from smartcli.exchange import dates
from smartcli.exchange.front_matter import FrontMatter, take_front_matter
from smartcli.exchange.imported import Imported, refused
from smartcli.exchange.note_names import moment_in_name
from smartcli.exchange.opening import Opened
from smartcli.exchange.parts import DatedPart, date_order, split_by_date
from smartcli.language import _
from smartcli.moments import MONTHS, Moment

UNREAD = "unread"  # the key of `behind` for lines that seem to be dates, and stay words of the part they are in
_LIKE_DATE = re.compile(  # "22 listopada 2026", "22.11.2026 om 21.30", with a weekday before it or not
    r"(?:[^\W\d_]+\.?,?\s+)?(?:\d{1,2}\.?\s+[^\W\d_]+\.?,?\s+(?:19|20)\d\d|\d{1,4}([-/.])\d{1,2}\1\d{2,4})"
    r"(?:\D{1,9}\d{1,2}(?:[:.h]\d\d)?)?"
)
_LONGEST = 200  # characters; a line with a date is short
_DRESS = " \t*_=~-–—:[]()<>"
_PERIOD = re.compile(rf"(?:(?:{'|'.join(MONTHS)})\s*)?(?:\d{{4}})?", re.IGNORECASE)  # "# 2026", "## March"
_YEAR = re.compile(r"\d{2}")
_RULE = re.compile(r"[=\-*_~]{3,}")
_BULLET = re.compile(r"\s*(?:(?:[-+•]|\*{1,6}|\d{1,3}[.)])\s+)?[\[<(*_]*")
_AFTER_DAY = re.compile(r"[>\])*_]*\s*(?:[:—–]|-\s|$)")
_DATES = (
    "date",
    "created",
    "created_at",
    "creation date",
    "day",
    "when",
    "timestamp",
)  # in the order they are looked for
_TAGS = ("tags", "tag", "keywords")
_NOTE_KEYS = {"id", "uid", "uuid", "modified", "updated", "edited", "cssclass", "cssclasses", "position"}


def read_entries(opened: Opened) -> Iterator[Imported]:
    """Yield each dated part, or the one note; raises Trouble."""
    front, _lines, taken = take_front_matter(opened.lines())
    hint = _("Write one of them as 2026-11-22, or 22 November 2026.")
    meant = date_order(opened, begins, hint)
    note = _dated_note(front, opened.name)
    if note and not _is_diary(opened, taken, meant):
        yield _whole(opened, front or FrontMatter(), taken, *note)
        return
    begin: Callable[[str, str], tuple[Moment, str] | None] = begins
    if not any(begins(line, meant) for line in opened.lines()):
        begin = begins_with_words
        meant = date_order(opened, begin, hint)
    for part in split_by_date(opened, lambda line: begin(line, meant), _is_ornament):
        if part.moment is None:
            hint = _("A date such as 2026-11-22 or 22 November 2026 should stand on its own line, or begin a heading.")
            raise refused(_("There are no dated parts in this file."), hint)
        text = "\n".join(words for words in (part.title, part.body) if words)
        behind = {"opening line": part.opening, UNREAD: sum(map(_looks_like_date, part.body.split("\n")))}
        behind = {what: number for what, number in behind.items() if number}
        yield Imported(part.place, part.moment, text, f"{part.moment.stored()} {text}", behind=behind)


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


def begins_with_words(line: str, meant: str = "") -> tuple[Moment, str] | None:
    """Return the moment and the words of a line that begins with a date and a time, or a date and a colon or dash."""
    bullet = _BULLET.match(line[:_LONGEST])
    words = line[bullet.end() :] if bullet else line
    if not words[:1].isalnum():
        return None
    read = dates.leading(words, meant)
    if read is None or (read.moment.whole_day and not _AFTER_DAY.match(read.rest)):
        return None
    return read.moment, read.rest.strip(_DRESS)


def _dated_note(front: FrontMatter | None, name: str) -> tuple[Moment, str] | None:
    """Return when a note was, and its title, by its front matter or its name; None for a text that says neither."""
    title = front.values.get("title", "") if front else ""
    named = moment_in_name(name)
    for key in _DATES if front else ():
        moment = dates.read(front.values.get(key, "")) if front else None
        if moment and front and moment.whole_day and front.values.get("time"):
            moment = dates.read(f"{front.values[key]} {front.values['time']}") or moment
        if moment:
            return moment, title or (named[1] if named else "")
    return (named[0], title or named[1]) if named else None


def _is_diary(opened: Opened, taken: int, meant: str) -> bool:
    """Return whether a text below its front matter begins with a date and has others: it is more than one note."""
    days: set[date] = set()
    for line in islice(opened.lines(), taken, None):
        if not line.strip():
            continue
        head = begins(line, meant)
        if head:
            days.add(head[0].at.date())
        if not days or len(days) > 1:
            break
    return len(days) > 1


def _whole(opened: Opened, front: FrontMatter, taken: int, moment: Moment, title: str) -> Imported:
    """Return a note as one entry; a heading that only says its day again is left out."""
    part = DatedPart("", moment)
    for line in islice(opened.lines(), taken, None):
        head = begins(line) if part.empty else None
        if head and head[0].at.date() == moment.at.date():
            title = head[1] or title
        else:
            part.add(line)
    first = part.body.partition("\n")[0]
    text = part.body if title in ("", _heading(first), first) else f"{title}\n{part.body}".rstrip("\n")
    tags = ", ".join(front.values[name] for name in _TAGS if front.values.get(name))
    also = [f"Tags: {tags}"] if tags else []
    for name, value in front.values.items():
        if value and name not in (*_DATES, "time", "title", *_TAGS, *_NOTE_KEYS):
            also.append(f"{name}: {value}")
    behind = {"other detail": front.unread} if front.unread else {}
    place = _("line {line}", line=taken + 1)
    return Imported(place, moment, text, f"{moment.stored()} {text}", also=tuple(also), behind=behind)


def _is_ornament(line: str, part: DatedPart) -> bool:
    """Return whether a line is a rule right below the date, or a heading that only names a year or month."""
    if part.empty and _RULE.fullmatch(line):
        return True
    heading = _heading(line) if len(line) <= _LONGEST else ""
    return heading != "" and _PERIOD.fullmatch(heading) is not None


def _looks_like_date(line: str) -> bool:
    """Return whether a line without a date that can be read seems to be one: written in another language, say."""
    return len(line) <= _LONGEST and _LIKE_DATE.fullmatch((_heading(line) or line).strip(_DRESS)) is not None


def _heading(line: str) -> str:
    """Return the words of a Markdown heading, "" when the line is none."""
    words = line.lstrip("#")
    if words == line or not words.startswith((" ", "\t")):
        return ""
    return words.strip().rstrip("#").rstrip()
