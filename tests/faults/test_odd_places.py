"""Places that lead nowhere or may not be used: told truly with code 3 and SMARTCLI_HOME; support needs none."""

import errno
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from smartcli import places
from smartcli.content.catalog import Catalog
from smartcli.journal import system
from smartcli.journal.system import FileSystem
from tests.conftest import Run
from tests.faults.other_disks import Closed
from tests.support import children

ASKING = (
    ("record", "small"),
    ("review",),
    ("insights", "--json"),
    ("where",),
    ("do", "small"),
    ("export", "--output", "-"),
    ("exercises",),
    ("drafts",),
    ("start",),
    (),
)
SAVED = '{"what": "words of mine"}'


def nobody(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A user without HOME, of whom the system has no record."""
    for variable in [variable for variable in os.environ if variable.startswith("XDG_")]:
        monkeypatch.delenv(variable)
    monkeypatch.delenv("SMARTCLI_HOME")
    monkeypatch.delenv("HOME", raising=False)
    monkeypatch.setattr(os.path, "expanduser", lambda path: path)


def of_nobody(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SMARTCLI_HOME", "~nosuchuser/journal")


def empty_home(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SMARTCLI_HOME")
    monkeypatch.setenv("HOME", "")


def long_name(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SMARTCLI_HOME", path + "x" * 300)


def a_file(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    Path(path).parent.mkdir(exist_ok=True)
    Path(path).write_text("mine")


def links_in_a_circle(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    Path(path).symlink_to(path)


def closed(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    class ClosedMonth(FileSystem):
        def stat(self, at: str, *, dir_fd: int | None = None, follow_symlinks: bool = True) -> Any:  # type: ignore[override]
            if str(at).startswith(path):
                raise PermissionError(errno.EACCES, "planted")
            return super().stat(at, dir_fd=dir_fd, follow_symlinks=follow_symlinks)

    monkeypatch.setattr(system, "fs", ClosedMonth())


def gone(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SMARTCLI_HOME", "here")
    monkeypatch.setattr(os, "getcwd", lambda: (_ for _ in ()).throw(FileNotFoundError(errno.ENOENT, "planted")))


NOWHERE = (nobody, of_nobody, empty_home, long_name, a_file, links_in_a_circle, closed, gone)


@pytest.mark.skipif(os.name != "posix", reason="homes and links are POSIX matters here")
@pytest.mark.parametrize("words", ASKING, ids=lambda words: " ".join(words) or "smartcli")
@pytest.mark.parametrize("nowhere", NOWHERE, ids=lambda nowhere: nowhere.__name__)
def test_a_place_that_leads_nowhere_is_told_and_so_is_what_to_do(
    run: Run, tiny: Catalog, home: Path, monkeypatch: pytest.MonkeyPatch, nowhere: Any, words: tuple[str, ...]
) -> None:
    with monkeypatch.context() as patch:
        nowhere(str(home), patch)
        done = run(*words, typed=SAVED)
    assert done.exit_code == 3, done.stderr
    assert "SMARTCLI_HOME" in done.stderr
    assert "ot saved" not in done.stderr
    assert not done.stdout


@pytest.mark.skipif(os.name != "posix", reason="homes and links are POSIX matters here")
@pytest.mark.parametrize("nowhere", NOWHERE, ids=lambda nowhere: nowhere.__name__)
@pytest.mark.parametrize("words", [("support",), ("support", "--all"), ("--version",), ("--help",), ("urge", "--help")])
def test_support_and_help_need_no_place(
    run: Run, tiny: Catalog, home: Path, monkeypatch: pytest.MonkeyPatch, nowhere: Any, words: tuple[str, ...]
) -> None:
    ordinary = run(*words)
    with monkeypatch.context() as patch:
        nowhere(str(home), patch)
        done = run(*words)
    assert done.exit_code == 0
    assert done.stdout == ordinary.stdout


@pytest.mark.parametrize(
    "words", [("export",), ("export", "--as", "csv"), ("print", "small"), ("print", "small", "--as", "html")]
)
def test_what_is_written_here_is_told_where_there_is_no_here(
    run: Run, tiny: Catalog, home: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    run("record", "small", typed=SAVED)
    with monkeypatch.context() as patch:
        patch.setattr(os, "getcwd", lambda: (_ for _ in ()).throw(FileNotFoundError(errno.ENOENT, "planted")))
        done = run(*words)
    assert done.exit_code == 3
    assert "--output" in done.stderr


@pytest.mark.parametrize("place", ["~nosuchuser/x.md", "x" * 300, "no/such/folder/x.md"])
def test_an_output_that_leads_nowhere_is_told(run: Run, tiny: Catalog, home: Path, place: str) -> None:
    run("record", "small", typed=SAVED)
    for words in (("export",), ("print", "small")):
        done = run(*words, "--output", place)
        assert done.exit_code == 3
        assert "--output" in done.stderr


@pytest.mark.skipif(not shutil.which("unshare"), reason="NOT RUN: unshare is not here")
def test_a_user_without_a_passwd_entry_and_without_home(tmp_path: Path) -> None:
    as_nobody = ["unshare", "--user", "--map-user=4242"]
    if subprocess.run([*as_nobody, "true"], capture_output=True).returncode:
        pytest.skip("NOT RUN: no user namespaces here")
    for words, code in ((["support"], 0), (["review"], 3), (["record", "check-in"], 3)):
        done = subprocess.run(
            [*as_nobody, sys.executable, "-m", "smartcli", *words],
            input='{"mood": 6}', env=children.environment(), capture_output=True, text=True, cwd=tmp_path,
        )  # fmt: skip
        assert done.returncode == code, done.stderr
        assert ("SMARTCLI_HOME" in done.stderr) is (code == 3)
    assert not list(tmp_path.iterdir())


def test_a_relative_home_is_made_whole_and_said_once(
    run: Run, tiny: Catalog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SMARTCLI_HOME", "here")
    monkeypatch.chdir(tmp_path)
    said = [run("record", "small", typed=SAVED).stderr, run("review").stderr, run("where").stderr]
    assert str(tmp_path / "here") in said[0]
    assert said[1:] == ["", ""]
    places.choose(Path("there"))
    assert not run("--home", "there", "record", "small", typed=SAVED).stderr  # typed by the person just now


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX matters")
@pytest.mark.parametrize("mode", [0o777, 0o1777, 0o702])
def test_a_home_that_everybody_may_write_to_is_told_of_once(run: Run, tiny: Catalog, home: Path, mode: int) -> None:
    home.mkdir()
    home.chmod(mode)
    said = [run("record", "small", typed=SAVED).stderr for _ in range(3)]
    assert str(home) in said[0]
    assert said[1:] == ["", ""]
    assert (home / "journal").stat().st_mode & 0o077 == 0


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX matters")
@pytest.mark.parametrize("mode", [0o700, 0o755, 0o775])
def test_a_home_of_the_usual_kind_is_not(run: Run, tiny: Catalog, home: Path, mode: int) -> None:
    home.mkdir()
    home.chmod(mode)
    assert not run("record", "small", typed=SAVED).stderr


def entries(home: Path) -> Iterator[Path]:
    return (home / "journal" / "entries").rglob("*.json")


def test_an_entry_saved_again_with_a_byte_order_mark_is_read(run: Run, tiny: Catalog, home: Path) -> None:
    run("record", "small", typed=SAVED)
    (file,) = entries(home)
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())
    for words in (("review",), ("search", "words"), ("export", "--as", "json", "--output", "-")):
        done = run(*words)
        assert done.exit_code == 0
        assert not done.stderr
        assert ("Small" if words == ("review",) else "mine") in done.stdout


def test_an_entry_that_lies_beside_the_months_is_read_and_erased_like_any_other(
    run: Run, tiny: Catalog, home: Path
) -> None:
    entry = run("record", "small", typed=SAVED).stdout.strip()
    (file,) = entries(home)
    file.rename(file.parent.parent / file.name)
    for words in (("review",), ("search", "words"), ("show", entry), ("export", "--as", "json", "--output", "-")):
        done = run(*words)
        assert done.exit_code == 0
        assert ("Small" if words == ("review",) else "mine") in done.stdout
    assert run("edit", entry, typed="other words\n\n").exit_code == 0
    assert run("purge", entry, "--yes").exit_code == 0
    assert not [*entries(home)]


def test_any_other_file_beside_the_months_is_named(run: Run, tiny: Catalog, home: Path) -> None:
    run("record", "small", typed=SAVED)
    (home / "journal" / "entries" / "notes.txt").write_text("mine")
    (home / "journal" / "entries" / ".DS_Store").write_text("the system's")
    assert "1 file" in run("review").stderr
    assert [file["name"] for file in json.loads(run("where", "--json").stdout)["unreadable"]] == ["notes.txt"]


def test_a_month_that_cannot_be_opened_is_told_as_a_folder_and_not_as_nothing(
    run: Run, tiny: Catalog, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("record", "small", typed=SAVED)
    (file,) = entries(home)

    class ClosedMonth(FileSystem):
        def open(self, path: str, *rest: Any, **at: Any) -> int:  # type: ignore[override]
            if path == str(file.parent):
                raise PermissionError(errno.EACCES, "planted")
            return os.open(path, *rest, **at)

    monkeypatch.setattr(system, "fs", ClosedMonth())
    for words in (["review"], ["export", "--as", "json", "--output", str(home.parent / "all.json")]):
        done = run(*words)
        assert "1 folder" in done.stderr
        assert "1 file" not in done.stderr
        assert "nothing here yet" not in done.stdout.casefold()
        assert "missing" not in done.stderr
        assert "The journal is empty" not in done.stderr
    assert run("where").exit_code == 4
    for command in ("show", "history", "edit", "delete", "purge"):
        done = run(command, file.name[17:30])
        assert (done.exit_code, "may be in it" in done.stderr) == (4, True), (command, done.stderr)


@pytest.mark.skipif(os.name != "posix", reason="links are POSIX matters here")
def test_settings_that_are_a_link_stay_one(run: Run, tiny: Catalog, home: Path, tmp_path: Path) -> None:
    home.mkdir()
    real = tmp_path / "dotfiles.toml"
    real.write_text('# mine\ncountry = "gb"\n')
    (home / "config.toml").symlink_to(real)
    from smartcli.settings import Settings

    Settings.read(home / "config.toml").change(suggestions=False)
    assert (home / "config.toml").is_symlink()
    assert real.read_text().startswith('# mine\ncountry = "gb"\n')


@pytest.mark.parametrize("name", ["con", "nul", "aux", "prn", "com1", "lpt9"])
def test_an_exercise_is_not_called_what_windows_calls_a_device(run: Run, tiny: Catalog, home: Path, name: str) -> None:
    assert run("exercises", "new", name).exit_code == 2
    assert run("exercises", "new", f"{name}x").exit_code == 0
    own = home / "journal" / "exercises"
    (own / f"{name}.toml").write_text((own / f"{name}x.toml").read_text().replace(f'"{name}x"', f'"{name}"'))
    checked = run("exercises", "check", str(own / f"{name}.toml"))
    assert "Windows" in checked.stderr
    assert run("exercises", "show", name).exit_code == 0  # what is there already stays usable


@pytest.mark.parametrize("place", ["JOURNAL/x.md", "Journal/Entries", "STATE", "CONFIG.TOML"])
def test_nothing_is_exported_into_our_own_folders_on_a_disk_that_does_not_mind_capitals(
    run: Run, tiny: Catalog, home: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    run("start", typed="")
    run("record", "small", typed=SAVED)
    run("review")
    (home / "config.toml").write_text("")
    (home / "state").mkdir(exist_ok=True)

    class Careless(FileSystem):
        def stat(self, path: str, *, dir_fd: int | None = None, follow_symlinks: bool = True) -> Any:  # type: ignore[override]
            inside = Path(path)
            if inside.is_relative_to(home):
                path = str(home / str(inside.relative_to(home)).lower())
            return super().stat(path, dir_fd=dir_fd, follow_symlinks=follow_symlinks)

    monkeypatch.setattr(system, "fs", Careless())
    done = run("export", "--output", str(home / place), "--force")
    assert done.exit_code == 2
    assert "inside the folders" in done.stderr


@pytest.mark.parametrize("as_", ["csv", "vault"])
def test_a_folder_is_replaced_on_a_disk_that_takes_accents_apart(
    run: Run, tiny: Catalog, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, as_: str
) -> None:
    import unicodedata

    from smartcli.journal import export_target

    export_target.write_folder(tmp_path / "out", [("Caf\u00e9/na\u00efve.md", "x"), ("plain.md", "y")])
    real = os.walk

    def walk(top: Any, **options: Any) -> Iterator[Any]:
        for parent, folders, names in real(top, **options):
            yield parent, folders, [unicodedata.normalize("NFD", name) for name in names]

    monkeypatch.setattr(os, "walk", walk)
    export_target.ensure_free(tmp_path / "out", force=True, folder=True)


def test_times_before_1970_are_read_where_the_system_knows_no_zone_for_them(monkeypatch: pytest.MonkeyPatch) -> None:
    from datetime import date, datetime

    from smartcli import moments
    from smartcli.exchange import dates

    class Old(datetime):
        def astimezone(self, tz: Any = None) -> Any:
            if tz is None and self.year < 1970:
                raise OSError(errno.EINVAL, "planted")
            return super().astimezone(tz)

    monkeypatch.setattr(moments, "datetime", Old)
    monkeypatch.setattr(dates, "datetime", Old)
    monkeypatch.setattr(time, "timezone", -3600)
    assert moments.recall("1961-03-02T10:00").at.isoformat() == "1961-03-02T10:00:00+01:00"
    assert moments.recall("1961-03-02").at.date() == date(1961, 3, 2)
    for typed in ("1961-03-02", "1961-03-02 10:00"):
        found = dates.read(typed)
        assert found is not None
        assert found.at.date() == date(1961, 3, 2)


def test_own_exercises_that_cannot_be_looked_at_are_named_and_close_nothing(
    run: Run, tiny: Catalog, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("exercises", "new", "mine")
    is_dir = Path.is_dir

    def refuse(path: Path) -> bool:
        if path == home / "journal" / "exercises":
            raise PermissionError(errno.EACCES, "planted")
        return is_dir(path)

    monkeypatch.setattr(Path, "is_dir", refuse)
    listed = run("exercises")
    assert listed.exit_code == 0
    assert "exercises was left out" in listed.stderr
    assert run("record", "small", typed='{"what": "words"}').exit_code == 0
    assert run("doctor").exit_code == 4


def test_what_is_told_of_an_own_exercise_that_cannot_be_written_can_be_done(
    run: Run, tiny: Catalog, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("exercises", "new", "mine").exit_code == 0
    (home / "journal" / "exercises" / "mine.toml").write_text("bent")
    taken = run("exercises", "new", "mine")
    assert (taken.exit_code, "already an exercise" in taken.stderr) == (2, True)
    assert (home / "journal" / "exercises" / "mine.toml").read_text() == "bent"

    def full(*_: Any) -> int:
        raise OSError(errno.ENOSPC, "planted")

    monkeypatch.setattr(system.FileSystem, "write", staticmethod(full))
    refused = run("exercises", "new", "other")
    assert refused.exit_code == 3
    assert "disk is full" in refused.stderr
    assert "--output" not in refused.stderr


def test_an_unfinished_exercise_that_cannot_be_opened_is_not_called_none(
    run: Run, tiny: Catalog, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("do", "everything", typed="half\n.\n!\n")
    (draft,) = (home / "state" / "drafts").glob("*.jsonl")
    monkeypatch.setattr(system, "fs", Closed(errno.EIO, draft.name))
    done = run("resume")
    assert done.exit_code == 4
    assert "no unfinished" not in done.stderr.casefold()
