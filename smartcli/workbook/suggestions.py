"""What could be next for this person, and why.

First comes what answers something that was just said or has just happened; then, for those who chose
it, the path's step of the day; then all else, what was passed over less often before the rest; then what
it is time to do again.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple, Self

from smartcli.content.exercise import Exercise, ExerciseHead
from smartcli.content.offers import Offer, holding
from smartcli.journal.turns import NEVER_SHOWN, Standing
from smartcli.language import _
from smartcli.moments import ago
from smartcli.workbook.answers_given import AnswersGiven
from smartcli.workbook.first_weeks import find_path_today

if TYPE_CHECKING:
    from smartcli.workbook.workbook import Workbook

_BACKUP = "backup"  # the name by which turns of the offer of a backup are kept; no exercise has it
# When a backup is worth an offer: judgements, none is from a source.
_WORTH_A_BACKUP = 20  # entries
_BACKUP_AGE = timedelta(days=30)


def list_suggestions(workbook: "Workbook") -> list[Offer]:
    """Return what could be next, the most useful first, each exercise once; also what rests on Today."""
    if not workbook.settings.suggestions or workbook.is_closed:
        return []
    offers = _Offers.of(workbook)
    step = find_path_today(workbook).step
    first: dict[str, Offer] = {}
    for offer in (*offers.urgent, *([step] if step else []), *offers.others, *offers.due_again):
        if offer.exercise:
            first.setdefault(offer.exercise, offer)
    return [*first.values()]


def next_suggestion(workbook: "Workbook") -> Offer | None:
    """Return the one thing Today suggests; None when there is nothing, or today's step of the path is done.

    Whatever is shown for the first time begins its turn with that.
    """
    if not workbook.settings.suggestions or workbook.is_closed:
        return None
    offers = _Offers.of(workbook)
    shown = next((offer for offer in offers.urgent if offer.is_dated or _show(workbook, offer)), None)
    if shown:
        return shown
    path = find_path_today(workbook)
    if path.step:
        workbook.turns.show(path.turn, workbook.today)
    if path.step or path.is_done_today:
        return path.step
    return next((offer for offer in chain(offers.others, offers.due_again) if _show(workbook, offer)), None)


class _Offers(NamedTuple):
    """What the rules offer today: what answers something just said, and the rest in order; then what is due again."""

    urgent: list[Offer]
    others: list[Offer]
    due_again: Iterator[Offer]

    @classmethod
    def of(cls, workbook: "Workbook") -> Self:
        """Return what could be offered today."""
        rules = workbook.catalog.offers
        families = workbook.memory.families(None)
        days = max((condition.within for rule in rules for condition in rule.only_if), default=0)
        answers = AnswersGiven(workbook, workbook.today, days)
        known = workbook.catalog.ids()
        held = [
            rule for rule in holding(rules, workbook.done, families, workbook.today, answers) if rule.exercise in known
        ]
        standings = _standings(workbook)
        backup = _offer_backup(workbook)
        others = [*([backup] if backup else []), *(rule for rule in held if not rule.now)]
        others.sort(key=lambda rule: standings.get(_turn_name(rule), NEVER_SHOWN).passed_over)
        return cls([rule for rule in held if rule.now], others, _due_again(workbook, rules, families))


def _standings(workbook: "Workbook") -> Mapping[str, Standing]:
    """Return how each suggestion that was shown before stands today; doing an exercise ends its count."""
    done = {exercise: days[0] for exercise, days in workbook.done.items()}
    backup = workbook.last_backup.day()
    return workbook.turns.standings(workbook.today, done | ({_BACKUP: backup} if backup else {}))


def _turn_name(offer: Offer) -> str:
    """Return the name by which an offer's turns are kept.

    What answers something just said has turns of its own: who passes an exercise over in a quiet week
    may want it after a hard day.
    """
    if not offer.exercise:
        return _BACKUP
    return f"{offer.exercise}-now" if offer.now else offer.exercise


def _show(workbook: "Workbook", offer: Offer) -> bool:
    """Return whether an offer has its turn today, which begins with that if it is its first day."""
    return workbook.turns.show(_turn_name(offer), workbook.today, _counted_after(workbook, offer))


def _counted_after(workbook: "Workbook", offer: Offer) -> date | None:
    """Return the day up to which an offer's turns count no more: it was done then, or something happened anew.

    Who passed an exercise over after one lapse may want it after the next.
    """
    if not offer.exercise:
        return workbook.last_backup.day()
    days = [*workbook.done.get(offer.exercise, ())[:1]]
    if offer.now and offer.after != offer.exercise:
        days += [day - timedelta(days=1) for day in workbook.done.get(offer.after, ())[:1]]
    return max(days, default=None)


def _offer_backup(workbook: "Workbook") -> Offer | None:
    """Return the offer of a backup, which is of no exercise; None while little is lost without one."""
    days = [*chain.from_iterable(workbook.done.values())]
    last = workbook.last_backup.day()
    if len(days) < _WORTH_A_BACKUP or (last and (max(days) <= last or workbook.today - last < _BACKUP_AGE)):
        return None
    if last:
        say = _(
            "You made your last backup {ago}, and you have written more since. `smartcli backup` makes a new one.",
            ago=ago(last, workbook.today),
        )
    else:
        say = _(
            "There is no backup of what you wrote yet. `smartcli backup` saves everything in one file that you can "
            "keep in a second place."
        )
    return Offer(exercise="", say=say)


def _due_again(workbook: "Workbook", rules: Sequence[Offer], families: frozenset[str]) -> Iterator[Offer]:
    """Yield what it is time to do again, but for what no rule would offer to these families."""
    for name in sorted(workbook.done.keys() - _unsuited(rules, families)):
        exercise = workbook.catalog.get(name)
        if exercise and _is_due_again(workbook, exercise):
            yield _once_more(workbook, exercise)


def find_first_of_point(workbook: "Workbook", exercises: Sequence[ExerciseHead]) -> Offer | None:
    """Return the shortest of some exercises that was not done yet and that the rules would offer to this person.

    For a point of which nothing is suggested; the reason is what the exercise is for.
    """
    rules = workbook.catalog.offers
    families = workbook.memory.families(None)
    suited = {rule.exercise for rule in rules if rule.is_for(families)} - workbook.done.keys()
    left = [exercise for exercise in exercises if exercise.id in suited]
    shortest = min(left, key=lambda exercise: exercise.minutes, default=None)
    return Offer(exercise=shortest.id, say=shortest.purpose) if shortest else None


def _unsuited(rules: Sequence[Offer], families: frozenset[str]) -> set[str]:
    """Return the exercises that rules name but that none of them would offer to these families."""
    return {rule.exercise for rule in rules} - {rule.exercise for rule in rules if rule.is_for(families)}


def _is_due_again(workbook: "Workbook", exercise: Exercise) -> bool:
    """Return whether it is time to do an exercise again; one for every day needs no suggestion."""
    days = workbook.done.get(exercise.id)
    if not days or not exercise.repeat_days or exercise.repeat_days <= 1:
        return False
    return (workbook.today - days[0]).days >= exercise.repeat_days


def _once_more(workbook: "Workbook", exercise: Exercise) -> Offer:
    say = _(
        'You last did the exercise "{title}" {ago}. You can do it again whenever you like.',
        title=exercise.title,
        ago=ago(workbook.done[exercise.id][0], workbook.today),
    )
    return Offer(exercise=exercise.id, say=say)
