"""Several copies of one entry side by side: what differs between them."""

from collections.abc import Sequence

from smartcli.entry import Entry
from smartcli.moments import Moment, said
from smartcli.page import Heading, Page, Table, Words
from smartcli.words import shortened


def differing_page(newest: Entry, others: Sequence[Entry]) -> Page:
    """Return the page that shows where copies of an entry, changed in different places, say different things."""
    copies = [newest, *others]
    head = ["", *(_saved(copy) for copy in copies)]
    rows = []
    for name in dict.fromkeys(name for copy in copies for name in copy.answers):
        told = [_told(copy, name) for copy in copies]
        if len(set(told)) > 1:
            rows.append([_question(copies, name), *told])
    about = "This was changed in two places. What differs stands here; the newer answers are offered first."
    return Page(newest.title, [Words(about), Heading("What differs"), Table(head, rows)])


def _saved(entry: Entry) -> str:
    from datetime import datetime

    return said(Moment(datetime.fromisoformat(entry.body["saved"])))


def _told(entry: Entry, name: str) -> str:
    for one in entry.fields:
        if one.field.id == name:
            return shortened(
                "; ".join(words for _, words in one.field.quotes(one.answer)) or one.field.brief(one.answer), 400
            )
    return "-"


def _question(copies: Sequence[Entry], name: str) -> str:
    return next(one.field.label or one.field.ask for copy in copies for one in copy.fields if one.field.id == name)
