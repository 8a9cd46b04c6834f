"""`doctor` on a locked journal: closed by check sums, open by reading; each planted fault named, and none other."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from smartcli.entries.entry import Entry
from smartcli.journal import seal
from smartcli.journal.opened_cache import OpenedCache
from smartcli.journal.store import Journal
from smartcli.lock import keyring
from smartcli.lock.identity import Identity, generate_identity
from smartcli.trouble import ATTENTION, DONE, LOCKED
from smartcli.workbook.locking import count_plain
from smartcli.workbook.workbook import Workbook
from tests.conftest import Run
from tests.journal.test_store import small
from tests.support.locked import lock_home

pytestmark = pytest.mark.usefixtures("tiny")
WORDS = "the heron by the river"


@pytest.fixture
def identity(home: Path, run: Run) -> Identity:
    """A locked journal with 33 entries, a cache of them, and second names; a first look by `doctor`, closed again."""
    identity = lock_home(home)
    for number in range(2):
        assert run("record", "small", typed=json.dumps({"what": f"{WORDS} {number}"})).exit_code == DONE
    keyring.hold(identity)
    journal = Workbook().journal
    [first, *_rest] = journal.entries()
    journal.save_all([type(first)({**first.body, "id": f"{'a' * 11}{a}{b}"}) for a in "abcd" for b in "abcdefgh"])
    assert run("review").exit_code == DONE
    assert count_plain(Workbook()) == 0
    keyring.let_go()
    assert run("doctor").exit_code == DONE
    return identity


def files(home: Path) -> list[Path]:
    return sorted((home / "journal" / "entries").glob("*/*.age"))


def found(run: Run, *options: str) -> dict[str, Any]:
    return dict(json.loads(run("doctor", "--json", *options).stdout))


def kinds(run: Run) -> set[str]:
    return {finding["kind"] for finding in found(run)["findings"]}


def replace(path: Path, data: bytes) -> None:
    """Put other bytes in the place of a file, as sync tools do: its second name stays as it was."""
    path.unlink()
    path.write_bytes(data)
    path.chmod(0o600)


def flip(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(data[:-5] + bytes([data[-5] ^ 1]) + data[-4:])


def test_closed_it_says_what_it_could_do_and_needs_no_key(run: Run, home: Path, identity: Identity) -> None:
    done = run("doctor")
    assert done.exit_code == DONE
    assert "34 locked files, compared with the last look: 34 are as they were then" in done.stdout.replace("\n", " ")
    assert "doctor --unlock" in done.stdout
    assert "Everything was read" not in done.stdout
    assert run("doctor", "--unlock").exit_code == LOCKED
    assert WORDS not in (home / "state" / "sums.txt").read_text()


def test_open_every_file_is_read(run: Run, identity: Identity) -> None:
    keyring.hold(identity)
    done = run("doctor")
    assert done.exit_code == DONE
    assert "34 entries in 34 files, every byte read" in done.stdout
    assert "Everything was read, and all is well" in done.stdout


Plant = Callable[[Path], object]
FAULTS: dict[str, tuple[Plant, set[str], set[str]]] = {  # what is found closed, and what open
    "torn": (lambda home: replace(files(home)[0], files(home)[0].read_bytes()[:500]), {"damaged"}, {"damaged"}),
    "flipped": (lambda home: flip(files(home)[0]), {"damaged"}, {"damaged"}),
    "emptied": (lambda home: files(home)[0].write_bytes(b""), {"damaged"}, {"damaged"}),
    "other file": (lambda home: shutil.copy(files(home)[1], files(home)[0]), {"damaged"}, {"damaged"}),
    "gone": (lambda home: files(home)[0].unlink(), {"missing-files"}, {"gone"}),
    "key gone": (lambda home: shutil.rmtree(home / "journal" / "keys"), {"key"}, {"key"}),
    "key torn": (lambda home: key(home).write_bytes(b"age"), {"key"}, {"key"}),
    "note gone": (lambda home: note(home).unlink(), {"key"}, {"key"}),
    "note of another": (lambda home: note(home).write_text(another()), {"key"}, {"key"}),
    "pin damaged": (lambda home: (home / "state" / "lock.json").write_text("{"), {"key", "own-file"}, {"key"}),
    "plain": (lambda home: plain(home), {"not-locked-yet"}, {"not-locked-yet"}),
    "foreign": (lambda home: foreign(home), {"foreign"}, {"foreign"}),
    "hostile": (lambda home: hostile(home), {"damaged"}, {"damaged"}),
    "sums gone": (lambda home: (home / "state" / "sums.txt").unlink(), set(), set()),
    "of another key": (lambda home: stranger(home), set(), set()),
}


def key(home: Path) -> Path:
    return next((home / "journal" / "keys").iterdir())


def note(home: Path) -> Path:
    return next((home / "journal").glob("lock-*.json"))


def another() -> str:
    return json.dumps({"format": 1, "to": generate_identity().recipient, "since": "2026-11-01"})


def plain(home: Path) -> None:
    """Put an entry there in plain, as an older device does."""
    other = Journal(home.parent / "other" / "journal")
    other.save(made())
    shutil.copytree(other.path / "entries", home / "journal" / "entries", dirs_exist_ok=True)
    for path in (home / "journal" / "entries").rglob("*"):
        path.chmod(0o700 if path.is_dir() else 0o600)


def made() -> Entry:
    return small("in plain")


def foreign(home: Path) -> None:
    path = files(home)[0].with_name("x.txt")
    path.write_text("x")
    path.chmod(0o600)


def hostile(home: Path) -> None:
    lines = b"-> X25519 abc\nabc\n" * 4000
    path = files(home)[0].with_name(seal.random_name("h"))
    path.write_bytes(b"age-encryption.org/v1\n" + lines + b"--- abc\n")
    path.chmod(0o600)


def stranger(home: Path) -> None:
    path = files(home)[0].with_name(seal.random_name("s"))
    path.write_bytes(seal.sealed(made().body, generate_identity().recipient))
    path.chmod(0o600)


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_is_named_and_none_other(run: Run, home: Path, identity: Identity, fault: str) -> None:
    plant, closed, opened = FAULTS[fault]
    plant(home)
    if fault == "pin damaged":
        assert run("doctor").exit_code in (ATTENTION, 3)
        return
    expected = {"second-names"} if fault in ("plain", "of another key") else set()
    assert kinds(run) - expected == closed
    assert run("doctor").exit_code == (ATTENTION if closed else DONE)
    keyring.hold(identity)
    assert kinds(run) - expected == opened
    assert run("doctor").exit_code == (ATTENTION if opened else DONE)
    assert WORDS not in run("doctor").output


def test_files_of_another_key_are_counted_and_no_fault(run: Run, home: Path, identity: Identity) -> None:
    stranger(home)
    keyring.hold(identity)
    assert "1 file is locked with another device's key" in run("doctor").stdout.replace("\n", " ")


@pytest.mark.parametrize("copy", ["second name", "cache"])
@pytest.mark.parametrize("fault", ["torn", "gone"])
def test_a_good_copy_is_put_beside_sealed_and_once(
    run: Run, home: Path, identity: Identity, fault: str, copy: str
) -> None:
    if copy == "cache" and fault == "gone":
        pytest.skip("what has gone is no longer in the cache")
    keyring.hold(identity)
    before = words()
    path = files(home)[0]
    plant, _closed, opened = FAULTS[fault]
    plant(home)
    if copy == "cache":
        shutil.rmtree(home / "state" / "kept")
    else:
        OpenedCache.remove(home / "state")
    assert kinds(run) >= opened
    assert run("doctor", "--mend").exit_code == DONE
    assert not [file for file in (home / "journal" / "entries").rglob("*") if WORDS.encode() in bytes_of(file)]
    assert sorted(entry.id for entry in Journal(home / "journal").entries()) == before
    assert path.exists()
    number = len(files(home))
    assert run("doctor", "--mend").exit_code == DONE
    assert len(files(home)) == number


def words() -> list[str]:
    return sorted(entry.id for entry in Workbook().journal.entries())


def bytes_of(path: Path) -> bytes:
    return path.read_bytes() if path.is_file() else b""


def test_closed_nothing_is_mended_that_takes_a_key_and_nothing_is_lost(
    run: Run, home: Path, identity: Identity
) -> None:
    flip(files(home)[0])
    before = {path: path.read_bytes() for path in files(home)}
    assert run("doctor", "--mend").exit_code == ATTENTION
    assert {path: path.read_bytes() for path in files(home)} == before


def test_a_plain_journal_gets_no_list_of_sums(run: Run, home: Path) -> None:
    assert run("record", "small", typed='{"what": "x"}').exit_code == DONE
    assert run("doctor").exit_code == DONE
    assert not (home / "state" / "sums.txt").exists()
    assert "locked" not in run("doctor").stdout
