"""What the examination of the journal found, in sentences and for other programs."""

from typing import Any

from smartcli.blocks import Block, Heading, Item, Items, Page, Words
from smartcli.journal.examination import Examination
from smartcli.journal.health import Finding, Health, Kind
from smartcli.language import N_, _, ngettext
from smartcli.moments import ago
from smartcli.words import visible
from smartcli.workbook.workbook import Workbook

_MOST_NAMED = 20  # of one kind on the page; --json names all

# What each kind of fault is called, and what is safe or what to do.
_KINDS: dict[Kind, tuple[str, str]] = {
    Kind.ANOTHER: (
        N_("The journal here is not the one that was here before"),
        N_(
            "Another drive or folder may lie in its place, so smartcli puts nothing of yours into it. Put your own "
            "journal back. If this one is right: `smartcli where --accept-missing`"
        ),
    ),
    Kind.BESIDE: (
        N_("Folders with entries where smartcli does not look for them"),
        N_("smartcli looks in the folder `entries` of your journal. Move them there to see them."),
    ),
    Kind.DAMAGED: (
        N_("Files of entries that cannot be read"),
        N_(
            "smartcli leaves these files as they are. If you have a backup, `smartcli backup --restore FILE` puts back "
            "what is missing."
        ),
    ),
    Kind.GONE: (
        N_("Files of entries that are gone from the journal"),
        N_("smartcli kept a second name for them on this device."),
    ),
    Kind.MISSING: (
        N_("Entries that were here and are missing"),
        N_(
            "A drive or a sync tool may not be ready yet. A backup may have them: `smartcli backup --restore FILE`. If "
            "you removed them yourself: `smartcli where --accept-missing`"
        ),
    ),
    Kind.TOMBSTONE: (
        N_("Entries that may have been erased"),
        N_(
            "A file says that they are erased, but it is damaged, so smartcli still shows them. To erase one: "
            "`smartcli purge ID`"
        ),
    ),
    Kind.MISSING_FILES: (
        N_("Locked files that were here are missing"),
        N_(
            "A drive or a sync tool may not be ready yet. If entries were erased on another device, opening the "
            "journal clears this up: smartcli unlock"
        ),
    ),
    Kind.KEY: (
        N_("Something is wrong with the key of your locked journal"),
        N_(
            "Your entries have not changed. Another copy of the folder `keys` may be in a backup or on another device. "
            "Your recovery key opens the journal too: smartcli unlock --recover"
        ),
    ),
    Kind.PLAIN: (
        N_("Entries and unfinished exercises that are not locked yet"),
        N_("They can be read by anyone who can open these files. To lock them: smartcli lock"),
    ),
    Kind.FOLDER: (
        N_("Folders that cannot be opened"),
        N_("smartcli cannot see the entries in them. Check who owns the folder, and whether the disk is all right."),
    ),
    Kind.EDITED: (
        N_("Files that another program changed"),
        N_("smartcli shows these entries as they are now."),
    ),
    Kind.CONFLICT: (
        N_("Entries that were changed in two places"),
        N_("All versions are saved. `smartcli edit ID` shows what is different and asks which one to keep."),
    ),
    Kind.PARENT: (
        N_("Versions whose earlier version is not here"),
        N_("A sync tool may not be ready yet. The entries can be read, only their history has a gap."),
    ),
    Kind.DRAFT: (
        N_("Unfinished exercises that cannot be read, or not wholly"),
        N_("smartcli leaves these files as they are. `smartcli drafts show ID` shows what can be read of one."),
    ),
    Kind.EXERCISE: (
        N_("Exercises of your own that cannot be used"),
        N_("`smartcli exercises check` says what is wrong in each line. What you wrote with them is safe."),
    ),
    Kind.SETTINGS: (
        N_("Something in your settings cannot be read"),
        N_("smartcli goes on without it. Correct the file, or move it away: `smartcli where` shows where it is."),
    ),
    Kind.OWN_FILE: (
        N_("Files of smartcli itself that cannot be read"),
        N_("Your entries are safe. smartcli works without these files."),
    ),
    Kind.FOREIGN: (
        N_("Files among your entries that smartcli did not make"),
        N_("smartcli leaves them as they are. You can move them somewhere else."),
    ),
    Kind.PERMISSIONS: (
        N_("Files and folders that other users of this computer can open"),
        N_("smartcli takes that away from a folder whenever it opens it."),
    ),
    Kind.SPACE: (
        N_("The disk is nearly full"),
        N_("Free some space, or the next entry may not fit."),
    ),
    Kind.CLOCK: (
        N_("Something here was saved later than now"),
        N_("Is the clock of this device right? A wrong clock changes the order in which entries are shown."),
    ),
    Kind.INDEX: (
        N_("The index (a list that helps smartcli find entries faster) does not match your entries"),
        N_("Your entries have not changed."),
    ),
    Kind.SECOND_NAMES: (
        N_("Files that have no second name on this device yet"),
        N_("smartcli makes them the next time it looks through your entries."),
    ),
}
_UNNAMED = (Kind.ANOTHER, Kind.SPACE, Kind.CLOCK, Kind.INDEX)  # kinds that happen once, and whose heading says it all


def examine(workbook: Workbook, *, mend: bool = False) -> tuple[Health, int]:
    """Examine everything; with `mend` mend what can be, and examine it again.

    Returns what was found in the end, and how many things were mended. Raises Trouble (3).
    """
    examination = _examination(workbook)
    if not mend:
        return _run(workbook, examination), 0
    examination.run()
    mended = examination.mend()
    again = Workbook()
    health = _run(again, _examination(again))
    # A disk without modes takes the request and does nothing: what is still there is not mended.
    return health, max(0, mended - sum(finding.can_mend for finding in health.findings))


def _run(workbook: Workbook, examination: Examination) -> Health:
    """Examine everything, own exercises and settings too."""
    health = examination.run()
    for _exercise in workbook.catalog:
        pass  # each is read, and what cannot be is named in `broken`
    for broken in workbook.catalog.broken:
        health.findings.append(Finding(Kind.EXERCISE, broken.name, broken.reasons[0]))
    health.findings += [Finding(Kind.SETTINGS, problem) for problem in workbook.settings.problems]
    health.sort()
    return health


def _examination(workbook: Workbook) -> Examination:
    imported = {
        revision for each in workbook.imports.all() for brought in each.entries.values() for revision in brought.added
    }
    return Examination(
        workbook.places.journal,
        workbook.places.state,
        workbook.index,
        workbook.last_seen,
        workbook.kept,
        imported,
        workbook.lock,
    )


def to_json(workbook: Workbook, health: Health, mended: int) -> dict[str, Any]:
    """Return what was found for other programs."""
    last = workbook.last_backup.day()
    return {
        "ok": not health.needs_attention,
        "entries": health.entries,
        "files": health.files,
        "locked_files": health.sealed,
        "closed": health.is_closed,
        "drafts": health.drafts,
        "put_aside": health.put_aside,
        "second_names": health.second_names,
        "free_bytes": health.free,
        "last_backup": last.isoformat() if last else None,
        "mended": mended,
        "left_by_others": health.left_by_others,
        "healed": health.healed,
        "findings": [
            {"kind": finding.kind.value, "name": finding.name, "why": finding.why, "can_mend": finding.can_mend}
            for finding in health.findings
        ],
    }


def page(workbook: Workbook, health: Health, mended: int) -> Page:
    """Return what was found as a page."""
    blocks: list[Block] = []
    if mended:
        blocks.append(Words(ngettext("{number} thing is mended.", "{number} things are mended.", mended)))
    if not health.needs_attention and health.is_closed:
        blocks.append(Words(_("All is well, as far as can be seen while the journal is locked.")))
    elif not health.needs_attention:
        blocks.append(Words(_("Everything was read, and all is well.")))
    for kind in Kind:
        findings = [finding for finding in health.findings if finding.kind is kind]
        if findings:
            blocks += _describe(kind, findings)
    if not mended and any(finding.can_mend for finding in health.findings if finding.kind.needs_attention):
        blocks.append(Words(_("`smartcli doctor --mend` mends what can be mended. It replaces and deletes nothing.")))
    blocks += [Heading(_("What was looked at")), Items([Item(text) for text in _facts(workbook, health)])]
    return Page(_("How your data is"), blocks)


def _describe(kind: Kind, findings: list[Finding]) -> list[Block]:
    """Return one kind of fault: its heading, what it is about, and what is safe or what to do."""
    heading, advice = _KINDS[kind]
    blocks: list[Block] = [Heading(_(heading))]
    if kind is Kind.MISSING_FILES:
        number = int(findings[0].name)
        blocks.append(Words(ngettext("{number} file", "{number} files", number)))
    elif kind is Kind.SECOND_NAMES:
        blocks.append(Words(ngettext("{number} file", "{number} files", len(findings))))
    elif kind not in _UNNAMED:
        items = [Item(_say(finding)) for finding in findings[:_MOST_NAMED]]
        more = len(findings) - len(items)
        if more:
            items.append(Item(ngettext("and {number} more", "and {number} more", more)))
        blocks.append(Items(items))
    return [*blocks, Words(_(advice), quiet=True)]


def _say(finding: Finding) -> str:
    """Return what one fault is about."""
    if finding.kind is Kind.EXERCISE:  # the reason names the file and the line
        return visible(finding.why)
    name = visible(finding.name)
    if finding.kind in (Kind.DAMAGED, Kind.GONE) and finding.can_mend:
        return _("{file} (a good copy is on this device)", file=name)
    return _("{file}: {reason}", file=name, reason=finding.why) if finding.why else name


def _facts(workbook: Workbook, health: Health) -> list[str]:
    """Return what was looked at and how it is, a line each."""
    facts = [
        *_files_read(health),
        ngettext("{number} unfinished exercise", "{number} unfinished exercises", health.drafts),
        _(
            "Second names on this device: {kept} of {files}. They help when a sync tool or a slip removes files, but "
            "not when the disk breaks.",
            kept=health.second_names,
            files=health.files,
        ),
    ]
    if health.free is not None:
        facts.append(_free_space(health.free))
    if health.left_by_others:
        facts.append(
            ngettext(
                "{number} file of the system or a sync tool, which does no harm",
                "{number} files of the system or a sync tool, which do no harm",
                len(health.left_by_others),
            )
        )
    if health.put_aside:
        facts.append(
            ngettext(
                "{number} file was put aside after a crash. To see it: smartcli drafts --aside",
                "{number} files were put aside after a crash. To see them: smartcli drafts --aside",
                health.put_aside,
            )
        )
    if health.healed:
        facts.append(
            ngettext(
                "{number} damaged file with a good copy beside it",
                "{number} damaged files with a good copy beside each",
                len(health.healed),
            )
        )
    return [*facts, last_backup_sentence(workbook)]


def _files_read(health: Health) -> list[str]:
    """Return what was read of the entries; of files that are closed, only the bytes were looked at."""
    opened = health.files - health.closed
    entries = ngettext("{number} entry", "{number} entries", health.entries)
    said = []
    if opened or not health.closed:
        files = ngettext("{number} file", "{number} files", opened)
        said.append(_("{entries} in {files}, every byte read", entries=entries, files=files))
    if health.closed and health.is_closed:
        same = health.closed - health.closed_new
        locked = ngettext("{number} locked file", "{number} locked files", health.closed)
        if same:
            known = ngettext("{number} is as it was then", "{number} are as they were then", same)
            said.append(_("{files}, compared with the last look: {known}", files=locked, known=known))
        else:
            said.append(_("{files}, looked at for the first time", files=locked))
        said.append(_("To read what is locked too: smartcli doctor --unlock"))
    elif health.closed:
        said.append(
            ngettext(
                "{number} file is locked with another device's key, which is not open here",
                "{number} files are locked with another device's key, which is not open here",
                health.closed,
            )
        )
    return said


def _free_space(free: int) -> str:
    if free < 10**10:
        return _("Free space on the disk: {number} MB", number=free // 10**6)
    return _("Free space on the disk: {number} GB", number=free // 10**9)


def last_backup_sentence(workbook: Workbook) -> str:
    """Return when the last backup was made on this device."""
    day = workbook.last_backup.day()
    if day is None:
        return _("Last backup: none yet. `smartcli backup` makes one.")
    return _("Last backup: {ago}.", ago=ago(day, workbook.today))
