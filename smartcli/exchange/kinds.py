"""The kinds of files that can be taken in, and how one is told from another: by what it holds."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from itertools import islice
from pathlib import Path

from smartcli.entries.entry import Entry
from smartcli.exchange import (
    from_csv,
    from_daylio,
    from_dayone,
    from_journey,
    from_jrnl,
    from_json,
    from_loop,
    from_text,
)
from smartcli.exchange.dates import DAY_FIRST, MONTH_FIRST
from smartcli.exchange.foreign import refuse_foreign
from smartcli.exchange.imported import EMPTY, Imported, Left, refused
from smartcli.exchange.json_entries import JsonEntries
from smartcli.exchange.mapping import EXAMPLE
from smartcli.exchange.opening import Opened
from smartcli.exchange.our_own import LIST, is_row_of_ours, refuse_our_own, trouble_with
from smartcli.exchange.rows import Rows
from smartcli.exchange.sources import Source, Sources
from smartcli.language import N_, _
from smartcli.trouble import USAGE, Trouble
from smartcli.words import either, suggestion

_LOOKED_AT = 100  # entries; the first ones may be damaged
_TABLE_SIGNS = 2  # separators in the first two lines of a table that has another name

Item = Imported | Left | Entry
Reader = Callable[[Opened], Iterator[Item]]
READERS: dict[str, Reader] = {
    "json": from_json.read_entries,
    "jrnl": from_jrnl.read_entries,
    "dayone": from_dayone.read_entries,
    "daylio": from_daylio.read_entries,
    "journey": from_journey.read_entries,
    "loop": from_loop.read_entries,
    "text": from_text.read_entries,
}
CALLED = {
    "json": N_("smartcli's own json"),
    "jrnl": "jrnl",
    "dayone": "Day One",
    "daylio": "Daylio",
    "journey": "Journey",
    "loop": "Loop",
    "csv": N_("a table"),
    "text": N_("a text with dates"),
}
_BELIEVED = ("text", "jrnl")  # named so, any text is read as such: nothing in a text says for certain what it is


def read_sources(sources: Sources, named: str | None) -> Iterator[tuple[str, Item]]:
    """Yield what all files of an import hold, each with the kind of its file; raises Trouble.

    Of several files, one that cannot be read at all is left, with its trouble. One that breaks off on the way
    raises: what was yielded of it may not be all.
    """
    for source in sources:
        begun = False
        try:
            with source.open() as opened:
                if source.number and not opened.beginning().strip():  # a note for a day on which nothing was written
                    yield "", Left(source.placed(""), EMPTY)
                    continue
                kind, read = reader(opened, named)
                for item in read(opened):
                    begun = True
                    yield kind, _placed(item, source)
        except Trouble as trouble:
            if begun or not source.number or trouble.code != USAGE:
                raise _in_file(trouble, source) from None
            yield "", Left(source.placed(""), trouble.sentence, trouble)


def _placed(item: Item, source: Source) -> Item:
    if not source.number or isinstance(item, Entry):
        return item
    place = source.placed(item.place)
    return item._replace(place=place) if isinstance(item, Left) else replace(item, place=place)


def _in_file(trouble: Trouble, source: Source) -> Trouble:
    if not source.number:
        return trouble
    sentence = _("{place}: {reason}", place=source.placed(""), reason=trouble.sentence)
    return Trouble(sentence, safe=trouble.safe, hint=trouble.hint, code=trouble.code)


def reader(opened: Opened, named: str | None) -> tuple[str, Reader]:
    """Return the kind of a file, told from what it holds or as `named`, and what reads it; raises Trouble.

    `named` is a kind of READERS, or a mapping file for a csv or JSON.
    """
    if named is None or named == "":
        kind = _kind_of(opened)
        if kind == "csv":
            raise refused(_("This csv is not one that smartcli knows."), _(EXAMPLE))
        return kind, READERS[kind]
    if named.lower().endswith(".toml"):
        return "csv", partial(from_csv.read_entries, mapping_file=Path(named))
    named = named.lower()
    if named not in READERS:
        raise _unknown_kind(named)
    kind = named if named in _BELIEVED else _kind_of(opened)
    if named != kind:
        hint = _(EXAMPLE)
        if kind in READERS:
            hint = _("It looks like {kind}: leave --from out.", kind=_(CALLED[kind]))
        raise refused(_("That does not look like {kind}.", kind=_(CALLED[named])), hint)
    return named, READERS[named]


def _unknown_kind(named: str) -> Trouble:
    hint = suggestion(named, READERS) or _("Without --from, smartcli finds out from the file itself.")
    return refused(_("--from is {names}, or a mapping file for a csv or JSON.", names=either(READERS)), hint)


def _kind_of(opened: Opened) -> str:
    """Return the kind of a file by what it holds: one of CALLED. What is nothing else is text."""
    refuse_our_own(opened)
    refuse_foreign(opened)
    beginning = opened.beginning().lstrip()
    if not beginning:
        raise refused(_("The file is empty."))
    if opened.is_json():
        return _kind_of_json(opened)
    if from_daylio.is_backup(opened):
        return "daylio"
    if from_loop.is_checkmarks(opened):
        return "loop"
    first, _end, rest = beginning.partition("\n")
    if any(from_jrnl.begins(first, order) for order in ("", DAY_FIRST, MONTH_FIRST)):
        return "jrnl"
    if _is_table(opened.name, first, rest.partition("\n")[0]):
        return "daylio" if from_daylio.is_header(Rows(opened).columns) else "csv"
    return "text"


def _is_table(name: str, first: str, second: str) -> bool:
    """Return whether a file is a table, by its ending or, named otherwise, by its first two lines."""
    if (
        name.lower().endswith((".csv", ".tsv"))
        or first.startswith("sep=")
        or ("mood" in first and "activities" in first)
    ):
        return True
    return any(_TABLE_SIGNS <= first.count(sign) == second.count(sign) for sign in "\t;") or (
        _TABLE_SIGNS <= first.count(",") == second.count(",") and ", " not in first
    )


def _kind_of_json(opened: Opened) -> str:
    """Return which program's JSON this is, by its first entries."""
    seen = False
    for value in islice(JsonEntries(opened.pieces()), _LOOKED_AT):
        seen = True
        if is_row_of_ours(value):
            raise trouble_with(LIST)
        if isinstance(value, dict) and "exercise" in value and "fields" in value:
            return "json"
        if from_dayone.is_entry(value):
            return "dayone"
        if from_journey.is_entry(value):
            return "journey"
        if from_jrnl.is_entry(value):
            return "jrnl"
    if seen:
        raise refused(_("This JSON file is not an export that smartcli knows."), _(EXAMPLE))
    raise refused(_("There are no entries in this file."))
