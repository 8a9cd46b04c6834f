"""Entries found by the words in them."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from smartcli.entries.search import Found, Query
from smartcli.journal.store import Head
from smartcli.language import _
from smartcli.trouble import Trouble
from smartcli.workbook.filters import Filters
from smartcli.workbook.workbook import Workbook


def find_words(workbook: Workbook, words: str, filters: Filters) -> Iterator[tuple[Head, Found]]:
    """Return the entries that hold all the words, newest first, each with where; raises Trouble for no words."""
    query = Query(words)
    if not query.terms:
        raise Trouble(_("There are no words to look for."), hint=_("Type a word or two."))
    # The newest N are those of the entries found, not those in which to look.
    heads = replace(filters, last=None).select(workbook, query.may_be_in)
    found = ((head, where) for head in heads if (where := query.find(head.entry)))
    return islice(found, filters.last)
