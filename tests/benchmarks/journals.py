"""Journals of any size, of the kind a person would have, made fast and the same each time."""

import random
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from smartcli.entry import Entry
from smartcli.exercise import Exercise
from smartcli.filling import fill
from smartcli.form import Form
from smartcli.journal import seal
from smartcli.journal.heads import file_name
from smartcli.moments import Moment, stamp
from tests.asking import memory
from tests.made import CATALOG

WORDS = [
    "the",
    "day",
    "went",
    "well",
    "enough",
    "we",
    "walked",
    "and",
    "talked",
    "rain",
    "on",
    "the",
    "roof",
    "phone",
    "away",
    "bed",
    "early",
    "tired",
    "but",
    "fine",
    "work",
    "was",
    "long",
]
TOOLS = ["breathe", "wait", "surf", "walk by the river", "ring Sam", "make tea"]
TRIGGERS = ["alone-evening", "end-of-work", "payday", "row", "boredom", "a party at the club"]
PER_DAY = 5


def make(folder: Path, size: int, *, end: datetime | None = None) -> None:
    """Fill a journal folder with `size` entries, about five a day, the newest at `end` (now)."""
    chance = random.Random(size)
    newest = (end or datetime.now().astimezone()).replace(microsecond=0)
    exercises = {name: CATALOG.find(name) for name in ("check-in", "urge-log", "cost-benefit")}
    made: set[Path] = set()
    for number in range(size):
        when = newest - timedelta(minutes=number * 1440 // PER_DAY + chance.randrange(60))
        name = "cost-benefit" if number % 60 == 59 else chance.choice(["check-in", "urge-log"])
        answers = {"check-in": _check_in, "urge-log": _urge, "cost-benefit": _cost_benefit}[name](chance)
        entry = _entry(exercises[name], answers, when, f"{_letters(number)}")
        at = stamp(when)
        month = folder / "entries" / f"{at[:4]}-{at[4:6]}"
        if month not in made:
            month.mkdir(parents=True, exist_ok=True, mode=0o700)
            made.add(month)
        (month / file_name(at, entry.id, entry.revision, seal.SUFFIX)).write_bytes(seal.sealed(entry.body))


def _entry(exercise: Exercise, answers: dict[str, Any], when: datetime, name: str) -> Entry:
    form = Form(exercise.fields, answers, memory(), "drinking", own_words=False)
    return fill(exercise, form.filled({}, when), id=name, started=when, when=Moment(when), about="drinking")


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
