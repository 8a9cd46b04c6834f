"""Files from other programs, read as the program reads them."""

from pathlib import Path
from typing import Any

from smartcli.exchange.imported import Imported, Left
from smartcli.exchange.kinds import read_sources
from smartcli.exchange.sources import open_sources

FILES = Path(__file__).parent / "files"


def read(path: Path, kind: str | None = None) -> list[Any]:
    """Return what a file holds: entries found, entries of our own, and what was left."""
    with open_sources([path]) as sources:
        return [item for _kind, item in read_sources(sources, kind)]


def found(path: Path, kind: str | None = None) -> list[Imported]:
    """Return the entries found in another program's file, of which none may be left."""
    taken = read(path, kind)
    assert not [one for one in taken if isinstance(one, Left)]
    return taken


def clock(one: Imported) -> str:
    """Return when it was by the clock on the wall: "2026-11-22 21:30", or the day alone."""
    return f"{one.when.at:%Y-%m-%d}" if one.when.whole_day else f"{one.when.at:%Y-%m-%d %H:%M}"
