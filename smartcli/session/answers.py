"""Answers from a program (JSON, not a person at a terminal), put into a form."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from smartcli.asking import WrongAnswerError
from smartcli.content.exercise import Exercise
from smartcli.fields import Field, Table
from smartcli.language import N_, _
from smartcli.session.form import Form
from smartcli.session.memory import Memory
from smartcli.trouble import Trouble
from smartcli.words import enumerated, near

_AMOUNTS = ("amount", "limit.", "trial.")  # measures begin so: left out silently, somebody would think they are kept
_NO_AMOUNT = N_(
    "smartcli does not save amounts for some kinds of behaviour. For others, please answer "
    "the questions about safety first."
)


def filled_form(
    exercise: Exercise, given: Mapping[str, Any], memory: Memory, about: str | None, day: date | None = None
) -> Form:
    """Return the form with the answers given; raises Trouble that names all that is wrong, and nothing is kept.

    `day` is the day the answers are about (None: today).

    Fields with a condition, or left for later, are never required. What the journal remembers is read only
    where a field that is given, or required, needs it.
    """
    problems = []
    known = {field.id: field for field in exercise.fields if field.answerable}
    for name in given:
        if name not in known:
            close = near(name, known)
            wrong = _("{exercise} has no field with one of these names.", exercise=exercise.id)
            if close:
                hint = _("Did you mean {name}?", name=close)
            else:
                hint = _("Its fields are: {names}.", names=enumerated(known))
            problems.append(f"{wrong} {hint}")
    fields = [field for field in known.values() if field.id in given or _says_more(field)]
    answers: dict[str, Any] = {}
    form = Form(fields, answers, memory, about, own_words=False, day=day)
    for field in fields:
        if given.get(field.id) is not None:
            answer, problem = _taken(form, field, given[field.id])
            if problem:
                problems.append(_problem_with(field.id, problem))
            answers[field.id] = answer
    problems += [_problem_with(name, _(_NO_AMOUNT)) for name in _unasked_amounts(form)]
    needed = [field.id for field in form.missing() if _is_required(field) and given.get(field.id) is None]
    problems += [_problem_with(name, _("This field needs an answer.")) for name in needed]
    if problems:
        raise Trouble("\n".join([_("Nothing was saved."), *problems]))
    return form


def _problem_with(name: str, problem: str) -> str:
    """Return what is wrong with the answer to a field, on a line that names the field."""
    return _("{field}: {problem}", field=name, problem=problem)


def _says_more(field: Field) -> bool:
    """Return whether a field that is not given says something: it is required, or answered by another one.

    What is made from earlier entries says nothing without a person who chooses.
    """
    from_ = getattr(field, "from_", "")
    is_made_from_journal = "." in from_ or bool(getattr(field, "from_measure", ""))
    return not is_made_from_journal and (bool(from_) or _is_required(field))


def _is_required(field: Field) -> bool:
    return not (field.optional or field.only_if or field.later)


def _unasked_amounts(form: Form) -> list[str]:
    """Return the ids of amounts and limits that were given though they are not asked about this behaviour."""
    given = [field for field in form.fields if field.measure.startswith(_AMOUNTS) and field.id in form.answers]
    if not given:
        return []
    seen = form.seen()
    return [field.id for field in given if seen.get(field.id) is None]


def _taken(form: Form, field: Field, raw: Any) -> tuple[Any, str | None]:
    """Return the answer that `raw` means, and one sentence saying what is wrong with it, or None."""
    offered = form.offered(field)
    try:
        answer = offered.accept(raw)
    except WrongAnswerError as error:
        return None, str(error)
    if isinstance(offered, Table) and offered.each_behaviour:
        answer = offered.with_starters(answer)
    if isinstance(offered, Table):
        answer = offered.begun(answer)
    return answer, form.problem_with(offered, answer)
