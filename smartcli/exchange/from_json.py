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
_SHOWN = {"revision", "answers", "others", "unread"}  # what `show --json` adds


def read_entries(opened: Opened) -> Iterator[Entry | Left]:
    """Yield each entry, or why it was left: damaged, or made by a newer version. Raises Trouble."""
    entries = JsonEntries(opened.pieces())
    for number, body in enumerate(entries, 1):
        made_by = entries.head.get("format")
        if isinstance(made_by, int) and made_by > FORMAT:
            hint = _("The file is not damaged. The newer version can read it.")
            raise refused(_("This export was made by a newer version of smartcli."), hint, code=ATTENTION)
        for version in _versions(body):
            try:
                yield storable(version)
            except DamagedEntryError as error:
                yield Left(_("entry {number}", number=number), str(error))


def _versions(shown: Any) -> Iterator[Any]:
    """Yield the versions of an entry as they are stored, without what `show --json` adds to each."""
    others = shown.get("others") if isinstance(shown, dict) else None
    if not isinstance(others, list) or deep(shown):
        yield shown
        return
    for version in (shown, *(other for other in others if isinstance(other, dict))):
        yield {name: value for name, value in version.items() if name not in _SHOWN}


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
