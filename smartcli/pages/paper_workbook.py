"""The whole workbook on paper: a kind first sheet, then every exercise by point."""

from collections.abc import Iterable

from smartcli.blocks import Block, Heading, Page, Ruled, Words
from smartcli.content.exercise import POINTS, Exercise
from smartcli.content.slots import ANYWHERE, Slots
from smartcli.language import _
from smartcli.pages.blank import blank_page, support_line


def workbook_pages(exercises: Iterable[Exercise], slots: Slots = ANYWHERE) -> list[Page]:
    """Return the sheets of a workbook: the first one, then by point, in each the shortest first and pages to read last.

    So the check-in, which takes a minute, opens it, and no dense page of warnings does.
    """
    ordered = sorted(exercises, key=_place)
    return [opening_page(slots), *(blank_page(exercise, slots, in_workbook=True) for exercise in ordered)]


def _place(exercise: Exercise) -> tuple[int, bool, int, str]:
    return POINTS.index(exercise.point), exercise.reading, exercise.minutes, exercise.title.casefold()


def opening_page(slots: Slots = ANYWHERE) -> Page:
    """Return the page that begins a workbook on paper: what it is, how to use it, and where help is."""
    blocks: list[Block] = [
        Words(
            _(
                "These sheets are for anyone who wants to change a habit, or is only thinking about it. "
                "Take what helps you, and leave the rest."
            )
        ),
        Words(
            _(
                "Use any sheet, on any day, in any order. You don't have to fill in all of it: two lines are enough, "
                "or the one question that matters to you today. If you don't know where to begin, try the check-in. "
                "It takes about a minute."
            )
        ),
        Words(
            _(
                "Copy the sheets you like before you write on them. Write the date on each one: it helps to read old "
                "ones again. Keep them where only the people you choose can read them."
            )
        ),
        Heading(_("Before you change anything"), 3),
        Words(
            _(
                "If your body is used to alcohol, sleeping pills or other sedatives, please do not stop suddenly: "
                "talk to a doctor first. If you use drugs after a break, your body can handle much less than before: "
                "the amount you used to take could now stop your breathing."
            )
        ),
        Heading(_("Support"), 3),
        Words(support_line(slots)),
        Words(_("People I can call, and how to reach them:")),
        Ruled(6),
    ]
    return Page(_("How to use these sheets"), blocks, section="", sheet=True)
