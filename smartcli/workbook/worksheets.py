"""Blank worksheets and pocket cards for paper."""

from smartcli.blocks import Page, Words
from smartcli.journal.export_target import write_file
from smartcli.pages.blank import blank_page, opening_page
from smartcli.pages.card import card, is_card
from smartcli.pages.entry import about, entry_page
from smartcli.trouble import Trouble, say
from smartcli.words import visible
from smartcli.workbook.formats import SheetFormat
from smartcli.workbook.output import OPEN_TO_ALL, free_path, render_document, to_stdout
from smartcli.workbook.workbook import Workbook


def print_sheets(
    workbook: Workbook,
    exercise: str | None,
    as_: SheetFormat,
    output: str | None,
    *,
    copies: int = 1,
    filled: bool = False,
) -> None:
    """Write an exercise as a sheet, or all of them (None), and say where; raises Trouble.

    `filled`: the newest copy of it, a plan as a pocket card. `output`: a file, a folder, or "-" for standard output.
    """
    if exercise is None:
        pages, title, name = _whole(workbook), "Workbook", "workbook"
    else:
        page = _filled(workbook, exercise) if filled else _blank(workbook, exercise)
        pages, title, name = [page], page.title, "card" if filled else "worksheet"
    pieces = render_document(as_, title, [page for page in pages for _ in range(copies)])
    if output == "-":
        to_stdout(pieces)
        return
    path = free_path(workbook, output, name, as_)  # the name does not tell which sheet it is
    write_file(path, pieces)
    say(f"Written to {visible(str(path))}.", "Print it from there, at its own size; A4 and Letter both do.")
    if filled:
        say(OPEN_TO_ALL)


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
        raise Trouble("There is no filled copy of that yet.", hint=f"`smartcli do {exercise.id}` makes one.")
    if is_card(newest):
        how = Words("Cut along the lines, fold along the dots.", quiet=True)
        return Page(newest.title, [how, card(newest, pocket=True)], about(newest))
    return entry_page(newest)._replace(sheet=True)
