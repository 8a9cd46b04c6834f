"""One hostile file in a home of its own, and every command that reads run over it.

`python -m tests.faults.hostile PART OF` prints one JSON line a case: its name, what was wrong, seconds, megabytes. It is a
process of its own so that its memory can be measured.
"""

import hashlib
import json
import os
import re
import resource
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple
from unittest import mock

from typer.main import get_command
from typer.testing import CliRunner, Result

from smartcli import places, settings
from smartcli.cli import app
from smartcli.content import catalog
from smartcli.journal.files import LARGEST
from tests.conftest import CATALOGUE
from tests.corpus.make import CORPUS, ENTRY, GOOD, ID, as_bytes

SECONDS, MEGABYTES = 2.0, 200
STUCK = 30  # seconds by the clock, on a machine that does other things too, after which a command waits for something
REVISION = "0123456789abcdef"
OTHER = "aaaaaaaaaaaa2"  # the id of the good entry that lies beside the hostile one
STEERING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")

READ: list[list[str]] = [
    [], ["review"], ["review", "--json"], ["show", "last"], ["search", "line"], ["where"], ["where", "--json"], ["doctor"],
    ["export", "--output", "-"], ["export", "--as", "json", "--history", "--output", "-"], ["drafts"], ["later"], ["support"],
    ["history", OTHER], ["edit", OTHER], ["review", "--since", "2020-01-01", "--exercise", "everything"], ["exercises"],
]  # fmt: skip
CATALOGUE_TOO = [
    ["exercises", "--json"],
    ["exercises", "check"],
    ["exercises", "show", "everything"],
    ["drafts", "--json"],
]
ABOUT_IT: list[list[str]] = [["show", ID], ["history", ID], ["edit", ID], ["show", ID, "--json"]]


class Case(NamedTuple):
    """A hostile file: its name, how it is put into a home, what is expected of the commands."""

    name: str
    kind: str
    refused: bool
    put: Callable[[Path], Path]  # into a home; returns the path it has there


def cases() -> list[Case]:
    """Return every case: the corpus, and what can only be made on the spot."""
    found = []
    for path in sorted(CORPUS.rglob("*")):
        kind = path.relative_to(CORPUS).parts[0]
        if path.is_file() and path.parent != CORPUS and kind in PLACES:
            refused = path.parent.name == "refused"
            found.append(Case(str(path.relative_to(CORPUS)), kind, refused, _copied(path, kind)))
    for name, make in SPECIAL.items():
        kind = name.split("/")[0]
        found.append(Case(name, kind, True, _made(make, kind)))
    for name, make in UNREAD.items():
        kind = name.split("/")[0]
        found.append(Case(name, kind, False, _made(make, kind)))
    return found


def _entry_name(stem: str) -> str:
    return f"20261101T205000Z-{ID}.{REVISION}.json"


PLACES: dict[str, Callable[[Path, str], Path]] = {
    "entries": lambda home, name: home / "journal" / "entries" / "2026-11" / _entry_name(name),
    "drafts": lambda home, name: home / "state" / "drafts" / "dddddddddddd2.jsonl",
    "config": lambda home, name: home / "config.toml",
    "exercises": lambda home, name: home / "journal" / "exercises" / name,
    "state": lambda home, name: home / "state" / ".".join(name.split(".")[:2]),
}


def _copied(path: Path, kind: str) -> Callable[[Path], Path]:
    def put(home: Path) -> Path:
        target = PLACES[kind](home, path.name)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
        return target

    return put


def _made(make: Callable[[Path], Any], kind: str) -> Callable[[Path], Path]:
    def put(home: Path) -> Path:
        target = PLACES[kind](home, "special.toml")
        target.parent.mkdir(parents=True, exist_ok=True)
        return make(target) or target

    return put


def sparse(path: Path) -> None:
    """Make a file that claims ten gigabytes and takes none."""
    with path.open("wb") as file:
        file.truncate(10 << 30)


def placeholder(path: Path) -> None:
    """Make what a cloud folder leaves: a size, and nothing downloaded."""
    with path.open("wb") as file:
        file.truncate(2000)


def just_too_large(path: Path) -> None:
    """Make a whole entry that is larger than any of ours."""
    path.write_bytes(GOOD[:-3] + b" " * (LARGEST - len(GOOD) + 4) + b"}\n")


def linked(to: str) -> Callable[[Path], None]:
    """Return what makes a link."""
    return lambda path: path.symlink_to(to)


def loop(path: Path) -> None:
    """Make two links that name each other."""
    other = path.with_name("other")
    path.symlink_to(other)
    other.symlink_to(path)


def named(name: str) -> Callable[[Path], Path]:
    """Return what makes an empty file of another name beside the right one."""

    def make(path: Path) -> Path:
        other = path.parent / os.fsdecode(name.encode("utf-8", "surrogateescape"))
        other.write_bytes(b"CANARY")
        return other

    return make


def month(make: Callable[[Path], Any]) -> Callable[[Path], Path]:
    """Return what puts something in the place of a month's folder."""

    def put(path: Path) -> Path:
        other = path.parent.with_name("2026-10")
        make(other)
        return other

    return put


def cycle(path: Path) -> None:
    """Make three revisions that are each other's parents."""
    for number in range(3):
        revision, parent = f"{number:016x}", f"{(number + 1) % 3:016x}"
        body = {**ENTRY, "parents": [parent]}
        (path.parent / f"20261101T205000Z-{ID}.{revision}.json").write_bytes(as_bytes(body))


def crowd(path: Path) -> None:
    """Make an entry of three hundred revisions, each the parent of the next."""
    for number in range(300):
        body = {**ENTRY, "parents": [f"{number:016x}"], "saved": f"2026-11-01T21:{number % 60:02}:00+00:00"}
        (path.parent / f"20261101T205000Z-{ID}.{number + 1:016x}.json").write_bytes(as_bytes(body))


def garbage_beside(path: Path) -> None:
    """Leave what other tools leave, beside a good file."""
    path.write_bytes(GOOD)
    for name in (
        ".DS_Store",
        "Thumbs.db",
        "desktop.ini",
        ".syncthing.x.tmp",
        "~syncthing~x.tmp",
        ".x.icloud",
        "x.part",
        ".tmp-1-aa",
    ):
        (path.parent / name).write_bytes(b"CANARY")


SPECIAL: dict[str, Callable[[Path], Any]] = {
    "entries/a-fifo": os.mkfifo,
    "entries/a-folder": Path.mkdir,
    "entries/a-link-to-a-secret": linked("/etc/passwd"),
    "entries/a-link-to-nothing": linked("/nowhere/at/all"),
    "entries/a-link-to-a-device": linked("/dev/zero"),
    "entries/two-links-in-a-loop": loop,
    "entries/ten-gigabytes-of-nothing": sparse,
    "entries/not-downloaded-yet": placeholder,
    "entries/larger-than-any-of-ours": just_too_large,
    "entries/a-name-of-255-bytes": named("n" * 250 + ".json"),
    "entries/a-name-that-is-not-utf-8": named("caf\udce9\udcff.json"),
    "entries/a-name-that-steers-the-terminal": named("\x1b]0;x\x07\x1b[31m\nx\x7f\u202e.json"),
    "entries/a-month-that-is-a-loop": month(loop),
    "entries/a-month-that-is-a-link-to-nothing": month(linked("/nowhere")),
    "drafts/a-fifo": os.mkfifo,
    "drafts/a-folder": Path.mkdir,
    "drafts/a-link-to-a-device": linked("/dev/zero"),
    "drafts/ten-gigabytes-of-nothing": sparse,
    "config/a-fifo": os.mkfifo,
    "config/a-folder": Path.mkdir,
    "config/a-link-to-a-device": linked("/dev/zero"),
    "config/two-links-in-a-loop": loop,
    "config/ten-gigabytes-of-nothing": sparse,
    "exercises/a-fifo": os.mkfifo,
    "exercises/a-folder": Path.mkdir,
    "exercises/a-link-to-a-device": linked("/dev/zero"),
    "exercises/two-links-in-a-loop": loop,
    "exercises/ten-gigabytes-of-nothing": sparse,
    "exercises/a-name-of-255-bytes": named("n" * 250 + ".toml"),
    "exercises/a-name-that-is-not-utf-8": named("caf\udce9\udcff.toml"),
    "exercises/a-name-that-steers-the-terminal": named("\x1b]0;x\x07\x1b[31m\nx\x7f\u202e.toml"),
}
UNREAD: dict[str, Callable[[Path], Any]] = {
    "entries/leftovers-of-other-tools": garbage_beside,
    "entries/revisions-that-are-each-others-parents": cycle,
    "entries/three-hundred-revisions": crowd,
    "state/known.txt.a-fifo": os.mkfifo,
    "state/resting.json.a-fifo": os.mkfifo,
    "state/turns.json.a-fifo": os.mkfifo,
    "state/resting.json.a-link-to-a-device": linked("/dev/zero"),
}


def home_of(case: Case, folder: Path) -> tuple[Path, Path]:
    """Return a home with a good entry and the hostile file, and where that is."""
    home = folder / "home"
    shutil.rmtree(home, ignore_errors=True)
    before = os.umask(0o077)
    try:
        entries = home / "journal" / "entries" / "2026-11"
        entries.mkdir(parents=True)
        (entries / f"20261101T205000Z-{OTHER}.{REVISION}.json").write_bytes(
            as_bytes({**ENTRY, "id": OTHER, "draft": "x"})
        )
        return home, case.put(home)
    finally:
        os.umask(before)


def tree(path: Path) -> dict[str, Any]:
    """Return what is in a folder: every name, what it is, its mode, its time and its bytes."""
    found: dict[str, Any] = {}
    for one in sorted(path.rglob("*")):
        told = one.lstat()
        small = one.is_file() and not one.is_symlink() and told.st_size < 1 << 25
        data = hashlib.sha256(one.read_bytes()).hexdigest() if small else str(told.st_size)
        found[str(one.relative_to(path))] = (told.st_mode, told.st_mtime_ns if not one.is_dir() else 0, data)
    return found


def run(home: Path, words: list[str], typed: str = "") -> tuple[Result, float]:
    """Run a command in this process; return what came of it, and the processor's seconds."""
    places.choose(None)
    began = time.process_time()
    signal.signal(signal.SIGALRM, _stuck)
    signal.alarm(STUCK)
    try:
        done = CliRunner().invoke(app, ["--home", str(home), *words], input=typed)
    finally:
        signal.alarm(0)
    return done, time.process_time() - began


def _stuck(*_: object) -> None:
    raise TimeoutError(f"nothing came of it in {STUCK} seconds")


def wrong_with(case: Case, words: list[str], done: Result, seconds: float) -> list[str]:
    """Return what no command may do, whatever the file."""
    wrong = []
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        wrong.append(f"{type(done.exception).__name__}")
    if seconds > SECONDS:
        wrong.append(f"{seconds:.1f} seconds")
    if "Traceback" in done.output:
        wrong.append("a traceback")
    errors = done.stderr
    asking = words[:1] in (["edit"], ["later"], ["resume"])  # questions go to standard error, old answers beside them
    if not asking and "CANARY" in errors:
        wrong.append("words of the person's in an error")
    if STEERING.search(errors) or (words[:1] != ["export"] and "--json" not in words and STEERING.search(done.stdout)):
        wrong.append("signs that steer the terminal")
    if not asking and len(errors) > 4000:
        wrong.append("more than a few sentences")
    return [f"{' '.join(words) or 'bare'}: {one}" for one in wrong]


def expected(case: Case, at: Path, words: list[str], done: Result) -> list[str]:
    """Return in what a command that was run over a refused, or an odd, file did not do as cli.md says."""
    wrong = []
    code, name = done.exit_code, os.fsencode(at.name).decode("utf-8", "replace")
    fine = {0}
    if words[:1] == ["later"]:
        fine = {0, 130}
    if words[:1] == ["edit"]:
        fine = {130, 0}
    if words in ABOUT_IT:
        fine = {2, 4} if case.refused or case.kind != "entries" else {0, 130, 2, 4}
    if words[:1] == ["resume"]:
        fine = {130, 4, 2, 0} if case.kind == "drafts" else {2}
    is_incomplete = case.kind == "entries" and case.refused
    if words[:1] == ["export"] and is_incomplete:
        fine = {4}
    if words == ["doctor"]:
        fine = {4} if case.refused else {0, 4}
    is_named = case.refused and case.kind in ("entries", "drafts")
    if words[:1] == ["where"]:
        fine = {4} if is_named else {0}
    told = done.stderr.count("(config.toml)")
    if words == [] and case.kind == "config" and case.refused and told != 1:
        wrong.append("bare: the settings are not named once")
    if case.kind == "exercises" and case.refused:
        if words == ["exercises", "check"]:
            fine = {2}
            if _on_screen(name) not in done.stderr.replace("\n", ""):
                wrong.append("the file is not named")
        if words == ["exercises"] and not re.search(r"was left out: .+\.", done.stderr, re.DOTALL):
            wrong.append("the file is not named")
    if words == ["where", "--json"] and code in fine:
        unreadable = [one["name"] for one in json.loads(done.stdout)["unreadable"]]
        if bool(unreadable) != is_named:
            wrong.append(f"unreadable: {len(unreadable)}")
    if (
        words == ["review"]
        and case.kind == "entries"
        and case.refused
        and not re.search(r"\d (file|folder)s? in the journal could not be (read|opened)", done.stderr)
    ):
        wrong.append("no note")
    if words == ["drafts"] and case.kind == "drafts" and case.refused and "could not be read" not in done.stderr:
        wrong.append("no note")
    if code not in fine:
        wrong.append(f"exit code {code}")
    return [f"{' '.join(words) or 'bare'}: {one}" for one in wrong]


def _on_screen(name: str) -> str:
    from smartcli.words import visible

    return visible(name).replace("\n", "")


def tried(case: Case, folder: Path) -> tuple[list[str], float]:
    """Run every command over a case; return what was wrong, and the longest time a command took."""
    home, at = home_of(case, folder)
    settings.noted.clear()  # each case is a run of its own
    before = tree(home)
    wrong: list[str] = []
    longest = 0.0
    about_it = ABOUT_IT if case.kind in ("entries", "drafts") else CATALOGUE_TOO
    for words in [*READ, *about_it]:
        done, seconds = run(home, words)
        wrong += wrong_with(case, words, done, seconds) + expected(case, at, words, done)
        longest = max(longest, seconds)
    after = tree(home)
    ours = {"state", "state/known.txt", "state/resting.json", "state/turns.json", "state/drafts"}
    changed = {name for name in {*before, *after} if before.get(name) != after.get(name)} - ours
    changed = {name for name in changed if not f"{name}/".startswith("state/kept/")}  # second names of the same files
    wrong += [f"changed on disk: {name}" for name in sorted(changed)]
    for words, typed in ((["resume"], "!\n"), (["record", "check-in"], '{"mood": 3}')):
        done, seconds = run(home, words, typed)
        wrong += wrong_with(case, words, done, seconds) + expected(case, at, words, done)
    return wrong, longest


def peak() -> float:
    """Return the most memory this program has held, in MB; getrusage would count what its parent held too."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    found = re.search(r"VmHWM:\s+(\d+)", status.read_text())
    assert found
    return int(found[1]) / 1024


def main(part: int, of: int) -> None:
    """Try every `of`-th case from `part` on."""
    resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
    with (
        tempfile.TemporaryDirectory() as folder,
        mock.patch.object(catalog, "built_in", return_value=CATALOGUE),
        mock.patch(
            "typer.testing._get_command", return_value=get_command(app)
        ),  # made once: it takes longer than most runs
    ):
        for case in cases()[part::of]:
            wrong, longest = tried(case, Path(folder))
            memory = peak()
            if memory > MEGABYTES:
                wrong.append(f"{memory:.0f} MB")
            print(json.dumps({"name": case.name, "wrong": wrong, "seconds": longest, "megabytes": memory}), flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
