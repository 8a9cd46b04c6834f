"""My programme: the four points with what was done and what could be next, and the path; a menu to open one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from smartcli.asking import Back, Ended, Option, Pause, Question
from smartcli.blocks import Words
from smartcli.content.exercise import POINTS, ExerciseHead
from smartcli.content.offers import Offer
from smartcli.content.path import FirstWeeks
from smartcli.language import N_, _
from smartcli.moments import ago
from smartcli.pages.catalog import point_title
from smartcli.pages.programme import PathOnPage, PointOnPage, lead, point_blocks, programme_page
from smartcli.trouble import say
from smartcli.workbook.first_weeks import PathToday, find_path_today
from smartcli.workbook.leaving import last_lines, standing
from smartcli.workbook.suggestions import find_first_of_point, list_suggestions
from smartcli.workbook.terminal import translate_option
from smartcli.workbook.workbook import Workbook

if TYPE_CHECKING:
    from smartcli.blocks import Page

_FOUR_POINTS = [point for point in POINTS if point != "daily"]
_LEAVE = Option("leave", N_("Leave"))
_BACK = Option("back", N_("Back to the four points"))


@dataclass(frozen=True)
class Programme:
    """One look at the programme: each point as it stands, and what could be next in it; the path.

    `is_closed`: the journal is locked and not opened, so nothing is known of what was done, nor of the path.
    """

    exercises: Mapping[str, ExerciseHead]
    points: Sequence[PointOnPage]
    offers: Mapping[str, Offer]  # the first suggestion of each point
    path: FirstWeeks | None
    path_today: PathToday
    is_closed: bool = False

    def page(self) -> "Page":
        """Return the whole of it on one page."""
        return programme_page(self.points, self.path_on_page(), is_closed=self.is_closed)

    def path_on_page(self) -> PathOnPage | None:
        """Return how the path stands, in words; None where there is no path."""
        if not self.path:
            return None
        change = _("To start, change or stop the small steps: smartcli do {exercise}", exercise=self.path.choose)
        today = self.path_today
        if not today.is_on:
            return PathOnPage(_("Here you can get one small step a day. You are not using it now."), change)
        if today.is_over:
            return PathOnPage(_("You have come to the end of the steps you chose."), change)
        if today.is_done_today:
            return PathOnPage(_("You have done today's step. The next step comes on another day."), change)
        if not today.step:
            return PathOnPage(_("There is no step for today. The steps you skipped come back later."), change)
        title = self.exercises[today.step.exercise].title
        quick = " --quick" if today.step.quick else ""
        return PathOnPage(
            _("You have chosen to take small steps. Days without a step don't matter."),
            f"smartcli do {today.step.exercise}{quick}\n{change}",
            _("Your next step: {title}. {reason}", title=title, reason=today.step.say),
        )


def gather_programme(workbook: Workbook) -> Programme:
    """Gather the programme from the journal as it stands now."""
    exercises = {exercise.id: exercise for exercise in workbook.catalog.heads()}
    if workbook.is_closed:
        points = [PointOnPage(point, ()) for point in _FOUR_POINTS]
        return Programme(exercises, points, {}, None, PathToday(), is_closed=True)
    offers = _offers_by_point(workbook, exercises)
    path = workbook.catalog.path
    if path and path.choose not in exercises:
        path = None
    points = [_point(workbook, point, exercises, offers.get(point)) for point in _FOUR_POINTS]
    return Programme(exercises, points, offers, path, find_path_today(workbook))


def _offers_by_point(workbook: Workbook, exercises: Mapping[str, ExerciseHead]) -> dict[str, Offer]:
    """Return what could be next in each point: the first suggestion, or else something short."""
    offers: dict[str, Offer] = {}
    for offer in list_suggestions(workbook):
        if offer.exercise in exercises:
            offers.setdefault(exercises[offer.exercise].point, offer)
    for point in _FOUR_POINTS:
        if point not in offers and workbook.settings.suggestions:
            short = find_first_of_point(workbook, [one for one in exercises.values() if one.point == point])
            if short:
                offers[point] = short
    return offers


def _point(workbook: Workbook, point: str, exercises: Mapping[str, ExerciseHead], offer: Offer | None) -> PointOnPage:
    """Return one point: the titles of what was done in it, newest first, each with when; never how often."""
    of_point = [exercise for exercise in exercises.values() if exercise.point == point and exercise.id in workbook.done]
    of_point.sort(key=lambda exercise: workbook.done[exercise.id][0], reverse=True)
    done = [
        _("{title}, {ago}", title=exercise.title, ago=ago(workbook.done[exercise.id][0], workbook.today))
        for exercise in of_point
    ]
    if not offer:
        return PointOnPage(point, done)
    name = f"{offer.exercise} --quick" if offer.quick else offer.exercise
    return PointOnPage(point, done, exercises[offer.exercise].title, offer.say, name)


def run_programme_menu(workbook: Workbook) -> None:
    """Let the person open a point or take the path's step, until they leave."""
    remark = ""
    before = standing(workbook)
    while True:
        programme = gather_programme(workbook)
        chosen = _choose(workbook, programme, remark)
        if chosen == _LEAVE.id:
            break
        try:
            remark = _open(workbook, programme, chosen)
        except Pause as pause:
            remark = pause.remark()
        workbook = Workbook()  # what was done is read anew
    say(*last_lines(workbook, before))


def _choose(workbook: Workbook, programme: Programme, remark: str) -> str:
    """Ask what to open; returns a point, "step", "path", or what leaves."""
    options = []
    step, path = programme.path_today.step, programme.path_on_page()
    if step:
        title = programme.exercises[step.exercise].title
        next_step = _("Your next step: {title}", title=title)
        options.append(Option("step", f"{next_step}\n{step.say}"))
    for number, point in enumerate(programme.points, start=1):
        last = point.done[0] if point.done else ""
        options.append(Option(point.id, f"{number}. {point_title(point.id)}", remark=last))
    if path:
        options.append(Option("path", _("Small steps for the first week or month: start, change or stop")))
    above = [Words(remark or lead(is_closed=programme.is_closed))]
    question = Question(ask=_("What would you like to open?"), heading=_("The four points"), above=above)
    return _ask(workbook, question, [*options, translate_option(_LEAVE)]) or _LEAVE.id


def _ask(workbook: Workbook, question: Question, options: Sequence[Option]) -> str:
    """Return the option chosen; "" when the person goes back or leaves."""
    asker = workbook.asker
    asker.open(question.heading, 1)
    try:
        return asker.choose(question, options) or ""
    except (Back, Ended, Pause, KeyboardInterrupt):
        return ""
    finally:
        asker.close()


def _open(workbook: Workbook, programme: Programme, chosen: str) -> str:
    """Open what was chosen; return a line that says what came of it. Raises Pause, Trouble."""
    step = programme.path_today.step
    if chosen == "step" and step:
        return _do(workbook, step)
    if chosen == "path" and programme.path:
        return _do(workbook, Offer(exercise=programme.path.choose, say=""))
    point = next(point for point in programme.points if point.id == chosen)
    return _open_point(workbook, programme, point)


def _open_point(workbook: Workbook, programme: Programme, point: PointOnPage) -> str:
    """Show a point with what can be done in it, and do what is chosen."""
    from smartcli.workbook.choose_exercise import choose_of_point

    offer = programme.offers.get(point.id)
    options = [Option("next", _('Start "{title}"', title=point.next_title))] if offer else []
    options += [Option("others", _("All exercises of this point")), translate_option(_BACK)]
    heading = point_title(point.id)
    above = [*point_blocks(point, to_type=False)]
    question = Question(ask=_("What would you like to do?"), heading=heading, above=above, from_top=True)
    chosen = _ask(workbook, question, options)
    if chosen == "next" and offer:
        return _do(workbook, offer)
    if chosen != "others":
        return ""
    workbook.asker.open(heading, 1)
    try:
        name = choose_of_point(workbook, point.id, [*programme.exercises.values()])
    except (Back, Ended, KeyboardInterrupt):
        return ""
    finally:
        workbook.asker.close()
    return _do(workbook, Offer(exercise=name, say=""))


def _do(workbook: Workbook, offer: Offer) -> str:
    from smartcli.workbook.sessions import do_exercise

    return do_exercise(workbook, offer.exercise, quick=offer.quick).line
