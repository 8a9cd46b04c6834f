"""Ways in which an index can be bad, each a change of the file at a path."""

import os
from collections.abc import Callable
from pathlib import Path

from smartcli.journal.index_text import as_blocks, blocks_in, month_in


def with_sum(*lines: str) -> bytes:
    """Return lines as the index writes them, under a right check sum."""
    return as_blocks([*lines])


def lines_of(path: Path) -> list[str]:
    """Return the lines of an index, without the check sums they stand under."""
    lines: list[str] = []
    for text in filter(None, blocks_in(path.read_bytes())):
        found = month_in(text)
        lines += [" ".join(line) for line in found[1].lines().items()] if found else text.split("\n")
    return lines


def _lie(path: Path) -> None:
    """Say of every file, with right sums, that it is something else, as the disk described it some other time."""
    codes = [line.split(" ")[1] for line in lines_of(path) if line.startswith("kind ")]
    other = dict(zip(codes, codes[1:] + codes[:1], strict=True))
    said = []
    for line in lines_of(path):
        parts = line.split(" ")
        if parts[0] != "kind":
            parts[1], parts[2] = parts[1][:-1] + ("0" if parts[1][-1] != "0" else "1"), other[parts[2]]
        said.append(" ".join(parts))
    path.write_bytes(with_sum(*said))


def _link(path: Path) -> None:
    elsewhere = path.with_name("elsewhere")
    path.rename(elsewhere)
    path.symlink_to(elsewhere)


def _fifo(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


BENT: dict[str, Callable[[Path], object]] = {
    "damaged": lambda path: path.write_bytes(path.read_bytes().replace(b"live", b"lave")),
    "torn": lambda path: path.write_bytes(path.read_bytes()[:-9]),
    "foreign": lambda path: path.write_bytes(b"\x89PNG\r\n" + bytes(range(256)) * 9),
    "of another version": lambda path: path.write_bytes(with_sum("version 2") + path.read_bytes()),
    "empty": lambda path: path.write_bytes(b""),
    "without its kinds": lambda path: path.write_bytes(
        with_sum(*(line for line in lines_of(path) if not line.startswith("kind ")))
    ),
    "lying": _lie,
    "a link": _link,
    "a pipe": _fifo,
}
