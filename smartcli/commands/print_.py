"""Blank worksheets and pocket cards for paper."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from smartcli.commands.options import EXERCISE

if TYPE_CHECKING:
    from smartcli.commands.workbook import Workbook
    from smartcli.page import Page


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
    from smartcli.commands.workbook import Workbook
    from smartcli.trouble import Trouble, say

    if all_ == bool(exercise) or (all_ and filled):
        raise Trouble("Name an exercise, or --all of them blank.", hint="`smartcli exercises` lists them.")
    workbook = Workbook()
    if all_:
        pages, title, name = _whole(workbook), "Workbook", "workbook"
    else:
        page = _filled(workbook, exercise or "") if filled else _blank(workbook, exercise or "")
        pages, title, name = [page], page.title, "card" if filled else "worksheet"
    path = _written(as_, output, name, title, [page for page in pages for _ in range(copies)])
    if path:
        say(f"Written to {path}.", "Print it from there, at its own size; A4 and Letter both do.")
    if path and filled:
        say("It is not encrypted: anyone who can open the file can read it.")


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
    from smartcli.page import Page
    from smartcli.pages.card import card, carried
    from smartcli.pages.entry import about, entry_page
    from smartcli.trouble import Trouble

    exercise = workbook.catalog.find(name)
    newest = next(workbook.memory.copies(exercise.id), None)
    if newest is None:
        raise Trouble("There is no filled copy of that yet.", hint=f"`smartcli do {exercise.id}` makes one.")
    if carried(newest):
        return Page(newest.title, [card(newest, folds=True)], about(newest), sheet=True)
    return entry_page(newest)._replace(sheet=True)


def _written(as_: As, output: str | None, name: str, title: str, pages: "list[Page]") -> Path | None:
    """Write the pages; return where, or None for standard output."""
    import sys

    from smartcli.commands.export import write

    data = _document(as_, title, pages)
    if output == "-":
        sys.stdout.buffer.write(data)
        return None
    path = Path(output or ".").expanduser()
    if not output or path.is_dir():
        path = _free(path, name, as_)
    write(path, data, force=False)
    return path


def _free(folder: Path, name: str, as_: As) -> Path:
    """Return a name in a folder that is not taken; it does not tell which sheet it is."""
    from itertools import count

    names = (f"{name}{'' if number == 1 else f'-{number}'}.{as_}" for number in count(1))
    return next(folder / one for one in names if not (folder / one).exists())


def _document(as_: As, title: str, pages: "list[Page]") -> bytes:
    from smartcli.trouble import say

    if as_ is As.PDF:
        from smartcli.renderers import pdf

        made = pdf.document(title, pages)
        if made.missing:
            say(pdf.missing_said(made.missing))
        return made.data
    if as_ is As.HTML:
        from smartcli.renderers import html

        return "".join(html.document(title, pages)).encode()
    from smartcli.renderers import markdown

    return "".join(markdown.document(title, pages)).encode()
