"""Daylio's csv export.

Columns: full_date, date, weekday, time, mood, activities (parted by "|"), scales (in later versions), note_title,
note. Files before 2020 have `year` and a date such as "18 May" instead of `full_date`. Weekday, date, time and mood
are in the phone's language. Sources: exports people have published (MichaelCurrin/daylio-csv-parser on GitHub has
a sample and a description).

Daylio's five moods are five equal parts of our scale from 0 to 10; each becomes the middle of its part: rad 9, good 7,
meh 5, bad 3, awful 1. A mood the person has named otherwise stays as words; a mapping file can give it a number.
"""

import html
import re
from collections.abc import Iterator, Sequence

from smartcli.exchange import dates
from smartcli.exchange.imported import Imported, Left, refused
from smartcli.exchange.opening import Opened
from smartcli.exchange.rows import Rows
from smartcli.language import N_, _
from smartcli.words import folded

MOODS = {
    **{"rad": 9, "good": 7, "meh": 5, "bad": 3, "awful": 1},
    **{"super": 9, "gut": 7, "ok": 5, "schlecht": 3, "lausig": 1},  # the German app's
}
SCALE = N_("rad is 9 of 10, good 7, meh 5, bad 3, awful 1; a mood by another name stays as words.")
_BREAK = re.compile(r"<br ?/?>|</(?:p|li|div)>", re.IGNORECASE)
_MARKUP = re.compile(r"</?(?:p|li|ul|ol|div|b|i|u|s|strong|em|span|font|h[1-6])>", re.IGNORECASE)


def is_header(columns: Sequence[str]) -> bool:
    """Return whether the names of the columns are Daylio's."""
    return {"mood", "activities", "time", "note"} <= set(columns) and ("full_date" in columns or "year" in columns)


def read_entries(opened: Opened) -> Iterator[Imported | Left]:
    """Yield each row; raises Trouble."""
    rows = Rows(opened)
    if not is_header(rows.columns):
        raise refused(_("This is not a csv from Daylio: the columns have other names."))
    for line, cells in rows:
        yield _entry(_("line {line}", line=line), dict(zip(rows.columns, cells, strict=False)), "\x1f".join(cells))


def _entry(place: str, row: dict[str, str], identity: str) -> Imported | Left:
    day = row.get("full_date") or f"{row.get('date', '')} {row.get('year', '')}"
    clock = " ".join(row["time"].split())  # some phones put a narrow space before "pm"
    moment = dates.read(f"{day} {clock}")
    timed = moment is not None and not moment.whole_day
    moment = moment or dates.read(day)
    if moment is None:
        return Left(place, _("no date that can be read"))
    facts = {
        "Time": "" if timed else clock,
        "Mood": row["mood"].strip(),
        "Activities": ", ".join(_listed(row["activities"])),
        "Scales": ", ".join(" ".join(scale.split()) for scale in _listed(row.get("scales", ""))),
    }
    also = tuple(f"{name}: {words}" for name, words in facts.items() if words)
    title, note = row.get("note_title", "").strip(), _plain(row["note"])
    text = "\n".join(part for part in (title, note) if part)
    return Imported(place, moment, text, identity, MOODS.get(folded(row["mood"])), also)


def _listed(cell: str) -> list[str]:
    return [part.strip() for part in cell.split("|") if part.strip()]


def _plain(note: str) -> str:
    """Return a note without the markup of the app's own editor."""
    if "<" not in note and "&" not in note:
        return note
    return html.unescape(_MARKUP.sub("", _BREAK.sub("\n", note))).replace("\xa0", " ").strip("\n")
