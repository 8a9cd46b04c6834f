"""Standard output that takes no more: said in a sentence by every command, never a crash."""

import errno
import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from smartcli import cli, trouble
from smartcli.content.catalog import Catalog
from smartcli.trouble import ATTENTION, PAUSED, USAGE, Pause, Trouble, door
from tests.conftest import Run
from tests.support import children

FULL = Path("/dev/full")
PRINTING = [
    "",
    "review",
    "review --json",
    "search hello",
    "search hello --json",
    "show last",
    "show last --json",
    "history last",
    "history last --json",
    "compare small",
    "insights",
    "insights --json",
    "exercises",
    "exercises --json",
    "exercises show small",
    "exercises check",
    "exercises new mine",
    "drafts",
    "drafts --json",
    "support",
    "where",
    "where --json",
    "print small --output -",
    *(f"export --as {kind} --output -" for kind in ("md", "html", "json", "ics")),
]


def all_commands() -> Iterator[str]:
    """Yield every command, and every command below it, as it is typed."""

    def below(command: object, typed: str) -> Iterator[str]:
        yield typed
        for name, inner in getattr(command, "commands", {}).items():
            yield from below(inner, f"{typed} {name}".strip())

    return below(get_command(cli.app), "")


def exit_code_on_a_full_disk(monkeypatch: pytest.MonkeyPatch, typed: str) -> object:
    with (
        FULL.open("w", encoding="utf-8") as full,
        Path(os.devnull).open(encoding="utf-8") as nothing,
        monkeypatch.context() as patch,
    ):
        patch.setattr(sys, "stdout", full)
        patch.setattr(sys, "stdin", nothing)
        with pytest.raises(SystemExit) as ended:
            cli.app(typed.split(), prog_name="smartcli")
    return ended.value.code


@pytest.mark.skipif(not FULL.exists(), reason="only Linux has /dev/full")
@pytest.mark.parametrize("typed", ["--version", *(f"{name} --help".strip() for name in all_commands()), *PRINTING])
def test_output_that_takes_no_more_is_told_by_every_command(
    run: Run, tiny: Catalog, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], typed: str
) -> None:
    for words in ("hello", "hello again"):
        run("record", "small", typed=f'{{"what": "{words}"}}')
    assert exit_code_on_a_full_disk(monkeypatch, typed) == 3
    assert capsys.readouterr().err.startswith("Not all of the output could be written.\n")


@pytest.mark.parametrize("typed", ["--version", "--help", "drafts show --help", "review"])
@pytest.mark.parametrize("plain", ["0", "1"])
def test_a_pipe_that_nobody_reads_on_is_no_fault(home: Path, typed: str, plain: str) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = program(home, *typed.split(), stdout=writing, plain=plain)
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, "")


def program(
    home: Path, *words: str, typed: str = "", plain: str = "0", **streams: Any
) -> subprocess.CompletedProcess[str]:
    """Run the real program with some of its streams as a shell gives them."""
    return subprocess.run(
        [sys.executable, "-m", "smartcli", *words], input=typed, stderr=subprocess.PIPE, text=True,
        env=children.environment(SMARTCLI_HOME=str(home), NO_COLOR="1", SMARTCLI_PLAIN=plain), **streams,
    )  # fmt: skip


def closed() -> None:
    os.close(1)


@pytest.mark.skipif(os.name != "posix", reason="a shell's >&- is POSIX")
@pytest.mark.parametrize(
    "typed", ["--version", "--help", "review --help", "support", "exercises --json", "where --json"]
)
def test_a_standard_output_that_is_closed_is_told(home: Path, typed: str) -> None:
    done = program(home, *typed.split(), preexec_fn=closed)
    assert done.returncode == 3
    assert done.stderr.startswith("Not all of the output could be written.\n")
    assert program(home, "drafts", "discard", "x", preexec_fn=closed).returncode == 2  # it has nothing to write


@pytest.mark.skipif(not FULL.exists(), reason="only Linux has /dev/full")
@pytest.mark.parametrize("words", [["record", "check-in"], ["record", "check-in", "--json"]])
@pytest.mark.parametrize("ends", ["full", "closed", "unread"])
def test_an_entry_whose_id_cannot_be_written_is_said_to_be_saved(home: Path, words: list[str], ends: str) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with FULL.open("w") as full:
        streams: dict[str, dict[str, Any]] = {
            "full": {"stdout": full},
            "closed": {"preexec_fn": closed},
            "unread": {"stdout": writing},
        }
        done = program(home, *words, typed='{"mood": 6}', **streams[ends])
    os.close(writing)
    assert done.returncode == (0 if ends == "unread" else 3)
    rows = json.loads(program(home, "review", "--json", stdout=subprocess.PIPE).stdout)
    assert f"Its id is {rows[0]['id']}." in done.stderr
    assert "went wrong" not in done.stderr


@pytest.mark.skipif(not FULL.exists(), reason="only Linux has /dev/full")
def test_an_error_is_told_although_output_takes_no_more_and_keeps_its_code(home: Path) -> None:
    with FULL.open("w") as full:
        done = program(home, "show", "nosuch", stdout=full)
    assert done.returncode == 2
    assert "No entry has that id." in done.stderr


@pytest.mark.skipif(not FULL.exists(), reason="only Linux has /dev/full")
@pytest.mark.parametrize("code", [USAGE, ATTENTION, PAUSED])
@pytest.mark.parametrize("ending", [Trouble, Pause, SystemExit])
def test_words_that_wait_for_a_full_output_take_nothing_from_how_a_command_ends(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], ending: type[BaseException], code: int
) -> None:
    endings: dict[type[BaseException], tuple[BaseException, int]] = {
        Trouble: (Trouble("Something is to be told.", code=code), code),
        Pause: (Pause("Something is to be told."), PAUSED),
        SystemExit: (SystemExit(code), code),
    }
    how, expected = endings[ending]
    with FULL.open("w") as full:
        monkeypatch.setattr(sys, "stdout", full)
        print("half of a listing")
        with pytest.raises(SystemExit) as ended, door():
            raise how
        assert ended.value.code == expected
        if ending is not SystemExit:
            assert "Something is to be told." in capsys.readouterr().err


@pytest.mark.skipif(not FULL.exists(), reason="only Linux has /dev/full")
@pytest.mark.parametrize(("words", "code"), [(["support"], 0), (["nosuch"], 2), (["record", "check-in"], 0)])
def test_nothing_depends_on_whether_errors_can_be_told(home: Path, words: list[str], code: int) -> None:
    with FULL.open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "smartcli", *words], input=b'{"mood": 6}', stdout=subprocess.PIPE, stderr=full,
            env=children.environment(SMARTCLI_HOME=str(home)),
        )  # fmt: skip
    assert done.returncode == code


class Pipe(io.StringIO):
    """A pipe of Windows that nobody reads any more."""

    def __init__(self, fd: int) -> None:
        super().__init__()
        self._fd = fd

    def fileno(self) -> int:
        return self._fd

    def flush(self) -> None:
        raise OSError(errno.EINVAL, "planted")


def test_windows_says_einval_of_a_pipe_that_nobody_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    ends = os.pipe()
    try:
        monkeypatch.setattr(sys, "stdout", Pipe(ends[1]))
        monkeypatch.setattr(trouble, "_discard", lambda stream: None)
        with pytest.raises(SystemExit) as ended, trouble.door():
            pass
    finally:
        for fd in ends:
            os.close(fd)
    assert ended.value.code == 0


def test_any_other_error_of_ours_is_not_taken_for_one_of_the_output() -> None:
    with pytest.raises(OSError, match="planted"), trouble.door():
        raise OSError(errno.ENXIO, "planted")
    with pytest.raises(OSError, match="planted"), trouble.door():
        raise OSError(errno.ENOSPC, "planted", "a file")
