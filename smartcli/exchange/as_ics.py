"""What lies ahead as a calendar (RFC 5545): steps with a day, the day a trial is looked at again, the newest week
plan, a daily reminder.

Calendars are synced, shared and shown on locked screens, so the file tells nothing by itself: titles are neutral,
nothing names the program, and the person's own words are in the descriptions only if they are asked for. The same
thing has the same UID in every export of one journal, so that a calendar replaces it and does not double it.
"""

import hashlib
import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, NamedTuple

from smartcli.entries.entry import Entry
from smartcli.fields import Field, Table
from smartcli.language import _
from smartcli.moments import DAYS, Moment, local_time, recall
from smartcli.words import folded, visible

_REMINDER_DAYS = 365  # a year: a reminder that nobody looks at any more comes to an end
_FOLD = 75  # octets a line may have, RFC 5545 3.1
_PRODID = "-//Personal//Calendar//EN"  # of no program: it would tell what the file is about


class Event(NamedTuple):
    """One thing in the calendar; `start` is a whole day or a moment. `uid` is hashed: it may hold own ids."""

    uid: str
    start: date | datetime
    title: str
    words: str
    saved: datetime

    @property
    def day(self) -> date:
        """The day it is on, on the clock its time was written by."""
        return self.start.date() if isinstance(self.start, datetime) else self.start


class Reminder(NamedTuple):
    """A reminder every day at a local time, and its title."""

    at: time
    words: str


@dataclass
class Calendar:
    """A calendar seen from `now` (a local moment), of the journal with this id.

    `alarm`: the local time at which a whole day's step rings, and one with a time rings then; None for silence.
    `with_words`: the person's own words are in it. Once it is written, `passed` is how many plans were left out,
    since their day is over.
    """

    now: datetime
    journal: str
    reminder: Reminder | None = None
    alarm: time | None = None
    with_words: bool = False
    passed: int = 0

    def pieces(self, entries: Iterable[Entry]) -> Iterator[str]:
        """Yield the calendar, piece by piece, from entries newest first."""
        title = _("My plans")
        name = f"X-WR-CALNAME:{escape_ics_text(title)}"
        yield _lines(["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{_PRODID}", "CALSCALE:GREGORIAN", name])
        if self.reminder:
            yield self._daily(self.reminder)
        planned = False
        tried: set[str] = set()  # behaviours whose newest trial was told: it took the place of those before
        for entry in entries:
            yield from self._ahead(_steps(entry))
            about = folded(entry.behaviour or "")
            if "trial.review" in entry.measures and about not in tried:
                tried.add(about)
                yield from self._ahead(_review(entry))
            if not planned and (week := [*_week(entry)]):
                planned = True
                # A day of the week that is over asks for nothing more, so nobody is told of it.
                yield from (self._event(day) for day in week if day.day >= self.now.date())
        yield _lines(["END:VCALENDAR"])

    def _ahead(self, events: Iterable[Event]) -> Iterator[str]:
        """Yield the events of today and later; count the others."""
        for event in events:
            if event.day < self.now.date():
                self.passed += 1
            else:
                yield self._event(event)

    def _event(self, event: Event) -> str:
        """Return an event; one of a whole day leaves the day free for others."""
        if isinstance(event.start, datetime):
            start = [f"DTSTART:{_utc(event.start)}", "DURATION:PT30M"]
            trigger = "PT0S"
        else:
            start = [f"DTSTART;VALUE=DATE:{event.start:%Y%m%d}", "TRANSP:TRANSPARENT"]
            trigger = _after_midnight(event.start, self.alarm) if self.alarm else ""
        return _lines(
            [
                "BEGIN:VEVENT",
                f"UID:{_uid(event.uid)}",
                f"DTSTAMP:{_utc(event.saved)}",
                *start,
                "CLASS:PRIVATE",
                f"SUMMARY:{escape_ics_text(event.title)}",
                *([f"DESCRIPTION:{escape_ics_text(event.words)}"] if self.with_words and event.words else []),
                *(_alarm(trigger, event.title) if self.alarm else []),
                "END:VEVENT",
            ]
        )

    def _daily(self, reminder: Reminder) -> str:
        """Return the reminder: in local time without a zone, so that it keeps its hour all year round."""
        first = datetime.combine(self.now.date(), reminder.at)
        if first < self.now.replace(tzinfo=None):
            first += timedelta(1)
        return _lines(
            [
                "BEGIN:VEVENT",
                f"UID:{_uid(f'{self.journal}/check-in')}",
                f"DTSTAMP:{_utc(self.now)}",
                f"DTSTART:{first:%Y%m%dT%H%M%S}",
                "DURATION:PT5M",
                f"RRULE:FREQ=DAILY;COUNT={_REMINDER_DAYS}",
                "TRANSP:TRANSPARENT",
                "CLASS:PRIVATE",
                f"SUMMARY:{escape_ics_text(reminder.words)}",
                *_alarm("PT0S", reminder.words),
                "END:VEVENT",
            ]
        )


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
        yield Event(f"{entry.id}/review", _start(recall(review)), _("A day to look back"), "", _saved(entry))


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


def _after_midnight(day: date, clock: time) -> str:
    """Return how long after a day begins its clocks show a time: more or less where they are changed in between."""
    minutes = (local_time(day, clock) - local_time(day, time())) // timedelta(minutes=1)
    return f"PT{minutes // 60}H{minutes % 60}M"


def _alarm(trigger: str, title: str) -> list[str]:
    """Return an alarm; `trigger` is how long after its event begins, which for a whole day is midnight."""
    shown = f"DESCRIPTION:{escape_ics_text(title)}"
    return ["BEGIN:VALARM", "ACTION:DISPLAY", shown, f"TRIGGER:{trigger}", "END:VALARM"]


def _uid(name: str) -> str:
    """Return a UUID made of a name, which looks like that of any calendar (RFC 7986 5.3)."""
    digest = hashlib.sha256(name.encode("utf-8", "replace")).digest()
    return str(uuid.UUID(bytes=digest[:16], version=4))


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
