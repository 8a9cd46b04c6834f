"""What the entries show."""

from smartcli.commands.options import About, Deleted, Json, Last, OfExercise, OfPoint, Since, Until


def insights(
    exercise: OfExercise = None,
    point: OfPoint = None,
    about: About = None,
    since: Since = None,
    until: Until = None,
    last: Last = None,
    deleted: Deleted = False,
    as_json: Json = False,
) -> None:
    """See what your entries show: moods, urges, what helped, and how it changes."""
    import gc

    from smartcli.insights.notes import gather
    from smartcli.insights.report import compute_insights as found_in
    from smartcli.insights.report import insights_as_json as told
    from smartcli.moments import Moment, now
    from smartcli.workbook.filters import Filters
    from smartcli.workbook.terminal import show
    from smartcli.workbook.workbook import Workbook

    workbook = Workbook()
    filters = Filters(exercise, point, about, since, until, last, deleted)
    first, end = filters.days(workbook)
    today = Moment(now()).day(workbook.settings.day_starts)
    gc.disable()  # entries hold no circles: looking for some would take a tenth of the time for ten years of them
    try:
        found = found_in(gather(filters.told(workbook)), today, first, end, compare=last is None)
    finally:
        gc.enable()
    if as_json:
        import json

        import typer

        typer.echo(json.dumps(told(found)))
    else:
        from smartcli.pages.insights import insights_page

        show(insights_page(found))
    workbook.look_over()
