"""A sitting of which nothing is kept: the help of an exercise, and no trace of it in the journal or the state folder.

Its answers are held in memory. Reading may write too (the index, what was told once), and so may what is added to
smartcli some day: the command that begins such a sitting lets the disk refuse every change (`read_only`).
"""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from smartcli.asking import Elsewhere, Pause
from smartcli.content.exercise import Exercise
from smartcli.journal import system
from smartcli.journal.draft import UnkeptDraft
from smartcli.language import _
from smartcli.lock.keyring import MissingLibraryTrouble
from smartcli.places import Places
from smartcli.trouble import Trouble, say
from smartcli.workbook.begun_today import is_help
from smartcli.workbook.given import keep_given
from smartcli.workbook.last_words import end_session
from smartcli.workbook.session_kinds import open_session
from smartcli.workbook.workbook import Workbook

_CHECK_IN = "check-in"
_NOWHERE = Path(os.sep, "nowhere-of-smartcli")  # a place in which nothing is; nothing is made there either


def do_unkept(
    workbook: Workbook,
    name: str,
    *,
    quick: bool = False,
    about: str | None = None,
    given: Mapping[str, Any] | None = None,
) -> str:
    """Go through the exercise called `name` and save nothing; return the line for outside it.

    `quick`, `about` and `given` are those of `do_exercise`. What a crash or an urge left behind waits for another
    sitting. Raises Trouble, Pause.
    """
    exercise = workbook.catalog.find(name)
    draft = UnkeptDraft.start(
        exercise=exercise.id,
        title=exercise.title,
        own=exercise.own,
        quick=quick and any(field.quick for field in exercise.fields),
        about=about or "",
        definition=exercise.table,
    )
    keep_given(workbook, draft, given or {})
    while True:
        try:
            return _go_through(workbook, draft)
        except Elsewhere as elsewhere:  # another exercise first, of which nothing is kept either
            other = workbook.catalog.find(elsewhere.exercise)
            do_unkept(workbook, other.id, about=elsewhere.about if other.per_behaviour else None)


def do_unsaved(workbook: Workbook, exercise: Exercise, **options: Any) -> str:
    """Go through an exercise that helps at once, though nothing can be saved: that is said before anything else.

    So it is where the places cannot be opened, and in a locked journal without age. Returns the line for outside it;
    `options` are those of `do_unkept`. Raises MissingLibraryTrouble (5) for another exercise, before a word of it is
    typed; Trouble, Pause.
    """
    if not (is_help(exercise) or exercise.id == _CHECK_IN):
        raise MissingLibraryTrouble
    workbook.saves = False
    workbook.why_unsaved = workbook.why_unsaved or _(
        "Nothing can be saved this time, because the journal is locked and the age library is not installed."
    )
    if not workbook.asks_on_screen:  # where it is said on the first screen
        say(workbook.why_unsaved)
        workbook.why_unsaved = ""
    with system.read_only():
        return do_unkept(workbook, exercise.id, **options)


def open_for_help(*, saves: bool = True) -> Workbook:
    """Return the workbook for a sitting that helps at once: where its places cannot be opened, one that saves nothing.

    That is said first. `saves` as in Workbook.
    """
    workbook = Workbook(saves=saves)
    try:
        workbook.places  # noqa: B018  asking is looking
    except Trouble as trouble:
        workbook = Workbook(saves=False)
        workbook.places = Places(_NOWHERE / "journal", _NOWHERE / "state", _NOWHERE / "config.toml")
        workbook.why_unsaved = _("Nothing can be saved this time. {reason}", reason=trouble.sentence)
    return workbook


def _go_through(workbook: Workbook, draft: UnkeptDraft) -> str:
    session = open_session(workbook, draft).session
    try:
        entry = session.run()
    except Pause:
        raise Pause(_("Stopped. Nothing was saved.")) from None
    return end_session(workbook, session, entry)
