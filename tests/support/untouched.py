"""What a folder is like, to the byte and the nanosecond: to see whether a program has left anything in it."""

import os
from pathlib import Path
from typing import NamedTuple


class Found(NamedTuple):
    """One file or folder: the time of change of its content, and of anything else about it, and its bytes."""

    modified: int
    changed: int
    mode: int
    data: bytes


def look(folder: Path) -> dict[str, Found]:
    """Return everything in a folder by its path, the folder included; nothing where there is none."""
    there = [folder, *folder.rglob("*")] if folder.exists() else []
    return {str(path.relative_to(folder)): _found(path) for path in there}


def _found(path: Path) -> Found:
    status = os.lstat(path)
    data = path.read_bytes() if path.is_file() else b""
    return Found(status.st_mtime_ns, status.st_ctime_ns, status.st_mode, data)
