"""Many runs of the program in one child process: to start a fresh one takes longer than most commands do.

    run_many([Given(("where",)), Given(("record", "journal"), typed='{"words": "x"}')], SMARTCLI_HOME=...)

What a process settles once as it starts (the language, the help of the commands) is settled for all of them. What holds
a run's own state, a place chosen or a file read, is as new for each; a test of that starts a child for itself.
"""

import json
import os
import subprocess
import sys
import traceback
from collections.abc import Sequence
from typing import NamedTuple

from tests.support import children


class Given(NamedTuple):
    """One command line, and what stands on standard input."""

    words: Sequence[str]
    typed: str = ""


class Said(NamedTuple):
    """How a run ended, and all that it printed."""

    code: int
    printed: str  # standard output and error; with a traceback, if the program let one through


def run_many(given: Sequence[Given], **variables: str) -> list[Said]:
    """Run command lines one after another in one new process, with these environment variables; return what each said."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.support.many"],
        input=json.dumps(given),
        capture_output=True,
        text=True,
        env=children.environment(**{"LANG": "C.UTF-8", **variables}),
        timeout=240,
    )
    assert done.returncode == 0, done.stderr
    return [Said(*one) for one in json.loads(done.stdout)]


def main() -> None:
    """Run what standard input holds, and print what was said."""
    from smartcli import language

    language.choose(os.environ)  # as the program does: before any module with a sentence in a table is imported
    json.dump([_said(Given(*one)) for one in json.load(sys.stdin)], sys.stdout)


def _said(given: Given) -> Said:
    from typer.testing import CliRunner

    from smartcli import places
    from smartcli.cli import app
    from smartcli.content.catalog import PARSED

    places.choose(None)
    PARSED.clear()
    done = CliRunner().invoke(app, [*given.words], input=given.typed, prog_name="smartcli")
    wrong = done.exc_info if done.exception and not isinstance(done.exception, SystemExit) else None
    return Said(done.exit_code, done.output + ("".join(traceback.format_exception(*wrong)) if wrong else ""))


if __name__ == "__main__":
    main()
