"""review, compare, and looking back on a screen."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
import time_machine

from smartcli.content.catalog import Catalog
from smartcli.entries.entry import Entry
from smartcli.journal import seal
from smartcli.journal.out_of_reach import copies_out_of_reach
from smartcli.workbook.browser import browse_entries
from smartcli.workbook.filters import Filters
from smartcli.workbook.workbook import Workbook
from tests.commands.test_record import WHOLE
from tests.conftest import Run
from tests.support.asking import plain

Look = Callable[..., str]


def small(run: Run, day: int, words: str, about: str = "") -> str:
    """Record a small entry on a day of November; return its id."""
    beside = ["--about", about] if about else []
    return run(
        "record", "small", "--when", f"2026-11-{day:02}", *beside, typed=json.dumps({"what": words})
    ).stdout.strip()


def test_a_day_stands_once_though_another_one_lies_between_by_the_worlds_clock(run: Run, tiny: Catalog) -> None:
    for when in ("2026-11-07T22:00-08:00", "2026-11-08T05:00+00:00", "2026-11-07T18:00-08:00"):
        done = run("record", "small", "--when", when, typed=json.dumps({"what": "x"}))
        assert done.exit_code == 0, done.stderr
    shown = run("review").stdout
    assert shown.count("Saturday 7 November") == 1
    assert "They are from 2 days." in shown


def test_review_lists_by_day_newest_first_and_counts_at_the_foot(run: Run, tiny: Catalog) -> None:
    for day in (3, 3, 7):
        small(run, day, "x")
    run("record", "everything", "--when", "2026-11-07T21:00", typed=json.dumps(WHOLE))
    shown = run("review").stdout
    assert shown.index("Saturday 7 November") < shown.index("21:00 Everything") < shown.index("Tuesday 3 November")
    assert "4 entries: Small (3) and Everything (1). They are from 2 days." in shown
    assert "No entry fits" in run("review", "--about", "nobody").stdout


def test_review_reads_only_the_entries_it_shows(run: Run, tiny: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    for day in range(1, 20):
        small(run, day, "x")
    opened = []
    real = seal.opened
    monkeypatch.setattr(seal, "opened", lambda data: opened.append(1) or real(data))
    assert len(json.loads(run("review", "--last", "2", "--json").stdout)) == 2
    assert len(opened) == 3  # the next one could be of the same day, by the clock of another zone
    opened.clear()
    assert len(json.loads(run("review", "--since", "2026-11-18", "--json").stdout)) == 2
    assert len(opened) <= 4


def test_commands_that_need_no_entry_read_none(run: Run, tiny: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    small(run, 1, "x")
    monkeypatch.setattr(seal, "opened", lambda data: pytest.fail("an entry was read"))
    assert run("record", "small", typed='{"what": "y"}').exit_code == 0
    rows = {row["id"]: row for row in json.loads(run("exercises", "--json").stdout)}
    assert (rows["small"]["times"], rows["everything"]["last"]) == (2, None)


@time_machine.travel("2026-11-22T21:00:00+00:00")  # a day of another year is said with its year
def test_two_ids_are_compared_the_earlier_first_whatever_their_order(run: Run, tiny: Catalog) -> None:
    later, earlier = small(run, 9, "now"), small(run, 2, "then")
    for pair in ((later, earlier), (earlier, later)):
        shown = run("compare", *pair).stdout
        assert "From Monday 2 November to Monday 9 November." in shown
        assert "- from then to now" in shown


def test_an_exercise_is_compared_by_its_last_two_or_the_first_and_the_last(run: Run, tiny: Catalog) -> None:
    for day, words, about in [(1, "first", "Wine"), (2, "other", "Cards"), (3, "middle", "Wine"), (4, "last", "Wine")]:
        small(run, day, words, about)
    assert "from middle to last" in run("compare", "SMALL").stdout
    assert "from first to last" in run("compare", "small", "--first").stdout


def test_what_cannot_be_compared_says_why(run: Run, tiny: Catalog) -> None:
    one = small(run, 1, "x")
    other = run("record", "everything", typed=json.dumps(WHOLE)).stdout.strip()
    for words, told in [
        (["small"], "two entries"),
        (["everything", "--first"], "two entries"),
        ([one, other], "different exercises"),
        ([one, one, one], "ids of two entries"),
        ([one, one, "--first"], "ids of two entries"),
        (["nothing-like-it"], "no exercise"),
        ([one, "zzzz"], "No entry"),
    ]:
        done = run("compare", *words)
        assert (done.exit_code, done.stdout) == (2, "")
        assert told in done.stderr
    assert "no difference" in run("compare", one, one).stdout


def test_entries_of_an_exercise_that_is_gone_are_compared_too(run: Run, tiny: Catalog, home: Path) -> None:
    folder = home / "journal" / "exercises"
    folder.mkdir(parents=True)
    text = 'format=1\nid="mine"\ntitle="Mine"\npoint="daily"\npurpose="p"\n[[field]]\nid="a"\nkind="line"\nask="A?"\n'
    (folder / "mine.toml").write_text(text)
    for words in ("then", "now"):
        run(
            "record",
            "mine",
            "--when",
            "2026-11-01" if words == "then" else "2026-11-02",
            typed=json.dumps({"a": words}),
        )
    (folder / "mine.toml").unlink()
    assert "from then to now" in run("compare", "mine").stdout


@pytest.fixture
def look(home: Path, tiny: Catalog) -> Look:
    """look("1", "!") looks back with these lines typed, and returns all that was said."""

    def typed(*lines: str, filters: Filters | None = None, **how: str) -> str:
        workbook = Workbook()
        workbook.__dict__["asker"], out = plain(*lines)
        browse_entries(workbook, filters, **how)
        return out.getvalue()

    return typed


def number_of(said: str, option: str) -> str:
    """Return the number of an option in the list of doings that was read out last."""
    found = re.findall(rf"^(\d+)\. {option}", said, re.MULTILINE)
    assert found, f"there is no {option!r} in:\n{said}"
    return str(found[-1])


def do(look: Look, option: str, *lines: str) -> str:
    """Open the newest entry, choose what begins so, type what it then asks; return all that was said."""
    return look("1", number_of(look("1", "!"), option), *lines)


def test_an_entry_is_picked_read_and_left_again(run: Run, look: Look) -> None:
    small(run, 1, "older")
    small(run, 2, "newer")
    said = look("1", "<", "", "1", "<", "<", "<")
    assert said.index("newer") < said.index("older")
    assert said.count("What?") == 2  # the question of each entry, once for each that was opened


def test_an_entry_is_changed_and_stands_changed_in_the_list(run: Run, look: Look) -> None:
    entry = small(run, 1, "before")
    said = do(look, "Change", "after", "", "<", "<")
    assert "Saved." in said
    assert json.loads(run("show", entry, "--json").stdout)["answers"] == {"what": "after"}
    assert "Small: after" in said


def test_an_entry_is_compared_with_the_time_before(run: Run, look: Look) -> None:
    small(run, 1, "then")
    assert "Compare" not in look("1", "<")
    small(run, 2, "now")
    assert "from then to now" in do(look, "Compare", "<")


def test_an_entry_is_written_to_a_file_and_a_second_time_to_another(
    run: Run, look: Look, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    small(run, 1, "kept")
    writes = number_of(look("1", "!"), "Write")
    look("1", writes, "", writes, "")
    assert {path.name for path in tmp_path.glob("*.md")} == {"entry-2026-11-01.md", "entry-2026-11-01-2.md"}
    assert "kept" in (tmp_path / "entry-2026-11-01.md").read_text()


def test_a_file_that_is_there_is_not_replaced(
    run: Run, look: Look, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    small(run, 1, "kept")
    Path("mine.md").write_text("mine")
    assert "already" in do(look, "Write", "mine.md")
    assert Path("mine.md").read_text() == "mine"


def test_an_entry_is_hidden_brought_back_and_hidden_again_from_its_page(run: Run, look: Look) -> None:
    entry, kept = small(run, 2, "gone"), small(run, 1, "kept")
    hides = number_of(look("1", "!"), "Hide")
    said = look("1", hides, "<", "!")
    assert listed(run) == [kept]
    assert "gone" not in said.split("is hidden now")[-1].split("Look back")[-1]  # the list is right at once
    brings = number_of(look("1", "!", filters=Filters(deleted=True)), "Bring this entry back")
    said = look("1", brings, "<", "!", filters=Filters(deleted=True))
    assert listed(run) == [entry, kept]
    assert "1. Small: gone" in said.rsplit("Look back", 1)[-1]
    look("1", number_of(look("1", "!"), "Hide"), "!")
    assert listed(run) == [kept]


def test_a_hidden_entry_is_not_changed_but_brought_back_or_erased(run: Run, look: Look) -> None:
    run("delete", small(run, 1, "gone"), "--yes")
    said = look("1", "<", filters=Filters(deleted=True))
    assert "Change this entry" not in said
    assert "(hidden)" in said
    assert "There are no entries here" in look("<")


def test_erasing_asks_and_begins_from_no(run: Run, look: Look, home: Path) -> None:
    entry = small(run, 1, "gone")
    said = do(look, "Erase", "", "!")
    assert "Nothing was erased" in said
    assert listed(run) == [entry]
    said = do(look, "Erase", "yes", "!")
    assert "1 entry is erased." in said
    warned = copies_out_of_reach(home / "journal", ())[-1][:30]
    assert said.index(warned) < said.index("1 entry is erased.")  # before it is done
    assert not [*(home / "journal" / "entries").rglob("*.json")]


def test_an_earlier_version_is_brought_back_from_the_versions(run: Run, look: Look) -> None:
    entry = small(run, 1, "first")
    run("edit", entry, typed="second\n\n")
    assert json.loads(run("show", entry, "--json").stdout)["answers"] == {"what": "second"}
    sees = number_of(look("1", "!"), "See its earlier")
    brings = number_of(look("1", sees, "!"), "Bring back the version")
    said = look("1", sees, brings, "!")
    assert json.loads(run("show", entry, "--json").stdout)["answers"] == {"what": "first"}
    assert "That version is back" in said
    assert len(json.loads(run("history", entry, "--json").stdout)) == 3


def test_history_ends_with_commands_that_can_be_typed_as_they_stand(run: Run, tiny: Catalog) -> None:
    entry = small(run, 1, "first")
    run("edit", entry, typed="second\n\n")
    commands = re.findall(r"smartcli (show|restore) (\w+) --revision (\w+)", run("history", entry).stdout)
    assert [name for name, *_ in commands] == ["show", "restore"]
    for name, *rest in commands:
        assert run(name, rest[0], "--revision", rest[1]).exit_code == 0
    assert json.loads(run("show", entry, "--json").stdout)["answers"] == {"what": "first"}


def test_looking_back_at_nothing_says_so(look: Look) -> None:
    assert "no entries here" in look("<")


WITHOUT_ID = ["show", "edit", "delete", "history", "restore", "purge", "compare"]


@pytest.mark.parametrize("command", WITHOUT_ID)
def test_without_an_id_and_a_terminal_it_is_a_usage_error_that_names_review(
    run: Run, tiny: Catalog, command: str
) -> None:
    small(run, 1, "x")
    done = run(command)
    assert (done.exit_code, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1
    assert "`smartcli review`" in done.stderr
    assert len(listed(run)) == 1


def listed(run: Run) -> list[str]:
    """Return the ids that review lists, newest first."""
    return [row["id"] for row in json.loads(run("review", "--json").stdout)]


def test_an_entry_changed_in_two_places_is_shown_hidden_and_brought_back_whole(run: Run, look: Look) -> None:
    journal = Workbook().journal
    head = journal.find(small(run, 1, "first"))
    for second, words in enumerate(("heron", "kingfisher")):
        fields = [{**field, "answer": words} for field in head.entry.body["fields"]]
        saved = f"2026-11-01T12:00:0{second}+00:00"
        journal.save(Entry({**head.entry.body, "fields": fields, "parents": [head.revision.revision], "saved": saved}))
    opened = look("1", "!")
    assert "heron" in opened
    assert "kingfisher" in opened
    hides = number_of(opened, "Hide")
    assert "is hidden now" in look("1", hides, "!")
    brings = number_of(look("1", "!", filters=Filters(deleted=True)), "Bring this entry back")
    said = look("1", brings, "!", filters=Filters(deleted=True))
    assert "all versions are back" in said
    assert len(Workbook().journal.find(head.entry.id).entry.others) == 1
