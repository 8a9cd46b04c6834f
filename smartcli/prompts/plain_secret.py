"""A passphrase typed at a terminal line by line: nothing of it shows."""

import getpass

from smartcli.language import _


def ask_hidden(prompt: str) -> str:
    """Return what was typed; raises EOFError, KeyboardInterrupt where the person leaves."""
    return getpass.getpass(_("{prompt} (nothing shows while you type): ", prompt=prompt))
