"""Choosing an exercise from the points."""

from typing import TYPE_CHECKING

from smartcli.asking import Back, Ended, Option, Pause, Question
from smartcli.commands.exercises import times_done
from smartcli.exercise import POINTS
from smartcli.pages.catalog import POINT_TITLES, exercise_line
from smartcli.trouble import PAUSED

if TYPE_CHECKING:
    from smartcli.commands.workbook import Workbook


def choose_exercise(workbook: "Workbook") -> str:
    """Ask for a point, then for one of its exercises; return its id. Leaving ends the program (130)."""
    asker = workbook.asker
    exercises = [*workbook.catalog]
    done = times_done(workbook)
    points = [Option(point, POINT_TITLES[point]) for point in POINTS if any(one.point == point for one in exercises)]
    asker.open("Exercises", 2)
    try:
        while True:
            point = asker.choose(Question(ask="Which point?", heading="Exercises"), points)
            listed = [Option(one.id, exercise_line(one, done.get(one.id))) for one in exercises if one.point == point]
            try:
                chosen = asker.choose(Question(ask="Which one?", heading=POINT_TITLES[point or ""]), listed)
            except Back:
                continue
            return chosen or ""
    except (Back, Pause, Ended, KeyboardInterrupt):
        raise SystemExit(PAUSED) from None
    finally:
        asker.close()
