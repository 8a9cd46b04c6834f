"""Two weeks of watching one thing, in a few sentences: how much it was, the urges, the days.

Each is a plain count of what was written; where nothing was, there is no sentence.
"""

from collections.abc import Sequence
from datetime import date

from smartcli.entries.self_harm import is_about_self_harm
from smartcli.insights.amounts import amount_said, newest_of_days
from smartcli.insights.glance import chosen
from smartcli.insights.notes import Amount, Notes
from smartcli.insights.section import last_days
from smartcli.insights.triggers import most_frequent
from smartcli.language import _, ngettext
from smartcli.words import folded

DAYS = 14


def tell_two_weeks(gathered: Notes, about: str | None, until: date) -> list[str]:
    """Return what the fourteen days that end with `until` held about a behaviour (None: about any).

    There are no sentences where nothing was noted, nor about self-harm.
    """
    if is_about_self_harm(about, gathered.families):
        return []
    notes, _left_out = gathered.within(last_days(until, DAYS)).counted()
    return [*_amount_sentences(notes, about), *_urge_sentences(notes, about), *_day_sentences(notes)]


def _amount_sentences(notes: Notes, about: str | None) -> list[str]:
    """Return how much it was, for each unit, on how many of the days."""
    by_unit: dict[str, list[Amount]] = {}
    for amount in newest_of_days(notes.amounts):
        if about is None or amount.about.key == folded(about):
            by_unit.setdefault(amount.unit.key, []).append(amount)
    return [sentence for amounts in by_unit.values() for sentence in _sentences_of_unit(amounts)]


def _sentences_of_unit(amounts: Sequence[Amount]) -> list[str]:
    """Return how much it was, counted in one unit."""
    values, unit = [amount.value for amount in amounts], amounts[-1].unit.words
    noted = ngettext(
        "You noted an amount on {number} of {days} days: {amount}.",
        "You noted an amount on {number} of {days} days: {amount} in all.",
        len(values),
        days=DAYS,
        amount=amount_said(sum(values), unit),
    )
    told = [noted]
    if len(values) > 1:
        told.append(_("The most on one day was {amount}.", amount=amount_said(max(values), unit)))
    free = values.count(0)
    if free:
        told.append(
            ngettext(
                "On {number} of these days the amount was 0 (a free day).",
                "On {number} of these days the amount was 0 (free days).",
                free,
            )
        )
    return told


def _urge_sentences(notes: Notes, about: str | None) -> list[str]:
    """Return how many urges were written down, and what set them off most often."""
    urges = [urge for urge in notes.urges if about is None or folded(urge.about) in ("", folded(about))]
    if not urges:
        return []
    strongest = max(urge.before for urge in urges)
    told = [
        ngettext(
            "You wrote down {number} urge. Its strength was {strongest} of 10.",
            "You wrote down {number} urges. The strongest was {strongest} of 10.",
            len(urges),
            strongest=strongest,
        )
    ]
    first, times = most_frequent(urges)
    if times > 1 and len(first) == 1:
        often = ngettext("{number} time", "{number} times", times)
        told.append(_("What set urges off most often was “{trigger}” ({times}).", trigger=first[0], times=often))
    return told


def _day_sentences(notes: Notes) -> list[str]:
    """Return how many days went the chosen way, of those that say."""
    yes, known = chosen(notes.check_ins)
    if not known:
        return []
    return [
        ngettext(
            "{chosen} of {number} day went the way you wanted.",
            "{chosen} of {number} days went the way you wanted.",
            known,
            chosen=yes,
        )
    ]
