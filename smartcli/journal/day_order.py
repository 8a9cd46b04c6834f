"""The order in which entries are shown: by the person's day, and within a day by the clocks they saw then.

The names of files are in the order of the world's clock. Between far zones that is another one: what somebody wrote at
nine in the evening in Honolulu comes after the next morning in Auckland.
"""

from bisect import insort_left
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from smartcli.journal.heads import WHEN
from smartcli.journal.standing import Head

_FARTHEST = timedelta(hours=14)  # ahead of UTC: the widest offset there is


def latest_first(heads: Iterable[Head]) -> Iterator[Head]:
    """Yield heads that come newest first by the world's clock in the order of days; few are held at a time."""
    held: list[Head] = []  # the latest at the end
    for head in heads:
        bound = _place(_moment_in(head.revision.when) + _FARTHEST)  # of this head and all that are still to come
        while held and held[-1].entry.place_in_order > bound:
            yield held.pop()
        insort_left(held, head, key=_place_of_head)  # of the same moment, what came first is yielded first
    yield from reversed(held)


def place_of_name(name: str) -> str:
    """Return about what `Entry.place_in_order` would be, from the name of a file that cannot be read."""
    return _place(_moment_in(name[WHEN]))


def _place_of_head(head: Head) -> str:
    return head.entry.place_in_order


def _moment_in(when: str) -> datetime:
    """Return the moment in the name of a file, as UTC's clocks showed it."""
    return datetime.fromisoformat(when).replace(tzinfo=None)  # compared with what other clocks showed


def _place(face: datetime) -> str:
    return f"{face.date()} {face.isoformat(timespec='seconds')}"
