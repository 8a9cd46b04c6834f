"""A home for measuring in which the journal is locked, sealed whole."""

from pathlib import Path

from smartcli import places
from smartcli.lock import keyring
from smartcli.workbook.locking import seal_what_is_plain
from smartcli.workbook.workbook import Workbook
from tests.support.locked import PASSPHRASE, lock_home

NAME = "passphrase"  # of the file in such a home that holds it


def lock(home: Path) -> None:
    """Lock the journal under a home, and leave its passphrase there: cheap to try, unlike a real one."""
    (home / NAME).write_text(f"{PASSPHRASE}\n")
    identity = lock_home(home)
    keyring.hold(identity)
    places.choose(home)
    try:
        outcome = seal_what_is_plain(Workbook(), lambda done, of: None)
    finally:
        places.choose(None)
        keyring.let_go()
    assert outcome.is_whole
