"""Today: what is unfinished, what can be added, one suggestion, and a menu."""

import sys
from collections.abc import Callable
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from smartcli.pages.today import Today
    from smartcli.workbook.unfinished import Waiting
    from smartcli.workbook.workbook import Workbook

_SHOWN = 2  # of what is unfinished, and of what can be added


class _Item(NamedTuple):
    id: str
    say: str
    do: Callable[["Workbook"], str]


def today() -> None:
    """Print today's page; at a terminal go on with a menu until it is left."""
    from smartcli.pages.today import today_page
    from smartcli.workbook.terminal import show
    from smartcli.workbook.workbook import Workbook

    workbook = Workbook()
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        show(today_page(facts(workbook)))
        workbook.look_over()
        return
    workbook.tidy()
    remark = _alarm(workbook)
    while True:
        chosen = _menu(workbook, remark)
        if chosen is None:
            return
        try:
            remark = chosen.do(workbook)
        except SystemExit:  # paused: its own words are said, and the page shows it as unfinished
            remark = "Paused, and kept."
        workbook = Workbook()


def _alarm(workbook: "Workbook") -> str:
    """Return what must be said first: that many entries are gone."""
    from smartcli.trouble import Trouble

    try:
        workbook.journal.revisions()
        workbook.look_over()
    except Trouble as trouble:
        return " ".join(trouble.lines())
    return ""


def facts(workbook: "Workbook", remark: str = "") -> "Today":
    """Gather what today's page shows."""
    from smartcli.moments import day_of, now
    from smartcli.pages.today import Today
    from smartcli.workbook.suggestions import suggestion
    from smartcli.workbook.unfinished import unfinished, waiting

    newest = workbook.memory.newest()
    return Today(
        day=day_of(now(), workbook.settings.day_starts),
        last=newest.day if newest else None,
        unfinished=[one.said() for one in unfinished(workbook)[:_SHOWN]],
        waiting=[one.said() for one in islice(waiting(workbook), _SHOWN)],
        suggestion=suggestion(workbook),
        remark=remark,
    )


def _menu(workbook: "Workbook", remark: str) -> "_Item | None":
    """Show the page with its menu; return what was chosen, None to leave."""
    from smartcli.asking import Back, Ended, Option, Pause, Question
    from smartcli.pages.today import today_page
    from smartcli.workbook.unfinished import unfinished, waiting

    known = facts(workbook, remark)
    to_add = [*islice(waiting(workbook), _SHOWN)]
    page = today_page(known)
    wanted = known.suggestion.exercise if known.suggestion else ""
    items = [
        *([_Item("start", "Begin: what I want to change", lambda it: _kept(it, "start"))] if wanted == "start" else []),
        _Item("check-in", "Check in (about a minute)", lambda workbook: _kept(workbook, "check-in")),
        _Item("urge", "I have an urge", lambda workbook: _kept(workbook, "urge-log")),
        _Item("lapse", "After a lapse", lambda workbook: _kept(workbook, "lapse")),
        *[
            _Item(one.draft.id, f"Go on with {one.title}", _goer_on(one.draft.id))
            for one in unfinished(workbook)[:_SHOWN]
        ],
        *[_Item(one.head.entry.id, f"Add to {one.exercise.title}", _adder(one)) for one in to_add],
        _Item("do", "An exercise", _choose),
        *(
            [
                _Item(
                    "suggested",
                    f"Perhaps: {workbook.catalog.find(wanted).title}",
                    lambda it: _kept(it, wanted),
                )
            ]
            if wanted not in ("", "start", "check-in")
            else []
        ),
        *([_Item("look", "Look back", _look_back)] if known.last else []),
        _Item("support", "I need help now", _support),
    ]
    asker = workbook.asker
    asker.open("smartcli", 1)
    try:
        options = [Option(item.id, item.say) for item in items] + [Option("leave", "Leave")]
        question = Question(ask="What now?", heading=page.title, above=[*page.blocks])
        chosen = asker.choose(question, options)
    except (Back, Ended, Pause, KeyboardInterrupt):
        return None
    finally:
        asker.close()
    return next((item for item in items if item.id == chosen), None)


def _kept(workbook: "Workbook", name: str) -> str:
    from smartcli.workbook.sessions import sit

    return sit(workbook, workbook.catalog.find(name)).line


def _choose(workbook: "Workbook") -> str:
    from smartcli.workbook.choose_exercise import choose_exercise

    return _kept(workbook, choose_exercise(workbook))


def _goer_on(draft: str) -> Callable[["Workbook"], str]:
    def go_on(workbook: "Workbook") -> str:
        from smartcli.workbook.sessions import take_up

        return take_up(workbook, draft).line

    return go_on


def _adder(one: "Waiting") -> Callable[["Workbook"], str]:
    def add(workbook: "Workbook") -> str:
        from smartcli.workbook.sessions import afterwards

        return afterwards(workbook, one.exercise, one.head, one.today).line

    return add


def _support(workbook: "Workbook") -> str:
    asker = workbook.asker
    asker.open("Support", 0)
    try:
        asker.tell("Support", workbook.support())
    finally:
        asker.close()
    return ""


def _look_back(workbook: "Workbook") -> str:
    """Let the person open entries, newest first, until they go back."""
    from smartcli.workbook.browser import Browser

    Browser(workbook, ((entry, entry.summary()) for entry in workbook.journal.entries()), "Look back").run()
    return ""
