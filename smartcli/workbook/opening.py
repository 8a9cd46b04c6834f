"""Opening a locked journal with a passphrase or a key: what is believed, what is held, and what joins it then.

Whoever can write to a synced folder can put another key there. So a key counts only if it is the one that this device
knows; on a device that knows none, if it is the one that the journal's own note names; or if it was made in place of
that one, which only who holds that one can do. Nothing is ever sealed to another.
"""

from smartcli.journal import system
from smartcli.journal.files import is_folder
from smartcli.journal.joining import join_waiting
from smartcli.journal.journal_lock import WAITING, JournalLock
from smartcli.journal.key_files import KeyFile, KeyFiles, Reach, open_key_file
from smartcli.journal.locking import list_sealed, opens_any
from smartcli.language import _, ngettext
from smartcli.lock import keyring
from smartcli.lock.errors import DamagedKeyFileError, WrongPassphraseError
from smartcli.lock.identity import Identity, key_name
from smartcli.trouble import LOCKED, Trouble, say
from smartcli.workbook.workbook import Workbook


class OtherDevicesPassphraseError(WrongPassphraseError):
    """The passphrase opens another device's key, and not the one that this device seals to."""


def open_with(workbook: Workbook, passphrase: str) -> None:
    """Open the journal with its passphrase: hold its key, and those that it leads to.

    Every key file is tried, those of the key that this device knows first. Raises WrongPassphraseError,
    DamagedKeyFileError, and Trouble (5) where there is no key file or another key than should be, (3) where the disk
    refuses.
    """
    open_with_identity(workbook, _find_key(workbook.lock, KeyFiles(workbook.lock.journal), passphrase))


def open_with_identity(workbook: Workbook, identity: Identity) -> None:
    """Open the journal with its key itself, as from the recovery sheet; raises Trouble (3, 5) as `open_with` does."""
    lock, files = workbook.lock, KeyFiles(workbook.lock.journal)
    reach = files.reach(identity)
    if not _is_trusted(lock, reach):
        raise _another_sheet(lock, identity)
    is_new_here = not _name_known(lock)
    if not system.is_read_only():
        # The pin comes first: a key that is held, and not pinned, would have what is written next be left plain.
        _pin(lock, reach)
        _mend_note(lock, identity)
        _retire_replaced(lock, files, reach)
    for each in reach.identities:
        keyring.hold(each)
    workbook.forget(lock_too=True)
    if not system.is_read_only():
        _seal_what_waited(workbook, is_new_here=is_new_here)


def is_successor(lock: JournalLock, identity: Identity) -> bool:
    """Return whether a key was made, on another device, in place of the one that this device knows."""
    reach = KeyFiles(lock.journal).reach(identity)
    return identity.recipient != lock.seal_to and _is_trusted(lock, reach)


def explain_wrong_passphrase() -> str:
    """Return what is said of a passphrase that opens nothing."""
    return _("That passphrase does not open it. Nothing is lost. Capital letters count.")


def need_key_file(lock: JournalLock) -> None:
    """Raise Trouble (5) where there is no key file that a passphrase could open."""
    if not KeyFiles(lock.journal).list_for_passphrases():
        raise Trouble(
            _("There is no key file in the journal's folder, so no passphrase can open it."),
            safe=_("Your entries are safe."),
            hint=_(
                "Please copy the folder `keys` back into it, from a backup or another device. Your recovery key opens "
                "the journal too: smartcli unlock --recover"
            ),
            code=LOCKED,
        )


def is_replaced_here(lock: JournalLock) -> bool:
    """Return whether nothing in the journal's folder is of the key that this device knows, and something of another.

    So it is after a new key was made on another device, and also where somebody put another key there.
    """
    known = _name_known(lock)
    if not known or not lock.public_locks:
        return False
    has_note = any(note.key == known or note.to == lock.seal_to for note in lock.public_locks)
    return not has_note and not KeyFiles(lock.journal).has_any_of(known)


def has_strays(lock: JournalLock) -> bool:
    """Return whether entries are locked in a journal that is not: its note is lost, or another device went on."""
    return not lock.is_locked and not lock.is_unknown and bool(list_sealed(lock.journal / "entries"))


def _name_known(lock: JournalLock) -> str:
    """Return the short name of the key that this device knows; "" where it knows none."""
    return key_name(lock.seal_to) if lock.is_locked and not lock.is_damaged else ""


def _find_key(lock: JournalLock, files: KeyFiles, passphrase: str) -> Identity:
    """Return the key that a passphrase opens and that this journal may be opened with; raises as `open_with` does."""
    need_key_file(lock)
    known = _name_known(lock)
    problems: list[Exception] = []
    strangers: list[tuple[KeyFile, Identity]] = []
    for file in files.list_for_passphrases(first=known):
        try:
            identity = open_key_file(file.data, passphrase)
        except (WrongPassphraseError, DamagedKeyFileError) as error:
            problems.append(error)
            continue
        reach = files.reach(identity)
        if _is_trusted(lock, reach):
            return identity
        if known and reach.replaces(lock.seal_to):  # a new key that another device is only about to use
            problems.append(WrongPassphraseError())
        else:
            strangers.append((file, identity))
    for file, identity in strangers:
        if not _is_of_other_device(lock, file, identity):
            raise _another_key(lock, identity)
    if strangers:
        raise OtherDevicesPassphraseError
    # Where one copy is damaged and another is not, the passphrase is what is wrong.
    raise next((error for error in problems if isinstance(error, WrongPassphraseError)), problems[0])


def _is_trusted(lock: JournalLock, reach: Reach) -> bool:
    """Return whether the first of some keys is the journal's, or was made in place of the one that is."""
    recipient = reach.identities[0].recipient
    has_note = any(note.names(recipient) for note in lock.public_locks)
    if _name_known(lock):
        return recipient == lock.seal_to or (has_note and reach.replaces(lock.seal_to))
    # Without any note the journal is not locked any more: what is still sealed may be read, and nothing is pinned.
    return has_note if lock.public_locks else opens_any(lock.journal / "entries", reach.identities[0])


def _is_of_other_device(lock: JournalLock, file: KeyFile, identity: Identity) -> bool:
    """Return whether a key is what its file's name says, has a note, and stands beside the one this device knows."""
    has_note = any(note.names(identity.recipient) for note in lock.public_locks)
    return file.key == identity.name and has_note and not is_replaced_here(lock)


def _pin(lock: JournalLock, reach: Reach) -> None:
    """Note that this device seals to the first of some keys, where it did not know it yet; raises Trouble (3)."""
    newest = reach.identities[0].recipient
    if lock.is_damaged or lock.is_unknown:
        lock.pin(newest)
    elif lock.is_locked and lock.seal_to != newest:
        lock.pin(newest)
        say(_("A new key was made for this journal on another device. From now on this device uses it too."))


def _mend_note(lock: JournalLock, identity: Identity) -> None:
    """Put the journal's own note of the key right where it says something else; raises Trouble (3)."""
    for note in lock.public_locks:
        if note.key == identity.name and note.to != identity.recipient:
            lock.publish(note._replace(to=identity.recipient))
            say(
                _("The journal's own note of its key was damaged or changed. It is right again."),
                _("Nothing was sealed to another key."),
            )


def _retire_replaced(lock: JournalLock, files: KeyFiles, reach: Reach) -> None:
    """Take away what a sync tool has brought back of keys that were replaced; raises Trouble (3)."""
    for older in map(key_name, reach.list_replaced()):
        if any(note.key == older for note in lock.public_locks):
            lock.withdraw(older)
        files.remove_old(older)


def _seal_what_waited(workbook: Workbook, *, is_new_here: bool) -> None:
    """Seal into the journal what waited on this device, and seal what else it holds; a disk that refuses is named.

    The folder of what waited goes last, so that a run that was cut short goes on the next time.
    """
    waiting = workbook.places.state / WAITING
    if not workbook.lock.is_locked or not (is_new_here or is_folder(waiting)):
        return
    from smartcli.workbook.locking import seal_this_device

    try:
        seal_this_device(workbook)
        joined = join_waiting(waiting, workbook.journal) if is_folder(waiting) else 0
    except Trouble as trouble:
        say(*trouble.lines())
        return
    if joined:
        say(
            ngettext(
                "{number} entry that was kept on this device has joined the journal, and is locked now.",
                "{number} entries that were kept on this device have joined the journal, and are locked now.",
                joined,
            )
        )


def _another_key(lock: JournalLock, identity: Identity) -> Trouble:
    """Return what to say of a key in the folder that is not the one it should be; both are named."""
    known = _name_known(lock)
    if known:
        return _refusal(
            _(
                "The key in this folder is not the one this device knows ({found} against {known}).",
                found=identity.name,
                known=known,
            ),
            _(
                "Somebody may have changed the folder. Your recovery key opens what was locked before: smartcli unlock "
                "--recover"
            ),
        )
    return _refusal(
        _(
            "The key in this folder is not the one the journal names ({found} against {known}).",
            found=identity.name,
            known=_names_in_notes(lock),
        ),
        _(
            "Somebody may have changed the folder. Please type `smartcli unlock` on the device where you locked the "
            "journal: that puts it right."
        ),
    )


def _another_sheet(lock: JournalLock, identity: Identity) -> Trouble:
    """Return what to say of a key that was typed and is not the journal's; both are named."""
    return _refusal(
        _(
            "That recovery key belongs to another key than the journal's ({found} against {known}).",
            found=identity.name,
            known=_name_known(lock) or _names_in_notes(lock) or "?",
        ),
        _("Each new key has a recovery sheet of its own. Please look for the newest one."),
    )


def _names_in_notes(lock: JournalLock) -> str:
    return ", ".join(key_name(note.to) if note.to else note.key for note in lock.public_locks)


def _refusal(sentence: str, hint: str) -> Trouble:
    return Trouble(sentence, safe=_("Nothing was sealed to it. What you wrote is safe."), hint=hint, code=LOCKED)
