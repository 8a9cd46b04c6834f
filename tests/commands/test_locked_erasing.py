"""Erasing from a locked journal: not a word is left in anything that a key opens, and few files are opened for it."""

import contextlib
import json
import shutil
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from smartcli.entries.entry import Entry
from smartcli.journal import opened_cache
from smartcli.journal.aside import NAME as ASIDE
from smartcli.journal.erased import FOLDER, Erased
from smartcli.journal.opened_cache import OpenedCache
from smartcli.journal.unsealing import plain_bytes
from smartcli.lock import keyring
from smartcli.lock.identity import Identity
from smartcli.trouble import DONE
from smartcli.workbook.workbook import Workbook
from tests.conftest import Run
from tests.journal.test_store import edited, small
from tests.support.locked import lock_home

pytestmark = pytest.mark.usefixtures("tiny")
WORDS = "the heron by the river"


@pytest.fixture
def identity(home: Path, run: Run) -> Identity:
    """A locked and open journal with 50 entries, one with WORDS in two versions, in every place that may hold one."""
    identity = lock_home(home)
    keyring.hold(identity)
    workbook = Workbook()
    first = small(WORDS)
    workbook.journal.save_all([small(f"word {number}") for number in range(49)])
    workbook.journal.save_all([first, edited(first, f"{WORDS} changed")])
    draft = workbook.drafts.start(exercise="small", entry=first.id, parents=(first.revision,), edit=True)
    draft.keep("what", f"{WORDS} again")
    draft.close()
    sealed = Workbook().journal
    sealed.revisions()
    workbook.aside.add(f".tmp-1-{'a' * 16}", json.dumps(first.body, indent=2).encode())
    assert run("review").exit_code == DONE
    return identity


def opened(home: Path) -> Iterator[tuple[Path, bytes]]:
    """Yield what each file of a home holds, opened, and unpacked where it is packed."""
    for path in home.rglob("*"):
        if path.is_file():
            data = plain_bytes(path.read_bytes())
            yield path, data
            with contextlib.suppress(zlib.error):
                yield path, zlib.decompress(data)


def holding(home: Path, words: str) -> list[Path]:
    return [path for path, data in opened(home) if words.encode() in data]


def the_one() -> Entry:
    [entry] = [each for each in Workbook().journal.entries() if WORDS in str(each.body)]
    return entry


def test_before_it_is_erased_it_is_found_in_each_place(home: Path, identity: Identity) -> None:
    places = {path.relative_to(home).parts[1] for path in holding(home, WORDS)}
    assert {"entries", "cache", "drafts", "kept", ASIDE} <= places


def test_nothing_is_left_that_a_key_opens(run: Run, home: Path, identity: Identity) -> None:
    entry = the_one()
    erased = run("purge", entry.id, "--yes")
    assert erased.exit_code == DONE
    assert "keys" not in erased.stderr  # a key file holds no words, though a passphrase alone opens it
    assert holding(home, WORDS) == []
    named = {path.relative_to(home).as_posix() for path in holding(home, entry.id)}
    assert named <= {f"journal/erased/{entry.id}.json"}
    assert len([*Workbook().journal.entries()]) == 49
    keyring.let_go()
    assert run("where").exit_code == DONE


def test_a_cache_that_forgets_only_the_name_would_be_noticed(
    run: Run, home: Path, identity: Identity, monkeypatch: pytest.MonkeyPatch
) -> None:
    def only_the_line(self: OpenedCache, sealed: set[str]) -> None:
        self._lines = {name: line for name, line in self._known.items() if name not in sealed}
        with opened_cache.Folder(self._folder) as folder:
            text = "".join(f"{name} {line}\n" for name, line in self._lines.items())
            folder.replace(opened_cache._LIST, self._sealed(text.encode()))

    monkeypatch.setattr(OpenedCache, "forget", only_the_line)
    assert run("purge", the_one().id, "--yes").exit_code == DONE
    assert holding(home, WORDS) != []


def test_few_files_are_opened_for_it(run: Run, home: Path, identity: Identity, monkeypatch: pytest.MonkeyPatch) -> None:
    entry = the_one()
    count = [0]
    open_sealed = keyring.open_sealed

    def noted(data: bytes) -> bytes:
        count[0] += 1
        return open_sealed(data)

    monkeypatch.setattr(keyring, "open_sealed", noted)
    assert run("purge", entry.id, "--yes").exit_code == DONE
    assert count[0] < 40
    assert holding(home, WORDS) == []


@pytest.mark.parametrize("is_cached", [True, False])
def test_what_comes_back_goes_again_but_not_while_it_is_closed(
    run: Run, home: Path, identity: Identity, is_cached: bool
) -> None:
    entry = the_one()
    folder = home / "journal" / "entries"
    shutil.copytree(folder, copy := home.parent / "copy")
    assert run("purge", entry.id, "--yes").exit_code == DONE
    shutil.copytree(copy, folder, dirs_exist_ok=True)
    if not is_cached:
        OpenedCache.remove(home / "state")
    keyring.let_go()
    number = len([*folder.glob("*/*.age")])
    for command in (("where",), ("doctor",), (), ("backup", str(home.parent / "x.zip"))):
        assert run(*command).exit_code == DONE
    assert len([*folder.glob("*/*.age")]) == number
    keyring.hold(identity)
    assert run("review").exit_code == DONE
    assert len([*folder.glob("*/*.age")]) == number - 2
    assert holding(home, WORDS) == []


def test_erased_on_another_device_it_goes_here_with_the_next_look(run: Run, home: Path, identity: Identity) -> None:
    entry = the_one()
    keyring.let_go()
    Erased(home / "journal" / FOLDER).add([entry.id])
    assert run("where").exit_code == DONE
    keyring.hold(identity)
    assert holding(home, WORDS) != []
    assert run("review").exit_code == DONE
    drafts = home / "state" / "drafts"
    assert {path.parent for path in holding(home, WORDS)} <= {drafts}  # nobody has read these changes yet
