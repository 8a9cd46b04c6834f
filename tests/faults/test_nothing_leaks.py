"""A canary word is written wherever a person can write; it may be found in the journal, and nowhere else.

Not in arguments, the environment, the names of files, errors, other folders, what a terminal keeps, or its title.
Files are the owner's alone whatever the umask, and no memory is left in a core dump.
"""

import json
import os
import re
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pyte
import pytest
import typer.main
from typer.testing import Result

from smartcli.cli import app
from tests.faults import hostile
from tests.support import children
from tests.terminal.driver import Terminal, home_with_sitting

pytestmark = pytest.mark.skipif(
    os.name != "posix", reason="NOT RUN: pseudo-terminals, umasks and /proc are POSIX matters"
)

CANARY = "CANARY"
ENTER, CTRL_C, CTRL_D, ESC = "\r", "\x03", "\x04", "\x1b"

FIELDS = """
field = [
    { id = "line", kind = "line", ask = "First?", headline = true },
    { id = "pick", kind = "choice", ask = "Second?", options = [{ id = "a", say = "A" }], own = true, headline = true },
    { id = "lines", kind = "lines", ask = "Third?", max = 1 },
    { id = "text", kind = "text", ask = "Fourth?" },
    { id = "grid", kind = "table", ask = "Fifth?", max = 1, columns = [{ id = "what", kind = "line", ask = "What?" }] },
    { id = "strength", kind = "scale", ask = "Sixth?" },
]
"""
ANSWERS = {
    "line": "CANARY line",
    "pick": "CANARY own",
    "lines": ["CANARY item"],
    "text": "CANARY\ntext",
    "grid": [{"what": "CANARY cell"}],
    "strength": 3,
}


class House:
    """A home folder with everything a program could leave something in; the program's own places are inside."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.home = path / "kept"
        for name in ("tmp", "run", "cwd"):
            (path / name).mkdir()
        home_with_sitting(self.home, FIELDS)
        self.environment = {
            "HOME": str(path), "TMPDIR": str(path / "tmp"), "XDG_RUNTIME_DIR": str(path / "run"), "SMARTCLI_HOME": str(self.home),
            "XDG_CACHE_HOME": str(path / "cache"), "XDG_DATA_HOME": str(path / "data"), "EDITOR": str(path / "editor"),
            "HISTFILE": str(path / "history"), "PYTHONDONTWRITEBYTECODE": "1",
        }  # fmt: skip

    def run(self, *words: str, typed: str = "", **more: Any) -> subprocess.CompletedProcess[str]:
        environment = children.environment(LANG="C.UTF-8", **self.environment)
        return subprocess.run([sys.executable, "-m", "smartcli", *words], input=typed, capture_output=True, text=True,
                              env=environment, cwd=self.path / "cwd", timeout=240, **more)  # fmt: skip

    def terminal(self, *words: str) -> Terminal:
        return Terminal(*words, home=self.home, here=self.path / "cwd", **self.environment)

    def leaks(self) -> list[str]:
        """Return where the canary is and should not be: in any name, and in any file that is not for it."""
        found = []
        for path in self.path.rglob("*"):
            name = str(path.relative_to(self.path))
            # Second names are the journal's own files once more.
            mine = name.startswith(("kept/journal/entries/", "kept/state/drafts/", "kept/state/kept/"))
            if CANARY.casefold() in name.casefold():
                found.append(f"the name {name}")
            if path.is_file() and not mine and CANARY in path.read_text(errors="replace"):
                found.append(name)
        return found


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)


def watched(terminal: Terminal) -> None:
    """See that neither the arguments nor the environment of a running program hold the canary."""
    for name in ("cmdline", "environ", "comm"):
        path = Path("/proc") / str(terminal.child.pid) / name
        if path.exists() and os.access(path, os.R_OK):
            assert CANARY.encode() not in path.read_bytes(), name


def sit(terminal: Terminal, plain: bool) -> None:
    """Answer everything with the canary, mistakes and changes of mind among it."""
    enter = [ENTER] if plain else []
    terminal.see("First?")
    terminal.type("CANARY line", ENTER)
    terminal.see("Second?")
    if plain:
        terminal.type("CANARY own", ENTER)
    else:
        terminal.see("own words")
        terminal.type("2", ENTER)
        terminal.see("In your own words")
        terminal.type("CANARY own", ENTER)
    terminal.see("Third?")
    terminal.type("CANARY item", ENTER)
    terminal.see("Fourth?")
    terminal.type("CANARY", ENTER, "text", *([ENTER, ".", ENTER] if plain else [CTRL_D]))
    terminal.see("What?")
    watched(terminal)
    terminal.type("CANARY cell", ENTER)
    terminal.see("Sixth?")
    terminal.type(*(["CANARY", ENTER, "3", ENTER] if plain else ["3", ENTER]))
    terminal.see("Save this?")
    terminal.type(*enter or [ENTER])
    if not plain:
        terminal.see("Saved.")  # the last words, on a page inside
        terminal.type(ENTER)
    assert terminal.end() == 0


def outside(raw: bytes) -> bytes:
    """Return what was sent to the terminal outside the alternate screen."""
    before, *inside = raw.split(b"\x1b[?1049h")
    return before + b"".join(part.partition(b"\x1b[?1049l")[2] for part in inside)


@pytest.mark.parametrize("plain", [False, True])
def test_what_is_written_in_a_sitting_is_in_the_journal_and_nowhere_else(house: House, plain: bool) -> None:
    terminal = house.terminal(*(["--plain"] if plain else []), "do", "sitting")
    sit(terminal, plain)
    [path] = (house.home / "journal" / "entries").rglob("*.json")
    assert {one["id"]: one["answer"] for one in json.loads(path.read_text())["fields"]} == ANSWERS
    assert house.leaks() == []
    assert not re.search(rb"\x1b\][^\x07\x1b]*", terminal.raw), "a title, a clipboard or a link was set"
    if not plain:
        assert CANARY.encode() not in outside(terminal.raw)
        assert b"Saved." in outside(terminal.raw)


LEAKS = {
    "a temporary file": "from smartcli.journal.draft import Draft\nreal = Draft.keep\ndef keep(self, name, answer):\n"
    "    import tempfile; open(tempfile.mktemp(), 'w').write(str(answer)); real(self, name, answer)\nDraft.keep = keep\n",
    "a file's name": "from smartcli.journal.draft import Draft\nreal = Draft.keep\ndef keep(self, name, answer):\n"
    "    open(str(answer), 'w').close(); real(self, name, answer)\nDraft.keep = keep\n",
    "no alternate screen": "from prompt_toolkit.output.vt100 import Vt100_Output\nVt100_Output.write_raw_ = Vt100_Output.write_raw\n"
    "Vt100_Output.write_raw = lambda self, data: self.write_raw_(data.replace('\\x1b[?1049h', ''))\n",
}


@pytest.mark.parametrize("mistake", LEAKS)
def test_each_planted_leak_is_noticed(house: House, mistake: str) -> None:
    house.environment["PYTHONPATH"] = children.planted(house.path / "planted", LEAKS[mistake])
    terminal = house.terminal("do", "sitting")
    terminal.see("First?")
    terminal.type("CANARY line", ENTER)
    terminal.see("Second?")
    terminal.type(CTRL_C)
    assert terminal.end() == 130
    assert house.leaks() or CANARY.encode() in outside(terminal.raw)


@pytest.mark.parametrize("way", ["paused", "killed", "looked back", "edited"])
def test_scrollback_holds_nothing_that_was_written(house: House, way: str) -> None:
    if way in ("looked back", "edited"):
        assert house.run("record", "sitting", typed=json.dumps(ANSWERS)).returncode == 0
    screen = pyte.HistoryScreen(80, 24, history=10_000)
    if way == "looked back":
        terminal = house.terminal()
        terminal.see("What now?", "Look back")
        terminal.type("/look back", ENTER)  # found by its letters
        terminal.see("1 of 1", "CANARY line")
        terminal.type(ENTER)
        terminal.see("First?", "CANARY line")
        terminal.type(ESC)
        terminal.see("1 of 1", "CANARY line")
        terminal.type(ESC)
        terminal.see("What now?")
        terminal.type(ESC)
        terminal.end()
    elif way == "edited":
        terminal = house.terminal("edit", "last")
        terminal.see("Change one answer")
        terminal.type(ENTER)
        terminal.see("Which answer would you like to change?", "CANARY line")
        terminal.type(ENTER)
        terminal.wait(lambda: "Which answer" not in terminal.screen(), "asked")
        terminal.type(" CANARY", ENTER)
        terminal.see("Save the changes", "CANARY line CANARY")
        terminal.type(CTRL_C)
        terminal.end()
    else:
        terminal = house.terminal("do", "sitting")
        terminal.see("First?")
        terminal.type("CANARY line", ENTER)
        terminal.see("Second?")
        if way == "killed":
            terminal.child.kill(9)
        else:
            terminal.type(CTRL_C)
        terminal.end()
    pyte.ByteStream(screen).feed(outside(terminal.raw))
    kept = [*screen.history.top, *(screen.buffer[row] for row in range(24))]
    assert not [line for line in kept if CANARY in "".join(line[column].data for column in range(80))]
    assert house.leaks() == []


def test_what_is_told_when_something_is_wrong_never_repeats_what_was_written(house: House) -> None:
    def run(*words: str, typed: str = "") -> Result:
        done = hostile.run(house.home, [*words], typed)[0]
        assert CANARY not in done.stderr, words
        assert isinstance(done.exception, SystemExit | None), words
        return done

    wrong = {"line": {"CANARY": 1}, "pick": ["CANARY"], "lines": [["CANARY"]], "text": ["CANARY"], "grid": [{"what": ["CANARY"], "CANARY": 1}],
             "strength": "CANARY", "CANARY": "CANARY"}  # fmt: skip
    for name, value in wrong.items():
        assert run("record", "sitting", typed=json.dumps({**ANSWERS, name: value})).exit_code == 2
    for typed in (json.dumps(wrong), '{"line": CANARY', '"CANARY"', '{"line": "CANARY"} CANARY', "\x00CANARY"):
        assert run("record", "sitting", typed=typed).exit_code == 2
    assert run("record", "sitting", typed=json.dumps(ANSWERS)).exit_code == 0
    assert run("search", typed="CANARY nowhere\n").exit_code == 0
    for words in (["show", "CANARY"], ["edit", "CANARY"], ["do", "CANARY"], ["review", "--since", "CANARY"], ["exercises", "new", "CANARY"],
                  ["record", "sitting", "--when", "CANARY"], ["review", "--exercise", "CANARY"], ["drafts", "discard", "CANARY"]):  # fmt: skip
        assert run(*words, typed="{}").exit_code == 2
    assert run("delete", "last", typed="CANARY\n").exit_code == 130
    entry = next((house.home / "journal" / "entries").rglob("*.json"))
    for letter, damaged in zip(
        "abc", (entry.read_bytes()[:-20], entry.read_bytes().replace(b'"fields"', b'"CANARY"'), b"CANARY"), strict=True
    ):
        (entry.parent / re.sub("-.", f"-{letter}", entry.name, count=1)).write_bytes(damaged)
    for words in (["where"], ["review"], ["support"], [], ["show", "a" + entry.name.split("-")[1][1:6]]):
        run(*words)
    (house.home / "config.toml").write_text('people = "CANARY')
    for words in ([], ["checkin"], ["support"]):
        run(*words)
    assert house.leaks() == ["kept/config.toml"]


PLANTED = {
    "an error's message": "raise ValueError('CANARY')",
    "a local variable": "secret = 'CANARY'; raise RuntimeError",
    "a note on an error": "error = KeyError('CANARY'); error.add_note('CANARY'); raise error",
    "an error behind an error": "\n    try:\n        int('CANARY')\n    except ValueError as error:\n        raise RuntimeError('CANARY') from error",
    "a group of errors": "raise ExceptionGroup('CANARY', [ValueError('CANARY')])",
    "another thread": "import threading; t = threading.Thread(target=int, args=('CANARY',)); t.start(); t.join()",
    "a warning": "import warnings; warnings.warn('CANARY')",
    "a destructor": "\n    class Written:\n        def __del__(self): raise ValueError('CANARY')\n    Written()",
    "a failed command": "import subprocess; subprocess.run(['false', 'CANARY'], check=True)",
    "a file's name": "open('/nowhere/CANARY')",
    "recursion": "\n    def f(t): return f(t)\n    f('CANARY')",
}


@pytest.mark.parametrize("where", PLANTED)
def test_an_error_of_ours_is_told_by_its_type_and_place_alone(house: House, where: str) -> None:
    house.environment["PYTHONPATH"] = children.planted(
        house.path / "planted",
        f"from smartcli.journal.store import Journal\ndef save(self, entry):\n    {PLANTED[where]}\nJournal.save = save\n",
    )
    done = house.run("record", "sitting", typed=json.dumps(ANSWERS))
    assert CANARY not in done.stderr + done.stdout
    assert "Traceback" not in done.stderr
    silent = where in ("a warning", "a destructor")
    if not silent:
        assert re.search(r"went wrong in smartcli itself \(\w+ in [\w.-]+(:\d+)?\)", done.stderr), done.stderr
    if done.returncode:
        assert done.returncode == 1


TYPING = {
    "at a key": "raise ValueError(buffer.text)",
    "in a timer": "asyncio.get_running_loop().call_later(0.05, int, buffer.text)",
    "in a task": "asyncio.ensure_future(task(buffer.text))",
    "in a task that is waited for by nobody, at the end": "Typing.kept = asyncio.ensure_future(task(buffer.text)); buffer.text = ''",
}


@pytest.mark.parametrize("where", TYPING)
def test_an_error_in_the_middle_of_typing_is_told_without_what_was_typed(house: House, where: str) -> None:
    done = house.path / "done"
    house.environment["PYTHONPATH"] = children.planted(
        house.path / "planted",
        f"import asyncio, pathlib\nfrom smartcli.prompts.screen_text import Typing\nasync def task(text):\n"
        f"    pathlib.Path({str(done)!r}).touch()\n    int(text)\n"
        f"def fail(self, buffer):\n    if 'CANARY' in buffer.text: {TYPING[where]}\nTyping._changed = fail\n",
    )
    terminal = house.terminal("do", "sitting")
    terminal.see("First?")
    terminal.type(*"CANARY")
    if "nobody" in where:
        terminal.wait(done.exists, "ran the task")
        terminal.type(CTRL_C)
        assert terminal.end() == 130
    else:
        assert terminal.end() == 1
        assert b"ValueError in" in outside(terminal.raw)
    assert CANARY.encode() not in outside(terminal.raw)
    assert b"Traceback" not in terminal.raw


TAKES = {
    "smartcli": {"--color", "--no-color", "--install-completion", "--show-completion", "--home", "--no-pager", "--passphrase-fd", "--plain", "--version"},
    "checkin": {"MOOD", "--quick", "--when"},
    "urge": {"STRENGTH", "--quick", "--strength", "--when", "--about", "--unkept"},
    "lapse": {"--quick", "--when", "--about"},
    "do": {"EXERCISE", "--quick", "--when", "--about"},
    "resume": {"ID"}, "later": {"ID"}, "start": set(), "support": {"--all"},
    "review": {"--exercise", "--point", "--about", "--since", "--until", "--last", "--deleted", "--json"},
    "search": {"WORDS", "--exercise", "--point", "--about", "--since", "--until", "--last", "--deleted", "--json"},
    "show": {"ID", "--revision", "--json"},
    "edit": {"ID"}, "delete": {"ID...", "--yes"}, "restore": {"ID", "--revision"}, "history": {"ID", "--json"}, "purge": {"ID...", "--yes"},
    "compare": {"ID ID | EXERCISE", "--first"},
    "programme": set(),
    "insights": {"--exercise", "--point", "--about", "--since", "--until", "--last", "--deleted", "--json"},
    "print": {"EXERCISE", "--as", "--paper", "--output", "--copies", "--filled", "--all", "--force"},
    "export": {"--exercise", "--point", "--about", "--since", "--until", "--last", "--deleted", "--as", "--output", "--history", "--force", "--no-reminder", "--alarm", "--words"},
    "plan": {"--as", "--output"},
    "share": {"--for", "--as", "--output", "--since", "--until"},
    "record": {"EXERCISE", "--when", "--about", "--json"},
    "import": {"FILE...", "--from", "--dry-run", "--undo"},
    "settings": {"KEY", "VALUE", "--default", "--aside", "--json"},
    "where": {"--json", "--network", "--accept-missing"},
    "lock": {"--change-passphrase", "--recovery-sheet", "--check", "--new-key", "--leave-old", "--off"},
    "unlock": {"--recover"},
    "backup": {"FILE", "--check", "--restore", "--dry-run", "--unlock", "--yes"}, "doctor": {"--json", "--mend", "--unlock"},
    "remind": {"HH:MM", "--days", "--say", "--pause", "--off", "--yes"}, "due": {"--quiet", "--notify"},
    "help": {"COMMAND"},
    "exercises": {"--point", "--json"}, "exercises show": {"EXERCISE", "--json"}, "exercises check": {"FILE..."}, "exercises new": {"ID"},
    "drafts": {"--json", "--aside"}, "drafts show": {"ID"}, "drafts restore": {"ID"}, "drafts discard": {"ID", "--yes"},
}  # fmt: skip
"""Everything any command takes, read through by hand: none is for what a person writes. `--about` is the name of a
behaviour, `--say` and a setting's value are what a locked screen may show, and help says of these and of search words that shells remember them. Whoever adds an option reads this and decides."""


def test_no_command_takes_what_a_person_writes_as_an_argument() -> None:
    def taken(command: Any) -> set[str]:
        names = set()
        for one in command.params:
            if one.name != "help":
                names.add(
                    max(one.opts, key=len) if one.param_type_name == "option" else one.metavar or one.name.upper()
                )
        return {re.sub(r"[][]", "", name) for name in names}  # brackets say only that it may be left out

    def walk(command: Any, name: str) -> None:
        assert name in TAKES, f"{name} is new: does it take anything that a person writes?"
        assert taken(command) <= TAKES[name], f"{name} takes something new: {taken(command) - TAKES[name]}"
        for inner, one in getattr(command, "commands", {}).items():
            walk(one, f"{name} {inner}".removeprefix("smartcli "))

    walk(typer.main.get_command(app), "smartcli")


def test_search_words_can_be_given_without_the_shell_seeing_them(house: House) -> None:
    assert house.run("record", "sitting", typed=json.dumps(ANSWERS)).returncode == 0
    done = house.run("search", typed="CANARY\n")
    assert done.returncode == 0
    assert "CANARY" in done.stdout
    assert "Your shell remembers" in " ".join(house.run("search", "--help").stdout.replace("│", " ").split())


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077, 0o777])
def test_everything_kept_is_the_owners_alone_whatever_the_umask(house: House, umask: int) -> None:
    house.home.chmod(0o755)
    quick = json.dumps(ANSWERS)
    for words, typed in ((["record", "sitting"], quick), (["do", "sitting"], "CANARY\n!\n"), (["start"], "drinking\n"), (["record", "start"], '{"country": "gb"}'),
                         (["exercises", "new", "mine"], ""), (["export", "--output", str(house.home / "mine.md")], ""), (["review"], ""), (["later"], "!\n")):  # fmt: skip
        done = house.run(*words, typed=typed, umask=umask)
        assert done.returncode in (0, 2, 130), done.stderr
    files = [path for path in house.home.rglob("*") if path.name != "sitting.toml"]
    modes = {str(path.relative_to(house.home)): stat.S_IMODE(path.stat().st_mode) for path in files}
    assert len(modes) > 8
    assert not {
        name: oct(mode) for name, mode in modes.items() if mode != (0o700 if (house.home / name).is_dir() else 0o600)
    }


def test_no_core_is_dumped_and_no_other_process_may_look_inside(house: House) -> None:
    code = (
        "import atexit, ctypes, resource, sys\n"
        "atexit.register(lambda: print(resource.getrlimit(resource.RLIMIT_CORE), ctypes.CDLL(None).prctl(3, 0, 0, 0, 0), file=sys.stderr))\n"
        "resource.setrlimit(resource.RLIMIT_CORE, (resource.getrlimit(resource.RLIMIT_CORE)[1],) * 2)\n"
        "from smartcli.__main__ import main\n"
        "sys.argv = ['smartcli', 'support']\n"
        "main()\n"
    )
    environment = children.environment(**house.environment)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment)
    limits, _, dumpable = done.stderr.strip().splitlines()[-1].rpartition(" ")
    assert limits == "(0, 0)"
    if sys.platform == "linux":
        assert dumpable == "0"


def test_no_editor_is_opened_and_nothing_is_suspended(house: House) -> None:
    editor = house.path / "editor"
    editor.write_text(f'#!/bin/sh\ncp "$1" {house.path}/opened\n')
    editor.chmod(0o700)
    terminal = house.terminal("do", "sitting")
    terminal.see("First?")
    terminal.type("CANARY", "\x18\x05", "\x1a")
    terminal.type(" line", ENTER)
    terminal.see("Second?")
    terminal.type(CTRL_C)
    assert terminal.end() == 130
    assert house.leaks() == []
    assert not (house.path / "opened").exists()
