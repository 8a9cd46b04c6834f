"""How much it was, week by week, beside the person's own limit. Nothing is judged, and no row of good days is counted.

Only days with a number count: a day without one is a day nobody knows about, neither free nor full. A week is Monday
to Sunday, and is told when it is over.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from smartcli.insights.notes import Amount, Limit, Notes
from smartcli.insights.section import Section, Span
from smartcli.language import _, figure

LEAST = 7  # noted days: less than a week shows no week
WEEK_LEAST = 5  # noted days before a week is held beside a limit: with fewer, most of it may be missing
_PACE_DAYS = 14  # the first days, whose pace later days are held beside
_PACE_LEAST = 10  # noted days among them, and as many later on


class Week(NamedTuple):
    """One week of one thing. `days` of it were noted; `free` of these were 0, `most` was the most on one.

    The limits are those that stood when the week began (None: none did). `within` is whether the noted days kept to
    them, and as many were free as were meant to be; None without a limit, or with too few days to say.
    """

    about: str
    unit: str
    since: date
    days: int
    total: float
    free: int
    most: float
    limit_day: float | None
    limit_week: float | None
    limit_free_days: float | None
    within: bool | None


class Money(NamedTuple):
    """What the noted `days` of one thing cost at the person's own price for one.

    `at_first_pace` is what the noted days after the first two weeks would have cost at the pace of those, and `later`
    what they did cost; None where there are too few days on either side.
    """

    about: str
    unit: str
    days: int
    spent: float
    later_days: int
    later: float | None
    at_first_pace: float | None


def weeks_against_limits(notes: Notes, span: Span) -> Section[Week]:
    """Return the whole weeks of a period, oldest first, for each behaviour and unit; money stands in `more`.

    Limits from before the period count: `notes` hold them too.
    """
    first = span.since - timedelta(days=span.since.weekday())  # a week that the period begins in is told whole
    noted = [amount for amount in notes.amounts if first <= amount.day <= span.until]
    by_thing: dict[tuple[str, str], list[Amount]] = defaultdict(list)
    for amount in newest_of_days(noted):
        by_thing[amount.about.key, amount.unit.key].append(amount)
    n = sum(map(len, by_thing.values()))
    enough = {thing: amounts for thing, amounts in sorted(by_thing.items()) if len(amounts) >= LEAST}
    rows = [week for amounts in enough.values() for week in _weeks(amounts, notes.limits, span)]
    money = [spent for amounts in enough.values() if (spent := _money(amounts, notes.limits))]
    more = {"money": [one._asdict() for one in money]}
    return Section("amounts", _("The amounts you noted"), n, LEAST, rows, more)


def newest_of_days(amounts: Iterable[Amount]) -> list[Amount]:
    """Return one amount for each thing and day, the one written last, by day."""
    newest: dict[tuple[str, str, date], Amount] = {}
    for amount in sorted(amounts, key=lambda amount: amount.order):
        newest[amount.about.key, amount.unit.key, amount.day] = amount
    return sorted(newest.values(), key=lambda amount: amount.day)


def amount_said(value: float, unit: str) -> str:
    """Return an amount with the person's own word for what is counted: "20 cigarettes"."""
    return _("{amount} {unit}", amount=value, unit=unit) if unit else figure(value)


def _weeks(amounts: Sequence[Amount], limits: Sequence[Limit], span: Span) -> list[Week]:
    """Return the whole weeks of one thing in which a day was noted."""
    by_week: dict[date, list[Amount]] = defaultdict(list)
    for amount in amounts:
        by_week[amount.day - timedelta(days=amount.day.weekday())].append(amount)
    over = {monday: days for monday, days in by_week.items() if monday + timedelta(days=6) <= span.until}
    return [_week(monday, days, _limit_at(limits, days[0], monday)) for monday, days in over.items()]


def _week(monday: date, amounts: Sequence[Amount], limit: Limit | None) -> Week:
    values = [amount.value for amount in amounts]
    total, free, most = sum(values), values.count(0), max(values)
    day, week, free_days = (limit.day_most, limit.week_most, limit.free_days) if limit else (None, None, None)
    has_limit = (day, week, free_days) != (None, None, None)
    could_be_free = free + 7 - len(values)  # if all days without a number were
    within: bool | None = None
    if has_limit and len(values) >= WEEK_LEAST:
        is_under = (day is None or most <= day) and (week is None or total <= week)
        if not is_under or free_days is None or could_be_free < free_days or free >= free_days:
            within = is_under and (free_days is None or free >= free_days)
    newest = amounts[-1]
    return Week(
        newest.about.words, newest.unit.words, monday, len(values), total, free, most, day, week, free_days, within
    )


def _limit_at(limits: Sequence[Limit], amount: Amount, day: date) -> Limit | None:
    """Return the limit for a thing that stood on a day: the newest from before it, unless its trial was over."""
    standing = [
        limit
        for limit in limits
        if limit.about.key == amount.about.key and limit.day <= day and (limit.until is None or day < limit.until)
    ]
    newest = max(standing, key=lambda limit: limit.order, default=None)
    return newest if newest and newest.unit.key == amount.unit.key else None


def _money(amounts: Sequence[Amount], limits: Sequence[Limit]) -> Money | None:
    """Return what the noted days of one thing cost; None where no price was given for it."""
    first = amounts[0]
    priced = [
        limit
        for limit in limits
        if limit.price is not None and limit.about.key == first.about.key and limit.unit.key == first.unit.key
    ]
    newest = max(priced, key=lambda limit: limit.order, default=None)
    if newest is None or newest.price is None:
        return None
    price = newest.price
    early = [amount.value for amount in amounts if (amount.day - first.day).days < _PACE_DAYS]
    late = [amount.value for amount in amounts if (amount.day - first.day).days >= _PACE_DAYS]
    has_pace = min(len(early), len(late)) >= _PACE_LEAST
    return Money(
        about=amounts[-1].about.words,
        unit=amounts[-1].unit.words,
        days=len(amounts),
        spent=round(price * sum(amount.value for amount in amounts), 2),
        later_days=len(late),
        later=round(price * sum(late), 2) if has_pace else None,
        at_first_pace=round(price * sum(early) / len(early) * len(late), 2) if has_pace else None,
    )


def money_of(section: Section[Any]) -> list[Money]:
    """Return the money that stands in a section's `more`."""
    kept: Sequence[Mapping[str, Any]] = section.more["money"]
    return [Money(**one) for one in kept]
