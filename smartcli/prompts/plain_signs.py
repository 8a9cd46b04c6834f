"""What can be typed alone on a line in plain mode, beside an answer: signs with their names, and words.

A speech synthesizer passes over "!", "<" and "?" in silence, so where the keys are told each is named too.
"""

from collections.abc import Collection

from smartcli.language import N_, _
from smartcli.words import folded

AGAIN, BACK, PAUSE, SUPPORT, END = "?", "<", "!", "*", "."
FIND = "/"  # before a word: the options that have it
MORE = "w"  # a letter: more of the person's own words, where there are some
LOCKED = "u"  # a letter: those that are locked
_SIGNS = (AGAIN, BACK, PAUSE, SUPPORT, END)  # alone on a line they are not an answer; doubled they are
_SUPPORT_WORDS = frozenset({"s", "support", "help"})

PAUSE_NAMED = N_("! (exclamation mark)")
_KEYS = N_("Keys, each alone on a line:")
_PAUSES = N_("! (exclamation mark) pauses. Your answers are saved.")
_LEAVES = N_("! (exclamation mark) leaves. Nothing is saved.")
_AT_LENGTH = (
    N_("< (less-than sign) goes back to the question before."),
    N_("? (question mark) says the question again."),
    N_("* (star) opens support."),
    N_("smartcli can't clear this window. If somebody comes in, type ! and close the window."),
)
_FIND_NAMED = N_("/ (slash) and part of a word finds it in the list.")
_SKIP_NAMED = N_("The word skip leaves the question open.")
_MORE_NAMED = N_("The letter w shows more of what you wrote.")
_LOCKED_NAMED = N_("The letter u asks for your passphrase, and then shows what you wrote.")


def keys_at_length(*, has_options: bool, has_more: bool, has_locked: bool, can_skip: bool, saves: bool) -> list[str]:
    """Return a sentence for each thing that can be typed at a question beside an answer.

    `saves`: what is answered is saved, so that pausing is more than leaving.
    """
    lines = [_(_KEYS), _(_PAUSES) if saves else _(_LEAVES), *(_(line) for line in _AT_LENGTH)]
    if has_options:
        lines.append(_(_FIND_NAMED))
    if has_more:
        lines.append(_(_MORE_NAMED))
    if has_locked:
        lines.append(_(_LOCKED_NAMED))
    if can_skip:
        lines.append(_(_SKIP_NAMED))
    return lines


def is_support_word(typed: str) -> bool:
    """Return whether a line is a word that opens support where no own words are asked for."""
    return folded(typed) in _SUPPORT_WORDS


def is_skip_word(typed: str) -> bool:
    """Return whether a line is the word that leaves a question open, in English or the person's language."""
    return folded(typed) in ("skip", folded(_("skip")))


def undoubled(words: str, signs: Collection[str] = _SIGNS) -> str:
    """Return a line as it was meant: a doubled sign alone on a line stands for the sign itself."""
    sign = words.strip()
    is_doubled = sign in {known * 2 for known in signs}
    return sign[0] if is_doubled else words


def without_doubled_slash(words: str) -> str:
    """Return words that begin with a slash of their own, which was doubled so that they are not searched for."""
    return words.removeprefix(FIND) if words.startswith(FIND * 2) else words
