"""Entries found by the words in them."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import NamedTuple

from smartcli.entries.entry import Entry
from smartcli.entries.search import Found, Query
from smartcli.journal.standing import Head
from smartcli.language import _
from smartcli.trouble import Trouble
from smartcli.workbook.filters import Filters
from smartcli.workbook.workbook import Workbook


class Hit(NamedTuple):
    """An entry that holds the words: the version of it that does, and where."""

    head: Head
    version: Entry
    where: Found


def find_words(workbook: Workbook, words: str, filters: Filters) -> Iterator[Hit]:
    """Return the entries that hold all the words, newest first, each with where; raises Trouble for no words.

    Of an entry that was changed in two places every version is looked through, the newest first.
    """
    query = Query(words)
    if not query.terms:
        raise Trouble(_("There are no words to look for."), hint=_("Type a word or two."))
    workbook.unlock()
    # The newest N are those of the entries found, not those in which to look.
    heads = replace(filters, last=None).select(workbook, query.may_be_in)
    found = (hit for head in heads if (hit := _find_in(head, query)))
    return islice(found, filters.last)


def _find_in(head: Head, query: Query) -> Hit | None:
    return next((Hit(head, one, where) for one in head.entry.sides if (where := query.find(one))), None)


def read_found(workbook: Workbook, hit: Hit) -> tuple[Entry, Entry, Found]:
    """Return the entry that was found and the version it was found in, as they may be shown, and where."""
    place = hit.head.entry.sides.index(hit.version)
    entry = workbook.readable(hit.head.entry)  # its sides are in the same order
    return entry, entry.sides[place], hit.where
