"""What can go wrong, and the one door that tells it.

House rule: what happened, what is safe, what to do; one sentence each, to standard error. Never a word the
person wrote, never an exception's own message: those carry content.
"""

import contextlib
import errno
import os
import stat
import sys
import threading
import warnings
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import NoReturn, TextIO

from smartcli import language
from smartcli.language import _
from smartcli.words import visible, wrapped

# Exit codes. 1, a bug of ours, is also what Python gives for what nobody foresaw; 130 is what a shell gives for Ctrl-C.
DONE, BUG, USAGE, STORAGE, ATTENTION, LOCKED, PAUSED = 0, 1, 2, 3, 4, 5, 130
# What a write says when nothing more fits, when nobody listens at a terminal any more, and when there is nowhere to
# write (closed, or opened for reading only). Windows has no quotas by that name.
_TAKES_NO_MORE = {errno.ENOSPC, errno.EIO, errno.EFBIG, errno.EBADF, errno.EAGAIN, getattr(errno, "EDQUOT", -1)}


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
    """Write lines to standard error, where notes and errors go; a file's name in them may be anything.

    Where standard error takes nothing, there is nobody to tell: what the program does goes on.
    """
    try:
        for line in lines:
            print(_fitted(visible(line)), file=sys.stderr)
        sys.stderr.flush()
    except OSError:
        _discard(sys.stderr)


def _fitted(line: str) -> str:
    """Return a line broken between words where it is too long for the terminal."""
    if not sys.stderr.isatty():
        return line
    import shutil

    return wrapped(line, shutil.get_terminal_size().columns)


@contextlib.contextmanager
def door() -> Iterator[None]:
    """Let a command through; end the program with the right words and exit code when it cannot finish.

    What is wrong with a translation is told here too, when everything else was said.
    """
    try:
        with _output_seen_to():
            try:
                yield
            except Trouble as trouble:
                say(*trouble.lines())
                raise SystemExit(trouble.code) from None
            except Pause as pause:
                say(*pause.lines())
                raise SystemExit(PAUSED) from None
            except (KeyboardInterrupt, EOFError):
                say(_("Stopped. Everything you saved before is safe."))
                raise SystemExit(PAUSED) from None
    finally:
        say(*language.remarks())


@contextlib.contextmanager
def _output_seen_to() -> Iterator[None]:
    """End the program when standard output takes no more: 0 where nobody reads on, else 3 and a sentence.

    It is flushed here, so that a full disk or a closed pipe behind it shows at the latest now. An exit code that the
    program ends with anyway stands: what it says of is more than that.
    """
    try:
        try:
            yield
        except SystemExit as ended:
            with contextlib.suppress(SystemExit):
                _flush()
            raise ended from None
        _flush()
    except OSError as error:
        # The journal and the exports turn their own OSErrors into Trouble where they happen, and an error about a
        # named file is not about standard output. What is left without a name and says this is standard output.
        if error.filename is not None:
            raise
        _end_output(error)


def _flush() -> None:
    """Write what is waiting; end the program where standard output does not take it."""
    try:
        sys.stdout.flush()
    except OSError as error:
        _end_output(error, is_certain=True)


def _end_output(error: OSError, *, is_certain: bool = False) -> NoReturn:
    """End the program after an error that is (`is_certain`) or may be standard output's; raise any other again."""
    if isinstance(error, BrokenPipeError) or _is_closed_pipe_on_windows(error):
        _discard(sys.stdout)
        raise SystemExit(DONE) from None  # `smartcli review | head` has read all that it wants
    if not is_certain and error.errno not in _TAKES_NO_MORE:
        raise error
    _discard(sys.stdout)
    say(_("Not all of the output could be written."), _("Everything you saved is safe."))
    raise SystemExit(STORAGE) from None


def _is_closed_pipe_on_windows(error: OSError) -> bool:
    """Return whether an error says that nobody reads a pipe any more: there Windows says EINVAL."""
    if error.errno != errno.EINVAL:
        return False
    with contextlib.suppress(OSError, ValueError):
        return stat.S_ISFIFO(os.fstat(sys.stdout.fileno()).st_mode)
    return False


def _discard(stream: TextIO) -> None:
    """Point a stream at nothing, or Python would try its buffer again at exit, and complain."""
    with contextlib.suppress(OSError, ValueError):
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, stream.fileno())
        os.close(nothing)


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
