"""Entries on a page: by day, newest first, one calm line each."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import groupby

from smartcli import blocks as b
from smartcli.entries.entry import Entry
from smartcli.entries.search import Found
from smartcli.language import N_, _, ngettext
from smartcli.moments import clock_below, day_said, now
from smartcli.words import enumerated, joined, sentences

_OPEN = N_("To open one: smartcli show ID")
_ID_SHOWN = 6
_KINDS_SHOWN = 3  # exercises named in the totals; the others are counted together


def listing_page(
    entries: Iterable[Entry], *, narrowed: bool = False, unread: bool = False, missing: bool = False
) -> b.Page:
    """Return the page that lists entries, in the order given; they are read as the page is set.

    `narrowed`: these are only some of those there may be. `unread`: some cannot be read now. `missing`: there were
    entries here before.
    """
    nothing = _("There is nothing here yet. `smartcli checkin` takes about a minute.")
    if narrowed:
        nothing = _("No entry fits that.")
    elif unread:
        nothing = _("Nothing here can be read just now.")
    elif missing:
        nothing = _("There is nothing here just now.")
    return b.Page(_("Look back"), _by_day(((entry, _records(entry)) for entry in entries), nothing))


def found_page(found: Iterable[tuple[Entry, Entry, Found]]) -> b.Page:
    """Return the page that lists what was looked for: each entry, the version it was found in, and the piece."""
    records = (
        (entry, [_record(version, entry)._replace(piece=one.piece, marks=one.marks)]) for entry, version, one in found
    )
    return b.Page(_("Found"), _by_day(records, _("No entry has all of those words.")))


def _by_day(records: Iterable[tuple[Entry, list[b.Record]]], nothing: str) -> Iterator[b.Block]:
    """Yield a heading and the entries for each day, then the totals."""
    kinds: Counter[str] = Counter()  # by the id of the exercise: its title was said in the language of the day
    titles: dict[str, str] = {}  # the first one listed of each
    days: set[date] = set()
    is_empty = True
    today = now().date()
    for day, of_day in groupby(records, key=lambda one: one[0].day):
        listed: list[b.Record] = []
        for entry, of_entry in of_day:
            listed += of_entry
            if entry.is_counted:
                kinds[entry.exercise] += 1
                titles.setdefault(entry.exercise, entry.title)
                days.add(day)
        is_empty = False
        yield b.Heading(day_said(day, today, long=True), 2)
        yield b.Records(listed)
    if kinds:
        yield b.Words(_totals(kinds, titles, len(days)), quiet=True)
    elif is_empty:
        yield b.Words(nothing)
    else:  # nothing of what is listed is counted
        yield b.Words(_(_OPEN), quiet=True)


def _totals(kinds: Counter[str], titles: Mapping[str, str], days: int) -> str:
    """Return "68 entries: Check-in (40), Urge log (20) and 8 others. They are from 25 days."."""
    number = kinds.total()
    first = kinds.most_common(_KINDS_SHOWN)
    others = number - sum(times for _kind, times in first)
    told = [_("{title} ({number})", title=titles[kind], number=times) for kind, times in first]
    told += [ngettext("{number} other", "{number} others", others)] if others else []
    entries = ngettext("{number} entry: {kinds}.", "{number} entries: {kinds}.", number, kinds=joined(told))
    from_days = ngettext("They are from {number} day.", "They are from {number} days.", days) if days > 1 else ""
    return sentences(entries, from_days, _(_OPEN))


def time_said(entry: Entry) -> str:
    """Return the time of day an entry is about; nothing when only its day is known."""
    return clock_below(entry.day, entry.when)


def _records(entry: Entry) -> list[b.Record]:
    """Return a line for an entry, and one for each further version where it was changed in two places."""
    return [_record(version, entry, version.summary()) for version in entry.sides]


def _record(version: Entry, entry: Entry, summary: str = "") -> b.Record:
    """Return the line of one version of an entry; beside its title the behaviour, and how it stands."""
    parts = (version.behaviour, _("hidden") if version.deleted else "", _standing(version, entry))
    beside = enumerated(filter(None, parts))
    return b.Record(time_said(version), version.title, beside, summary, version.id[:_ID_SHOWN])


def _standing(version: Entry, entry: Entry) -> str:
    """Return which version of its entry this is, where there are several or a newer one cannot be read."""
    if version is not entry:
        return _("changed in two places, an older version")
    if entry.has_unread:
        return _("a newer version cannot be read just now")
    return _("changed in two places, the newest version") if entry.others else ""
