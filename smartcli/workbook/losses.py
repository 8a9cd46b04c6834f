"""What a look at the journal could not read, or found missing or erased: said at its end, and let go on a yes."""

import contextlib

from smartcli.journal.last_seen import Losses
from smartcli.language import _, ngettext
from smartcli.trouble import ATTENTION, Pause, Trouble, say
from smartcli.workbook.terminal import confirm
from smartcli.workbook.workbook import Workbook


def look_over(workbook: Workbook, *, strictly: bool = False, names_unreadable: bool = False) -> None:
    """End a look at the journal: say what could not be read, what is missing, what was erased meanwhile.

    `strictly`: raises Trouble (4) when entries are missing; else a look ends well all the same.
    `names_unreadable`: what could not be read was named already.
    """
    if workbook.is_closed:  # nobody looked: what is sealed is neither missing nor unreadable
        return
    if not names_unreadable:
        _note_unreadable(workbook)
    erased_again = _erase_returned(workbook)
    losses = _losses(workbook)
    say(*erased_again, *_list_strays(workbook, always=strictly))
    if strictly and losses.hint():
        raise Trouble(" ".join(losses.lines()), hint=losses.hint(), code=ATTENTION)
    say(*losses.in_short())


def tell_losses(workbook: Workbook) -> str:
    """Return what a look at the journal has to say of what is missing, or was erased meanwhile; "" for nothing."""
    if workbook.is_closed:
        return ""
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
