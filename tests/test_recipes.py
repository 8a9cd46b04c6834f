"""The recipes of docs/scripts.md: each is run as it stands there, and prints what stands below it."""

import re
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from smartcli.moments import Moment
from tests.support.children import environment
from tests.support.made import record

RECIPES = re.findall(
    r"^```sh\n(.*?)^```\n\n```text\n(.*?)^```$",
    (Path(__file__).parent.parent / "docs" / "scripts.md").read_text(encoding="utf-8"),
    re.MULTILINE | re.DOTALL,
)
BASH = shutil.which("bash")


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home that the recipes are about."""
    home = tmp_path_factory.mktemp("recipes")
    for day, mood in ((10, 5), (11, 4), (12, 7)):
        record(home, "check-in", {"mood": mood}, Moment(datetime(2026, 3, day, 21, tzinfo=UTC)))
    for hour, tool in ((9, "ring Jo"), (12, "go for a run"), (18, "ring Jo")):
        record(home, "urge-log", {"strength": 6, "tool": tool}, Moment(datetime(2026, 3, 10, hour, tzinfo=UTC)))
    steps = [
        {"step": "look up when the pool is open", "due": "2026-03-20", "done": True},
        {"step": "find my swimming things", "due": "2026-04-01"},
        {"step": "+1: ask Sam to come"},
    ]
    goal = {"goal": "swim ten lengths", "steps": steps}
    record(home, "goals", goal, Moment(datetime(2026, 3, 12, 20, tzinfo=UTC)))
    return home


def test_there_are_recipes_for_both_formats() -> None:
    assert {name for name in ("csv", "json") for recipe, _printed in RECIPES if f"--as {name}" in recipe} == {
        "csv",
        "json",
    }
    assert len(RECIPES) >= 5


@pytest.mark.skipif(BASH is None, reason="the recipes are lines for bash")
@pytest.mark.parametrize(("recipe", "printed"), RECIPES, ids=[f"recipe {place}" for place in range(len(RECIPES))])
def test_a_recipe_prints_what_stands_below_it(lived: Path, tmp_path: Path, recipe: str, printed: str) -> None:
    done = run(recipe, lived, tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout == printed


@pytest.mark.skipif(BASH is None, reason="the recipes are lines for bash")
@pytest.mark.parametrize("recipe", [recipe for recipe, _printed in RECIPES if "--as csv" in recipe])
def test_a_recipe_for_tables_does_where_a_question_was_never_answered(tmp_path: Path, recipe: str) -> None:
    for name, answers in (
        ("check-in", {"mood": 5}),
        ("urge-log", {"strength": 6}),
        ("goals", {"goal": "a", "steps": [{"step": "b"}]}),
    ):
        record(tmp_path / "home", name, answers, Moment(datetime(2026, 3, 10, 21, tzinfo=UTC)))
    done = run(recipe, tmp_path / "home", tmp_path)
    assert done.returncode == 0, done.stderr


def run(recipe: str, home: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a recipe as it stands, in a folder of its own; skip it where a program that it needs is missing."""
    if " jq " in recipe and shutil.which("jq") is None:
        pytest.skip("there is no jq here")
    program = f'set -eo pipefail\nsmartcli() {{ "{sys.executable}" -m smartcli "$@"; }}\n'
    program += f'python3() {{ "{sys.executable}" "$@"; }}\n'
    return subprocess.run(
        [str(BASH), "-c", program + recipe],
        cwd=folder,
        env=environment(SMARTCLI_HOME=str(home), HOME=str(folder)),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
