"""Today: gathered with one look into the journal, and its menu gone through until it is left."""

import json
from pathlib import Path

import pytest

from smartcli.content.catalog import Catalog
from smartcli.journal.file_names import FileNames
from smartcli.journal.store import Journal
from smartcli.journal.unchanged_months import Unchanged, no_months
from smartcli.workbook import today_menu
from smartcli.workbook.losses import look_over
from smartcli.workbook.today import gather_today
from tests.commands.test_record import WHOLE
from tests.conftest import Run
from tests.workbook.conftest import Menu

Listings = list[Path]


@pytest.fixture
def listings(monkeypatch: pytest.MonkeyPatch) -> Listings:
    """Each look into a journal's folders, as it is made."""
    made: Listings = []
    listed = Journal.revisions

    def revisions(journal: Journal, unchanged: Unchanged = no_months) -> FileNames:
        made.append(journal.path)
        return listed(journal, unchanged)

    monkeypatch.setattr(Journal, "revisions", revisions)
    return made


@pytest.fixture
def much_waits(run: Run, tiny: Catalog) -> None:
    run("record", "small", "--when", "2026-11-01", typed='{"what": "hello"}')
    run("record", "everything", typed=json.dumps(WHOLE))
    run("record", "everything", typed=json.dumps(WHOLE))
    for _ in range(3):
        run("checkin", typed="6\n!\n")


def test_today_looks_into_the_journal_once(much_waits: None, listings: Listings) -> None:
    today = gather_today()
    today.page()
    today_menu._items(today)
    look_over(today.workbook)
    assert (len(today.unfinished), len(today.waiting), len(listings)) == (3, 2, 1)
    assert today.last


def test_what_cannot_be_read_is_counted_once_however_often_it_is_come_upon(much_waits: None, home: Path) -> None:
    folder = next((home / "journal" / "entries").iterdir())
    (folder / "20261130T000000Z-aaaaaaaaaaaaa.0123456789abcdef.json").write_text("{")
    today = gather_today()
    assert len({file.name for file in today.workbook.journal.unreadable}) == 1
    assert len(today.workbook.journal.unreadable) == 1


def test_the_menu_looks_once_more_after_each_thing_done(much_waits: None, menu: Menu, listings: Listings) -> None:
    shown = menu("I need help now", "", "Leave")
    assert shown.count("What now?") == 2
    assert len(listings) == 3  # the page, support itself (whose families and plans), and the page again


def test_what_is_left_in_the_middle_comes_back_to_the_page(
    run: Run, tiny: Catalog, menu: Menu, capsys: pytest.CaptureFixture[str]
) -> None:
    shown = menu("2", "6", "!", "Leave")
    assert shown.count("What now?") == 2
    assert "Paused. Your answers are saved." in shown
    assert "Check-in (1 of 2 questions)" in shown
    assert "Paused. Your answers are saved.\n" in capsys.readouterr().err
