"""Passphrases asked for at a terminal: one that opens the journal, and a new one."""

import sys

from smartcli.asking import Asker, Option, Question
from smartcli.blocks import Block, Words
from smartcli.language import N_, _
from smartcli.lock import passphrase
from smartcli.trouble import LOCKED, Pause, Trouble, say
from smartcli.workbook.terminal import has_person, is_plain, translate_option

_WORDS, _OTHERS, _OWN = "words", "others", "own"
_CHOICES = (
    Option(_WORDS, N_("Take these four words")),
    Option(_OTHERS, N_("Show me four others")),
    Option(_OWN, N_("Type a passphrase of my own")),
)


def ask_passphrase(prompt: str, remark: str) -> str:
    """Return the passphrase that was typed, which does not show; `remark` is said above, unless it is empty.

    Raises Pause where the person leaves.
    """
    if remark:
        say(remark)
    try:
        if is_plain() or not has_person():
            import getpass

            return getpass.getpass(_("{prompt} (nothing shows while you type): ", prompt=prompt))
        from smartcli.prompts.screen_secret import ask_secret

        return ask_secret(_("{prompt} (F2 shows it): ", prompt=prompt))
    except (EOFError, KeyboardInterrupt):
        raise Pause(_("Nothing was changed.")) from None


def need_person() -> None:
    """Raise Trouble (5) unless somebody sits at a terminal: what follows is a conversation."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise Trouble(
            _("Please do this at a terminal: it asks several questions."),
            safe=_("Nothing was changed."),
            code=LOCKED,
        )


def choose_passphrase(asker: Asker) -> str:
    """Return a new passphrase, of four words that were suggested or of the person's own, typed twice.

    Raises Back, Ended, Pause where they leave.
    """
    suggested = passphrase.suggest()
    while True:
        question = Question(ask=_("Which passphrase would you like?"), above=_explain(suggested), from_top=True)
        chosen = asker.choose(question, [translate_option(option) for option in _CHOICES])
        if chosen == _OTHERS:
            suggested = passphrase.suggest()
            continue
        wanted = suggested if chosen == _WORDS else None
        asker.close()  # a passphrase is typed on the ordinary screen, where nothing of it shows
        return _type_it(wanted)


def _explain(suggested: str) -> list[Block]:
    return [
        Words(
            _(
                "Somebody who has a copy of the files can try passphrases, one or two a second on one computer. Four "
                "random words hold. A birthday or a name does not."
            )
        ),
        Words(_("Four random words, drawn just now:")),
        Words(suggested),
    ]


def _type_it(wanted: str | None) -> str:
    """Return the passphrase once it was typed rightly: the one that is wanted, or twice the same one."""
    remark = _("Please type the four words, to see that they work.") if wanted else ""
    while True:
        typed = ask_passphrase(_("New passphrase"), remark)
        problem = _find_slip(typed, wanted)
        if problem:
            remark = problem
        elif wanted:
            return wanted
        elif passphrase.normalise(ask_passphrase(_("The same passphrase again"), "")) == passphrase.normalise(typed):
            return typed
        else:
            remark = _("The two were not the same. Please type it twice again.")


def _find_slip(typed: str, wanted: str | None) -> str:
    """Return what is wrong with what was typed, "" where nothing is."""
    if wanted is None:
        return passphrase.find_problem(typed)
    is_same = passphrase.normalise(typed).split() == wanted.split()
    return "" if is_same else _("That was not quite the same. The four words are: {words}", words=wanted)
