"""What can go wrong, and the one door that tells it.

House rule: what happened, what is safe, what to do; one sentence each, to standard error. Never a word the
person wrote, never an exception's own message: those carry content.
"""

import contextlib
import errno
import os
import sys
import threading
import warnings
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

from smartcli import language
from smartcli.language import _
from smartcli.words import visible, wrapped

# Exit codes. 1, a bug of ours, is also what Python gives for what nobody foresaw; 130 is what a shell gives for Ctrl-C.
DONE, BUG, USAGE, STORAGE, ATTENTION, PAUSED = 0, 1, 2, 3, 4, 130
_FULL = (errno.ENOSPC, errno.EIO, errno.EDQUOT, errno.EFBIG)  # what a write says when nothing more fits


class Trouble(Exception):  # noqa: N818  told to a person, who is not to hear of errors
    """Something the person should know: a sentence, what is safe, what to do, and the exit code."""

    def __init__(self, sentence: str, *, safe: str = "", hint: str = "", code: int = USAGE) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.safe = safe
        self.hint = hint
        self.code = code

    def lines(self) -> list[str]:
        """Return the sentences to show, in order."""
        return [part for part in (self.sentence, self.safe, self.hint) if part]


class Pause(Exception):  # noqa: N818  a way out, not an error
    """The person leaves now and may go on another time; carries what the door is to say of it, if anything."""

    def lines(self) -> list[str]:
        """Return the sentences to show, in order."""
        return [*self.args]

    def remark(self) -> str:
        """Return what a menu that goes on says of it: the first of the sentences, "" where there are none."""
        return next(iter(self.lines()), "")


def say(*lines: str) -> None:
    """Write lines to standard error, where notes and errors go; a file's name in them may be anything."""
    for line in lines:
        print(_fitted(visible(line)), file=sys.stderr)


def _fitted(line: str) -> str:
    """Return a line broken between words where it is too long for the terminal."""
    if not sys.stderr.isatty():
        return line
    import shutil

    return wrapped(line, shutil.get_terminal_size().columns)


@contextlib.contextmanager
def door() -> Iterator[None]:
    """Let a command through; end the program with the right words and exit code when it cannot finish.

    Standard output is flushed here: a full disk or a closed pipe behind it shows at the latest now. What is wrong
    with a translation is told here too, when everything else was said.
    """
    try:
        try:
            yield
        finally:
            sys.stdout.flush()
            say(*language.remarks())
    except Trouble as trouble:
        say(*trouble.lines())
        raise SystemExit(trouble.code) from None
    except Pause as pause:
        say(*pause.lines())
        raise SystemExit(PAUSED) from None
    except (KeyboardInterrupt, EOFError):
        say(_("Stopped. Everything you saved before is safe."))
        raise SystemExit(PAUSED) from None
    except BrokenPipeError:  # `smartcli review | head`: nobody reads any more
        _discard_output()
        raise SystemExit(DONE) from None
    except OSError as error:
        # The journal and the exports turn their own OSErrors into Trouble where they happen, and an error about a
        # named file is not about standard output. What is left without a name and says "full" is standard output.
        if error.filename is not None or error.errno not in _FULL:
            raise
        _discard_output()
        say(_("Not all of the output could be written."), _("Everything you saved is safe."))
        raise SystemExit(STORAGE) from None


def _discard_output() -> None:
    """Point standard output at nothing, or Python would try its buffer again at exit, and complain."""
    with contextlib.suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def guard() -> None:
    """Make every way an unexpected error can be printed say its type and place only, and leave no memory behind."""
    warnings.simplefilter("ignore")
    sys.excepthook = _tell
    threading.excepthook = lambda hook: _tell(hook.exc_type, hook.exc_value, hook.exc_traceback)
    sys.unraisablehook = lambda hook: None


def _tell(kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
    say(
        _("Something went wrong in smartcli itself ({error} in {place}).", error=kind.__name__, place=_place(trace)),
        _("Everything you saved is safe. `smartcli resume` goes on with an unfinished exercise."),
        _("If you report this, the first line is enough. It contains nothing you wrote."),
    )


def _place(trace: TracebackType | None) -> str:
    import traceback

    ours = [frame for frame in traceback.extract_tb(trace) if f"{os.sep}smartcli{os.sep}" in frame.filename]
    return f"{Path(ours[-1].filename).name}:{ours[-1].lineno}" if ours else _("start-up")
