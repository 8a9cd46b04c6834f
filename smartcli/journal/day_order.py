"""The order in which entries are shown: by the person's day, and within a day by the clocks they saw then.

The names of files are in the order of the world's clock. Between far zones that is another one: what somebody wrote at
nine in the evening in Honolulu comes after the next morning in Auckland.
"""

from bisect import insort_left
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from operator import itemgetter

from smartcli.journal.heads import WHEN
from smartcli.journal.standing import Head

_FARTHEST = timedelta(hours=14)  # ahead of UTC: the widest offset there is

_Place = tuple[date, date, time]  # the person's day, and the date and the time that their clock showed
_place = itemgetter(0)


def latest_first(heads: Iterable[Head]) -> Iterator[Head]:
    """Yield heads that come newest first by the world's clock in the order of days; few are held at a time."""
    held: list[tuple[_Place, Head]] = []  # the latest at the end
    for head in heads:
        farthest = _moment_in(head.revision.when) + _FARTHEST
        bound = (farthest.date(), farthest.date(), farthest.time())  # of this head and all that are still to come
        while held and held[-1][0] > bound:
            yield held.pop()[1]
        at = head.entry.when.at
        place = (head.entry.day, at.date(), at.time())
        insort_left(held, (place, head), key=_place)  # of the same moment, what came first is yielded first
    for _of_head, head in reversed(held):
        yield head


def place_of_name(name: str) -> str:
    """Return about what `Entry.place_in_order` would be, from the name of a file that cannot be read."""
    face = _moment_in(name[WHEN])
    return f"{face.date()} {face.isoformat(timespec='seconds')}"


def _moment_in(when: str) -> datetime:
    """Return the moment in the name of a file, as UTC's clocks showed it."""
    return datetime.fromisoformat(when.removesuffix("Z"))  # no zone: compared with what other clocks showed
