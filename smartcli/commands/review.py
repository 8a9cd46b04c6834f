"""Entries, newest first."""

import sys
from typing import TYPE_CHECKING

from smartcli.commands.options import Json, with_filters

if TYPE_CHECKING:
    from smartcli.workbook.filters import Filters


@with_filters
def review(filters: "Filters", as_json: Json = False) -> None:
    """Look back at your entries, newest first. You can search, go to a day, and open, change or hide each one."""
    from smartcli.workbook.losses import look_over
    from smartcli.workbook.terminal import has_person, show
    from smartcli.workbook.workbook import Workbook

    workbook = Workbook()
    filters.check(workbook)
    workbook.unlock()
    if has_person() and not as_json:
        from smartcli.workbook.browser import browse_entries

        browse_entries(workbook, filters)
        look_over(workbook)
        return
    heads = filters.select(workbook)
    if as_json:
        from smartcli.exchange.as_json import rows
        from smartcli.workbook.listed_rows import listed_row

        sys.stdout.writelines(rows(listed_row(workbook, head) for head in heads))
    else:
        from smartcli.pages.listing import listing_page

        is_empty = not workbook.journal.revisions()
        is_unread = bool(workbook.journal.unreadable)
        is_missing = is_empty and bool(workbook.last_seen.missing(workbook.journal.erased.ids()))
        entries = (workbook.readable(head.entry) for head in heads)
        show(listing_page(entries, narrowed=filters.narrow or not is_empty, unread=is_unread, missing=is_missing))
    look_over(workbook)
