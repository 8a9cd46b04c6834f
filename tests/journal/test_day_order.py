"""The order in which entries are shown, found while they come in the order of the world's clock."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from smartcli.entries.entry import Entry
from smartcli.journal.day_order import latest_first
from smartcli.journal.heads import Revision
from smartcli.journal.standing import Head
from smartcli.moments import day_of, stamp

FIRST = datetime(2026, 11, 20, tzinfo=UTC)
MOMENTS = st.tuples(
    st.integers(0, 7 * 24 * 60 * 60),  # seconds after the first
    st.integers(-12 * 4, 14 * 4).map(lambda quarters: timezone(timedelta(minutes=15 * quarters))),
)


def head(seconds: int, zone: timezone) -> Head:
    at = (FIRST + timedelta(seconds=seconds)).astimezone(zone)
    entry = Entry({"id": "a" * 13, "when": at.isoformat(), "day": day_of(at).isoformat()})
    return Head(entry, Revision(stamp(at), entry.id, "0" * 16, "2026-11", ""))


@given(st.lists(MOMENTS, max_size=30))
def test_heads_come_in_the_order_of_their_places_and_those_of_one_place_as_they_came(
    moments: list[tuple[int, timezone]],
) -> None:
    heads = [head(*moment) for moment in moments]
    heads.sort(key=lambda one: one.revision.when, reverse=True)
    placed = sorted(heads, key=lambda one: one.entry.place_in_order, reverse=True)  # as the list on the screen has them
    assert [id(one) for one in latest_first(heads)] == [id(one) for one in placed]


def test_a_head_is_yielded_as_soon_as_none_still_to_come_can_be_shown_before_it() -> None:
    taken = 0

    def every_hour() -> Iterator[Head]:
        nonlocal taken
        for hours in range(200, 0, -1):
            taken += 1
            yield head(hours * 3600, UTC)

    next(latest_first(every_hour()))
    assert taken <= 24
