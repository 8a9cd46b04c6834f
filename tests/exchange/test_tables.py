"""Daylio's csv, and any other by a mapping file."""

from pathlib import Path

import pytest

from smartcli.exchange.from_daylio import MOODS, SCALE
from smartcli.trouble import Trouble
from tests.exchange.reading import FILES, clock, found, read


def test_daylio_moods_activities_scales_and_notes_come_in() -> None:
    one, two, three, four, five = found(FILES / "daylio.csv")
    assert (clock(one), one.mood) == ("2026-07-27 13:48", 5)
    assert one.text == 'Half way\nA long one, with "quotes".\nAnd a second line & more'
    assert one.also == ("Mood: meh", "Activities: work, walk")
    assert (clock(two), two.mood, two.also[2]) == ("2026-07-26 18:20", 9, "Scales: Sleep: 7, Energy: 4")
    assert (clock(three), three.mood, three.text) == ("2026-07-25 23:59", 1, "Argued. Went out anyway.")
    assert (four.mood, four.also) == (None, ("Mood: so-so in my own way", "Activities: tea, bus"))  # nothing is guessed
    assert four.place == "line 5"
    assert five.mood == 7


def test_the_older_header_of_daylio_comes_in() -> None:
    one, two = found(FILES / "daylio-2018.csv")
    assert [clock(one), clock(two)] == ["2018-05-18 23:54", "2018-05-17 22:21"]
    assert (two.mood, two.also) == (5, ("Mood: meh", "Activities: cook, stressed"))


def test_the_scale_that_is_told_is_the_one_that_is_used() -> None:
    assert all(
        f"{mood} {'is ' if mood == 'rad' else ''}{MOODS[mood]}" in SCALE
        for mood in ("rad", "good", "meh", "bad", "awful")
    )


def test_a_time_that_cannot_be_read_leaves_the_day_and_its_words(tmp_path: Path) -> None:
    path = tmp_path / "d.csv"
    path.write_text("full_date,time,mood,activities,note\n2026-07-27,abends,good,,x\n", encoding="utf-8")
    (one,) = found(path)
    assert (clock(one), one.also[0]) == ("2026-07-27", "Time: abends")


def test_any_csv_comes_in_by_its_mapping() -> None:
    one, two, three = found(FILES / "moods.csv", str(FILES / "moods.toml"))
    assert (clock(one), one.mood, one.text, one.also) == (
        "2026-11-22 21:30",
        7.5,
        "Calm evening; read a book",
        ("Weather: rain",),
    )
    assert (clock(two), two.mood, two.text, two.also) == ("2026-11-03 08:00", 9, "Up early", ())
    assert (clock(three), three.mood, three.text, three.also) == ("2026-11-01", 0, "", ("Weather: fog",))
    assert [one.identity for one in (one, two, three)] == ["1", "2", "3"]
    assert one.named


def table(folder: Path, mapping: str, csv: str = "When,Mood,Note\n2026-01-01,7,hello\n") -> tuple[Path, str]:
    (folder / "m.toml").write_text(mapping, encoding="utf-8")
    (folder / "a.csv").write_text(csv, encoding="utf-8")
    return folder / "a.csv", str(folder / "m.toml")


@pytest.mark.parametrize(
    ("mapping", "said"),
    [
        ('when = "When"', 'There should be "text", "mood" or "fields"'),
        ('when = "When"\ntext = "Notes"', 'm.toml:2: "text": there is no column of that name. Did you mean "Note"?'),
        ('wen = "When"\ntext = "Note"', 'There is no key "wen" here. Did you mean when?'),
        ('text = "Note"', 'The key "when" is missing.'),
        ('when = "When"\nmood = "Mood"\nmood_scale = [5, 5]', 'm.toml:3: "mood_scale" should be two numbers'),
        ('when = "When"\nmood = "Mood"\nmood_scale = 5', "should be two numbers"),
        ('when = "When"\nmood = "Mood"\nmood_words = { fine = 11 }', "a number from 0 to 10"),
        ('when = "When"\ntext = "Note"\ndates = "dmy"', '"dates" should be one of day-month-year, month-day-year.'),
        ("when = ", "not valid TOML"),
        ("a" + ".a" * 9999 + " = 1", "dotted parts"),
        ("x = " + "[" * 20000, "nested too deeply"),
        ("#" * 100_000, "larger than 32 KB"),
    ],
)  # fmt: skip
def test_a_mapping_that_is_wrong_is_told_with_its_line(tmp_path: Path, mapping: str, said: str) -> None:
    path, kind = table(tmp_path, mapping)
    with pytest.raises(Trouble) as caught:
        read(path, kind)
    assert said in caught.value.sentence
    assert caught.value.code == 2


def test_dates_that_can_be_read_in_two_ways_must_be_told(tmp_path: Path) -> None:
    path, kind = table(tmp_path, 'when = "When"\ntext = "Note"', "When,Note\n03/04/2026,x\n05/05/2026,y\n")
    with pytest.raises(Trouble, match="two ways") as caught:
        read(path, kind)
    assert 'dates = "day-month-year"' in caught.value.hint
    path, kind = table(tmp_path, 'when = "When"\ntext = "Note"\ndates = "month-day-year"', "When,Note\n03/04/2026,x\n")
    assert [clock(one) for one in found(path, kind)] == ["2026-03-04"]
    path, kind = table(tmp_path, 'when = "When"\ntext = "Note"', "When,Note\n03/04/2026,x\n13/04/2026,y\n")
    assert [clock(one) for one in found(path, kind)] == ["2026-04-03", "2026-04-13"]  # the 13th tells


def test_a_mood_outside_its_scale_stays_as_words(tmp_path: Path) -> None:
    path, kind = table(
        tmp_path,
        'when = "When"\ntext = "Note"\nmood = "Mood"',
        'When,Mood,Note\n2026-01-01,70,a\n2026-01-02,"7,5",b\n2026-01-03,nan,c\n',
    )
    assert [(one.mood, one.also) for one in found(path, kind)] == [
        (None, ("Mood: 70",)),
        (7.5, ()),
        (None, ("Mood: nan",)),
    ]


def test_cells_without_a_column_and_columns_without_cells_lose_nothing(tmp_path: Path) -> None:
    path, kind = table(
        tmp_path, 'when = "When"\ntext = "Note"', "When,Note,More\n2026-01-01,a,b,c,d\n2026-01-02,e\n\n,,\n"
    )
    assert [(one.text, one.also) for one in found(path, kind)] == [
        ("a", ("More: b", "Column 4: c", "Column 5: d")),
        ("e", ()),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_what_a_spreadsheet_writes_is_read(tmp_path: Path, encoding: str, end: str, sign: str) -> None:
    text = end.join([f"When{sign}Note", f'2026-01-01{sign}"café {sign} {end}two"', ""])
    path, kind = table(tmp_path, 'when = "When"\ntext = "Note"')
    path.write_bytes(text.encode(encoding))
    assert [one.text for one in found(path, kind)] == [f"café {sign} \ntwo"]


def test_an_unknown_csv_says_what_to_do(tmp_path: Path) -> None:
    path, _ = table(tmp_path, "")
    with pytest.raises(Trouble) as caught:
        read(path)
    assert "--from mapping.toml" in caught.value.hint
