"""The question for a passphrase at a terminal."""

import getpass

from smartcli.trouble import say


def ask_passphrase(prompt: str, remark: str) -> str:
    """Return the passphrase that was typed, which does not show; `remark` is said above, unless it is empty.

    Raises EOFError, KeyboardInterrupt where the person leaves.
    """
    if remark:
        say(remark)
    return getpass.getpass(prompt + " ")
