"""What lies ahead as a calendar (RFC 5545): steps with a day, the day a trial is looked at again, the newest week
plan, a daily minute to check in.

Titles are neutral, for a phone shows them to whoever is near; the person's own words stand in the description.
The same thing has the same UID in every export, so that a calendar replaces it and does not double it.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, NamedTuple

from smartcli import __version__
from smartcli.entries.entry import Entry
from smartcli.fields import Field, Table
from smartcli.language import _
from smartcli.moments import DAYS, Moment, recall
from smartcli.words import folded, visible

CHECK_IN = time(20)  # local; a calendar lets it be moved
_FOLD = 75  # octets a line may have, RFC 5545 3.1


class Event(NamedTuple):
    """One thing in the calendar; `start` is a whole day or a moment. `uid` is hashed: it may hold own ids."""

    uid: str
    start: date | datetime
    title: str
    words: str
    saved: datetime


def calendar(entries: Iterable[Entry], now: datetime) -> Iterator[str]:
    """Yield the calendar, piece by piece, from entries newest first, seen from `now` (a local moment)."""
    yield _lines(["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//smartcli//{__version__}//EN", "CALSCALE:GREGORIAN"])
    yield _reminder(now)
    planned = False
    tried: set[str] = set()  # behaviours whose newest trial was told: it took the place of those before
    for entry in entries:
        yield from map(_event, _steps(entry))
        about = folded(entry.behaviour or "")
        if "trial.review" in entry.measures and about not in tried:
            tried.add(about)
            yield from map(_event, _review(entry))
        if not planned and (week := [*_week(entry)]):
            planned = True
            yield from map(_event, week)
    yield _lines(["END:VCALENDAR"])


def _steps(entry: Entry) -> Iterator[Event]:
    """Yield the steps of an entry that have a day of their own and are not done."""
    rows: list[tuple[str, Mapping[str, Any], Iterable[Field]]] = [
        ("", entry.answers, [one.field for one in entry.fields])
    ]
    for field, answer, _seconds in entry.fields:
        if isinstance(field, Table):
            rows += [(f"{field.id}/{number}/", row, field.columns) for number, row in enumerate(answer)]
    for place, answers, fields in rows:
        named = {field.measure: answers[field.id] for field in fields if field.measure and field.id in answers}
        due, step = named.get("goal.due"), named.get("goal.step")
        if isinstance(due, str) and isinstance(step, str) and named.get("goal.done") is not True:
            yield Event(f"{entry.id}/{place}step", _start(recall(due)), _("A small step"), step, _saved(entry))


def _review(entry: Entry) -> Iterator[Event]:
    """Yield the day on which a trial is looked at again, unless it was decided already what comes of it."""
    review = entry.first("trial.review")
    if isinstance(review, str) and entry.first("trial.decision") is None:
        words = _("`smartcli later` asks how things went.")
        yield Event(f"{entry.id}/review", _start(recall(review)), _("A day to look back"), words, _saved(entry))


def _start(moment: Moment) -> date | datetime:
    return moment.at.date() if moment.whole_day else moment.at


def _week(entry: Entry) -> Iterator[Event]:
    """Yield the days of a week plan: a table whose rows are named by weekdays, each the next one from its day on."""
    for field, answer, _seconds in entry.fields:
        if not isinstance(field, Table):
            continue
        first, *rest = field.columns
        for row in answer:
            name = folded(str(row.get(first.id, "")))
            told = [f"{one.label or one.ask}: {one.brief(row[one.id])}" for one in rest if one.id in row]
            if name in DAYS and told:
                day = entry.day + timedelta((DAYS.index(name) - entry.day.weekday()) % 7)
                yield Event(f"{entry.id}/{field.id}/{name}", day, _("My day"), "\n".join(told), _saved(entry))


def _saved(entry: Entry) -> datetime:
    return datetime.fromisoformat(entry.body["saved"])


def _event(event: Event) -> str:
    """Return an event; one of a whole day leaves the day free for others."""
    if isinstance(event.start, datetime):
        start = [f"DTSTART:{_utc(event.start)}", "DURATION:PT30M"]
    else:
        start = [f"DTSTART;VALUE=DATE:{event.start:%Y%m%d}", "TRANSP:TRANSPARENT"]
    return _lines(
        [
            "BEGIN:VEVENT",
            f"UID:{_uid(event.uid)}",
            f"DTSTAMP:{_utc(event.saved)}",
            *start,
            "CLASS:PRIVATE",
            f"SUMMARY:{escape_ics_text(event.title)}",
            f"DESCRIPTION:{escape_ics_text(event.words)}",
            "END:VEVENT",
        ]
    )


def _reminder(now: datetime) -> str:
    """Return the daily check-in: in local time without a zone, so that it stays in the evening all year round."""
    return _lines(
        [
            "BEGIN:VEVENT",
            f"UID:{_uid('check-in')}",
            f"DTSTAMP:{_utc(now)}",
            f"DTSTART:{datetime.combine(now.date(), CHECK_IN):%Y%m%dT%H%M%S}",
            "DURATION:PT5M",
            "RRULE:FREQ=DAILY",
            "TRANSP:TRANSPARENT",
            "CLASS:PRIVATE",
            "SUMMARY:" + escape_ics_text(_("A minute for myself")),
            "BEGIN:VALARM",
            "ACTION:DISPLAY",
            "DESCRIPTION:" + escape_ics_text(_("A minute for myself")),
            "TRIGGER:PT0S",
            "END:VALARM",
            "END:VEVENT",
        ]
    )


def _uid(name: str) -> str:
    return f"{hashlib.sha256(name.encode('utf-8', 'replace')).hexdigest()[:32]}@smartcli"


def _utc(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def escape_ics_text(text: str) -> str:
    """Return words as a value of type TEXT; a calendar may hold no control characters but line breaks."""
    shown = visible(text).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return shown.replace("\n", "\\n")


def _lines(lines: Iterable[str]) -> str:
    return "".join(f"{fold_ics_line(line)}\r\n" for line in lines)


def fold_ics_line(line: str) -> str:
    """Return a line folded at 75 octets, never inside a character."""
    parts, part = [], b""
    for letter in line:
        encoded = letter.encode("utf-8", "replace")
        if len(part) + len(encoded) > _FOLD:
            parts.append(part)
            part = b" "
        part += encoded
    return b"\r\n".join([*parts, part]).decode("utf-8")
