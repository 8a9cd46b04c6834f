"""What the last days held, in a few sentences, for a note that looks back on them."""

from datetime import date

from smartcli.insights import two_weeks, week
from smartcli.insights.notes import gather
from smartcli.insights.section import last_days
from smartcli.workbook.workbook import Workbook

_DAYS = {"week": week.DAYS, "two-weeks": two_weeks.DAYS}


def tell_period(workbook: Workbook, period: str, about: str | None, until: date) -> list[str]:
    """Return what a period that ends with `until` held, in sentences; only the entries of its days are read.

    A week is told as a whole, two weeks for the behaviour that `about` names.
    """
    span = last_days(until, _DAYS[period])
    heads = workbook.journal.heads(since=span.since, until=span.until)
    entries = ((workbook.memory.as_meant_today(head.entry), True) for head in heads)
    notes = gather(entries, workbook.families_ever)
    return week.tell_week(notes, until) if period == "week" else two_weeks.tell_two_weeks(notes, about, until)
