"""Digits that are pressed one after another and make one number."""

from collections.abc import Callable

_TOGETHER = 1.0  # seconds within which a second digit belongs to the first


class Digits:
    """The digits pressed last; `clock` returns seconds."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._typed = ""
        self._at = 0.0

    def number(self, digit: str, can_be: Callable[[int], bool]) -> int | None:
        """Return the number that is meant now, one that `can_be`; None where there is none.

        A digit pressed soon after others joins them if that can be; else it begins anew.
        """
        before = self._typed if self._clock() - self._at <= _TOGETHER else ""
        self._at = self._clock()
        for typed in dict.fromkeys((before + digit, digit)):
            if can_be(int(typed)):
                self._typed = typed
                return int(typed)
        self._typed = ""
        return None

    def forget(self) -> None:
        """Let the next digit begin anew: another key came between."""
        self._typed = ""
