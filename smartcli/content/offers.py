"""What could be next, and why: rules in exercises/offers.toml, so that anyone can read what is offered and when."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.resources.abc import Traversable

from smartcli.fields.base import FAMILIES
from smartcli.fields.measures import MEASURES
from smartcli.schema.keys import NAME, TEXT, WHOLE, Declared, build, key, one_of, some, table
from smartcli.schema.toml_file import Source

Done = Mapping[str, Sequence[date]]  # the days each exercise was done, by its id, newest first
Said = Callable[[str], frozenset[str]]  # the newest answers to a measure: option ids or words


@dataclass(init=False, kw_only=True, eq=False, repr=False)
class NewestAnswer(Declared):
    """What the person's newest answer to a measure must be, or must not be."""

    measure: str = key(one_of(*MEASURES), "what was answered, in any exercise")
    any_of: tuple[str, ...] = key(some(TEXT), "the newest answer is one of these", ())
    none_of: tuple[str, ...] = key(some(TEXT), "the newest answer, if there is one, is none of these", ())

    def holds(self, said: Said) -> bool:
        """Return whether it holds for what was answered."""
        newest = said(self.measure)
        return not newest & set(self.none_of) and (not self.any_of or bool(newest & set(self.any_of)))


@dataclass(init=False, kw_only=True, eq=False, repr=False)
class Offer(Declared):
    """One rule: an exercise to offer, in a sentence that says why, and when. One that was done is not offered."""

    exercise: str = key(NAME, "the exercise offered")
    say: str = key(TEXT, "why, in a sentence")
    after: str = key(NAME, "only when this exercise has been done", "")
    times: int = key(WHOLE, "with `after`: done so many times at least", 1)
    days: int = key(WHOLE, "with `after`: its first time was so many days ago at least", 0)
    within: int = key(WHOLE, "with `after`: its newest time was no more than so many days ago (0: any)", 0)
    only_if: tuple[NewestAnswer, ...] = key(some(table(NewestAnswer, "answer")), "only if all of these hold", ())
    family: tuple[str, ...] = key(some(one_of(*FAMILIES)), "only for behaviours of one of these families", ())
    not_family: tuple[str, ...] = key(some(one_of(*FAMILIES)), "not while a behaviour is of one of these families", ())

    def holds(self, done: Done, families: frozenset[str], today: date, said: Said) -> bool:
        """Return whether it holds on a day, for what was done and said, and the families of the person's behaviours."""
        if done.get(self.exercise) or (self.family and not families & set(self.family)):
            return False
        if families & set(self.not_family) or not all(one.holds(said) for one in self.only_if):
            return False
        if not self.after:
            return True
        when = done.get(self.after, ())
        if len(when) < self.times or (today - when[-1]).days < self.days:
            return False
        return not self.within or (today - when[0]).days <= self.within


@dataclass(init=False, kw_only=True, eq=False, repr=False)
class Offers(Declared):
    """Every rule, the most useful first."""

    format: int = key(WHOLE, "1")
    offer: tuple[Offer, ...] = key(some(table(Offer, "offer")), "the rules, in the order they are looked at")


def read_offers(folder: Traversable) -> tuple[tuple[Offer, ...], Source]:
    """Return the rules in a folder of exercises, and their source with every problem found."""
    file = folder / "offers.toml"
    if not file.is_file():
        return (), Source("offers.toml")
    source = Source.read("offers.toml", file.read_bytes())
    made = build(Offers, source.table, source, ()) if not source.problems else None
    return (made.offer if made else ()), source


def holding(offers: Sequence[Offer], done: Done, families: frozenset[str], today: date, said: Said) -> Iterator[Offer]:
    """Yield the offers that hold on a day, the most useful first."""
    return (offer for offer in offers if offer.holds(done, families, today, said))
