"""Standard output that takes no more: said in a sentence by every command, never a crash."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.main import get_command

from smartcli import cli
from smartcli.content.catalog import Catalog
from tests.conftest import Run

FULL = Path("/dev/full")
PRINTING = [
    "",
    "review",
    "review --json",
    "search hello",
    "search hello --json",
    "show last",
    "show last --json",
    "history last",
    "history last --json",
    "compare small",
    "insights",
    "insights --json",
    "exercises",
    "exercises --json",
    "exercises show small",
    "exercises check",
    "exercises new mine",
    "drafts",
    "drafts --json",
    "support",
    "where",
    "where --json",
    "print small --output -",
    *(f"export --as {kind} --output -" for kind in ("md", "html", "json", "ics")),
]


def all_commands() -> Iterator[str]:
    """Yield every command, and every command below it, as it is typed."""

    def below(command: object, typed: str) -> Iterator[str]:
        yield typed
        for name, inner in getattr(command, "commands", {}).items():
            yield from below(inner, f"{typed} {name}".strip())

    return below(get_command(cli.app), "")


def exit_code_on_a_full_disk(monkeypatch: pytest.MonkeyPatch, typed: str) -> object:
    with (
        FULL.open("w", encoding="utf-8") as full,
        Path(os.devnull).open(encoding="utf-8") as nothing,
        monkeypatch.context() as patch,
    ):
        patch.setattr(sys, "stdout", full)
        patch.setattr(sys, "stdin", nothing)
        with pytest.raises(SystemExit) as ended:
            cli.app(typed.split(), prog_name="smartcli")
    return ended.value.code


@pytest.mark.skipif(not FULL.exists(), reason="only Linux has /dev/full")
@pytest.mark.parametrize("typed", ["--version", *(f"{name} --help".strip() for name in all_commands()), *PRINTING])
def test_output_that_takes_no_more_is_told_by_every_command(
    run: Run, tiny: Catalog, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], typed: str
) -> None:
    for words in ("hello", "hello again"):
        run("record", "small", typed=f'{{"what": "{words}"}}')
    assert exit_code_on_a_full_disk(monkeypatch, typed) == 3
    assert capsys.readouterr().err.startswith("Not all of the output could be written.\n")
