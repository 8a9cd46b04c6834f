"""edit, delete, restore, history, purge."""

import json
import os
from pathlib import Path

import pytest

from smartcli.content.catalog import Catalog
from smartcli.entries.entry import Entry
from smartcli.entries.revisions import revised, with_state
from smartcli.workbook.workbook import Workbook
from tests.commands.test_record import WHOLE
from tests.conftest import Run


@pytest.fixture
def made(run: Run, tiny: Catalog) -> str:
    return run("record", "everything", "--when", "2026-11-02T10:00", typed=json.dumps(WHOLE)).stdout.strip()


def files(home: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (home / "journal" / "entries").rglob("*.json")}


def shown(run: Run, entry: str) -> dict[str, object]:
    answers: dict[str, object] = json.loads(run("show", entry, "--json").stdout)["answers"]
    return answers


def test_unchanged_means_nothing_is_written(run: Run, made: str, home: Path) -> None:
    before = files(home)
    done = run("edit", made, typed="")
    assert done.exit_code == 0
    assert "Nothing was changed" in done.stderr
    assert files(home) == before
    done = run("edit", made, typed="\n" * 30)
    assert (done.exit_code, files(home)) == (0, before)
    assert json.loads(run("drafts", "--json").stdout) == []


def test_an_answer_is_changed_in_a_new_file_and_the_rest_stays_to_the_letter(run: Run, made: str, home: Path) -> None:
    before = files(home)
    done = run("edit", made, typed="a new line\n")
    assert done.exit_code == 0
    after = files(home)
    assert before.items() <= after.items()
    assert len(after) == len(before) + 1
    assert shown(run, made) == {**shown(run, made), "one": "a new line", "count": 3}
    [old] = [json.loads(data) for data in before.values()]
    [new] = [json.loads(after[name]) for name in after if name not in before]
    assert new["fields"][1:] == old["fields"][1:]
    assert new["parents"] == [next(iter(before)).split(".")[1]]
    assert (new["when"], new["started"]) == (old["when"], old["started"])


def test_old_answers_are_the_defaults(run: Run, made: str) -> None:
    out = run("edit", made, typed="\n\n\n\n").stderr
    assert "Enter for: a line" in out
    assert "Enter for: 7" in out


def test_what_was_passed_over_can_be_answered_at_the_last_look(run: Run, made: str) -> None:
    walked = 9
    done = run("edit", made, typed="\n" * walked + "2\n1\nfree words\n.\n\n")
    assert done.exit_code == 0, done.stderr
    assert shown(run, made)["free"] == "free words"


def test_an_answer_that_no_longer_applies_is_left_out(run: Run, tiny: Catalog) -> None:
    entry = run("record", "everything", typed=json.dumps(WHOLE | {"yes": True, "hidden": "because"})).stdout.strip()
    run("edit", entry, typed="\n" * 8 + "n\n")
    answers = shown(run, entry)
    assert answers["yes"] is False
    assert "hidden" not in answers


def test_moving_the_moment_moves_the_entry(run: Run, tiny: Catalog, home: Path) -> None:
    entry = run("record", "everything", typed=json.dumps(WHOLE | {"on": "2026-11-05"})).stdout.strip()
    run("edit", entry, typed="\n" * 9 + "2026-11-01\n")
    [row] = json.loads(run("review", "--json").stdout)
    assert row["day"] == "2026-11-01"
    assert any(name.startswith("20261101T") for name in files(home))


def test_leaving_an_edit_keeps_it_for_another_time(run: Run, made: str, home: Path) -> None:
    assert run("edit", made, typed="changed\n!\n").exit_code == 130
    assert shown(run, made)["one"] == "a line"
    [draft] = json.loads(run("drafts", "--json").stdout)
    assert draft["title"] == "Everything"
    assert run("resume", typed="").exit_code == 0
    assert shown(run, made)["one"] == "changed"


def test_an_entry_whose_exercise_is_gone_can_still_be_changed(run: Run, tiny: Catalog, home: Path) -> None:
    folder = home / "journal" / "exercises"
    folder.mkdir(parents=True)
    text = 'format=1\nid="mine"\ntitle="Mine"\npoint="daily"\npurpose="p"\n[[field]]\nid="a"\nkind="choice"\nask="A?"\noptions=[{id="x",say="Ex"},{id="y",say="Why"}]\n'
    (folder / "mine.toml").write_text(text)
    entry = run("record", "mine", typed='{"a": "x"}').stdout.strip()
    (folder / "mine.toml").unlink()
    assert "Enter for: Ex" in run("edit", entry, typed="something else\n").stderr
    assert shown(run, entry) == {"a": "something else"}


def in_two_places(home: Path, entry: str) -> None:
    """Change an entry twice from the same revision, as two devices would."""
    journal = Workbook().journal
    base = journal.find(entry).entry
    for words, saved in [("here", "2026-11-23T10:00:00+00:00"), ("there", "2026-11-23T11:00:00+00:00")]:
        one = next(answered for answered in base.fields if answered.field.id == "one")
        journal.save(Entry({**revised(base, [one._replace(answer=words)]).body, "saved": saved}))


def test_an_entry_changed_in_two_places_is_shown_with_both_and_saved_as_one(run: Run, made: str, home: Path) -> None:
    in_two_places(home, made)
    assert "two places" in run("show", made).stdout
    done = run("edit", made, typed="both\n")
    assert "here" in done.stderr
    assert "there" in done.stderr
    after = json.loads(run("show", made, "--json").stdout)
    assert after["answers"]["one"] == "both"
    assert len(after["parents"]) == 2
    assert "two places" not in run("show", made).stdout


def test_two_places_become_one_even_when_the_newer_is_kept_as_it_is(run: Run, made: str, home: Path) -> None:
    in_two_places(home, made)
    run("edit", made, typed="\n")
    after = json.loads(run("show", made, "--json").stdout)
    assert (after["answers"]["one"], len(after["parents"])) == ("there", 2)


def test_deleting_asks_first_hides_and_keeps_every_file(run: Run, made: str, home: Path) -> None:
    before = files(home)
    for typed in ("", "n\n", "!\n"):
        assert run("delete", made, typed=typed).exit_code == 130
        assert files(home) == before
    assert run("delete", made, typed="y\n").exit_code == 0
    assert before.items() <= files(home).items()
    assert json.loads(run("review", "--json").stdout) == []
    [row] = json.loads(run("review", "--deleted", "--json").stdout)
    assert row["state"] == "deleted"
    gone = run("show", made)
    assert gone.exit_code == 2
    assert f"smartcli restore {made[:8]}" in gone.stderr


def test_several_are_deleted_or_none(run: Run, made: str, home: Path) -> None:
    other = run("record", "small", typed='{"what": "x"}').stdout.strip()
    before = files(home)
    assert run("delete", made, "zzzz", "--yes").exit_code == 2
    assert files(home) == before
    assert run("delete", made, other, made, "--yes").exit_code == 0
    assert json.loads(run("review", "--json").stdout) == []


def test_what_was_deleted_comes_back_as_it_was(run: Run, made: str) -> None:
    before = shown(run, made)
    run("delete", made, "--yes")
    assert run("restore", made[:6]).exit_code == 0
    assert shown(run, made) == before
    assert "nothing to bring back" in run("restore", made).stderr


def test_an_earlier_version_comes_back_and_the_later_one_stays(run: Run, made: str, home: Path) -> None:
    run("edit", made, typed="second\n")
    versions = json.loads(run("history", made, "--json").stdout)
    assert [row["parents"] != [] for row in versions] == [True, False]
    oldest = versions[-1]["revision"]
    assert shown(run, made)["one"] == "second"
    assert "a line" in run("show", made, "--revision", oldest[:5]).stdout
    run("restore", made, "--revision", oldest[:5])
    assert shown(run, made)["one"] == "a line"
    assert len(files(home)) == 3
    assert run("restore", made, "--revision", "zzz").exit_code == 2


def test_history_tells_what_each_version_did(run: Run, made: str) -> None:
    run("edit", made, typed="second\n")
    run("delete", made, "--yes")
    run("restore", made)
    told = run("history", made).stdout
    for words in ("Written", "Line?\n- from a line to second", "Deleted", "Brought back", "(the newest)"):
        assert words in told
    assert told.count("(the newest)") == 1


def test_erasing_asks_first_and_says_what_it_cannot_reach(run: Run, made: str, home: Path) -> None:
    run("edit", made, typed="second\n")
    other = run("record", "small", typed='{"what": "x"}').stdout.strip()
    run("edit", made, typed="half\n!\n")
    assert run("purge", made, typed="n\n").exit_code == 130
    assert len(files(home)) == 3
    done = run("purge", made, "--yes")
    assert "backups" in done.stderr
    assert len(files(home)) == 1
    assert json.loads(run("drafts", "--json").stdout) == []
    assert run("show", other).exit_code == 0
    assert run("purge", made, "--yes").exit_code == 2


def test_erasing_takes_copies_made_by_sync_tools_too(run: Run, made: str, home: Path) -> None:
    [path] = (home / "journal" / "entries").rglob("*.json")
    (path.parent / "copy (conflicted copy).json").write_bytes(path.read_bytes())
    run("purge", made, "--yes")
    assert files(home) == {}


def test_a_deleted_entry_can_be_erased(run: Run, made: str, home: Path) -> None:
    run("delete", made, "--yes")
    assert run("purge", made, "--yes").exit_code == 0
    assert files(home) == {}


def test_deleting_an_entry_of_two_heads_hides_both(run: Run, made: str, home: Path) -> None:
    in_two_places(home, made)
    run("delete", made, "--yes")
    assert json.loads(run("review", "--json").stdout) == []
    head = Workbook().journal.find(made, deleted=True)
    assert with_state(head.entry, "live", head.revisions()).parents == [head.revision.revision]
    assert os.listdir(home)


def test_an_entry_named_twice_is_counted_once_and_other_missing_ones_are_still_missed(
    run: Run, tiny: Catalog, home: Path
) -> None:
    ids = [run("record", "small", typed='{"what": "x"}').stdout.strip() for _ in range(5)]
    run("review")
    files = sorted((home / "journal" / "entries").rglob("*.json"))
    for path in [path for path in files if ids[1] in path.name or ids[2] in path.name]:
        path.unlink()
    assert "1 entry is erased.\n1 file is deleted." in run("purge", ids[0], ids[0][:6], "--yes").stderr
    assert "2 entries that were here" in run("review").stderr


def test_a_question_before_erasing_begins_from_no(run: Run, tiny: Catalog, home: Path) -> None:
    run("record", "small", typed='{"what": "x"}')
    assert "Nothing was erased." in run("purge", "last", typed="\n").stderr
    assert run("show", "last").exit_code == 0
