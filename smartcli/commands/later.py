"""What was left for afterwards."""

from typing import Annotated

import typer

from smartcli.commands.options import ID


def later(entry: Annotated[str | None, typer.Argument(metavar="ID", help=ID)] = None) -> None:
    """Add to an entry later: whether you did the step, or how things really went."""
    from smartcli.workbook.sessions import fill_in_later
    from smartcli.workbook.workbook import Workbook

    workbook = Workbook()
    workbook.unlock(*([entry] if entry else []))
    fill_in_later(workbook, entry).tell()
