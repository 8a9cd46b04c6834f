"""TAB offers commands, options, their values and the names of exercises, and never a word of the person."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pexpect
import pytest

from smartcli.commands.completion import Shell
from tests.conftest import Run
from tests.support import children


def offered(home: Path, line: str) -> list[str]:
    """Return what bash is offered for the last word of a line."""
    words = f"smartcli {line}"
    done = subprocess.run(
        [sys.executable, "-m", "smartcli"],
        env=children.environment(
            SMARTCLI_HOME=str(home), COMP_WORDS=words, COMP_CWORD=str(len(words.split(" ")) - 1), _SMARTCLI_COMPLETE="complete_bash"
        ),
        capture_output=True, encoding="utf-8",
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.split()


@pytest.mark.parametrize(
    ("line", "there"),
    [
        ("", {"checkin", "urge", "help"}), ("ch", {"checkin", "check-in"}), ("cb", {"cba"}), ("checkin --", {"--quick", "--plain", "--home"}),
        ("do cost", {"cost-benefit"}), ("do ", {"values"}), ("export --as ", {"md", "vault"}), ("review --exercise ur", {"urge-log"}),
        ("--color ", {"never"}), ("review --color ", {"never"}), ("review --point ", {"urges"}), ("exercises ", {"show", "new"}),
        ("exercises show cb", {"cba"}), ("print val", {"values"}), ("record check", {"check-in"}),
        ("help che", {"checkin", "check-in"}), ("help ", {"urge", "exercises"}), ("help exercises ", {"show", "new"}), ("help cb", {"cba"}),
        ("cba --", {"--quick", "--when", "--about"}), ("CBA --wh", {"--when"}), ("do cba --", {"--quick"}),
        ("settings id", {"idle_minutes"}), ("settings theme ", {"dark", "light"}), ("settings taps a", {"auto"}),
    ],
)  # fmt: skip
def test_what_can_stand_there_is_offered(tmp_path: Path, line: str, there: set[str]) -> None:
    found = offered(tmp_path, line)
    assert there <= {*found}
    assert len(found) == len({*found})


NOTHING = ["nothing x", "show ", "search ", "search che", "review --about ", "urge --about "]
NOTHING += [
    "help nothing ",
    "help checkin x",
    "cba ",
    "do cba ",
    "settings nothing ",
    "settings theme dark ",
    "settings people ",
]


@pytest.mark.parametrize("line", NOTHING)
def test_no_word_of_the_person_is_offered_and_nothing_is_an_error(run: Run, home: Path, line: str) -> None:
    assert run("record", "start", typed=json.dumps({"behaviours": [{"name": "wine"}]})).exit_code == 0
    run("exercises", "new", "mine")
    assert offered(home, line) == []
    assert "mine" not in offered(home, "do m")
    assert "mine" not in offered(home, "mi")


@pytest.mark.skipif(not shutil.which("bash"), reason="bash is not installed here")
@pytest.mark.skipif(os.name != "posix", reason="pseudo-terminals are a POSIX matter")
def test_tab_works_in_bash(tmp_path: Path) -> None:
    program = tmp_path / "smartcli"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m smartcli "$@"\n')
    program.chmod(0o755)
    root = str(Path(__file__).parents[2])
    environment = children.environment(
        SMARTCLI_HOME=str(tmp_path / "home"), HOME=str(tmp_path), TERM="dumb", PS1="> ",
        PATH=f"{tmp_path}:{os.environ['PATH']}", PYTHONPATH=root,
    )  # fmt: skip
    for _ in range(2):  # a second time changes nothing
        done = subprocess.run(
            [program, "--install-completion", "bash"], env=environment, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
    assert (tmp_path / ".bashrc").read_text().count("smartcli.sh") == 1
    shell = pexpect.spawn(
        "bash", ["--noprofile", "-i"], env=environment, encoding="utf-8", timeout=60, dimensions=(24, 100)
    )
    try:
        shell.send("smartcli supp\t")
        shell.expect("smartcli support ")
        shell.send("--a\t")
        shell.expect("--all ")
        for begun, whole in (("do cost-b", "cost-benefit "), ("help supp", "support "), ("cba --qu", "--quick ")):
            shell.send(f"\x15smartcli {begun}\t")
            shell.expect(whole)
    finally:
        shell.close(force=True)


@pytest.mark.parametrize("shell", Shell)
def test_a_script_is_shown_for_each_shell_and_names_the_program(run: Run, shell: Shell) -> None:
    done = run("--show-completion", shell.value)
    assert (done.exit_code, done.stderr) == (0, "")
    assert "smartcli" in done.stdout
    assert "_SMARTCLI_COMPLETE" in done.stdout


@pytest.mark.parametrize(
    "words", [["--show-completion", "tcsh"], ["--install-completion", "tcsh"], ["--install-completion"]]
)
def test_another_shell_is_told_in_our_words(run: Run, words: list[str]) -> None:
    done = run(*words)
    assert (done.exit_code, done.stdout) == (2, "")
    assert "tcsh" not in done.stderr
    assert "--install-completion" in done.stderr or "bash" in done.stderr


def test_powershell_keeps_its_rules(run: Run) -> None:
    done = run("--install-completion", "powershell")
    assert done.exit_code == 2
    assert "--show-completion powershell" in done.stderr


def test_a_shells_file_that_cannot_be_changed_is_told(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / ".bashrc").mkdir()
    done = run("--install-completion", "bash")
    assert done.exit_code == 3
    assert len(done.stderr.splitlines()) == 3
