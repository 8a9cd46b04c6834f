"""What was left for afterwards."""

from typing import Annotated

import typer

from smartcli.commands.options import ID


def later(entry: Annotated[str | None, typer.Argument(metavar="ID", help=ID)] = None) -> None:
    """Fill in what was left for afterwards: a step done, how it really was."""
    from smartcli.trouble import Trouble
    from smartcli.workbook.session_kinds import left_for_later
    from smartcli.workbook.sessions import afterwards
    from smartcli.workbook.unfinished import waiting
    from smartcli.workbook.workbook import Workbook

    workbook = Workbook()
    if entry is None:
        found = next(waiting(workbook), None)
        if found is None:
            raise Trouble("Nothing was left for afterwards.", code=0)
        afterwards(workbook, found.exercise, found.head, found.today).tell()
        return
    head = workbook.journal.find(entry)
    exercise = workbook.catalog.find(head.entry.exercise)
    if not left_for_later(exercise, head.entry):
        raise Trouble("That entry left nothing for afterwards.", hint="`smartcli later` finds one that did.")
    afterwards(workbook, exercise, head).tell()
