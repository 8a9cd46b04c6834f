"""The keys held in memory: what is sealed to one of them can be opened, for as long as this process runs.

They are never on the disk in plain, and in no variable of the environment. Letting go of them does not empty memory:
only another program in place of this one does (`workbook/resting.py`).
"""

from typing import TYPE_CHECKING

from smartcli.language import N_, _
from smartcli.lock.errors import MissingLibraryError
from smartcli.trouble import LOCKED, Trouble

if TYPE_CHECKING:
    from smartcli.lock.identity import Identity

_held: "list[Identity]" = []  # in the order in which they are tried

_NEEDS_LIBRARY = N_("A locked journal needs the age library, and it is not installed.")


class LockedTrouble(Trouble):
    """The journal is locked, and no key is held."""

    def __init__(self) -> None:
        super().__init__(
            _("The journal is locked."),
            safe=_("Everything in it is safe. You can write without the passphrase."),
            hint=_("To read, type the command at a terminal. A script can give the passphrase with --passphrase-fd."),
            code=LOCKED,
        )


class MissingLibraryTrouble(Trouble):
    """The journal is locked, and nothing here can seal or open age files."""

    def __init__(self) -> None:
        super().__init__(
            _(_NEEDS_LIBRARY),
            safe=_("Everything in the journal is safe."),
            hint=_(
                "Type `pip install pyrage cryptography`, or with pipx: `pipx inject smartcli-workbook pyrage "
                "cryptography`."
            ),
            code=LOCKED,
        )


def need_library() -> None:
    """Raise MissingLibraryTrouble where nothing here can seal or open, or make a key file."""
    from smartcli.lock import age, key_file

    if not (age.is_available() and key_file.has_library()):
        raise MissingLibraryTrouble


def hold(identity: "Identity") -> None:
    """Hold a key from now on; the one held first is tried first."""
    if identity not in _held:
        _held.append(identity)


def let_go() -> None:
    """Hold no key any more."""
    _held.clear()


def is_empty() -> bool:
    """Return whether no key is held."""
    return not _held


def held() -> "list[Identity]":
    """Return the keys held, in the order in which they are tried."""
    return [*_held]


def find(recipient: str) -> "Identity | None":
    """Return the key with a public key; None where it is not held."""
    return next((identity for identity in _held if identity.recipient == recipient), None)


def open_sealed(data: bytes) -> bytes:
    """Return what is sealed in an age file.

    Raises LockedTrouble while no key is held, NotOursError where none of those held opens it, DamagedSealError,
    MissingLibraryTrouble.
    """
    if not _held:
        raise LockedTrouble
    from smartcli.lock.sealing import open_

    try:
        return open_(data, _held)
    except MissingLibraryError:
        raise MissingLibraryTrouble from None


def seal_for(data: bytes, to: str) -> bytes:
    """Return bytes sealed to a public key; raises MissingLibraryTrouble."""
    from smartcli.lock.sealing import seal

    try:
        return seal(data, to)
    except MissingLibraryError:
        raise MissingLibraryTrouble from None
