"""Entries as a file or a folder of the person's own."""

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from smartcli.entries.entry import Entry
from smartcli.exchange.as_csv import one_table
from smartcli.journal.export_target import ensure_free
from smartcli.language import _, ngettext
from smartcli.moments import now
from smartcli.trouble import ATTENTION, Trouble, say
from smartcli.words import enumerated, joined
from smartcli.workbook.calendar_export import CalendarChoices, calendar_pieces, new_calendar
from smartcli.workbook.filters import Chosen, Filters
from smartcli.workbook.formats import ExportFormat, choose_format
from smartcli.workbook.output import free_path, output_path, render_document, to_file, to_folder, to_stdout
from smartcli.workbook.workbook import Workbook

if TYPE_CHECKING:
    from smartcli.blocks import Page

_IDS_SAID = 5
_FOLDERS = (ExportFormat.CSV, ExportFormat.VAULT)
_NO_CHOICES = CalendarChoices()


def export_entries(
    workbook: Workbook,
    filters: Filters,
    as_: ExportFormat | None,
    output: str | None,
    *,
    history: bool = False,
    force: bool = False,
    choices: CalendarChoices = _NO_CHOICES,
) -> Trouble | None:
    """Write the entries chosen to `output`: a file or folder, "-" for standard output, None for a dated name here.

    `as_`: None takes the format from the ending of `output`, and Markdown where that names none. `history`: every
    version of every entry, which JSON alone can hold. `force` replaces what an earlier export wrote there. `choices`
    are for a calendar. Returns what has to be said of an export that needs attention. Raises Trouble.
    """
    as_ = choose_format(as_, output, ExportFormat.MD)
    if history and as_ is not ExportFormat.JSON:
        raise Trouble(
            _("--history works only with --as json."), hint=_("The other formats show each entry as it is now.")
        )
    choices.ensure_fits(is_calendar=as_ is ExportFormat.ICS)
    is_one_table = as_ is ExportFormat.CSV and _is_name_of_table(output)
    if is_one_table and filters.exercise is None:
        raise Trouble(
            _("One csv table holds one exercise. Name it with --exercise."),
            safe=_("Nothing was written."),
            hint=_("For every exercise, name a folder after --output."),
        )
    if output == "-" and as_ is ExportFormat.VAULT:
        raise Trouble(
            _("{format} makes a folder, so it cannot go to standard output.", format=as_),
            hint=_("Name a folder after --output."),
        )
    filters.check(workbook)
    is_folder = as_ in _FOLDERS and not is_one_table
    path = _find_target(workbook, output, as_, folder=is_folder, force=force)
    workbook.unlock()
    chosen = Chosen(filters.select(workbook), workbook.journal)
    notes: list[str] = []  # about what is written; complete when it is
    if path and is_folder:
        to_folder(path, _files(as_, chosen, workbook), force=force)
    else:
        is_kept = path is not None
        pieces: Iterator[str] | Iterator[str | bytes]
        if as_ is ExportFormat.CSV:
            pieces = one_table(_Readable(chosen, workbook), notes, for_a_spreadsheet=is_kept)
        elif as_ is ExportFormat.ICS:
            calendar = new_calendar(workbook, choices)
            pieces = calendar_pieces(calendar, _Readable(chosen, workbook), notes, is_kept=is_kept)
        else:
            pieces = _pieces(as_, chosen, workbook, filters, history=history)
        if path:
            to_file(path, pieces, force=force)
        else:
            to_stdout(pieces)
    if notes:
        say(*notes)
    if not chosen.number:
        say(_("No entries were found, so the export is empty."))
    return _attention(as_, chosen, workbook)


def _find_target(
    workbook: Workbook, output: str | None, as_: ExportFormat, *, folder: bool, force: bool
) -> Path | None:
    """Return the file or `folder` to write, None for standard output; raises Trouble where it cannot be written."""
    if output == "-":
        return None
    find_path = output_path if force else free_path
    name = f"journal-{now():%Y-%m-%d}{'-' if folder else '.'}{as_}"
    path = find_path(workbook, output, name, folder=folder)
    ensure_free(path, force=force, folder=folder)
    return path


def _is_name_of_table(output: str | None) -> bool:
    """Return whether an output is one csv file, not a folder of them."""
    return output is not None and (output == "-" or output.lower().endswith(".csv"))


def _attention(as_: ExportFormat, chosen: Chosen, workbook: Workbook) -> Trouble | None:
    """Return what has to be said (4) of an export that is not complete, or holds more than one version of an entry."""
    told = []
    if chosen.in_two_places and as_ is ExportFormat.ICS:  # a plan of two versions would stand in it twice
        told.append(
            ngettext(
                "{number} entry was changed in two places: {ids}. The calendar has the newest version.",
                "{number} entries were changed in two places: {ids}. The calendar has the newest versions.",
                len(chosen.in_two_places),
                ids=_named(chosen.in_two_places),
            )
        )
    elif chosen.in_two_places:
        told.append(
            ngettext(
                "{number} entry was changed in two places: {ids}. All its versions are in the export.",
                "{number} entries were changed in two places: {ids}. All their versions are in the export.",
                len(chosen.in_two_places),
                ids=_named(chosen.in_two_places),
            )
        )
    if chosen.behind:
        told.append(
            ngettext(
                "A newer version of {number} entry cannot be read just now: {ids}. The export has an older one.",
                "Newer versions of {number} entries cannot be read just now: {ids}. The export has older ones.",
                len(chosen.behind),
                ids=_named(chosen.behind),
            )
        )
    if workbook.journal.has_closed_folder:
        told.append(_("The export is not complete: a folder in the journal could not be opened."))
    elif workbook.journal.unreadable and not chosen.behind:
        told.append(
            ngettext(
                "The export is not complete: {number} file could not be read.",
                "The export is not complete: {number} files could not be read.",
                len(workbook.journal.unreadable),
            )
        )
    if not told:
        return None
    hint = _("`smartcli edit ID` shows what is different. `smartcli where` shows files that cannot be read.")
    return Trouble(" ".join(told), hint=hint, code=ATTENTION)


def _named(ids: Iterable[str]) -> str:
    """Return the beginnings of the first few of these ids."""
    several = [*ids]
    first = [name[:6] for name in several[:_IDS_SAID]]
    return joined(first) if len(several) <= _IDS_SAID else _("{ids} and others", ids=enumerated(first))


class _Readable:
    """The entries chosen, each as it may be handed on; gone through as often as they are."""

    def __init__(self, chosen: Chosen, workbook: Workbook) -> None:
        self._chosen = chosen
        self._workbook = workbook

    def __iter__(self) -> Iterator[Entry]:
        """Yield each entry without what is not counted of it."""
        return map(self._workbook.readable, self._chosen)


def _pieces(
    as_: ExportFormat, chosen: Chosen, workbook: Workbook, filters: Filters, *, history: bool
) -> Iterator[str | bytes]:
    """Return one file's content, piece by piece."""
    if as_ is ExportFormat.JSON:
        from smartcli.exchange.as_json import exported

        return exported(chosen.revisions(history=history), chosen.in_two_places)
    return _document(as_, chosen, workbook, filters)


def _document(as_: ExportFormat, chosen: Chosen, workbook: Workbook, filters: Filters) -> Iterator[str | bytes]:
    """Yield a document to read: the page that `insights` shows for the same filters, and then the entries."""
    from smartcli.pages.document import document_page, figures, heading
    from smartcli.workbook.insights_from import describe_choice, find_insights

    headings: list[Page] = []

    def entries_with_headings() -> Iterator[Entry]:
        for entry in chosen:
            headings.append(heading(entry))
            yield entry

    if filters.is_everything:  # what is counted is what is chosen: one reading does for figures and contents
        found = find_insights(workbook, filters, entries_with_headings())
    else:
        found = find_insights(workbook, filters)
        headings += map(heading, chosen)
    first = figures(found, describe_choice(workbook, filters))
    pages = chain(first, map(document_page, _Readable(chosen, workbook)))
    yield from render_document(as_, _("Journal"), pages, [*first, *headings], workbook.settings.paper_size)


def _files(as_: ExportFormat, chosen: Chosen, workbook: Workbook) -> Iterator[tuple[str, str]]:
    """Return a folder's content, as pieces of named files."""
    built_in = workbook.catalog.built_in_ids()
    readable = _Readable(chosen, workbook)
    if as_ is ExportFormat.CSV:
        from smartcli.exchange.as_csv import files

        return files(readable, built_in)
    from smartcli.exchange import as_vault
    from smartcli.pages.document import document_page
    from smartcli.renderers import markdown, markdown_words

    markup = as_vault.Markup(
        lambda entry: markdown.body(document_page(entry)), markdown_words.one_line, markdown_words.link
    )

    @cache
    def offered(exercise: str, field: str) -> set[str]:
        return {option.id for option in workbook.catalog.options_of(exercise, field)}

    return as_vault.files(readable, built_in, offered, markup)
