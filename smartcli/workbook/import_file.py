"""The import of files, and its undoing: done, and said what came of it."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from smartcli.exchange.from_daylio import SCALE
from smartcli.exchange.kinds import read_sources
from smartcli.exchange.sources import open_sources
from smartcli.language import _, ngettext
from smartcli.trouble import PAUSED, Trouble, say
from smartcli.workbook.import_report import describe_count, describe_undone, nothing_to_import
from smartcli.workbook.importing import Importer
from smartcli.workbook.progress import with_progress
from smartcli.workbook.undo_import import undo
from smartcli.workbook.workbook import Workbook


def import_files(workbook: Workbook, files: Sequence[Path], kind: str | None = None, *, dry_run: bool = False) -> bool:
    """Import files as one import and say what came of it; return whether all of it could be taken in.

    `files` may be folders, archives, and "-" for standard input. `kind` names the program they are from, or a mapping
    file; None: each file tells. Raises Trouble.
    """
    with open_sources(files) as sources:
        workbook.unlock()  # what is here already is not taken in twice
        importer = Importer(
            workbook.journal,
            lambda: read_sources(sources, kind),
            cache(workbook.catalog.find),
            day_starts=workbook.settings.day_starts,
        )
        count = importer.count(with_progress)
        count.behind += sources.behind
        if not count.found:
            raise nothing_to_import(count)
        say(*describe_count(count))
        if "daylio" in count.kinds:
            say(_(SCALE))
        if dry_run:
            say(_("Nothing was saved."))
        elif count.adding:
            _write(workbook, importer, count.adding)
            say(_("Saved. To undo this import: smartcli import --undo"))
    return not count.left


def undo_last_import(workbook: Workbook) -> None:
    """Take back the last import on this device and say what came of it; raises Trouble."""
    workbook.unlock()
    last = workbook.imports.last()
    if last is None:
        raise Trouble(
            _("There is no import on this device to undo."), hint=_("`smartcli delete ID` hides single entries.")
        )
    try:
        undone = undo(workbook.journal, last, lambda written: with_progress(written, lambda: len(written)))
    except (Trouble, KeyboardInterrupt) as error:
        safe = _("Some entries may be hidden already. Run the same command again to finish.")
        raise _cut_short(error, safe) from None
    workbook.imports.forget(last.name)
    say(*describe_undone(undone))


def _write(workbook: Workbook, importer: Importer, adding: int) -> None:
    """Write the `adding` revisions that are to come; raises Trouble that says how far it came."""
    workbook.imports.note(importer.name, importer.brought)
    try:
        importer.write(lambda coming: with_progress(coming, lambda: adding))
    except (Trouble, KeyboardInterrupt) as error:
        safe = ngettext(
            "{saved} of {number} entry is saved and safe. Run the same command again to import the rest.",
            "{saved} of {number} entries are saved and safe. Run the same command again to import the rest.",
            adding,
            saved=importer.durable,
        )
        raise _cut_short(error, safe) from None


def _cut_short(error: BaseException, safe: str) -> Trouble:
    """Return what to tell when something stopped on the way, with what is safe."""
    if isinstance(error, Trouble):
        return Trouble(error.sentence, safe=safe, hint=error.hint, code=error.code)
    return Trouble(_("Stopped."), safe=safe, code=PAUSED)
