"""The text of the index: single lines, and the lines of whole months in columns, each block under its check sum.

A month in columns is compared with the disk as one text, and taken apart only where one of its lines is asked for:
most months of a long journal never are.
"""

import zlib
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

BLOCK = 500  # lines under one check sum: some hundred is what makes twenty thousand quick to read
_BETWEEN = b"\n\n"  # blocks
_MONTH = "month"  # how a block begins that holds the lines of a month
_COLUMNS = "\n-\n"  # between its columns
_NUMBER_OF_COLUMNS = 3


class Month(NamedTuple):
    """What is known of the files of one month, in three columns in the order of their names.

    `stamps` has a line for each: its name, and what the disk said of it; `codes` stand side by side; `rest` has
    what else each line says. `folder` is what the disk said of their folder when they were all that was in it,
    "" where that is not known (`unchanged_months`).
    """

    stamps: str
    codes: str
    rest: str
    folder: str = ""

    @classmethod
    def of(cls, lines: Mapping[str, str], folder: str = "") -> "Month":
        """Return these lines, by the names of files, in columns."""
        names = sorted(lines)
        stamps, codes, rest = zip(*(lines[name].split(" ", 2) for name in names), strict=True)
        return cls(stamps_column(names, stamps), " ".join(codes), "\n".join(rest), folder)

    @property
    def files(self) -> int:
        """How many files it tells of."""
        return self.codes.count(" ") + 1

    def is_sound(self, spaces: int) -> bool:
        """Return whether the columns are equally long, and there are so many spaces in each line of the last."""
        files = self.files
        is_as_long = self.stamps.count("\n") == self.rest.count("\n") == files - 1
        return is_as_long and self.stamps.count(" ") == files and self.rest.count(" ") == spaces * files

    def names(self) -> list[str]:
        """Return the names of the files, in order."""
        return [stamped.partition(" ")[0] for stamped in self.stamps.split("\n")]

    def lines(self) -> dict[str, str]:
        """Return the line of each file by its name."""
        names, stamps = zip(*(stamped.split(" ") for stamped in self.stamps.split("\n")), strict=True)
        columns = (stamps, self.codes.split(" "), self.rest.split("\n"))
        return dict(zip(names, map(" ".join, zip(*columns, strict=True)), strict=True))


def stamps_column(names: Sequence[str], stamps: Sequence[str]) -> str:
    """Return the column that holds the names of files and what the disk says of each."""
    return "\n".join(map(" ".join, zip(names, stamps, strict=True)))


def as_blocks(lines: Sequence[str]) -> bytes:
    """Return single lines as they are written, in blocks, each after its check sum: a torn or bent one fails it."""
    return b"".join(_block("\n".join(lines[at : at + BLOCK])) for at in range(0, len(lines), BLOCK))


def month_as_block(name: str, month: Month) -> bytes:
    """Return the lines of a month, such as 2026-11, as they are written."""
    columns = (month.stamps, month.codes, month.rest)
    return _block(_COLUMNS.join([f"{_MONTH} {name} {month.folder}".rstrip(), *columns]))


def blocks_in(data: bytes) -> Iterator[str | None]:
    """Yield the text of each block, one after the other so that it is not twice in memory; None for a bent one."""
    at = 0
    while at < len(data):
        end = data.find(_BETWEEN, at)
        end = len(data) if end < 0 else end
        block = data[at:end].strip(b"\n")
        check, _, text = block.partition(b"\n")
        if check == _sum(text) and text.isascii():
            yield text.decode("ascii")
        elif block:
            yield None
        at = end + len(_BETWEEN)


def month_in(text: str) -> tuple[str, Month] | None:
    """Return a month's name and its lines; None where a block holds single lines."""
    if not text.startswith(f"{_MONTH} "):
        return None
    head, *columns = text.split(_COLUMNS)
    if len(columns) != _NUMBER_OF_COLUMNS:
        return "", Month("", "", "")
    stamps, codes, rest = columns
    name, _, folder = head.removeprefix(f"{_MONTH} ").partition(" ")
    return name, Month(stamps, codes, rest, folder)


def _block(text: str) -> bytes:
    """Return a block; an empty line stands before it, too: it closes one that was torn."""
    body = text.encode("ascii")
    return b"%s%s\n%s%s" % (_BETWEEN, _sum(body), body, _BETWEEN)


def _sum(data: bytes) -> bytes:
    return b"%08x" % zlib.crc32(data)
