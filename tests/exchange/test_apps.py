"""Daylio's backup, Journey and Loop: what each writes, made up."""

import base64
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from smartcli.trouble import Trouble
from tests.exchange.reading import clock, found

MOODS = [{"id": 1, "custom_name": "", "mood_group_id": 1}, {"id": 7, "custom_name": "так себе", "mood_group_id": 3}]
ENTRY = {"id": 3, "datetime": 1793566980000, "timeZoneOffset": 7200000, "mood": 7, "tags": [5, 99], "note": "a<br>b",
         "note_title": "T", "assets": [1]}  # fmt: skip


def daylio(folder: Path, backup: Any) -> Path:
    path = folder / "backup.daylio"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("backup.daylio", base64.b64encode(json.dumps(backup).encode()))
        archive.writestr("assets/photos/x", b"x")
    return path


def test_a_backup_of_daylio_has_moods_as_numbers_in_any_language(tmp_path: Path) -> None:
    backup = {
        "version": 15,
        "customMoods": MOODS,
        "tags": [{"id": 5, "name": "чай"}],
        "dayEntries": [ENTRY, {**ENTRY, "id": 4, "mood": 1, "note": ""}],
    }
    one, two = found(daylio(tmp_path, backup))
    assert (clock(one), str(one.when.at.utcoffset())) == ("2026-11-01 23:03", "2:00:00")
    assert (one.mood, one.text, one.also) == (5, "T\na\nb", ("Mood: так себе", "Activities: чай"))
    assert (two.mood, two.also[0], two.behind) == (9, "Mood: rad", {"photo": 1})
    alone = tmp_path / "taken-out.txt"
    alone.write_bytes(base64.b64encode(json.dumps(backup).encode()))
    assert [entry.identity for entry in found(alone)] == [one.identity, two.identity]


@pytest.mark.parametrize(
    "backup", [[], {}, {"dayEntries": 1}, {"dayEntries": [[], {"datetime": "x"}, {"datetime": 10**30}]}]
)
def test_a_backup_of_another_shape_is_told(tmp_path: Path, backup: Any) -> None:
    path = daylio(tmp_path, backup)
    with pytest.raises((Trouble, AssertionError)):
        found(path)


@pytest.mark.parametrize("part", ["customMoods", "tags"])
@pytest.mark.parametrize("wrong", [None, 1, "x", [1, None], [{"id": []}]])
def test_what_belongs_to_the_entries_may_be_missing_or_odd(tmp_path: Path, part: str, wrong: Any) -> None:
    (one,) = found(daylio(tmp_path, {"dayEntries": [ENTRY], part: wrong}))
    assert one.text == "T\na\nb"


def test_journey_has_a_file_for_each_entry(tmp_path: Path) -> None:
    path = tmp_path / "journey.zip"
    entry = {"id": "a", "text": "<p>One</p><p>two</p>", "type": "html", "date_journal": 1793566980000, "timezone": "Europe/Berlin",
             "tags": ["tea"], "photos": ["a.jpg"], "favourite": True, "mood": 3, "weather": {"description": "Rain"}, "odd": 1}  # fmt: skip
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("1793566980000-a.json", json.dumps(entry, indent=1))
        archive.writestr("1793566980001-b.json", json.dumps({"text": "Two", "date_journal": 1793566980001}))
        archive.writestr("a.jpg", b"x")
    one, two = found(path)
    assert (clock(one), one.text) == ("2026-11-01 22:03", "One\ntwo")
    assert one.also == ("Tags: tea", "Starred", "Mood: 3", "Weather: Rain")
    assert one.behind == {"photo": 1, "other detail": 1}
    assert two.text == "Two"


def test_loop_says_each_habit_of_a_day_and_keeps_notes(tmp_path: Path) -> None:
    path = tmp_path / "Loop Habits CSV.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("Habits.csv", "Position,Name\n001,Walk\n")
        archive.writestr("Scores.csv", "Date,Walk,\n2026-11-01,0.1,\n")
        archive.writestr(
            "Checkmarks.csv",
            "Date,Walk,Pages,Tea,\n2026-11-03,YES_MANUAL,12000,SKIP,\n2026-11-02,NO,UNKNOWN,-1,\n2026-11-01,2,0,1,\n",
        )
        archive.writestr(
            "001 Walk/Checkmarks.csv", 'Date,Value,Notes\n2026-11-03,YES_MANUAL,"By the river"\n2026-11-02,NO,\n'
        )
        archive.writestr("002 Old/Checkmarks.csv", "2026-11-03,2\n")
    entries = found(path)
    note = next(one for one in entries if one.text == "By the river")
    assert note.also == ("Habit: Walk",)
    assert {clock(one): one.text for one in entries if one is not note} == {
        "2026-11-03": "Walk: yes\nPages: 12\nTea: skipped",
        "2026-11-02": "",
        "2026-11-01": "Walk: yes\nPages: no",
    }


def test_what_a_daylio_csv_has_beyond_its_known_columns_is_kept_beside(tmp_path: Path) -> None:
    path = tmp_path / "d.csv"
    path.write_text("full_date,time,mood,activities,note,goals,\n2026-11-02,9:00,good,,a,water,,more\n")
    [one] = found(path)
    assert one.also == ("Mood: good", "goals: water", "Column 8: more")


def test_a_daylio_csv_that_a_spreadsheet_saved_again_is_read_by_all_its_dates(tmp_path: Path) -> None:
    path = tmp_path / "d.csv"
    path.write_text("full_date,time,mood,activities,note\n11/2/2026,9:00 p. m.,good,,a\n11/13/2026,9:00,odd,,b\n")
    one, two = found(path)
    assert (clock(one), clock(two)) == ("2026-11-02 21:00", "2026-11-13 09:00")
    assert two.behind == {"mood in words": 1}
    path.write_text("full_date,time,mood,activities,note\n11/2/2026,9:00,good,,a\n")
    with pytest.raises(Trouble, match="two ways"):
        found(path)
