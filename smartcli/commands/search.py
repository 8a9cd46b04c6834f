"""Looking for words."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from smartcli.commands.options import Json, with_filters
from smartcli.language import _

if TYPE_CHECKING:
    from smartcli.workbook.filters import Filters

WORDS = _("Your shell remembers what you type here. If you leave this out, you type the words in smartcli.")


@with_filters
def search(
    filters: "Filters",
    words: Annotated[list[str] | None, typer.Argument(metavar="[WORDS]", help=WORDS)] = None,
    as_json: Json = False,
) -> None:
    """Find entries by words in their questions and answers. Put words that belong together in "quotes"."""
    from smartcli.workbook.finding import find_words
    from smartcli.workbook.terminal import ask_line, has_person, show
    from smartcli.workbook.workbook import Workbook

    workbook = Workbook()
    if has_person() and not as_json:
        from smartcli.workbook.browser import browse_entries

        browse_entries(workbook, filters, words=" ".join(words or ()))
        workbook.look_over()
        return
    wanted = " ".join(words) if words else ask_line(workbook.asker, _("Which words would you like to find?"))
    found = find_words(workbook, wanted, filters)
    if as_json:
        from smartcli.exchange.as_json import row, rows

        found_rows = (
            {
                **row(head.entry, head.revision.revision, workbook.readable(head.entry).summary()),
                "found": where.piece,
            }
            for head, where in found
        )
        sys.stdout.writelines(rows(found_rows))
    else:
        from smartcli.pages.listing import found_page

        show(found_page((workbook.readable(head.entry), where) for head, where in found))
    workbook.look_over()
