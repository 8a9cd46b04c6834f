"""Looking for words."""

import sys
from itertools import islice
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
    from smartcli.entries.search import Query
    from smartcli.trouble import Trouble
    from smartcli.words import marked
    from smartcli.workbook.filters import Filters
    from smartcli.workbook.terminal import asked, on_screen, show
    from smartcli.workbook.workbook import Workbook

    workbook = Workbook()
    query = Query(" ".join(words) if words else asked(workbook.asker, "Which words?"))
    if not query.terms:
        raise Trouble("There is nothing to look for.", hint="Give a word or two.")
    chosen = Filters(exercise, point, about, since, until, None, deleted).select(workbook, query.may_be_in)
    found = islice(((head, where) for head in chosen if (where := query.find(head.entry))), last)
    if as_json:
        from smartcli.exchange.as_json import row, rows

        sys.stdout.writelines(
            rows({**row(head.entry, head.revision.revision), "found": where.piece} for head, where in found)
        )
    elif on_screen():
        from smartcli.workbook.browser import Browser

        Browser(workbook, ((head.entry, marked(where.piece, where.marks)) for head, where in found), "Found").run()
    else:
        from smartcli.pages.listing import found_page

        show(found_page((head.entry, where) for head, where in found))
    workbook.look_over()
