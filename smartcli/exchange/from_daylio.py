"""Daylio's csv export, and its backup.

Columns of the csv: full_date, date, weekday, time, mood, activities (parted by "|"), scales (in later versions),
note_title, note. Files before 2020 have `year` and a date such as "18 May" instead of `full_date`. Weekday, date, time
and mood are in the phone's language. A spreadsheet that saves it again may write `full_date` in its own way. Sources:
exports people have published (MichaelCurrin/daylio-csv-parser on GitHub has a sample and a description).

The backup is JSON in base64, in a zip. There each mood has a group from 1 (best) to 5 in any language, each entry its
moment with an offset. Sources: charistas/daylio-scribe and other readers of it on GitHub.

Daylio's five moods are five equal parts of our scale from 0 to 10; each becomes the middle of its part: rad 9, good 7,
meh 5, bad 3, awful 1. A mood that the csv calls otherwise stays as words; a mapping file can give it a number.
"""

import base64
import binascii
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from smartcli.exchange import dates
from smartcli.exchange.imported import Imported, Left, refused
from smartcli.exchange.markup import plain_text
from smartcli.exchange.opening import Opened
from smartcli.exchange.rows import Rows
from smartcli.language import N_, _
from smartcli.moments import Moment
from smartcli.words import folded

MOODS = {
    **{"rad": 9, "good": 7, "meh": 5, "bad": 3, "awful": 1},
    **{"super": 9, "gut": 7, "ok": 5, "schlecht": 3, "lausig": 1},  # the German app's
}
SCALE = N_("rad is 9 of 10, good 7, meh 5, bad 3, awful 1; a mood by another name stays as words.")
UNNUMBERED = "mood in words"  # the key of `behind` for a mood that has no number
_NAMES = ("rad", "good", "meh", "bad", "awful")  # of the groups 1 to 5
_LARGEST = 32 * 1024 * 1024  # characters of a backup in base64: some 100,000 entries
_VALUES = 3_000_000  # in a backup
_BASE64_OF_OBJECT = re.compile(r"e[wy][A-Za-z0-9+/=\s]*\Z")  # base64 of text that begins with "{"


_COLUMNS = {
    *("full_date", "date", "year", "weekday", "time", "mood", "activities", "scales", "note_title", "note"),
    "",  # of a separator at the end of a line
}


def is_header(columns: Sequence[str]) -> bool:
    """Return whether the names of the columns are Daylio's."""
    return {"mood", "activities", "time", "note"} <= set(columns) and ("full_date" in columns or "year" in columns)


def is_backup(opened: Opened) -> bool:
    """Return whether a file is what lies in the zip of a backup: base64 of a JSON object."""
    return bool(_BASE64_OF_OBJECT.match(opened.beginning()[:1000]))


def read_entries(opened: Opened) -> Iterator[Imported | Left]:
    """Yield each entry; raises Trouble."""
    if is_backup(opened):
        yield from _entries_of_backup(_backup_in(opened))
        return
    rows = Rows(opened)
    if not is_header(rows.columns):
        raise refused(_("This is not a csv from Daylio: the columns have other names."))
    named = (_named(rows.columns, cells) for _line, cells in rows)
    hint = _('Name a mapping file with --from that says dates = "{order}", or the other way.', order=dates.DAY_FIRST)
    order = dates.order_of((_day(row) for row in named), hint)
    for line, cells in rows:
        yield _entry(_("line {line}", line=line), _named(rows.columns, cells), "\x1f".join(cells), order)


def _named(columns: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    """Return the cells of a row by the names of their columns; a row may be longer than the head."""
    names = [*columns, *(f"Column {number}" for number in range(len(columns) + 1, len(cells) + 1))]
    return dict(zip(names, cells, strict=True))


def _day(row: Mapping[str, str]) -> str:
    return row.get("full_date") or f"{row.get('date', '')} {row.get('year', '')}"


def _entry(place: str, row: Mapping[str, str], identity: str, order: str) -> Imported | Left:
    day = _day(row)
    clock = " ".join(row["time"].split())  # some phones put a narrow space before "pm"
    moment = dates.read(f"{day} {clock}", order)
    timed = moment is not None and not moment.whole_day
    moment = moment or dates.read(day, order)
    if moment is None:
        return Left(place, _("no date that can be read"))
    mood = MOODS.get(folded(row["mood"]))
    facts = {
        "Time": "" if timed else clock,
        "Mood": row["mood"].strip(),
        "Activities": ", ".join(_listed(row["activities"])),
        "Scales": ", ".join(" ".join(scale.split()) for scale in _listed(row.get("scales", ""))),
    }
    facts |= {name: cell.strip() for name, cell in row.items() if name not in _COLUMNS}
    also = tuple(f"{name}: {words}" for name, words in facts.items() if words)
    title, note = row.get("note_title", "").strip(), plain_text(row["note"])
    text = "\n".join(part for part in (title, note) if part)
    return Imported(place, moment, text, identity, mood, also, _behind(mood, row["mood"]))


def _behind(mood: float | None, name: str) -> dict[str, int]:
    return {UNNUMBERED: 1} if mood is None and name.strip() else {}


def _listed(cell: str) -> list[str]:
    return [part.strip() for part in cell.split("|") if part.strip()]


def _backup_in(opened: Opened) -> dict[str, Any]:
    """Return the JSON object in a backup; raises Trouble."""
    words = ""
    for piece in opened.pieces():
        words += piece
        if len(words) > _LARGEST:
            raise refused(_("The backup is too large."))
    damaged = refused(_("The backup is damaged."))
    try:
        data = base64.b64decode(words).decode("utf-8")
        if sum(data.count(sign) for sign in "[{,") > _VALUES:
            raise refused(_("The backup is too large."))
        backup = json.loads(data)
    except (binascii.Error, ValueError, RecursionError):
        raise damaged from None
    if not isinstance(backup, dict) or not isinstance(backup.get("dayEntries"), list):
        raise damaged
    return backup


def _entries_of_backup(backup: Mapping[str, Any]) -> Iterator[Imported | Left]:
    moods = {_hashable(mood.get("id")): mood for mood in _objects(backup, "customMoods")}
    tags = {_hashable(tag.get("id")): str(tag.get("name", "")) for tag in _objects(backup, "tags")}
    for number, entry in enumerate(backup["dayEntries"], 1):
        place = _("entry {number}", number=number)
        moment = _moment_in(entry) if isinstance(entry, dict) else None
        if moment is None:
            yield Left(place, _("no date that can be read"))
            continue
        group, name = _mood_in(moods.get(_hashable(entry.get("mood")), {}))
        listed = entry.get("tags")
        activities = [tags.get(_hashable(tag), "") for tag in listed] if isinstance(listed, list) else []
        facts = {"Mood": name, "Activities": ", ".join(filter(None, activities))}
        behind = _behind(group, name)
        if isinstance(entry.get("assets"), list) and entry["assets"]:
            behind["photo"] = len(entry["assets"])
        parts = [str(entry.get("note_title") or "").strip(), plain_text(str(entry.get("note") or ""))]
        yield Imported(
            place,
            moment,
            "\n".join(filter(None, parts)),
            f"daylio {entry.get('id')} {entry.get('datetime')}",
            group,
            tuple(f"{name}: {words}" for name, words in facts.items() if words),
            behind,
            named=True,
        )


def _objects(backup: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    listed = backup.get(name)
    return [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []


def _hashable(value: Any) -> int | str | None:
    return value if isinstance(value, int | str) else None


def _mood_in(mood: Mapping[str, Any]) -> tuple[float | None, str]:
    """Return the number of a mood of the backup, and its name."""
    group = mood.get("mood_group_id")
    known = isinstance(group, int) and 1 <= group <= len(_NAMES)
    english = _NAMES[group - 1] if isinstance(group, int) and known else ""
    return (MOODS[english] if known else None), str(mood.get("custom_name") or english)


def _moment_in(entry: Mapping[str, Any]) -> Moment | None:
    """Return when an entry of the backup was: milliseconds since 1970, and its offset in milliseconds."""
    since, offset = entry.get("datetime"), entry.get("timeZoneOffset", 0)
    if not isinstance(since, int) or not isinstance(offset, int):
        return None
    try:
        zone = timezone(timedelta(minutes=round(offset / 60_000)))
        return Moment(datetime.fromtimestamp(since // 1000, UTC).astimezone(zone))
    except (OverflowError, OSError, ValueError):
        return None
