"""Blank worksheets and pocket cards for paper."""

from smartcli.blocks import Page, Words
from smartcli.journal.export_target import write_file
from smartcli.language import _
from smartcli.pages.blank import blank_page, opening_page
from smartcli.pages.card import card, is_card
from smartcli.pages.entry import about, entry_page
from smartcli.trouble import Trouble, say
from smartcli.workbook.formats import SheetFormat, choose_format
from smartcli.workbook.output import free_path, render_document, to_stdout, written_sentences
from smartcli.workbook.workbook import Workbook


def print_sheets(
    workbook: Workbook,
    exercise: str | None,
    as_: SheetFormat | None,
    output: str | None,
    *,
    copies: int = 1,
    filled: bool = False,
) -> None:
    """Write an exercise as a sheet, or all of them (None), and say where; raises Trouble.

    `filled`: the newest copy of it, a plan as a pocket card. `output`: a file, a folder, or "-" for standard output.
    `as_`: None takes the format from the ending of `output`.
    """
    chosen = choose_format(as_, output, SheetFormat.HTML)
    if exercise is None:
        pages, title, name = _whole(workbook), _("Workbook"), "workbook"
    else:
        page = _filled(workbook, exercise) if filled else _blank(workbook, exercise)
        pages, title, name = [page], page.title, "card" if filled else "worksheet"
    pieces = render_document(chosen, title, [page for page in pages for _copy in range(copies)])
    if output == "-":
        to_stdout(pieces)
        return
    path = free_path(workbook, output, f"{name}.{chosen}")  # the name does not tell which sheet it is
    write_file(path, pieces)
    where, who_can_read = written_sentences(path)
    say(
        where,
        _("You can print the file from a browser. Choose the size 100% (actual size). A4 and Letter paper both fit."),
    )
    if filled:
        say(who_can_read)


def _blank(workbook: Workbook, name: str) -> Page:
    return blank_page(workbook.catalog.find(name), workbook.slots)._replace(section="")


def _whole(workbook: Workbook) -> list[Page]:
    slots = workbook.slots
    return [opening_page(slots), *(blank_page(exercise, slots) for exercise in workbook.catalog)]


def _filled(workbook: Workbook, name: str) -> Page:
    """Return the newest copy of an exercise as a sheet; raises Trouble when there is none."""
    exercise = workbook.catalog.find(name)
    newest = next(workbook.memory.copies(exercise.id), None)
    newest = workbook.readable(newest) if newest else None
    if newest is None:
        raise Trouble(
            _("You have no entry of this exercise yet."),
            hint=_("`smartcli do {exercise}` starts a new one.", exercise=exercise.id),
        )
    if is_card(newest):
        how = Words(_("Cut along the lines, and fold along the dots."), quiet=True)
        return Page(newest.title, [how, card(newest, pocket=True)], about(newest))
    return entry_page(newest)._replace(sheet=True)
