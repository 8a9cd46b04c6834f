"""The versions of an entry on a page: what each of them changed."""

from collections.abc import Collection, Sequence

from smartcli import blocks as b
from smartcli.entries.entry import Entry
from smartcli.language import _
from smartcli.pages.comparison import changed, saved


def versions_page(
    versions: Sequence[Entry], heads: Collection[str], *, names_commands: bool = True, has_unread: bool = False
) -> b.Page:
    """Return the page of an entry's versions, given oldest first; `heads` are the revisions that stand now.

    `names_commands`: it ends with the commands that show a version and bring one back. `has_unread`: a newer one
    cannot be read just now.
    """
    by_revision = {version.revision: version for version in versions}
    blocks: list[b.Block] = []
    if has_unread:
        blocks.append(b.Words(_("A newer version of this cannot be read just now."), quiet=True))
    for version in reversed(versions):
        parents = [by_revision[parent] for parent in version.parents if parent in by_revision]
        blocks.append(b.Heading(_called(version, heads), 2))
        blocks += _what_it_did(version, parents)
        if names_commands:
            blocks.append(b.Words(version.revision, quiet=True))
    if names_commands:
        blocks += [b.Words(command, quiet=True) for command in _commands(versions, heads)]
    return b.Page(versions[0].title, blocks)


def _called(version: Entry, heads: Collection[str]) -> str:
    """Return when a version was saved, and whether it stands now."""
    when = saved(version)
    if version.revision not in heads:
        return when
    return _("{when} (one of the newest)", when=when) if len(heads) > 1 else _("{when} (the newest)", when=when)


def _commands(versions: Sequence[Entry], heads: Collection[str]) -> list[str]:
    """Return how a version is shown and brought back: of the newest one that does not stand now."""
    earlier = [version for version in reversed(versions) if version.revision not in heads and not version.deleted]
    named = {"id": versions[0].id[:6], "revision": (earlier or versions)[0].revision}
    shows = _("To see one of them: smartcli show {id} --revision {revision}", **named)
    if not earlier:
        return [shows]
    return [shows, _("To bring one back: smartcli restore {id} --revision {revision}", **named)]


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
