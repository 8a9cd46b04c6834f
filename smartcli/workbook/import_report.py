"""What an import says: what is in its files, what cannot be taken in, what was taken back."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from smartcli.exchange.from_daylio import UNNUMBERED
from smartcli.exchange.from_text import UNREAD
from smartcli.exchange.imported import Left, left_in_file, refused
from smartcli.exchange.kinds import CALLED
from smartcli.language import _, ngettext
from smartcli.moments import day_said
from smartcli.trouble import Trouble
from smartcli.words import joined
from smartcli.workbook.importing import BACK, CHANGED, HERE, HIDDEN, NEW, VERSION, Count
from smartcli.workbook.undo_import import Undone

_NAMED = 5  # of what cannot be taken in; the rest is counted, so that it fits a small screen


def describe_count(count: Count) -> Iterator[str]:
    """Yield what is in the files of an import, in sentences; at least one entry must have been counted."""
    assert count.first
    assert count.last
    yield ngettext(
        "From {program}: {number} entry ({days}).",
        "From {program}: {number} entries ({days}).",
        count.found,
        program=joined(_(CALLED[kind]) for kind in count.kinds),
        days=_describe_days(count.first, count.last),
    )
    yield from _describe_states(count.states)
    if count.beside:
        yield ngettext(
            "{number} entry has details that smartcli has no question for (tags, stars, places). "
            "They are saved with it.",
            "{number} entries have details that smartcli has no question for (tags, stars, places). "
            "They are saved with them.",
            count.beside,
        )
    if count.coming:
        yield ngettext(
            "{number} entry has a date in the future. It is saved with that date.",
            "{number} entries have a date in the future. They are saved with that date.",
            count.coming,
        )
    yield from _describe_times(count)
    if count.behind[UNNUMBERED]:
        yield ngettext(
            "{number} mood has a name of its own, and stays as words. Daylio's backup has the number of each mood, and "
            "a mapping file can give it.",
            "{number} moods have names of their own, and stay as words. Daylio's backup has the number of each mood, "
            "and a mapping file can give it.",
            count.behind[UNNUMBERED],
        )
    if count.behind[UNREAD]:
        yield ngettext(
            "{number} line looks like a date that smartcli can't read. It is saved with the entry above it. If a new "
            "entry begins there, undo this import, write the date as 2026-11-22, and import the file again.",
            "{number} lines look like dates that smartcli can't read. They are saved with the entries above them. If "
            "new entries begin there, undo this import, write the dates as 2026-11-22, and import the file again.",
            count.behind[UNREAD],
        )
    if count.refused:
        yield ngettext(
            "{number} cell does not fit its question. It is saved as words.",
            "{number} cells do not fit their questions. They are saved as words.",
            count.refused,
        )
    told = (UNNUMBERED, UNREAD)
    things = [
        left_in_file(what, number) for what, number in sorted(count.behind.items()) if what not in told and number
    ]
    if things:
        yield _("Some things are not imported and stay in the file: {things}.", things=joined(things))
    if count.again:
        yield ngettext(
            "{number} entry is there more than once, and was taken once.",
            "{number} entries are there more than once, and were taken once.",
            count.again,
        )
    if count.empty:
        yield ngettext(
            "{number} entry is empty and was skipped.", "{number} entries are empty and were skipped.", count.empty
        )
    yield from _describe_left(count)


def _describe_days(first: date, last: date) -> str:
    if first == last:
        return day_said(first)
    return _("{first} to {last}", first=day_said(first), last=day_said(last))


def _describe_times(count: Count) -> Iterator[str]:
    """Yield what was taken for times that could be read otherwise, or never were."""
    if count.midnights:
        yield ngettext(
            "{number} entry has the time 00:00, which programs write for a day without a time. It is saved for the "
            "whole day.",
            "{number} entries have the time 00:00, which programs write for a day without a time. They are saved for "
            "the whole day.",
            count.midnights,
        )
    if count.skipped:
        yield ngettext(
            "{number} entry has a time that did not come, because the clocks were put forward. It is saved with the "
            "time after that.",
            "{number} entries have a time that did not come, because the clocks were put forward. They are saved with "
            "the time after that.",
            count.skipped,
        )
    if count.twice:
        yield ngettext(
            "{number} entry has a time that came twice, because the clocks were put back. It is saved with the first.",
            "{number} entries have a time that came twice, because the clocks were put back. They are saved with the "
            "first.",
            count.twice,
        )


def _describe_states(states: Counter[str]) -> Iterator[str]:
    """Yield a sentence for each state in which there are entries."""
    sentences = {
        NEW: ngettext("{number} entry is new.", "{number} entries are new.", states[NEW]),
        VERSION: ngettext(
            "{number} entry has a version you don't have yet.",
            "{number} entries have a version you don't have yet.",
            states[VERSION],
        ),
        BACK: ngettext(
            "{number} entry comes back. You had undone its import.",
            "{number} entries come back. You had undone their import.",
            states[BACK],
        ),
        HERE: ngettext(
            "{number} entry is in your journal already.", "{number} entries are in your journal already.", states[HERE]
        ),
        HIDDEN: ngettext(
            "{number} entry stays hidden, because you hid it here. smartcli restore ID brings it back.",
            "{number} entries stay hidden, because you hid them here. smartcli restore ID brings one back.",
            states[HIDDEN],
        ),
        CHANGED: ngettext(
            "{number} entry stays as it is, because you changed it here.",
            "{number} entries stay as they are, because you changed them here.",
            states[CHANGED],
        ),
    }
    yield from (sentence for state, sentence in sentences.items() if states[state])


def nothing_to_import(count: Count) -> Trouble:
    """Return the trouble that says why nothing in a file can be taken in."""
    if not count.left:
        return refused(_("There are no entries in this file."))
    files = [left.trouble for left in count.left if left.trouble]
    if not files:
        return refused("\n".join([_("Nothing in this file can be imported."), *_describe_left(count)]))
    often = Counter(trouble.sentence for trouble in files).most_common(1)[0][0]
    main = next(trouble for trouble in files if trouble.sentence == often)
    if len({trouble.sentence for trouble in files}) == 1 and len(files) == len(count.left):  # all files are alike
        return main
    return refused("\n".join([_("Nothing in these files can be imported."), *_describe_left(count)]), main.hint)


def describe_undone(undone: Undone) -> Iterator[str]:
    """Yield what taking back an import came to, in sentences."""
    if undone.hidden or not (undone.put_back or undone.left):
        yield ngettext(
            "{number} entry is hidden again. To bring it back, import the file once more.",
            "{number} entries are hidden again. To bring them back, import the file once more.",
            undone.hidden,
        )
    if undone.put_back:
        yield ngettext(
            "{number} entry is as it was before the import.",
            "{number} entries are as they were before the import.",
            undone.put_back,
        )
    if undone.left:
        yield ngettext(
            "{number} entry stays as it is, because it was changed here after the import.",
            "{number} entries stay as they are, because they were changed here after the import.",
            undone.left,
        )


def _describe_left(count: Count) -> Iterator[str]:
    """Yield what of a file cannot be taken in, and why: the first few, then how many more."""
    files = [left for left in count.left if left.trouble]
    entries = [left for left in count.left if not left.trouble]
    if entries:
        yield ngettext("{number} entry was not imported:", "{number} entries were not imported:", len(entries))
        yield from _list_left(entries)
    if files:
        yield ngettext(
            "{number} file was not imported (counted in the order of their names):",
            "{number} files were not imported (counted in the order of their names):",
            len(files),
        )
        yield from _list_left(files)


def _list_left(several: Sequence[Left]) -> Iterator[str]:
    for left in several[:_NAMED]:
        yield f"  {_('{place}: {reason}', place=left.place, reason=left.why)}"
    more = len(several) - _NAMED
    if more > 0:
        yield f"  {ngettext('and {number} more', 'and {number} more', more)}"
