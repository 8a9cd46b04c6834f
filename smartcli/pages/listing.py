"""Entries on a page: by day, newest first, one calm line each."""

from collections.abc import Sequence
from itertools import groupby

from smartcli.entry import Entry
from smartcli.moments import day_said
from smartcli.page import Block, Heading, Page, Record, Records, Words
from smartcli.searching import Found
from smartcli.words import count

_ID_SHOWN = 6


def listing_page(entries: Sequence[Entry]) -> Page:
    """Return the page that lists entries, in the order given."""
    if not entries:
        return Page("Look back", [Words("Nothing here yet. `smartcli checkin` takes about a minute.")])
    blocks: list[Block] = []
    for day, of_day in groupby(entries, key=lambda entry: entry.day):
        blocks += [Heading(day_said(day, long=True), 2), Records([_record(entry) for entry in of_day])]
    blocks += [Words(f"{count(len(entries), 'entry', 'entries')}. Open one: smartcli show ID", quiet=True)]
    return Page("Look back", blocks)


def found_page(found: Sequence[tuple[Entry, Found]]) -> Page:
    """Return the page that lists what was looked for, each with the piece it was found in."""
    if not found:
        return Page("Found", [Words("Nothing holds all of those words.")])
    blocks: list[Block] = []
    for day, of_day in groupby(found, key=lambda one: one[0].day):
        records = [_record(entry)._replace(summary="", piece=one.piece, marks=one.marks) for entry, one in of_day]
        blocks += [Heading(day_said(day, long=True), 2), Records(records)]
    return Page("Found", [*blocks, Words(f"{count(len(found), 'entry', 'entries')}.", quiet=True)])


def _record(entry: Entry) -> Record:
    time = "" if entry.when.whole_day else f"{entry.when.at:%H:%M}"
    about = ", ".join(part for part in (entry.behaviour or "", "deleted" if entry.deleted else "") if part)
    return Record(time, entry.title, about, entry.summary(), entry.id[:_ID_SHOWN])
