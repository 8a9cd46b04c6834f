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
    from smartcli.workbook.finding import find_words, read_found
    from smartcli.workbook.losses import look_over
    from smartcli.workbook.terminal import ask_line, has_person, show
    from smartcli.workbook.workbook import Workbook

    workbook = Workbook()
    filters.check(workbook)
    if has_person() and not as_json:
        from smartcli.workbook.browser import browse_entries

        workbook.unlock()
        browse_entries(workbook, filters, words=" ".join(words or ()))
        look_over(workbook)
        return
    if words:
        wanted = " ".join(words)
    else:
        workbook.unlock()
        wanted = ask_line(workbook.asker, _("Which words would you like to find?"))
    found = find_words(workbook, wanted, filters)
    if as_json:
        from smartcli.exchange.as_json import rows
        from smartcli.workbook.listed_rows import listed_row

        found_rows = (
            {**listed_row(workbook, hit.head), "found": hit.where.piece, "found_in": hit.version.revision}
            for hit in found
        )
        sys.stdout.writelines(rows(found_rows))
    else:
        from smartcli.pages.listing import found_page

        show(found_page(read_found(workbook, hit) for hit in found))
    look_over(workbook)
