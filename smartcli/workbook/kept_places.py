"""Every place where anything is kept, and what is there."""

from pathlib import Path
from typing import Any

from smartcli.language import N_, _, ngettext
from smartcli.workbook.workbook import Workbook


def list_places(workbook: Workbook) -> dict[str, Any]:
    """Return every place with what it holds, and every file that could not be read."""
    places = workbook.places
    files = len(workbook.journal.revisions().folders)
    live = sum(1 for _head in workbook.journal.heads())  # each read in full: what cannot be is named below
    drafts = workbook.drafts.all()
    aside = len([*(places.state / "lost+found").glob("*")])
    own = [*workbook.catalog.own.glob("*.toml")] if workbook.catalog.own.is_dir() else []
    entries = _(
        "{entries} in {files}",
        entries=ngettext("{number} entry", "{number} entries", live),
        files=_count_files(files),
    )
    imports = ngettext("{number} list of ids", "{number} lists of ids", len(workbook.imports.all()))
    empty = _("not there yet")
    rows = [
        (N_("entries"), places.journal / "entries", entries),
        (N_("exercises of your own"), places.journal / "exercises", _count_files(len(own))),
        (
            N_("unfinished exercises"),
            places.state / "drafts",
            ngettext("{number} unfinished exercise", "{number} unfinished exercises", len(drafts)),
        ),
        (N_("imports you can undo"), places.state / "imports", imports),
        (N_("put aside after a crash"), places.state / "lost+found", _count_files(aside)),
        (N_("settings"), places.config, workbook.settings.holds if places.config.exists() else empty),
    ]
    unreadable = [{"name": file.name, "why": file.why} for file in workbook.journal.unreadable]
    unreadable += [{"name": name, "why": _("not readable")} for name in workbook.drafts.unreadable]
    return {
        "places": [
            {"what": what, "path": str(path), "exists": path.exists(), "holds": holds, "mode": _mode(path)}
            for what, path, holds in rows
        ],
        "unreadable": unreadable,
    }


def _count_files(number: int) -> str:
    return ngettext("{number} file", "{number} files", number)


def _mode(path: Path) -> str | None:
    try:
        return oct(path.stat().st_mode & 0o777)
    except OSError:
        return None
