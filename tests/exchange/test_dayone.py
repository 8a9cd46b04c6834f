"""Day One's JSON, alone and in its zip archive."""

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from smartcli.exchange.imported import Left
from tests.exchange.reading import FILES, clock, found, read


def test_words_moments_and_all_that_goes_with_them_come_in() -> None:
    first, second, third = found(FILES / "dayone.json")
    assert first.when.at.isoformat() == "2017-06-28T23:38:37+08:00"  # in its own time zone
    assert first.text == "(photo)\n\n绿岛泡温泉\nIt cost 3.50, and I'd do it again!"
    assert first.also == (
        "Tags: 温泉, summer",
        "Place: Hot spring, Green Island, Taiwan",
        "Weather: Mostly Sunny, 26 °C",
        "Activity: Walking",
    )
    assert first.behind == {"photo": 1}
    assert (clock(second), second.also, second.behind) == ("2024-01-04 22:02", ("Starred",), {"recording": 1})
    assert (clock(third), third.behind) == ("2024-03-01", {"other detail": 1})
    assert all(one.named for one in (first, second, third))


def test_a_zip_holds_a_json_file_for_each_journal(tmp_path: Path) -> None:
    path = tmp_path / "export.zip"
    other = {"entries": [{"uuid": "B", "creationDate": "2020-01-01T00:00:00Z", "text": "other"}]}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(FILES / "dayone.json", "Journal.json")
        archive.writestr("Other.json", json.dumps(other))
        archive.writestr("photos/0e2d16db35b89f9880ee5b3441659d54.jpeg", b"\xff\xd8" * 1000)
    assert [one.identity for one in found(path)] == [*(one.identity for one in found(FILES / "dayone.json")), "B"]


def one(**entry: Any) -> dict[str, Any]:
    return {"uuid": "A", "creationDate": "2024-07-01T10:00:00Z", "text": "words", **entry}


@pytest.mark.parametrize("zone", ["../../etc/passwd", "/etc/passwd", "America", "Nowhere/City", "\0", "A" * 9999, 7])
def test_a_time_zone_that_is_none_is_named_and_the_moment_kept(tmp_path: Path, zone: Any) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"entries": [one(timeZone=zone)]}))
    (taken,) = found(path)
    assert taken.when.at.timestamp() == 1719828000
    assert taken.behind == ({} if zone == 7 else {"time zone": 1})


def test_an_entry_of_pictures_alone_says_so(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"entries": [one(text="", photos=[{}, {}], videos=[{}])]}))
    assert found(path)[0].text == "(2 photos and 1 video)"


@pytest.mark.parametrize("odd", [
    {"creationDate": "soon"}, {"creationDate": None}, {"creationDate": ["2024"]}, {"creationDate": "0001-01-01T00:00:00Z"},
    {"creationDate": "99999-01-01T00:00:00Z"}, {"creationDate": "2024-13-01T00:00:00Z"}, {"creationDate": ""},
])  # fmt: skip
def test_an_entry_without_a_date_is_left_and_named_by_its_place(tmp_path: Path, odd: dict[str, Any]) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"entries": [one(), one(uuid="B", **odd)]}))
    assert read(path)[1] == Left("entry 2", "no date that can be read")


@pytest.mark.parametrize("odd", [
    {"text": 7}, {"text": None}, {"tags": "x"}, {"tags": [1, None, ""]}, {"location": 7}, {"weather": {"temperatureCelsius": "hot"}},
    {"music": []}, {"photos": 3}, {"photos": {}}, {"starred": "yes"}, {"uuid": 9}, {"uuid": ""},
    {"isAllDay": "x"}, {"userActivity": {"activityName": {}}},
])  # fmt: skip
def test_values_of_another_shape_never_stop_the_rest(tmp_path: Path, odd: dict[str, Any]) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"entries": [one(**odd), one(uuid="B")]}))
    assert len(found(path)) == 2
