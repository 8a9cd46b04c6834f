"""An entry from the answers that a program gives."""

import json
from collections.abc import Mapping
from typing import Any

from smartcli.entries.entry import Entry
from smartcli.entries.revisions import fill, new_id
from smartcli.journal.disk_errors import UnconfirmedTrouble
from smartcli.language import N_, _
from smartcli.moments import Moment, now
from smartcli.session.answers import filled_form
from smartcli.session.form import Form
from smartcli.trouble import Trouble, say
from smartcli.workbook.saving import say_where_it_waits
from smartcli.workbook.when import describe_when, read_when
from smartcli.workbook.workbook import Workbook

_HINT = N_(
    'Give one JSON object with a value for each field, for example {"mood": 6}. '
    "`smartcli exercises show EXERCISE --json` lists the fields."
)


def record_answers(
    workbook: Workbook, name: str, data: bytes, *, when: str | None = None, about: str | None = None
) -> Entry:
    """Save an entry of the exercise called `name` with the answers in a JSON object; return it.

    Answers that belong in the settings are saved there. Raises Trouble when anything is wrong.
    """
    exercise = workbook.catalog.find(name)
    moment = read_when(when, workbook)
    day = moment.day(workbook.settings.day_starts) if moment else None
    given = _object_in(data)
    form = filled_form(exercise, given, workbook.memory, about, day)
    entry = fill(
        exercise,
        form.filled({}, now()),
        id=new_id(),
        started=now(),
        when=moment,
        about=about,
        day_starts=workbook.settings.day_starts,
    )
    settings = [field for field in form.fields if field.setting and field.id in form.answers]
    is_saved = False
    try:
        workbook.journal.save(entry)
        is_saved = True
        if settings:
            workbook.settings.change(**{field.setting: form.answers[field.id] for field in settings})
    except Trouble as trouble:
        # A program that does not hear of it would save it again.
        if is_saved or isinstance(trouble, UnconfirmedTrouble):
            say(_("The entry is saved. Its id is {id}.", id=entry.id))
        raise
    say_where_it_waits(workbook)
    say(*_notes_on_times(form, given, moment))
    return entry


def _notes_on_times(form: Form, given: Mapping[str, Any], moment: Moment | None) -> list[str]:
    """Return what was taken for times that a change of the clocks skipped or made come twice."""
    asked = (field for field in form.fields if given.get(field.id) is not None)
    notes = [note for field in asked for note in field.notes_on(given[field.id])]
    return [describe_when(moment), *notes] if moment and moment.named else notes


def _object_in(data: bytes) -> dict[str, Any]:
    """Return the JSON object in `data`; raises Trouble when it is anything else."""
    try:
        read = json.loads(data.decode("utf-8-sig"), object_pairs_hook=_object_of)
    except UnicodeDecodeError:
        raise Trouble(_("Nothing was saved: the input is not UTF-8 text."), hint=_(_HINT)) from None
    except (ValueError, RecursionError):
        raise Trouble(_("Nothing was saved: the input is not JSON."), hint=_(_HINT)) from None
    if not isinstance(read, dict):
        raise Trouble(_("Nothing was saved: the input is not a JSON object."), hint=_(_HINT))
    return read


def _object_of(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return a JSON object; raises Trouble where a key is given twice, since one of the two would be lost."""
    read = dict(pairs)
    if len(read) < len(pairs):
        raise Trouble(
            _("Nothing was saved: a key is there twice in the input."), hint=_("Please give each key one time.")
        )
    return read
