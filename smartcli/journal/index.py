"""An index of the journal without a word of it: what each file is, as a hint which files to open.

A line a revision: its file's name, size and time of change, and its traits (exercise, measures, day, what
the clock showed, saved, state, parents). Lines are written in blocks, each under its check sum, and most of them in
columns, a month in each block (`index_text`). Nothing depends on the index: a line that is missing,
torn or out of date means that the file is read, and losing all of it costs one slow look.
"""

import contextlib
import os
import re
import sys
import zlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from enum import Enum
from pathlib import Path
from typing import NamedTuple

from smartcli.entries.entry import LIVE, Entry, Mentions
from smartcli.journal.file_heads import FileHead
from smartcli.journal.file_names import FileNames, month_of
from smartcli.journal.heads import ENTRY
from smartcli.journal.index_text import BLOCK, Month, as_blocks, blocks_in, month_as_block, month_in, stamps_column
from smartcli.journal.state_file import StateFile
from smartcli.journal.unchanged_months import ALWAYS_ASKED, folder_stamp, in_turn, is_dependable, time_in

NAME = "index"  # the file's name in the state folder
LARGEST = 256 * 1024 * 1024  # bytes, some two million revisions; a larger file is none of ours
_KIND = "kind"  # how a line begins that tells which exercise and measures a code stands for
_MEMORY = "-"  # in place of what the disk says of a file: it is no longer what the line tells
_SEALED = "="  # in the same place: the file is sealed, and never changed in place
_SPACES = 6  # in a line, behind the file's name: stamp, code, day, clock, saved, state, parents
_SPACES_BEFORE = 5  # in a line of an earlier version, without the clock: its file is read again
_SINGLE = 500  # single lines, or lines of months that could be known to be unchanged, before all are written anew
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
        self._lines: dict[str, str] = {}  # by the names of files, but for those of the months that are in columns
        self._months: dict[str, Month] = {}  # in columns, by their names, such as 2026-11
        self._whole: set[str] = set()  # of these, the months of which all files are confirmed
        self._at: tuple[str, dict[str, str]] = ("", {})  # of these, the one that was asked for last, and its lines
        self._kinds: dict[str, tuple[str, frozenset[str]]] = {}  # exercise and measures by their code
        self._codes: dict[str, str] = {}  # of the files that are confirmed, by name
        self._pending: list[str] = []  # lines that are not in the file yet
        self._single = 0  # lines in the file that are not in columns
        self._is_read = False
        self.is_there = False  # whether there was a file, of whatever kind, when it was read
        self._is_damaged = False  # whether something in it was no line of ours
        self._is_refuted = False  # whether a month that it says is known whole was found to be changed

    def read(self) -> None:
        """Read the file, once; it is read when the index is first asked, too."""
        if self._is_read:
            return
        self._is_read = True
        for text in blocks_in(self._bytes()):
            if text is None:
                self._is_damaged = True
            elif found := month_in(text):
                self._take_month(*found)
            else:
                self._take_lines(text.split("\n"))

    def _take_month(self, name: str, month: Month) -> None:
        if month.is_sound(_SPACES - 2):
            self._take_apart(name)  # of two that bear one name the later one counts
            self._months[name] = month
        else:
            self._is_damaged = True

    def _take_lines(self, lines: Iterable[str]) -> None:
        for name, _, line in (line.partition(" ") for line in lines):
            if name != _KIND:
                self._single += 1
                if line.count(" ") != _SPACES_BEFORE:
                    self._lines[name] = line
                continue
            code, _, kind = line.partition(" ")
            exercise, _, measures = kind.partition(" ")
            if code == _code(exercise, measures):
                self._kinds[code] = (exercise, frozenset(filter(None, measures.split(","))))
            else:
                self._is_damaged = True

    def _take_apart(self, month: str) -> None:
        """Put the lines of a month that is in columns among the single ones, which are newer unless it is confirmed."""
        if month not in self._months:
            return
        is_confirmed = month in self._whole
        self._whole.discard(month)
        if self._at[0] == month:
            self._at = ("", {})
        for name, line in self._months.pop(month).lines().items():
            if is_confirmed or name not in self._lines:
                self._lines[name] = line

    def _line(self, name: str) -> str:
        """Return the line of a file; "" where there is none."""
        if name in self._at[1]:  # as for most names: whoever asks goes from month to month
            return self._at[1][name]
        month = month_of(name)
        if month not in self._whole:
            self._take_apart(month)
            return self._lines.get(name, "")
        if self._at[0] != month:
            self._at = (month, self._months[month].lines())
        return self._at[1].get(name, "")

    def unconfirmed(self, names: Iterable[str]) -> list[str]:
        """Return those of the names that nothing sure is known of."""
        return [name for name in names if name not in self._codes]

    def unchanged(self, folders: Mapping[str, os.stat_result]) -> dict[str, list[str]]:
        """Return the names in the folders of months that are as they were when they were listed.

        `folders` are those there are, as the disk describes them now. The months of the newest files are left out,
        those of which more is known than their columns say, and one of the others in turn.
        """
        self.read()
        old = self._old_months()
        left_out = {month_of(name) for name in self._lines} | {in_turn(old)}
        found: dict[str, list[str]] = {}
        for month in old:
            columns, folder = self._months[month], folders.get(month)
            is_same = folder is not None and columns.folder == folder_stamp(folder)
            if is_same and month not in left_out:
                found[month] = columns.names()
        return found

    def _old_months(self) -> list[str]:
        """Return the names of the months that are in columns and older than the newest files."""
        old: list[str] = []
        files = len(self._lines)
        for month in sorted(self._months, reverse=True):
            if files >= ALWAYS_ASKED:
                old.append(month)
            files += self._months[month].files
        return old

    def confirm(self, found: Iterable[tuple[str, os.stat_result]]) -> list[str]:
        """Compare files of one month with what is known, as the disk describes them now; return the names of others."""
        self.read()
        found = [*found]
        return self._confirm([name for name, _status in found], [_stamp(status) for _name, status in found])

    def trust_month(self, month: str, names: Sequence[str]) -> bool:
        """Confirm the files of a month that is `unchanged` without asking the disk; False if it is not in columns."""
        return month in self._months and self._take_whole(month, names)

    def trust(self, names: Iterable[str]) -> list[str]:
        """Confirm files that are sealed, without asking the disk; return the names of those that are not known."""
        self.read()
        months: dict[str, list[str]] = {}
        for name in sorted(names):
            months.setdefault(month_of(name), []).append(name)
        return [name for of_month in months.values() for name in self._confirm(of_month, [_SEALED] * len(of_month))]

    def _confirm(self, names: Sequence[str], stamps: Sequence[str]) -> list[str]:
        """Confirm the files of one month whose stamps are those that are known; return the names of the others."""
        return [] if self._confirm_whole(names, stamps) else self._confirm_each(names, stamps)

    def _confirm_whole(self, names: Sequence[str], stamps: Sequence[str]) -> bool:
        """Confirm the files of a month if it is in columns and says of them, in order of their names, the same."""
        month = month_of(names[0]) if names else ""
        columns = self._months.get(month)
        if columns is None or columns.stamps != stamps_column(names, stamps):
            return False
        return self._take_whole(month, names)

    def _take_whole(self, month: str, names: Sequence[str]) -> bool:
        """Confirm all files of a month in columns, by their names in order; False if one has an unknown code."""
        codes = [*map(sys.intern, self._months[month].codes.split(" "))]
        if not self._kinds.keys() >= {*codes}:
            return False
        self._whole.add(month)
        self._codes.update(zip(names, codes, strict=True))
        return True

    def _confirm_each(self, names: Sequence[str], stamps: Sequence[str]) -> list[str]:
        """Confirm those files of a month whose lines say the same; return the names of the others."""
        unknown = []
        columns = self._months.get(month_of(names[0])) if names else None
        was_whole = columns is not None and bool(columns.folder)
        for name, stamp in zip(names, stamps, strict=True):
            line = self._line(name)
            known, _, rest = line.partition(" ")
            code = rest[:8]
            if known == stamp and code in self._kinds and line.count(" ") == _SPACES:
                self._codes[name] = code
            else:
                unknown.append(name)
                self._is_refuted |= was_whole and bool(line)  # changed in place, of which its folder says nothing
        return unknown

    def traits(self, name: str) -> Traits | None:
        """Return the traits of a file; None unless they are confirmed."""
        return self.remembered(name) if name in self._codes else None

    def file_head(self, name: str) -> FileHead | None:
        """Return the head of the file of this name; None unless its traits are confirmed."""
        if name not in self._codes:
            return None
        try:
            _stamp, code, day, _clock, saved, state, _parents = self._line(name).split(" ")
            return FileHead(name[ENTRY], self._kinds[code][0], date.fromisoformat(day), saved, state == LIVE)
        except (ValueError, KeyError):  # no day of the calendar, for one: a line of another version
            return None

    def remembered(self, name: str) -> Traits | None:
        """Return the traits a file had when it was last read; None where that is not known.

        Its name holds the hash of what it said: whatever has become of the file, that revision was so.
        """
        try:
            self.read()
            _stamp, code, day, clock, saved, state, parents = self._line(name).split(" ")
            exercise, measures = self._kinds[code]
            about = date.fromisoformat(day)
        except (ValueError, KeyError):  # no line, or one of another version
            return None
        return Traits(exercise, measures, about, clock, saved, state == "live", tuple(filter(None, parents.split(","))))

    def place_in_order(self, name: str) -> str:
        """Return where a file belongs in the order of days, as `Entry.place_in_order`; "" unless it is confirmed."""
        if name not in self._codes:
            return ""
        return " ".join(self._line(name).split(" ", 4)[2:4])  # the day and the clock

    def is_known(self, name: str) -> bool:
        """Return whether the traits of a file are confirmed."""
        return name in self._codes

    def deleted(self, names: Iterable[str]) -> set[str]:
        """Return those of the names whose files are confirmed to hide their entries."""
        mark = " deleted "  # between spaces there can be nothing else in a line
        hidden = {name for name, line in self._lines.items() if mark in line}
        for month in self._whole:
            if mark in self._months[month].rest:
                hidden.update(name for name, line in self._months[month].lines().items() if mark in line)
        return {name for name in names if name in hidden and name in self._codes}

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
        if len(self._pending) >= BLOCK:
            self.write()

    def note_saved(self, name: str, status: os.stat_result | None, traits: Traits) -> None:
        """Learn the traits of a file that was saved just now, without reading what is known of the others."""
        if self._is_read:
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
        self._take_apart(month_of(name))
        self._lines[name] = line
        self._codes[name] = code
        return [*lines, f"{name} {line}"]

    def write(self) -> bool:
        """Append what was learnt, and return whether the disk took it; it need not be durable."""
        if not self._pending:
            return True
        data = as_blocks(self._pending)
        self._single += len(self._pending)
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

    def tidy(self, listed: FileNames) -> None:
        """Forget files that are gone, bring lines into columns and note unchanged months, once there are many such."""
        files = len(self._lines) + sum(columns.files for columns in self._months.values())
        if files - len(listed.folders) > _SURPLUS:
            self._rewrite((name for name in self._known if name in listed.folders), listed)
        elif self._is_refuted or self._single > _SINGLE or self._newly_unchanged(listed) > _SINGLE:
            was_listed = listed.statuses  # what lies in a folder that cannot be opened now may be there still
            names = (name for name in self._known if name in listed.folders or month_of(name) not in was_listed)
            self._rewrite(names, listed)

    def _newly_unchanged(self, listed: FileNames) -> int:
        """Return how many files are in old months that need not be listed any more, once that is written down."""
        files = 0
        for month in self._old_months():
            columns = self._months[month]
            if month not in listed.unchanged:
                stamp = self._stamp_of_folder(listed, month, columns)
                # There are disks on which all but the time of change is another at each look.
                files += columns.files if stamp and time_in(stamp) != time_in(columns.folder) else 0
        return files

    def _rewrite(self, names: Iterable[str], listed: FileNames | None = None) -> bool:
        """Write the file anew with the lines of these files alone; return whether the disk took it.

        `listed`: with what the disk says of the folders, where they were listed.
        """
        known = self._known
        self._lines = {name: known[name] for name in names}
        self._codes = {name: code for name, code in self._codes.items() if name in self._lines}
        self._pending, self._single, self._is_refuted = [], 0, False
        kinds = [_kind_line(code, exercise, measures) for code, (exercise, measures) in self._kinds.items()]
        months: dict[str, dict[str, str]] = {}
        for name, line in self._lines.items():
            if line.count(" ") == _SPACES:
                months.setdefault(month_of(name), {})[name] = line
        columns = {month: Month.of(of_month) for month, of_month in months.items()}
        if listed is not None:
            for month, found in columns.items():
                columns[month] = found._replace(folder=self._stamp_of_folder(listed, month, found))
        blocks = [month_as_block(month, found) for month, found in columns.items()]
        with contextlib.suppress(OSError):
            if self._file.is_there:
                self._file.replace(b"".join([as_blocks(kinds), *blocks]))
            return True
        return False

    def _stamp_of_folder(self, listed: FileNames, month: str, columns: Month) -> str:
        """Return the stamp of a month's folder; "" unless it is dependable, and its files are plain and confirmed."""
        folder, names = listed.statuses.get(month), columns.names()
        if folder is None or names != listed.names_in(month) or not self._codes.keys() >= {*names}:
            return ""
        stamps = [stamped.partition(" ")[2] for stamped in columns.stamps.split("\n")]
        if not {_MEMORY, _SEALED}.isdisjoint(stamps):
            return ""
        written = (int(stamp.partition(".")[2], 16) for stamp in stamps)
        return folder_stamp(folder) if is_dependable(folder, written, listed.begun) else ""

    @property
    def _file(self) -> StateFile:
        return StateFile(self._folder, NAME, self.seal_to)

    @property
    def _known(self) -> dict[str, str]:
        """All lines by the names of files; the file is read when this is first asked for."""
        self.read()
        for month in [*self._months]:
            self._take_apart(month)
        return self._lines

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
