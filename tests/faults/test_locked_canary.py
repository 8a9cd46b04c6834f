"""A locked journal on the disk: no word, and nothing of its key, in any byte of any file or in any name.

What is written counts, and also what changes with what is written: names, lengths, this device's own lists.
"""

import json
import math
import re
import shutil
import subprocess
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from smartcli import places
from smartcli.cli import app
from smartcli.journal import opened_cache, seal
from smartcli.lock import keyring
from smartcli.lock.identity import Identity, generate_identity
from smartcli.lock.recovery_sheet import split_groups
from smartcli.workbook.locking import lock_journal
from smartcli.workbook.workbook import Workbook
from tests.conftest import SIZE
from tests.faults.test_nothing_leaks import ANSWERS, FIELDS
from tests.support.locked import PASSPHRASE, lock_home
from tests.terminal.driver import home_with_sitting, run

CANARY = "CANARY"  # in every answer of ANSWERS
SITTING = ["CANARY line", "CANARY own", "CANARY item", "CANARY", "text", ".", "CANARY cell", "CANARY", "3", ""]
ENTRIES: list[tuple[str, dict[str, Any]]] = [
    ("start", {"behaviours": [{"name": "CANARY drinking", "family": "alcohol"}], "reason": "my CANARY"}),
    ("letter", {"letter": "Dear CANARY", "one-line": "It passes, CANARY"}),
    ("if-then", {"situations": ["payday"], "plans": [{"situation": "payday", "response": "see CANARY"}]}),
    ("safety-plan", {"signs": ["CANARY at night"], "people": [{"name": "CANARY", "contact": "CANARY"}]}),
    ("urge-log", {"strength": 6, "tool": "walk CANARY", "trigger": "CANARY", "place": "CANARY", "note": "CANARY"}),
    ("check-in", {"mood": 4, "good": "CANARY", "next": "CANARY"}),
    ("lapse", {"state": "over", "how-long": "once", "step": "call CANARY"}),
    ("sitting", ANSWERS),
]


def call(*words: str, typed: str = "") -> Result:
    places.choose(None)
    return CliRunner().invoke(app, [*words], input=typed)


def hits(folder: Path, *secrets: str) -> list[str]:
    """Return the names and the files below a folder in which one of some secrets stands, in any letters."""
    wanted = [secret.casefold() for secret in secrets]
    found = []
    for path in folder.rglob("*"):
        name = str(path.relative_to(folder))
        held = path.read_bytes() if path.is_file() else b""
        texts = [name, *(held.decode(coding, "replace") for coding in ("utf-8", "utf-16-le"))]
        if any(one in text.casefold() for text in texts for one in wanted):
            found.append(name)
    return found


@pytest.fixture(autouse=True)
def _let_go() -> Iterator[None]:
    yield
    keyring.let_go()


@pytest.fixture
def written(home: Path) -> Path:
    """A home in which everything was written before it was locked: entries, lists, drafts."""
    home_with_sitting(home, FIELDS)
    for name, answers in ENTRIES:
        assert call("record", name, typed=json.dumps(answers)).exit_code == 0
    call("do", "sitting", typed="CANARY half\n!\n")
    call("delete", "--yes", "last")
    call("review")
    assert hits(home, CANARY)
    return home


def lock_whole(home: Path) -> Identity:
    """Lock a journal with all that lies there, as `lock` does once everything is asked."""
    identity = lock_home(home)
    keyring.hold(identity)
    outcome = lock_journal(Workbook(), identity, "2026-11-01", lambda done, of: None)
    assert outcome.is_whole
    keyring.let_go()
    return identity


def sit_twenty_times(identity: Identity) -> None:
    """Write in every way, with the journal closed and open, and read and change what is there."""
    closed = [["record", name] for name, _answers in ENTRIES]
    for words, (_name, answers) in zip(closed, ENTRIES, strict=True):
        assert call(*words, typed=json.dumps(answers)).exit_code == 0
    assert call("do", "sitting", typed="\n".join([*SITTING, ""])).exit_code == 0
    call("do", "sitting", typed="CANARY half\n!\n")
    call("do", "letter", typed="CANARY half\n.\n!\n")
    call("urge", "6", typed="\n".join(["CANARY"] * 9))
    call("checkin", "5", typed="CANARY\nCANARY\n!\n")
    keyring.hold(identity)
    for words in (
        ["review"],
        ["insights"],
        ["search", CANARY],
        ["history", "last"],
        ["compare", "urge"],
        ["drafts"],
        [],
        ["plan"],
    ):
        assert call(*words).exit_code == 0, words
    assert CANARY in call("show", "last").stdout
    assert call("record", "sitting", typed=json.dumps(ANSWERS)).exit_code == 0
    call("edit", "last", typed="1\nCANARY once more\n\n!\n")
    call("resume", typed="CANARY own\n!\n")
    call("delete", "--yes", "last")
    call("later", typed="CANARY\n!\n")
    keyring.let_go()
    call("record", "letter", typed=json.dumps(ENTRIES[1][1]))


@pytest.mark.parametrize("chosen", [[], ["letter"]])
def test_no_word_of_twenty_sittings_stands_in_any_byte(written: Path, chosen: list[str]) -> None:
    if chosen:
        (written / "config.toml").write_text(f"keep_open = {json.dumps(chosen)}\n")
    identity = lock_whole(written)
    sit_twenty_times(identity)
    assert len([*(written / "journal" / "entries").rglob("*.json.age")]) >= 2 * len(ENTRIES)
    found = hits(written, CANARY)
    left_open = [name for name in found if name.startswith("state/open/entries/")]
    assert found == left_open
    assert bool(left_open) == bool(chosen)
    assert not hits(written, PASSPHRASE, identity.secret, *split_groups(identity.secret)[:3])
    named = [name for name, _answers in ENTRIES if name != "sitting"]  # that one is a file of the person's own
    assert chosen or not hits(written, *named)


LEAKS: dict[str, Callable[[pytest.MonkeyPatch], None]] = {
    "an entry that is plain": lambda patch: patch.setattr(seal, "seal_bytes", lambda data, to, name="": data),
    "a name with a word in it": lambda patch: patch.setattr(seal, "random_name", lambda letter: f"{letter}canary.json.age"),
    "a cache that is plain": lambda patch: patch.setattr(keyring, "seal_for", lambda data, to: data),
}  # fmt: skip


@pytest.mark.parametrize("mistake", LEAKS)
def test_each_planted_leak_is_noticed(home: Path, monkeypatch: pytest.MonkeyPatch, mistake: str) -> None:
    lock_home(home)
    LEAKS[mistake](monkeypatch)
    call("record", "letter", typed=json.dumps(ENTRIES[1][1]))
    assert hits(home, CANARY)


# --- what changes with the answers

NUMBER = 40 * SIZE  # entries whose answers differ
PACKED = zlib.compress(b"", 1)[:2]


class Written:
    """What somebody sees who has the files and no key: names, lengths, what is plain."""

    def __init__(self, home: Path, lengths: list[int]) -> None:
        self.names = [path.name for path in (home / "journal" / "entries").rglob("*.json.age")]
        self.blocks = {math.ceil(path.stat().st_size / 4096) for path in (home / "journal" / "entries").rglob("*.age")}
        self.lengths = lengths
        own = [path for path in (home / "state").rglob("*") if path.is_file()]
        plain = [path for path in own if b"age-encryption.org" not in path.read_bytes()]
        # The moment of the last save is seconds, and the test takes some; names were drawn by chance.
        self.plain = {path.name: re.sub(r" \d+$|[a-z2-7]{26}", "", path.read_text()) for path in plain}
        self.state = sorted(
            re.sub(r"[a-z2-7]/[a-z2-7]{26}|[0-9a-f]{16}", "NAME", str(path.relative_to(home))) for path in own
        )


def write(
    home: Path, identity: Identity, answers: Iterator[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> Written:
    """Write entries in a locked journal, and open it once for all lists and the cache to be made."""
    lengths: list[int] = []
    seal_for = keyring.seal_for

    def measured(data: bytes, to: str) -> bytes:
        if data.startswith(PACKED):  # the cache: as many blocks as all entries take together, and no byte more is told
            assert (len(data) + seal._ROUND_IT) % seal._BLOCK == 0
        else:
            lengths.append(len(data))
        return seal_for(data, to)

    monkeypatch.setenv("SMARTCLI_HOME", str(home))
    with monkeypatch.context() as patch:
        patch.setattr(keyring, "seal_for", measured)
        for one in answers:
            assert call("record", "sitting", typed=json.dumps(one)).exit_code == 0
        keyring.hold(identity)
        assert call("review").exit_code == 0
        keyring.let_go()
    return Written(home, lengths)


def same_answers() -> Iterator[dict[str, Any]]:
    for _number in range(NUMBER):
        yield ANSWERS


def other_answers() -> Iterator[dict[str, Any]]:
    for number in range(NUMBER):
        words = "river heron " * (1 + number * 40 // NUMBER)
        yield {
            "line": words,
            "pick": f"own {number}",
            "lines": [words],
            "text": words,
            "grid": [{"what": words}],
            "strength": number % 11,
        }


def test_names_and_lengths_tell_nothing_of_the_answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opened_cache, "_WORTH_WRITING", NUMBER)
    home_with_sitting(tmp_path / "one", FIELDS)
    key = lock_home(tmp_path / "one")
    shutil.copytree(tmp_path / "one", tmp_path / "other")
    one = write(tmp_path / "one", key, same_answers(), monkeypatch)
    other = write(tmp_path / "other", key, other_answers(), monkeypatch)
    for seen in (one, other):
        assert len({*seen.names}) == NUMBER
        assert all(re.fullmatch(r"[a-z2-7]{26}\.json\.age", name) for name in seen.names)
        assert len({name[:1] for name in seen.names}) > 1
        assert len(seen.blocks) == 1
    assert not {*one.names} & {*other.names}
    assert one.lengths == other.lengths
    assert one.blocks == other.blocks
    assert one.plain == other.plain
    assert one.state == other.state


# --- every write of a run

TRACED = (
    "trace=write,writev,pwrite64,openat,mkdirat,rename,renameat,renameat2,link,linkat,symlinkat,execve,sendto,sendmsg"
)


def traced(home: Path, *words: str, typed: str) -> list[str]:
    """Return the calls of a run that write, name or start something."""
    log = home.parent / "calls"
    before = ["strace", "-f", "-v", "-o", str(log), "-e", TRACED, "-s", "100000"]
    done = run(home, *words, typed=typed, before=before)
    assert done.returncode == 0, done.stderr
    return log.read_text(errors="replace").splitlines()


def can_trace() -> bool:
    """Return whether calls can be looked at here."""
    return bool(shutil.which("strace")) and subprocess.run(["strace", "true"], capture_output=True).returncode == 0


@pytest.mark.skipif(not can_trace(), reason="NOT RUN: strace is not here, or may not trace")
def test_no_call_carries_a_word_or_the_key_to_the_disk_or_to_another_program(home: Path) -> None:
    home_with_sitting(home, FIELDS)
    identity = lock_home(home)
    calls = traced(home, "--plain", "do", "sitting", typed="\n".join([*SITTING, ""]))
    calls += traced(home, "--passphrase-fd", "0", "show", "last", typed=f"{PASSPHRASE}\n")
    secrets = [CANARY, PASSPHRASE, identity.secret, "AGE-SECRET-KEY"]
    loud = [one for one in calls if any(secret in one for secret in secrets)]
    to_terminal = [one for one in loud if re.match(r"\d+ +write\([12], ", one)]
    assert any(CANARY in one for one in to_terminal), "nothing was written, or nothing read"
    assert loud == to_terminal
    assert not [one for one in to_terminal if PASSPHRASE in one or "SECRET" in one]
    assert any("age-encryption.org" in one for one in calls if "write(" in one)


def test_a_key_is_made_of_what_is_looked_for() -> None:
    """Or the searches above would look for what no key holds."""
    identity = generate_identity()
    assert identity.secret.startswith("AGE-SECRET-KEY-1")
    assert all(group in identity.secret for group in split_groups(identity.secret))
