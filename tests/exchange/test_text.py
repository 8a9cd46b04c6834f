"""Plain text and Markdown with dates."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartcli.exchange import dates
from smartcli.exchange.from_text import begins
from smartcli.trouble import Trouble
from tests.exchange.reading import FILES, clock, found, read


def test_markdown_parts_below_their_dates() -> None:
    assert [(clock(one), one.text, dict(one.behind)) for one in found(FILES / "diary.md")] == [
        ("2026-03-01", "First day without.\n\n- walked\n- slept", {"opening line": 1}),
        ("2026-03-02 21:15", "An evening\n2026-03-01 was easier, I think.", {}),
        ("2026-03-03", "Bold date, plain words.", {}),
    ]


def test_plain_parts_below_their_dates() -> None:
    assert [(clock(one), one.text) for one in found(FILES / "diary.txt")] == [
        ("2026-11-22", "Snow at last."),
        ("2026-11-23 07:45", "Coffee with Sam."),
        ("2026-11-24", ""),
    ]


@pytest.mark.parametrize(
    "line",
    [
        *("2026-11-22", "# 2026-11-22", "### Sunday, 22 November 2026", "**22 Nov 2026**", "22nd November 2026:", "22. November 2026"),
        *("November 22, 2026", "Nov 22nd 2026", "Sun 22 Nov 2026", "22.11.2026", "22. 11. 2026", "2026/11/22", "2026.11.22", "--- 2026-11-22 ---"),
        *("[2026-11-22]", "  2026-11-22  ", "_Sunday 22 November 2026_", "## 2026-11-22 ##", "22/11/2026", "22-11-2026"),
    ],
)  # fmt: skip
def test_a_line_that_is_a_date_begins_a_part(line: str) -> None:
    found = begins(line, dates.DAY_FIRST)
    assert found
    assert (found[0].at.date().isoformat(), found[0].whole_day, found[1]) == ("2026-11-22", True, "")


@pytest.mark.parametrize(
    "line",
    [
        *("Sonntag, 22. November 2026", "So., 22.11.2026", "22 novembre 2026", "domingo, 22 de noviembre de 2026"),
        *("domenica 22 novembre 2026", "zondag 22 november 2026", "Domingo, 22 de novembro de 2026", "2026年11月22日"),
    ],
)
def test_so_does_one_in_another_language(line: str) -> None:
    found = begins(f"## {line}")
    assert found
    assert (found[0].at.date().isoformat(), found[0].whole_day, found[1]) == ("2026-11-22", True, "")


@pytest.mark.parametrize(
    "names",
    [
        "january february march april may june july august september october november december",
        "jänner februar märz april mai juni juli august september oktober november dezember",
        "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
        "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
        "januari februari maart april mei juni juli augustus september oktober november december",
        "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    ],
)
def test_every_month_of_a_language_is_read(names: str) -> None:
    read = [dates.read(f"3 {name} 2026") for name in names.split()]
    assert [moment.at.month for moment in read if moment] == [*range(1, 13)]


@pytest.mark.parametrize("line", ["## Sunshine 3 May 2026", "## Money 3 May 2026", "## Moving 3 May 2026"])
def test_a_word_that_begins_like_a_weekday_is_no_part_of_a_date(line: str) -> None:
    assert begins(line) is None


@pytest.mark.parametrize(
    "line", ["## 23 listopada 2026", "niedziela, 23 listopada 2026", "23.11.2026 o 21.30", "2026-11-45"]
)
def test_a_line_that_seems_a_date_and_cannot_be_read_is_counted_and_its_words_stay(tmp_path: Path, line: str) -> None:
    path = tmp_path / "diary.md"
    path.write_text(f"2026-11-22\none\n{line}\ntwo\n12 eggs\n", encoding="utf-8")
    [one] = found(path)
    assert one.text == f"one\n{line}\ntwo\n12 eggs"
    assert one.behind == {"unread": 1}


@pytest.mark.parametrize(
    ("line", "clock"),
    [("2026-11-22 21:30", (21, 30)), ("22.11.2026 21:30 Uhr", (21, 30)), ("22.11.2026, 21h30", (21, 30)), ("2026-11-22T21:30:15", (21, 30)), ("22 Nov 2026, 9:30 pm", (21, 30)), ("22 Nov 2026 at 9.30", None),
     ("2026-11-22 12:05 AM", (0, 5)), ("2026-11-22 9pm", (21, 0)), ("2026-11-22 25:00", None), ("2026-11-22 13:00 pm", None)],
)  # fmt: skip
def test_a_time_may_follow(line: str, clock: tuple[int, int] | None) -> None:
    found = begins(line)
    assert (found and (found[0].at.hour, found[0].at.minute)) == clock


@pytest.mark.parametrize(
    "line",
    ["2026-11-22 was a long day", "On 22 November 2026 we left", "22 November", "2026", "1999-02-30", "0000-01-01", "99999-01-01", "1899-12-31",
     "2201-01-01", "3/4/2026", "- 2026-11-22 bought milk", "2026-11-222", "12 eggs 2026"],
)  # fmt: skip
def test_a_line_of_words_begins_nothing(line: str) -> None:
    assert begins(line) is None


def test_a_daily_note_is_dated_by_its_name(tmp_path: Path) -> None:
    path = tmp_path / "2026-11-22 Sunday.md"
    path.write_text("Only words.\n")
    assert [(clock(one), one.text) for one in found(path)] == [("2026-11-22", "Only words.")]


def test_a_text_without_dates_is_refused_with_a_hint(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Only words.\n")
    with pytest.raises(Trouble, match="no dated parts"):
        read(path)


def test_dates_that_can_be_read_in_two_ways_are_refused_unless_another_tells(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("3/4/2026\na\n5/4/2026\nb\n")
    with pytest.raises(Trouble, match="two ways"):
        read(path)
    path.write_text("3/4/2026\na\n25/4/2026\nb\n")
    assert [clock(one) for one in found(path)] == ["2026-04-03", "2026-04-25"]


@given(st.text(max_size=80))
def test_any_line_is_a_date_or_not_and_never_a_trouble(line: str) -> None:
    for order in ("", *dates.ORDERS):
        found = begins(line.replace("\n", " "), order)
        assert found is None or 1900 <= found[0].at.year <= 2200


@given(
    st.datetimes(
        min_value=__import__("datetime").datetime(1901, 1, 1), max_value=__import__("datetime").datetime(2200, 1, 1)
    )
)
def test_every_iso_moment_is_read_as_it_is(at: object) -> None:
    moment = dates.read(f"{at:%Y-%m-%dT%H:%M:%S}+02:00")
    assert moment
    assert moment.at.isoformat() == f"{at:%Y-%m-%dT%H:%M:%S}+02:00"
