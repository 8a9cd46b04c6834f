"""What the entries show, gathered from the journal: the one way in which every page and document counts."""

import gc
from collections.abc import Iterable
from itertools import repeat
from typing import Any

from smartcli.entries.entry import Entry
from smartcli.insights.notes import Notes, gather
from smartcli.insights.report import Insights, compute_insights, insights_as_json
from smartcli.language import _
from smartcli.pages.catalog import point_title
from smartcli.words import folded
from smartcli.workbook.filters import Filters
from smartcli.workbook.workbook import Workbook


def find_insights(workbook: Workbook, filters: Filters, every_entry: Iterable[Entry] | None = None) -> Insights:
    """Return what the entries chosen by filters show; raises Trouble for a filter that cannot be read.

    The days that filters name are the period that is counted. What was written before it stays behind the figures,
    for the period before and for what is counted in all. With `last` only so many entries are known, so there is
    neither. `every_entry`: as for `gather_notes`.
    """
    first, end = filters.days(workbook)
    notes = gather_notes(workbook, filters, every_entry=every_entry)
    return compute_insights(notes, workbook.today, first, end, is_whole=filters.last is None)


def gather_notes(
    workbook: Workbook,
    filters: Filters,
    left_out: frozenset[str] = frozenset(),
    every_entry: Iterable[Entry] | None = None,
) -> Notes:
    """Return what the entries chosen by filters say, those from before their days too; raises Trouble.

    `left_out`: folded names of behaviours; nothing that is about one of them is among it. `every_entry`: what filters
    that leave nothing out choose, where the caller goes through that anyway.
    """
    # Entries hold no circles: looking for some would take a tenth of the time for ten years of them.
    gc.disable()
    try:
        is_all = not (filters.exercise or filters.point or filters.last)
        marked = zip(every_entry, repeat(True)) if every_entry is not None else filters.marked_for_insights(workbook)
        notes = gather(
            (
                (workbook.memory.as_meant_today(entry), counts and folded(entry.behaviour or "") not in left_out)
                for entry, counts in marked
            ),
            workbook.families_ever,
            amounts_of=filters.about if is_all else None,
        )
    finally:
        gc.enable()
    notes.amounts = [amount for amount in notes.amounts if amount.about.key not in left_out]
    return notes


def describe_choice(workbook: Workbook, filters: Filters) -> list[str]:
    """Return sentences that say which entries alone are counted, beside the days; none where all are."""
    told = []
    if filters.exercise:
        exercise = filters.named_exercise(workbook) or ""
        told.append(_("Only entries of “{exercise}” are counted here.", exercise=_title(workbook, exercise)))
    if filters.point:
        title = point_title(filters.named_point() or "")
        told.append(_("Only entries of “{point}” are counted here.", point=title))
    if filters.about:
        told.append(_("Only what is about “{behaviour}” is counted here.", behaviour=filters.about.strip()))
    return told


def _title(workbook: Workbook, exercise: str) -> str:
    """Return an exercise's title; of one that is gone, the title that its newest entry bears."""
    known = workbook.catalog.get(exercise)
    if known:
        return known.title
    newest = next(workbook.memory.copies(exercise), None)
    return newest.title if newest else exercise


def insights_row(found: Insights) -> dict[str, Any]:
    """Return insights as data for programs."""
    return insights_as_json(found)
