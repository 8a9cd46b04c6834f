"""The examination of a lock: key files, the notes of this device and of the journal, and what is still in plain."""

from smartcli.journal.drafts import Drafts
from smartcli.journal.files import Folder, is_folder
from smartcli.journal.health import Health, Kind
from smartcli.journal.journal_lock import KEYS, PIN, JournalLock
from smartcli.journal.seal import SUFFIX
from smartcli.language import _


def check_lock(lock: JournalLock, health: Health) -> None:
    """Name what is wrong with the lock of a journal, none of which takes a key; raises Trouble (3)."""
    if not lock.is_locked and not lock.is_unknown:
        return
    from smartcli.journal.locking import list_plain

    _check_key_files(lock, health)
    if lock.is_damaged:
        health.find(Kind.KEY, PIN, _("not readable"))
    elif lock.is_locked and not any(note.names(lock.seal_to) for note in lock.public_locks):
        health.find(Kind.KEY, PIN, _("the journal's folder names another key, or none"))
    for note in lock.public_locks:
        if not note.to:
            health.find(Kind.KEY, f"lock-{note.key}.json", _("not readable"))
    if lock.is_locked:
        for file in list_plain(lock.journal / "entries"):
            if file.name.endswith(SUFFIX):
                health.find(Kind.PLAIN, file.name)
        for draft in Drafts(lock.state / "drafts").list_plain():
            health.find(Kind.PLAIN, draft)


def _check_key_files(lock: JournalLock, health: Health) -> None:
    """Name the key files that cannot be read, and say so where no passphrase opens the journal."""
    from smartcli.journal.key_files import KeyFiles
    from smartcli.lock.key_file import is_well_formed
    from smartcli.lock.sealing import is_sane_head

    sound = [file for file in KeyFiles(lock.journal).list_for_passphrases() if is_well_formed(file.data)]
    if not sound:
        health.find(Kind.KEY, KEYS, _("there is no key file that a passphrase could open"))
    path = lock.journal / KEYS
    if not is_folder(path):
        return
    with Folder(path) as folder:
        for name in sorted(name for name, is_file in folder.names() if is_file and name.endswith(".age")):
            data = folder.read(name)
            if not is_well_formed(data) and not is_sane_head(data):
                health.find(Kind.KEY, name, _("not readable"))
