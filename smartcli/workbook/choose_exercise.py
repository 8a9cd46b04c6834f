"""Choosing an exercise from the points."""

from itertools import islice
from typing import TYPE_CHECKING

from smartcli.asking import Back, Ended, Option, Pause, Question
from smartcli.content.exercise import POINTS, Exercise
from smartcli.moments import ago
from smartcli.pages.catalog import POINT_TITLES, exercise_line
from smartcli.trouble import PAUSED
from smartcli.workbook.suggestions import offered

if TYPE_CHECKING:
    from smartcli.workbook.workbook import Workbook

_HELP = Option("help-now", "I need help now")
_PERHAPS = 2  # of what could be next


def choose_exercise(workbook: "Workbook") -> str:
    """Ask for a point, or for what could be next; then for an exercise. Returns its id; leaving ends it all (130)."""
    asker = workbook.asker
    exercises = {one.id: one for one in workbook.catalog}
    first = [*_next(workbook, exercises), *_points(workbook, [*exercises.values()]), _HELP]
    asker.open("Exercises", 2)
    try:
        while True:
            chosen = asker.choose(Question(ask="Which point?", heading="Exercises"), first) or ""
            if chosen in exercises:
                return chosen
            try:
                if chosen == _HELP.id:
                    asker.tell("Support", workbook.support())
                    continue
                return _of_point(workbook, chosen, [one for one in exercises.values() if one.point == chosen])
            except Back:
                continue
    except (Back, Pause, Ended, KeyboardInterrupt):
        raise SystemExit(PAUSED) from None
    finally:
        asker.close()


def _next(workbook: "Workbook", exercises: dict[str, Exercise]) -> list[Option]:
    """Return what could be next, with its reason."""
    known = (one for one in offered(workbook) if one.exercise in exercises)
    return [Option(one.exercise, f"{exercises[one.exercise].title}\n{one.say}") for one in islice(known, _PERHAPS)]


def _points(workbook: "Workbook", exercises: list[Exercise]) -> list[Option]:
    """Return the points, each with what was done of it last, and when."""
    options = []
    for point in POINTS:
        of_point = [one for one in exercises if one.point == point]
        done = [(workbook.done[one.id][0], one.title) for one in of_point if one.id in workbook.done]
        last, title = max(done, default=(None, ""))
        remark = f"{title}, {ago(last)}" if last else ""
        options += [Option(point, POINT_TITLES[point], remark=remark)] if of_point else []
    return options


def _of_point(workbook: "Workbook", point: str, exercises: list[Exercise]) -> str:
    listed = [Option(one.id, exercise_line(one, workbook.done.get(one.id, ()))) for one in exercises]
    asked = Question(ask="Which one?", heading=POINT_TITLES[point])
    while (chosen := workbook.asker.choose(asked, [*listed, _HELP])) == _HELP.id:
        workbook.asker.tell("Support", workbook.support())
    return chosen or ""
