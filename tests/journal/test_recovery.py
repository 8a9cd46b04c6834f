"""What a crash left behind: whole entries are published, the rest is put aside, and nothing of anybody else's touched."""

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from smartcli.content.catalog import Catalog
from smartcli.entries.entry import Entry
from smartcli.entries.revisions import new_id
from smartcli.journal import seal
from smartcli.journal.drafts import Drafts
from smartcli.journal.recovery import recover_leftovers
from smartcli.journal.store import Journal
from tests.conftest import CATALOGUE
from tests.support.asking import entry

SMALL = Catalog(CATALOGUE / "none", CATALOGUE).find("small")


class Home:
    """A journal with an entry, drafts, and a place to put things aside."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.journal, self.drafts, self.aside = (
            Journal(path / "journal"),
            Drafts(path / "state" / "drafts"),
            path / "state" / "lost+found",
        )
        self.journal.save(small("here already"))
        self.drafts.start(exercise="x").close()
        [self.month] = (path / "journal" / "entries").iterdir()

    def leave(self, data: bytes, folder: Path | None = None, *, pid: int = 0, hours: float = 2, name: str = "") -> Path:
        """Leave a temporary file of a program that ended so many hours ago."""
        path = (folder or self.month) / (name or f".tmp-{pid or gone()}-{os.urandom(8).hex()}")
        path.write_bytes(data)
        then = time.time() - hours * 3600
        os.utime(path, (then, then))
        return path

    def recover(self) -> int:
        return recover_leftovers(self.journal, self.drafts, self.aside)


def small(words: str) -> Entry:
    return Entry({**entry(SMALL, {"what": words}).body, "id": new_id()})


def gone() -> int:
    """Return the number of a process that has ended."""
    done = subprocess.Popen([sys.executable, "-c", ""])
    done.wait()
    return done.pid


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


def said(home: Home) -> set[Any]:
    return {one.answers["what"] for one in home.journal.entries()}


def test_a_whole_entry_whose_name_was_never_given_is_published(home: Home) -> None:
    path = home.leave(seal.sealed(small("nearly lost").body))
    assert home.recover() == 0
    assert said(home) == {"here already", "nearly lost"}
    assert not path.exists()
    assert home.recover() == 0
    assert not home.aside.exists()


def test_one_that_a_draft_still_holds_is_put_aside_and_the_draft_goes_on(home: Home) -> None:
    [draft] = home.drafts.all()
    home.leave(seal.sealed({**small("in the draft too").body, "id": draft.entry}))
    assert home.recover() == 1
    assert said(home) == {"here already"}
    assert len([*home.aside.iterdir()]) == 1


@pytest.mark.parametrize("data", [b"", b"{", b"\0" * 500, seal.sealed({"format": 99})])
def test_what_is_no_entry_is_put_aside_whole_and_never_deleted(home: Home, data: bytes) -> None:
    path = home.leave(data)
    assert home.recover() == 1
    assert (home.aside / path.name).read_bytes() == data
    assert not path.exists()
    assert said(home) == {"here already"}


def test_drafts_and_settings_half_written_are_put_aside(home: Home) -> None:
    for folder in (home.drafts.path, home.path / "state", home.path / "journal"):
        home.leave(b"half", folder)
    assert home.recover() == 3
    assert len([*home.aside.iterdir()]) == 3


def test_what_may_still_be_written_is_left_alone(home: Home) -> None:
    mine = home.leave(b"x", pid=os.getpid())
    young = home.leave(b"x", hours=0.5)
    ahead = home.leave(b"x", hours=-5)
    assert home.recover() == 0
    assert all(path.exists() for path in (mine, young, ahead))


@pytest.mark.parametrize(
    "name",
    [
        ".tmp-notes",
        ".tmp-1-",
        "tmp-123-abcdef",
        ".tmp-12x-ab",
        ".syncthing.x.tmp",
        "~x.tmp",
        ".tmp-123-abcdef.json",
        ".goutputstream-AB",
    ],
)
def test_other_peoples_temporary_files_are_left_alone(home: Home, name: str) -> None:
    path = home.leave(b"theirs", name=name)
    assert home.recover() == 0
    assert path.read_bytes() == b"theirs"


@pytest.mark.skipif(os.name != "posix", reason="NOT RUN: links and fifos are POSIX matters")
def test_links_fifos_and_folders_of_such_a_name_are_left_alone(home: Home) -> None:
    name = f".tmp-{gone()}-abcdef"
    victim = home.path / "victim"
    victim.write_bytes(b"mine")
    (home.month / (name + "0")).symlink_to(victim)
    os.mkfifo(home.month / (name + "1"))
    (home.month / (name + "2")).mkdir()
    assert home.recover() == 0
    assert len([*home.month.glob(".tmp-*")]) == 3
    assert victim.read_bytes() == b"mine"


def test_recovering_where_nothing_is_makes_nothing(tmp_path: Path) -> None:
    assert (
        recover_leftovers(Journal(tmp_path / "j"), Drafts(tmp_path / "s" / "drafts"), tmp_path / "s" / "lost+found")
        == 0
    )
    assert not [*tmp_path.iterdir()]
