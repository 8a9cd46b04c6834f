"""Help where the places of the journal cannot be opened: it never waits for a disk."""

from pathlib import Path

import pytest

from tests.conftest import Run

HELP = [["urge"], ["urge", "8"], ["urge", "--unkept"], ["urge", "--quick"], ["lapse"], ["checkin"], ["checkin", "6"]]


@pytest.fixture
def closed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Have a file lie where the home should be."""
    home = tmp_path / "not a folder"
    home.write_text("something of theirs")
    monkeypatch.setenv("SMARTCLI_HOME", str(home))
    return home


@pytest.mark.parametrize("words", HELP, ids=" ".join)
def test_help_asks_its_questions_and_says_first_that_nothing_is_saved(run: Run, closed: Path, words: list[str]) -> None:
    done = run(*words, typed="\n\n\n!\n")
    assert done.exit_code in (0, 130)
    first, *_, last = done.stderr.strip().splitlines()
    assert first != last
    assert "\n> " in done.stderr  # a question was asked
    assert closed.read_text() == "something of theirs"


def test_what_would_be_lost_is_not_begun(run: Run, closed: Path) -> None:
    for words in (["record", "check-in"], ["do", "letter"], ["review"]):
        assert run(*words, typed='{"mood": 6}').exit_code == 3
