"""Passphrases asked for at a terminal: one that opens the journal, and a new one."""

import contextlib
import sys

from smartcli.asking import Asker, Back, Option, Question
from smartcli.blocks import Block, Words
from smartcli.language import N_, _
from smartcli.lock import passphrase
from smartcli.trouble import LOCKED, Pause, Trouble, say
from smartcli.workbook.terminal import has_person, translate_option

_OF_THEIR_OWN = N_("You type it twice, to see that it is what you meant. It needs 8 characters or more.")
_WORDS, _OTHERS, _OWN = "words", "others", "own"
_CHOICES = (
    Option(_WORDS, N_("Take these four words")),
    Option(_OTHERS, N_("Show me four others")),
    Option(_OWN, N_("Type a passphrase of my own")),
)


def ask_passphrase(asker: Asker, prompt: str, remark: str) -> str:
    """Return the passphrase that was typed, which does not show; `remark` is said above, unless it is empty.

    Raises Back where the person goes back to what they were asked before, Pause where they leave.
    """
    try:
        if has_person():
            above = [Words(remark)] if remark else []
            return asker.secret(Question(ask=prompt, heading=_("Passphrase"), above=above))
        from smartcli.prompts.plain_secret import ask_hidden

        if remark:
            say(remark)
        return ask_hidden(prompt)  # what the command writes goes elsewhere, and no question may
    except (EOFError, KeyboardInterrupt):
        raise Pause(_("Nothing was changed.")) from None


def need_person(code: int = LOCKED) -> None:
    """Raise Trouble with this exit code unless somebody sits at a terminal: what follows is a conversation."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise Trouble(
            _("Please do this at a terminal: it asks several questions."),
            safe=_("Nothing was changed."),
            code=code,
        )


def choose_passphrase(asker: Asker) -> str:
    """Return a new passphrase, of four words that were suggested or of the person's own, typed twice.

    Raises Back, Ended, Pause where they leave.
    """
    suggested = passphrase.suggest()
    while True:
        question = Question(
            ask=_("Which passphrase would you like?"),
            heading=_("Passphrase"),
            above=_explain(suggested),
            from_top=True,
            leaves=True,
        )
        chosen = asker.choose(question, [translate_option(option) for option in _CHOICES])
        if chosen == _OTHERS:
            suggested = passphrase.suggest()
            continue
        with contextlib.suppress(Back):
            return _type_it(asker, suggested if chosen == _WORDS else None)


def _explain(suggested: str) -> list[Block]:
    return [
        Words(
            _(
                "Somebody who has a copy of the files can try passphrases, one or two a second on one computer. Four "
                "random words hold. A birthday or a name does not."
            )
        ),
        Words(_("Four random words, drawn just now:")),
        Words(""),
        Words(suggested),
    ]


def _type_it(asker: Asker, wanted: str | None) -> str:
    """Return the passphrase once it was typed rightly: the one that is wanted, or twice the same one."""
    remark = _("Please type the four words, to see that they work.") if wanted else _(_OF_THEIR_OWN)
    while True:
        typed = ask_passphrase(asker, _("New passphrase"), remark)
        problem = _find_slip(typed, wanted)
        if problem:
            remark = problem
        elif wanted:
            return wanted
        elif _is_same(typed, ask_passphrase(asker, _("The same passphrase again"), "")):
            return typed
        else:
            remark = _("The two were not the same. Please type it twice again.")


def _is_same(one: str, other: str) -> bool:
    return passphrase.normalise(one) == passphrase.normalise(other)


def _find_slip(typed: str, wanted: str | None) -> str:
    """Return what is wrong with what was typed, "" where nothing is."""
    if wanted is None:
        return passphrase.find_problem(typed)
    is_same = passphrase.normalise(typed).split() == wanted.split()
    return "" if is_same else _("That was not quite the same. The four words are: {words}", words=wanted)
