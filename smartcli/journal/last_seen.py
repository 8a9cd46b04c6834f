"""The ids of the entries that were here, so that every one that is missing is told, until it is found or let go.

A sync tool on an empty folder, a drive that is not mounted, a deletion that ran wild: missing files are never taken
as a wish to delete. The list lies in this device's state; losing it costs one comparison. A line is added to it for
every save, and for what another device brought: also in which order entries came.
"""

import contextlib
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Set
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from smartcli.entries.entry import ID
from smartcli.journal.state_file import StateFile
from smartcli.language import _, ngettext
from smartcli.moments import day_said, now

NAME = "known.txt"  # the file's name in every released version
_SAVED = "saved"  # what stands after the id of an entry that was saved on this device
_ALL = "all"  # how a line begins that says on which day everything was here
_JOURNAL = "journal:"  # how a line begins that says which journal it was; no older version takes it for an id
# A later version may say more of an entry behind its id.
_find_ids = re.compile(rf"^([a-z2-7]{{13}})(?: ({_SAVED}))?(?: .*)?$", re.MULTILINE).finditer
_SURPLUS = 1000  # lines that say nothing any more, before the file is written anew without them


class Losses(NamedTuple):
    """What a look found missing, or otherwise than it was.

    `missing`: how many entries are gone; `is_empty`: there is no other. `day`: when all of them were here, where that
    is known. `erased`: how many were erased on another device. `another`: this is not the journal that was here;
    `is_joined`: it has another's id, and all that was here is here.
    """

    missing: int = 0
    is_empty: bool = False
    day: date | None = None
    erased: int = 0
    another: bool = False
    is_joined: bool = False

    def lines(self) -> list[str]:
        """Return what is to be said, a sentence or two for each thing."""
        told = []
        if self.erased:
            told.append(
                ngettext(
                    "{number} entry was erased on another device.",
                    "{number} entries were erased on another device.",
                    self.erased,
                )
            )
        if self.is_joined:
            told.append(_("Another journal was joined with this one. Everything that was here before is still here."))
        if self.another:
            told.append(_("The journal here is not the one that was here before."))
        if self.missing:
            untouched = _("smartcli did not remove anything.")
            told.append(f"{self._missing_said()} {untouched}")
        return told

    def in_short(self) -> list[str]:
        """Return what is to be said below a list: the sentences, and where more is told."""
        return [*self.lines(), *([_("`smartcli where` says what you can do.")] if self.hint() else [])]

    def hint(self) -> str:
        """Return what to do, "" where there is nothing to do."""
        if not self.missing and not self.another:
            return ""
        return _(
            "A drive or a sync tool may not be ready yet: look again later. `smartcli doctor` shows what is missing, "
            "and what it can bring back. If you know why, and all is well: `smartcli where --accept-missing`"
        )

    def _missing_said(self) -> str:
        if self.is_empty:
            return ngettext(
                "The journal is empty, and {number} entry was here before.",
                "The journal is empty, and {number} entries were here before.",
                self.missing,
            )
        if self.day:
            return ngettext(
                "{number} entry that was here on {day} is missing.",
                "{number} entries that were here on {day} are missing.",
                self.missing,
                day=day_said(self.day),
            )
        return ngettext(
            "{number} entry that was here before is missing.",
            "{number} entries that were here before are missing.",
            self.missing,
        )


class _Remembered:
    """What the file says: the ids in the order they last came, and what else its lines say.

    A line that is torn, or of another version, says nothing. `has_gaps`: there are such lines, or there is no file
    that can be read.
    """

    def __init__(self, text: str = "") -> None:
        self._text = text
        self.journal = next((name for _before, name in _last_lines(text, _JOURNAL) if ID.fullmatch(name)), "")
        self.lines = text.count("\n")

    @cached_property
    def ids(self) -> dict[str, bool]:
        """Whether each entry was ever saved on this device, by its id."""
        return self._ids_and_lines[0]

    @cached_property
    def _ids_and_lines(self) -> tuple[dict[str, bool], int]:
        """The ids, and how many lines have one: counted as they are read, so that no list of lines is in memory."""
        ids: dict[str, bool] = {}
        lines = 0
        for found in _find_ids(self._text):
            lines += 1
            name, saved = found.groups()
            if saved:
                ids.pop(name, None)  # it comes last again
                ids[name] = True
            else:
                ids.setdefault(name, False)
        return ids, lines

    @property
    def has_gaps(self) -> bool:
        """Whether lines are torn or of another version, or there are none at all."""
        lines = sum(map(bool, self._text.split("\n")))
        others = sum(f"\n{self._text}".count(f"\n{start}") for start in (_JOURNAL, f"{_ALL} "))
        return lines > self._ids_and_lines[1] + others or not lines

    def add(self, ids: Iterable[str]) -> None:
        """Add the ids of entries that are known to have been here."""
        for entry in ids:
            self.ids.setdefault(entry, False)

    @cached_property
    def whole(self) -> tuple[date | None, str]:
        """The last day on which everything was here, and the lines from before then."""
        for before, day in _last_lines(self._text, f"{_ALL} "):
            with contextlib.suppress(ValueError):
                return date.fromisoformat(day), before
        return None, ""

    def day_of(self, missing: Collection[str]) -> date | None:
        """Return the last day on which all of these were here; None where that is not known."""
        day, before = self.whole
        return day if missing and {found[1] for found in _find_ids(before)}.issuperset(missing) else None

    def write(self) -> Iterator[str]:
        """Yield the lines that say the same; the day is noted anew by the next look that finds everything."""
        if self.journal:
            yield _JOURNAL + self.journal
        for name, saved in self.ids.items():
            yield f"{name} {_SAVED}" if saved else name


def _differ(journal: str, other: str) -> bool:
    """Return whether two ids are known, and are those of two journals."""
    return bool(journal and other) and journal != other


def _last_lines(text: str, start: str) -> Iterator[tuple[str, str]]:
    """Yield the rest of each line that begins with `start`, after the text before it; the last line first."""
    text = f"\n{text}"
    end = text.rfind(f"\n{start}")
    while end >= 0:
        yield text[:end], text[end + 1 + len(start) :].partition("\n")[0]
        end = text.rfind(f"\n{start}", 0, end)


@dataclass
class LastSeen:
    """The ids of the entries that were here, one a line in a file of this device's state folder.

    `seal_to` is the public key (`age1...`) it is sealed to from now on, "" leaves it plain. While it is closed nothing
    is known of what was here.
    """

    folder: Path
    seal_to: str = ""

    def remember(self, ids: Iterable[str], *, saved: bool = False) -> None:
        """Remember entries as here, `saved`: by a save on this device; a disk that refuses it is ignored."""
        self._append(f"{entry} {_SAVED}" if saved else entry for entry in ids)

    def begin(self, journal: str) -> None:
        """Remember a journal that was made just now, if none was here before."""
        remembered = self._read()
        if not remembered.ids and not remembered.journal:
            self._append([_JOURNAL + journal])

    def compare(
        self,
        present: Collection[str],
        erased: Collection[str] = (),
        journal: str = "",
        second_names: Callable[[], Iterable[str]] = tuple,
    ) -> Losses:
        """Compare what is here with what was, and return what is missing; what is new is remembered.

        `present` holds the id of every entry that has a file; `erased` those that tombstones name; `journal` is the
        id of the journal, "" where it is not known. `second_names` gives the ids that have a second name on this
        device: it is asked where the list is damaged or gone.
        """
        if self._file.is_closed:
            return Losses()
        remembered = self._read()
        if remembered.has_gaps:
            remembered.add(second_names())
            if remembered.ids:
                self._rewrite(remembered)
        here = present if isinstance(present, Set) else {*present}
        gone = remembered.ids.keys() - here
        on_purpose = gone.intersection(erased)
        missing = gone - on_purpose
        is_other = _differ(journal, remembered.journal)
        # Two devices began a journal each, and a sync tool brought them together.
        is_joined = is_other and not missing and bool(remembered.ids)
        another = is_other and not is_joined
        if on_purpose:
            self.forget(on_purpose)
        # Another person's entries are not taken for one's own, or going back to one's own would miss them.
        if not (another and missing):
            self._take_note(remembered, here - remembered.ids.keys(), journal, missing)
        is_empty = bool(missing) and not here
        return Losses(len(missing), is_empty, remembered.day_of(missing), len(on_purpose), another, is_joined)

    def is_another(self, journal: str) -> bool:
        """Return whether this is the id of another journal than the one that was here before."""
        return _differ(journal, self._read().journal)

    def missing(self, present: Collection[str]) -> set[str]:
        """Return the ids remembered that are missing now; nothing is remembered or written."""
        return self._read().ids.keys() - present

    def _take_note(self, remembered: _Remembered, new: Collection[str], journal: str, missing: Collection[str]) -> None:
        lines = sorted(new)
        if journal and journal != remembered.journal:
            lines.insert(0, _JOURNAL + journal)
        today = now().date()
        if not missing and (new or remembered.ids) and remembered.whole[0] != today:
            lines.append(f"{_ALL} {today.isoformat()}")
        self._append(lines)
        if remembered.lines > 2 * len(remembered.ids) + _SURPLUS:
            self._rewrite(self._read())

    def accept(self, present: Collection[str], journal: str = "") -> None:
        """Remember what is here now and nothing else; a disk that refuses the file is ignored."""
        remembered = self._read()
        here = {*present}
        remembered.ids = {entry: saved for entry, saved in remembered.ids.items() if entry in here}
        for entry in sorted(here - remembered.ids.keys()):
            remembered.ids[entry] = False
        remembered.journal = journal or remembered.journal
        self._rewrite(remembered)

    def forget(self, erased: Collection[str]) -> None:
        """Forget the ids of entries erased on purpose; others still count as missing."""
        remembered = self._read()
        if not remembered.ids.keys().isdisjoint(erased):
            remembered.ids = {entry: saved for entry, saved in remembered.ids.items() if entry not in erased}
            self._rewrite(remembered)

    def in_order(self) -> dict[str, bool]:
        """Return the ids in the order in which they came here, and whether each was saved on this device."""
        return self._read().ids

    def _append(self, lines: Iterable[str]) -> None:
        """Add lines; they need not be durable: what is lost is noted at the next look."""
        data = "".join(f"{line}\n" for line in lines)
        if not data:
            return
        with contextlib.suppress(OSError):
            self._file.append(f"\n{data}".encode("ascii"))  # the line end closes a line that was torn

    def _rewrite(self, remembered: _Remembered) -> None:
        data = "".join(f"{line}\n" for line in remembered.write())
        with contextlib.suppress(OSError):
            self._file.replace(data.encode("ascii"))

    def _read(self) -> _Remembered:
        """Return what the file says; nothing where it cannot be read."""
        with contextlib.suppress(OSError):
            return _Remembered(self._file.read().decode("ascii", "replace"))
        return _Remembered()

    @property
    def _file(self) -> StateFile:
        return StateFile(self.folder, NAME, self.seal_to)
