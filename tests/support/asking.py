"""Sitting down with an exercise in a test: plain mode over a list of lines, and an asker that answers by itself."""

import io
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from smartcli.asking import Option, Question
from smartcli.blocks import Block, Words
from smartcli.content.exercise import Exercise
from smartcli.entries.entry import Entry
from smartcli.entries.revisions import fill, new_id
from smartcli.journal.draft import Draft
from smartcli.journal.drafts import Drafts
from smartcli.pages.entry import entry_blocks
from smartcli.prompts.plain import Plain
from smartcli.renderers.plain import blocks as as_text
from smartcli.session.form import Form
from smartcli.session.memory import Memory
from smartcli.session.runner import Session
from smartcli.session.title import Title
from smartcli.settings import Settings

_LONG = "a good many words of mine, enough to be folded at forty columns and cut where something cuts"
STARTED = datetime(2026, 11, 22, 21, 0, tzinfo=UTC)


class Typed:
    """Lines as if from a pipe."""

    live = False

    def __init__(self, *lines: str) -> None:
        self.left = [*lines]

    def read(self, typed: Callable[[str], None], *, goes_on: bool = False) -> str | None:
        return self.left.pop(0) if self.left else None

    def wait(self, seconds: float) -> str | None:
        return None


def plain(*lines: str) -> tuple[Plain, io.StringIO]:
    """Return a plain asker that will read these lines, and what it prints."""
    out = io.StringIO()
    return Plain(Typed(*lines), as_text, lambda: [Words("SUPPORT")], out), out


def memory(*entries: Entry, settings: Settings | None = None) -> Memory:
    """Return a memory of these entries, newest first."""
    return Memory(lambda holding=None: entries, settings or Settings(Path("/nowhere")))


def session(
    exercise: Exercise,
    asker: Any,
    drafts: Drafts,
    *,
    draft: Draft | None = None,
    remembered: Memory | None = None,
    about: str | None = None,
    quick: bool = False,
    show: Callable[[Entry], Sequence[Block]] = entry_blocks,
) -> Session:
    """Return a session over an exercise's fields, with a new draft unless one is given."""
    held = draft or drafts.start(exercise=exercise.id, title=exercise.title)
    fields = [field for field in exercise.fields if not field.later]
    return Session(
        title=Title(exercise.title, names_behaviour=exercise.per_behaviour),
        form=Form(fields, held.answers, remembered or memory(), about, quick, exercise.id),
        draft=held,
        asker=asker,
        build=lambda answers: fill(exercise, answers, id=held.entry, started=held.started, about=about, draft=held.id),
        show=show,
        intro=[Words(exercise.intro)] if exercise.intro else [],
    )


def entry(exercise: Exercise, answers: dict[str, Any], about: str | None = None, day: int = 22) -> Entry:
    """Return an entry of an exercise with these answers."""
    started = STARTED.replace(day=day)
    form = Form(exercise.fields, answers, memory(), about, own_words=False)
    return fill(exercise, form.filled({}, started), id=f"aaaaaaaaaaa{day // 10 + 2}{day % 10 or 'z'}".replace("8", "h").replace("9", "i").replace("1", "j"),
                started=started, about=about)  # fmt: skip


def entry_at(exercise: Exercise, answers: dict[str, Any], at: datetime, about: str | None = None) -> Entry:
    """Return a new entry of an exercise with these answers, begun at a moment."""
    form = Form(exercise.fields, answers, memory(), about, own_words=False)
    return fill(exercise, form.filled({}, at), id=new_id(), started=at, about=about)


class Typist(Plain):
    """A plain asker that types right answers by itself, from a source of chance."""

    def __init__(self, chance: Any, out: io.StringIO) -> None:
        self.typed = Typed()
        self.chance = chance
        super().__init__(self.typed, as_text, lambda: [Words("SUPPORT")], out)

    def _type(self, *lines: str) -> None:
        self.typed.left = [*lines]

    def line(self, question: Question, understand: Any = str, echo: Any = None) -> Any:
        empty = [""] if question.optional and self.chance.random() < 0.3 else []
        if question.ends_list and self.chance.random() < 0.5:
            empty = [""]
        self._type(
            *empty,
            *self.chance.sample(["3", "yesterday 9pm", "yes", _LONG], 4),
            "3",
            "yesterday",
            "in 3 weeks",
        )
        return super().line(question, understand, echo)

    def text(self, question: Question) -> str | None:
        self._type(
            *(["."] if question.optional and self.chance.random() < 0.3 else ["A line.", "", "And another.", "."])
        )
        return super().text(question)

    def scale(self, question: Question, low: int, high: int, ends: tuple[str, str]) -> float | None:
        self._type("x", str(high + 1), str(self.chance.randint(low, high)))
        return super().scale(question, low, high, ends)

    def yes_no(self, question: Question) -> bool | None:
        self._type("perhaps", self.chance.choice(["y", "n", "Yes", "no."]))
        return super().yes_no(question)

    def choose(self, question: Question, options: Sequence[Option], *, own: bool = False) -> str | None:
        picks = [str(self.chance.randint(1, len(options)))] if options else []
        if own and (not options or self.chance.random() < 0.3):
            picks = ["words of my own"]
        if question.answer is not None or (question.optional and self.chance.random() < 0.5):
            picks = [""]
        self._type("99999", *picks)
        return super().choose(question, options, own=own)

    def choose_some(self, question: Question, options: Sequence[Option], *, own: bool = False) -> list[str] | None:
        some = self.chance.sample(range(1, len(options) + 1), min(len(options), self.chance.randint(1, 4)))
        while question.check([options[place - 1].id for place in some]) and len(some) < len(options):
            some.append(next(place for place in range(1, len(options) + 1) if place not in some))
        self._type("", ",".join(map(str, some)) or "own words", *[str(some[0] if some else 1)])
        return super().choose_some(question.with_(optional=False), options, own=own)

    def rank(self, question: Question, options: Sequence[Option]) -> list[str] | None:
        order = self.chance.sample(range(1, len(options) + 1), len(options))
        self._type("1,1", ",".join(map(str, order)))
        return super().rank(question, options)
