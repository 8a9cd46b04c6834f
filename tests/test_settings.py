"""config.toml: whatever its state nothing is closed, and nothing a person wrote in it is lost."""

import json
import os
import tomllib
from collections.abc import Callable
from datetime import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import Result

from smartcli.content.catalog import Catalog
from smartcli.fields.base import SETTINGS
from smartcli.schema.keys import keys_of
from smartcli.schema.toml_edit import NotEditableError, with_values
from smartcli.settings import Declarations, Settings
from smartcli.trouble import STORAGE, Trouble

Run = Callable[..., Result]

README = Path(__file__).parent.parent / "README.md"
START = "drinking\n1\n\n1\nSam\n123\n\n\n"  # one behaviour, a country, one person, keep

JO = {"name": "Jo", "contact": "1"}
AL = {"name": "Al", "contact": "2"}

WRITTEN_BY_HAND = """\
# My settings, kept in a repository

suggestions = false  # I know my way
theme_of_mine = "x"
country = "ie"       # home

# The two who know

[[people]]
name = "Jo"     # my sister
# only after six
contact = "0"
since = 2019

# from the meeting
[[people]]
name = "Al"

[mine]
a = [1, 2]
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "config.toml"


def written(path: Path, text: str) -> Settings:
    path.write_text(text, encoding="utf-8")
    return Settings.read(path)


def test_a_question_can_only_fill_settings_that_are_declared() -> None:
    assert set(SETTINGS) <= set(keys_of(Declarations))


def test_every_setting_is_in_the_readme() -> None:
    readme = README.read_text(encoding="utf-8")
    assert not [name for name in keys_of(Declarations) if f"`{name}" not in readme]


def test_without_a_file_the_defaults_count_and_nothing_is_said(path: Path) -> None:
    settings = Settings.read(path)
    assert (settings.country, settings.suggestions, settings.day_starts) == ("", True, time(4))
    assert not settings.people
    assert not settings.problems


def test_right_values_are_read(path: Path) -> None:
    settings = written(
        path,
        'country = "GB"\npaper = "letter"\nsuggestions = false\nday_starts = "05:30"\nidle_minutes = 120\nkeep_open = ["Letter", "letter"]\n[[people]]\nname = "Jo"\ncontact = 112\n',
    )
    assert (settings.country, settings.suggestions, settings.day_starts) == ("gb", False, time(5, 30))
    assert settings.idle_minutes == 120
    assert settings.keep_open == ["letter"]
    assert settings.paper_size == "letter"
    assert settings.people == [{"name": "Jo", "contact": "112"}]
    assert not settings.problems


@pytest.mark.parametrize(
    ("line", "at"),
    [("", time(20)), ("reminder = true", time(20)), ("reminder = false", None), ('reminder = "07:30"', time(7, 30)), ("reminder = 00:00:00", time(0))],
)  # fmt: skip
def test_the_reminder_has_an_hour_or_is_none(path: Path, line: str, at: time | None) -> None:
    settings = written(path, line)
    assert not settings.problems
    assert settings.reminder_at == at


def test_a_key_nobody_declared_is_told_with_its_line_and_what_was_meant(path: Path) -> None:
    settings = written(path, 'country = "gb"\n\nsugestions = false\n')
    assert settings.problems == ['config.toml:3: There is no setting "sugestions". Did you mean suggestions?']
    assert settings.country == "gb"


@pytest.mark.parametrize(
    "line",
    ['day_starts = "5am"', "day_starts = 5", 'day_starts = "04:00+02:00"', 'suggestions = "no"', "country = 44", 'country = ""', "reminder = 20", 'reminder = "8pm"', "reminder_words = 5", "idle_minutes = -1", "idle_minutes = 121", "idle_minutes = true", "idle_minutes = 5.0", 'idle_minutes = "5"', 'people = "Jo"', "[[people]]\ncontact = 1", 'keep_open = "letter"', "keep_open = [1]"],
)  # fmt: skip
def test_a_wrong_value_leaves_the_default_and_a_note_and_the_others_count(path: Path, line: str) -> None:
    name = line.strip("[").replace("]", " ").split()[0]
    other = ("country", "ie") if name != "country" else ("suggestions", False)
    settings = written(path, f"{other[0]} = {json.dumps(other[1])}\n{line}\n")
    default = getattr(Settings(path), name)
    assert [*default] == [*getattr(settings, name)] if name == "people" else default == getattr(settings, name)
    assert getattr(settings, other[0]) == other[1]
    assert [problem[:14] for problem in settings.problems] == ["config.toml:2:"]


def test_a_note_holds_no_word_that_may_be_the_persons(path: Path) -> None:
    settings = written(path, 'Rumpelstiltskin = "SECRET"\ncountry = "SECRET 1"\npeople = ["SECRET"]\n')
    assert len(settings.problems) == 3
    assert "SECRET" not in str(settings.problems)
    assert "Rumpel" not in str(settings.problems)


def _fifo(path: Path) -> None:
    os.mkfifo(path)


UNREADABLE: dict[str, Callable[[Path], Any]] = {
    "a stray quote": lambda path: path.write_text('country = "gb\n'),
    "bad bytes": lambda path: path.write_bytes(b"\xff\xfe\x00"),
    "too large": lambda path: path.write_text("#" * 100_000),
    "a folder": lambda path: path.mkdir(),
    "a link to nothing": lambda path: path.symlink_to(path.parent / "gone"),
    "a link to itself": lambda path: path.symlink_to(path),
    "a link to a folder": lambda path: path.symlink_to(path.parent.parent),  # never a device: a planted bug replaced it
}
if hasattr(os, "mkfifo"):
    UNREADABLE["a fifo"] = _fifo


@pytest.mark.parametrize("make", UNREADABLE.values(), ids=UNREADABLE)
def test_what_cannot_be_read_means_defaults_and_one_note(
    path: Path, make: Callable[[Path], Any], capsys: pytest.CaptureFixture[str]
) -> None:
    make(path)
    for _ in range(3):
        settings = Settings.read(path)
        settings.note_problems()
        assert settings.suggestions
        assert not settings.people
    assert capsys.readouterr().err.count("The settings (config.toml)") == 1


@pytest.mark.parametrize("name", [name for name in UNREADABLE if name != "a link to nothing"])
def test_what_cannot_be_read_is_never_written_over(path: Path, name: str) -> None:
    UNREADABLE[name](path)
    before = (path.lstat().st_ino, path.read_bytes() if path.is_file() else None)
    with pytest.raises(Trouble) as refused:
        Settings.read(path).change(country="gb")
    assert refused.value.code == STORAGE
    assert refused.value.safe
    assert refused.value.hint
    assert (path.lstat().st_ino, path.read_bytes() if path.is_file() else None) == before
    assert [*path.parent.iterdir()] == [path]


def test_a_change_keeps_comments_order_and_unknown_keys(path: Path) -> None:
    path.write_text(WRITTEN_BY_HAND, encoding="utf-8")
    Settings.read(path).change(country="gb", people=[{"name": "Jo", "contact": "1"}, {"name": "Al"}, {"name": "Bo"}])
    wanted = WRITTEN_BY_HAND.replace('"ie"      ', '"gb"      ').replace('"0"', '"1"')
    wanted = wanted.replace('"Al"\n\n', '"Al"\ncontact = ""\n\n[[people]]\nname = "Bo"\ncontact = ""\n\n', 1)
    assert [line for line in path.read_text(encoding="utf-8").split("\n") if line] == [
        line for line in wanted.split("\n") if line
    ]


def test_a_new_value_does_not_part_a_table_from_its_comment() -> None:
    changed = with_values('# mine\n\nsuggestions = false\n\n# who knows\n[[people]]\nname = "Jo"\n', {"country": "gb"})
    assert changed == '# mine\n\nsuggestions = false\ncountry = "gb"\n\n# who knows\n[[people]]\nname = "Jo"\n'


@pytest.mark.parametrize(
    "text",
    ["", "# only words", "suggestions = false", WRITTEN_BY_HAND, 'people = [{ name = "Jo", since = 1 }] # mine\nx = 1\n', 'people = "Jo"\nx = 1\n[y]\nz = 1\n',
     "[country]\nx = 1\n", '[[people]]\nname = "Bo"\n[other]\nx = 1\n[[people]]\nname = "Jo"\n', 'x = """\n[[people]]\n"""\n', WRITTEN_BY_HAND.replace("\n", "\r\n"),
     '[[people]]\nname = "Al"\n[people.more]\nx = 1\n', "other.x = 1\n"],
)  # fmt: skip
def test_whatever_the_layout_the_new_values_are_read_back_and_the_rest_stays(text: str) -> None:
    before = tomllib.loads(text)
    changed = with_values(text, {"country": "gb", "people": [JO, AL]})
    after = tomllib.loads(changed)
    assert after["country"] == "gb"
    assert [{"name": row["name"], "contact": row["contact"]} for row in after["people"]] == [JO, AL]
    rest = {"country", "people"}
    assert {name: value for name, value in after.items() if name not in rest} == {
        name: value for name, value in before.items() if name not in rest
    }
    assert changed.count("#") == text.count("#")
    assert ("\r" in changed) == ("\r" in text)
    assert with_values(changed, {"country": "gb", "people": [JO, AL]}) == changed


@given(st.lists(st.tuples(st.text(min_size=1), st.text()), max_size=4, unique_by=lambda row: row[0]), st.text())
def test_any_words_come_back_as_they_were(rows: list[tuple[str, str]], country: str) -> None:
    people = [{"name": name, "contact": contact} for name, contact in rows]
    try:
        changed = with_values(WRITTEN_BY_HAND, {"country": country, "people": people})
    except NotEditableError:
        pytest.fail("refused")
    read = tomllib.loads(changed)
    assert read["country"] == country
    assert [{"name": row["name"], "contact": row.get("contact", "")} for row in read.get("people", [])] == people


def test_a_link_stays_a_link_and_what_it_names_is_changed(path: Path, tmp_path: Path) -> None:
    (tmp_path / "dotfiles").mkdir()
    kept = tmp_path / "dotfiles" / "smartcli.toml"
    kept.write_text("# shared\nsuggestions = false\n", encoding="utf-8")
    (tmp_path / "between").symlink_to(kept)
    path.symlink_to(tmp_path / "between")
    Settings.read(path).change(country="gb")
    assert path.is_symlink()
    assert (tmp_path / "between").is_symlink()
    assert kept.read_text(encoding="utf-8") == '# shared\nsuggestions = false\ncountry = "gb"\n'


def test_a_link_to_a_file_yet_to_be_made_makes_it(path: Path, tmp_path: Path) -> None:
    path.symlink_to(tmp_path / "yet")
    Settings.read(path).change(country="gb")
    assert Settings.read(tmp_path / "yet").country == "gb"
    assert path.is_symlink()


@pytest.mark.skipif(os.name != "posix", reason="permission bits")
def test_the_file_is_for_its_owner_alone(path: Path) -> None:
    path.write_text("suggestions = false\n", encoding="utf-8")
    path.chmod(0o644)
    Settings.read(path).change(country="gb")
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_write_that_goes_wrong_leaves_the_old_file(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from smartcli.journal.files import Folder

    path.write_text("suggestions = false\n", encoding="utf-8")

    def full(*_: object) -> None:
        raise OSError(28, "full")

    monkeypatch.setattr(Folder, "replace", full)
    with pytest.raises(Trouble):
        Settings.read(path).change(country="gb")
    assert path.read_text(encoding="utf-8") == "suggestions = false\n"


def test_more_people_than_can_be_read_again_are_refused(path: Path) -> None:
    path.write_text("suggestions = false\n", encoding="utf-8")
    with pytest.raises(Trouble):
        Settings.read(path).change(people=[{"name": f"Jo {number}", "contact": "x" * 100} for number in range(400)])
    assert path.read_text(encoding="utf-8") == "suggestions = false\n"


def test_start_keeps_what_it_can_when_the_settings_cannot_be_written(run: Run, tiny: Catalog, home: Path) -> None:
    home.mkdir()
    (home / "config.toml").write_text('country = "xx\n')
    done = run("start", typed=START)
    assert done.exit_code == STORAGE
    assert (home / "config.toml").read_text() == 'country = "xx\n'
    [entry] = (home / "journal" / "entries").rglob("*.json")
    assert "drinking" in entry.read_text()
    (home / "config.toml").unlink()
    assert run("resume", typed="\n" * 20).exit_code == 0
    assert Settings.read(home / "config.toml").people == [{"name": "Sam", "contact": "123"}]
    assert not [*(home / "state" / "drafts").glob("*.jsonl")]


def test_record_keeps_the_entry_when_the_settings_cannot_be_written(run: Run, tiny: Catalog, home: Path) -> None:
    home.mkdir()
    (home / "config.toml").write_text('country = "xx\n')
    typed = {"behaviours": [{"name": "drinking", "family": "alcohol"}], "country": "xx"}
    done = run("record", "start", typed=json.dumps(typed))
    assert done.exit_code == STORAGE
    assert len([*(home / "journal" / "entries").rglob("*.json")]) == 1
    assert (home / "config.toml").read_text() == 'country = "xx\n'
