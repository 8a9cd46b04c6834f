"""The versions of an entry on a page: what each of them changed."""

from collections.abc import Collection, Sequence

from smartcli import blocks as b
from smartcli.entries.entry import Entry
from smartcli.pages.comparison import changed, saved


def versions_page(versions: Sequence[Entry], heads: Collection[str]) -> b.Page:
    """Return the page of an entry's versions, given oldest first; `heads` are the revisions that stand now."""
    by_revision = {one.revision: one for one in versions}
    blocks: list[b.Block] = []
    for one in reversed(versions):
        before = [by_revision[parent] for parent in one.parents if parent in by_revision]
        now = ", stands now" if one.revision in heads else ""
        blocks += [b.Heading(f"{saved(one)}{now}", 2), *_what(one, before), b.Words(one.revision, quiet=True)]
    hint = f"One of them: smartcli show {versions[0].id[:6]} --revision R. Bring it back: smartcli restore."
    return b.Page(versions[0].title, [*blocks, b.Words(hint, quiet=True)])


def _what(one: Entry, before: Sequence[Entry]) -> list[b.Block]:
    """Return what a version did."""
    if one.deleted:
        return [b.Words("Hidden.")]
    if not before:
        return [b.Words("Written.")]
    blocks: list[b.Block] = [b.Words("Brought back.")] if all(parent.deleted for parent in before) else []
    for parent in before:
        differs = changed(parent, one)
        blocks += [b.Comparison((saved(parent), "this version"), differs)] if differs else []
    return blocks or [b.Words("Kept as it was.")]
