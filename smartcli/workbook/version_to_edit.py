"""Which version of an entry an edit begins from, where it was changed in two places or a newer one cannot be read."""

from collections.abc import Sequence

from smartcli.asking import Back, Ended, Option, Pause, Question
from smartcli.blocks import Block, Heading, Words
from smartcli.entries.entry import Entry
from smartcli.journal.standing import Head, unread_trouble
from smartcli.language import _
from smartcli.pages.comparison import differing_page, saved
from smartcli.pages.entry import about, entry_blocks
from smartcli.workbook.terminal import confirm
from smartcli.workbook.workbook import Workbook

_AS_WHOLE = "whole"  # the row that shows every version in full, beside those of the versions


def choose_parents(workbook: Workbook, head: Head) -> tuple[str, ...]:
    """Return the revisions that an edit makes one of; it begins with the answers of the first.

    Raises Trouble (4) where a newer version cannot be read and nobody says that the older one is meant, Pause where
    the person leaves without choosing.
    """
    if head.unread:
        _ask_for_the_older(workbook, head)
    revisions = head.revisions()
    if head.entry.others and workbook.asker.live:
        chosen = _choose(workbook, head.entry.sides)
        revisions.remove(chosen)
        revisions.insert(0, chosen)
    return tuple(revisions)


def _ask_for_the_older(workbook: Workbook, head: Head) -> None:
    """Ask whether the version that can be read is to be changed; raises Pause for a no, Trouble (4) in a pipe."""
    newer = _("A newer version of this cannot be read just now.")
    if workbook.asker.live:
        if confirm(workbook.asker, _("{sentence} Would you like to change the older one?", sentence=newer)):
            return
        raise Pause(_("Nothing was changed."))
    raise unread_trouble(newer)


def _choose(workbook: Workbook, sides: Sequence[Entry]) -> str:
    """Show the versions of an entry side by side and return the revision of the one to keep; raises Pause."""
    newest, *others = map(workbook.readable, sides)
    asker = workbook.asker
    asker.open(newest.title, 1)
    try:
        while True:
            asked = Question(
                ask=_("Which version would you like to keep? The others stay in the history."),
                heading=newest.title,
                above=[*differing_page(newest, others).blocks],
                from_top=True,
                answer=newest.revision,
            )
            rows = [Option(one.revision, _called(one, one is newest)) for one in (newest, *others)]
            chosen = str(asker.choose(asked, [*rows, Option(_AS_WHOLE, _("Read every version"))]))
            if chosen != _AS_WHOLE:
                return chosen
            _tell_whole(workbook, [newest, *others])
    except (Back, Ended, KeyboardInterrupt):
        raise Pause(_("Nothing was changed.")) from None
    finally:
        asker.close()


def _called(version: Entry, is_newest: bool) -> str:
    when = saved(version)
    return _("The newest, saved {when}", when=when) if is_newest else _("An older one, saved {when}", when=when)


def _tell_whole(workbook: Workbook, versions: Sequence[Entry]) -> None:
    for version in versions:
        blocks: list[Block] = [Heading(_called(version, version is versions[0])), Words(about(version), quiet=True)]
        workbook.asker.tell(version.title, [*blocks, *entry_blocks(version)])
