"""Today on a page: what is unfinished, what can be added, one suggestion."""

from collections.abc import Sequence
from datetime import date

from smartcli.blocks import Block, Page, Table, Words
from smartcli.moments import day_said

_AWAY = 4  # days after which somebody is welcomed back


def today_page(day: date, last: date | None, rows: Sequence[tuple[str, str]], remark: str = "") -> Page:
    """Return today's page: a greeting or a remark in its place, then rows such as ("Unfinished", "Values, 3 of 6").

    `last` is the day of the newest entry, None where there is none yet.
    """
    blocks: list[Block] = [Words(remark or _greeting(day, last))]
    if rows:
        blocks += [Words(""), Table(["", ""], [[*row] for row in rows])]
    return Page(day_said(day, long=True), blocks)


def _greeting(day: date, last: date | None) -> str:
    if last is None:
        return "Welcome. Nothing here needs an account, a label or a promise. Take what helps."
    days = (day - last).days
    if days < _AWAY:
        return "Good to see you."
    return f"Welcome back. {_time_away(days)} since you were here, and that's fine."


def _time_away(days: int) -> str:
    """Return how long somebody was away, in words."""
    weeks = days // 7
    if weeks == 0:
        return "A few days"
    if weeks == 1:
        return "A week"
    return f"{weeks} weeks" if weeks < 9 else "A good while"
