"""Looking back at a terminal: a list of entries, one of them opened, and what can be done with it there."""

from dataclasses import replace
from typing import TYPE_CHECKING

from smartcli.asking import NEWER, OLDER, Back, Ended, Option, Pause, Question
from smartcli.blocks import Block, Words
from smartcli.journal.standing import Head
from smartcli.language import N_, _
from smartcli.pages.entry import about, compares, entry_blocks, other_versions
from smartcli.trouble import Trouble
from smartcli.words import sentences
from smartcli.workbook.entry_doings import CHANGE, COMPARE, ERASE, HIDE, RESTORE, VERSIONS, EntryDoings
from smartcli.workbook.entry_list import EntryList, Purpose
from smartcli.workbook.filters import Filters
from smartcli.workbook.losses import look_over
from smartcli.workbook.terminal import has_person

if TYPE_CHECKING:
    from smartcli.workbook.workbook import Workbook

OPEN = "open"
_PURPOSES = {
    OPEN: Purpose(N_("Look back"), N_("Which entry would you like to open?"), N_("enter open")),
    CHANGE: Purpose(N_("Change an entry"), N_("Which entry would you like to change?"), N_("enter change")),
    COMPARE: Purpose(N_("Compare entries"), N_("Which entry would you like to compare?"), N_("enter compare")),
    VERSIONS: Purpose(
        N_("Earlier versions"), N_("Which entry would you like to see the versions of?"), N_("enter see versions")
    ),
    HIDE: Purpose(N_("Hide an entry"), N_("Which entry would you like to hide?"), N_("enter hide")),
    RESTORE: Purpose(N_("Hidden entries"), N_("Which entry would you like to bring back?"), N_("enter bring back")),
    ERASE: Purpose(N_("Erase an entry"), N_("Which entry would you like to erase?"), N_("enter erase")),
}
_BACK = "back"


def browse_entries(
    workbook: "Workbook", filters: Filters | None = None, *, deed: str = OPEN, words: str | None = None
) -> None:
    """Let the person look through entries until they leave.

    `deed` is what Enter does with an entry: it opens it, or does one of `entry_doings`. `words`: it begins with a
    search, for these, or "" for those that are typed then. Raises Trouble where a filter cannot be read.
    """
    chosen = filters or Filters()
    purpose = _PURPOSES[deed]
    if words is not None:  # the newest N are those of the entries found, not those in which to look
        listing = EntryList(workbook, replace(chosen, last=None), purpose, most_found=chosen.last)
        listing.begin_search(words)
    else:
        chosen = replace(chosen, deleted=chosen.deleted or deed == ERASE)
        listing = EntryList(workbook, chosen, purpose, hidden_only=deed == RESTORE)
    _Browser(workbook, listing, deed).run()


def choose_without_id(deed: str, *, needs_id: bool = False) -> None:
    """Let the person choose from the list what to do something with, since no id was given.

    `needs_id`: other options were given, which say something of one entry.
    Raises Trouble then, and where nobody sits at a terminal.
    """
    from smartcli.workbook.workbook import Workbook

    if needs_id or not has_person():
        raise Trouble(_("Please give the id of an entry: `smartcli review` shows them."))
    workbook = Workbook()
    workbook.unlock()
    browse_entries(workbook, deed=deed)
    look_over(workbook)


class _Browser:
    """One look back, from the first list to the last."""

    def __init__(self, workbook: "Workbook", listing: EntryList, deed: str) -> None:
        self._workbook = workbook
        self._listing = listing
        self._deed = deed
        self._doings = EntryDoings(workbook)

    def run(self) -> None:
        """Show the list, and do what is chosen there, until the person goes back."""
        asker = self._workbook.asker
        if self._workbook.asks_on_screen:
            asker.open(self._listing.heading, 1)
        try:
            while True:
                entry = asker.browse(self._listing)
                self._listing.notice = self._open(entry) if self._deed == OPEN else self._do(self._deed, entry)
        except (Back, Ended, Pause, KeyboardInterrupt):
            return
        finally:
            asker.close()

    def _do(self, deed: str, entry: str) -> str:
        """Do something with an entry, see to its row, and return what came of it."""
        try:
            return self._doings.do(deed, entry)
        finally:
            self._listing.refresh(entry)

    def _open(self, entry: str) -> str:
        """Show an entry, and those beside it, until the person goes back to the list; return what is told there."""
        came_of_it = ""
        while True:
            try:
                head = self._workbook.journal.find(entry, deleted=True)
            except Trouble as trouble:  # erased, here or in another window, or no longer readable
                return came_of_it or sentences(*trouble.lines())
            options = [Option(_BACK, _("Back to the list")), *self._doings.options(head), *self._beside(entry)]
            try:
                chosen = self._workbook.asker.look(self._as_question(head, came_of_it), options)
            except Back:
                return ""
            if chosen == _BACK:
                return ""
            if chosen in (NEWER, OLDER):
                entry, came_of_it = self._step(entry, chosen) or entry, ""
            else:
                came_of_it = self._do(chosen, entry)

    def _as_question(self, head: Head, came_of_it: str) -> Question:
        entry = head.entry
        before = self._workbook.memory.before(entry) if compares(entry) and not entry.deleted else None
        shown = self._workbook.readable(entry)
        blocks: list[Block] = [Words(about(entry), quiet=True)]
        blocks += entry_blocks(shown, self._workbook.readable(before) if before else None)
        blocks += other_versions(shown)
        notes = [_("This entry is hidden.")] if entry.deleted else head.notes()
        return Question(
            _("What would you like to do?"),
            hint=came_of_it or sentences(*notes),
            heading=entry.title,
            above=blocks,
            from_top=True,
            answer=_BACK,
        )

    def _beside(self, entry: str) -> list[Option]:
        """Return the options that lead to the entries beside this one."""
        words = {OLDER: _("The older entry"), NEWER: _("The newer entry")}
        return [Option(way, words[way]) for way in (OLDER, NEWER) if self._place_beside(entry, way) is not None]

    def _place_beside(self, entry: str, way: str) -> int | None:
        """Return the place in the list of the entry beside this one; None at the end of the list."""
        here = self._listing.place_of_entry(entry)
        if here is None:  # it left the list just now: what stands in its place is the older one
            here = self._listing.place
            place = here if way == OLDER else here - 1
        else:
            place = here + 1 if way == OLDER else here - 1
        is_there = place >= 0 and self._listing.rows.row(place) is not None
        return place if is_there else None

    def _step(self, entry: str, way: str) -> str:
        """Go to the entry beside this one in the list, and return its id; "" where there is none."""
        place = self._place_beside(entry, way)
        row = self._listing.rows.row(place) if place is not None else None
        if row is None or place is None:
            return ""
        self._listing.place = place
        return row.id
