"""What Today shows, gathered with one look into the journal's folders."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from smartcli.blocks import Page
from smartcli.content.offers import Offer
from smartcli.journal.file_names import FileNames
from smartcli.journal.store import Journal
from smartcli.pages.today import today_page
from smartcli.workbook.suggestions import next_suggestion
from smartcli.workbook.unfinished import Unfinished, Waiting, list_unfinished, list_waiting
from smartcli.workbook.workbook import Workbook

_SHOWN = 2  # of what is unfinished, and of what can be added: more would push the menu off a small screen


@dataclass
class ListedOnce(Journal):
    """A journal whose folders are listed once, however often it is read: for one page, not for any change."""

    _listing: FileNames | None = None

    def revisions(self) -> FileNames:
        """Return the listing that was made first; what could not be read since then stays in `unreadable`."""
        if self._listing is None:
            self._listing = super().revisions()
        return self._listing


@dataclass(frozen=True)
class Today:
    """One look at today: the day, when somebody was last here, what waits, and one suggestion.

    `workbook` is what it was gathered from; it reads the journal as it was listed then.
    """

    workbook: Workbook
    day: date
    last: date | None
    unfinished: Sequence[Unfinished]
    waiting: Sequence[Waiting]
    suggestion: Offer | None

    def page(self, remark: str = "") -> Page:
        """Return the page, with a remark in place of the greeting where there is one."""
        rows = [("Unfinished", unfinished.describe()) for unfinished in self.unfinished]
        rows += [("To add", waiting.describe()) for waiting in self.waiting]
        if self.suggestion:
            rows.append(("Perhaps", self.suggestion.say))
        return today_page(self.day, self.last, rows, remark)


def gather_today() -> Today:
    """Gather what Today shows, from the journal as it stands now; raises Trouble."""
    workbook = Workbook()
    workbook.journal = ListedOnce(workbook.places.journal, workbook.index)
    newest = workbook.memory.newest()
    return Today(
        workbook=workbook,
        day=workbook.today,
        last=newest.day if newest else None,
        unfinished=list_unfinished(workbook)[:_SHOWN],
        waiting=[*islice(list_waiting(workbook), _SHOWN)],
        suggestion=next_suggestion(workbook),
    )
