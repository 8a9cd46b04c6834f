"""The answer to `due`, and the notification that the reminder's job asks for."""

import contextlib
from datetime import datetime, time, timedelta

from smartcli import due
from smartcli.language import _
from smartcli.moments import day_of, now
from smartcli.reminders.standing import Standing
from smartcli.reminders.termux import Termux
from smartcli.settings import Settings
from smartcli.trouble import say
from smartcli.workbook.workbook import Workbook


def answer_due(*, notify: bool, quiet: bool) -> bool:
    """Return whether a check-in is due; with `notify` show the reminder if so. `quiet`: say nothing besides."""
    workbook = Workbook()
    is_due = due.is_due(str(workbook.places.journal), str(workbook.places.state), workbook.settings.day_starts)
    if not (is_due and notify):
        return is_due
    standing = Standing.read(workbook.places.state)
    if standing is None:  # a job that outlived it shows nothing
        if not quiet:
            say(_("No reminder is set, so no notification is shown. To set one: smartcli remind 20:00"))
        return is_due
    _remind(workbook, standing)
    return not standing.resting


def _remind(workbook: Workbook, standing: Standing) -> None:
    """Show the reminder, unless its hour has not come; after too many without an answer let it rest instead."""
    moment = now()
    today = day_of(moment, workbook.settings.day_starts)
    if standing.way == Termux.id and not _has_come(standing, moment, workbook.settings.day_starts):
        return
    if standing.shown and _is_answered(workbook, standing, moment):
        standing.shown = []
    if standing.is_unanswered and today.isoformat() not in standing.shown:
        standing.resting = True
    elif _show(workbook.settings):
        standing.shown = sorted({*standing.shown, today.isoformat()})
        standing.shown_at = int(moment.timestamp())
    with contextlib.suppress(OSError):
        standing.write(workbook.places.state)


def _show(settings: Settings) -> bool:
    from smartcli.reminders.notifier import notify

    return notify(settings.reminder_says)


def _has_come(standing: Standing, moment: datetime, starts: time) -> bool:
    """Return whether the hour of today's reminder has come and it was not shown: its job runs all day long."""
    today = day_of(moment, starts)
    if today.weekday() not in standing.days or today.isoformat() in standing.shown:
        return False
    begin = timedelta(hours=starts.hour, minutes=starts.minute)
    at = time.fromisoformat(standing.at)
    # On the clock's face, both counted from when the day begins.
    passed = (moment.replace(tzinfo=None) - begin).time()
    wanted = (datetime.combine(today, at) - begin).time()
    return passed >= wanted


def _is_answered(workbook: Workbook, standing: Standing, moment: datetime) -> bool:
    """Return whether something was written since the reminder was last shown, here or on another device."""
    _day, saved = due.read_stamp(str(workbook.places.state))
    try:
        since = datetime.fromtimestamp(standing.shown_at).astimezone()
    except (OverflowError, OSError, ValueError):
        return True
    return saved >= standing.shown_at or due.has_entry_between(str(workbook.places.journal), since, moment)
