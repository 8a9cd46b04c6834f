"""Mood and urges as time goes by, how strong urges were, and when they came, on the page of insights."""

from collections.abc import Sequence

from smartcli import blocks as b
from smartcli.insights.hours import Hour
from smartcli.insights.over_time import Mood, Urges
from smartcli.insights.section import Section, Span
from smartcli.language import _, figure, ngettext
from smartcli.moments import weekday_name, weekday_short
from smartcli.pages.insights_words import first_and_last, row_days_said, times_said, urges_said
from smartcli.words import enumerated, sentences

_CLOCK = (*range(4, 24), *range(4))  # a day lasts until four in the morning


def mood_blocks(section: Section[Mood], span: Span) -> list[b.Block]:
    """Return the mood (0-10) over time, drawn and in words."""
    if not section.enough:
        return []
    noted = [row for row in section.rows if row.mood is not None]
    low, high = min(noted, key=lambda row: row.mood or 0), max(noted, key=lambda row: row.mood or 0)
    summary = sentences(
        ngettext(
            "You noted your mood {number} time, from 0 to 10.",
            "You noted your mood {number} times, from 0 to 10.",
            section.n,
        ),
        _("Lowest: {mood} ({when}).", mood=low.mood, when=row_days_said(low, span)),
        _("Highest: {mood} ({when}).", mood=high.mood, when=row_days_said(high, span)),
    )
    said = [
        _("{when}: {mood} ({times})", when=row_days_said(row, span), mood=row.mood, times=times_said(row.n))
        for row in noted
    ]
    points = [(row.until.toordinal(), row.mood) for row in section.rows]
    return [b.Heading(section.title), b.Chart(points, 0, 10, first_and_last(section.rows), summary, said=said)]


def _mood_of_row(row: Mood, span: Span) -> str:
    return _("{when}: {mood} ({times})", when=row_days_said(row, span), mood=row.mood, times=times_said(row.n))


def urges_blocks(section: Section[Urges], span: Span) -> list[b.Block]:
    """Return the number of urges over time, drawn, and their strength (0-10) in words."""
    if not section.enough:
        return []
    rows = [row for row in section.rows if row.n is not None]
    most = max(rows, key=lambda row: row.n or 0)
    summary = sentences(
        ngettext("{number} urge.", "{number} urges.", section.n),
        _("The most: {number} ({when}).", number=most.n, when=row_days_said(most, span)),
    )
    points = [(row.until.toordinal(), row.n) for row in section.rows]
    said = [_urges_of_row(row, span) for row in rows]
    return [
        b.Heading(section.title),
        b.Chart(points, 0, most.n or 1, first_and_last(section.rows), summary, said=said),
    ]


def _urges_of_row(row: Urges, span: Span) -> str:
    when, urges = row_days_said(row, span), urges_said(row.n or 0)
    if row.strength is None:
        return _("{when}: {urges}", when=when, urges=urges)
    return _("{when}: {urges}, average strength {strength}", when=when, urges=urges, strength=row.strength)


def spread_blocks(section: Section[Urges]) -> list[b.Block]:
    """Return how many urges there were of each strength (0-10)."""
    if not section.enough:
        return []
    bars = [b.Bar(figure(one["strength"]), one["n"], urges_said(one["n"])) for one in section.more["spread"]]
    summary = _("How many urges you had of each strength, from 0 to 10.")
    return [b.Heading(_("How strong urges were")), b.Bars(bars, summary)]


def hours_blocks(section: Section[Hour]) -> list[b.Block]:
    """Return how many urges came in each hour of each weekday."""
    if not section.enough:
        return []
    counts = {(row.weekday, row.hour): row.n for row in section.rows}
    rows = [(weekday_short(day), [counts.get((day, hour), 0) for hour in _CLOCK]) for day in range(7)]
    summary = ngettext(
        "When your {number} urge came: a line for each day of the week, by the hour.",
        "When your {number} urges came: a line for each day of the week, by the hour.",
        section.n,
    )
    said = [_hours_said(weekday_name(day), row) for day, (_name, row) in enumerate(rows) if any(row)]
    return [b.Heading(section.title), b.Heat([f"{hour:02}" for hour in _CLOCK], rows, summary, said)]


def _hours_said(weekday: str, counts: Sequence[int]) -> str:
    """Return when the urges of a weekday came, in words: "Friday: 26 urges. 4 at 8:00, 22 at 18:00"."""
    times = [
        _("{number} at {hour}:00", number=number, hour=hour)
        for hour, number in zip(_CLOCK, counts, strict=True)
        if number
    ]
    return _("{weekday}: {urges}. {times}", weekday=weekday, urges=urges_said(sum(counts)), times=enumerated(times))
