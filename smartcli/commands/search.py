"""Looking for words."""

from typing import Annotated

import typer

from smartcli.commands.options import About, Deleted, Json, Last, OfExercise, OfPoint, Since, Until


def search(
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="[WORDS]", help="Shells remember what is typed here; leave it out, and it is asked."),
    ] = None,
    exercise: OfExercise = None,
    point: OfPoint = None,
    about: About = None,
    since: Since = None,
    until: Until = None,
    last: Last = None,
    deleted: Deleted = False,
    as_json: Json = False,
) -> None:
    """Find entries by words in questions and answers. "Quoted words" stand together."""
    from smartcli.commands.filters import Filters
    from smartcli.commands.workbook import Workbook, asked, show
    from smartcli.pages.listing import found_page
    from smartcli.searching import Query
    from smartcli.trouble import Trouble

    workbook = Workbook()
    query = Query(" ".join(words) if words else asked(workbook, "Which words?"))
    if not query.terms:
        raise Trouble("There is nothing to look for.", hint="Give a word or two.")
    chosen = Filters(exercise, point, about, since, until, None, deleted).select(workbook, query.may_be_in)
    found = [(head, where) for head in chosen if (where := query.find(head.entry))][:last]
    if as_json:
        import json

        from smartcli.exchange.as_json import row

        rows = [{**row(head.entry, head.revision.revision), "found": where.piece} for head, where in found]
        typer.echo(json.dumps(rows, ensure_ascii=False))
    else:
        show(found_page([(head.entry, where) for head, where in found]))
    workbook.look_over()
