"""Entries, newest first."""

import sys
from typing import TYPE_CHECKING

from smartcli.commands.options import Json, with_filters
from smartcli.language import _

if TYPE_CHECKING:
    from smartcli.workbook.filters import Filters


@with_filters
def review(filters: "Filters", as_json: Json = False) -> None:
    """Look back at your entries, newest first. You can open, change, compare or export each one."""
    from smartcli.workbook.terminal import is_interactive, show
    from smartcli.workbook.workbook import Workbook

    workbook = Workbook()
    heads = filters.select(workbook)
    if as_json:
        from smartcli.exchange.as_json import row, rows

        summed_up = ((head, workbook.readable(head.entry).summary()) for head in heads)
        sys.stdout.writelines(rows(row(head.entry, head.revision.revision, summary) for head, summary in summed_up))
    elif is_interactive():
        from smartcli.workbook.browser import Browser

        Browser(
            workbook, ((head.entry, workbook.readable(head.entry).summary()) for head in heads), _("Look back")
        ).run()
    else:
        from smartcli.pages.listing import listing_page

        is_empty = not workbook.journal.revisions()
        is_unread = bool(workbook.journal.unreadable)
        entries = (workbook.readable(head.entry) for head in heads)
        show(listing_page(entries, narrowed=filters.narrow or not is_empty, unread=is_unread))
    workbook.look_over()
