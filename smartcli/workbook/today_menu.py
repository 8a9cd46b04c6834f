"""Today's menu: what can be done now, done, and the page again, until it is left."""

import math
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from smartcli.asking import Back, Ended, Option, Pause, Question, Reading
from smartcli.blocks import Block, Words
from smartcli.language import _, ngettext
from smartcli.pages.today import Fitted, Place, fit_page, today_page
from smartcli.trouble import LOCKED, Trouble, say
from smartcli.words import sentences
from smartcli.workbook.leaving import describe_how_long_open, last_lines, standing
from smartcli.workbook.losses import tell_losses
from smartcli.workbook.resting_reminder import note_resting_told
from smartcli.workbook.settling import save_urges_left_open, take_out
from smartcli.workbook.steps import answer_step
from smartcli.workbook.terminal import size
from smartcli.workbook.today import Today, gather_today
from smartcli.workbook.unfinished import Unfinished, Waiting
from smartcli.workbook.workbook import Workbook
from smartcli.workbook.year_ago import note_year_ago

# Lines of a screen that are neither the page nor the menu nor keys: the day, the question, three empty ones.
_FRAME = 5
_KEYS = 64  # columns that the names of the menu's keys take, with some to spare


class _Item(NamedTuple):
    """One thing to choose: its id, its words, and what does it and returns a remark for the page."""

    id: str
    words: str
    do: Callable[[Workbook], str]


def run_today_menu() -> None:
    """Show today's page with its menu, and do what is chosen, until the person leaves."""
    workbook = Workbook()
    workbook.tidy()
    save_urges_left_open(workbook)
    today = gather_today()
    before = standing(today.workbook)
    remark = tell_losses(today.workbook)
    while chosen := _choose_item(today, remark):
        try:
            remark = chosen.do(Workbook())
        except Pause as pause:
            remark = pause.remark()
        except Trouble as trouble:
            if trouble.code != LOCKED:
                raise
            remark = sentences(trouble.sentence, trouble.safe)  # all that needs no passphrase goes on
        today = gather_today()
    say(*last_lines(today.workbook, before))


def _items(today: Today) -> list[_Item]:
    """Return what can be chosen, in order.

    The first three stand where they always stand, so that a hand finds an urge without reading. What is of today
    comes next, so that it is in sight on a small screen.
    """
    items = []
    suggested = today.suggestion.exercise if today.suggestion else ""
    if suggested == "start":
        items.append(_exercise_item("start", _("Start here: what I want to change")))
    again = _("Check in again") if "check-in" in today.done else _("Check in (about a minute)")
    items.append(_exercise_item("check-in", again))
    items.append(_Item("urge", _("I have an urge"), partial(_do_exercise, "urge-log")))
    items.append(_exercise_item("lapse", _("I had a lapse")))
    items += _items_of_today(today)
    if today.suggestion and suggested not in ("", "start", "check-in"):
        title = today.workbook.catalog.find(suggested).title
        begin = partial(_do_exercise, suggested, quick=today.suggestion.quick)
        items.append(_Item("suggested", _("Perhaps: {title}", title=title), begin))
    items.append(_Item("do", _("Choose an exercise"), _do_chosen_exercise))
    if today.last or today.closed:
        items.append(_Item("look", _("Look back"), _look_back))
    items.append(_Item("support", _("I need help now"), _show_support))
    return items


def _items_of_today(today: Today) -> Iterator[_Item]:
    """Yield what can be done with what was written: to open it, a step, an urge left open, a quick entry, drafts."""
    if today.closed:
        yield _Item("open", _("Open the journal, with your passphrase"), _open_journal)
    if today.step:
        yield _Item("step", _("Say how the step went"), partial(_answer_step, today))
    if today.saved:
        remove = ngettext("Hide that urge", "Hide those urges", len(today.saved))
        yield _Item("take-out", remove, partial(_take_out, today))
    if today.quick:
        yield _Item("fill-in", today.quick.describe(), partial(_fill_in, today))
    if today.unfinished:
        newest, *others = today.unfinished
        yield _Item("resume", _("Continue: {title}", title=newest.title), partial(_resume, newest.draft.id))
        if others:
            more = _("Continue another exercise ({number})", number=len(others))
            yield _Item("others", more, partial(_resume_another, others))
    for waiting in today.waiting:
        add = partial(_answer_later, waiting)
        yield _Item(waiting.head.entry.id, _("Add to: {title}", title=waiting.exercise.title), add)


def _lit(today: Today, items: list[_Item]) -> str:
    """Return the id of the row to begin at: the first, or once the check-in is done the first after those that stay."""
    if items[0].id != "check-in" or "check-in" not in today.done:
        return items[0].id
    of_today = [*_items_of_today(today)]
    return of_today[0].id if of_today else items[3].id


def _choose_item(today: Today, remark: str) -> _Item | None:
    """Show the page with its menu; return what was chosen, None to leave."""
    items = _items(today)
    options = [Option(item.id, item.words) for item in items]
    options.append(Option("leave", _("Leave")))
    page, places = _fit_page(today, remark, len(options))
    if Place.YEAR_AGO in places:
        note_year_ago(today.workbook)
    if Place.REMINDER in places:
        note_resting_told(today.workbook)
    # In plain mode an empty line is often typed by habit, and chooses nothing.
    lit = _lit(today, items) if today.workbook.asks_on_screen else None
    asked = Question(ask=_("What now?"), heading=page.title, above=[*page.blocks], answer=lit, leaves=True)
    chosen = _choose(today.workbook, asked, options)
    return next((item for item in items if item.id == chosen), None)


def _fit_page(today: Today, remark: str, options: int) -> Fitted:
    """Return the page; on the full screen as much of it as leaves the menu in sight, which is so many rows long."""
    if not today.workbook.asks_on_screen:
        parts = today.parts(remark)
        return Fitted(today_page(today.day, parts), frozenset(part.place for part in parts))
    from smartcli.prompts.screen_frame import text_width
    from smartcli.renderers.terminal import draw

    columns, lines = size()
    width = text_width(columns)

    def height(blocks: Sequence[Block]) -> int:
        return draw(blocks, width, styled=False).count("\n") + 1

    left = lines - _FRAME - math.ceil(_KEYS / columns)
    # Half of it at least is the page's; more of a page would be cut off at its top, where the menu is long.
    room = max(left - options, left // 2 - 2)
    return fit_page(today.day, today.parts(remark, width=width), room, height)


def _choose(workbook: Workbook, question: Question, options: Sequence[Option]) -> str | None:
    """Ask for one option on a screen of its own; None when the person goes back or leaves."""
    asker = workbook.asker
    asker.open("smartcli", 1)
    try:
        return asker.choose(question, options)
    except (Back, Ended, Pause, KeyboardInterrupt):
        return None
    finally:
        asker.close()


def _exercise_item(name: str, words: str) -> _Item:
    return _Item(name, words, partial(_do_exercise, name))


def _do_exercise(name: str, workbook: Workbook, *, quick: bool = False) -> str:
    from smartcli.workbook.sessions import do_exercise

    return do_exercise(workbook, name, quick=quick).line


def _do_chosen_exercise(workbook: Workbook) -> str:
    from smartcli.workbook.choose_exercise import choose_exercise

    return _do_exercise(choose_exercise(workbook), workbook)


def _resume(draft: str, workbook: Workbook) -> str:
    from smartcli.workbook.sessions import resume_draft

    return resume_draft(workbook, draft).line


def _answer_later(waiting: Waiting, workbook: Workbook) -> str:
    from smartcli.workbook.sessions import answer_later

    return answer_later(workbook, waiting.exercise, waiting.head, waiting.today).line


def _resume_another(others: Sequence[Unfinished], workbook: Workbook) -> str:
    options = [Option(unfinished.draft.id, unfinished.describe()) for unfinished in others]
    asked = Question(ask=_("Which exercise would you like to continue?"), heading=_("Unfinished"))
    chosen = _choose(workbook, asked, options)
    return _resume(chosen, workbook) if chosen else ""


def _answer_step(today: Today, workbook: Workbook) -> str:
    step = today.step
    if step is None:
        return ""
    above = [Words(step.lead(today.day)), Words(step.words, theirs=True)]
    asked = Question(ask=step.question.ask, heading=step.exercise.title, above=above)
    chosen = _choose(workbook, asked, step.options)
    return answer_step(workbook, step, chosen) if chosen else ""


def _take_out(today: Today, workbook: Workbook) -> str:
    return take_out(workbook, today.saved)


def _fill_in(today: Today, workbook: Workbook) -> str:
    from smartcli.workbook.sessions import fill_in_rest

    return fill_in_rest(workbook, today.quick.exercise, today.quick.head).line if today.quick else ""


def _show_support(workbook: Workbook) -> str:
    asker = workbook.asker
    heading = _("Support")
    asker.open(heading, 0)
    try:
        asker.tell(heading, workbook.support(), Reading.BESIDE)
    finally:
        asker.close()
    return ""


def _open_journal(workbook: Workbook) -> str:
    """Ask for the passphrase: from then on the journal is open until the program ends."""
    workbook.unlock()
    return describe_how_long_open(workbook)


def _look_back(workbook: Workbook) -> str:
    """Let the person open entries, newest first, until they go back."""
    from smartcli.workbook.browser import browse_entries

    workbook.unlock()
    browse_entries(workbook)
    return ""
