"""A plan as pocket cards on paper, to be cut out."""

from collections.abc import Iterator

from smartcli.blocks import Page, Words
from smartcli.entries.entry import Entry
from smartcli.language import _
from smartcli.pages.card import card
from smartcli.pages.entry import about


def pocket_pages(entry: Entry, copies: int) -> Iterator[Page]:
    """Yield the sheets that hold so many copies of an entry as a card: two on each, or one on the last.

    What the card is about, and its day, stand on the card itself, since the rest of the sheet is cut off.
    """
    how = Words(_("Cut along the lines, and fold along the dots."), quiet=True)
    one = card(entry, pocket=True)._replace(about=about(entry))
    for left in range(copies, 0, -2):
        yield Page(entry.title, [how, one._replace(twice=left > 1)], sheet=True)
