"""What one period shows, by itself: made to be set beside the period before."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from smartcli.insights.amounts import newest_of_days
from smartcli.insights.glance import chosen, passed
from smartcli.insights.notes import Amount, Notes
from smartcli.insights.section import ENOUGH, Span, mean, mean_of, tenth


class Level(NamedTuple):
    """How ratings were: their mean, the lowest of them and its day (the last such day), and how many there are."""

    mean: float
    lowest: float
    day: date
    n: int


class NotedAmount(NamedTuple):
    """How much of one thing it was on a day, in the person's own unit: the mean of the days that were noted.

    `thing` is the same for what is the same, however it was written: the folded name and unit. `days` of them were
    noted, and `free` of these were 0.
    """

    thing: tuple[str, str]
    about: str
    unit: str
    mean: float
    days: int
    free: int


class PeriodFigures(NamedTuple):
    """The figures of some days.

    `strength` is the mean of the urges at first (0-10), None below four urges. `passed` are the urges that were not
    acted on and those of which it is known; `chosen` the days that went the chosen way and those with an answer.
    `sleep` is in hours. Of mood and sleep there is nothing below four ratings, and of an amount below four days.
    """

    span: Span
    entries: int
    urges: int
    strength: float | None
    passed: tuple[int, int]
    chosen: tuple[int, int]
    lapses: tuple[date, ...]
    amounts: tuple[NotedAmount, ...]
    mood: Level | None
    sleep: Level | None

    @property
    def urges_a_week(self) -> float | None:
        """How many urges there were in seven days on average; None for less than a week."""
        return tenth(self.urges * 7 / self.span.days) if self.span.days >= 7 else None


def describe_period(notes: Notes, span: Span) -> PeriodFigures:
    """Return the figures of a period from notes that may be counted (`Notes.counted`)."""
    here = notes.within(span)
    return PeriodFigures(
        span=span,
        entries=len(here.written),
        urges=len(here.urges),
        strength=mean(urge.before for urge in here.urges),
        passed=passed(here.urges),
        chosen=chosen(here.check_ins),
        lapses=tuple(sorted({lapse.day for lapse in here.lapses})),
        amounts=_amounts(here.amounts),
        mood=_level((check_in.day, check_in.mood) for check_in in here.check_ins if check_in.mood is not None),
        sleep=_level((reading.day, reading.value) for reading in here.readings if reading.measure == "sleep"),
    )


def _level(ratings: Iterable[tuple[date, float]]) -> Level | None:
    """Return how ratings were, each with its day; None where they are too few."""
    given = sorted(ratings)
    if len(given) < ENOUGH:
        return None
    day, lowest = min(reversed(given), key=lambda rating: rating[1])
    return Level(tenth(mean_of(value for _day, value in given)), lowest, day, len(given))


def _amounts(amounts: Sequence[Amount]) -> tuple[NotedAmount, ...]:
    """Return how much there was of each thing and unit, what was noted on most days first."""
    things: dict[tuple[str, str], list[Amount]] = defaultdict(list)
    for amount in newest_of_days(amounts):
        things[amount.about.key, amount.unit.key].append(amount)
    noted = [_noted(days) for days in things.values() if len(days) >= ENOUGH]
    return tuple(sorted(noted, key=lambda one: (-one.days, one.about, one.unit)))


def _noted(days: Sequence[Amount]) -> NotedAmount:
    values = [amount.value for amount in days]
    newest = days[-1]
    return NotedAmount(
        thing=(newest.about.key, newest.unit.key),
        about=newest.about.words,
        unit=newest.unit.words,
        mean=tenth(mean_of(values)),
        days=len(values),
        free=values.count(0),
    )
