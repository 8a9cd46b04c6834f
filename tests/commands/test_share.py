"""Share: asked in steps, all of it seen first, and nothing written that was not meant."""

import json
import os
import re
from pathlib import Path

import pytest
import time_machine

from smartcli.content.catalog import Catalog
from tests.conftest import Run

NOW = "2026-11-22T21:00:00+00:00"


@pytest.fixture
def some(run: Run, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two entries of this week and one of long ago, and somebody called Robin."""
    monkeypatch.chdir(tmp_path)
    home.mkdir()
    (home / "config.toml").write_text('[[people]]\nname = "Robin"\ncontact = "07700 900123"\n')
    kept = [
        ("good-things", "2026-11-20", {"things": [{"thing": "NEWGOOD with Robin"}]}),
        ("journal", "2026-11-21", {"text": "PRIVATE, ring robin on 07700 900123"}),
        ("good-things", "2025-01-05", {"things": [{"thing": "OLDGOOD"}]}),
    ]
    for exercise, when, answers in kept:
        shown = json.loads(run("exercises", "show", exercise, "--json").stdout)
        field = next(one for one in shown["fields"] if one["kind"] in ("text", "lines", "table", "line"))
        words = next(iter(answers.values()))
        words = words if isinstance(words, str) else words[0]["thing"]
        column = {one["id"]: words for one in field.get("columns", [])[:1]}
        answer = {"text": words, "line": words, "lines": [words], "table": [column]}[field["kind"]]
        done = run("record", exercise, "--when", when, typed=json.dumps({field["id"]: answer}))
        assert done.exit_code == 0, done.stderr


def typed(*lines: str) -> str:
    return "".join(f"{line}\n" for line in lines)


def number_of(run: Run, title: str, *before: str) -> str:
    """Return the number that a thing to choose has in the list that comes after some answers."""
    asked = run("share", typed=typed(*(before or ("1", "1")))).stderr
    found = [line for line in asked.split("\n") if re.match(rf"\d+\. {title}", line)]
    return found[-1].split(".")[0]


def whole(run: Run, title: str) -> tuple[str, str]:
    """Return the answers that choose a whole entry, which is not among the first things to choose from."""
    more = number_of(run, "Something else")
    return more, number_of(run, title, "1", "1", more)


@time_machine.travel(NOW, tick=False)
def test_the_page_holds_what_was_chosen_with_roles_for_names_and_says_what_stays(
    run: Run, some: None, tmp_path: Path
) -> None:
    good = number_of(run, "What was good")
    before = sorted(os.listdir(tmp_path))
    done = run("share", typed=typed("1", "1", good, "Robin", "a friend", "html", "out.html"))
    assert done.exit_code == 0, done.stderr
    page = (tmp_path / "out.html").read_text()
    assert "NEWGOOD with a friend" in page
    assert not [word for word in ("Robin", "OLDGOOD", "PRIVATE", "07700") if word.casefold() in page.casefold()]
    assert (tmp_path / "out.html").stat().st_mode & 0o777 == 0o600
    assert sorted(os.listdir(tmp_path)) == sorted([*before, "out.html"])
    seen = done.stderr
    assert seen.index("NEWGOOD with a friend") < seen.index("What would you like to do with the page?")
    stays = seen[seen.index("This is not on the page") : seen.index("What would you like to do with the page?")]
    assert "Journal" in stays
    assert "1 entry" in stays
    assert "Robin: a friend" in stays
    assert "not encrypted" in seen


@time_machine.travel(NOW, tick=False)
def test_a_whole_page_hides_the_name_and_how_to_reach_them(run: Run, some: None, tmp_path: Path) -> None:
    journal = whole(run, "Journal")
    done = run("share", typed=typed("1", "1", *journal, "", "", "md", "out.md"))
    assert done.exit_code == 0, done.stderr
    page = (tmp_path / "out.md").read_text()
    assert "PRIVATE, ring a friend on …" in page


def kept(folder: Path) -> list[Path]:
    """Return everything in a folder but the index of the journal, which reading may write and which holds no word."""
    index = folder / "home" / "state" / "index"
    return sorted(path for path in folder.rglob("*") if path not in (index, index.parent))


@time_machine.travel(NOW, tick=False)
@pytest.mark.parametrize("end", ["look", "leave"])
def test_it_can_be_only_shown_or_left_and_then_nothing_is_written(
    run: Run, some: None, tmp_path: Path, end: str
) -> None:
    good = number_of(run, "What was good")
    before = kept(tmp_path)
    done = run("share", typed=typed("1", "1", good, "nobody", end))
    assert done.exit_code == 0
    assert ("NEWGOOD with Robin" in done.stdout) is (end == "look")
    assert kept(tmp_path) == before


@time_machine.travel(NOW, tick=False)
@pytest.mark.parametrize("lines", [("1",), ("1", "!"), ("<",), ("1", "1", "1", "", "nobody", "html")])
def test_left_on_the_way_nothing_is_written(run: Run, some: None, tmp_path: Path, lines: tuple[str, ...]) -> None:
    before = kept(tmp_path)
    done = run("share", typed=typed(*lines))
    assert done.exit_code == 130
    assert "Nothing was written" in done.stderr
    assert kept(tmp_path) == before


@time_machine.travel(NOW, tick=False)
def test_one_can_go_back_and_change_something(run: Run, some: None, tmp_path: Path) -> None:
    good, journal = number_of(run, "What was good"), whole(run, "Journal")
    done = run(
        "share", typed=typed("1", "1", "<", "1", good, "nobody", "change", "1", *journal, "nobody", "md", "out.md")
    )
    assert done.exit_code == 0, done.stderr
    page = (tmp_path / "out.md").read_text()
    assert "PRIVATE" in page
    assert "NEWGOOD" not in page


@time_machine.travel(NOW, tick=False)
def test_days_can_be_said_in_words_and_must_hold_something(run: Run, some: None, tmp_path: Path) -> None:
    done = run("share", typed=typed("1", "no day at all", "since yesterday", "1", "", "nobody", "leave"))
    assert done.exit_code == 0
    assert "smartcli can't read that as a time" in done.stderr
    assert "no day at all" not in done.stderr
    done = run("share", typed=typed("1", "today", "all", "1", "", "nobody", "leave"))
    assert "nothing from those days" in done.stderr


@time_machine.travel(NOW, tick=False)
def test_a_name_that_is_taken_is_asked_for_again_and_left_as_it_is(run: Run, some: None, tmp_path: Path) -> None:
    (tmp_path / "taken.md").write_text("mine")
    journal = whole(run, "Journal")
    kept_in = str(tmp_path / "home" / "journal")
    done = run("share", typed=typed("1", "1", *journal, "nobody", "md", "taken.md", kept_in, "free.md"))
    assert done.exit_code == 0, done.stderr
    assert (tmp_path / "taken.md").read_text() == "mine"
    assert "PRIVATE" in (tmp_path / "free.md").read_text()
    assert not [*(tmp_path / "home" / "journal").glob("*.md")]


@time_machine.travel(NOW, tick=False)
def test_words_that_look_like_names_are_asked_about_and_become_roles(run: Run, some: None, tmp_path: Path) -> None:
    run(
        "record",
        "journal",
        "--when",
        "2026-11-22",
        typed=json.dumps({"words": "Then I met Peter Parker in Leeds. Robin rang 07700900123."}),
    )
    journal = whole(run, "Journal")
    for ticked, wanted in [
        ("1", "Then I met a friend in Leeds. A friend rang …."),
        ("", "Then I met Peter Parker in Leeds"),
    ]:
        lines = ("1", "1", *journal, "", "", ticked, *([""] if ticked else []), "md", f"out{ticked}.md")
        done = run("share", typed=typed(*lines))
        assert done.exit_code == 0, done.stderr
        assert "Are there names among these words?" in done.stderr
        assert wanted in (tmp_path / f"out{ticked}.md").read_text()
        assert "Leeds" in done.stderr[done.stderr.index("Words that look like names, and stay") :]


@time_machine.travel(NOW, tick=False)
def test_the_last_look_hides_nothing_and_a_role_holds_no_name(run: Run, some: None, home: Path, tmp_path: Path) -> None:
    with (home / "config.toml").open("a") as config:
        config.write('[[people]]\nname = "Will"\n')
    places = ", ".join(f"Q{'abcdefghij'[number // 10]}{'klmnopqrst'[number % 10]}" for number in range(33))
    words = f"Then I met Will and Robin in {places}. I will go."
    run("record", "journal", "--when", "2026-11-22", typed=json.dumps({"words": words}))
    journal = whole(run, "Journal")
    roles = ("Robin's friend", "somebody", "a friend")
    done = run("share", typed=typed("1", "1", *journal, "", *roles, "", "leave"))
    assert done.exit_code == 0, done.stderr
    assert "There is a name in these words" in done.stderr
    looked = done.stderr[done.stderr.index("Words that look like names, and stay") :]
    assert "Qak" in looked
    assert "and 3 more" in looked
    assert "will" in looked[looked.index("spelled like one of these names") :].split("What would")[0].split()


def test_with_nothing_kept_there_is_nothing_to_share(run: Run, tiny: Catalog) -> None:
    done = run("share")
    assert done.exit_code == 2
    assert "nothing to share" in done.stderr
