"""How many files a command opens: the file system of the journal, counting."""

import os
from pathlib import PurePath
from typing import Any

from smartcli.journal.journal_lock import PIN
from smartcli.journal.system import FileSystem


class Counting(FileSystem):
    """Does what it is asked, and notes which files of entries are opened and how often a folder is listed."""

    def __init__(self) -> None:
        self.opened: list[str] = []
        self.listed = 0

    def open(self, path: str, *rest: Any, **at: Any) -> int:  # type: ignore[override]
        """Open a file or a folder."""
        if path.endswith(".json") and PurePath(path).name != PIN:  # which says whether the journal is locked
            self.opened.append(PurePath(path).name)
        return os.open(path, *rest, **at)

    def scandir(self, where: Any) -> Any:
        """List a folder."""
        self.listed += 1
        return super().scandir(where)
