"""Made people who live sixty days with the product: what Today offers them on which day, and why.

Each writes what they write, takes every suggestion or none, and is offered what the shipped rules say, read by a
workbook from a journal on disk. `python -m tests.support.lives` prints the days as tables.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any, ClassVar, NamedTuple

from smartcli.content.catalog import Catalog
from smartcli.content.exercise import Exercise
from smartcli.entries.revisions import fill, new_id
from smartcli.journal.store import Journal
from smartcli.places import Places
from smartcli.session.form import Form
from smartcli.workbook.suggestions import list_suggestions, next_suggestion
from smartcli.workbook.workbook import Workbook
from tests.support.asking import memory
from tests.support.made import CATALOG, catalogue

BEGAN = datetime(2026, 10, 1, 9, 0, tzinfo=UTC)
DAYS = 60

Written = list[tuple[str, dict[str, Any]]]  # what is written on a day: an exercise, and its answers

# A question of the person's own about a coming day: any exercise may have one, for measures are what counts.
COMING = """
[[field]]
id = "day"
kind = "moment"
ask = "Which day could be hard?"
measure = "risk.day"
ahead = true
"""


class Life(NamedTuple):
    """What somebody wants to change, what they write on which day, and what they answer when they take an offer."""

    name: str
    family: str
    aim: str
    days: dict[int, Written]
    answers: dict[str, dict[str, Any]]
    takes: bool = True


class Offered(NamedTuple):
    """What Today offered on a day: the exercise ("" where there was nothing) and the reason.

    `left` are the exercises that could have been offered: those that rest, too.
    """

    day: int
    exercise: str
    say: str
    left: Sequence[str] = ()


class ReadOnce(Catalog):
    """The shipped catalogue, each exercise read once for all the days of all lives."""

    _exercises: ClassVar[dict[str, Exercise | None]] = {}

    def get(self, name: str) -> Exercise | None:
        """Return the exercise with this id, or None."""
        if name not in self._exercises:
            self._exercises[name] = super().get(name)
        return self._exercises[name]


_SHIPPED = ReadOnce(Path("/nowhere"))


class OnADay(Workbook):
    """A workbook opened on a certain day, with its places under a folder."""

    def __init__(self, home: Path, day: date) -> None:
        self._home = home
        self._day = day

    @cached_property
    def places(self) -> Places:
        """Where things are."""
        return Places(self._home / "journal", self._home / "state", self._home / "config.toml")

    @cached_property
    def catalog(self) -> Catalog:
        """The shipped exercises."""
        return _SHIPPED

    @property
    def today(self) -> date:
        """The day on which the workbook was opened."""
        return self._day


BACKUP = "backup"  # what an offer is called here that is of no exercise


def live(life: Life, home: Path, days: int = DAYS) -> Iterator[Offered]:
    """Live the days and yield what Today offers on each, seen in the morning; what is taken is done that evening."""
    own = catalogue(home / "own", f"=== coming\n{COMING}")
    behaviours = [{"name": life.name, "aim": life.aim, "family": life.family}]
    _write(home, CATALOG.find("start"), {"behaviours": behaviours}, BEGAN, life)
    for day in range(days):
        when = BEGAN + timedelta(days=day)
        workbook = OnADay(home, when.date())
        offer = next_suggestion(workbook)
        left = [] if offer else [other.exercise for other in list_suggestions(workbook)]
        yield Offered(day, offer.exercise or BACKUP, offer.say) if offer else Offered(day, "", "", left)
        written = [*life.days.get(day, ())]
        if offer and life.takes and offer.exercise:
            written.append((offer.exercise, life.answers.get(offer.exercise, {})))
        elif offer and life.takes:
            workbook.last_backup.note(when.date())
        for exercise, answers in written:
            _write(home, _find(own, exercise), _on(answers, when), when + timedelta(hours=10), life)


def _find(own: Catalog, name: str) -> Exercise:
    return own.get(name) or CATALOG.find(name)


def _on(answers: dict[str, Any], when: datetime) -> dict[str, Any]:
    """Return answers with a number of days ahead as the day it means."""
    ahead = answers.get("day")
    if not isinstance(ahead, int):
        return answers
    return {**answers, "day": (when.date() + timedelta(days=ahead)).isoformat()}


def _write(home: Path, exercise: Exercise, answers: dict[str, Any], when: datetime, life: Life) -> None:
    form = Form(exercise.fields, answers, memory(), own_words=False)
    about = life.name if exercise.per_behaviour else None
    entry = fill(exercise, form.filled({}, when), id=new_id(), started=when, about=about)
    Journal(home / "journal").save(entry)


def check_in(mood: int = 6, **more: Any) -> tuple[str, dict[str, Any]]:
    """Return a check-in."""
    return "check-in", {"mood": mood, **more}


def urge(trigger: str, thought: str = "earned-it") -> tuple[str, dict[str, Any]]:
    """Return an urge with what set it off."""
    return "urge-log", {"strength": 6, "tool": "wait", "trigger": trigger, "thought": thought}


ANSWERS: dict[str, dict[str, Any]] = {
    "cost-benefit": {"gives": ["a"], "costs": ["b"], "would-give": ["c"], "would-cost": ["d"], "readiness": "decided"},
    "first-weeks": {"path": "not-now"},
    "triggers": {"mine": ["row"]},
}
ON_THE_PATH = {**ANSWERS, "first-weeks": {"path": "month"}}

STOP_DRINKING = Life(
    "drinking",
    "alcohol",
    "stop",
    {
        **{day: [check_in()] for day in range(1, 60, 2)},
        4: [urge("row")],
        6: [urge("alone-evening")],
        9: [urge("row", "spoilt-it"), urge("offered")],
        15: [("lapse", {"state": "over", "confidence": 4, "before": "row"})],
        **{day: [check_in(mood=2)] for day in range(21, 26)},
        30: [("feelings", {"feeling": ["hopeless", "tired"]})],
        34: [("self-care", {"sleep": 4}), check_in()],
        36: [("self-care", {"sleep": 3})],
        40: [("coming", {"day": 8})],
    },
    ANSWERS,
)
CUT_DOWN_BETTING = Life(
    "betting",
    "gambling",
    "cut-down",
    {
        **{day: [check_in(chosen=day % 3 != 0)] for day in range(2, 60, 4)},
        3: [urge("payday")],
        5: [urge("anger")],
        8: [urge("boredom")],
        18: [("lapse", {"state": "goes-on", "confidence": 2})],
        27: [check_in(chosen=False), ("coming", {"day": 4})],
        28: [check_in(chosen=False)],
        33: [("feelings", {"feeling": ["lonely", "ashamed"]})],
        44: [urge("money-worries"), urge("friends-doing-it")],
        45: [urge("offered")],
    },
    ANSWERS,
)
FIND_OUT_ABOUT_SCREENS = Life(
    "the phone at night",
    "screens",
    "find-out",
    {3: [("taking-stock", {"noticed": ["two hours a night"], "from-here": "watch"})]},
    ANSWERS,
)
LIVES = (STOP_DRINKING, CUT_DOWN_BETTING, FIND_OUT_ABOUT_SCREENS)
HURTING = STOP_DRINKING._replace(name="hurting myself", family="self-harm")
EATING_LITTLE = CUT_DOWN_BETTING._replace(name="eating", family="eating-restrict", aim="get-help")
BINGES = CUT_DOWN_BETTING._replace(name="binges", family="eating")


def variants(life: Life) -> dict[str, Life]:
    """Return a life lived in three ways: taking every suggestion, the path too, and none."""
    return {
        "takes everything": life,
        "takes everything, the path too": life._replace(answers=ON_THE_PATH),
        "takes nothing": life._replace(takes=False),
    }


def _table(title: str, offered: list[Offered]) -> str:
    """Return the days as a Markdown table; days on which the same was offered stand in one row."""
    rows = ["", f"### {title}", "", "| day | offered | why |", "| --- | --- | --- |"]
    first = 0
    for place, each in enumerate(offered):
        following = offered[place + 1] if place + 1 < len(offered) else None
        if following and (following.exercise, following.say) == (each.exercise, each.say):
            continue
        days = str(offered[first].day) if first == place else f"{offered[first].day} to {each.day}"
        rows.append(f"| {days} | {each.exercise or '-'} | {each.say} |")
        first = place + 1
    return "\n".join(rows)


if __name__ == "__main__":
    import tempfile

    for life in LIVES:
        for way, lived in variants(life).items():
            with tempfile.TemporaryDirectory() as folder:
                print(_table(f"{life.name} ({life.aim}), {way}", [*live(lived, Path(folder))]))
