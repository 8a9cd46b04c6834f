"""What could be next for this person, and why."""

from typing import TYPE_CHECKING

from smartcli.content.offers import Offer, holding, read_offers
from smartcli.moments import ago, day_of, now

if TYPE_CHECKING:
    from smartcli.workbook.workbook import Workbook


def offered(workbook: "Workbook") -> list[Offer]:
    """Return what could be next, the most useful first: the rules that hold, then what is due again."""
    if not workbook.settings.suggestions:
        return []
    today = day_of(now(), workbook.settings.day_starts)
    offers, _ = read_offers(workbook.catalog.folder)
    families = workbook.memory.families(None)
    again = [
        Offer(exercise=one.id, say=f"{one.title} again? The last one is from {ago(workbook.done[one.id][0])}.")
        for one in workbook.catalog
        if one.repeat_days and one.repeat_days > 1 and workbook.done.get(one.id)
        if (today - workbook.done[one.id][0]).days >= one.repeat_days
    ]
    return [*holding(offers, workbook.done, families, today, workbook.memory.newest_said), *again]


def suggestion(workbook: "Workbook") -> Offer | None:
    """Return the one thing Today suggests: the first that is not at rest."""
    today = day_of(now(), workbook.settings.day_starts)
    return next((one for one in offered(workbook) if workbook.snoozed.offer_suggestion(one.exercise, today)), None)
