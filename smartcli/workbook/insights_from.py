"""What the entries show, gathered from the journal."""

import gc
from typing import Any

from smartcli.insights.notes import gather
from smartcli.insights.report import Insights, compute_insights, insights_as_json
from smartcli.workbook.filters import Filters
from smartcli.workbook.workbook import Workbook


def find_insights(workbook: Workbook, filters: Filters) -> Insights:
    """Return what the entries chosen by filters show; raises Trouble for a filter that cannot be read."""
    first, end = filters.days(workbook)
    # Entries hold no circles: looking for some would take a tenth of the time for ten years of them.
    gc.disable()
    try:
        is_all = not (filters.exercise or filters.point or filters.last)
        marked = filters.marked_for_insights(workbook)
        notes = gather(
            ((workbook.memory.as_meant_today(entry), counts) for entry, counts in marked),
            workbook.families_ever,
            amounts_of=filters.about if is_all else None,
        )
        return compute_insights(notes, workbook.today, first, end, compare=filters.last is None)
    finally:
        gc.enable()


def insights_row(found: Insights) -> dict[str, Any]:
    """Return insights as data for programs."""
    return insights_as_json(found)
