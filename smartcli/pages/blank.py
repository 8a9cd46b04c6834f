"""An exercise as a blank worksheet: what a screen asks one at a time, on paper to be filled in by hand."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from smartcli.blocks import BlankCell, BlankGrid, BlankWheel, Block, Gaps, Heading, Items, Page, Ruled, Words
from smartcli.content.exercise import Exercise
from smartcli.content.slots import ANYWHERE, Slots
from smartcli.fields import Field, Lines, Note, Options, Table
from smartcli.fields.base import FAMILIES, NO_FAMILIES, SELF_HARM, Condition
from smartcli.language import N_, _
from smartcli.pages.catalog import point_title
from smartcli.words import either, enumerated, sentences

_SUPPORT = N_("In danger now? Call {emergency}. To talk to somebody, call {crisis}.")
_TOLD_AT_THE_TOP = ("when", "behaviour")
_OF_A_KEYBOARD = re.compile(r"\bEnter\b|^/ ")
_SENTENCE = re.compile(r"(?<=[.!?])[ \t]+")
_SPOKES = 8  # of a wheel whose parts are the person's own
_FEW = 3  # families or options that a condition names
_FAMILY_WORDS = {  # what a sheet calls kinds of behaviour; "something else" and "rather not say" it could not name
    "alcohol": N_("alcohol"),
    "opioids": N_("opioids"),
    "sedatives": N_("sedatives"),
    "stimulants": N_("stimulants"),
    "cannabis": N_("cannabis"),
    "nicotine": N_("nicotine"),
    "other-drugs": N_("other drugs"),
    "gambling": N_("gambling"),
    "eating": N_("eating"),
    "eating-restrict": N_("eating very little"),
    "spending": N_("spending"),
    "sex": N_("sex"),
    "screens": N_("screens"),
    "self-harm": N_("self-harm"),
}


class _Condition(NamedTuple):
    """A condition of a question as a sentence: where it stands first, and after another one of which either will do."""

    only: str
    or_: str


_Said = tuple[_Condition, Mapping[str, object]]  # with what stands in its slots
_ABOUT = _Condition(N_("Only if this is about {kinds}."), N_("Or if this is about {kinds}."))
_NOT_ABOUT = _Condition(N_("Not if this is about {kinds}."), N_("Or if this is not about {kinds}."))
_NOT_ABOUT_UNLESS = N_("Not if this is about {kinds}, unless you ticked {options}.")
_TICKED = _Condition(N_("Only if you ticked {options}."), N_("Or if you ticked {options}."))
_TICKED_ELSE = _Condition(
    N_("Only if you ticked anything except {options}."), N_("Or if you ticked something other than {options}.")
)
_YES = _Condition(N_("Only if you said yes to {question}."), N_("Or if you said yes to {question}."))
_NO = _Condition(N_("Only if you said no to {question}."), N_("Or if you said no to {question}."))
_OR_MORE = _Condition(
    N_("Only if you said {number} or more for {question}."), N_("Or if you said {number} or more for {question}.")
)
_OR_LESS = _Condition(
    N_("Only if you said {number} or less for {question}."), N_("Or if you said {number} or less for {question}.")
)


def paper_slots(slots: Slots) -> Slots:
    """Return what slots stand for on paper.

    No key can open support: it is on the first sheet. Where no country is known the long words about several
    countries' numbers and helplines stand once, at the foot, and not in every note.
    """
    shorter = replace(slots, support=lambda typing: _("see the first sheet"), hide=lambda: _("put this sheet away"))
    if slots.emergency() == ANYWHERE.emergency():
        shorter = replace(shorter, emergency=lambda: _("your local emergency number (see the foot of this sheet)"))
    if slots.crisis(frozenset()) == ANYWHERE.crisis(frozenset()):
        shorter = replace(shorter, crisis=lambda families: _("a helpline (see the foot of this sheet)"))
    return shorter


def blank_page(exercise: Exercise, slots: Slots = ANYWHERE) -> Page:
    """Return the blank worksheet of an exercise; whom to call stands at its foot, where no key can open it."""
    exercise = _for_anybody(exercise, paper_slots(slots))
    asked = [field for field in exercise.fields if not field.setting and field.measure not in _TOLD_AT_THE_TOP]
    blocks: list[Block] = [_top(exercise), Words(exercise.purpose, quiet=True), *_text(exercise.intro)]
    for field in asked:
        blocks += [] if field.later else _field(field, exercise)
    later = [block for field in asked if field.later for block in _field(field, exercise)]
    blocks += [Heading(_("Later")), *later] if later else []
    blocks += [Words(support_line(slots), quiet=True)]
    return Page(exercise.title, blocks, section=point_title(exercise.point), sheet=True)


def opening_page(slots: Slots = ANYWHERE) -> Page:
    """Return the page that begins a workbook on paper."""
    blocks: list[Block] = [
        Words(
            _(
                "Use any sheet, on any day, in any order. You don't have to fill in all of it: two lines are enough, "
                "or the one question that matters to you today. Leave out what doesn't fit."
            )
        ),
        Words(
            _(
                "Copy the sheets you like before you write on them. Write the date on each one: it helps to read old "
                "ones again."
            )
        ),
        Heading(_("Before you change anything"), 3),
        Words(
            _(
                "If your body is used to alcohol, sleeping pills or other sedatives, please do not stop suddenly: "
                "talk to a doctor first. If you use drugs after a break, your body can handle much less than before."
            )
        ),
        Heading(_("Support"), 3),
        Words(support_line(slots)),
        Words(_("People I can call, and how to reach them:")),
        Ruled(4),
    ]
    return Page(_("How to use these sheets"), blocks, section="", sheet=True)


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


def _field(field: Field, exercise: Exercise) -> Iterator[Block]:
    """Yield a question and room for its answer; a grid or a wheel of several stands where its first would."""
    grid, wheel = exercise.show.grid, exercise.show.wheel
    if field.id in grid:
        if field.id == grid[0]:
            yield from _grid([one for one in map(exercise.field, grid) if isinstance(one, Lines)])
        return
    if field.id in wheel and field.id != wheel[0]:
        return
    only = sentences(*(condition_said(one, exercise) for one in field.only_if))
    if not field.answerable:
        yield from _note(field.blank(), only)
        return
    yield Heading(field.ask, 3)
    example = _("For example: {example}", example=field.example) if field.example else ""
    beside = sentences(only, for_paper(field.hint), example)
    if beside:
        yield Words(beside, quiet=True)
    yield from _wheel(field, exercise) if field.id in wheel else field.blank()


def _note(blocks: Sequence[Block], only: str) -> Iterator[Block]:
    """Yield what a note says, beginning with whom it is for."""
    for block in blocks:
        said = for_paper(block.text) if isinstance(block, Words) else ""
        if said:
            yield Words(sentences(only, said))
        elif isinstance(block, Items):
            yield from [Words(only)] if only else []
            yield block
        only = "" if said else only


def _grid(lists: Sequence[Lines]) -> Iterator[Block]:
    """Yield four lists two by two; their marks stand as letters, said once."""
    marks = {mark.say[0].casefold(): mark.say for one in lists for mark in one.marks}
    short = len(marks) == max((len(one.marks) for one in lists), default=0)
    if marks and short:
        meanings = enumerated(_("{letter} for {meaning}", letter=one, meaning=say) for one, say in marks.items())
        yield Words(_("At the end of each line, tick what fits: {meanings}.", meanings=meanings), quiet=True)
    cells = [
        BlankCell(one.ask, for_paper(one.hint), [*marks] if short else [mark.say for mark in one.marks])
        for one in lists
    ]
    yield BlankGrid(cells)


def _wheel(field: Field, exercise: Exercise) -> Iterator[Block]:
    """Yield an empty wheel: a spoke for each scale, or for each area that the person names."""
    if isinstance(field, Table):
        yield BlankWheel([""] * _SPOKES)
    else:
        scales = [one for one in map(exercise.field, exercise.show.wheel) if one]
        yield BlankWheel([one.label or one.ask for one in scales])


def condition_said(condition: Condition, exercise: Exercise) -> str:
    """Return when a question is for the person, in sentences; "" where the sheet shows it anyway."""
    if not condition.any_:
        return sentences(*(_(part.only, **slots) for part, slots in _parts(condition, exercise)))
    alternatives = [alternative for inner in condition.any_ if (alternative := _alternative(inner, exercise))]
    if [part for part, _slots in alternatives] == [_NOT_ABOUT, _TICKED]:
        return _(_NOT_ABOUT_UNLESS, **alternatives[0][1], **alternatives[1][1])
    said = [_(part.or_ if number else part.only, **slots) for number, (part, slots) in enumerate(alternatives)]
    return sentences(*said)


def _alternative(condition: Condition, exercise: Exercise) -> _Said | None:
    """Return one of several conditions, which also says for whom it is not.

    Of one with two parts only the first is said: the question then stands there for more people, never for fewer.
    """
    if condition.not_family:
        return _NOT_ABOUT, {"kinds": either(_name_families(condition.not_family))}
    return next(_parts(condition, exercise), None)


def _parts(condition: Condition, exercise: Exercise) -> Iterator[_Said]:
    """Yield the parts of a condition, each of which must be so."""
    about = _about_kinds(condition.family)
    if about:
        yield about
    field = exercise.field(condition.field) if condition.field else None
    answer = _answer(condition, field) if field else None
    if answer:
        yield answer


def _about_kinds(families: Sequence[str]) -> _Said | None:
    """Return that it is about some kinds of behaviour; None where there is no kind that a sheet could name."""
    named = _name_families(families)
    if not named:
        return None
    if len(named) <= len(FAMILIES) / 2:
        return _ABOUT, {"kinds": either(named)}
    rest = _name_families([family for family in FAMILIES if family not in families])
    return (_NOT_ABOUT, {"kinds": either(rest)}) if len(rest) <= _FEW else None


def _name_families(families: Sequence[str]) -> list[str]:
    """Return what a sheet calls kinds of behaviour, without those it could not name."""
    return [_(_FAMILY_WORDS[family]) for family in families if family in _FAMILY_WORDS]


def _answer(condition: Condition, field: Field) -> _Said | None:
    """Return what a condition says of the answer to another question; None where the sheet shows it anyway."""
    wanted = [*condition.any_of, *([] if condition.is_ is None else [condition.is_])]
    if isinstance(field, Options) and wanted:
        return _ticked(wanted, {option.id: option.say for option in field.options})
    question = _quoted(field.label or field.ask.rstrip("?."))
    if isinstance(condition.is_, bool):
        return (_YES if condition.is_ else _NO), {"question": question}
    is_number = field.scalar and field.wordless  # of a list the condition is how many; the sheet shows it anyway
    if is_number and condition.at_least is not None:
        return _OR_MORE, {"question": question, "number": condition.at_least}
    if is_number and condition.at_most is not None:
        return _OR_LESS, {"question": question, "number": condition.at_most}
    return None


def _ticked(wanted: Sequence[Any], says: Mapping[str, str]) -> _Said:
    """Return which options must be ticked, or the few that must not be."""
    others = [say for name, say in says.items() if name not in wanted]
    if len(wanted) > _FEW and len(others) <= _FEW:
        return _TICKED_ELSE, {"options": either(map(_quoted, others))}
    return _TICKED, {"options": either(_quoted(says.get(one, one)) for one in wanted)}


def _quoted(words: str) -> str:
    return _("“{words}”", words=words)
