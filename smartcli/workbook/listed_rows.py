"""Entries of a list as rows for programs."""

from typing import Any

from smartcli.exchange.as_json import row
from smartcli.journal.standing import Head
from smartcli.workbook.workbook import Workbook


def listed_row(workbook: Workbook, head: Head) -> dict[str, Any]:
    """Return an entry as a row: `others` are its other versions, where it was changed in two places, as rows too.

    `unread` is the number of versions that cannot be read just now and may be newer.
    """
    summary = workbook.readable(head.entry).summary()
    others = [row(other, other.revision, workbook.readable(other).summary()) for other in head.entry.others]
    return {**row(head.entry, head.revision.revision, summary), "others": others, "unread": head.unread}
