"""The mutation check, on a project of two lines: what is caught, what survives, what is stale, and what is left behind."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tools import mutants
from tools.mutants import Mutant, Outcome, choose, read_list

CODE = "def double(number):\n    return number + number\n\n\ndef half(number):\n    return number / 2\n"
TESTS = "from toy import double\n\n\ndef test_double():\n    assert double(3) == 6\n"


@pytest.fixture
def toy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with a test of one of its functions."""
    root = tmp_path / "toy"
    root.mkdir()
    (root / "toy.py").write_text(CODE)
    (root / "test_toy.py").write_text(TESTS)
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")  # the toy needs none, and they take a second each time
    return root


def bug(name: str, find: str, becomes: str, **more: Any) -> Mutant:
    given = {"file": "toy.py", "means": "It counts wrongly.", "tests": ("test_toy.py",), **more}
    return Mutant(name=name, find=find, becomes=becomes, **given)


BUGS = [
    bug("noticed", "number + number", "number * number"),
    bug("unnoticed", "number / 2", "number / 3"),
    bug("of the same size", "number + number", "number - number"),
    bug("twice there", "number):", "other):"),
    bug("gone", "number ** 2", "number"),
    bug("no code", "return number / 2", "return ("),
    bug("without its file", "a", "b", file="gone.py"),
    bug("without its tests", "number / 2", "number", tests=("test_gone.py",)),
]


def test_each_is_caught_survives_or_is_stale_and_nothing_is_changed(
    toy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    assert mutants.run(BUGS, toy) == 1
    said = capsys.readouterr().out
    lines = {name: line for line in said.splitlines() for name in (one.name for one in BUGS) if f"  {name} " in line}
    assert lines["noticed"].startswith(Outcome.CAUGHT.value)
    assert lines["noticed"].endswith("test_toy.py::test_double")
    assert lines["unnoticed"].startswith(Outcome.SURVIVED.value)
    assert lines["of the same size"].startswith(Outcome.CAUGHT.value), "compiled code of another bug was run"
    assert all(lines[one.name].startswith(Outcome.STALE.value) for one in BUGS[3:])
    assert "It counts wrongly." in said
    assert "2 caught, 1 SURVIVED, 5 stale" in said
    assert ((toy / "toy.py").read_text(), sorted(os.listdir(toy))) == (CODE, ["test_toy.py", "toy.py"])
    assert os.listdir(temporary) == []


def test_the_list_says_which_are_stale_and_runs_nothing(toy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (toy / "test_toy.py").write_text("raise AssertionError\n")
    assert mutants.print_list(BUGS, toy) == 5
    said = capsys.readouterr().out
    assert said.count("STALE") == 5
    assert all(one.name in said for one in BUGS)


def test_where_the_tests_do_not_pass_by_themselves_nothing_is_planted(
    toy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (toy / "test_toy.py").write_text(TESTS.replace("6", "7"))
    assert mutants.run(BUGS[:2], toy) == 1
    said = capsys.readouterr().out
    assert "test_toy.py::test_double" in said
    assert "noticed" not in said


def test_ended_in_the_middle_it_leaves_nothing_behind(toy: Path, tmp_path: Path) -> None:
    temporary, begun = tmp_path / "temporary", tmp_path / "begun"
    temporary.mkdir()
    (toy / "test_toy.py").write_text(
        f"import pathlib, time\n\n\ndef test_slow():\n    pathlib.Path({str(begun)!r}).touch()\n    time.sleep(60)\n"
    )
    code = (
        "import sys, pathlib\nfrom tools import mutants\n"
        "mutants.read_list = lambda: [mutants.Mutant('x', 'toy.py', 'number / 2', '1', 'y', ('test_toy.py',))]\n"
        f"mutants.ROOT = pathlib.Path({str(toy)!r})\nsys.exit(mutants.main([]))\n"
    )
    environment = os.environ | {"TMPDIR": str(temporary)}
    running = subprocess.Popen([sys.executable, "-c", code], env=environment, cwd=mutants.ROOT, stdout=subprocess.PIPE)
    until = time.monotonic() + 60
    while not begun.exists() and time.monotonic() < until:
        time.sleep(0.01)
    running.send_signal(signal.SIGTERM)
    said, _ = running.communicate(timeout=60)
    assert running.returncode == 130
    assert b"Nothing is left behind" in said
    assert os.listdir(temporary) == []


def test_the_list_can_be_read_and_some_of_it_chosen(tmp_path: Path) -> None:
    names = [mutant.name for mutant in read_list()]
    assert len(names) > 50
    assert [one.name for one in choose(BUGS, ["un", "gone"])] == ["unnoticed", "gone"]
    assert choose(BUGS, []) == BUGS
    with pytest.raises(ValueError, match="elsewhere"):
        choose(BUGS, ["gone", "elsewhere"])
    made = tmp_path / "list.toml"
    row = '[[mutant]]\nname = "a"\nfile = "f"\nfind = "x"\nbecomes = "y"\nmeans = "z"\ntests = [{tests}]\n'
    for wrong in (row.format(tests='"t"') * 2, row.format(tests="")):
        made.write_text(wrong)
        with pytest.raises(ValueError, match=r"a$"):
            read_list(made)
