"""Two weeks of watching one thing, in a few sentences: how much it was, the urges, the days.

Each is a plain count of what was written; where nothing was, there is no sentence.
"""

from datetime import date

from smartcli.entries.self_harm import is_about_self_harm
from smartcli.insights.amounts import newest_of_days
from smartcli.insights.glance import chosen
from smartcli.insights.notes import Amount, Notes
from smartcli.insights.section import last_days
from smartcli.insights.triggers import most_frequent
from smartcli.words import count, folded

DAYS = 14


def tell_two_weeks(gathered: Notes, about: str | None, until: date) -> list[str]:
    """Return what the fourteen days that end with `until` held about a behaviour (None: about any).

    There are no sentences where nothing was noted, nor about self-harm.
    """
    if is_about_self_harm(about, gathered.families):
        return []
    notes, _ = gathered.within(last_days(until, DAYS)).counted()
    return [*_amount_sentences(notes, about), *_urge_sentences(notes, about), *_day_sentences(notes)]


def _amount_sentences(notes: Notes, about: str | None) -> list[str]:
    """Return how much it was, for each unit, on how many of the days."""
    by_unit: dict[str, list[Amount]] = {}
    for amount in newest_of_days(notes.amounts):
        if about is None or amount.about.key == folded(about):
            by_unit.setdefault(amount.unit.key, []).append(amount)
    sentences = []
    for amounts in by_unit.values():
        values, unit = [amount.value for amount in amounts], amounts[-1].unit.words
        free = values.count(0)
        noted = f"You noted how much it was on {count(len(values), 'day')} of {DAYS}"
        most = f" in all, and {max(values):g} on the day with the most" if len(values) > 1 else ""
        sentences.append(f"{noted}: {sum(values):g} {unit}{most}.")
        sentences += [f"{count(free, 'day')} of these {'was' if free == 1 else 'were'} without it."] if free else []
    return sentences


def _urge_sentences(notes: Notes, about: str | None) -> list[str]:
    """Return how many urges were written down, and what set them off most often."""
    urges = [urge for urge in notes.urges if about is None or folded(urge.about) in ("", folded(about))]
    if not urges:
        return []
    strongest = max(urge.before for urge in urges)
    sentences = [f"You wrote down {count(len(urges), 'urge')}; the strongest was {strongest:g} of 10."]
    first, times = most_frequent(urges)
    if times > 1 and len(first) == 1:
        sentences.append(f"What set them off most often was “{first[0]}” ({count(times, 'time')}).")
    return sentences


def _day_sentences(notes: Notes) -> list[str]:
    """Return how many days went the chosen way, of those that say."""
    yes, known = chosen(notes.check_ins)
    return [f"{yes} of {count(known, 'day')} went the way you chose."] if known else []
