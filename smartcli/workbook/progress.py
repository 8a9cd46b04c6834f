"""How far a long piece of work has come, on the terminal alone."""

import sys
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

import typer

from smartcli.workbook.terminal import is_plain

T = TypeVar("T")
_PATIENCE = 1.0  # seconds of work before anything is said


def with_progress(work: Iterable[T], length: Callable[[], int] | None = None) -> Iterator[T]:
    """Yield everything in `work`; past a second a bar shows how many of `length` are done, if that is known."""
    if not sys.stderr.isatty() or is_plain():
        yield from work
        return
    began, steps = time.monotonic(), 0
    everything = iter(work)
    for piece in everything:
        yield piece
        steps += 1
        if time.monotonic() - began > _PATIENCE:
            break
    else:
        return
    most = length() if length else None
    often = max(1, most // 200) if most else 500
    with typer.progressbar(everything, length=most, file=sys.stderr, update_min_steps=often) as bar:
        bar.update(steps)
        yield from bar


class Counter:
    """A bar for work that tells how far it is: `tell` is given how many are done, of how many."""

    def __init__(self) -> None:
        self._began = time.monotonic()
        self._bar: Any = None
        self._done = 0

    def __enter__(self) -> "Counter":
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.__exit__(None, None, None)

    def tell(self, done: int, of: int) -> None:
        """Show how far it is, once a second has passed."""
        if not sys.stderr.isatty() or is_plain() or time.monotonic() - self._began < _PATIENCE:
            return
        if self._bar is None:
            self._bar = typer.progressbar(length=of, file=sys.stderr).__enter__()
        self._bar.update(done - self._done)
        self._done = done
