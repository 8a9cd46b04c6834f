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
from smartcli.commands.examples import EXAMPLES
from smartcli.content.catalog import PARSED, Catalog
from smartcli.content.danger import shipped_danger
from smartcli.content.exercise import Exercise
from smartcli.entries.entry import Entry
from smartcli.journal.drafts import Drafts
from smartcli.pages.blank import blank_page
from smartcli.pages.catalog import exercise_page
from smartcli.pages.entry import entry_page
from smartcli.pages.paper_workbook import opening_page
from smartcli.renderers import html, markdown, plain
from tests.support import asking
from tests.support.asking import Typist, memory, session
from tests.support.made_language import OWN, environment, speak, unmarked
from tests.support.many import Given, run_many
from tests.terminal.driver import Terminal
from tools.translations import pseudo

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
    PARSED.clear()  # what this process has read in English
    shipped_danger.cache_clear()
    yield
    PARSED.clear()
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
    [], ["programme"], ["review"], ["show", "last"], ["search", OWN], ["compare", "check-in"], ["history", "last"], ["where"], ["where", "--network"],
    ["support"], ["support", "--all"], ["plan"], ["drafts"], ["exercises", "check"], ["insights"], ["later"], ["resume"],
    ["print", "--all", "--as", "md", "--output", "-"], ["plan", "--as", "html", "--output", "-"],
    ["export", "--as", "md", "--output", "-"], ["export", "--as", "html", "--output", "-"], ["share"], ["start"], ["urge"], ["lapse"],
    ["checkin"], ["do"], ["purge"], ["record", "check-in"],
]  # fmt: skip
TROUBLES = [
    ["show", "zzzz"], ["show", "zz"], ["do", "zzzz"], ["review", "--since", "zzzz"], ["review", "--point", "zzzz"], ["restore", "zzzz"],
    ["import", "zzzz.json"], ["delete", "zzzz"], ["edit", "zzzz"], ["drafts", "show", "zzzz"], ["exercises", "check", "zzzz.toml"],
    ["exercises", "show", "zzzz"], ["print", "zzzz"], ["insights", "--about", "zzzz"], ["export", "--output", "/zzzz/zzzz.md"],
    ["zzzz"], ["undo"], ["help", "zzzz"], ["review", "--zzzz"], ["show"], ["export", "--as", "zzzz"], ["review", "--last", "zzzz"],
]  # fmt: skip
HELP = [["--help"], ["--version"], *([*words, "--help"] for words in [
    ["checkin"], ["urge"], ["lapse"], ["support"], ["programme"], ["do"], ["resume"], ["later"], ["start"], ["review"], ["search"], ["show"],
    ["compare"], ["insights"], ["edit"], ["delete"], ["restore"], ["history"], ["purge"], ["export"], ["print"], ["plan"], ["share"],
    ["record"], ["import"], ["where"], ["exercises"], ["exercises", "show"], ["exercises", "check"], ["exercises", "new"], ["drafts"],
    ["drafts", "show"], ["drafts", "remove"], ["help"],
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
    for done in run_many([Given(("record", name), json.dumps(given)) for name, given in _ENTRIES.items()], **at(home)):
        assert done.code == 0, done.printed
    return home


def at(home: Path) -> dict[str, str]:
    """Return what a child in this home needs to speak the made language in plain, wide lines."""
    return {"SMARTCLI_HOME": str(home), "HOME": str(home), "TYPER_USE_RICH": "0", "COLUMNS": "200", **environment()}


@pytest.fixture(scope="module")
def said(lived: Path) -> dict[str, str]:
    """What each command line says in that home, run one after another in one process."""
    lines = [*COMMANDS, *TROUBLES, *HELP]
    done = run_many([Given(words) for words in lines], **at(lived))
    assert not [one.printed for one in done if "Traceback" in one.printed]
    printed = [re.sub(re.escape(str(lived)) + r"\S*", "", one.printed) for one in done]
    return dict(zip(map(" ".join, lines), printed, strict=True))


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_a_command_speaks_the_language(said: dict[str, str], words: list[str]) -> None:
    assert unmarked(said[" ".join(words)]) == []


@pytest.mark.parametrize("words", TROUBLES, ids=" ".join)
def test_an_error_is_told_in_the_language(said: dict[str, str], words: list[str]) -> None:
    assert said[" ".join(words)]
    assert unmarked(said[" ".join(words)], words) == []


@pytest.mark.parametrize("words", HELP, ids=" ".join)
def test_help_is_in_the_language(said: dict[str, str], words: list[str]) -> None:
    shown = said[" ".join(words)]
    assert shown
    for line in sorted((line for line, _says in EXAMPLES.get(" ".join(words[:-1]), ())), key=len, reverse=True):
        shown = shown.replace(line, "")  # what is typed is the same in every language
    # Its words for a kind of value are typer's own data: <str>, [x>=1].
    assert unmarked(re.sub(r"<[a-z|]+>|\[[^\]]*\]", "", shown), [*words, "smartcli"]) == []


# Keys, and what the screen that they open begins and ends with: then all of it is there.
SCREENS = {
    "": [("", "What now?", "support"), ("s", "Support", "enter read on")],
    "urge": [
        ("", "How strong is the urge right now?", "support"),
        ("7\r", "What would you like to do now?", "support"),
        ("s", "Support", "enter read on"),
    ],
    "checkin": [("", "How are you feeling right now?", "support"), ("s", "Support", "enter read on")],
    "do": [("", "What would you like to work on?", "support")],
    "review": [
        ("", "enter open", "support"),
        ("/x", "Search:", "esc end search"),
        ("\x1b", "enter open"),  # alone: with Enter behind it, it is Alt-Enter
        ("\r", "enter choose what to do", "support"),
        ("\r", "What would you like to do?", "support"),
    ],
}


@pytest.mark.parametrize("columns", [40, 80])
@pytest.mark.parametrize("command", SCREENS)
def test_screens_are_in_the_language(lived: Path, command: str, columns: int) -> None:
    terminal = Terminal(*command.split(), home=lived, columns=columns, rows=30, **environment())
    for keys, *words in SCREENS[command]:
        terminal.type(keys)
        terminal.see(*map(pseudo, words))
        assert unmarked(terminal.screen()) == [], terminal.screen()
    terminal.child.close(force=True)
