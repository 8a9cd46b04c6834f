"""Disk errors as Trouble: the words a person reads when the disk refuses a file or a folder."""

import contextlib
import errno
from collections.abc import Iterator

from smartcli.trouble import STORAGE, Trouble

# By error number: what happened, and what to do about it.
_REASONS = {
    errno.ENOSPC: ("the disk is full", "Free some space and try again."),
    # Windows has no quotas by this name; -1 is no error number.
    getattr(errno, "EDQUOT", -1): (
        "your share of the disk is full",
        "Free some space and try again.",
    ),
    errno.EROFS: (
        "the folder cannot be written to",
        "Make it writable, or choose another with --home.",
    ),
    errno.EACCES: (
        "the folder may not be written to",
        "`smartcli where` shows it; check who owns it.",
    ),
    errno.EPERM: (
        "the folder belongs to somebody else",
        "`smartcli where` shows it; or choose another with --home.",
    ),
    errno.EMFILE: ("too many files are open", "Close something and try again."),
    errno.ENFILE: ("too many files are open", "Close something and try again."),
    errno.EIO: ("the disk reports an error", "Try again; if it stays, look after the disk."),
    errno.ENOTDIR: (
        "something else is where the folder should be",
        "`smartcli where` shows the place.",
    ),
    errno.ENOENT: ("the folder is gone", "Put it back, or choose another with --home."),
}
_UNKNOWN_REASON = ("the disk would not take it", "Try again.")


@contextlib.contextmanager
def disk_errors_as_trouble(what: str = "Not saved", hint: str = "") -> Iterator[None]:
    """Turn an OSError raised in the block into Trouble with exit code 3 (storage).

    `what` says what was not done. `hint` says what the person can do, where the usual advice for
    the error does not fit.
    """
    try:
        yield
    except OSError as error:
        reason, usual_hint = _REASONS.get(error.errno or 0, _UNKNOWN_REASON)
        raise Trouble(
            f"{what}: {reason}.",
            safe="Everything saved before is as it was.",
            hint=hint or usual_hint,
            code=STORAGE,
        ) from None
