"""Runs inside a mount namespace of its own: the program on disks that are too small, then large enough.

`python -m tests.faults.small_disk FOLDER full|live` prints one JSON line a run. `test_full_disk.py` starts it.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.conftest import SIZE
from tests.terminal.driver import OnDisk, Terminal, home_with_sitting, run

FIELDS = """
field = [
    { id = "first", kind = "line", ask = "First?" },
    { id = "free", kind = "text", ask = "Second?" },
    { id = "last", kind = "line", ask = "Third?" },
]
"""
ANSWERS = {"first": "a" * 3000, "free": "b" * 3000 + "\n" + "c" * 3000, "last": "d" * 3000}
PROMPTS = ["Second?", "Third?", "Save this?"]
TYPED = f"{ANSWERS['first']}\n{ANSWERS['free']}\n.\n{ANSWERS['last']}\n\n"
_LIT = 1.0  # seconds, in which a row that was lit has been drawn: what is drawn afterwards is the next page
OLD = {"first": "old", "free": "old", "last": "old"}


@contextmanager
def disk(at: Path) -> Iterator[Path]:
    """Mount a small disk with a home on it that holds an exercise and an old entry."""
    at.mkdir(parents=True, exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m,nr_inodes=200", "tmpfs", str(at)], check=True)
    try:
        home_with_sitting(at / "home", FIELDS)
        assert run(at / "home", "record", "sitting", typed=json.dumps(OLD)).returncode == 0
        yield at / "home"
    finally:
        subprocess.run(["umount", "-l", str(at)], check=True)


def fill(disk: Path, leave: int) -> None:
    """Leave so many bytes free."""
    told = os.statvfs(disk)
    with (disk / "ballast").open("wb") as file:
        file.write(b"\0" * max(told.f_bavail * told.f_frsize - leave, 0))


def use_up(disk: Path, leave: int) -> None:
    """Leave so many inodes free: files and folders that can still be made."""
    used = os.statvfs(disk).f_files - os.statvfs(disk).f_ffree
    subprocess.run(["mount", "-o", f"remount,size=1m,nr_inodes={used + leave}", str(disk)], check=True)


def lock(disk: Path, leave: int) -> None:
    """Make it a disk that can only be read."""
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)


def make_room(disk: Path) -> None:
    """Make it a disk with room again, that can be written to."""
    subprocess.run(["mount", "-o", "remount,rw", str(disk)], check=True)
    (disk / "ballast").unlink(missing_ok=True)
    subprocess.run(["mount", "-o", "remount,size=4m,nr_inodes=400", str(disk)], check=True)


def full(at: Path, how: str, leave: int) -> dict[str, Any]:
    """Sit down on a disk that becomes full; then there is room again. Return what happened."""
    with disk(at) as home:
        {"bytes": fill, "inodes": use_up, "read-only": lock}[how](at, leave)
        done = run(home, "do", "sitting", typed=TYPED)
        said = done.stdout + done.stderr
        given = [*ANSWERS][: sum(prompt in said for prompt in PROMPTS)]
        drafts, _, entries, unreadable = OnDisk.under(home)
        new = [one for one in entries if one != OLD]
        have = {**drafts, **(new[0] if new else {})}
        wrong = [f"{name} was given and is lost" for name in given if have.get(name) != ANSWERS[name]]
        wrong += [f"{name} cannot be read" for name in unreadable]
        wrong += [] if OLD in entries else ["the old entry is gone"]
        wrong += ["said to be kept, and is not"] if "Saved." in said and new != [ANSWERS] else []
        wrong += [] if done.returncode in (0, 3) else [f"exit code {done.returncode}"]
        wrong += ["a traceback"] if "Traceback" in said or "went wrong" in said else []
        if done.returncode == 3:
            why = "can only be read" if how == "read-only" else "is full"
            wrong += [] if why in said else ["it does not say why"]
            wrong += (
                []
                if run(home, "review").returncode == run(home, "show", "last").returncode == 0
                else ["it cannot be read"]
            )
            make_room(at)
            left = [name for name in ANSWERS if name not in drafts]
            typed = "".join(ANSWERS[name] + ("\n.\n" if name == "free" else "\n") for name in left) + "\n"
            again = run(home, "resume", typed=typed) if drafts else run(home, "do", "sitting", typed=TYPED)
            drafts, _, entries, _ = OnDisk.under(home)
            whole = [one for one in entries if one | {"free": ""} == ANSWERS | {"free": ""}]
            if again.returncode or drafts or not [one for one in whole if one["free"].endswith(ANSWERS["free"])]:
                wrong.append(f"not well with room again: {again.stderr[-200:]}")
        return {"how": f"{leave} {how}", "code": done.returncode, "given": len(given), "wrong": wrong}


def live(at: Path, plain: bool, during: str) -> dict[str, Any]:
    """At a terminal the disk becomes full in the middle, or at the end; the person makes room and goes on."""
    with disk(at) as home:
        terminal = Terminal(*(["--plain"] if plain else []), "do", "sitting", home=home, columns=100, rows=30)
        terminal.see("First?")
        terminal.type("one", "\r")
        terminal.see("Second?")
        if during == "sitting":
            fill(at, 0)
        terminal.type("two " * 1500, *(["\r", ".", "\r"] if plain else ["\x04"]))
        if during == "sitting":
            terminal.see("disk is full", "still here", "Try again")
            terminal.type("1")
            terminal.pump(_LIT)
            said = len(terminal.raw)
            terminal.type("\r")
            terminal.see_again("Try again", since=said)
            terminal.see("disk is full", "Try again")
            make_room(at)
            terminal.type("1", "\r")
        terminal.see("Third?")
        terminal.type("three", "\r")
        terminal.see("Save this?")
        other = at.parent / f"elsewhere-{plain}"
        other.mkdir(exist_ok=True)
        if during == "saving":
            fill(at, 0)
        terminal.type("\r")
        wrong = []
        if during == "saving":
            terminal.see("disk is full", "Save a copy in another folder")
            wrong += ["said to be kept"] if b"Saved." in terminal.raw else []
            terminal.type("2", "\r")
            terminal.see("Which folder?")
            said = len(terminal.raw)
            terminal.type(str(other), "\r")
            terminal.see_again("Try again", since=said)
            terminal.see("Try again", "disk is full")
            copies = [json.loads(path.read_text()) for path in other.iterdir()]
            wrong += [] if len(copies) == 1 and "three" in json.dumps(copies) else ["no copy elsewhere"]
            wrong += [] if {*OnDisk.under(home).drafted} == {*ANSWERS} else ["the draft does not hold all"]
            make_room(at)
            terminal.type("1", "\r")
        if not plain:
            terminal.see("Saved.")  # the last words, on a page inside
            terminal.type("\r")
        code = terminal.end()
        drafts, _, entries, unreadable = OnDisk.under(home)
        kept = [one for one in entries if one != OLD]
        if code or drafts or unreadable or [one["last"] for one in kept] != ["three"] or b"Saved." not in terminal.raw:
            last = [one["last"] for one in kept]
            wrong.append(f"not kept at the end: {code}, {last}, {len(drafts)} answers in drafts, {unreadable}")
        return {
            "how": f"{'plain' if plain else 'screen'}, full while {during}",
            "code": code,
            "given": 3,
            "wrong": wrong,
        }


def main(at: Path, part: int, of: int) -> None:
    """Try every `of`-th disk from `part` on."""
    jobs: list[tuple[Any, ...]] = [(live, plain, during) for plain in (False, True) for during in ("sitting", "saving")]
    jobs += [(full, "bytes", leave) for leave in range(0, 80_000, 4096 // min(SIZE, 4))]
    jobs += [(full, "inodes", leave) for leave in range(12)]
    jobs += [(full, "read-only", 0)]
    for what, *how in jobs[part::of]:
        print(json.dumps(what(at / f"disk{part}", *how)), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
