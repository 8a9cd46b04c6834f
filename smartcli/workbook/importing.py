"""Taking in entries from files: what is new in them, and what is here already.

Everything is read to its end before the first entry is written, and nothing that is here is ever changed: an entry
comes in as a new one, or as a next version of one that was not changed here.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from typing import NamedTuple, TypeVar

from smartcli import moments
from smartcli.content.exercise import Exercise
from smartcli.entries.entry import Entry
from smartcli.exchange.imported import EMPTY, Imported, Left, changed_meanwhile, refused
from smartcli.journal.heads import Revision
from smartcli.journal.imports import Brought
from smartcli.journal.store import Journal
from smartcli.language import _
from smartcli.workbook.imported_entry import check_fields, entry_from, entry_id
from smartcli.workbook.undo_import import is_undone

T = TypeVar("T")
Watch = Callable[[Iterable[T]], Iterable[T]]

NEW, VERSION, BACK, HERE, HIDDEN, CHANGED = "new", "version", "back", "here", "hidden", "changed"
_TO_WRITE = (NEW, VERSION, BACK)
_MOST = 200_000  # entries of one import
_AGAIN = "again"  # why an entry is left that came before; never shown
_ALIKE = 9  # entries that an id of another program's kind cannot tell apart, such as two of one minute


@dataclass
class Count:
    """What a file holds: how many entries of each state, what cannot be taken in, what stays behind."""

    states: Counter[str] = field(default_factory=Counter)
    left: list[Left] = field(default_factory=list)
    behind: Counter[str] = field(default_factory=Counter)
    empty: int = 0
    again: int = 0  # the same as another one in the files
    refused: int = 0  # answers of columns that their questions do not take
    kinds: dict[str, None] = field(default_factory=dict)  # of the files, in their order
    beside: int = 0  # entries with something kept beside their words
    coming: int = 0  # dated in the future
    midnights: int = 0  # that are taken for whole days
    skipped: int = 0  # at a time that the clocks of their zone skipped
    twice: int = 0  # at a time that came twice there
    first: date | None = None
    last: date | None = None

    @property
    def adding(self) -> int:
        """How many revisions are to be written."""
        return self.states[NEW] + self.states[VERSION] + self.states[BACK]

    @property
    def found(self) -> int:
        """How many entries can be taken in, or are here already."""
        return sum(self.states.values())

    def add(self, state: str, entry: Entry, item: Imported | Entry, today: date) -> None:
        """Count one entry."""
        self.states[state] += 1
        self.first = min(self.first or entry.day, entry.day)
        self.last = max(self.last or entry.day, entry.day)
        self.coming += entry.day > today
        if isinstance(item, Imported):
            self.behind.update(item.behind)
            self.beside += bool(item.also)
            self.midnights += item.was_midnight
            if item.when.named:
                is_skipped = item.when.at.replace(tzinfo=None) != item.when.named
                self.skipped += is_skipped
                self.twice += not is_skipped

    def add_left(self, left: Left) -> None:
        """Count what is not taken in."""
        if left.why is EMPTY:
            self.empty += 1
        elif left.why is _AGAIN:
            self.again += 1
        else:
            self.left.append(left)


class Arrival(NamedTuple):
    """One entry of a file: what there is to do with it, as which entry, and the head here before it, if any."""

    state: str
    entry: Entry
    item: Imported | Entry
    before: str | None = None
    refused: int = 0  # answers of columns


@dataclass
class Importer:
    """Brings the entries of files into a journal.

    `read` reads them from the beginning each time, each entry with the kind of its file. `exercise` finds an exercise
    by its id.
    """

    journal: Journal
    read: Callable[[], Iterable[tuple[str, Imported | Left | Entry]]]
    exercise: Callable[[str], Exercise]
    day_starts: time
    brought: dict[str, Brought] = field(default_factory=dict)
    name: str = ""
    durable: int = 0  # revisions that `write` has written for good by now, however it ends
    _here: Mapping[str, list[Revision]] = field(default_factory=dict)
    _erased: frozenset[str] = frozenset()
    _kinds: dict[str, None] = field(default_factory=dict)
    _checked: set[str] = field(default_factory=set)  # fields that columns can answer

    def count(self, watch: Watch[Arrival | Left] = iter) -> Count:
        """Read the whole file and count; nothing is written. Raises Trouble when it cannot be read.

        `watch` passes on what is read, one by one. Afterwards `brought` is what is to come, and
        `name` names the file by what it holds.
        """
        self._here, self._erased = self.journal.revisions(), self.journal.erased.ids()
        count, today, name = Count(kinds=self._kinds), moments.now().date(), hashlib.sha256()
        self.brought = {}
        for arrival in watch(self._arriving()):
            if isinstance(arrival, Left):
                count.add_left(arrival)
                continue
            entry = arrival.entry
            count.add(arrival.state, entry, arrival.item, today)
            count.refused += arrival.refused
            # Another program's entry has another revision whenever our exercises change: its id alone names it.
            name.update(f"{entry.id}{entry.revision if isinstance(arrival.item, Entry) else ''}".encode())
            if arrival.state in _TO_WRITE:
                before = self.brought.get(entry.id, Brought([], arrival.before))
                self.brought[entry.id] = Brought([*before.added, entry.revision], before.before)
        self.name = name.hexdigest()[:16]
        return count

    def write(self, watch: Watch[Entry] = iter) -> None:
        """Read the file again and write what is to come; raises Trouble. `durable` counts what is written."""
        self.durable = 0
        self.journal.save_all(watch(self._coming()), self._count_durable)

    def _count_durable(self, number: int) -> None:
        self.durable = number

    def _coming(self) -> Iterator[Entry]:
        """Yield what is to be written; raises Trouble when the file is not what was counted."""
        coming = sum(len(brought.added) for brought in self.brought.values())
        for arrival in self._arriving():
            if isinstance(arrival, Arrival) and arrival.state in _TO_WRITE:
                entry = arrival.entry
                if entry.revision not in self.brought.get(entry.id, Brought([])).added:
                    raise changed_meanwhile()
                coming -= 1
                yield entry
        if coming:
            raise changed_meanwhile()

    def _arriving(self) -> Iterator[Arrival | Left]:
        seen: Counter[str] = Counter()
        said: dict[str, int] = {}  # a check sum of what each entry of another program says
        for number, (kind, item) in enumerate(self.read(), 1):
            if number > _MOST:
                raise refused(_("There are more than {number} entries.", number=_MOST), _("Import them in parts."))
            if isinstance(item, Left):
                yield item
                continue
            self._kinds[kind] = None
            arrival = self._ours(item, seen) if isinstance(item, Entry) else self._theirs(kind, item, said)
            if isinstance(arrival, Arrival) and arrival.entry.id in self._erased:
                arrival = Left(_("entry {number}", number=number), _("you erased it"))
            yield arrival

    def _ours(self, entry: Entry, seen: Counter[str]) -> Arrival:
        """Return what there is to do with an entry of our own export: it comes in as it is."""
        here = self._here.get(entry.id, [])
        if entry.revision in seen:
            return Arrival(HERE, entry, entry)
        if any(one.revision == entry.revision for one in here):
            return self._known(entry, here, seen)
        new = not here and entry.id not in seen
        seen.update((entry.id, entry.revision))
        head = self.journal.head(here) if here else None
        return Arrival(NEW if new else VERSION, entry, entry, head.revision.revision if head else None)

    def _known(self, entry: Entry, here: list[Revision], seen: Counter[str]) -> Arrival:
        """Return what there is to do with a version that is here: only what an undone import took comes back."""
        head = self.journal.head(here) if len(here) > 1 and not entry.deleted else None
        if head and not head.unread and is_undone(head.entry) and entry.id not in seen:
            taken = (self.journal.read(one) for one in here if one.revision in head.entry.parents)
            if any(_same(one, entry) for one in taken):
                seen[entry.id] += 1
                again = Entry({**entry.body, "parents": sorted(head.revisions())})
                return Arrival(BACK, again, entry, head.revision.revision)
        return Arrival(HERE, entry, entry)

    def _theirs(self, kind: str, item: Imported, said: dict[str, int]) -> Arrival | Left:
        """Return what there is to do with another program's entry."""
        says = hash((item.when, item.text, item.mood, item.also, repr(item.answers)))
        names = (entry_id(kind, item.identity, number) for number in range(1 if item.named else _ALIKE))
        name = next((name for name in names if said.get(name, says) == says), None)
        if name is None:
            return Left(item.place, _("another entry in the file has the same id"))
        if name in said:
            return Left(item.place, _AGAIN)
        said[name] = says
        if item.answers.keys() - self._checked:  # a mapping names one exercise
            check_fields(self.exercise(item.exercise), item.answers)
            self._checked.update(item.answers)
        made, not_taken = entry_from(item, kind, name, self.exercise, self.day_starts)
        if isinstance(made, Left):
            return made
        arrival = self._among_others(item, made, name)
        return arrival._replace(refused=not_taken) if isinstance(arrival, Arrival) else arrival

    def _among_others(self, item: Imported, made: Entry, name: str) -> Arrival | Left:
        """Return what there is to do with an entry, by what the journal has under its id."""
        here = self._here.get(name, [])
        if not here:
            return Arrival(NEW, made, item)
        if len(here) == 1 and not item.named:
            return Arrival(HERE, made, item)
        head = self.journal.head(here)
        if head is None:
            return Left(item.place, _("it is in your journal already, but cannot be read there"))
        again = Entry({**made.body, "parents": [head.revision.revision]})  # of two sides the other one stays
        same = not item.named or _same(head.entry, made)
        if is_undone(head.entry) and (head.entry.deleted or not same):
            return Arrival(BACK, again, item, head.revision.revision)
        if head.entry.deleted or same:
            return Arrival(HIDDEN if head.entry.deleted else HERE, made, item)
        if head.entry.body["saved"] != head.entry.body["started"]:  # what comes in has both the same
            return Arrival(CHANGED, made, item)
        return Arrival(VERSION, again, item, head.revision.revision)


def _same(here: Entry, made: Entry) -> bool:
    """Return whether two entries say the same of the same time; the questions may be worded otherwise by now."""
    same_time = all(here.body.get(name) == made.body.get(name) for name in ("when", "whole_day"))
    return same_time and here.answers == made.answers
