"""The moment that an option such as --when names."""

import contextlib
from datetime import date

from smartcli.language import _
from smartcli.moments import Moment, change_of_clocks_said, choose_day_start, said_of_day
from smartcli.reading_times import NotAMomentError, moment_from_words, period_from_words
from smartcli.trouble import Trouble
from smartcli.words import sentences
from smartcli.workbook.workbook import Workbook


def read_when(words: str | None, workbook: Workbook, option: str = "--when", *, ahead: bool = False) -> Moment | None:
    """Return the moment that an option names, None when it was not given; raises Trouble.

    It is the last moment the words can mean; with `ahead` the next, where there is no last.
    """
    if words is None:
        return None
    choose_day_start(workbook.settings.day_starts)
    try:
        return moment_from_words(words)
    except NotAMomentError as error:
        if ahead:
            with contextlib.suppress(NotAMomentError):
                return moment_from_words(words, ahead=True)
        raise Trouble(_("{option}: {problem}", option=option, problem=error)) from None


def describe_when(moment: Moment | None) -> str:
    """Return for when an entry was saved, and what was taken for a time that did not come or came twice.

    "" where the person gave no moment beforehand.
    """
    if moment is None:
        return ""
    in_words = said_of_day(moment, moment.day())
    return sentences(_("It is saved for {moment}.", moment=in_words), change_of_clocks_said(moment))


def read_days(words: str | None, workbook: Workbook, option: str) -> tuple[date, date] | None:
    """Return the first and the last day that an option names: a day, a month, a week, a year; raises Trouble.

    None when the option was not given. "2 hours ago" is the person's day of that moment.
    """
    if words is None:
        return None
    choose_day_start(workbook.settings.day_starts)
    period = period_from_words(words)
    if period:
        return period
    moment = read_when(words, workbook, option, ahead=True)
    return (moment.day(), moment.day()) if moment else None
