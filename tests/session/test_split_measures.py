"""Four questions "how sure are you" are four trends, and a helper is no "what I took from the meeting".

The journal `before-support-split` was written by the release that knew one `support` and one `confidence`.
"""

import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from smartcli.fields.base import Recall
from smartcli.insights.scales import follow_scales
from smartcli.journal.store import Journal
from smartcli.session.memory import Memory
from smartcli.settings import Settings
from tests.conftest import Run
from tests.insights.entries import answer, entry, notes
from tests.support.made import CATALOG, record

JOURNAL = Path(__file__).parent.parent / "journals" / "before-support-split"
HELPERS = {"Priya: keeps my card", "my flatmate, if I tell her", "Sam, any hour"}
OTHERS = {"others find it hard too", "somebody who does not push", "the Tuesday meeting", "Mo knows about Dean"}


@pytest.fixture
def kept(home: Path) -> Path:
    """The home of somebody whose journal is from before."""
    shutil.copytree(JOURNAL, home)
    return home


@pytest.fixture
def memory(kept: Path) -> Memory:
    return Memory(Journal(kept / "journal").entries, Settings(kept / "config.toml"), CATALOG.measure_of)


def words(memory: Memory, measure: str) -> set[str]:
    return {found.words for found in memory.recalled(Recall(measure=measure, limit=20), None, "drinking")}


def test_those_who_help_are_told_apart_from_what_helps_otherwise(memory: Memory) -> None:
    assert words(memory, "support.people") == HELPERS
    assert words(memory, "support.takeaway") == {"others find it hard too"}


def test_the_wide_measure_still_gives_all_of_it(memory: Memory) -> None:
    assert words(memory, "support") == HELPERS | OTHERS


def test_a_part_is_the_newest_answer_to_it_and_to_the_whole(memory: Memory) -> None:
    newest = {
        part: memory.newest_answer(f"confidence{part}", "drinking") for part in (".change", ".plan", ".return", "")
    }
    assert newest == {".change": 5, ".plan": 6, ".return": 2, "": 8}


def test_insights_follow_each_question_by_itself_old_entries_too(kept: Path, run: Run) -> None:
    record(kept, "rulers", {"importance": 9, "confidence": 7}, about="drinking")
    found = json.loads(run("insights", "--json").stdout)
    scales = next(section["rows"] for section in found["sections"] if section["id"] == "scales")
    courses = {row["measure"]: (row["first"], row["now"], row["n"]) for row in scales}
    assert courses["confidence.change"] == (3, 7, 3)
    assert courses["confidence.week"] == (7, 8, 2)
    assert not {"confidence", "confidence.plan", "confidence.return"} & set(courses)


def test_trends_that_share_a_short_name_are_called_by_their_questions() -> None:
    def sure(day: int, measure: str, ask: str) -> dict[str, object]:
        return answer(measure, day, ask=ask, label="Sure")

    days = [date(2026, 11, day) for day in (1, 2)]
    plans = [entry(day, sure(day.day, "confidence.plan", "Of this plan?")) for day in days]
    weeks = [entry(day, sure(day.day, "confidence.week", "Of this week?")) for day in days]
    assert {row.name for row in follow_scales(notes(*plans, *weeks)).rows} == {"Of this plan?", "Of this week?"}
    assert {row.name for row in follow_scales(notes(*plans)).rows} == {"Sure"}


def test_an_old_journal_is_exported_as_it_was_kept(kept: Path, run: Run) -> None:
    exported = json.loads(run("export", "--as", "json", "--output", "-").stdout)
    on_disk = [json.loads(path.read_text()) for path in (kept / "journal" / "entries").rglob("*.json")]
    assert sorted(exported["entries"], key=str) == sorted(on_disk, key=str)


def test_what_was_taken_from_a_meeting_is_in_no_section_for_somebody_else(kept: Path, run: Run) -> None:
    shown = run("share", typed="3\n4\n" + "\n" * 9).output
    assert "Priya" in shown
    assert "others find it hard too" not in shown
