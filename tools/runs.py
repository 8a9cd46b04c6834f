"""Runs of the real program whose screens are drawn: a home is filled, keys are typed, and the lines are taken."""

import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby
from pathlib import Path
from typing import Any

import pyte
from rich.style import Style
from rich.text import Text

from smartcli.moments import Moment, recall
from tests.support.made import record
from tests.terminal.driver import Terminal

# pyte does not know dim. Nothing here blinks, so that blinking can stand for it.
pyte.graphics.TEXT[2] = "+blink"

Wanted = Callable[[list[Text]], bool]
"""Says whether the lines on a screen are those of the picture that is wanted."""

Picture = Callable[[Path, Wanted], list[Text]]
"""Draws in a home of its own; returns the lines that then stand on the screen."""

Fill = Callable[[Path], None]
"""Gives a home some entries."""


def _colour(name: str) -> str | None:
    """Return a colour in rich's words; pyte has names for 16 and six digits for the others."""
    if re.fullmatch("[0-9a-f]{6}", name):
        return f"#{name}"
    return {"default": None, "brightblack": "bright_black", "brown": "yellow"}.get(name, name)


def _look(cell: Any) -> tuple[str, bool, bool, bool]:
    """Return the colour of a cell, and whether it is bold, dim or reversed."""
    return cell.fg, cell.bold, cell.blink, cell.reverse


def screen(terminal: Terminal) -> list[Text]:
    """Return what stands on a terminal now, with its styles."""
    shown: pyte.Screen = terminal._screen
    lines = []
    for row in range(shown.lines):
        line = Text()
        cells = [shown.buffer[row][column] for column in range(shown.columns)]
        for (fg, bold, dim, reverse), run in groupby(cells, key=_look):
            style = Style(color=_colour(fg), bold=bold or None, dim=dim or None, reverse=reverse or None)
            line.append("".join(cell.data for cell in run), style)
        line.rstrip()
        lines.append(line)
    while lines and not lines[-1].plain.strip():
        lines.pop()
    return lines


def urge(home: Path, wanted: Wanted) -> list[Text]:
    """An urge, half-way: the person's own words, and what has helped before."""
    record(home, "start", {"behaviours": [{"name": "drinking", "aim": "cut-down", "family": "alcohol"}],
                           "reason": "Mornings with the kids, awake."})  # fmt: skip
    for tool, after in [
        ("Walk to the river", 3),
        ("Walk to the river", 4),
        ("breathe", 5),
        ("Walk to the river", 7),
        ("wait", 4),
    ]:
        record(home, "urge-log", {"strength": 7, "tool": tool, "after": after})
    terminal = Terminal("urge", home=home, columns=52, rows=24)
    terminal.see("How strong is the urge")
    terminal.type("7", "\r")
    return _seen(terminal, "What would you like to do now?", wanted=wanted)


def insights(columns: int, lines: int) -> Picture:
    """What a made year of entries shows, its first lines."""

    def made(home: Path, _: Wanted) -> list[Text]:
        from tests.support.year import write

        write(home / "journal")
        terminal = Terminal("insights", "--until", "2024-12-31", home=home, columns=columns, rows=400)
        terminal.end()
        return screen(terminal)[:lines]

    return made


SAME_FOR = 5.0  # seconds without a change, after which a screen is taken to be whole

AT = "2024-11-22T19:00:00+00:00"


def a_week(home: Path) -> None:
    """Keep what somebody might have written in a week, the last of it this morning."""
    behaviours = [{"name": "drinking", "aim": "cut-down", "family": "alcohol"}]
    record(home, "start", {"behaviours": behaviours}, recall("2024-11-01T10:00+00:00"))
    days = [
        (16, 5, True, "Slept till eight"),
        (18, 6, False, "Walked home the long way"),
        (20, 4, True, "Rang Sam"),
        (21, 7, True, "Soup with the neighbours"),
        (22, 7, False, "Up before the alarm"),
    ]
    for day, mood, urges, good in days:
        morning, evening = (recall(f"2024-11-{day}T{clock}+00:00") for clock in ("08:10", "21:40"))
        record(home, "check-in", {"mood": mood, "urges": urges, "good": good}, morning, "drinking")
        if urges:
            after = {"strength": mood + 2, "tool": "Walk to the river", "after": mood - 3}
            record(home, "urge-log", after, evening, "drinking")
    goal = {"goal": "Running again", "sign": "Once round the park", "size": "fits",
            "steps": [{"step": "Ring the club", "due": "2024-11-21"}]}  # fmt: skip
    record(home, "goals", goal, recall("2024-11-18T18:00+00:00"), "drinking")
    _cost_benefit(home, 17, ["switches my head off", "company on a Friday"], {"mornings with the kids": "short"}, [])
    _cost_benefit(home, 21, ["company on a Friday"], {"mornings with the kids": "long", "thirty pounds a week": "short"},
                  ["my running back"])  # fmt: skip


def _cost_benefit(home: Path, day: int, gives: list[str], costs: dict[str, str], more: list[str]) -> None:
    marked = {
        "gives": dict.fromkeys(gives, "short"),
        "costs": costs,
        "would-give": dict.fromkeys(["being someone they can ring", *more], "long"),
        "would-cost": {"the first Fridays": "short"},
    }
    lists = {name: [{"text": text, "marks": [mark]} for text, mark in of.items()] for name, of in marked.items()}
    answers = {"readiness": "decided", "reasons": ["Mornings with the kids, awake."], **lists}
    record(home, "cost-benefit", answers, recall(f"2024-11-{day}T15:00+00:00"), "drinking")


def today(home: Path, wanted: Wanted, columns: int, fill: Fill = a_week) -> list[Text]:
    """Today, on an evening after a week."""
    fill(home)
    terminal = Terminal(home=home, columns=columns, rows=26, at=AT, TZ="UTC")
    return _seen(terminal, "What now?", "Leave", wanted=wanted)


Life = list[tuple[int, str, dict[str, Any]]]
"""What somebody keeps: the day, counted from the first, the exercise and the answers."""

_LIFE: Life = [
    (1, "start", {"behaviours": [{"name": "drinking", "aim": "cut-down", "family": "alcohol"}],
                  "reason": "Mornings with the kids, awake."}),
    (1, "check-in", {"mood": 4, "urges": True, "next": "call the dentist"}),
    (3, "urge-log", {"strength": 7, "tool": "wait", "after": 4, "trigger": "alone-evening"}),
    (4, "check-in", {"mood": 5, "urges": True, "good": "Slept till eight"}),
    (5, "if-then", {"situations": ["alone-evening"], "plans": [{"situation": "alone-evening", "response": "walk",
                    "link": "If I'm alone after work, then I'll walk to the river first"}]}),
    (7, "urge-log", {"strength": 6, "tool": "Walk to the river", "after": 2, "trigger": "alone-evening"}),
    (7, "check-in", {"mood": 6, "urges": True, "next": "put the glasses in the cellar"}),
    (8, "check-in", {"mood": 6, "urges": False, "good": "Soup with the neighbours"}),
    (20, "lapse", {"state": "over", "confidence": 6, "step": "tell Sam"}),
    (21, "goals", {"goal": "Running again", "sign": "Once round the park", "size": "fits",
                   "steps": [{"step": "Call the club", "due": "2024-11-21"}]}),
    (27, "check-in", {"mood": 5, "urges": False}),
    (29, "check-in", {"mood": 7, "urges": False, "next": "text Ali about Sunday"}),
    (435, "check-in", {"mood": 8, "urges": False, "good": "Swam out to the buoy and back with Ali"}),
    (796, "check-in", {"mood": 7, "urges": False, "good": "Up before the alarm"}),
    (799, "check-in", {"mood": 7, "urges": False, "next": "book the ferry"}),
    (800, "check-in", {"mood": 8, "urges": False, "good": "Rain, and no hurry"}),
]  # fmt: skip


def on_day(home: Path, wanted: Wanted, columns: int, day: int) -> list[Text]:
    """Today on a small screen, on the evening of a day: the first is that on which somebody comes for the first time."""
    evening = recall(AT).at
    for number, exercise, answers in _LIFE if day > 1 else ():
        if number <= day:
            when = Moment(evening - timedelta(days=day - number, hours=1))
            about = None if exercise in ("start", "check-in") else "drinking"
            record(home, exercise, answers, when, about)
    terminal = Terminal(home=home, columns=columns, rows=24, at=AT, TZ="UTC")
    return _seen(terminal, "What now?", "I have an urge", wanted=wanted)


def review(home: Path, wanted: Wanted, columns: int, fill: Fill = a_week) -> list[Text]:
    """Looking back over that week."""
    fill(home)
    terminal = Terminal("review", home=home, columns=columns, rows=26, at=AT, TZ="UTC")
    return _seen(terminal, "enter open", "08:10", wanted=wanted)


def compare(home: Path, _: Wanted, columns: int, fill: Fill = a_week) -> list[Text]:
    """Two copies of a worksheet, side by side."""
    fill(home)
    terminal = Terminal("compare", "cost-benefit", home=home, columns=columns, rows=100, at=AT, TZ="UTC")
    terminal.end()
    return screen(terminal)


def _seen(terminal: Terminal, *words: str, wanted: Wanted) -> list[Text]:
    """Return what stands on a terminal once these words do, and end the program.

    A page can be drawn in two goes: the screen is taken when it is what is wanted, or has long been the same.
    """
    terminal.see(*words)
    lines, since = screen(terminal), time.monotonic()
    while not wanted(lines) and time.monotonic() - since < SAME_FOR:
        terminal.pump()
        if (now := screen(terminal)) != lines:
            lines, since = now, time.monotonic()
    terminal.type("\x03")
    terminal.end()
    return lines


@dataclass(frozen=True)
class Typed:
    """A run in which keys are typed, until certain words stand on the screen.

    `command`: what stands after "smartcli". `keys`: words that are waited for, and what is then typed. `shows`: words
    of the screen that is drawn. `theme`: the setting of that name.
    """

    command: tuple[str, ...]
    keys: Sequence[tuple[str, ...]]
    shows: tuple[str, ...]
    fill: Fill | None = None
    theme: str = "auto"

    def __call__(self, home: Path, wanted: Wanted, columns: int) -> list[Text]:
        """Return the lines of the screen at so many columns."""
        (self.fill or a_week)(home)
        (home / "config.toml").write_text(f'theme = "{self.theme}"\n', encoding="utf-8")
        terminal = Terminal(*self.command, home=home, columns=columns, rows=24, at=AT, TZ="UTC")
        for words, *keys in self.keys:
            terminal.see(words)
            terminal.type(*keys)
        return _seen(terminal, *self.shows, wanted=wanted)


def only_begun(home: Path) -> None:
    """Keep what somebody says at the very beginning."""
    behaviours = [{"name": "drinking", "aim": "cut-down", "family": "alcohol"}]
    answers = {"behaviours": behaviours, "reason": "Mornings with the kids, awake."}
    record(home, "start", answers, recall("2024-11-22T10:00+00:00"))


def a_worksheet(home: Path) -> None:
    """Keep one worksheet and nothing else, so that it is the last whatever the clock says."""
    costs = {"mornings with the kids": "short", "thirty pounds a week": "short"}
    _cost_benefit(home, 21, ["company on a Friday", "switches my head off"], costs, ["my running back"])


def a_year(home: Path) -> None:
    """Keep a made year."""
    from tests.support.year import write

    write(home / "journal")


ESC, ENTER = "\x1b", "\r"
_TO_THE_LISTS = (("enter go on", ENTER), ("Where are you today", "1", ENTER))
_TO_SAVE = (
    ("How are you", "7", ENTER),
    ("any urges", "n", ENTER),
    ("Is today going", "y", ENTER),
    ("How many hours", "7.5", ENTER),
    ("What has helped", "Up before the alarm", ENTER),
    ("one small step", "call the dentist", ENTER),
    ("anything else", ENTER),
)

SCALE = Typed(("checkin",), [("How are you", "7")], ("[7]",))
YES_NO = Typed(("checkin",), [("How are you", "7", ENTER), ("any urges", "n")], ("› n No",))
CHOICE = Typed(
    ("do", "cost-benefit"),
    [("enter go on", ENTER), ("Where are you today", "3", ENTER), ("Skip this question", "2")],
    ("› 2 Three",),
    only_begun,
)
MARK = Typed(
    ("do", "cost-benefit"),
    [
        *_TO_THE_LISTS,
        ("give you?", "a break", ENTER),
        ("Which fits best", "1", ENTER),
        ("enter done", "Fridays", ENTER),
        ("Which fits best", "2"),
    ],
    ("› 2 long-term",),
    only_begun,
)
TEXT = Typed(
    ("do", "letter"),
    [
        ("When might", "Friday at six", ENTER),
        ("What do you want to tell", "You know this street.", ENTER),
        ("esc done", "Go left, and call Dee.", ESC),
    ],
    ("d done",),
)
CHECK = Typed(("checkin",), _TO_SAVE, ("Save it",), only_begun)
EDIT = Typed(("edit", "last"), (), ("Change one answer", "enter"), a_worksheet)
SEARCH = Typed(("review",), [("enter open", "/"), ("Search:", "walk")], ("Search: walk", "1 of 4"))
ENTRY = Typed(("review",), [("enter open", "/"), ("Search:", "walk"), ("1 of 4", ENTER)], ("choose what to do",))
READER = Typed(("insights", "--until", "2024-12-31"), (), ("enter read on",), a_year)
SUPPORT = Typed(("checkin",), [("How are you", "s")], ("esc leave",))
KEYS = Typed(("checkin",), [("How are you", "?")], ("Show this list", "enter back"))
PLAIN = Typed(("--plain", "checkin"), [("very good", "7", ENTER), ("2 of", "?", ENTER)], ("skip leaves",), only_begun)
