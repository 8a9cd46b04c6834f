"""Power cuts and failing disks, enumerated: before every operation, in every way the disk may forget."""

import contextlib
import errno
import os
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from smartcli.content.catalog import Catalog
from smartcli.entries.entry import DELETED, Entry
from smartcli.entries.revisions import fill, revised, with_state
from smartcli.journal import files, system
from smartcli.journal.draft import Draft
from smartcli.journal.draft_lines import line_of
from smartcli.journal.drafts import Drafts
from smartcli.journal.files import Folder
from smartcli.journal.store import Journal
from smartcli.session.form import Form
from smartcli.trouble import Trouble
from tests.conftest import CATALOGUE, SIZE
from tests.faults.forgetful import Crash, Forgetful
from tests.support.asking import STARTED, memory

OUTCOMES = 100 * SIZE  # of each crash
EVERYTHING = Catalog(CATALOGUE / "none", CATALOGUE).find("everything")
GIVEN: dict[str, Any] = {
    "one": "first answer",
    "free": "ärger 🙂\n" * 40,
    "strength": 7,
    "picks": ["walk", "x" * 300],
    "yes": False,
}
HOME = Path("/home/person")


@dataclass
class Promised:
    """What the program has told the person is kept: answers by draft, and entries (None: hidden) by id.

    `coming` is what is being saved now: until that is said to be done, both the old and the new will do.
    """

    answers: dict[str, dict[str, Any]] = field(default_factory=dict)
    entries: dict[str, Any] = field(default_factory=dict)
    coming: dict[str, Any] = field(default_factory=dict)

    def save(self, journal: Journal, entry: Entry) -> None:
        """Save an entry, and note that it is kept once the program would say so."""
        self.coming = {entry.id: None if entry.deleted else entry.answers}
        journal.save(entry)
        self.entries |= self.coming
        self.coming = {}
        self.answers.pop(str(entry.body.get("draft")), None)  # from here on the entry keeps them


def live(promised: Promised) -> None:
    """Two sittings, an edit and a deletion, as the program does them."""
    drafts, journal = Drafts(HOME / "state" / "drafts"), Journal(HOME / "journal")
    made: list[Entry] = []
    for _ in range(2):
        draft = drafts.start(exercise="everything", title="Everything")
        for name, answer in GIVEN.items():
            draft.keep_half(name, "half")
            draft.keep(name, answer)
            promised.answers.setdefault(draft.id, {})[name] = answer
        form = Form(EVERYTHING.fields, draft.answers, memory(), own_words=False)
        entry = fill(EVERYTHING, form.filled({}, STARTED), id=draft.entry, started=STARTED, draft=draft.id)
        finish(promised, journal, drafts, draft, entry)
        made.append(entry)
    changed = revised(made[0], [one._replace(answer="changed") for one in made[0].fields if one.field.id == "one"])
    promised.save(journal, changed)
    promised.save(journal, with_state(made[1], DELETED, [made[1].revision]))


def finish(promised: Promised, journal: Journal, drafts: Drafts, draft: Draft, entry: Entry) -> None:
    """Turn a draft into an entry."""
    promised.save(journal, entry)
    drafts.drop(draft)


def broken_promises(promised: Promised) -> list[str]:
    """Return which promises the disk, as it is now, does not keep."""
    journal = Journal(HOME / "journal")
    heads = {head.entry.id: head.entry for head in journal.heads(deleted=True)}
    stands = {name: None if entry.deleted else entry.answers for name, entry in heads.items()}
    kept = {draft.id: draft.answers for draft in Drafts(HOME / "state" / "drafts").all()}
    kept |= {str(entry.body.get("draft")): GIVEN | entry.answers for entry in heads.values()}  # an entry took over
    broken = ["a damaged entry is visible" for _ in journal.unreadable]
    for name, answers in promised.entries.items():
        if name not in stands:
            broken.append("a kept entry is lost")
        elif stands[name] != answers and (name not in promised.coming or stands[name] != promised.coming[name]):
            broken.append("a kept change is lost")
    for draft, answers in promised.answers.items():
        if any(kept.get(draft, {}).get(name) != answer for name, answer in answers.items()):
            broken.append("a given answer is lost")
    return broken


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Callable[[Forgetful], None]:
    def use(fs: Forgetful) -> None:
        monkeypatch.setattr(system, "fs", fs)

    return use


def fresh(**how: Any) -> Forgetful:
    fs = Forgetful(**how)
    fs.made(str(HOME))
    return fs


def crashes(disk: Callable[[Forgetful], None], outcomes: int, *, any_order: bool) -> Iterator[tuple[int, list[str]]]:
    """Crash before every operation; yield the operation and the promises broken in each outcome."""
    whole = fresh()
    disk(whole)
    live(Promised())
    for at in range(1, whole.operations + 2):
        fs, promised = fresh(crash_at=at), Promised()
        disk(fs)
        with contextlib.suppress(Crash):
            live(promised)
        for outcome in range(outcomes):
            disk(fs.after_crash(random.Random(at * 1000 + outcome), any_order=any_order))
            yield at, broken_promises(promised)


@pytest.mark.parametrize("any_order", [False, True])
def test_no_power_cut_costs_an_answer_or_an_entry(disk: Callable[[Forgetful], None], any_order: bool) -> None:
    states = 0
    for at, broken in crashes(disk, OUTCOMES, any_order=any_order):
        states += 1
        assert not broken, f"a crash before operation {at}: {broken}"
    print(f"{states} crash states")
    assert states > 50 * OUTCOMES


def never(*_: object, **__: object) -> None:
    """Do nothing where something should be done."""


def without_fsync(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Forgetful, "fsync", never)


def without_file_fsync(monkeypatch: pytest.MonkeyPatch) -> None:
    real = Forgetful.fsync
    monkeypatch.setattr(Forgetful, "fsync", lambda fs, fd: real(fs, fd) if fs._open[fd][0].folder else None)


def without_folder_fsync(monkeypatch: pytest.MonkeyPatch) -> None:
    real = Forgetful.fsync
    monkeypatch.setattr(Forgetful, "fsync", lambda fs, fd: None if fs._open[fd][0].folder else real(fs, fd))


def with_lazy_drafts(monkeypatch: pytest.MonkeyPatch) -> None:
    def write(draft: Draft, record: dict[str, Any]) -> None:
        files.write_all(draft._fd, line_of(record))

    monkeypatch.setattr(Draft, "_write", write)


def with_the_draft_gone_first(monkeypatch: pytest.MonkeyPatch) -> None:
    def finish_wrongly(promised: Promised, journal: Journal, drafts: Drafts, draft: Draft, entry: Entry) -> None:
        drafts.drop(draft)
        promised.save(journal, entry)

    monkeypatch.setitem(globals(), "finish", finish_wrongly)


def with_entries_written_in_place(monkeypatch: pytest.MonkeyPatch) -> None:
    def publish(folder: Folder, name: str, data: bytes) -> None:
        fd = system.fs.open(name, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600, dir_fd=folder._fd)
        for start in range(0, len(data), 100):
            system.fs.write(fd, data[start : start + 100])
        system.fs.fsync(fd)
        system.fs.close(fd)
        folder.sync()

    monkeypatch.setattr(Folder, "publish", publish)


def with_the_name_given_before_the_fsync(monkeypatch: pytest.MonkeyPatch) -> None:
    def publish(folder: Folder, name: str, data: bytes) -> None:
        fd = system.fs.open(".tmp-x", os.O_CREAT | os.O_WRONLY, 0o600, dir_fd=folder._fd)
        system.fs.write(fd, data)
        system.fs.rename(".tmp-x", name, src_dir_fd=folder._fd, dst_dir_fd=folder._fd)
        folder.sync()
        system.fs.fsync(fd)
        system.fs.close(fd)

    monkeypatch.setattr(Folder, "publish", publish)


MISTAKES = [without_fsync, without_file_fsync, without_folder_fsync, with_lazy_drafts, with_the_draft_gone_first,
            with_entries_written_in_place, with_the_name_given_before_the_fsync]  # fmt: skip


@pytest.mark.parametrize("any_order", [False, True])
@pytest.mark.parametrize("mistake", MISTAKES)
def test_each_planted_mistake_is_caught(
    disk: Callable[[Forgetful], None],
    monkeypatch: pytest.MonkeyPatch,
    mistake: Callable[[pytest.MonkeyPatch], None],
    any_order: bool,
) -> None:
    mistake(monkeypatch)
    assert any(broken for _, broken in crashes(disk, 30, any_order=any_order))


@contextlib.contextmanager
def _noting(troubles: list[Trouble]) -> Iterator[None]:
    try:
        yield
    except Trouble as trouble:
        troubles.append(trouble)
        raise


CODES = [errno.EIO, errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EMFILE]


@pytest.mark.parametrize("code", CODES, ids=[errno.errorcode[code] for code in CODES])
@pytest.mark.parametrize("for_good", [False, True])
def test_whichever_operation_fails_it_is_told_and_nothing_promised_is_lost(
    disk: Callable[[Forgetful], None], code: int, for_good: bool
) -> None:
    whole = fresh()
    disk(whole)
    live(Promised())
    for at in range(1, whole.operations + 1):
        fs, promised = fresh(fail=(at, code, for_good)), Promised()
        disk(fs)
        troubles: list[Trouble] = []
        with contextlib.suppress(Trouble), _noting(troubles):
            live(promised)
        assert all(trouble.code == 3 and trouble.sentence.count(".") == 1 for trouble in troubles)
        fs._fail = None
        assert not broken_promises(promised), f"operation {at}"
