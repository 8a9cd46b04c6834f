"""What lies ahead as a calendar: what is chosen for it, and what the person is told of it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import time

from smartcli.declared_settings import NEUTRAL_WORDS
from smartcli.entries.entry import Entry
from smartcli.exchange.as_ics import Calendar, Reminder
from smartcli.language import _, ngettext
from smartcli.moments import Moment, clock_said, local_time, now
from smartcli.reading_times import clock_from_words
from smartcli.trouble import Trouble
from smartcli.workbook.workbook import Workbook


@dataclass(frozen=True)
class CalendarChoices:
    """What the options of `export` choose for a calendar: the reminder, alarms at an hour, the person's own words."""

    with_reminder: bool = True
    alarm: str | None = None
    with_words: bool = False

    def ensure_fits(self, *, is_calendar: bool) -> None:
        """Raise Trouble if something is chosen for a file that is no calendar, or an hour that is none."""
        if is_calendar:
            _alarm(self.alarm)
        chosen = {
            "--no-reminder": not self.with_reminder,
            "--alarm": self.alarm is not None,
            "--words": self.with_words,
        }
        option = next((name for name, is_chosen in chosen.items() if is_chosen), None)
        if option and not is_calendar:
            raise Trouble(
                _("{option} works only with --as ics.", option=option),
                hint=_("That makes a calendar. Or leave {option} out.", option=option),
            )


def new_calendar(workbook: Workbook, choices: CalendarChoices) -> Calendar:
    """Return the calendar as the settings and the options will have it; raises Trouble for an hour that is none."""
    settings = workbook.settings
    reminder = None
    if choices.with_reminder and settings.reminder_at:
        reminder = Reminder(settings.reminder_at, settings.reminder_says)
    return Calendar(now(), workbook.journal.id, reminder, _alarm(choices.alarm), choices.with_words)


def calendar_pieces(calendar: Calendar, entries: Iterable[Entry], notes: list[str], *, is_kept: bool) -> Iterator[str]:
    """Yield the calendar, piece by piece, from entries newest first.

    Adds to `notes` what the person should know of it; `is_kept`: a file to be taken elsewhere, and no stream.
    """
    yield from calendar.pieces(entries)
    if is_kept:
        notes += _of_a_file(calendar)
    if calendar.passed:
        notes.append(
            ngettext(
                "{number} plan is for a day that is over, so it is not in the calendar. `smartcli later` shows what "
                "is still open.",
                "{number} plans are for days that are over, so they are not in the calendar. `smartcli later` shows "
                "what is still open.",
                calendar.passed,
            )
        )


def _of_a_file(calendar: Calendar) -> list[str]:
    """Return what is said of a calendar that will be opened elsewhere."""
    notes = [_("Many calendars send what is in them to a company, and some are shared at home.")]
    if calendar.with_words:
        notes.append(_("Your own words are in this file."))
    elif calendar.reminder and calendar.reminder.words != _(NEUTRAL_WORDS):
        notes.append(_("Of your own words, only what the reminder says is in this file. --words puts the others in."))
    else:
        notes.append(_("Your own words are not in this file. --words puts them in."))
    if calendar.reminder:
        at = Moment(local_time(calendar.now.date(), calendar.reminder.at))
        reminded = _(
            "The calendar reminds you every day at {time}, for a year. --no-reminder leaves that out.",
            time=clock_said(at),
        )
        notes.append(reminded)
    return notes


def _alarm(words: str | None) -> time | None:
    """Return the hour at which steps ring; raises Trouble for words that name none."""
    if words is None:
        return None
    clock = clock_from_words(words)
    if clock is None:
        raise Trouble(_("smartcli can't read the time after --alarm."), hint=_("Try 09:00 or 9am."))
    return clock
