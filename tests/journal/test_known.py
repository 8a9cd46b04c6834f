"""What was here the last time."""

from pathlib import Path

from smartcli.journal.known import Known

MANY = {f"entry{number:04}" for number in range(1000)}


def test_entries_that_vanish_in_numbers_raise_the_alarm_until_that_is_accepted(tmp_path: Path) -> None:
    known = Known(tmp_path)
    assert known.compare(MANY) is None
    left = set(sorted(MANY)[60:])
    for _ in range(2):
        alarm = known.compare(left)
        assert alarm
        assert "60 entries" in alarm.sentence
    known.accept(left)
    assert known.compare(left) is None


def test_a_few_new_ones_are_noted_later_and_no_more_are_left_out_than_would_raise_an_alarm(tmp_path: Path) -> None:
    known, noted = Known(tmp_path), tmp_path / "known.txt"
    known.compare(MANY)
    before = noted.read_bytes()
    few = MANY | {f"new{number}" for number in range(50)}
    assert known.compare(few) is None
    assert noted.read_bytes() == before
    assert known.compare(few | {"another"}) is None
    assert len(noted.read_bytes().split()) == 1051


def test_in_a_small_journal_every_new_one_is_noted_at_once(tmp_path: Path) -> None:
    known = Known(tmp_path)
    for number in range(1, 20):
        known.compare({f"entry{one}" for one in range(number)})
        assert len((tmp_path / "known.txt").read_bytes().split()) == number
