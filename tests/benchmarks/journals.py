"""Journals of any size, of the kind a person would have, made fast and the same each time."""

import random
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from smartcli.content.exercise import Exercise
from smartcli.entries.entry import Entry
from smartcli.entries.revisions import fill
from smartcli.journal import seal
from smartcli.journal.heads import file_name
from smartcli.moments import Moment, stamp
from smartcli.session.form import Form
from tests.support.asking import memory
from tests.support.made import CATALOG

TEXT = "the day went well enough we walked and talked rain on the roof phone away bed early tired but fine"
WORDS = TEXT.split()
TOOLS = ["breathe", "wait", "surf", "walk by the river", "ring Sam", "make tea"]
TRIGGERS = ["alone-evening", "end-of-work", "payday", "row", "boredom", "a party at the club"]
PER_DAY = 5


def make(folder: Path, size: int, *, end: datetime | None = None) -> list[Entry]:
    """Fill a journal folder with `size` entries, about five a day, the newest at `end` (now); return them.

    The oldest says what the person wants to change; one in fifty was edited once. What is written repeats after
    some hundred entries: times and ids do not.
    """
    chance = random.Random(size)
    newest = (end or datetime.now().astimezone()).replace(microsecond=0)
    written = _written(chance)
    made = []
    for number in range(size):
        when = newest - timedelta(minutes=number * 1440 // PER_DAY + chance.randrange(60))
        said = written[-1] if number == size - 1 else chance.choice(written[:-1])
        at = when.isoformat()
        day = Moment(when).day().isoformat()
        entry = Entry({**said.body, "id": _letters(number), "when": at, "started": at, "saved": at, "day": day})
        made.append(entry)
        _put(folder, entry)
        if number % 50 == 49:
            _put(folder, Entry({**entry.body, "parents": [entry.revision], "saved": newest.isoformat()}))
    return made


def _written(chance: random.Random) -> list[Entry]:
    """Return some hundred filled exercises, and last of all the one that says what to change."""
    kinds = {"check-in": _check_in, "urge-log": _urge, "cost-benefit": _cost_benefit}
    names = chance.choices([*kinds], [30, 30, 1], k=400)
    now = datetime.now().astimezone()
    filled = [_entry(CATALOG.find(name), kinds[name](chance), now) for name in names]
    start = {"behaviours": [{"name": "drinking", "aim": "cut-down", "family": "alcohol"}]}
    return [*filled, _entry(CATALOG.find("start"), start, now)]


def _put(folder: Path, entry: Entry) -> None:
    at = stamp(entry.when.at)
    month = folder / "entries" / f"{at[:4]}-{at[4:6]}"
    if not month.exists():
        month.mkdir(parents=True, mode=0o700)
    (month / file_name(at, entry.id, entry.revision, seal.SUFFIX)).write_bytes(seal.sealed(entry.body))


def _entry(exercise: Exercise, answers: dict[str, Any], when: datetime) -> Entry:
    form = Form(exercise.fields, answers, memory(), "drinking", own_words=False)
    return fill(exercise, form.filled({}, when), id=_letters(0), started=when, when=Moment(when), about="drinking")


def _letters(number: int) -> str:
    letters = "abcdefghijklmnopqrstuvwxyz234567"
    chance = random.Random(number)
    return "".join(chance.choice(letters) for _ in range(13))


def _text(chance: random.Random, words: int) -> str:
    return " ".join(chance.choices(WORDS, k=words))


def _check_in(chance: random.Random) -> dict[str, Any]:
    return {"mood": chance.randrange(11), "urges": chance.random() < 0.4, "chosen": chance.random() < 0.8,
            "good": _text(chance, 6), "more": _text(chance, 30)}  # fmt: skip


def _urge(chance: random.Random) -> dict[str, Any]:
    before = chance.randrange(3, 11)
    return {"strength": before, "tool": chance.choice(TOOLS), "after": chance.randrange(before + 1),
            "trigger": chance.choice(TRIGGERS), "place": _text(chance, 3), "thought": _text(chance, 5), "acted": chance.random() < 0.1}  # fmt: skip


def _cost_benefit(chance: random.Random) -> dict[str, Any]:
    lists = {name: [{"text": _text(chance, 4), "marks": [chance.choice(["short", "long"])]} for _ in range(3)]
             for name in ("gives", "costs", "would-give", "would-cost")}  # fmt: skip
    return {"readiness": "decided", **lists, "reasons": [_text(chance, 5)]}
