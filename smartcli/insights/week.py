"""The last seven days in a few sentences: what held, what set urges off, what helped.

Each is a plain count of what was written, true of one week; nothing is averaged, compared or foretold. A week with
little in it gets one kind sentence, and what could be read as a verdict is not said at all.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date

from smartcli.insights.amounts import newest_of_days
from smartcli.insights.glance import chosen, passed
from smartcli.insights.notes import Named, Notes, Urge
from smartcli.insights.section import last_days
from smartcli.insights.triggers import most_frequent, names
from smartcli.language import N_, _, ngettext

DAYS = 7
_LEAST_DAYS = 2  # written on, before a week that shows nothing else is more than "little"
_OFTEN = 2  # times that one trigger set off urges, before it is worth a sentence

_LITTLE = N_("You wrote little here this week, and that's fine.")
_NOT_COUNTED = N_("It's good that you're here.")  # where what was written is not counted: "little" might be untrue


def tell_week(gathered: Notes, today: date) -> list[str]:
    """Return the seven days that end with `today` in a few sentences; always one at least."""
    notes, left_out = gathered.counted()
    week = notes.within(last_days(today, DAYS))
    sentences = [sentence for rule in _RULES if (sentence := rule(week))]
    written_on = len({written.day for written in week.written})
    if not sentences and (left_out or written_on < _LEAST_DAYS):
        return [_(_NOT_COUNTED) if left_out else _(_LITTLE)]
    return [ngettext("You wrote here on {number} day.", "You wrote here on {number} days.", written_on), *sentences]


def _chosen_days(week: Notes) -> str:
    """The days that went the chosen way; none is no sentence."""
    days, _known = chosen(week.check_ins)
    if not days:
        return ""
    return ngettext("{number} day went the way you wanted.", "{number} days went the way you wanted.", days)


def _free_days(week: Notes) -> str:
    """The days that were noted as free of something, for each thing."""
    free = Counter(amount.about.words for amount in newest_of_days(week.amounts) if amount.value == 0)
    return " ".join(
        ngettext("{number} day was free of {about}.", "{number} days were free of {about}.", days, about=about)
        for about, days in sorted(free.items())
    )


def _good_things(week: Notes) -> str:
    """How many good things were noted."""
    number = sum(good.number for good in week.good)
    if not number:
        return ""
    return ngettext("You noted {number} good thing.", "You noted {number} good things.", number)


def _passed_urges(week: Notes) -> str:
    """The urges that passed without being acted on, of those of which it is known."""
    number, known = passed(week.urges)
    if not number:
        return ""
    if known == 1:
        return _("One urge came, and it passed without you acting on it.")
    return ngettext(
        "{passed} of {number} urge passed without you acting on it.",
        "{passed} of {number} urges passed without you acting on them.",
        known,
        passed=number,
    )


def _trigger(week: Notes) -> str:
    """What set most urges off, where one or two things did so more often than the rest."""
    first, times = most_frequent(week.urges)
    if times < _OFTEN or len(first) > _OFTEN:
        return ""
    often = ngettext("{number} time", "{number} times", times)
    if len(first) == 1:
        return _("What set urges off most often was “{trigger}” ({times}).", trigger=first[0], times=often)
    return _(
        "What set urges off most often was “{first}” and “{second}” ({times} each).",
        first=first[0],
        second=first[1],
        times=often,
    )


def _helped(week: Notes) -> str:
    """The tool after which most urges were weaker; every try of it is counted, also those after which none was."""
    tries: dict[str, list[Urge]] = {}
    for tool, urge in _tries(week.urges):
        tries.setdefault(tool.key, []).append(urge)
    called = names(tool for tool, _urge in _tries(week.urges))
    weaker = {key: sum(_is_weaker(urge) for urge in urges) for key, urges in tries.items()}
    if not any(weaker.values()):
        return ""
    best = max(sorted(tries), key=lambda key: (weaker[key], -len(tries[key])))
    if len(tries[best]) == 1:
        return _("After “{tool}”, an urge got weaker.", tool=called[best])
    return ngettext(
        "After “{tool}”, an urge got weaker {weaker} of {number} time.",
        "After “{tool}”, an urge got weaker {weaker} of {number} times.",
        len(tries[best]),
        tool=called[best],
        weaker=weaker[best],
    )


def _tries(urges: Sequence[Urge]) -> Iterator[tuple[Named, Urge]]:
    """Yield each tool tried beside an urge that was rated before and after."""
    for urge in urges:
        if urge.after is not None:
            yield from ((tool, urge) for tool in urge.tools)


def _is_weaker(urge: Urge) -> bool:
    return urge.after is not None and urge.after < urge.before


def _lapse(week: Notes) -> str:
    """That there was a lapse: to leave it out would be to look away. Never how many."""
    return _("There was a lapse this week. You wrote about it, and that can't have been easy.") if week.lapses else ""


# what held first, then what was hard, then what helped
_RULES: Sequence[Callable[[Notes], str]] = (
    _chosen_days,
    _free_days,
    _passed_urges,
    _good_things,
    _lapse,
    _trigger,
    _helped,
)
