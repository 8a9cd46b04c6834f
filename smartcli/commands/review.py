"""Entries, newest first."""

import sys

from smartcli.commands.options import About, Deleted, Json, Last, OfExercise, OfPoint, Since, Until


def review(
    exercise: OfExercise = None,
    point: OfPoint = None,
    about: About = None,
    since: Since = None,
    until: Until = None,
    last: Last = None,
    deleted: Deleted = False,
    as_json: Json = False,
) -> None:
    """Look back over your entries, newest first; at a terminal open, change, compare or export them there."""
    from smartcli.workbook.filters import Filters
    from smartcli.workbook.terminal import on_screen, show
    from smartcli.workbook.workbook import Workbook

    workbook = Workbook()
    heads = Filters(exercise, point, about, since, until, last, deleted).select(workbook)
    if as_json:
        from smartcli.exchange.as_json import row, rows

        sys.stdout.writelines(rows(row(head.entry, head.revision.revision) for head in heads))
    elif on_screen():
        from smartcli.workbook.browser import Browser

        Browser(workbook, ((head.entry, head.entry.summary()) for head in heads), "Look back").run()
    else:
        from smartcli.pages.listing import listing_page

        narrowed = any((exercise, point, about, since, until)) or bool(workbook.journal.revisions())
        show(listing_page((head.entry for head in heads), narrowed=narrowed))
    workbook.look_over()
