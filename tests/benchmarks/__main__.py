"""`python -m tests.benchmarks [SIZE ...]`: our commands beside bare ones, in one run, as medians and ratios."""

import compileall
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.benchmarks.journals import make

ROOT = Path(__file__).parent.parent.parent
RUNS = 15

BARE = """
import typer
app = typer.Typer(add_completion=False)
@app.command()
def hello() -> None:
    print("hello")
app()
"""

COMMANDS: dict[str, tuple[list[str], bytes]] = {
    "--version": (["--version"], b""),
    "exercises": (["exercises"], b""),
    "record": (["record", "check-in"], b'{"mood": 6}'),
    "review --last 10": (["review", "--last", "10"], b""),
}


def main(sizes: list[int]) -> None:
    """Measure in journals of these sizes and print a table."""
    compileall.compile_dir(ROOT / "smartcli", quiet=1)
    with tempfile.TemporaryDirectory() as folder:
        bare = Path(folder) / "bare.py"
        bare.write_text(BARE)
        homes = {}
        for size in sizes:
            homes[size] = Path(folder) / str(size)
            make(homes[size] / "journal", size)
        rows: dict[str, tuple[list[str], bytes, str]] = {
            "python -c pass": (["-c", "pass"], b"", folder),
            "bare typer program": ([str(bare)], b"", folder),
        }
        for name, (words, typed) in COMMANDS.items():
            for size in sizes:
                rows[f"{name}, {size:,} entries"] = (["-m", "smartcli", *words], typed, str(homes[size]))
        times: dict[str, list[float]] = {name: [] for name in rows}
        for _ in range(RUNS + 1):  # one after the other, so that a slow moment of the machine falls on all
            for name, (words, typed, home) in rows.items():
                times[name].append(once(words, typed, home))
    floor = statistics.median(times["bare typer program"][1:])
    print(f"{'':34} median ms   of the bare typer program")
    for name, taken in times.items():
        middle = statistics.median(taken[1:])
        print(f"{name:34} {middle * 1000:9.0f}   {middle / floor:.2f}x")


def once(words: list[str], typed: bytes, home: str) -> float:
    """Run Python once and return how long it took, in seconds."""
    environment = {**os.environ, "SMARTCLI_HOME": home, "PYTHONPATH": str(ROOT)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    began = time.perf_counter()
    subprocess.run([sys.executable, *words], input=typed, capture_output=True, env=environment, check=True)
    return time.perf_counter() - began


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [0, 10_000])
