"""What the tests of the workbook share: Today's menu, gone through in plain mode."""

from collections.abc import Callable
from pathlib import Path

import pytest

from smartcli.asking import Pause
from smartcli.content import catalog
from smartcli.workbook import today_menu
from smartcli.workbook.sessions import Kept
from smartcli.workbook.workbook import Workbook
from tests.support.asking import Typed, plain
from tests.workbook.remembering import Life

Menu = Callable[..., str]


@pytest.fixture
def menu(monkeypatch: pytest.MonkeyPatch) -> Menu:
    """Go through Today's menu in plain mode with these lines typed; returns what was shown."""

    def run_menu(*typed: str) -> str:
        asker, out = plain(*typed)
        monkeypatch.setattr(Workbook, "asker", asker)
        today_menu.run_today_menu()
        return out.getvalue()

    return run_menu


Sit = Callable[..., str]


@pytest.fixture
def sit(monkeypatch: pytest.MonkeyPatch) -> Sit:
    """Do something in plain mode at a terminal, with these lines typed; returns what was shown."""

    def sit(deed: Callable[[Workbook], Kept], *typed: str) -> str:
        monkeypatch.setattr(Typed, "live", True)
        asker, out = plain(*typed)
        monkeypatch.setattr(Workbook, "asker", asker)
        try:
            line = deed(Workbook()).line
        except Pause as pause:
            line = "\n".join(pause.lines())
        assert not asker._lines.left, f"never read: {asker._lines.left}"  # type: ignore[attr-defined]
        return out.getvalue() + line

    return sit


@pytest.fixture
def life(tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> Life:
    made = Life(tmp_path, home)
    monkeypatch.setattr(catalog, "built_in", lambda: made.catalog.folder)
    return made
