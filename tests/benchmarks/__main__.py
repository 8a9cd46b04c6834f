"""Our commands beside bare ones, another checkout and jrnl, in one run: medians, peak memory and ratios.

    python -m tests.benchmarks [--sizes 0 1000 ...] [--runs 5] [--beside PATH] [--jrnl PATH] [--locked] [--cold]

Rows alternate run by run, so that a slow moment of the machine falls on all of them; read the ratios, which are of
processor time, before the times. `--beside`: another checkout of smartcli, a git worktree for one, in a home of its
own with the same journal, each of its runs next to ours:

    git worktree add /tmp/before SOME-COMMIT && python -m tests.benchmarks --beside /tmp/before

`--jrnl`: the program in an environment of its own. `--locked`: each command next to itself in a home where the same
journal is locked, and what reads is given the passphrase; that is cheap to try, a real one takes some tenths of a second
more. `--cold` adds a run with the system's file cache dropped (root).
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

from tests.benchmarks import beside, locked
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
OPENS = {"show", "review", "search", "insights", "plan", "export"}  # what reads: a lock asks for its passphrase
JRNL = {"add": ["--", "Mood 6, no urges."], "list ten": ["-n", "10"], "search": ["-contains", "river"],
        "json export": ["--format", "json"], "md export": ["--format", "md"]}  # fmt: skip
JRNLS_OWN = {"record check-in": "add", "review --last 10": "list ten", "search river": "search",
             "export --as json --output -": "json export", "export --as md --output -": "md export"}  # fmt: skip
PARALLEL = 20


class Row(NamedTuple):
    """One thing measured: its name and size, what is run, what is typed, where, and of which checkout.

    The word OUT stands for a new folder, gone after each run, and FD for the number of an open file: where the home is
    `locked`, its passphrase is in it.
    """

    name: str
    size: int
    words: tuple[str, ...]
    typed: bytes
    home: Path
    checkout: Path = ROOT
    locked: bool = False


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
    null = subprocess.DEVNULL
    with (row.home / locked.NAME if row.locked else Path(os.devnull)).open("rb") as passphrase:
        number = passphrase.fileno()
        stands_for = {"OUT": str(row.home / "out"), "FD": str(number)}
        words = [stands_for.get(word, word) for word in row.words]
        running = subprocess.Popen(
            words, stdin=subprocess.PIPE, stdout=null, stderr=null, env=environment, cwd=row.home, pass_fds=[number]
        )
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


def rows(folder: Path, sizes: list[int], jrnl: str | None, other: Path | None, *, lock: bool) -> list[Row]:
    """Make the journals and return everything to measure; a row beside ours comes right after it.

    `lock`: each command is measured in a home with a locked journal too.
    """
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
        home, at_locked = homes[ROOT], folder / f"{size}-locked"
        entries = make(home / "journal", size)
        home.mkdir(exist_ok=True)
        if other:
            shutil.copytree(home, homes[other])
        if lock:
            shutil.copytree(home, at_locked)
            locked.lock(at_locked)
        if size:
            found.append(Row("bare scan", size, (sys.executable, str(scan), str(home / "journal/entries")), b"", home))
        for name in COMMANDS:
            if size or name not in NEEDS_ENTRIES:
                words, typed = name.split(), TYPED.get(name, b"")
                found += [
                    Row(name, size, (*OURS, *words), typed, at, checkout)
                    for checkout, at in homes.items()
                    if name in names[checkout]
                ]
                if lock:
                    given = ("--passphrase-fd", "FD") if OPENS.intersection(words[:1]) else ()
                    found.append(Row(name, size, (*OURS, *given, *words), typed, at_locked, locked=True))
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
        (row.name, row.size, row.checkout): statistics.median(one.seconds for one in of)
        for row, of in taken.items()
        if not row.locked
    }
    locked_middle = {
        (row.name, row.size): statistics.median(one.seconds for one in of) for row, of in taken.items() if row.locked
    }
    others = {row.checkout for row in taken} - {ROOT}
    bare = middle["bare typer", 0, ROOT]
    print(
        f"{'':36}{'clock':>7}{'cpu':>7}{'cold':>7}{'MB':>6}{'x typer':>9}{'x empty':>9}{'x scan':>8}"
        f"{'jrnl / it':>11}{'other cpu':>11}{'other / it':>12}{'locked cpu':>12}{'locked / it':>13}"
    )
    for row, of in taken.items():
        if row.checkout in others or row.locked:
            continue
        seconds, scan = middle[row.name, row.size, ROOT], middle.get(("bare scan", row.size, ROOT))
        empty = middle.get((row.name, 0, ROOT)) if row.size else None
        theirs = middle.get((f"jrnl {JRNLS_OWN.get(row.name)}", row.size, ROOT))
        other = next((found for one in others if (found := middle.get((row.name, row.size, one)))), None)
        sealed = locked_middle.get((row.name, row.size))
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
        ratios += f"{other * 1000:11.0f}{other / seconds:12.2f}" if other else " " * 23 if sealed else ""
        ratios += f"{sealed * 1000:12.0f}{sealed / seconds:13.2f}" if sealed else ""
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
    asked.add_argument("--locked", action="store_true")
    asked.add_argument("--cold", action="store_true")
    wanted = asked.parse_args()
    other = wanted.beside.resolve() if wanted.beside else None
    for checkout in filter(None, (ROOT, other)):
        compileall.compile_dir(checkout / "smartcli", quiet=1)
    with tempfile.TemporaryDirectory() as folder:
        measured = rows(Path(folder), wanted.sizes, wanted.jrnl, other, lock=wanted.locked)
        colds = {row: cold(row) for row in measured} if wanted.cold else {}
        for row in measured:
            once(row)
        taken: dict[Row, list[Taken]] = {row: [] for row in measured}
        for _ in range(wanted.runs):  # one after the other, so that a slow moment of the machine falls on all
            for row in measured:
                taken[row].append(once(row))
        table(taken, colds)
        for row in measured:
            if row.name in ("record check-in", "jrnl add") and row.size and row.checkout == ROOT and not row.locked:
                print(f"{PARALLEL} at once: {row.name}, {row.size:,} entries: {parallel(row)}")


if __name__ == "__main__":
    main()
