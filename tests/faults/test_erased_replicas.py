"""Three devices that sync by random copying: what was erased on one is never shown again where that is known.

The tool is the worst of `test_replicas`; it also brings deletions, or forgets them, and each device has an old copy of
its journal that may come back. Nothing that was not erased is ever lost.
"""

import random
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smartcli.content.catalog import Catalog
from smartcli.entries.entry import Answered, Entry
from smartcli.entries.revisions import revised
from smartcli.fields.text import Text
from smartcli.journal.drafts import Drafts
from smartcli.journal.erasing import erase, erase_returned
from smartcli.journal.recovery import recover_leftovers
from smartcli.journal.store import Journal
from smartcli.trouble import Trouble
from tests.conftest import CATALOGUE, SIZE
from tests.faults.test_replicas import IN_MEMORY, LONG, place
from tests.support.asking import entry

SMALL = Catalog(CATALOGUE / "none", CATALOGUE).find("small")
NAMES = [letter * 13 for letter in "abcd"]


class Device:
    """One device: a journal, its state, and an old copy of the journal."""

    def __init__(self, path: Path) -> None:
        self.path, self.state, self.backup = path / "journal", path / "state", path / "backup"
        self.path.mkdir(parents=True)

    @property
    def journal(self) -> Journal:
        return Journal(self.path)

    def shown(self) -> set[str]:
        return {head.entry.id for head in self.journal.heads(deleted=True)}

    def look(self) -> set[str]:
        """Look as a command does: what was left is recovered, what came back is erased; return what is shown."""
        journal = self.journal
        recover_leftovers(journal, Drafts(self.state / "drafts"), self.state / "lost+found")
        shown = {head.entry.id for head in journal.heads(deleted=True)}
        erase_returned(journal, self.state)
        assert self.shown() == shown
        return shown


def copy(source: Path, target: Path, chance: random.Random, share: float) -> None:
    """Copy some of the files, tombstones too, now and then under a name of the tool's own."""
    files = sorted(path for path in source.rglob("*") if path.is_file())
    chance.shuffle(files)
    for path in files:
        if chance.random() >= share:
            continue
        folder = target / path.relative_to(source).parent
        folder.mkdir(parents=True, exist_ok=True)
        stem = path.name.removesuffix(".json")
        names = [path.name] * 4 + [f"{stem}.sync-conflict-20261122-023052-W2KRHZF.json", f"{stem} 2.json"]
        is_own = path.parent.name == "erased" or len(path.name) >= LONG
        place(path, folder / (path.name if is_own else chance.choice(names)))


STEP = st.tuples(
    st.sampled_from(["save", "edit", "erase", "erase", "sync", "sync", "back up", "restore", "look"]),
    st.integers(0, 2), st.integers(0, 3), st.integers(0, 99),
)  # fmt: skip


@pytest.fixture
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(dir=IN_MEMORY if IN_MEMORY.is_dir() else None) as path:
        yield Path(path)


def live(devices: list[Device], steps: list[tuple[str, int, int, int]]) -> tuple[set[str], set[str]]:
    """Do the steps; return the ids ever saved, and those erased."""
    saved: set[str] = {*NAMES[:2]}
    erased: set[str] = set()
    for name in saved:
        devices[0].journal.save(Entry({**entry(SMALL, {"what": "at first"}).body, "id": name}))
    for device in devices[1:]:
        copy(devices[0].path, device.path, random.Random(0), 1)
    for number, (what, at, which, seed) in enumerate(steps):
        device, name, chance = devices[at], NAMES[which], random.Random(seed)
        journal = device.journal
        known = name in journal.revisions()
        if what == "save" and name not in saved:
            journal.save(Entry({**entry(SMALL, {"what": f"{number}"}).body, "id": name}))
            saved.add(name)
        elif what == "edit" and known:
            head = journal.find(name, deleted=True)
            answer = [Answered(Text(id="what", ask="What?"), f"edit {number}")]
            try:
                journal.save(revised(head.entry, answer, parents=head.revisions()))
            except Trouble:
                assert name in erased
        elif what == "erase" and known:
            erase(journal, device.state, [name])
            erased.add(name)
        elif what == "sync":
            copy(device.path, devices[(at + 1 + which % 2) % 3].path, chance, (seed % 3 + 1) / 3)
        elif what == "back up":
            shutil.rmtree(device.backup, ignore_errors=True)
            shutil.copytree(device.path, device.backup)
        elif what == "restore" and device.backup.is_dir():
            copy(device.backup, device.path, chance, 1)
        elif what == "look":
            assert device.look().isdisjoint(device.journal.erased.ids())
        for one in devices:
            assert one.shown().isdisjoint(one.journal.erased.ids()), "an erased entry is shown where that is known"
    return saved, erased


def test_whatever_is_copied_when_nothing_erased_comes_back_and_nothing_else_is_lost(folder: Path) -> None:
    reached = []

    @settings(max_examples=250 * SIZE)
    @given(steps=st.lists(STEP, min_size=4, max_size=25))
    def any_history(steps: list[tuple[str, int, int, int]]) -> None:
        devices = [Device(folder / "three" / str(number)) for number in range(3)]
        try:
            saved, erased = live(devices, steps)
            for source in devices * 2:
                for target in devices:
                    if source is not target:
                        copy(source.path, target.path, random.Random(0), 1)
            for device in devices:
                assert device.look() == saved - erased
                data = b"".join(path.read_bytes() for path in (device.path / "entries").rglob("*") if path.is_file())
                assert not any(name.encode() in data for name in erased)
        finally:
            shutil.rmtree(folder / "three")
        reached.append(bool(erased))

    any_history()
    print(f"{len(reached)} histories came together, {sum(reached)} of them with something erased")
    assert sum(reached) > len(reached) / 4
