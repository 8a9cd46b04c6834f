"""After a lapse: how many days until the days went the chosen way again."""

from datetime import date
from typing import NamedTuple

from smartcli.insights.notes import Notes
from smartcli.insights.section import Section, Span, median

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
    good = sorted({one.day for one in notes.check_ins if one.chosen and one.day <= span.until})
    found: list[Return] = []
    back: date | None = None
    for day in sorted({one.day for one in notes.lapses if one.day <= span.until}):
        if found and (back is None or day < back):
            continue
        back = next((one for one in good if one > day), None)
        found.append(Return(day, (back - day).days if back else None))
    rows = [one for one in found if one.day >= span.since]
    times = [one.days for one in rows if one.days is not None]
    enough = len(times) >= LEAST
    half = len(times) // 2
    both = (times[:half], times[-half:]) if len(times) >= _TREND else ([], [])
    earlier, later = (median(days) if days else None for days in both)
    more = {"typical": median(times) if enough else None, "earlier": earlier, "later": later}
    return Section("return", "After a lapse", len(times), LEAST, rows if enough else [], more)
