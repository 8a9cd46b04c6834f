"""Today on small screens with all there can be on it: the way to help in an urge is always in sight."""

from datetime import timedelta
from pathlib import Path

import pytest

from smartcli.journal.drafts import Drafts
from smartcli.moments import Moment, day_of, now
from tests.support.made import CATALOG, record
from tests.terminal.driver import Terminal

LONG = "call the dentist about the tooth that has hurt since Sunday and ask for a morning, and take the bus there"


def home_with_everything(home: Path) -> None:
    """Give a home a step, a plan for this hour, a good line of a year ago, drafts, and questions for afterwards."""

    def ago(days: int) -> Moment:
        return Moment(now() - timedelta(days=days))

    behaviours = [{"name": "drinking", "aim": "cut-down", "family": "alcohol"}]
    record(home, "start", {"behaviours": behaviours, "reason": LONG}, ago(400))
    record(home, "check-in", {"mood": 8, "good": LONG}, ago(365))
    record(home, "urge-log", {"strength": 7, "tool": "wait", "trigger": "alone-evening"}, ago(3), "drinking")
    plans = [{"situation": "alone-evening", "response": "walk", "link": LONG}]
    record(home, "if-then", {"situations": ["alone-evening"], "plans": plans}, ago(20), "drinking")
    record(home, "check-in", {"mood": 5, "next": LONG}, ago(1))
    due = (day_of(now()) - timedelta(days=2)).isoformat()
    goal = {"goal": "Running", "sign": "Once round", "size": "fits", "steps": [{"step": "Ring", "due": due}]}
    record(home, "goals", goal, ago(9))
    drafts = Drafts(home / "state" / "drafts")
    for name, answers in {"values": {"own-words": ["her"]}, "cost-benefit": {}, "urge-log": {"strength": 8}}.items():
        exercise = CATALOG.find(name)
        at = now() - timedelta(hours=20)
        draft = drafts.start(exercise=name, title=exercise.title, definition=exercise.table, started=at)
        draft.answers.update(answers)
        draft.moments.update(dict.fromkeys(answers, at))
        draft.write()
        draft.close()


@pytest.mark.parametrize(("columns", "rows"), [(40, 24), (40, 12), (80, 24)])
def test_i_have_an_urge_is_in_sight_on_every_screen(tmp_path: Path, columns: int, rows: int) -> None:
    home_with_everything(tmp_path)
    terminal = Terminal(home=tmp_path, columns=columns, rows=rows)
    shown = terminal.see("What now?", "I have an urge", "s support")
    assert "pgup" not in shown  # nothing of the page is cut off
    if rows == 24:
        assert "You began to note an urge" in shown.replace("\n ", " ")
        assert "You planned this yesterday" in shown.replace("\n ", " ")
    terminal.type("2", "\r")
    terminal.see("How strong is the urge")
    terminal.type("\x03")
    terminal.see("What now?")
    terminal.type("\x03")
    terminal.end()
