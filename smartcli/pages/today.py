"""Today on a page: a greeting, the week, what is theirs, what waits, one suggestion; each a whole sentence."""

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date, timedelta
from enum import IntEnum
from itertools import groupby
from typing import NamedTuple

from smartcli.blocks import Block, Page, Words
from smartcli.moments import DAYS, day_said
from smartcli.words import joined, sentence

_AWAY = 4  # days after which somebody is welcomed back
_WEEK = 7  # days that are marked
_TITLES = 4  # of what was done today, at most
_LONGEST = 400  # characters of the person's own words, where there is no screen to be filled
_LINES = 3  # of a screen, for one thing of theirs
_RAGGED = 4  # columns of a line that are left empty at its end, more or less


class Place(IntEnum):
    """What a part of the page is about. Parts stand in this order."""

    REMARK = 0
    GREETING = 1
    WEEK = 2
    WEEK_IN_WORDS = 3
    DONE = 4
    SAVED = 5
    STEP = 6
    OWN_LINE = 7
    YEAR_AGO = 8
    UNFINISHED = 9
    TO_ADD = 10
    SUGGESTION = 11


OWN_WORDS = (Place.STEP, Place.OWN_LINE, Place.YEAR_AGO)  # the parts that hold words of the person's

# Parts with nothing between them, where there is room for empty lines at all.
_GROUPS = {
    **dict.fromkeys((Place.REMARK, Place.GREETING, Place.WEEK, Place.WEEK_IN_WORDS, Place.DONE), 0),
    **dict.fromkeys((Place.SAVED, Place.STEP, Place.OWN_LINE, Place.YEAR_AGO), 1),
    **dict.fromkeys((Place.UNFINISHED, Place.TO_ADD, Place.SUGGESTION), 2),
}

# On a small screen the first of these stay and the last give way: what the menu says too can go before what stands
# nowhere else, what comes once a week stays before what comes every day, and the week in marks before its words.
_STAYS = (
    Place.REMARK,
    Place.SAVED,
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
    for _, group in groupby(ordered, key=lambda part: _GROUPS[part.place]):
        if blocks and not close:
            blocks.append(Words(""))
        blocks += [block for part in group for block in part.blocks]
    return Page(day_said(day, long=True), blocks)


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
        return "Welcome. Nothing here needs an account, a label or a promise. Take what helps."
    days = (day - last).days
    if days < _AWAY:
        return "Good to see you."
    return f"Welcome back. {_time_away(days)} since you were here, and that's fine."


def week_parts(written: Collection[date], today: date, *, with_marks: bool) -> list[Part]:
    """Return the last seven days: a mark for each on which something was written, and the same in a sentence.

    Nothing for a week without entries: days left out are nothing. The marks are for eyes alone.
    """
    days = [today - timedelta(days=ago) for ago in reversed(range(_WEEK))]
    names = [DAYS[day.weekday()].capitalize() for day in days if day in written and day != today]
    if today in written:
        names.append("today")
    if not names:
        return []
    on = "" if names == ["today"] else "on "
    parts = [said(Place.WEEK_IN_WORDS, f"You wrote something {on}{joined(names)}.")]
    if with_marks:
        marks = " ".join(f"{DAYS[day.weekday()][:2].capitalize()} {'●' if day in written else '·'}" for day in days)
        parts.insert(0, said(Place.WEEK, marks))
    return parts


def done_part(titles: Sequence[str]) -> Part:
    """Return what was done today, by the titles of exercises, each once."""
    shown = [*titles[:_TITLES]]
    more = len(titles) - len(shown)
    return said(Place.DONE, f"Today: {', '.join(shown)}{f', and {more} more' if more else ''}.")


def unfinished_part(described: str, more: int) -> Part:
    """Return the newest of what is unfinished, "Values, 3 of 6, begun yesterday", and how many there are besides."""
    others = {0: "", 1: " There is 1 more."}.get(more, f" There are {more} more.")
    return said(Place.UNFINISHED, f"Unfinished: {sentence(described)}{others}")


def _time_away(days: int) -> str:
    """Return how long somebody was away, in words."""
    weeks = days // 7
    if weeks == 0:
        return "A few days"
    if weeks == 1:
        return "A week"
    return f"{weeks} weeks" if weeks < 9 else "A good while"
