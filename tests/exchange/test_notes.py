"""Notes: their dates in front matter and in names, and lists and logs whose lines begin with a date."""

from pathlib import Path

import pytest

from smartcli.exchange.front_matter import take_front_matter
from smartcli.exchange.note_names import moment_in_name
from tests.exchange.reading import clock, found


def note(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("name", "when", "title"),
    [
        ("2026-11-01.md", "2026-11-01", ""),
        ("2026_11_01.md", "2026-11-01", ""),
        ("2026.11.01.txt", "2026-11-01", ""),
        ("20261101.md", "2026-11-01", ""),
        ("202611012103.md", "2026-11-01 21:03", ""),
        ("20261101210300.md", "2026-11-01 21:03", ""),
        ("20261101T2103.md", "2026-11-01 21:03", ""),
        ("2026-11-01 21-03-00.md", "2026-11-01 21:03", ""),
        ("2026-11-01 Sunday.md", "2026-11-01", ""),
        ("2026-11-01 A walk.md", "2026-11-01", "A walk"),
        ("journal-2026-11-01.md", "2026-11-01", ""),
        ("Nov 1st, 2026.md", "2026-11-01", ""),
        ("1 November 2026.md", "2026-11-01", ""),
        ("days/2026/11/01.txt", "2026-11-01", ""),
    ],
)
def test_the_usual_dates_in_names_are_read(name: str, when: str, title: str) -> None:
    read = moment_in_name(name)
    assert read
    moment, rest = read
    shown = f"{moment.at:%Y-%m-%d}" if moment.whole_day else f"{moment.at:%Y-%m-%d %H:%M}"
    assert (shown, rest) == (when, title)


@pytest.mark.parametrize(
    "name", ["notes.md", "", "12345678901.md", "2026-13-45.md", "20261399.md", "IMG_0001.txt", "2026/notes.md"]
)
def test_a_name_without_a_date_says_none(name: str) -> None:
    assert moment_in_name(name) is None


@pytest.mark.parametrize(
    ("front", "when"),
    [
        ("date: 2026-11-01 21:03", "2026-11-01 21:03"),
        ("date: 2026-11-01", "2026-11-01"),
        ("date: 2026-11-01\ntime: '21:03'", "2026-11-01 21:03"),
        ('created: "2026-11-01T21:03:00"', "2026-11-01 21:03"),
        ("Created: 2026-11-01 21:03:00Z\nupdated: 2027-01-01", "2026-11-01 21:03"),
        ("created: 2025-01-01\ndate: 2026-11-01", "2026-11-01"),
    ],
)
def test_front_matter_says_when_a_note_was_and_is_no_part_of_its_words(tmp_path: Path, front: str, when: str) -> None:
    (one,) = found(note(tmp_path, "a.md", f"---\n{front}\ntitle: A walk\n---\nWords.\n\n2020-01-01\nmore\n"))
    assert (clock(one), one.text) == (when, "A walk\nWords.\n\n2020-01-01\nmore")


def test_tags_and_other_values_of_front_matter_are_kept_beside(tmp_path: Path) -> None:
    text = "---\ndate: 2026-11-01\ntags:\n  - river\n  - 'cold'\nmood: 4\naliases: [Best day]\nid: x\nempty:\nat: {a: 1}\n\tb\n---\nWords.\n"
    (one,) = found(note(tmp_path, "a.md", text))
    assert one.also == ("Tags: river, cold", "mood: 4", "aliases: Best day", "at: {a: 1}")
    assert one.behind == {"other detail": 1}


@pytest.mark.parametrize(
    "text",
    [
        "---\n" + "a: no end\n" * 400,
        "---\nwords\n---\n2026-11-01\n",
        "---\n" + "x" * 5000 + "\n---\n",
        "--- 2026-11-01 ---\na\n",
        "",
        "---",
    ],
)
def test_what_is_no_front_matter_loses_no_line(text: str) -> None:
    front, rest, taken = take_front_matter(text.split("\n"))
    assert (front, taken) == (None, 0)
    assert "\n".join(rest) == text


def test_a_title_is_not_said_twice(tmp_path: Path) -> None:
    (one,) = found(note(tmp_path, "2026-11-01.md", "---\ntitle: A walk\n---\n# A walk\n\nWords.\n"))
    assert one.text == "# A walk\n\nWords."


def test_a_daily_note_is_one_entry_whatever_dates_are_in_it_and_its_own_heading_goes(tmp_path: Path) -> None:
    (one,) = found(note(tmp_path, "2026-11-01.md", "# 2026-11-01\n\nWords.\n\n"))
    assert one.text == "Words."
    (one,) = found(note(tmp_path, "2026-11-02.md", "Words.\n\n## 2020-01-01\n\nof old\n"))
    assert (clock(one), one.text) == ("2026-11-02", "Words.\n\n## 2020-01-01\n\nof old")


def test_a_diary_named_by_the_day_it_was_saved_is_many_entries(tmp_path: Path) -> None:
    path = note(tmp_path, "2026-11-30.txt", "2026-11-01\na\n2026-11-02\nb\n")
    assert [(clock(one), one.text) for one in found(path)] == [("2026-11-01", "a"), ("2026-11-02", "b")]


@pytest.mark.parametrize(
    ("text", "entries"),
    [
        ("2026-11-01 21:03 A walk.\nMore.\n2026-11-02 9:00am Up.\n",
         [("2026-11-01 21:03", "A walk.\nMore."), ("2026-11-02 09:00", "Up.")]),
        ("- 2026-11-01: a walk\n- 2026-11-02: rain\n", [("2026-11-01", "a walk"), ("2026-11-02", "rain")]),
        ("* 2026-11-01 Sunday\n** 21:03 A walk\nx\n* 2026-11-02 Monday\ny\n",
         [("2026-11-01", "** 21:03 A walk\nx"), ("2026-11-02", "y")]),
        ("* <2026-11-01 Sun 21:03> A walk\nx\n", [("2026-11-01 21:03", "A walk\nx")]),
        ("* [2026-11-01 Sun]\nx\n", [("2026-11-01", "x")]),
        ("1/11/2026 - a walk\n13/11/2026 - rain\n", [("2026-11-01", "a walk"), ("2026-11-13", "rain")]),
    ],
)  # fmt: skip
def test_logs_lists_and_org_are_read_by_the_dates_their_lines_begin_with(
    tmp_path: Path, text: str, entries: list[tuple[str, str]]
) -> None:
    assert [(clock(one), one.text) for one in found(note(tmp_path, "log.txt", text))] == entries
