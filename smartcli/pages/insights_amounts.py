"""Amounts, week by week, beside the person's own limits, on the page of insights."""

from collections.abc import Sequence

from smartcli import blocks as b
from smartcli.insights.amounts import WEEK_LEAST, Money, Week, amount_said, money_of
from smartcli.insights.section import Section
from smartcli.language import _, figure, ngettext
from smartcli.moments import date_short
from smartcli.words import joined, sentences

_WEEKS_SHOWN = 12  # a season; JSON has all of them


def amounts_blocks(section: Section[Week]) -> list[b.Block]:
    """Return the weeks of each thing beside its limit, and what it cost where the person gave a price."""
    if not section.rows:
        return []
    by_thing: dict[tuple[str, str], list[Week]] = {}
    for week in section.rows:
        by_thing.setdefault((week.about, week.unit), []).append(week)
    money = {(one.about, one.unit): one for one in money_of(section)}
    blocks: list[b.Block] = [b.Heading(section.title)]
    for thing, weeks in by_thing.items():
        about, unit = thing
        rows = [_week_row(week) for week in weeks[-_WEEKS_SHOWN:]]
        in_all = _("{unit} in all", unit=unit) if unit else _("In all")
        head = [_("Week from"), _("Days noted"), in_all, _("Most on a day"), _("Free days")]
        blocks += [b.Heading(about, 3)] if about else []
        blocks += [b.Words(_against_limit(weeks, unit)), b.Table(head, rows)]
        blocks += [b.Words(_money_words(money[thing]))] if thing in money else []
    note = _("Only days you noted are counted. A free day is a day you noted as 0.")
    return [*blocks, b.Words(note, quiet=True)]


def _week_row(week: Week) -> list[str]:
    days = _("{part} of {all}", part=week.days, all=7)
    return [date_short(week.since), days, figure(week.total), figure(week.most), figure(week.free)]


def _against_limit(weeks: Sequence[Week], unit: str) -> str:
    """Return how many weeks kept to the limit that stood then, a sentence for each limit, oldest first."""
    by_limit: dict[str, list[Week]] = {}
    for week in weeks:
        by_limit.setdefault(_limit_words(week, unit), []).append(week)
    without = by_limit.pop("", [])
    if not by_limit:
        return ngettext(
            "You noted amounts in {number} week. You had not set a limit when that week began.",
            "You noted amounts in {number} weeks. You had not set a limit when those weeks began.",
            len(without),
        )
    return sentences(*(_kept_to(limit, of_limit) for limit, of_limit in by_limit.items()))


def _kept_to(limit: str, weeks: Sequence[Week]) -> str:
    """Return how many of the weeks in which a limit stood kept to it, with how many could not be told."""
    known = [week for week in weeks if week.within is not None]
    if not known:
        return ngettext(
            "Your limit: {limit}. To compare a week with this limit, note the amount on at least "
            "{number} day of the week.",
            "Your limit: {limit}. To compare a week with this limit, note the amounts on at least "
            "{number} days of the week.",
            WEEK_LEAST,
            limit=limit,
        )
    within = ngettext(
        "{within} of {number} week stayed within your limit ({limit}).",
        "{within} of {number} weeks stayed within your limit ({limit}).",
        len(known),
        within=sum(week.within is True for week in known),
        limit=limit,
    )
    few = len(weeks) - len(known)
    if not few:
        return within
    not_known = ngettext(
        "For {number} other week, you noted too few days to compare.",
        "For {number} other weeks, you noted too few days to compare.",
        few,
    )
    return sentences(within, not_known)


def _limit_words(week: Week, unit: str) -> str:
    """Return the limits that stood in a week in words; "" where none did."""
    said = []
    if week.limit_week is not None:
        said.append(_("{amount} a week", amount=amount_said(week.limit_week, unit)))
    if week.limit_day is not None:
        said.append(_("{amount} on a day", amount=amount_said(week.limit_day, unit)))
    if week.limit_free_days is not None:
        said.append(ngettext("{number} free day", "{number} free days", round(week.limit_free_days)))
    return joined(said)


def _money_words(money: Money) -> str:
    """Return what the noted days cost at the person's own price, and what they would have at their first pace."""
    spent = ngettext(
        "At your price, the {number} day you noted cost {spent}.",
        "At your price, the {number} days you noted cost {spent}.",
        money.days,
        spent=money.spent,
    )
    if money.later is None or money.at_first_pace is None:
        return spent
    later = ngettext(
        "{number} of them was after the first two weeks and cost {spent}.",
        "{number} of them were after the first two weeks and cost {spent}.",
        money.later_days,
        spent=money.later,
    )
    pace = _(
        "If you had gone on as in the first two weeks, those days would have cost {spent}.", spent=money.at_first_pace
    )
    return sentences(spent, later, pace)
