"""An exercise as a blank worksheet: what a screen asks one at a time, on paper to be filled in by hand."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from smartcli.blocks import BlankCell, BlankGrid, BlankWheel, Block, Gaps, Heading, Items, Page, Words
from smartcli.content.exercise import Exercise
from smartcli.content.slots import ANYWHERE, Slots
from smartcli.fields import Field, Lines, Note, Options, Table
from smartcli.fields.base import NO_FAMILIES, SELF_HARM
from smartcli.language import N_, _
from smartcli.pages.catalog import point_title
from smartcli.pages.paper_conditions import conditions_said
from smartcli.words import sentences

_SUPPORT = N_("In danger now? Call {emergency}. To talk to somebody, call {crisis}.")
_TOLD_AT_THE_TOP = ("when", "behaviour")
_OF_A_KEYBOARD = re.compile(r"\bEnter\b|^/ ")
_SENTENCE = re.compile(r"(?<=[.!?])[ \t]+")
_SPOKES = 8  # of a wheel whose parts are the person's own
_BEFORE_QUESTION = 45  # characters of a condition that can stand before its question; a longer one stands under it


def paper_slots(slots: Slots, *, in_workbook: bool = False) -> Slots:
    """Return what slots stand for on paper.

    No key can open support: in a workbook it is on the first sheet, and a sheet alone names the command. Where no
    country is known the long words about several countries' numbers and helplines stand once, at the foot, and not
    in every note.
    """
    support = _("see the first sheet") if in_workbook else _("type `smartcli support`")
    shorter = replace(slots, support=lambda typing: support, hide=lambda: _("put this sheet away"))
    if slots.emergency() == ANYWHERE.emergency():
        shorter = replace(shorter, emergency=lambda: _("your local emergency number (see the foot of this sheet)"))
    if slots.crisis(frozenset()) == ANYWHERE.crisis(frozenset()):
        shorter = replace(shorter, crisis=lambda families: _("a helpline (see the foot of this sheet)"))
    return shorter


def blank_page(exercise: Exercise, slots: Slots = ANYWHERE, *, in_workbook: bool = False) -> Page:
    """Return the blank worksheet of an exercise; whom to call stands at its foot, where no key can open it.

    `in_workbook`: it comes with a first sheet, which has more.
    """
    exercise = _for_anybody(exercise, paper_slots(slots, in_workbook=in_workbook))
    asked = [field for field in exercise.fields if not field.setting and field.measure not in _TOLD_AT_THE_TOP]
    blocks: list[Block] = [_top(exercise), Words(exercise.purpose, quiet=True), *_text(exercise.intro)]
    blocks += _questions((field for field in asked if not field.later), exercise)
    later = [*_questions((field for field in asked if field.later), exercise)]
    blocks += [Heading(_("Later")), *later] if later else []
    blocks += [Words(support_line(slots), quiet=True)]
    return Page(exercise.title, blocks, section=point_title(exercise.point), sheet=True)


def support_line(slots: Slots, families: frozenset[str] = NO_FAMILIES) -> str:
    """Return whom to call, in a line or two."""
    return slots.filled(_(_SUPPORT), None, families)


def _for_anybody(exercise: Exercise, slots: Slots) -> Exercise:
    """Return an exercise as a sheet has it: slots filled, without the options for some behaviours or some people."""

    def fill(text: str) -> str:
        return slots.filled(text, None, NO_FAMILIES)

    def field_for_anybody(field: Field) -> Field:
        field = replace(field, ask=fill(field.ask), hint=fill(field.hint), label=fill(field.label))
        if isinstance(field, Table):
            return replace(field, columns=tuple(map(field_for_anybody, field.columns)))
        if isinstance(field, Options):
            return replace(field, options=tuple(option for option in field.options if not option.for_))
        return field

    fields = tuple(field_for_anybody(field) for field in on_paper(exercise))
    return replace(exercise, intro=fill(exercise.intro), fields=fields)


def on_paper(exercise: Exercise) -> Iterator[Field]:
    """Yield the fields that a sheet has.

    Of a flow of its own for self-harm only what it says: the safety plan is the sheet for that, and a page of two
    flows would help in neither. Nothing that hangs on what is remembered, and no line beside recalled words that is
    for one case only, for paper remembers nothing; no further rounds, which would be another sheet; no choice of
    where to go instead of a question, which no sheet can open; and not how a small step stands, which Today asks:
    whoever has the sheet ticks the line itself.
    """
    left_out: set[str] = set()
    for field in exercise.fields:
        is_for_self_harm = any(condition.family == (SELF_HARM,) for condition in field.only_if)
        follows = any(condition.field in left_out for condition in field.only_if)
        # what must not be remembered is not: the question stays
        is_remembered = any(condition.remembered and not condition.none_of for condition in field.only_if)
        is_beside_recalled = not field.answerable and not field.alone and bool(field.recall and field.only_if)
        is_of_insights = isinstance(field, Note) and bool(field.insights)
        is_further_round = isinstance(field, Table) and bool(field.repeats)
        is_of_today = field.measure == "step.done"
        is_asked_elsewhere = is_for_self_harm and field.answerable
        needs_journal = is_remembered or is_beside_recalled or is_of_insights or is_of_today
        is_way_on = isinstance(field, Options) and any(condition.answered is False for condition in field.only_if)
        if is_way_on or is_asked_elsewhere or follows or needs_journal or is_further_round:
            left_out.add(field.id)
        else:
            yield field


def _top(exercise: Exercise) -> Gaps:
    timed = exercise.measuring("when") is not None
    gaps = [_("Date")]
    gaps += [_("Time")] if timed else []
    gaps += [_("About")] if exercise.per_behaviour else []
    return Gaps([(gap, "") for gap in gaps])


def _text(text: str) -> Iterator[Block]:
    if text:
        yield Words(for_paper(text))


def for_paper(text: str) -> str:
    """Return words without the sentences about a keyboard."""
    lines = (
        " ".join(one for one in _SENTENCE.split(line) if not _OF_A_KEYBOARD.search(one)) for line in text.split("\n")
    )
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _questions(fields: Iterable[Field], exercise: Exercise) -> Iterator[Block]:
    """Yield fields in their order, each with its condition in few words."""
    before = None
    for field in fields:
        yield from _field(field, exercise, conditions_said(field, exercise, before))
        before = field if field.answerable else before


def _field(field: Field, exercise: Exercise, only: str) -> Iterator[Block]:
    """Yield a question and room for its answer; a grid or a wheel of several stands where its first would.

    `only`: for whom it is.
    """
    grid, wheel = exercise.show.grid, exercise.show.wheel
    if field.id in grid:
        if field.id == grid[0]:
            yield _grid([one for one in map(exercise.field, grid) if isinstance(one, Lines)])
        return
    if field.id in wheel and field.id != wheel[0]:
        return
    if not field.answerable:
        yield from _note(field.blank(), only)
        return
    is_short = len(only) <= _BEFORE_QUESTION
    yield Heading(_after(only, field.ask) if is_short else field.ask, 3)
    example = _("For example: {example}", example=field.example) if field.example else ""
    beside = sentences("" if is_short else _("{condition}.", condition=only), for_paper(field.hint), example)
    if beside:
        yield Words(beside, quiet=True)
    yield from _wheel(field, exercise) if field.id in wheel else field.blank()


def _after(only: str, words: str) -> str:
    """Return words after the condition under which they hold."""
    return _("{condition}: {words}", condition=only, words=words) if only else words


def _note(blocks: Sequence[Block], only: str) -> Iterator[Block]:
    """Yield what a note says, beginning with whom it is for."""
    for block in blocks:
        said = for_paper(block.text) if isinstance(block, Words) else ""
        if said:
            yield Words(_after(only, said))
        elif isinstance(block, Items):
            yield from [Words(_("{condition}:", condition=only))] if only else []
            yield block
        only = "" if said else only


def _grid(lists: Sequence[Lines]) -> BlankGrid:
    """Return four lists two by two, whose lines end in boxes for what they may be marked as."""
    return BlankGrid([BlankCell(one.ask, for_paper(one.hint), [mark.say for mark in one.marks]) for one in lists])


def _wheel(field: Field, exercise: Exercise) -> Iterator[Block]:
    """Yield an empty wheel: a spoke for each scale, or for each area that the person names."""
    if isinstance(field, Table):
        yield BlankWheel([""] * _SPOKES)
    else:
        scales = [one for one in map(exercise.field, exercise.show.wheel) if one]
        yield BlankWheel([one.label or one.ask for one in scales])
