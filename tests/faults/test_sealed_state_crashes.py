"""Power cuts while what the state folder says is being sealed, made plain again, or sealed to a new key."""

import contextlib
import os
import random
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from smartcli.journal import seal, system
from smartcli.journal.aside import Aside
from smartcli.journal.drafts import Drafts
from smartcli.journal.files import Folder, has_folder
from smartcli.journal.imports import Brought, Imports
from smartcli.journal.snoozed import NAME, Snoozed
from smartcli.journal.state_file import StateFile
from smartcli.lock import keyring
from smartcli.lock.identity import generate_identity
from smartcli.moments import now
from tests.faults.forgetful import Crash, Forgetful
from tests.faults.test_crashes import EVERYTHING, HOME, fresh
from tests.journal.test_erasing import settle
from tests.support.asking import entry as filled

OUTCOMES = int(os.environ.get("CRASH_OUTCOMES", "1"))  # of each crash
STATE = HOME / "state"
OLD, NEW = generate_identity(), generate_identity()
CANARY = b"heron"
ASIDE = ".tmp-1-aaaa"

Use = Callable[[Forgetful], None]


@pytest.fixture(autouse=True)
def _keys() -> Iterator[None]:
    keyring.let_go()
    keyring.hold(OLD)
    keyring.hold(NEW)
    yield
    keyring.let_go()


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Use:
    return lambda fs: monkeypatch.setattr(system, "fs", fs)


class Parts:
    """All that is sealed in a state folder, to a key or plain."""

    def __init__(self, to: str) -> None:
        self.to = to
        self.lists = [StateFile(STATE, name, to) for name in ("known.txt", NAME)]
        self.drafts = Drafts(STATE / "drafts", seal_to=to)
        self.imports = Imports(STATE / "imports", to)
        self.aside = Aside(STATE / "lost+found", to)

    def settle(self) -> None:
        """Bring all of it to where it belongs."""
        assert (self.drafts.seal_all(self.to) if self.to else self.drafts.open_all()) == []
        for each in self.lists:
            each.settle()
        self.imports.settle()
        self.aside.settle()

    def seal_anew(self) -> None:
        """Seal all of it to the key from another one."""
        assert self.drafts.reseal_all(self.to) == []
        for each in self.lists:
            each.replace(each.read())
        self.imports.settle(anew=True)
        self.aside.settle(anew=True)

    def said(self) -> Any:
        """Return what all of it says."""
        return (
            [each.read() for each in self.lists],
            [(draft.answers, draft.halves, draft.damaged) for draft in self.drafts.all()],
            (self.drafts.unreadable, self.drafts.closed),
            sorted(each.name for each in self.imports.all()),
            # Temporary files of a crash lie beside what was put aside, and are called like it.
            [(file.name, file.data) for file in self.aside.all() if file.name == ASIDE],
        )


STEPS: dict[str, tuple[str, str, Callable[[Parts], None]]] = {
    "lock": ("", OLD.recipient, Parts.settle),
    "off": (OLD.recipient, "", Parts.settle),
    "new key": (OLD.recipient, NEW.recipient, Parts.seal_anew),
}


def begin(disk: Use, to: str) -> Forgetful:
    fs = fresh()
    disk(fs)
    parts = Parts(to)
    parts.lists[0].append(b"aaaaaaaaaaaaa heron\n")
    parts.lists[0].append(b"bbbbbbbbbbbbb heron\n")
    Snoozed(STATE, to).note("heron", now().date())
    draft = parts.drafts.start(exercise="x", title="heron")
    draft.keep("a", "heron")
    draft.keep_half("b", "half a heron")
    draft.close()
    for number in range(2):
        parts.imports.note(f"heron{number}", {"aaaaaaaaaaaaa": Brought(["0123456789abcdef"])})
    parts.aside.add(ASIDE, seal.sealed(filled(EVERYTHING, {"one": "heron"}, day=3).body))
    settle(fs.root)
    fs.operations = 0
    return fs


def cut(disk: Use, fs: Forgetful, step: Callable[[], None], at: int) -> Forgetful:
    """Run a step on a copy of a disk with the power cut before one of its operations; 0: not at all."""
    copy = fs.after_crash(random.Random(0), any_order=False)
    copy._crash_at = at
    disk(copy)
    with contextlib.suppress(Crash):
        step()
    return copy


def broken(disk: Use, which: str) -> Iterator[str]:
    """Cut a step before each operation, and its repetition at a random one; yield the promises that were broken."""
    earlier, to, go = STEPS[which]

    def step() -> None:
        go(Parts(to))

    begun = begin(disk, earlier)
    wanted = Parts(earlier).said()
    for at in range(1, cut(disk, begun, step, 0).operations + 2):
        chance = random.Random(at)
        for _outcome in range(OUTCOMES):
            any_order = chance.random() < 0.5
            left = cut(disk, begun, step, at).after_crash(chance, any_order=any_order)
            again = cut(disk, left, step, chance.randrange(1, 60)).after_crash(chance, any_order=any_order)
            disk(again)
            if Parts(to).said() != wanted:
                yield "something is lost, or there twice, while it is half done"
            step()
            if Parts(to).said() != wanted:
                yield "something is lost, or there twice, when it is done"
            if to and CANARY in contents():
                yield "something is left plain"


def contents() -> bytes:
    """Return all bytes and names there are below the state folder, without temporary files of crashes."""
    found = []
    for path in (STATE, *(STATE / name for name in ("drafts", "imports", "lost+found"))):
        with Folder(path) as folder:
            for name in folder.list_names():
                if not has_folder(path / name) and (not name.startswith(".tmp-") or path.name == "lost+found"):
                    found.append(name.encode() + folder.read(name))
    return b"".join(found)


@pytest.mark.parametrize("which", STEPS)
def test_cut_twice_anywhere_nothing_is_lost_and_the_next_run_ends_it(disk: Use, which: str) -> None:
    assert not [*broken(disk, which)]


def old_one_first(monkeypatch: pytest.MonkeyPatch) -> None:
    real = StateFile.replace

    def replace(file: StateFile, data: bytes) -> None:
        with contextlib.suppress(FileNotFoundError), Folder(file.folder) as folder:
            folder.remove(file._other_name)
        real(file, data)

    monkeypatch.setattr(StateFile, "replace", replace)


def in_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Folder, "replace", Folder.overwrite)


@pytest.mark.parametrize("mistake", [old_one_first, in_place])
def test_each_planted_mistake_is_caught(
    disk: Use, monkeypatch: pytest.MonkeyPatch, mistake: Callable[[pytest.MonkeyPatch], None]
) -> None:
    mistake(monkeypatch)
    try:
        found = next(broken(disk, "lock"), "")
    except OSError:  # what should be there is not
        found = "gone"
    assert found
