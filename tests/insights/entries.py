"""Entries with nothing but measures, of no exercise there is: insights must not need one."""

import itertools
from datetime import date, datetime, time, timedelta
from typing import Any

from hypothesis import strategies as st

from smartcli.entries.checking import as_entry
from smartcli.entries.entry import Entry
from smartcli.insights.notes import Notes, gather

TODAY = date(2026, 11, 22)
_LETTERS = "abcdefghijklmnopqrstuvwxyz234567"
_ids = ("".join(letters) for letters in itertools.product(_LETTERS, repeat=13))


def answer(measure: str, value: Any, **stored: Any) -> dict[str, Any]:
    """Return one stored answer."""
    return {"id": measure.replace(".", "-"), "kind": "line", "ask": "?", "measure": measure, **stored, "answer": value}


def entry(
    day: date, *fields: dict[str, Any], hour: int = 20, zone: str = "+00:00", about: str | None = None, **body: Any
) -> Entry:
    """Return an entry of a day with these answers, written at the time it is about."""
    local = datetime.combine(day, time()) + timedelta(hours=hour)
    when = local.isoformat(timespec="seconds") + zone
    return as_entry(
        {
            "format": 1, "id": next(_ids), "parents": [], "state": "live", "exercise": "own", "version": 1,
            "title": "Own", "point": "urges", **({"behaviour": about} if about else {}),
            "started": when, "saved": when, "when": when, "day": day.isoformat(), "fields": [*fields], **body,
        }
    )  # fmt: skip


def urge(day: date, before: float, after: float | None = None, **more: Any) -> Entry:
    """Return an urge; `tool`, `trigger`, `state` and `acted` are its answers, the rest is the entry's."""
    given = {"coping": more.pop("tool", None), "trigger": more.pop("trigger", None),
             "context": more.pop("state", None), "urge.acted": more.pop("acted", None), "urge.after": after}  # fmt: skip
    fields = [answer(measure, value) for measure, value in given.items() if value is not None]
    return entry(day, answer("urge.before", before), *fields, **more)


def check_in(day: date, mood: float | None = None, chosen: bool | None = None, **more: Any) -> Entry:
    """Return a check-in."""
    given = {"mood": mood, "chosen-way": chosen}
    return entry(day, *(answer(measure, value) for measure, value in given.items() if value is not None), **more)


def notes(*entries: Entry) -> Notes:
    """Return what entries say."""
    return gather((one, True) for one in entries)


def days_back(most: int = 120) -> st.SearchStrategy[date]:
    """Return a strategy for days up to today."""
    return st.integers(0, most).map(lambda back: TODAY - timedelta(days=back))


@st.composite
def urges(draw: st.DrawFn) -> Entry:
    """Return a strategy for urges of any kind."""
    before = draw(st.integers(0, 10))
    ratings = [
        {"after_seconds": at, "value": value}
        for at, value in draw(st.dictionaries(st.integers(1, 900), st.integers(0, 10), max_size=3)).items()
    ]
    practice = {"seconds": draw(st.integers(0, 900)), "finished": draw(st.booleans()), "ratings": ratings}
    fields = [answer("urge.before", before, after_seconds=draw(st.none() | st.integers(0, 60)))]
    fields += [answer("urge.ratings", practice)] if draw(st.booleans()) else []
    optional = {"urge.after": st.integers(0, 10), "urge.acted": st.booleans(), "coping": st.sampled_from("ABCd"),
                "trigger": st.sampled_from("rst"), "context": st.lists(st.sampled_from("uvw"), max_size=2, unique=True)}  # fmt: skip
    fields += [answer(name, draw(values)) for name, values in optional.items() if draw(st.booleans())]
    return entry(draw(days_back()), *fields, hour=draw(st.integers(4, 27)))


def check_ins() -> st.SearchStrategy[Entry]:
    """Return a strategy for check-ins."""
    return st.builds(check_in, days_back(), st.none() | st.integers(0, 10), st.none() | st.booleans())


def lapses() -> st.SearchStrategy[Entry]:
    """Return a strategy for lapses, as the shipped exercise would keep them."""
    return st.builds(
        lambda day, state, sure: entry(day, answer("lapse", state), answer("confidence", sure), answer("trigger", "r"), answer("goal.step", "rest")),
        days_back(), st.sampled_from(["over", "goes-on"]), st.integers(0, 10),
    )  # fmt: skip


def steps() -> st.SearchStrategy[Entry]:
    """Return a strategy for steps in a table."""
    row = st.fixed_dictionaries(
        {"step": st.just("walk")}, optional={"due": days_back().map(str), "done": st.booleans()}
    )
    columns = [{"id": name, "kind": "line", "measure": f"goal.{name}"} for name in ("step", "due", "done")]
    return st.builds(
        lambda day, rows: entry(day, {"id": "steps", "kind": "table", "ask": "?", "columns": columns, "answer": rows}),
        days_back(), st.lists(row, max_size=3),
    )  # fmt: skip


def journals() -> st.SearchStrategy[list[Entry]]:
    """Return a strategy for journals of all of these."""
    return st.lists(st.one_of(urges(), check_ins(), lapses(), steps()), max_size=40)
