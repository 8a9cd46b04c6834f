"""Sessions on a pseudo-terminal, ended at random moments without warning: what was answered is there afterwards.

An answer counts as given once the next question stands on the screen (or "Saved" is said). What is being typed is kept
while the typing goes on. That it is kept half a second after the key is shown in tests/prompts, by a clock that
the test turns: here it would depend on what else the machine does.
"""

import contextlib
import os
import random
import signal
import string
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import SIZE
from tests.terminal.driver import BOUND, OnDisk, Terminal, home_with_sitting

pytestmark = pytest.mark.skipif(os.name != "posix", reason="NOT RUN: pseudo-terminals are a POSIX matter")

SESSIONS = 60 * SIZE

FIELDS = """
field = [
    { id = "first", kind = "line", ask = "First?" },
    { id = "strength", kind = "scale", ask = "Second?" },
    { id = "pick", kind = "choice", ask = "Third?", options = [{ id = "a", say = "A" }, { id = "b", say = "B" }] },
    { id = "free", kind = "text", ask = "Fourth?" },
    { id = "last", kind = "line", ask = "Fifth?" },
]
"""
ASKED = ["First?", "Second?", "Third?", "Fourth?", "Fifth?", "Save this?"]
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
    drafted: int = 0  # of them, in the draft before it ended
    kept: bool = False  # "Saved" was said
    false: bool = False  # and was not so


def words(chance: random.Random) -> str:
    """Return an answer that looks like writing, markup and other people's letters among it."""
    return "w" + "".join(chance.choice("abc déü漢字[red]\"'<b>#") for _ in range(chance.randint(5, 40))).strip()


def session(number: int, folder: str) -> Ended:
    """Sit down, answer some, and be cut off; return what was found afterwards."""
    chance = random.Random(number)
    home = Path(folder) / str(number)
    home_with_sitting(home, FIELDS)
    plain = number % 3 == 0
    answers: list[Any] = [words(chance), chance.randint(0, 10), chance.choice("ab"), words(chance), words(chance)]
    moment, last = chance.choice(MOMENTS), chance.randrange(len(NAMES))
    if moment == "typing":
        last = chance.choice(TYPED)
    terminal = Terminal(*(["--plain"] if plain else []), "do", "sitting", home=home, columns=100)
    done = Ended(ENDINGS[number % len(ENDINGS)], plain, 0)
    letters, drafted = "", ""
    for place, answer in enumerate(answers):
        terminal.see(ASKED[place])
        done.given = place
        if place == last and moment == "asked":
            break
        if place == last and moment == "typing":
            letters, drafted = typed_by_hand(terminal, chance, home, NAMES[place])
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
    cut_off(terminal, done.ending)
    done.kept = "Saved." in terminal.raw.decode("utf-8", "replace")
    if done.given < 5 and not letters and ASKED[done.given + 1] in terminal.screen():
        done.given += 1  # it was asked before the end after all
    look(home, done, answers, letters, drafted)
    return done


def give(terminal: Terminal, place: int, answer: Any, plain: bool) -> None:
    """Answer a question."""
    if place == 1:
        terminal.type(str(answer), "\r")
    elif place == 2:
        terminal.type(("ab".index(answer) and "2") or "1", "\r")
    elif place == 3:
        terminal.type(answer, *(["\r", ".", "\r"] if plain else ["\x04"]))
    else:
        terminal.type(answer, "\r")


def typed_by_hand(terminal: Terminal, chance: random.Random, home: Path, name: str) -> tuple[str, str]:
    """Type without stopping, 60 to 150 ms a key, until some of it is in the draft, and a while longer.

    Returns what was typed, and what of it was seen in the draft.
    """
    letters, drafted, more = "", "", chance.randint(0, 8)
    end = time.monotonic() + BOUND
    while not drafted or more:
        assert time.monotonic() < end, f"{len(letters)} letters typed, and none of them is in the draft"
        letter = chance.choice(string.ascii_lowercase)
        terminal.type(letter)
        letters += letter
        until = time.monotonic() + chance.uniform(0.06, 0.15)
        while (left := until - time.monotonic()) > 0:
            terminal.pump(left)
        more -= 1 if drafted else 0
        drafted = drafted or str(OnDisk.under(home).half.get(name, ""))
    return letters, drafted


def cut_off(terminal: Terminal, ending: str) -> None:
    """End a session without warning."""
    if ending == "closed":
        terminal.child.ptyproc.fileobj.close()
    else:
        how = {"killed": signal.SIGKILL, "hung up": signal.SIGHUP, "terminated": signal.SIGTERM}[ending]
        with contextlib.suppress(ProcessLookupError):
            os.kill(terminal.child.pid, how)
    end = time.monotonic() + BOUND
    while terminal.child.isalive():
        assert time.monotonic() < end, f"{ending}: it lives on"
        if ending == "closed":
            time.sleep(0.01)
        else:
            terminal.pump(0.01)


def look(home: Path, done: Ended, answers: list[Any], letters: str, drafted: str) -> None:
    """See what is on the disk of what was promised."""
    found = OnDisk.under(home)
    kept = dict(found.drafted)
    for entry in found.entries:
        kept |= entry
    given = zip(NAMES[: done.given], answers, strict=False)
    done.lost = [name for name, answer in given if kept.get(name) != answer]
    done.lost += found.unreadable
    done.false = done.kept and found.entries != [dict(zip(NAMES, answers, strict=True))]
    done.letters, done.drafted = len(letters), len(drafted)
    if letters:
        half = str(found.half.get(NAMES[done.given], ""))
        assert letters.startswith(half), "what is half kept is not what was typed"
        done.lost += [] if half.startswith(drafted) else [f"{len(drafted)} letters that were in the draft"]


def test_however_a_session_ends_no_answer_is_lost_and_typing_is_kept_as_it_goes_on(tmp_path: Path) -> None:
    with ThreadPoolExecutor((os.cpu_count() or 2) * 2) as pool:
        ended = [*pool.map(session, range(SESSIONS), [str(tmp_path)] * SESSIONS)]
    given, letters = sum(one.given for one in ended), sum(one.letters for one in ended)
    drafted = sum(one.drafted for one in ended)
    print(f"{len(ended)} sessions, {given} answers given; {letters} letters typed, {drafted} seen in drafts meanwhile")
    assert not [one for one in ended if one.lost or one.false]
    assert {one.ending for one in ended} == {*ENDINGS}
    assert given > SESSIONS
    assert letters > drafted > 0
