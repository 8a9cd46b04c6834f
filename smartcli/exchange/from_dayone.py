"""Day One's JSON export, in its zip archive or taken out of it.

A zip holds one JSON file for each journal, beside folders of photos and recordings. An entry has a uuid, its moment
in UTC, a time zone, and a text in Markdown in which a photo is `![](dayone-moment://ID)` and signs that Markdown
would read are escaped. Sources: dayoneapp.com/guides ("Exporting entries", "Importing data to Day One" and its sample
archive), and exports people have published.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from smartcli.exchange import dates
from smartcli.exchange.imported import Imported, Left
from smartcli.exchange.json_entries import JsonEntries
from smartcli.exchange.opening import Opened
from smartcli.moments import Moment
from smartcli.words import count, joined

_MEDIA = {"photos": "photo", "videos": "video", "audios": "recording", "pdfAttachments": "PDF"}
_TECHNICAL = {
    *("uuid", "creationDate", "modifiedDate", "timeZone", "text", "richText", "editingTime", "duration", "isAllDay"),
    *("creationDevice", "creationDeviceModel", "creationDeviceType", "creationOSName", "creationOSVersion"),
    *("tags", "starred", "pinned", "isPinned", "location", "weather", "userActivity", "music", "templateID"),
    *("sourceString", "entryType", "promptID"),
}
_EMBEDDED = re.compile(r"!\[\]\(dayone-moment:/[^)\s]{1,200}\)")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")  # Markdown: a backslash before any ASCII sign stands for the sign


def is_entry(value: Any) -> bool:
    """Return whether a JSON value looks like an entry of Day One's."""
    return isinstance(value, dict) and "creationDate" in value


def read_entries(opened: Opened) -> Iterator[Imported | Left]:
    """Yield each entry of each journal; raises Trouble."""
    values = (value for document in opened.documents() for value in JsonEntries(document))
    for number, value in enumerate(values, 1):
        yield _entry(f"entry {number}", value)


def _entry(place: str, value: Any) -> Imported | Left:
    if not is_entry(value):
        return Left(place, "not an entry as Day One writes them")
    moment, zone_known = _moment(value)
    if moment is None:
        return Left(place, "no date that can be read")
    text = _ESCAPED.sub(r"\1", _EMBEDDED.sub("(photo)", _words(value, "text")))
    behind = _behind(value)
    if not text.strip() and behind:
        text = f"({joined(count(number, what) for what, number in behind.items())})"
    name = _words(value, "uuid")
    return Imported(
        place,
        moment,
        text.strip("\n"),
        name or f"{moment.at.isoformat()} {text}",
        also=tuple(_also(value)),
        behind=behind | ({} if zone_known else {"time zone": 1}),
        named=bool(name),
    )


def _moment(value: Mapping[str, Any]) -> tuple[Moment | None, bool]:
    """Return when it was, in its own time zone, and whether that zone is known here (else: local time)."""
    moment = dates.read(_words(value, "creationDate"))
    if moment is None or moment.whole_day:
        return moment, True
    name = _words(value, "timeZone")
    zone = _zone(name)
    try:
        at = moment.at.astimezone(zone)
        at = datetime.fromisoformat(at.isoformat(timespec="seconds"))  # a plain offset, as entries keep it
    except (OverflowError, OSError, ValueError):
        return None, True
    return Moment(at.replace(hour=12, minute=0, second=0) if value.get("isAllDay") is True else at,
                  value.get("isAllDay") is True), zone is not None or not name  # fmt: skip


def _zone(name: str) -> Any:
    if name in ("UTC", "GMT"):
        return UTC
    try:
        return ZoneInfo(name) if re.fullmatch(r"[A-Za-z]+(?:[/_+-][A-Za-z0-9_+-]+)*", name) else None
    except (OSError, ValueError, KeyError):  # not known here, or no list of zones at all (Windows)
        return None


def _also(value: Mapping[str, Any]) -> Iterator[str]:
    """Yield what there is no question for, in words."""
    tags = value.get("tags")
    named = [tag for tag in tags if isinstance(tag, str) and tag.strip()] if isinstance(tags, list) else []
    if named:
        yield f"Tags: {', '.join(named)}"
    if value.get("starred") is True:
        yield "Starred"
    if value.get("pinned") is True or value.get("isPinned") is True:
        yield "Pinned"
    place = _parts(value.get("location"), "placeName", "localityName", "administrativeArea", "country")
    if place:
        yield f"Place: {', '.join(dict.fromkeys(place))}"
    weather = _parts(value.get("weather"), "conditionsDescription")
    degrees = value["weather"].get("temperatureCelsius") if isinstance(value.get("weather"), dict) else None
    if isinstance(degrees, int | float) and abs(degrees) < 100:
        weather.append(f"{degrees:.0f} °C")
    if weather:
        yield f"Weather: {', '.join(weather)}"
    activity = _parts(value.get("userActivity"), "activityName")
    if activity:
        yield f"Activity: {', '.join(activity)}"
    music = _parts(value.get("music"), "track", "artist", "album")
    if music:
        yield f"Music: {', '.join(music)}"


def _parts(value: Any, *names: str) -> list[str]:
    return [_words(value, name) for name in names if _words(value, name).strip()] if isinstance(value, dict) else []


def _behind(value: Mapping[str, Any]) -> dict[str, int]:
    media = {one: len(value[name]) for name, one in _MEDIA.items() if isinstance(value.get(name), list) and value[name]}
    other = [name for name in value if name not in _TECHNICAL and name not in _MEDIA and value[name]]
    return media | ({"other detail": len(other)} if other else {})


def _words(value: Mapping[str, Any], name: str) -> str:
    words = value.get(name)
    return words if isinstance(words, str) else ""
