"""Our own JSON export: stored entries, taken in as they are, with every version and every key."""

import json
from collections.abc import Iterator
from typing import Any

from smartcli.entries.checking import as_entry
from smartcli.entries.entry import DamagedEntryError, Entry, canonical
from smartcli.exchange.as_json import FORMAT
from smartcli.exchange.imported import Left, refused
from smartcli.exchange.json_entries import JsonEntries, deep
from smartcli.exchange.opening import Opened
from smartcli.language import _
from smartcli.moments import stamp
from smartcli.trouble import ATTENTION

_LARGEST = 8 * 1024 * 1024  # bytes of an entry's shortest form; with its indents it must stay a file we read
_STAMP = len("20261122T205000Z")


def read_entries(opened: Opened) -> Iterator[Entry | Left]:
    """Yield each entry, or why it was left: damaged, or made by a newer version. Raises Trouble."""
    entries = JsonEntries(opened.pieces())
    for number, body in enumerate(entries, 1):
        version = entries.head.get("format")
        if isinstance(version, int) and version > FORMAT:
            hint = _("The file is not damaged. The newer version can read it.")
            raise refused(_("This export was made by a newer version of smartcli."), hint, code=ATTENTION)
        try:
            yield storable(body)
        except DamagedEntryError as error:
            yield Left(_("entry {number}", number=number), str(error))


def storable(body: Any) -> Entry:
    """Return the entry in a JSON value if it can be kept and read again; raises DamagedEntryError."""
    if deep(body):
        raise DamagedEntryError(_("nested too deeply"))
    entry = as_entry(body)
    try:
        size = len(canonical(body))
        json.dumps(body, ensure_ascii=False).encode()  # a lone surrogate has no bytes
        named = stamp(entry.when.at)
    except (ValueError, OverflowError):
        raise DamagedEntryError("damaged") from None
    if size > _LARGEST:
        raise DamagedEntryError(_("too large"))
    if len(named) != _STAMP:
        raise DamagedEntryError(_("no time"))
    return entry
