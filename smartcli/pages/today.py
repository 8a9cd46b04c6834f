"""Today on a page: a greeting, the week, what is theirs, what waits, one suggestion; each a whole sentence."""

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date, timedelta
from enum import IntEnum
from itertools import groupby
from typing import NamedTuple

from smartcli.blocks import Block, Page, Words
from smartcli.language import _, ngettext
from smartcli.moments import ago, day_said, day_start, is_after_midnight, weekday_in_two_letters, weekday_name
from smartcli.words import enumerated, joined, sentence, sentences

_AWAY = 4  # days after which somebody is welcomed back
_LONG_AWAY = 9  # weeks that are no longer counted
_WEEK = 7  # days that are marked
_TITLES = 4  # of what was done today, at most
_LONGEST = 400  # characters of the person's own words, where there is no screen to be filled
_LINES = 3  # of a screen, for one thing of theirs
_RAGGED = 4  # columns of a line that are left empty at its end, more or less


class Place(IntEnum):
    """What a part of the page is about. Parts stand in this order."""

    REMARK = 0
    GREETING = 1
    LOCKED = 2
    WEEK = 3
    WEEK_IN_WORDS = 4
    DONE = 5
    SAVED = 6
    STEP = 7
    OWN_LINE = 8
    YEAR_AGO = 9
    UNFINISHED = 10
    TO_ADD = 11
    SUGGESTION = 12
    REMINDER = 13


OWN_WORDS = (Place.STEP, Place.OWN_LINE, Place.YEAR_AGO)  # the parts that hold words of the person's

# Parts with nothing between them, where there is room for empty lines at all.
_GROUPS = {
    **dict.fromkeys((Place.REMARK, Place.GREETING, Place.LOCKED, Place.WEEK, Place.WEEK_IN_WORDS, Place.DONE), 0),
    **dict.fromkeys((Place.SAVED, Place.STEP, Place.OWN_LINE, Place.YEAR_AGO), 1),
    **dict.fromkeys((Place.UNFINISHED, Place.TO_ADD, Place.SUGGESTION, Place.REMINDER), 2),
}

# On a small screen the first of these stay and the last give way: what the menu says too can go before what stands
# nowhere else, what comes once a week stays before what comes every day, and the week in marks before its words.
_STAYS = (
    Place.REMARK,
    Place.LOCKED,
    Place.SAVED,
    Place.REMINDER,
    Place.STEP,
    Place.YEAR_AGO,
    Place.OWN_LINE,
    Place.GREETING,
    Place.SUGGESTION,
    Place.WEEK,
    Place.DONE,
    Place.UNFINISHED,
    Place.TO_ADD,
    Place.WEEK_IN_WORDS,
)


class Part(NamedTuple):
    """One thing the page says, and where it belongs."""

    place: Place
    blocks: tuple[Block, ...]


def said(place: Place, text: str) -> Part:
    """Return a part that is one sentence of ours."""
    return Part(place, (Words(text),))


def quoted(place: Place, lead: str, words: str, width: int | None = None) -> Part:
    """Return a part that is words of the person's after a sentence of ours; long ones are cut between words.

    On a screen of `width` columns they have three lines together.
    """
    import textwrap

    room = _LONGEST if width is None else _LINES * (width - _RAGGED) - len(lead)
    short = textwrap.shorten(words, room, placeholder="…")
    return Part(place, (Words(f"{lead} {short}"),))


def today_page(day: date, parts: Iterable[Part], *, close: bool = False) -> Page:
    """Return today's page; `close` leaves out the empty lines between groups of parts."""
    ordered = sorted(parts, key=lambda part: part.place)
    blocks: list[Block] = []
    for _number, group in groupby(ordered, key=lambda part: _GROUPS[part.place]):
        if blocks and not close:
            blocks.append(Words(""))
        blocks += [block for part in group for block in part.blocks]
    return Page(_title(day), blocks)


def _title(day: date) -> str:
    """Return the day the page is of: "Saturday 21 November"; after midnight with when it ends, "until 04:00"."""
    said_long = day_said(day, long=True)
    if not is_after_midnight(day):
        return said_long
    return _("{day}, until {time}", day=said_long, time=f"{day_start():%H:%M}")


class Fitted(NamedTuple):
    """As much of today's page as has room, and what it is about."""

    page: Page
    places: frozenset[Place]


def fit_page(day: date, parts: Sequence[Part], room: int, height: Callable[[Sequence[Block]], int]) -> Fitted:
    """Return as much of today's page as has room, in lines; `height` returns how many lines blocks take.

    What matters most is put in first. Empty lines are given up before anything is left out.
    """
    whole = today_page(day, parts)
    if height([*whole.blocks]) <= room:
        return Fitted(whole, frozenset(part.place for part in parts))
    page = Page(whole.title, [])
    fitting: list[Part] = []
    for part in sorted(parts, key=lambda part: _STAYS.index(part.place)):
        tried = today_page(day, [*fitting, part], close=True)
        if height([*tried.blocks]) <= room:
            fitting.append(part)
            page = tried
    return Fitted(page, frozenset(part.place for part in fitting))


def greeting(day: date, last: date | None) -> str:
    """Return the greeting; `last` is the day of the newest entry, None where there is none yet."""
    if last is None:
        return _(
            "Welcome. You don't need an account, and you don't have to call yourself anything or promise anything. "
            "Use what helps you."
        )
    days = (day - last).days
    if days < _AWAY:
        return greeting_while_locked()
    weeks = days // 7
    if weeks == 0:
        return _("Welcome back. It has been a few days, and that's fine.")
    if weeks >= _LONG_AWAY:
        return _("Welcome back. It has been a good while, and that's fine.")
    return ngettext(
        "Welcome back. It has been {number} week, and that's fine.",
        "Welcome back. It has been {number} weeks, and that's fine.",
        weeks,
    )


def greeting_while_locked() -> str:
    """Return the greeting that says nothing of what was written, or when."""
    return _("Good to see you.")


def locked_parts(unfinished: int, plain: int) -> list[Part]:
    """Return what stands on the page of a locked journal.

    `unfinished`: how many exercises are. `plain`: how many files of entries are not locked yet.
    """
    parts = [said(Place.LOCKED, _("Locked. You can write without the passphrase."))]
    if plain:
        parts.append(
            said(
                Place.LOCKED,
                ngettext(
                    "{number} file is not locked yet, and anyone could read it. To lock it: smartcli lock",
                    "{number} files are not locked yet, and anyone could read them. To lock them: smartcli lock",
                    plain,
                ),
            )
        )
    if unfinished:
        parts.append(said(Place.UNFINISHED, unfinished_number(unfinished)))
    return parts


def unfinished_number(number: int) -> str:
    """Return how many exercises are unfinished, and not which."""
    return ngettext("You have {number} unfinished exercise.", "You have {number} unfinished exercises.", number)


def week_parts(written: Collection[date], today: date, *, with_marks: bool) -> list[Part]:
    """Return the last seven days: a mark for each on which something was written, and the same in a sentence.

    Nothing for a week without entries: days left out are nothing. The marks are for eyes alone.
    """
    days = [today - timedelta(days=ago) for ago in reversed(range(_WEEK))]
    in_words = _week_in_words([day for day in days if day in written], today)
    if not in_words:
        return []
    parts = [said(Place.WEEK_IN_WORDS, in_words)]
    if with_marks:
        marks = " ".join(f"{weekday_in_two_letters(day.weekday())} {'●' if day in written else '·'}" for day in days)
        parts.insert(0, said(Place.WEEK, marks))
    return parts


def _week_in_words(days: Sequence[date], today: date) -> str:
    """Return a sentence that names the days on which something was written; "" where there are none."""
    is_named = is_after_midnight(today)  # "today" could be the day that has begun
    names = joined(weekday_name(day.weekday()) for day in days if is_named or day != today)
    if is_named or today not in days:
        return _("You wrote something on {days}.", days=names) if names else ""
    if not names:
        return _("You wrote something today.")
    return _("You wrote something on {days}, and today.", days=names)


def done_part(titles: Sequence[str], today: date) -> Part:
    """Return what was done today, by the titles of exercises, each once."""
    shown = [*titles[:_TITLES]]
    more = len(titles) - len(shown)
    named = joined(shown)
    if more:
        named = ngettext("{titles} and {number} more", "{titles} and {number} more", more, titles=enumerated(shown))
    if is_after_midnight(today):
        return said(Place.DONE, _("Done {when}: {titles}.", when=ago(today, today), titles=named))
    return said(Place.DONE, _("Done today: {titles}.", titles=named))


def unfinished_part(described: str, more: int) -> Part:
    """Return the newest of what is unfinished, "Values, 3 of 6, begun yesterday", and how many there are besides."""
    others = ngettext("There is {number} more.", "There are {number} more.", more) if more else ""
    return said(Place.UNFINISHED, sentences(_("Unfinished: {what}", what=sentence(described)), others))
