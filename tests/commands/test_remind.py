"""The reminder as a person sets, pauses, meets and removes it, on systems that are played by small scripts."""

import json
import os
import shlex
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine

from smartcli import due
from smartcli.content.catalog import Catalog
from smartcli.reminders.schtasks import Schtasks
from smartcli.reminders.standing import Standing
from smartcli.reminders.way import job_name
from tests.conftest import Run
from tests.support import children
from tests.terminal.driver import run as run_program

BEGIN = datetime(2026, 11, 22, 20, tzinfo=UTC)
OTHERS = "MAILTO=me\n0 5 * * 1 tar -zcf /var/backups/home.tgz /home/\n# daily-minutes of somebody else\n"


class System:
    """A system with these programs: each notes how it was called, in `calls`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.bin = folder / "bin"
        self.bin.mkdir()
        self.home = folder / "user"
        self.home.mkdir()
        self.has("systemctl", "exit 1")  # whatever runs on the machine of the tests
        self.path = f"{self.bin}:/usr/bin:/bin"

    def has(self, name: str, script: str = "") -> None:
        program = self.bin / name
        program.write_text(f'#!/bin/sh\necho {name} "$@" >> {shlex.quote(str(self.folder / "calls"))}\n{script}\n')
        program.chmod(0o700)

    def has_systemd(self) -> None:
        self.has("systemctl")

    def has_cron(self) -> None:
        store = shlex.quote(str(self.folder / "crontab"))
        (self.folder / "crontab").write_text(OTHERS)
        self.has("crontab", f'if [ "$1" = -l ]; then cat {store}; else cat > {store}.new; mv {store}.new {store}; fi')

    @property
    def crontab(self) -> str:
        return (self.folder / "crontab").read_text()

    def calls(self, name: str) -> list[str]:
        """Return how a program was called since the last time this was asked."""
        path = self.folder / "calls"
        lines = path.read_text().splitlines() if path.exists() else []
        path.write_text("".join(f"{line}\n" for line in lines if not line.startswith(name)))
        return [line.removeprefix(f"{name} ") for line in lines if line.startswith(name)]

    def files(self) -> set[str]:
        return {str(path.relative_to(self.home)) for path in self.home.rglob("*") if not path.is_dir()}


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> System:
    system = System(tmp_path)
    for name in ("XDG_CONFIG_HOME", "TERMUX_VERSION", "XDG_DATA_HOME", "XDG_STATE_HOME", "SMARTCLI_LANGUAGE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(system.home))
    monkeypatch.setenv("PATH", system.path)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(sys, "argv", ["smartcli"])
    return system


@pytest.fixture
def evening() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(BEGIN, tick=False) as clock:
        yield clock


@pytest.fixture
def job(home: Path) -> str:
    """The name of the job of this workbook, which is not in the usual place."""
    return job_name(home / "state")


@pytest.fixture
def units(job: str) -> set[str]:
    return {f".config/systemd/user/{job}.timer", f".config/systemd/user/{job}.service"}


def test_it_asks_shows_every_file_whole_and_writes_nothing_before_a_yes(
    run: Run, here: System, home: Path, units: set[str], job: str
) -> None:
    here.has_systemd()
    asked = run("remind", "8pm", "--days", "weekdays", typed="n\n")
    assert asked.exit_code == 130
    assert here.files() == set()
    assert not home.exists() or not [*home.rglob("*")]
    assert run("remind", "8pm", "--days", "weekdays").exit_code == 130  # nobody there to say yes
    assert run("remind", "8pm", "--days", "weekdays", typed="y\n").exit_code == 0
    assert here.files() == units
    for name in units:
        assert (here.home / name).read_text().strip() in asked.output
        assert str(here.home / name) in asked.output
    assert f"systemctl --user enable {job}.timer" in asked.output
    assert here.calls("systemctl")[-3:] == [
        "--user daemon-reload",
        f"--user enable {job}.timer",
        f"--user restart {job}.timer",
    ]
    assert "OnCalendar=Mon,Tue,Wed,Thu,Fri *-*-* 20:00:00" in (here.home / sorted(units)[1]).read_text()
    assert 'reminder = "20:00"' not in (home / "config.toml").read_text() if (home / "config.toml").exists() else True


def test_where_names_every_file_and_off_leaves_nothing(run: Run, here: System, home: Path, job: str) -> None:
    here.has_systemd()
    run("remind", "21:15", "--say", "Tea", "--yes")
    wants = here.home / ".config/systemd/user/timers.target.wants"
    wants.mkdir()
    (wants / f"{job}.timer").symlink_to(f"../{job}.timer")  # as `systemctl enable` does
    listed = [place["path"] for place in json.loads(run("where", "--json").stdout)["places"]]
    assert {str(path) for path in here.home.rglob(f"{job}.*")} <= {*listed}
    assert "The reminder is a timer of systemd." in run("where").stdout
    other = here.home / ".config/systemd/user/other.timer"
    other.write_text("[Timer]\n")
    done = run("remind", "--off")
    assert done.exit_code == 0
    assert "removed" in done.stderr
    assert here.files() == {".config/systemd/user/other.timer"}
    assert not (home / "state" / due.REMINDER).exists()
    assert f"--user disable --now {job}.timer" in here.calls("systemctl")
    again = run("remind", "--off")
    assert (again.exit_code, here.calls("systemctl")) == (0, [])


@pytest.mark.parametrize("system", ["has_systemd", "has_cron"])
@pytest.mark.parametrize("before", ["", ".config/systemd/user", "home/state"])
@pytest.mark.parametrize("settings", [None, 'reminder = "07:00"\n', "# mine\n", 'theme = "dark"\n'])
def test_off_leaves_every_file_folder_and_setting_as_it_was(
    run: Run, here: System, home: Path, system: str, before: str, settings: str | None
) -> None:
    getattr(here, system)()
    (home if before.startswith("home") else here.home).joinpath(before.removeprefix("home/")).mkdir(
        parents=True, exist_ok=True
    )
    if settings is not None:
        home.mkdir(exist_ok=True)
        (home / "config.toml").write_text(settings)

    def everything() -> dict[str, str]:
        places = [*here.home.rglob("*"), home, *home.rglob("*"), *here.folder.glob("crontab")]
        return {str(path): path.read_text() if path.is_file() else "" for path in places if path.exists()}

    was = everything()
    for at in ("20:00", "21:15"):
        run("remind", at, "--say", "Tea", "--yes")
        assert everything() != was
    assert run("remind", "--off").exit_code == 0
    now = everything()
    if settings and "reminder" in settings:  # there was one of the person's own: that it is another now stays
        config = str(home / "config.toml")
        assert (now.pop(config), was.pop(config)) == ('reminder = "21:15"\n', settings)
    assert now == was


def test_what_was_put_into_its_folders_since_stays(run: Run, here: System, home: Path) -> None:
    here.has_systemd()
    run("remind", "20:00", "--yes")
    run("settings", "reminder", "07:00")
    run("settings", "theme", "dark")
    (here.home / ".config/other.conf").write_text("")
    assert run("remind", "--off").exit_code == 0
    assert {path.name for path in here.home.rglob("*")} == {".config", "other.conf"}
    assert (home / "config.toml").read_text().splitlines()[-2:] == ['reminder = "07:00"', 'theme = "dark"']


def test_two_workbooks_of_one_person_have_a_reminder_each(run: Run, here: System, home: Path, tmp_path: Path) -> None:
    here.has_systemd()
    run("remind", "20:00", "--yes")
    mine = {name: (here.home / name).read_text() for name in here.files()}
    other = str(tmp_path / "other")
    assert run("--home", other, "remind", "07:00", "--yes").exit_code == 0
    assert "20:00" in run("remind").stdout
    assert len(here.files()) == 2 * len(mine)
    assert run("--home", other, "remind", "--off").exit_code == 0
    assert {name: (here.home / name).read_text() for name in here.files()} == mine


def test_a_crontab_that_cannot_be_read_is_left_and_that_is_told(run: Run, here: System, home: Path) -> None:
    here.has_cron()
    run("remind", "20:00", "--yes")
    was = here.crontab
    store = shlex.quote(str(here.folder / "crontab"))
    here.has("crontab", f'[ "$1" = -l ] && echo "you may not" >&2 && exit 1; cat > {store}')
    done = run("remind", "--off")
    assert done.exit_code == 0
    assert "may still be in your crontab" in done.stderr
    again = run("remind", "20:00", "--yes")
    assert again.exit_code == 3
    assert "taken away again" in again.stderr
    assert here.crontab == was
    assert not (home / "config.toml").exists()


def test_off_finds_the_files_although_the_note_of_them_is_lost(run: Run, here: System, home: Path) -> None:
    here.has_systemd()
    run("remind", "20:00", "--yes")
    (home / "state" / due.REMINDER).unlink()
    assert run("remind", "--off").exit_code == 0
    assert here.files() == set()


def test_set_again_it_is_the_same_and_nothing_is_asked(run: Run, here: System, home: Path) -> None:
    here.has_systemd()
    run("remind", "21:15", "--yes")
    before = {name: (here.home / name).read_bytes() for name in here.files()}
    assert run("remind", "21:15").exit_code == 0
    assert {name: (here.home / name).read_bytes() for name in here.files()} == before
    assert run("remind", "22:15").exit_code == 130  # another file: asked
    assert {name: (here.home / name).read_bytes() for name in here.files()} == before
    assert 'reminder = "21:15"' in (home / "config.toml").read_text()


def test_the_calendar_and_the_reminder_have_one_hour_and_one_sentence(run: Run, here: System) -> None:
    here.has_systemd()
    run("remind", "21:15", "--say", "Tea  and\tquiet", "--yes")
    calendar = run("export", "--as", "ics", "--output", "-").stdout
    assert "T211500" in calendar
    assert "SUMMARY:Tea and quiet" in calendar
    assert "It says: Tea and quiet" in run("remind").stdout
    run("remind", "--say", "")
    assert "It says: A few minutes for yourself" in run("remind").stdout


def test_what_systemd_refuses_is_taken_back(run: Run, here: System, home: Path) -> None:
    here.has("systemctl", '[ "$2" = enable ] && exit 1; exit 0')
    done = run("remind", "20:00", "--yes")
    assert done.exit_code == 3
    assert "taken away again" in done.stderr
    assert here.files() == set()
    assert not (home / "state" / due.REMINDER).exists()


def test_a_file_of_somebody_else_is_not_touched(run: Run, here: System, units: set[str]) -> None:
    here.has_systemd()
    theirs = here.home / sorted(units)[1]
    theirs.parent.mkdir(parents=True)
    theirs.write_text("[Timer]\n# mine\n")
    assert run("remind", "20:00", "--yes").exit_code == 2
    assert run("remind", "--off").exit_code == 0
    assert theirs.read_text() == "[Timer]\n# mine\n"
    assert len(here.files()) == 1


def test_lines_in_the_crontab_come_and_go_and_all_others_stay(run: Run, here: System, home: Path) -> None:
    here.has_cron()
    assert run("remind", "20:05", "--yes").exit_code == 0
    assert here.crontab == OTHERS + (home / "state" / "reminder.cron").read_text()
    assert "5 20 * * * SMARTCLI_HOME=" in here.crontab
    run("remind", "21:00", "--days", "sun", "--yes")
    assert here.crontab == OTHERS + (home / "state" / "reminder.cron").read_text()
    assert "0 21 * * 0 " in here.crontab
    run("remind", "--off")
    assert here.crontab == OTHERS
    assert not (home / "state" / "reminder.cron").exists()


def test_under_the_filter_cron_is_left_to_the_person_and_the_command_shown_does_it(here: System, home: Path) -> None:
    trial = "from smartcli import silence; silence.refuse_network(); print(silence.is_network_refused())"
    tried = subprocess.run([sys.executable, "-c", trial], env=children.environment(), capture_output=True, text=True)
    if "True" not in tried.stdout:
        pytest.skip("NOT RUN: the kernel takes no filter here")
    here.has_cron()
    environment = {"PATH": here.path, "HOME": str(here.home)}

    def by_hand(*words: str) -> None:
        done = run_program(home, *words, **environment)
        assert done.returncode == 0, done.stderr
        before = here.crontab
        assert "crontab" not in {call.split()[0] for call in here.calls("crontab")}
        command = done.stdout.splitlines()[-1]
        assert "crontab -" in command
        subprocess.run(["sh", "-c", command], check=True, env=environment)
        assert here.crontab != before

    by_hand("remind", "20:00", "--yes")
    lines = here.crontab.removeprefix(OTHERS)
    assert here.crontab == OTHERS + lines
    assert lines.count("smartcli due --notify --quiet") == 1
    by_hand("remind", "20:30", "--yes")
    assert here.crontab.count("smartcli due --notify --quiet") == 1
    by_hand("remind", "--off")
    assert here.crontab == OTHERS


def test_systemd_and_the_notification_work_under_the_filter(here: System, home: Path, job: str) -> None:
    here.has_systemd()
    here.has("notify-send")
    environment = {"PATH": here.path, "HOME": str(here.home)}
    assert run_program(home, "remind", "20:00", "--yes", **environment).returncode == 0
    assert f"--user enable {job}.timer" in here.calls("systemctl")
    service = (here.home / f".config/systemd/user/{job}.service").read_text()
    assert f'Environment="SMARTCLI_HOME={home}"' in service
    done = run_program(home, "due", "--notify", "--quiet", **environment)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert here.calls("notify-send") == ["--app-name=Reminder -- A few minutes for yourself"]
    run_program(home, "record", "check-in", typed='{"mood": 3}', **environment)
    assert run_program(home, "due", "--notify", "--quiet", **environment).returncode == 10
    run_program(home, "remind", "--off", **environment)
    (home / "journal").rename(home / "elsewhere")
    (home / "state" / due.STAMP).unlink()
    assert run_program(home, "due", "--notify", "--quiet", **environment).returncode == 0
    assert here.calls("notify-send") == []


def test_after_three_without_an_answer_it_rests_and_today_says_so_on_one_day(
    run: Run, here: System, home: Path, tiny: Catalog, evening: time_machine.Traveller
) -> None:
    here.has_systemd()
    here.has("notify-send")
    run("remind", "20:00", "--yes")
    shown = []
    for _day in range(6):
        run("due", "--notify")
        run("due", "--notify")  # twice on one day is one reminder
        shown.append(bool(here.calls("notify-send")))
        evening.shift(timedelta(days=1))
    assert shown == [True] * 3 + [False] * 3
    assert run("due", "--quiet").exit_code == 10
    resting = "Your reminder is resting. To have it again: `smartcli remind 20:00`"
    assert resting in run().stdout
    assert resting in run("remind").stdout
    run("record", "small", typed='{"what": "x"}')
    evening.shift(timedelta(days=1))
    assert run("due").exit_code == 10  # until the person says so
    assert run("remind", "20:00").exit_code == 0
    assert resting not in run().stdout
    assert run("due", "--notify").exit_code == 0
    assert len(here.calls("notify-send")) == 1


def test_an_entry_between_is_an_answer(run: Run, here: System, tiny: Catalog, evening: time_machine.Traveller) -> None:
    here.has_systemd()
    here.has("notify-send")
    run("remind", "20:00", "--yes")
    for day in range(9):
        run("due", "--notify")
        assert here.calls("notify-send"), day
        if day % 3 == 2:
            evening.shift(timedelta(hours=3))
            run("record", "small", "--when", "3 days ago", typed='{"what": "x"}')
            evening.shift(timedelta(hours=-3))
        evening.shift(timedelta(days=1))


def test_a_pause_is_silent_ends_by_itself_and_loses_nothing(
    run: Run, here: System, home: Path, evening: time_machine.Traveller
) -> None:
    here.has_systemd()
    here.has("notify-send")
    assert run("remind", "--pause", "2w").exit_code == 2
    run("remind", "20:00", "--yes")
    assert run("remind", "--pause", "3 days").exit_code == 0
    silent = []
    for _day in range(4):
        silent.append(run("due", "--notify").exit_code == 10)
        assert bool(here.calls("notify-send")) is not silent[-1]
        evening.shift(timedelta(days=1))
    assert silent == [True, True, True, False]
    run("remind", "--pause", "friday")
    assert Standing.read(home / "state").paused_until == "2026-11-27"  # type: ignore[union-attr]
    run("remind", "20:00")
    assert run("due").exit_code == 0  # setting it ends the pause


def test_nothing_shows_notifications_is_said_when_it_is_set_and_never_counts(
    run: Run, here: System, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here.has_systemd()
    monkeypatch.setattr("smartcli.reminders.notifier._command", lambda words: None)
    assert "no program here that shows notifications" in run("remind", "20:00", "--yes").stderr
    assert run("due", "--notify").exit_code == 0
    assert Standing.read(home / "state").shown == []  # type: ignore[union-attr]


def test_on_windows_a_task_is_asked_for_too_before_another_takes_its_place(
    run: Run, here: System, home: Path, job: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "smartcli.workbook.reminder_files.every_way", lambda state, name, cron_by_hand: [Schtasks(name)]
    )
    here.has("schtasks")
    assert run("remind", "20:00", "--yes").exit_code == 0
    assert here.calls("schtasks")[0].startswith(f"/Create /F /TN {job} /TR ")
    assert run("remind", "21:00").exit_code == 130
    assert run("remind", "20:00", "--days", "mon").exit_code == 130
    assert here.calls("schtasks") == []
    assert "The reminder is a task of the Task Scheduler." in run("where").stdout
    run("remind", "--off")
    assert here.calls("schtasks") == [f"/Delete /F /TN {job}"]


def test_in_termux_a_script_asks_every_quarter_of_an_hour_and_is_silent_until_the_hour(
    run: Run, here: System, home: Path, monkeypatch: pytest.MonkeyPatch, evening: time_machine.Traveller
) -> None:
    monkeypatch.setenv("TERMUX_VERSION", "0.118")
    here.has("termux-job-scheduler")
    here.has("termux-notification")
    assert run("remind", "20:30", "--days", "sun,mon", "--yes").exit_code == 0
    script = home / "state" / "reminder.sh"
    assert script.stat().st_mode & 0o777 == 0o700
    [scheduled] = here.calls("termux-job-scheduler")
    number = scheduled.split()[1]
    assert scheduled.startswith(f"--job-id {number} --script ")
    shown = []
    for _half_hour in range(2 * 26):
        run("due", "--notify", "--quiet")
        if here.calls("termux-notification"):
            shown.append(datetime.now(UTC).strftime("%a %H:%M"))
        evening.shift(timedelta(minutes=30))
    assert shown == ["Sun 20:30", "Mon 20:30"]
    evening.shift(timedelta(days=1))  # Tuesday, at ten in the evening
    run("due", "--notify", "--quiet")
    assert here.calls("termux-notification") == []
    run("remind", "--off")
    assert here.calls("termux-job-scheduler") == [f"--cancel --job-id {number}"]
    assert not script.exists()


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["25:00"], "Try 20:00 or 8pm."),
        (["soon"], "Try 20:00 or 8pm."),
        (["20"], "Try 20:00 or 8pm."),
        (["--days", "mon,wendesday"], "Did you mean wednesday?"),
        (["--days", "xyz"], "Try mon,wed,fri or weekdays."),
        (["--days", ","], "Try mon,wed,fri or weekdays."),
        (["--days", "mo"], "can't read those days"),
        (["--say", "x" * 81], "at most 80 letters"),
        (["20:00", "--off"], "one thing at a time"),
        (["--off", "--pause", "2w"], "one thing at a time"),
    ],
)
def test_what_cannot_be_read_changes_nothing(run: Run, here: System, home: Path, words: list[str], says: str) -> None:
    here.has_systemd()
    done = run("remind", *words, "--yes")
    assert done.exit_code == 2
    assert says in done.stderr
    assert not set(words) & {"soon", "xyz"} or not set(words) & {*done.stderr.split()}
    assert here.files() == set()


@pytest.mark.parametrize("words", ["yesterday", "zanzibar", "", "0d", "today", "99999999999w"])
def test_a_pause_that_is_none_is_refused(run: Run, here: System, home: Path, words: str) -> None:
    here.has_systemd()
    run("remind", "20:00", "--yes")
    done = run("remind", "--pause", words)
    assert done.exit_code == 2
    assert "zanzibar" not in done.stderr
    assert Standing.read(home / "state").paused_until is None  # type: ignore[union-attr]


def test_where_nothing_can_remind_the_calendar_is_named(
    run: Run, here: System, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(here.bin))
    done = run("remind", "20:00", "--yes")
    assert done.exit_code == 2
    assert "smartcli export --as ics" in done.stderr


@pytest.mark.parametrize(
    "data", [b"", b"{", b"[]", b'{"at": "25:00"}', b"[" * 50_000, b'{"way": 1, "at": "20:00", "days": ["x"]}']
)
def test_a_damaged_note_of_it_is_no_reminder(run: Run, here: System, home: Path, data: bytes) -> None:
    (home / "state").mkdir(parents=True)
    (home / "state" / due.REMINDER).write_bytes(data)
    assert run("due").exit_code == 0
    assert "No reminder is set." in run("remind").stdout
    assert run("due", "--notify").exit_code == 0
    assert run().exit_code == 0
    assert run("remind", "--off").exit_code == 0
    assert not (home / "state" / due.REMINDER).exists()


def test_the_note_of_it_is_wordless_and_the_owners_alone(run: Run, here: System, home: Path, units: set[str]) -> None:
    here.has_systemd()
    run("remind", "20:00", "--say", "zanzibar", "--yes")
    note = home / "state" / due.REMINDER
    assert note.stat().st_mode & 0o777 == 0o600
    assert "zanzibar" not in note.read_text() + "".join((here.home / name).read_text() for name in units)
    assert os.environ["HOME"] == str(here.home)
