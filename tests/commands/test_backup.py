"""The commands that keep what was written safe: `backup`, `doctor`, and what other commands say of them."""

import errno
import json
import os
import zipfile
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from smartcli.content import offers
from smartcli.journal import export_target, system
from smartcli.journal.last_backup import LastBackup
from smartcli.prompts.lines import Piped
from smartcli.trouble import ATTENTION, DONE, STORAGE, USAGE
from smartcli.workbook import suggestions
from smartcli.workbook.workbook import Workbook
from tests.conftest import Run
from tests.faults.other_disks import Closed, Doing
from tests.journal.test_store import tree

pytestmark = pytest.mark.usefixtures("tiny")


@pytest.fixture
def written(run: Run, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to stand in; the journal has three entries."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    for number in range(3):
        assert run("record", "small", typed=json.dumps({"what": f"word {number}"})).exit_code == DONE
    run("review")
    return folder


def entry_files(home: Path) -> list[Path]:
    return sorted(home.glob("journal/entries/*/*.json"))


def test_a_backup_is_one_private_file_that_was_read_back(run: Run, written: Path, home: Path) -> None:
    done = run("backup")
    assert done.exit_code == DONE
    [path] = written.iterdir()
    assert path.suffix == ".zip"
    assert path.stat().st_mode & 0o777 == 0o600
    assert "3 entries" in done.stderr
    assert "not encrypted" in done.stderr
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    assert {f"journal/entries/{file.parent.name}/{file.name}" for file in entry_files(home)} <= members.keys()


def test_nothing_is_ever_written_over(run: Run, written: Path) -> None:
    assert run("backup").exit_code == DONE
    assert run("backup").exit_code == DONE
    first, second = sorted(written.iterdir())
    assert first.read_bytes() == second.read_bytes()
    refused = run("backup", str(first))
    assert refused.exit_code == USAGE
    assert len([*written.iterdir()]) == 2


def test_a_folder_or_a_name_can_be_given(run: Run, written: Path) -> None:
    (written / "stick").mkdir()
    assert run("backup", "stick").exit_code == DONE
    assert run("backup", "mine.zip").exit_code == DONE
    assert len([*(written / "stick").iterdir()]) == 1
    assert (written / "mine.zip").exists()


@pytest.mark.parametrize("place", ["journal/x.zip", "state/x.zip", "state/kept/x.zip", "config.toml"])
def test_it_is_not_written_among_what_it_saves(run: Run, written: Path, home: Path, place: str) -> None:
    before = tree(home)
    assert run("backup", str(home / place)).exit_code == USAGE
    assert tree(home) == before
    assert not [*written.iterdir()]


def test_where_there_is_nothing_no_file_is_written(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "empty"
    folder.mkdir()
    monkeypatch.chdir(folder)
    assert run("backup").exit_code == USAGE
    assert not [*folder.iterdir()]


def test_files_that_cannot_be_read_are_counted_and_end_with_4(run: Run, written: Path, home: Path) -> None:
    entry_files(home)[0].write_bytes(b"{")
    for command in (["backup"], ["export", "--as", "json"], ["export", "--as", "csv"], ["export", "--output", "-"]):
        done = run(*command)
        assert done.exit_code == ATTENTION, command
        assert "1 file could not be read" in done.stderr
        assert "not complete" in done.stderr
    assert len([*written.iterdir()]) == 3  # they are written all the same


def test_a_month_that_cannot_be_opened_makes_a_backup_incomplete(
    run: Run, written: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    month = entry_files(home)[0].parent
    opened = system.FileSystem.open

    def refuse(path: str, *rest: Any, **at: Any) -> int:
        if str(path) == str(month):
            raise PermissionError(errno.EACCES, "no")
        return opened(path, *rest, **at)

    monkeypatch.setattr(system.FileSystem, "open", staticmethod(refuse))
    assert run("backup").exit_code == ATTENTION
    assert run("doctor").exit_code == ATTENTION


@pytest.mark.parametrize("name", ["exercises", "drafts", "erased", "README.txt", "mine.toml", "config.toml"])
def test_whatever_cannot_be_opened_makes_a_backup_incomplete(
    run: Run, written: Path, home: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    run("exercises", "new", "mine")
    (home / "config.toml").write_text('country = "gb"\n')
    (home / "journal" / "erased").mkdir(mode=0o700)
    monkeypatch.setattr(system, "fs", Closed(errno.EACCES, name))
    done = run("backup")
    assert done.exit_code == ATTENTION
    assert "not complete" in done.stderr


@pytest.mark.parametrize("name", ["exercises", "lost+found", "kept", "imports", "config.toml", "erased"])
@pytest.mark.parametrize("code", [errno.EACCES, errno.EIO], ids=lambda code: errno.errorcode[code])
def test_nothing_that_cannot_be_looked_at_keeps_where_and_doctor_from_their_work(
    run: Run, written: Path, home: Path, monkeypatch: pytest.MonkeyPatch, name: str, code: int
) -> None:
    (home / "state" / "lost+found").mkdir(mode=0o700)
    monkeypatch.setattr(system, "fs", Closed(code, name))
    for words in (["where", "--json"], ["doctor", "--json"], ["exercises"], ["record", "check-in"]):
        done = run(*words, typed='{"mood": 6}')
        assert done.exit_code in (DONE, ATTENTION), done.stderr
        assert "Something went wrong" not in done.stderr


def test_where_nothing_can_be_read_no_backup_is_made(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system, "fs", Closed(errno.EACCES, "drafts"))
    done = run("backup", str(tmp_path / "b.zip"))
    assert done.exit_code == ATTENTION
    assert not (tmp_path / "b.zip").exists()


def test_settings_that_are_a_link_to_themselves_make_a_backup_incomplete(run: Run, written: Path, home: Path) -> None:
    (home / "config.toml").symlink_to("config.toml")
    done = run("backup")
    assert done.exit_code == ATTENTION
    assert "not complete" in done.stderr


def test_a_month_that_cannot_be_opened_is_not_compared_with(
    run: Run, written: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("backup", "b.zip").exit_code == 0
    monkeypatch.setattr(system, "fs", Closed(errno.EACCES, entry_files(home)[0].parent.name))
    for option in ("--check", "--restore"):
        done = run("backup", option, "b.zip")
        assert done.exit_code == ATTENTION
        assert "cannot tell what is missing" in done.stderr
        assert "Nothing in it is missing" not in done.stderr


@pytest.mark.parametrize("words", [["-"], ["no/such/folder.zip"], ["~nobody-of-that-name/x.zip"], ["x" * 300]])
def test_what_is_told_of_a_place_for_a_backup_can_be_done(run: Run, written: Path, words: list[str]) -> None:
    done = run("backup", *words)
    assert done.exit_code in (USAGE, STORAGE)
    assert "Something went wrong" not in done.stderr
    assert "--output" not in done.stderr
    assert not [*written.iterdir()]


@pytest.mark.parametrize("option", ["--check", "--restore"])
def test_a_backup_of_a_user_that_is_not_there_is_told(run: Run, written: Path, option: str) -> None:
    assert run("backup", option, "~nobody-of-that-name/x.zip").exit_code == STORAGE


def test_one_that_does_not_read_back_is_not_called_a_backup(
    run: Run, written: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = export_target.write_file

    def lying(path: Path, pieces: Any, **how: Any) -> None:
        write(path, pieces, **how)
        path.write_bytes(path.read_bytes()[:-200])

    monkeypatch.setattr(export_target, "write_file", lying)
    done = run("backup")
    assert done.exit_code == STORAGE
    assert "checked" not in done.stderr
    assert json.loads(run("where", "--json").stdout)["last_backup"] is None


def test_a_disk_that_is_full_leaves_nothing_half_there(
    run: Run, written: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any) -> int:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(system.FileSystem, "write", staticmethod(full))
    assert run("backup").exit_code == STORAGE
    assert not [*written.iterdir()]


def test_check_compares_with_what_is_here(run: Run, written: Path, home: Path) -> None:
    run("backup", "x.zip")
    assert "3 of the 3" in run("backup", "--check", "x.zip").stderr
    run("record", "small", typed='{"what": "later"}')
    assert "3 of the 4" in run("backup", "--check", "x.zip").stderr
    for path in entry_files(home)[:2]:
        path.unlink()
    done = run("backup", "--check", "x.zip")
    assert done.exit_code == DONE
    assert "not on this device" in done.stderr
    assert len(entry_files(home)) == 2  # nothing was put back


@pytest.mark.parametrize("option", ["--check", "--restore"])
@pytest.mark.parametrize(("bend", "code"), [("cut", ATTENTION), ("flip", ATTENTION), ("foreign", USAGE), ("gone", USAGE), ("newer", USAGE)])  # fmt: skip
def test_a_bad_file_is_named_and_changes_nothing(
    run: Run, written: Path, home: Path, option: str, bend: str, code: int
) -> None:
    run("backup", "x.zip")
    entry_files(home)[0].unlink()
    path = written / "x.zip"
    data = path.read_bytes()
    at = data.index(b".json") + 40  # in what is packed
    bent = {
        "cut": data[:-30],
        "flip": data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :],
        "foreign": b"PK\x03\x04" + bytes(100),
        "gone": data,
        "newer": data.replace(b"smartcli backup 0001", b"smartcli backup 0003"),
    }[bend]
    path.write_bytes(bent)
    if bend == "gone":
        path.unlink()
    before = tree(home)
    done = run("backup", option, "x.zip")
    assert done.exit_code == code
    assert "changed nothing" in done.stderr
    assert tree(home) == before


def test_what_was_erased_since_is_not_called_here_already(run: Run, written: Path, home: Path) -> None:
    run("backup", "b.zip")
    assert "here already" in run("backup", "--restore", "b.zip").stderr
    run("purge", "last", "--yes")
    told = run("backup", "--restore", "b.zip").stderr
    assert "stays erased" in told
    assert "here already" not in told


def test_what_is_put_back_of_entries_that_are_here_is_counted_for_itself(run: Run, written: Path, home: Path) -> None:
    run("record", "check-in", typed='{"mood": 3}')
    run("backup", "b.zip")
    first, second = entry_files(home)[:2]
    first.unlink()
    second.write_bytes(b"{")
    told = run("backup", "--restore", "b.zip", "--dry-run").stderr
    assert "1 entry in 1 file and 1 version of entries that are here" in told


def test_restore_says_what_it_would_do_and_then_does_it(run: Run, written: Path, home: Path) -> None:
    run("backup", "x.zip")
    before = tree(home / "journal")
    lost = entry_files(home)[:2]
    for path in lost:
        path.unlink()
    left = tree(home / "journal")
    done = run("backup", "--restore", "x.zip", "--dry-run")
    assert (done.exit_code, tree(home / "journal")) == (DONE, left)
    assert "2 entries" in done.stderr
    assert run("backup", "--restore", "x.zip").exit_code == DONE
    assert tree(home / "journal") == before
    again = run("backup", "--restore", "x.zip")
    assert again.exit_code == DONE
    assert "here already" in again.stderr


@pytest.mark.parametrize("answer", [True, False])
def test_at_a_terminal_the_person_is_asked_first(
    run: Run, written: Path, home: Path, monkeypatch: pytest.MonkeyPatch, *, answer: bool
) -> None:
    from smartcli.workbook import backing_up

    run("backup", "x.zip")
    entry_files(home)[0].unlink()
    asked: list[str] = []
    monkeypatch.setattr(backing_up, "has_person", lambda: True)

    def confirm(_asker: Any, ask: str, above: Any) -> bool:
        assert "1 entry" in " ".join(words.text for words in above)  # what would be done is read before the answer
        asked.append(ask)
        return answer

    monkeypatch.setattr(backing_up, "confirm", confirm)
    run("backup", "--restore", "x.zip")
    assert len(asked) == 1
    assert len(entry_files(home)) == (3 if answer else 2)
    entry_files(home)[0].unlink()
    run("backup", "--restore", "x.zip", "--yes")
    assert len(asked) == 1
    assert len(entry_files(home)) == 3


def test_on_a_new_device_everything_is_back(
    run: Run, written: Path, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "config.toml").write_text('country = "gb"\n')
    run("backup", "x.zip")
    monkeypatch.setenv("SMARTCLI_HOME", str(tmp_path / "new"))
    assert run("backup", "--restore", "x.zip").exit_code == DONE
    assert tree(tmp_path / "new" / "journal") == tree(home / "journal")
    assert (tmp_path / "new" / "config.toml").read_text() == 'country = "gb"\n'
    assert run("doctor").exit_code == DONE


@pytest.mark.parametrize(
    "words", [["x", "--check", "y"], ["--check", "x", "--restore", "y"], ["--dry-run"], ["x", "--dry-run"]]
)
def test_one_thing_at_a_time(run: Run, written: Path, words: list[str]) -> None:
    assert run("backup", *words).exit_code == USAGE
    assert not [*written.iterdir()]


def test_purge_takes_second_names_too(run: Run, written: Path, home: Path) -> None:
    entry = entry_files(home)[0].name[17:30]
    assert [*home.glob(f"state/kept/*/*{entry}*")]
    assert run("purge", entry, "--yes").exit_code == DONE
    assert not [*home.glob(f"state/kept/*/*{entry}*")]
    assert run("doctor", "--mend").exit_code == DONE
    assert not [*home.glob(f"journal/entries/*/*{entry}*")]


def test_missing_entries_that_were_accepted_lose_their_second_names(run: Run, written: Path, home: Path) -> None:
    path = entry_files(home)[0]
    path.unlink()
    run("where", "--accept-missing")
    assert not [*home.glob(f"state/kept/*/{path.name}")]
    assert run("doctor").exit_code == DONE


def test_in_another_journal_nothing_is_mended_and_nothing_of_it_gets_a_second_name(
    run: Run, written: Path, home: Path
) -> None:
    names = {path.name for path in entry_files(home)}
    (home / "journal").rename(home / "own")
    run("record", "small", typed='{"what": "theirs"}')
    [theirs] = entry_files(home)
    for words in (["review"], ["where"], ["doctor", "--mend"]):
        run(*words)
        assert entry_files(home) == [theirs]
        assert {path.name for path in home.glob("state/kept/*/*.json")} == names


@pytest.mark.parametrize(("typed", "stays"), [("\n", True), ("no\n", True), ("", True), ("yes\n", False)])
def test_at_a_terminal_the_last_copies_are_deleted_only_on_a_yes(
    run: Run, written: Path, home: Path, monkeypatch: pytest.MonkeyPatch, typed: str, *, stays: bool
) -> None:
    monkeypatch.setattr(Piped, "live", True)
    path = entry_files(home)[0]
    path.unlink()
    run("where", "--accept-missing", typed=typed)
    assert bool([*home.glob(f"state/kept/*/{path.name}")]) is stays
    assert ("is missing" in run("review").stderr) is stays


def test_help_for_the_moment_makes_no_second_names(run: Run, home: Path) -> None:
    run("record", "small", typed='{"what": "x"}')
    for words in (["support"], ["--version"], ["exercises"]):
        run(*words)
    assert not (home / "state" / "kept").exists()
    run("review")
    assert [*(home / "state" / "kept").iterdir()]


def test_doctor_reads_everything_and_changes_nothing(run: Run, written: Path, home: Path) -> None:
    before = tree(home)
    done = run("doctor")
    assert (done.exit_code, tree(home)) == (DONE, before)
    told = json.loads(run("doctor", "--json").stdout)
    assert (told["ok"], told["entries"], told["files"], told["findings"]) == (True, 3, 3, [])


def test_doctor_mends_what_it_can(run: Run, written: Path, home: Path) -> None:
    path = entry_files(home)[0]
    data = path.read_bytes()
    path.unlink()
    told = run("doctor", "--json")
    assert told.exit_code == ATTENTION
    assert [finding["kind"] for finding in json.loads(told.stdout)["findings"]] == ["gone"]
    assert not path.exists()
    assert run("doctor", "--mend").exit_code == DONE
    assert path.read_bytes() == data


def test_doctor_reads_own_exercises_and_settings_too(run: Run, written: Path, home: Path) -> None:
    run("exercises", "new", "mine")
    (home / "config.toml").write_text("theme = 7\n")
    (home / "journal" / "exercises" / "mine.toml").write_text("bent")
    done = run("doctor", "--json")
    assert done.exit_code == ATTENTION
    assert [finding["kind"] for finding in json.loads(done.stdout)["findings"]] == ["exercise", "settings"]
    assert "Exercises of your own" in run("doctor").stdout


def test_second_names_are_of_one_journal(run: Run, written: Path, home: Path) -> None:
    own = [path.name for path in entry_files(home)]
    run("review")
    (home / "journal").rename(home / "mine")
    run("--home", str(home / "elsewhere"), "record", "check-in", typed='{"mood": 3}')
    (home / "elsewhere" / "journal").rename(home / "journal")
    for words in (["review"], ["where"], ["doctor", "--mend"]):
        run(*words)
    assert sorted(path.name for path in (home / "state" / "kept").rglob("*.json")) == sorted(own)
    assert len(entry_files(home)) == 1
    assert run("doctor", "--json").stdout.count("another-journal") == 1


def test_what_the_disk_would_not_mend_is_not_called_mended(
    run: Run, written: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("review")
    entry_files(home)[0].chmod(0o644)
    monkeypatch.setattr(system, "fs", Doing())
    monkeypatch.setattr(Doing, "chmod", lambda *_: None)
    done = run("doctor", "--mend")
    assert done.exit_code == ATTENTION
    assert "mended" not in done.stdout.split("What was looked at")[0].replace("can be mended", "")


def test_no_word_of_an_entry_is_printed(run: Run, written: Path, home: Path) -> None:
    path = entry_files(home)[0]
    path.write_bytes(path.read_bytes()[:-40])
    for words in (["doctor"], ["doctor", "--json"], ["backup", "x.zip"], ["backup", "--check", "x.zip"]):
        done = run(*words)
        assert not any(f"word {number}" in done.stdout + done.stderr for number in range(3))


def test_the_last_backup_is_told(run: Run, written: Path, home: Path) -> None:
    assert "none yet" in run("where").stdout
    assert json.loads(run("doctor", "--json").stdout)["last_backup"] is None
    run("backup")
    assert date.fromisoformat(json.loads(run("doctor", "--json").stdout)["last_backup"]) == Workbook().today
    assert json.loads(run("where", "--json").stdout)["last_backup"] == Workbook().today.isoformat()
    assert "none yet" not in run("where").stdout


@pytest.mark.parametrize("bent", [b"", b"{}", b"[]", b'{"last": 3}', b'{"last": "soon"}', b"\0" * 50])
def test_a_bent_note_of_the_last_backup_is_none(run: Run, written: Path, home: Path, bent: bytes) -> None:
    (home / "state" / "backups.json").write_bytes(bent)
    assert LastBackup(home / "state").day() is None
    assert run("where").exit_code == DONE


# --- the offer


def offered(monkeypatch: pytest.MonkeyPatch, day: date) -> bool:
    """Return whether Today offers a backup on a day."""
    workbook = Workbook()
    monkeypatch.setattr(Workbook, "today", day)
    offer = suggestions.next_suggestion(workbook)
    return offer is not None and not offer.exercise


def test_a_backup_is_offered_for_three_days_and_then_rests(
    run: Run, written: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(offers, "read_offers", lambda _folder: ((), None))
    today = Workbook().today
    assert not offered(monkeypatch, today)  # little is lost yet
    monkeypatch.setattr(suggestions, "_WORTH_A_BACKUP", 3)
    days = [day for day in range(100) if offered(monkeypatch, today + timedelta(days=day))]
    assert days == [0, 1, 2, 21, 22, 23, 63, 64, 65]


def test_no_backup_is_offered_after_one_until_there_is_something_new(
    run: Run, written: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(offers, "read_offers", lambda _folder: ((), None))
    monkeypatch.setattr(suggestions, "_WORTH_A_BACKUP", 3)
    today = Workbook().today
    run("backup")
    assert not any(offered(monkeypatch, today + timedelta(days=day)) for day in range(200))
    LastBackup(home / "state").note(today - timedelta(days=31))
    assert offered(monkeypatch, today)
    LastBackup(home / "state").note(today - timedelta(days=5))
    assert not offered(monkeypatch, today)


def test_the_offer_stands_on_todays_page_and_in_no_list_of_exercises(
    run: Run, written: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(suggestions, "_WORTH_A_BACKUP", 3)
    monkeypatch.setattr(offers, "read_offers", lambda _folder: ((), None))
    assert "smartcli backup" in " ".join(run().stdout.split())
    assert all(offer.exercise for offer in suggestions.list_suggestions(Workbook()))
    assert run("programme").exit_code == DONE
    (home / "config.toml").write_text("suggestions = false\n")
    assert "smartcli backup" not in " ".join(run().stdout.split())


@pytest.mark.skipif(os.name != "posix", reason="there is no umask")
def test_no_umask_opens_what_is_kept(run: Run, written: Path, home: Path) -> None:
    old = os.umask(0)
    try:
        run("record", "small", typed='{"what": "x"}')
        run("review")
        run("backup", "x.zip")
        run("backup", "--restore", "x.zip")
    finally:
        os.umask(old)
    for path in (*home.rglob("*"), written / "x.zip"):
        assert not path.stat().st_mode & 0o077, path
