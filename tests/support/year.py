"""A made year: what somebody might have kept who drinks less than before. The same each time, and nobody's.

`python -m tests.support.year FOLDER` writes it as a journal, to look at.
"""

import random
import sys
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta, timezone
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from smartcli.entries.entry import Entry
from smartcli.entries.revisions import fill
from smartcli.journal import seal
from smartcli.journal.heads import file_name
from smartcli.moments import Moment, stamp
from smartcli.session.form import Form
from tests.support.asking import memory
from tests.support.made import CATALOG

FIRST, LAST = date(2024, 1, 1), date(2024, 12, 31)
ABOUT = "drinking"
SUMMER = date(2024, 3, 31), date(2024, 10, 27)  # clocks go forward, and back
AWAY = date(2024, 8, 3), date(2024, 8, 17)  # nothing written
LAPSES = [date(2024, 1, 13), date(2024, 2, 9), date(2024, 2, 10), date(2024, 3, 16), date(2024, 5, 4),
          date(2024, 6, 28), date(2024, 9, 7), date(2024, 11, 15)]  # fmt: skip
BACK = {LAPSES[0]: 6, LAPSES[2]: 5, LAPSES[3]: 4, LAPSES[4]: 4, LAPSES[5]: 2, LAPSES[6]: 2, LAPSES[7]: 1}


class Tool(NamedTuple):
    """A way of coping: how often it is taken, how far it takes the urge down, its practice if it has one."""

    name: str
    weight: int
    falls: float
    practice: str = ""


TOOLS = [
    Tool("Walk to the river", 5, 4.4),
    Tool("ring", 3, 3.9),
    Tool("breathe", 6, 3.5, "breathing"),
    Tool("wait", 5, 2.4, "waiting"),
    Tool("surf", 3, 3.0, "surfing"),
    Tool("Sort the shed", 1, 3.3),
    Tool("nothing", 2, 1.0),
]
TRIGGERS = {"end-of-work": 7, "alone-evening": 6, "weekend": 4, "row": 2, "payday": 2, "Match night": 2, "offered": 1}
STATES = {"tired": 6, "lonely": 3, "angry": 2, "hungry": 2}
GOOD = [
    "Walked home the long way",
    "Rang Sam",
    "Slept till eight",
    "Soup with the neighbours",
    "A quiet evening",
    "Swam",
]


@cache
def entries() -> tuple[Entry, ...]:
    """Return the entries of the year, oldest first; made once in a process, and nobody's to change."""
    return tuple(_made())


def _made() -> Iterator[Entry]:
    chance = random.Random(2024)
    yield _entry(chance, "start", _at(FIRST, 9), {
        "behaviours": [{"name": ABOUT, "aim": "cut-down", "family": "alcohol"}],
        "reason": "Mornings with the kids, awake."})  # fmt: skip
    for number in range((LAST - FIRST).days + 1):
        day = FIRST + timedelta(days=number)
        if not AWAY[0] <= day <= AWAY[1]:
            yield from _day(chance, day, number / 365)


def _day(chance: random.Random, day: date, share: float) -> Iterator[Entry]:
    """Yield a day's entries; `share` of the year has passed."""
    off = any(0 <= (day - lapse).days < back for lapse, back in BACK.items())
    if day in LAPSES:
        yield _lapse(chance, day)
    for _ in range(_urges_of(chance, day, share)):
        yield _urge(chance, day, share, acted=day in LAPSES)
    if chance.random() < 0.78:
        mood = round(min(max(chance.gauss(4.6 + 1.8 * share - 1.5 * off, 1.3), 0), 10))
        yield _entry(chance, "check-in", _at(day, 20, chance.randrange(60)), {
            "mood": mood, "urges": chance.random() < 0.5, "chosen": not off, "good": chance.choice(GOOD)})  # fmt: skip
    if day.day == 7:
        yield _rulers(chance, day, share)
        yield _wheel(chance, day, share)
    if day.day == 14 and day.month % 3 == 1:
        yield _goal(chance, day)


def _urges_of(chance: random.Random, day: date, share: float) -> int:
    weight = (1.9 if day.weekday() in (4, 5) else 0.4) * (1 - 0.5 * share)
    return min(sum(chance.random() < weight / 2 for _ in range(3)), 3)


def _urge(chance: random.Random, day: date, share: float, *, acted: bool) -> Entry:
    hour = chance.choices([8, 12, 17, 18, 19, 20, 21, 22, 24], [1, 1, 3, 6, 7, 5, 5, 3, 2])[0]
    at = _at(day, hour, chance.randrange(60))
    tool = chance.choices(TOOLS, [one.weight for one in TOOLS])[0]
    before = chance.choices(range(3, 11), [1, 2, 4, 6, 7, 6, 3, 1])[0]
    after = round(min(max(before - chance.gauss(tool.falls + 0.8 * share, 1.4) + 2 * acted, 0), 10))
    answers: dict[str, Any] = {
        "strength": before, "tool": tool.name, "after": after, "acted": acted or chance.random() < 0.04,
        "trigger": chance.choices([*TRIGGERS], [*TRIGGERS.values()])[0],
    }  # fmt: skip
    if chance.random() < 0.6:
        answers["state"] = [chance.choices([*STATES], [*STATES.values()])[0]]
    minutes = chance.uniform(2, 6) + chance.expovariate(1 / 9)
    given = {"strength": at + timedelta(seconds=6), "after": at + timedelta(minutes=minutes)}
    if tool.practice:
        seconds = round(min(minutes * 60 - 20, chance.choice([90, 130, 260, 600])))
        answers[tool.practice] = _practice(chance, before, after, seconds)
        given[tool.practice] = at + timedelta(seconds=16 + seconds)
    if chance.random() < 0.25:
        del answers["after"]
    return _entry(chance, "urge-log", at, answers, {name: moment for name, moment in given.items() if name in answers})


def _practice(chance: random.Random, before: int, after: int, seconds: int) -> dict[str, Any]:
    times = sorted(chance.sample(range(20, max(seconds, 24)), 3))
    ratings = [{"after_seconds": at, "value": round(before + (after - before) * at / seconds)} for at in times]
    return {"seconds": seconds, "finished": chance.random() < 0.6, "ratings": ratings}


def _lapse(chance: random.Random, day: date) -> Entry:
    return _entry(chance, "lapse", _at(day, 23), {
        "state": "over", "before": chance.choice([*TRIGGERS]), "held": ["I stopped after two, and I told Sam"],
        "confidence": chance.randrange(3, 8), "step": "Pour the rest away"})  # fmt: skip


def _rulers(chance: random.Random, day: date, share: float) -> Entry:
    return _entry(chance, "rulers", _at(day, 10), {
        "importance": min(7 + round(2 * share) + chance.randrange(2), 10), "why-matters": ["The kids"],
        "confidence": 3 + round(4 * share) + chance.randrange(2)})  # fmt: skip


def _wheel(chance: random.Random, day: date, share: float) -> Entry:
    start = {"family": 4, "friends": 3, "health": 4, "work": 6, "money": 5, "fun": 2}
    rows = [
        {"area": area, "content": min(value + round(3 * share) + chance.randrange(-1, 2), 10)}
        for area, value in start.items()
    ]
    return _entry(chance, "balance-wheel", _at(day, 11), {"areas": [*start], "wheel": rows, "pick": "fun"})


def _goal(chance: random.Random, day: date) -> Entry:
    steps = ["Find my running shoes", "Run round the park once", "Ask Sam along", "Run on a Friday"]
    rows = [{"step": step, "due": (day + timedelta(days=7 * number)).isoformat(), "done": chance.random() < 0.7}
            for number, step in enumerate(steps)]  # fmt: skip
    return _entry(chance, "goals", _at(day, 12), {"goal": "Have my running back", "steps": rows})


def _at(day: date, hour: int, minute: int = 0) -> datetime:
    """Return a moment of a day as the clock on the wall had it; an hour past 23 belongs to the night after."""
    summer = SUMMER[0] <= day < SUMMER[1]
    return datetime.combine(day, time(), timezone(timedelta(hours=summer))) + timedelta(hours=hour, minutes=minute)


def _entry(
    chance: random.Random, name: str, at: datetime, answers: dict[str, Any], given: dict[str, datetime] | None = None
) -> Entry:
    exercise = CATALOG.find(name)
    form = Form(exercise.fields, answers, memory(), ABOUT, own_words=False)
    about = ABOUT if exercise.per_behaviour else None
    made = fill(exercise, form.filled(given or {}, at), id=_letters(chance), started=at, when=Moment(at), about=about)
    return Entry({**made.body, "saved": made.body["when"]})


def _letters(chance: random.Random) -> str:
    return "".join(chance.choice("abcdefghijklmnopqrstuvwxyz234567") for _ in range(13))


def write(folder: Path, made: Sequence[Entry] | None = None) -> None:
    """Write entries (the whole year) into a journal folder, as the journal would."""
    for entry in made if made is not None else entries():
        at = stamp(entry.when.at)
        month = folder / "entries" / f"{at[:4]}-{at[4:6]}"
        month.mkdir(parents=True, exist_ok=True, mode=0o700)
        (month / file_name(at, entry.id, entry.revision, seal.SUFFIX)).write_bytes(seal.sealed(entry.body))


if __name__ == "__main__":
    write(Path(sys.argv[1]))
