"""Every key that the table of a screen declares is pressed on a pseudo-terminal, and does what the table says.

A new screen is one line in `scenes.SCENES`, and one in `DOES` for each key whose effect is more than a change.
"""

import json
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from prompt_toolkit.input.ansi_escape_sequences import REVERSE_ANSI_SEQUENCES
from prompt_toolkit.keys import KEY_ALIASES, Keys

from tests.terminal.driver import Terminal
from tests.terminal.scenes import SCENES

pytestmark = pytest.mark.skipif(os.name != "posix", reason="pseudo-terminals are a POSIX matter")

ROOT = Path(__file__).parents[2]
ENTER, CTRL_C = "\r", "\x03"
NO_KEYS = {"<sigint>", "<ignore>"}  # prompt_toolkit's names for what comes as no key of its own
OF_SHELL = {"c-z"}  # suspends, as in every program: whoever presses it knows; tests/terminal/test_input_signals.py does
HIDES = {"c-q"}  # and ends the program; tests/terminal/test_hiding.py presses it
# The first begins the scene anew, and is pressed after every key.
EVERYWHERE = {"c-c"} | HIDES | OF_SHELL | NO_KEYS

_LEFT = "'left'"  # how a scene ended that was left
# What a key brings onto the screen, where it is more than a change; what a screen ended with stands in the next title.
DOES: dict[str, dict[str, str]] = {
    "scale": {"7": "[7]", "0": "[0]", "right": "[5]", "home": "[0]", "end": "[10]", "enter": "Press a number", "escape": "'back'"},
    "scale, careful": {"enter": "Press a number", "space": "Press a number", "n": "None", "escape": "'back'"},
    "choose": {"2": "› 2 A cup", "enter": "'walk'", "space": "'walk'", "down": "› 2 A cup", "end": "› 3 Sleep", "w": "ASIDE", "u": "LOCKED", "s": "SUPPORT", "f1": "SUPPORT"},
    "choose, optional": {"2": "› 2 A cup", "enter": "None", "space": "None", "down": "› 1 A walk"},
    "choose, careful": {"enter": "Press the number", "space": "Press the number", "2": "› 2 A cup", "4": "› 4 I would", "end": "› 4 I would"},
    "choose, own": {"4": "› 4 In my own words", "2": "› 2 A cup"},
    "choose_some": {"2": "› 2 [x]", "space": "› 1 [x]", "enter": "Press Space"},
    "rank": {"2": "›  2. A cup", "space": "↕", "enter": "['walk', 'tea', 'sleep']"},
    "yes_no": {"y": "› y Yes", "n": "› n No", "enter": "True", "escape": "'back'"},
    "practice, waiting": {"enter": "Sit.", "n": "None", "escape": "'back'"},
    "practice": {"n": "Stand.", "+": "How strong? 8", "-": "How strong? 6", "up": "How strong? 8", "enter": "'finished': False", "escape": "'back'"},
    "above": {"up": "line 140", "pageup": "line 140", "2": "› 2 A cup"},
    "reader": {"enter": "line 70", "space": "line 70", "down": "line 57", "escape": "None", "q": "None", "s": "SUPPORT"},
    "today": {"2": "› 2 ", "s": "SUPPORT", "escape": _LEFT},
    "review page": {"enter": "None", "2": "› 2 ", "s": "SUPPORT"},
}  # fmt: skip

# Keys that change nothing on a fresh screen: they go where it is already.
STILL: dict[str, set[str]] = {
    "choose": {"up", "k", "home", "pageup", "1"},
    "choose, optional": {"up", "k", "home", "pageup"},
    "choose, own": {"up", "k", "home", "pageup", "1"},
    "choose_some": {"up", "k", "home", "pageup"},
    "rank": {"up", "k", "home", "pageup", "1"},
    "yes_no": {"up", "k", "home", "pageup", "1", "y", "Y"},
    "above": {"home", "1", "pagedown"},
    "today": {"up", "k", "home", "pageup", "1"},
    "review page": {"up", "k", "home", "pageup", "1"},
    "reader": {"up", "pageup", "home", "g", "b"},
}


class Row(NamedTuple):
    """A row of a table, as the child tells it."""

    number: int
    keys: list[str]
    said: str
    help: str


class Stage:
    """A scene on a pseudo-terminal."""

    def __init__(self, name: str, folder: Path, columns: int = 100, rows: int = 60, **environment: str) -> None:
        self._folder = folder
        (folder / "pressed").touch()
        self.terminal = Terminal(
            name, str(folder), home=folder, here=ROOT, module="tests.terminal.scenes", columns=columns, rows=rows, **environment
        )  # fmt: skip
        self.terminal.wait(lambda: bool(self._told()), "told its table")

    def _told(self) -> dict[str, Any]:
        path = self._folder / "table.json"
        return dict(json.loads(path.read_text())) if path.exists() else {}

    def table(self) -> list[Row]:
        """Return what the scene says its keys are now."""
        return [Row(*row) for row in self._told()["rows"]]

    def pressed(self) -> list[int]:
        """Return the rows that were pressed."""
        return [*map(int, (self._folder / "pressed").read_text().split())]

    def press(self, key: str) -> list[int]:
        """Press a key, and return the rows that it pressed."""
        before = self.pressed()
        self.terminal.type(bytes_of(key))
        self.terminal.wait(lambda: self.pressed() != before, f"pressed: {key}")
        return self.pressed()[len(before) :]

    def tap(self, words: str, *, button: int = 0) -> None:
        """Tap in the middle of words on the screen, or turn the wheel there: button 64 is up, 65 down."""
        lines = self.terminal.see(words).split("\n")
        row = next(number for number, line in enumerate(lines, 1) if words in line)
        column = lines[row - 1].index(words) + 1 + len(words) // 2
        self.terminal.type(f"\x1b[<{button};{column};{row}M")
        if button == 0:
            self.terminal.type(f"\x1b[<0;{column};{row}m")

    def see_other(self, screen: str, key: str) -> None:
        """Wait until the screen is another than it was before a key, and whole: the last line has the keys."""

        def is_other() -> bool:
            now = self.terminal.screen()
            return now != screen and now.count("\n") == screen.count("\n")

        self.terminal.wait(is_other, f"changed by {key}")

    def see_sentence(self, sentence: str) -> None:
        """Wait for a sentence, in as many lines as it takes."""
        self.terminal.wait(lambda: words_of(sentence) in words_of(self.terminal.screen()), sentence)

    @property
    def scene(self) -> int:
        """How often the scene has begun."""
        return int(self._told()["scene"])

    def see_next(self, scene: int) -> None:
        """Wait until the scene that was begun so often was left, and has begun again."""
        self.terminal.wait(lambda: self.scene > scene and self._told()["before"] == "left", "told its table again")
        self.terminal.see(f"Scene {self.scene}:")

    def again(self) -> None:
        """Begin the scene anew, whether it has ended or not."""
        scene = self.scene
        self.terminal.type(CTRL_C)
        self.see_next(scene)


@pytest.fixture(params=SCENES)
def stage(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[str, Stage]]:
    stage = Stage(request.param, tmp_path)
    yield request.param, stage
    stage.terminal.child.close(force=True)


def bytes_of(key: str) -> str:
    """Return what a terminal sends for a key, or for a sequence of them."""

    def sent(part: str) -> str:
        if part in ("space", Keys.Any):
            return " " if part == "space" else "Z"
        if len(part) == 1:
            return part
        return {"backspace": "\x7f"}.get(part) or REVERSE_ANSI_SEQUENCES[Keys(KEY_ALIASES.get(part, part))]

    return "".join(map(sent, key.split()))


def words_of(screen: str) -> str:
    return re.sub(r"[\s•*-]+", " ", screen)


def test_every_key_of_the_table_does_what_it_says(stage: tuple[str, Stage]) -> None:
    name, shown = stage
    of_key = {key: row.number for row in shown.table() for key in row.keys}  # of two rows the later one
    assert {*DOES[name]} <= {*of_key}
    for key in of_key.keys() - EVERYWHERE:
        before, scene = shown.terminal.screen(), shown.scene
        assert shown.press(key) == [of_key[key]], f"{key} is another row's"
        if DOES[name].get(key) == _LEFT:  # what stands in the title already
            shown.see_next(scene)
        elif words := DOES[name].get(key):
            shown.terminal.see(words)
        elif key not in STILL.get(name, ()):
            shown.see_other(before, key)
        shown.again()


def test_the_line_at_the_bottom_and_the_help_name_every_key(stage: tuple[str, Stage]) -> None:
    _, shown = stage
    table = shown.table()
    names = [words_of(row.said) for row in table if row.said]
    shown.terminal.wait(lambda: all(map(words_of(shown.terminal.screen()).__contains__, names)), "names every key")
    told = [row for row in table if not {*row.keys} <= OF_SHELL | NO_KEYS]
    assert not [row.keys for row in told if not row.help], "no sentence tells what it does"
    shown.press("?")
    for row in told:
        shown.see_sentence(row.help)
    shown.terminal.type(ENTER)
    shown.terminal.see("Scene 1:")


@pytest.fixture
def tapped(tmp_path: Path) -> Iterator[Callable[[str], Stage]]:
    stages: list[Stage] = []

    def show(name: str) -> Stage:
        (tmp_path / name).mkdir()
        stages.append(Stage(name, tmp_path / name, TAPS="1"))
        return stages[-1]

    yield show
    for stage in stages:
        stage.terminal.child.close(force=True)


@pytest.mark.parametrize(
    ("name", "taps"),
    [
        ("choose", [("cup of tea", "› 2 A cup"), ("cup of tea", "'tea'")]),
        ("choose", [("A walk", "'walk'")]),  # which is lit to begin with
        ("choose, careful", [("A walk", "› 1 A walk"), ("A walk", "'walk'")]),
        ("choose, optional", [("cup of tea", "› 2 A cup"), ("Skip", "›   Skip"), ("Skip", "None")]),
        ("choose_some", [("cup of tea", "› 2 [x]"), ("Sleep", "› 3 [x]"), ("enter done", "['tea', 'sleep']")]),
        ("rank", [("cup of tea", "›  2."), ("cup of tea", "↕"), ("A walk", "›  1. A cup"), ("enter", "['tea', 'walk', 'sleep']")]),
        ("scale", [(" 7 ", "[7]"), ("→", "[8]"), ("←", "[7]"), ("[7]", "7")]),
        ("yes_no", [("No", "› n No"), ("No", "False")]),
        ("choose", [("esc back", "'back'")]),
        ("choose", [("s support", "SUPPORT")]),
        ("choose", [("? keys", "Show this list")]),
        ("practice, waiting", [("enter begin", "Sit."), ("any key", "'finished': False")]),
    ],
)  # fmt: skip
def test_a_tap_lights_and_a_second_one_takes(
    tapped: Callable[[str], Stage], name: str, taps: list[tuple[str, str]]
) -> None:
    stage = tapped(name)
    for words, seen in taps:
        stage.tap(words)
        stage.terminal.see(seen)


def test_the_wheel_or_a_finger_scrolls(tapped: Callable[[str], Stage]) -> None:
    stage = tapped("above")
    for words, button in [("line 199", 64), ("line 198", 65)]:
        before = stage.terminal.screen()
        stage.tap(words, button=button)
        stage.see_other(before, str(button))


def test_without_taps_the_terminal_keeps_the_mouse_to_select_with(tmp_path: Path) -> None:
    stage = Stage("choose", tmp_path)
    assert b"\x1b[?1000h" not in stage.terminal.raw
    stage.terminal.child.close(force=True)
