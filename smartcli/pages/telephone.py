"""Telephone numbers, found however they are spaced, bracketed or dialled: compared by their digits from the right."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

SHORTEST = 6  # digits by which a number is known; a part of one that is shorter may be anything
_MOST_BEFORE = 6  # digits of a country code, and of what is dialled before it
_APART = 3  # signs between two digits of one number: ") -"
_BETWEEN = re.compile(r"[^\w,;:!?\"]|_")  # what may stand between them
_MOST_DIGITS = 22  # with everything that is dialled before a number
_SAME = 9  # digits from the right by which two long numbers are one, whatever is dialled before: "+7 916" and "8 916"
_UNSEEN = "\u00ad"
_TRUNK = re.compile(r"(?<=\d)[^\w]*\(\s*0\s*\)")  # "+44 (0)7700": the 0 is not dialled with the code


class _Digits(NamedTuple):
    """Digits that stand together, and their place in the text."""

    start: int
    end: int
    digits: str


def numbers(text: str) -> list[str]:
    """Return the digits of each telephone number in a text, without what is dialled before."""
    found = []
    for run in _runs(text):
        digits = _significant("".join(group.digits for group in run))
        if len(digits) >= SHORTEST:
            found.append(digits)
    return found


def places(text: str, known: Iterable[str]) -> Iterator[tuple[int, int, str]]:
    """Yield where known numbers stand in a text, as (start, end, number); `known`: as `numbers` returns them."""
    by_end: dict[str, list[str]] = {}
    for number in known:
        by_end.setdefault(number[-SHORTEST:], []).append(number)
    for run in _runs(text) if by_end else ():
        at = 0
        while at < len(run):
            found = _longest_from(text, run, at, by_end)
            if found is None:
                at += 1
                continue
            end, number = found
            yield _with_signs(text, run[at].start), run[end - 1].end, number
            at = end


def _longest_from(
    text: str, run: Sequence[_Digits], at: int, by_end: Mapping[str, Sequence[str]]
) -> tuple[int, str] | None:
    """Return the longest number that begins with a group of digits: the group after its last, and which it is."""
    longest = None
    digits = ""
    for end in range(at + 1, len(run) + 1):
        digits += run[end - 1].digits
        if len(digits) > _MOST_DIGITS:
            break
        for number in by_end.get(digits[-SHORTEST:], ()):
            if _is_same(run[at:end], number, text):
                longest = end, number
                break
    return longest


def _runs(text: str) -> Iterator[list[_Digits]]:
    """Yield the groups of digits that may be parts of one number: only spaces and signs stand between them."""
    text = _TRUNK.sub(lambda found: _UNSEEN * len(found[0]), text)
    run: list[_Digits] = []
    for found in re.finditer(r"\d+", text):
        between = text[run[-1].end : found.start()] if run else ""
        if run and (len(_seen(between)) > _APART or not all(map(_BETWEEN.fullmatch, between))):
            yield run
            run = []
        run.append(_Digits(*found.span(), "".join(str(int(digit)) for digit in found[0])))
    if run:
        yield run


def _seen(between: str) -> str:
    return "".join(sign for sign in between if sign.isprintable())


def _significant(digits: str) -> str:
    return digits.lstrip("0")


def _is_same(groups: Sequence[_Digits], number: str, text: str) -> bool:
    """Return whether digits are a number, or either ends as the other: with its country code, or without its area."""
    digits = "".join(group.digits for group in groups)
    significant = _significant(digits)
    if _is_amount(text, groups):
        return False
    if len(significant) >= SHORTEST and number.endswith(significant):
        return True
    if not significant.endswith(number):
        is_long = min(len(significant), len(number)) > _SAME
        return is_long and significant[-_SAME:] == number[-_SAME:] and len(groups[0].digits) > 1
    before = digits[: len(digits) - len(number)]
    if len(before) > _MOST_BEFORE:
        return False
    # Digits before it are a part of it where they are dialled with it, not where another number stands before.
    is_international = before.startswith("00") or "+" in text[max(0, groups[0].start - 2) : groups[0].start]
    return is_international or len(groups[0].digits) >= len(before)


def _is_amount(text: str, groups: Sequence[_Digits]) -> bool:
    """Return whether digits have a sign of a currency beside them."""
    start, end = groups[0].start, groups[-1].end
    before, after = text[max(0, start - 2) : start].strip(), text[end : end + 2].strip()
    return any(unicodedata.category(sign) == "Sc" for sign in (*before[-1:], *after[:1]))


def _with_signs(text: str, start: int) -> int:
    """Return where a number begins with the plus or the bracket before it."""
    while start and text[start - 1] in "+(":
        start -= 1
    return start
