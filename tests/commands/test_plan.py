"""`plan`: one page from the person's own newest words, by what they answer; what is empty says what would go there."""

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from smartcli.content import catalog
from smartcli.content.catalog import Catalog
from smartcli.content.check import check_all
from smartcli.workbook import terminal
from tests.conftest import CATALOGUE, Run
from tests.support.made import catalogue

KINDS = {"limit.day": "number", "limit.week": "number", "limit.free-days": "number", "trial.review": "moment"}
WORDS = (
    *("reason", "value", "warning", "plan.urge", "plan.lapse", "reply.refusal", "coping", "trigger", "support.people"),
    *(
        "strength",
        "future",
        "goal",
        "commitment",
        "limit.day",
        "limit.week",
        "limit.free-days",
        "limit.ends",
        "support.limit",
    ),
    *("amount.unit", "trial.kind", "trial.review"),
)
KNOWN = {
    "what": '\n[[field]]\nid = "risk"\nkind = "choices"\nask = "?"\nmeasure = "withdrawal-risk"\noptional = true\n'
    'options = [{ id = "alone", say = "Alone" }]\n',
}


def field(measure: str) -> str:
    """Return a question with a measure, named after it."""
    name, kind = measure.replace(".", "-"), KINDS.get(measure, "line")
    choice = 'options = [{ id = "break", say = "A break" }]\n' if measure == "trial.kind" else ""
    choice = "ahead = true\n" if kind == "moment" else choice
    kind = "choice" if measure == "trial.kind" else kind
    return f'[[field]]\nid = "{name}"\nkind = "{kind}"\nask = "?"\nmeasure = "{measure}"\noptional = true\n{choice}'


SECTIONS = """format = 1
[[section]]
id = "safe"
title = "SAFE"
holds = "support-plans"
gap = "Safe gap."
exercise = "safe"
only_if = { family = "self-harm" }
[[section]]
id = "aims"
title = "AIMS"
holds = "aims"
gap = "Aims gap."
exercise = "start"
[[section]]
id = "doctor"
title = "DOCTOR"
holds = "note"
say = "First call {emergency}."
only_if = { remembered = "withdrawal-risk", any_of = ["alone"] }
[[section]]
id = "plans"
title = "PLANS"
measures = ["plan.urge"]
most = 3
gap = "Plans gap."
exercise = "all"
[[section]]
id = "used"
title = "USED"
holds = "used"
measures = ["coping"]
leave_out = ["nothing"]
[[section]]
id = "people"
title = "PEOPLE"
holds = "people"
measures = ["person", "support.people"]
[[section]]
id = "limits"
title = "LIMITS"
holds = "limits"
most = 6
only_if = [{ not_family = ["self-harm"] }, { remembered = "withdrawal-risk", none_of = ["alone"] }]
[[section]]
id = "trial"
title = "TRIAL"
holds = "trial"
[[section]]
id = "by-hand"
title = "BY HAND"
gap = "Hand gap."
"""
for _measure in ("reason", "value", "warning", "plan.lapse", "reply.refusal", "strength", "future", "commitment"):
    _name = _measure.replace(".", "-")
    SECTIONS += f'[[section]]\nid = "{_name}"\ntitle = "{_measure.upper()}"\nmeasures = ["{_measure}"]\n'
SECTIONS += '[[section]]\nid = "numbers"\ntitle = "NUMBERS"\nholds = "helplines"\n'


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Catalog:
    """Exercises with one question for every measure, and a plan with a section for most of them."""
    every = 'per_behaviour = true\n[[field]]\nid = "rated"\nkind = "scale"\nask = "?"\nmeasure = "urge.before"\noptional = true\n'
    every += '[[field]]\nid = "after"\nkind = "scale"\nask = "?"\nmeasure = "urge.after"\noptional = true\n'
    start = (
        '[[field]]\nid = "behaviours"\nkind = "table"\nask = "?"\noptional = true\n'
        '[[field.columns]]\nid = "name"\nkind = "line"\nask = "?"\nmeasure = "behaviour"\n'
        '[[field.columns]]\nid = "family"\nkind = "choice"\nask = "?"\nmeasure = "family"\noptional = true\n'
        'options = [{ id = "alcohol", say = "Alcohol" }, { id = "self-harm", say = "Self-harm" }]\n'
        '[[field.columns]]\nid = "aim"\nkind = "choice"\nask = "?"\nmeasure = "aim"\noptional = true\n'
        'options = [{ id = "stop", say = "Stop" }, { id = "cut-down", say = "Cut down" }]\n'
    )
    safe = 'in_support = true\n[[field]]\nid = "sign"\nkind = "line"\nask = "Sign?"\n'
    text = f"=== start\n{start}=== safe\n{safe}=== all\n{every}{''.join(map(field, WORDS))}{KNOWN['what']}"
    found = catalogue(tmp_path, text)
    folder = tmp_path / "made"
    (folder / "plan.toml").write_text(SECTIONS)
    shutil.copytree(CATALOGUE / "helplines", folder / "helplines")
    monkeypatch.setattr(catalog, "built_in", lambda: folder)
    return found


Write = Callable[..., None]


@pytest.fixture
def write(made: Catalog, run: Run) -> Write:
    """Record an exercise: write("all", about="drinking", reason="x")."""

    def record(exercise: str, about: str = "", when: str = "", **answers: Any) -> None:
        options = [*(["--about", about] if about else []), *(["--when", when] if when else [])]
        typed = json.dumps({name.replace("__", "-"): answer for name, answer in answers.items()})
        done = run("record", exercise, *options, typed=typed)
        assert done.exit_code == 0, done.stderr

    return record


def start(write: Write, *behaviours: tuple[str, str, str]) -> None:
    write("start", behaviours=[{"name": name, "family": family, "aim": aim} for name, family, aim in behaviours])


def sections(shown: str) -> dict[str, list[str]]:
    """Return the lines of a plan in plain text under each of its headings."""
    found: dict[str, list[str]] = {}
    for line in shown.split("\n")[1:]:
        if re.fullmatch(r"[A-Z][A-Z .-]{2,}|Still empty|There is nothing in your plan yet", line):
            found[line] = []
        elif line and found:
            [*_, last] = found
            found[last].append(line.removeprefix("- "))
    return found


def plan(run: Run) -> dict[str, list[str]]:
    done = run("plan")
    assert done.exit_code == 0, done.stderr
    return sections(done.stdout)


def test_each_section_is_filled_by_what_words_answer_newest_first_and_each_once(run: Run, write: Write) -> None:
    words = ("reason", "value", "warning", "plan.lapse", "reply.refusal", "strength", "future", "commitment")
    for day, mark in (("2026-11-01", "old"), ("2026-11-02", "new"), ("2026-11-03", "NEW ")):
        write("all", "drinking", day, **{one.replace(".", "__"): f"{mark.strip()} {one}" for one in words})
    shown = plan(run)
    for one in words:
        assert shown[one.upper()] == [f"NEW {one}", f"old {one}"]


def test_an_own_exercise_fills_it_too(run: Run, write: Write, home: Path) -> None:
    own = home / "journal" / "exercises"
    own.mkdir(parents=True)
    head = 'format = 1\nid = "mine"\ntitle = "Mine"\npoint = "balance"\npurpose = "Mine."\n'
    (own / "mine.toml").write_text(head + field("reason"))
    write("mine", reason="for my dog")
    assert plan(run)["REASON"] == ["for my dog"]


def test_a_line_of_one_behaviour_never_stands_for_another(run: Run, write: Write) -> None:
    start(write, ("drinking", "alcohol", "cut-down"), ("betting", "alcohol", "stop"))
    write("all", "drinking", reason="the kids", goal="weekends only")
    write("all", "betting", reason="the rent", value="music")
    write("all", "", reason="sleep")
    shown = plan(run)
    assert shown["AIMS"] == ["drinking: Cut down", "weekends only (drinking)", "betting: Stop"]
    assert shown["REASON"] == ["sleep", "the kids (drinking)", "the rent (betting)"]
    assert shown["VALUE"] == ["music (betting)"]


def test_what_is_the_same_for_all_of_them_is_said_once(run: Run, write: Write) -> None:
    start(write, ("drinking", "alcohol", "stop"), ("betting", "alcohol", "stop"))
    for name in ("drinking", "betting"):
        write("all", name, reason="The kids" if name == "betting" else "the kids")
    assert [line.casefold() for line in plan(run)["REASON"]] == ["the kids"]


def test_with_one_behaviour_no_line_names_it(run: Run, write: Write) -> None:
    start(write, ("drinking", "alcohol", "stop"))
    write("all", "drinking", reason="the kids")
    assert plan(run)["REASON"] == ["the kids"]


def test_a_plan_stands_with_its_moment_unless_it_says_it(run: Run, write: Write) -> None:
    write("all", "drinking", "2026-11-02", plan__urge="walk home", trigger="payday")
    write("all", "drinking", "2026-11-01", plan__urge="If it rains, I read", trigger="rain")
    assert plan(run)["PLANS"] == ["walk home (when: payday)", "If it rains, I read"]


def test_a_list_has_no_more_lines_than_it_may(run: Run, write: Write) -> None:
    for day in range(1, 6):
        write("all", "drinking", f"2026-11-0{day}", plan__urge=f"plan {day}")
    assert plan(run)["PLANS"] == ["plan 5", "plan 4", "plan 3"]


def test_what_helps_is_what_was_used_most_when_an_urge_fell_and_no_number_is_said(run: Run, write: Write) -> None:
    for tool, before, after, times in (
        ("walk", 6, 3, 3),
        ("count", 6, 6, 5),
        ("breathe", 6, 2, 4),
        ("nothing", 6, 1, 6),
    ):
        for _ in range(times):
            write("all", "drinking", rated=before, after=after, coping=tool)
    write("all", "drinking", coping="tea")
    assert plan(run)["USED"] == ["breathe", "walk", "tea"]


def test_people_of_the_settings_stand_first_with_how_to_reach_them(run: Run, write: Write, home: Path) -> None:
    write("all", "drinking", support__people="Sam, by text")
    (home / "config.toml").write_text('[[people]]\nname = "Robin"\ncontact = "07700 900123"\n')
    assert plan(run)["PEOPLE"] == ["Robin: 07700 900123", "Sam, by text"]


def test_limits_and_a_trial_are_sentences_in_the_persons_unit(run: Run, write: Write) -> None:
    write("all", "drinking", "2026-11-01", limit__day=9)
    write(
        *("all", "drinking", "2026-11-02"),
        **{
            "limit__day": 3,
            "limit__week": 10.5,
            "limit__free-days": 1,
            "amount__unit": "pints",
            "limit__ends": "the bus",
            "support__limit": "water",
        },
    )
    write("all", "drinking", trial__kind="break", trial__review="2026-12-20")
    shown = plan(run)
    assert shown["LIMITS"] == [
        "At most 3 pints a day.",
        "At most 10.5 pints a week.",
        "At least 1 free day a week.",
        "What tells me to stop for the day: the bus",
        "What helps me keep to my limit: water",
    ]
    assert shown["TRIAL"][0] == "A break"
    assert "20 Dec" in shown["TRIAL"][1]


def test_self_harm_has_the_safety_plan_first_and_nothing_is_counted(run: Run, write: Write) -> None:
    start(write, ("hurting myself", "self-harm", "stop"))
    assert "SAFE" in plan(run)["Still empty"]
    write("safe", sign="curtains shut")
    write("all", "hurting myself", "2026-11-01", limit__day=7, rated=7, after=7, coping="ice")
    for day in ("2026-11-02", "2026-11-03"):
        write("all", "hurting myself", day, coping="draw")
    write("all", "hurting myself", "2026-11-04", coping="call Kim")
    shown = plan(run)
    assert next(iter(shown)) == "SAFE"
    assert shown["SAFE"] == ["Sign?", "curtains shut"]
    assert "LIMITS" not in shown
    assert shown["USED"] == ["call Kim", "draw", "ice"], "newest first: how often is a count"
    assert not re.search(r"\b7\b", run("plan").stdout)


def test_words_about_self_harm_stay_with_it(run: Run, write: Write) -> None:
    start(write, ("drinking", "alcohol", "stop"), ("hurting myself", "self-harm", "stop"))
    write("all", "hurting myself", reason="my sister", limit__day=7)
    write("all", "drinking", limit__day=3)
    shown = plan(run)
    assert shown["REASON"] == ["my sister (hurting myself)"]
    assert shown["LIMITS"] == ["At most 3 a day."]


def test_where_stopping_may_be_dangerous_the_doctor_comes_first(run: Run, write: Write) -> None:
    start(write, ("drinking", "alcohol", "stop"))
    assert "DOCTOR" not in plan(run)
    write("all", "drinking", limit__day=3)
    assert "LIMITS" in plan(run)
    write("all", "drinking", risk=["alone"])
    shown = plan(run)
    assert "First call" in shown["DOCTOR"][0]
    assert "LIMITS" not in shown


def test_an_empty_journal_is_a_form_to_fill_in(run: Run, made: Catalog) -> None:
    shown = plan(run)
    assert [*shown] == ["There is nothing in your plan yet", "NUMBERS"]
    assert shown["There is nothing in your plan yet"][1:] == [
        "AIMS",
        "  `smartcli do start`",
        "PLANS",
        "  `smartcli do all`",
    ]
    written = run("plan", "--as", "md", "--output", "-").stdout
    for words in ("Aims gap", "Plans gap", "Hand gap"):
        assert re.search(rf"{words}\.\W*\n\n[\\_]{{20,}}", written), words
    assert "Safe gap" not in written
    assert "smartcli do" not in written


@pytest.mark.parametrize("as_", ["html", "pdf", "md"])
def test_a_file_is_the_owners_alone_and_never_replaces_another(
    run: Run, write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, as_: str
) -> None:
    write("all", "drinking", reason="the kids")
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setattr(terminal, "has_person", lambda: True)
    for _ in range(2):
        done = run("plan", "--as", as_)
        assert done.exit_code == 0
        assert "not encrypted" in done.stderr
    first, second = sorted(folder.iterdir(), key=lambda path: len(path.name))
    assert re.fullmatch(rf"plan-\d{{4}}-\d\d-\d\d\.{as_}", first.name)
    assert second.name == f"{first.stem}-2.{as_}"
    assert first.stat().st_mode & 0o777 == 0o600
    taken = run("plan", "--output", first.name)
    assert taken.exit_code == 2
    assert f"{first.stem}-3.{as_} is free" in taken.stderr


def test_the_ending_of_a_file_names_its_format(run: Run, made: Catalog, tmp_path: Path) -> None:
    assert run("plan", "--output", str(tmp_path / "mine.md")).exit_code == 0
    assert (tmp_path / "mine.md").read_text().startswith("<!-- smartcli 1 -->\n# ")
    assert run("plan", "--output", str(tmp_path / "mine")).exit_code == 0
    assert (tmp_path / "mine").read_text().startswith("<!doctype html>")


@pytest.mark.parametrize("where", ["journal/x.html", "config.toml"])
def test_nothing_is_written_among_what_is_kept(run: Run, write: Write, home: Path, where: str) -> None:
    write("all", "drinking", reason="the kids")
    before = sorted((home / "journal").rglob("*"))
    assert run("plan", "--output", str(home / where)).exit_code == 2
    assert sorted((home / "journal").rglob("*")) == before
    assert not (home / "config.toml").exists()


def test_an_entry_that_cannot_be_read_never_stops_the_rest(run: Run, write: Write, home: Path) -> None:
    write("all", "drinking", reason="the kids")
    [path] = (home / "journal" / "entries").rglob("*.json")
    path.with_name(path.name.replace(path.name[17:30], "a" * 13)).write_text('{"measure": "reason"')
    assert plan(run)["REASON"] == ["the kids"]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('id = "a"\ntitle = "A"\nmeasures = ["reson"]', "measures"),
        ('id = "a"\ntitle = "A"\nmeasures = ["reason"]\nexercise = "none"', 'There is no exercise "none".'),
        ('id = "a"\ntitle = "A"', "Nothing fills this section"),
        ('id = "a"\ntitle = "A"\nholds = "note"', 'something to "say"'),
        ('id = "a"\ntitle = "A"\ngap = "x"\nonly_if = { field = "x", is = 1 }', "not at a field"),
        ('id = "a"\ntitle = "A"\ngap = "{emergencie}"', "emergencie"),
    ],
)
def test_a_slip_in_its_file_is_told_with_its_line(made: Catalog, text: str, problem: str) -> None:
    (Path(str(made.folder)) / "plan.toml").write_text(f"format = 1\n\n[[section]]\n{text}\n")
    told = next(line for line in check_all(made) if line.startswith("plan.toml:"))
    assert problem in told
    assert int(told.split(":")[1]) >= 3


def test_a_broken_file_of_sections_stops_nobody(run: Run, made: Catalog) -> None:
    (Path(str(made.folder)) / "plan.toml").write_text("format = [")
    assert run("plan").exit_code == 0
