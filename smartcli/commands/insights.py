"""What the entries show."""

from typing import TYPE_CHECKING

from smartcli.commands.options import Json, with_filters
from smartcli.language import _

if TYPE_CHECKING:
    from smartcli.workbook.filters import Filters

_MANY = 60  # entries from which on the page takes several screens


@with_filters
def insights(filters: "Filters", as_json: Json = False) -> None:
    """See what your entries show. It looks at moods, urges, what helped, and how they change."""
    from smartcli.trouble import say
    from smartcli.workbook.insights_from import describe_choice, find_insights, insights_row
    from smartcli.workbook.losses import look_over
    from smartcli.workbook.terminal import has_person, is_plain, show
    from smartcli.workbook.workbook import Workbook

    workbook = Workbook()
    filters.check(workbook)
    workbook.unlock()
    found = find_insights(workbook, filters)
    if as_json:
        import typer

        from smartcli.words import json_text

        typer.echo(json_text(insights_row(found)))
    else:
        from smartcli.pages.insights import insights_page

        show(insights_page(found, describe_choice(workbook, filters)))
        if is_plain() and has_person() and filters.last is None and found.glance.n > _MANY:
            say(_("For a shorter page: `smartcli insights --last {number}`.", number=_MANY))
    look_over(workbook)
