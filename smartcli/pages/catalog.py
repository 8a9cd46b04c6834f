"""The exercises on a page, and one exercise to read."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from smartcli import blocks as b
from smartcli.content.exercise import POINTS, Exercise, ExerciseHead
from smartcli.content.slots import ANYWHERE, Slots
from smartcli.fields import Field, Options, Table
from smartcli.fields.base import NO_FAMILIES
from smartcli.language import N_, _, ngettext
from smartcli.moments import ago
from smartcli.words import enumerated, sentences

_POINT_TITLES = {
    "daily": N_("Every day"),
    "motivation": N_("Building and maintaining motivation"),
    "urges": N_("Coping with urges"),
    "thoughts": N_("Managing thoughts, feelings and behaviours"),
    "balance": N_("Living a balanced life"),
}


def point_title(point: str) -> str:
    """Return what a point of the programme is called."""
    return _(_POINT_TITLES[point])


def catalog_page(exercises: Sequence[ExerciseHead], done: Mapping[str, Sequence[date]]) -> b.Page:
    """Return the list of exercises by point; `done`: the days each was done, newest first, by id."""
    blocks: list[b.Block] = []
    for number, point in enumerate(POINTS):
        of_point = [exercise for exercise in exercises if exercise.point == point]
        if of_point:
            items = [b.Item(exercise_line(one, done.get(one.id, ()))) for one in of_point]
            title = point_title(point)
            blocks += [b.Heading(f"{number}. {title}" if number else title), b.Items(items)]
    blocks.append(
        b.Words(
            _("Do any of them, in any order: smartcli do NAME. To read one first: smartcli exercises show NAME"),
            quiet=True,
        )
    )
    return b.Page(_("Exercises"), blocks)


def exercise_line(exercise: ExerciseHead, done: Sequence[date], *, to_type: bool = True) -> str:
    """Return an exercise in two lines: its title, name and minutes; its purpose, and when it was done.

    `to_type`: with the name, which a command is given.
    """
    facts = [*([exercise.id] if to_type else []), _minutes(exercise), *([_("your own")] if exercise.own else [])]
    title = _("{title} ({facts})", title=exercise.title, facts=enumerated(facts))
    return f"{title}\n{sentences(exercise.purpose, _done(done) if done else '')}"


def _minutes(exercise: ExerciseHead) -> str:
    return ngettext("{number} minute", "{number} minutes", exercise.minutes)


def _done(days: Sequence[date]) -> str:
    if len(days) == 1:
        return _("You did this once, {ago}.", ago=ago(days[0]))
    return ngettext(
        "You did this {number} time, the last time {ago}.",
        "You did this {number} times, the last time {ago}.",
        len(days),
        ago=ago(days[0]),
    )


def exercise_page(exercise: Exercise, slots: Slots = ANYWHERE) -> b.Page:
    """Return one exercise to read: what it is for, its questions, where it comes from."""
    facts = [_minutes(exercise), *([_again(exercise)] if exercise.repeat else []), _origin(exercise)]
    blocks: list[b.Block] = [b.Words(exercise.purpose)]
    blocks += [b.Words(_filled(words, slots)) for words in (exercise.suits, exercise.intro) if words]
    for field in exercise.fields:
        if field.ask:
            blocks += _question(field, slots)
    if exercise.aliases:
        known_as = _("Other names for this exercise: {names}.", names=enumerated(exercise.aliases))
        blocks.append(b.Words(known_as, quiet=True))
    if exercise.sources:
        sources = [b.Item(source) for source in exercise.sources]
        blocks += [b.Heading(_("Where this comes from"), 3), b.Items(sources)]
    return b.Page(exercise.title, blocks, enumerated(facts))


def _origin(exercise: ExerciseHead) -> str:
    return _("your own") if exercise.own else _("built in")


def _again(exercise: Exercise) -> str:
    """Return when an exercise is worth doing again: after some days, or in the words of its file."""
    days = exercise.repeat_days
    if days is None:
        return _("again: {when}", when=exercise.repeat)
    return ngettext("again after {number} day", "again after {number} days", days)


def _question(field: Field, slots: Slots) -> Iterator[b.Block]:
    """Yield a question, what stands beside it, and what can be chosen or is asked in each row."""
    ask = _filled(field.ask, slots)
    yield b.Heading(ask, 3) if field.answerable else b.Words(ask)
    for words in (_filled(field.hint, slots), _example(field.example)):
        if words:
            yield b.Words(words, quiet=True)
    if isinstance(field, Options) and field.options:
        yield b.Items([b.Item(option.say) for option in field.options])
    if isinstance(field, Table):
        yield b.Items([b.Item(_filled(column.ask, slots)) for column in field.columns])


def _filled(text: str, slots: Slots) -> str:
    return slots.filled(text, None, NO_FAMILIES)


def _example(example: str) -> str:
    return _("For example: {example}", example=example) if example else ""
