"""After a lapse: how many days until the days went the chosen way again."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from smartcli.insights.notes import Notes
from smartcli.insights.section import Section, Span, median
from smartcli.language import _

LEAST = 3  # times somebody was back, before anything is said
_TREND = 6  # times, before the earlier half is set beside the later one


class Return(NamedTuple):
    """A lapse's first day, and how many days later a day went the chosen way again (None: none noted since)."""

    day: date
    days: int | None


def days_to_return(notes: Notes, span: Span) -> Section[Return]:
    """Return each lapse with the days to being back, oldest first; more lapses before that belong to the first.

    Being back is the first later day that a check-in said went the chosen way; days without one are waited out.
    Under `typical` the median, under `earlier` and `later` those of the two halves of the times.
    """
    returns = [each for each in _returns(notes, span.until) if each.day >= span.since]
    times = [each.days for each in returns if each.days is not None]
    enough = len(times) >= LEAST
    more: dict[str, float | None] = {"typical": None, "earlier": None, "later": None}
    if enough:
        more["typical"] = median(times)
    if len(times) >= _TREND:
        half = len(times) // 2  # of an odd number, the one in the middle belongs to neither half
        more |= {"earlier": median(times[:half]), "later": median(times[-half:])}
    return Section("return", _("After a lapse"), len(times), LEAST, returns if enough else [], more)


def _returns(notes: Notes, until: date) -> Iterator[Return]:
    """Yield each lapse up to a day that came after the return from the one before, oldest first."""
    chosen_days = sorted({check_in.day for check_in in notes.check_ins if check_in.chosen and check_in.day <= until})
    lapse_days = sorted({lapse.day for lapse in notes.lapses if lapse.day <= until})
    back: date | None = date.min
    for day in lapse_days:
        if back is None or day < back:
            continue
        back = next((chosen for chosen in chosen_days if chosen > day), None)
        yield Return(day, (back - day).days if back else None)
