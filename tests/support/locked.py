"""A locked journal for a test, made quickly."""

from datetime import UTC, datetime
from pathlib import Path

from smartcli.journal.files import Folder
from smartcli.journal.journal_lock import KEYS, JournalLock, PublicLock
from smartcli.lock import keyring
from smartcli.lock.identity import Identity, generate_identity
from smartcli.lock.key_file import seal_with_passphrase

PASSPHRASE = "four little words here"
_QUICK = 4  # the power of two that the passphrase costs: a shipped key file takes 17
_MADE = datetime(2026, 11, 1, 12, 0, tzinfo=UTC)


def lock_home(home: Path, passphrase: str = PASSPHRASE) -> Identity:
    """Lock the journal under a home from now on, as `lock` does, and let go of the key; return it.

    What lies in it already stays as it is.
    """
    identity = generate_identity()
    lock = JournalLock(home / "journal", home / "state")
    data = seal_with_passphrase(identity.to_key_file_text(_MADE), passphrase, log_work=_QUICK)
    with Folder(lock.journal / KEYS, create=True) as folder:
        folder.publish(f"{identity.name}-aaaaaaaa.age", data)
    lock.pin(identity.recipient)
    lock.publish(PublicLock(identity.name, identity.recipient, "2026-11-01"))
    keyring.let_go()
    return identity
