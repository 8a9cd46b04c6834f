"""Day One's JSON export, in its zip archive or taken out of it.

A zip holds one JSON file for each journal, beside folders of photos and recordings. An entry has a uuid, its moment
in UTC, a time zone, and a text in Markdown in which a photo is `![](dayone-moment://ID)` and signs that Markdown
would read are escaped; some have only a `richText`, which is JSON as text. Sources: dayoneapp.com/guides
("Exporting entries", "Importing data to Day One" and its sample archive), and exports people have published.
"""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import datetime, tzinfo
from typing import Any

from smartcli.exchange import dates
from smartcli.exchange.imported import Imported, Left
from smartcli.exchange.json_entries import JsonEntries
from smartcli.exchange.opening import Opened
from smartcli.language import _
from smartcli.moments import Moment, with_local_offset

_MEDIA = {"photos": "photo", "videos": "video", "audios": "recording", "pdfAttachments": "PDF"}
_TECHNICAL = {
    *("uuid", "creationDate", "modifiedDate", "timeZone", "text", "richText", "editingTime", "duration", "isAllDay"),
    *("creationDevice", "creationDeviceModel", "creationDeviceType", "creationOSName", "creationOSVersion"),
    *("tags", "starred", "pinned", "isPinned", "location", "weather", "userActivity", "music", "templateID"),
    *("sourceString", "entryType", "promptID"),
}
_PLACE = ("placeName", "localityName", "administrativeArea", "country")
_HOTTEST = 100  # degrees; more, or less than minus that, is no weather but a fault of the file
_EMBEDDED = re.compile(r"!\[\]\(dayone-moment:/[^)\s]{1,200}\)")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")  # Markdown: a backslash before any ASCII sign stands for the sign


def is_entry(value: Any) -> bool:
    """Return whether a JSON value looks like an entry of Day One's."""
    return isinstance(value, dict) and "creationDate" in value


def read_entries(opened: Opened) -> Iterator[Imported | Left]:
    """Yield each entry of each journal; raises Trouble."""
    for number, value in enumerate(JsonEntries(opened.pieces()), 1):
        yield _entry(_("entry {number}", number=number), value)


def _entry(place: str, value: Any) -> Imported | Left:
    if not is_entry(value):
        return Left(place, _("not an entry as Day One writes them"))
    written = dates.read(_words(value, "creationDate"))
    zone, zone_known = _zone(value)
    moment = _moment(written, zone, whole_day=value.get("isAllDay") is True) if written else None
    if written is None or moment is None:
        return Left(place, _("no date that can be read"))
    text = _ESCAPED.sub(r"\1", _EMBEDDED.sub("(photo)", _words(value, "text")))
    if not text.strip():
        text = _rich_text(_words(value, "richText"))
    behind = _behind(value)
    if not text.strip() and behind:
        # Part of the entry, and of its id: the same on every device, so always in English.
        text = f"({' and '.join(_counted(number, what) for what, number in behind.items())})"
    if not (zone_known or written.whole_day):  # a date alone needs no zone
        behind["time zone"] = 1
    name = _words(value, "uuid")
    return Imported(
        place,
        moment,
        text.strip("\n"),
        identity=name or f"{moment.at.isoformat()} {text}",
        also=tuple(_also(value)),
        behind=behind,
        named=bool(name),
    )


def _rich_text(words: str) -> str:
    """Return the words of an entry's rich text, which is JSON again: runs of text, and photos between them."""
    try:
        contents = json.loads(words)["contents"]
        parts = [part.get("text") or ("(photo)\n" if part.get("embeddedObjects") else "") for part in contents]
        return "".join(parts)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return ""


def _moment(written: Moment, zone: tzinfo | None, *, whole_day: bool) -> Moment | None:
    """Return when an entry was, in its own time zone (None: the local one); None where no clock reaches."""
    if written.whole_day:
        return written
    try:
        at = written.at.astimezone(zone) if zone else with_local_offset(written.at)
        at = datetime.fromisoformat(at.isoformat(timespec="seconds"))  # a plain offset, as entries keep it
    except (OverflowError, OSError, ValueError):
        return None
    if whole_day:
        return Moment(at.replace(hour=12, minute=0, second=0), whole_day=True)
    return Moment(at)


def _zone(value: Mapping[str, Any]) -> tuple[tzinfo | None, bool]:
    """Return an entry's time zone (None: local time), and False where it names one that is not known here."""
    name = _words(value, "timeZone")
    if not name:
        return None, True
    zone = dates.zone_named(name)
    return zone, zone is not None


def _also(value: Mapping[str, Any]) -> Iterator[str]:
    """Yield what there is no question for, in words."""
    tags = _tags(value)
    if tags:
        yield f"Tags: {', '.join(tags)}"
    if value.get("starred") is True:
        yield "Starred"
    if value.get("pinned") is True or value.get("isPinned") is True:
        yield "Pinned"
    facts = {
        "Place": dict.fromkeys(_parts(value.get("location"), *_PLACE)),  # a town may be its own region
        "Weather": _weather(value.get("weather")),
        "Activity": _parts(value.get("userActivity"), "activityName"),
        "Music": _parts(value.get("music"), "track", "artist", "album"),
    }
    for name, parts in facts.items():
        if parts:
            yield f"{name}: {', '.join(parts)}"


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _tags(value: Mapping[str, Any]) -> list[str]:
    tags = value.get("tags")
    if not isinstance(tags, list):
        return []
    return [tag for tag in tags if isinstance(tag, str) and tag.strip()]


def _weather(value: Any) -> list[str]:
    parts = _parts(value, "conditionsDescription")
    degrees = value.get("temperatureCelsius") if isinstance(value, dict) else None
    if isinstance(degrees, int | float) and abs(degrees) < _HOTTEST:
        parts.append(f"{degrees:.0f} °C")
    return parts


def _parts(value: Any, *names: str) -> list[str]:
    """Return the words that a JSON object has under some names, in the order of the names."""
    if not isinstance(value, dict):
        return []
    words = [_words(value, name) for name in names]
    return [part for part in words if part.strip()]


def _behind(value: Mapping[str, Any]) -> dict[str, int]:
    """Return how many photos, recordings and other details stay in the file."""
    behind = {}
    for name, called in _MEDIA.items():
        media = value.get(name)
        if isinstance(media, list) and media:
            behind[called] = len(media)
    others = [name for name in value if name not in _TECHNICAL and name not in _MEDIA and value[name]]
    if others:
        behind["other detail"] = len(others)
    return behind


def _words(value: Mapping[str, Any], name: str) -> str:
    words = value.get(name)
    return words if isinstance(words, str) else ""
