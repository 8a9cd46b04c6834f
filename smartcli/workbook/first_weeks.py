"""The path of the first week and month for this person: what was done of it, and what today's step is.

Nothing of it is stored but the choice, which is an entry like others. A step counts as done when its
exercise was done since the path was begun, or in the month before; days without a step count for nothing.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from smartcli.content.offers import Offer
from smartcli.content.path import FirstWeeks, PathStep
from smartcli.journal.turns import NEVER_SHOWN, Standing

if TYPE_CHECKING:
    from smartcli.workbook.workbook import Workbook

_BEFORE = timedelta(days=30)  # what was done so long before the path was begun need not be done again
_A_DAY = timedelta(days=1)
_LAST_WEEK = {"week": 1, "month": 4}  # of the path, by what was chosen (options of the measure `path`)


@dataclass(frozen=True)
class PathToday:
    """How the path stands today.

    `step` is today's, or the choice to go on where all are done; `turn` is the name by which its turns
    are kept.
    """

    is_on: bool = False
    step: Offer | None = None
    turn: str = ""
    is_done_today: bool = False
    is_over: bool = False


def find_path_today(workbook: "Workbook") -> PathToday:
    """Return how the path stands today; not on where nobody chose it, or there is none."""
    path = workbook.catalog.path
    if not path or path.choose not in workbook.done:  # without a look into any entry: most people are on no path
        return PathToday()
    entry = next(iter(workbook.memory.with_measure("path")), None)
    chosen = str(entry.first("path")) if entry else ""
    if not entry or chosen not in _LAST_WEEK:
        return PathToday()
    standings = workbook.turns.standings(workbook.today, {})
    steps = [step for step in _list_steps(workbook, path) if step.week <= _LAST_WEEK[chosen]]
    since = entry.day - _BEFORE
    left = _list_left(workbook, steps, standings, since, workbook.today - _A_DAY)  # today's step stays today's
    if left:
        return _first_open(workbook, left, standings)
    if not _list_left(workbook, steps, standings, since, entry.day):  # it was over when it was chosen
        return PathToday(is_on=True, is_over=True)
    return _end(path, chosen, entry.day, standings)


def _first_open(workbook: "Workbook", left: Sequence[PathStep], standings: Mapping[str, Standing]) -> PathToday:
    """Return the first step left, or what can be done instead, that does not rest."""
    for step in left:
        for offer, turn in _list_ways(workbook, step):
            if standings.get(turn, NEVER_SHOWN).is_open:
                return _step_today(workbook, step, offer, turn)
    return PathToday(is_on=True)


def _list_steps(workbook: "Workbook", path: FirstWeeks) -> list[PathStep]:
    """Return the steps that suit this person, with exercises that are there."""
    families = workbook.memory.families(None)
    aims = frozenset(behaviour.aim for behaviour in workbook.memory.behaviours)
    return [step for step in path.step if step.is_for(families, aims) and [*_list_ways(workbook, step)]]


def _list_ways(workbook: "Workbook", step: PathStep) -> Iterator[tuple[Offer, str]]:
    """Yield the step and what can be done instead, each as an offer with the name of its turns."""
    known = workbook.catalog.ids()
    for way in step.ways:
        if way.exercise in known:
            turn = _turn_name(step) if way is step else f"{_turn_name(step)} instead"
            yield Offer(exercise=way.exercise, say=way.say, quick=way.quick), turn


def _turn_name(step: PathStep) -> str:
    """Return the name by which a step's turns are kept; no exercise has a name with a space."""
    return f"path {step.id}"


def _list_left(
    workbook: "Workbook", steps: Sequence[PathStep], standings: Mapping[str, Standing], since: date, until: date
) -> list[PathStep]:
    """Return the steps not done in these days: each that was done has used up one of the days of its exercise.

    What can be done instead counts only once it could be shown: else a daily check-in would use up other steps.
    """
    known = workbook.catalog.ids()
    unused = {exercise: sum(since <= day <= until for day in days) for exercise, days in workbook.done.items()}
    left = []
    for step in steps:
        was_passed_over = standings.get(_turn_name(step), NEVER_SHOWN).passed_over > 0
        ways = step.ways if was_passed_over or step.exercise not in known else step.ways[:1]
        used = next((way.exercise for way in ways if unused.get(way.exercise)), "")
        if used:
            unused[used] -= 1
        else:
            left.append(step)
    return left


def _step_today(workbook: "Workbook", step: PathStep, offer: Offer, turn: str) -> PathToday:
    """Return today's step, or that it is done: nobody is shown a second one on the same day."""
    done_today = {exercise for exercise, days in workbook.done.items() if days[0] == workbook.today}
    if {step.exercise, offer.exercise} & done_today:
        return PathToday(is_on=True, is_done_today=True)
    return PathToday(is_on=True, step=offer, turn=turn)


def _end(path: FirstWeeks, chosen: str, since: date, standings: Mapping[str, Standing]) -> PathToday:
    """Return the end of the path chosen on a day: one sentence and the choice to go on, for a few days, once."""
    turn = f"path end {since.isoformat()}"
    if standings.get(turn, NEVER_SHOWN).passed_over:
        return PathToday(is_on=True, is_over=True)
    say = path.week_ends if chosen == "week" else path.month_ends
    return PathToday(is_on=True, step=Offer(exercise=path.choose, say=say), turn=turn, is_over=True)
