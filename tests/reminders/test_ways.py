"""What each kind of system is given to read, exactly, and that the system reads it as meant."""

import plistlib
import shutil
import stat
import subprocess
from collections.abc import Callable
from datetime import time
from pathlib import Path

import pytest

from smartcli.reminders.cron import Cron
from smartcli.reminders.launchd import Launchd
from smartcli.reminders.schtasks import Schtasks
from smartcli.reminders.systemd import Systemd
from smartcli.reminders.termux import Termux
from smartcli.reminders.way import EVERY_DAY, MARK, Command, Job, Way, job_name

COMMAND = ("/opt/python", "-m", "smartcli", "due", "--notify", "--quiet")
DAILY = Job(time(20, 5), EVERY_DAY, COMMAND, {})
SOME = Job(time(7, 30), (0, 2, 6), COMMAND, {"SMARTCLI_HOME": "/home/me/my notes"})
ODD = "/odd 100% $HOME \"q\" 'a' \\ b"  # in a path: what each of these systems has a meaning of its own for
BASE = Path("/base")


def text_of(way: Way, job: Job, name: str = "") -> str:
    [text] = [text for path, text in way.texts(job).items() if path.name.endswith(name)]
    return text


def test_systemd_has_a_timer_that_makes_up_for_nothing_and_a_service() -> None:
    way = Systemd(BASE)
    folder = BASE / "systemd" / "user"
    assert way.texts(DAILY) == {
        folder / "daily-minutes.timer": (
            "# Written by smartcli. To remove it: smartcli remind --off\n"
            "[Unit]\nDescription=Daily minutes\n\n"
            "[Timer]\nOnCalendar=*-*-* 20:05:00\nPersistent=false\n\n"
            "[Install]\nWantedBy=timers.target\n"
        ),
        folder / "daily-minutes.service": (
            "# Written by smartcli. To remove it: smartcli remind --off\n"
            "[Unit]\nDescription=Daily minutes\n\n"
            "[Service]\nType=oneshot\n"
            'ExecStart=/usr/bin/env "/opt/python" "-m" "smartcli" "due" "--notify" "--quiet"\n'
            "SuccessExitStatus=10\n"
        ),
    }
    assert "OnCalendar=Mon,Wed,Sun *-*-* 07:30:00\n" in text_of(way, SOME, ".timer")
    assert 'Environment="SMARTCLI_HOME=/home/me/my notes"\n' in text_of(way, SOME, ".service")
    odd = text_of(way, Job(time(1), EVERY_DAY, (ODD, "due"), {"A": ODD}), ".service")
    escaped = r"/odd 100%% $HOME \"q\" 'a' \\ b"
    assert f'Environment="A={escaped}"\n' in odd
    assert f'ExecStart=/usr/bin/env "{escaped.replace("$", "$$")}" "due"\n' in odd
    assert [*way.start(DAILY), *way.stop(), *way.settle()] == [
        ("systemctl", "--user", "daemon-reload"),
        ("systemctl", "--user", "enable", "daily-minutes.timer"),
        ("systemctl", "--user", "restart", "daily-minutes.timer"),
        ("systemctl", "--user", "disable", "--now", "daily-minutes.timer"),
        ("systemctl", "--user", "daemon-reload"),
    ]


def test_launchd_has_a_property_list() -> None:
    way = Launchd(BASE)
    [path] = way.paths()
    assert path == BASE / "Library/LaunchAgents/local.daily-minutes.plist"
    assert text_of(way, DAILY) == (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">\n'
        "<!-- Written by smartcli. -->\n"
        '<plist version="1.0">\n<dict>\n'
        "\t<key>Label</key>\n\t<string>local.daily-minutes</string>\n"
        "\t<key>ProgramArguments</key>\n\t<array>\n"
        + "".join(f"\t\t<string>{word}</string>\n" for word in COMMAND)
        + "\t</array>\n"
        "\t<key>EnvironmentVariables</key>\n\t<dict/>\n"
        "\t<key>StartCalendarInterval</key>\n\t<dict>\n"
        "\t\t<key>Hour</key>\n\t\t<integer>20</integer>\n\t\t<key>Minute</key>\n\t\t<integer>5</integer>\n\t</dict>\n"
        "</dict>\n</plist>\n"
    )
    read = plistlib.loads(text_of(way, SOME).encode())
    assert [day["Weekday"] for day in read["StartCalendarInterval"]] == [1, 3, 0]
    odd = plistlib.loads(text_of(way, Job(time(1), (0,), (ODD, "due"), {"A": ODD})).encode())
    assert (odd["ProgramArguments"], odd["EnvironmentVariables"]) == ([ODD, "due"], {"A": ODD})
    assert way.reset() == way.stop()  # launchd takes no second one


def test_cron_has_one_line_between_markers() -> None:
    assert text_of(Cron(BASE), DAILY) == (
        "# daily-minutes: begin\n"
        "# Written by smartcli. To remove it: smartcli remind --off\n"
        "5 20 * * * /opt/python -m smartcli due --notify --quiet\n"
        "# daily-minutes: end\n"
    )
    assert "30 7 * * 0,1,3 SMARTCLI_HOME='/home/me/my notes' /opt/python" in text_of(Cron(BASE), SOME)


CRONTABS = {
    "none": None,
    "others": "MAILTO=me\n0 5 * * 1 tar -zcf /var/backups/home.tgz /home/\n",
    "words like ours": "# daily-minutes of somebody else\n# daily-minutes: begin\n# daily-minutes: end\n1 1 * * * x\n",
    "ours cut short": "# daily-minutes: begin\n# Written by smartcli.\n5 20 * * * old\n0 5 * * 1 one\n0 6 * * 1 two\n",
    "begun at the end": "0 5 * * 1 one\n# daily-minutes: begin\n",
}
SAYS = ("no crontab for me", "crontab: can't open 'me': No such file or directory")


@pytest.fixture
def crontab(tmp_path: Path) -> Callable[..., int]:
    """Run a command of cron's way on a crontab kept in a file, as `crontab` would keep it; return its exit code."""
    store = tmp_path / "crontab"

    def call(way: Cron, commands: list[Command], fails: str = "", says: str = SAYS[0]) -> int:
        (tmp_path / "bin").mkdir(exist_ok=True)
        program = tmp_path / "bin" / "crontab"
        listing = f'test -e {store} && exec cat {store}; echo "{says}" >&2; exit 1'
        program.write_text(
            f"#!/bin/sh\ncase $1 in\n-l) {fails}\n{listing};;\n-r) rm {store};;\n-) cat > {store}.new; mv {store}.new {store};;\nesac\n"
        )
        program.chmod(0o700)
        [command] = commands
        return subprocess.run([*command], env={"PATH": f"{program.parent}:/usr/bin:/bin"}, check=False).returncode

    return call


@pytest.mark.parametrize("before", CRONTABS.values(), ids=CRONTABS)
def test_a_crontab_is_afterwards_as_it_was_before(
    crontab: Callable[..., int], before: str | None, tmp_path: Path
) -> None:
    store = tmp_path / "crontab"
    if before is not None:
        store.write_text(before)
    way, other = Cron(tmp_path), Cron(tmp_path, name="daily-minutes-123456")
    lines = text_of(way, DAILY)
    for says in SAYS:  # twice: a reminder set again takes the place of itself
        (tmp_path / "reminder.cron").write_text(lines)
        assert crontab(way, way.start(DAILY), says=says) == 0
        assert store.read_text() == (before or "") + lines
    (tmp_path / "reminder.cron").write_text(text_of(other, SOME))
    assert crontab(other, other.start(SOME)) == 0
    assert crontab(way, way.stop()) == 0
    assert store.read_text() == (before or "") + text_of(other, SOME)  # another workbook keeps its own
    for says in SAYS:
        assert crontab(other, other.stop(), says=says) == 0
        assert (store.read_text() if store.exists() else None) == before


@pytest.mark.parametrize(
    "fails", ["echo 'permission denied' >&2; exit 1", "echo '0 5 * * 1 half'; exit 1", "kill -9 $$"]
)
@pytest.mark.parametrize("is_start", [True, False])
def test_a_crontab_that_cannot_be_read_is_never_written(
    crontab: Callable[..., int], fails: str, is_start: bool, tmp_path: Path
) -> None:
    (tmp_path / "crontab").write_text(CRONTABS["others"] or "")
    way = Cron(tmp_path)
    (tmp_path / "reminder.cron").write_text(text_of(way, DAILY))
    assert crontab(way, way.start(DAILY) if is_start else way.stop(), fails) != 0
    assert (tmp_path / "crontab").read_text() == CRONTABS["others"]


@pytest.mark.parametrize("kind", [Systemd, Launchd, Cron, Termux])
def test_two_workbooks_have_jobs_of_their_own(kind: Callable[..., Way], tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "one")
    (tmp_path / "one").mkdir()
    names = ["daily-minutes", *(job_name(tmp_path / home) for home in ("one", "two"))]
    assert job_name(tmp_path / "link") == names[1]  # the same place
    ways = [kind(tmp_path / name, name=name) for name in names]
    assert len({str(way.stop() + way.start(DAILY)) for way in ways}) == len(ways)
    assert len({path for way in ways for path in way.paths()}) == sum(len(way.paths()) for way in ways)
    assert all("smartcli" not in path.name for way in ways for path in way.paths())


def test_windows_has_a_task_and_no_file() -> None:
    way = Schtasks()
    assert (way.texts(DAILY), way.paths()) == ({}, [])
    said = "/opt/python -m smartcli due --notify --quiet"
    assert way.start(DAILY) == [
        ("schtasks", "/Create", "/F", "/TN", "daily-minutes", "/TR", said, "/SC", "DAILY", "/ST", "20:05")
    ]
    [weekly] = way.start(SOME)
    assert '/opt/python -m smartcli --home "/home/me/my notes" due --notify --quiet' in weekly
    assert weekly[-6:] == ("/SC", "WEEKLY", "/D", "MON,WED,SUN", "/ST", "07:30")
    assert way.stop() == [("schtasks", "/Delete", "/F", "/TN", "daily-minutes")]


def test_termux_has_a_script_that_its_scheduler_runs() -> None:
    way = Termux(BASE)
    assert way.is_executable
    assert text_of(way, SOME) == (
        "#!/data/data/com.termux/files/usr/bin/sh\n"
        "# Written by smartcli. To remove it: smartcli remind --off\n"
        "export SMARTCLI_HOME='/home/me/my notes'\n"
        "exec /opt/python -m smartcli due --notify --quiet\n"
    )
    [start], [stop] = way.start(SOME), way.stop()
    assert start[1:] == (
        "--job-id",
        "2417",
        "--script",
        "/base/reminder.sh",
        "--period-ms",
        "900000",
        "--persisted",
        "true",
    )
    assert stop == ("termux-job-scheduler", "--cancel", "--job-id", "2417")


@pytest.mark.parametrize("job", [DAILY, SOME])
@pytest.mark.parametrize("way", [Systemd(BASE), Launchd(BASE), Cron(BASE), Termux(BASE)])
def test_every_file_says_whose_it_is_and_no_more_than_it_must(way: Way, job: Job) -> None:
    assert {*way.texts(job)} <= {*way.paths()}
    for path, text in way.texts(job).items():
        assert MARK in text
        assert "smartcli" not in path.name


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """A program with an odd name that writes down what it was given."""
    path = tmp_path / "py 100% $HOME 'a'"
    path.write_text(f'#!/bin/sh\nprintf "%s\\n" "$SMARTCLI_HOME" "$@" > {tmp_path}/given\n')
    path.chmod(0o700)
    return path


@pytest.mark.parametrize("way", [Cron(BASE), Termux(BASE)])
def test_a_shell_hands_on_what_was_meant(way: Way, program: Path, tmp_path: Path) -> None:
    job = Job(time(20), EVERY_DAY, (str(program), "due", "--quiet"), {"SMARTCLI_HOME": ODD})
    script = text_of(way, job)
    if isinstance(way, Cron):
        script = script.splitlines()[2].split(" ", 5)[5].replace("\\%", "%")  # as cron does
    subprocess.run(["sh", "-c", script], check=True)
    assert (tmp_path / "given").read_text().splitlines() == [ODD, "due", "--quiet"]


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="NOT RUN: no systemd-analyze here")
@pytest.mark.parametrize("job", [DAILY, SOME], ids=["daily", "some"])
def test_systemd_finds_nothing_wrong(job: Job, program: Path, tmp_path: Path) -> None:
    way = Systemd(tmp_path)
    real = Job(job.at, job.days, (str(program), *COMMAND[1:]), {**job.environment, "A": ODD})
    for path, text in way.texts(real).items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "XDG_RUNTIME_DIR": str(tmp_path)}
    units = [str(path) for path in way.texts(real)]
    done = subprocess.run(
        ["systemd-analyze", "verify", "--user", *units], env=environment, capture_output=True, text=True
    )
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
