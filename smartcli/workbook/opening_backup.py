"""Opening a backup of a locked journal where the journal itself is not locked: its passphrase is asked for."""

import contextlib

from smartcli.entries.entry import DamagedEntryError
from smartcli.journal import seal
from smartcli.journal.backup_contents import KEY_FILES
from smartcli.journal.backup_file import BackupFile, Member
from smartcli.journal.key_files import open_key_file
from smartcli.language import _
from smartcli.lock import keyring
from smartcli.lock.errors import DamagedKeyFileError, InvalidKeyError, WrongPassphraseError
from smartcli.lock.identity import parse_identity
from smartcli.trouble import LOCKED, Trouble
from smartcli.workbook import unlocking
from smartcli.workbook.workbook import Workbook


def open_backup(workbook: Workbook, backup: BackupFile) -> None:
    """Hold the keys of a backup, by the passphrase it was locked with; raises Trouble (5) where that is not given."""
    files = [Member(name, backup.read(name)) for name in backup.names() if name.startswith(KEY_FILES)]
    for typed in unlocking.passphrases(workbook, _("The backup is locked. Its passphrase opens it.")):
        if _hold_keys(files, typed):
            return
    raise Trouble(
        _("The backup is locked, and its passphrase is needed here: this journal is not locked."),
        safe=_("smartcli changed nothing."),
        hint=_("Into an empty folder it goes without: smartcli --home FOLDER backup --restore FILE"),
        code=LOCKED,
    )


def _hold_keys(files: list[Member], passphrase: str) -> bool:
    """Hold the keys that a passphrase opens, and those that these open; return whether there is one."""
    for file in files:
        with contextlib.suppress(WrongPassphraseError, DamagedKeyFileError):
            keyring.hold(open_key_file(file.data, passphrase))
    if keyring.is_empty():
        return False
    for _again in files:  # one may open another, which opens a third
        for file in files:
            with contextlib.suppress(DamagedEntryError, InvalidKeyError):
                keyring.hold(parse_identity(seal.open_bytes(file.data).decode("ascii", "replace")))
    return True
