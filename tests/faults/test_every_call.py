"""The real program, killed at and failed at every file-system call it makes (by strace; Linux only).

What the program has said is kept must be there, byte for byte, whatever the call and however it ended; and it must
never say that something is kept which is not.

Between two calls that change something, the disk stays as it is, and what was said only grows: the kill that asks the
most is the one at the second. So a push kills at the calls that change something and at the last call of all, and
fails every call; SMARTCLI_TEST_SIZE=2 kills at every call too.
"""

import collections
import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from smartcli.journal.drafts import Drafts
from smartcli.journal.store import Journal
from tests.conftest import SIZE
from tests.terminal.driver import home_with_sitting, run

ALL = SIZE > 1  # every call with every error; a push takes those that matter
CALLS = "openat,read,write,fsync,linkat,renameat,renameat2,unlinkat,mkdir,close,fchmod,chmod,flock,getdents64"
CHANGING = re.compile(r"(write|linkat|renameat2?|unlinkat|mkdir|f?chmod)\(|openat\(.*O_(CREAT|TRUNC)")
FILLING = {"openat", "write", "fsync", "linkat", "renameat", "mkdir"}  # those that a full disk fails
PARALLEL = os.cpu_count() or 2

FIELDS = """
[[field]]
id = "first"
kind = "line"
ask = "First?"
[[field]]
id = "second"
kind = "scale"
ask = "Second?"
[[field]]
id = "third"
kind = "lines"
ask = "Third?"
"""
ANSWERS = {"first": "ärger [red] first", "second": 7, "third": ["one", "two"]}
OLD = {"first": "old words", "second": 1, "third": ["a"]}


def _strace_works() -> bool:
    if not shutil.which("strace"):
        return False
    return subprocess.run(["strace", "-o", os.devnull, "true"], capture_output=True).returncode == 0


pytestmark = pytest.mark.skipif(not _strace_works(), reason="NOT RUN: strace is not here, or may not trace")


@dataclass
class Scenario:
    """Words of the command, what is typed, and the promises its output makes."""

    words: list[str]
    typed: str = ""
    done: str = ""  # on standard output or error: it says that it is done
    after: Any = None  # what the old entry holds once it is done; None: it is hidden or gone
    prompts: list[str] = field(default_factory=list)


SCENARIOS = {
    "session": Scenario(
        ["do", "sitting"],
        f"{ANSWERS['first']}\n7\none\ntwo\n\n\n",
        "Saved.",
        prompts=["Second?", "Third?", "Save this?"],
    ),
    "record": Scenario(["record", "sitting"], json.dumps(ANSWERS), r"^[a-z2-7]{13}$"),
    "edit": Scenario(["edit", "aaaa"], "new words\n\n\n\n", "Saved.", after=OLD | {"first": "new words"}),
    "delete": Scenario(["delete", "aaaa", "--yes"], "", "is hidden", after=None),
    "restore": Scenario(["restore", "bbbb"], "", "is back", after=OLD),
    "purge": Scenario(["purge", "bbbb", "--yes"], "", "is erased", after=None),
}
TARGET = {"edit": "a", "delete": "a", "restore": "b", "purge": "b"}


class Call(NamedTuple):
    """A call that touches the home: its name, which one of that name it is in the whole run, and what it does."""

    name: str
    when: int
    changes: bool


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with an exercise, a live entry and a hidden one."""
    home = tmp_path_factory.mktemp("base") / "home"
    home_with_sitting(home, FIELDS)
    for letter in "ab":
        run(home, "record", "sitting", typed=json.dumps(OLD))
        [path] = [
            path
            for path in (home / "journal" / "entries").rglob("*.json")
            if f"-{letter * 13}" not in path.name and "-aaaa" not in path.name
        ]
        body = {**json.loads(path.read_text()), "id": letter * 13}
        path.unlink()
        from smartcli.entries.entry import Entry

        Journal(home / "journal").save(Entry(body))
    run(home, "delete", "bbbb", "--yes")
    return home


def points(home: Path, scenario: Scenario, trace: Path, *, anew: bool = False) -> Iterator[Call]:
    """Yield every call that touches the home, of a program that is forked, or started anew."""
    how = {"before" if anew else "traced": strace(trace)}
    done = run(home, *scenario.words, typed=scenario.typed, **how)  # type: ignore[arg-type]
    assert done.returncode == 0, done.stderr
    seen: collections.Counter[str] = collections.Counter()
    for line in trace.read_text(errors="replace").splitlines():
        match = re.match(r"\d+\s+((\w+)\(.*)", line)
        if match:
            seen[match[2]] += 1
            if str(home) in line:
                yield Call(match[2], seen[match[2]], bool(CHANGING.match(match[1])))


def strace(trace: Path, *inject: str) -> list[str]:
    """Return the words that trace a command, and strike one call."""
    return ["strace", "-f", "-y", "-o", str(trace), "-e", f"trace={CALLS}", *inject]


def broken(home: Path, name: str, scenario: Scenario, said: str, code: int) -> list[str]:
    """Return what is wrong in a home after a run that said so much and ended so."""
    journal, drafts = Journal(home / "journal"), Drafts(home / "state" / "drafts")
    heads = {head.entry.id: head.entry for head in journal.heads(deleted=True)}
    wrong = [f"{one.name} is {one.why}" for one in journal.unreadable]
    done = bool(re.search(scenario.done, said, re.MULTILINE))
    new = [entry for entry in heads.values() if entry.id not in ("a" * 13, "b" * 13)]
    if name in ("session", "record"):
        if done and [entry.answers for entry in new] != [ANSWERS]:
            wrong.append("said to be kept, and is not")
        given = list(ANSWERS.items())[: sum(prompt in said for prompt in scenario.prompts)]
        have = {name: answer for draft in drafts.all() for name, answer in draft.answers.items()}
        have |= {name: answer for entry in new for name, answer in entry.answers.items()}
        wrong += [f"{name} was given and is lost" for name, answer in given if have.get(name) != answer]
    else:
        entry = heads.get(TARGET[name] * 13)
        now = None if entry is None or entry.deleted else entry.answers
        before = OLD if name in ("edit", "delete") else None
        if done and now != scenario.after:
            wrong.append("said to be done, and is not")
        if not done and now not in (before, scenario.after):
            wrong.append(f"neither as it was nor as it should be: {now}")
        other = heads.get("b" * 13 if TARGET[name] == "a" else "a" * 13)
        if other is None:
            wrong.append("another entry is gone")
    if code == 0 and not done:
        wrong.append("ended well without saying that it is done")
    if "Traceback" in said:
        wrong.append("a traceback")
    return wrong


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_forked_program_makes_the_calls_of_one_that_is_started_anew(name: str, base: Path, tmp_path: Path) -> None:
    made = []
    for anew in (False, True):
        home = tmp_path / str(anew)
        shutil.copytree(base, home)
        calls = points(home, SCENARIOS[name], tmp_path / "trace", anew=anew)
        made.append([(call.name, call.changes) for call in calls])
    assert made[0] == made[1]


@pytest.mark.parametrize("name", SCENARIOS)
def test_killed_or_failed_at_every_call_nothing_promised_is_lost(name: str, base: Path, tmp_path: Path) -> None:
    scenario = SCENARIOS[name]
    shutil.copytree(base, tmp_path / "home")
    calls = [*points(tmp_path / "home", scenario, tmp_path / "trace")]
    jobs = [(call, "signal=SIGKILL") for call in calls if call.changes or call == calls[-1] or ALL]
    jobs += [(call, "error=EIO") for call in calls if call.name != "close"]
    jobs += [
        (call, "error=ENOSPC")
        for call in calls
        if (call.changes and call.name in FILLING) or call.name == "fsync" or ALL
    ]

    def one(job: tuple[int, tuple[Call, str]]) -> tuple[Call, str, list[str], bool]:
        number, (call, how) = job
        home, trace = tmp_path / f"h{number}", tmp_path / f"t{number}"
        shutil.copytree(base, home)
        struck_down = strace(trace, "-e", f"inject={call.name}:{how}:when={call.when}")
        done = run(home, *scenario.words, typed=scenario.typed, traced=struck_down)
        wrong = broken(home, name, scenario, done.stdout + done.stderr, done.returncode)
        struck = done.returncode in (-9, 137) or "INJECTED" in trace.read_text(errors="replace")
        shutil.rmtree(home)
        trace.unlink()
        return call, how, wrong, struck

    with ThreadPoolExecutor(PARALLEL) as pool:
        results = [*pool.map(one, enumerate(jobs))]
    struck = sum(struck for *_, struck in results)
    print(f"{name}: {len(calls)} calls, {len(jobs)} runs, {struck} struck")
    assert len(calls) > 20
    assert sum(call.changes for call in calls) > 1
    assert struck == len(jobs)
    assert not [result for result in results if result[2]]
