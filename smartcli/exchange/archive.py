"""A zip archive from elsewhere: its files with entries, each opened where it lies. Nothing is ever unpacked."""

import os
import struct
import zipfile
from typing import IO

from smartcli.exchange.imported import refused
from smartcli.exchange.opening import LARGEST, Opened
from smartcli.language import _
from smartcli.trouble import Trouble

_LISTING = 8 * 1024 * 1024  # bytes of an archive's list of members: some 80,000 of them
_ENDS = b"PK\x05\x06"  # what the record at an archive's end begins with
_TAIL = 65_557  # bytes from the end in which that record must lie


class Archive:
    """The plain files in a zip. Their names are compared and shown, and never used as paths."""

    def __init__(self, opened: Opened) -> None:
        """Read the list of members; raises Trouble."""
        self._zip = _zip_in(opened.raw())
        self._members = {info.filename: info for info in self._zip.infolist() if not info.is_dir()}

    def names(self) -> list[str]:
        """Return the names of its files, sorted, without hidden ones and those that are no names inside a folder."""
        return sorted(name for name in self._members if is_inside(name))

    def check_size(self, names: list[str]) -> None:
        """Raise Trouble when some of its files are larger together than any file may be."""
        if sum(self._members[name].file_size for name in names) > LARGEST:
            raise refused(_("The archive holds more than {number} MB of text.", number=LARGEST // 1024**2))

    def open(self, name: str) -> Opened:
        """Open one of its files; raises Trouble."""
        try:
            return Opened(name, self._zip.open(self._members[name]))
        except Exception:  # locked, of an unknown method, damaged
            raise refused(_("The archive is damaged, locked, or packed in a way that cannot be read.")) from None


def is_inside(name: str) -> bool:
    """Return whether a name with "/" between its parts is that of a visible file inside a folder."""
    parts = name.split("/")
    hidden = any(part.startswith(".") or part in ("", "__MACOSX") for part in parts)
    return not hidden and not any(sign in name for sign in "\\\0")


def _zip_in(file: IO[bytes]) -> zipfile.ZipFile:
    """Return an archive whose list of members is short enough to read; raises Trouble."""
    length = file.seek(0, os.SEEK_END)
    file.seek(max(0, length - _TAIL))
    tail = file.read()
    at = len(tail) - 22 if tail[-22:].startswith(_ENDS) else tail.rfind(_ENDS)
    if at < 0 or len(tail) - at < 22:
        raise _damaged()
    members, listing = struct.unpack("<HL", tail[at + 10 : at + 16])
    if members == 0xFFFF or listing > _LISTING:
        raise refused(_("The archive holds too many files."), _("Unpack it, and import the folder."))
    try:
        return zipfile.ZipFile(file)
    except Exception:  # whatever the parser stumbles over in hostile bytes
        raise _damaged() from None


def _damaged() -> Trouble:
    return refused(_("The archive is damaged."))
