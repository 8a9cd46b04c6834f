"""Every place anything is kept."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from smartcli.commands.options import Json

if TYPE_CHECKING:
    from smartcli.workbook.workbook import Workbook


def where(
    as_json: Json = False,
    accept_missing: Annotated[
        bool, typer.Option("--accept-missing", help="Entries that are gone are meant to be gone.")
    ] = False,
) -> None:
    """Show every place where anything of yours is kept, and every file that could not be read."""
    from smartcli.blocks import Block, Heading, Item, Items, Page, Table, Words
    from smartcli.workbook.terminal import show
    from smartcli.workbook.workbook import Workbook

    workbook = Workbook()
    workbook.tidy()
    found = kept(workbook)
    if accept_missing:
        workbook.last_seen.accept(workbook.journal.listed)
    if as_json:
        import json

        typer.echo(json.dumps(found))
        workbook.look_over()
        return
    rows = [[place["what"], place["path"], place["holds"]] for place in found["places"]]
    blocks: list[Block] = [Table(["What", "Where", "What is there"], rows)]
    if found["unreadable"]:
        listed = [Item(f"{one['name']}: {one['why']}") for one in found["unreadable"]]
        blocks += [Heading("Could not be read, and were left as they are"), Items(listed)]
    blocks.append(Words("Nothing is kept anywhere else, and nothing leaves this device.", quiet=True))
    show(Page("Where your words are", blocks))
    workbook.look_over()


def kept(workbook: "Workbook") -> dict[str, Any]:
    """Return every place with what it holds, and every file that could not be read."""
    from smartcli.words import count

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
    unreadable = [{"name": one.name, "why": one.why} for one in workbook.journal.unreadable]
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
