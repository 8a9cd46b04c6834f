"""The conversation of `lock` and `unlock`: what is asked, what is done, and what each way out leaves."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from smartcli.asking import Back, Ended, Option, Pause, Question
from smartcli.commands.lock import lock
from smartcli.commands.unlock import unlock
from smartcli.entries.entry import Entry
from smartcli.entries.revisions import new_id
from smartcli.journal import key_files
from smartcli.journal.journal_lock import JournalLock
from smartcli.journal.locking import list_plain, list_sealed
from smartcli.lock import key_file, keyring, recovery_sheet
from smartcli.lock.errors import NotOursError, WrongPassphraseError
from smartcli.lock.identity import Identity, generate_identity, parse_identity
from smartcli.lock.sealing import open_
from smartcli.trouble import LOCKED, USAGE, Trouble
from smartcli.workbook import key_changes, lock_talk, passphrase_prompt, recovery, unlocking
from smartcli.workbook.locking import count_plain
from smartcli.workbook.workbook import Workbook
from tests.support.asking import entry
from tests.support.locked import PASSPHRASE, lock_home
from tests.support.made import CATALOG

NEW = "another passphrase of mine"
Answer = Any


class Scripted:
    """An asker that gives answers from a list; an exception in it is raised, a function is asked with the question."""

    live = True

    def __init__(self, *answers: Answer) -> None:
        self.answers = [*answers]
        self.asked: list[Question] = []

    def _next(self, question: Question) -> Any:
        self.asked.append(question)
        answer = self.answers.pop(0)
        if isinstance(answer, BaseException) or (isinstance(answer, type) and issubclass(answer, BaseException)):
            raise answer
        return answer(question) if callable(answer) else answer

    def open(self, heading: str, questions: int) -> None:
        """Begin."""

    def close(self) -> None:
        """End."""

    def tell(self, heading: str, blocks: object, reading: object = None) -> None:
        """Show a page, which is read."""

    def yes_no(self, question: Question) -> Any:
        return self._next(question)

    def line(self, question: Question, *_: object) -> Any:
        return self._next(question)

    def choose(self, question: Question, options: Sequence[Option], **_: object) -> Any:
        return self._next(question)

    def choose_some(self, question: Question, options: Sequence[Option], **_: object) -> Any:
        return self._next(question)


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    seal = key_file.seal_with_passphrase
    monkeypatch.setattr(key_files, "seal_with_passphrase", lambda text, typed, **_: seal(text, typed, log_work=4))
    monkeypatch.setattr(lock_talk, "need_person", lambda *_: None)
    yield
    keyring.let_go()


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SMARTCLI_HOME", str(tmp_path))
    workbook = Workbook()
    for day, name, answers in ((3, "check-in", {"mood": 4}), (4, "letter", {"letter": "Dear me"})):
        made = entry(CATALOG.find(name), answers, day=day)
        workbook.journal.save(Entry(made.body | {"id": new_id()}))
    return tmp_path


def typed(monkeypatch: pytest.MonkeyPatch, *passphrases: str) -> list[str]:
    """Have these passphrases typed one after another; return those that are left."""
    left = [*passphrases]
    monkeypatch.setattr(passphrase_prompt, "ask_passphrase", lambda asker, prompt, remark: left.pop(0))
    return left


def with_asker(*answers: Answer) -> Workbook:
    workbook = Workbook()
    workbook.asker = Scripted(*answers)  # type: ignore[assignment]
    return workbook


def is_plain(home: Path) -> bool:
    entries = home / "journal" / "entries"
    assert bool(list_plain(entries)) != bool(list_sealed(entries))
    return bool(list_plain(entries))


class Paper:
    """The sheet as the person writes it down: from what stands above the question."""

    def __init__(self) -> None:
        self.groups: list[str] = []

    def write_down(self, question: Question) -> str:
        lines = [block[0].split() for block in question.above]
        self.groups = [
            group for line in lines if line and len(line[0]) == 5 and line[0].upper() == line[0] for group in line
        ]
        assert len(self.groups) == 12
        return "written"

    def read_out(self, question: Question) -> str:
        number = int("".join(filter(str.isdigit, question.ask)))
        return self.groups[number - 1].lower()

    @property
    def identity(self) -> Identity:
        read = recovery_sheet.read_typed(" ".join(self.groups))
        assert isinstance(read, str)
        return parse_identity(read)


def whole_talk(paper: Paper, *keep: Answer) -> list[Answer]:
    return [True, *(keep or (False, False, None)), "own", paper.write_down, paper.read_out, paper.read_out]


def test_the_first_lock_seals_everything_and_the_paper_opens_it(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paper = Paper()
    left = typed(monkeypatch, NEW, NEW)
    lock_talk.begin_lock(with_asker(*whole_talk(paper)))
    assert not left
    assert not is_plain(home)
    assert JournalLock(home / "journal", home / "state").seal_to == paper.identity.recipient
    keyring.let_go()
    workbook = Workbook()
    assert workbook.is_closed
    keyring.hold(paper.identity)
    assert {head.entry.exercise for head in workbook.journal.heads()} == {"check-in", "letter"}


WAYS_OUT = range(8)


def read_all(home: Path) -> dict[str, bytes]:
    """Return every file below a home, but the list of what each entry is, which any reading may write."""
    return {str(path): path.read_bytes() for path in home.rglob("*") if path.is_file() and path.name != "index"}


@pytest.mark.parametrize("way_out", [Back, Ended, KeyboardInterrupt, Pause])
@pytest.mark.parametrize("place", WAYS_OUT)
def test_whoever_leaves_before_the_end_has_changed_nothing(
    home: Path, monkeypatch: pytest.MonkeyPatch, place: int, way_out: type[BaseException]
) -> None:
    before = read_all(home)
    answers = whole_talk(Paper())
    assert len(answers) == len(WAYS_OUT)
    answers[place:] = [way_out, way_out]  # from the groups of the key one goes back to the key
    typed(monkeypatch, NEW, NEW)
    with pytest.raises(Pause):
        lock_talk.begin_lock(with_asker(*answers))
    assert read_all(home) == before


def test_no_is_no(home: Path) -> None:
    with pytest.raises(Pause):
        lock_talk.begin_lock(with_asker(False))
    assert is_plain(home)


def test_what_stays_open_is_seen_word_for_word_before_it_is_chosen(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    typed(monkeypatch, NEW, NEW)
    workbook = with_asker(*whole_talk(Paper(), False, False, ["letter"]))
    lock_talk.begin_lock(workbook)
    asked = workbook.asker.asked[3]  # type: ignore[attr-defined]
    assert "Dear me" in repr(asked.above)
    assert Workbook().settings.keep_open == ["letter"]
    keyring.let_go()
    assert "Dear me" in repr(next(Workbook().memory.copies("letter")).answers)


def test_two_questions_of_safety_have_no_answer_beforehand(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    typed(monkeypatch, NEW, NEW)
    workbook = with_asker(*whole_talk(Paper()))
    lock_talk.begin_lock(workbook)
    plan, family = workbook.asker.asked[1:3]  # type: ignore[attr-defined]
    assert plan.careful
    assert family.careful
    assert plan.answer is family.answer is None


def test_the_sheet_is_left_out_only_by_the_words_for_it(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    typed(monkeypatch, NEW, NEW)
    words = recovery._NO_SHEET.upper()
    answers = [True, False, False, None, "own", "leave-out", "yes", "leave-out", words]
    workbook = with_asker(*answers)
    lock_talk.begin_lock(workbook)
    assert not workbook.asker.answers  # type: ignore[attr-defined]
    assert not is_plain(home)


@pytest.mark.parametrize("wrong", [["wrong"] * 3, [None], [Back], ["wrong", Back]])
def test_what_is_read_from_the_paper_wrongly_shows_the_key_again(
    home: Path, monkeypatch: pytest.MonkeyPatch, wrong: list[Answer]
) -> None:
    typed(monkeypatch, NEW, NEW)
    paper = Paper()
    right = [paper.write_down, paper.read_out, paper.read_out]
    workbook = with_asker(True, False, False, None, "own", paper.write_down, *wrong, *right)
    lock_talk.begin_lock(workbook)
    assert not workbook.asker.answers  # type: ignore[attr-defined]


def test_a_passphrase_is_taken_once_it_was_typed_twice_and_is_long_enough(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = typed(monkeypatch, "short", NEW, "another one", NEW, NEW)
    lock_talk.begin_lock(with_asker(*whole_talk(Paper())))
    assert not left


def test_four_words_are_taken_when_they_were_typed(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passphrase_prompt.passphrase, "suggest", iter(["one two three four", PASSPHRASE]).__next__)
    left = typed(monkeypatch, "something else", PASSPHRASE.upper(), f"  {PASSPHRASE}")
    paper = Paper()
    answers = [True, False, False, None, "others", "words", paper.write_down, paper.read_out, paper.read_out]
    lock_talk.begin_lock(with_asker(*answers))
    assert not left
    keyring.let_go()
    open_with(PASSPHRASE)


def open_with(passphrase: str) -> Workbook:
    """Return the workbook of a person who types this passphrase, opened."""
    from smartcli.workbook.opening import open_with as opened

    keyring.let_go()
    workbook = Workbook()
    opened(workbook, passphrase)
    return workbook


@pytest.fixture
def locked(home: Path) -> Identity:
    """Return the key of a home that was locked, and sealed whole."""
    identity = lock_home(home)
    keyring.hold(identity)
    lock_talk.finish_lock(Workbook())
    keyring.let_go()
    assert not is_plain(home)
    return identity


def opening(monkeypatch: pytest.MonkeyPatch, identity: Identity, *passphrases: str) -> None:
    """Have the journal opened without a terminal, and new passphrases typed."""
    from smartcli.workbook import unlocking

    monkeypatch.setattr(unlocking, "unlock", lambda workbook, *_, **__: keyring.hold(identity))
    typed(monkeypatch, *passphrases)


def test_another_passphrase_opens_and_the_old_one_does_not(
    home: Path, locked: Identity, monkeypatch: pytest.MonkeyPatch
) -> None:
    opening(monkeypatch, locked, NEW, NEW)
    lock_talk.take_new_passphrase(with_asker("own"))
    assert len([*open_with(NEW).journal.heads()]) == 2
    with pytest.raises(WrongPassphraseError):
        open_with(PASSPHRASE)
    assert keyring.is_empty()


@pytest.mark.parametrize("slip", [False, True])
def test_the_sheet_recovers_the_journal_and_one_slip_is_asked_about(
    home: Path, locked: Identity, monkeypatch: pytest.MonkeyPatch, slip: bool
) -> None:
    typed(monkeypatch, NEW, NEW)
    on_paper = " ".join(recovery_sheet.split_groups(locked.secret))
    answers: list[Answer] = [on_paper]
    if slip:
        answers = [("P" if on_paper[0] == "Q" else "Q") + on_paper[1:], True]
    lock_talk.recover(with_asker(*answers, "own"))
    assert len([*open_with(NEW).journal.heads()]) == 2


def test_what_is_no_key_recovers_nothing(home: Path, locked: Identity) -> None:
    with pytest.raises(Trouble) as raised:
        lock_talk.recover(with_asker("nothing", "at all", "of use"))
    assert raised.value.code == 5
    assert keyring.is_empty()


def test_the_sheet_is_checked_and_another_journals_is_told(home: Path, locked: Identity) -> None:
    lock_talk.check_recovery_key(with_asker(" ".join(recovery_sheet.split_groups(locked.secret))))
    other = generate_identity()
    with pytest.raises(Trouble) as raised:
        lock_talk.check_recovery_key(with_asker(" ".join(recovery_sheet.split_groups(other.secret))))
    assert raised.value.code == 4


def test_a_new_key_opens_everything_and_the_old_one_nothing_new(
    home: Path, locked: Identity, monkeypatch: pytest.MonkeyPatch
) -> None:
    opening(monkeypatch, locked, NEW, NEW)
    paper = Paper()
    lock_talk.take_new_key(with_asker("own", paper.write_down, paper.read_out, paper.read_out), leave_old=False)
    assert len([*open_with(NEW).journal.heads()]) == 2
    for file in list_sealed(home / "journal" / "entries"):
        with pytest.raises(NotOursError):
            open_((home / "journal" / "entries" / file.folder / file.name).read_bytes(), [locked])


@pytest.mark.parametrize("leave_old", [False, True])
@pytest.mark.parametrize("place", range(4))
@pytest.mark.parametrize("way_out", [Back, Pause, KeyboardInterrupt])
def test_whoever_leaves_a_new_key_before_its_paper_is_right_has_changed_nothing(
    home: Path,
    locked: Identity,
    monkeypatch: pytest.MonkeyPatch,
    way_out: type[BaseException],
    place: int,
    leave_old: bool,
) -> None:
    opening(monkeypatch, locked, NEW, NEW)
    monkeypatch.setattr(lock_talk, "confirm", lambda *_: True)
    before = read_all(home)
    paper = Paper()
    answers = ["own", paper.write_down, paper.read_out, paper.read_out]
    answers[place] = way_out
    after = [way_out] if place >= 2 and way_out is Back else []  # from a group one goes back to the key first
    with pytest.raises(Pause):
        lock_talk.take_new_key(with_asker(*answers[: place + 1], *after), leave_old=leave_old)
    assert read_all(home) == before


def test_a_lost_key_is_left_and_writing_goes_on(home: Path, locked: Identity, monkeypatch: pytest.MonkeyPatch) -> None:
    typed(monkeypatch, NEW, NEW)
    monkeypatch.setattr(lock_talk, "confirm", lambda *_: True)
    paper = Paper()
    lock_talk.take_new_key(with_asker("own", paper.write_down, paper.read_out, paper.read_out), leave_old=True)
    workbook = open_with(NEW)
    workbook.journal.save(entry(CATALOG.find("check-in"), {"mood": 9}))
    assert [head.entry.answers["mood"] for head in workbook.journal.heads()] == [9]
    assert len(workbook.journal.unreadable) == 2


def test_an_exercise_that_was_open_while_locking_is_counted_and_sealed_the_next_time(
    home: Path, locked: Identity, monkeypatch: pytest.MonkeyPatch
) -> None:
    drafts = Workbook().drafts
    drafts.start(exercise="letter").close()
    drafts.seal_to = ""  # as in a window that was open before the lock
    left = drafts.start(exercise="letter")
    left.keep("letter", "Dear me")
    left.close()
    assert drafts.list_plain() == [left.id]
    assert count_plain(Workbook()) == 1
    opening(monkeypatch, locked)
    lock()
    assert count_plain(Workbook()) == 0


@pytest.fixture
def stray(home: Path, locked: Identity) -> Identity:
    """Return the key of entries that are locked in a journal of which no note says so; one more is in plain."""
    lock = Workbook().lock
    lock.withdraw(locked.name)
    lock.unpin()
    Workbook().journal.save(Entry(entry(CATALOG.find("check-in"), {"mood": 9}).body | {"id": new_id()}))
    return locked


def test_entries_locked_in_a_journal_that_is_not_are_opened_by_unlock_and_how_to_go_on_is_said(
    home: Path, stray: Identity, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    opening(monkeypatch, stray)
    unlock()
    said = capsys.readouterr().err
    assert "smartcli lock" in said
    assert "smartcli lock --off" in said
    assert not Workbook().is_locked  # opening them decides nothing


def test_locking_such_a_journal_takes_the_key_that_its_entries_have(
    home: Path, stray: Identity, monkeypatch: pytest.MonkeyPatch
) -> None:
    opening(monkeypatch, stray)
    lock()
    assert Workbook().lock.seal_to == stray.recipient
    assert not is_plain(home)
    assert len([*open_with(PASSPHRASE).journal.heads()]) == 3


def test_the_lock_of_such_entries_comes_off(home: Path, stray: Identity, monkeypatch: pytest.MonkeyPatch) -> None:
    opening(monkeypatch, stray)
    monkeypatch.setattr(lock_talk, "confirm", lambda *_: True)
    lock(off=True)
    assert is_plain(home)
    assert len([*Workbook().journal.heads()]) == 3


def test_another_recovery_key_does_not_open_such_entries(home: Path, stray: Identity) -> None:
    other = generate_identity()
    with pytest.raises(Trouble) as raised:
        lock_talk.recover(with_asker(" ".join(recovery_sheet.split_groups(other.secret))))
    assert raised.value.code == 5
    assert keyring.is_empty()


def test_unlock_asks_again_for_what_was_declined_before(
    home: Path, locked: Identity, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[bool] = []
    monkeypatch.setattr(unlocking, "unlock", lambda workbook, *, again: asked.append(again))
    unlock()
    assert asked == [True]


@pytest.mark.parametrize("agrees", [False, True])
def test_the_lock_comes_off_after_a_yes(
    home: Path, locked: Identity, monkeypatch: pytest.MonkeyPatch, agrees: bool
) -> None:
    opening(monkeypatch, locked)
    monkeypatch.setattr(lock_talk, "confirm", lambda *_: agrees)
    if agrees:
        lock_talk.take_off(with_asker())
    else:
        with pytest.raises(Pause):
            lock_talk.take_off(with_asker())
    assert is_plain(home) == agrees
    keyring.let_go()
    assert Workbook().is_closed != agrees


def test_nothing_begins_without_a_person_or_the_library(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock_talk, "need_person", passphrase_prompt.need_person)
    steps: list[Callable[[Workbook], object]] = [
        lock_talk.begin_lock, lock_talk.take_new_passphrase, lock_talk.show_recovery_key, lock_talk.recover, lock_talk.take_off
    ]  # fmt: skip
    for step in steps:
        with pytest.raises(Trouble) as raised:
            step(with_asker())
        assert raised.value.code == (USAGE if step is lock_talk.begin_lock else LOCKED)
    monkeypatch.setattr(lock_talk, "need_person", lambda *_: None)
    monkeypatch.setattr(key_file, "has_library", lambda: False)
    with pytest.raises(keyring.MissingLibraryTrouble):
        lock_talk.begin_lock(with_asker())
    assert is_plain(home)
    assert not key_changes.list_replaced_keys(Workbook())
