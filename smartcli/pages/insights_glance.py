"""The figures at a glance, and the days that they are about, on the page of insights."""

from datetime import date

from smartcli import blocks as b
from smartcli.insights.glance import Figure
from smartcli.insights.report import Insights
from smartcli.insights.section import Span
from smartcli.language import _, figure, ngettext
from smartcli.moments import date_said
from smartcli.pages.insights_words import NOTHING, days_said, times_said
from smartcli.words import sentences

_OF_OTHER_DAYS = ("chosen-30", "chosen-90", "passed-in-all", "chosen-in-all")  # than those of the period


def period_said(found: Insights) -> str:
    """Return the days that the figures are about: "From 15 October to 25 November 2026, beside the 42 days before"."""
    first, last = span_said(found.span)
    if not found.is_whole:
        return ngettext(
            "The newest entry, from {last}",
            "The newest {number} entries, from {first} to {last}",
            found.glance.n,
            first=first,
            last=last,
        )
    is_compared = found.span == found.glanced and has_before(found)
    if found.span.days == 1:
        return _("On {day}, beside the day before", day=last) if is_compared else _("On {day}", day=last)
    if is_compared:
        return _("From {first} to {last}, beside the {days} days before", first=first, last=last, days=found.span.days)
    return _("From {first} to {last}", first=first, last=last)


def glance_blocks(found: Insights) -> list[b.Block]:
    """Return the figures of a period beside those of the period before."""
    if not found.glance.enough:
        return []
    compared = has_before(found)
    blocks: list[b.Block] = [b.Heading(found.glance.title)]
    if found.glanced != found.span:
        blocks.append(b.Words(_glanced_said(found.glanced, compared=compared)))
    # 90 days stand in a table of their own: the column of the other names the days of the period.
    of_90_days = [row for row in found.glance.rows if row.id == "chosen-90" and _says_more(found)]
    for title, rows in ((_column_said(found), figures_of_period(found)), ("", of_90_days)):
        there = [row for row in rows if row.n or row.n_before]
        if there:
            head = ["", title, *([_("before")] if compared else [])]
            blocks.append(b.Table(head, [_figures(row, compared=compared) for row in there]))
    remark = sentences(*_in_all(found), _shorter_before(found))
    return [*blocks, b.Words(remark)] if remark else blocks


def has_before(found: Insights) -> bool:
    """Return whether something was written in the period before the figures at a glance."""
    return any(row.n_before is not None for row in figures_of_period(found))


def figures_of_period(found: Insights) -> list[Figure]:
    """Return the figures at a glance that are about the period: not those of 30 or 90 days, or of all days."""
    return [row for row in found.glance.rows if row.id not in _OF_OTHER_DAYS]


def figure_said(row: Figure, value: float | None, n: int | None) -> str:
    """Return a figure in words, with how many are behind it."""
    if n is None:
        return NOTHING
    if row.id.startswith(("passed", "chosen")):
        return NOTHING if value is None else _("{part} of {all}", part=value, all=n)
    if row.id not in ("mood", "strength"):
        return NOTHING if value is None else figure(value)
    if value is not None:
        return _("{value} ({times})", value=value, times=times_said(n))
    return _("too few to say ({times})", times=times_said(n)) if n else NOTHING


def span_said(span: Span) -> tuple[str, str]:
    """Return the first and the last of some days in words: the last with its year, the first if it has another."""
    return date_said(span.since, span.until), date_said(span.until, date.min)


def _glanced_said(glanced: Span, *, compared: bool) -> str:
    """Return a sentence that says which days the figures at a glance are from."""
    first, last = span_said(glanced)
    if not compared:
        return _("This is from {first} to {last}.", first=first, last=last)
    return _(
        "This is from {first} to {last}, beside the {days} days before.", first=first, last=last, days=glanced.days
    )


def _column_said(found: Insights) -> str:
    """Return what the figures of the period stand under: how many days they are from, or how many entries."""
    if found.is_whole:
        return days_said(found.glanced.days)
    return ngettext("{number} entry", "{number} entries", found.glance.n)


def _says_more(found: Insights) -> bool:
    """Return whether 90 days hold more than those at a glance, where no other days were asked for."""
    return found.glanced != found.span and found.span.days > found.glanced.days


def _figures(row: Figure, *, compared: bool) -> list[str]:
    before = [figure_said(row, row.before, row.n_before)] if compared else []
    return [row.name, figure_said(row, row.now, row.n), *before]


def _in_all(found: Insights) -> list[str]:
    """Return what only grows, in a sentence each; none where the period holds all there is."""
    by_id = {row.id: row for row in found.glance.rows}
    if found.first_day is None or found.first_day >= found.glanced.since or not found.is_whole:
        return []
    first, last = span_said(Span(found.first_day, found.span.until))
    passed, chosen = by_id["passed-in-all"], by_id["chosen-in-all"]
    urges = ngettext(
        "In all, from {first} to {last}, {passed} of {number} urge passed without you acting on it.",
        "In all, from {first} to {last}, {passed} of {number} urges passed without you acting on them.",
        passed.n,
        first=first,
        last=last,
        passed=passed.now,
    )
    days = ngettext(
        "In all, from {first} to {last}, {chosen} of {number} day went the way you wanted.",
        "In all, from {first} to {last}, {chosen} of {number} days went the way you wanted.",
        chosen.n,
        first=first,
        last=last,
        chosen=chosen.now,
    )
    days_of_same_time = ngettext(
        "In the same time, {chosen} of {number} day went the way you wanted.",
        "In the same time, {chosen} of {number} days went the way you wanted.",
        chosen.n,
        chosen=chosen.now,
    )
    told = [urges] if passed.n else []
    if chosen.n:
        told.append(days_of_same_time if told else days)
    return told


def _shorter_before(found: Insights) -> str:
    """Return a sentence where the first entry came within the period before: it is no whole one to compare with."""
    before = found.glanced.before().since
    if found.first_day is None or not has_before(found) or found.first_day <= before:
        return ""
    return _(
        "The time before is shorter: the first entry counted here is from {day}.",
        day=date_said(found.first_day, date.min),
    )
