"""Making entries: a first revision from a filled exercise, and the next one from an entry."""

import base64
import os
from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

from smartcli import moments
from smartcli.entry import FORMAT, LIVE, Answered, Entry
from smartcli.exercise import Exercise
from smartcli.fields.base import names_behaviour


def fill(
    exercise: Exercise,
    answers: Sequence[Answered],
    *,
    id: str,  # noqa: A002  the entry's own name for it
    started: datetime,
    when: moments.Moment | None = None,
    about: str | None = None,
    draft: str | None = None,
    day_starts: time = time(4),
) -> Entry:
    """Return a first revision: the exercise filled with `answers` (asked fields in order, None left out).

    `when` wins over an answer that says when; without either it is `started`. An answer that names the
    behaviour wins over `about`; it stands on the entry, not among its answers. Settings stay out of it.
    """
    given = [one for one in answers if one.answer is not None]
    named = next((one.answer for one in given if names_behaviour(one.field)), about)
    told = next((one.answer for one in given if one.field.measure == "when"), None)
    moment = when or (moments.recall(told) if told else moments.Moment(started))
    kept = [one for one in given if not one.field.setting and not names_behaviour(one.field)]
    body = {
        "format": FORMAT,
        "id": id,
        "parents": [],
        "state": LIVE,
        **({"draft": draft} if draft else {}),
        "exercise": exercise.id,
        "version": exercise.version,
        "title": exercise.title,
        "point": exercise.point,
        **({"behaviour": named} if named else {}),
        "started": started.isoformat(timespec="seconds"),
        "saved": moments.now().isoformat(timespec="seconds"),
        "when": moment.at.isoformat(timespec="seconds"),
        **({"whole_day": True} if moment.whole_day else {}),
        "day": moment.day(day_starts).isoformat(),
        **_shown(exercise),
        "fields": [_stored(one) for one in kept],
    }
    return Entry(body)


def revised(
    entry: Entry, answers: Sequence[Answered], *, draft: str | None = None, parents: Sequence[str] = ()
) -> Entry:
    """Return the next revision of an entry, with `answers` in place of the old ones or after them.

    Everything else stays, keys of a newer version too. `parents` are the revisions it is made from; without
    any, the entry's own.
    """
    fields = [dict(stored) for stored in entry.body["fields"]]
    places = {stored["id"]: number for number, stored in enumerate(fields)}
    for one in answers:
        if one.field.id in places:
            fields[places[one.field.id]] = _stored(one)
        else:
            fields.append(_stored(one))
    changed = {
        "parents": sorted(parents or [entry.revision]),
        "state": LIVE,
        "saved": moments.now().isoformat(timespec="seconds"),
        "fields": fields,
    }
    return Entry({**entry.body, **changed, **({"draft": draft} if draft else {})})


def new_id() -> str:
    """Return 13 random characters, 65 bits."""
    return base64.b32encode(os.urandom(10)).decode("ascii")[:13].lower()


def _stored(one: Answered) -> dict[str, Any]:
    after = {} if one.after_seconds is None else {"after_seconds": round(one.after_seconds)}
    return one.field.stored(one.answer) | after | {"answer": one.answer}


def _shown(exercise: Exercise) -> dict[str, Any]:
    """Return how the entry is laid out, if its exercise says so."""
    show = exercise.definition().get("show")
    return {"show": show} if show else {}
