"""Entries as a file or a folder of one's own."""

from collections.abc import Iterator
from enum import StrEnum
from itertools import chain
from typing import TYPE_CHECKING, Annotated

import typer

from smartcli.commands.options import About, Deleted, Last, OfExercise, OfPoint, Since, Until

if TYPE_CHECKING:
    from smartcli.workbook.filters import Chosen
    from smartcli.workbook.workbook import Workbook


class As(StrEnum):
    """The formats there are."""

    MD = "md"
    HTML = "html"
    PDF = "pdf"
    CSV = "csv"
    JSON = "json"
    ICS = "ics"
    VAULT = "vault"


_FOLDERS = (As.CSV, As.VAULT)
_AS = (
    "md, html, pdf: a document to read. csv: tables for a spreadsheet. json: everything, for programs. "
    "ics: what lies ahead, for a calendar. vault: a folder of linked notes."
)


def export(
    exercise: OfExercise = None,
    point: OfPoint = None,
    about: About = None,
    since: Since = None,
    until: Until = None,
    last: Last = None,
    deleted: Deleted = False,
    as_: Annotated[As, typer.Option("--as", help=_AS)] = As.MD,
    output: Annotated[
        str | None,
        typer.Option(metavar="PATH", help="A file or folder, or - for standard output; else journal-DATE here."),
    ] = None,
    history: Annotated[bool, typer.Option("--history", help="With json: every version of every entry.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace what an earlier export wrote there.")] = False,
) -> None:
    """Write your entries to a file that anything can open. It is not encrypted."""
    from smartcli.moments import now
    from smartcli.trouble import Trouble, say
    from smartcli.workbook.filters import Chosen, Filters
    from smartcli.workbook.output import target, to_file, to_folder, to_stdout
    from smartcli.workbook.workbook import Workbook

    if history and as_ is not As.JSON:
        raise Trouble("--history goes with --as json.", hint="The other formats show each entry as it stands.")
    if output == "-" and as_ in _FOLDERS:
        raise Trouble(f"{as_} makes a folder, which standard output cannot take.", hint="--output names the folder.")
    workbook = Workbook()
    heads = Filters(exercise, point, about, since, until, last, deleted).select(workbook)
    chosen = Chosen(heads, workbook.journal)
    name = f"journal-{now():%Y-%m-%d}"
    if as_ in _FOLDERS:
        path = target(workbook, output, f"{name}-{as_}", folder=True)
        to_folder(path, _files(as_, chosen, workbook), force=force)
    elif output == "-":
        to_stdout(_pieces(as_, chosen, workbook, history=history))
    else:
        to_file(target(workbook, output, f"{name}.{as_}"), _pieces(as_, chosen, workbook, history=history), force=force)
    if not chosen.number:
        say("No entry is in it.")
    workbook.look_over()


def _pieces(as_: As, chosen: "Chosen", workbook: "Workbook", *, history: bool) -> Iterator[str | bytes]:
    """Return one file's content, piece by piece."""
    if as_ is As.JSON:
        from smartcli.exchange.as_json import exported

        return exported(chosen.revisions(history=history))
    if as_ is As.ICS:
        from smartcli.exchange.as_ics import calendar
        from smartcli.moments import now

        return calendar(chosen, now())
    from smartcli.pages.document import document_page, figures, heading
    from smartcli.workbook.output import document

    pages = map(document_page, chosen)
    if as_ is As.MD:
        return document(as_, "Journal", pages, map(heading, chosen))
    shown = figures(chosen, workbook.memory.families_by_name, workbook.today)
    return document(as_, "Journal", chain(shown, pages))


def _files(as_: As, chosen: "Chosen", workbook: "Workbook") -> Iterator[tuple[str, str]]:
    """Return a folder's content, as pieces of named files."""
    built_in = workbook.catalog.built_in_ids()
    if as_ is As.CSV:
        from smartcli.exchange.as_csv import files

        return files(chosen, built_in)
    from smartcli.exchange import as_vault
    from smartcli.pages.document import document_page
    from smartcli.renderers.markdown import body, escape_markdown

    return as_vault.files(chosen, built_in, lambda entry: body(document_page(entry)), escape_markdown)
