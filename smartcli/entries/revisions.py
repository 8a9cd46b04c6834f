"""Making entries: a first revision from a filled exercise, and the next one from an entry."""

import base64
import os
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, time, timedelta
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
    quick: bool = False,
    day_starts: time = time(4),
) -> Entry:
    """Return a first revision: the exercise filled with `answers` (asked fields in order, None left out).

    `when` wins over an answer that says when; without either it is `started`. An answer that names the
    behaviour wins over `about`; it stands on the entry, not among its answers. Settings stay out of it.
    `quick`: only the quick version was asked, and the entry says so.
    """
    given = [answered for answered in answers if answered.answer is not None]
    behaviour = next((answered.answer for answered in given if names_behaviour(answered.field)), about)
    kept = [answered for answered in given if not answered.field.setting and not names_behaviour(answered.field)]
    moment = when or _answered_moment(given) or moments.Moment(started)
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
        **({"quick": True} if quick else {}),
        **({"behaviour": behaviour} if behaviour else {}),
        "started": started.isoformat(timespec="seconds"),
        "saved": moments.now().isoformat(timespec="seconds"),
        **_moment(moment, day_starts),
        **_shown(exercise),
        "fields": [_stored(answered) for answered in kept],
    }
    return Entry(body)


def _answered_moment(given: Sequence[Answered]) -> moments.Moment | None:
    """Return the moment that an answer says the whole entry is about, if one does and can be read."""
    for field, answer, _ in given:
        if field.measure == "when" and not field.check(answer):
            return moments.recall(answer)
    return None


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
    from; without any, the entry's own. Once fields were `asked`, the entry is no longer a quick one.
    """
    stored_before = {stored["id"]: stored for stored in entry.body["fields"]}
    moment: dict[str, Any] = {}
    behaviour: dict[str, Any] = {}
    fields = []
    for answered in answers:
        field, answer, _ = answered
        if answer is None:
            continue
        if names_behaviour(field):
            behaviour = behaviour or {"behaviour": answer}
            continue
        before = stored_before.get(field.id, {})
        fields.append(_stored_again(answered, before))
        if field.measure == "when" and before.get("answer") != answer:
            moment = moment or _moment(moments.recall(answer), day_starts)
    changed = {
        "parents": sorted(parents or [entry.revision]),
        "state": LIVE,
        "saved": moments.now().isoformat(timespec="seconds"),
        **moment,
        **behaviour,
        "fields": _in_order(fields, entry.body["fields"], asked),
        **({"draft": draft} if draft else {}),
    }
    body = {**entry.body, **changed}
    if asked:
        body.pop("quick", None)
    return Entry(body)


def _in_order(given: Sequence[dict[str, Any]], old: Sequence[dict[str, Any]], asked: Collection[str]) -> list[Any]:
    """Return the old fields as they stood, those given again in their places, and new ones beside their neighbours.

    A new one stands after the one given before it, or else before the one given after it; alone, at the end. An
    `asked` field that was not given is left out.
    """
    again = {stored["id"]: stored for stored in given}
    kept = [again.get(stored["id"], stored) for stored in old if stored["id"] in again or stored["id"] not in asked]
    ids = [stored["id"] for stored in kept]
    for number, stored in enumerate(given):
        if stored["id"] in ids:
            continue
        if number:
            place = ids.index(given[number - 1]["id"]) + 1  # by now all that were given before it have a place
        else:
            later = (ids.index(other["id"]) for other in given if other["id"] in ids)
            place = next(later, len(kept))
        kept.insert(place, stored)
        ids.insert(place, stored["id"])
    return kept


def with_state(entry: Entry, state: str, parents: Sequence[str], *, before: int = 0) -> Entry:
    """Return a new revision of an entry with the state DELETED, which hides it, or LIVE, which brings it back.

    It is saved `before` seconds ago: of several brought back at once, that says which of them is the newest.
    """
    saved = (moments.now() - timedelta(seconds=before)).isoformat(timespec="seconds")
    return Entry({**entry.body, "parents": sorted(parents), "state": state, "saved": saved})


def new_id() -> str:
    """Return 13 random characters, 65 bits."""
    return base64.b32encode(os.urandom(10)).decode("ascii")[:13].lower()


def _stored(answered: Answered) -> dict[str, Any]:
    """Return a question and its answer as an entry keeps them."""
    field, answer, after_seconds = answered
    after = {} if after_seconds is None else {"after_seconds": round(after_seconds)}
    return field.stored(answer) | after | {"answer": answer}


def _stored_again(answered: Answered, before: Mapping[str, Any]) -> dict[str, Any]:
    """Return an answer as it is stored: as it was if it is the same, else anew with what else stood there."""
    if not before:
        return _stored(answered)
    if before.get("answer") == answered.answer:
        return dict(before)
    # these three belong to the old answer; how long a new one took says nothing beside answers of another day
    rest = {name: value for name, value in before.items() if name not in ("labels", "after_seconds", "columns")}
    return rest | _stored(answered._replace(after_seconds=None))


def _moment(moment: moments.Moment, day_starts: time) -> dict[str, Any]:
    """Return the keys that say when an entry was."""
    whole = {"whole_day": True} if moment.whole_day else {}
    return {"when": moment.at.isoformat(timespec="seconds"), **whole, "day": moment.day(day_starts).isoformat()}


def _shown(exercise: Exercise) -> dict[str, Any]:
    """Return how the entry is laid out, if its exercise says so."""
    show = as_json(exercise.show)
    return {"show": show} if show else {}
