"""The recovery sheet: an identity on paper, in groups of five characters, and read again as typed.

The check sum of bech32 says whether what is typed is right. Where it is not, every key that is one
slip away is tried; a proposal is made only where exactly one fits, and the person decides. Two
wrong characters are never mended: two right keys differ in at least five.
"""

import re
import secrets
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum, auto

from smartcli.language import _
from smartcli.lock import bech32
from smartcli.lock.identity import SECRET_PREFIX, is_secret

LENGTH = 58  # characters behind the prefix: 52 for 32 bytes, 6 of check sum
GROUP_LENGTH = 5  # so that the last of the 12 groups has 3
GROUPS_IN_A_LINE = 4
_GROUPS = -(-LENGTH // GROUP_LENGTH)

# Characters that never stand on a sheet, and those they are taken for.
_LOOK_ALIKES = str.maketrans("oi1b", "0ll8")
# "agesecretkey1" before a key, with a slip in it or none: without a prefix nothing is as long.
_TYPED_PREFIX = re.compile(rf"[a-z]{{11,13}}?[1il](?=.{{{LENGTH - 1},{LENGTH + 1}}}\Z)", re.DOTALL)


class SlipKind(Enum):
    """What happened when a key was typed."""

    WRONG = auto()  # one character is another
    SWAPPED = auto()  # two neighbours are swapped
    MISSING = auto()  # one was left out
    EXTRA = auto()  # one is too many


@dataclass(frozen=True)
class Slip:
    """The one slip that explains what was typed, and the secret as it should be.

    `position`: of the first character in question, from 1, in the 58 behind the prefix. `typed` and
    `should_be`: the characters, in upper case; "" where there are none.
    """

    kind: SlipKind
    position: int
    typed: str
    should_be: str
    secret: str = field(repr=False)

    @property
    def group(self) -> int:
        """The number of the group on the sheet, from 1."""
        return (min(self.position, LENGTH) - 1) // GROUP_LENGTH + 1

    @property
    def letters(self) -> str:
        """The group as it should be; two groups where the characters in question stand in both."""
        last = min(self.position + max(len(self.should_be) - 1, 0), LENGTH)
        last_group = (last - 1) // GROUP_LENGTH + 1
        return " ".join(split_groups(self.secret)[self.group - 1 : last_group])


def split_groups(secret: str) -> list[str]:
    """Return a secret as 12 groups, in upper case, without its prefix: 11 of five characters, one of three."""
    characters = secret.upper().removeprefix(SECRET_PREFIX)
    return [characters[start : start + GROUP_LENGTH] for start in range(0, LENGTH, GROUP_LENGTH)]


def layout_lines(secret: str) -> list[str]:
    """Return the three lines of the sheet, of four groups each (23 columns)."""
    groups = split_groups(secret)
    return [" ".join(groups[start : start + GROUPS_IN_A_LINE]) for start in range(0, _GROUPS, GROUPS_IN_A_LINE)]


def explain_characters() -> str:
    """Return the sentence that tells characters apart that look alike."""
    return _("There is no letter B, I or O in this key, and no digit 1. A round character is the digit 0 (zero).")


def pick_groups() -> tuple[int, int]:
    """Return the numbers of two random groups, from 1 and in order, to be typed back."""
    first, second = sorted(secrets.SystemRandom().sample(range(1, _GROUPS + 1), 2))
    return first, second


def is_group(secret: str, number: int, typed: str) -> bool:
    """Return whether somebody typed a group, by its number from 1, however written."""
    return _clean(typed).translate(_LOOK_ALIKES) == split_groups(secret)[number - 1].lower()


def read_typed(typed: str) -> str | Slip | None:
    """Return the secret that was typed, or the one slip that explains what was, or None.

    Case, spaces, line ends, hyphens and other marks do not count; the prefix may be left out.
    """
    cleaned = _clean(typed)
    prefix = _TYPED_PREFIX.match(cleaned)
    characters = cleaned[prefix.end() if prefix else 0 :].translate(_LOOK_ALIKES)
    if is_secret(_to_secret(characters)):
        return _to_secret(characters)
    slips = {slip.secret: slip for slip in _slips(characters) if is_secret(slip.secret)}
    return slips.popitem()[1] if len(slips) == 1 else None


def ask_about(slip: Slip) -> str:
    """Return the question whether a slip is one, to be answered by yes or no. It shows a group of the key."""
    match slip.kind:
        case SlipKind.MISSING:
            return _(
                "In group {number}, the character {right} seems to be missing. Does your sheet say {letters} there?",
                number=slip.group,
                right=slip.should_be,
                letters=slip.letters,
            )
        case SlipKind.EXTRA:
            return _(
                "In group {number}, one {typed} seems to be too many. Does your sheet say {letters} there?",
                number=slip.group,
                typed=slip.typed,
                letters=slip.letters,
            )
        case _:
            return _(
                "In group {number} you typed {typed}, and it should probably be {right}. Does your sheet say {letters} "
                "there?",
                number=slip.group,
                typed=slip.typed,
                right=slip.should_be,
                letters=slip.letters,
            )


def _clean(typed: str) -> str:
    """Return letters and digits in lower case; wide ones, which some phones type, as ordinary ones."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", typed).lower()))


def _to_secret(characters: str) -> str:
    return SECRET_PREFIX + characters.upper()


def _slips(typed: str) -> Iterator[Slip]:
    """Yield every slip that would have made a text of what has the length of a key."""
    length = len(typed)
    if length == LENGTH:
        yield from _wrong(typed)
        yield from _swapped(typed)
    elif length == LENGTH - 1:
        yield from _missing(typed)
    elif length == LENGTH + 1:
        yield from _extra(typed)


def _slip(kind: SlipKind, at: int, typed: str, should_be: str, characters: str) -> Slip:
    return Slip(kind, at + 1, typed.upper(), should_be.upper(), _to_secret(characters))


def _wrong(typed: str) -> Iterator[Slip]:
    for at, character in enumerate(typed):
        for right in bech32.ALPHABET:
            if right != character:
                whole = typed[:at] + right + typed[at + 1 :]
                yield _slip(SlipKind.WRONG, at, character, right, whole)


def _swapped(typed: str) -> Iterator[Slip]:
    for at in range(len(typed) - 1):
        pair = typed[at : at + 2]
        right = pair[::-1]
        yield _slip(SlipKind.SWAPPED, at, pair, right, typed[:at] + right + typed[at + 2 :])


def _missing(typed: str) -> Iterator[Slip]:
    for at in range(len(typed) + 1):
        for right in bech32.ALPHABET:
            yield _slip(SlipKind.MISSING, at, "", right, typed[:at] + right + typed[at:])


def _extra(typed: str) -> Iterator[Slip]:
    for at, character in enumerate(typed):
        yield _slip(SlipKind.EXTRA, at, character, "", typed[:at] + typed[at + 1 :])
