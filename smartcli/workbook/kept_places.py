"""Every place where anything is kept, and what is there."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from smartcli.entries.entry import Entry
from smartcli.journal import system
from smartcli.journal.entry_files import EntryFiles, Holding, Unreadable
from smartcli.journal.file_names import name_of
from smartcli.journal.files import Folder, has_folder
from smartcli.journal.heads import Revision, is_well_formed
from smartcli.journal.index import Checked, Seen, Traits
from smartcli.journal.journal_lock import KEYS, LEFT_OPEN, WAITING
from smartcli.journal.kept import FOLDER as KEPT
from smartcli.journal.opened_cache import FOLDER as CACHE
from smartcli.journal.seal import is_sealed_name
from smartcli.journal.store import Journal
from smartcli.language import N_, _, ngettext
from smartcli.reminders.standing import Standing
from smartcli.settings import asides
from smartcli.workbook.leftovers import list_completion_files, list_to_delete
from smartcli.workbook.reminder_shown import list_reminder_files
from smartcli.workbook.workbook import Workbook

_CLOSED = N_("cannot be opened")


@dataclass
class _Observed(Journal):
    """A journal that notes what each file is as it is read, for the index to be compared with."""

    seen: dict[str, Seen] = field(default_factory=dict)

    def try_read(self, revision: Revision, holding: Holding | None = None) -> Entry | None:
        """Return a revision's entry as `Journal.try_read` does."""
        is_compared = self.index and self.index.is_there and is_well_formed(revision.name)  # the index holds no others
        status = self.status(revision) if is_compared else None
        entry = super().try_read(revision, holding)
        if self.index and status:
            # A hash takes longer than reading: only of what the index does not know as it is.
            is_own = not self.index.confirm([(revision.name, status)]) or _is_as_named(entry, revision)
            self.seen[revision.name] = Seen(status, Traits.of(entry) if entry and is_own else None)
        elif self.index and self.index.is_there and is_sealed_name(revision.name):
            self.seen[name_of(revision)] = Seen(None, Traits.of(entry) if entry else None)
        return entry


def _is_as_named(entry: Entry | None, revision: Revision) -> bool:
    """Return whether an entry is what the name of its file says: not if it was edited outside."""
    return entry is not None and (entry.id, entry.revision) == (revision.entry, revision.revision)


@dataclass
class _Looked:
    """What a look at the entries came to: what is there in words, what could not be read, and how the index stood."""

    holds: str
    unreadable: list[Unreadable]
    need_attention: int = 0
    index: Checked = Checked.FINE


def list_places(workbook: Workbook) -> dict[str, Any]:
    """Return every place with what it holds, every file that could not be read, and how the index stood.

    The index is compared with the files, and written anew where it did not agree with them. Of a journal that is
    closed the files are counted.
    """
    places, lock = workbook.places, workbook.lock
    looked = _look_closed(workbook) if workbook.is_closed else _look(workbook)
    drafts = len(workbook.drafts.all()) + len(workbook.drafts.closed)
    empty = _("not there yet")
    rows = [
        (N_("entries"), places.journal / "entries", looked.holds),
        *_places_of_the_lock(workbook),
        (N_("exercises of your own"), workbook.catalog.own, _count_files_in(workbook.catalog.own, ".toml")),
        (
            N_("unfinished exercises"),
            places.state / "drafts",
            ngettext("{number} unfinished exercise", "{number} unfinished exercises", drafts),
        ),
        (N_("imports you can undo"), workbook.imports.folder, _count_imports(workbook)),
        (N_("second names of your entries' files"), places.state / KEPT, _count_second_names(workbook)),
        (N_("put aside after a crash"), workbook.aside.path, _count_files_in(workbook.aside.path)),
        (N_("settings"), places.config, workbook.settings.holds if _exists(places.config) else empty),
    ]
    rows += [(N_("settings put aside"), path, _("not used")) for path in asides(places.config)]
    rows += [(N_("your reminder"), path, _count_files(1)) for path in list_reminder_files(places.state)]
    completion = list_completion_files()
    rows += [(N_("what TAB completes in your shell"), path, _count_files(1)) for path in completion]
    reminder = Standing.read(places.state)
    last = workbook.last_backup.day()
    unreadable = [{"name": file.name, "why": file.why} for file in looked.unreadable]
    unreadable += [{"name": name, "why": _("not readable")} for name in workbook.drafts.unreadable]
    return {
        "places": [
            {"what": what, "path": str(path), "exists": _exists(path), "holds": holds, "mode": _mode(path)}
            for what, path, holds in rows
        ],
        "to_delete": [str(path) for path in [*list_to_delete(places), *completion] if _exists(path)],
        "locked": lock.is_locked or lock.is_unknown,
        "closed": workbook.is_closed,
        "unreadable": unreadable,
        "need_attention": looked.need_attention,
        "last_backup": last.isoformat() if last else None,
        "reminder": reminder.way if reminder else None,
        "index": None if looked.index is Checked.FINE else looked.index.value,
    }


def _look(workbook: Workbook) -> _Looked:
    """Read every entry."""
    workbook.index.read()  # before the files: what another window saves and adds meanwhile would seem to be gone
    observed = workbook.journal = workbook.make_journal(_Observed)
    files = len(observed.revisions().folders)
    needs_attention = [head.needs_attention for head in observed.heads()]  # each read in full
    checked = workbook.index.check(observed.seen)
    holds = _(
        "{entries} in {files}",
        entries=ngettext("{number} entry", "{number} entries", len(needs_attention)),
        files=_count_files(files),
    )
    return _Looked(holds, observed.unreadable, sum(needs_attention), checked)


def _look_closed(workbook: Workbook) -> _Looked:
    """Count the files of a journal that is closed; what still lies in plain is read as far as its name is not ours."""
    files = EntryFiles(workbook.places.journal)
    plain, sealed = len(files.plain_revisions().folders), len(files.sealed)
    holds = _("{files}, locked", files=_count_files(sealed))
    if plain:
        holds = _("{locked}; {files}, not locked yet", locked=holds, files=_count_files(plain))
    return _Looked(holds, files.unreadable)


def _places_of_the_lock(workbook: Workbook) -> list[tuple[str, Path, str]]:
    """Return the places that only a locked journal has, those that are there."""
    places = workbook.places
    entries = [
        (N_("what you left readable"), LEFT_OPEN),
        (N_("entries that wait until you unlock the journal"), WAITING),
    ]
    rows = [
        (N_("key files"), places.journal / KEYS, _count_files_in(places.journal / KEYS, ".age")),
        (N_("locked lists that make reading faster"), places.state / CACHE, _count_files_in(places.state / CACHE)),
        *((what, places.state / name, _count_entry_files(places.state / name)) for what, name in entries),
    ]
    return [row for row in rows if _exists(row[1])]


def _count_entry_files(journal: Path) -> str:
    return _count_files(len(EntryFiles(journal).names_on_disk()))


def _count_imports(workbook: Workbook) -> str:
    if workbook.is_closed:
        return _count_files_in(workbook.imports.folder)
    return ngettext("{number} import", "{number} imports", len(workbook.imports.all()))


def _count_second_names(workbook: Workbook) -> str:
    try:
        return _count_files(sum(1 for _name in workbook.kept.names()))
    except OSError:
        return _(_CLOSED)


def _count_files_in(path: Path, ending: str = "") -> str:
    """Return how many files a folder holds whose names end so, in words; or that it cannot be opened."""
    try:
        if not has_folder(path):
            return _count_files(0)
        with Folder(path, shared=True) as folder:
            return _count_files(sum(name.endswith(ending) for name in folder.list_names()))
    except OSError:
        return _(_CLOSED)


def _count_files(number: int) -> str:
    return ngettext("{number} file", "{number} files", number)


def _exists(path: Path) -> bool:
    """Return whether something is there; what cannot be looked at may well be."""
    try:
        system.fs.stat(str(path))
    except FileNotFoundError:
        return False
    except OSError:
        return True
    return True


def _mode(path: Path) -> str | None:
    try:
        return oct(system.fs.stat(str(path)).st_mode & 0o777)
    except OSError:
        return None
