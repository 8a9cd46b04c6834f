"""What sync tools leave in a locked journal: named, retried the next time, and never in the way of the rest."""

import json
import random
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from smartcli.entries.entry import DELETED
from smartcli.entries.revisions import with_state
from smartcli.journal import locking, seal
from smartcli.journal.opened_cache import OpenedCache
from smartcli.journal.store import Journal
from smartcli.lock import keyring
from smartcli.lock.identity import Identity, generate_identity
from smartcli.trouble import DONE
from smartcli.workbook.workbook import Workbook
from tests.conftest import SIZE, Run
from tests.journal.test_store import edited, small
from tests.support.locked import lock_home

pytestmark = pytest.mark.usefixtures("tiny")


def quiet(done: int, of: int) -> None:
    """Tell nobody how far it is."""


def files(home: Path) -> list[Path]:
    return sorted((home / "journal" / "entries").glob("*/*.age"))


def sealed_name(home: Path) -> Path:
    folder = home / "journal" / "entries" / "s"
    folder.mkdir(exist_ok=True)
    return folder / seal.random_name("s")


def torn(home: Path, number: int = 600) -> Path:
    path = sealed_name(home)
    path.write_bytes(seal.sealed(small("torn").body, keyring.held()[0].recipient)[:number])
    return path


def of_another_key(home: Path) -> Path:
    path = sealed_name(home)
    path.write_bytes(seal.sealed(small("foreign").body, generate_identity().recipient))
    return path


def hostile(stanzas: int) -> bytes:
    return b"age-encryption.org/v1\n" + b"-> X25519 abc\nabc\n" * stanzas + b"--- abc\n" + b"x" * 64


def conflicted(home: Path) -> Path:
    path = files(home)[0]
    copy = path.with_name(path.name.replace(".json", " (conflicted copy).json"))
    copy.write_bytes(path.read_bytes())
    return copy


@pytest.mark.parametrize("seed", range(2 * SIZE))
def test_a_mixed_journal_reads_byte_for_byte_as_plain(run: Run, home: Path, seed: int) -> None:
    chance = random.Random(seed)
    journal = Journal(home / "journal")
    entries = [small(f"word {number}", day=1 + number % 20) for number in range(40)]
    changed = [edited(entry, "changed") for entry in entries[:10]]
    journal.save_all([*entries, *changed])
    journal.save_all([with_state(entries[-1], DELETED, [entries[-1].revision])])
    commands = [("review", "--json", "--all"), ("review", "--json"), ("export", "json", "--output", "-")]
    commands = [command for command in commands if run(*command).exit_code == DONE]
    assert ("review", "--json") in commands
    expected = [run(*command).stdout for command in commands]
    plain = {path: path.read_bytes() for path in (home / "journal" / "entries").glob("*/*.json")}
    identity = lock_home(home)
    keyring.hold(identity)
    locking.seal_files(home / "journal" / "entries", identity.recipient, quiet)
    for path in chance.sample(files(home), len(plain) // 3):
        plain_bytes, name = seal.unseal(path.read_bytes())
        sealed_name(home).write_bytes(seal.seal_bytes(plain_bytes, identity.recipient, name=name))
    for path in chance.sample(sorted(plain), len(plain) // 2):
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(plain[path])
    conflicted(home)
    for _number in range(7):
        of_another_key(home)
    torn(home)
    for _again in range(2):  # without the cache, and with it
        for command, stdout in zip(commands, expected, strict=True):
            done = run(*command)
            assert done.exit_code == DONE
            assert done.stdout == stdout
            assert "1 file in the journal could not be read" in done.stderr
            assert "7 entries are locked with another device's key" in done.stderr
    named = [file["why"] for file in json.loads(run("where", "--json").stdout)["unreadable"]]
    assert sorted(named) == ["locked with another key"] * 7 + ["not readable"]


Left = Callable[[Path], Path]
LEFT: dict[str, tuple[Left, str]] = {
    "torn": (torn, "not readable"),
    "torn in the head": (lambda home: torn(home, 100), "not readable"),
    "empty": (lambda home: torn(home, 0), "empty"),
    "of another key": (of_another_key, "another key"),
    "hostile": (lambda home: write(sealed_name(home), hostile(4000)), "not readable"),
    "no age at all": (lambda home: write(sealed_name(home), b"\0" * 4096), "empty"),
    "in the cloud": (lambda home: write(cloudy(home), b"x"), "not downloaded yet"),
}


def write(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def cloudy(home: Path) -> Path:
    path = sealed_name(home)
    return path.with_name(f".{path.name}.icloud")


@pytest.fixture
def identity(home: Path, run: Run) -> Identity:
    identity = lock_home(home)
    keyring.hold(identity)
    Workbook().journal.save_all([small(f"word {number}") for number in range(40)])
    return identity


@pytest.mark.parametrize("left", LEFT)
def test_what_cannot_be_read_is_named_and_read_once_it_is_whole(
    run: Run, home: Path, identity: Identity, left: str
) -> None:
    make, why = LEFT[left]
    path = make(home)
    for _again in range(2):
        done = run("review", "--json")
        assert done.exit_code == DONE
        assert len(json.loads(done.stdout)) == 40
        assert ("1 entry is locked" if "key" in why else "1 file in the journal could not be read") in done.stderr
    [named] = json.loads(run("where", "--json").stdout)["unreadable"]
    assert named["name"] == path.name
    assert why in named["why"]
    assert not OpenedCache(home / "state", identity.recipient).plain_names([path.name])
    path.unlink()
    whole = path.with_name(path.name.removeprefix(".").removesuffix(".icloud"))
    whole.write_bytes(seal.sealed(small("it came at last").body, identity.recipient))
    done = run("review", "--json")
    assert len(json.loads(done.stdout)) == 41
    assert "could not be read" not in done.stderr
    assert "is locked" not in done.stderr


@pytest.mark.parametrize("stanzas", [200, 2_000, 100_000])
def test_a_hostile_header_costs_next_to_nothing(home: Path, identity: Identity, stanzas: int) -> None:
    write(sealed_name(home), hostile(stanzas))
    journal = Journal(home / "journal", seal_to=identity.recipient)
    begun = time.process_time()
    assert len(journal.revisions().folders) == 40
    assert time.process_time() - begun < 0.5
    assert len(journal.unreadable) == 1


@pytest.mark.parametrize("is_whole", [True, False])
def test_of_a_copy_and_what_it_is_of_the_whole_one_counts(
    run: Run, home: Path, identity: Identity, is_whole: bool
) -> None:
    run("review")
    copy = conflicted(home)
    if not is_whole:
        write(files(home)[0] if files(home)[0] != copy else files(home)[1], b"age-encryption.org/v1\n-> X")
    OpenedCache.remove(home / "state")
    done = run("review", "--json")
    assert (done.exit_code, len(json.loads(done.stdout))) == (DONE, 40)


def test_sealed_files_in_a_journal_that_is_not_locked_are_named_and_stop_nothing(run: Run, home: Path) -> None:
    Journal(home / "journal").save_all([small("plain")])
    of_another_key(home)
    for key in (None, generate_identity()):
        if key:
            keyring.hold(key)
        done = run("review", "--json")
        assert (done.exit_code, len(json.loads(done.stdout))) == (DONE, 1)
        assert "1 entry is locked" in done.stderr
