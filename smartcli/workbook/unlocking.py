"""Unlocking: the passphrase asked for, and the key that it opens held until the program ends."""

from smartcli.lock import keyring
from smartcli.workbook.workbook import Workbook


def unlock(workbook: Workbook) -> None:
    """Ask for the passphrase and hold the key; raises LockedTrouble where it cannot be asked for, or is not given."""
    raise keyring.LockedTrouble
