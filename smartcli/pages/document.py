"""Entries as the pages of one document to keep: by month, with the year in every date."""

from collections.abc import Sequence
from sys import intern

from smartcli import blocks as b
from smartcli.entries.entry import Entry
from smartcli.insights.report import Insights
from smartcli.language import _
from smartcli.moments import WITH_YEAR, month_and_year
from smartcli.pages.entry import about, entry_blocks, other_versions
from smartcli.pages.insights import insights_page


def heading(entry: Entry) -> b.Page:
    """Return an entry's page without what stands on it: for contents, of which there may be 100,000 in memory."""
    title, month = intern(entry.title), intern(month_and_year(entry.day))  # the same text for many of them
    return b.Page(title, (), about(entry, WITH_YEAR), month, day=entry.day)


def document_page(entry: Entry) -> b.Page:
    """Return an entry's page in a document: all its versions, where it was changed in two places."""
    notes = []
    if entry.others:
        notes.append(_("This entry was changed in two places. The newest version comes first."))
    if entry.has_unread:
        notes.append(_("A newer version of this cannot be read just now."))
    if entry.deleted:
        notes.append(_("Deleted."))
    quiet = (b.Words(note, quiet=True) for note in notes)
    return heading(entry)._replace(blocks=[*entry_blocks(entry), *quiet, *other_versions(entry, WITH_YEAR)])


def figures(found: Insights, choice: Sequence[str] = ()) -> list[b.Page]:
    """Return the page of what entries show together; none if they are too few to show anything.

    `choice`: sentences that say which entries alone are counted.
    """
    if not any(section.enough for section in found.sections if section is not found.glance):
        return []
    return [insights_page(found, choice, for_others=True)]
