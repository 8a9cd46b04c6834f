"""Saving the entry that a draft has become, on a disk that may be full."""

from pathlib import Path

from smartcli.asking import Back, Ended, Option, Pause, Question
from smartcli.blocks import Words
from smartcli.entries.entry import Entry
from smartcli.journal import seal
from smartcli.journal.disk_errors import UnconfirmedTrouble, disk_errors_as_trouble
from smartcli.journal.draft import Draft
from smartcli.journal.files import Folder
from smartcli.language import N_, _, ngettext
from smartcli.places import full_path
from smartcli.trouble import STORAGE, Trouble, say
from smartcli.workbook.workbook import Workbook

_AGAIN, _ELSEWHERE, _LEAVE = "again", "elsewhere", "leave"
_SAYS = {
    _AGAIN: N_("Try again"),
    _ELSEWHERE: N_("Save a copy in another folder"),
    _LEAVE: N_("Leave this exercise unfinished for now"),
}


def save_entry(workbook: Workbook, entry: Entry, draft: Draft) -> None:
    """Save the entry that a draft has become; a person at a terminal may try again, as often as they like.

    Raises Trouble when the entry is not saved: the draft still holds the answers, and the trouble says so.
    """
    while True:
        try:
            workbook.journal.save(entry)
        except UnconfirmedTrouble:  # the entry is there: nothing else would be true
            raise
        except Trouble as trouble:
            trouble.safe = _how_safe(draft)
            can_ask = trouble.code == STORAGE and workbook.asker.live
            if not can_ask or not _is_to_be_tried_again(workbook, trouble, entry):
                raise
        else:
            say_where_it_waits(workbook)
            return


def say_where_it_waits(workbook: Workbook) -> None:
    """Say of what was just saved that it waits on this device, where it does."""
    if workbook.waits:
        say(
            _(
                "This is kept on this device for now, and is not locked. It joins the journal when you have unlocked "
                "it here."
            )
        )


def _how_safe(draft: Draft) -> str:
    """Return where the answers are that could not be saved yet, in a sentence that is true."""
    answers = len(draft.answers)
    try:
        if not draft.safe:
            draft.write()
    except Trouble:
        return ngettext(
            "Your {number} answer is only in this window for now. Please leave the window open until "
            "there is space on the disk.",
            "Your {number} answers are only in this window for now. Please leave the window open "
            "until there is space on the disk.",
            answers,
        )
    return ngettext(
        "Your {number} answer is safe. `smartcli resume` goes on with this exercise.",
        "Your {number} answers are safe. `smartcli resume` goes on with this exercise.",
        answers,
    )


def _is_to_be_tried_again(workbook: Workbook, trouble: Trouble, entry: Entry) -> bool:
    """Say what is wrong and ask what to do; return whether to try again."""
    question = Question(ask=trouble.sentence, above=[Words(f"{trouble.safe} {trouble.hint}")])
    try:
        chosen = workbook.asker.choose(question, [Option(name, _(say)) for name, say in _SAYS.items()])
        if chosen == _ELSEWHERE:
            where = Question(ask=_("Which folder?"), hint=_("The copy is a file that anyone can read."))
            folder = str(workbook.asker.line(where))
            _copy(full_path(folder, hint=_("Type another folder, with its whole path.")), entry)
    except Trouble as no_copy:
        say(*no_copy.lines())
        return True
    except (Back, Ended, Pause, KeyboardInterrupt):
        return False
    return chosen != _LEAVE


def _copy(folder: Path, entry: Entry) -> None:
    """Write an entry to a folder as the file the journal would have; raises Trouble (3)."""
    with disk_errors_as_trouble(_("No copy was written")), Folder(folder, shared=True) as there:
        there.publish(f"{entry.id}.{entry.revision}{seal.SUFFIX}", seal.sealed(entry.body))
    say(_("The copy is saved. The unfinished exercise stays here too, until the entry is in the journal."))
