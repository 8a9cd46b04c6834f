"""Entries on a page: by day, newest first, one calm line each."""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby

from smartcli import blocks as b
from smartcli.entries.entry import Entry
from smartcli.entries.search import Found
from smartcli.moments import day_said
from smartcli.words import count, joined

_ID_SHOWN = 6
_KINDS_SHOWN = 3  # exercises named in the totals; the others are counted together


def listing_page(entries: Iterable[Entry], *, narrowed: bool = False) -> b.Page:
    """Return the page that lists entries, in the order given; they are read as the page is set.

    `narrowed`: these are only some of those there may be.
    """
    nothing = "No entry fits that." if narrowed else "Nothing here yet. `smartcli checkin` takes about a minute."
    return b.Page("Look back", _by_day(((entry, _record(entry, entry.summary())) for entry in entries), nothing))


def found_page(found: Iterable[tuple[Entry, Found]]) -> b.Page:
    """Return the page that lists what was looked for, each with the piece it was found in."""
    records = ((entry, _record(entry)._replace(piece=one.piece, marks=one.marks)) for entry, one in found)
    return b.Page("Found", _by_day(records, "Nothing holds all of those words."))


def _by_day(records: Iterable[tuple[Entry, b.Record]], nothing: str) -> Iterator[b.Block]:
    """Yield a heading and the entries for each day, then the totals."""
    kinds: Counter[str] = Counter()
    days = 0
    is_empty = True
    for day, of_day in groupby(records, key=lambda one: one[0].day):
        listed = [*of_day]
        counted = [entry.title for entry, _ in listed if entry.is_counted]
        kinds.update(counted)
        days += bool(counted)
        is_empty = False
        yield b.Heading(day_said(day, long=True), 2)
        yield b.Records([record for _, record in listed])
    if kinds:
        yield b.Words(_totals(kinds, days), quiet=True)
    elif is_empty:
        yield b.Words(nothing)
    else:  # nothing of what is listed is counted
        yield b.Words("Open one: smartcli show ID", quiet=True)


def _totals(kinds: Counter[str], days: int) -> str:
    """Return "68 entries on 25 days: 40 Check-in, 20 Urge log and 8 others."."""
    number = kinds.total()
    first = kinds.most_common(_KINDS_SHOWN)
    others = number - sum(times for _, times in first)
    told = [f"{times:,} {title}" for title, times in first] + ([count(others, "other")] if others else [])
    on = f" on {count(days, 'day')}" if days > 1 else ""
    return f"{count(number, 'entry', 'entries')}{on}: {joined(told)}. Open one: smartcli show ID"


def time_said(entry: Entry) -> str:
    """Return the time of day an entry is about; nothing when only its day is known."""
    return "" if entry.when.whole_day else f"{entry.when.at:%H:%M}"


def said_beside(entry: Entry) -> str:
    """Return what stands beside an entry's title: the behaviour, and whether it is deleted."""
    return ", ".join(part for part in (entry.behaviour or "", "deleted" if entry.deleted else "") if part)


def _record(entry: Entry, summary: str = "") -> b.Record:
    return b.Record(time_said(entry), entry.title, said_beside(entry), summary, entry.id[:_ID_SHOWN])
