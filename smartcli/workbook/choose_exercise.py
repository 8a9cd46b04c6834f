"""Choosing an exercise: what could be next, a point, or any of them found by a word."""

from collections.abc import Iterable
from itertools import islice
from typing import TYPE_CHECKING

from smartcli.asking import Back, Ended, Option, Pause, Question, Reading
from smartcli.blocks import Words
from smartcli.content.exercise import POINTS, ExerciseHead
from smartcli.language import N_, _
from smartcli.moments import ago
from smartcli.pages.catalog import exercise_line, point_title
from smartcli.words import folded
from smartcli.workbook.suggestions import list_suggestions
from smartcli.workbook.terminal import translate_option

if TYPE_CHECKING:
    from smartcli.workbook.workbook import Workbook

_FIND = Option("find", N_("Find an exercise by a word"))
_HELP = Option("help-now", N_("I need help now"))
_PERHAPS = 2  # of what could be next


def choose_exercise(workbook: "Workbook") -> str:
    """Ask for what could be next, a point, or an exercise found by a word. Returns an exercise's id; raises Pause."""
    asker = workbook.asker
    exercises = {exercise.id: exercise for exercise in workbook.catalog.heads()}
    options = _first_options(workbook, exercises)
    heading = _("Exercises")
    asker.open(heading, 1)
    try:
        while True:
            chosen = asker.choose(Question(ask=_("What would you like to work on?"), heading=heading), options) or ""
            if chosen in exercises:
                return chosen
            try:
                if chosen == _HELP.id:
                    asker.tell(_("Support"), workbook.support(), Reading.BESIDE)
                elif chosen == _FIND.id:
                    if found := _find(workbook, [*exercises.values()]):
                        return found
                else:
                    return choose_of_point(workbook, chosen, [*exercises.values()])
            except Back:
                continue
    except (Back, Ended, KeyboardInterrupt):
        raise Pause from None
    finally:
        asker.close()


def _first_options(workbook: "Workbook", exercises: dict[str, ExerciseHead]) -> list[Option]:
    """Return the few rows to begin with. On the screen every exercise follows by point, where `/` finds it.

    Line by line nobody can be read eighty of them: there a row of its own finds one.
    """
    suggested = _next(workbook, exercises)
    first = [*suggested, *_points(workbook, [*exercises.values()])]
    if not workbook.asks_on_screen:
        return [*first, translate_option(_FIND), translate_option(_HELP)]
    known = {option.id for option in suggested}
    others = [
        _option(workbook, exercise, group=point_title(point))
        for point in POINTS
        for exercise in exercises.values()
        if exercise.point == point and exercise.id not in known
    ]
    return [*first, translate_option(_HELP), *others]


def _option(workbook: "Workbook", exercise: ExerciseHead, group: str = "") -> Option:
    return Option(exercise.id, exercise_line(exercise, workbook.done.get(exercise.id, ()), to_type=False), group)


def _find(workbook: "Workbook", exercises: Iterable[ExerciseHead]) -> str:
    """Ask for a word and then for one of the exercises that have it; returns its id, "" for none. Raises Back."""
    heading = _("Exercises")
    words = str(workbook.asker.line(Question(ask=_("Which word are you looking for?"), heading=heading)))
    wanted = folded(words)
    found = [exercise for exercise in exercises if wanted in _searched(exercise)]
    if not found:
        workbook.asker.tell(heading, [Words(_("No exercise has this word in its name or in what it is for."))])
        return ""
    options = [_option(workbook, exercise) for exercise in found]
    return (
        workbook.asker.choose(Question(ask=_("Which exercise would you like to do?"), heading=heading), options) or ""
    )


def _searched(exercise: ExerciseHead) -> str:
    return folded(" ".join([exercise.id, exercise.title, exercise.purpose, *exercise.aliases]))


def _next(workbook: "Workbook", exercises: dict[str, ExerciseHead]) -> list[Option]:
    """Return what could be next, with its reason."""
    known = (offer for offer in list_suggestions(workbook) if offer.exercise in exercises)
    first = islice(known, _PERHAPS)
    return [Option(offer.exercise, f"{exercises[offer.exercise].title}\n{offer.say}") for offer in first]


def _points(workbook: "Workbook", exercises: list[ExerciseHead]) -> list[Option]:
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


def choose_of_point(workbook: "Workbook", point: str, exercises: list[ExerciseHead]) -> str:
    """Ask for one of a point's exercises; returns its id. Raises Back, Pause, Ended."""
    of_point = [exercise for exercise in exercises if exercise.point == point]
    options = [_option(workbook, one) for one in of_point]
    options.append(translate_option(_HELP))
    asked = Question(ask=_("Which exercise would you like to do?"), heading=point_title(point))
    while (chosen := workbook.asker.choose(asked, options)) == _HELP.id:
        workbook.asker.tell(_("Support"), workbook.support(), Reading.BESIDE)
    return chosen or ""
