"""Making entries: a first revision from a filled exercise, and the next one from an entry."""

import base64
import os
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, time
from typing import Any

from smartcli import moments
from smartcli.content.exercise import Exercise
from smartcli.entries.entry import FORMAT, LIVE, Answered, Entry
from smartcli.fields.base import names_behaviour
from smartcli.schema.keys import as_json


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
    told = next((one.answer for one in given if one.field.measure == "when" and not one.field.check(one.answer)), None)
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
        **_moment(moment, day_starts),
        **_shown(exercise),
        "fields": [_stored(one) for one in kept],
    }
    return Entry(body)


def revised(
    entry: Entry,
    answers: Sequence[Answered],
    *,
    asked: Collection[str] = (),
    parents: Sequence[str] = (),
    draft: str | None = None,
    day_starts: time = time(4),
) -> Entry:
    """Return the next revision of an entry with these answers; an `asked` field without one loses its old one.

    An answer that is the same stays to the letter, and so does everything else, keys of a newer version too.
    An answer that says when, or names the behaviour, moves the entry. `parents` are the revisions it is made
    from; without any, the entry's own.
    """
    given = [one for one in answers if one.answer is not None]
    before = {stored["id"]: stored for stored in entry.body["fields"]}
    fields = [_stored_again(one, before.get(one.field.id, {})) for one in given if not names_behaviour(one.field)]
    fields = _in_order(fields, entry.body["fields"], asked)
    moved = [
        one.answer
        for one in given
        if one.field.measure == "when" and before.get(one.field.id, {}).get("answer") != one.answer
    ]
    behaviour = [one.answer for one in given if names_behaviour(one.field)]
    changed = {
        "parents": sorted(parents or [entry.revision]),
        "state": LIVE,
        "saved": moments.now().isoformat(timespec="seconds"),
        **(_moment(moments.recall(moved[0]), day_starts) if moved else {}),
        **({"behaviour": behaviour[0]} if behaviour else {}),
        "fields": fields,
    }
    return Entry({**entry.body, **changed, **({"draft": draft} if draft else {})})


def _in_order(given: Sequence[dict[str, Any]], old: Sequence[dict[str, Any]], asked: Collection[str]) -> list[Any]:
    """Return the old fields as they stood, those given again in their places, and new ones beside their neighbours.

    A new one stands after the one given before it, or else before the one given after it; alone, at the end. An
    `asked` field that was not given is left out.
    """
    again = {stored["id"]: stored for stored in given}
    kept = [again.get(one["id"], one) for one in old if one["id"] in again or one["id"] not in asked]
    places = [stored["id"] for stored in kept]
    for number, stored in enumerate(given):
        if stored["id"] not in places:
            before = [places.index(one["id"]) + 1 for one in given[:number]][-1:]
            after = [places.index(one["id"]) for one in given[number:] if one["id"] in places][:1]
            at = [*before, *after, len(kept)][0]
            kept.insert(at, stored)
            places.insert(at, stored["id"])
    return kept


def with_state(entry: Entry, state: str, parents: Sequence[str]) -> Entry:
    """Return the revision that hides an entry (`DELETED`) or brings it back (`LIVE`)."""
    saved = moments.now().isoformat(timespec="seconds")
    return Entry({**entry.body, "parents": sorted(parents), "state": state, "saved": saved})


def new_id() -> str:
    """Return 13 random characters, 65 bits."""
    return base64.b32encode(os.urandom(10)).decode("ascii")[:13].lower()


def _stored(one: Answered) -> dict[str, Any]:
    after = {} if one.after_seconds is None else {"after_seconds": round(one.after_seconds)}
    return one.field.stored(one.answer) | after | {"answer": one.answer}


def _stored_again(one: Answered, before: Mapping[str, Any]) -> dict[str, Any]:
    """Return an answer as it is stored: as it was if it is the same, else anew with what else stood there."""
    if before and before.get("answer") == one.answer:
        return dict(before)
    rest = {name: value for name, value in before.items() if name not in ("labels", "after_seconds", "columns")}
    return rest | _stored(one._replace(after_seconds=None if before else one.after_seconds))


def _moment(moment: moments.Moment, day_starts: time) -> dict[str, Any]:
    """Return the keys that say when an entry was."""
    whole = {"whole_day": True} if moment.whole_day else {}
    return {"when": moment.at.isoformat(timespec="seconds"), **whole, "day": moment.day(day_starts).isoformat()}


def _shown(exercise: Exercise) -> dict[str, Any]:
    """Return how the entry is laid out, if its exercise says so."""
    show = as_json(exercise.show)
    return {"show": show} if show else {}
