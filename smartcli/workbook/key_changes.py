"""Another passphrase for the key of a journal, and another key: what is written and deleted, without a conversation.

Each step is durable before the next, and the old way in stays open until the new one was read back from the disk and
tried. Cut short between two steps, both open the journal.
"""

from smartcli.journal.key_files import KeyFiles
from smartcli.lock import keyring
from smartcli.lock.identity import Identity
from smartcli.lock.key_file import LOG_WORK
from smartcli.workbook.workbook import Workbook


def change_passphrase(workbook: Workbook, identity: Identity, new: str, *, log_work: int = LOG_WORK) -> None:
    """Have another passphrase open the journal's key from now on, and delete the key files that the old one opens.

    Copies of those, in backups and in the history of a sync tool, still open with the old passphrase. `log_work`: the
    power of two that trying a passphrase costs. Raises Trouble (3, 5).
    """
    files = KeyFiles(workbook.lock.journal)
    name = files.publish(identity, new, log_work=log_work)
    files.remove_old(identity.name, but=name)


def begin_new_key(
    workbook: Workbook, old: Identity | None, new: Identity, passphrase: str, *, log_work: int = LOG_WORK
) -> None:
    """Write the key file of a new key for the journal, and keep the old key for who holds the new one.

    Nothing is sealed to it yet: `seal_to_new_key` pins it, and goes on from there. `old` is None where nobody has the
    old key any more. Raises Trouble (3, 5).
    """
    files = KeyFiles(workbook.lock.journal)
    if old:
        files.publish_for(old, new, is_replaced=True)
    files.publish(new, passphrase, log_work=log_work)
    keyring.hold(new)


def end_old_key(workbook: Workbook, old: Identity) -> None:
    """Delete the key files of a key that was replaced, once nothing is sealed to it any more; raises Trouble (3)."""
    KeyFiles(workbook.lock.journal).remove_old(old.name)


def list_replaced_keys(workbook: Workbook) -> list[Identity]:
    """Return the keys that were replaced by the one this device seals to, and may still lock some entries.

    The key has to be held; there are none where it is not. Raises Trouble (3).
    """
    own = keyring.find(workbook.lock.seal_to)
    if own is None:
        return []
    reach = KeyFiles(workbook.lock.journal).reach(own)
    replaced = reach.list_replaced()
    return [identity for identity in reach.identities if identity.recipient in replaced]
