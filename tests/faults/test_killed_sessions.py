"""Sessions on a pseudo-terminal, ended at random moments without warning: what was answered is there afterwards.

An answer counts as given once the next question stands on the screen (or "Kept" is said). What is being typed may be
lost as far as its last half second.
"""

import contextlib
import os
import random
import signal
import string
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from smartcli.journal.drafts import Drafts
from smartcli.journal.store import Journal
from tests.conftest import SIZE
from tests.terminal.driver import Terminal

pytestmark = pytest.mark.skipif(os.name != "posix", reason="NOT RUN: pseudo-terminals are a POSIX matter")

SESSIONS = 60 * SIZE
BUSY = 0.5  # seconds allowed to a machine that does other things too, beyond the half second that is promised

SITTING = """
format = 1
id = "sitting"
title = "Sitting"
point = "daily"
purpose = "For tests."
field = [
    { id = "first", kind = "line", ask = "First?" },
    { id = "strength", kind = "scale", ask = "Second?" },
    { id = "pick", kind = "choice", ask = "Third?", options = [{ id = "a", say = "A" }, { id = "b", say = "B" }] },
    { id = "free", kind = "text", ask = "Fourth?" },
    { id = "last", kind = "line", ask = "Fifth?" },
]
"""
ASKED = ["First?", "Second?", "Third?", "Fourth?", "Fifth?", "Keep this?"]
NAMES = ["first", "strength", "pick", "free", "last"]
TYPED = [0, 3, 4]  # the questions that words are typed at
ENDINGS = ["killed", "closed", "hung up", "terminated"]
MOMENTS = ["asked", "typing", "typing", "given", "given", "keeping"]


@dataclass
class Ended:
    """How a session ended, and what was found afterwards."""

    ending: str
    plain: bool
    given: int  # answers whose next question was seen
    lost: list[str] = field(default_factory=list)
    letters: int = 0  # typed when it ended, and not yet given
    late: float = 0.0  # seconds from the first letter lost to the end
    kept: bool = False  # "Kept" was said
    false: bool = False  # and was not so


def words(chance: random.Random) -> str:
    """Return an answer that looks like writing, markup and other people's letters among it."""
    return "w" + "".join(chance.choice("abc déü漢字[red]\"'<b>#") for _ in range(chance.randint(5, 40))).strip()


def session(number: int, folder: str, moment: str = "", **environment: str) -> Ended:
    """Sit down, answer some, and be cut off; return what was found afterwards."""
    chance = random.Random(number)
    home = Path(folder) / str(number)
    (home / "journal" / "exercises").mkdir(parents=True)
    (home / "journal" / "exercises" / "sitting.toml").write_text(SITTING)
    plain = number % 3 == 0
    answers: list[Any] = [words(chance), chance.randint(0, 10), chance.choice("ab"), words(chance), words(chance)]
    moment, last = moment or chance.choice(MOMENTS), chance.randrange(len(NAMES))
    if moment == "typing":
        last = chance.choice(TYPED)
    terminal = Terminal(*(["--plain"] if plain else []), "do", "sitting", home=home, columns=100, **environment)
    done = Ended(ENDINGS[number % len(ENDINGS)], plain, 0)
    letters: list[tuple[float, str]] = []
    for place, answer in enumerate(answers):
        terminal.see(ASKED[place])
        done.given = place
        if place == last and moment == "asked":
            break
        if place == last and moment == "typing":
            letters = typed_by_hand(terminal, chance)
            break
        give(terminal, place, answer, plain)
        if place == last and moment == "given":
            time.sleep(chance.random() * 0.02)
            break
    else:
        terminal.see(ASKED[5])
        done.given = 5
        if moment == "keeping":
            terminal.type("\r")
            time.sleep(chance.random() * 0.05)
    ended = cut_off(terminal, done.ending)
    done.kept = "Kept." in terminal.raw.decode("utf-8", "replace")
    if done.given < 5 and letters == [] and ASKED[done.given + 1] in terminal.screen():
        done.given += 1  # it was asked before the end after all
    look(home, done, answers, letters, ended)
    return done


def give(terminal: Terminal, place: int, answer: Any, plain: bool) -> None:
    """Answer a question."""
    if place == 1:
        terminal.type(str(answer), "\r")
    elif place == 2:
        terminal.type(("ab".index(answer) and "2") or "1", *(["\r"] if plain else []))
    elif place == 3:
        terminal.type(answer, *(["\r", ".", "\r"] if plain else ["\x04"]))
    else:
        terminal.type(answer, "\r")


def typed_by_hand(terminal: Terminal, chance: random.Random) -> list[tuple[float, str]]:
    """Type without stopping, 60 to 150 ms a key, for one to three seconds; return every key with its time."""
    letters = []
    end = time.monotonic() + chance.uniform(1, 3)
    while time.monotonic() < end:
        letter = chance.choice(string.ascii_lowercase)
        terminal.type(letter)
        letters.append((time.monotonic(), letter))
        until = time.monotonic() + chance.uniform(0.06, 0.15)
        while (left := until - time.monotonic()) > 0:
            terminal.pump(left)
    return letters


def cut_off(terminal: Terminal, ending: str) -> float:
    """End a session without warning; return when."""
    now = time.monotonic()
    if ending == "closed":
        terminal.child.ptyproc.fileobj.close()
    else:
        how = {"killed": signal.SIGKILL, "hung up": signal.SIGHUP, "terminated": signal.SIGTERM}[ending]
        with contextlib.suppress(ProcessLookupError):
            os.kill(terminal.child.pid, how)
        while terminal.pump(0.2) and time.monotonic() < now + 5:
            pass
    while time.monotonic() < now + 10 and terminal.child.isalive():
        time.sleep(0.01)
    assert not terminal.child.isalive(), f"{ending}: it lives on"
    return now


def look(home: Path, done: Ended, answers: list[Any], letters: list[tuple[float, str]], ended: float) -> None:
    """See what is on the disk of what was promised."""
    journal, drafts = Journal(home / "journal"), Drafts(home / "state" / "drafts")
    entries = [*journal.entries()]
    kept = {name: answer for draft in drafts.all() for name, answer in draft.answers.items()}
    kept |= {name: answer for entry in entries for name, answer in entry.answers.items()}
    given = zip(NAMES[: done.given], answers, strict=False)
    done.lost = [name for name, answer in given if kept.get(name) != answer]
    done.lost += [str(one) for one in (*journal.unreadable, *drafts.unreadable)]
    done.false = done.kept and [entry.answers for entry in entries] != [dict(zip(NAMES, answers, strict=True))]
    halves = {name: half for draft in drafts.all() for name, half in draft.halves.items()}
    done.letters = len(letters)
    if letters:
        half = str(halves.get(NAMES[done.given], ""))
        assert "".join(letter for _, letter in letters).startswith(half), "what is half kept is not what was typed"
        done.late = ended - letters[len(half)][0] if len(half) < len(letters) else 0.0


def test_however_a_session_ends_no_answer_is_lost_and_at_most_half_a_second_of_typing(tmp_path: Path) -> None:
    with ProcessPoolExecutor((os.cpu_count() or 2) * 2) as pool:
        ended = [*pool.map(session, range(SESSIONS), [str(tmp_path)] * SESSIONS)]
    given, letters = sum(one.given for one in ended), sum(one.letters for one in ended)
    late = max(one.late for one in ended)
    print(f"{len(ended)} sessions, {given} answers given, {letters} letters typed; lost at most {late:.2f} s of typing")
    assert not [one for one in ended if one.lost or one.false]
    assert {one.ending for one in ended} == {*ENDINGS}
    assert given > SESSIONS
    assert letters > SESSIONS * 2
    assert late <= 0.5 + BUSY


WITH_A_PAUSE = """
from smartcli.prompts import screen_text
changed = screen_text.Typing._changed
def wait_for_a_pause(typing, buffer):
    if typing._waiting:
        typing._waiting.cancel()
        typing._waiting = None
    changed(typing, buffer)
screen_text.Typing._changed = wait_for_a_pause
"""


def test_typing_kept_only_after_a_pause_would_be_noticed(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(WITH_A_PAUSE)
    path = os.pathsep.join([str(tmp_path), *sys.path])
    assert session(1, str(tmp_path), "typing", PYTHONPATH=path).late > 0.5 + BUSY
