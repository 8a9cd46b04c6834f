"""Share on a true terminal as narrow as a phone: a doctor's page by Enter alone, and what is typed for it."""

import os
from datetime import date, timedelta
from pathlib import Path

import pytest

from smartcli.moments import now
from tests.insights.entries import check_in, urge
from tests.support import year
from tests.terminal.driver import Terminal

pytestmark = pytest.mark.skipif(os.name != "posix", reason="pseudo-terminals are a POSIX matter")

ENTER, ESC = "\r", "\x1b"


def test_a_page_is_made_by_enter_alone_but_for_what_is_typed(tmp_path: Path) -> None:
    home, here = tmp_path / "home", tmp_path / "here"
    here.mkdir()
    today: date = now().date()
    days = [today - timedelta(days=days) for days in range(10)]
    year.write(home / "journal", [urge(day, 6, trigger="rain", about="drinking", hour=0) for day in days])
    year.write(home / "journal", [check_in(day, mood=5, hour=0) for day in days])
    terminal = Terminal("share", "--for", "doctor", "--since", "2 weeks ago", "--as", "html",
                        home=home, columns=40, rows=20, here=here)  # fmt: skip
    terminal.see("1 of 4", "What should be on the page?", "drinking")
    terminal.type(ENTER)
    terminal.see("2 of 4", "does not save", "What would you like from the")
    terminal.type("sleep", ENTER)
    terminal.see("Which medicines do you take?")
    terminal.type(ENTER)
    terminal.see("3 of 4", "Which names should not be")
    terminal.type(ENTER)
    terminal.see("This is the page", "about drinking")
    assert not [*here.iterdir()], "nothing is written before it was seen"
    terminal.type(ESC)
    terminal.see("A file for any browser")
    terminal.type(ENTER)
    terminal.see("Where should the file go?")
    terminal.type(ENTER)
    terminal.see("Written to")
    assert terminal.end() == 0
    [page] = here.iterdir()
    assert "sleep" in page.read_text()
    assert b"sleep" not in terminal.raw[terminal.raw.rindex(b"\x1b[?1049l") :], "no word stays on the main screen"
