"""The kinds of files that can be taken in, and how one is told from another: by what it holds."""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from pathlib import Path

from smartcli.entries.entry import Entry
from smartcli.exchange import from_csv, from_daylio, from_dayone, from_jrnl, from_json, from_text
from smartcli.exchange.dates import DAY_FIRST, MONTH_FIRST
from smartcli.exchange.foreign import refuse_foreign
from smartcli.exchange.imported import Imported, Left, refused
from smartcli.exchange.json_entries import JsonEntries
from smartcli.exchange.opening import Opened
from smartcli.exchange.our_own import LIST, is_row_of_ours, refuse_our_own, trouble_with
from smartcli.exchange.rows import Rows
from smartcli.language import N_, _
from smartcli.trouble import Trouble
from smartcli.words import either, suggestion

_CLOSE = {("text", "jrnl"), ("text", "csv"), ("jrnl", "text")}  # named so, one may be read as the other

_LOOKED_AT = 100  # entries; the first ones may be damaged

Reader = Callable[[Opened], Iterator[Imported | Left | Entry]]
READERS: dict[str, Reader] = {
    "json": from_json.read_entries,
    "jrnl": from_jrnl.read_entries,
    "dayone": from_dayone.read_entries,
    "daylio": from_daylio.read_entries,
    "text": from_text.read_entries,
}
CALLED = {
    "json": N_("smartcli's own json"),
    "jrnl": "jrnl",
    "dayone": "Day One",
    "daylio": "Daylio",
    "csv": N_("a csv"),
    "text": N_("a text with dates"),
}


def reader(opened: Opened, named: str | None) -> tuple[str, Reader]:
    """Return the kind of a file, told from what it holds or as `named`, and what reads it; raises Trouble.

    `named` is a kind of READERS, or a mapping file for a csv.
    """
    if named is None or named == "":
        kind = _kind_of(opened)
        if kind == "csv":
            raise refused(_("This csv is not one that smartcli knows."), _(from_csv.EXAMPLE))
        return kind, READERS[kind]
    if named.lower().endswith(".toml"):
        return "csv", partial(from_csv.read_entries, mapping_file=Path(named))
    named = named.lower()
    if named not in READERS:
        raise _unknown_kind(named)
    kind = _kind_of(opened)
    if named != kind and (named, kind) not in _CLOSE:
        hint = _(from_csv.EXAMPLE)
        if kind in READERS:
            hint = _("It looks like {kind}: leave --from out.", kind=_(CALLED[kind]))
        raise refused(_("That does not look like {kind}.", kind=_(CALLED[named])), hint)
    return named, READERS[named]


def _unknown_kind(named: str) -> Trouble:
    hint = suggestion(named, READERS) or _("Without --from, smartcli finds out from the file itself.")
    return refused(_("--from is {names}, or a mapping file for a csv.", names=either(READERS)), hint)


def _kind_of(opened: Opened) -> str:
    """Return the kind of a file by what it holds: one of CALLED. What is nothing else is text."""
    refuse_our_own(opened)
    refuse_foreign(opened)
    if opened.zipped():
        return _kind_of_json(opened)
    beginning = opened.beginning().lstrip()
    if not beginning:
        raise refused(_("The file is empty."))
    name = opened.name.lower()
    if beginning.startswith("{") or name.endswith(".json"):
        return _kind_of_json(opened)
    first = beginning.partition("\n")[0]
    if name.endswith((".csv", ".tsv")) or ("mood" in first and "activities" in first):
        return "daylio" if from_daylio.is_header(Rows(opened).columns) else "csv"
    if any(from_jrnl.begins(first, order) for order in ("", DAY_FIRST, MONTH_FIRST)):
        return "jrnl"
    return "text"


def _kind_of_json(opened: Opened) -> str:
    """Return which program's JSON this is, by its first entries."""
    values = (value for document in opened.documents() for value in JsonEntries(document))
    seen = False
    for value in islice(values, _LOOKED_AT):
        seen = True
        if is_row_of_ours(value):
            raise trouble_with(LIST)
        if isinstance(value, dict) and "exercise" in value and "fields" in value:
            return "json"
        if from_dayone.is_entry(value):
            return "dayone"
        if from_jrnl.is_entry(value):
            return "jrnl"
    if seen:
        raise refused(_("This JSON file is not an export that smartcli knows."))
    raise refused(_("There are no entries in this file."))
