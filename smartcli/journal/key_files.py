"""The key files of a journal, in its folder `keys`: a key sealed by a passphrase, or sealed to another key.

K-R.age        the key K, sealed by a passphrase.
K-for-J-R.age  the key K, sealed to the key J: whoever holds J opens what is locked with K too.

R are random letters, so that two devices never write the same name.

A sync tool may give a file another name, so what a file is for is seen from its content. Nothing in this folder is
believed: a key counts by the public key that is derived from it.
"""

import contextlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from smartcli.journal.disk_errors import disk_errors_as_trouble
from smartcli.journal.file_names import is_foreign
from smartcli.journal.files import Folder, has_folder
from smartcli.journal.journal_lock import KEYS
from smartcli.language import _
from smartcli.lock.errors import (
    DamagedKeyFileError,
    InvalidKeyError,
    LockError,
    MissingLibraryError,
    TooLittleMemoryError,
    WrongPassphraseError,
)
from smartcli.lock.identity import Identity, parse_identity
from smartcli.lock.key_file import LOG_WORK, open_with_passphrase, seal_with_passphrase
from smartcli.lock.keyring import MissingLibraryTrouble
from smartcli.lock.sealing import open_, seal
from smartcli.moments import now
from smartcli.trouble import LOCKED, STORAGE, Trouble

_SUFFIX = ".age"
_FOR = "-for-"
_LETTERS = "abcdefghijklmnopqrstuvwxyz234567"  # of base32, in lower case
_RANDOM_LETTERS = 8  # 40 bits
_LARGEST = 128 * 1024  # bytes: a key file has some 350
_MOST = 64  # files that are looked at: a folder that holds more is not of our making
_PASSPHRASE, _KEY = b"\n-> scrypt ", b"\n-> X25519 "  # how an age file says what opens it
_REPLACED = "# replaced-by: "  # the comment, sealed with a key, that names the key made in place of it


class KeyFile(NamedTuple):
    """A file of the folder `keys`: its name, and its bytes, which are sealed."""

    name: str
    data: bytes

    @property
    def key(self) -> str:
        """The short name of the key that the file is of, as its own name says."""
        return self.name.partition("-")[0]

    @property
    def is_for_key(self) -> bool:
        """Whether a key opens the file, and not a passphrase; a damaged file goes by its name."""
        return _KEY in self.data or (_PASSPHRASE not in self.data and _FOR in self.name)


class Reach(NamedTuple):
    """What a key leads to: all keys that it opens, itself first, and which of them were replaced by which.

    `replaced` are pairs of public keys, the older one first. Only who holds the older key can have made one.
    """

    identities: list[Identity]
    replaced: set[tuple[str, str]]

    def replaces(self, older: str) -> bool:
        """Return whether the first of the keys was made in place of an older one, by however many steps."""
        return older in self.list_replaced()

    def list_replaced(self) -> set[str]:
        """Return the public keys that the first of the keys was made in place of."""
        newest = self.identities[0].recipient
        found: set[str] = set()
        while more := {old for old, new in self.replaced if new in {newest, *found}} - found - {newest}:
            found |= more
        return found


class KeyFiles:
    """The key files of the journal in one folder."""

    def __init__(self, journal: Path) -> None:
        """Nothing is read until it is asked for."""
        self.path = journal / KEYS

    def list_for_passphrases(self, first: str = "") -> list[KeyFile]:
        """Return the files that a passphrase opens, those of the key with the short name `first` before the others.

        Files with the same content count once. Raises Trouble (3).
        """
        files = {file.data: file for file in self._read() if not file.is_for_key}
        return sorted(files.values(), key=lambda file: (file.key != first, file.name))

    def reach(self, identity: Identity) -> Reach:
        """Return every key that a key opens in this folder, directly or by way of another. Raises Trouble (3)."""
        reach = Reach([identity], set())
        files = [file for file in self._read() if file.is_for_key]
        found = -1
        while found != len(reach.identities):
            found = len(reach.identities)
            for file in files:
                with contextlib.suppress(LockError):
                    inner, replaced_by = _open_with_keys(file.data, reach.identities)
                    if inner not in reach.identities:
                        reach.identities.append(inner)
                    if replaced_by:
                        reach.replaced.add((inner.recipient, replaced_by))
        return reach

    def publish(self, identity: Identity, passphrase: str, *, log_work: int = LOG_WORK) -> str:
        """Write a key, sealed by a passphrase, and return the name of the file.

        It is durable, and was read back from the disk and opened with the passphrase. Raises Trouble (3, 5).
        """
        name = f"{identity.name}-{_random_letters()}{_SUFFIX}"
        with lock_errors_as_trouble():
            data = seal_with_passphrase(identity.to_key_file_text(now()), passphrase, log_work=log_work)
        if not _opens_to(self._publish(name, data), passphrase, identity):
            self._remove(name)
            raise _not_as_written()
        return name

    def publish_for(self, identity: Identity, other: Identity, *, is_replaced: bool = False) -> None:
        """Write a key, sealed to the public key of another, unless that is there already.

        `is_replaced`: the other key was made in place of this one. It is durable, and was read back from the disk
        and opened. Raises Trouble (3, 5).
        """
        wanted = (identity, other.recipient if is_replaced else "")
        note = f"{_REPLACED}{other.recipient}\n" if is_replaced else ""
        if any(_holds(file.data, wanted, other) for file in self._read()):
            return
        with lock_errors_as_trouble():
            data = seal((note + identity.to_key_file_text(now())).encode(), other.recipient)
        written = self._publish(f"{identity.name}{_FOR}{other.name}-{_random_letters()}{_SUFFIX}", data)
        if not _holds(written, wanted, other):
            raise _not_as_written()

    def remove_old(self, key: str, but: str = "") -> None:
        """Delete the files that are of a key by their names and that a passphrase opens, `but` one.

        Raises Trouble (3).
        """
        for file in self._read():
            if file.key == key and not file.is_for_key and file.name != but:
                self._remove(file.name)

    def has_any_of(self, key: str) -> bool:
        """Return whether there is a file of a key, by its name, that a passphrase opens; raises Trouble (3)."""
        return any(file.key == key and not file.is_for_key for file in self._read())

    def _publish(self, name: str, data: bytes) -> bytes:
        """Write a file, durably, and return what the disk gives back; raises Trouble (3)."""
        with disk_errors_as_trouble(_("The key file was not written")), Folder(self.path, create=True) as folder:
            folder.publish(name, data)
            return folder.read(name, _LARGEST)

    def _remove(self, name: str) -> None:
        with (
            disk_errors_as_trouble(_("The old key file could not be deleted")),
            contextlib.suppress(FileNotFoundError),
            Folder(self.path) as folder,
        ):
            folder.remove(name)

    def _read(self) -> Iterator[KeyFile]:
        """Yield every file that can be read, by name; none where there is no such folder."""
        with disk_errors_as_trouble(_("The key files cannot be read")):
            if not has_folder(self.path):
                return
            with Folder(self.path) as folder:
                names = sorted(name for name, is_file in folder.names() if is_file and not is_foreign(name))
                for name in names[:_MOST]:
                    with contextlib.suppress(OSError):  # one that is still in a cloud: another may open
                        yield KeyFile(name, folder.read(name, _LARGEST))


def open_key_file(data: bytes, passphrase: str) -> Identity:
    """Return the key in a key file.

    Raises WrongPassphraseError, DamagedKeyFileError, and Trouble (5) where this device cannot open key files.
    """
    with lock_errors_as_trouble():
        try:
            return parse_identity(open_with_passphrase(data, passphrase))
        except InvalidKeyError:
            raise DamagedKeyFileError from None


@contextlib.contextmanager
def lock_errors_as_trouble() -> Iterator[None]:
    """Turn what keeps this device from sealing and opening anything into Trouble with exit code 5 (locked)."""
    try:
        yield
    except MissingLibraryError:
        raise MissingLibraryTrouble from None
    except TooLittleMemoryError:
        raise Trouble(
            _("This device does not have enough free memory for the key file just now."),
            safe=_("Everything in the journal is safe."),
            hint=_("Please close other programs and try again."),
            code=LOCKED,
        ) from None


def _random_letters() -> str:
    import secrets  # which takes a while to load, and few commands make a name

    return "".join(secrets.choice(_LETTERS) for _number in range(_RANDOM_LETTERS))


def _opens_to(data: bytes, passphrase: str, identity: Identity) -> bool:
    try:
        return open_key_file(data, passphrase) == identity
    except (WrongPassphraseError, DamagedKeyFileError):
        return False


def _open_with_keys(data: bytes, identities: Sequence[Identity]) -> tuple[Identity, str]:
    """Return the key in a file that one of some keys opens, and the public key that replaced it, if any.

    Raises LockError.
    """
    text = open_(data, identities).decode("ascii", "replace")
    notes = [line.removeprefix(_REPLACED).strip() for line in text.splitlines() if line.startswith(_REPLACED)]
    return parse_identity(text), next(iter(notes), "")


def _holds(data: bytes, wanted: tuple[Identity, str], other: Identity) -> bool:
    """Return whether a file holds a key and the note of what replaced it, for another key."""
    with lock_errors_as_trouble():
        try:
            return _open_with_keys(data, [other]) == wanted
        except MissingLibraryError:
            raise
        except LockError:
            return False


def _not_as_written() -> Trouble:
    return Trouble(
        _("A key file read back from the disk is not what was written."),
        safe=_("Everything in the journal is as it was."),
        hint=_("The disk may be failing. Please make a backup on another one: smartcli backup"),
        code=STORAGE,
    )
