"""Every exercise that ships: its entry opened, every answer looked at and taken as it stands, nothing changed by it."""

import io
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from smartcli.entries.entry import Entry
from smartcli.journal.store import Journal
from smartcli.prompts.plain import Plain
from smartcli.renderers.plain import blocks as as_text
from smartcli.session.runner import Session
from smartcli.workbook.sessions import edit_entry
from smartcli.workbook.workbook import Workbook
from tests.support.asking import Typist, session
from tests.support.made import CATALOG

WHICH = "Which answer would you like to change?"


class Visitor:
    """Somebody at a terminal who takes every answer as it stands: only what comes next on the page is chosen.

    Enter takes it; where it does not, since somebody's safety hangs on the answer, they go back.
    """

    live = True

    def __init__(self, out: io.StringIO) -> None:
        self.out = out
        self.question = 0  # of those that can be changed, the one to look at next
        self.changes = 0
        self.added = False
        self.read_already = 0
        self.left = 500  # lines, of which there is an end

    def read(self, typed: Callable[[str], None], *, goes_on: bool = False) -> str | None:
        shown = self.out.getvalue()[self.read_already :]
        self.read_already = len(self.out.getvalue())
        self.left -= 1
        assert self.left, self.out.getvalue()[-2000:]
        if WHICH in shown:
            rows = sum(line.partition(". ")[0].isdigit() for line in shown.rpartition(WHICH)[2].splitlines())
            self.question += 1
            return str(self.question) if self.question <= rows else "<"
        if "1. Leave it as it is" in shown:
            if not self.added and "Answer what you left out" in shown:
                self.added = True
                return "Answer what you left out"
            self.changes += 1
            return "Change one answer" if self.changes < 20 and "Change one answer" in shown else "Leave it as it is"
        assert "Save the changes?" not in shown, shown
        return "<" if "Enter alone does not answer it" in shown else ""

    def wait(self, seconds: float) -> str | None:
        raise AssertionError("nobody waits through a practice of another day")


def made_by_chance(exercise: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Entry | None:
    """Return an entry of an exercise answered by chance; None when nothing was answered."""
    from smartcli.journal.drafts import Drafts

    asker = Typist(random.Random(3), io.StringIO())
    sitting: Session = session(exercise, asker, Drafts(tmp_path / "drafts"))
    entry = sitting.run()
    return Entry({**entry.body, "draft": None}) if entry.body["fields"] else None


@pytest.mark.parametrize("name", sorted(exercise.id for exercise in CATALOG))
def test_to_look_at_every_answer_changes_nothing(
    name: str, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = made_by_chance(CATALOG.find(name), tmp_path, monkeypatch)
    if entry is None:
        return
    journal = Journal(home / "journal")
    journal.save(entry)
    out = io.StringIO()
    workbook = Workbook()
    workbook.asker = Plain(Visitor(out), as_text, lambda: [], out)
    result = edit_entry(workbook, workbook.journal.find(entry.id))
    assert result.entry is None, out.getvalue()
    assert [one.revision for one in journal.entries()] == [entry.revision]
    assert not workbook.drafts.all()
