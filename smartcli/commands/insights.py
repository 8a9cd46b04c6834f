"""What the entries show."""

from typing import TYPE_CHECKING

from smartcli.commands.options import Json, with_filters

if TYPE_CHECKING:
    from smartcli.workbook.filters import Filters


@with_filters
def insights(filters: "Filters", as_json: Json = False) -> None:
    """See what your entries show. It looks at moods, urges, what helped, and how they change."""
    from smartcli.workbook.insights_from import find_insights, insights_row
    from smartcli.workbook.terminal import show
    from smartcli.workbook.workbook import Workbook

    workbook = Workbook()
    found = find_insights(workbook, filters)
    if as_json:
        import json

        import typer

        typer.echo(json.dumps(insights_row(found)))
    else:
        from smartcli.pages.insights import insights_page

        show(insights_page(found))
    workbook.look_over()
