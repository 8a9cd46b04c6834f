"""Taking in entries from a file: what is new in it, and what is here already.

Everything is read to its end before the first entry is written, and nothing that is here is ever changed: an entry
comes in as a new one, or as a next version of one that was not changed here.
"""

import base64
import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from typing import NamedTuple, TypeVar

from smartcli import moments
from smartcli.content.exercise import Exercise
from smartcli.entries.entry import Answered, Entry
from smartcli.entries.revisions import fill
from smartcli.exchange.imported import Imported, Left, changed_meanwhile, refused
from smartcli.fields import Lines
from smartcli.fields.base import LONGEST_ANSWER
from smartcli.journal.heads import Revision
from smartcli.journal.imports import Brought
from smartcli.journal.store import Journal
from smartcli.language import _
from smartcli.words import clean
from smartcli.workbook.undo_import import is_undone

T = TypeVar("T")
Watch = Callable[[Iterable[T]], Iterable[T]]

NEW, VERSION, BACK, HERE, HIDDEN, CHANGED = "new", "version", "back", "here", "hidden", "changed"
_TO_WRITE = (NEW, VERSION, BACK)
_MOST = 200_000  # entries of one file
_EMPTY = "empty"  # never shown: such entries are only counted


@dataclass
class Count:
    """What a file holds: how many entries of each state, what cannot be taken in, what stays behind."""

    states: Counter[str] = field(default_factory=Counter)
    left: list[Left] = field(default_factory=list)
    behind: Counter[str] = field(default_factory=Counter)
    empty: int = 0
    beside: int = 0  # entries with something kept beside their words
    coming: int = 0  # dated in the future
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


class Arrival(NamedTuple):
    """One entry of a file: what there is to do with it, as which entry, and the head here before it, if any."""

    state: str
    entry: Entry
    item: Imported | Entry
    before: str | None = None


@dataclass
class Importer:
    """Brings the entries of one file into a journal. `read` reads the file from its beginning each time."""

    journal: Journal
    read: Callable[[], Iterable[Imported | Left | Entry]]
    kind: str
    diary: Exercise  # for words
    check_in: Exercise  # for a mood
    day_starts: time
    brought: dict[str, Brought] = field(default_factory=dict)
    name: str = ""
    durable: int = 0  # revisions that `write` has written for good by now, however it ends
    _here: Mapping[str, list[Revision]] = field(default_factory=dict)
    _erased: frozenset[str] = frozenset()

    def count(self, watch: Watch[Arrival | Left] = iter) -> Count:
        """Read the whole file and count; nothing is written. Raises Trouble when it cannot be read.

        `watch` passes on what is read, one by one. Afterwards `brought` is what is to come, and
        `name` names the file by what it holds.
        """
        self._here, self._erased = self.journal.revisions(), self.journal.erased.ids()
        count, today, name = Count(), moments.now().date(), hashlib.sha256()
        self.brought = {}
        for arrival in watch(self._arriving()):
            if isinstance(arrival, Left):
                if arrival.why is _EMPTY:
                    count.empty += 1
                else:
                    count.left.append(arrival)
                continue
            entry = arrival.entry
            count.add(arrival.state, entry, arrival.item, today)
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
        for number, item in enumerate(self.read(), 1):
            if number > _MOST:
                raise refused(
                    _("The file has more than {number} entries.", number=_MOST), _("Split it, and import the parts.")
                )
            if isinstance(item, Left):
                yield item
                continue
            arrival = self._ours(item, seen) if isinstance(item, Entry) else self._theirs(item, seen)
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

    def _theirs(self, item: Imported, seen: Counter[str]) -> Arrival | Left:
        """Return what there is to do with another program's entry."""
        name = entry_id(self.kind, item.identity, 0)
        seen[name] += 1
        if seen[name] > 1:
            if item.named:
                return Left(item.place, _("another entry in the file has the same id"))
            name = entry_id(self.kind, item.identity, seen[name] - 1)  # the same words at the same time: two entries
        made = self._made(item, name)
        if isinstance(made, Left):
            return made
        here = self._here.get(name, [])
        if not here:
            return Arrival(NEW, made, item)
        if len(here) == 1 and not item.named:
            return Arrival(HERE, made, item)
        head = self.journal.head(here)
        if head is None:
            return Left(item.place, _("it is in your journal already, but cannot be read there"))
        again = Entry({**made.body, "parents": sorted(head.revisions())})
        same = not item.named or _same(head.entry, made)
        if is_undone(head.entry) and (head.entry.deleted or not same):
            return Arrival(BACK, again, item, head.revision.revision)
        if head.entry.deleted or same:
            return Arrival(HIDDEN if head.entry.deleted else HERE, made, item)
        if head.entry.body["saved"] != head.entry.body["started"]:  # what comes in has both the same
            return Arrival(CHANGED, made, item)
        return Arrival(VERSION, again, item, head.revision.revision)

    def _made(self, item: Imported, name: str) -> Entry | Left:
        """Return the entry that another program's becomes, the same to the letter whenever it is made."""
        text, also = clean(item.text), [clean(one) for one in item.also]
        if item.mood is None and not text.strip():
            text, also = "\n".join(also), []
        if item.mood is None and not text.strip():
            return Left(item.place, _EMPTY)
        if any(len(words) > LONGEST_ANSWER for words in (text, *also)):
            return Left(item.place, _("it is too long"))
        exercise, words = (self.diary, "words") if item.mood is None else (self.check_in, "more")
        given = {"mood": item.mood, words: text if text.strip() else None}
        answers = [Answered(one, given.get(one.id)) for one in exercise.fields]
        answers += [Answered(Lines(id="also", ask=_("What came with it")), also)] if also else []
        try:
            made = fill(exercise, answers, id=name, started=item.when.at, when=item.when, day_starts=self.day_starts)
        except (OverflowError, OSError):
            return Left(item.place, _("its date cannot be read"))
        # Not saved now but when it was written: so it is the same wherever it is taken in, and `last` stays yours.
        return Entry({**made.body, "saved": made.body["started"], "imported": self.kind})


def entry_id(kind: str, identity: str, number: int) -> str:
    """Return the id another program's entry has here, always the same: 13 characters from what tells it apart."""
    told = f"{'csv' if kind == 'daylio' else kind}\0{identity}\0{number}"
    digest = hashlib.sha256(told.encode("utf-8", "surrogatepass")).digest()
    return base64.b32encode(digest)[:13].decode("ascii").lower()


def _same(here: Entry, made: Entry) -> bool:
    """Return whether two entries say the same of the same time; the questions may be worded otherwise by now."""
    same_time = all(here.body.get(name) == made.body.get(name) for name in ("when", "whole_day"))
    return same_time and here.answers == made.answers
