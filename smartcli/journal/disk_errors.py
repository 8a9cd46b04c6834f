"""Disk errors as Trouble: the words a person reads when the disk refuses a file or a folder."""

import contextlib
import errno
from collections.abc import Iterator

from smartcli.language import N_, _
from smartcli.trouble import STORAGE, Trouble

# By error number: what happened, and what to do about it.
_REASONS = {
    errno.ENOSPC: (N_("the disk is full"), N_("Free some space and try again.")),
    # Windows has no quotas by this name; -1 is no error number.
    getattr(errno, "EDQUOT", -1): (
        N_("you have used all the disk space that this account may use"),
        N_("Free some space and try again."),
    ),
    errno.EROFS: (
        N_("the folder cannot be written to"),
        N_("Make the folder writable, or choose another folder with --home."),
    ),
    errno.EACCES: (
        N_("smartcli has no permission to write to the folder"),
        N_("`smartcli where` shows the folder. Check who owns it."),
    ),
    errno.EPERM: (
        N_("the folder belongs to somebody else"),
        N_("`smartcli where` shows the folder. You can also choose another folder with --home."),
    ),
    errno.EMFILE: (N_("too many files are open"), N_("Close another program and try again.")),
    errno.ENFILE: (N_("too many files are open"), N_("Close another program and try again.")),
    errno.EIO: (
        N_("the disk reports an error"),
        N_("Try again. If that doesn't help, something may be wrong with the disk."),
    ),
    errno.ENOTDIR: (
        N_("something else is where the folder should be"),
        N_("`smartcli where` shows the place."),
    ),
    errno.ENOENT: (N_("the folder is gone"), N_("Put the folder back, or choose another folder with --home.")),
}
_UNKNOWN_REASON = (N_("the disk did not accept the file"), N_("Try again."))


@contextlib.contextmanager
def disk_errors_as_trouble(what: str = "", hint: str = "") -> Iterator[None]:
    """Turn an OSError raised in the block into Trouble with exit code 3 (storage).

    `what` says what was not done; without it, that nothing was saved. `hint` says what the person can do, where the
    usual advice for the error does not fit.
    """
    try:
        yield
    except OSError as error:
        reason, usual_hint = _REASONS.get(error.errno or 0, _UNKNOWN_REASON)
        raise Trouble(
            _("{what}: {reason}.", what=what or _("Not saved"), reason=_(reason)),
            safe=_("Everything you saved before is safe."),
            hint=hint or _(usual_hint),
            code=STORAGE,
        ) from None
