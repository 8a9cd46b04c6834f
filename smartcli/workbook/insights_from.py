"""What the entries show, gathered from the journal."""

import gc
from datetime import timedelta
from typing import Any

from smartcli.insights.notes import gather
from smartcli.insights.report import Insights, compute_insights, insights_as_json
from smartcli.insights.week import DAYS as WEEK
from smartcli.insights.week import tell_week
from smartcli.workbook.filters import Filters
from smartcli.workbook.workbook import Workbook


def find_insights(workbook: Workbook, filters: Filters) -> Insights:
    """Return what the entries chosen by filters show; raises Trouble for a filter that cannot be read."""
    first, end = filters.days(workbook)
    # Entries hold no circles: looking for some would take a tenth of the time for ten years of them.
    gc.disable()
    try:
        marked = filters.marked_for_insights(workbook)
        as_meant = ((workbook.memory.as_meant_today(entry), counts) for entry, counts in marked)
        notes = gather(as_meant, workbook.families_ever)
        return compute_insights(notes, workbook.today, first, end, compare=filters.last is None)
    finally:
        gc.enable()


def list_week_sentences(workbook: Workbook) -> list[str]:
    """Return what the last seven days show, in a few sentences; only the entries of these days are read."""
    today = workbook.today
    entries = workbook.journal.heads(since=today - timedelta(days=WEEK - 1))
    notes = gather(((head.entry, True) for head in entries), workbook.families_ever)
    return tell_week(notes, today)


def insights_row(found: Insights) -> dict[str, Any]:
    """Return insights as data for programs."""
    return insights_as_json(found)
