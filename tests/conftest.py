"""What tests share: a throw-away home, the tiny catalogue, and the program run in this process."""

import compileall
import os
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from typer.testing import CliRunner, Result

import smartcli
from smartcli import language, moments, places
from smartcli.content import catalog
from smartcli.content.catalog import Catalog
from smartcli.content.exercise import Exercise
from smartcli.journal import system
from smartcli.lock import keyring
from smartcli.workbook import terminal
from tests.support import children, offline

CATALOGUE = Path(__file__).parent / "catalogue"

SIZE = int(os.environ.get("SMARTCLI_TEST_SIZE", "1"))  # times what a push takes, for tests that count their cases

# Whoever asks only whether a test fails does not wait for the smallest case in which it does.
PHASES = [phase for phase in Phase if phase is not Phase.shrink or not os.environ.get("SMARTCLI_TEST_NO_SHRINKING")]

# On a push the random cases are the same every time, so that no change goes red by another's luck.
settings.register_profile(
    "sized",
    max_examples=60 * SIZE,
    derandomize=SIZE == 1,
    phases=PHASES,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("sized")

offline.listen()
children.set_clock()


def pytest_configure(config: pytest.Config) -> None:
    """Compile the program before any worker starts, since children write no bytecode: each would compile it all.

    The tests that count a child's calls rely on it too: a module found compiled is opened once less.
    """
    if not hasattr(config, "workerinput"):
        compileall.compile_dir(Path(smartcli.__file__).parent, quiet=1)


_CLEARED = ("SMARTCLI_PLAIN", "GITHUB_ACTIONS", "PY_COLORS", "FORCE_COLOR", "TYPER_USE_RICH")


@pytest.fixture(autouse=True)
def _calm(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The same terminal for every test, wherever it runs; nothing of one test is left for the next."""
    for name in _CLEARED:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("PROMPT_TOOLKIT_NO_CPR", "1")
    catalog.PARSED.clear()
    catalog.PARSED.update(_shipped())
    # Nothing here has to outlast a power cut; tests/faults has a disk that forgets, and children, which ask for it.
    monkeypatch.setattr(system.FileSystem, "fsync", lambda fs, fd: None)
    monkeypatch.setattr(os, "sync", lambda: None)  # of a busy machine's whole disk: it may take a minute
    yield
    keyring.let_go()
    places.choose(None)
    moments.choose_day_start(moments.DAY_STARTS)
    terminal.plain_is_chosen = terminal.prints_pages = False


@cache
def _shipped() -> dict[Any, Exercise]:
    """Return the exercises that ship, parsed once in a worker: what every test may have read, and no test changes."""
    catalog.PARSED.clear()
    assert not language.is_translated()
    assert [*Catalog(Path("/nowhere"))]
    return dict(catalog.PARSED)


@pytest.fixture(autouse=True)
def _offline() -> Iterator[None]:
    """No test may make the program reach for a network, not even where the error is caught."""
    offline.heard.clear()
    yield
    assert not offline.heard, f"reached for a network: {offline.heard}"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own, thrown away afterwards."""
    folder = tmp_path / "home"
    monkeypatch.setenv("SMARTCLI_HOME", str(folder))
    return folder


@pytest.fixture
def tiny(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Catalog:
    """The test-only catalogue in place of the shipped one."""
    monkeypatch.setattr(catalog, "built_in", lambda: CATALOGUE)
    return Catalog(tmp_path / "home" / "journal" / "exercises")


Run = Callable[..., Result]


@pytest.fixture
def run(home: Path) -> Run:
    """Run the program in this process: run("record", "small", typed='{"what": "x"}')."""
    from smartcli.cli import app

    def call(*words: str, typed: str | bytes = "") -> Result:
        places.choose(None)
        return CliRunner().invoke(app, [*words], input=typed)

    return call


@pytest.fixture
def python() -> str:
    """The interpreter that runs the tests."""
    return sys.executable
