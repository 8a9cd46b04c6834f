"""How smartcli is installed, what stays when it is uninstalled, and how to remove all of that (docs/installing.md)."""

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from smartcli.commands.completion import Shell
from smartcli.content.catalog import Catalog, built_in
from smartcli.places import Places
from smartcli.workbook import leftovers
from smartcli.workbook.leftovers import list_completion_files
from tests.conftest import Run
from tests.support import children

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "installing.md"
POSIX = pytest.mark.skipif(os.name != "posix", reason="the shells and their folders are a POSIX matter")
SHELLS = [shell.value for shell in Shell if shell is not Shell.POWERSHELL]  # whose profile we do not change


@pytest.fixture
def user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run) -> Path:
    """The home folder of a user who named no place for the journal."""
    for name in ("SMARTCLI_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "ZDOTDIR"):
        monkeypatch.delenv(name, raising=False)
    user = tmp_path / "user"
    user.mkdir()
    monkeypatch.setenv("HOME", str(user))
    return user


def live(run: Run, outside: Path) -> None:
    """Leave something in every place: entries, exercises, imports, second names, settings, an aside, completion."""
    diary = outside / "diary.txt"
    diary.write_text("2026-11-02\nA walk.\n")
    assert run("record", "small", typed='{"what": "words"}').exit_code == 0
    run("checkin", typed="6\n!\n")  # left half done
    for words in (
        ["edit", "last"], ["support"], [], ["exercises", "new", "mine"], ["settings", "theme", "dark"],
        ["import", str(diary)], ["backup", str(outside / "b.zip")], ["doctor"], ["review"], ["where"],
    ):  # fmt: skip
        run(*words)
    for shell in SHELLS:
        assert run("--install-completion", shell).exit_code == 0


def what_is_left(folder: Path) -> set[str]:
    """Return the names of everything below a folder that is not an empty folder, and of folders called smartcli."""
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() or path.is_symlink() or "smartcli" in path.name
    }


def delete_what_is_named(run: Run) -> None:
    for name in json.loads(run("where", "--json").stdout)["to_delete"]:
        path = Path(name)
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()


@POSIX
def test_who_deletes_what_where_names_has_nothing_left(user: Path, run: Run, tiny: Catalog, tmp_path: Path) -> None:
    live(run, tmp_path)
    before = what_is_left(user)
    assert {"journal", "state"} <= {part for name in before for part in Path(name).parts}
    delete_what_is_named(run)
    assert what_is_left(user) == {".bashrc", ".zshrc"}, "only the start-up files of the shells, which are the person's"


@POSIX
def test_with_a_home_of_its_own_nothing_else_in_it_is_named(
    user: Path, run: Run, tiny: Catalog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = tmp_path / "smartcli"  # called like the program: a checkout may be
    stick.mkdir()
    (stick / "photo").write_text("mine")
    monkeypatch.setenv("SMARTCLI_HOME", str(stick))
    live(run, tmp_path)
    (stick / "config.toml").write_text('theme = "dark\n')
    run("start", typed="y\n" * 20)  # may put the settings aside
    delete_what_is_named(run)
    assert what_is_left(stick) == {"photo"}


@POSIX
def test_the_line_of_bash_is_told_and_where_names_only_what_is_there(user: Path, run: Run, tiny: Catalog) -> None:
    assert ".bashrc" not in run("where").stdout
    assert json.loads(run("where", "--json").stdout)["to_delete"] == []
    assert "To remove everything" not in run("where").stdout
    run("--install-completion", "bash")
    told = run("where").stdout
    assert ".bashrc" in told
    assert str(user / ".bash_completions" / "smartcli.sh") in " ".join(told.split())


@POSIX
@pytest.mark.parametrize("shell", SHELLS)
def test_the_files_of_completion_are_where_they_are_looked_for(user: Path, run: Run, shell: str) -> None:
    assert list_completion_files() == []
    saved = run("--install-completion", shell)
    assert [str(path) in " ".join(saved.stderr.split()) for path in list_completion_files()] == [True]
    if PAGE.exists():
        assert f"`~/{list_completion_files()[0].relative_to(user)}`" in PAGE.read_text(encoding="utf-8")


def test_a_folder_inside_another_is_not_named_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = tmp_path / "smartcli"  # as macOS and Windows have it
    monkeypatch.setattr(leftovers, "own_folders", lambda: [data, data / "state", data])
    assert leftovers.list_to_delete(Places(data / "journal", data / "state", data / "config.toml")) == [data]


@POSIX
@pytest.mark.skipif(not PAGE.exists(), reason="docs/installing.md is not in the source archive")
def test_the_page_names_the_places_that_where_shows(user: Path, run: Run, tiny: Catalog, tmp_path: Path) -> None:
    from platformdirs import macos, unix

    text = PAGE.read_text(encoding="utf-8")
    live(run, tmp_path)
    (user / ".config" / "smartcli" / "config-aside-1.toml").write_text("")
    found = json.loads(run("where", "--json").stdout)
    inside = [place["what"] for place in found["places"] if "/smartcli/" in place["path"]]
    named = re.search(r"<!-- places -->(.*?)<!-- /places -->", text, re.DOTALL)
    assert named is not None
    assert " ".join(named[1].split()).split(", ") == inside
    others = {place["what"] for place in found["places"]} - set(inside)
    assert others == {"what TAB completes in your shell"}
    assert all(f"| {what}" in text for what in others | {"your reminder"})
    for system, folders in (("Linux", unix.Unix), ("macOS", macos.MacOS)):
        there = folders("smartcli", appauthor=False)
        row = next(line for line in text.splitlines() if line.startswith(f"| {system}") and "`" in line)
        wanted = {there.user_data_path, there.user_state_path, there.user_config_path}
        assert set(re.findall(r"`~/(.*?)`", row)) == {path.relative_to(user).as_posix() for path in wanted}


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program in a zip, as zipapp makes it, but for the libraries: those are the ones installed here."""
    path = tmp_path_factory.mktemp("zipapp") / "smartcli.pyz"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("__main__.py", "from smartcli.__main__ import main\nmain()\n")
        for folder, place in ((ROOT / "smartcli", "smartcli"), (Path(str(built_in())), "smartcli/exercises")):
            for file in folder.rglob("*"):
                if file.is_file() and "__pycache__" not in file.parts:
                    packed.write(file, f"{place}/{file.relative_to(folder).as_posix()}")
    return path


@pytest.mark.parametrize(
    ("words", "begins"),
    [
        (["export", "--as", "html", "--output", "-"], b"<!doctype html>"),
        (["print", "cost-benefit", "--as", "pdf", "--output", "-"], b"%PDF"),
    ],
    ids=["the style", "an exercise and the fonts"],
)
def test_in_a_zip_the_program_finds_its_own_files(
    archive: Path, tmp_path: Path, words: list[str], begins: bytes
) -> None:
    done = subprocess.run(
        [sys.executable, archive, *words],
        env=children.environment(SMARTCLI_HOME=str(tmp_path / "home"), HOME=str(tmp_path)),
        capture_output=True, cwd=tmp_path,
    )  # fmt: skip
    assert (done.returncode, done.stdout[: len(begins)]) == (0, begins), done.stderr
