"""The program: what must be so before the command line is read, then the command line."""

import atexit
import gc
import os
import sys

_YOUNG = 200_000  # objects made before Python looks for garbage among them: more than a start or a page makes


def _look_for_garbage_rarely() -> None:
    """Let Python look for garbage in long sessions and exports alone, and not at the end.

    Loading modules makes some hundred thousand objects and no garbage; to look through them again and again, and once
    more before the end, takes a fifth of a short run.
    """
    gc.set_threshold(_YOUNG)
    atexit.register(gc.freeze)


def _replace_closed_streams() -> None:
    """Put something in place of each stream that whoever started us has closed.

    Otherwise the next file opened would get its number. Standard output becomes a file that refuses to be written to:
    what was asked for and goes nowhere is told (`trouble.door`). Nothing stands where errors would be told.
    """
    for name, flags, mode in (
        ("stdin", os.O_RDONLY, "r"),
        ("stdout", os.O_RDONLY, "w"),
        ("stderr", os.O_WRONLY, "w"),
    ):
        if getattr(sys, name) is None:
            stream = os.fdopen(os.open(os.devnull, flags), mode, encoding="utf-8")  # it is ours to the end
            setattr(sys, name, stream)


def main() -> None:
    """Run smartcli."""
    if sys.argv[1:2] == ["due"]:
        from smartcli import due

        due.answer_at_once(sys.argv[2:], os.environ)
    _look_for_garbage_rarely()
    from smartcli import language, secrecy, silence, trouble

    trouble.guard()
    secrecy.no_dumps()
    silence.refuse_network()
    _replace_closed_streams()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    language.choose(os.environ)  # before any module with a sentence in a table, or in the help of a command
    from smartcli.cli import app

    app(prog_name="smartcli")


if __name__ == "__main__":
    main()
