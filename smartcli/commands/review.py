"""Entries, newest first."""

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
    """Look back over your entries, newest first."""
    from smartcli.commands.filters import Filters
    from smartcli.commands.workbook import Workbook, show
    from smartcli.exchange.as_json import row
    from smartcli.pages.listing import listing_page

    workbook = Workbook()
    heads = [*Filters(exercise, point, about, since, until, last, deleted).select(workbook)]
    if as_json:
        import json

        import typer

        typer.echo(json.dumps([row(head.entry, head.revision.revision) for head in heads], ensure_ascii=False))
    else:
        show(listing_page([head.entry for head in heads]))
    workbook.look_over()
