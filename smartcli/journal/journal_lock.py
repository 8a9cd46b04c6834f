"""Whether a journal is locked, and to which key: what this device knows for sure, and what the journal's folder says.

The device's own note, the pin, decides where new entries are sealed to. What a synced folder says is only ever
compared with it: whoever can write to that folder could put another key there.
"""

import json
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from smartcli.journal.disk_errors import disk_errors_as_trouble
from smartcli.journal.files import Folder, has_folder
from smartcli.language import _
from smartcli.lock import keyring
from smartcli.trouble import STORAGE, Trouble

PIN = "lock.json"  # the name of this device's note in its state folder
LEFT_OPEN = "open"  # the folder in the state folder with what was left readable by choice
WAITING = "waiting"  # the same for entries that wait until the journal that was locked elsewhere is unlocked here
KEYS = "keys"  # the folder of key files in the journal
_FORMAT = 1
_PREFIX, _SUFFIX = "lock-", ".json"  # of the journal's own notes, one for each key


class PublicLock(NamedTuple):
    """A note in the journal's folder: since which day entries are sealed, and to which public key (`age1...`)."""

    key: str  # the key's short name, eight letters
    to: str  # "" where the note is damaged: that it is there says that the journal is locked
    since: str

    def names(self, recipient: str) -> bool:
        """Return whether the note is of a public key; of a damaged note only its own name is left to say so."""
        from smartcli.lock.identity import key_name

        return recipient == self.to if self.to else key_name(recipient) == self.key


class JournalLock:
    """The lock of the journal in one folder, as the device with this state folder sees it."""

    def __init__(self, journal: Path, state: Path) -> None:
        """Nothing is read until it is asked for."""
        self.journal = journal
        self.state = state

    @property
    def seal_to(self) -> str:
        """The public key that this device seals to; "" where the journal is not locked here. Raises Trouble (3)."""
        if self.is_damaged:
            raise Trouble(
                _("The note on this device that says which key locks the journal is damaged."),
                safe=_("Nothing was written, and nothing in the journal has changed."),
                hint=_("`smartcli unlock` writes it anew."),
                code=STORAGE,
            )
        return self._pinned or ""

    @property
    def is_damaged(self) -> bool:
        """Whether this device's note of the key is there, and cannot be read: to unlock the journal writes it anew."""
        return self._pinned == ""

    @property
    def is_locked(self) -> bool:
        """Whether this device seals what it writes, or did before its note of the key was damaged."""
        return self._pinned is not None

    @cached_property
    def _pinned(self) -> str | None:
        """The public key in this device's note; None where there is no note, "" where it is damaged."""
        note = _read_json(self.state, PIN)
        return None if note is None else _public_key_in(note)

    @property
    def is_closed(self) -> bool:
        """Whether what is sealed here cannot be read now: no key is held."""
        return (self.is_locked or self.is_unknown) and keyring.is_empty()

    @property
    def is_unknown(self) -> bool:
        """Whether the journal was locked on another device, and this one has not been told the passphrase yet."""
        return not self.is_locked and bool(self.public_locks)

    @cached_property
    def public_locks(self) -> list[PublicLock]:
        """The journal's own notes, by the names of their keys."""
        if not has_folder(self.journal):
            return []
        with disk_errors_as_trouble(_("Your journal cannot be read")), Folder(self.journal, shared=True) as folder:
            names = [name for name in folder.list_names() if name.startswith(_PREFIX) and name.endswith(_SUFFIX)]
        notes = ((name, _read_json(self.journal, name) or {}) for name in sorted(names))
        return [
            PublicLock(name[len(_PREFIX) : -len(_SUFFIX)], _public_key_in(note), str(note.get("since", "")))
            for name, note in notes
        ]

    @property
    def own_lock(self) -> PublicLock | None:
        """The journal's own note of the key that this device seals to; None where there is none."""
        return next((lock for lock in self.public_locks if lock.to == self.seal_to), None) if self.is_locked else None

    def pin(self, to: str) -> None:
        """Note durably that this device seals to a public key from now on; raises Trouble (3)."""
        with disk_errors_as_trouble(_("The journal is not locked yet")), Folder(self.state, create=True) as folder:
            folder.replace(PIN, _as_json({"to": to}))
        self.forget()

    def unpin(self) -> None:
        """Note that this device seals no more; raises Trouble (3)."""
        with disk_errors_as_trouble(_("The journal is still locked")), Folder(self.state, create=True) as folder:
            if folder.has(PIN):
                folder.remove(PIN)
        self.forget()

    def publish(self, lock: PublicLock) -> None:
        """Write the journal's own note of a key, unless it is there and says so; raises Trouble (3)."""
        note = _as_json({"format": _FORMAT, "to": lock.to, "since": lock.since})
        with disk_errors_as_trouble(_("The journal is not locked yet")), Folder(self.journal, create=True) as folder:
            name = f"{_PREFIX}{lock.key}{_SUFFIX}"
            if not folder.has(name):
                folder.publish(name, note)
            elif not any(there.key == lock.key and there.to == lock.to for there in self.public_locks):
                folder.replace(name, note)
        self.forget()

    def withdraw(self, key: str) -> None:
        """Take the journal's own note of a key away; raises Trouble (3)."""
        with disk_errors_as_trouble(_("The journal is still locked")), Folder(self.journal) as folder:
            if folder.has(f"{_PREFIX}{key}{_SUFFIX}"):
                folder.remove(f"{_PREFIX}{key}{_SUFFIX}")
        self.forget()

    def forget(self) -> None:
        """Let go of what was read: it has changed."""
        for name in ("_pinned", "public_locks"):
            self.__dict__.pop(name, None)


def _public_key_in(note: Mapping[str, Any]) -> str:
    """Return the public key that a note names; "" where it names none."""
    from smartcli.lock.identity import is_recipient

    to = note.get("to")
    return to if isinstance(to, str) and is_recipient(to) else ""


def _as_json(note: Mapping[str, Any]) -> bytes:
    return (json.dumps(note) + "\n").encode()


def _read_json(path: Path, name: str) -> dict[str, Any] | None:
    """Return the object in a file; None where there is no such file, empty where it holds none.

    Raises Trouble (3) when the disk does not give it.
    """
    with disk_errors_as_trouble(_("Your journal cannot be read")):
        try:
            with Folder(path, shared=True) as folder:
                data = folder.read(name)
        except FileNotFoundError:
            return None
    try:
        read = json.loads(data)
    except (ValueError, RecursionError):
        return {}
    return read if isinstance(read, dict) else {}
