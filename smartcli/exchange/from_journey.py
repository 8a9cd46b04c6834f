"""Journey's export: a zip (or the folder it unpacks to) with one JSON file for each entry, beside its photos.

An entry has an id, its moment in milliseconds since 1970, a time zone by name, a text (html where `type` says so),
tags, an address, weather, photos by name. Its `mood` and `sentiment` have no scale that is written down anywhere, so
they stay as words. Sources: exports people have published, and scripts that read them (GitHub).
"""

from collections.abc import Iterator, Mapping
from typing import Any

from smartcli.exchange import dates
from smartcli.exchange.imported import Imported, Left
from smartcli.exchange.json_entries import JsonEntries
from smartcli.exchange.markup import plain_text
from smartcli.exchange.opening import Opened
from smartcli.language import _

_ALSO = {"address": "Place", "label": "Label", "folder": "Folder", "music_title": "Music", "music_artist": "Artist"}
_READ = {
    *("id", "text", "date_journal", "timezone", "tags", "favourite", "photos", "mood", "weather", *_ALSO),
    *("date_modified", "preview_text", "lat", "lon", "sentiment", "type", "google_fit", "linked_account_id"),
    *("schema_version", "version", "encrypted", "share"),
}


def is_entry(value: Any) -> bool:
    """Return whether a JSON value looks like an entry of Journey's."""
    return isinstance(value, dict) and {"text", "date_journal"} <= set(value)


def read_entries(opened: Opened) -> Iterator[Imported | Left]:
    """Yield each entry; raises Trouble."""
    for number, value in enumerate(JsonEntries(opened.pieces()), 1):
        yield _entry(_("entry {number}", number=number), value)


def _entry(place: str, value: Any) -> Imported | Left:
    if not is_entry(value) or not isinstance(value["text"], str):
        return Left(place, _("not an entry as Journey writes them"))
    zone = dates.zone_named(str(value.get("timezone") or ""))
    moment = dates.of_epoch(str(value["date_journal"]), zone)
    if moment is None:
        return Left(place, _("no date that can be read"))
    behind = {}
    if isinstance(value.get("photos"), list) and value["photos"]:
        behind["photo"] = len(value["photos"])
    if value.get("timezone") and zone is None:
        behind["time zone"] = 1
    others = [name for name in value if name not in _READ and value[name]]
    if others:
        behind["other detail"] = len(others)
    text = plain_text(value["text"])
    if not text.strip() and "photo" in behind:
        text = "(photo)"  # always in English: part of the entry, the same on every device
    name = value["id"] if isinstance(value.get("id"), str) else ""
    identity = name or f"{value['date_journal']} {text}"
    return Imported(place, moment, text, identity, also=tuple(_also(value)), behind=behind, named=bool(name))


def _also(value: Mapping[str, Any]) -> Iterator[str]:
    """Yield what there is no question for, in words."""
    tags = value.get("tags")
    words = [tag for tag in tags if isinstance(tag, str) and tag.strip()] if isinstance(tags, list) else []
    if words:
        yield f"Tags: {', '.join(words)}"
    if value.get("favourite") is True:
        yield "Starred"
    if isinstance(value.get("mood"), int | float) and value["mood"]:
        yield f"Mood: {value['mood']}"
    for name, called in _ALSO.items():
        fact = value.get(name)
        if isinstance(fact, str) and fact.strip():
            yield f"{called}: {fact.strip()}"
    weather = value.get("weather")
    if isinstance(weather, dict) and isinstance(weather.get("description"), str) and weather["description"].strip():
        yield f"Weather: {weather['description'].strip()}"
