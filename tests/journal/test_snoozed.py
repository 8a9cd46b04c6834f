"""What was offered and passed over rests a week, and after three months for good."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from smartcli.journal.snoozed import Resting

TODAY = date(2026, 11, 22)
ID = "a" * 13


@pytest.fixture
def resting(tmp_path: Path) -> Resting:
    return Resting(tmp_path / "state")


@pytest.mark.parametrize(
    ("meant_for", "rests"),
    [(0, False), (90, False), (91, True)],
)
def test_it_is_offered_for_three_months_from_the_day_it_is_meant_for(
    resting: Resting, meant_for: int, rests: bool
) -> None:
    assert resting.rests(ID, TODAY - timedelta(days=meant_for), TODAY) is rests


def test_once_offered_it_rests_a_week(resting: Resting) -> None:
    resting.note(ID, TODAY)
    written = TODAY - timedelta(days=3)
    rests = [resting.rests(ID, written, TODAY + timedelta(days=days)) for days in range(9)]
    assert rests == [True] * 7 + [False] * 2
    assert not resting.rests("b" * 13, written, TODAY)


@pytest.mark.parametrize(
    "data",
    [b"", b"{", b"[1]", b"null", b"\xff", b"[" * 50_000, b'{"aaaaaaaaaaaaa": 7}', b'{"aaaaaaaaaaaaa": "someday"}'],
)
def test_a_damaged_note_costs_one_more_offer_and_is_written_anew(resting: Resting, data: bytes) -> None:
    resting.folder.mkdir()
    (resting.folder / "resting.json").write_bytes(data)
    assert not resting.rests(ID, TODAY, TODAY)
    resting.note(ID, TODAY)
    assert resting.rests(ID, TODAY, TODAY)


def test_where_it_cannot_be_written_nothing_is_said(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file where the folder should be")
    Resting(tmp_path / "state").note(ID, TODAY)
    assert not Resting(tmp_path / "state").rests(ID, TODAY, TODAY)
