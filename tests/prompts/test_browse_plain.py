"""Looking back line by line: a day at a time, newest first."""

import re

import pytest

from smartcli.asking import Back, Ended, Pause
from tests.support.asking import plain
from tests.support.listing import MadeListing


def browse(listing: MadeListing, *lines: str) -> tuple[str, str]:
    """Return the id of the entry opened with these lines, or how it ended, and all that was said."""
    asker, out = plain(*lines)
    try:
        return asker.browse(listing), out.getvalue()
    except (Back, Pause, Ended) as end:
        return type(end).__name__, out.getvalue()


def days(said: str) -> list[str]:
    """Return the days that were read out, in order."""
    return re.findall(r"^\w+day \d+ \w+(?: \d{4})?$", said, re.MULTILINE)


@pytest.mark.parametrize(
    ("lines", "opened"),
    [
        (["1"], "e0"),
        (["2"], "e1"),
        (["", "1"], "e2"),
        (["", "", "2"], "e5"),
        (["", "", "<", "1"], "e2"),
        (["3", "1"], "e0"),  # there is no third; the list is still there
        (["3 nov 2026", "1"], "e34"),
        (["3 nov 2026", "<", "1"], "e0"),
        (["oct 2026", "2"], "e41"),
        (["2020", "1"], "e99"),
        (["river", "1"], "e9"),
        (["/river", "2"], "e19"),
        (["/river", "<", "1"], "e0"),
        (["", "/river", "<", "1"], "e0"),
        (["/nowhere", "2"], "e1"),
        (["/", "2"], "e1"),
        (["/" + "x" * 10_000, "2"], "e1"),
        (["x" * 10_000, "2"], "e1"),
        (["30 feb 2026", "2"], "e1"),
        (["<"], "Back"),
        (["/river", "<", "<"], "Back"),
        (["!"], "Pause"),
        ([], "Ended"),
        (["*", "1"], "e0"),
        (["s", "1"], "e0"),
        (["?", "1"], "e0"),
    ],
)
def test_lines_lead_to_an_entry(lines: list[str], opened: str) -> None:
    assert browse(MadeListing(100), *lines)[0] == opened
    assert browse(MadeListing(100, step=3), *lines)[0] == opened  # found a few at a time, it is the same


def test_a_day_is_read_out_at_a_time(capsys: pytest.CaptureFixture[str]) -> None:
    _end, said = browse(MadeListing(100), "", "", "!")
    assert len(days(said)) == 3
    assert said.count("line ") == 6
    assert "of 100" in said


def test_a_full_day_is_read_out_in_parts() -> None:
    listing = MadeListing(40)
    listing.rows._rows = [row._replace(day=listing.rows._rows[0].day) for row in listing.rows._rows]
    opened, said = browse(listing, "", "1")
    assert opened == "e15"
    assert said.count("line ") == 30


def test_the_whole_list_is_read_by_enter_alone_and_begins_again() -> None:
    listing = MadeListing(9)
    opened, said = browse(listing, *[""] * 5, "1")
    assert [int(number) for number in re.findall(r"line (\d+)", said)] == [*range(9), 0, 1]
    assert "no older entries" in said
    assert opened == "e0"


def test_what_can_be_typed_is_said_once_and_again_when_asked() -> None:
    asker, out = plain("1", "1", "?", "1")
    for _ in range(3):
        asker.browse(MadeListing(100))
        said, (*_, last) = out.getvalue(), out.getvalue().splitlines()
    assert said.count("Type / and a word") == 2
    assert last


def test_a_word_nothing_has_leaves_the_person_where_they_were() -> None:
    opened, said = browse(MadeListing(100), "", "/nowhere", "1")
    assert opened == "e2"
    assert "No entry has" in said


def test_no_answer_is_said_back_and_no_number_where_nothing_is_counted() -> None:
    _end, said = browse(MadeListing(100, is_counted=False), "secret words", "99", "!")
    assert "secret" not in said
    assert "100" not in said
