"""Our commands beside bare ones and jrnl, in one run: medians, peak memory and ratios.

    python -m tests.benchmarks [--sizes 0 1000 ...] [--runs 5] [--jrnl PATH] [--cold]

`--jrnl`: the program in an environment of its own. `--cold` adds a run with the system's file cache dropped (root).
"""

import argparse
import compileall
import os
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
COMMANDS = ("--version", "record check-in", "review --last 10", "review", "search river", "insights",
            "export --as json --output -", "export --as md --output -", "exercises", "")  # fmt: skip
JRNL = {"add": ["--", "Mood 6, no urges."], "list ten": ["-n", "10"], "search": ["-contains", "river"],
        "json export": ["--format", "json"]}  # fmt: skip
JRNLS_OWN = {"record check-in": "add", "review --last 10": "list ten", "search river": "search",
             "export --as json --output -": "json export"}  # fmt: skip
PARALLEL = 20


class Row(NamedTuple):
    """One thing measured: its name and size, what is run, what is typed, and where."""

    name: str
    size: int
    words: tuple[str, ...]
    typed: bytes
    home: Path


class Taken(NamedTuple):
    """What one run took: seconds on the clock and of the processor, and the most memory it had, in MB.

    A program that needs less memory than this one is shown with as much.
    """

    clock: float
    seconds: float
    memory: float


def start(row: Row) -> "subprocess.Popen[bytes]":
    """Start a row's program with its input."""
    environment = {**os.environ, "SMARTCLI_HOME": str(row.home), "PYTHONPATH": str(ROOT)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    null = subprocess.DEVNULL
    running = subprocess.Popen(row.words, stdin=subprocess.PIPE, stdout=null, stderr=null, env=environment)
    assert running.stdin
    running.stdin.write(row.typed)
    running.stdin.close()
    return running


def once(row: Row) -> Taken:
    """Run a row once."""
    began = time.perf_counter()
    running = start(row)
    _, status, used = os.wait4(running.pid, 0)
    running.returncode = os.waitstatus_to_exitcode(status)
    assert running.returncode == 0, f"{row.name}, {row.size:,} entries: exit {running.returncode}"
    return Taken(time.perf_counter() - began, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def cold(row: Row) -> float:
    """Run a row once with nothing in the system's file cache; return the seconds on the clock."""
    os.sync()
    Path("/proc/sys/vm/drop_caches").write_text("3")
    return once(row).clock


def rows(folder: Path, sizes: list[int], jrnl: str | None) -> list[Row]:
    """Make the journals and return everything to measure."""
    bare, scan = folder / "bare.py", folder / "scan.py"
    bare.write_text(beside.TYPER)
    scan.write_text(beside.SCAN)
    found = [Row("bare typer", 0, (sys.executable, str(bare)), b"", folder)]
    for size in sizes:
        home = folder / str(size)
        entries = make(home / "journal", size)
        if size:
            found.append(Row("bare scan", size, (sys.executable, str(scan), str(home / "journal/entries")), b"", home))
        found += [Row(name, size, (*OURS, *name.split()), CHECK_IN, home) for name in COMMANDS if known(name)]
        if jrnl and 0 < size <= 10_000:  # beyond that its runs take minutes
            settings = beside.jrnl(home / "jrnl", entries)
            asked = {name: (jrnl, "--config-file", str(settings), *words) for name, words in JRNL.items()}
            found += [Row(f"jrnl {name}", size, words, b"", home) for name, words in asked.items()]
    return found


def known(name: str) -> bool:
    """Return whether there is such a command yet."""
    words = [*name.split()[:1], "--help"]
    return subprocess.run([*OURS, *words], capture_output=True, cwd=ROOT).returncode == 0


def table(taken: dict[Row, list[Taken]], colds: dict[Row, float]) -> None:
    """Print medians, memory and ratios, each beside what it has to be measured against.

    The ratios are of processor time: other programs on the machine disturb it least.
    """
    middle = {(row.name, row.size): statistics.median(one.seconds for one in of) for row, of in taken.items()}
    bare = middle["bare typer", 0]
    print(
        f"{'':36}{'clock':>7}{'cpu':>7}{'cold':>7}{'MB':>6}{'x typer':>9}{'x empty':>9}{'x scan':>8}{'jrnl / it':>11}"
    )
    for row, of in taken.items():
        seconds, scan = middle[row.name, row.size], middle.get(("bare scan", row.size))
        empty = middle.get((row.name, 0)) if row.size else None
        theirs = middle.get((f"jrnl {JRNLS_OWN.get(row.name)}", row.size))
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
    asked.add_argument("--sizes", type=int, nargs="+", default=[0, 1_000, 10_000, 20_000, 100_000])
    asked.add_argument("--runs", type=int, default=5)
    asked.add_argument("--jrnl")
    asked.add_argument("--cold", action="store_true")
    wanted = asked.parse_args()
    compileall.compile_dir(ROOT / "smartcli", quiet=1)
    with tempfile.TemporaryDirectory() as folder:
        measured = rows(Path(folder), wanted.sizes, wanted.jrnl)
        colds = {row: cold(row) for row in measured} if wanted.cold else {}
        for row in measured:
            once(row)
        taken: dict[Row, list[Taken]] = {row: [] for row in measured}
        for _ in range(wanted.runs):  # one after the other, so that a slow moment of the machine falls on all
            for row in measured:
                taken[row].append(once(row))
        table(taken, colds)
        for row in measured:
            if row.name in ("record check-in", "jrnl add") and row.size:
                print(f"{PARALLEL} at once: {row.name}, {row.size:,} entries: {parallel(row)}")


if __name__ == "__main__":
    main()
