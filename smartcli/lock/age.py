"""age (C2SP age.md, version 1): the library where it is installed, else the program.

age.tool().encrypt(data, recipient)
"""

import importlib.util
from collections.abc import Sequence
from typing import Protocol, cast

from smartcli.lock.errors import MissingLibraryError


class Tool(Protocol):
    """What makes keys, and seals and opens bytes by them: a module."""

    def generate_identity(self) -> str:
        """Return a new identity."""

    def derive_recipient(self, identity: str) -> str:
        """Return the recipient of an identity."""

    def encrypt(self, data: bytes, recipient: str) -> bytes:
        """Return bytes sealed."""

    def decrypt(self, data: bytes, identities: Sequence[str]) -> bytes:
        """Return sealed bytes opened."""


def has_library() -> bool:
    """Return whether `pyrage` is installed; does not load it."""
    return importlib.util.find_spec("pyrage") is not None


def is_available() -> bool:
    """Return whether anything here can seal and open: the library or the program."""
    if has_library():
        return True
    from smartcli.lock import age_program

    return age_program.is_here()


def tool() -> Tool:
    """Return the library, or the program where there is none; raises MissingLibraryError."""
    try:
        from smartcli.lock import age_library
    except ImportError:
        from smartcli.lock import age_program

        if not age_program.is_here():
            raise MissingLibraryError from None
        return cast(Tool, age_program)
    return cast(Tool, age_library)
