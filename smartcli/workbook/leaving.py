"""What is said when a menu is left: what is so then, whatever was paused and finished in it meanwhile."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING, NamedTuple

from smartcli.language import _, ngettext

if TYPE_CHECKING:
    from smartcli.workbook.workbook import Workbook


class Standing(NamedTuple):
    """What is saved, and what is under way: the names of files; by the ids of drafts all that was given to each.

    Of a draft that is sealed, and for which no key is held, that is None.
    """

    saved: AbstractSet[str]
    begun: Mapping[str, str | None]

    def begun_since(self, before: "Standing") -> list[str]:
        """Return the drafts that are new, and those to which something was given since."""
        new = [draft for draft in self.begun if draft not in before.begun]
        both = {draft: (given, before.begun[draft]) for draft, given in self.begun.items() if draft in before.begun}
        return new + [draft for draft, (now, then) in both.items() if now and then and now != then]


def standing(workbook: "Workbook") -> Standing:
    """Return how journal and drafts stand now."""
    drafts: dict[str, str | None] = {draft.id: f"{draft.moments}{draft.halves}" for draft in workbook.drafts.all()}
    drafts |= dict.fromkeys(workbook.drafts.closed)
    return Standing(_saved_files(workbook), drafts)


def _saved_files(workbook: "Workbook") -> AbstractSet[str]:
    """Return the names of the journal's files, for which no key is needed, with those that they should have."""
    if workbook.is_closed:
        return workbook.journal.names_on_disk()
    revisions = workbook.journal.revisions()
    return revisions.folders.keys() | revisions.called.values()


def last_lines(workbook: "Workbook", before: Standing) -> list[str]:
    """Return what to say outside a menu that is left: that something was saved since, that something waits."""
    now = standing(workbook)
    lines = []
    if workbook.asks_on_screen and now.saved - before.saved:  # line by line it was said already, and still stands there
        lines.append(_("Saved."))
    if now.begun_since(before):
        lines.append(_("Paused. Your answers are saved."))
        lines.append(_("Go on whenever you like: {command}", command="smartcli resume"))
    return lines


def describe_how_long_open(workbook: "Workbook") -> str:
    """Return how long a locked journal stays open that was opened just now. In plain mode nothing counts minutes."""
    minutes = workbook.idle_minutes if workbook.asks_on_screen else 0
    if not minutes:
        return _("The journal is open until you leave smartcli.")
    return ngettext(
        "The journal is open until you leave smartcli, or press no key for {number} minute.",
        "The journal is open until you leave smartcli, or press no key for {number} minutes.",
        minutes,
    )
