"""What is said when a menu is left: what is so then, whatever was paused and finished in it meanwhile."""

from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING, NamedTuple

from smartcli.language import _

if TYPE_CHECKING:
    from smartcli.workbook.workbook import Workbook


class Standing(NamedTuple):
    """What is saved, and what is under way: the names of revisions; drafts, each with all that was given to it."""

    saved: AbstractSet[str]
    begun: AbstractSet[tuple[str, str]]


def standing(workbook: "Workbook") -> Standing:
    """Return how journal and drafts stand now."""
    drafts = {(draft.id, f"{draft.moments}{draft.halves}") for draft in workbook.drafts.all()}
    return Standing(workbook.journal.revisions().folders.keys(), drafts)


def last_lines(workbook: "Workbook", before: Standing) -> list[str]:
    """Return what to say outside a menu that is left: that something was saved since, that something waits."""
    now = standing(workbook)
    lines = []
    if workbook.asks_on_screen and now.saved - before.saved:  # line by line it was said already, and still stands there
        lines.append(_("Saved."))
    if now.begun - before.begun:
        lines.append(_("Paused. Your answers are saved."))
        lines.append(_("Go on whenever you like: {command}", command="smartcli resume"))
    return lines
