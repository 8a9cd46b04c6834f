"""Makes a journal to be frozen: `python -m tests.journals.make format-N`. See README.md: never one that is there."""

import json
import os
import shutil
import sys
import time
from pathlib import Path
from typing import Any
from unittest import mock

import time_machine

from smartcli.content import catalog
from smartcli.journal.store import Journal
from smartcli.trouble import ATTENTION
from tests.conftest import CATALOGUE
from tests.faults.hostile import run as run_in
from tests.faults.hostile import tree

HERE = Path(__file__).parent
EVERYTHING: dict[str, Any] = {
    "free": "Two lines,\nand ärger 🙂 — שלום.", "one": "a [red]line[/red]", "many": [{"text": "warm", "marks": ["short"]}, {"text": "tired", "marks": ["long"]}],
    "plain-lines": ["first", "second"], "count": 12.5, "strength": 7, "after": 3, "pick": "walk", "picks": ["walk", "words of my own"],
    "order": ["words of my own", "walk"], "grid": [{"what": "a row", "how": 4, "which": ["walk"]}, {"what": "another", "how": 0}], "yes": False,
    "on": "2026-10-25T02:30:00+02:00", "breathe": {"seconds": 60, "finished": True, "ratings": [{"after_seconds": 30, "value": 5}]},
}  # fmt: skip
OWN = 'format = 1\nid = "mine"\ntitle = "Mine"\npoint = "balance"\npurpose = "My own."\n[[field]]\nid = "what"\nkind = "line"\nask = "What?"\n'


def looked_at(home: Path) -> dict[str, Any]:
    """Return what the program says of a journal."""

    def said(*words: str) -> Any:
        done = run_in(home, [*words, "--json"])[0]
        assert done.exit_code in (0, ATTENTION), (words, done.stderr)
        return json.loads(done.stdout)

    rows = [{name: value for name, value in row.items() if name != "summary"} for row in said("review", "--deleted")]
    shown = {row["id"]: said("show", row["id"]) for row in rows if row["state"] == "live"}
    return {"review": rows, "show": shown, "history": {row["id"]: said("history", row["id"]) for row in rows}}


def make(home: Path) -> None:
    """Live a few weeks in a home."""

    def run(day: int, *words: str, typed: str = "", code: int = 0) -> str:
        with time_machine.travel(f"2026-11-{day:02}T20:{day:02}:30+00:00", tick=False):
            done = run_in(home, [*words], typed)[0]
        assert done.exit_code == code, (words, done.stderr, done.exception)
        return done.stdout.strip()

    def record(day: int, exercise: str, answers: dict[str, Any], *words: str) -> str:
        return run(day, "record", exercise, *words, typed=json.dumps(answers))

    home.mkdir()
    (home / "journal" / "exercises").mkdir(parents=True)
    (home / "journal" / "exercises" / "mine.toml").write_text(OWN)
    record(1, "start", {"behaviours": [{"name": "drinking", "family": "alcohol"}]})
    record(1, "everything", EVERYTHING)
    record(2, "check-in", {"mood": 6, "note": "plain"})
    edited = record(3, "small", {"what": "first words"})
    run(4, "edit", edited, typed="second words\n\n")
    run(5, "edit", edited, typed="third words\n\n")
    run(6, "delete", record(6, "small", {"what": "hidden words"}), "--yes")
    back = record(7, "small", {"what": "brought back"})
    run(7, "delete", back, "--yes")
    run(8, "restore", back)
    both = record(9, "small", {"what": "before"})
    shutil.copytree(home, home.with_name("elsewhere"))
    run(10, "edit", both, typed="changed here\n\n")
    elsewhere = home.with_name("elsewhere")
    with time_machine.travel("2026-11-11T08:00:00+00:00", tick=False):
        assert run_in(elsewhere, ["edit", both], "changed there\n\n")[0].exit_code == 0
    for path in (elsewhere / "journal" / "entries").rglob("*.json"):
        there = home / path.relative_to(elsewhere)
        if not there.exists():
            shutil.copyfile(path, there)
    shutil.rmtree(elsewhere)
    record(
        12,
        "urge-log",
        {"strength": 8, "after": 3, "trigger": "home", "tool": "walk"},
        "--when",
        "2026-11-05T23:30",
        "--about",
        "drinking",
    )
    record(13, "check-in", {"mood": 2}, "--when", "2026-11-02")
    record(14, "mine", {"what": "of my own"})
    whole = record(15, "small", {"what": "copied by a sync tool"})
    [path] = (home / "journal" / "entries").rglob(f"*-{whole}.*.json")
    shutil.copyfile(path, path.with_name(path.stem + ".sync-conflict-20261122-023052-W2KRHZF.json"))
    path.rename(path.with_name("small (conflicted copy 2026-11-15).json"))
    run(16, "do", "everything", typed="half a draft\n.\nsecond answer\n!\n", code=130)
    assert not Journal(home / "journal").unreadable


def main(name: str) -> None:
    """Make one, and write down what the program says of it today."""
    folder = HERE / name
    assert not folder.exists(), "It is there already. They are never made anew."
    os.environ["TZ"] = "Europe/Berlin"
    time.tzset()
    with mock.patch.object(catalog, "built_in", return_value=CATALOGUE):
        make(folder)
        (folder / "state" / "known.txt").unlink(missing_ok=True)
        before = tree(folder / "journal")
        with time_machine.travel("2026-12-01T12:00:00+00:00", tick=False):
            expected = looked_at(folder)
        assert tree(folder / "journal") == before
        (folder / "state" / "known.txt").unlink(missing_ok=True)
    (folder / "expected.json").write_text(json.dumps(expected, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
