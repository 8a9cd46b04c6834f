"""A cache of sealed entries: what was opened once is sealed again in bulk, so that reading stays quick.

In a folder of this device's state: segments of some hundred entries each, and a list of which sealed file lies where.
All of it is sealed to the same key as the journal, and all of it may be lost or damaged at any moment: what is not
found in it is read from the journal's own files.
"""

import contextlib
import os
import zlib
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from smartcli.entries.entry import DamagedEntryError
from smartcli.journal import seal, system
from smartcli.journal.files import Folder

FOLDER = "cache"  # its name in the state folder
_LIST = "list.age"
_SUFFIX = ".age"
_PER_SEGMENT = 512  # entries
_LONGEST = 64 * 1024  # bytes of an entry that is cached; a longer one is opened from its own file each time
_LARGEST = 64 * 1024 * 1024  # bytes of a segment or of the list, opened: more is none of ours
_HELD = 3  # segments in memory at a time
_WORTH_WRITING = 32  # entries that are new: fewer are opened again by the next command


class _Place(NamedTuple):
    """Where an entry lies in the cache: the segment's name, and from where to where in it."""

    segment: str
    start: int
    end: int


class OpenedCache:
    """The cache in a state folder; `seal_to` is the public key it is sealed to, "" where nothing is ever cached."""

    def __init__(self, state: Path, seal_to: str) -> None:
        """It is read when it is first asked."""
        self._folder = state / FOLDER
        self._seal_to = seal_to
        self._lines: dict[str, str] | None = None  # by the names of sealed files: the plain name, and the place
        self._segments: dict[str, bytes] = {}
        self._new: dict[str, tuple[str, bytes]] = {}  # plain name and bytes, not written yet

    @classmethod
    def remove(cls, state: Path) -> None:
        """Remove the cache from a state folder; what the disk refuses is sealed, and stays."""
        with contextlib.suppress(OSError), Folder(state / FOLDER) as folder:
            for name in folder.list_names():
                folder.unlink(name)
            folder.sync()
        with contextlib.suppress(OSError):
            system.fs.rmdir(str(state / FOLDER))

    @property
    def _known(self) -> dict[str, str]:
        if self._lines is None:
            text = self._read(_LIST).decode("ascii", "replace")
            self._lines = {name: rest for name, _, rest in (line.partition(" ") for line in text.splitlines())}
        return self._lines

    @property
    def is_there(self) -> bool:
        """Whether there is anything in it."""
        return bool(self._known)

    def plain_names(self, sealed: Iterable[str]) -> dict[str, str]:
        """Return the well-formed plain name of each of these sealed files that is in the cache."""
        known = self._known
        return {name: known[name].partition(" ")[0] for name in sealed if name in known}

    def body(self, sealed: str) -> bytes | None:
        """Return the plain bytes of a sealed file; None where they are not in the cache, or damaged in it."""
        if sealed in self._new:
            return self._new[sealed][1]
        if sealed not in self._known:
            return None
        place = _place_in(self._known[sealed])
        segment = self._segment(place.segment) if place else b""
        if place is None or len(segment) < place.end:
            self._forget_segment(place.segment if place else "")
            return None
        return segment[place.start : place.end]

    def learn(self, sealed: str, plain_name: str, body: bytes) -> None:
        """Hold what a sealed file was found to hold; `write` puts it into the cache."""
        if self._seal_to and len(body) <= _LONGEST and not any(letter in plain_name for letter in " \n"):
            self._new[sealed] = (plain_name, body)

    def write(self, present: Collection[str]) -> None:
        """Write what is new if it is worth it, and take out what is not among the sealed files that are `present`.

        A disk that refuses it is ignored.
        """
        gone = self._known.keys() - present
        if gone:
            self.forget(gone)
        if len(self._new) < _WORTH_WRITING:
            return
        beside = self._smallest_segment()
        self._put(self._bodies(beside) | self._new, instead_of=beside)
        self._new = {}

    def forget(self, sealed: Collection[str]) -> None:
        """Take sealed files out of the cache, their words too: each segment that holds one is written anew."""
        self._new = {name: new for name, new in self._new.items() if name not in sealed}
        segments = {place.segment for name in sealed if (place := _place_in(self._known.get(name, "")))}
        if not segments:
            return
        beside = [name for name, line in self._known.items() if (at := _place_in(line)) and at.segment in segments]
        self._put(self._bodies(name for name in beside if name not in sealed), instead_of=beside)

    def _bodies(self, sealed: Iterable[str]) -> dict[str, tuple[str, bytes]]:
        """Return the plain name and the bytes of sealed files that are in the cache and sound."""
        read = ((name, plain, self.body(name)) for name, plain in self.plain_names(sealed).items())
        return {name: (plain, body) for name, plain, body in read if body is not None}

    def _put(self, bodies: Mapping[str, tuple[str, bytes]], *, instead_of: Collection[str]) -> None:
        """Write entries into new segments, in the order of their moments, and the list; drop segments not used."""
        lines = {name: line for name, line in self._known.items() if name not in instead_of}
        ordered = sorted(bodies, key=lambda name: bodies[name][0])
        with contextlib.suppress(OSError), Folder(self._folder, create=True) as folder:
            for at in range(0, len(ordered), _PER_SEGMENT):
                segment, start, parts = os.urandom(8).hex(), 0, []
                for name in ordered[at : at + _PER_SEGMENT]:
                    plain, body = bodies[name]
                    lines[name] = f"{plain} {segment} {start} {start + len(body)}"
                    start += len(body)
                    parts.append(body)
                folder.write_new(segment + _SUFFIX, self._sealed(b"".join(parts)))
            text = "".join(f"{name} {line}\n" for name, line in lines.items())
            folder.replace(_LIST, self._sealed(text.encode("ascii")))
            self._lines = lines
            self._drop_unused(folder)

    def _drop_unused(self, folder: Folder) -> None:
        used = {line.split(" ")[1] + _SUFFIX for line in self._known.values()} | {_LIST}
        for name in folder.list_names():
            if name not in used and name.endswith(_SUFFIX):
                with contextlib.suppress(OSError):
                    folder.remove(name)

    def _smallest_segment(self) -> list[str]:
        """Return the sealed files in the smallest segment, where it has room: what is new joins them."""
        by_segment: dict[str, list[str]] = {}
        for name, line in self._known.items():
            place = _place_in(line)
            if place:
                by_segment.setdefault(place.segment, []).append(name)
        smallest = min(by_segment.values(), key=len, default=[])
        return smallest if len(smallest) < _PER_SEGMENT else []

    def _forget_segment(self, segment: str) -> None:
        """Let go of a segment that is damaged: its entries are opened from their own files, and cached anew.

        The list is written at once, for the next look: at this one the files were listed already.
        """
        self._lines = {
            name: line for name, line in self._known.items() if (place := _place_in(line)) and place.segment != segment
        }
        self._put({}, instead_of=())

    def _segment(self, name: str) -> bytes:
        if name not in self._segments:
            self._segments = dict([*self._segments.items()][1 - _HELD :])
            self._segments[name] = self._read(name + _SUFFIX)
        return self._segments[name]

    def _sealed(self, data: bytes) -> bytes:
        """Return data packed and sealed, at the length of whole blocks: what is packed ends where it says itself."""
        return seal.seal_bytes(zlib.compress(data, 1), self._seal_to)

    def _read(self, name: str) -> bytes:
        """Return what a file of the cache holds, opened; nothing where it is missing, damaged or of another key."""
        try:
            with Folder(self._folder) as folder:
                packed = seal.open_bytes(folder.read(name, _LARGEST))
            unpack = zlib.decompressobj()
            data = unpack.decompress(packed, _LARGEST)
            return data if unpack.eof else b""
        except (OSError, DamagedEntryError, zlib.error):
            return b""


def _place_in(line: str) -> _Place | None:
    """Return the place that a line of the list names; None where it names none."""
    try:
        _plain, segment, start, end = line.split(" ")
        return _Place(segment, int(start), int(end)) if segment.isalnum() else None
    except ValueError:
        return None
