"""A file from elsewhere, read piece by piece: nothing in it is trusted, and little of it is held in memory."""

import codecs
import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from smartcli.exchange.imported import refused
from smartcli.language import _
from smartcli.trouble import Trouble

LARGEST = 256 * 1024 * 1024  # bytes read of one file, unpacked: 100,000 long entries; more is a mistake or a trap
LONGEST_LINE = 4 * 1024 * 1024  # characters
LINES = 1_000_000  # of a text: some sixty megabytes of prose
_PIECE = 64 * 1024
_LOOKED_AT = 4096  # bytes of a file's beginning and end by which its kind is told
_JSON = re.compile(r"\s*(?:\[\s*)?\{\s*(?:\"|\}|$)|\s*\[\s*\]")
_OPEN = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
_MARKS = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16", codecs.BOM_UTF8: "utf-8-sig"}


class Opened:
    """One file, opened once; it can be read from its beginning as often as needed."""

    def __init__(self, name: str, file: IO[bytes]) -> None:
        """Take a binary file that can be gone back in; `name` may have folders before it, parted by "/"."""
        self.name = name
        self._file = file

    def __enter__(self) -> "Opened":
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def zipped(self) -> bool:
        """Return whether it is a zip archive, by its first bytes."""
        return self.first_bytes()[:4] in (b"PK\x03\x04", b"PK\x05\x06")

    def first_bytes(self) -> bytes:
        """Return its first bytes, some 4,000 of them."""
        try:
            return self._begin().read(_LOOKED_AT)
        except Exception:  # a failing disk, or hostile bytes in an archive
            raise _unreadable() from None

    def last_bytes(self) -> bytes:
        """Return its last bytes, some 4,000 of them."""
        file = self._begin()
        try:
            file.seek(max(0, file.seek(0, os.SEEK_END) - _LOOKED_AT))
            return file.read(_LOOKED_AT)
        except Exception:  # a failing disk, or hostile bytes in an archive
            raise _unreadable() from None

    def is_text(self) -> bool:
        """Return whether its first piece can be read as text."""
        try:
            self.beginning()
        except Trouble:
            return False
        return True

    def is_json(self) -> bool:
        """Return whether its text begins as JSON with objects does: other words in brackets are a diary's."""
        return self.name.lower().endswith((".json", ".jsonl", ".ndjson")) or bool(_JSON.match(self.beginning()))

    def beginning(self) -> str:
        """Return the first piece of its text; raises Trouble when it is not text."""
        return next(self.pieces(), "")

    def pieces(self) -> Iterator[str]:
        """Yield its text from the beginning, line ends as ``\\n``; raises Trouble where it is not text."""
        yield from _text(self._begin())

    def lines(self) -> Iterator[str]:
        """Yield its lines without their ends; raises Trouble where it is not text."""
        rest = ""
        number = 1
        for piece in self.pieces():
            *whole, rest = (rest + piece).split("\n") if "\n" in piece else (rest + piece,)
            if len(rest) > LONGEST_LINE or any(len(line) > LONGEST_LINE for line in whole):
                raise refused(
                    _(
                        "Line {line}, or a line soon after it, is longer than {most} characters.",
                        line=number,
                        most=LONGEST_LINE,
                    )
                )
            number += len(whole)
            if number > LINES:
                raise refused(_("The file has more than {most} lines.", most=LINES), _("Import it in parts."))
            yield from whole
        if rest:
            yield rest

    def raw(self) -> IO[bytes]:
        """Return its bytes, as a file at its beginning."""
        return self._begin()

    def _begin(self) -> IO[bytes]:
        self._file.seek(0)
        return self._file


def open_file(path: Path) -> Opened:
    """Open a plain file of a reasonable size; raises Trouble for anything else."""
    try:
        fd = os.open(path, _OPEN)  # a fifo must not make us wait
    except OSError as error:
        there = not isinstance(error, FileNotFoundError)
        raise refused(_("That file cannot be opened.") if there else _("There is no file of that name.")) from None
    status = os.fstat(fd)
    if not stat.S_ISREG(status.st_mode):
        os.close(fd)
        raise refused(_("That is not a plain file."))
    opened = Opened(path.name, os.fdopen(fd, "rb"))
    if status.st_size > LARGEST and not opened.zipped():  # a zip may be full of photos: they are not read
        opened.raw().close()
        raise refused(_("The file is larger than {number} MB.", number=LARGEST // 1024**2))
    return opened


def _read(file: IO[bytes]) -> bytes:
    try:
        return file.read(_PIECE)
    except Exception:  # a failing disk, or whatever an unpacker stumbles over in hostile bytes
        raise _unreadable() from None


def _unreadable() -> Trouble:
    return refused(_("The file cannot be read to its end: it is damaged."))


def _not_text(line: int) -> Trouble:
    return refused(_("That is not a text file (line {line}).", line=line))


def _text(file: IO[bytes]) -> Iterator[str]:
    """Yield a binary file's text: UTF-8, or UTF-16 if it begins with its mark; raises Trouble."""
    line, read, held = 1, 0, ""
    data = _read(file)
    encoding = next((name for mark, name in _MARKS.items() if data.startswith(mark)), "utf-8")
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    more = True
    while more:
        more = bool(data)
        read += len(data)
        if read > LARGEST:
            raise refused(_("The file unpacks to more than {number} MB.", number=LARGEST // 1024**2))
        try:
            text = held + decoder.decode(data, final=not more)
        except UnicodeDecodeError:
            if b"\0" in data:  # which text of no encoding but UTF-16 has
                raise _not_text(line) from None
            hint = _("Save it as UTF-8 in the program it comes from.")
            raise refused(_("The file is not UTF-8 text (line {line} or soon after).", line=line), hint) from None
        held = "\r" if text.endswith("\r") and more else ""  # its line feed may come with the next piece
        text = text[: len(text) - len(held)].replace("\r\n", "\n").replace("\r", "\n")
        if "\0" in text:
            before = text[: text.index("\0")]
            raise _not_text(line + before.count("\n"))
        if text:
            yield text
        line += text.count("\n")
        data = _read(file) if more else b""
