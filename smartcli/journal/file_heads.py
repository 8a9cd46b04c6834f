"""A glance at an entry: what the head of its file tells, without reading what was written."""

import re
from datetime import date
from typing import NamedTuple

from smartcli.entries.entry import LIVE, Entry

# As `seal` lays a file out. A line end never stands inside a JSON text, so these can only be keys of the whole.
_OURS = b'{\n  "format": 1,\n'
_QUESTIONS = b'\n  "fields": ['
_KEY = re.compile(rb'^  "(id|exercise|day|saved|state)": "([^"\\]*)",?$', re.MULTILINE)


class Glance(NamedTuple):
    """An entry's id, its exercise, the person's day it belongs to, when it was saved, whether it is live."""

    id: str
    exercise: str
    day: date
    saved: str
    live: bool


def glance(data: bytes) -> Glance | None:
    """Return what the bytes of a file tell at a glance; None when they must be read in full."""
    end = data.find(_QUESTIONS)
    if end < 0 or not data.startswith(_OURS) or not data.endswith(b"\n}\n"):
        return None
    told = dict(_KEY.findall(data, 0, end + 1))
    if len(told) < 5:
        return None
    try:
        entry, exercise, day, saved, state = (
            told[name].decode() for name in (b"id", b"exercise", b"day", b"saved", b"state")
        )
        return Glance(entry, exercise, date.fromisoformat(day), saved, state == LIVE)
    except ValueError:
        return None


def of(entry: Entry) -> Glance:
    """Return the same of an entry that was read."""
    return Glance(entry.id, entry.exercise, entry.day, str(entry.body["saved"]), not entry.deleted)
