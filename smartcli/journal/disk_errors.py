"""What a person is told when the disk will not have it."""

import contextlib
import errno
from collections.abc import Iterator

from smartcli.trouble import STORAGE, Trouble

_REASONS = {
    errno.ENOSPC: ("the disk is full", "Free some space and try again."),
    getattr(errno, "EDQUOT", -1): ("your share of the disk is full", "Free some space and try again."),
    errno.EROFS: ("the folder cannot be written to", "Make it writable, or choose another with --home."),
    errno.EACCES: ("the folder may not be written to", "`smartcli where` shows it; check who owns it."),
    errno.EPERM: (
        "the folder belongs to somebody else",
        "`smartcli where` shows it; or choose another with --home.",
    ),
    errno.EMFILE: ("too many files are open", "Close something and try again."),
    errno.ENFILE: ("too many files are open", "Close something and try again."),
    errno.EIO: ("the disk reports an error", "Try again; if it stays, look after the disk."),
    errno.ENOTDIR: ("something else is where the folder should be", "`smartcli where` shows the place."),
    errno.ENOENT: ("the folder is gone", "Put it back, or choose another with --home."),
}


@contextlib.contextmanager
def told_trouble(what: str = "Not saved", hint: str = "") -> Iterator[None]:
    """Turn an OSError into Trouble (3): what happened, what is safe, what to do (`hint`, if the usual is not it)."""
    try:
        yield
    except OSError as error:
        reason, usual = _REASONS.get(error.errno or 0, ("the disk would not take it", "Try again."))
        raise Trouble(
            f"{what}: {reason}.", safe="Everything saved before is as it was.", hint=hint or usual, code=STORAGE
        ) from None
