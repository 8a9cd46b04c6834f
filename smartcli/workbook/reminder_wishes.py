"""What a person types of a reminder: its time of day, its weekdays, its words, and how long it is paused."""

import contextlib
from dataclasses import dataclass
from datetime import date, time

from smartcli.language import _
from smartcli.moments import DAYS
from smartcli.reading_times import NotAMomentError, clock_from_words, moment_from_words
from smartcli.reminders.way import EVERY_DAY
from smartcli.trouble import Trouble
from smartcli.words import clean, near

_SHORTEST_DAY = 3  # letters that name a weekday
_MOST_LETTERS = 80  # of the reminder's words: more does not fit on a locked screen
_SOME_DAYS = {"daily": EVERY_DAY, "everyday": EVERY_DAY, "weekdays": (0, 1, 2, 3, 4), "weekends": (5, 6)}


@dataclass(frozen=True)
class Wishes:
    """What was typed of a reminder: its time of day, its weekdays, its words; None for what was left out."""

    at: str | None = None
    days: str | None = None
    say: str | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed."""
        return self == Wishes()


def read_clock(words: str) -> time:
    """Return the time of day that words such as "8pm" name; raises Trouble."""
    clock = clock_from_words(words)
    if clock is None:
        raise Trouble(_("smartcli can't read that as a time of day."), hint=_("Try 20:00 or 8pm."))
    return clock


def read_days(words: str) -> tuple[int, ...]:
    """Return the weekdays that words such as "mon,wed" or "weekdays" name, 0 being Monday; raises Trouble."""
    found: set[int] = set()
    for name in words.casefold().replace(",", " ").split():
        days = [number for number, day in enumerate(DAYS) if len(name) >= _SHORTEST_DAY and day.startswith(name)]
        known = _SOME_DAYS.get(name) or days
        if not known:
            close = near(name, (*DAYS, *_SOME_DAYS))
            hint = _("Did you mean {name}?", name=close) if close else _("Try mon,wed,fri or weekdays.")
            raise Trouble(_("smartcli can't read those days."), hint=hint)
        found.update(known)
    if not found:
        raise Trouble(_("smartcli can't read those days."), hint=_("Try mon,wed,fri or weekdays."))
    return tuple(sorted(found))


def read_words(words: str) -> str:
    """Return what the reminder is to say, on one line; raises Trouble for more than a screen shows."""
    words = " ".join(clean(words).split())
    if len(words) > _MOST_LETTERS:
        raise Trouble(_("Please use at most {number} letters for the reminder.", number=_MOST_LETTERS))
    return words


def read_pause(words: str, today: date, starts: time) -> date:
    """Return the first day after a pause such as "2w", "3 days" or "friday"; raises Trouble.

    `today` is the person's day, which begins at the local time `starts`.
    """
    for tried in (f"in {words}", words):
        with contextlib.suppress(NotAMomentError, OverflowError):
            day = moment_from_words(tried, ahead=True).day(starts)
            if day > today:
                return day
    raise Trouble(
        _("smartcli can't read how long the pause is to be."), hint=_('Try 2w, "3 days", friday or 2027-01-31.')
    )
