"""What could be next, and why: rules in exercises/offers.toml, so that anyone can read what is offered and when."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from smartcli.content.prose import translated
from smartcli.fields.base import FAMILIES, suits
from smartcli.fields.measures import MEASURES
from smartcli.language import _
from smartcli.schema.keys import (
    FLAG,
    NAME,
    NUMBER,
    PROSE,
    TEXT,
    WHOLE,
    Declared,
    build,
    key,
    one_of,
    some,
    table,
)
from smartcli.schema.toml_file import Source
from smartcli.words import sentences, suggestion

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

FILE = "offers.toml"


class Given(NamedTuple):
    """What one entry answers to a measure: the entry's day, and each thing answered.

    A value is an option's id, words, a number, or the ISO text of a moment.
    """

    day: date
    values: Sequence[Any]


Done = Mapping[str, Sequence[date]]  # the days each exercise was done, by its id, newest first

# Returns the answers to a measure, newest first: those of the last so many days, or with 0 the newest one about each
# behaviour.
Answers = Callable[[str, int], Sequence[Given]]


@dataclass(init=False, kw_only=True, eq=False, repr=False)
class AnswerCondition(Declared):
    """What the person's answers to a measure must be."""

    measure: tuple[str, ...] = key(some(TEXT), "what was answered, in any exercise; of several, any one counts")
    any_of: tuple[str, ...] = key(
        some(TEXT), 'the answer is one of these option ids; "yes" or "no" for a question of that kind', ()
    )
    none_of: tuple[str, ...] = key(
        some(TEXT), "the answer, if there is one, is none of these; without `within` about every behaviour", ()
    )
    at_most: float | None = key(NUMBER, "the answer is a number, and this or less", None)
    at_least: float | None = key(NUMBER, "the answer is a number, and this or more", None)
    within: int = key(WHOLE, "for how many days an answer counts (0: only the newest counts, however old)", 0)
    times: int = key(WHOLE, "with `within`: on how many of those days at least (0: the newest answer decides)", 0)
    days_old: int = key(WHOLE, "the answer was given at least this many days ago", 0)
    days_ahead: tuple[int, ...] = key(some(WHOLE), "the answer is a day, and it is this many days ahead", ())

    def holds(self, answers: Answers, today: date) -> bool:
        """Return whether the answers given up to a day are as this asks."""
        given = [_until(today, answers(measure, self.within)) for measure in self.measure]
        if self.none_of and not self.any_of:
            looked_at = _newest(given) if self.within else [answer for of_measure in given for answer in of_measure]
            return not any(self._names(answer, self.none_of) for answer in looked_at)
        every = [answer for of_measure in given for answer in of_measure]
        looked_at = every if self.times or self.days_ahead else _newest(given)
        days = {answer.day for answer in looked_at if self._fits(answer, today)}
        return len(days) >= max(self.times, 1)

    def unknown_options(self, options: Mapping[str, Collection[str]]) -> list[str]:
        """Return the options it looks for that none of its measures can be answered with, by measure in `options`."""
        known = {option for measure in self.measure for option in options.get(measure, ())}
        return [option for option in (*self.any_of, *self.none_of) if option not in known]

    def _fits(self, answer: Given, today: date) -> bool:
        """Return whether one answer is of the kind that is looked for."""
        if (today - answer.day).days < self.days_old or self._names(answer, self.none_of):
            return False
        if self.days_ahead:
            wanted = {today + timedelta(days=days) for days in self.days_ahead}
            return any(_day(value) in wanted for value in answer.values)
        if self.any_of:
            return self._names(answer, self.any_of)
        return any(self._is_in_range(value) for value in answer.values)

    def _names(self, answer: Given, ids: Sequence[str]) -> bool:
        return any(_id(value) in ids for value in answer.values)

    def _is_in_range(self, value: Any) -> bool:
        if isinstance(value, bool) or not isinstance(value, int | float):
            return False
        above = self.at_most is not None and value > self.at_most
        below = self.at_least is not None and value < self.at_least
        return not above and not below


def _until(today: date, answers: Sequence[Given]) -> list[Given]:
    """Return the answers but those of days to come: a clock was put back."""
    return [answer for answer in answers if answer.day <= today]


def _newest(given: Sequence[Sequence[Given]]) -> list[Given]:
    """Return the newest answer; of several measures, the newest of each that was answered on the newest day."""
    first = [answers[0] for answers in given if answers]
    newest = max((answer.day for answer in first), default=None)
    return [answer for answer in first if answer.day == newest]


def _id(value: Any) -> str:
    """Return a value as the rules write it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def _day(value: Any) -> date | None:
    """Return the day of a stored moment; None where it is none."""
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None


@dataclass(init=False, kw_only=True, eq=False, repr=False)
class Offer(Declared):
    """One rule: an exercise to offer, in a sentence that says why, and when."""

    exercise: str = key(NAME, "the exercise offered")
    say: str = key(PROSE, "why, in a sentence")
    quick: bool = key(FLAG, "its quick version is offered", False)
    now: bool = key(
        FLAG, "it answers what was just written or just happened, so it comes before all others and before the path",
        False,
    )  # fmt: skip
    after: str = key(NAME, "only when this exercise has been done", "")
    times: int = key(WHOLE, "with `after`: done at least this many times", 1)
    days: int = key(WHOLE, "with `after`: first done at least this many days ago", 0)
    within: int = key(WHOLE, "with `after`: last done no more than this many days ago (0: any)", 0)
    again_after: int = key(
        WHOLE,
        "offered again this many days after it was done, but not if it was done since `after` (0: never again)",
        0,
    )
    only_if: tuple[AnswerCondition, ...] = key(some(table(AnswerCondition, "answer")), "only if all of these hold", ())
    family: tuple[str, ...] = key(some(one_of(*FAMILIES)), "only for behaviours of one of these families", ())
    not_family: tuple[str, ...] = key(some(one_of(*FAMILIES)), "not while a behaviour is of one of these families", ())

    @property
    def is_dated(self) -> bool:
        """Whether it holds on certain days alone, and so never rests."""
        return any(condition.days_ahead for condition in self.only_if)

    def is_for(self, families: frozenset[str]) -> bool:
        """Return whether it may be offered to somebody with behaviours of these families."""
        return suits(families, self.family, self.not_family)

    def holds(self, done: Done, families: frozenset[str], today: date, answers: Answers) -> bool:
        """Return whether it holds on a day, for what was done and answered, and the families of the behaviours."""
        if not self.is_for(families) or not self._is_open(done, today):
            return False
        if self.after and not self._comes_after(done.get(self.after, ()), today):
            return False
        return all(condition.holds(answers, today) for condition in self.only_if)

    def _is_open(self, done: Done, today: date) -> bool:
        """Return whether the exercise was not done yet, or may come again."""
        newest = next(iter(done.get(self.exercise, ())), None)
        if newest is None:
            return True
        if not self.again_after or (today - newest).days < self.again_after:
            return False
        happened = next(iter(done.get(self.after, ())), None)
        # Done since: it was answered already. An exercise that follows itself (a lapse that goes on) is no answer.
        return happened is None or self.after == self.exercise or newest < happened

    def _comes_after(self, days: Sequence[date], today: date) -> bool:
        """Return whether what it follows was done often enough, long enough ago and lately enough."""
        if len(days) < self.times or (today - days[-1]).days < self.days:
            return False
        return not self.within or (today - days[0]).days <= self.within


@dataclass(init=False, kw_only=True, eq=False, repr=False)
class Offers(Declared):
    """Every rule, the most useful first."""

    format: int = key(WHOLE, "1")
    offer: tuple[Offer, ...] = key(some(table(Offer, "offer")), "the rules, in the order they are looked at")


def read_offers(folder: "Traversable") -> tuple[tuple[Offer, ...], Source]:
    """Return the rules in a folder of exercises, and their source with every problem found."""
    file = folder / FILE
    if not file.is_file():
        return (), Source(FILE)
    source = Source.open(FILE, file)
    made = build(Offers, source.table, source, ()) if not source.problems else None
    if made is None or source.problems:
        return (made.offer if made else ()), source
    for number, offer in enumerate(made.offer):
        for condition in offer.only_if:
            for sentence in _condition_problems(condition):
                source.problem(("offer", number, "only_if"), sentence)
    return translated(made, "offers").offer, source


def _condition_problems(condition: AnswerCondition) -> Iterator[str]:
    """Yield what would keep a condition from ever holding, or from meaning what it seems to."""
    for measure in condition.measure:
        if measure not in MEASURES:
            unknown = _('There is no measure "{measure}".', measure=measure)
            yield sentences(unknown, suggestion(measure, MEASURES))
        elif condition.days_ahead and "moment" not in MEASURES[measure].kinds:
            yield _('"days_ahead" goes with a day, and "{measure}" is none.', measure=measure)
    if condition.times and not condition.within:
        yield _('"times" goes with "within".')
    is_ranged = condition.at_most is not None or condition.at_least is not None
    if not (condition.any_of or condition.none_of or condition.days_ahead or is_ranged):
        yield _('A condition has "any_of", "none_of", "at_most", "at_least" or "days_ahead".')


def holding(
    offers: Sequence[Offer], done: Done, families: frozenset[str], today: date, answers: Answers
) -> Iterator[Offer]:
    """Yield the offers that hold on a day, in the order of the file."""
    return (offer for offer in offers if offer.holds(done, families, today, answers))
