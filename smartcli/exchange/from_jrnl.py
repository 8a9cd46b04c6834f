"""jrnl (jrnl.sh): its JSON export, its text export, and the journal file itself.

Both exports hold a title (the first sentence), a body, the time to the minute (JSON) or second (text), and a star.
Tags are words of the text that begin with a sign, so they stay where they stand. An entry has no id: it is told by
its minute and its words, and so is the same in either export.
"""

import re
from collections.abc import Iterator
from typing import Any

from smartcli.exchange import dates
from smartcli.exchange.imported import Imported, Left, refused
from smartcli.exchange.json_entries import JsonEntries
from smartcli.exchange.opening import Opened
from smartcli.exchange.parts import date_order, split_by_date
from smartcli.language import _
from smartcli.moments import Moment

_HEAD = re.compile(r"\[([^\]\n]{6,60})\] ?(.*)", re.DOTALL)
_STARRED = re.compile(r"[^*]*\*|.*\s\*")  # a last star that ends no *emphasis*
_KNOWN = {"title", "body", "date", "time", "tags", "starred"}


def is_entry(value: Any) -> bool:
    """Return whether a JSON value looks like an entry of jrnl's."""
    return isinstance(value, dict) and {"title", "body", "date", "time"} <= set(value)


def read_entries(opened: Opened) -> Iterator[Imported | Left]:
    """Yield each entry; raises Trouble."""
    if opened.beginning().lstrip().startswith("{"):
        for number, value in enumerate(JsonEntries(opened.pieces()), 1):
            yield _from_json(_("entry {number}", number=number), value)
    else:
        yield from _from_text(opened)


def begins(line: str, meant: str = "") -> tuple[Moment, str] | None:
    """Return the moment and the title of a line that begins an entry in jrnl's text, else None."""
    match = _HEAD.fullmatch(line)
    if match is None:
        return None
    moment = dates.read(match[1], meant)
    return (moment, match[2]) if moment else None


def _from_json(place: str, value: Any) -> Imported | Left:
    if not is_entry(value) or not all(isinstance(value[name], str) for name in ("title", "body", "date", "time")):
        return Left(place, _("not an entry as jrnl writes them"))
    moment = dates.read(f"{value['date']} {value['time']}")
    if moment is None:
        return Left(place, _("no date that can be read"))
    unknown = any(value[name] for name in set(value) - _KNOWN)
    behind = {"other detail": 1} if unknown else {}
    return _entry(place, moment, value["title"], value["body"], value.get("starred") is True, _tags(value), behind)


def _from_text(opened: Opened) -> Iterator[Imported]:
    meant = date_order(opened, begins, _('In the settings of jrnl, change timeformat to "%F %R". Then export again.'))
    for part in split_by_date(opened, lambda line: begins(line, meant), lambda line, part: False):
        if part.moment is None:
            raise refused(_("This is not a file from jrnl: no line in it begins with a date in square brackets."))
        title = part.title.rstrip()
        starred = _STARRED.fullmatch(title) is not None
        if starred:
            title = title.removesuffix("*").rstrip()
        behind = {"opening line": part.opening} if part.opening else {}
        yield _entry(part.place, part.moment, title, part.body, starred, [], behind)


def _entry(
    place: str, moment: Moment, title: str, body: str, starred: bool, tags: list[str], behind: dict[str, int]
) -> Imported:
    text = "\n".join(part for part in (title, body.strip("\n")) if part)
    also = ["Starred"] if starred else []
    lost = [tag for tag in tags if tag.casefold() not in text.casefold()]  # the others stand in the text
    if lost:
        also.append(f"Tags: {', '.join(lost)}")
    identity = f"{moment.at:%Y-%m-%dT%H:%M} {' '.join(text.split())}"
    return Imported(place, moment, text, identity, also=tuple(also), behind=behind)


def _tags(value: dict[str, Any]) -> list[str]:
    tags = value.get("tags")
    if not isinstance(tags, list):
        return []
    return [tag for tag in tags if isinstance(tag, str)]
