"""Entries that were locked on another device with a key of its own: its passphrase asked for once, and never again.

Two devices that were locked before they first met have two keys. Each goes on with its own. What opens the other's is
then kept in the journal, sealed to this device's key.
"""

import contextlib
import json
from collections.abc import Callable

from smartcli.journal.files import Folder
from smartcli.journal.journal_lock import PublicLock
from smartcli.journal.key_files import KeyFiles, open_key_file
from smartcli.language import _, ngettext
from smartcli.lock import keyring
from smartcli.lock.errors import DamagedKeyFileError, WrongPassphraseError
from smartcli.lock.identity import Identity
from smartcli.trouble import Trouble, say
from smartcli.workbook.opening import explain_wrong_passphrase, is_successor, open_with_identity
from smartcli.workbook.workbook import Workbook

Ask = Callable[[str, str], str]  # a prompt, and what is said above it; returns what was typed

_DECLINED = "declined-keys.json"  # in the state folder: the short names of keys that are not asked for any more
_TRIES = 3


def open_other_keys(workbook: Workbook, typed: str, ask: Ask | None, *, again: bool = False) -> None:
    """Open what is locked with another device's key: with `typed`, the passphrase given just now, or with its own.

    Its own is asked for by `ask`, None where nobody can be asked; an empty answer declines. `again`: also what was
    declined before. Whatever comes of it, reading goes on. The journal's own key has to be held.
    """
    for note in _list_unheld(workbook):
        if not again and note.key in _read_declined(workbook):
            continue
        closed = count_closed(workbook)
        if not closed:
            return
        identity = _open(workbook, note, typed) or (_ask_for(workbook, note, closed, ask) if ask else None)
        if identity:
            _take_in(workbook, identity)
        elif ask:
            _decline(workbook, note.key)
            say(
                ngettext(
                    "{number} entry stays locked for now. To open it another time: smartcli unlock",
                    "{number} entries stay locked for now. To open them another time: smartcli unlock",
                    closed,
                )
            )


def count_closed(workbook: Workbook) -> int:
    """Return how many files of the journal are locked with a key that is not held; raises Trouble (3)."""
    workbook.journal.revisions()
    return sum(file.is_others for file in workbook.journal.unreadable)


def _list_unheld(workbook: Workbook) -> list[PublicLock]:
    """Return the journal's notes of keys that are not held."""
    if not workbook.lock.is_locked:
        return []
    return [note for note in workbook.lock.public_locks if note.to and keyring.find(note.to) is None]


def _ask_for(workbook: Workbook, note: PublicLock, closed: int, ask: Ask) -> Identity | None:
    """Ask for the passphrase of another device, three times at most; None where none opens its key."""
    remark = ngettext(
        "{number} entry is locked with another device's key. The passphrase of that device is needed once. To go on "
        "without it, press Enter.",
        "{number} entries are locked with another device's key. The passphrase of that device is needed once. To go on "
        "without it, press Enter.",
        closed,
    )
    for _number in range(_TRIES):
        passphrase = ask(_("Passphrase of that device"), remark)
        if not passphrase:
            return None
        identity = _open(workbook, note, passphrase)
        if identity:
            return identity
        remark = explain_wrong_passphrase()
    return None


def _open(workbook: Workbook, note: PublicLock, passphrase: str) -> Identity | None:
    """Return the key that a note names, opened by a passphrase; None where that does not open it."""
    for file in KeyFiles(workbook.lock.journal).list_for_passphrases(first=note.key):
        if file.key != note.key:
            break
        try:
            identity = open_key_file(file.data, passphrase)
        except (WrongPassphraseError, DamagedKeyFileError):
            continue
        if note.names(identity.recipient):
            return identity
    return None


def _take_in(workbook: Workbook, identity: Identity) -> None:
    """Hold another device's key, and keep it in the journal for this device's; a disk that refuses is named."""
    if is_successor(workbook.lock, identity):
        open_with_identity(workbook, identity)
        return
    files, own = KeyFiles(workbook.lock.journal), keyring.find(workbook.lock.seal_to)
    for each in files.reach(identity).identities:
        keyring.hold(each)
    try:
        if own:
            files.publish_for(identity, own)
    except Trouble as trouble:
        say(*trouble.lines())
    workbook.forget(lock_too=True)


def _read_declined(workbook: Workbook) -> list[str]:
    try:
        with Folder(workbook.places.state) as folder:
            declined = json.loads(folder.read(_DECLINED))
    except (OSError, ValueError, RecursionError):
        return []
    return [name for name in declined if isinstance(name, str)] if isinstance(declined, list) else []


def _decline(workbook: Workbook, key: str) -> None:
    """Note that a key is not asked for any more; a disk that refuses is ignored, and it is asked for again."""
    names = sorted({*_read_declined(workbook), key})
    with contextlib.suppress(OSError), Folder(workbook.places.state, create=True) as folder:
        folder.replace(_DECLINED, json.dumps(names).encode())
