"""The documents say what the program does."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.commands.test_output import all_commands
from tests.conftest import SIZE
from tests.faults.test_nothing_leaks import TAKES
from tools.docs import GUIDE, README, filled, readme_parts
from tools.manual import MANUAL, page
from tools.pictures import ALL, FOLDER, PICTURES, drawn

ROOT = Path(__file__).parent.parent
# Of the pictures of Today day by day, and of every kind of screen, those drawn on every push: every width, both backgrounds.
SOME = ("today-day-1-40", "today-day-30-40", "choice-30", "text-menu-40-light", "entry-80-light", "search-120")


def test_the_tables_of_the_guide_are_those_of_the_code() -> None:
    text = GUIDE.read_text(encoding="utf-8")
    assert filled(text) == text, "run: python -m tools.docs"


def test_the_tables_of_the_readme_are_those_of_the_code() -> None:
    text = README.read_text(encoding="utf-8")
    assert filled(text, readme_parts()) == text, "run: python -m tools.docs"


def test_the_man_page_says_what_help_says() -> None:
    assert MANUAL.read_text(encoding="utf-8") == page(), "run: python -m tools.manual"


def test_the_man_page_has_every_command_and_every_option() -> None:
    written = page().replace("\\-", "-").replace("\\fB", "").replace("\\fR", "")
    for path in all_commands():
        assert f"smartcli {path}".strip() in written
    for option in re.findall(r"--[a-z-]+", "\n".join(str(one) for one in TAKES.values())):
        assert option in written, option


@pytest.mark.skipif(not shutil.which("man"), reason="man is not installed here")
def test_man_shows_it_without_a_warning() -> None:
    done = subprocess.run(["man", "--warnings", "-l", str(MANUAL)], capture_output=True, encoding="utf-8")
    assert (done.returncode, done.stderr) == (0, "")
    assert "Every day" in done.stdout


def test_every_command_is_in_the_readme() -> None:
    from typer.main import get_command

    from smartcli.cli import app

    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    missing = [name for name in getattr(get_command(app), "commands", {}) if name not in readme]
    assert not missing, missing


@pytest.mark.skipif(os.name != "posix", reason="pictures are taken on a pseudo-terminal")
@pytest.mark.parametrize("name", ALL if SIZE > 1 else [*PICTURES, *SOME])
def test_a_picture_shows_what_the_program_shows(name: str) -> None:
    kept = (FOLDER / f"{name}.svg").read_text(encoding="utf-8")
    assert drawn(name, kept) == kept, "run: python -m tools.pictures"


def test_every_picture_is_there_and_in_their_list() -> None:
    assert not [name for name in ALL if not (FOLDER / f"{name}.svg").is_file()], "run: python -m tools.pictures"
    listed = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert not [path.name for path in FOLDER.glob("*.[sp][vn]g") if f"({path.name})" not in listed]


def test_the_documents_of_which_pictures_are_taken_can_be_made() -> None:
    from smartcli.pages.document import document_page
    from tests.support.year import entries
    from tools.printed import journal_pages

    pages = journal_pages()
    assert pages[1:] == [*map(document_page, entries())]


def test_pictures_ask_nothing_of_the_network() -> None:
    for path in FOLDER.glob("*.svg"):
        text = path.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        assert "http" not in text
        assert "@font-face" not in text
        assert "<script" not in text


def test_both_commands_of_the_readme_are_there_word_for_word() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "python3 -m venv .venv && .venv/bin/pip install . && .venv/bin/smartcli" in readme
    assert (
        "python3 -m venv .venv && .venv/bin/pip install -e '.[dev]' && .venv/bin/pytest -n 4 --dist worksteal\n"
        in readme
    )
