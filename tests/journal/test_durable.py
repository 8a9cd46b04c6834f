"""What is said to be done is on the disk: of everything that a journal and a device keep, not of saves alone."""

from collections.abc import Callable
from pathlib import Path

import pytest

from smartcli.journal import system
from smartcli.journal.imports import Brought, Imports
from smartcli.journal.recovery import drop_unpublished
from tests.journal.test_recovery import Home as AfterACrash
from tests.journal.test_recovery import small as unpublished
from tests.journal.test_restoring import Home
from tests.journal.test_store import edited, small
from tests.support.durable import Recording

Step = Callable[[Path], Path]  # does something in a folder, and returns what must be durable then


def save(folder: Path) -> Path:
    home = Home(folder)
    first = small("one")
    home.journal.save(first)
    home.journal.save(edited(first, "two"))
    return home.journal.path / "entries"


def save_many(folder: Path) -> Path:
    home = Home(folder)
    home.journal.save_all([small("one"), small("two")])
    return home.journal.path / "entries"


def bury(folder: Path) -> Path:
    home = Home(folder)
    entry = small("one")
    home.journal.save(entry)
    home.journal.erased.add([entry.id])
    return home.journal.path / "erased"


def erase(folder: Path) -> Path:
    home = Home(folder)
    entry, other = small("one"), small("other")
    home.journal.save_all([entry, other])
    home.erase(entry)
    return home.journal.path


def restore(folder: Path) -> Path:
    there, here = Home(folder / "there"), Home(folder / "here")
    entry, erased = small("one"), small("erased")
    there.journal.save_all([entry, erased])
    there.erase(erased)
    there.drafts.start(exercise="x").close()
    there.config.write_bytes(b"plain = true\n")
    there.back_up(folder / "backup.zip")
    here.restore(folder / "backup.zip")
    return here.folder


def note_an_import(folder: Path) -> Path:
    Imports(folder / "imports").note("a", {"b" * 13: Brought(["c" * 16])})
    return folder / "imports"


def drop_a_draft(folder: Path) -> Path:
    home = Home(folder)
    home.drafts.start(exercise="x").close()
    draft = home.drafts.start(exercise="y")
    home.drafts.drop(draft)
    return home.drafts.path


def bring_back_a_draft(folder: Path) -> Path:
    home = Home(folder)
    draft = home.drafts.start(exercise="x")
    draft.keep("a", "words")
    draft.close()
    home.drafts.restore(home.drafts.read_bytes(draft.id)).close()
    return home.drafts.path


def put_aside(folder: Path) -> Path:
    home = AfterACrash(folder)
    home.leave(b"half an ent")
    assert home.recover() == 1
    return home.aside


def publish_a_leftover(folder: Path) -> Path:
    from smartcli.journal import seal

    home = AfterACrash(folder)
    home.leave(seal.sealed(unpublished("whole").body))
    assert home.recover() == 0
    return home.month


def discard_a_leftover(folder: Path) -> Path:
    from smartcli.journal import seal

    home = AfterACrash(folder)
    entry = unpublished("discarded")
    home.leave(seal.sealed(entry.body))
    drop_unpublished(home.journal, entry.id)
    return home.month


STEPS = (
    *(save, save_many, bury, erase, restore, note_an_import, drop_a_draft, bring_back_a_draft),
    *(put_aside, publish_a_leftover, discard_a_leftover),
)


@pytest.mark.parametrize("step", STEPS)
def test_what_is_done_outlasts_a_power_cut(step: Step, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    disk = Recording(syncs_all=False)
    monkeypatch.setattr(system, "fs", disk)
    (tmp_path / "home").mkdir()
    kept = step(tmp_path / "home")
    assert [*kept.iterdir()]
    assert disk.lost_by_a_power_cut(kept) == []


@pytest.mark.parametrize("step", STEPS)
def test_it_would_be_noticed_if_nothing_were_synced(
    step: Step, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = Recording(syncs_all=False)
    monkeypatch.setattr(disk, "fsync", lambda fd: None)
    monkeypatch.setattr(system, "fs", disk)
    (tmp_path / "home").mkdir()
    assert disk.lost_by_a_power_cut(step(tmp_path / "home"))
