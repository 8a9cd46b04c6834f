"""record: answers from a program, all problems at once, nothing kept if any."""

import json
from pathlib import Path

import pytest

from smartcli.content.catalog import Catalog
from tests.conftest import Run

WHOLE = {
    "one": "a line", "many": ["x", {"text": "y", "marks": ["short"]}], "count": 3, "strength": 7, "pick": "A walk",
    "picks": ["walk", "rowing"], "order": ["rowing", "walk"], "grid": [{"what": "a", "how": 2}], "yes": False,
}  # fmt: skip


def stored(home: Path) -> list[dict[str, object]]:
    return [json.loads(path.read_text()) for path in (home / "journal" / "entries").rglob("*.json")]


def test_it_prints_the_new_id_alone(run: Run, tiny: Catalog, home: Path) -> None:
    done = run("record", "everything", typed=json.dumps(WHOLE))
    assert (done.exit_code, done.stderr) == (0, "")
    [entry] = stored(home)
    assert done.stdout == f"{entry['id']}\n"
    answers = {field["id"]: field["answer"] for field in entry["fields"]}  # type: ignore[attr-defined]
    assert answers["pick"] == "walk"
    assert answers["many"] == [{"text": "x", "marks": []}, {"text": "y", "marks": ["short"]}]
    assert answers["order"] == ["rowing", "walk"]


def test_as_json_it_prints_id_and_revision(run: Run, tiny: Catalog, home: Path) -> None:
    done = json.loads(run("record", "small", "--json", typed='{"what": "x"}').stdout)
    [path] = (home / "journal" / "entries").rglob("*.json")
    assert done == {"id": path.name.split("-")[1].split(".")[0], "revision": path.name.split(".")[1]}


def test_when_and_about_are_kept_and_when_wins_over_an_answer(run: Run, tiny: Catalog, home: Path) -> None:
    run(
        "record",
        "everything",
        "--when",
        "2026-11-02T08:00",
        "--about",
        "drinking",
        typed=json.dumps(WHOLE | {"on": "2026-11-01"}),
    )
    [entry] = stored(home)
    assert str(entry["when"]).startswith("2026-11-02T08:00:00")
    assert (entry["day"], entry["behaviour"]) == ("2026-11-02", "drinking")


def test_an_answer_that_says_when_sets_the_entrys_moment(run: Run, tiny: Catalog, home: Path) -> None:
    run("record", "everything", typed=json.dumps(WHOLE | {"on": "2026-11-01"}))
    [entry] = stored(home)
    assert (entry["day"], entry["whole_day"]) == ("2026-11-01", True)


def test_what_does_not_hold_is_left_out_and_never_required(run: Run, tiny: Catalog, home: Path) -> None:
    assert run("record", "everything", typed=json.dumps(WHOLE | {"hidden": "x", "done": True})).exit_code == 0
    [entry] = stored(home)
    names = [field["id"] for field in entry["fields"]]  # type: ignore[attr-defined]
    assert "hidden" not in names
    assert "done" in names


def test_all_problems_are_told_at_once_and_nothing_is_written(run: Run, tiny: Catalog, home: Path) -> None:
    wrong = {
        "one": "",
        "many": [],
        "count": "SECRET",
        "strength": 99,
        "pick": 3,
        "grid": [{}],
        "stength": 1,
        "zzz": "SECRET",
    }
    done = run("record", "everything", typed=json.dumps(wrong))
    assert done.exit_code == 2
    assert done.stdout == ""
    told, *problems = done.stderr.splitlines()
    assert told == "Nothing was saved."
    for name in ("one", "many", "count", "strength", "pick", "grid", "picks", "yes"):
        assert sum(problem.startswith(f"{name}: ") for problem in problems) == 1, name
    assert "0 to 10" in done.stderr
    assert "Row 1" in done.stderr
    assert "Did you mean strength?" in done.stderr
    assert "SECRET" not in done.stderr
    assert "zzz" not in done.stderr
    assert not (home / "journal").exists()


@pytest.mark.parametrize(
    "typed",
    [
        b"",
        b"not json",
        b"[1]",
        b"3",
        b'"x"',
        b"null",
        b"\xff\xfe",
        b'{"what": "caf\xe9"}',
        b"[" * 100_000,
        b'{"a":' * 50_000,
        b'{"what": 1' + b"0" * 5000 + b"}",
    ],
)
def test_input_that_is_no_object_is_one_clear_sentence(run: Run, tiny: Catalog, home: Path, typed: bytes) -> None:
    done = run("record", "small", typed=typed)
    assert done.exit_code == 2
    assert done.stderr.startswith("Nothing was saved")
    assert "Traceback" not in done.stderr
    assert not home.exists()


def test_a_hundred_thousand_characters_are_kept(run: Run, tiny: Catalog, home: Path) -> None:
    words = "wörter\n" * 14_300
    assert run("record", "small", typed=json.dumps({"what": words})).exit_code == 0
    [entry] = stored(home)
    assert entry["fields"][0]["answer"] == words  # type: ignore[index]


def test_lone_surrogates_from_json_are_mended_on_the_way_in(run: Run, tiny: Catalog, home: Path) -> None:
    assert run("record", "small", typed='{"what": "a\\ud800b"}').exit_code == 0
    [entry] = stored(home)
    assert entry["fields"][0]["answer"] == "a\ufffdb"  # type: ignore[index]


def test_an_unknown_exercise_names_a_near_one(run: Run, tiny: Catalog) -> None:
    done = run("record", "smal", typed="{}")
    assert done.exit_code == 2
    assert "Did you mean small?" in done.stderr


def test_a_wrong_when_is_told_before_anything_is_written(run: Run, tiny: Catalog, home: Path) -> None:
    for when in ("whenever", "tomorrow", "2999-01-01"):
        done = run("record", "small", "--when", when, typed='{"what": "x"}')
        assert done.exit_code == 2
        assert done.stderr.startswith("--when: ")
    assert not home.exists()


def test_settings_go_to_this_device_and_not_into_the_entry(run: Run, tiny: Catalog, home: Path) -> None:
    typed = {
        "behaviours": [{"name": "drinking", "family": "alcohol"}],
        "country": "xx",
        "people": [{"name": 'Sam "S"', "contact": "12\\3"}],
    }
    assert run("record", "start", typed=json.dumps(typed)).exit_code == 0
    [entry] = stored(home)
    assert [field["id"] for field in entry["fields"]] == ["behaviours"]  # type: ignore[attr-defined]
    assert "Sam" not in json.dumps(entry)
    shown = run("support")
    assert 'Sam "S": 12\\3' in shown.stdout
    assert "Call 111." in shown.stdout
    assert "222" not in shown.stdout


@pytest.mark.parametrize(
    ("family", "exercise", "given"),
    [
        ("self-harm", "limits", {"unit": "x", "day": 3}),
        ("eating", "limits", {"unit": "x", "week": 3}),
        ("opioids", "limits", {"unit": "x", "free-days": 3}),
        ("alcohol", "limits", {"unit": "x", "price": 3}),
        ("alcohol", "trial", {"kind": "break", "review": "in 2 weeks"}),
        ("gambling", "limits", {"unit": "x", "day": 0}),
        ("gambling", "limits", {"unit": "x", "day": -1}),
        ("gambling", "limits", {"unit": "x", "day": "some"}),
        ("gambling", "limits", {"unit": "x", "day": 9, "week": 8}),
        ("gambling", "limits", {"unit": "x", "free-days": 7}),
        ("gambling", "trial", {"kind": "break", "review": "yesterday"}),
        ("gambling", "trial", {"kind": "break", "begins": "in 4 weeks", "review": "in 2 weeks"}),
        ("self-harm", "check-in", {"mood": 5, "amounts": [{"what": "it", "unit": "x", "amount": 3}]}),
    ],
)
def test_an_amount_or_a_day_that_is_none_is_told_in_a_sentence_and_nothing_is_kept(
    run: Run, home: Path, family: str, exercise: str, given: dict[str, object]
) -> None:
    rows = [{"name": "it", "family": family, "aim": "cut-down"}]
    assert run("record", "start", typed=json.dumps({"behaviours": rows})).exit_code == 0
    about = () if exercise == "check-in" else ("--about", "it")
    done = run("record", exercise, *about, typed=json.dumps(given))
    assert done.exit_code == 2
    assert done.stderr.startswith("Nothing was saved.\n")
    assert len(stored(home)) == 1
