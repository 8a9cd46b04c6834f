"""A good line of their own from a year ago, or two, once a week at most."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from smartcli.entries.entry import Entry
from smartcli.entries.self_harm import may_be_about_self_harm
from smartcli.language import _

if TYPE_CHECKING:
    from smartcli.workbook.workbook import Workbook

_SHOWN = "year-ago"  # in the notes of what was offered: the day on which one was last shown
_REST = timedelta(days=7)  # from one such line to the next
_NEAR = timedelta(days=3)  # days before and after, within which it is "a year ago"
_LOW = 3  # a mood of this or less makes a low day: its lines are left where they are

# What a good line means, the best first.
_GOOD = ("good", "kindness", "strength", "takeaway", "reason", "value")


class YearAgo(NamedTuple):
    """A line of their own from a good day, and how many years ago that was."""

    years: int
    words: str

    @property
    def lead(self) -> str:
        """The sentence it comes after."""
        return _("About a year ago you wrote:") if self.years == 1 else _("About two years ago you wrote:")


def find_year_ago(workbook: "Workbook") -> YearAgo | None:
    """Return a good line from about a year ago, else from two; None where there is none, or one was shown this week."""
    today = workbook.today
    last = workbook.snoozed.day_of(_SHOWN)
    if last is not None and timedelta() < today - last < _REST:
        return None
    for years in (1, 2):
        target = _years_before(today, years)
        words = _best_line(workbook, target)
        if words:
            return YearAgo(years, words)
    return None


def note_year_ago(workbook: "Workbook") -> None:
    """Note that such a line was shown today: the day alone, none of its words."""
    if workbook.snoozed.day_of(_SHOWN) != workbook.today:
        workbook.snoozed.note(_SHOWN, workbook.today)


def _years_before(day: date, years: int) -> date:
    """Return the same day some years before; 28 February for the 29th."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def _best_line(workbook: "Workbook", target: date) -> str:
    """Return the good line nearest to a day, of a day that was not hard; "" where there is none."""
    heads = workbook.journal.heads(since=target - _NEAR, until=target + _NEAR)
    entries = [head.entry for head in heads if abs(head.entry.day - target) <= _NEAR]
    hard = {entry.day for entry in entries if _is_hard(workbook, entry)}
    lines = _good_lines(workbook, (entry for entry in entries if entry.day not in hard))
    nearest = min(lines, key=lambda line: (abs(line[0] - target), line[1]), default=None)
    return nearest[2] if nearest else ""


def _is_hard(workbook: "Workbook", entry: Entry) -> bool:
    """Return whether an entry makes its day a hard one: a lapse, an urge acted on, a low mood, or self-harm."""
    mood = entry.first("mood")
    exercise = workbook.catalog.get(entry.exercise)
    is_of_lapse = bool("lapse" in entry.measures or (exercise and exercise.measuring("lapse")))
    is_low = isinstance(mood, int | float) and mood <= _LOW
    return is_of_lapse or is_low or entry.first("urge.acted") is True or workbook.is_uncounted(entry)


def _good_lines(workbook: "Workbook", entries: Iterable[Entry]) -> Iterator[tuple[date, int, str]]:
    """Yield the good lines of entries: the day, the place of the measure in the order, the words on one line."""
    for entry in entries:
        if may_be_about_self_harm(entry.behaviour, workbook.families_ever):
            continue
        for place, measure in enumerate(_GOOD):
            for observed in entry.observations_of(measure):
                words = " ".join(observed.words.split())
                if words:
                    yield entry.day, place, words
