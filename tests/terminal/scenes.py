"""One screen of each kind, run in a child: it tells the test its table of keys, and which of them were pressed.

`python -m tests.terminal.scenes NAME FOLDER` shows a screen over and over, as "Scene 1", "Scene 2", ...; the next says in
its title what the last ended with. In FOLDER, `table.json` is the table as it was drawn last, and `pressed` has a line
for every key that was pressed: the number of its row. With TAPS set, taps are taken.
"""

import json
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from prompt_toolkit.application import Application
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent

from smartcli.asking import Back, Exercising, Option, Question, Rating
from smartcli.blocks import Words
from smartcli.journal.drafts import Drafts
from smartcli.prompts import screen_frame
from smartcli.prompts.screen import Screen
from smartcli.prompts.screen_frame import Frame
from smartcli.prompts.screen_keys import Key, bindings_of, working
from smartcli.renderers.terminal import draw
from tests.support.asking import session
from tests.support.made import CATALOG

OPTIONS = [Option("walk", "A walk"), Option("tea", "A cup of tea"), Option("sleep", "Sleep")]
LONG = [Words("\n".join(f"line {number}" for number in range(1, 200)))]

Scene = Callable[[Screen, Question], Any]


class _Titled:
    """A screen on which every choice has the title of its scene."""

    live = True

    def __init__(self, screen: Screen, heading: str) -> None:
        self._screen = screen
        self._heading = heading
        self.was_left = False

    def open(self, heading: str, questions: int) -> None:
        """Do nothing: the screen is open."""

    def close(self) -> None:
        """Do nothing: the screen stays."""

    def choose(self, question: Question, options: Sequence[Option]) -> str | None:
        """Ask for one option."""
        try:
            return self._screen.choose(question.with_(heading=self._heading), options)
        except KeyboardInterrupt:
            self.was_left = True
            raise

    def text(self, question: Question) -> str | None:
        """Ask for a text."""
        return self._screen.text(question)


def _today(screen: Screen, question: Question) -> str | None:
    from smartcli.workbook.today import gather_today
    from smartcli.workbook.today_menu import _choose_item

    today = gather_today()
    asker = _Titled(screen, question.heading)
    today.workbook.asker = asker  # type: ignore[assignment]
    chosen = _choose_item(today, "")
    if asker.was_left:
        raise KeyboardInterrupt
    return chosen.id if chosen else None


def _review_page(screen: Screen, question: Question) -> None:
    made = session(CATALOG.find("check-in"), _Titled(screen, question.heading), Drafts(Path(sys.argv[2]) / "drafts"))
    made.draft.answers.update({"mood": 5, "urges": False})
    try:
        made._last_look()
    finally:
        made.draft.close()


SCENES: dict[str, Scene] = {
    "scale": lambda screen, question: screen.scale(question, 0, 10, ("low", "high")),
    "scale, careful": lambda screen, question: screen.scale(
        question.with_(optional=True, careful=True), 0, 10, ("low", "high")
    ),
    "choose": lambda screen, question: screen.choose(question, OPTIONS),
    "choose, optional": lambda screen, question: screen.choose(question.with_(optional=True), OPTIONS),
    "choose, careful": lambda screen, question: screen.choose(question.with_(careful=True, optional=True), OPTIONS),
    "choose, own": lambda screen, question: screen.choose(question, OPTIONS, own=True),
    "choose_some": lambda screen, question: screen.choose_some(question, OPTIONS),
    "rank": lambda screen, question: screen.rank(question, OPTIONS),
    "yes_no": lambda screen, question: screen.yes_no(question),
    "practice, waiting": lambda screen, question: screen.practise(
        question.with_(optional=True), Exercising([("Sit.", 60), ("Stand.", 60)], waits=True)
    ),
    "practice": lambda screen, question: screen.practise(
        question, Exercising([("Sit.", 60), ("Stand.", 60)], rating=Rating("How strong?", 0, 10, 7))
    ),
    "above": lambda screen, question: screen.choose(question.with_(above=LONG), OPTIONS),
    "today": _today,
    "review page": _review_page,
    "reader": lambda screen, question: screen.tell(question.heading, LONG),
}


class _Told:
    """What the test is told, in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._table: Sequence[Key] = ()
        self.scene = 0
        self.before: object = ""  # what the scene before ended with

    def bindings(self, table: Sequence[Key]) -> KeyBindings:
        """Return the bindings of a table, whose rows tell when they are pressed."""
        self._table = table
        rows = [replace(row, does=partial(self._press, number, row)) for number, row in enumerate(table)]
        return bindings_of(rows)

    def _press(self, number: int, row: Key, event: KeyPressEvent) -> None:
        row.does(event)
        with (self._folder / "pressed").open("a") as pressed:
            pressed.write(f"{number}\n")

    def tell_table(self, application: Application[Any]) -> None:
        """Tell the table as it is now, once it is known what is out of sight."""
        if application.render_counter < 2:
            return
        now = working(self._table)
        rows = [[number, row.keys, row.said(), row.help()] for number, row in enumerate(self._table) if row in now]
        new = self._folder / "new.json"
        new.write_text(json.dumps({"scene": self.scene, "before": self.before, "rows": rows}))
        new.replace(self._folder / "table.json")


def main(name: str, folder: str) -> None:
    """Show a scene over and over."""
    told = _Told(Path(folder))
    screen_frame.bindings_of = told.bindings  # type: ignore[assignment]
    run = Frame._run

    def run_and_tell(frame: Frame, application: Application[Any]) -> Any:
        application.after_render += told.tell_table
        return run(frame, application)

    Frame._run = run_and_tell  # type: ignore[method-assign]
    screen = Screen(draw, lambda: [Words("SUPPORT")], taps=bool(os.environ.get("TAPS")))
    screen.open("Scenes", 1)
    while True:
        told.scene += 1
        question = Question(
            ask="What?",
            heading=f"Scene {told.scene}: {told.before!r}",
            aside=[Words("ASIDE")],
            locked_words=lambda: [Words("LOCKED")],
        )
        try:
            told.before = SCENES[name](screen, question)
        except Back:
            told.before = "back"
        except KeyboardInterrupt:
            told.before = "left"


if __name__ == "__main__":
    main(*sys.argv[1:])
