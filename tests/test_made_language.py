"""Every sentence passes the door: a made language marks each text that does, and nothing may be left unmarked."""

import io
import json
import random
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from smartcli.asking import Elsewhere
from smartcli.content.catalog import PARSED, Catalog
from smartcli.content.danger import shipped_danger
from smartcli.content.exercise import Exercise
from smartcli.entries.entry import Entry
from smartcli.journal.drafts import Drafts
from smartcli.pages.blank import blank_page, opening_page
from smartcli.pages.catalog import exercise_page
from smartcli.pages.entry import entry_page
from smartcli.renderers import html, markdown, plain
from tests.support import asking
from tests.support.asking import Typist, memory, session
from tests.support.made_language import OWN, environment, speak, unmarked
from tests.terminal.driver import Terminal, run

TYPED = [
    "yes",
    "yesterday 9pm",
    "in 3 weeks",
    "And another.",
    "A line.",
    "words of my own",
]  # what a Typist answers besides OWN
IDS = [exercise.id for exercise in Catalog(Path("/nowhere"))]


@pytest.fixture(autouse=True)
def _marked(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    speak(monkeypatch)
    monkeypatch.setattr(asking, "_LONG", OWN)
    PARSED.clear()
    shipped_danger.cache_clear()
    yield
    shipped_danger.cache_clear()


def sat_through(name: str, folder: Path) -> tuple[Exercise, Entry, str]:
    exercise = Catalog(Path("/nowhere")).find(name)
    start = asking.entry(
        Catalog(Path("/nowhere")).find("start"), {"behaviours": [{"name": OWN, "aim": "stop", "family": "alcohol"}]}
    )
    out = io.StringIO()
    drafts = Drafts(folder)
    draft = drafts.start(exercise=exercise.id, title=exercise.title)
    about = OWN if exercise.per_behaviour else None
    sitting = session(
        exercise, Typist(random.Random(name), out), drafts, draft=draft, remembered=memory(start), about=about
    )
    try:
        while True:
            try:
                return exercise, sitting.run(), out.getvalue()
            except Elsewhere:
                continue
    finally:
        draft.close()


@pytest.mark.parametrize("name", IDS)
def test_an_exercise_is_asked_and_shown_in_the_language(name: str, tmp_path: Path) -> None:
    exercise, made, printed = sat_through(name, tmp_path)
    assert unmarked(printed, [*TYPED, "SUPPORT"]) == []
    # Sources and other names are data.
    pages = [entry_page(made), blank_page(exercise), exercise_page(replace(exercise, sources=(), aliases=()))]
    for page in pages:
        for shown in (plain.page(page), markdown.page(page), "".join(html.document("", [page]))):
            assert unmarked(shown, TYPED) == []


def test_the_first_sheet_is_in_the_language() -> None:
    assert unmarked(plain.page(opening_page())) == []


def test_a_planted_sentence_is_found() -> None:
    assert unmarked("Sávéd. That was today.") == ["That", "was", "today"]
    assert unmarked("`smartcli do`, --plain, https://example.org/a, λόγια, NHS") == []


# What each command says of a journal with some entries, and what it says when it cannot.
COMMANDS = [
    [], ["programme"], ["review"], ["show", "last"], ["search", OWN], ["compare", "check-in"], ["history", "last"], ["where"],
    ["support"], ["support", "--all"], ["plan"], ["drafts"], ["exercises", "check"], ["insights"], ["later"], ["resume"],
    ["print", "--all", "--as", "md", "--output", "-"], ["plan", "--as", "html", "--output", "-"],
    ["export", "--as", "md", "--output", "-"], ["export", "--as", "html", "--output", "-"], ["share"], ["start"], ["urge"], ["lapse"],
    ["checkin"], ["do"], ["purge"], ["record", "check-in"],
]  # fmt: skip
TROUBLES = [
    ["show", "zzzz"], ["show", "zz"], ["do", "zzzz"], ["review", "--since", "zzzz"], ["review", "--point", "zzzz"], ["restore", "zzzz"],
    ["import", "zzzz.json"], ["delete", "zzzz"], ["edit", "zzzz"], ["drafts", "show", "zzzz"], ["exercises", "check", "zzzz.toml"],
    ["exercises", "show", "zzzz"], ["print", "zzzz"], ["insights", "--about", "zzzz"], ["export", "--output", "/zzzz/zzzz.md"],
    ["zzzz"], ["review", "--zzzz"], ["show"], ["export", "--as", "zzzz"], ["review", "--last", "zzzz"],
]  # fmt: skip
HELP = [["--help"], ["--version"], *([*words, "--help"] for words in [
    ["checkin"], ["urge"], ["lapse"], ["support"], ["programme"], ["do"], ["resume"], ["later"], ["start"], ["review"], ["search"], ["show"],
    ["compare"], ["insights"], ["edit"], ["delete"], ["restore"], ["history"], ["purge"], ["export"], ["print"], ["plan"], ["share"],
    ["record"], ["import"], ["where"], ["exercises"], ["exercises", "show"], ["exercises", "check"], ["exercises", "new"], ["drafts"],
    ["drafts", "show"], ["drafts", "remove"],
])]  # fmt: skip
_ENTRIES = {
    "start": {"behaviours": [{"name": OWN, "aim": "cut-down", "family": "alcohol"}], "reason": OWN},
    "check-in": {"mood": 4, "urges": True, "good": OWN},
    "urge-log": {"strength": 7, "tool": "breathe", "after": 4},
    "journal": {"words": OWN},
    "goals": {"goal": OWN},
}


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home in which somebody who speaks the made language wrote a few things."""
    home = tmp_path_factory.mktemp("lived")
    for name, given in _ENTRIES.items():
        done = run(home, "record", name, typed=json.dumps(given), **environment())
        assert done.returncode == 0, done.stderr
    return home


def said(home: Path, words: list[str], typed: str = "") -> str:
    done = run(home, *words, typed=typed, **environment(), TYPER_USE_RICH="0", COLUMNS="200")
    assert "Traceback" not in done.stderr
    return re.sub(re.escape(str(home)) + r"\S*", "", done.stdout + done.stderr)


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_a_command_speaks_the_language(lived: Path, words: list[str]) -> None:
    assert unmarked(said(lived, words)) == []


@pytest.mark.parametrize("words", TROUBLES, ids=" ".join)
def test_an_error_is_told_in_the_language(lived: Path, words: list[str]) -> None:
    assert unmarked(said(lived, words), words) == []


@pytest.mark.parametrize("words", HELP, ids=" ".join)
def test_help_is_in_the_language(lived: Path, words: list[str]) -> None:
    # Its words for a kind of value are typer's own data: <str>, [x>=1].
    assert unmarked(re.sub(r"<[a-z|]+>|\[[^\]]*\]", "", said(lived, words)), [*words, "smartcli"]) == []


@pytest.mark.parametrize("columns", [40, 80])
def test_screens_are_in_the_language(lived: Path, columns: int) -> None:
    for words, keys in [
        ([], ["?"]),
        (["urge"], ["7", "\r", "?"]),
        (["checkin"], ["?"]),
        (["do"], []),
        (["review"], ["?"]),
    ]:
        terminal = Terminal(*words, home=lived, columns=columns, rows=30, **environment())
        for key in ["", *keys]:
            terminal.type(key)
            for _ in range(8):
                terminal.pump(0.2)
            assert unmarked(terminal.screen()) == [], terminal.screen()
        terminal.child.close(force=True)
