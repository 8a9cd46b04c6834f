"""A backup made, checked and put back, and what is said of it."""

from pathlib import Path
from typing import NamedTuple

from smartcli.blocks import Words
from smartcli.journal.backup_contents import ENTRIES, BackupContents, look_inside, name_in
from smartcli.journal.backup_file import BackupFile, pieces
from smartcli.journal.entry_files import EntryFiles
from smartcli.journal.heads import ENTRY
from smartcli.journal.journal_lock import WAITING
from smartcli.journal.restoring import Restorer, check_all_open, has_sealed
from smartcli.journal.restoring_entries import Plan
from smartcli.journal.seal import is_sealed_name
from smartcli.language import N_, _, ngettext
from smartcli.moments import now
from smartcli.places import full_path
from smartcli.trouble import ATTENTION, STORAGE, Pause, Trouble, say
from smartcli.words import joined, visible
from smartcli.workbook.opening_backup import open_backup
from smartcli.workbook.output import free_path, written_sentences
from smartcli.workbook.progress import with_progress
from smartcli.workbook.terminal import confirm, has_person
from smartcli.workbook.workbook import Workbook

_NAME_ANOTHER = N_("Name another place, for example a stick. `smartcli where` shows the folders of smartcli.")


class _Found(NamedTuple):
    """What a backup holds: ids of entries and well-formed names of their versions, as far as the keys held tell.

    `names` are the names of all files of entries, `files` is the number of files of any kind, `sealed` of sealed ones,
    `closed` of those that no key held opens, `damaged` of damaged ones.
    """

    entries: set[str]
    versions: set[str]
    names: set[str]
    files: int
    sealed: int
    closed: int
    damaged: int


def make_backup(workbook: Workbook, output: str | None) -> bool:
    """Write a backup, read it back and say what is in it; return whether everything could be read.

    `output` is a file, or a folder for a dated name in it; None: a dated name here. Raises Trouble.
    """
    from smartcli.journal.export_target import write_file

    places = workbook.places
    path = _free_path(workbook, output)
    waiting = EntryFiles(places.state / WAITING)
    contents = BackupContents(EntryFiles(places.journal), workbook.drafts.path, places.config, waiting)
    if not contents.journal.exists() and not next(contents.members(), None):
        if contents.unreadable:
            raise Trouble(
                _("Nothing could be read, so no backup was made."),
                hint=_("`smartcli doctor` shows which files, and what can be done."),
                code=ATTENTION,
            )
        raise Trouble(
            _("There is nothing to back up yet."), hint=_("`smartcli where` shows where smartcli looked for your data.")
        )
    write_file(path, pieces(with_progress(contents.members())), hint=_(_NAME_ANOTHER))
    found = _read_back(path, contents)
    workbook.last_backup.note(workbook.today)
    workbook.keep_second_names()
    say(*(_locked_sentences(path, contents) if contents.sealed else written_sentences(path)))
    say(_("Backup checked: {what}.", what=_describe(len(contents.entries), found.files, found.sealed)))
    if contents.unreadable:
        say(*_incomplete(len(contents.unreadable)))
    say(_("Please keep a copy of it on another device, or on a stick."))
    return not contents.unreadable


def _locked_sentences(path: Path, contents: BackupContents) -> list[str]:
    """Return what is said of a backup of a locked journal: where it is, and what of it can be read by others."""
    said = [
        _("Written to {path}.", path=visible(str(path))),
        _("What you wrote is locked in it. It opens with the passphrase of today, or with your recovery key."),
        _("Your settings and exercises of your own are not locked."),
    ]
    if contents.entries:
        said.append(
            ngettext(
                "{number} entry in it is not locked yet.",
                "{number} entries in it are not locked yet.",
                len(contents.entries),
            )
        )
    return said


def _free_path(workbook: Workbook, output: str | None) -> Path:
    """Return the path to write to; raises Trouble for a place among what we keep."""
    if output == "-":
        raise Trouble(
            _("A backup has to be a file: smartcli reads it back afterwards."),
            safe=_("Nothing was written."),
            hint=_("For example: smartcli backup journal.zip"),
        )
    try:
        # Whoever is there: a backup that is not made because an older one has its name protects nothing.
        return free_path(workbook, output, f"journal-{now():%Y-%m-%d}.zip", always=True)
    except Trouble as trouble:
        raise Trouble(trouble.sentence, safe=trouble.safe, hint=_(_NAME_ANOTHER), code=trouble.code) from None


def _open(path: Path) -> BackupFile:
    """Open a backup that somebody named; raises Trouble."""
    return BackupFile(full_path(path, hint=_("Name the file with its whole path.")))


def _read_back(path: Path, contents: BackupContents) -> _Found:
    """Read a backup from the disk; raises Trouble (3) unless it is whole and holds what was put in."""
    try:
        with BackupFile(path) as backup:
            found = _examine(backup)
    except Trouble:
        found = None
    if found is None or found.names != contents.versions:
        raise Trouble(
            _("The backup was written, but it does not read back as it should. Please do not rely on that file."),
            safe=_("Everything in the journal is safe."),
            hint=_("Something may be wrong with that disk. Make a backup in another place."),
            code=STORAGE,
        )
    return found


def _incomplete(number: int) -> list[str]:
    return [
        ngettext(
            "{number} file could not be read, so this backup is not complete.",
            "{number} files could not be read, so this backup is not complete.",
            number,
        ),
        _("`smartcli doctor` shows which files, and what can be done."),
    ]


def _examine(backup: BackupFile) -> _Found:
    """Read every byte of a backup, and return what it holds; raises Trouble (4)."""
    entries: set[str] = set()
    versions: set[str] = set()
    names: set[str] = set()
    sealed = closed = damaged = 0
    for member in with_progress(backup.members(), lambda: len(backup.names())):
        if member.name.startswith(ENTRIES):
            names.add(name_in(member.name))
            inside = look_inside(member.name, member.data)
            sealed += is_sealed_name(member.name)
            closed += inside.is_closed
            damaged += not inside.is_readable
            if inside.name:
                entries.add(inside.name[ENTRY])
                versions.add(inside.name)
    return _Found(entries, versions, names, len(backup.names()), sealed, closed, damaged)


def check_backup(workbook: Workbook, path: Path) -> bool:
    """Read every byte of a backup and say how it compares with the journal; return whether all of it is sound.

    While the journal is closed nothing is compared. Raises Trouble for what is no backup, or a damaged one.
    """
    with _open(path) as backup:
        found = _examine(backup)
    said = _compare_with_journal(workbook, found)
    say(_("The backup is whole: {what}.", what=_describe(len(found.entries), found.files, found.sealed)))
    say(*said)
    if found.damaged:
        say(
            ngettext(
                "{number} file in it was damaged already when the backup was made.",
                "{number} files in it were damaged already when the backup was made.",
                found.damaged,
            )
        )
    return not found.damaged


def _compare_with_journal(workbook: Workbook, found: _Found) -> list[str]:
    if workbook.is_closed:
        return [
            _("The journal is locked, so the backup was not compared with it."),
            _("To compare them, with your passphrase: smartcli backup --check FILE --unlock"),
        ]
    revisions = workbook.journal.revisions()
    check_all_open(workbook.journal)
    erased = workbook.journal.erased.ids()
    said = []
    if found.closed < len(found.names) or not found.names:
        said = _compare(found, {*revisions.ids()} - erased, {*revisions.folders}, erased)
    if found.closed:
        said.append(
            ngettext(
                "{number} file in it is locked with a key that is not known here, so it was not compared.",
                "{number} files in it are locked with a key that is not known here, so they were not compared.",
                found.closed,
            )
        )
    return said


def _compare(found: _Found, here: set[str], versions: set[str], erased: frozenset[str]) -> list[str]:
    """Return the sentences that compare a backup with the journal here."""
    if not here:
        said = [_("There are no entries on this device.")]
    else:
        said = [
            ngettext(
                "It has {held} of the {number} entry on this device.",
                "It has {held} of the {number} entries on this device.",
                len(here),
                held=len(here & found.entries),
            )
        ]
    missing = found.entries - here - erased
    # Of entries that are here: a version that was made on another device, or has gone.
    others = {name for name in found.versions - versions if name[ENTRY] in here}
    if missing:
        said.append(
            ngettext(
                "{number} entry in it is not on this device.",
                "{number} entries in it are not on this device.",
                len(missing),
            )
        )
    if others:
        said.append(
            ngettext(
                "{number} version of an entry in it is not on this device.",
                "{number} versions of entries in it are not on this device.",
                len(others),
            )
        )
    if missing or others:
        return [*said, _("`smartcli backup --restore FILE` puts back what is missing.")]
    return [*said, _("Nothing in it is missing on this device.")]


def _describe(entries: int, files: int, sealed: int = 0) -> str:
    """Return how much there is in words; of what is sealed, the files are counted."""
    in_files = ngettext("{number} file", "{number} files", files)
    if sealed:
        locked = ngettext("{number} of them locked", "{number} of them locked", sealed)
        return _("{files}, {locked}", files=in_files, locked=locked)
    return _("{entries} in {files}", entries=ngettext("{number} entry", "{number} entries", entries), files=in_files)


def restore_backup(workbook: Workbook, path: Path, *, dry_run: bool = False, ask: bool = True) -> None:
    """Put back what is missing here of a backup, and say so.

    At a terminal the person is told first what would be done, and may say no (with `ask`), which raises Pause.
    What goes into a locked journal is locked, so that one is opened first. Raises Trouble for what is no backup, or a
    damaged one: then nothing is put back.
    """
    with _open(path) as backup:
        workbook.unlock()
        if has_sealed(backup) and not workbook.lock.is_locked and workbook.journal.revisions():
            open_backup(workbook, backup)
        restorer = Restorer(backup, workbook.journal, workbook.drafts.path, workbook.places.config)
        plan = restorer.plan()
        described = _describe_plan(plan)
        is_asked = ask and has_person() and not (plan.is_empty or dry_run)
        if is_asked and not confirm(workbook.asker, _("Put this back?"), [Words(sentence) for sentence in described]):
            raise Pause(_("Nothing was changed."))
        if not is_asked:
            say(*described)
        if plan.is_empty or dry_run:
            say(_("Nothing was changed."))
            return
        _put_back(restorer, plan)
    workbook.forget(lock_too=True)
    workbook.keep_second_names()
    say(_("Put back: {what}. Nothing that was here has changed.", what=_list_puts(plan)))
    if plan.takes_lock:
        say(_("The journal is locked now, as it was when the backup was made."))


def _put_back(restorer: Restorer, plan: Plan) -> None:
    """Put back what was planned; raises Trouble that says how far it came."""
    done = 0
    try:
        for done in with_progress(restorer.put_back(plan)):  # noqa: B007  how far it came is told below
            pass
    except (Trouble, KeyboardInterrupt) as error:
        safe = ngettext(
            "{done} of {number} file is back and safe. Run the same command again for the rest.",
            "{done} of {number} files are back and safe. Run the same command again for the rest.",
            len(plan.puts),
            done=done,
        )
        if isinstance(error, Trouble):
            raise Trouble(error.sentence, safe=safe, hint=error.hint, code=error.code) from None
        raise Pause(_("Stopped."), safe) from None


def _describe_plan(plan: Plan) -> list[str]:
    """Return the sentences that say what a restore would put back, and what stays as it is."""
    said = [_("To be put back: {what}.", what=_list_puts(plan))] if plan.puts else []
    if not plan.puts and (plan.erased or plan.damaged or plan.left_closed):
        said.append(_("There is nothing to put back."))
    elif not plan.puts:
        said.append(_("Everything in this backup is here already."))
    if plan.is_of_another_journal:
        said.append(_("The backup is from another journal. Its entries would stand beside the ones here."))
    if plan.left_closed:
        said.append(
            ngettext(
                "{number} file in it is locked with another key, and is left out.",
                "{number} files in it are locked with another key, and are left out.",
                plan.left_closed,
            )
        )
    if plan.erased:
        said.append(
            ngettext(
                "{number} entry in it was erased since, and stays erased.",
                "{number} entries in it were erased since, and stay erased.",
                len(plan.erased),
            )
        )
    if plan.damaged:
        said.append(
            ngettext(
                "{number} file in it was damaged already when the backup was made, and is left out.",
                "{number} files in it were damaged already when the backup was made, and are left out.",
                plan.damaged,
            )
        )
    if plan.puts:
        said.append(_("Nothing that is here will be replaced or deleted."))
    return said


def _list_puts(plan: Plan) -> str:
    """Return what would be put back, in a list in words."""
    parts = []
    if plan.entries:
        parts.append(_describe(len(plan.entries), plan.versions - plan.versions_here))
    if plan.versions_here:
        parts.append(
            ngettext(
                "{number} version of entries that are here",
                "{number} versions of entries that are here",
                plan.versions_here,
            )
        )
    if plan.closed:
        parts.append(ngettext("{number} locked file", "{number} locked files", plan.closed))
    if plan.exercises:
        parts.append(ngettext("{number} exercise of your own", "{number} exercises of your own", plan.exercises))
    if plan.drafts:
        parts.append(ngettext("{number} unfinished exercise", "{number} unfinished exercises", plan.drafts))
    if plan.has_config:
        parts.append(_("your settings"))
    return joined(parts) or ngettext("{number} file", "{number} files", len(plan.puts))
