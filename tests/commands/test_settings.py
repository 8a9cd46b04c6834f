"""`settings`: every setting shown, explained and changed, with nothing but config.toml read or written."""

import json
import stat
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from smartcli.content.catalog import Catalog
from smartcli.declared_settings import kind_of, setting_names
from smartcli.trouble import STORAGE, USAGE
from smartcli.workbook.terminal import is_plain

Run = Callable[..., Result]
KEYS = setting_names()
# For each setting: what may be typed, and what the file then holds.
TYPED: dict[str, list[tuple[str, object]]] = {
    "country": [("ie", "ie"), ("Ireland", "ie"), (" the united kingdom ", "gb"), ("OTHER", "other")],
    "people": [],
    "theme": [("dark", "dark"), ("Light", "light")],
    "plain": [("yes", True), ("ON", True), ("false", False)],
    "taps": [("yes", True), ("no", False), ("auto", "auto")],
    "idle_minutes": [("5", 5), ("10 minutes", 10), ("never", 0), ("0", 0)],
    "keep_open": [
        ("safety-plan", ["safety-plan"]),
        ("letter Safety-Plan letter", ["letter", "safety-plan"]),
        ("note to self, Safety Plan", ["letter", "safety-plan"]),
    ],
    "suggestions": [("no", False), ("off", False), ("true", True)],
    "day_starts": [("5am", "05:00"), ("0:00", "00:00"), ("6", "06:00"), ("04:30", "04:30")],
    "paper": [("letter", "letter"), ("A4", "a4")],
    "reminder": [("8pm", "20:00"), ("07:30", "07:30"), ("no", False), ("never", False), ("yes", True)],
    "reminder_words": [("Tea and a page", "Tea and a page")],
}
WRONG = {
    "country": ["Austria", "x", "anywhere", "gb ie"],
    "people": ["Jo"],
    "theme": ["drak", "1", '"'],
    "plain": ["maybe", "2"],
    "taps": ["fingers"],
    "idle_minutes": ["-1", "121", "soon", "1.5", "99999"],
    "keep_open": ["lettre", "letter, nonsense"],
    "suggestions": ["perhaps", "5"],
    "day_starts": ["25:00", "late", "yes", "24"],
    "paper": ["a5", "true"],
    "reminder": ["25:00", "often"],
    "reminder_words": ["x" * 2001],
}


@pytest.fixture(autouse=True)
def _no_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "CLICOLOR", "TERMUX_VERSION"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def config(home: Path) -> Path:
    home.mkdir()
    return home / "config.toml"


def in_file(config: Path) -> dict[str, object]:
    return tomllib.loads(config.read_text(encoding="utf-8")) if config.exists() else {}


def shown(run: Run, *words: str) -> dict[str, object]:
    return json.loads(run("settings", *words, "--json").stdout)


def test_every_setting_is_shown_with_its_value_its_meaning_and_where_it_comes_from(run: Run, config: Path) -> None:
    page = run("settings").stdout
    there = shown(run)
    assert [one["key"] for one in there["settings"]] == KEYS
    assert page.count("This is the default.") == len(KEYS)
    for one in there["settings"]:
        assert f"{one['key']}: {one['used']}" in page
        assert one["about"] in page
        assert one["from"] == "default"
    assert str(config) in page
    assert not config.exists()  # looking makes nothing


@pytest.mark.parametrize("key", KEYS)
def test_what_is_typed_is_checked_written_and_counts(run: Run, config: Path, key: str) -> None:
    for words, value in TYPED[key]:
        done = run("settings", key, words)
        assert done.exit_code == 0, (words, done.output)
        assert done.stdout.startswith("Saved.")
        assert in_file(config) == {key: value}, words
        assert shown(run, key)["from"] == "file"
        assert run("settings").stderr == ""  # what was written can be read
        assert stat.S_IMODE(config.stat().st_mode) == 0o600


@pytest.mark.parametrize("key", KEYS)
def test_a_change_is_told_in_json_too(run: Run, config: Path, key: str) -> None:
    for words, value in TYPED[key]:
        told = shown(run, key, words)
        assert (told, told["from"], in_file(config)) == (shown(run, key), "file", {key: value})
    told = shown(run, key, "--default")
    assert (told, told["from"], in_file(config)) == (shown(run, key), "default", {})
    for words in WRONG[key]:
        done = run("settings", key, "--json", "--", words)
        assert (done.exit_code, done.stdout) == (USAGE, "")


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("before", ["", "# mine\n"])
def test_a_wrong_value_changes_nothing_and_is_not_repeated(run: Run, config: Path, key: str, before: str) -> None:
    if before:
        config.write_text(before)
    for words in WRONG[key]:
        done = run("settings", key, "--", words)
        assert done.exit_code == USAGE, words
        assert "Nothing was changed." in done.stderr
        assert len(words) < 3 or words not in done.stderr.replace("Did you mean", "")
        assert config.exists() == bool(before)
        assert not before or config.read_text() == before


@pytest.mark.parametrize("key", [key for key in KEYS if kind_of(key).choices])
def test_a_near_miss_of_a_value_is_named(run: Run, config: Path, key: str) -> None:
    choice = max(kind_of(key).choices, key=len)
    assert f"Did you mean {choice}?" in run("settings", key, f"{choice}{choice[-1]}").stderr


@pytest.mark.parametrize("key", KEYS)
def test_a_key_is_found_in_any_case_and_a_near_miss_of_it_is_named(run: Run, config: Path, key: str) -> None:
    assert shown(run, key.upper().replace("_", "-"))["key"] == key
    for words in ([], ["1"], ["--default"]):
        done = run("settings", f"{key}x", *words)
        assert done.exit_code == USAGE
        assert f"Did you mean {key}?" in done.stderr
    assert not config.exists()


def test_what_a_setting_is_called_elsewhere_leads_to_it(run: Run, config: Path) -> None:
    for words, key in (("color", "theme"), ("contacts", "people"), ("mouse", "taps"), ("screen-reader", "plain")):
        assert f"Did you mean {key}?" in run("settings", words).stderr


@pytest.mark.parametrize("words", [["--default"], ["default"], ["DEFAULT"]])
@pytest.mark.parametrize("line", ['theme = "dark"', 'theme = "purple"', "[theme]\nx = 1"])
def test_a_setting_is_taken_back_and_all_else_stays(run: Run, config: Path, words: list[str], line: str) -> None:
    before, after = '# mine\npaper = "a4" # at work\n', "\n# last\n"
    config.write_text(f"{before}{line}\n{after}")
    done = run("settings", "theme", *words)
    assert done.exit_code == 0
    assert in_file(config) == {"paper": "a4"}
    assert "# mine" in config.read_text()
    assert "# at work" in config.read_text()
    assert shown(run, "theme")["from"] == "default"
    kept = config.read_bytes()
    assert "already" in run("settings", "theme", *words).stdout
    assert config.read_bytes() == kept


def test_where_a_value_comes_from_is_told_truly(run: Run, config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config.write_text('theme = "dark"\nplain = true\ncountry = "us"\n')
    monkeypatch.setenv("NO_COLOR", "1")
    sources = {one["key"]: (one["from"], one["used"], one["variable"]) for one in shown(run)["settings"]}
    assert sources["theme"] == ("environment", "none", "NO_COLOR")
    assert sources["plain"] == ("file", "yes", None)
    assert sources["paper"] == ("country", "letter", None)
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setenv("SMARTCLI_PLAIN", "0")
    monkeypatch.setenv("TERMUX_VERSION", "1")
    sources = {one["key"]: (one["from"], one["used"], one["variable"]) for one in shown(run)["settings"]}
    assert sources["theme"] == ("file", "dark", None)
    assert sources["plain"] == ("environment", "no", "SMARTCLI_PLAIN")
    assert sources["taps"] == ("environment", "yes", "TERMUX_VERSION")
    assert "SMARTCLI_PLAIN" in run("settings", "plain", "yes").stdout  # saved, and told that it does not count now


def test_plain_mode_is_a_setting_and_the_environment_wins(
    home: Path, config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not is_plain()
    config.write_text("plain = true\n")
    assert is_plain()
    monkeypatch.setenv("SMARTCLI_PLAIN", "0")
    assert not is_plain()
    monkeypatch.setenv("SMARTCLI_PLAIN", "1")
    config.write_text("plain = false\n")
    assert is_plain()
    monkeypatch.delenv("SMARTCLI_PLAIN")
    config.write_text('plain = "')  # cannot be read: nothing is closed
    assert not is_plain()


def test_people_are_counted_and_never_named(run: Run, config: Path) -> None:
    config.write_text('[[people]]\nname = "CANARY"\ncontact = "CANARY"\n')
    for words in ([], ["people"], ["--json"], ["people", "--json"], ["theme", "dark"]):
        done = run("settings", *words)
        assert done.exit_code == 0
        assert "CANARY" not in done.output
    assert "1 person" in run("settings", "people").stdout
    assert "CANARY" in config.read_text()


def test_a_file_that_cannot_be_read_is_explained_kept_and_begun_anew(run: Run, config: Path) -> None:
    config.write_text('country = "gb\n[[people]]\nname = "CANARY"\n')
    before = config.read_bytes()
    page = run("settings")
    assert page.exit_code == 0
    assert "config.toml:1:" in page.stdout
    assert "settings --aside" in page.stdout
    assert shown(run)["readable"] is False
    for words in (["theme", "dark"], ["theme", "--default"]):
        done = run("settings", *words)
        assert done.exit_code == STORAGE
        assert config.read_bytes() == before
    for number in (1, 2):
        done = run("settings", "--aside")
        kept = config.with_name(f"config-aside-{number}.toml")
        assert done.exit_code == 0
        assert str(kept) in done.stdout.replace("\n", "")
        assert kept.read_bytes() == before
        assert not config.exists()
        assert run("settings", "theme", "dark").exit_code == 0
        assert in_file(config) == {"theme": "dark"}
        config.write_bytes(before)
    assert str(kept) in run("settings").stdout
    assert str(kept) in run("where", "--json").stdout


def test_a_file_that_can_be_read_or_is_not_there_is_not_put_aside(run: Run, config: Path) -> None:
    for there in (False, True):
        if there:
            config.write_text('theme = "dark"\ncuontry = 1\n')
        assert run("settings", "--aside").exit_code == USAGE
        assert config.exists() == there
    assert run("settings", "theme", "--aside").exit_code == USAGE


def test_the_journal_is_never_opened(run: Run, tiny: Catalog, home: Path) -> None:
    assert run("record", "check-in", typed="{}").exit_code in (0, 2)
    (home / "journal").mkdir(parents=True, exist_ok=True)
    (home / "journal" / "journal.json").write_text("damaged")
    before = sorted(path.relative_to(home) for path in home.rglob("*"))
    assert run("settings", "theme", "dark").exit_code == 0
    assert run("settings").exit_code == 0
    after = sorted(path.relative_to(home) for path in home.rglob("*"))
    assert {*after} - {*before} == {Path("config.toml")}
