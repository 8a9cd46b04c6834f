"""For whom a question on paper is, in a few words: "If yes", "Only for alcohol or sedatives"."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from smartcli.content.exercise import Exercise
from smartcli.fields import Field, Options
from smartcli.fields.base import FAMILIES, Condition
from smartcli.language import N_, _
from smartcli.words import either, enumerated

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


class _Clause(NamedTuple):
    """A condition in words: where it stands first, after "or", and after "and"."""

    first: str
    or_: str
    and_: str


_Said = tuple[_Clause, Mapping[str, object]]  # with what stands in its slots
_ABOUT = _Clause(N_("Only for {kinds}"), N_("or for {kinds}"), N_("and only for {kinds}"))
_NOT_ABOUT = _Clause(N_("Not for {kinds}"), N_("or if not about {kinds}"), N_("and not for {kinds}"))
_NOT_ABOUT_UNLESS = _Clause(
    N_("Not for {kinds}, unless you ticked {options}"),
    N_("or if not about {kinds}, unless you ticked {options}"),
    N_("and not for {kinds}, unless you ticked {options}"),
)
_TICKED = _Clause(N_("If you ticked {options}"), N_("or if you ticked {options}"), N_("and if you ticked {options}"))
_TICKED_ELSE = _Clause(
    N_("If you ticked anything except {options}"),
    N_("or if you ticked anything except {options}"),
    N_("and if you ticked anything except {options}"),
)
_YES = _Clause(N_("If yes"), N_("or if yes"), N_("and if yes"))  # to the question that stands just before
_NO = _Clause(N_("If no"), N_("or if no"), N_("and if no"))
_OR_MORE = _Clause(N_("If {number} or more"), N_("or if {number} or more"), N_("and if {number} or more"))
_OR_LESS = _Clause(N_("If {number} or less"), N_("or if {number} or less"), N_("and if {number} or less"))
_YES_TO = _Clause(
    N_("If you said yes to {question}"), N_("or if you said yes to {question}"), N_("and if you said yes to {question}")
)
_NO_TO = _Clause(
    N_("If you said no to {question}"), N_("or if you said no to {question}"), N_("and if you said no to {question}")
)
_OR_MORE_FOR = _Clause(
    N_("If {question} is {number} or more"),
    N_("or if {question} is {number} or more"),
    N_("and if {question} is {number} or more"),
)
_OR_LESS_FOR = _Clause(
    N_("If {question} is {number} or less"),
    N_("or if {question} is {number} or less"),
    N_("and if {question} is {number} or less"),
)


def conditions_said(field: Field, exercise: Exercise, after: Field | None = None) -> str:
    """Return when a question or note is for the person, without a full stop; "" where the sheet shows it anyway.

    `after` is the question that stands just before it on the sheet: to name that one again would only be longer.
    """
    needed: list[list[_Said]] = []
    for condition in field.only_if:
        needed += [either_will_do for either_will_do in _needed(condition, exercise, after) if either_will_do]
    clauses: list[str] = []
    for either_will_do in needed:
        for number, (clause, slots) in enumerate(either_will_do):
            clauses.append(_(clause.or_ if number else clause.and_ if clauses else clause.first, **slots))
    return enumerated(clauses)


def _needed(condition: Condition, exercise: Exercise, after: Field | None) -> Iterator[list[_Said]]:
    """Yield what must be so: each a list of clauses of which one is enough."""
    if not condition.any_:
        for part in _parts(condition, exercise, after):
            yield [part]
        return
    alternatives = [said for inner in condition.any_ if (said := _alternative(inner, exercise, after))]
    if [clause for clause, _slots in alternatives] == [_NOT_ABOUT, _TICKED]:
        (_not_about, kinds), (_ticked, options) = alternatives
        alternatives = [(_NOT_ABOUT_UNLESS, {**kinds, **options})]
    yield alternatives


def _alternative(condition: Condition, exercise: Exercise, after: Field | None) -> _Said | None:
    """Return one of several conditions, which also says for whom it is not.

    Of one with two parts only the first is said: the question then stands there for more people, never for fewer.
    """
    if condition.not_family:
        return _NOT_ABOUT, {"kinds": either(_name_families(condition.not_family))}
    return next(_parts(condition, exercise, after), None)


def _parts(condition: Condition, exercise: Exercise, after: Field | None) -> Iterator[_Said]:
    """Yield the parts of a condition, each of which must be so."""
    about = _about_kinds(condition.family)
    if about:
        yield about
    field = exercise.field(condition.field) if condition.field else None
    answer = _answer(condition, field, is_just_before=field is after) if field else None
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


def _answer(condition: Condition, field: Field, *, is_just_before: bool) -> _Said | None:
    """Return what a condition says of the answer to another question; None where the sheet shows it anyway."""
    wanted = [*condition.any_of, *([] if condition.is_ is None else [condition.is_])]
    if isinstance(field, Options) and wanted:
        return _ticked(wanted, {option.id: option.say for option in field.options})
    question = _quoted(field.label or field.ask.rstrip("?."))
    if isinstance(condition.is_, bool):
        short, long = (_YES, _YES_TO) if condition.is_ else (_NO, _NO_TO)
        return (short if is_just_before else long), {"question": question}
    is_number = field.scalar and field.wordless  # of a list the condition is how many; the sheet shows it anyway
    if is_number and condition.at_least is not None:
        clause = _OR_MORE if is_just_before else _OR_MORE_FOR
        return clause, {"question": question, "number": condition.at_least}
    if is_number and condition.at_most is not None:
        clause = _OR_LESS if is_just_before else _OR_LESS_FOR
        return clause, {"question": question, "number": condition.at_most}
    return None


def _ticked(wanted: Sequence[Any], says: Mapping[str, str]) -> _Said:
    """Return which options must be ticked, or the few that must not be."""
    others = [say for name, say in says.items() if name not in wanted]
    if len(wanted) > _FEW and len(others) <= _FEW:
        return _TICKED_ELSE, {"options": either(map(_quoted, others))}
    return _TICKED, {"options": either(_quoted(says.get(one, one)) for one in wanted)}


def _quoted(words: str) -> str:
    return _("“{words}”", words=words)
