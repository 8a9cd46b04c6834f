"""Answers that are given before an exercise begins: the number in `smartcli urge 8`."""

from collections.abc import Mapping
from typing import Any

from smartcli.journal.draft import Draft
from smartcli.language import _
from smartcli.trouble import Trouble
from smartcli.workbook.session_kinds import open_session
from smartcli.workbook.workbook import Workbook


def to_given(workbook: Workbook, exercise: str, measure: str, number: int | None, *, typed_as: str) -> dict[str, Any]:
    """Return a number as the answer to the question of an exercise that asks for a measure, by the question's id.

    Without a number nothing is given. `typed_as` is the name of the argument or option, for the Trouble that is raised
    where the number is no answer to that question.
    """
    if number is None:
        return {}
    field = workbook.catalog.find(exercise).measuring(measure)
    problem = field.check(number) if field else None
    if problem or field is None:
        raise Trouble(_("{option}: {problem}", option=typed_as, problem=problem))
    return {field.id: number}


def keep_given(workbook: Workbook, draft: Draft, given: Mapping[str, Any]) -> None:
    """Write answers that were given into a new draft: those to questions that this person is asked.

    Nobody is asked for a number about self-harm, so one that was typed is not used. Nor is one that may turn out to be
    about that: it is asked for once the person has said which behaviour it is.
    """
    if not given:
        return
    for field in open_session(workbook, draft).session.form.visible():
        if field.id in given:
            draft.keep(field.id, given[field.id])
