"""Mutation check: plants small bugs one at a time, and says which of them no test notices.

    python -m tools.mutants                    every mutant of tools/mutants.toml
    python -m tools.mutants NAME...            those with such a name, or whose name begins so
    python -m tools.mutants --list             what they are, and which no longer fit the code; runs nothing
    python -m tools.mutants --whole NAME...    the whole suite too, for those that the tests meant for them miss

Nothing is changed here: all of it happens in a temporary copy, which is removed at the end, and on Ctrl-C too.
"""

import argparse
import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import textwrap
import time
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

ROOT = Path(__file__).parent.parent
LIST = Path(__file__).with_suffix(".toml")
_LEFT_OUT = shutil.ignore_patterns(".git", ".venv*", "venv", "__pycache__", ".*_cache", ".hypothesis", "dist", "build")
_LONGEST = 600  # seconds for the tests of one mutant; a bug may make them wait for ever
_FIRST_PROBLEM = re.compile(r"^(?:FAILED|ERROR) (.+?)(?: - .*)?$", re.MULTILINE)
_WIDTH = 100  # columns of the report


class StaleError(Exception):
    """Raised for a mutant that no longer fits the code; its text says why."""


class Outcome(Enum):
    """What became of a mutant."""

    CAUGHT = "caught"
    SURVIVED = "SURVIVED"
    STALE = "stale"


@dataclass(frozen=True)
class Mutant:
    """A small bug: in `file` the text `find`, which stands there once, becomes `becomes`.

    `means`: what the bug would do to a person, in a sentence. `tests`: the files, or single tests, meant to notice it.
    """

    name: str
    file: str
    find: str
    becomes: str
    means: str
    tests: tuple[str, ...]

    def mutated(self, source: str) -> str:
        """Return the source with the bug in it; raises StaleError."""
        times = source.count(self.find)
        if times != 1:
            raise StaleError(f"its text stands {times} times in {self.file}, not once")
        changed = source.replace(self.find, self.becomes)
        if self.file.endswith(".py"):
            try:
                compile(changed, self.file, "exec")
            except SyntaxError as error:
                raise StaleError(f"with it, {self.file} is no Python any more: {error}") from None
        return changed

    def problem(self, root: Path) -> str:
        """Return why the mutant does not fit the code below `root`; empty when it fits."""
        try:
            self.mutated((root / self.file).read_text(encoding="utf-8"))
        except OSError:
            return f"there is no {self.file}"
        except StaleError as error:
            return str(error)
        missing = [test for test in self.tests if not (root / test.partition("::")[0]).exists()]
        return f"there is no {missing[0]}" if missing else ""


@dataclass(frozen=True)
class Verdict:
    """What became of a mutant: `by` names the test that noticed it, or says why it is stale."""

    mutant: Mutant
    outcome: Outcome
    by: str = ""
    seconds: float = 0.0


def read_list(file: Path = LIST) -> list[Mutant]:
    """Return the mutants of a list; raises ValueError when one has no tests or two have one name."""
    tables = tomllib.loads(file.read_text(encoding="utf-8"))["mutant"]
    mutants = [Mutant(**{**table, "tests": tuple(table["tests"])}) for table in tables]
    twice = [name for name, times in Counter(mutant.name for mutant in mutants).items() if times > 1]
    if twice:
        raise ValueError(f"two mutants are called {twice[0]}")
    unmeant = [mutant.name for mutant in mutants if not mutant.tests]
    if unmeant:
        raise ValueError(f"no tests are meant for {unmeant[0]}")
    return mutants


def choose(mutants: Sequence[Mutant], names: Sequence[str]) -> list[Mutant]:
    """Return the mutants whose names begin with one of `names`, all when there are none; raises ValueError."""
    unknown = [name for name in names if not any(mutant.name.startswith(name) for mutant in mutants)]
    if unknown:
        raise ValueError(f"no mutant's name begins with {unknown[0]}")
    return [mutant for mutant in mutants if not names or mutant.name.startswith(tuple(names))]


class Copy:
    """A copy of the project in a temporary folder, in which bugs are planted and tests run."""

    def __init__(self, root: Path, folder: Path) -> None:
        """Copy the project at `root` into `folder`, which must be empty."""
        self.tree = folder / "tree"
        self._temporary = folder / "tmp"
        self._temporary.mkdir()
        shutil.copytree(root, self.tree, ignore=_LEFT_OUT, symlinks=True)
        # Python tells by size and whole second whether compiled code is still right: no two versions share a second.
        self._changed = int(time.time()) + 10

    @contextlib.contextmanager
    def planted(self, mutant: Mutant) -> Iterator[None]:
        """Have a mutant in the copy for a while; raises StaleError."""
        path = self.tree / mutant.file
        source = path.read_text(encoding="utf-8")
        self._write(path, mutant.mutated(source))
        try:
            yield
        finally:
            self._write(path, source)

    def _write(self, path: Path, text: str) -> None:
        path.write_text(text, encoding="utf-8", newline="")
        self._changed += 2
        os.utime(path, (self._changed, self._changed))

    def first_problem(self, tests: Sequence[str], *options: str) -> str:
        """Run tests up to the first that does not pass; return its id, empty when all pass."""
        command = [sys.executable, "-m", "pytest", "-x", "-q", "-ra", "-p", "no:cacheprovider", *options, *tests]
        environment = os.environ | {
            "PYTHONPATH": str(self.tree),
            "TMPDIR": str(self._temporary),
            "SMARTCLI_TEST_NO_SHRINKING": "1",  # which may take minutes, and says nothing more of the mutant
        }
        # A group of its own: whatever the tests started can be ended with them.
        running = subprocess.Popen(
            command, cwd=self.tree, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True, errors="replace", start_new_session=True,
        )  # fmt: skip
        try:
            said, _ = running.communicate(timeout=_LONGEST)
        except subprocess.TimeoutExpired:
            return f"no end within {_LONGEST} seconds"
        finally:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(running.pid, signal.SIGKILL)
            running.wait()
        if running.returncode == 0:
            return ""
        problem = _FIRST_PROBLEM.search(said)
        return problem[1] if problem else said.strip().rpartition("\n")[2] or f"pytest ended with {running.returncode}"


def judge(mutant: Mutant, copy: Copy, *, whole: bool = False) -> Verdict:
    """Plant a mutant and run the tests meant for it, and with `whole` then all; return what became of it."""
    begun = time.monotonic()
    try:
        with copy.planted(mutant):
            by = copy.first_problem(mutant.tests) or (copy.first_problem(["tests"], "-n2") if whole else "")
    except StaleError as error:
        return Verdict(mutant, Outcome.STALE, str(error))
    return Verdict(mutant, Outcome.CAUGHT if by else Outcome.SURVIVED, by, time.monotonic() - begun)


def print_list(mutants: Sequence[Mutant], root: Path) -> int:
    """Print what the mutants are, and which are stale; return how many are."""
    stale = 0
    for mutant in mutants:
        print(f"{mutant.name}  ({mutant.file})")
        print(_indented(mutant.means))
        problem = mutant.problem(root)
        if problem:
            stale += 1
            print(_indented(f"STALE: {problem}"))
    print(f"\n{len(mutants)} mutants, {stale} of them stale.")
    return stale


def _indented(text: str) -> str:
    return textwrap.fill(text, _WIDTH, initial_indent="    ", subsequent_indent="    ")


def _print_verdict(verdict: Verdict, width: int) -> None:
    by = verdict.by or "by none of the tests meant for it"
    print(f"{verdict.outcome.value:8}  {verdict.mutant.name:{width}}  {verdict.seconds:5.1f} s  {by}", flush=True)


def _print_summary(verdicts: Sequence[Verdict], seconds: float) -> None:
    for verdict in verdicts:
        if verdict.outcome is Outcome.SURVIVED:
            print(f"\nSURVIVED: {verdict.mutant.name} ({verdict.mutant.file})")
            print(_indented(f"It would mean: {verdict.mutant.means}"))
            print(_indented(f"No test noticed it in {', '.join(verdict.mutant.tests)}"))
        elif verdict.outcome is Outcome.STALE:
            print(f"\nstale: {verdict.mutant.name}")
            print(_indented(f"{verdict.by}. Write it anew, or take it out of {LIST.name}."))
    numbers = Counter(verdict.outcome for verdict in verdicts)
    told = ", ".join(f"{numbers[outcome]} {outcome.value}" for outcome in Outcome)
    print(f"\n{len(verdicts)} mutants in {seconds / 60:.1f} minutes: {told}.")


def run(mutants: Sequence[Mutant], root: Path, *, whole: bool = False) -> int:
    """Judge mutants in a copy of the project at `root`; return the exit code: 1 unless all are caught."""
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="mutants-", ignore_cleanup_errors=True) as folder:
        copy = Copy(root, Path(folder))
        fit = [mutant for mutant in mutants if not mutant.problem(root)]
        tests = sorted({test for mutant in fit for test in mutant.tests})
        print(f"First without any bug: {len(tests)} tests and files of tests.", flush=True)
        red = copy.first_problem(tests) if tests else ""
        if red:
            print(f"They do not pass as the code is now, so they can show nothing: {red}")
            return 1
        print(f"They pass, in {time.monotonic() - begun:.0f} seconds.\n", flush=True)
        width = max((len(mutant.name) for mutant in mutants), default=0)
        verdicts = []
        for mutant in mutants:
            problem = mutant.problem(root)
            verdict = Verdict(mutant, Outcome.STALE, problem) if problem else judge(mutant, copy, whole=whole)
            _print_verdict(verdict, width)
            verdicts.append(verdict)
    _print_summary(verdicts, time.monotonic() - begun)
    return int(any(verdict.outcome is not Outcome.CAUGHT for verdict in verdicts))


def main(words: Sequence[str] | None = None) -> int:
    """Do what the command line says; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tools.mutants", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help="of a mutant, or how names begin")
    parser.add_argument("--list", action="store_true", help="say what they are, and run nothing")
    parser.add_argument("--whole", action="store_true", help="run the whole suite for those that survive")
    given = parser.parse_args(words)
    try:
        mutants = choose(read_list(), given.names)
    except ValueError as error:
        parser.error(str(error))
    if given.list:
        return int(print_list(mutants, ROOT) > 0)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # ended by `kill`, nothing is left behind either
    try:
        return run(mutants, ROOT, whole=given.whole)
    except KeyboardInterrupt:
        print("\nStopped. Nothing is left behind.")
        return 130


if __name__ == "__main__":
    sys.exit(main())
