"""An exercise that was begun today and left: to go on with it is offered before another one lies beside it."""

from typing import TYPE_CHECKING

from smartcli.asking import Asker, Back, Ended, Option, Pause, Question
from smartcli.content.exercise import Exercise
from smartcli.journal.draft import Draft
from smartcli.language import N_, _
from smartcli.moments import ago_at, day_of
from smartcli.workbook.settling import STRENGTH

if TYPE_CHECKING:
    from smartcli.workbook.workbook import Workbook

_GO_ON, _NEW = "go-on", "new"
_SAYS = {_GO_ON: N_("Go on with it"), _NEW: N_("Begin a new one")}


def find_begun_today(workbook: "Workbook", exercise: Exercise, *, quick: bool) -> Draft | None:
    """Return the newest draft of an exercise that the person began today and left; None where it is not to be offered.

    With an urge, after a lapse and in support help comes first, never a question. From a pipe there is nobody to ask.
    """
    if is_help(exercise) or not workbook.asker.live:
        return None
    for draft in workbook.drafts.all():
        header = draft.header
        is_of_today = day_of(draft.started, workbook.settings.day_starts) == workbook.today
        is_alike = header.exercise == exercise.id and header.quick == quick
        if is_alike and is_of_today and not (header.parents or header.when or header.about or draft.is_empty):
            return draft
    return None


def is_help(exercise: Exercise) -> bool:
    """Return whether an exercise is for a hard moment."""
    if exercise.in_support or exercise.point == "urges":
        return True
    return any(exercise.measuring(measure) for measure in (STRENGTH, "lapse"))


def is_to_go_on(asker: Asker, exercise: Exercise, begun: Draft) -> bool:
    """Ask whether to go on with what was begun; raises Pause when the person goes back instead."""
    asked = Question(
        ask=_("You began this {ago} and did not finish. Would you like to go on with it?", ago=ago_at(begun.started)),
        heading=exercise.title,
        answer=_GO_ON,
    )
    asker.open(exercise.title, 1)
    try:
        return asker.choose(asked, [Option(name, _(say)) for name, say in _SAYS.items()]) == _GO_ON
    except (Back, Ended, KeyboardInterrupt):
        raise Pause from None
    finally:
        asker.close()
