"""A reminder that rests: what Today says of it, on one day only."""

import contextlib
from datetime import date

from smartcli.language import _
from smartcli.reminders.standing import Standing
from smartcli.workbook.workbook import Workbook


def find_resting_sentence(workbook: Workbook, today: date) -> str:
    """Return what Today says of a reminder that rests; "" where none does, or it was said on an earlier day."""
    standing = Standing.read(workbook.places.state)
    if standing is None or not standing.resting or standing.told_on not in (None, today.isoformat()):
        return ""
    return resting_sentence(standing)


def note_resting_told(workbook: Workbook) -> None:
    """Note that Today has said it; a disk that refuses is ignored."""
    standing = Standing.read(workbook.places.state)
    if standing and standing.told_on is None:
        standing.told_on = workbook.today.isoformat()
        with contextlib.suppress(OSError):
            standing.write(workbook.places.state)


def resting_sentence(standing: Standing) -> str:
    """Return what is said of a reminder that rests."""
    return _("Your reminder is resting. To have it again: `smartcli remind {time}`", time=standing.at)
