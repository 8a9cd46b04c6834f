"""Looking back line by line: a day at a time, newest first, with a question after each what to do next."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Any, NamedTuple, Protocol

from smartcli.asking import Back, Listing, Question, Row, WrongAnswerError
from smartcli.blocks import Block, Heading, Words
from smartcli.language import N_, _
from smartcli.moments import day_said
from smartcli.prompts.plain_numbers import numbers_in
from smartcli.reading_times import NotAMomentError, days_from_words
from smartcli.words import marked, sentence, sentences

_AT_ONCE = 15  # entries read out before the person is asked: as many as somebody listening can keep apart
_HELP = N_(
    "Type a number to choose that entry. Type a day or a month to go there, such as 3 nov or nov 2025. "
    "Type / and a word to search all entries. Type < to go back, or ! to leave."
)
_SECONDS = 0.5  # of a search, before it is seen whether enough was found


class _Goes(NamedTuple):
    """What a line meant: to open the entry of this id, to go to these days, or to search for these words."""

    entry: str = ""
    days: tuple[date, date] | None = None
    words: str = ""


class Speaker(Protocol):
    """What a plain asker does here: it reads something out, and asks for a line."""

    def tell(self, heading: str, blocks: Sequence[Block]) -> None:
        """Read something out."""

    def line(self, question: Question, understand: Callable[[str], Any] = str) -> Any:
        """Ask for a line."""


def browse(asker: Speaker, listing: Listing, *, explain: bool) -> str:
    """Let the person look through a list; return the id of the entry they open. Raises Back.

    `explain`: it is said first what can be typed.
    """
    before: list[int] = []  # the places at which the batches began that were read out before this one
    _tell_heading(asker, listing, explain=explain)
    if listing.is_searching and not listing.words:
        listing.search(str(asker.line(Question(ask=_("Which words would you like to find?")))))
    while True:
        rows = _batch(listing)
        after = listing.place + len(rows)
        has_more = bool(rows) and listing.rows.row(after) is not None
        asker.tell("", _blocks(listing, rows))
        try:
            goes = asker.line(_question(listing.ask, has_more=has_more), partial(_understand, rows))
        except Back:
            if not _go_back(listing, before):
                raise
            continue
        if isinstance(goes, str):  # Enter alone: the answer that was offered
            before = [*before, listing.place] if has_more else []
            listing.place = after if has_more else 0
        elif goes.entry:
            return str(goes.entry)
        elif goes.days:
            before.append(listing.place)
            _go_to(asker, listing, *goes.days)
        else:
            _search(asker, listing, goes.words, before)


def _tell_heading(asker: Speaker, listing: Listing, *, explain: bool) -> None:
    """Say what came of the last thing that was done, what list this is, how long, and what can be typed."""
    total = ""
    if listing.is_counted and listing.rows.is_complete and len(listing.rows):
        total = _("Entry {place} of {number}.", place=listing.place + 1, number=len(listing.rows))
    heading = listing.heading
    if listing.narrowed:
        heading = _("{heading}: {entries}", heading=heading, entries=listing.narrowed)
    said = sentences(listing.notice, sentence(heading), total)
    listing.notice = ""
    asker.tell("", [Words(said), *([Words(_(_HELP))] if explain else [])])


def _batch(listing: Listing) -> list[Row]:
    """Return the rows to read out now: the rest of a day, or the first of those found."""
    while not listing.rows.is_complete and len(listing.rows) <= listing.place + _AT_ONCE:
        listing.rows.work(_SECONDS)
    rows: list[Row] = []
    while len(rows) < _AT_ONCE and (row := listing.rows.row(listing.place + len(rows))):
        if rows and row.day != rows[0].day and not listing.words:
            break
        rows.append(row)
    return rows


def _blocks(listing: Listing, rows: Sequence[Row]) -> list[Block]:
    """Return the rows as they are read out: each day, then its entries with numbers to type."""
    if not rows:
        nothing = _("No entry has all of those words.") if listing.words else _("There are no entries here.")
        return [Words(nothing)]
    blocks: list[Block] = []
    for number, row in enumerate(rows, 1):
        if number == 1 or row.day != rows[number - 2].day:
            blocks.append(Heading(day_said(row.day, long=True), 2))
        blocks.append(Words(f"{number}. {_say(row)}"))
    return blocks


def _say(row: Row) -> str:
    """Return a row in words: "20:14 Check-in (drinking): Rang Sam"."""
    title = _("{title} ({remark})", title=row.title, remark=row.beside) if row.beside else row.title
    name = " ".join(part for part in (row.time, title) if part)
    words = " ".join(marked(row.words, row.marks).split())
    return _("{entry}: {words}", entry=name, words=words) if words else name


def _question(ask: str, *, has_more: bool) -> Question:
    """Return the question after a batch; Enter alone takes the answer that it offers."""
    if has_more:
        return Question(ask, hint=_(_HELP), answer=_("older entries"))
    return Question(sentences(_("There are no older entries."), ask), hint=_(_HELP), answer=_("the newest entries"))


def _understand(rows: Sequence[Row], words: str) -> _Goes:
    """Return what a line means; raises WrongAnswerError for a number that no entry has."""
    typed = words.strip()
    if typed.startswith("/"):
        return _Goes(words=typed[1:].strip())
    numbers = numbers_in(typed)
    if numbers and len(numbers) == 1 and 1 <= numbers[0] <= len(rows):
        return _Goes(rows[numbers[0] - 1].id)
    try:
        return _Goes(days=days_from_words(typed))
    except NotAMomentError:
        if numbers or typed[:1].isdigit():  # a number or a day was meant, not words of an entry
            raise WrongAnswerError(
                _('Please type a number from the list, or a day such as "3 nov". / and a word searches.')
            ) from None
        return _Goes(words=typed)


def _go_back(listing: Listing, before: list[int]) -> bool:
    """Go back to the entries read out before these, or out of a search; return False at the very beginning."""
    if before:
        listing.place = before.pop()
        return True
    if listing.words:
        listing.is_searching = False
        listing.search("")
        return True
    return False


def _go_to(asker: Speaker, listing: Listing, first: date, last: date) -> None:
    """Go to the first entry of some days, or to the nearest before them, and say so where there is none."""
    while not listing.rows.is_complete and listing.rows.place_of(last) == len(listing.rows):
        listing.rows.work(_SECONDS)
    place = listing.rows.place_of(last)
    row = listing.rows.row(place)
    listing.place = max(min(place, len(listing.rows) - 1), 0)
    if row is None:
        asker.tell("", [Words(_("There is nothing from then. This is the oldest entry here."))])
    elif row.day < first:
        asker.tell("", [Words(_("There is nothing from then. This is the entry before it."))])


def _search(asker: Speaker, listing: Listing, words: str, before: list[int]) -> None:
    """Search for words; where nothing has them, say so and stay."""
    if not words:
        asker.tell("", [Words(_("Type / and a word to search all entries."))])
        return
    place, searched = listing.place, listing.words
    listing.search(words)
    while not listing.rows.is_complete and not len(listing.rows):
        listing.rows.work(_SECONDS)
    if len(listing.rows):
        listing.is_searching = True
        before.clear()
        return
    asker.tell("", [Words(_("No entry has all of those words."))])
    listing.search(searched)
    listing.place = place
