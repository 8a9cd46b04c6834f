"""The first sittings on a device: counted without a word, once a run, and only where something was written."""

from pathlib import Path

import pytest

from smartcli.journal import first_sittings
from smartcli.journal.first_sittings import is_among_first


@pytest.fixture
def state(tmp_path: Path) -> Path:
    made = tmp_path / "state"
    made.mkdir(mode=0o700)
    return made


def sit(state: Path) -> bool:
    """Begin a sitting in a run of its own."""
    first_sittings._counted.clear()
    return is_among_first(state)


def test_the_first_three_are_told_apart_from_the_others(state: Path) -> None:
    assert [sit(state) for _ in range(6)] == [True] * 3 + [False] * 3


def test_a_run_is_told_once(state: Path) -> None:
    assert sit(state)
    assert not is_among_first(state)


def test_nothing_is_made_where_nothing_was_written(tmp_path: Path) -> None:
    assert [sit(tmp_path / "state") for _ in range(5)] == [True] * 5
    assert not (tmp_path / "state").exists()


@pytest.mark.parametrize("held", [b"", b"CANARY", b"\xff" * 9, b"9" * 5000, b"-7"])
def test_a_file_that_is_not_ours_is_no_trouble(state: Path, held: bytes) -> None:
    (state / "sittings").write_bytes(held)
    sit(state)


def test_a_disk_that_refuses_is_no_trouble(state: Path) -> None:
    (state / "sittings").mkdir()
    assert [sit(state) for _ in range(5)] == [True] * 5
