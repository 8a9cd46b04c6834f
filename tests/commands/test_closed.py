"""Every command while the journal is locked and nobody has given the passphrase, and once somebody has."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import typer.main
from typer.testing import CliRunner, Result

from smartcli import places
from smartcli.cli import app
from smartcli.journal.store import Journal
from smartcli.lock import keyring
from smartcli.lock.identity import Identity
from smartcli.trouble import LOCKED, PAUSED, USAGE
from smartcli.workbook import unlocking
from smartcli.workbook.workbook import Workbook
from tests.conftest import Run
from tests.journal.test_store import small
from tests.support.locked import lock_home

CANARY = "quillfeather"  # stands in every kind of words that somebody wrote

ENTRIES: list[tuple[str, dict[str, Any]]] = [
    ("start", {"behaviours": [{"name": f"{CANARY} drinking", "family": "alcohol"}], "reason": f"my {CANARY}"}),
    ("letter", {"letter": f"Dear {CANARY}", "one-line": f"It passes, {CANARY}"}),
    ("if-then", {"situations": ["payday"], "plans": [{"situation": "payday", "response": f"see {CANARY}"}]}),
    ("safety-plan", {"signs": [f"{CANARY} at night"], "people": [{"name": CANARY, "contact": CANARY}]}),
    ("urge-log", {"strength": 6, "tool": f"walk {CANARY}", "trigger": CANARY, "place": CANARY, "note": CANARY}),
    ("urge-log", {"strength": 3, "tool": f"bathe {CANARY}", "trigger": CANARY, "note": CANARY}),
    ("check-in", {"mood": 4, "good": CANARY, "next": CANARY}),
    ("lapse", {"state": "over", "how-long": "once", "step": f"call {CANARY}"}),
]


class Row(NamedTuple):
    """A command as it is typed, and its exit codes: while the journal is closed, and once it is open.

    `{urge}` and `{other}` stand for the ids of two entries, `{draft}` for that of an unfinished exercise, `{file}` for
    a file in another program's format. `shows`: open, it shows words of the person's.
    """

    words: str
    closed: int = 0
    open: int = 0
    typed: str = ""
    shows: bool = False


ASKS = LOCKED  # what reads ends so, where there is nobody to ask for the passphrase
ALONE = -LOCKED  # and so what is a conversation, whether it is open or not
ROWS = {
    "": [Row("")],
    "checkin": [Row("checkin 5 --quick", typed="\n\n\n\n\n"), Row("checkin", PAUSED, PAUSED, typed="5\n!\n")],
    "urge": [Row("urge 5 --quick", PAUSED, PAUSED, typed="!\n"), Row("urge --unkept", PAUSED, PAUSED, typed="5\n!\n")],
    "lapse": [Row("lapse", PAUSED, PAUSED, typed="!\n")],
    "support": [Row("support"), Row("support --all")],
    "programme": [Row("programme")],
    "do": [Row("do letter", PAUSED, PAUSED, typed="Hello\n.\n!\n"), Row("do", PAUSED, PAUSED, typed="!\n")],
    "resume": [Row("resume", ASKS, PAUSED, "!\n"), Row("resume {draft}", ASKS, PAUSED, "!\n")],
    "later": [Row("later", ASKS), Row("later {urge}", ASKS, USAGE)],
    "start": [Row("start", PAUSED, PAUSED, typed="!\n")],
    "review": [Row("review", ASKS, shows=True), Row("review --json", ASKS, shows=True), Row("review --about x", ASKS)],
    "search": [Row(f"search {CANARY}", ASKS, shows=True), Row("search --json", ASKS, typed=f"{CANARY}\n", shows=True)],
    "show": [Row("show {urge}", ASKS, shows=True), Row("show last --json", ASKS, shows=True)],
    "compare": [Row("compare urge", ASKS, shows=True), Row("compare {urge} {other}", ASKS, shows=True)],
    "insights": [Row("insights", ASKS), Row("insights --json", ASKS)],
    "edit": [Row("edit {urge}", ASKS, PAUSED, typed="!\n")],
    "delete": [Row("delete --yes {urge}", ASKS)],
    "restore": [Row("restore {urge}", ASKS)],
    "history": [Row("history {urge}", ASKS), Row("history {urge} --json", ASKS, shows=True)],
    "purge": [Row("purge --yes {urge}", ASKS)],
    "export": [
        *(Row(f"export --as {kind} -o -", ASKS, shows=True) for kind in ("md", "html", "json")),
        Row("export --as ics -o -", ASKS),
    ],
    "print": [Row("print letter -o -"), Row("print letter --filled -o -", ASKS, shows=True), Row("print --all -o -")],
    "plan": [Row("plan", ASKS, shows=True), Row("plan -o -", ASKS, shows=True)],
    "share": [Row("share --for friend -o -", ASKS, USAGE)],
    "record": [Row("record check-in", typed='{"mood": 5}')],
    "import": [Row("import {file}", ASKS), Row("import --undo", ASKS, USAGE)],
    "lock": [Row("lock"), Row("lock --off", ALONE, ALONE), Row("lock --new-key", ALONE, ALONE)],
    "unlock": [Row("unlock", ASKS)],
    "where": [Row("where"), Row("where --json")],
    "backup": [Row("backup {file}.zip")],
    "settings": [Row("settings"), Row("settings keep_open letter")],
    "remind": [Row("remind")],
    "due": [Row("due", 10, 10)],
    "help": [Row("help"), Row("help urge")],
    "exercises": [Row("exercises"), Row("exercises --json")],
    "exercises show": [Row("exercises show letter")],
    "exercises check": [Row("exercises check {file}", USAGE, USAGE)],
    "exercises new": [Row("exercises new mine")],
    "drafts": [Row("drafts"), Row("drafts --json"), Row("drafts --aside", ASKS)],
    "drafts show": [Row("drafts show {draft}", ASKS, shows=True)],
    "drafts restore": [Row("drafts restore aaaa", ASKS, USAGE)],
    "drafts discard": [Row("drafts discard --yes {draft}")],
}
# What an empty journal says: a locked one that only cannot be read must never say so.
EMPTY = {
    "": "You don't need an account",
    "review": "There is nothing here yet",
    "later": "There is no entry that you can add to",
    "compare": "There is nothing to compare yet",
    "export": "the export is empty",
    "print": "You have no entry of this exercise yet",
    "share": "There is nothing to share yet",
    "import": "There is no import on this device to undo",
    "drafts": "You have no unfinished exercises",
}
OTHERS = {"doctor"}  # tests/journal/test_examination.py
CASES = [pytest.param(row, id=row.words) for rows in ROWS.values() for row in rows]


class Locked(NamedTuple):
    """A home with a locked journal, and the key to it."""

    home: Path
    names: dict[str, str]
    key: Identity


def call(*words: str, typed: str = "") -> Result:
    places.choose(None)
    return CliRunner().invoke(app, [*words], input=typed)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Locked:
    """A home in which everything was written while its journal was closed."""
    home = tmp_path_factory.mktemp("closed") / "home"
    key = lock_home(home)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SMARTCLI_HOME", str(home))
        ids = [call("record", name, typed=json.dumps(answers)).stdout.strip() for name, answers in ENTRIES]
        assert all(ids)
        call("do", "letter", typed=f"Dear {CANARY}\n.\n!\n")
        draft = Workbook().drafts
        draft.all()
    note = home.parent / "note.txt"
    note.write_text("2026-01-02\nHello\n")
    return Locked(home, {"urge": ids[4], "other": ids[5], "draft": draft.closed[0], "file": str(note)}, key)


@pytest.fixture
def locked(made: Locked, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Locked]:
    """A copy of it that a test may change."""
    shutil.copytree(made.home, home)
    monkeypatch.chdir(tmp_path)
    note = shutil.copy(made.names["file"], tmp_path)  # what is written beside it is one test's alone
    yield made._replace(home=home, names=made.names | {"file": str(note)})
    keyring.let_go()


@pytest.fixture
def opens(locked: Locked, monkeypatch: pytest.MonkeyPatch) -> list[Workbook]:
    """Let whoever asks for the passphrase be given it; returns who asked."""
    asked: list[Workbook] = []

    def unlock(workbook: Workbook, **_: object) -> None:
        asked.append(workbook)
        keyring.hold(locked.key)

    monkeypatch.setattr(unlocking, "unlock", unlock)
    return asked


def words_of(row: Row, locked: Locked) -> list[str]:
    return [word.format(**locked.names) for word in row.words.split()]


def commands() -> Iterator[str]:
    """Yield every command by its whole name."""
    top: Any = typer.main.get_command(app)
    yield ""
    for name, command in top.commands.items():
        yield name
        yield from (f"{name} {inner}" for inner in getattr(command, "commands", ()))


def test_every_command_has_a_row() -> None:
    assert {*commands()} - OTHERS == {*ROWS}


@pytest.mark.parametrize("row", CASES)
def test_a_closed_journal_is_told_or_left_out_and_never_looks_empty(locked: Locked, row: Row) -> None:
    done = call(*words_of(row, locked), typed=row.typed)
    assert done.exit_code == abs(row.closed), done.output
    assert CANARY not in done.output
    assert not [said for said in EMPTY.values() if said in done.output]
    if row.closed == ASKS:
        assert done.stdout == ""
        assert done.stderr.startswith("The journal is locked.")


@pytest.mark.parametrize("row", CASES)
def test_once_the_passphrase_is_given_everything_is_there(locked: Locked, opens: list[Workbook], row: Row) -> None:
    done = call(*words_of(row, locked), typed=row.typed)
    assert done.exit_code == abs(row.open), done.output
    assert len(opens) == (row.closed == ASKS)
    assert (CANARY in done.stdout) >= row.shows, done.output


@pytest.mark.parametrize("command", EMPTY)
def test_these_are_the_words_of_an_empty_journal(run: Run, home: Path, command: str) -> None:
    """Or the test above would look for what nobody says."""
    names = dict.fromkeys(("urge", "other", "draft", "file"), "last")
    said = [run(*row.words.format(**names).split()).output for row in ROWS[command]]
    assert any(EMPTY[command] in output for output in said), said


MEANT_WRONG = [
    "review --point nowhere",
    "review --since 2026-11-02 --until 2026-11-01",
    "search --since never x",
    "insights --last 0",
    "show abc",
    "edit abc",
    "history abc",
    "delete --yes abc",
    "purge --yes abc",
    "restore abc",
    "later abc",
    "compare {urge} {other} --first",
    "compare abc abcd",
    "resume zzzz",
    "export --as json --exercise nothing --point nowhere",
    "export --as md --history",
    "export --as ics --alarm soon",
    "export --as md -o {file}",
    "print nothing --filled",
    "print letter --filled --as md --paper a4",
    "plan -o {file}",
    "share --since never",
    "share --for friend -o {file}",
    "import nowhere.txt",
]


@pytest.mark.parametrize("words", MEANT_WRONG)
def test_what_is_typed_wrong_is_told_before_the_passphrase_is_asked(
    locked: Locked, opens: list[Workbook], words: str
) -> None:
    done = call(*words_of(Row(words), locked))
    assert done.exit_code == USAGE, done.output
    assert not opens


def test_a_closed_journal_is_written_and_counts_as_not_done(locked: Locked) -> None:
    rows = json.loads(call("exercises", "--json").stdout)
    assert {(row["times"], row["last"]) for row in rows} == {(None, None)}
    [draft] = json.loads(call("drafts", "--json").stdout)
    assert draft == {**dict.fromkeys(("exercise", "title", "started", "answered", "of")), "id": locked.names["draft"]}
    assert "1 unfinished exercise" in call("drafts").stdout
    assert "locked" in call("programme").stdout


def test_today_in_a_pipe_says_that_it_is_locked_and_how_much_is_unfinished(locked: Locked) -> None:
    page = call().stdout
    assert "Locked." in page
    assert "You have 1 unfinished exercise." in page
    assert not [words for words in ("Done today", "You wrote", "Welcome", "backup") if words in page]


def test_what_lies_in_plain_in_a_locked_journal_is_counted_where_somebody_looks(locked: Locked) -> None:
    assert "not locked yet" not in call().stdout + call("where").stdout
    sealed = len([*locked.home.glob("journal/entries/*/*.age")])
    Journal(locked.home / "journal").save_all([small("from another device"), small("and another", day=2)])
    assert "2 files are not locked yet" in call().stdout
    assert f"{sealed} files, locked; 2 files, not locked yet" in call("where").stdout


def test_what_is_written_while_closed_is_there_once_it_is_open(locked: Locked, opens: list[Workbook]) -> None:
    entry = call("record", "check-in", typed='{"mood": 5, "good": "a walk by the river"}').stdout.strip()
    assert "a walk by the river" in call("show", entry).stdout
    shutil.rmtree(locked.home / "state" / "cache", ignore_errors=True)
    keyring.let_go()
    assert entry[:6] in call("search", "river").stdout
