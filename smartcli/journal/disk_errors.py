"""Disk errors as Trouble: the words a person reads when the disk refuses a file or a folder."""

import contextlib
import errno
from collections.abc import Iterator

from smartcli.journal.files import ForeignFolderError, NotDurableError
from smartcli.language import N_, _
from smartcli.trouble import STORAGE, Trouble

_NO_PERMISSION = (
    N_("smartcli has no permission to use the folder"),
    N_("Check who may read and write the folder, or choose another with SMARTCLI_HOME or --home."),
)
_FOREIGN = (
    N_("the folder belongs to somebody else"),
    N_("`smartcli where` shows the folder. You can also choose another folder with --home."),
)

# By error number: what happened, and what to do about it.
_REASONS = {
    errno.ENOSPC: (N_("the disk is full"), N_("Free some space and try again.")),
    # Windows has no quotas by this name; -1 is no error number.
    getattr(errno, "EDQUOT", -1): (
        N_("you have used all the disk space that this account may use"),
        N_("Free some space and try again."),
    ),
    errno.EROFS: (
        N_("the disk can only be read, not written to"),
        N_("Make the disk writable, or choose another folder with SMARTCLI_HOME or --home."),
    ),
    errno.EACCES: _NO_PERMISSION,
    errno.EPERM: _NO_PERMISSION,
    errno.EMFILE: (N_("too many files are open"), N_("Close another program and try again.")),
    errno.ENFILE: (N_("too many files are open"), N_("Close another program and try again.")),
    errno.EIO: (
        N_("the disk reports an error"),
        N_("Try again. If that doesn't help, something may be wrong with the disk."),
    ),
    errno.ENOTDIR: (
        N_("something else is where the folder should be"),
        N_("Move that away, or choose another folder with SMARTCLI_HOME or --home."),
    ),
    errno.ENOENT: (N_("the folder is gone"), N_("Put the folder back, or choose another folder with --home.")),
    errno.ENAMETOOLONG: (
        N_("a name in its path is too long for this disk"),
        N_("Choose a folder with a shorter name, with SMARTCLI_HOME or --home."),
    ),
    errno.ELOOP: (
        N_("links that lead in a circle are where the folder should be"),
        N_("Choose another folder with SMARTCLI_HOME or --home."),
    ),
}
_UNKNOWN_REASON = (N_("the disk did not accept the file"), N_("Try again."))


class UnconfirmedTrouble(Trouble):
    """What was to be done is done, but the disk could not confirm that it stays so; exit code 3."""

    def __init__(self, reason: str) -> None:
        """`reason` says in English what the disk answered."""
        super().__init__(
            _("The disk could not confirm the last step: {reason}.", reason=_(reason)),
            safe=_(
                "It is done for now, but it could be undone if the power goes off soon. Everything you saved before is "
                "safe."
            ),
            hint=_(
                "You do not have to type anything again. `smartcli review` and `smartcli drafts` show what is there."
            ),
            code=STORAGE,
        )


@contextlib.contextmanager
def disk_errors_as_trouble(what: str = "", hint: str = "") -> Iterator[None]:
    """Turn an OSError raised in the block into Trouble with exit code 3 (storage).

    NotDurableError becomes UnconfirmedTrouble: that never says that nothing was done.

    `what` says what was not done; without it, that nothing was saved. `hint` says what the person can do, where the
    usual advice for the error does not fit.
    """
    try:
        yield
    except NotDurableError as error:
        raise UnconfirmedTrouble(_reason(error)[0]) from None
    except OSError as error:
        reason, usual_hint = _reason(error)
        raise Trouble(
            _("{what}: {reason}.", what=what or _("Not saved"), reason=_(reason)),
            safe=_("Everything you saved before is safe."),
            hint=hint or _(usual_hint),
            code=STORAGE,
        ) from None


def _reason(error: OSError) -> tuple[str, str]:
    """Return in English why the disk refused, and what the person can do."""
    if isinstance(error, ForeignFolderError):
        return _FOREIGN
    return _REASONS.get(error.errno or 0, _UNKNOWN_REASON)
