"""The entries somebody looks back through, as rows: known by the names of files, each read when it comes into view."""

import time
from bisect import bisect_left
from collections.abc import Callable, Sequence
from datetime import date
from typing import NamedTuple

from smartcli.asking import Row
from smartcli.entries.entry import Entry, Mentions
from smartcli.entries.own_words import first_words
from smartcli.entries.search import Query
from smartcli.entries.self_harm import has_self_harm
from smartcli.journal.day_order import place_of_name
from smartcli.journal.file_names import UTC_TO_LOCAL
from smartcli.journal.heads import ENTRY
from smartcli.journal.standing import Standing
from smartcli.language import _, ngettext
from smartcli.moments import clock_below, date_said
from smartcli.pages.catalog import point_title
from smartcli.words import enumerated
from smartcli.workbook.filters import Filters
from smartcli.workbook.workbook import Workbook

Look = Callable[[str], Row | None]  # from the name of a file to the row of its entry; None: it has none
Order = Callable[[str], str]  # from the name of a file to what names are sorted by, the greatest first


class AllRows:
    """The rows of all the entries in some files, whose names tell how many there are and in which order."""

    is_complete = True

    def __init__(self, names: Sequence[str], look: Look, order: Order) -> None:
        """`names` are well-formed names of files in their order; `look` returns the row of one."""
        self.names = [*names]
        self._look = look
        self._order = order
        self._known: dict[str, Row] = {}  # rows that were in view, by the names of files

    def __len__(self) -> int:
        """Return how many there are, as far as names tell."""
        return len(self.names)

    def row(self, place: int) -> Row | None:
        """Return the row at a place; a file that has none, since it cannot be read, is let go."""
        while place < len(self.names):
            name = self.names[place]
            row = self._known.get(name) or self._look(name)
            if row:
                self._known[name] = row
                return row
            del self.names[place]
        return None

    def place_of(self, day: date) -> int:
        """Return the place of the first row of a day or earlier, reading only near it."""
        place = _place_below(self.names, f"{day}~", self._order)  # "~" sorts after what follows a day
        while (row := self.row(place)) and row.day > day:
            place += 1
        return place

    def work(self, seconds: float) -> None:
        """There is nothing to look for."""

    def replace(self, entry: str, name: str) -> None:
        """Let go of an entry's file, and take the one of this name instead; "" is none."""
        self.names = _replaced(self.names, entry, name, self._order)


class FoundRows:
    """The rows of those entries, among some files, that have what is looked for; found a little at a time."""

    def __init__(self, names: Sequence[str], look: Look, order: Order, most: int | None = None) -> None:
        """`names` are of the files to look in, in their order; `most` is how many rows are wanted, if not all."""
        self._left = names
        self._looked = 0  # how many of those were looked at
        self._look = look
        self._order = order
        self._most = most
        self.names: list[str] = []  # of the files whose rows were found
        self._rows: list[Row] = []

    @property
    def is_complete(self) -> bool:
        """Whether every file was looked at, or enough was found."""
        return self._looked == len(self._left) or len(self._rows) == self._most

    def __len__(self) -> int:
        """Return how many were found so far."""
        return len(self._rows)

    def row(self, place: int) -> Row | None:
        """Return the row at a place."""
        return self._rows[place] if place < len(self._rows) else None

    def place_of(self, day: date) -> int:
        """Return the place of the first row of a day or earlier."""
        return next((place for place, row in enumerate(self._rows) if row.day <= day), len(self._rows))

    def work(self, seconds: float) -> None:
        """Look at one file after another for so many seconds; at one at least."""
        end = time.monotonic() + seconds
        while not self.is_complete:
            name = self._left[self._looked]
            self._looked += 1
            row = self._look(name)
            if row:
                self.names.append(name)
                self._rows.append(row)
            if time.monotonic() >= end:
                return

    def to_look_at(self) -> list[str]:
        """Return the names of the files that may have what is looked for: those found, and those still to look at."""
        return [*self.names, *self._left[self._looked :]]

    def replace(self, entry: str, name: str) -> None:
        """Let go of an entry's file, and take the one of this name instead; "" is none."""
        rows = dict(zip(self.names, self._rows, strict=True))
        row = self._look(name) if name else None
        if row:
            rows[name] = row
        self.names = _replaced(self.names, entry, name if row else "", self._order)
        self._rows = [rows[name] for name in self.names]
        self._left = _replaced(self._left[self._looked :], entry, "", self._order)
        self._looked = 0


def _replaced(names: Sequence[str], entry: str, name: str, order: Order) -> list[str]:
    """Return names, in their order, without those of an entry, and with this one in its place; "" is none."""
    others = [other for other in names if other[ENTRY] != entry]
    if name:
        others.insert(_place_below(others, order(name), order), name)
    return others


def _place_below(names: Sequence[str], bound: str, order: Order) -> int:
    """Return the place of the first name that `order` puts at a bound or below; names descend by it."""
    return bisect_left(names, True, key=lambda name: order(name) <= bound)


class Purpose(NamedTuple):
    """What somebody chooses an entry for: the title, the question, and how the line of keys names it; in English."""

    heading: str
    ask: str
    enter: str


class EntryList:
    """The entries that some filters choose, as a `Listing`: all of them, or those that hold some words.

    Raises Trouble where a filter cannot be read.
    """

    def __init__(
        self,
        workbook: Workbook,
        filters: Filters,
        purpose: Purpose,
        *,
        hidden_only: bool = False,
        most_found: int | None = None,
    ) -> None:
        """`purpose` is what an entry is chosen for.

        `hidden_only`: only entries that were hidden. `most_found`: the number of rows that end a search.
        """
        self._workbook = workbook
        self._filters = filters
        self._hidden_only = hidden_only
        self._most_found = most_found
        self.heading, self.ask, self.enter = map(_, purpose)
        self.narrowed = _describe(workbook, filters, hidden_only=hidden_only)
        self.is_counted = not has_self_harm(workbook.families_ever)
        self.notice = ""
        self.words = ""
        self.is_searching = False
        self.place = 0
        self._place_in_all = 0  # where the person stood when the search began
        # Read here, and not at each row: a filter that cannot be read is told before there is a screen.
        self._exercise = filters.named_exercise(workbook)
        self._since, self._until = filters.days(workbook)
        self._matches = filters.predicate(workbook)
        self._list_names()
        self._all = self._rows()
        self.rows: AllRows | FoundRows = self._all

    def _list_names(self) -> None:
        """List the journal, and learn from names and the index which entries there are and how each stands."""
        self._revisions = self._workbook.journal.revisions()
        self._standing = self._workbook.journal.standing_names(self._revisions)

    def begin_search(self, words: str) -> None:
        """Begin where words are typed, with these."""
        self.is_searching = True
        self.search(words)

    def _is_listed(self, name: str) -> bool:
        """Return whether an entry is one of these, as far as its standing tells."""
        is_hidden = self._standing[name] is Standing.HIDDEN
        return is_hidden if self._hidden_only else self._filters.deleted or not is_hidden

    def _names(self) -> list[str]:
        """Return the names of the files to look in: those that the filters may choose, as far as the index knows."""
        names = [name for name in self._standing if self._is_listed(name)]
        if self._exercise:
            names = self._workbook.index.select(names, Mentions("exercise", self._exercise))
        if self._since or self._until:
            near = set(self._revisions.newest_first(self._since, self._until))
            names = [name for name in names if name in near]
        return sorted(names, key=self._order, reverse=True)

    def _order(self, name: str) -> str:
        """Return where a file belongs in the order of days; its entry is read only where the index does not know it."""
        known = self._workbook.index.place_in_order(name)
        entry = None if known else self._read(name)
        return known or (entry.place_in_order if entry else place_of_name(name))

    def _rows(self) -> AllRows | FoundRows:
        """Return all rows: counted by their names where names tell, else found one after the other."""
        names = self._names()
        if self._filters.about is not None or self._filters.point:
            return FoundRows(names, self._row, self._order, self._filters.last)
        if self._since or self._until:
            names = [name for name in names if self._is_of_these_days(name)]
        return AllRows(names[: self._filters.last], self._row, self._order)

    def _is_of_these_days(self, name: str) -> bool:
        """Return whether an entry is of the days chosen; read only where neither its name nor the index tells."""
        if not _is_near(name, self._since) and not _is_near(name, self._until):
            return True
        known = self._workbook.index.traits(name)
        entry = None if known else self._read(name)
        day = known.day if known else entry.day if entry else None
        return day is not None and (not self._since or day >= self._since) and (not self._until or day <= self._until)

    def _read(self, name: str, holding: Callable[[bytes], bool] | None = None) -> Entry | None:
        """Return the entry in a file as it stands; what `holding` refuses is left out where it has one version only."""
        several = self._revisions.several().get(name[ENTRY])
        if several is None:
            return self._workbook.journal.try_read(self._revisions.revision(name), holding)
        head = self._workbook.journal.head(several)
        return head.entry if head else None

    def _chosen(self, name: str, holding: Callable[[bytes], bool] | None = None) -> Entry | None:
        """Return the entry in a file, if it is one of those that the filters choose."""
        entry = self._read(name, holding)
        if entry is None or not any(map(self._matches, entry.sides)):
            return None
        is_listed = entry.deleted if self._hidden_only else self._filters.deleted or not entry.deleted
        return entry if is_listed else None

    def _row(self, name: str) -> Row | None:
        entry = self._chosen(name)
        if entry is None:
            return None
        shown = self._workbook.readable(entry)
        return self._as_row(shown, first_words(shown) or shown.summary())

    def _as_row(self, entry: Entry, words: str, marks: Sequence[tuple[int, int]] = ()) -> Row:
        remarks = (
            entry.behaviour or "",
            _("hidden") if entry.deleted else "",
            _("changed in two places") if entry.others else "",
            _("a newer version cannot be read just now") if entry.has_unread else "",
        )
        return Row(
            entry.id,
            entry.day,
            clock_below(entry.day, entry.when),
            entry.title,
            enumerated(filter(None, remarks)),
            words,
            marks,
        )

    def search(self, words: str) -> None:
        """Search every entry of the list for words, going on from what is known of words that were typed so far."""
        if words == self.words:
            return
        query, before = Query(words), Query(self.words)
        if not before.terms:
            self._place_in_all = self.place
        self.words = words
        if not query.terms:
            self.rows, self.place = self._all, self._place_in_all
            return
        if before.terms and query.narrows(before) and isinstance(self.rows, FoundRows):
            names = self.rows.to_look_at()
        else:
            names = self._all.names if self._all.is_complete else self._names()

        def look(name: str) -> Row | None:
            entry = self._chosen(name, query.may_be_in)
            in_sides = map(query.find, entry.sides) if entry else ()
            found = next(filter(None, in_sides), None)
            if entry is None or found is None:
                return None
            return self._as_row(self._workbook.readable(entry), found.piece, found.marks)

        self.rows, self.place = FoundRows(names, look, self._order, self._most_found), 0

    def refresh(self, entry: str) -> None:
        """Look anew at an entry that was changed, hidden, brought back or erased: its row changes, all else stays."""
        self._list_names()
        name = next((name for name in self._standing if name[ENTRY] == entry), "")
        listed = name if name and self._is_listed(name) else ""
        for rows in {id(rows): rows for rows in (self._all, self.rows)}.values():
            rows.replace(entry, listed)

    def place_of_entry(self, entry: str) -> int | None:
        """Return where an entry stands among the rows in view; None if it is not among them."""
        return next((place for place, name in enumerate(self.rows.names) if name[ENTRY] == entry), None)


def _is_near(name: str, day: date | None) -> bool:
    """Return whether the moment in a name is so near a day that only the entry tells on which side it is."""
    return day is not None and f"{day - UTC_TO_LOCAL:%Y%m%d}" <= name <= f"{day + UTC_TO_LOCAL:%Y%m%d}~"


def _describe(workbook: Workbook, filters: Filters, *, hidden_only: bool) -> str:
    """Return which entries these are, where they are not all: "Check-in, drinking, from 3 November"."""
    exercise, point = filters.named_exercise(workbook), filters.named_point()
    known = workbook.catalog.get(exercise) if exercise else None
    since, until = filters.days(workbook)
    told = [
        known.title if known else exercise or "",
        point_title(point) if point else "",
        filters.about or "",
        _("from {day}", day=date_said(since)) if since else "",
        _("up to {day}", day=date_said(until)) if until else "",
        ngettext("the newest one", "the newest {number}", filters.last) if filters.last else "",
        _("with hidden ones") if filters.deleted and not hidden_only else "",
    ]
    return enumerated(filter(None, told))
