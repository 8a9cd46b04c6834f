"""Blank worksheets and pocket cards for paper."""

from smartcli.blocks import Page
from smartcli.content.exercise import Exercise
from smartcli.journal.export_target import write_file
from smartcli.language import _
from smartcli.pages.blank import blank_page
from smartcli.pages.card import is_card
from smartcli.pages.entry import entry_page
from smartcli.pages.paper_workbook import workbook_pages
from smartcli.pages.pocket_card import pocket_pages
from smartcli.trouble import Trouble, say
from smartcli.workbook.formats import PaperSize, SheetFormat, choose_format
from smartcli.workbook.output import free_path, render_document, to_stdout, written_sentences
from smartcli.workbook.workbook import Workbook


def print_sheets(
    workbook: Workbook,
    exercise: str | None,
    as_: SheetFormat | None,
    output: str | None,
    *,
    paper: PaperSize | None = None,
    copies: int | None = None,
    filled: bool = False,
) -> None:
    """Write an exercise as a sheet, or all of them (None), and say where; raises Trouble.

    `filled`: the newest entry of it, a plan as a pocket card. `output`: a file, a folder, or "-" for standard output.
    `as_`: None takes the format from the ending of `output`. `paper`: of a PDF; None is that of the settings.
    `copies`: of each sheet, or of the card; without a number one of a sheet, and of a card the two that fit on one.
    """
    chosen = choose_format(as_, output, SheetFormat.HTML)
    if paper and chosen is not SheetFormat.PDF:
        raise Trouble(
            _("--paper works only with --as pdf."),
            hint=_("When you print an html file, the browser asks for the size of your paper."),
        )
    size = paper or workbook.settings.paper_size
    found = workbook.catalog.find(exercise) if exercise else None
    path = None
    if output != "-":
        name = "workbook" if found is None else "card" if filled else "worksheet"
        path = free_path(workbook, output, f"{name}.{chosen}")  # the name does not tell which sheet it is
    if found is None:
        sheets = workbook_pages(workbook.catalog, workbook.slots)
        pages = [sheet for sheet in sheets for _copy in range(copies or 1)]  # else each section would come again
        title = _("Workbook")
    else:
        pages = _filled(workbook, found, copies) if filled else [_blank(workbook, found)] * (copies or 1)
        title = pages[0].title
    pieces = render_document(chosen, title, pages, paper=size)
    if path is None:
        to_stdout(pieces)
        return
    write_file(path, pieces)
    where, who_can_read = written_sentences(path)
    say(where, _how_to_print(chosen, size))
    if filled:
        say(who_can_read)


def _how_to_print(as_: SheetFormat, size: str) -> str:
    if as_ is not SheetFormat.PDF:
        return _(
            "You can print the file from a browser. Choose the size 100% (actual size). A4 and Letter paper both fit."
        )
    if size == PaperSize.LETTER:
        return _("The pages are made for Letter paper. --paper a4 makes them for A4. Print at 100% (actual size).")
    return _("The pages are made for A4 paper. --paper letter makes them for Letter. Print at 100% (actual size).")


def _blank(workbook: Workbook, exercise: Exercise) -> Page:
    return blank_page(exercise, workbook.slots)._replace(section="")


def _filled(workbook: Workbook, exercise: Exercise, copies: int | None) -> list[Page]:
    """Return the newest entry of an exercise as so many sheets or cards; raises Trouble when there is none."""
    workbook.unlock()
    newest = next(workbook.memory.copies(exercise.id), None)
    newest = workbook.readable(newest) if newest else None
    if newest is None:
        raise Trouble(
            _("You have no entry of this exercise yet."),
            hint=_("`smartcli do {exercise}` starts a new one.", exercise=exercise.id),
        )
    if is_card(newest):
        return [*pocket_pages(newest, copies or 2)]
    return [entry_page(newest)._replace(sheet=True)] * (copies or 1)
