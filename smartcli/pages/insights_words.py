"""Words that several parts of the page of insights share: how often, how many, on which days."""

from collections.abc import Sequence

from smartcli.insights.over_time import Mood, Urges
from smartcli.insights.section import Span
from smartcli.language import _, ngettext
from smartcli.moments import date_short

NOTHING = "-"  # in a cell of a table


def times_said(number: int) -> str:
    """Return a number of times in words: "3 times"."""
    return ngettext("{number} time", "{number} times", number)


def urges_said(number: int) -> str:
    """Return a number of urges in words: "3 urges"."""
    return ngettext("{number} urge", "{number} urges", number)


def days_said(number: float) -> str:
    """Return a number of days in words: "1 day"."""
    return ngettext("{number} day", "{number} days", number)


def from_urges(number: int) -> str:
    """Return a sentence that says how many urges a section is about."""
    return ngettext("This is from {number} urge.", "This is from {number} urges.", number)


def row_days_said(row: Mood | Urges, span: Span) -> str:
    """Return the days of a row in words, with the year where the whole has several."""
    day = date_short(row.until, with_year=span.since.year != span.until.year)
    days = (row.until - row.since).days + 1
    if days == 1:
        return day
    return _("week to {day}", day=day) if days == 7 else _("four weeks to {day}", day=day)


def first_and_last(rows: Sequence[Mood] | Sequence[Urges]) -> list[tuple[float, str]]:
    """Return the names of the first day and the last one; of one alone where they are the same."""
    days = sorted({rows[0].until, rows[-1].until})
    return [(day.toordinal(), date_short(day, with_year=True)) for day in days]
