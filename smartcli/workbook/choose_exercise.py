"""Choosing an exercise from the points."""

from itertools import islice
from typing import TYPE_CHECKING

from smartcli.asking import Back, Ended, Option, Pause, Question
from smartcli.content.exercise import POINTS, Exercise
from smartcli.language import N_, _
from smartcli.moments import ago
from smartcli.pages.catalog import exercise_line, point_title
from smartcli.workbook.suggestions import list_suggestions
from smartcli.workbook.terminal import translate_option

if TYPE_CHECKING:
    from smartcli.workbook.workbook import Workbook

_HELP = Option("help-now", N_("I need help now"))
_PERHAPS = 2  # of what could be next


def choose_exercise(workbook: "Workbook") -> str:
    """Ask for a point, or for what could be next; then for an exercise. Returns its id; raises Pause."""
    asker = workbook.asker
    exercises = {exercise.id: exercise for exercise in workbook.catalog}
    first = [*_next(workbook, exercises), *_points(workbook, [*exercises.values()]), translate_option(_HELP)]
    heading = _("Exercises")
    asker.open(heading, 2)
    try:
        while True:
            chosen = asker.choose(Question(ask=_("What would you like to work on?"), heading=heading), first) or ""
            if chosen in exercises:
                return chosen
            try:
                if chosen == _HELP.id:
                    asker.tell(_("Support"), workbook.support())
                    continue
                return choose_of_point(workbook, chosen, [*exercises.values()])
            except Back:
                continue
    except (Back, Ended, KeyboardInterrupt):
        raise Pause from None
    finally:
        asker.close()


def _next(workbook: "Workbook", exercises: dict[str, Exercise]) -> list[Option]:
    """Return what could be next, with its reason."""
    known = (offer for offer in list_suggestions(workbook) if offer.exercise in exercises)
    first = islice(known, _PERHAPS)
    return [Option(offer.exercise, f"{exercises[offer.exercise].title}\n{offer.say}") for offer in first]


def _points(workbook: "Workbook", exercises: list[Exercise]) -> list[Option]:
    """Return the points that have exercises, each with what was done of it last, and when."""
    options = []
    for point in POINTS:
        of_point = [exercise for exercise in exercises if exercise.point == point]
        if not of_point:
            continue
        done = [(workbook.done[one.id][0], one.title) for one in of_point if one.id in workbook.done]
        remark = ""
        if done:
            last, title = max(done)
            remark = _("{title}, {ago}", title=title, ago=ago(last))
        options.append(Option(point, point_title(point), remark=remark))
    return options


def choose_of_point(workbook: "Workbook", point: str, exercises: list[Exercise]) -> str:
    """Ask for one of a point's exercises; returns its id. Raises Back, Pause, Ended."""
    of_point = [exercise for exercise in exercises if exercise.point == point]
    options = [Option(one.id, exercise_line(one, workbook.done.get(one.id, ()))) for one in of_point]
    options.append(translate_option(_HELP))
    asked = Question(ask=_("Which exercise would you like to do?"), heading=point_title(point))
    while (chosen := workbook.asker.choose(asked, options)) == _HELP.id:
        workbook.asker.tell(_("Support"), workbook.support())
    return chosen or ""
