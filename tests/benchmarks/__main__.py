"""Our commands beside bare ones, another checkout and jrnl, in one run: medians, peak memory and ratios.

    python -m tests.benchmarks [--sizes 0 1000 ...] [--runs 5] [--beside PATH] [--jrnl PATH] [--cold]

Rows alternate run by run, so that a slow moment of the machine falls on all of them; read the ratios, which are of
processor time, before the times. `--beside`: another checkout of smartcli, a git worktree for one, in a home of its
own with the same journal, each of its runs next to ours:

    git worktree add /tmp/before SOME-COMMIT && python -m tests.benchmarks --beside /tmp/before

`--jrnl`: the program in an environment of its own. `--cold` adds a run with the system's file cache dropped (root).
Nothing stands on standard input but for `record`: a session is its first question, and the end.
"""

import argparse
import compileall
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from tests.benchmarks import beside
from tests.benchmarks.journals import make

ROOT = Path(__file__).parent.parent.parent
OURS = [sys.executable, "-m", "smartcli"]
CHECK_IN = b'{"mood": 6, "urges": false}'
COMMANDS = ("--version", "due --quiet", "record check-in", "", "support", "--plain urge", "--plain lapse", "programme", "exercises",
            "show last", "review --last 10", "review", "search river", "insights", "plan", "export --as json --output -",
            "export --as md --output -", "export --as html --output -", "export --as csv --output OUT")  # fmt: skip
TYPED = {"record check-in": CHECK_IN}
# Left at its first question, or an answer by the exit code; any other run ends with 0.
ENDS = {"--plain urge": {130}, "--plain lapse": {130}, "due --quiet": {0, 10}}
NEEDS_ENTRIES = {"show last"}
JRNL = {"add": ["--", "Mood 6, no urges."], "list ten": ["-n", "10"], "search": ["-contains", "river"],
        "json export": ["--format", "json"], "md export": ["--format", "md"]}  # fmt: skip
JRNLS_OWN = {"record check-in": "add", "review --last 10": "list ten", "search river": "search",
             "export --as json --output -": "json export", "export --as md --output -": "md export"}  # fmt: skip
PARALLEL = 20


class Row(NamedTuple):
    """One thing measured: its name and size, what is run, what is typed, where, and of which checkout.

    The word OUT stands for a new folder, gone after each run.
    """

    name: str
    size: int
    words: tuple[str, ...]
    typed: bytes
    home: Path
    checkout: Path = ROOT


class Taken(NamedTuple):
    """What one run took: seconds on the clock and of the processor, and the most memory it had, in MB.

    A program that needs less memory than this one is shown with as much.
    """

    clock: float
    seconds: float
    memory: float


def start(row: Row) -> "subprocess.Popen[bytes]":
    """Start a row's program with its input, in its home: Python looks for modules where it is started first of all."""
    environment = {**os.environ, "SMARTCLI_HOME": str(row.home), "PYTHONPATH": str(row.checkout)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    words = [str(row.home / "out") if word == "OUT" else word for word in row.words]
    null = subprocess.DEVNULL
    running = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=null, stderr=null, env=environment, cwd=row.home)
    assert running.stdin
    running.stdin.write(row.typed)
    running.stdin.close()
    return running


def once(row: Row) -> Taken:
    """Run a row once, and take away what it left besides entries: drafts would be more with every run."""
    began = time.perf_counter()
    running = start(row)
    _, status, used = os.wait4(running.pid, 0)
    clock = time.perf_counter() - began
    running.returncode = os.waitstatus_to_exitcode(status)
    assert running.returncode in ENDS.get(row.name, {0}), f"{row.name}, {row.size:,} entries: exit {running.returncode}"
    for left in ("out", "state/drafts"):
        shutil.rmtree(row.home / left, ignore_errors=True)
    return Taken(clock, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def cold(row: Row) -> float:
    """Run a row once with nothing in the system's file cache; return the seconds on the clock."""
    os.sync()
    Path("/proc/sys/vm/drop_caches").write_text("3")
    return once(row).clock


def rows(folder: Path, sizes: list[int], jrnl: str | None, other: Path | None) -> list[Row]:
    """Make the journals and return everything to measure; a row of another checkout comes right after ours."""
    bare, scan = folder / "bare.py", folder / "scan.py"
    bare.write_text(beside.TYPER)
    scan.write_text(beside.SCAN)
    found = [
        Row("bare python", 0, (sys.executable, "-c", "pass"), b"", folder),
        Row("bare typer", 0, (sys.executable, str(bare)), b"", folder),
    ]
    checkouts = {ROOT: "ours", **({other: "other"} if other else {})}
    names = {checkout: {name for name in COMMANDS if known(name, checkout)} for checkout in checkouts}
    for size in sizes:
        homes = {checkout: folder / f"{size}-{name}" for checkout, name in checkouts.items()}
        home = homes[ROOT]
        entries = make(home / "journal", size)
        home.mkdir(exist_ok=True)
        if other:
            shutil.copytree(home, homes[other])
        if size:
            found.append(Row("bare scan", size, (sys.executable, str(scan), str(home / "journal/entries")), b"", home))
        found += [
            Row(name, size, (*OURS, *name.split()), TYPED.get(name, b""), at, checkout)
            for name in COMMANDS
            for checkout, at in homes.items()
            if name in names[checkout] and (size or name not in NEEDS_ENTRIES)
        ]
        if jrnl and 0 < size <= 10_000:  # beyond that its runs take minutes
            settings = beside.jrnl(home / "jrnl", entries)
            asked = {name: (jrnl, "--config-file", str(settings), *words) for name, words in JRNL.items()}
            found += [Row(f"jrnl {name}", size, words, b"", home) for name, words in asked.items()]
    return found


def known(name: str, checkout: Path) -> bool:
    """Return whether a checkout has such a command."""
    words = [*[word for word in name.split() if word != "--plain"][:1], "--help"]
    environment = {**os.environ, "PYTHONPATH": str(checkout)}
    return subprocess.run([*OURS, *words], capture_output=True, cwd=checkout, env=environment).returncode == 0


def table(taken: dict[Row, list[Taken]], colds: dict[Row, float]) -> None:
    """Print medians, memory and ratios, each beside what it has to be measured against.

    The ratios are of processor time: other programs on the machine disturb it least.
    """
    middle = {
        (row.name, row.size, row.checkout): statistics.median(one.seconds for one in of) for row, of in taken.items()
    }
    others = {row.checkout for row in taken} - {ROOT}
    bare = middle["bare typer", 0, ROOT]
    print(
        f"{'':36}{'clock':>7}{'cpu':>7}{'cold':>7}{'MB':>6}{'x typer':>9}{'x empty':>9}{'x scan':>8}"
        f"{'jrnl / it':>11}{'other cpu':>11}{'other / it':>12}"
    )
    for row, of in taken.items():
        if row.checkout in others:
            continue
        seconds, scan = middle[row.name, row.size, ROOT], middle.get(("bare scan", row.size, ROOT))
        empty = middle.get((row.name, 0, ROOT)) if row.size else None
        theirs = middle.get((f"jrnl {JRNLS_OWN.get(row.name)}", row.size, ROOT))
        other = next((found for one in others if (found := middle.get((row.name, row.size, one)))), None)
        clock = statistics.median(one.clock for one in of)
        beside = [
            (seconds / bare, 9),
            (seconds / empty if empty else None, 9),
            (seconds / (scan + bare) if scan else None, 8),
            (theirs / seconds if theirs else None, 11),
        ]
        name = f"{row.name or 'smartcli'}, {row.size:,}"
        once_cold = f"{colds[row] * 1000:.0f}" if row in colds else ""
        ratios = "".join("".rjust(room) if ratio is None else f"{ratio:{room}.2f}" for ratio, room in beside)
        ratios += f"{other * 1000:11.0f}{other / seconds:12.2f}" if other else ""
        print(
            f"{name:36}{clock * 1000:7.0f}{seconds * 1000:7.0f}{once_cold:>7}{max(one.memory for one in of):6.0f}{ratios}"
        )


def parallel(row: Row) -> str:
    """Start so many at once, and return how long it took until all were done."""
    began = time.perf_counter()
    done = [running.wait() for running in [start(row) for _ in range(PARALLEL)]]
    return f"{time.perf_counter() - began:.1f} s, {sum(code == 0 for code in done)} of {PARALLEL} say that they kept it"


def main() -> None:
    """Measure, and print what was found."""
    asked = argparse.ArgumentParser(prog="python -m tests.benchmarks")
    asked.add_argument("--sizes", type=int, nargs="+", default=[0, 1_000, 20_000, 100_000])
    asked.add_argument("--runs", type=int, default=5)
    asked.add_argument("--beside", type=Path)
    asked.add_argument("--jrnl")
    asked.add_argument("--cold", action="store_true")
    wanted = asked.parse_args()
    other = wanted.beside.resolve() if wanted.beside else None
    for checkout in filter(None, (ROOT, other)):
        compileall.compile_dir(checkout / "smartcli", quiet=1)
    with tempfile.TemporaryDirectory() as folder:
        measured = rows(Path(folder), wanted.sizes, wanted.jrnl, other)
        colds = {row: cold(row) for row in measured} if wanted.cold else {}
        for row in measured:
            once(row)
        taken: dict[Row, list[Taken]] = {row: [] for row in measured}
        for _ in range(wanted.runs):  # one after the other, so that a slow moment of the machine falls on all
            for row in measured:
                taken[row].append(once(row))
        table(taken, colds)
        for row in measured:
            if row.name in ("record check-in", "jrnl add") and row.size and row.checkout == ROOT:
                print(f"{PARALLEL} at once: {row.name}, {row.size:,} entries: {parallel(row)}")


if __name__ == "__main__":
    main()
