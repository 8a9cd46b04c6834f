"""The journal's own README.txt: for whoever finds the folder, and for its owner on a day without this program."""

import contextlib
from pathlib import Path

from smartcli.journal.disk_errors import disk_errors_as_trouble
from smartcli.journal.files import Folder
from smartcli.language import N_, _

NAME = "README.txt"

PLAIN = N_("""\
This folder is a smartcli journal: somebody's private notes. Please close it if it is not yours.

entries/    one JSON file for each version of each entry, by month. Nothing here is ever changed in place:
            an edit or a deletion is a new file that names the one before under "parents". The newest version
            of an entry is the one no other file names. Any text editor opens them: "ask" is the question,
            "answer" what was written.
exercises/  exercises of your own.

The program can be left out: the files stay readable without it.
""")

LOCKED = N_("""\
This folder is a locked smartcli journal: somebody's private notes. Please close it if it is not yours.

entries/    one file for each version of each entry, locked with age (https://age-encryption.org).
keys/       the key, locked with the passphrase. Without this folder only the recovery key opens the entries:
            please keep it with them.
exercises/  exercises of your own. They are not locked.

smartcli can be left out: the program `age` opens every file. With the passphrase:

    age -d -i keys/NAME.age entries/a/NAME.json.age

With the recovery key, written as one line into a file key.txt, every entry at once:

    for f in entries/*/*.json.age; do age -d -i key.txt "$f"; done

An edit or a deletion is a new file that names the one before under "parents". The newest version of an entry is the
one no other file names. "ask" is the question, "answer" what was written.
""")


def text(*, is_locked: bool) -> str:
    """Return what the file says in a plain journal, or in a locked one."""
    return _(LOCKED) if is_locked else _(PLAIN)


def write_readme(journal: Path, *, is_locked: bool) -> None:
    """Put the right text there, unless it is there already; raises Trouble (3)."""
    data = text(is_locked=is_locked).encode()
    with disk_errors_as_trouble(_("Not finished yet")), Folder(journal, create=True) as folder:
        with contextlib.suppress(FileNotFoundError):
            if folder.read(NAME) == data:
                return
        folder.replace(NAME, data)
