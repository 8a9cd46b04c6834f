"""`export --as ics`: the reminder, alarms and words that are chosen, and what is said of the file."""

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import icalendar
import pytest

from smartcli.moments import now
from tests.conftest import Run


@pytest.fixture
def goal(run: Run) -> None:
    """A goal with a step to come and one whose day is over."""
    ahead, over = ((now().date() + timedelta(days)).isoformat() for days in (3, -3))
    steps = [{"step": "CANARY ahead", "due": ahead}, {"step": "CANARY over", "due": over}]
    done = run("record", "goals", typed=json.dumps({"goal": "CANARY goal", "steps": steps}))
    assert done.exit_code == 0, done.stderr


def settings(home: Path, text: str) -> None:
    home.mkdir(exist_ok=True)
    (home / "config.toml").write_text(text, encoding="utf-8")


def events(run: Run, *options: str) -> tuple[list[Any], list[Any]]:
    """Return the reminders and the other events of an export."""
    done = run("export", "--as", "ics", "--output", "-", *options)
    assert done.exit_code == 0, done.stderr
    found = icalendar.Calendar.from_ical(done.stdout).walk("VEVENT")
    return [one for one in found if "RRULE" in one], [one for one in found if "RRULE" not in one]


def test_the_reminder_has_the_hour_and_the_words_of_the_settings(run: Run, home: Path) -> None:
    settings(home, 'reminder = "06:45"\nreminder_words = "Water the plants"\n')
    [reminder], _others = events(run)
    assert f"{reminder['DTSTART'].dt:%H:%M}" == "06:45"
    assert str(reminder["SUMMARY"]) == "Water the plants"


def test_without_settings_it_is_in_the_evening_and_its_words_tell_nothing(run: Run) -> None:
    [reminder], _others = events(run)
    assert isinstance(reminder["DTSTART"].dt, datetime)
    assert reminder["DTSTART"].dt.hour == 20
    assert str(reminder["SUMMARY"])


@pytest.mark.parametrize(("text", "options"), [("reminder = false\n", []), ("", ["--no-reminder"])])
def test_it_can_be_left_out_by_a_setting_or_an_option(
    run: Run, home: Path, goal: None, text: str, options: list[str]
) -> None:
    settings(home, text)
    reminders, others = events(run, *options)
    assert (len(reminders), len(others)) == (0, 1)


def test_own_words_are_in_it_only_when_they_are_asked_for(run: Run, goal: None) -> None:
    assert "CANARY" not in run("export", "--as", "ics", "--output", "-").output
    _reminders, [step] = events(run, "--words")
    assert str(step["DESCRIPTION"]) == "CANARY ahead"


@pytest.mark.parametrize(("typed", "hours"), [("09:00", 9.0), ("9am", 9.0), ("6.30pm", 18.5), ("00:00", 0.0)])
def test_steps_ring_at_the_hour_after_alarm(run: Run, goal: None, typed: str, hours: float) -> None:
    _reminders, [step] = events(run, "--alarm", typed)
    assert step.walk("VALARM")[0]["TRIGGER"].dt == timedelta(hours=hours)


@pytest.mark.parametrize("typed", ["", "x", "25:00", "tomorrow", "9", "CANARY 9am"])
def test_an_hour_that_is_none_is_said_and_nothing_is_written(run: Run, goal: None, tmp_path: Path, typed: str) -> None:
    done = run("export", "--as", "ics", "--alarm", typed, "--output", str(tmp_path / "x.ics"))
    assert done.exit_code == 2
    assert "--alarm" in done.stderr
    assert "CANARY" not in done.stderr
    assert not (tmp_path / "x.ics").exists()


@pytest.mark.parametrize("option", [["--no-reminder"], ["--alarm", "9am"], ["--words"]], ids=" ".join)
@pytest.mark.parametrize("format_", ["md", "csv", "json"])
def test_what_is_for_a_calendar_is_refused_for_another_format(
    run: Run, goal: None, tmp_path: Path, format_: str, option: list[str]
) -> None:
    done = run("export", "--as", format_, "--output", str(tmp_path / "x"), *option)
    assert done.exit_code == 2
    assert option[0] in done.stderr
    assert not (tmp_path / "x").exists()


def test_of_a_file_with_a_reminder_in_own_words_it_does_not_say_that_none_are_in_it(
    run: Run, home: Path, tmp_path: Path
) -> None:
    settings(home, 'reminder_words = "Water the plants"\n')
    said = run("export", "--output", str(tmp_path / "x.ics")).stderr
    assert "Your own words are not in this file" not in said
    assert "only what the reminder says" in said
    assert "reminder says is" not in run("export", "--output", str(tmp_path / "y.ics"), "--no-reminder").stderr


@pytest.mark.parametrize("words", [[], ["--words"]])
def test_of_a_file_it_says_where_calendars_send_things_and_whether_own_words_are_in_it(
    run: Run, goal: None, tmp_path: Path, words: list[str]
) -> None:
    done = run("export", "--as", "ics", "--output", str(tmp_path / "x.ics"), *words)
    assert "not encrypted" in done.stderr
    assert "company" in done.stderr
    assert ("--words" in done.stderr) == (not words)
    assert "20:00" in done.stderr
    assert "20:00" not in run("export", "--as", "ics", "--no-reminder", "--output", str(tmp_path / "y.ics")).stderr


def test_a_step_whose_day_is_over_is_said_to_be_left_out(run: Run, goal: None) -> None:
    done = run("export", "--as", "ics", "--output", "-")
    assert "1 plan" in done.stderr
    assert "company" not in done.stderr, "a stream is nothing that is opened elsewhere"


def test_the_file_does_not_name_the_program(run: Run, goal: None) -> None:
    text = run("export", "--as", "ics", "--words", "--alarm", "9am", "--output", "-").stdout.casefold()
    assert not [name for name in ("smart", "recovery", "addict", "urge") if name in text]


def test_a_second_export_has_the_same_uids_and_another_journal_others(
    run: Run, home: Path, goal: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def uids() -> set[str]:
        return {str(one["UID"]) for several in events(run) for one in several}

    first = uids()
    assert uids() == first
    monkeypatch.setenv("SMARTCLI_HOME", str(home.parent / "other"))
    assert run("record", "check-in", typed='{"mood": 5}').exit_code == 0
    assert uids().isdisjoint(first)
