"""Passphrases: what one must be, and four random words for who wants one made.

The words are from the EFF's large list, less those that may wound somebody (`wordlist/README.md`).
"""

import math
import unicodedata
from functools import cache
from pathlib import Path

from smartcli.language import _

MINIMUM = 8  # characters, after NFC; NIST SP 800-63B asks for as many
SUGGESTED_WORDS = 4
_WORD_LIST = Path(__file__).parent / "wordlist" / "words.txt"
# Unicode categories: controls (also tab and line end), lone surrogates (bytes that are no UTF-8),
# line and paragraph separators. Some keyboards and prompts do not let them through, others do.
_UNTYPABLE = {"Cc", "Cs", "Zl", "Zp"}


def normalise(passphrase: str) -> str:
    """Return a passphrase in NFC: letters with accents are the same bytes on every keyboard."""
    return unicodedata.normalize("NFC", passphrase)


def find_problem(passphrase: str) -> str:
    """Return the sentence that says why a new passphrase cannot be taken; "" where it can."""
    normal = normalise(passphrase)
    if any(unicodedata.category(character) in _UNTYPABLE for character in normal):
        return _(
            "Please choose another passphrase, without tabs, line ends and other control characters. Letters, digits, "
            "signs and spaces are all fine."
        )
    if len(normal) < MINIMUM:
        return _("Please choose a longer passphrase. It needs at least {number} characters.", number=MINIMUM)
    return ""


def suggest() -> str:
    """Return a passphrase of four random words with spaces between them."""
    import secrets  # which takes a while to load

    return " ".join(secrets.choice(_words()) for _number in range(SUGGESTED_WORDS))


def measure_suggestion_bits() -> float:
    """Return how many bits a suggested passphrase has: log2 of how many there are."""
    return SUGGESTED_WORDS * math.log2(len(_words()))


@cache
def _words() -> tuple[str, ...]:
    return tuple(_WORD_LIST.read_text(encoding="ascii").split())
