"""Every place where anything is kept, and what is there."""

from pathlib import Path
from typing import Any

from smartcli.words import count
from smartcli.workbook.workbook import Workbook


def list_places(workbook: Workbook) -> dict[str, Any]:
    """Return every place with what it holds, and every file that could not be read."""
    places = workbook.places
    files = len(workbook.journal.revisions().folders)
    live = sum(1 for _ in workbook.journal.heads())  # each read in full: what cannot be is named below
    drafts = workbook.drafts.all()
    aside = len([*(places.state / "lost+found").glob("*")])
    own = [*workbook.catalog.own.glob("*.toml")] if workbook.catalog.own.is_dir() else []
    entries = f"{count(live, 'entry', 'entries')} in {count(files, 'file')}"
    rows = [
        ("entries", places.journal / "entries", entries),
        ("exercises of your own", places.journal / "exercises", count(len(own), "file")),
        ("unfinished exercises", places.state / "drafts", count(len(drafts), "draft")),
        (
            "imports you can undo",
            places.state / "imports",
            count(len(workbook.imports.all()), "list of ids", "lists of ids"),
        ),
        ("put aside after a crash", places.state / "lost+found", count(aside, "file")),
        ("settings", places.config, workbook.settings.holds if places.config.exists() else "not there yet"),
    ]
    unreadable = [{"name": file.name, "why": file.why} for file in workbook.journal.unreadable]
    unreadable += [{"name": name, "why": "not readable"} for name in workbook.drafts.unreadable]
    return {
        "places": [
            {"what": what, "path": str(path), "exists": path.exists(), "holds": holds, "mode": _mode(path)}
            for what, path, holds in rows
        ],
        "unreadable": unreadable,
    }


def _mode(path: Path) -> str | None:
    try:
        return oct(path.stat().st_mode & 0o777)
    except OSError:
        return None
