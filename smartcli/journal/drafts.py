"""The folder of drafts on this device: begun, listed, taken up again and removed.

Once the journal is locked the drafts are sealed. While no key is held they are neither damaged nor unreadable but
closed: what is in them, their titles too, waits for the passphrase. They can be discarded all the same.
"""

import contextlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from smartcli.entries.entry import ID
from smartcli.entries.revisions import new_id
from smartcli.journal import system
from smartcli.journal.disk_errors import disk_errors_as_trouble
from smartcli.journal.draft import SUFFIX, Draft, hold, parse
from smartcli.journal.draft_header import DraftHeader
from smartcli.journal.draft_lines import has_plain_lines, opened_lines, sealed_lines
from smartcli.journal.files import Folder, has_folder, read_all, write_all
from smartcli.language import _, ngettext
from smartcli.trouble import ATTENTION, Trouble


@dataclass
class Drafts:
    """The folder of drafts on this device.

    `seal_to` is the public key (`age1...`) that drafts are sealed to from now on, "" for plain ones. `unreadable` and
    `closed` are of the last look: the files that are damaged, and the ids of the drafts that need a key.
    """

    path: Path
    unreadable: list[str] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)
    seal_to: str = ""

    def start(self, **header: Any) -> Draft:
        """Begin a draft and hold it. `header`: the exercise and what else a DraftHeader says of it.

        When the disk will not have it, it begins in memory (`safe` is false): help must not wait for a disk.
        """
        draft = Draft(new_id(), DraftHeader(**header), self.path, seal_to=self.seal_to)
        with contextlib.suppress(Trouble):
            draft.write()
        return draft

    def all(self) -> list[Draft]:
        """Return every draft that can be read, newest first; the others are in `unreadable` or `closed`."""
        self.unreadable, self.closed = [], []
        with disk_errors_as_trouble(_("Your unfinished exercises cannot be read")):
            return self._all() if has_folder(self.path) else []

    def _all(self) -> list[Draft]:
        found = []
        with Folder(self.path) as folder:
            for draft in _ids_in(folder):
                try:
                    found.append(parse(draft, folder.read(draft + SUFFIX), self.path, self.seal_to))
                except (OSError, ValueError):
                    self.unreadable.append(draft + SUFFIX)
                except Trouble:  # no key is held
                    self.closed.append(draft)
        return sorted(found, key=lambda draft: (draft.started, draft.id), reverse=True)

    def take_up(self, name: str = "") -> Draft:
        """Open the draft whose id begins with `name` (the newest if none is given) and hold it.

        Raises Trouble as `find` does, or when another window holds it.
        """
        return self._open(self.find(name).id)

    def find(self, name: str = "") -> Draft:
        """Return the draft whose id begins with `name`, the newest if none is given.

        Raises Trouble when there is none, several, or when it cannot be read, LockedTrouble when that takes a key.
        """
        found = [draft for draft in self.all() if draft.id.startswith(name.strip().casefold())]
        if _beginning(name, self.closed):
            from smartcli.lock.keyring import LockedTrouble

            raise LockedTrouble
        if not found and name and self.find_unreadable(name):
            raise Trouble(
                _("This unfinished exercise cannot be opened: its file is damaged, or made by a newer version."),
                safe=_("What you wrote is still in the file."),
                hint=_("`smartcli drafts show {id}` shows what can be read of it.", id=name),
                code=ATTENTION,
            )
        if not found and not name and self.unreadable:
            raise Trouble(
                ngettext(
                    "{number} unfinished exercise could not be read. smartcli did not change it.",
                    "{number} unfinished exercises could not be read. smartcli did not change them.",
                    len(self.unreadable),
                ),
                hint=_("`smartcli drafts` lists them."),
                code=ATTENTION,
            )
        if not found:
            what = _("No unfinished exercise has that id.") if name else _("You have no unfinished exercises.")
            raise Trouble(
                what, hint=_("`smartcli drafts` lists them.") if name else _("`smartcli do` begins an exercise.")
            )
        if name and len(found) > 1:
            sentence = ngettext(
                "{number} unfinished exercise has an id that begins like this.",
                "{number} unfinished exercises have ids that begin like this.",
                len(found),
            )
            raise Trouble(sentence, hint=_("Give a few more characters."))
        return found[0]

    def find_unreadable(self, name: str) -> str | None:
        """Return the id of the one draft that cannot be opened and begins with `name`; None for none or several."""
        found = _beginning(name, [file.removesuffix(SUFFIX) for file in self.unreadable])
        return found[0] if len(found) == 1 else None

    def find_closed(self, name: str) -> str | None:
        """Return the id of the one draft that needs a key and begins with `name`; None for none or several."""
        found = _beginning(name, self.closed)
        return found[0] if len(found) == 1 else None

    def read_bytes(self, draft: str) -> bytes:
        """Return the file of a draft as it is; raises Trouble (3) when the disk will not give it."""
        with (
            disk_errors_as_trouble(_("Your unfinished exercises cannot be read")),
            Folder(self.path) as folder,
        ):
            return folder.read(draft + SUFFIX)

    def restore(self, data: bytes) -> Draft:
        """Make a draft of the bytes of one that was put aside; raises Trouble (3), ValueError when they are none."""
        draft = parse(new_id(), data, self.path, self.seal_to)
        with disk_errors_as_trouble(_("Not brought back")), Folder(self.path, create=True) as folder:
            data = sealed_lines(data, self.seal_to) if self.seal_to else data
            folder.publish(draft.id + SUFFIX, data if data.endswith(b"\n") else data + b"\n")
        return draft

    def _open(self, name: str) -> Draft:
        with disk_errors_as_trouble(_("That unfinished exercise cannot be opened")), Folder(self.path) as folder:
            fd = folder.append_to(name + SUFFIX)
            try:
                hold(fd)
                data = read_all(fd)
                if data and not data.endswith(b"\n"):
                    write_all(fd, b"\n")  # close a torn line; it is passed over on reading
                draft = parse(name, data, self.path, self.seal_to)
            except BaseException:
                system.fs.close(fd)
                raise
        draft._fd, draft._size = fd, len(data)
        return draft

    @contextlib.contextmanager
    def held(self, draft: Draft) -> Iterator[None]:
        """Close a draft on every way out; an empty one that is left by an exception is removed."""
        try:
            yield
        except BaseException:
            if draft.is_empty:
                self.drop(draft)
            raise
        finally:
            draft.close()

    def drop(self, draft: Draft) -> None:
        """Remove a draft that has become an entry, or that the person discards."""
        draft.close()
        self.remove(draft.id)

    def remove(self, draft: str) -> None:
        """Remove the file of a draft, whether it can be read or not; raises Trouble (3)."""
        with (
            disk_errors_as_trouble(_("The unfinished exercise could not be deleted")),
            Folder(self.path) as folder,
            contextlib.suppress(FileNotFoundError),
        ):
            folder.remove(draft + SUFFIX)

    def remove_closed(self, draft: str) -> None:
        """Remove the file of a draft that needs a key, without one; raises Trouble when another window holds it."""
        with (
            disk_errors_as_trouble(_("The unfinished exercise could not be deleted")),
            Folder(self.path) as folder,
            contextlib.suppress(FileNotFoundError),
        ):
            system.fs.close(_held(folder, draft))
            folder.remove(draft + SUFFIX)

    def seal_all(self, to: str) -> list[str]:
        """Seal every line of every draft to a public key, damaged ones too; what is sealed already stays as it is.

        Return the ids of those that another window holds: they are left as they are. Raises Trouble (3).
        """
        return self._rewrite_all(lambda data: sealed_lines(data, to))

    def reseal_all(self, to: str) -> list[str]:
        """Seal every line anew to a public key, also those that are sealed to another; return as `seal_all` does.

        Raises LockedTrouble, Trouble (3).
        """
        return self._rewrite_all(lambda data: sealed_lines(opened_lines(data), to))

    def open_all(self) -> list[str]:
        """Make every draft plain again; return as `seal_all` does. Raises LockedTrouble, Trouble (3)."""
        return self._rewrite_all(opened_lines)

    def list_plain(self) -> list[str]:
        """Return the ids of the drafts with a line that is not sealed; raises Trouble (3)."""
        with disk_errors_as_trouble(_("Your unfinished exercises cannot be read")):
            if not has_folder(self.path):
                return []
            with Folder(self.path, shared=True) as folder:
                return [draft for draft in _ids_in(folder) if has_plain_lines(_read_or_empty(folder, draft))]

    def _rewrite_all(self, change: Callable[[bytes], bytes]) -> list[str]:
        """Replace the bytes of each draft by what `change` makes of them; return the ids of those held elsewhere."""
        in_use = []
        with disk_errors_as_trouble(_("Your unfinished exercises cannot be rewritten")):
            if not has_folder(self.path):
                return []
            with Folder(self.path) as folder:
                for draft in _ids_in(folder):
                    with contextlib.suppress(FileNotFoundError):  # finished in another window just now
                        if not _rewrite(folder, draft, change):
                            in_use.append(draft)
        return in_use


def _ids_in(folder: Folder) -> list[str]:
    """Return the ids of the drafts in a folder."""
    names = [name.removesuffix(SUFFIX) for name in folder.list_names() if name.endswith(SUFFIX)]
    return [name for name in names if ID.fullmatch(name)]


def _read_or_empty(folder: Folder, draft: str) -> bytes:
    """Return the bytes of a draft, none where it was finished in another window just now."""
    with contextlib.suppress(FileNotFoundError):
        return folder.read(f"{draft}{SUFFIX}")
    return b""


def _beginning(name: str, ids: Iterable[str]) -> list[str]:
    """Return those of some ids that begin with what a person typed."""
    return [draft for draft in ids if draft.startswith(name.strip().casefold())]


def _held(folder: Folder, draft: str) -> int:
    """Return the descriptor of a draft's file, held; raises Trouble when another window holds it, OSError."""
    fd = folder.append_to(draft + SUFFIX)
    try:
        hold(fd)
    except BaseException:
        system.fs.close(fd)
        raise
    return fd


def _rewrite(folder: Folder, draft: str, change: Callable[[bytes], bytes]) -> bool:
    """Replace the bytes of a draft by what `change` makes of them; return False where another window holds it."""
    try:
        fd = _held(folder, draft)
    except Trouble:
        return False
    try:
        data = read_all(fd)
    finally:
        system.fs.close(fd)  # Windows replaces no file that is open
    changed = change(data)
    if changed != data:
        folder.replace(draft + SUFFIX, changed)
    return True
