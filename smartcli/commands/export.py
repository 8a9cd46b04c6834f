"""Entries as a file of one's own."""

import sys
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from smartcli.commands.options import About, Deleted, Last, OfExercise, OfPoint, Since, Until

if TYPE_CHECKING:
    from smartcli.entry import Entry


class As(StrEnum):
    """The formats there are."""

    MD = "md"
    JSON = "json"


def export(
    exercise: OfExercise = None,
    point: OfPoint = None,
    about: About = None,
    since: Since = None,
    until: Until = None,
    last: Last = None,
    deleted: Deleted = False,
    as_: Annotated[As, typer.Option("--as", help="A readable document, or all of it for programs.")] = As.MD,
    output: Annotated[
        str | None,
        typer.Option(metavar="PATH", help="A file, or - for standard output; else journal-DATE here."),
    ] = None,
    history: Annotated[bool, typer.Option("--history", help="With json: every version of every entry.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace the file if it is there.")] = False,
) -> None:
    """Write your entries to a file that anything can open."""
    from smartcli.commands.filters import Filters
    from smartcli.commands.workbook import Workbook
    from smartcli.moments import now
    from smartcli.trouble import Trouble, say

    workbook = Workbook()
    if history and as_ is not As.JSON:
        raise Trouble("--history goes with --as json.", hint="A readable document shows each entry as it stands.")
    heads = Filters(exercise, point, about, since, until, last, deleted).select(workbook)
    entries = (entry for head in heads for entry in (workbook.journal.versions(head) if history else [head.entry]))
    if output == "-":
        for piece in pieces(as_, entries):
            sys.stdout.write(piece)
    else:
        path = Path(output or f"journal-{now():%Y-%m-%d}.{as_}").expanduser()
        write(path, "".join(pieces(as_, entries)).encode(), force=force)
        say(f"Written to {path}.", "It is not encrypted: anyone who can open the file can read it.")
    workbook.look_over()


def pieces(as_: As, entries: "Iterator[Entry]") -> Iterator[str]:
    """Yield entries in a format, piece by piece."""
    if as_ is As.JSON:
        from smartcli.exchange.as_json import exported

        yield from exported(entries)
    else:
        from smartcli.pages.entry import entry_page
        from smartcli.renderers.markdown import document

        yield from document("Journal", map(entry_page, entries))


def write(path: Path, data: bytes, *, force: bool) -> None:
    """Write a file whole or not at all, 0600; raises Trouble when it is there and `force` is not given."""
    from smartcli.journal.files import Folder
    from smartcli.journal.telling import told_trouble
    from smartcli.trouble import Trouble

    with told_trouble("Nothing was written"), Folder(path.absolute().parent, shared=True) as folder:
        try:
            (folder.replace if force else folder.publish)(path.name, data)
        except FileExistsError:
            raise Trouble(
                "There is a file of that name already.",
                safe="It was left as it is.",
                hint="--force replaces it; --output names another.",
            ) from None
