"""A word that is no command: the name of an exercise is that exercise, any other gets one sentence with a guess."""

import re
from pathlib import Path

import pytest
from typer.main import get_command

from smartcli import cli
from smartcli.commands.other_words import GUESSES, guess
from smartcli.content import catalog
from smartcli.content.catalog import Catalog
from smartcli.words import folded
from smartcli.workbook import exercise_names
from tests.conftest import Run

COMMANDS = getattr(get_command(cli.app), "commands", {})
TO_COME = {"lock", "unlock"}  # guessed at as soon as they are there
BEGINS = {"checkin": "check-in", "urge": "urge-log", "lapse": "lapse", "start": "start"}  # commands, the same by name


def names(exercise: object) -> set[str]:
    return {folded(name) for name in (exercise.id, *exercise.aliases)}  # type: ignore[attr-defined]


@pytest.fixture(scope="module")
def shipped() -> list[object]:
    return [*Catalog(Path("/nowhere"))]


def test_no_name_of_an_exercise_is_a_command_that_does_something_else(shipped: list[object]) -> None:
    taken = {*COMMANDS, *TO_COME}
    clashes = {(name, one.id) for one in shipped for name in names(one) & taken}  # type: ignore[attr-defined]
    assert clashes <= {*BEGINS.items()}


def test_no_alias_is_another_exercises_id(shipped: list[object]) -> None:
    ids = {one.id: one for one in shipped}  # type: ignore[attr-defined]
    assert not [
        (name, one.id) for one in shipped for name in names(one) if ids.get(name.replace(" ", "-"), one) is not one
    ]  # type: ignore[attr-defined]


def test_every_guess_is_a_line_that_can_be_typed_and_is_reached(shipped: list[object]) -> None:
    known = {name for one in shipped for name in names(one)}
    for word, lines in GUESSES.items():
        assert word == folded(word)
        assert word not in COMMANDS, f"{word} is a command: its guess is never reached"
        assert word not in known, f"{word} is an exercise's name: its guess is never reached"
        for line in filter(None, lines):
            first, *more = line.split()
            if first.startswith("-"):
                assert first in {name for option in get_command(cli.app).params for name in option.opts} | {
                    "--install-completion"
                }
                continue
            assert first in {*COMMANDS, *TO_COME}, line
            options = (
                {name for option in COMMANDS[first].params for name in option.opts} if first in COMMANDS else set()
            )
            assert {part for part in more if part.startswith("-")} <= options, line
            if first == "do":
                assert {*more} <= known, line


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("stats", "insights"), ("undo", "restore"), ("mood", "checkin"), ("log", "checkin"), ("config", "where"), ("STATS", "insights"),
        ("chekin", "checkin"), ("inisghts", "insights"), ("suport", "support"), ("urg", "urge"), ("valeus", "values"), ("sos", "support"),
    ],
)  # fmt: skip
def test_what_was_probably_meant_is_named_in_one_sentence(run: Run, word: str, meant: str) -> None:
    done = run(word)
    assert (done.exit_code, done.stdout) == (2, "")
    sentence, hint = done.stderr.splitlines()
    assert sentence == "There is no command with that name."
    assert re.search(rf"`\w+ {meant}`", hint)
    assert word == "config" or not re.search(r"`\w+ (start|do)`", hint)


def test_of_what_is_still_to_come_nothing_else_is_named(shipped: list[object]) -> None:
    for word, lines in GUESSES.items():
        assert {line for line in guess(word, ()) if line} <= {line for line in lines if line.startswith("-")}


def test_today_is_smartcli_alone(run: Run) -> None:
    assert guess("today", COMMANDS) == [""]
    assert re.search(r"`\w+`\?", run("today").stderr)


@pytest.mark.parametrize("word", ["zzzzzz", "8", "--", "❤"])
def test_a_word_that_nothing_is_like_is_told_where_help_is(run: Run, word: str) -> None:
    done = run("--", word)
    assert done.exit_code == 2
    assert "--help" in done.stderr
    assert len(done.stderr.splitlines()) == 2


def test_only_commands_that_are_there_are_guessed() -> None:
    assert guess("config", {"where"}) == ["where"]
    assert guess("config", {"settings", "start", "where"}) == ["settings", "start", "where"]


@pytest.mark.parametrize("words", ["small", "SMALL", "Small --quick", "--plain small", "small --plain"])
def test_an_exercises_id_is_the_exercise(run: Run, tiny: Catalog, words: str) -> None:
    assert "Saved" in run(*words.split(), typed="hello\n").stderr
    assert '"exercise": "small"' in run("review", "--json").stdout


@pytest.mark.parametrize("words", ["cba", "CBA", "Pros and Cons", "cost-benefit --quick", "cba --plain"])
def test_so_is_any_other_name_it_has(run: Run, words: str) -> None:
    assert run(*words.split(), typed="!\n").stdout == run("do", "cost-benefit", typed="!\n").stdout


def test_a_craving_is_an_urge(run: Run) -> None:
    assert run("craving", typed="!\n").stdout == run("urge", typed="!\n").stdout


def test_commands_win_then_exercises_then_guesses(run: Run, tiny: Catalog) -> None:
    own = tiny.own
    own.mkdir(parents=True)
    text = (catalog.built_in() / "daily" / "small.toml").read_text()  # type: ignore[attr-defined]
    for name in ("review", "stats"):
        (own / f"{name}.toml").write_text(text.replace('id = "small"', f'id = "{name}"'))
    assert run("review", "--json").stdout.strip() == "[]"
    assert run("stats", typed="hello\n").exit_code == 0
    assert '"exercise": "stats"' in run("review", "--json").stdout


def test_a_known_command_is_not_looked_for_among_exercises(
    run: Run, tiny: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exercise_names, "is_exercise", lambda words: pytest.fail("looked for"))
    assert run("drafts", "--json").exit_code == 0
    assert run("Drafts", "--json").exit_code == 0


def test_an_own_exercise_behind_home_is_found(run: Run, tiny: Catalog, tmp_path: Path) -> None:
    other = tmp_path / "other"
    own = other / "journal" / "exercises"
    own.mkdir(parents=True)
    text = (catalog.built_in() / "daily" / "small.toml").read_text()  # type: ignore[attr-defined]
    (own / "mine.toml").write_text(text.replace('id = "small"', 'id = "mine"'))
    assert run("mine", typed="hello\n").exit_code == 2
    assert run("mine", "--home", str(other), typed="hello\n").exit_code == 0


def all_commands(command: object = None, *path: str) -> list[tuple[str, ...]]:
    command = command or get_command(cli.app)
    inner = getattr(command, "commands", {})
    return [path, *(line for name, one in inner.items() for line in all_commands(one, *path, name))]


@pytest.mark.parametrize("path", all_commands(), ids=" ".join)
def test_help_by_word_is_what_help_is(run: Run, path: tuple[str, ...]) -> None:
    wanted = run(*path, "--help").stdout.strip()
    assert run("help", *path).stdout.strip() == wanted
    assert run("HELP", *(name.upper() for name in path)).stdout.strip() == wanted
    if path not in {("search",), ("help",)}:
        assert run(*path, "help").stdout.strip() == wanted


def test_help_of_an_exercise_says_what_it_is_for(run: Run, tiny: Catalog) -> None:
    assert run("help", "small").stdout == run("exercises", "show", "small").stdout
    assert run("help", "smal").exit_code == 2
    assert run("help", "exercises", "shwo").exit_code == 2
    assert run("help", "drafts", "small").exit_code == 2


def test_search_may_look_for_help(run: Run, tiny: Catalog) -> None:
    assert "--json" not in run("search", "help").stdout
