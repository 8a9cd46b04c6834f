"""The file of a backup: a zip that any system opens, with a list of check sums as `sha256sum` writes it.

The same contents always give the same bytes. What is read may be anything: names are compared with a list of what a
backup can hold, nothing is ever unpacked to the disk, and every size has a bound.
"""

import base64
import hashlib
import re
import struct
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO, NamedTuple, Self

from smartcli.journal.files import LARGEST, open_to_read
from smartcli.language import _
from smartcli.trouble import ATTENTION, Trouble

_FORMAT, _FORMAT_LOCKED = 1, 2  # the second is that of a locked journal, which earlier versions cannot put back
SUMS = "SHA256SUMS"
CONFIG, DRAFTS, JOURNAL = "config.toml", "drafts/", "journal/"

# The comment at the end of the archive, by which a backup and its format are known before anything else is read.
_MARK = b"smartcli backup %04d\n"
_is_mark = re.compile(rb"smartcli backup (\d{4})\n").fullmatch
_MARK_LENGTH = len(_MARK % _FORMAT)

# Every name that a backup can hold.
_is_name = re.compile(
    r"config\.toml|SHA256SUMS|drafts/[a-z2-7]{13}\.jsonl"
    r"|journal/(?:README\.txt|journal\.json|erased/[a-z2-7]{13}\.json"
    r"|lock-[a-z2-7]{8}\.json|keys/[a-z2-7]{8}-(?:for-[a-z2-7]{8}-)?[a-z2-7]{8}\.age"
    r"|entries/(?:\d{4}-\d{2}/\d{8}T\d{6}Z-[a-z2-7]{13}\.[0-9a-f]{16}\.json|[a-z2-7]/[a-z2-7]{26}\.json\.age)"
    r"|exercises/(?!\.)[^/\\\0-\x1f\x7f:*?\"<>|]{1,80}\.toml)",
    re.ASCII,
).fullmatch

# Those of them that only a locked journal has.
_is_of_a_lock = re.compile(r"journal/(?:lock-|keys/|.*\.age$)").match

_MOST = 200_000  # members
_LARGEST_LISTING = 64 * 1024 * 1024  # bytes of the archive's own list of members: some 320 for each of them
_LARGEST_SUMS = 64 * 1024 * 1024  # bytes of the list of check sums
_LARGEST_WHOLE = 1024 * 1024 * 1024  # bytes, unpacked: half a million long entries

# The records at the end of a zip: the last one, and before it in a large archive the locator and the long form.
_END, _END_LENGTH = b"PK\x05\x06", 22
_LOCATOR_LENGTH, _LONG_END, _LONG_END_LENGTH = 20, b"PK\x06\x06", 56


class Member(NamedTuple):
    """One file in a backup: its name there, and its bytes."""

    name: str
    data: bytes


def is_member_name(name: str) -> bool:
    """Return whether a backup can hold a file of this name."""
    return bool(_is_name(name)) and name != SUMS


def name_by_content(data: bytes, length: int) -> str:
    """Return letters that are drawn from some bytes: the same bytes always get the same."""
    return base64.b32encode(hashlib.sha256(data).digest())[:length].decode().lower()


def pieces(members: Iterable[Member]) -> Iterator[bytes]:
    """Yield the bytes of a backup, piece by piece; the names of the members come sorted, each once."""
    sink = _Sink()
    sums = []
    with zipfile.ZipFile(sink, "w") as archive:
        archive.comment = _MARK % _FORMAT
        for member in members:
            if _is_of_a_lock(member.name):
                archive.comment = _MARK % _FORMAT_LOCKED
            sums.append(f"{_sum(member.data)}  {member.name}\n")
            _add(archive, member)
            yield sink.take()
        _add(archive, Member(SUMS, "".join(sums).encode()))
    yield sink.take()


def _add(archive: zipfile.ZipFile, member: Member) -> None:
    """Add a member in the one way there is, so that the same contents give the same bytes."""
    info = zipfile.ZipInfo(member.name)  # of 1 January 1980
    info.create_system = 3  # Unix, on every system
    info.external_attr = 0o100600 << 16
    archive.writestr(info, member.data, zipfile.ZIP_DEFLATED)


def _sum(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


class _Sink:
    """What an archive is written into, to be taken away in pieces: it cannot be gone back in."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def write(self, data: bytes, /) -> int:
        """Take some bytes; return how many."""
        self._pieces.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Do nothing: there is nothing behind."""

    def close(self) -> None:
        """Do nothing: there is nothing to close."""

    def take(self) -> bytes:
        """Return what was written since the last time."""
        taken = b"".join(self._pieces)
        self._pieces = []
        return taken


class BackupFile:
    """A backup that is being read. Everything is checked against its sums whenever it is read."""

    def __init__(self, path: Path) -> None:
        """Open the file, and read its lists; raises Trouble for what is none, is damaged, or of a newer version."""
        self._sums: dict[str, str] = {}
        self._file = _open(path)
        try:
            self._archive = _archive(self._file)
            self._sums = self._read_sums()
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def names(self) -> list[str]:
        """Return the names of all members but the list of sums, sorted."""
        return sorted(self._sums)

    def sum_of(self, name: str) -> str:
        """Return the check sum that a member should have, in hex."""
        return self._sums[name]

    def read(self, name: str) -> bytes:
        """Return a member's bytes, which have the sum they should have; raises Trouble (4)."""
        data = _unpacked(self._archive, name)
        if _sum(data) != self._sums[name]:
            raise damaged()
        return data

    def members(self) -> Iterator[Member]:
        """Yield every member, by name; raises Trouble (4) at the first that is damaged."""
        return (Member(name, self.read(name)) for name in self.names())

    def _read_sums(self) -> dict[str, str]:
        """Return the check sums by name; raises Trouble unless they are of just the members there are, each once."""
        listed = [info.filename for info in self._archive.infolist()]
        sums: dict[str, str] = {}
        with suppress(UnicodeDecodeError, ValueError):
            for line in _unpacked(self._archive, SUMS).decode().splitlines():
                number, name = line.split("  ", 1)
                sums[name] = number
        if sorted([*sums, SUMS]) != sorted(listed):
            raise damaged()
        return sums


def _open(path: Path) -> IO[bytes]:
    """Return a plain file, opened; raises Trouble (2)."""
    try:
        return open_to_read(path)
    except FileNotFoundError:
        raise _refused(_("There is no file of that name.")) from None
    except OSError:
        raise _refused(_("That file cannot be opened.")) from None


def _archive(file: IO[bytes]) -> zipfile.ZipFile:
    """Return the archive in a file, with a list of members as a backup has it; raises Trouble."""
    _check_end(file)
    try:
        archive = zipfile.ZipFile(file)
    except Exception:  # whatever the parser stumbles over in hostile bytes
        raise damaged() from None
    members = archive.infolist()
    if len(members) > _MOST or not all(map(_is_sound, members)):
        raise damaged()
    if sum(info.file_size for info in members) > _LARGEST_WHOLE:
        raise _refused(_("The backup unpacks to more than {number} MB.", number=_LARGEST_WHOLE // 1024**2))
    return archive


def _is_sound(info: zipfile.ZipInfo) -> bool:
    """Return whether a member can be one of ours: its name, its size, and how it is packed."""
    largest = _LARGEST_SUMS if info.filename == SUMS else LARGEST
    is_packed = info.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) and not info.flag_bits & 1
    return (
        bool(_is_name(info.filename))
        and info.filename == info.orig_filename
        and info.file_size <= largest
        and is_packed
    )


def _check_end(file: IO[bytes]) -> None:
    """Raise Trouble unless a file ends as a backup of this format does, with a list of members short enough to read."""
    begins = file.read(64)
    size = file.seek(0, 2)
    file.seek(max(0, size - _MARK_LENGTH - _END_LENGTH - _LOCATOR_LENGTH - _LONG_END_LENGTH))
    tail = file.read()
    mark = _is_mark(tail[-_MARK_LENGTH:])
    end = tail[:-_MARK_LENGTH]
    if mark is None or len(end) < _END_LENGTH or end[-_END_LENGTH:][:4] != _END:
        raise damaged() if _begins_like_one(begins) else _foreign()
    if int(mark[1]) not in (_FORMAT, _FORMAT_LOCKED):
        raise _refused(
            _("That backup was made by a newer version of smartcli."), _("Update smartcli, and then try again.")
        )
    listing = struct.unpack("<L", end[-_END_LENGTH:][12:16])[0]
    long_end = end[:_LONG_END_LENGTH]
    if len(long_end) == _LONG_END_LENGTH and long_end[:4] == _LONG_END:
        listing = max(listing, struct.unpack("<Q", long_end[40:48])[0])
    if listing > _LARGEST_LISTING:
        raise damaged()


def _begins_like_one(begins: bytes) -> bool:
    """Return whether a file begins as a backup does, so that it is one that was cut or changed."""
    names = (CONFIG, DRAFTS, JOURNAL, SUMS)
    return begins.startswith(b"PK\x03\x04") and begins[30:].startswith(tuple(name.encode() for name in names))


def _unpacked(archive: zipfile.ZipFile, name: str) -> bytes:
    """Return a member's bytes; raises Trouble (4)."""
    try:
        with archive.open(name) as member:
            return member.read()
    except Exception:  # whatever an unpacker stumbles over in hostile bytes, or a failing disk
        raise damaged() from None


def damaged() -> Trouble:
    """Return what to tell of a backup that was cut or changed."""
    return Trouble(
        _("The backup is damaged: it was cut off or changed after it was made."),
        safe=_("smartcli changed nothing."),
        hint=_("Use another copy of it. If your entries are on this device, make a new backup."),
        code=ATTENTION,
    )


def _foreign() -> Trouble:
    return _refused(
        _("That file is not a backup that smartcli made."),
        _("`smartcli import FILE` takes in files of other programs."),
    )


def _refused(sentence: str, hint: str = "") -> Trouble:
    return Trouble(sentence, safe=_("smartcli changed nothing."), hint=hint)
