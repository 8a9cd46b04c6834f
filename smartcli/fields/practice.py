"""A timed practice: breathing, waiting, watching an urge."""

from dataclasses import dataclass, field
from typing import Any, ClassVar

from smartcli.asking import Asker, Exercising, Question, Rating
from smartcli.blocks import Block, Item, Items, Words
from smartcli.fields.base import Field, Part, SheetCell
from smartcli.fields.number import number_problem
from smartcli.language import _, figure, ngettext
from smartcli.moments import lasted
from smartcli.schema.keys import FLAG, NAME, NUMBER, PROSE, WHOLE, Declared, key, some, table
from smartcli.words import enumerated


@dataclass(init=False, kw_only=True, eq=False, repr=False)
class Step(Declared):
    """One step of a practice."""

    say: str = key(PROSE, "what to do")
    seconds: int = key(WHOLE, "for how long", 10)


@dataclass(init=False, kw_only=True, eq=False, repr=False)
class Pace(Declared):
    """The rhythm of one breath, in seconds; of seven rounds or more, the first three are shorter."""

    in_: float = key(NUMBER, "seconds of breathing in", 4)
    hold: float = key(NUMBER, "seconds of holding", 0)
    out: float = key(NUMBER, "seconds of breathing out", 6)


@dataclass(init=False, kw_only=True, eq=False, repr=False)
class Practice(Field):
    """Something to do for a while; the answer tells how long it lasted and how it went.

    `rating` is the scale named by `rerate` as it stands, put there by the form.
    """

    kind: ClassVar[str] = "practice"
    about: ClassVar[str] = "a timed practice that can be left at any second"
    wordless: ClassVar[bool] = True
    scalar: ClassVar[bool] = False
    in_tables: ClassVar[bool] = False

    steps: tuple[Step, ...] = key(some(table(Step, "step")), "what to do, one thing after another", ())
    pace: Pace | None = key(table(Pace, "pace"), "a breathing rhythm instead of steps", None)
    rounds: int = key(WHOLE, "how many times over", 1)
    waits: bool = key(FLAG, "it begins when the person presses Enter, not at once", False)
    rerate: str = key(NAME, "a scale of this exercise, asked again as it goes", "")
    rating: Rating | None = field(default=None)

    @property
    def seconds(self) -> float:
        """How long it lasts to its end, in seconds."""
        return self._exercising.seconds

    @property
    def _exercising(self) -> Exercising:
        return Exercising(
            steps=[(step.say, step.seconds) for step in self.steps],
            pace=(self.pace.in_, self.pace.hold, self.pace.out) if self.pace else None,
            rounds=self.rounds,
            rating=self.rating,
            waits=self.waits,
        )

    def put(self, asker: Asker, question: Question) -> Any:
        """Go through it."""
        return asker.practise(question, self._exercising)

    def accept(self, raw: Any) -> Any:
        """Ratings may be left out."""
        return {"ratings": [], **raw} if isinstance(raw, dict) else raw

    def half_of(self, stored: Any) -> Any:
        """Return how far it was gone through."""
        return stored if self.check(stored) is None else None

    def check(self, answer: Any) -> str | None:
        """It must hold seconds, whether it was finished, and ratings in order of time."""
        if not isinstance(answer, dict) or set(answer) != {"seconds", "finished", "ratings"}:
            return _("This should hold seconds, finished and ratings.")
        if number_problem(answer["seconds"], 0, None) or not isinstance(answer["finished"], bool):
            return _("Seconds should be a number, and finished true or false.")
        ratings = answer["ratings"]
        whole = isinstance(ratings, list) and all(
            isinstance(one, dict)
            and set(one) == {"after_seconds", "value"}
            and not number_problem(one["after_seconds"], 0, None)
            and not number_problem(one["value"], None, None)
            for one in ratings
        )
        return None if whole else _("Each rating should hold after_seconds and value.")

    def blocks(self, answer: Any) -> list[Block]:
        """Return how long it was, and the ratings along the way."""
        ratings = [
            Item(_("{rating} after {time}", rating=one["value"], time=lasted(one["after_seconds"])))
            for one in answer["ratings"]
        ]
        return [Words(self.brief(answer), theirs=True), *([Items(ratings)] if ratings else [])]

    def blank(self) -> list[Block]:
        """Return what to do, to be read while doing it."""
        over: list[Block] = []
        if self.rounds > 1:
            over = [Words(ngettext("Do this {number} time.", "Do this {number} times.", self.rounds), quiet=True)]
        if self.pace:
            return [Words(_pace_said(self.pace)), *over]
        steps = [Item(_("{step} ({time})", step=step.say, time=lasted(step.seconds))) for step in self.steps]
        return [Items(steps, numbered=True), *over]

    def brief(self, answer: Any) -> str:
        """Return how long it lasted."""
        return lasted(answer["seconds"])

    def parts(self, answer: Any) -> list[Part]:
        """How long it was, and the ratings along the way."""
        words = self.brief(answer)
        if answer["ratings"]:
            ratings = enumerated(figure(one["value"]) for one in answer["ratings"])
            words = _("{time}, rated {ratings}", time=words, ratings=ratings)
        return [Part("", words, words)]

    def cell_names(self) -> list[str]:
        """Return the names of its three cells."""
        return ["seconds", "finished", "ratings"]

    def cells(self, answer: Any) -> dict[str, SheetCell]:
        """Return its length in seconds, whether it was finished, and "SECONDS VALUE" for each rating."""
        ratings = [f"{rating['after_seconds']} {rating['value']}" for rating in answer["ratings"]]
        return {"seconds": answer["seconds"], "finished": answer["finished"], "ratings": ratings}

    def quotes(self, answer: Any) -> list[tuple[Any, str]]:
        """A practice holds no words."""
        return []

    def problems(self) -> list[tuple[str, str]]:
        """There is something to do, and an end to it."""
        if bool(self.steps) == bool(self.pace):
            return [("kind", _('A practice has either "steps" or a "pace".'))]
        if not 0 < self.seconds <= 3600:
            return [("rounds", _("A practice lasts between a second and an hour."))]
        return []


def _pace_said(pace: Pace) -> str:
    """Return the rhythm of one breath as a sentence."""
    if pace.hold:
        return _(
            "Breathe in for {inward}, hold your breath for {hold}, then breathe out for {outward}.",
            inward=_seconds(pace.in_),
            hold=_seconds(pace.hold),
            outward=_seconds(pace.out),
        )
    return _("Breathe in for {inward}, and out for {outward}.", inward=_seconds(pace.in_), outward=_seconds(pace.out))


def _seconds(number: float) -> str:
    """Return a number of seconds in words, part of a second too: "1 second", "5.5 seconds"."""
    return ngettext("{number} second", "{number} seconds", number)
