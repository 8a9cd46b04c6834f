"""What Today shows, gathered with one look into the journal's folders."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import islice
from typing import NamedTuple

from smartcli.blocks import Page
from smartcli.content.offers import Offer
from smartcli.journal.file_names import FileNames
from smartcli.journal.standing import Head
from smartcli.journal.store import Journal
from smartcli.journal.unchanged_months import Unchanged, no_months
from smartcli.language import _
from smartcli.pages.today import (
    OWN_WORDS,
    Part,
    Place,
    done_part,
    greeting,
    greeting_while_locked,
    locked_parts,
    quoted,
    said,
    today_page,
    unfinished_part,
    week_parts,
)
from smartcli.workbook.own_line import OwnLine, find_own_line
from smartcli.workbook.quick_entries import QuickEntry, find_quick_entry
from smartcli.workbook.resting_reminder import find_resting_sentence
from smartcli.workbook.settling import describe_saved, list_saved_today
from smartcli.workbook.steps import OpenStep, find_open_step
from smartcli.workbook.suggestions import next_suggestion
from smartcli.workbook.unfinished import Unfinished, Waiting, count_unfinished, list_unfinished, list_waiting
from smartcli.workbook.workbook import Workbook
from smartcli.workbook.year_ago import YearAgo, find_year_ago

_TO_ADD = 2  # entries that can be added to: more would push the menu off a small screen
_LATELY = timedelta(days=14)  # the days a step may be from


@dataclass
class ListedOnce(Journal):
    """A journal whose folders are listed once, however often it is read: for one page, not for any change."""

    _listing: FileNames | None = None

    def revisions(self, unchanged: Unchanged = no_months) -> FileNames:
        """Return the listing that was made first; what could not be read since then stays in `unreadable`.

        Whoever asks first, the months that the index knows unchanged are not listed.
        """
        if self._listing is None:
            known = self.index.unchanged if self.index else unchanged
            self._listing = super().revisions(known)
        return self._listing


class Closed(NamedTuple):
    """What is known of a journal that is locked, and not opened: how many exercises are unfinished.

    `plain`: how many files still lie in plain, and anyone can read.
    """

    unfinished: int
    plain: int


@dataclass(frozen=True)
class Today:
    """One look at today: what was written lately, what waits, lines of their own, and one suggestion.

    `workbook` is what it was gathered from; it reads the journal as it was listed then. `written` are the days of
    the last week with an entry, `done` the titles of today's exercises, both without what may be about self-harm.
    `resting` is what is to be said of a reminder that rests, "" where there is nothing to say. Of a locked journal
    that nobody has opened (`closed`) no more is known than what can be counted.
    """

    workbook: Workbook
    day: date
    last: date | None = None
    written: frozenset[date] = frozenset()
    done: Mapping[str, str] = field(default_factory=dict)
    saved: Sequence[Head] = ()
    step: OpenStep | None = None
    own_line: OwnLine | None = None
    year_ago: YearAgo | None = None
    quick: QuickEntry | None = None
    unfinished: Sequence[Unfinished] = ()
    waiting: Sequence[Waiting] = ()
    suggestion: Offer | None = None
    resting: str = ""
    closed: Closed | None = None

    def parts(self, remark: str = "", *, width: int | None = None) -> list[Part]:
        """Return the parts of the page, with a remark in place of the greeting where there is one.

        `width`: the columns of the screen they are for, which then shows what is for eyes alone too.
        """
        hello = greeting_while_locked() if self.closed else greeting(self.day, self.last)
        parts = [said(Place.REMARK, remark) if remark else said(Place.GREETING, hello)]
        if self.closed:
            return [*parts, *locked_parts(self.closed.unfinished, self.closed.plain)]
        parts += week_parts(self.written, self.day, with_marks=width is not None)
        if self.done:
            parts.append(done_part([*self.done.values()], self.day))
        if self.saved:
            parts.append(said(Place.SAVED, describe_saved(self.saved)))
        if self.step:
            parts.append(quoted(Place.STEP, self.step.lead(self.day), self.step.words, width))
        if self.own_line:
            parts.append(quoted(Place.OWN_LINE, self.own_line.lead, self.own_line.words, width))
        if self.year_ago:
            parts.append(quoted(Place.YEAR_AGO, self.year_ago.lead, self.year_ago.words, width))
        if self.unfinished:
            parts.append(unfinished_part(self.unfinished[0].describe(), len(self.unfinished) - 1))
        parts += [said(Place.TO_ADD, waiting.describe()) for waiting in self.waiting]
        if self.suggestion:
            parts.append(said(Place.SUGGESTION, self.suggestion.say))
        if self.resting:
            parts.append(said(Place.REMINDER, self.resting))
        return parts

    def page(self, remark: str = "") -> Page:
        """Return the page in sentences, with a remark in place of the greeting where there is one."""
        return today_page(self.day, self.parts(remark))

    def page_without_own_words(self) -> Page:
        """Return the page for where it may be kept or seen by others: counts and titles, nothing they wrote."""
        parts = [part for part in self.parts() if part.place not in OWN_WORDS]
        if self.step:
            parts.append(said(Place.STEP, _("You planned a small step. You haven't said yet how it went.")))
        return today_page(self.day, parts)


def gather_today(*, with_own_words: bool = True) -> Today:
    """Gather what Today shows, from the journal as it stands now; raises Trouble.

    Without `with_own_words` the lines of their own are not looked for. A closed journal is not looked into.
    """
    workbook = Workbook()
    if workbook.is_closed:
        from smartcli.workbook.locking import count_plain

        closed = Closed(count_unfinished(workbook), count_plain(workbook))
        return Today(workbook, workbook.today, closed=closed)
    workbook.journal = workbook.make_journal(ListedOnce)
    # In place of a journal of its own, which would be listed again.
    workbook.families_ever = workbook.memory.families_ever
    today = workbook.today
    newest = workbook.memory.newest()
    recent = [*workbook.journal.heads(since=today - _LATELY)]  # read once: several parts look at them
    counted = [head.entry for head in recent if not workbook.is_uncounted(head.entry)]
    unfinished = list_unfinished(workbook)
    drafted = {begun.draft.entry for begun in unfinished}
    return Today(
        workbook=workbook,
        day=today,
        last=newest.day if newest else None,
        written=frozenset(entry.day for entry in counted),
        done={entry.exercise: entry.title for entry in reversed(counted) if entry.day == today},
        saved=list_saved_today(workbook),
        step=find_open_step(workbook, recent),
        own_line=find_own_line(workbook) if with_own_words else None,
        year_ago=find_year_ago(workbook) if with_own_words else None,
        quick=find_quick_entry(workbook, recent, drafted),
        unfinished=unfinished,
        waiting=[*islice(list_waiting(workbook, with_steps=False), _TO_ADD)],
        suggestion=next_suggestion(workbook),
        resting=find_resting_sentence(workbook, today),
    )
