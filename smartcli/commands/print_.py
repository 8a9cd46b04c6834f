"""Blank worksheets and pocket cards for paper."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from smartcli.commands.options import EXERCISE

if TYPE_CHECKING:
    from smartcli.blocks import Page
    from smartcli.workbook.workbook import Workbook


class As(StrEnum):
    """The formats there are."""

    HTML = "html"
    PDF = "pdf"
    MD = "md"


def print_(
    exercise: Annotated[str | None, typer.Argument(help=EXERCISE)] = None,
    as_: Annotated[As, typer.Option("--as", help="html prints from any browser.")] = As.HTML,
    output: Annotated[
        str | None,
        typer.Option(metavar="PATH", help="A file, a folder, or - for standard output; else worksheet here."),
    ] = None,
    copies: Annotated[int, typer.Option("--copies", metavar="N", min=1, max=100, help="How many of it.")] = 1,
    filled: Annotated[bool, typer.Option("--filled", help="Your newest copy of it; a plan as a pocket card.")] = False,
    all_: Annotated[bool, typer.Option("--all", help="The whole workbook, with contents.")] = False,
) -> None:
    """Make a worksheet to print: blank, or a pocket card of yours."""
    from smartcli.journal.export_target import write_file
    from smartcli.trouble import Trouble, say
    from smartcli.words import visible
    from smartcli.workbook.output import OPEN_TO_ALL, document, to_stdout
    from smartcli.workbook.workbook import Workbook

    if all_ == bool(exercise) or (all_ and filled):
        raise Trouble("Name an exercise, or --all of them blank.", hint="`smartcli exercises` lists them.")
    workbook = Workbook()
    if all_:
        pages, title, name = _whole(workbook), "Workbook", "workbook"
    else:
        page = _filled(workbook, exercise or "") if filled else _blank(workbook, exercise or "")
        pages, title, name = [page], page.title, "card" if filled else "worksheet"
    pieces = document(as_, title, [page for page in pages for _ in range(copies)])
    if output == "-":
        to_stdout(pieces)
        return
    path = _path(workbook, output, name, as_)
    write_file(path, pieces)
    say(f"Written to {visible(str(path))}.", "Print it from there, at its own size; A4 and Letter both do.")
    if filled:
        say(OPEN_TO_ALL)


def _support(workbook: "Workbook") -> str:
    from smartcli.pages.blank import ANYWHERE, support_line
    from smartcli.trouble import Trouble

    try:
        return support_line(workbook.helplines, workbook.settings.country)
    except Trouble:  # settings that cannot be read must not stand in the way
        return ANYWHERE


def _blank(workbook: "Workbook", name: str) -> "Page":
    from smartcli.pages.blank import blank_page

    return blank_page(workbook.catalog.find(name), _support(workbook))._replace(section="")


def _whole(workbook: "Workbook") -> "list[Page]":
    from smartcli.pages.blank import blank_page, opening_page

    support = _support(workbook)
    return [opening_page(support), *(blank_page(one, support) for one in workbook.catalog)]


def _filled(workbook: "Workbook", name: str) -> "Page":
    from smartcli.blocks import Page, Words
    from smartcli.pages.card import card, is_card
    from smartcli.pages.entry import about, entry_page
    from smartcli.trouble import Trouble

    exercise = workbook.catalog.find(name)
    newest = next(workbook.memory.copies(exercise.id), None)
    if newest is None:
        raise Trouble("There is no filled copy of that yet.", hint=f"`smartcli do {exercise.id}` makes one.")
    if is_card(newest):
        how = Words("Cut along the lines, fold along the dots.", quiet=True)
        return Page(newest.title, [how, card(newest, pocket=True)], about(newest))
    return entry_page(newest)._replace(sheet=True)


def _path(workbook: "Workbook", output: str | None, name: str, as_: As) -> Path:
    """Return where to write: a name that is not taken, and does not tell which sheet it is, unless one is given."""
    from itertools import count

    from smartcli.workbook.output import target

    folder = Path(output or ".").expanduser()
    names = (f"{name}{'' if number == 1 else f'-{number}'}.{as_}" for number in count(1))
    if not output or folder.is_dir():
        output = str(next(folder / one for one in names if not (folder / one).exists()))
    return target(workbook, output, name)
