"""What the tests of the workbook share: Today's menu, gone through in plain mode."""

from collections.abc import Callable

import pytest

from smartcli.workbook import today_menu
from smartcli.workbook.workbook import Workbook
from tests.support.asking import plain

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
