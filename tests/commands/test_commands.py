"""The commands, through the program itself, in plain mode."""

import json
import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from smartcli.content import catalog
from smartcli.content.catalog import Catalog
from smartcli.content.helplines import EMERGENCY_ANYWHERE
from smartcli.moments import day_of, now
from tests.conftest import Run

SMALL = '{"what": "hello"}'


def test_a_check_in_is_kept_and_read_back(run: Run, tiny: Catalog) -> None:
    done = run("checkin", typed="6\nslept well\n.\n\n")
    assert done.exit_code == 0
    assert done.stdout == ""
    assert "Saved." in done.stderr
    shown = run("show", "last")
    assert "slept well" in shown.stdout
    assert shown.stderr == ""


def test_quick_versions_take_seconds(run: Run, tiny: Catalog) -> None:
    assert "Saved." in run("checkin", "--quick", typed="4\n").stderr
    done = run("urge", "--quick", "--strength", "8", typed="1\n3\n")
    assert "Saved." in done.stderr
    assert "1 of" not in done.stderr  # the strength was given, and is not asked again


def test_a_strength_that_is_no_strength_is_refused(run: Run, tiny: Catalog, home: Path) -> None:
    assert run("urge", "--strength", "11").exit_code == 2
    assert run("urge", "--strength", "x").exit_code == 2
    assert not home.exists()


def test_when_is_not_asked_again_when_it_is_given(run: Run, tiny: Catalog) -> None:
    done = run("do", "everything", "--when", "yesterday", typed="")
    assert "Moment?" not in done.stderr
    run("checkin", "--when", "2026-11-02", typed="6\n\n\n")
    assert json.loads(run("review", "--json").stdout)[0]["day"] == "2026-11-02"


def test_leaving_pauses_and_resume_goes_on(run: Run, tiny: Catalog) -> None:
    left = run("checkin", typed="6\n!\n")
    assert left.exit_code == 130
    assert "resume" in left.stderr
    [draft] = json.loads(run("drafts", "--json").stdout)
    assert {"exercise": "check-in", "title": "Check-in", "answered": 1, "of": 2}.items() <= draft.items()
    assert set(draft) == {"id", "exercise", "title", "started", "answered", "of"}
    assert run("resume", draft["id"][:5], typed="note\n.\n\n").exit_code == 0
    assert json.loads(run("drafts", "--json").stdout) == []
    assert json.loads(run("show", "last", "--json").stdout)["answers"] == {"mood": 6, "note": "note"}


def test_leaving_before_anything_is_given_leaves_nothing(run: Run, tiny: Catalog) -> None:
    assert run("checkin", typed="!\n").exit_code == 130
    assert run("checkin", typed="").exit_code == 130
    assert json.loads(run("drafts", "--json").stdout) == []


def test_input_that_ends_too_early_pauses(run: Run, tiny: Catalog) -> None:
    assert run("do", "everything", typed="text\n.\nline\n").exit_code == 130
    assert run("resume", "zzzzz").exit_code == 2


def test_a_draft_goes_on_as_it_was_begun_when_its_exercise_has_changed_or_is_gone(
    run: Run, tiny: Catalog, home: Path
) -> None:
    folder = home / "journal" / "exercises"
    folder.mkdir(parents=True)
    text = 'format=1\nid="mine"\ntitle="Mine"\npoint="daily"\npurpose="p"\n[[field]]\nid="a"\nkind="line"\nask="A?"\n[[field]]\nid="b"\nkind="line"\nask="B?"\n'
    (folder / "mine.toml").write_text(text)
    assert run("do", "mine", typed="one\n!\n").exit_code == 130
    (folder / "mine.toml").unlink()
    assert run("resume", typed="two\n\n").exit_code == 0
    assert json.loads(run("show", "last", "--json").stdout)["answers"] == {"a": "one", "b": "two"}
    assert "A?" in run("show", "last").stdout


def test_discarding_a_draft_asks_first(run: Run, tiny: Catalog) -> None:
    run("checkin", typed="6\n!\n")
    [draft] = json.loads(run("drafts", "--json").stdout)
    assert run("drafts", "discard", draft["id"], typed="n\n").exit_code == 0
    assert run("drafts", "discard", draft["id"], typed="").exit_code == 0
    assert len(json.loads(run("drafts", "--json").stdout)) == 1
    run("drafts", "discard", draft["id"], typed="y\n")
    assert json.loads(run("drafts", "--json").stdout) == []


def test_a_draft_that_became_an_entry_before_a_crash_is_let_go(
    run: Run, tiny: Catalog, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from smartcli.journal.drafts import Drafts

    with monkeypatch.context() as patch:
        patch.setattr(Drafts, "drop", lambda self, draft: draft.close())
        run("checkin", typed="6\n\n\n")
    assert len([*(home / "state" / "drafts").iterdir()]) == 1
    assert json.loads(run("drafts", "--json").stdout) == []
    assert len([*(home / "state" / "drafts").iterdir()]) == 0
    assert len(json.loads(run("review", "--json").stdout)) == 1


def test_what_was_left_for_later_is_offered_and_becomes_a_new_revision(run: Run, tiny: Catalog) -> None:
    from tests.commands.test_record import WHOLE

    made = run("record", "everything", typed=json.dumps(WHOLE)).stdout.strip()
    assert "Everything" in run(typed="").stdout  # Today says so
    done = run("later", typed="y\nyes\n\n")
    assert done.exit_code == 0
    shown = json.loads(run("show", made, "--json").stdout)
    assert shown["answers"]["grid"] == [{"what": "a", "how": 2, "went": True}]
    assert shown["answers"]["done"] is True
    assert len(shown["parents"]) == 1
    assert "no entry that you can add to" in run("later").stderr
    assert run("later", made[:6]).exit_code == 2


@pytest.fixture
def some(run: Run, tiny: Catalog) -> None:
    for day, about in [(1, "drinking"), (5, "smoking"), (9, "drinking")]:
        run(
            "record",
            "urge-log",
            "--when",
            f"2026-11-{day:02}T20:00",
            "--about",
            about,
            typed='{"strength": 5, "tool": "tea"}',
        )
    run("record", "small", "--when", "2026-11-07", typed=SMALL)


@pytest.mark.parametrize(
    ("filters", "days"),
    [
        ([], [9, 7, 5, 1]),
        (["--last", "2"], [9, 7]),
        (["--exercise", "URGE"], [9, 5, 1]),
        (["--point", "daily"], [7]),
        (["--point", "Urges"], [9, 5, 1]),
        (["--about", "DRINKING"], [9, 1]),
        (["--since", "2026-11-05"], [9, 7, 5]),
        (["--until", "2026-11-05"], [5, 1]),
        (["--since", "2026-11-05", "--until", "2026-11-07", "--point", "urges"], [5]),
        (["--about", "nobody"], []),
    ],
)
def test_each_filter_narrows_the_choice(run: Run, some: None, filters: list[str], days: list[int]) -> None:
    rows = json.loads(run("review", *filters, "--json").stdout)
    assert [int(row["day"][-2:]) for row in rows] == days
    listed = run("review", *filters).stdout
    assert listed.count("[") == len(days)


def test_a_row_has_the_keys_that_were_promised(run: Run, some: None) -> None:
    row = json.loads(run("review", "--json").stdout)[0]
    assert set(row) == {
        "id",
        "revision",
        "exercise",
        "version",
        "title",
        "point",
        "behaviour",
        "started",
        "saved",
        "when",
        "day",
        "state",
        "summary",
        "others",
        "unread",
    }
    assert row["summary"] == "5, A cup of tea"


@pytest.mark.parametrize(
    "filters",
    [["--point", "urge"], ["--since", "whenever"], ["--exercise", "smal"], ["--last", "0"], ["--last", "x"]],
)
def test_a_wrong_filter_is_told(run: Run, some: None, filters: list[str]) -> None:
    done = run("review", *filters)
    assert done.exit_code == 2
    assert done.stdout == ""


def test_one_damaged_file_is_a_note_and_the_rest_is_shown(run: Run, some: None, home: Path) -> None:
    folder = next((home / "journal" / "entries").iterdir())
    (folder / "20261103T000000Z-aaaaaaaaaaaaa.0123456789abcdef.json").write_text("{")
    done = run("review")
    assert done.exit_code == 0
    assert done.stdout.count("[") == 4
    assert "1 file in the journal could not be read" in done.stderr
    assert "0123456789abcdef" in run("where").stdout


def test_an_entry_as_json_is_what_is_on_disk_and_four_keys_more(run: Run, some: None, home: Path) -> None:
    [row] = json.loads(run("review", "--exercise", "small", "--json").stdout)
    shown = json.loads(run("show", row["id"][:6], "--json").stdout)
    [path] = [path for path in (home / "journal" / "entries").rglob("*.json") if shown["revision"] in path.name]
    assert {
        **json.loads(path.read_text()),
        "revision": shown["revision"],
        "answers": {"what": "hello"},
        "others": [],
        "unread": 0,
    } == shown


def test_an_export_is_written_once_privately_and_says_that_it_is_readable(run: Run, some: None, tmp_path: Path) -> None:
    target = tmp_path / "mine.md"
    done = run("export", "--output", str(target))
    assert done.exit_code == 0
    assert "not encrypted" in done.stderr
    assert target.stat().st_mode & 0o777 == 0o600
    assert "hello" in target.read_text()
    assert "Not affiliated" in target.read_text()
    again = run("export", "--output", str(target), "--last", "1")
    assert again.exit_code == 2
    assert "did not change what is there" in again.stderr
    assert run("export", "--output", str(target), "--last", "1", "--force").exit_code == 0
    assert sorted(os.listdir(tmp_path)) == ["home", "mine.md"]


def test_an_export_lands_here_by_default(run: Run, some: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    run("export")
    run("export", "--as", "json")
    assert sorted(path.suffix for path in tmp_path.glob("journal-*")) == [".json", ".md"]


def test_json_holds_every_entry_as_it_is_stored_and_with_history_every_version(
    run: Run, some: None, home: Path
) -> None:
    files = [json.loads(path.read_text()) for path in (home / "journal" / "entries").rglob("*.json")]
    out = json.loads(run("export", "--as", "json", "--output", "-").stdout)
    assert out["format"] == 1
    assert sorted(out["entries"], key=lambda one: one["id"]) == sorted(files, key=lambda one: one["id"])
    run("later", typed="")
    with_history = json.loads(run("export", "--as", "json", "--history", "--output", "-").stdout)
    assert len(with_history["entries"]) == len(files)
    assert run("export", "--history", "--output", "-").exit_code == 2


def test_a_folder_that_is_not_there_cannot_be_written_to(run: Run, some: None, tmp_path: Path) -> None:
    done = run("export", "--output", str(tmp_path / "nowhere" / "x.md"))
    assert done.exit_code == 3
    assert done.stderr.startswith("Nothing was written")


def test_the_catalogue_as_json_has_the_keys_that_were_promised(run: Run, some: None) -> None:
    rows = {row["id"]: row for row in json.loads(run("exercises", "--json").stdout)}
    assert set(rows["small"]) == {
        "id",
        "title",
        "point",
        "version",
        "minutes",
        "purpose",
        "aliases",
        "origin",
        "times",
        "last",
    }
    assert (rows["small"]["times"], rows["small"]["last"]) == (1, "2026-11-07")
    assert (rows["urge-log"]["times"], rows["everything"]["times"], rows["everything"]["last"]) == (
        3,
        0,
        None,
    )
    assert [row["id"] for row in json.loads(run("exercises", "--point", "urges", "--json").stdout)] == ["urge-log"]


def test_an_exercise_can_be_read_without_doing_it(run: Run, tiny: Catalog) -> None:
    assert "Choice?" in run("exercises", "show", "ALLES").stdout
    assert json.loads(run("exercises", "show", "everything", "--json").stdout)["fields"][0]["kind"] == "note"
    assert run("exercises", "show", "nothing-like-it").exit_code == 2


def test_checking_names_every_problem_with_file_and_line(run: Run, tiny: Catalog, tmp_path: Path) -> None:
    assert run("exercises", "check").exit_code == 0
    bad = tmp_path / "bad.toml"
    bad.write_text('format = 1\nid = "bad"\ntitle = 3\n')
    done = run("exercises", "check", str(bad), str(tmp_path / "missing.toml"))
    assert done.exit_code == 2
    assert 'bad.toml:3: "title" should be a text in quotes' in done.stderr
    assert "missing.toml:1: The file cannot be opened." in done.stderr


def test_an_exercise_of_ones_own_is_begun_checked_done_and_listed(run: Run, tiny: Catalog, home: Path) -> None:
    path = run("exercises", "new", "sunday").stdout.strip()
    assert path == str(home / "journal" / "exercises" / "sunday.toml")
    assert Path(path).stat().st_mode & 0o777 == 0o600
    assert run("exercises", "check").exit_code == 0
    assert run("do", "sunday", typed="tired\n3\n\n").exit_code == 0
    assert [row["origin"] for row in json.loads(run("exercises", "--json").stdout) if row["id"] == "sunday"] == [
        "yours"
    ]
    for name in ("sunday", "small", "Sunday", "../x", ""):
        assert run("exercises", "new", name).exit_code == 2


def test_a_broken_own_exercise_is_named_and_the_rest_is_listed(run: Run, tiny: Catalog, home: Path) -> None:
    (home / "journal" / "exercises").mkdir(parents=True)
    (home / "journal" / "exercises" / "mine.toml").write_text("= 3")
    done = run("exercises")
    assert done.exit_code == 0
    assert "mine.toml was left out: mine.toml:1:" in done.stderr
    assert "Small" in done.stdout
    told = run("do", "mine")
    assert told.exit_code == 4
    assert "mine.toml:1:" in told.stderr


def test_support_needs_nothing_and_asks_nothing(run: Run, tiny: Catalog, home: Path) -> None:
    done = run("support")
    assert done.exit_code == 0
    assert EMERGENCY_ANYWHERE in done.stdout
    assert not home.exists()
    home.mkdir()
    (home / "config.toml").write_text("= broken")
    assert EMERGENCY_ANYWHERE in run("support").stdout


@pytest.mark.parametrize("broken", ["a file", "a journal that is a file", "no such user"])
def test_support_opens_whatever_the_home_is(
    run: Run, tiny: Catalog, home: Path, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    if broken == "no such user":
        monkeypatch.setenv("SMARTCLI_HOME", "~no-such-user-here/x")
    elif broken == "a file":
        home.write_text("not a folder")
    else:
        home.mkdir()
        (home / "journal").write_text("not a folder")
    done = run("support")
    assert done.exit_code == 0
    assert EMERGENCY_ANYWHERE in done.stdout


def test_support_opens_when_the_directory_or_the_journal_cannot_be_read(
    run: Run, home: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(catalog, "built_in", lambda: tmp_path / "nothing")
    done = run("support")
    assert done.exit_code == 0
    assert EMERGENCY_ANYWHERE in done.stdout
    assert "findahelpline.com" in done.stdout


def test_what_support_shows_first_and_what_behind_all(run: Run, tiny: Catalog, home: Path) -> None:
    home.mkdir()
    (home / "config.toml").write_text('country = "Ex"\n')
    short, whole = run("support").stdout, run("support", "--all").stdout
    assert "Call 111." in short
    assert "smartcli support --all" in short
    assert "Young Line" not in short
    assert "Young Line" in whole
    assert whole.index("Xland") < whole.index("Yland") < whole.index("Call 111.")


@pytest.mark.parametrize("command", [[], ["checkin"], ["urge"], ["support"]])
def test_settings_that_cannot_be_read_close_nothing_and_are_told_once(
    run: Run, tiny: Catalog, home: Path, command: list[str]
) -> None:
    home.mkdir()
    (home / "config.toml").write_text('country = "xx\n')
    done = run(*command, typed="6\n\n\n\n\n\n")
    assert done.exit_code == run("--home", str(home / "other"), *command, typed="6\n\n\n\n\n\n").exit_code
    assert done.stderr.count("config.toml:1: ") == 1


def test_today_away_from_a_terminal_is_text_and_asks_nothing(run: Run, tiny: Catalog) -> None:
    done = run(typed="")
    assert done.exit_code == 0
    assert "Say what you want to change" in done.stdout
    run("checkin", typed="6\n!\n")
    assert "Check-in (1 of 2 questions)" in run().stdout


def test_where_names_every_place(run: Run, some: None, home: Path) -> None:
    found = json.loads(run("where", "--json").stdout)
    assert [place["path"] for place in found["places"]] == [
        str(home / "journal" / "entries"), str(home / "journal" / "exercises"), str(home / "state" / "drafts"), str(home / "state" / "imports"), str(home / "state" / "kept"), str(home / "state" / "lost+found"), str(home / "config.toml")
    ]  # fmt: skip
    assert found["places"][0]["mode"] == "0o700"
    assert found["unreadable"] == []


def test_home_wins_over_the_environment(run: Run, tiny: Catalog, tmp_path: Path, home: Path) -> None:
    other = tmp_path / "other"
    run("--home", str(other), "record", "small", typed=SMALL)
    assert (other / "journal").is_dir()
    assert not home.exists()


def test_without_either_the_platforms_folders_are_used(
    run: Run, tiny: Catalog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SMARTCLI_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(name, raising=False)
    paths = [place["path"] for place in json.loads(run("where", "--json").stdout)["places"]]
    assert all(path.startswith(str(tmp_path)) for path in paths)
    assert len({*paths}) == 7


def test_the_version_names_the_mark_and_that_we_do_not_own_it(run: Run) -> None:
    assert "Not affiliated with, endorsed by or supervised by SMART Recovery." in run("--version").stdout


def test_every_command_says_what_it_does(run: Run) -> None:
    from typer.main import get_command

    from smartcli.cli import app

    def all_of(command: object, *path: str) -> None:
        assert run(*path, "--help").exit_code == 0
        assert run(*path, "-h").exit_code == 0
        assert getattr(command, "help", ""), path
        for name, inner in getattr(command, "commands", {}).items():
            all_of(inner, *path, name)
        for option in getattr(command, "params", []):
            assert getattr(option, "help", "") or option.name == "help", (path, option.name)

    all_of(get_command(app))


def test_an_option_can_lead_elsewhere_first_and_the_exercise_is_gone_on_with(
    run: Run, tiny: Catalog, home: Path
) -> None:
    folder = home / "journal" / "exercises"
    folder.mkdir(parents=True)
    (folder / "two-ways.toml").write_text(
        'format=1\nid="two-ways"\ntitle="Two ways"\npoint="daily"\npurpose="p"\n'
        '[[field]]\nid="way"\nkind="choice"\nask="Way?"\noptions=[{id="on",say="On"},{id="other",say="Other first",opens="small"}]\n'
        '[[field]]\nid="rest"\nkind="line"\nask="Rest?"\n'
    )
    done = run("do", "two-ways", typed="2\nother words\n\nthe rest\n\n")
    assert done.exit_code == 0
    kept = {row["exercise"] for row in json.loads(run("review", "--json").stdout)}
    assert kept == {"two-ways", "small"}
    assert run("do", "two-ways", typed="2\nleft here\n!\n").exit_code == 130
    assert {row["exercise"] for row in json.loads(run("drafts", "--json").stdout)} == {"two-ways", "small"}


def test_the_newest_plan_that_belongs_there_stands_on_the_support_page(run: Run, tiny: Catalog, home: Path) -> None:
    folder = home / "journal" / "exercises"
    folder.mkdir(parents=True)
    (folder / "safe.toml").write_text(
        'format=1\nid="safe"\ntitle="Staying safe"\npoint="daily"\npurpose="p"\nin_support=true\n'
        '[[field]]\nid="a"\nkind="line"\nask="First I will"\n'
    )
    run("record", "safe", "--when", "2026-11-01", typed='{"a": "walk to the pier"}')
    run("record", "safe", "--when", "2026-11-02", typed='{"a": "sit on the stairs"}')
    shown = run("support").stdout
    assert "sit on the stairs" in shown
    assert "the pier" not in shown
    assert shown.index("sit on the stairs") < shown.index("In danger now?")  # what scrolls away is the plan


def test_a_wheel_stands_beside_the_time_before(run: Run, tiny: Catalog, home: Path) -> None:
    folder = home / "journal" / "exercises"
    folder.mkdir(parents=True)
    (folder / "areas.toml").write_text(
        'format=1\nid="areas"\ntitle="Areas"\npoint="balance"\npurpose="p"\nshow={wheel=["all"]}\n'
        '[[field]]\nid="all"\nkind="table"\nask="All"\n[[field.columns]]\nid="n"\nkind="line"\nask="N?"\n'
        '[[field.columns]]\nid="s"\nkind="scale"\nask="S?"\n'
    )
    run("record", "areas", "--when", "2026-11-01", typed='{"all": [{"n": "Work", "s": 3}]}')
    run("record", "areas", "--when", "2026-11-02", typed='{"all": [{"n": "work", "s": 6}, {"n": "Home", "s": 8}]}')
    newest = json.loads(run("review", "--json").stdout)[0]["id"]
    shown = run("show", newest).stdout
    assert "work: 6 of 10, before: 3" in shown
    assert "Home: 8 of 10\n" in shown


AHEAD = """format = 1
id = "ahead"
title = "Ahead"
point = "daily"
purpose = "p"

[[field]]
id = "on"
kind = "moment"
ask = "When?"
ahead = true
measure = "goal.due"
optional = true

[[field]]
id = "steps"
kind = "table"
ask = "Steps?"
optional = true

[[field.columns]]
id = "step"
kind = "line"
ask = "Step?"

[[field.columns]]
id = "due"
kind = "moment"
ask = "By?"
ahead = true
measure = "goal.due"
optional = true

[[field.columns]]
id = "done"
kind = "yes_no"
ask = "Is it done?"
later = true
after_days = 1
optional = true

[[field]]
id = "helped"
kind = "yes_no"
ask = "Did it help?"
later = true
after_days = 7
optional = true
"""


@pytest.fixture
def ahead(run: Run, tiny: Catalog) -> Callable[..., str]:
    """Record an entry written so many days ago; days in its answers are counted from today."""
    tiny.own.mkdir(parents=True)
    (tiny.own / "ahead.toml").write_text(AHEAD)

    def day(days: int) -> str:
        return (day_of(now()) + timedelta(days=days)).isoformat()

    def made(written: int, on: int | None = None, **steps: int | None) -> str:
        rows = [{"step": name, **({} if due is None else {"due": day(due)})} for name, due in steps.items()]
        typed = json.dumps({"steps": rows, **({} if on is None else {"on": day(on)})})
        return run("record", "ahead", "--when", day(written), typed=typed).stdout.strip()

    return made


def test_each_question_for_afterwards_waits_for_its_own_day(run: Run, ahead: Callable[..., str]) -> None:
    made = ahead(-2, one=-1, two=0, three=None)
    assert "You can still add to" in run().stdout
    run("later", typed="y\ny\n\n")  # those whose day was yesterday or before; the week is not over
    rows = json.loads(run("show", made, "--json").stdout)["answers"]["steps"]
    assert [row.get("done") for row in rows] == [True, None, True]
    assert "no entry that you can add to" in run("later").stderr


def test_what_is_named_is_asked_before_its_day(run: Run, ahead: Callable[..., str]) -> None:
    made = ahead(0, one=5)
    assert "no entry that you can add to" in run("later").stderr
    assert "Did it help?" in run("later", made, typed="y\n\n\n").stderr


def test_the_day_an_entry_is_meant_for_counts_and_not_only_the_day_it_was_written(
    run: Run, ahead: Callable[..., str]
) -> None:
    ahead(-30, on=-6, one=-29)
    assert "Did it help?" not in run("later", typed="y\n\n").stderr
    ahead(-100, on=-7)
    assert "Did it help?" in run("later", typed="y\n\n").stderr


def test_steps_that_were_passed_over_rest_and_those_not_yet_due_do_not(run: Run, ahead: Callable[..., str]) -> None:
    ahead(-3, one=-2)
    run("later", typed="\n\n")
    assert "no entry that you can add to" in run("later").stderr
    ahead(-3, one=-2, two=4)
    run("later", typed="y\n\n")
    assert "no entry that you can add to" in run("later").stderr


def test_what_is_filled_in_afterwards_keeps_the_order_of_the_page(run: Run, ahead: Callable[..., str]) -> None:
    made = ahead(-9, on=-8, one=-8)
    run("later", made, typed="y\ny\n\n")
    shown = run("show", made).stdout
    assert shown.index("When?") < shown.index("Steps?") < shown.index("Did it help?")


def test_any_exercise_with_a_quick_version_can_be_done_quickly(run: Run, tiny: Catalog) -> None:
    assert "Saved." in run("do", "check-in", "--quick", typed="4\n").stderr
    assert "Saved." in run("do", "small", "--quick", typed="without one it is gone through whole\n\n").stderr
