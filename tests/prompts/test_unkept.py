"""Where nothing is saved, no key and no line says that something is: not on a screen, and not in plain mode."""

import io
import re
from collections.abc import Sequence
from typing import Any

import pytest

from smartcli.asking import Pause, Question
from smartcli.prompts import screen_frame
from smartcli.prompts.plain import Plain
from smartcli.prompts.screen_keys import Key, working
from smartcli.prompts.screen_text import Typing
from smartcli.renderers.plain import blocks
from tests.prompts.test_ways_out import KINDS, OPTIONS
from tests.support.asking import Typed
from tests.support.keyboard import CTRL_C, ENTER, asked, keyboard

SAYS_SAVED = re.compile(r"(?<!Nothing is )saved|later|pause", re.IGNORECASE)


@pytest.fixture
def tables(monkeypatch: pytest.MonkeyPatch) -> list[Sequence[Key]]:
    """The keys of every screen that is shown, as they are named there."""
    shown: list[Sequence[Key]] = []
    bindings_of = screen_frame.bindings_of

    def noted(table: Sequence[Key]) -> Any:
        shown.append(table)
        return bindings_of(table)

    monkeypatch.setattr(screen_frame, "bindings_of", noted)
    return shown


def named(tables: list[Sequence[Key]]) -> list[str]:
    """Return what is said of every key of the last screen, whether it works now or not."""
    return [said for row in tables[-1] for said in (row.said(), row.help()) if said]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("leaves", [True, False])
def test_no_key_of_a_screen_promises_anything(tables: list[Sequence[Key]], kind: str, *, leaves: bool) -> None:
    with keyboard() as keys, pytest.raises(KeyboardInterrupt):
        KINDS[kind](keys(CTRL_C, saves=False), asked(leaves=leaves))
    assert [said for said in named(tables) if SAYS_SAVED.search(said)] == []
    assert "Leave. Nothing is saved." in named(tables)


@pytest.mark.parametrize("kind", KINDS)
def test_where_it_is_saved_that_is_said(tables: list[Sequence[Key]], kind: str) -> None:
    with keyboard() as keys, pytest.raises(KeyboardInterrupt):
        KINDS[kind](keys(CTRL_C), asked())
    assert any(SAYS_SAVED.search(said) for said in named(tables))


def test_the_letter_that_pauses_leaves(tables: list[Sequence[Key]]) -> None:
    with keyboard() as keys, pytest.raises(KeyboardInterrupt):
        keys("p", saves=False).choose(asked(), OPTIONS)
    assert "p leave" in [row.said() for row in working(tables[-1])]


@pytest.mark.parametrize("saves", [False, True])
def test_a_question_that_needs_an_answer_says_how_to_leave(*, saves: bool) -> None:
    with keyboard() as keys:
        screen = keys(ENTER + CTRL_C, saves=saves)
        typing = Typing(screen._frame, asked())
        with pytest.raises(KeyboardInterrupt):
            typing.ask()
    assert typing._problem
    assert bool(SAYS_SAVED.search(typing._problem)) is saves


@pytest.mark.parametrize("typed", [("?", "!"), ("", "!")])
def test_no_line_of_plain_mode_promises_anything(typed: tuple[str, ...]) -> None:
    out = io.StringIO()
    asker = Plain(Typed(*typed), blocks, lambda wanted="": [], out, saves=False)
    asker.open("Urge", 2)
    with pytest.raises(Pause):
        asker.line(Question(ask="What?"))
    assert not SAYS_SAVED.search(out.getvalue())
    assert "Nothing is saved." in out.getvalue()
