"""Exercises and Today's menu while the journal is locked and nobody has given the passphrase."""

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from smartcli.entries.entry import Entry
from smartcli.fields import Note
from smartcli.fields.base import FAMILIES
from smartcli.lock import age, keyring
from smartcli.lock.identity import Identity
from smartcli.lock.keyring import LockedTrouble
from smartcli.session.form import Form
from smartcli.session.memory import Memory
from smartcli.settings import Settings
from smartcli.trouble import LOCKED, PAUSED, Trouble
from smartcli.workbook import unlocking
from smartcli.workbook.workbook import Workbook
from tests.conftest import Run
from tests.support.locked import lock_home
from tests.support.made import CATALOG, catalogue
from tests.support.untouched import look
from tests.workbook.conftest import Menu

OWN = "THE GARDEN"
DEADLY = ("alcohol", "sedatives", "opioids")


@pytest.fixture
def key(home: Path) -> Iterator[Identity]:
    """The key to a locked journal."""
    yield lock_home(home)
    keyring.let_go()


@pytest.fixture
def asked(key: Identity, monkeypatch: pytest.MonkeyPatch) -> list[Workbook]:
    """Give the passphrase to whoever asks; returns who asked."""
    who: list[Workbook] = []

    def unlock(workbook: Workbook, **_: object) -> None:
        who.append(workbook)
        keyring.hold(key)

    monkeypatch.setattr(unlocking, "unlock", unlock)
    return who


def start(run: Run, *families: str) -> None:
    """Say what is to be changed, one thing of each family."""
    rows = [{"name": f"my {family}", "family": family} for family in families]
    done = run("record", "start", typed=json.dumps({"behaviours": rows, "reason": OWN}))
    assert done.exit_code == 0, done.stderr


# --- what warns, where no family is known


def remembering(*entries: Entry, is_closed: bool = False) -> Memory:
    return Memory(lambda holding=None: entries, Settings(Path("/nowhere")), is_closed=is_closed)


def of_family(family: str) -> Memory:
    """Return the memory of somebody whose behaviour is of a family."""
    memory = remembering()
    memory.families = lambda about: frozenset({family})  # type: ignore[method-assign]
    return memory


def notes(exercise: str, memory: Memory, answers: Mapping[str, Any]) -> set[str]:
    """Return the ids of the notes that hang on the family, and are shown."""
    form = Form(CATALOG.find(exercise).fields, answers, memory)
    return {
        one.id for one in form.visible() if isinstance(one, Note) and any(part.needs_journal for part in one.only_if)
    }


ANSWERS: dict[str, dict[str, Any]] = {
    "urge-log": {"strength": 5, "tool": "wait", "after": 3, "acted": True},
    "taking-stock": {"true-of-me": "unwell-without"},
}


@pytest.mark.parametrize("exercise", [exercise.id for exercise in CATALOG])
def test_every_text_is_shown_that_warns_of_stopping_or_of_using_again(exercise: str) -> None:
    answers = ANSWERS.get(exercise, {})
    shown = notes(exercise, remembering(is_closed=True), answers)
    for family in (*DEADLY, "unknown"):
        assert shown >= notes(exercise, of_family(family), answers), family
    only = {family: notes(exercise, of_family(family), answers) for family in FAMILIES if family not in DEADLY}
    warned = {name for family in (*DEADLY, "unknown") for name in notes(exercise, of_family(family), answers)}
    assert not shown - warned, "texts of other families are not shown"
    assert only


def test_the_texts_that_save_lives_are_among_them() -> None:
    assert {"tolerance", "opioid-days", "signs"} <= notes("lapse", remembering(is_closed=True), {})
    assert {"withdrawal", "withdrawal-signs", "tolerance", "general"} <= notes("start", remembering(is_closed=True), {})
    assert "tolerance" in notes("urge-log", remembering(is_closed=True), ANSWERS["urge-log"])
    assert "tolerance" not in notes("lapse", remembering(), {})  # open, and nothing known: the general text, as ever


def test_a_lapse_in_a_closed_journal_warns_of_each(run: Run, key: Identity) -> None:
    start(run, "gambling")
    shown = run("lapse", typed="\n!\n").output
    assert "your body can handle much less than before" in shown
    assert "sees or hears things that aren't there" in shown


def test_the_kind_of_behaviour_left_open_lets_only_its_own_texts_show(run: Run, key: Identity) -> None:
    run("settings", "keep_open", "start")
    start(run, "gambling")
    assert Workbook().is_closed
    shown = run("lapse", typed="\n!\n").output
    assert "do not try to win it back" in shown
    assert "your body can handle much less" not in shown


def test_a_family_that_was_left_out_in_this_very_sitting_is_no_locked_one() -> None:
    rows = {"behaviours": [{"name": "a thing"}]}
    assert notes("start", remembering(is_closed=True), rows) == notes("start", remembering(), rows)


def test_nothing_is_counted_where_it_could_be_self_harm(run: Run, key: Identity) -> None:
    run("settings", "keep_open", "urge-log")
    run("record", "urge-log", "--about", "it", typed='{"strength": 8, "tool": "a walk", "after": 2}')
    workbook = Workbook()
    [urge] = workbook.memory.copies("urge-log")
    assert workbook.is_uncounted(urge)
    assert [(one.helped, one.rated) for one in workbook.memory.used("coping")] == [(0, 0)]


# --- own words, in an urge


def test_own_words_can_be_opened_in_an_urge_once_help_was_there(run: Run, asked: list[Workbook]) -> None:
    start(run, "gambling")
    shown = run("urge", typed="7\nu\n!\n").output
    assert len(asked) == 1
    before, after = shown.split("u. Your own words, with the passphrase", 1)
    assert "You don't have to act on this one" in before
    assert OWN not in before
    assert OWN in after


def test_where_nobody_can_be_asked_the_urge_goes_on(run: Run, key: Identity) -> None:
    start(run, "gambling")
    done = run("urge", typed="7\nu\nwait\n!\n")
    assert done.exit_code == PAUSED
    assert "The journal is locked." in done.output
    assert "All the help here needs no passphrase." in done.output
    assert "How strong is the urge now?" in done.output


def test_the_words_of_a_safety_plan_come_first_where_the_urge_is_about_self_harm(
    run: Run, asked: list[Workbook]
) -> None:
    start(run, "self-harm")
    plan = {"signs": ["x"], "alone": ["sit with the cat"], "distract": ["the park"]}
    assert run("record", "safety-plan", typed=json.dumps(plan)).exit_code == 0
    shown = run("urge", typed="7\nu\n!\n").output.split("u. Your own words", 1)[1]
    assert "Please don't be alone with it." in shown
    assert "sit with the cat" in shown


@pytest.mark.parametrize("is_locked", [True, False])
def test_the_key_is_offered_only_while_the_journal_is_closed(run: Run, home: Path, *, is_locked: bool) -> None:
    if is_locked:
        keyring.hold(lock_home(home))
    start(run, "gambling")
    shown = run("urge", typed="7\n!\n").output
    keyring.let_go()
    assert "w. More of what I wrote" in shown
    assert "with the passphrase" not in shown


# --- what is written


ELSEWHERE = """=== first
[[field]]
id = "way"
kind = "choice"
ask = "Way?"
options = [{ id = "other", say = "Other first", opens = "second" }, { id = "on", say = "On" }]
[[field]]
id = "then"
kind = "line"
ask = "Then?"
=== second
[[field]]
id = "what"
kind = "line"
ask = "What?"
"""


def test_a_closed_sitting_goes_on_after_another_exercise(
    run: Run, key: Identity, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = catalogue(tmp_path, ELSEWHERE)
    monkeypatch.setattr("smartcli.content.catalog.built_in", lambda: made.folder)
    done = run("do", "first", typed="1\nin between\n1\nat the end\n1\n")
    assert done.exit_code == 0, done.output
    keyring.hold(key)
    written = [entry.answers for entry in Workbook().journal.entries()]
    assert {"way": "other", "then": "at the end"} in written
    assert {"what": "in between"} in written
    assert not Workbook().drafts.all()


def test_what_an_urge_was_about_is_asked_later(run: Run, asked: list[Workbook]) -> None:
    start(run, "gambling", "nicotine")
    urge = run("record", "urge-log", typed='{"strength": 5, "tool": "wait", "after": 2}').stdout.strip()
    shown = run("later", urge, typed="2\n1\n")
    assert "What is this urge about?" in shown.output
    assert Workbook().journal.find(urge).entry.behaviour == "my nicotine"
    assert run("later", urge).exit_code != 0, "once"


def test_that_is_asked_only_where_the_journal_is_locked_and_several_are_known(run: Run, home: Path) -> None:
    start(run, "gambling", "nicotine")
    urge = run("record", "urge-log", typed='{"strength": 5, "tool": "wait", "after": 2}').stdout.strip()
    assert "nothing to add" in run("later", urge).stderr


def test_a_look_back_of_an_exercise_says_nothing_while_the_journal_is_closed(run: Run, key: Identity) -> None:
    start(run, "gambling")
    assert run("do", "week-review", typed="!\n").exit_code == PAUSED
    assert run("do", "two-weeks", typed="!\n").exit_code == PAUSED


# --- without age


@pytest.fixture
def ageless(key: Identity, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the library nor the program is installed."""
    monkeypatch.setattr(age, "has_library", lambda: False)
    monkeypatch.setattr(age, "is_available", lambda: False)
    monkeypatch.setattr(age, "tool", _missing)


def _missing() -> None:
    raise age.MissingLibraryError


WHOLE = {
    ("urge",): "7\nwait\n5\n1\n",
    ("urge", "8", "--quick"): "wait\n5\n",
    ("lapse",): "!\n",
    ("checkin",): "5\nn\n\n\n\n\n\n\n",
    ("do", "craving"): "7\nwait\n5\n1\n",
}


@pytest.mark.parametrize("words", WHOLE)
def test_help_runs_whole_without_age_and_says_first_that_nothing_is_kept(
    run: Run, home: Path, ageless: None, words: tuple[str, ...]
) -> None:
    before = look(home)
    done = run(*words, typed=WHOLE[words])
    assert done.exit_code == (PAUSED if "lapse" in words else 0), done.output
    assert done.stderr.startswith("Nothing can be saved this time, because the journal is locked")
    assert "Saved" not in done.output
    assert look(home) == before


@pytest.mark.parametrize("words", [("record", "check-in"), ("review",), ("do", "letter"), ("start",), ("later",)])
def test_all_else_ends_before_a_word_is_typed(
    run: Run, home: Path, ageless: None, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unlocking, "unlock", lambda workbook, **_: pytest.fail("a passphrase opens nothing here"))
    done = run(*words, typed='{"mood": 5}')
    assert done.exit_code == LOCKED
    assert "needs the age library" in done.stderr
    assert not [*(home / "journal").rglob("*.json.age")]


# --- Today's menu


def test_today_says_that_it_is_locked_and_its_menu_opens_it(run: Run, asked: list[Workbook], menu: Menu) -> None:
    start(run, "gambling")
    run("record", "check-in", typed='{"mood": 5}')
    shown = menu("Open the journal, with your passphrase", "Leave")
    closed, opened = shown.split("The journal is open until you leave smartcli.")
    assert "Locked. You can write without the passphrase." in closed
    assert "Good to see you." in closed
    assert not [words for words in ("Done today", "You wrote", "Perhaps", "Welcome") if words in closed]
    assert "Done today" in opened
    assert "Locked." not in opened
    assert "Open the journal" not in opened


def test_the_key_is_held_until_the_program_ends(run: Run, asked: list[Workbook], menu: Menu) -> None:
    start(run, "gambling")
    menu("Look back", "!", "Look back", "!", "Leave")
    assert len(asked) == 1


REFUSALS: list[Callable[[], Trouble]] = [
    LockedTrouble,
    lambda: Trouble("That passphrase does not open it.", safe="Everything is safe.", code=LOCKED),
]


@pytest.mark.parametrize("refusal", REFUSALS)
def test_without_the_passphrase_the_menu_goes_on(
    run: Run, key: Identity, menu: Menu, monkeypatch: pytest.MonkeyPatch, refusal: Callable[[], Trouble]
) -> None:
    def refuse(workbook: Workbook, **_: object) -> None:
        raise refusal()

    monkeypatch.setattr(unlocking, "unlock", refuse)
    start(run, "gambling")
    shown = menu("Look back", "I need help now", "", "Leave")
    assert refusal().sentence in shown
    assert shown.count("What now?") == 3


def test_what_was_saved_and_begun_in_a_closed_menu_is_said_when_it_is_left(
    run: Run, asked: list[Workbook], menu: Menu, capsys: pytest.CaptureFixture[str]
) -> None:
    run("do", "letter", typed="Dear me\n.\n!\n")
    menu("Open the journal, with your passphrase", "Leave")
    assert "Paused" not in capsys.readouterr().err, "it was begun before"
    keyring.let_go()
    menu("Check in (about a minute)", "6", "!", "Leave")
    assert "Paused. Your answers are saved." in capsys.readouterr().err
