"""A backup of a locked journal: made and checked without a key, put back into any journal, nothing of it in plain."""

import json
import os
import random
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest

from smartcli import places
from smartcli.journal import locking, seal, system
from smartcli.journal.backup_file import BackupFile, Member, pieces
from smartcli.journal.drafts import Drafts
from smartcli.journal.opened_cache import OpenedCache
from smartcli.journal.store import Journal
from smartcli.lock import keyring
from smartcli.lock.identity import Identity, generate_identity
from smartcli.moments import now
from smartcli.trouble import ATTENTION, DONE, LOCKED, USAGE
from smartcli.workbook import unlocking
from smartcli.workbook.locking import seal_what_is_plain
from smartcli.workbook.workbook import Workbook
from tests.conftest import SIZE, Run
from tests.support.locked import PASSPHRASE, lock_home

pytestmark = pytest.mark.usefixtures("tiny")
WORDS = "the heron by the river"


def quiet(done: int, of: int) -> None:
    """Tell nobody how far it is."""


def write(run: Run, *words: str) -> None:
    for each in words:
        assert run("record", "small", typed=json.dumps({"what": f"{WORDS} {each}"})).exit_code == DONE


def move_home(monkeypatch: pytest.MonkeyPatch, home: Path) -> Path:
    """Let the program use another home from now on, as on another device."""
    monkeypatch.setenv("SMARTCLI_HOME", str(home))
    places.choose(None)
    keyring.let_go()
    return home


def said(run: Run) -> list[str]:
    """Return the words of every entry; a key has to be held where they are locked, or a passphrase to be had."""
    workbook = Workbook()
    workbook.unlock()
    assert run("review").exit_code == DONE
    answers = (entry.body["fields"][0]["answer"] for entry in workbook.journal.entries())
    return sorted(answer.removeprefix(WORDS + " ") for answer in answers)


def plain_below(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and WORDS.encode() in path.read_bytes()]


@pytest.fixture
def identity(home: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Identity:
    monkeypatch.chdir(tmp_path)
    identity = lock_home(home)
    write(run, "one", "two", "three")
    draft = Drafts(home / "state" / "drafts", seal_to=identity.recipient).start(exercise="small")
    draft.keep("what", WORDS)
    draft.close()
    (home / "config.toml").write_text('country = "gb"\n')
    return identity


@pytest.fixture
def file(run: Run, identity: Identity, tmp_path: Path) -> Path:
    assert run("backup", "x.zip").exit_code == DONE
    return tmp_path / "x.zip"


def test_made_without_a_key_it_holds_all_of_it_as_it_lies_and_nothing_else(
    run: Run, home: Path, identity: Identity, tmp_path: Path
) -> None:
    keyring.hold(identity)
    cache = OpenedCache(home / "state", identity.recipient)
    Journal(home / "journal", seal_to=identity.recipient, cache=cache).revisions()
    keyring.let_go()
    done = run("backup", "x.zip")
    assert done.exit_code == DONE
    assert "not encrypted" not in done.stderr
    assert "3 of them locked" in done.stderr
    assert "entr" not in done.stderr.split("Backup checked")[1].split("Please")[0]
    with zipfile.ZipFile(tmp_path / "x.zip") as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    for path in (home / "journal").rglob("*"):
        if path.is_file():
            assert members[f"journal/{path.relative_to(home / 'journal').as_posix()}"] == path.read_bytes()
    assert not [name for name in members if "cache" in name or "open" in name or "kept" in name]
    assert not [name for name, data in members.items() if WORDS.encode() in data]


def test_the_same_journal_gives_the_same_bytes_closed_or_open(run: Run, file: Path, identity: Identity) -> None:
    keyring.hold(identity)
    assert run("backup", "y.zip").exit_code == DONE
    assert file.with_name("y.zip").read_bytes() == file.read_bytes()


def test_a_plain_journal_gives_the_bytes_it_always_gave(run: Run, home: Path, tmp_path: Path) -> None:
    write(run, "one")
    assert run("backup", str(tmp_path / "x.zip")).exit_code == DONE
    assert (tmp_path / "x.zip").read_bytes().endswith(b"smartcli backup 0001\n")


def test_stock_tools_check_it_and_age_opens_it(file: Path, identity: Identity, tmp_path: Path) -> None:
    out = tmp_path / "out"
    with zipfile.ZipFile(file) as archive:
        archive.extractall(out)
    assert subprocess.run(["sha256sum", "--quiet", "-c", "SHA256SUMS"], cwd=out, check=False).returncode == 0
    if shutil.which("age"):
        (tmp_path / "key").write_text(identity.to_key_file_text(now()))
        sealed = next(out.rglob("entries/*/*.age"))
        opened = subprocess.run(
            ["age", "-d", "-i", str(tmp_path / "key"), str(sealed)], check=True, capture_output=True
        )
        assert WORDS.encode() in opened.stdout


@pytest.mark.parametrize("seed", range(12 * SIZE))
def test_every_flip_and_cut_is_noticed_without_a_key(run: Run, file: Path, seed: int) -> None:
    chance = random.Random(seed)
    data = bytearray(file.read_bytes())
    at = chance.randrange(len(data))
    bent = data[:at] if seed % 2 else data[:at] + bytes([data[at] ^ (1 << chance.randrange(8))]) + data[at + 1 :]
    file.write_bytes(bent)
    done = run("backup", "--check", str(file))
    is_harmless = done.exit_code == DONE and sealed_bytes(file) is not None
    assert done.exit_code in (ATTENTION, USAGE) or is_harmless


def sealed_bytes(file: Path) -> list[bytes] | None:
    """Return the members of a backup that reads well: a flip in a date of the zip harms none of them."""
    with BackupFile(file) as backup:
        return [member.data for member in backup.members()]


def test_check_closed_says_files_and_does_not_compare_and_with_a_key_it_does(
    run: Run, file: Path, identity: Identity
) -> None:
    done = run("backup", "--check", str(file))
    assert done.exit_code == DONE
    assert "was not compared" in done.stderr
    assert "entr" not in done.stderr
    assert run("backup", "--check", str(file), "--unlock").exit_code == LOCKED
    keyring.hold(identity)
    write(run, "four")
    done = run("backup", "--check", str(file))
    assert "3 of the 4 entries" in done.stderr
    assert "Nothing in it is missing" in done.stderr


def test_into_an_empty_home_it_goes_without_a_key_and_locks_it(
    run: Run, file: Path, identity: Identity, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    before = {path.relative_to(home): path.read_bytes() for path in (home / "journal").rglob("*") if path.is_file()}
    there = move_home(monkeypatch, tmp_path / "there")
    assert "3 locked files" in run("backup", "--restore", str(file), "--dry-run").stderr
    assert not there.exists() or not (there / "journal").exists()
    done = run("backup", "--restore", str(file))
    assert done.exit_code == DONE
    assert "locked now" in done.stderr
    after = {path.relative_to(there): path.read_bytes() for path in (there / "journal").rglob("*") if path.is_file()}
    assert after == before
    assert Workbook().is_closed
    open_by_passphrase(monkeypatch)
    assert said(run) == ["one", "three", "two"]


def open_by_passphrase(monkeypatch: pytest.MonkeyPatch, passphrase: str = PASSPHRASE) -> None:
    """Give the passphrase as a script does."""
    monkeypatch.setattr(unlocking, "given_passphrase", passphrase)


def test_into_its_own_journal_only_what_is_missing_comes_back(
    run: Run, home: Path, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("backup", "--restore", str(file)).exit_code == LOCKED
    lost = next((home / "journal" / "entries").glob("*/*.age"))
    lost.unlink()
    write(run, "four")
    open_by_passphrase(monkeypatch)
    done = run("backup", "--restore", str(file))
    assert done.exit_code == DONE
    assert "1 entry in 1 file" in done.stderr
    assert lost.exists()
    assert said(run) == ["four", "one", "three", "two"]
    assert "already" in run("backup", "--restore", str(file)).stderr
    assert plain_below(home) == []


def test_a_plain_backup_of_before_the_lock_is_sealed_when_it_is_put_in(
    run: Run, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(run, "one", "two", "three")
    draft = Drafts(home / "state" / "drafts").start(exercise="small")
    draft.keep("what", WORDS)
    draft.close()
    assert run("backup", str(tmp_path / "plain.zip")).exit_code == DONE
    identity = lock_home(home)
    keyring.hold(identity)
    assert seal_what_is_plain(Workbook(), quiet).is_whole
    [gone, *_others] = sorted((home / "journal" / "entries").glob("*/*.age"))
    gone.unlink()
    next((home / "state" / "drafts").glob("*.jsonl")).unlink()
    written: list[bytes] = []
    note_what_is_written(monkeypatch, written)
    done = run("backup", "--restore", str(tmp_path / "plain.zip"))
    assert done.exit_code == DONE
    assert not [data for data in written if WORDS.encode() in data]
    assert plain_below(home) == []
    assert said(run) == ["one", "three", "two"]
    assert len([*(home / "journal" / "entries").glob("*/*.age")]) == 3
    assert "already" in run("backup", "--restore", str(tmp_path / "plain.zip")).stderr


def note_what_is_written(monkeypatch: pytest.MonkeyPatch, written: list[bytes]) -> None:
    """Note all bytes that are given to the disk from now on."""

    def noted(fd: int, data: Any) -> int:
        written.append(bytes(data))
        return os.write(fd, data)

    monkeypatch.setattr(system.FileSystem, "write", staticmethod(noted))


def test_into_a_journal_with_another_key_it_stays_locked_and_its_keys_come_along(
    run: Run, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, identity: Identity
) -> None:
    there = move_home(monkeypatch, tmp_path / "there")
    other = lock_home(there, "another passphrase")
    write(run, "five")
    keyring.hold(other)
    done = run("backup", "--restore", str(file))
    assert done.exit_code == DONE
    assert "3 locked files" in done.stderr
    assert said(run) == ["five"]
    assert (there / "journal" / "keys" / f"{identity.name}-aaaaaaaa.age").exists()
    assert len([*(there / "journal").glob("lock-*.json")]) == 1
    assert "already" in run("backup", "--restore", str(file)).stderr
    keyring.hold(identity)
    assert said(run) == ["five", "one", "three", "two"]
    assert "already" in run("backup", "--restore", str(file)).stderr


def test_into_a_plain_journal_its_passphrase_is_needed_and_it_is_plain_there(
    run: Run, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = move_home(monkeypatch, tmp_path / "there")
    write(run, "five")
    before = sorted(there.rglob("*"))
    assert run("backup", "--restore", str(file)).exit_code == LOCKED
    open_by_passphrase(monkeypatch, "not this one")
    assert run("backup", "--restore", str(file)).exit_code == LOCKED
    assert sorted(there.rglob("*")) == before
    open_by_passphrase(monkeypatch)
    done = run("backup", "--restore", str(file))
    assert done.exit_code == DONE
    keyring.let_go()
    assert said(run) == ["five", "one", "three", "two"]
    assert not [*(there / "journal" / "entries").glob("*/*.age")]
    assert not [*(there / "journal").glob("lock-*.json")]
    assert WORDS in next((there / "state" / "drafts").glob("*.jsonl")).read_text()


def test_a_damaged_sealed_file_is_mended_by_the_whole_one_in_the_backup(
    run: Run, home: Path, file: Path, identity: Identity
) -> None:
    path = next((home / "journal" / "entries").glob("*/*.age"))
    path.write_bytes(path.read_bytes()[:300])
    keyring.hold(identity)
    assert len(said(run)) == 2
    assert run("backup", "--restore", str(file)).exit_code == DONE
    assert said(run) == ["one", "three", "two"]
    assert path.exists()
    assert "already" in run("backup", "--restore", str(file)).stderr


def test_what_was_erased_since_stays_erased(run: Run, home: Path, file: Path, identity: Identity) -> None:
    keyring.hold(identity)
    [first, *_others] = json.loads(run("review", "--json").stdout)
    assert run("purge", first["id"], "--yes").exit_code == DONE
    done = run("backup", "--restore", str(file))
    assert "stays erased" in done.stderr
    assert len(said(run)) == 2


def test_a_copy_by_a_sync_tool_and_a_renamed_key_go_in_and_come_back(
    run: Run, home: Path, identity: Identity, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = next((home / "journal" / "entries").glob("*/*.age"))
    path.rename(path.with_name(path.name.replace(".json", " (conflicted copy).json")))
    key = next((home / "journal" / "keys").iterdir())
    key.rename(key.with_name("key (1).age"))
    assert run("backup", "x.zip").exit_code == DONE
    assert run("backup", "y.zip").exit_code == DONE
    assert (tmp_path / "x.zip").read_bytes() == (tmp_path / "y.zip").read_bytes()
    move_home(monkeypatch, tmp_path / "there")
    assert run("backup", "--restore", str(tmp_path / "x.zip")).exit_code == DONE
    open_by_passphrase(monkeypatch)
    assert said(run) == ["one", "three", "two"]


HOSTILE = [
    "journal/entries/a/../../../x.json.age",
    "journal/entries/a/A2345.json.age",
    "journal/keys/x.age",
    "journal/keys/../lock-aaaaaaaa.json",
    "journal/lock-.json",
    "journal/entries/ab/" + "a" * 26 + ".json.age",
    "state/lock.json",
    "state/cache/list.age",
    "state/open/journal.json",
]


@pytest.mark.parametrize("name", HOSTILE)
def test_no_other_name_is_taken(run: Run, home: Path, tmp_path: Path, name: str) -> None:
    path = tmp_path / "bad.zip"
    path.write_bytes(b"".join(pieces([Member(name, b"x")])))
    for option in ("--check", "--restore"):
        assert run("backup", option, str(path)).exit_code in (ATTENTION, USAGE)
    assert not home.exists() or not plain_below(home)


def test_hostile_headers_and_other_keys_are_told_and_never_stop_the_rest(
    run: Run, home: Path, file: Path, identity: Identity, tmp_path: Path
) -> None:
    with BackupFile(file) as backup:
        members = [*backup.members()]
    hostile = b"age-encryption.org/v1\n" + b"-> X25519 abc\nabc\n" * 4000 + b"--- abc\n"
    stranger = seal.sealed({"a": 1}, generate_identity().recipient)
    members += [Member(f"journal/entries/a/{'a' * 26}.json.age", hostile)]
    members += [Member(f"journal/entries/b/{'b' * 26}.json.age", stranger)]
    path = tmp_path / "bad.zip"
    path.write_bytes(b"".join(pieces(sorted(members))))
    keyring.hold(identity)
    next((home / "journal" / "entries").glob("*/*.age")).unlink()
    done = run("backup", "--check", str(path))
    assert done.exit_code == ATTENTION
    assert "1 file in it was damaged" in done.stderr
    assert run("backup", "--restore", str(path)).exit_code == DONE
    assert said(run) == ["one", "three", "two"]


def test_entries_that_wait_on_this_device_go_in(
    run: Run, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = move_home(monkeypatch, tmp_path / "there")
    assert run("backup", "--restore", str(file)).exit_code == DONE
    write(run, "waits")
    assert (there / "state" / "waiting").exists()
    done = run("backup", "waits.zip")
    assert done.exit_code == DONE
    assert "1 entry in it is not locked yet" in done.stderr
    with zipfile.ZipFile(tmp_path / "waits.zip") as archive:
        assert [name for name in archive.namelist() if WORDS.encode() in archive.read(name)]


def test_half_locked_it_holds_both_and_comes_back_once(
    run: Run, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(run, "one", "two", "three")
    plain = {path: path.read_bytes() for path in (home / "journal" / "entries").glob("*/*.json")}
    identity = lock_home(home)
    keyring.hold(identity)
    locking.seal_files(home / "journal" / "entries", identity.recipient, quiet)
    for path, data in [*plain.items()][:2]:
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
    assert run("backup", str(tmp_path / "half.zip")).exit_code == DONE
    there = move_home(monkeypatch, tmp_path / "there")
    other = lock_home(there)
    keyring.hold(other)
    keyring.hold(identity)
    assert run("backup", "--restore", str(tmp_path / "half.zip")).exit_code == DONE
    assert said(run) == ["one", "three", "two"]
    assert len([*(there / "journal" / "entries").glob("*/*")]) == 3
    assert plain_below(there) == []
