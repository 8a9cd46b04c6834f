"""Saving the entry that a draft has become, on a disk that may be full."""

from pathlib import Path

from smartcli.asking import Back, Ended, Option, Pause, Question
from smartcli.blocks import Words
from smartcli.entries.entry import Entry
from smartcli.journal import seal
from smartcli.journal.disk_errors import disk_errors_as_trouble
from smartcli.journal.drafts import Draft
from smartcli.journal.files import Folder
from smartcli.trouble import STORAGE, Trouble, say
from smartcli.words import count
from smartcli.workbook.workbook import Workbook

_AGAIN = Option("again", "Try again")
_ELSEWHERE = Option("elsewhere", "Save a copy in another folder")
_LEAVE = Option("leave", "Leave it in the draft for now")


def save_entry(workbook: Workbook, entry: Entry, draft: Draft) -> None:
    """Save the entry that a draft has become; a person at a terminal may try again, as often as they like.

    Raises Trouble when the entry is not saved: the draft still holds the answers, and the trouble says so.
    """
    while True:
        try:
            workbook.journal.save(entry)
        except Trouble as trouble:
            trouble.safe = _how_safe(draft)
            can_ask = trouble.code == STORAGE and workbook.asker.live
            if not can_ask or not _is_to_be_tried_again(workbook, trouble, entry):
                raise
        else:
            return


def _how_safe(draft: Draft) -> str:
    """Return where the answers are that could not be saved yet, in a sentence that is true."""
    answers = count(len(draft.answers), "answer")
    try:
        if not draft.safe:
            draft.write()
    except Trouble:
        return f"Your {answers} are in this window only: leave it open until there is room."
    return f"Your {answers} are safe in a draft: `smartcli resume` goes on with it."


def _is_to_be_tried_again(workbook: Workbook, trouble: Trouble, entry: Entry) -> bool:
    """Say what is wrong and ask what to do; return whether to try again."""
    question = Question(ask=trouble.sentence, above=[Words(f"{trouble.safe} {trouble.hint}")])
    try:
        chosen = workbook.asker.choose(question, [_AGAIN, _ELSEWHERE, _LEAVE])
        if chosen == _ELSEWHERE.id:
            where = Question(ask="Which folder?", hint="It gets a file that anyone can read.")
            folder = str(workbook.asker.line(where))
            _copy(Path(folder).expanduser(), entry)
    except Trouble as no_copy:
        say(*no_copy.lines())
        return True
    except (Back, Ended, Pause, KeyboardInterrupt):
        return False
    return chosen != _LEAVE.id


def _copy(folder: Path, entry: Entry) -> None:
    """Write an entry to a folder as the file the journal would have; raises Trouble (3)."""
    with disk_errors_as_trouble("No copy was written"), Folder(folder, shared=True) as there:
        there.publish(f"{entry.id}.{entry.revision}{seal.SUFFIX}", seal.sealed(entry.body))
    say("A copy is there. The draft stays too, until the entry is in the journal.")
