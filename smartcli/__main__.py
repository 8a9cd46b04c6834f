"""The program: what must be so before the command line is read, then the command line."""

import os
import sys
from pathlib import Path


def main() -> None:
    """Run smartcli."""
    from smartcli import language, secrecy, trouble

    trouble.guard()
    secrecy.no_dumps()
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:  # closed by whoever started us
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115  it is ours to the end
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    if "--plain" in sys.argv[1:]:
        os.environ["SMARTCLI_PLAIN"] = "1"
    if os.environ.get("SMARTCLI_PLAIN", "") not in ("", "0") or os.environ.get("TERM") == "dumb":
        os.environ.setdefault("TYPER_USE_RICH", "0")  # read when typer is imported: help without boxes
    language.choose(os.environ)  # before any module with a sentence in a table, or in the help of a command
    from smartcli.cli import app

    app(prog_name="smartcli")


if __name__ == "__main__":
    main()
