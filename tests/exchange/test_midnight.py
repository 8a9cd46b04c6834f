"""Midnight in a file is how programs write a day without a time: that day, whichever way it comes in."""

import base64
import json
import zipfile
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.exchange.reading import clock, found

MAPPED = 'when = "when"\ntext = "note"\n'
FILES: dict[str, tuple[str, str]] = {  # the name of a file, and what stands in it
    "jrnl": ("a.txt", "[2026-11-01 00:00] walk\n\n[2026-11-02 21:30] river\n"),
    "jrnl with seconds, in American": ("a.txt", "[2026-11-01 12:00:00 AM] walk\n\n[2026-11-02 9:30 PM] river\n"),
    "jrnl json": (
        "a.json",
        json.dumps({"entries": [{"title": "a", "body": "", "date": f"2026-11-0{day}", "time": time, "tags": []}
                                for day, time in ((1, "00:00"), (2, "21:30"))]}),
    ),
    "daylio": (
        "a.csv",
        "full_date,date,weekday,time,mood,activities,note_title,note\n"
        "2026-11-01,x,x,00:00,good,,,a\n2026-11-02,x,x,9:30 PM,good,,,b\n",
    ),
    "day one": (
        "a.json",
        json.dumps({"entries": [{"uuid": day, "creationDate": moment, "timeZone": "Europe/Berlin", "text": "x"}
                                for day, moment in (("a", "2026-10-31T23:00:00Z"), ("b", "2026-11-02T20:30:00Z"))]}),
    ),
    "dated parts": ("a.md", "# 2026-11-01 00:00\nwords\n\n# 2026-11-02 21:30\nmore\n"),
    "lines": ("a.txt", "2026-11-01 00:00 Walk\n2026-11-02 21:30 River\n"),
    "table": ("m.csv", "when,note\n2026-11-01 00:00:00,walk\n2026-11-02 21:30:00,river\n"),
    "table with offsets": ("m.csv", "when,note\n2026-11-01T00:00:00Z,walk\n2026-11-02T21:30:00+01:00,river\n"),
    "list": (
        "m.json",
        json.dumps([{"when": "2026-11-01T00:00:00", "note": "a"}, {"when": "2026-11-02T21:30", "note": "b"}]),
    ),
}  # fmt: skip


def put(folder: Path, name: str, text: str, mapping: str = MAPPED) -> tuple[Path, str | None]:
    """Write a file, and the mapping that it needs; return both paths."""
    (folder / name).write_text(text)
    (folder / "m.toml").write_text(mapping)
    return folder / name, str(folder / "m.toml") if name.startswith("m.") else None


@pytest.mark.parametrize(("name", "text"), FILES.values(), ids=FILES)
def test_midnight_is_its_day_and_another_time_is_a_moment(tmp_path: Path, name: str, text: str) -> None:
    assert [clock(one) for one in found(*put(tmp_path, name, text))] == ["2026-11-01", "2026-11-02 21:30"]


@pytest.mark.parametrize("seconds", [1, 1000])
def test_epochs_that_are_all_midnights_of_utc_are_days(tmp_path: Path, seconds: int) -> None:
    days = [1793491200 * seconds, 1793577600 * seconds]
    mapping = f'{MAPPED}zone = "America/New_York"\n'
    text = json.dumps([{"when": day, "note": "x"} for day in days])
    assert [clock(one) for one in found(*put(tmp_path, "m.json", text, mapping))] == ["2026-11-01", "2026-11-02"]
    text = json.dumps([{"when": day, "note": "x"} for day in (*days, 1793590000 * seconds)])
    assert clock(found(*put(tmp_path, "m.json", text, mapping))[0]) == "2026-10-31 20:00"


def test_a_note_and_a_backup_of_daylio_are_no_other(tmp_path: Path) -> None:
    (one,) = found(*put(tmp_path, "n.md", "---\ndate: 2026-11-01\ntime: 00:00\n---\nnote\n"))
    assert clock(one) == "2026-11-01"
    (one,) = found(*put(tmp_path, "2026-11-01 00.00.md", "note\n"))
    assert clock(one) == "2026-11-01"
    entry = {"id": 1, "datetime": 1793487600000, "timeZoneOffset": 3600000, "mood": 1, "tags": [], "note": "x"}
    data = json.dumps({"customMoods": [], "tags": [], "dayEntries": [entry]})
    with zipfile.ZipFile(tmp_path / "b.daylio", "w") as archive:
        archive.writestr("backup.daylio", base64.b64encode(data.encode()))
    (one,) = found(tmp_path / "b.daylio")
    assert clock(one) == "2026-11-01"


def test_a_day_whose_midnight_the_clocks_skip_is_that_day(tmp_path: Path) -> None:
    text = "when,note\n2026-09-06 00:00:00,walk\n2026-09-06 00:30:00,late\n"
    day, moment = found(*put(tmp_path, "m.csv", text, f'{MAPPED}zone = "America/Santiago"\n'))
    assert (clock(day), clock(moment)) == ("2026-09-06", "2026-09-06 01:30")


@pytest.mark.parametrize("starts", ["00:00", "04:00", "11:00"])
def test_the_summary_says_so_and_the_day_is_the_one_in_the_file(run: Run, tmp_path: Path, starts: str) -> None:
    run("settings", "day_starts", starts)
    path, _mapping = put(tmp_path, *FILES["jrnl"])
    for options in (["--dry-run"], [], []):  # a second import finds them again
        assert "1 entry has the time 00:00" in run("import", str(path), *options).stderr
    rows = json.loads(run("review", "--json").stdout)
    assert [row["day"] for row in rows] == ["2026-11-02", "2026-11-01"]
    path.write_text("[2026-11-03 00:01] a\n")
    assert "00:00" not in run("import", str(path)).stderr


def test_times_that_the_clocks_skip_or_have_twice_are_counted(run: Run, tmp_path: Path) -> None:
    text = "when,note\n2026-03-29 02:30,a\n2026-10-25 02:30,b\n2026-10-25 03:30,c\n"
    path, mapping = put(tmp_path, "m.csv", text, f'{MAPPED}zone = "Europe/Berlin"\n')
    told = run("import", str(path), "--from", str(mapping)).stderr
    assert "1 entry has a time that did not come" in told
    assert "1 entry has a time that came twice" in told
    shown = {
        json.loads(run("show", row["id"], "--json").stdout)["when"]
        for row in json.loads(run("review", "--json").stdout)
    }
    assert shown == {"2026-03-29T03:30:00+02:00", "2026-10-25T02:30:00+02:00", "2026-10-25T03:30:00+01:00"}


def test_a_column_that_answers_a_moment_keeps_the_clock_of_the_file(run: Run, tmp_path: Path) -> None:
    from smartcli.exchange.imported import RawAnswer
    from smartcli.fields import Moment
    from smartcli.workbook.imported_entry import _answer

    field = Moment(id="on", ask="When?")
    for cell, kept in (
        ("2026-11-01 00:00:00", "2026-11-01"),
        ("2026-11-01 21:03", "2026-11-01T21:03:00"),
        ("2026-11-01 21:03 +02:00", "2026-11-01T21:03:00+02:00"),
    ):
        assert _answer(field, RawAnswer(cell)) == kept
