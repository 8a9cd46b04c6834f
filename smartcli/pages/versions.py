"""The versions of an entry on a page."""

from collections.abc import Collection, Sequence
from datetime import datetime

from smartcli.entry import Entry
from smartcli.moments import Moment, said
from smartcli.page import Item, Items, Page, Words
from smartcli.words import joined, shortened


def versions_page(versions: Sequence[Entry], heads: Collection[str]) -> Page:
    """Return the page of an entry's versions, given oldest first; `heads` are the revisions that stand now."""
    by_revision = {one.revision: one for one in versions}
    items = []
    for one in reversed(versions):
        now = ", stands now" if one.revision in heads else ""
        before = [by_revision[parent] for parent in one.parents if parent in by_revision]
        said_ = said(Moment(datetime.fromisoformat(one.body["saved"])))
        items.append(Item(f"{said_}{now}\n{_what(one, before)}\n{one.revision}"))
    hint = f"One of them: smartcli show {versions[0].id[:6]} --revision R. Bring it back: smartcli restore."
    return Page(versions[0].title, [Items(items), Words(hint, quiet=True)])


def _what(one: Entry, before: Sequence[Entry]) -> str:
    """Return what a version did, in words."""
    if one.deleted:
        return "hidden"
    if not before:
        return "written"
    if all(parent.deleted for parent in before):
        return "brought back"
    names = {name for parent in before for name in {**one.answers, **parent.answers}}
    changed = [name for name in names if any(one.answers.get(name) != parent.answers.get(name) for parent in before)]
    asks = [field.label or shortened(field.ask, 40) for field, _, _ in one.fields if field.id in changed]
    gone = len(changed) - len(asks)
    told = [f"changed: {joined(asks)}"] if asks else []
    return ", ".join([*told, *([f"{gone} taken out"] if gone else [])]) or "kept as it was"
