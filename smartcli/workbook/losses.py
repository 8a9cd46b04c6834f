"""What a look at the journal could not read, or found missing or erased: said at its end, and let go on a yes."""

import contextlib
from typing import NamedTuple

from smartcli.journal.last_seen import Losses
from smartcli.language import _, ngettext
from smartcli.trouble import ATTENTION, Pause, Trouble, say
from smartcli.workbook.terminal import confirm
from smartcli.workbook.workbook import Workbook


class LostFiles(NamedTuple):
    """How many files are missing in a journal that is closed; `is_empty`: there is no other."""

    missing: int = 0
    is_empty: bool = False

    def sentence(self) -> str:
        """Return what is to be said."""
        if self.is_empty:
            said = ngettext(
                "The journal is empty, and {number} locked file was here before.",
                "The journal is empty, and {number} locked files were here before.",
                self.missing,
            )
        else:
            said = ngettext(
                "{number} locked file that was here before is missing.",
                "{number} locked files that were here before are missing.",
                self.missing,
            )
        return f"{said} {_('smartcli did not remove anything.')}"

    def in_short(self) -> list[str]:
        """Return what is to be said below a list."""
        return [self.sentence(), _("`smartcli where` says what you can do.")] if self.missing else []

    def hint(self) -> str:
        """Return what to do."""
        return _(
            "A drive or a sync tool may not be ready yet: look again later. If entries were erased on another device, "
            "opening the journal clears this up: smartcli unlock"
        )


def look_over(workbook: Workbook, *, strictly: bool = False, names_unreadable: bool = False) -> None:
    """End a look at the journal: say what could not be read, what is missing, what was erased meanwhile.

    `strictly`: raises Trouble (4) when entries are missing; else a look ends well all the same.
    `names_unreadable`: what could not be read was named already.
    """
    if workbook.is_closed:
        _look_over_closed(workbook, strictly=strictly)
        return
    if not names_unreadable:
        _note_unreadable(workbook)
    erased_again = _erase_returned(workbook)
    losses = _losses(workbook)
    say(*erased_again, *_list_strays(workbook, always=strictly))
    if strictly and losses.hint():
        raise Trouble(" ".join(losses.lines()), hint=losses.hint(), code=ATTENTION)
    say(*losses.in_short())


def _look_over_closed(workbook: Workbook, *, strictly: bool) -> None:
    """End a look at a journal that is closed: its files can be counted, and nothing in them is known."""
    lost = count_lost_files(workbook)
    if strictly and lost.missing:
        raise Trouble(lost.sentence(), hint=lost.hint(), code=ATTENTION)
    say(*lost.in_short())


def count_lost_files(workbook: Workbook) -> LostFiles:
    """Return how many files of a journal that is closed have gone since the last look; none where that is unknown."""
    if workbook.waits:
        return LostFiles()
    names = workbook.journal.names_on_disk()
    if workbook.journal.has_closed_folder:  # what is in it is not missing
        return LostFiles()
    missing = workbook.sealed_names.compare(names, is_own=workbook.lock.own_lock is not None)
    return LostFiles(missing, is_empty=not names)


def tell_losses(workbook: Workbook) -> str:
    """Return what a look at the journal has to say of what is missing, or was erased meanwhile; "" for nothing."""
    if workbook.is_closed:
        return " ".join(count_lost_files(workbook).in_short())
    _note_unreadable(workbook)
    return " ".join([*_erase_returned(workbook), *_losses(workbook).in_short(), *_list_strays(workbook)])


def accept_losses(workbook: Workbook) -> None:
    """Let go of what is missing: from now on, what is here counts as all there is.

    Raises Trouble, or Pause where the person keeps the copies of it that this device still has.
    """
    if workbook.journal.has_closed_folder:
        raise Trouble(
            _("A folder in the journal could not be opened, so smartcli cannot tell what is missing."),
            safe=_("smartcli did not change it, and keeps the warning."),
            hint=_("`smartcli where` shows which folder that is."),
            code=ATTENTION,
        )
    copies = len(workbook.kept.ids() - workbook.journal.listed)
    if copies and workbook.asker.live and not confirm(workbook.asker, _ask_to_let_go(copies)):
        raise Pause(_("Nothing was changed."))
    workbook.last_seen.accept(workbook.journal.listed, workbook.journal.id)
    workbook.kept.forget_all_but(workbook.journal.listed)
    workbook.sealed_names.settle(workbook.journal.sealed)


def _ask_to_let_go(copies: int) -> str:
    """Return the question before the last copies of what is missing are deleted."""
    return ngettext(
        "This device still has a copy of {number} missing entry: `smartcli doctor --mend` brings it back. "
        "Would you like to delete it for good?",
        "This device still has copies of {number} missing entries: `smartcli doctor --mend` brings them back. "
        "Would you like to delete them for good?",
        copies,
    )


def _losses(workbook: Workbook) -> Losses:
    """Return what is missing, or otherwise than it was; what is here gets its second names meanwhile."""
    if workbook.journal.has_closed_folder:  # told already; what is in it is not missing
        return Losses()
    journal = workbook.journal
    losses = workbook.last_seen.compare(journal.listed, journal.erased.ids(), journal.id, workbook.kept.ids)
    if losses.missing and not losses.another:
        workbook.sealed_names.remember(journal.sealed)
    elif not losses.missing and journal.seal_to:
        workbook.sealed_names.settle(journal.sealed)
    workbook.keep_second_names()  # afterwards: a journal that was joined to one's own is known for that by now
    return losses


def _erase_returned(workbook: Workbook) -> list[str]:
    """Erase again what was erased and has come back; return what there is to say of it.

    What was here before was erased on another device: that is told with the losses.
    """
    if not workbook.journal.returned:
        return []
    from smartcli.journal.erasing import erase_returned

    known = workbook.last_seen.in_order().keys()
    returned = workbook.journal.returned
    try:
        erase_returned(workbook.journal, workbook.places.state)
    except Trouble:  # a disk that cannot be written to
        return [
            ngettext(
                "Files of {number} entry that was erased cannot be deleted yet. smartcli does not show it.",
                "Files of {number} entries that were erased cannot be deleted yet. smartcli does not show them.",
                len(returned),
            )
        ]
    told = []
    back = len(returned - known)
    if back:
        told.append(
            ngettext(
                "Files of {number} entry that was erased were still here, or had come back. They are deleted now.",
                "Files of {number} entries that were erased were still here, or had come back. They are deleted now.",
                back,
            )
        )
    with contextlib.suppress(Trouble):  # drafts that cannot be read are told elsewhere
        if any(draft.entry in returned for draft in workbook.drafts.all()):
            told.append(
                _("Unfinished changes to an entry that was erased are still here. To see them: smartcli drafts")
            )
    return told


def _list_strays(workbook: Workbook, *, always: bool = False) -> list[str]:
    """Return a sentence for each folder near the journal whose entries it does not see.

    It is looked for where there is a sign of one: nothing is in the journal, or a folder is where none should be;
    with `always` in any case.
    """
    if workbook.journal.listed and not workbook.journal.has_inner_folders and not always:
        return []
    from smartcli.journal.nearby import describe_nearby

    return describe_nearby(workbook.places.journal, workbook.journal.listed | workbook.journal.erased.ids())


def _note_unreadable(workbook: Workbook) -> None:
    folders = sum(unreadable.is_folder for unreadable in workbook.journal.unreadable)
    locked = sum(unreadable.is_others for unreadable in workbook.journal.unreadable)
    files = len(workbook.journal.unreadable) - folders - locked
    if folders:
        say(
            ngettext(
                "{number} folder in the journal could not be opened. smartcli did not change it.",
                "{number} folders in the journal could not be opened. smartcli did not change them.",
                folders,
            )
        )
    if files:
        say(
            ngettext(
                "{number} file in the journal could not be read. smartcli did not change it.",
                "{number} files in the journal could not be read. smartcli did not change them.",
                files,
            )
        )
    if folders or files:
        say(_("`smartcli where` shows which."))
    if locked:
        say(
            ngettext(
                "{number} entry is locked with another device's key. To open it: smartcli unlock",
                "{number} entries are locked with another device's key. To open them: smartcli unlock",
                locked,
            )
        )
