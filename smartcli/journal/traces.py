"""Traces: every file in which an entry still lies, whatever it is called and wherever in our folders it is.

Besides its revisions: temporary files of a crash, copies that a sync tool or a person made, versions that a tool keeps
(`.stversions`, for one), what was put aside, second names of this device.
"""

import re
import stat
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from smartcli.entries.checking import as_entry
from smartcli.entries.entry import DamagedEntryError, Entry
from smartcli.journal import seal
from smartcli.journal.draft_header import header_of
from smartcli.journal.erased import FOLDER as TOMBSTONES
from smartcli.journal.files import Folder
from smartcli.journal.heads import ENTRY
from smartcli.journal.journal_lock import KEYS
from smartcli.journal.opened_cache import OpenedCache
from smartcli.journal.unsealing import plain_bytes
from smartcli.trouble import Trouble

# What git holds is packed, and taking a part of it away would damage the rest; key files hold nobody's words.
_NOT_ENTERED = {".git", KEYS}
_DEEPEST = 12  # folders within each other

# The name of an entry's file, also within the longer name that a tool or an editor gives to a copy.
_names_entry = re.compile(r"\d{8}T\d{6}Z-([a-z2-7]{13})\.[0-9a-f]{16}").search
_begins_entry = re.compile(rb'\s*\{\s*"format":\s*\d+,\s*"id":\s*"([a-z2-7]{13})"').match
_begins_draft = re.compile(rb'\{"draft":[^\n]*?"entry":"([a-z2-7]{13})"').match
_find_ids = re.compile(rb'"id":\s*"([a-z2-7]{13})"').findall


class Trace(NamedTuple):
    """A file that holds an entry: `entry` is None where it is torn, a draft, or cannot be read.

    `is_change`: it is a draft that changes the entry, or adds to it.
    """

    folder: Path
    name: str
    id: str
    entry: Entry | None
    is_change: bool = False

    @property
    def draft(self) -> str:
        """The id of the draft that a file of this name holds."""
        return self.name.partition(".")[0]


class Traces(NamedTuple):
    """What was found of some entries: the files that hold one, and files of others' making that name one.

    `closed` are files and folders that could not be opened: what is in them is not known. All that is sealed is among
    them while no key is held.
    """

    files: list[Trace]
    mentions: list[Path]
    closed: list[Path]


def owner(data: bytes) -> str | None:
    """Return the id of the entry that plain bytes hold, whole or torn, or that a draft is of; None: nobody's.

    In a file of ours the id stands before the first word: one that is torn before it has none.
    """
    entry = _entry_in(data)
    if entry:
        return entry.id
    begins = _begins_entry(data) or _begins_draft(data)
    # More than one entry is an export, or two files that a tool has joined: not this entry's alone.
    return begins[1].decode("ascii") if begins and len({*_find_ids(data)}) <= 1 else None


def is_change(data: bytes) -> bool:
    """Return whether plain bytes are a draft that changes an entry: what was typed in it may be nowhere else."""
    header = header_of(data) if _begins_draft(data) else None
    return header is not None and bool(header.parents)


def find_traces(roots: Iterable[Path], ids: Collection[str], cache: OpenedCache | None = None) -> Traces:
    """Return every trace of some entries below the folders given; tombstones and drafts in use are none.

    A file whose name says that it is another entry's is not opened, nor is a sealed one of which `cache` says so.
    """
    files: list[Trace] = []
    mentions: list[Path] = []
    closed: list[Path] = []
    wanted = [entry.encode("ascii") for entry in ids]
    for path, name in _files_below(_outermost(roots), closed):
        named = _names_entry(name)
        if named and named[1] not in ids:
            continue
        if cache and _is_of_others(cache, name, ids):
            continue
        data = _read(path, name)
        if data is None and not named:
            closed.append(path / name)
            continue
        try:
            data = plain_bytes(data or b"")
        except Trouble:  # no key is held
            closed.append(path / name)
            continue
        if seal.is_sealed(data):  # with another key, or it is damaged
            closed.append(path / name)
            continue
        if named and _is_of(data, named[1]):
            files.append(Trace(path, name, named[1], _entry_in(data)))
        elif not named and any(entry in data for entry in wanted):
            whose = owner(data)
            if whose in ids:
                files.append(Trace(path, name, str(whose), _entry_in(data), is_change(data)))
            elif whose is None:
                mentions.append(path / name)
    return Traces(files, mentions, closed)


def _is_of_others(cache: OpenedCache, name: str, ids: Collection[str]) -> bool:
    """Return whether the cache knows a sealed file of this name, and that it is of none of some entries."""
    if not seal.is_own_sealed_name(name):
        return False
    own = cache.plain_names([name]).get(name)
    return own is not None and own[ENTRY] not in ids


def _is_of(data: bytes, entry: str) -> bool:
    """Return whether a file that is called by an entry may go with it: not where it holds another, whole entry."""
    held = _entry_in(data)
    return held is None or held.id == entry


def _entry_in(data: bytes) -> Entry | None:
    try:
        return as_entry(seal.opened(data))
    except DamagedEntryError:
        return None


def _read(path: Path, name: str) -> bytes | None:
    """Return a file's bytes, none of one that has gone meanwhile; None where it cannot be read."""
    try:
        with Folder(path, shared=True) as folder:
            return folder.read(name)
    except FileNotFoundError:
        return b""
    except OSError:
        return None


def _outermost(roots: Iterable[Path]) -> list[Path]:
    """Return the folders that lie in none of the others, each once."""
    paths = [*dict.fromkeys(roots)]
    return [path for path in paths if not any(other in path.parents for other in paths)]


def _files_below(roots: Iterable[Path], closed: list[Path]) -> Iterator[tuple[Path, str]]:
    """Yield the folder and the name of every plain file below some folders, links not followed.

    Folders that cannot be opened are added to `closed`.
    """
    waiting = [(root, 0) for root in roots]
    while waiting:
        path, depth = waiting.pop()
        try:
            with Folder(path, shared=True) as folder:
                for name, is_file in [*folder.names()]:
                    if is_file:
                        yield path, name
                    elif depth < _DEEPEST and _is_entered(folder, name):
                        waiting.append((path / name, depth + 1))
        except FileNotFoundError:  # never there, or gone meanwhile
            continue
        except OSError:
            closed.append(path)


def _is_entered(folder: Folder, name: str) -> bool:
    """Return whether traces are looked for in what has this name: a folder, or what cannot be looked at."""
    if name in _NOT_ENTERED or name == TOMBSTONES:
        return False
    try:
        return stat.S_ISDIR(folder.status(name).st_mode)
    except FileNotFoundError:
        return False
    except OSError:
        return True
