"""The language that is spoken: how it is chosen, what a wrong catalogue costs, and that all help is translated.

Catalogues are made in a folder of the test; nothing depends on the locale of the machine.
"""

import gettext
import os
import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from babel.messages import Catalog
from babel.messages.mofile import write_mo

from smartcli import language
from smartcli.commands.examples import EXAMPLES
from smartcli.language import CONTENT, PROGRAM, content_text, ngettext, remarks
from tests.support.children import environment
from tools.translations import PSEUDO, write_pseudo

# Sentences of the tests alone, which nobody is to collect for translators: so not by the name `_`.
say = language._
SAVED, NAMED = "Saved.", "Saved as {name}."
ONE, MANY = "{number} entry", "{number} entries"

Sentences = Mapping[Any, Any]  # English and translation; pairs of them for a plural


def translate(
    folder: Path, sentences: Sentences, domain: str = PROGRAM, *, code: str = "de", context: str = ""
) -> Path:
    """Write a catalogue with some sentences; return its file."""
    catalog = Catalog(locale="de")
    for english, translated in sentences.items():
        catalog.add(english, translated, context=context or None)
    file = folder / code / "LC_MESSAGES" / f"{domain}.mo"
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as opened:
        write_mo(opened, catalog)
    return file


class Speaker:
    """Chooses the language as the program does when it starts."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def choose(self, **variables: str) -> None:
        """Choose by these environment variables, and nothing else."""
        language.choose({"SMARTCLI_TRANSLATIONS": str(self.folder), **variables})


@pytest.fixture
def speaker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Speaker:
    """A program that speaks no language yet, and German in its folder; all is as before afterwards."""
    monkeypatch.setattr(language, "_files", {})
    monkeypatch.setattr(language, "_catalogues", {})
    monkeypatch.setattr(language, "_remarks", [])
    monkeypatch.setattr(gettext, "translation", gettext.translation)  # choosing sets it, for typer's own sentences
    translate(tmp_path, {SAVED: "Gespeichert.", NAMED: "Gespeichert als {name}."})
    return Speaker(tmp_path)


# --- choosing


@pytest.mark.parametrize(
    "variables",
    [
        {"SMARTCLI_LANGUAGE": "de"},
        {"SMARTCLI_LANGUAGE": "de_AT.UTF-8", "LANG": "C"},
        {"SMARTCLI_LANGUAGE": "fr:de"},
        {"SMARTCLI_LANGUAGE": "de-AT"},
        {"LANGUAGE": "de"},
        {"LANGUAGE": "fr:de", "LANG": "en_GB.UTF-8"},
        {"LC_ALL": "de_DE.UTF-8", "LANG": "C"},
        {"LC_MESSAGES": "de_DE@euro", "LANG": "fr_FR.UTF-8"},
        {"LANG": "de_DE.UTF-8"},
        {"LANGUAGE": "", "LC_ALL": "", "LANG": "de"},
    ],
)
def test_the_variables_choose_a_language(speaker: Speaker, variables: dict[str, str]) -> None:
    speaker.choose(**variables)
    assert say(SAVED) == "Gespeichert."
    assert say(NAMED, name="x") == "Gespeichert als x."
    assert remarks() == []


@pytest.mark.parametrize(
    "variables",
    [
        {},
        {"LANG": "C.UTF-8"},
        {"LANG": "POSIX"},
        {"LANG": "en_GB.UTF-8"},
        {"LC_ALL": "C", "LANG": "de_DE.UTF-8"},
        {"LANGUAGE": "en:de", "LANG": "de_DE.UTF-8"},
        {"LANGUAGE": "en_GB:de"},
        {"LANGUAGE": "fr:en:de"},
        {"SMARTCLI_LANGUAGE": "en", "LANG": "de_DE.UTF-8"},
        {"LANG": "fr_FR.UTF-8"},
        {"LANG": "../de"},
    ],
)
def test_english_is_spoken_where_it_comes_first_or_nothing_else_is_there(
    speaker: Speaker, variables: dict[str, str]
) -> None:
    speaker.choose(**variables)
    assert say(SAVED) == SAVED
    assert not language.is_translated()
    assert remarks() == []


@pytest.mark.parametrize("wanted", ["fr", "xx_YY", "../de", "de/LC_MESSAGES", "-", "de\n", "🙂"])
def test_a_language_nobody_has_is_english_and_one_note(speaker: Speaker, wanted: str) -> None:
    speaker.choose(SMARTCLI_LANGUAGE=wanted)
    assert say(SAVED) == SAVED
    assert len(remarks()) == 1
    assert remarks() == []  # it is told once


# --- wrong catalogues

BROKEN: dict[str, Callable[[bytes], bytes]] = {
    "no catalogue": lambda whole: b"not a catalogue",
    "nothing": lambda whole: b"",
    "half of it": lambda whole: whole[: len(whole) // 2],
    "places beyond its end": lambda whole: whole[:12] + b"\xff" * 8 + whole[20:],
    "no text": lambda whole: whole.replace(b"charset=utf-8", b"charset=nobody"),
    "a rule that divides by nothing": lambda whole: whole.replace(b"plural=(n != 1)", b"plural=1/(n-2) "),
    "more than anybody wrote": lambda whole: whole + bytes(language._LARGEST),
}


@pytest.mark.parametrize("how", BROKEN)
def test_a_catalogue_that_cannot_be_read_is_english_and_one_note(speaker: Speaker, how: str) -> None:
    file = translate(speaker.folder, {SAVED: "Gespeichert."})
    file.write_bytes(BROKEN[how](file.read_bytes()))
    speaker.choose(LANG="de")
    assert say(SAVED) == SAVED
    assert say(NAMED, name="x") == "Saved as x."
    assert len(remarks()) == 1


@pytest.mark.parametrize("how", BROKEN)
def test_broken_exercises_are_english_and_one_note_and_the_program_is_translated(speaker: Speaker, how: str) -> None:
    file = translate(speaker.folder, {"How are you?": "Wie geht es?"}, CONTENT, context="check-in/mood")
    file.write_bytes(BROKEN[how](file.read_bytes()))
    speaker.choose(LANG="de")
    assert content_text("check-in/mood", "How are you?") == "How are you?"
    assert say(SAVED) == "Gespeichert."
    assert len(remarks()) == 1


@pytest.mark.parametrize("domain", [PROGRAM, CONTENT])
@pytest.mark.parametrize("kind", ["pipe", "device"])
def test_a_catalogue_that_never_ends_is_not_read(speaker: Speaker, domain: str, kind: str) -> None:
    file = translate(speaker.folder, {SAVED: "Gespeichert."}, domain)
    file.unlink()
    if kind == "pipe":
        os.mkfifo(file)
    else:
        file.symlink_to("/dev/zero")
    speaker.choose(LANG="de")
    said = say(SAVED), content_text("x", SAVED)
    assert said == (SAVED if domain == PROGRAM else "Gespeichert.", SAVED)
    assert len(remarks()) == 1


WRONG_SLOTS = [
    "Gespeichert.",
    "{name} als {place}",
    "{Name} {name} {place}",
    "{nam}",
    "{name} {name.__class__}",
    "{name} {",
]


@pytest.mark.parametrize("wrong", WRONG_SLOTS)
def test_a_sentence_with_wrong_slots_is_english_and_one_note(speaker: Speaker, wrong: str) -> None:
    translate(speaker.folder, {SAVED: "Gespeichert.", NAMED: wrong})
    translate(speaker.folder, {NAMED: wrong, SAVED: "Fertig."}, CONTENT, context="x")
    speaker.choose(LANG="de")
    assert say(NAMED, name="x") == "Saved as x."
    assert content_text("x", NAMED) == NAMED
    assert say(SAVED) == "Gespeichert."  # the others are spoken
    assert content_text("x", SAVED) == "Fertig."
    assert len(remarks()) == 1


def test_a_plural_with_a_wrong_slot_is_english_and_one_note(speaker: Speaker) -> None:
    translate(speaker.folder, {(ONE, MANY): ("ein Eintrag", "{nummer} Einträge")})
    speaker.choose(LANG="de")
    assert ngettext(ONE, MANY, 1) == "ein Eintrag"  # one thing needs no figure
    assert [ngettext(ONE, MANY, 2), ngettext(ONE, MANY, 3)] == ["2 entries", "3 entries"]
    assert len(remarks()) == 1


def test_numbers_are_written_as_the_language_writes_them(speaker: Speaker) -> None:
    counted = "{number} of {all}"
    translate(speaker.folder, {counted: "{number} von {all}"})
    speaker.choose(LANG="de")
    assert say(counted, number=1234567.5, all=0.25) == "1,234,567.5 von 0.25", "not where nothing says how"
    catalog = Catalog(locale="de")
    catalog.add(counted, "{number} von {all}")
    catalog.add(",", "\u202f", context="between thousands")
    catalog.add(".", ",", context="before decimals")
    with (speaker.folder / "de" / "LC_MESSAGES" / f"{PROGRAM}.mo").open("wb") as opened:
        write_mo(opened, catalog)
    language._catalogues.clear()
    speaker.choose(LANG="de")
    assert say(counted, number=1234567.5, all=0.25) == "1\u202f234\u202f567,5 von 0,25"
    assert say(counted, number="1,5", all="as it is.") == "1,5 von as it is."


def test_nothing_in_a_translation_steers_the_terminal(speaker: Speaker) -> None:
    steering = "\x1b]0;Titel\x07Fertig\u202e."
    translate(speaker.folder, {SAVED: steering, (ONE, MANY): (steering, steering)})
    translate(speaker.folder, {SAVED: steering}, CONTENT, context="x")
    speaker.choose(LANG="de")
    for said in (say(SAVED), ngettext(ONE, MANY, 2), content_text("x", SAVED), gettext.gettext(SAVED)):
        assert said == "␛]0;Titel␇Fertig\ufffd."


def test_the_context_decides_and_exercises_may_be_translated_alone(speaker: Speaker) -> None:
    translate(speaker.folder, {"May": "Mai"}, context="month")
    translate(speaker.folder, {"Open": "Offen"}, CONTENT, context="list/a")
    speaker.choose(LANG="de")
    assert language.pgettext("month", "May") == "Mai"
    assert say("May") == "May"
    assert [content_text(f"list/{name}", "Open") for name in "ab"] == ["Offen", "Open"]
    assert content_text("list/a", "") == ""


# --- the whole program


def smartcli(home: Path, *words: str, code: str = "", **variables: str) -> subprocess.CompletedProcess[str]:
    """Run the program, or `code`, in a process of its own."""
    command = ["-c", code] if code else ["-m", "smartcli", *words]
    return subprocess.run(
        [sys.executable, *command],
        env=environment(SMARTCLI_HOME=str(home), COLUMNS="80", PYTHONIOENCODING="utf-8", **variables),
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )


def test_what_is_wrong_is_told_in_one_line_after_the_rest(tmp_path: Path) -> None:
    file = translate(tmp_path, {SAVED: "Gespeichert."})
    file.write_bytes(b"not a catalogue")
    whole = smartcli(tmp_path / "home", "--version")
    assert (whole.returncode, whole.stderr) == (0, "")
    for wanted in ("de", "xx"):
        done = smartcli(tmp_path / "home", "--version", SMARTCLI_TRANSLATIONS=str(tmp_path), SMARTCLI_LANGUAGE=wanted)
        assert (done.returncode, done.stdout) == (0, whole.stdout)
        assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("how", BROKEN)
def test_help_is_shown_in_english_where_a_catalogue_is_broken(tmp_path: Path, how: str) -> None:
    file = translate(tmp_path, {"Options": "Optionen"})
    file.write_bytes(BROKEN[how](file.read_bytes()))
    done = smartcli(tmp_path / "home", "--help", SMARTCLI_TRANSLATIONS=str(tmp_path), SMARTCLI_LANGUAGE="de")
    assert (done.returncode, done.stderr.count("\n")) == (0, 1)
    assert "Options" in done.stdout


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The variables that make the program speak the made language, in which every vowel bears an accent."""
    folder = tmp_path_factory.mktemp("made")
    write_pseudo(folder)
    return {"SMARTCLI_TRANSLATIONS": str(folder), "SMARTCLI_LANGUAGE": PSEUDO}


ALL_HELP = """
import os
from smartcli import language
language.choose(os.environ)
from typer.main import get_command
from smartcli.cli import app

def names(command, *path):
    yield path
    for name, inner in getattr(command, "commands", {}).items():
        yield from names(inner, *path, name)

for path in names(get_command(app)):
    try:
        app([*path, "--help"], prog_name="smartcli")
    except SystemExit:
        pass
"""
# What stays as it is in every language: what is typed, and the shape of the JSON for `record`.
_TYPED = re.compile(r"(?s)`[^`]*`|--?[a-z][a-z-]*|<[^>]*>|\[[^\]]*\]|\{.*?\}|\bsmartcli\b( [a-z]+)*")


@pytest.mark.parametrize("rich", ["0", "1"])
def test_all_that_help_says_is_translated(tmp_path: Path, made: dict[str, str], rich: str) -> None:
    done = smartcli(tmp_path, code=ALL_HELP, TYPER_USE_RICH=rich, **made)
    assert done.stderr == ""
    assert done.stdout.count("--help") >= 30
    from typer.main import get_command

    from smartcli.cli import app

    commands = [get_command(app)]
    kept = {"exercise", "json", "jrnl"}
    while commands:
        command = commands.pop()
        kept.add(str(command.name))
        commands += getattr(command, "commands", {}).values()
    shown = done.stdout
    for line in sorted((line for examples in EXAMPLES.values() for line, _says in examples), key=len, reverse=True):
        shown = shown.replace(line, "")
    words = set(re.findall(r"\b[a-z]*[aeiouy][a-z]*\b", _TYPED.sub("", shown)))
    unmarked = {word for word in words if word.isascii() and len(word) > 2}
    assert unmarked <= kept


def test_help_in_english_would_be_found(tmp_path: Path) -> None:
    words = set(re.findall(r"[a-z]+", _TYPED.sub("", smartcli(tmp_path, "--help").stdout)))
    assert {"private", "offline", "entries"} <= words


def test_exercises_are_translated_too(tmp_path: Path, made: dict[str, str]) -> None:
    done = smartcli(tmp_path, "exercises", "show", "check-in", **made)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Çhéçk-íñ" in done.stdout


@pytest.mark.parametrize("name", ["stages", "Where I am with changing", "Wo ich stehe"])
def test_an_exercise_is_found_by_its_id_and_by_its_title_in_both_languages(tmp_path: Path, name: str) -> None:
    translate(tmp_path, {SAVED: "Gespeichert."})
    translate(tmp_path, {"Where I am with changing": "Wo ich stehe"}, CONTENT, context="stages")
    done = smartcli(
        tmp_path / "home", "exercises", "show", name, SMARTCLI_TRANSLATIONS=str(tmp_path), SMARTCLI_LANGUAGE="de"
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "Wo ich stehe" in done.stdout


def test_entries_of_one_exercise_are_counted_together_in_whatever_language_they_were_written(
    tmp_path: Path, made: dict[str, str]
) -> None:
    for variables in ({}, made, {}):
        done = subprocess.run(
            [sys.executable, "-m", "smartcli", "record", "check-in"],
            env=environment(SMARTCLI_HOME=str(tmp_path), **variables),
            input='{"mood": 6}',
            capture_output=True,
            encoding="utf-8",
            check=True,
        )
        assert done.stdout.strip()
    assert re.search(r"3 entries: [^()]+ \(3\)\.", smartcli(tmp_path, "review").stdout)


@pytest.mark.parametrize(
    "words",
    [
        ["--nothing"],
        ["nothing"],
        ["exercises", "nothing"],
        ["drafts", "discard"],
        ["review", "--last", "x"],
        ["review", "--last", "0"],
        ["print", "--copies", "1000"],
        ["print", "--as", "doc"],
        ["urge", "--strength"],
        ["urge", "--strength", "much"],
        ["do", "--quick=3"],
        ["support", "now"],
    ],
)
def test_what_is_typed_wrong_is_told_in_our_own_words(words: list[str], run: Any) -> None:
    done = run(*words)
    assert (done.exit_code, done.stdout) == (2, "")
    sentence, hint = done.stderr.splitlines()
    assert sentence.endswith((".", ": ID."))
    assert "--help` shows" in hint
    assert not {"x", "much", "now", "doc", "1000"} & set(sentence.split())  # no value is repeated
