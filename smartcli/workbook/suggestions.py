"""What could be next for this person, and why."""

from typing import TYPE_CHECKING

from smartcli.content.exercise import Exercise
from smartcli.content.offers import Offer, holding, read_offers
from smartcli.moments import ago

if TYPE_CHECKING:
    from smartcli.workbook.workbook import Workbook


def list_suggestions(workbook: "Workbook") -> list[Offer]:
    """Return what could be next, the most useful first: the rules that hold, then what is due again."""
    if not workbook.settings.suggestions:
        return []
    rules, _ = read_offers(workbook.catalog.folder)
    families = workbook.memory.families(None)
    offers = [*holding(rules, workbook.done, families, workbook.today, workbook.memory.newest_said)]
    offers += [_once_more(workbook, exercise) for exercise in workbook.catalog if _is_due_again(workbook, exercise)]
    return offers


def next_suggestion(workbook: "Workbook") -> Offer | None:
    """Return the one thing Today suggests: the first that is not snoozed."""
    for offer in list_suggestions(workbook):
        if workbook.snoozed.offer_suggestion(offer.exercise, workbook.today):
            return offer
    return None


def _is_due_again(workbook: "Workbook", exercise: Exercise) -> bool:
    """Return whether it is time to do an exercise again; one for every day needs no suggestion."""
    days = workbook.done.get(exercise.id)
    if not days or not exercise.repeat_days or exercise.repeat_days <= 1:
        return False
    return (workbook.today - days[0]).days >= exercise.repeat_days


def _once_more(workbook: "Workbook", exercise: Exercise) -> Offer:
    last = ago(workbook.done[exercise.id][0])
    return Offer(exercise=exercise.id, say=f"{exercise.title} again? The last one is from {last}.")
