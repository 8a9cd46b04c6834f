"""Choosing entries: the filters that `review`, `search`, `export` and `insights` share."""

import math
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice

from smartcli.content.exercise import POINTS
from smartcli.entries.entry import DamagedEntryError, Entry, Mentions, side_by_side
from smartcli.journal.day_order import latest_first
from smartcli.journal.heads import Revision
from smartcli.journal.standing import Head
from smartcli.journal.store import Journal
from smartcli.language import _
from smartcli.trouble import Trouble
from smartcli.words import either, folded, near
from smartcli.workbook.progress import with_progress
from smartcli.workbook.when import read_days
from smartcli.workbook.workbook import Workbook

_KEPT = 1000  # entries that are kept as they were read, in about 10 MB, and not read again: a year or so


class Chosen:
    """The entries meant, newest first, gone through as often as needed and never all held in memory."""

    def __init__(self, heads: Iterator[Head], journal: Journal) -> None:
        self._heads = with_progress(heads, lambda: len(journal.listed))
        self._journal = journal
        self._known: list[Entry | tuple[Revision, ...]] | None = None
        self.number = 0  # of entries gone through so far
        self.in_two_places: dict[str, list[str]] = {}  # the versions of entries changed so, newest first, by their ids
        self.behind: set[str] = set()  # the ids of entries of which a newer version cannot be read

    def __iter__(self) -> Iterator[Entry]:
        """Yield each entry as it stands; the first time has to come to its end before the next."""
        if self._known is not None:
            for known in with_progress(self._known, self._known.__len__):
                if isinstance(known, Entry):
                    yield replace(known)  # without what was made of its answers
                elif versions := [*self._read(known)]:
                    yield side_by_side(versions)
            return
        every: list[Entry | tuple[Revision, ...]] = []
        for head in self._take():
            # Where a file cannot be read, the entry was made of what else is known: so it stays as it is.
            is_kept = head.unread or len(every) < _KEPT
            every.append(head.entry if is_kept else (head.revision, *head.others))
            yield head.entry
        self._known = every

    def _take(self) -> Iterator[Head]:
        """Yield each head, once, and count it."""
        for head in self._heads:
            self.number += 1
            if head.entry.others:
                self.in_two_places[head.entry.id] = [head.revision.revision, *(one.revision for one in head.others)]
            if head.entry.has_unread:
                self.behind.add(head.entry.id)
            yield head

    def _read(self, revisions: Iterable[Revision]) -> Iterator[Entry]:
        for revision in revisions:
            with suppress(DamagedEntryError):  # gone in between
                yield self._journal.read(revision)

    def revisions(self, *, history: bool) -> Iterator[Entry]:
        """Yield, once, every revision that stands (two of an entry changed in two places), or with `history` all."""
        several = self._journal.revisions().several() if history else {}
        for head in self._take():
            if head.entry.id in several:
                yield from self._journal.versions(head, several[head.entry.id])
            else:
                yield head.entry
                yield from self._read(head.others)


@dataclass(frozen=True)
class Filters:
    """Which entries are meant; each filter narrows the choice further."""

    exercise: str | None = None
    point: str | None = None
    about: str | None = None
    since: str | None = None
    until: str | None = None
    last: int | None = None
    deleted: bool = False

    @property
    def narrow(self) -> bool:
        """Whether any of them leaves entries out, their number and the deleted ones aside."""
        return any((self.exercise, self.point, self.about, self.since, self.until))

    @property
    def is_everything(self) -> bool:
        """Whether none of them leaves an entry out, the deleted ones aside."""
        return not self.narrow and self.last is None

    def check(self, workbook: Workbook) -> None:
        """Raise Trouble for a filter that cannot be read, as far as that can be told before the journal is opened.

        Of an exercise that there is not, only entries can tell whether it was there once.
        """
        if not workbook.is_closed:
            self.named_exercise(workbook)
        self.named_point()
        self.days(workbook)

    def select(self, workbook: Workbook, holding: Callable[[bytes], bool] | None = None) -> Iterator[Head]:
        """Yield the entries meant, newest first; raises Trouble for a filter that cannot be read.

        `holding` tells quickly, from a file's bytes, that an entry need not be looked at.
        """
        matches = self.predicate(workbook)
        since, until = self.days(workbook)
        named = (("exercise", self.named_exercise(workbook)), ("point", self.named_point()))
        tests: list[Callable[[bytes], bool]] = [Mentions(key, value) for key, value in named if value]
        tests += [holding] if holding else []
        heads = workbook.journal.heads(
            deleted=self.deleted,
            since=since,
            until=until,
            holding=(lambda data: all(test(data) for test in tests)) if tests else None,
        )
        matching = (head for head in latest_first(heads) if any(map(matches, head.entry.sides)))
        return islice(matching, self.last)

    def marked_for_insights(self, workbook: Workbook) -> Iterator[tuple[Entry, bool]]:
        """Yield every entry, newest first, with True where the filters let it count; raises Trouble as `select`.

        All entries are needed, since any may say which family a behaviour is of. Entries from before --since
        count too: insights compare with the period before. With --last there is no such period.
        """
        filters = self if self.last else replace(self, since=None)
        matches = filters.predicate(workbook)
        remaining = math.inf if self.last is None else self.last
        for head in latest_first(workbook.journal.heads(deleted=self.deleted)):  # --last means those that are listed
            counts = remaining > 0 and matches(head.entry)
            remaining -= counts
            yield head.entry, counts

    def days(self, workbook: Workbook) -> tuple[date | None, date | None]:
        """Return the first and the last day meant, where they are given; raises Trouble when they are not in order."""
        since, until = self._first_and_last(workbook)
        if since and until and since > until:
            raise Trouble(
                _("The day after --since is later than the day after --until."),
                hint=_("Type the earlier day after --since."),
            )
        return since, until

    def predicate(self, workbook: Workbook) -> Callable[[Entry], bool]:
        """Return whether an entry is meant, by every filter but `last` and `deleted`; raises Trouble as `select`."""
        exercise, point = self.named_exercise(workbook), self.named_point()
        since, until = self._first_and_last(workbook)
        return lambda entry: (
            (exercise is None or entry.exercise == exercise)
            and (point is None or entry.point == point)
            and (self.about is None or folded(entry.behaviour or "") == folded(self.about))
            and (since is None or entry.day >= since)
            and (until is None or entry.day <= until)
        )

    def named_exercise(self, workbook: Workbook) -> str | None:
        """Return the id meant by a name; an exercise that is gone is still named by the id its entries bear."""
        if self.exercise is None:
            return None
        try:
            return workbook.catalog.find(self.exercise).id
        except Trouble:
            if next(workbook.memory.copies(self.exercise), None):
                return self.exercise
            raise

    def named_point(self) -> str | None:
        """Return the point meant; raises Trouble when there is none of that name."""
        if self.point is not None and folded(self.point) not in POINTS:
            close = near(self.point, POINTS)
            sentence = _("{option} has to be {choices}.", option="--point", choices=either(POINTS))
            raise Trouble(sentence, hint=_("Did you mean {options}?", options=close) if close else "")
        return folded(self.point) if self.point else None

    def _first_and_last(self, workbook: Workbook) -> tuple[date | None, date | None]:
        since, until = read_days(self.since, workbook, "--since"), read_days(self.until, workbook, "--until")
        return since and since[0], until and until[1]
