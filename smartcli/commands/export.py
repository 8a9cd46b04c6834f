"""Entries as a file or a folder of one's own."""

from typing import TYPE_CHECKING, Annotated

import typer

from smartcli.commands.options import with_filters
from smartcli.language import _
from smartcli.workbook.formats import ExportFormat

if TYPE_CHECKING:
    from smartcli.workbook.filters import Filters


_AS = _(
    "md, html, pdf: a document to read. csv: tables for a spreadsheet. json: everything, for programs. "
    "ics: your plans for the coming days, for a calendar. vault: a folder of linked notes. "
    "If you leave this out, the ending of --output decides, or else md."
)


@with_filters
def export(
    filters: "Filters",
    as_: Annotated[ExportFormat | None, typer.Option("--as", help=_AS)] = None,
    output: Annotated[
        str | None,
        typer.Option(
            "--output",
            "-o",
            metavar="PATH",
            help=_(
                "A file or folder, or - for standard output. If you leave this out, the name is "
                "journal-DATE, in this folder. With csv and --exercise, - or a name in .csv makes one table."
            ),
        ),
    ] = None,
    history: Annotated[bool, typer.Option("--history", help=_("With json: every version of every entry."))] = False,
    force: Annotated[
        bool, typer.Option("--force", "-f", help=_("Replace what an earlier export wrote there."))
    ] = False,
    no_reminder: Annotated[
        bool, typer.Option("--no-reminder", help=_("With ics: leave out the reminder of every day."))
    ] = False,
    alarm: Annotated[
        str | None,
        typer.Option(
            "--alarm", metavar="HH:MM", help=_("With ics: steps and days ring at this time, or at their own.")
        ),
    ] = None,
    words: Annotated[
        bool, typer.Option("--words", help=_("With ics: your own words too. Without this, titles say very little."))
    ] = False,
) -> None:
    """Write your entries to a file that other programs can open. It is not encrypted."""
    from smartcli.trouble import say
    from smartcli.workbook.calendar_export import CalendarChoices
    from smartcli.workbook.exporting import export_entries
    from smartcli.workbook.losses import look_over
    from smartcli.workbook.workbook import Workbook

    workbook = Workbook()
    choices = CalendarChoices(with_reminder=not no_reminder, alarm=alarm, with_words=words)
    attention = export_entries(workbook, filters, as_, output, history=history, force=force, choices=choices)
    if attention:
        say(*attention.lines())
    look_over(workbook, strictly=True)
    if attention:
        raise typer.Exit(attention.code)
