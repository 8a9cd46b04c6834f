"""The mapping file for any table: names, scales either way, epochs, zones, JSON, and columns as answers."""

import json
from pathlib import Path

import pytest

from smartcli.trouble import Trouble
from tests.exchange.reading import clock, found, read

MAPPED = 'when = "Date"\ntext = "Notes"\nmood = "Mood"\n'


def table(folder: Path, csv: str, mapping: str = MAPPED, name: str = "a.csv") -> tuple[Path, str]:
    (folder / "m.toml").write_text(mapping, encoding="utf-8")
    (folder / name).write_text(csv, encoding="utf-8")
    return folder / name, str(folder / "m.toml")


@pytest.mark.parametrize(
    "head", ["Date,Notes,Mood", " date ,NOTES,mOOd", "sep=,\nDate,Notes,Mood", "\ufeffDate,Notes,Mood"]
)
def test_columns_are_found_without_case_and_outer_blanks(tmp_path: Path, head: str) -> None:
    (one,) = found(*table(tmp_path, f"{head}\n2026-11-01,a,7\n"))
    assert (clock(one), one.text, one.mood, one.also) == ("2026-11-01", "a", 7, ())


def test_a_column_that_is_not_there_is_told_with_the_nearest_and_all(tmp_path: Path) -> None:
    with pytest.raises(Trouble) as caught:
        read(*table(tmp_path, "Dates,Note,Mood,Mood\n2026-11-01,a,7,8\n"))
    assert 'Did you mean "Note"?' in caught.value.sentence
    assert "several columns" in caught.value.sentence
    assert caught.value.hint == "The columns are: Dates, Note, Mood, Mood."


@pytest.mark.parametrize(
    ("scale", "cell", "mood"),
    [("[1, 5]", "5", 10), ("[5, 1]", "5", 0), ("[5, 1]", "1", 10), ("[5, 1]", "2", 7.5), ("[-3, 3]", "0", 5),
     ("[0, 100]", "47", 4.7), ("[5, 1]", "6", None), ("[10, 0]", "0", 10)],
)  # fmt: skip
def test_a_scale_may_run_either_way(tmp_path: Path, scale: str, cell: str, mood: float | None) -> None:
    (one,) = found(*table(tmp_path, f"Date,Notes,Mood\n2026-11-01,a,{cell}\n", f"{MAPPED}mood_scale = {scale}\n"))
    assert one.mood == mood


@pytest.mark.parametrize(
    ("cell", "when"),
    [
        ("1793566980", "2026-11-01 21:03"),
        ("1793566980000", "2026-11-01 21:03"),
        ("1793566980.25", "2026-11-01 21:03"),
        ("01-Nov-2026", "2026-11-01"),
        ("1/Nov/26 21:03", "2026-11-01 21:03"),
        ("1.11.26", "2026-11-01"),
        ("2026-11-01 00:00:00", "2026-11-01"),
        ("2026-11-01T21:03:00+01:00", "2026-11-01 21:03"),
        ("2026-11-01 21:03 UTC", "2026-11-01 21:03"),
        ("2026-11-01 21:03 +01", "2026-11-01 21:03"),
        ("2026-11-01 9:03 p.m.", "2026-11-01 21:03"),
    ],
)
def test_moments_as_programs_write_them_are_read(tmp_path: Path, cell: str, when: str) -> None:
    mapping = MAPPED + ('zone = "UTC"\n' if cell.startswith("179") else "")
    (one,) = found(*table(tmp_path, f"Date,Notes,Mood\n{cell},a,7\n", mapping))
    assert clock(one) == when


def test_a_zone_says_by_whose_clocks_the_times_are(tmp_path: Path) -> None:
    csv = "Date,Notes,Mood\n2026-07-01 10:00,a,7\n1793566980,b,7\n2026-07-01T10:00+05:00,c,7\n"
    moments = [one.when.at.isoformat() for one in found(*table(tmp_path, csv, f'{MAPPED}zone = "Europe/Berlin"\n'))]
    assert moments == ["2026-07-01T10:00:00+02:00", "2026-11-01T22:03:00+01:00", "2026-07-01T10:00:00+05:00"]
    with pytest.raises(Trouble, match="time zone"):
        read(*table(tmp_path, csv, f'{MAPPED}zone = "Nowhere/At all"\n'))


def test_two_figures_of_a_year_need_an_order_as_four_do(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="two ways"):
        read(*table(tmp_path, "Date,Notes,Mood\n3/4/26,a,7\n"))
    one, two = found(*table(tmp_path, "Date,Notes,Mood\n3/4/26,a,7\n13/4/26,a,7\n"))
    assert (clock(one), clock(two)) == ("2026-04-03", "2026-04-13")


@pytest.mark.parametrize("shape", ["list", "lines", "inside"])
def test_any_list_of_json_objects_is_mapped_as_a_table(tmp_path: Path, shape: str) -> None:
    entries = [
        {"Date": 1793566980, "Notes": "a", "at": {"place": "home"}, "tags": ["x", "y"]},
        {"Date": "2026-11-02", "Mood": 3, "Notes": None},
    ]
    text = {
        "list": json.dumps(entries),
        "lines": "\n".join(map(json.dumps, entries)),
        "inside": json.dumps({"v": 1, "notes": entries}),
    }
    one, two = found(*table(tmp_path, text[shape], f'{MAPPED}zone = "UTC"\n', "a.json"))
    assert (clock(one), one.text, one.also) == ("2026-11-01 21:03", "a", ("at.place: home", "tags: x\ny"))
    assert (clock(two), two.mood, two.place) == ("2026-11-02", 3, "entry 2")


def test_columns_become_answers_with_their_words(tmp_path: Path) -> None:
    mapping = 'when = "Date"\n[fields]\nsleep = "Slept"\nurges = { column = "Urge", words = { si = true } }\nstrongest = { column = "Urge", scale = [1, 5] }\n'
    (one,) = found(*table(tmp_path, "Date,Slept,Urge\n2026-11-01,7.5,Si\n", mapping))
    assert one.exercise == "check-in"
    assert one.answers["sleep"].value == "7.5"
    assert one.answers["urges"].value is True
    assert one.answers["strongest"] == ("Si", (1, 5), "Urge: Si")


@pytest.mark.parametrize(
    ("mapping", "said"),
    [
        ('when = "Date"\nfields = 5', '"fields" should give'),
        ('when = "Date"\n[fields]\nsleep = 5', "should be a table"),
        ('when = "Date"\n[fields]\nsleep = { colum = "Mood" }', "Did you mean column?"),
        ('when = "Date"\n[fields]\nsleep = { column = "Mood", scale = [1, 1] }', "two different numbers"),
        ('when = "Date"\n[fields]\nsleep = "Sleep"', '"sleep": there is no column'),
    ],
)
def test_a_field_that_is_mapped_wrongly_is_told(tmp_path: Path, mapping: str, said: str) -> None:
    with pytest.raises(Trouble) as caught:
        read(*table(tmp_path, "Date,Notes,Mood\n2026-11-01,a,7\n", mapping))
    assert said in caught.value.sentence


@pytest.mark.parametrize("data", [None, b"\xff\xfe\x00", b"a\0b"])
def test_of_a_mapping_file_that_cannot_be_read_it_is_said_which_file_that_is(
    tmp_path: Path, data: bytes | None
) -> None:
    table, mapping = tmp_path / "a.csv", tmp_path / "map.toml"
    table.write_text("date,note\n2026-11-01,a\n")
    if data is not None:
        mapping.write_bytes(data)
    with pytest.raises(Trouble) as caught:
        read(table, str(mapping))
    assert "mapping file" in caught.value.sentence
