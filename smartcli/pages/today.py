"""Today on a page: what is unfinished, what can be added, one suggestion."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from smartcli.blocks import Block, Page, Table, Words
from smartcli.content.offers import Offer
from smartcli.moments import day_said


class Today(NamedTuple):
    """What Today knows: the day, when somebody was last here, what waits, and one suggestion."""

    day: date
    last: date | None
    unfinished: Sequence[str]
    waiting: Sequence[str]
    suggestion: Offer | None
    remark: str = ""


_AWAY = 4  # days after which somebody is welcomed back


def today_page(today: Today) -> Page:
    """Return today's page."""
    blocks: list[Block] = [Words(today.remark or _greeting(today))]
    rows = [["Unfinished", said] for said in today.unfinished]
    rows += [["To add", said] for said in today.waiting]
    rows += [["Perhaps", today.suggestion.say]] if today.suggestion else []
    if rows:
        blocks += [Words(""), Table(["", ""], rows)]
    return Page(day_said(today.day, long=True), blocks)


def _greeting(today: Today) -> str:
    if today.last is None:
        return "Welcome. Nothing here needs an account, a label or a promise. Take what helps."
    days = (today.day - today.last).days
    if days < _AWAY:
        return "Good to see you."
    weeks = days // 7
    gone = "A few days" if days < 7 else "A week" if weeks == 1 else f"{weeks} weeks" if weeks < 9 else "A good while"
    return f"Welcome back. {gone} since you were here, and that's fine."
