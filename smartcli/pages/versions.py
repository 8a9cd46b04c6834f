"""The versions of an entry on a page: what each of them changed."""

from collections.abc import Collection, Sequence

from smartcli import blocks as b
from smartcli.entries.entry import Entry
from smartcli.language import _
from smartcli.pages.comparison import changed, saved


def versions_page(versions: Sequence[Entry], heads: Collection[str], *, has_unread: bool = False) -> b.Page:
    """Return the page of an entry's versions, given oldest first; `heads` are the revisions that stand now.

    `has_unread`: a newer one cannot be read just now.
    """
    by_revision = {version.revision: version for version in versions}
    blocks: list[b.Block] = []
    if has_unread:
        blocks.append(b.Words(_("A newer version of this cannot be read just now."), quiet=True))
    for version in reversed(versions):
        parents = [by_revision[parent] for parent in version.parents if parent in by_revision]
        when = saved(version)
        blocks.append(b.Heading(_("{when} (the newest)", when=when) if version.revision in heads else when, 2))
        blocks += _what_it_did(version, parents)
        blocks.append(b.Words(version.revision, quiet=True))
    hint = _(
        "To see one of them: smartcli show {id} --revision REVISION. To bring an entry back: smartcli restore.",
        id=versions[0].id[:6],
    )
    blocks.append(b.Words(hint, quiet=True))
    return b.Page(versions[0].title, blocks)


def _what_it_did(version: Entry, parents: Sequence[Entry]) -> list[b.Block]:
    """Return what a version changed of those it was made from; of several, what it changed of each."""
    if version.deleted:
        return [b.Words(_("Deleted."))]
    if not parents:
        return [b.Words(_("Written."))]
    blocks: list[b.Block] = []
    if all(parent.deleted for parent in parents):
        blocks.append(b.Words(_("Brought back.")))
    for parent in parents:
        differs = changed(parent, version)
        if differs:
            blocks.append(b.Comparison((saved(parent), _("this version")), differs))
    return blocks or [b.Words(_("Saved without changes."))]
