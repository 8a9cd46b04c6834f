"""Going back and forth at random, with a model of what must stand on every screen on return.

An asker does at each screen one of these by chance: answers, leaves something half given and goes back or pauses,
looks again at what is before it and comes forward to where it was, or skips. After a pause all is made anew.
"""

import json
import random
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from prompt_toolkit.input.base import PipeInput
from prompt_toolkit.output import DummyOutput

from smartcli.asking import Back, Exercising, Option, Pause, Question, Reading
from smartcli.blocks import Block, Items, Words
from smartcli.content.exercise import Exercise
from smartcli.entries.entry import Entry
from smartcli.journal.draft import Draft
from smartcli.journal.drafts import Drafts
from smartcli.prompts.screen import Screen
from tests.support.asking import session
from tests.support.keyboard import CTRL_C, ENTER, ESC, pipe
from tests.support.made import catalogue

WALKS = 60
KEYED = 2  # walks with keys on the real screen, which are slower
STEPS = 80  # of a walk, after which only what is needed is answered
NEAR = 3  # screens that may lie between what somebody goes back to and where they came from: a line has its marks

EVERY_KIND = """=== walk
[[field]]
id = "line"
kind = "line"
ask = "line"
optional = true

[[field]]
id = "text"
kind = "text"
ask = "text"

[[field]]
id = "number"
kind = "number"
ask = "number"

[[field]]
id = "marked"
kind = "lines"
ask = "marked"
marks = [{ id = "short", say = "short-term" }, { id = "long", say = "long-term" }]

[[field]]
id = "scale"
kind = "scale"
ask = "scale"

[[field]]
id = "more"
kind = "line"
ask = "more"
only_if = { field = "scale", at_least = 6 }

[[field]]
id = "plain"
kind = "lines"
ask = "plain"
optional = true
max = 6

[[field]]
id = "choice"
kind = "choice"
ask = "choice"
options = [{ id = "rain", say = "Rain" }, { id = "sun", say = "Sun" }, { id = "snow", say = "Snow" }]
own = true

[[field]]
id = "ticks"
kind = "choices"
ask = "ticks"
options = [{ id = "one", say = "One" }, { id = "two", say = "Two" }, { id = "three", say = "Three" }]
optional = true

[[field]]
id = "many"
kind = "lines"
ask = "many"
many = true
optional = true
marks = [{ id = "short", say = "short-term" }, { id = "long", say = "long-term" }]

[[field]]
id = "rank"
kind = "rank"
ask = "rank"
options = [{ id = "one", say = "One" }, { id = "two", say = "Two" }, { id = "three", say = "Three" }]

[[field]]
id = "rows"
kind = "table"
ask = "rows"
[[field.columns]]
id = "name"
kind = "line"
ask = "rows name"
[[field.columns]]
id = "strong"
kind = "scale"
ask = "rows strong"
[[field.columns]]
id = "when"
kind = "choice"
ask = "rows when"
options = [{ id = "rain", say = "Rain" }, { id = "sun", say = "Sun" }]
optional = true

[[field]]
id = "starters"
kind = "table"
ask = "starters"
rows = ["home", "work"]
[[field.columns]]
id = "place"
kind = "line"
ask = "starters place"
[[field.columns]]
id = "why"
kind = "line"
ask = "starters why"
[[field.columns]]
id = "how"
kind = "text"
ask = "starters how"
optional = true

[[field]]
id = "yes"
kind = "yes_no"
ask = "yes"

[[field]]
id = "day"
kind = "moment"
ask = "day"
optional = true

[[field]]
id = "breathe"
kind = "practice"
ask = "breathe"
steps = [{ say = "Breathe.", seconds = 5 }]
optional = true
"""
LISTS = ("marked", "plain", "many", "rows", "starters")
FLAT = ("line", "text", "number", "scale", "more", "choice", "ticks", "rank", "yes", "day", "breathe")


class Seen(NamedTuple):
    """What the person sees of a question, beside what is half given."""

    ask: str
    above: str
    answer: str


class LostError(AssertionError):
    """Something did not come back as it was left."""


def seen(question: Question) -> Seen:
    return Seen(question.ask, said(question.above), json.dumps(question.answer))


def said(blocks: Sequence[Block]) -> str:
    lines = []
    for block in blocks:
        if isinstance(block, Items):
            lines += [" ".join([item.text, *item.marks]) for item in block.items]
        elif isinstance(block, Words):
            lines.append(block.text)
    return "\n".join(lines)


def _is_menu(question: Question) -> bool:
    return question.ask in LISTS and question.answer == "keep"


def _words_in(answer: Any) -> list[str]:
    return re.findall(r"word\d+", json.dumps(answer))


class Walker:
    """An asker that goes about at random, and knows what it must find."""

    live = True

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.draft: Draft | None = None
        self.steps = self.words = self.returns = 0
        self.halves: dict[str, Any] = {}  # of each flat question: what must stand there
        self.answers: dict[str, Any] = {}
        self.given: set[str] = set()  # words that are answers in a list or a table, and were not changed or taken out
        self.left: list[tuple[Seen, Any]] = []  # the screens gone back from, and what was left half given there
        self.until = NEAR  # screens within which the last of them must come
        self.removable: list[str] = []  # the things of a list of which one is to be removed

    def open(self, heading: str, questions: int) -> None: ...

    def close(self) -> None: ...

    def tell(self, heading: str, blocks: Sequence[Block], reading: Reading = Reading.NOTE) -> None: ...

    def how_to_get_support(self, typing: bool) -> str:
        return ""

    # --- the walk

    @property
    def is_tired(self) -> bool:
        """Whether it only answers what is needed, to come to an end."""
        return self.steps > STEPS

    def at(self, question: Question, make: Callable[[], Any], half: Callable[[], Any]) -> Any:
        """Do one thing at a screen. `make` makes an answer, `half` something half given."""
        self.steps += 1
        self.look(question)
        is_there = self.comes_forward(question)
        if self.chance.random() < 0.4 and not self.is_tired:
            self.leave(question, half() if self.chance.random() < 0.7 else question.half)
        if self.left and (not is_there or self.chance.random() < 0.7):
            return self.answer(question, question.answer)  # on to where it went back from
        self.left = []
        if question.answer is not None and (self.is_tired or self.chance.random() < 0.5):
            return self.answer(question, question.answer)
        if question.optional and (self.is_tired or self.chance.random() < 0.3):
            return self.answer(question, None)
        return self.answer(question, make())

    def comes_forward(self, question: Question) -> bool:
        """Return whether this is the screen last gone back from; raises LostError when it ought to have come."""
        if not self.left:
            return True
        screen, half = self.left[-1]
        if seen(question) == screen and question.half == half:
            self.left.pop()
            self.until = NEAR
            self.returns += 1
            return True
        if _is_menu(question):  # what is left half done in a menu is begun again by choosing it
            self.left = []
            return True
        self.until -= 1
        if self.until < 0:
            raise LostError(f"{screen}, {half!r}: {seen(question)}, {question.half!r}")
        return False

    def look(self, question: Question) -> None:
        """Check what stands on a screen, and that nothing given was lost on the way to it."""
        known = (self.halves.get(question.ask), self.answers.get(question.ask))
        if question.ask in FLAT and (question.half, question.answer) != known:
            raise LostError(f"{question.ask}: {question.half!r}, {question.answer!r}, not {known}")
        kept = json.dumps([self.draft.answers, self.draft.halves]) if self.draft else ""
        lost = [word for word in self.given if not re.search(rf"\b{word}\b", kept)]
        if lost:
            raise LostError(f"{lost} at {seen(question)}")

    def leave(self, question: Question, state: Any) -> None:
        """Go back, or stop for now, and remember what is to be found on return."""
        question.changed(state)
        if state == question.answer or (question.answer is None and state in ("", [])):
            state = None
        if question.ask in FLAT:
            self.halves[question.ask] = state
        self.left.append((seen(question), state))
        self.until = NEAR
        if self.chance.random() < 0.2:
            raise Pause
        raise Back

    def answer(self, question: Question, answer: Any) -> Any:
        problem = question.check(answer) if answer is not None else None
        if problem:
            raise AssertionError(f"{question.ask}: {problem}")
        if question.ask in FLAT:
            self.halves.pop(question.ask, None)
            self.answers[question.ask] = answer
        elif _is_menu(question):
            self.removable = said(question.above).split("\n") if answer == "remove" else []
            if len(self.removable) == 1:
                self.remove(self.removable[0])
        elif question.ask == "Which one?":
            if self.removable:
                self.remove(self.removable[int(answer)])
        elif question.ask.split()[0] in LISTS and answer != question.answer:
            self.given -= {*_words_in(question.answer)}
            self.given |= {*_words_in(answer)}
        return answer

    def remove(self, shown: str) -> None:
        self.given -= {*_words_in(shown)}
        self.removable = []

    def word(self) -> str:
        self.words += 1
        return f"word{self.words}"

    # --- the methods of an asker

    def line(self, question: Question, understand: Any = str, echo: Any = None) -> Any:
        if question.ask == "number":
            return self.at(question, lambda: self.chance.randint(1, 99), self.word)
        if question.ask == "day":
            return self.at(question, lambda: "2026-11-2" + str(self.chance.randint(1, 9)), self.word)

        def words() -> str:
            several = question.takes_many and self.chance.random() < 0.2
            lines = "\n".join(self.word() for _ in range(2 if several else 1))
            return self.word() if question.check(lines) else lines

        return self.at(question, words, lambda: self.chance.choice([self.word(), self.word(), ""]))

    def text(self, question: Question) -> Any:
        return self.at(question, self.word, self.word)

    def scale(self, question: Question, low: int, high: int, ends: tuple[str, str]) -> Any:
        return self.at(question, lambda: self.chance.randint(low, high), lambda: self.chance.randint(low, high))

    def choose(self, question: Question, options: Sequence[Option], *, own: bool = False) -> Any:
        ids = [option.id for option in options]

        def pick() -> str:
            if own and self.chance.random() < 0.3:
                return self.word()
            return question.answer if question.ask == "Save this?" else self.chance.choice(ids)

        return self.at(question, pick, lambda: self.chance.choice(ids))

    def choose_some(self, question: Question, options: Sequence[Option], *, own: bool = False) -> Any:
        ids = [option.id for option in options]
        some = lambda: self.chance.sample(ids, self.chance.randint(1, len(ids)))  # noqa: E731
        return self.at(question, some, some)

    def rank(self, question: Question, options: Sequence[Option]) -> Any:
        ids = [option.id for option in options]
        order = lambda: self.chance.sample(ids, len(ids))  # noqa: E731
        return self.at(question, order, order)

    def yes_no(self, question: Question) -> Any:
        either = lambda: self.chance.random() < 0.5  # noqa: E731
        return self.at(question, either, either)

    def practise(self, question: Question, exercising: Exercising) -> Any:
        how_far = lambda: {"seconds": self.chance.randint(1, 5), "finished": False, "ratings": []}  # noqa: E731
        return self.at(question, how_far, how_far)


def _walk(exercise: Exercise, drafts: Drafts, walker: Walker) -> tuple[Walker, Entry]:
    """Go through an exercise at random to its end, with objects made anew after each pause."""
    draft: Draft | None = None
    while True:
        held = session(exercise, walker, drafts, draft=draft, show=lambda entry: [])
        walker.draft = held.draft
        try:
            return walker, held.run()
        except Pause:
            held.draft.close()
            field = held._next_open()
            if not field or not _is_of(walker.left, field.id):
                walker.left = []
            draft = Drafts(drafts.path).take_up(held.draft.id)
            assert draft.halves == held.draft.halves


def _is_of(left: list[tuple[Seen, Any]], field: str) -> bool:
    """Return whether the screen that was left is of a field; the marks of a line do not tell."""
    return bool(left) and left[-1][0].ask.split()[0] in (field, "Which")


@pytest.fixture(scope="module")
def exercise(tmp_path_factory: pytest.TempPathFactory) -> Exercise:
    return catalogue(tmp_path_factory.mktemp("made"), EVERY_KIND).find("walk")


@pytest.mark.parametrize("seed", range(WALKS))
def test_whatever_is_on_a_screen_is_there_on_return(exercise: Exercise, tmp_path: Path, seed: int) -> None:
    walker, made = _walk(exercise, Drafts(tmp_path / "drafts"), Walker(random.Random(seed)))
    flat = {name: answer for name, answer in walker.answers.items() if answer is not None}
    if (flat.get("scale") or 0) < 6:
        flat.pop("more", None)
    assert {name: answer for name, answer in made.answers.items() if name in FLAT} == flat
    words = {word for name, answer in made.answers.items() if name in LISTS for word in _words_in(answer)}
    assert words == walker.given


class Keyed(Walker):
    """A walker that does with keys, on the real screen, what it can: words are typed and numbers are lit.

    What it leaves half given comes to the draft by the widget alone.
    """

    def __init__(self, chance: random.Random, screen: Screen, pipe: PipeInput) -> None:
        super().__init__(chance)
        self.screen = screen
        self.pipe = pipe

    def line(self, question: Question, understand: Any = str, echo: Any = None) -> Any:
        if echo:
            return super().line(question, understand, echo)

        def ask(asked: Question) -> Any:
            return self.screen.line(asked, understand)

        return self._with_keys(question, lambda decided: super(Keyed, self).line(decided, understand), ask)

    def scale(self, question: Question, low: int, high: int, ends: tuple[str, str]) -> Any:
        def ask(asked: Question) -> Any:
            return self.screen.scale(asked, low, high, ends)

        return self._with_keys(question, lambda decided: super(Keyed, self).scale(decided, low, high, ends), ask)

    def _with_keys(self, question: Question, decide: Callable[[Question], Any], ask: Callable[[Question], Any]) -> Any:
        """Decide what to do, and do it with keys; what comes of it must be what was decided."""
        states: list[Any] = []
        try:
            answer = decide(question.with_(changed=states.append))
        except (Back, Pause) as way_out:
            typed = [] if states == [question.half] else states
            self._type(*typed, end=ESC if isinstance(way_out, Back) else CTRL_C)
            try:
                ask(question)
            except (Back, KeyboardInterrupt):
                raise way_out from None
            raise AssertionError(question.ask) from None
        if isinstance(answer, str) and "\n" in answer:
            return answer  # a paste of several lines
        self._type("" if answer is None else answer, end=ENTER)
        assert ask(question) == answer
        return answer

    def _type(self, *words: Any, end: str) -> None:
        self.pipe.send_text("".join(f"\x05\x15{said}" for said in words) + end)


@pytest.mark.parametrize("seed", range(KEYED))
def test_what_is_typed_on_the_real_screen_is_there_on_return(exercise: Exercise, tmp_path: Path, seed: int) -> None:
    with pipe() as typed:
        screen = Screen(lambda blocks, width, **how: "", lambda: [], DummyOutput(), typed)
        walker, made = _walk(exercise, Drafts(tmp_path / "drafts"), Keyed(random.Random(seed), screen, typed))
    words = {word for name, answer in made.answers.items() if name in LISTS for word in _words_in(answer)}
    assert words == walker.given
