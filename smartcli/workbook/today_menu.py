"""Today's menu: what can be done now, done, and the page again, until it is left."""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from smartcli.asking import Back, Ended, Option, Pause, Question
from smartcli.trouble import Trouble, say
from smartcli.workbook.today import Today, gather_today
from smartcli.workbook.unfinished import Waiting
from smartcli.workbook.workbook import Workbook


class _Item(NamedTuple):
    """One thing to choose: its id, its words, and what does it and returns a remark for the page."""

    id: str
    words: str
    do: Callable[[Workbook], str]


def run_today_menu() -> None:
    """Show today's page with its menu, and do what is chosen, until the person leaves."""
    Workbook().tidy()
    today = gather_today()
    remark = _alarm(today.workbook)
    while True:
        chosen = _choose_item(today, remark)
        if chosen is None:
            return
        try:
            remark = chosen.do(Workbook())
        except Pause as pause:  # its words stand on the terminal behind the menu; the draft, on the page
            say(*pause.lines())
            remark = "Paused, and kept."
        today = gather_today()


def _alarm(workbook: Workbook) -> str:
    """Return what must be said first, if anything: that many entries are gone."""
    try:
        workbook.look_over()
    except Trouble as trouble:
        return " ".join(trouble.lines())
    return ""


def _items(today: Today) -> list[_Item]:
    """Return what can be chosen, in order."""
    suggested = today.suggestion.exercise if today.suggestion else ""
    items = []
    if suggested == "start":
        items.append(_exercise_item("start", "Begin: what I want to change"))
    items.append(_exercise_item("check-in", "Check in (about a minute)"))
    items.append(_Item("urge", "I have an urge", partial(_do_exercise, "urge-log")))
    items.append(_exercise_item("lapse", "After a lapse"))
    for unfinished in today.unfinished:
        draft = unfinished.draft.id
        items.append(_Item(draft, f"Go on with {unfinished.title}", partial(_resume, draft)))
    for waiting in today.waiting:
        add = partial(_answer_later, waiting)
        items.append(_Item(waiting.head.entry.id, f"Add to {waiting.exercise.title}", add))
    items.append(_Item("do", "An exercise", _do_chosen_exercise))
    if suggested not in ("", "start", "check-in"):
        title = today.workbook.catalog.find(suggested).title
        items.append(_Item("suggested", f"Perhaps: {title}", partial(_do_exercise, suggested)))
    if today.last:
        items.append(_Item("look", "Look back", _look_back))
    items.append(_Item("support", "I need help now", _show_support))
    return items


def _choose_item(today: Today, remark: str) -> _Item | None:
    """Show the page with its menu; return what was chosen, None to leave."""
    page = today.page(remark)
    items = _items(today)
    options = [Option(item.id, item.words) for item in items]
    options.append(Option("leave", "Leave"))
    asker = today.workbook.asker
    asker.open("smartcli", 1)
    try:
        chosen = asker.choose(Question(ask="What now?", heading=page.title, above=[*page.blocks]), options)
    except (Back, Ended, Pause, KeyboardInterrupt):
        return None
    finally:
        asker.close()
    return next((item for item in items if item.id == chosen), None)


def _exercise_item(name: str, words: str) -> _Item:
    return _Item(name, words, partial(_do_exercise, name))


def _do_exercise(name: str, workbook: Workbook) -> str:
    from smartcli.workbook.sessions import do_exercise

    return do_exercise(workbook, name).line


def _do_chosen_exercise(workbook: Workbook) -> str:
    from smartcli.workbook.choose_exercise import choose_exercise

    return _do_exercise(choose_exercise(workbook), workbook)


def _resume(draft: str, workbook: Workbook) -> str:
    from smartcli.workbook.sessions import resume_draft

    return resume_draft(workbook, draft).line


def _answer_later(waiting: Waiting, workbook: Workbook) -> str:
    from smartcli.workbook.sessions import answer_later

    return answer_later(workbook, waiting.exercise, waiting.head, waiting.today).line


def _show_support(workbook: Workbook) -> str:
    asker = workbook.asker
    asker.open("Support", 0)
    try:
        asker.tell("Support", workbook.support())
    finally:
        asker.close()
    return ""


def _look_back(workbook: Workbook) -> str:
    """Let the person open entries, newest first, until they go back."""
    from smartcli.workbook.browser import Browser

    Browser(
        workbook, ((entry, workbook.readable(entry).summary()) for entry in workbook.journal.entries()), "Look back"
    ).run()
    return ""
