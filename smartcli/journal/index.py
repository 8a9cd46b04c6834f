"""An index of the journal without a word of it: what each file is, as a hint which files to open.

A line a revision: its file's name, size and time of change, and its traits (exercise, measures, day, what
the clock showed, saved, state, parents). Lines are written in blocks, each under its check sum: one sum for
some hundred lines is what makes twenty thousand quick to read. Nothing depends on the index: a line that is missing,
torn or out of date means that the file is read, and losing all of it costs one slow look.
"""

import contextlib
import os
import re
import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from enum import Enum
from pathlib import Path
from typing import NamedTuple

from smartcli.entries.entry import LIVE, Entry, Mentions
from smartcli.journal.file_heads import FileHead
from smartcli.journal.heads import ENTRY
from smartcli.journal.state_file import StateFile

NAME = "index"  # the file's name in the state folder
LARGEST = 256 * 1024 * 1024  # bytes, some two million revisions; a larger file is none of ours
_KIND = "kind"  # how a line begins that tells which exercise and measures a code stands for
_SEALED = "="  # in the same place: the file is sealed, and never changed in place
_MEMORY = "-"  # in place of what the disk says of a file: it is no longer what the line tells
_BLOCK = 500  # lines under one check sum, and learnt before they are written: a first look cut short was not in vain
_BETWEEN = b"\n\n"  # blocks
_SPACES = 6  # in a line, behind the file's name: stamp, code, day, clock, saved, state, parents
_SPACES_BEFORE = 5  # in a line of an earlier version, without the clock: its file is read again
_SURPLUS = 1000  # lines of files that are gone, before the file is written anew without them


_is_plain = re.compile(r"[\w.-]+", re.ASCII).fullmatch
_is_moment = re.compile(r"[0-9T:.+-]+").fullmatch


class Traits(NamedTuple):
    """What a revision is, without what it says.

    `day` is the person's, `clock` the date and time that its clock showed, `saved` a moment with its offset.
    """

    exercise: str
    measures: frozenset[str]
    day: date
    clock: str
    saved: str
    live: bool
    parents: tuple[str, ...]

    @classmethod
    def of(cls, entry: Entry) -> "Traits":
        """Return the traits of an entry that was read."""
        saved, parents = str(entry.body["saved"]), tuple(entry.parents)
        return cls(entry.exercise, entry.measures, entry.day, entry.clock_face, saved, not entry.deleted, parents)

    def file_head(self, entry: str) -> FileHead:
        """Return these traits of an entry as the head of its file."""
        return FileHead(entry, self.exercise, self.day, self.saved, self.live)


class Seen(NamedTuple):
    """What is so of a file that was read just now: as the disk describes it, and its traits.

    `status` is None for a sealed file. `traits` is None where none go into the index: the file cannot be read, or was
    edited outside.
    """

    status: os.stat_result | None
    traits: Traits | None


class Checked(Enum):
    """How an index stood that was compared with the files."""

    FINE = "fine"  # or there is none
    REWRITTEN = "rewritten"  # it was damaged, or did not agree with the files
    UNWRITABLE = "unwritable"  # it has to be written, and the disk refuses it


class Index:
    """The traits of revisions by the names of their files, kept in a file of this device's state folder.

    What the file says of a name counts once `confirm` has compared it with the disk, in each process anew.
    """

    def __init__(self, folder: Path, seal_to: str = "") -> None:
        """`folder` is the state folder; it is read when the index is first asked.

        `seal_to` is the public key (`age1...`) it is sealed to from now on, "" leaves it plain.
        """
        self.seal_to = seal_to
        self._folder = folder
        self._lines: dict[str, str] | None = None  # by the names of files
        self._kinds: dict[str, tuple[str, frozenset[str]]] = {}  # exercise and measures by their code
        self._codes: dict[str, str] = {}  # of the files that are confirmed, by name
        self._pending: list[str] = []  # lines that are not in the file yet
        self.is_there = False  # whether there was a file, of whatever kind, when it was read
        self._is_damaged = False  # whether something in it was no line of ours

    def read(self) -> None:
        """Read the file now, and not when the index is first asked."""
        self._known  # noqa: B018  asking is reading

    def unconfirmed(self, names: Iterable[str]) -> list[str]:
        """Return those of the names that nothing sure is known of."""
        return [name for name in names if name not in self._codes]

    def confirm(self, found: Iterable[tuple[str, os.stat_result]]) -> list[str]:
        """Compare files with what is known, as the disk describes them now; return the names of those that are not."""
        known, kinds, codes = self._known, self._kinds, self._codes
        unknown = []
        for name, status in found:  # every file of a journal: what is done here is done twenty thousand times
            stamp = f"{_stamp(status)} "
            line = known.get(name, "")
            code = line[len(stamp) : len(stamp) + 8]
            if line.startswith(stamp) and code in kinds and line.count(" ") == _SPACES:
                codes[name] = code
            else:
                unknown.append(name)
        return unknown

    def trust(self, names: Iterable[str]) -> list[str]:
        """Confirm files that are sealed, without asking the disk; return the names of those that are not known."""
        unknown = []
        for name in names:
            stamp, _, rest = self._known.get(name, "").partition(" ")
            if stamp == _SEALED and rest[:8] in self._kinds and rest.count(" ") == _SPACES - 1:
                self._codes[name] = rest[:8]
            else:
                unknown.append(name)
        return unknown

    def traits(self, name: str) -> Traits | None:
        """Return the traits of a file; None unless they are confirmed."""
        return self.remembered(name) if name in self._codes else None

    def file_head(self, name: str) -> FileHead | None:
        """Return the head of the file of this name; None unless its traits are confirmed."""
        if name not in self._codes:
            return None
        _stamp, code, day, _clock, saved, state, _parents = self._known[name].split(" ")
        try:
            return FileHead(name[ENTRY], self._kinds[code][0], date.fromisoformat(day), saved, state == LIVE)
        except ValueError:  # no day of the calendar: a line of another version
            return None

    def remembered(self, name: str) -> Traits | None:
        """Return the traits a file had when it was last read; None where that is not known.

        Its name holds the hash of what it said: whatever has become of the file, that revision was so.
        """
        try:
            _stamp, code, day, clock, saved, state, parents = self._known.get(name, "").split(" ")
            exercise, measures = self._kinds[code]
            about = date.fromisoformat(day)
        except (ValueError, KeyError):  # no line, or one of another version
            return None
        return Traits(exercise, measures, about, clock, saved, state == "live", tuple(filter(None, parents.split(","))))

    def place_in_order(self, name: str) -> str:
        """Return where a file belongs in the order of days, as `Entry.place_in_order`; "" unless it is confirmed."""
        if name not in self._codes:
            return ""
        _stamp, _code, day, clock, _rest = self._known[name].split(" ", 4)
        return f"{day} {clock}"

    def is_known(self, name: str) -> bool:
        """Return whether the traits of a file are confirmed."""
        return name in self._codes

    def deleted(self, names: Iterable[str]) -> set[str]:
        """Return those of the names whose files are confirmed to hide their entries."""
        mark = " deleted "  # between spaces there can be nothing else in a line
        return {name for name in names if name in self._codes and mark in self._known[name]}

    def group(self, names: Iterable[str]) -> dict[str, list[str]]:
        """Return the names by the codes of what their files are, in the same order; "" where it is not known."""
        groups: dict[str, list[str]] = {}
        for name in names:
            groups.setdefault(self._codes.get(name, ""), []).append(name)
        return groups

    def is_possible(self, code: str, wanted: Mentions) -> bool:
        """Return whether a file with this code may be `wanted`: any may that nothing is known of."""
        return not code or wanted.is_possible(*self._kinds[code])

    def select(self, names: Iterable[str], wanted: Mentions) -> list[str]:
        """Return the names of the files that may be `wanted`, in the same order: all but those known not to be."""
        refused = {code for code, kind in self._kinds.items() if not wanted.is_possible(*kind)}
        return [name for name in names if self._codes.get(name) not in refused]

    def add(self, name: str, status: os.stat_result | None, traits: Traits) -> None:
        """Learn the traits of a file, as the disk described it before it was read; None: it is sealed."""
        self._pending += self._learn(name, status, traits)
        if len(self._pending) >= _BLOCK:
            self.write()

    def note_saved(self, name: str, status: os.stat_result | None, traits: Traits) -> None:
        """Learn the traits of a file that was saved just now, without reading what is known of the others."""
        if self._lines is not None:
            self._pending += self._learn(name, status, traits)
        elif _can_be_written(name, traits):
            self._pending += [_kind_line(_code_of(traits), traits.exercise, traits.measures)]
            self._pending += [f"{name} {_line(status, traits)}"]

    def _learn(self, name: str, status: os.stat_result | None, traits: Traits) -> list[str]:
        """Learn the traits of a file, and return the lines that say so; none where a line cannot hold them."""
        if not _can_be_written(name, traits):
            return []
        lines = []
        code = _code_of(traits)
        if code not in self._kinds:
            self._kinds[code] = (traits.exercise, traits.measures)
            lines.append(_kind_line(code, traits.exercise, traits.measures))
        line = _line(status, traits)
        self._known[name] = line
        self._codes[name] = code
        return [*lines, f"{name} {line}"]

    def write(self) -> bool:
        """Append what was learnt, and return whether the disk took it; it need not be durable."""
        if not self._pending:
            return True
        data = _blocks(self._pending)
        self._pending = []
        with contextlib.suppress(OSError):
            self._file.append(data)
            return True
        return False

    def check(self, seen: Mapping[str, Seen]) -> Checked:
        """Compare the index with all files, by their names, and write it anew where they do not agree.

        What it does not know yet is added. Where there is no index, none is made; where no file could be seen, the
        journal may only be out of reach.
        """
        lines = self._known
        if not self.is_there or not seen:
            return Checked.FINE
        is_sound = not self._is_damaged and all(self._agrees(line, seen.get(name)) for name, line in lines.items())
        if not is_sound:
            unread = (name for name, (_status, traits) in seen.items() if traits is None and self.remembered(name))
            self._lines = {name: f"{_MEMORY} {lines[name].partition(' ')[2]}" for name in unread}
            self._codes = {}
            used = {line.split(" ", 2)[1] for line in self._lines.values()}
            self._kinds = {code: kind for code, kind in self._kinds.items() if code in used}
        for name, (status, traits) in seen.items():
            if traits and name not in self._known:
                self._pending += self._learn(name, status, traits)
        if is_sound:
            return Checked.FINE if self.write() else Checked.UNWRITABLE
        return Checked.REWRITTEN if self._rewrite([*self._known]) else Checked.UNWRITABLE

    def is_true_of(self, seen: Mapping[str, Seen]) -> bool:
        """Return whether the file is sound, and true of the files it knows as they are; nothing is written.

        A line of a file that was changed or has gone since is no fault: nobody believes it.
        """
        lines = self._known
        known = ((lines[name], status, traits) for name, (status, traits) in seen.items() if traits and name in lines)
        lies = (
            line.startswith(f"{_stamp(status)} ") and line != _line(status, traits) for line, status, traits in known
        )
        return not self._is_damaged and not any(lies)

    def _agrees(self, line: str, seen: Seen | None) -> bool:
        """Return whether a line says what is so of its file, as far as that could be read; None: the file is gone."""
        if seen is None:
            return False
        if seen.traits is None:
            return line.startswith((_stamp(seen.status) + " ", _MEMORY + " "))
        return line == _line(seen.status, seen.traits) and line.split(" ", 2)[1] in self._kinds

    def forget(self, entries: Collection[str]) -> None:
        """Forget every revision of entries that were erased."""
        self._rewrite(name for name in self._known if name[ENTRY] not in entries)

    def tidy(self, names: Collection[str]) -> None:
        """Forget the files that are none of these, once there are many such."""
        if len(self._known) - len(names) > _SURPLUS:
            self._rewrite(name for name in self._known if name in names)

    def _rewrite(self, names: Iterable[str]) -> bool:
        """Write the file anew with the lines of these files alone; return whether the disk took it."""
        self._lines = {name: self._known[name] for name in names}
        self._codes = {name: code for name, code in self._codes.items() if name in self._lines}
        self._pending = []
        lines = [_kind_line(code, exercise, measures) for code, (exercise, measures) in self._kinds.items()]
        lines += [f"{name} {line}" for name, line in self._lines.items()]
        with contextlib.suppress(OSError):
            if self._file.is_there:
                self._file.replace(_blocks(lines))
            return True
        return False

    @property
    def _file(self) -> StateFile:
        return StateFile(self._folder, NAME, self.seal_to)

    @property
    def _known(self) -> dict[str, str]:
        """The lines by the names of files; the file is read when this is first asked for."""
        if self._lines is None:
            self._lines = {}
            for name, _, line in (line.partition(" ") for line in self._sound_lines()):
                if name != _KIND:
                    if line.count(" ") != _SPACES_BEFORE:
                        self._lines[name] = line
                    continue
                code, _, kind = line.partition(" ")
                exercise, _, measures = kind.partition(" ")
                if code == _code(exercise, measures):
                    self._kinds[code] = (exercise, frozenset(filter(None, measures.split(","))))
                else:
                    self._is_damaged = True
        return self._lines

    def _sound_lines(self) -> Iterator[str]:
        """Yield the lines of the blocks whose check sums are right."""
        for block in self._bytes().split(_BETWEEN):
            check, _, lines = block.strip(b"\n").partition(b"\n")
            if check == _sum(lines) and lines.isascii():
                yield from lines.decode("ascii").split("\n")
            elif block.strip(b"\n"):
                self._is_damaged = True

    def _bytes(self) -> bytes:
        """Return the bytes of the file; none where there is none, or what is there cannot be read."""
        file = self._file
        self.is_there = True
        try:
            data = file.read(LARGEST)
        except FileNotFoundError:
            self.is_there = False
            return b""
        except OSError:
            data = b""
        if not data and file.is_closed:  # as if there were none
            self.is_there = False
            return b""
        self._is_damaged = not data or file.has_gaps
        return data


def _stamp(status: os.stat_result | None) -> str:
    """Return what the disk says of a file, in short: it changes when the file is changed in place."""
    return _SEALED if status is None else f"{status.st_size:x}.{status.st_mtime_ns:x}"


def _can_be_written(name: str, traits: Traits) -> bool:
    """Return whether a line can hold these traits: another program may have written anything."""
    named = (name, traits.exercise, *traits.measures, *traits.parents)
    return all(map(_is_plain, named)) and all(map(_is_moment, (traits.clock, traits.saved)))


def _line(status: os.stat_result | None, traits: Traits) -> str:
    """Return what the line of a file says after its name."""
    state = "live" if traits.live else "deleted"
    day, parents = traits.day.isoformat(), ",".join(traits.parents)
    return f"{_stamp(status)} {_code_of(traits)} {day} {traits.clock} {traits.saved} {state} {parents}"


def _kind_line(code: str, exercise: str, measures: Iterable[str]) -> str:
    """Return the line that says which exercise and measures a code stands for."""
    return f"{_KIND} {code} {exercise} {_joined(measures)}"


def _joined(measures: Iterable[str]) -> str:
    return ",".join(sorted(measures))


def _code_of(traits: Traits) -> str:
    return _code(traits.exercise, _joined(traits.measures))


def _code(exercise: str, measures: str) -> str:
    """Return a short code for an exercise with its measures: the same in every process that learns it."""
    return f"{zlib.crc32(f'{exercise} {measures}'.encode()):08x}"


def _blocks(lines: list[str]) -> bytes:
    """Return lines as they are written: in blocks, each after its check sum, which a torn or bent block fails.

    An empty line stands before each, too: it closes a block that was torn.
    """
    bodies = ["\n".join(lines[at : at + _BLOCK]).encode("ascii") for at in range(0, len(lines), _BLOCK)]
    return b"".join(b"%s%s\n%s%s" % (_BETWEEN, _sum(body), body, _BETWEEN) for body in bodies)


def _sum(data: bytes) -> bytes:
    return b"%08x" % zlib.crc32(data)
