"""The directory of helplines: what is printed to somebody in danger is dated, sourced and chosen with care."""

import shutil
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest

from smartcli.content.catalog import built_in
from smartcli.content.helplines import (
    ANYWHERE,
    CRISIS_ANYWHERE,
    EMERGENCY_ANYWHERE,
    Country,
    Directory,
    Line,
    choose_family_line,
    choose_text_line,
    crisis_line,
    emergency_number,
    helpline_problems,
    ordered_lines,
    read_helplines,
)
from smartcli.schema.toml_file import Source
from tests.conftest import CATALOGUE

NONE: frozenset[str] = frozenset()
EVENING, MORNING = datetime(2026, 11, 22, 21), datetime(2026, 11, 22, 7)


def directory_of(folder: Path) -> Directory:
    directory, source = read_helplines(folder)
    assert source.problems_as_text() == helpline_problems(folder) == []
    assert directory
    return directory


SHIPPED, TINY = directory_of(built_in()), directory_of(CATALOGUE)  # type: ignore[arg-type]
LISTED = [country.id for country in SHIPPED.country if country.id != ANYWHERE]


def test_every_country_has_one_emergency_number_and_one_line_for_a_crisis() -> None:
    for country in LISTED:
        assert sum(line.emergency for line in SHIPPED.lines_of(country)) == 1
        assert any(line.crisis and line.call and not line.only_for for line in SHIPPED.lines_of(country))


def test_the_words_without_a_country_name_numbers_that_the_directory_has() -> None:
    assert emergency_number(SHIPPED, "") == (
        "your local emergency number (112 in Europe and on many mobile phones, 911 in North America, 999 in the UK, "
        "000 in Australia, 111 in New Zealand)"
    )
    known = {country: emergency_number(SHIPPED, country) for country in LISTED}
    assert [known[country] for country in ("us", "ca", "gb", "au", "nz")] == ["911", "911", "999", "000", "111"]
    assert all("112" in known[country] for country in ("ie", "dk", "se", "de", "nl"))


def test_a_country_is_found_by_its_names_and_never_by_a_near_miss() -> None:
    assert {SHIPPED.find_country(name) for name in ("gb", "GB", "United Kingdom", "uk", "the UK", " england ")} == {
        "gb"
    }
    assert SHIPPED.find_country("Holland") == SHIPPED.find_country("the Netherlands") == "nl"
    for name in ("Austria", "Iran", "Finland", "other", "any", "", "Anywhere"):
        assert SHIPPED.find_country(name) == ""
    assert emergency_number(SHIPPED, "Austria") == EMERGENCY_ANYWHERE


@pytest.mark.parametrize("country", LISTED)
def test_the_crisis_line_fits_after_call_and_takes_calls_for_everybody(country: str) -> None:
    for families in (NONE, frozenset({"self-harm"}), frozenset({"gambling", "alcohol"})):
        said = crisis_line(SHIPPED, country, families, EVENING)
        [line] = [line for line in SHIPPED.lines_of(country) if line.to_call == said]
        assert line.crisis
        assert not line.only_for
        assert not line.for_young
        assert not said.endswith((".", "?"))
        assert line.call in said


def test_the_crisis_line_is_chosen_by_family_and_never_a_line_about_a_habit() -> None:
    assert crisis_line(TINY, "xx", frozenset({"gambling"}), EVENING) == "Listening Line on 444"
    assert crisis_line(TINY, "xx", frozenset({"self-harm"}), EVENING) == "Hurt Line on 555"
    assert crisis_line(SHIPPED, "gb", frozenset({"alcohol"}), EVENING) == "Samaritans on 116 123"
    assert crisis_line(TINY, "nowhere", NONE, EVENING) == CRISIS_ANYWHERE


def test_a_line_that_may_be_closed_is_not_named() -> None:
    assert crisis_line(TINY, "yy", NONE, EVENING) == "Night Line on 888"
    assert crisis_line(TINY, "yy", NONE, datetime(2026, 11, 22, 3)) == "Night Line on 888"
    assert crisis_line(TINY, "yy", NONE, datetime(2026, 11, 22, 6)) == CRISIS_ANYWHERE
    assert crisis_line(SHIPPED, "dk", NONE, MORNING) == CRISIS_ANYWHERE


def test_a_line_to_text_says_what_to_write() -> None:
    written = choose_text_line(TINY, "xx")
    assert written
    assert written.to_text == "HI to 666"
    assert choose_text_line(TINY, "yy") is None


def test_a_line_to_text_is_one_that_answers_everybody_at_any_hour() -> None:
    def line(name: str, **more: Any) -> Line:
        return Line(
            country="zz", name=name, purpose="", contact="text 1", text="1", hours="", sources=(), seen=(), **more
        )

    always = {"crisis": True, "always_open": True}
    wrong = [
        line("by day", crisis=True),
        line("by day, said in hours", crisis=True, open_daily=(time(9), time(17))),
        line("for the young", for_young=True, **always),
        line("for veterans", only_for="veterans", **always),
        line("about a habit", families=("gambling",), always_open=True),
        line("emergency", emergency=True, **always),
    ]
    here = Country(id="zz", say="Zedland")
    for other in wrong:
        assert choose_text_line(Directory(format=1, country=(here,), line=(other,)), "zz") is None, other.name
    found = choose_text_line(Directory(format=1, country=(here,), line=(*wrong, line("right", **always))), "zz")
    assert found
    assert found.name == "right"


def test_a_line_for_the_behaviour_is_for_the_whole_country_where_there_is_one() -> None:
    def about(country: str, family: str) -> str:
        line = choose_family_line(SHIPPED, country, frozenset({family}))
        return line.name if line else ""

    assert about("gb", "opioids") == "FRANK"  # not the Welsh line, which stands above
    assert about("us", "gambling") == "National Problem Gambling Helpline"
    assert about("gb", "eating-restrict") == "Beat (eating disorders)"
    assert about("gb", "screens") == ""


def test_lines_are_ordered_by_need_and_those_for_the_young_stand_last() -> None:
    names = [line.name for line in ordered_lines(TINY.lines_of("xx"), frozenset({"gambling"}))]
    assert names == ["Emergency", "Listening Line", "Hurt Line", "Writing Line", "Bet Line", "Young Line"]


def test_a_number_is_old_a_year_after_the_newest_page_or_an_earlier_call() -> None:
    line = TINY.lines_of("xx")[1]
    assert line.last_seen == date(2026, 11, 1)
    assert not line.is_stale(date(2027, 11, 1))
    assert line.is_stale(date(2027, 11, 2))
    line.confirmed = date(2026, 6, 1)
    try:
        assert line.last_seen == date(2026, 6, 1)
    finally:
        line.confirmed = None


def test_a_countrys_services_are_read_when_they_are_asked_for_and_once(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    whole = Source.open
    monkeypatch.setattr(Source, "open", lambda name, path: opened.append(name) or whole(name, path))
    directory, _ = read_helplines(CATALOGUE)
    assert directory
    assert emergency_number(directory, "") == EMERGENCY_ANYWHERE
    assert opened == ["helplines/countries.toml"]
    for _time in range(2):
        assert crisis_line(directory, "xx", NONE, EVENING) == "Listening Line on 444"
    assert opened == ["helplines/countries.toml", "helplines/xx.toml"]
    assert [line.name for line in directory.lines_of("nowhere")] == []
    assert [line.name for line in directory.lines_of("../offers")] == []
    assert opened == ["helplines/countries.toml", "helplines/xx.toml"]
    countries = [line.country for line in directory.every_line()]
    assert countries == ["xx"] * 6 + ["yy"] * 2 + ["any"]


def test_a_country_whose_file_cannot_be_read_still_has_its_emergency_number(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    (folder / "helplines" / "xx.toml").write_text("= 3\n", encoding="utf-8")
    (folder / "helplines" / "yy.toml").unlink()
    directory, source = read_helplines(folder)
    assert directory
    assert not source.problems
    assert [emergency_number(directory, country) for country in ("xx", "yy")] == ["111", "222"]
    assert crisis_line(directory, "xx", NONE, EVENING) == CRISIS_ANYWHERE
    assert helpline_problems(folder) == [
        "helplines/xx.toml:1: This is not valid TOML here.",
        "helplines/yy.toml:1: The file cannot be opened.",
    ]


def test_a_file_of_no_country_is_told(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    (folder / "helplines" / "zz.toml").write_text("format = 1\nline = []\n", encoding="utf-8")
    [told] = helpline_problems(folder)
    assert told == "helplines/zz.toml:1: There is no country with the id zz in countries.toml."


def copied(tmp_path: Path) -> Path:
    """Return a folder with the small directory, to be changed."""
    shutil.copytree(CATALOGUE / "helplines", tmp_path / "helplines")
    return tmp_path


NIGHT = 'hours = "20:00 to 6:00, every day"\n'


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        (NIGHT, "", 'The key "hours" is missing.'),
        (NIGHT, 'hours = ""\n', "A line needs its hours"),
        (NIGHT, NIGHT + "always_open = true\n", 'begin with "24 hours, every day"'),
        ('open_daily = ["20:00", "06:00"]', 'open_daily = ["20:00"]', '"open_daily" should be two times'),
        ('open_daily = ["20:00", "06:00"]', 'open_daily = ["late", "06:00"]', '"open_daily" should be two times'),
        ("from_before = true\n", "", "A row needs two pages"),
        ('families = ["self-harm"]', 'families = ["knitting"]', "should be one of alcohol"),
        ('country = "yy"\nname = "Emergency"', 'country = "zz"\nname = "Emergency"', "There is no such country above."),
        ('country = "yy"\nname = "Night Line"', 'country = "xx"\nname = "Night Line"', "stands in the file of that country"),
        ('open_daily = ["20:00", "06:00"]\n', "emergency = true\n", "Emergency numbers stand in countries.toml"),
        ('call = "222"\nhours = "24 hours, every day"\nalways_open = true\nemergency = true\n', 'hours = "24 hours, every day"\n', "Emergency numbers stand in countries.toml"),
        ('call = "888"', 'call = "889"', '"call" should stand in "contact"'),
        ('call = "888"', 'call = "888"\nin_words = "the night people"', '"in_words" should hold the number'),
        ('sources = ["https://example.org/1"]\nseen = [2026-11-01]\nfrom', 'sources = ["somewhere"]\nseen = [2026-11-01]\nfrom', "begins with https://"),
        ("seen = [2026-11-01]\nfrom", "seen = []\nfrom", 'a date in "seen" for each source'),
        ("seen = [2026-11-01]\nfrom", 'seen = ["yesterday"]\nfrom', "should be a date such as"),
        ('keyword = "HI"', 'keywrod = "HI"', "Did you mean keyword?"),
    ],
)  # fmt: skip
def test_what_is_wrong_in_the_directory_is_told_with_its_line(was: str, now: str, said: str, tmp_path: Path) -> None:
    folder = copied(tmp_path)
    [path] = [path for path in (folder / "helplines").iterdir() if was in path.read_text(encoding="utf-8")]
    text = path.read_text(encoding="utf-8")
    assert text.count(was) == 1
    path.write_text(text.replace(was, now), encoding="utf-8")
    [told] = helpline_problems(folder)
    assert said in told
    file, line, _ = told.split(":", 2)
    assert file == f"helplines/{path.name}"
    changed_at = text[: text.index(was)].count("\n") + 1
    assert abs(int(line) - changed_at) <= 11  # the lines of one row
