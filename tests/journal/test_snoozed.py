"""What was offered and passed over rests a week, and after three months for good."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from smartcli.journal.snoozed import Snoozed

TODAY = date(2026, 11, 22)
ID = "a" * 13


@pytest.fixture
def snoozed(tmp_path: Path) -> Snoozed:
    return Snoozed(tmp_path / "state")


@pytest.mark.parametrize(
    ("meant_for", "rests"),
    [(0, False), (90, False), (91, True)],
)
def test_it_is_offered_for_three_months_from_the_day_it_is_meant_for(
    snoozed: Snoozed, meant_for: int, rests: bool
) -> None:
    assert snoozed.is_snoozed(ID, TODAY - timedelta(days=meant_for), TODAY) is rests


def test_once_offered_it_rests_a_week(snoozed: Snoozed) -> None:
    snoozed.note(ID, TODAY)
    written = TODAY - timedelta(days=3)
    rests = [snoozed.is_snoozed(ID, written, TODAY + timedelta(days=days)) for days in range(9)]
    assert rests == [True] * 7 + [False] * 2
    assert not snoozed.is_snoozed("b" * 13, written, TODAY)


@pytest.mark.parametrize(
    "data",
    [b"", b"{", b"[1]", b"null", b"\xff", b"[" * 50_000, b'{"aaaaaaaaaaaaa": 7}', b'{"aaaaaaaaaaaaa": "someday"}'],
)
def test_a_damaged_note_costs_one_more_offer_and_is_written_anew(snoozed: Snoozed, data: bytes) -> None:
    snoozed.folder.mkdir()
    (snoozed.folder / "resting.json").write_bytes(data)
    assert not snoozed.is_snoozed(ID, TODAY, TODAY)
    snoozed.note(ID, TODAY)
    assert snoozed.is_snoozed(ID, TODAY, TODAY)


def test_where_it_cannot_be_written_nothing_is_said(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file where the folder should be")
    Snoozed(tmp_path / "state").note(ID, TODAY)
    assert not Snoozed(tmp_path / "state").is_snoozed(ID, TODAY, TODAY)
