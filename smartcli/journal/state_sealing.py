"""What this device's state folder says of entries, sealed when the journal is locked, and made plain again.

Each step can be cut short, and is finished by the next run. What stays plain says nothing of what was written: days
(of the last entry, of a backup, of reminders), what was told once, random names.
"""

from pathlib import Path

from smartcli.journal import index, last_seen, snoozed, turns
from smartcli.journal.aside import NAME as ASIDE
from smartcli.journal.aside import Aside
from smartcli.journal.disk_errors import disk_errors_as_trouble
from smartcli.journal.drafts import Drafts
from smartcli.journal.imports import FOLDER as IMPORTS
from smartcli.journal.imports import Imports
from smartcli.journal.kept import FOLDER as KEPT
from smartcli.journal.kept import remove_second_names
from smartcli.journal.state_file import StateFile
from smartcli.language import _

_DRAFTS = "drafts"  # the folder's name in the state folder
_LISTS = (index.NAME, last_seen.NAME, snoozed.NAME, turns.NAME)


def seal_state(state: Path, to: str, *, anew: bool = False) -> list[str]:
    """Seal all of a state folder that says something of entries to a public key; second names, which are plain, go.

    Return the ids of the drafts that another window holds: they are left plain. `anew`: what is sealed already is
    sealed again, to another key. Raises Trouble (3), with `anew` also LockedTrouble.
    """
    in_use = Drafts(state / _DRAFTS).seal_all(to, anew=anew)
    _settle(state, to, anew=anew)
    with disk_errors_as_trouble(_("Not finished yet")):
        remove_second_names(state / KEPT)
    return in_use


def open_state(state: Path) -> list[str]:
    """Make all of it plain again; return as `seal_state` does. Raises Trouble (3), LockedTrouble."""
    in_use = Drafts(state / _DRAFTS).open_all()
    _settle(state, "")
    return in_use


def _settle(state: Path, to: str, *, anew: bool = False) -> None:
    with disk_errors_as_trouble(_("Not finished yet")):
        for name in _LISTS:
            StateFile(state, name, to).settle(anew=anew)
    Imports(state / IMPORTS, to).settle(anew=anew)
    Aside(state / ASIDE, to).settle(anew=anew)
