"""The exercises on a page, and one exercise to read."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from smartcli import blocks as b
from smartcli.content.exercise import POINTS, Exercise
from smartcli.fields import Field, Options, Table
from smartcli.moments import ago
from smartcli.words import either

POINT_TITLES = {
    "daily": "Every day",
    "motivation": "Building and maintaining motivation",
    "urges": "Coping with urges",
    "thoughts": "Managing thoughts, feelings and behaviours",
    "balance": "Living a balanced life",
}


def catalog_page(exercises: Sequence[Exercise], done: Mapping[str, Sequence[date]]) -> b.Page:
    """Return the list of exercises by point; `done`: the days each was done, newest first, by id."""
    blocks: list[b.Block] = []
    for number, point in enumerate(POINTS):
        of_point = [exercise for exercise in exercises if exercise.point == point]
        if of_point:
            items = [b.Item(exercise_line(one, done.get(one.id, ()))) for one in of_point]
            blocks += [b.Heading(f"{number}. {POINT_TITLES[point]}" if number else POINT_TITLES[point]), b.Items(items)]
    blocks.append(
        b.Words(
            "Any of them, in any order: smartcli do NAME. Read one first: smartcli exercises show NAME",
            quiet=True,
        )
    )
    return b.Page("Exercises", blocks)


def exercise_line(exercise: Exercise, done: Sequence[date]) -> str:
    """Return an exercise in two lines: its name, minutes and history; its purpose."""
    facts = [exercise.id, f"{exercise.minutes} min"]
    if exercise.own:
        facts.append("yours")
    if done:
        facts.append(_done(done))
    return f"{exercise.title} ({', '.join(facts)})\n{exercise.purpose}"


def _done(days: Sequence[date]) -> str:
    often = {1: "once", 2: "twice"}.get(len(days), f"{len(days)} times")
    return f"done {often}, {ago(days[0])}"


def exercise_page(exercise: Exercise) -> b.Page:
    """Return one exercise to read: what it is for, its questions, where it comes from."""
    facts = [f"{exercise.minutes} minutes", exercise.origin]
    if exercise.repeat:
        facts.insert(1, f"again: {exercise.repeat}")
    blocks: list[b.Block] = [b.Words(exercise.purpose)]
    blocks += [b.Words(words) for words in (exercise.suits, exercise.intro) if words]
    for field in exercise.fields:
        if field.ask:
            blocks += _question(field)
    if exercise.aliases:
        blocks.append(b.Words(f"Also found as {either(exercise.aliases)}.", quiet=True))
    if exercise.sources:
        sources = [b.Item(source) for source in exercise.sources]
        blocks += [b.Heading("Where it comes from", 3), b.Items(sources)]
    return b.Page(exercise.title, blocks, ", ".join(facts))


def _question(field: Field) -> Iterator[b.Block]:
    """Yield a question, what stands beside it, and what can be chosen or is asked in each row."""
    yield b.Heading(field.ask, 3) if field.answerable else b.Words(field.ask)
    for words in (field.hint, _example(field.example)):
        if words:
            yield b.Words(words, quiet=True)
    if isinstance(field, Options) and field.options:
        yield b.Items([b.Item(option.say) for option in field.options])
    if isinstance(field, Table):
        yield b.Items([b.Item(column.ask) for column in field.columns])


def _example(example: str) -> str:
    return f"For example: {example}" if example else ""
