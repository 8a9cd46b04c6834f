"""Bech32 (BIP 173), in which age writes keys: 5 bits a character, and a check sum of 6 characters.

The check sum finds every mistake in up to four characters. age has no limit of 90 characters, so
there is none here.
"""

from collections.abc import Iterable, Sequence
from functools import reduce
from operator import xor

ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"  # no b, i, o and 1, which look like 8, l and 0
CHECKSUM_LENGTH = 6

# For each value of the top five bits, the sum of the generator's terms that they ask for.
_GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_FOLDED = [reduce(xor, (term for bit, term in enumerate(_GENERATOR) if top >> bit & 1), 0) for top in range(32)]
_VALUES = {character: value for value, character in enumerate(ALPHABET)}


def encode(prefix: str, data: bytes) -> str:
    """Return bytes as a bech32 text in lower case: the prefix, "1", the data and the check sum."""
    values = [*_regroup(data, 8, 5)]
    remainder = _polymod([*_expand(prefix), *values, *[0] * CHECKSUM_LENGTH]) ^ 1
    checksum = [remainder >> shift & 31 for shift in range(25, -1, -5)]
    return prefix + "1" + "".join(ALPHABET[value] for value in [*values, *checksum])


def decode(prefix: str, text: str) -> bytes:
    """Return the bytes in a bech32 text with this prefix (in lower case).

    Raises ValueError for another prefix, mixed case, a wrong character or check sum, or data that
    end within a byte.
    """
    lower = text.lower()
    if text not in (lower, text.upper()) or not lower.startswith(prefix + "1"):
        raise ValueError("another prefix, or mixed case")
    characters = lower[len(prefix) + 1 :]
    if not has_checksum(prefix, characters):
        raise ValueError("a wrong character or check sum")
    data = bytes(_regroup([_VALUES[one] for one in characters[:-CHECKSUM_LENGTH]], 5, 8))
    if encode(prefix, data) != lower:
        raise ValueError("spare bits that are not zero")
    return data


def has_checksum(prefix: str, characters: str) -> bool:
    """Return whether what stands behind the prefix and "1", in lower case, ends in its check sum."""
    values = [_VALUES.get(character, -1) for character in characters]
    if len(values) < CHECKSUM_LENGTH or -1 in values:
        return False
    return _polymod([*_expand(prefix), *values]) == 1


def _expand(prefix: str) -> list[int]:
    """Return the prefix as the check sum counts it: high bits, a zero, low bits."""
    codes = prefix.encode()
    return [*(code >> 5 for code in codes), 0, *(code & 31 for code in codes)]


def _polymod(values: Sequence[int]) -> int:
    """Return the remainder of the values, as a polynomial, by the generator of BIP 173."""
    remainder = 1
    for value in values:
        remainder = (remainder & 0x1FFFFFF) << 5 ^ value ^ _FOLDED[remainder >> 25]
    return remainder


def _regroup(values: Iterable[int], width: int, new_width: int) -> Iterable[int]:
    """Yield the same bits in groups of another width.

    To wider groups, bits that fill no group are left off; to narrower ones, zeros fill the last.
    """
    held, bits = 0, 0
    for value in values:
        held, bits = held << width | value, bits + width
        while bits >= new_width:
            bits -= new_width
            yield held >> bits & (1 << new_width) - 1
    if bits and new_width < width:
        yield held << new_width - bits & (1 << new_width) - 1
