"""The recovery key: shown once to be written down, typed back, and typed in when the passphrase is lost."""

import contextlib
from collections.abc import Sequence

from smartcli.asking import Asker, Back, Option, Question
from smartcli.blocks import Block, Words
from smartcli.language import N_, _
from smartcli.lock import recovery_sheet
from smartcli.lock.identity import Identity, parse_identity
from smartcli.lock.recovery_sheet import Slip
from smartcli.trouble import LOCKED, Trouble
from smartcli.words import folded
from smartcli.workbook.terminal import translate_option

_WRITTEN, _LEAVE_OUT = "written", "leave-out"
_CHOICES = (
    Option(_WRITTEN, N_("I have written it down")),
    Option(_LEAVE_OUT, N_("Leave it out")),
)
_TRIES = 3
_NO_SHEET = N_("no sheet")  # the words that have to be typed to go on without


def show_sheet(asker: Asker, identity: Identity) -> bool:
    """Show the recovery key to be written down, and have two groups typed back; return whether that was done.

    Raises Back, Ended, Pause where the person leaves.
    """
    while True:
        question = Question(
            ask=_("Have you written it down?"),
            heading=_("Recovery key"),
            above=_sheet(identity),
            from_top=True,
            careful=True,
            leaves=True,
        )
        chosen = asker.choose(question, [translate_option(option) for option in _CHOICES])
        with contextlib.suppress(Back):  # to the key
            if chosen == _LEAVE_OUT:
                if _is_left_out(asker):
                    return False
            elif _is_typed_back(asker, identity):
                return True


def _sheet(identity: Identity) -> list[Block]:
    lines = recovery_sheet.layout_lines(identity.secret)
    return [
        Words(
            _(
                "If you forget the passphrase, this key opens the journal. Please write it on paper and keep it where "
                "nobody looks. Whoever has it can read everything."
            )
        ),
        Words(""),
        *(Words(line) for line in lines),
        Words(""),
        Words(recovery_sheet.explain_characters(), quiet=True),
        Words(_("It is saved in no file, and nobody can send it to you later."), quiet=True),
    ]


def _is_left_out(asker: Asker) -> bool:
    """Ask for the words that say that no sheet is wanted; return whether they were typed."""
    words = _(_NO_SHEET)
    question = Question(
        ask=_("To go on without it, type: {words}", words=words),
        heading=_("Recovery key"),
        above=[
            Words(_("If you lose the passphrase and have no such key, nobody can open your entries. We cannot either."))
        ],
        optional=True,
        hint=_("An empty answer goes back to the key."),
    )
    return folded(str(asker.line(question) or "")) == folded(words)


def _is_typed_back(asker: Asker, identity: Identity) -> bool:
    """Have two groups, that chance picks, typed from the paper; return whether both were right."""
    for number in recovery_sheet.pick_groups():
        remark: list[Block] = []
        for _number in range(_TRIES):
            question = Question(
                ask=_("What is group {number} on your paper?", number=number),
                hint=_("Count from the left, line by line. An empty answer shows the key again."),
                heading=_("Recovery key"),
                above=remark,
                optional=True,
            )
            typed = asker.line(question)
            if not typed:
                return False
            if recovery_sheet.is_group(identity.secret, number, str(typed)):
                break
            remark = [Words(_("That is not group {number}. Please look at your paper again.", number=number))]
        else:
            return False
    return True


def ask_for_key(asker: Asker) -> Identity:
    """Return the key that somebody types from their sheet; one slip is found, and mended if they agree.

    Raises Trouble (5) after three tries, Back, Ended, Pause where they leave.
    """
    above: Sequence[Block] = [Words(recovery_sheet.explain_characters())]
    for _number in range(_TRIES):
        question = Question(
            ask=_("Please type the recovery key from your paper."),
            hint=_("Capitals, spaces and line ends do not matter."),
            heading=_("Recovery key"),
            above=above,
            leaves=True,
        )
        read = recovery_sheet.read_typed(str(asker.line(question)))
        if isinstance(read, Slip) and asker.yes_no(Question(ask=recovery_sheet.ask_about(read), careful=True)):
            read = read.secret
        if isinstance(read, str):
            return parse_identity(read)
        above = [
            Words(_("That is no recovery key yet: two characters or more are not as on the sheet.")),
            Words(recovery_sheet.explain_characters()),
        ]
    raise Trouble(
        _("That was no recovery key."),
        safe=_("Nothing was changed. Everything in the journal is safe."),
        hint=_("Please compare it with your paper, group by group, and try again."),
        code=LOCKED,
    )
