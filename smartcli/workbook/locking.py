"""Everything that a lock changes on this device and in the journal, in the order in which a power cut costs nothing.

Who calls this holds the key, and has its file and the recovery key safe: `commands/lock.py` sees to that first.
"""

from dataclasses import dataclass, field

from smartcli.journal import index, last_seen, locking, snoozed, turns
from smartcli.journal.disk_errors import disk_errors_as_trouble
from smartcli.journal.journal_lock import PublicLock
from smartcli.journal.locking import Progress
from smartcli.journal.opened_cache import OpenedCache
from smartcli.journal.readme import write_readme
from smartcli.journal.state_file import StateFile
from smartcli.language import _
from smartcli.lock.identity import Identity, key_name
from smartcli.workbook.workbook import Workbook

_LISTS = (index.NAME, last_seen.NAME, snoozed.NAME, turns.NAME)  # of this device, each in one file


@dataclass
class Outcome:
    """What a run came to: how many files of entries are done, and what stays as it was.

    `left`: files that could not be done, with the reason. `in_use`: unfinished exercises that are open in another
    window, by their ids.
    """

    files: int = 0
    left: dict[str, str] = field(default_factory=dict)
    in_use: list[str] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        """Whether nothing stays as it was."""
        return not self.left and not self.in_use


def lock_journal(workbook: Workbook, identity: Identity, since: str, progress: Progress) -> Outcome:
    """Lock the journal to a key from now on, and seal all that lies there in plain; go on where a run was cut short.

    `since`: the local day, such as 2026-11-25. Raises Trouble (3).
    """
    workbook.lock.pin(identity.recipient)
    workbook.lock.publish(PublicLock(identity.name, identity.recipient, since))
    workbook.forget(lock_too=True)
    return seal_what_is_plain(workbook, progress)


def count_plain(workbook: Workbook) -> int:
    """Return how many files of entries, and unfinished exercises, are still to be sealed; raises Trouble (3)."""
    return len(locking.list_plain(workbook.places.journal / "entries")) + len(workbook.drafts.list_plain())


def seal_what_is_plain(workbook: Workbook, progress: Progress) -> Outcome:
    """Seal everything with words in it that still lies in plain; the key has to be held. Raises Trouble (3)."""
    to = workbook.lock.seal_to
    workbook.tidy()  # a crash may have left files that are no entries yet
    entries = workbook.places.journal / "entries"
    moved = locking.seal_files(entries, to, progress)
    own = seal_this_device(workbook)
    locking.remove_empty_folders(entries)
    write_readme(workbook.places.journal, is_locked=True)
    workbook.sealed_names.settle([file.name for file in locking.list_sealed(entries)])
    workbook.keep_second_names()
    workbook.copies_left_open.renew(workbook.journal)
    return Outcome(moved.files, moved.left | own.left, own.in_use)


def seal_this_device(workbook: Workbook) -> Outcome:
    """Seal everything with words in it that lies in plain in this device's own folder; raises Trouble (3)."""
    to = workbook.lock.seal_to
    left = workbook.kept.settle(to)
    in_use = workbook.drafts.seal_all(to)
    _settle_state(workbook)
    return Outcome(left=left, in_use=in_use)


def unlock_for_good(workbook: Workbook, progress: Progress) -> Outcome:
    """Make the journal plain again, and everything on this device; the key has to be held. Raises Trouble (3).

    The key files stay: backups that were made meanwhile need them.
    """
    own = key_name(workbook.lock.seal_to) if workbook.lock.is_locked else ""
    for lock in workbook.lock.public_locks:
        if lock.key == own:
            workbook.lock.withdraw(lock.key)
    entries = workbook.places.journal / "entries"
    moved = locking.open_files(entries, progress)
    left = moved.left | workbook.kept.settle("")
    in_use = workbook.drafts.open_all()
    workbook.lock.unpin()
    workbook.forget(lock_too=True)
    _settle_state(workbook)
    OpenedCache.remove(workbook.places.state)
    workbook.sealed_names.remove()
    workbook.copies_left_open.remove()
    locking.remove_empty_folders(entries)
    write_readme(workbook.places.journal, is_locked=False)
    workbook.keep_second_names()
    return Outcome(moved.files, left, in_use)


def seal_to_new_key(workbook: Workbook, old: Identity, new: Identity, since: str, progress: Progress) -> Outcome:
    """Seal everything that is sealed to an old key to a new one; the keys of both have to be held.

    Go on where a run was cut short. Raises Trouble (3).
    """
    workbook.lock.pin(new.recipient)
    workbook.lock.publish(PublicLock(new.name, new.recipient, since))
    workbook.forget(lock_too=True)
    entries = workbook.places.journal / "entries"
    moved = locking.reseal_files(entries, new.recipient, old, progress)
    in_use = workbook.drafts.reseal_all(new.recipient)
    _settle_state(workbook, anew=True)
    OpenedCache.remove(workbook.places.state)
    outcome = seal_what_is_plain(workbook, lambda done, of: None)
    workbook.lock.withdraw(old.name)
    return Outcome(moved.files + outcome.files, moved.left | outcome.left, in_use)


def _settle_state(workbook: Workbook, *, anew: bool = False) -> None:
    """Seal the lists of this device, or make them plain again, as the lock says; raises Trouble (3).

    `anew` seals those again that are sealed: to another key.
    """
    to, state = workbook.lock.seal_to, workbook.places.state
    with disk_errors_as_trouble(_("Not finished yet")):
        for name in _LISTS:
            file = StateFile(state, name, to)
            file.settle()
            if anew and file.is_there:
                file.replace(file.read(index.LARGEST))
    workbook.imports.settle(anew=anew)
    workbook.aside.settle(anew=anew)
