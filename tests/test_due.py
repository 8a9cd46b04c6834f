"""`due`: answered before anything is imported, from a stamp, and always rightly, whatever became of the stamp."""

import itertools
import json
import os
import subprocess
import sys
import tempfile
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from smartcli import due
from smartcli.content.catalog import Catalog
from smartcli.journal.last_day import LastDay
from smartcli.journal.store import Journal
from smartcli.moments import day_of
from smartcli.places import places
from smartcli.settings import Settings
from tests.conftest import Run
from tests.insights.entries import entry
from tests.support import children
from tests.terminal.driver import run as run_program

FOUR = time(4)
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def is_due(home: Path, starts: time = FOUR) -> bool:
    return due.is_due(str(home / "journal"), str(home / "state"), starts)


def save(home: Path, day: date, hour: int = 12) -> None:
    Journal(home / "journal", last_day=LastDay(home / "state")).save(entry(day, hour=hour))


def test_the_exit_code_is_the_answer_and_quiet_prints_nothing(tmp_path: Path) -> None:
    for code, says in ((0, "You haven't written anything today yet.\n"), (10, "Nothing is due now.\n")):
        told, quiet = run_program(tmp_path, "due"), run_program(tmp_path, "due", "--quiet")
        assert (told.returncode, told.stdout, told.stderr) == (code, says, "")
        assert (quiet.returncode, quiet.stdout, quiet.stderr) == (code, "", "")
        assert run_program(tmp_path, "--plain", "due").stdout == says  # by way of the command
        assert run_program(tmp_path, "--plain", "due").returncode == code
        assert run_program(tmp_path, "record", "check-in", typed='{"mood": 3}').returncode == 0
    assert run_program(tmp_path, "due", "--quit").returncode == 2


def test_nothing_is_imported_that_takes_time(tmp_path: Path) -> None:
    code = (
        "import atexit, sys\n"
        "heavy = {'typer', 'click', 'pathlib', 'gettext', 'json', 'tomllib', 'smartcli.language', 'smartcli.journal'}\n"
        "before = {*sys.modules}\n"
        "atexit.register(lambda: print(*sorted(heavy & {*sys.modules} - before), file=sys.stderr))\n"
        "from smartcli.__main__ import main\n"
        "sys.argv = ['smartcli', 'due', *sys.argv[1:]]\n"
        "main()\n"
    )
    (tmp_path / "config.toml").write_text('country = "gb"\nday_starts = "05:00"\n')
    for words in ([], ["--quiet"]):
        environment = children.environment(SMARTCLI_HOME=str(tmp_path), LANG="en_GB.UTF-8")
        done = subprocess.run([sys.executable, "-c", code, *words], env=environment, capture_output=True, text=True)
        assert (done.returncode, done.stderr.strip()) == (0, "")


_VALUES = {
    "HOME": ["/home/me", "", "me"],
    "XDG_DATA_HOME": [None, "", "/data", "data"],
    "XDG_STATE_HOME": [None, "/state"],
    "XDG_CONFIG_HOME": [None, "/config", " "],
    "SMARTCLI_HOME": [None, "/mine", "~/mine", "mine"],
}


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a library says where things are")
def test_the_places_are_those_of_every_other_command_or_left_to_it(monkeypatch: pytest.MonkeyPatch) -> None:
    known = 0
    for values in itertools.product(*_VALUES.values()):
        for name, value in zip(_VALUES, values, strict=True):
            if value is None:
                monkeypatch.delenv(name, raising=False)
            else:
                monkeypatch.setenv(name, value)
        found = due.find_places(os.environ)
        if found:
            known += 1
            assert found == tuple(map(str, places())), values
    assert known > 40


@pytest.mark.parametrize(
    "text",
    [
        "",
        'day_starts = "05:30"',
        "day_starts = '05:30'\r\n",
        "day_starts=05:30:00\ntheme = 'dark'\n",
        'country = "gb"\n# day_starts = "07:00"\n',
        '# mine\nday_starts = "05:30" # early\n',
        'day_starts = "25:00"\n',
        "day_starts = 5\n",
        '[[people]]\nname = "Jo"\nday_starts = "07:00"\n',
        'reminder_words = """\nday_starts = "07:00"\n"""\n',
        '"day_starts" = "07:00"\n',
        'day_starts = "05:30',
    ],
)
def test_the_day_begins_when_the_settings_say_or_they_are_asked(tmp_path: Path, text: str) -> None:
    config = tmp_path / "config.toml"
    config.write_bytes(text.encode())
    read = due._day_starts(str(config))
    assert read is None or read == Settings.read(config).day_starts
    if text.startswith("day_starts =") and "05:30'" in text:
        assert read == time(5, 30)


moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))
clocks = st.times().map(lambda clock: clock.replace(second=0, microsecond=0))


@given(now=moments, starts=clocks, ago=st.integers(0, 100), stamp=st.sampled_from(["kept", "lost", "damaged"]))
def test_after_a_save_about_today_nothing_is_due_and_of_another_day_it_is(
    now: datetime, starts: time, ago: int, stamp: str
) -> None:
    with tempfile.TemporaryDirectory() as folder, time_machine.travel(now, tick=False):
        home = Path(folder)
        today = day_of(datetime.now().astimezone(), starts)
        assert is_due(home, starts)
        when = datetime.now().astimezone() - timedelta(hours=ago)
        day = day_of(when, starts)
        made = entry(when.date(), hour=0)
        at = when.isoformat(timespec="seconds")
        made = type(made)({**made.body, "when": at, "saved": at, "started": at, "day": day.isoformat()})
        Journal(home / "journal", last_day=LastDay(home / "state")).save(made)
        assert not is_due(home, starts)  # an hour of quiet after each save, or an entry today
        if stamp == "lost":
            (home / "state" / due.STAMP).unlink()
        elif stamp == "damaged":
            (home / "state" / due.STAMP).write_bytes(b"2026-\xff 9")
        if stamp != "kept":
            assert is_due(home, starts) == (day != today)
    later = now + timedelta(hours=2)
    assert day <= today <= day_of(later, starts)


def test_for_an_hour_after_a_save_nothing_is_due_even_of_another_day(tmp_path: Path) -> None:
    with time_machine.travel(NOON, tick=False):
        save(tmp_path, date(2026, 11, 20))
        assert not is_due(tmp_path)
    for passed, expected in ((59, False), (61, True)):
        with time_machine.travel(NOON + timedelta(minutes=passed), tick=False):
            assert is_due(tmp_path) is expected


@pytest.mark.parametrize("clock_was", [timedelta(days=-400), timedelta(days=400)])
def test_a_clock_that_was_wrong_costs_one_question_at_most(tmp_path: Path, clock_was: timedelta) -> None:
    with time_machine.travel(NOON + clock_was, tick=False):
        save(tmp_path, (NOON + clock_was).date())
    with time_machine.travel(NOON, tick=False):
        assert is_due(tmp_path)
        save(tmp_path, NOON.date())
        assert not is_due(tmp_path)
    with time_machine.travel(NOON + timedelta(days=1), tick=False):
        assert is_due(tmp_path)


def test_a_day_to_come_is_no_reason_to_be_silent_until_then(tmp_path: Path) -> None:
    with time_machine.travel(NOON, tick=False):
        save(tmp_path, date(2026, 11, 20))
        save(tmp_path, NOON.date() + timedelta(days=2))  # in the folder of this month
        assert due.read_stamp(str(tmp_path / "state"))[0] == date(2026, 11, 20)
        assert not is_due(tmp_path)
    with time_machine.travel(NOON + timedelta(hours=2), tick=False):
        assert is_due(tmp_path)


@pytest.mark.parametrize("kind", ["fifo", "folder", "nothing", "long", "other"])
def test_whatever_stands_where_the_stamp_was_is_no_trouble(tmp_path: Path, kind: str) -> None:
    state = tmp_path / "state"
    state.mkdir()
    path = state / due.STAMP
    if kind == "fifo":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
    else:
        path.write_bytes({"nothing": b"", "long": b"9" * 5000, "other": b"\x00\xff"}[kind])
    done = run_program(tmp_path, "due", "--quiet")
    assert (done.returncode, done.stderr) == (0, "")
    with time_machine.travel(NOON, tick=False):
        save(tmp_path, NOON.date())
        assert not is_due(tmp_path)


def test_an_entry_that_a_sync_tool_brought_counts(tmp_path: Path, tiny: Catalog) -> None:
    with time_machine.travel(NOON, tick=False):
        save(tmp_path / "other", NOON.date(), hour=9)
        (tmp_path / "home").mkdir()
        assert is_due(tmp_path / "home")
        (tmp_path / "other" / "journal").rename(tmp_path / "home" / "journal")
        assert not is_due(tmp_path / "home")


def test_the_stamp_is_wordless_the_owners_alone_and_goes_with_what_is_erased(
    run: Run, tiny: Catalog, home: Path
) -> None:
    said = run("record", "small", typed=json.dumps({"what": "zanzibar"})).stdout.strip()
    stamp = home / "state" / due.STAMP
    assert stamp.stat().st_mode & 0o777 == 0o600
    day, saved = stamp.read_text().split()
    assert date.fromisoformat(day)
    assert abs(int(saved) - datetime.now().timestamp()) < 300
    assert run("due").exit_code == 10
    assert run("purge", said, "--yes").exit_code == 0
    assert not stamp.exists()
    assert run("due").exit_code == 0


def test_an_import_tells_days_and_no_hour_of_quiet(tmp_path: Path) -> None:
    with time_machine.travel(NOON, tick=False):
        journal = Journal(tmp_path / "journal", last_day=LastDay(tmp_path / "state"))
        journal.save_all([entry(date(2026, 11, 1)), entry(date(2026, 11, 20))])
        assert due.read_stamp(str(tmp_path / "state")) == (date(2026, 11, 20), 0)
        assert is_due(tmp_path)
        journal.save_all([entry(NOON.date())])
        assert not is_due(tmp_path)


@pytest.mark.parametrize(
    ("variables", "is_english"),
    [
        ({}, True),
        ({"LANG": "en_GB.UTF-8"}, True),
        ({"LANG": "C.UTF-8", "LANGUAGE": ""}, True),
        ({"LANG": "C"}, True),
        ({"LANG": "de_DE.UTF-8"}, False),
        ({"LANG": "en_GB.UTF-8", "SMARTCLI_LANGUAGE": "qps"}, False),
        ({"LANG": "cs_CZ.UTF-8"}, False),
    ],
)
def test_another_language_is_left_to_the_command_which_speaks_it(variables: dict[str, str], is_english: bool) -> None:
    assert due._is_english(variables) is is_english
