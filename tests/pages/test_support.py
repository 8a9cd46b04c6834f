"""Support on a page: ten lines, the last on the screen, and never a way that is not there."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from smartcli.blocks import Heading, Items, Page, Words
from smartcli.content.catalog import built_in
from smartcli.content.helplines import EMERGENCY_ANYWHERE, NOTHING_KNOWN, read_helplines
from smartcli.fields.base import NO_FAMILIES
from smartcli.pages.support import FINDER, MORE_BY_COMMAND, Support
from smartcli.renderers import plain
from smartcli.settings import Settings
from tests.conftest import CATALOGUE

EVENING = datetime(2026, 11, 22, 21, tzinfo=UTC)
TINY, _ = read_helplines(CATALOGUE)
SHIPPED, _ = read_helplines(built_in())
PEOPLE = [{"name": name, "contact": f"0{number}"} for number, name in enumerate(("Sam", "Jo", "Ali", "Kim", "Bo"), 1)]


def support(
    country: str = "", people: int = 0, now: datetime = EVENING, families: frozenset[str] = NO_FAMILIES
) -> Support:
    assert TINY
    settings = Settings(Path("/nowhere"), country=country, people=PEOPLE[:people])
    return Support(TINY, settings, now, families)


def lines(made: Support) -> list[str]:
    return plain.blocks(made.ten_lines(MORE_BY_COMMAND)).split("\n")


def test_the_lines_come_in_the_order_of_need() -> None:
    said = lines(support("xx", people=1, families=frozenset({"gambling"})))
    assert said[:6] == [
        "- In danger now? Call 111.",
        "- Sam: 01",
        "- Call Listening Line on 444, at any hour.",
        "- Text HI to 666 (Writing Line), at any hour.",
        "- Gambling: Bet Line on 333, at any hour.",
        "- Official meetings have a trained facilitator: meet.example.org",
    ]
    assert said[6] == MORE_BY_COMMAND
    assert "Nobody has called them" in said[7]


@pytest.mark.parametrize("people", range(6))
@pytest.mark.parametrize("family", ["alcohol", "gambling", "unknown", "eating-restrict"])
def test_there_are_never_more_than_ten_lines(people: int, family: str) -> None:
    assert SHIPPED
    for country in [known.id for known in SHIPPED.country] + ["", "Belgium"]:
        settings = Settings(Path("/nowhere"), country=country, people=PEOPLE[:people])
        said = lines(Support(SHIPPED, settings, EVENING, frozenset({family})))
        assert len(said) <= 10
        assert all(person["name"] in "\n".join(said) for person in PEOPLE[:people])


def test_people_who_were_not_named_are_not_offered() -> None:
    assert not any(name in "\n".join(lines(support("xx"))) for name in ("your people", "Your people", "Sam"))
    assert "Your people" not in plain.blocks(support("xx").to_read())
    assert "Your people" in plain.blocks(support("xx", people=1).to_read())


def test_without_a_country_there_are_the_numbers_of_five_places_and_where_to_look() -> None:
    for country in ("", "other", "Belgium"):
        said = "\n".join(lines(support(country)))
        assert EMERGENCY_ANYWHERE in said
        assert "findahelpline.com" in said
        assert "444" not in said


def test_a_line_that_may_be_closed_stands_there_with_its_hours_and_another_way() -> None:
    said = lines(support("yy", now=EVENING.replace(hour=9)))
    assert any(line.startswith("- Call Night Line on 888.") and "20:00 to 6:00, every day" in line for line in said)
    assert any("findahelpline.com" in line for line in said)
    assert not any("findahelpline.com" in line for line in lines(support("yy")))


def test_printed_the_ten_lines_are_last_and_read_from_the_top_they_are_first() -> None:
    made = support("xx")
    ten = made.ten_lines(MORE_BY_COMMAND)
    assert made.to_print()[-len(ten) :] == ten
    assert made.to_read()[0] == ten[0]
    whole = made.to_print_whole()
    assert whole[-2] == ten[0]
    assert isinstance(whole[-1], Words)
    countries = [block.text for block in whole if isinstance(block, Heading)]
    assert countries == ["Xland", "Yland", "Anywhere", "Meetings", "Help now"]


def test_lines_for_the_young_are_behind_more_and_last() -> None:
    assert "777" not in "\n".join(lines(support("xx", families=frozenset({"gambling"}))))
    items = [block for block in support("xx").lines_of("xx") if isinstance(block, Items)]
    assert "777" in items[0].items[-1].text


def test_a_country_is_shown_by_any_of_its_names_and_an_unknown_one_gets_what_works_everywhere() -> None:
    assert "444" in plain.blocks(support().of_country("EX"))
    unknown = plain.blocks(support("xx").of_country("Belgium"))
    assert EMERGENCY_ANYWHERE in unknown
    assert "findahelpline.com" in unknown


def test_numbers_seen_over_a_year_ago_are_said_to_be_old() -> None:
    new = lines(support("xx"))[-1]
    assert "1 November 2026" in new
    assert "more than a year ago" not in new
    old = lines(support("xx", now=EVENING.replace(year=2028)))[-1]
    assert "1 November 2026, more than a year ago" in old
    assert FINDER in old


def test_a_directory_that_cannot_be_read_leaves_the_numbers_that_are_in_the_code() -> None:
    made = Support(NOTHING_KNOWN, Settings(Path("/nowhere")), EVENING)
    said = plain.page(Page("Support", made.to_print_whole()))
    assert EMERGENCY_ANYWHERE in said
    assert "findahelpline.com" in said
