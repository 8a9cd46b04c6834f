"""What erasing cannot reach, named as far as it can be seen: histories, sync tools, snapshots."""

import contextlib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from smartcli.journal.files import Folder, is_folder
from smartcli.language import N_, _
from smartcli.words import joined

# How the folders of sync tools are called, by the beginning of the name, without spaces and signs.
_SYNCED = {
    "dropbox": N_("Dropbox"),
    "onedrive": N_("OneDrive"),
    "googledrive": N_("Google Drive"),
    "mydrive": N_("Google Drive"),
    "mobiledocuments": N_("iCloud"),
    "icloud": N_("iCloud"),
    "comappleclouddocs": N_("iCloud"),
    "nextcloud": N_("Nextcloud"),
    "owncloud": N_("ownCloud"),
    "syncthing": N_("Syncthing"),
    "pcloud": N_("pCloud"),
    "megasync": N_("MEGA"),
    "seafile": N_("Seafile"),
    "protondrive": N_("Proton Drive"),
    "tresorit": N_("Tresorit"),
    "boxsync": N_("Box"),
}
# What lies in a folder that a tool keeps versions of, and the tool.
_MARKS = {
    ".git": N_("git"),
    ".hg": N_("Mercurial"),
    ".stfolder": N_("Syncthing"),
    ".stversions": N_("Syncthing"),
    ".dropbox": N_("Dropbox"),
    ".dropbox.cache": N_("Dropbox"),
    ".owncloudsync.log": N_("ownCloud"),
    ".sync": N_("Resilio Sync"),
    ".snapshots": N_("snapshots of the disk"),
    ".zfs": N_("snapshots of the disk"),
}
_letters = re.compile(r"[^a-z]+")


def copies_out_of_reach(journal: Path, mentions: Iterable[Path], closed: Iterable[Path] = ()) -> list[str]:
    """Return, in sentences, where words that were erased may still be: what is seen is named, the rest is said.

    `mentions` are files of others' making that name an erased entry, `closed` what could not be opened.
    """
    told = keepers_said(journal)
    told += [_("This file names what you erased, and was left as it is: {file}", file=str(file)) for file in mentions]
    told += [
        _("This could not be opened, so what you erased may still be in it: {path}", path=str(path)) for path in closed
    ]
    return [
        *told,
        _(
            "smartcli cannot see exports, backups and copies that you made elsewhere. "
            "A disk can also hold erased words until it writes over them."
        ),
    ]


def keepers_said(journal: Path) -> list[str]:
    """Return a sentence for each folder that a tool keeps older versions of, as far as that can be seen."""
    return [
        _(
            "The journal is in {folder}. Older versions of it may still be in: {tools}.",
            folder=str(folder),
            tools=joined(tools),
        )
        for folder, tools in _keepers(journal)
    ]


def _keepers(journal: Path) -> Iterator[tuple[Path, list[str]]]:
    """Yield the journal's folder and those above it that a tool keeps, with the tools as far as can be seen."""
    named: set[str] = set()
    for folder in (journal, *journal.parents):
        called = _letters.sub("", folder.name.casefold())
        tools = {tool for start, tool in _SYNCED.items() if called.startswith(start)}
        with contextlib.suppress(OSError):
            if is_folder(folder):
                with Folder(folder, shared=True) as opened:
                    tools |= {tool for mark, tool in _MARKS.items() if opened.has(mark)}
        tools -= named  # said once, of the nearest folder
        named |= tools
        if tools:
            yield folder, sorted(map(_, tools))
