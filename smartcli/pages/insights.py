"""What the entries show, on a page: every number that is drawn stands in words too."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from smartcli import blocks as b
from smartcli.insights.after_lapse import Return
from smartcli.insights.amounts import WEEK_LEAST, Money, Week, money_of
from smartcli.insights.coping import Tool
from smartcli.insights.duration import Duration
from smartcli.insights.glance import Figure
from smartcli.insights.goals import Steps
from smartcli.insights.hours import Hour
from smartcli.insights.over_time import Mood, Urges
from smartcli.insights.report import Insights
from smartcli.insights.scales import ScaleCourse
from smartcli.insights.section import Section, Span, between
from smartcli.insights.signs import Sign
from smartcli.insights.triggers import Cue
from smartcli.moments import DAYS, MONTHS
from smartcli.words import count, joined

_WEEKS_SHOWN = 12  # a season; JSON has all of them
_FEW = "too few to say"
_CLOCK = (*range(4, 24), *range(4))  # a day lasts until four in the morning
_NOT_COUNTED = (
    "What you wrote about hurting yourself is not counted here. It is kept, and it is yours: `smartcli review` shows "
    "it. `smartcli support` opens numbers to ring, and your own people."
)


def insights_page(found: Insights) -> b.Page:
    """Return the page of all that was found; what is too few yet stands together at its end."""
    left_out = [b.Words(_NOT_COUNTED, quiet=True)] if found.left_out else []
    if not any(section.n for section in found.sections):
        empty = b.Words("Nothing to show for these days yet. `smartcli checkin` takes about a minute.")
        return b.Page("What your entries show", [empty, *left_out])
    parts = [
        _glance(found.glance, found.glanced),
        _mood(found.mood, found.span),
        _hours(found.hours),
        _urges(found.urges, found.span),
        _coping(found.coping),
        _stood(found.triggers),
        _by_trigger(found.coping),
        _duration(found.duration),
        _stood(found.contexts),
        _spread(found.urges),
        _return(found.after_lapse),
        _scales(found.scales),
        _goals(found.goals),
        _signs(found.signs),
        _amounts(found.amounts),
    ]
    blocks = [*_noticed(found.noticed), *_paired([part for part in parts if part]), *_too_few(found.sections)]
    return b.Page(
        "What your entries show", [*blocks, *left_out], f"{_day(found.span.since)} to {_day(found.span.until)}"
    )


def _noticed(noticed: Sequence[str]) -> list[b.Block]:
    return [b.Heading("Worth noticing"), b.Items([b.Item(one) for one in noticed])] if noticed else []


def _paired(parts: Sequence[Sequence[b.Block]]) -> list[b.Block]:
    """Return parts two by two."""
    pairs: list[b.Block] = [b.Beside(left, right) for left, right in zip(parts[::2], parts[1::2], strict=False)]
    return [*pairs, *(parts[-1] if len(parts) % 2 else ())]


def _too_few(sections: Sequence[Section[Any]]) -> list[b.Block]:
    """Return what there is too little of, and how much it takes; what is not there at all is passed over."""
    few = [b.Item(f"{one.title}: {one.n} so far, from {one.least} on") for one in sections if one.n and not one.enough]
    return [b.Heading("Too few to say yet"), b.Items(few)] if few else []


def _glance(section: Section[Figure], span: Span) -> list[b.Block]:
    if not section.enough:
        return []
    compared = any(row.n_before is not None for row in section.rows)
    head = ["", f"{span.days} days", *(["before"] if compared else [])]
    rows = [
        [row.name, _figure(row, row.now, row.n), *([_figure(row, row.before, row.n_before)] if compared else [])]
        for row in section.rows
        if not row.id.endswith("-in-all") and (row.n or row.n_before)
    ]
    return [b.Heading(section.title), b.Table(head, rows), *_in_all(section.rows)]


def _in_all(figures: Sequence[Figure]) -> list[b.Block]:
    """Return what only grows, in a sentence."""
    by_id = {row.id: row for row in figures}
    passed, chosen = by_id["passed-in-all"], by_id["chosen-in-all"]
    said = [f"{passed.now} of {passed.n} urges passed without your acting on them"] if passed.n else []
    said += [f"{chosen.now} of {chosen.n} days went your way"] if chosen.n else []
    return [b.Words(f"In all, {joined(said)}.")] if said else []


def _figure(row: Figure, value: float | None, n: int | None) -> str:
    """Return a figure in words, with how many are behind it."""
    if n is None:
        return "-"
    if row.id.startswith(("passed", "chosen")):
        return "-" if value is None else f"{value:g} of {n}"
    if row.id in ("mood", "strength"):
        return f"{value:g} ({n})" if value is not None else f"{_FEW} ({n})" if n else "-"
    return f"{value:g}"


def _mood(section: Section[Mood], span: Span) -> list[b.Block]:
    if not section.enough:
        return []
    noted = [row for row in section.rows if row.mood is not None]
    low, high = min(noted, key=lambda row: row.mood or 0), max(noted, key=lambda row: row.mood or 0)
    ends = f"Lowest {low.mood:g}, {_when(low, span)}; highest {high.mood:g}, {_when(high, span)}."
    summary = f"Noted {count(section.n, 'time')}, 0 to 10. {ends}"
    said = [f"{_when(row, span)}: {row.mood:g} ({row.n})" for row in noted]
    points = [(row.until.toordinal(), row.mood) for row in section.rows]
    return [b.Heading(section.title), b.Chart(points, 0, 10, _ticks(section.rows), summary, said=said)]


def _urges(section: Section[Urges], span: Span) -> list[b.Block]:
    if not section.enough:
        return []
    rows = [row for row in section.rows if row.n is not None]
    most = max(rows, key=lambda row: row.n or 0)
    summary = f"{count(section.n, 'urge')}. Most: {most.n}, {_when(most, span)}."
    said = [
        f"{_when(row, span)}: {row.n}" + (f", {row.strength:g} strong" if row.strength is not None else "")
        for row in rows
    ]
    points = [(row.until.toordinal(), row.n) for row in section.rows]
    return [
        b.Heading(section.title),
        b.Chart(points, 0, most.n or 1, _ticks(section.rows), summary, said=said),
    ]


def _spread(section: Section[Urges]) -> list[b.Block]:
    if not section.enough:
        return []
    bars = [b.Bar(f"{one['strength']:g}", one["n"], f"{one['n']}") for one in section.more["spread"]]
    return [b.Heading("How strong urges were"), b.Bars(bars, "How many urges there were of each strength, 0 to 10.")]


def _hours(section: Section[Hour]) -> list[b.Block]:
    if not section.enough:
        return []
    counts = {(row.weekday, row.hour): row.n for row in section.rows}
    rows = [(name.capitalize()[:3], [counts.get((day, hour), 0) for hour in _CLOCK]) for day, name in enumerate(DAYS)]
    summary = f"{count(section.n, 'urge')} by the hour they came, a line for each day of the week."
    return [b.Heading(section.title), b.Heat([f"{hour:02}" for hour in _CLOCK], rows, summary)]


def _stood(section: Section[Cue]) -> list[b.Block]:
    """Return what stood beside urges; what did so too seldom only with how often."""
    if not section.enough:
        return []
    rows = [
        [row.name, f"{row.n}", f"{row.strength:g}", "-" if row.acted is None else f"{row.acted} of {row.known}"]
        for row in section.rows
        if row.strength is not None
    ]
    few = [f"{row.name} {row.n}" for row in section.rows if row.strength is None]
    table: list[b.Block] = [b.Table(["", "times", "strong", "acted on"], rows)] if rows else []
    said = b.Words(f"Named beside {count(section.n, 'urge')}.")
    return [b.Heading(section.title), said, *table, *_seldom(few)]


def _seldom(few: Sequence[str]) -> list[b.Block]:
    return [b.Words(f"Too few to say: {', '.join(few)}.", quiet=True)] if few else []


def _coping(section: Section[Tool]) -> list[b.Block]:
    if not section.enough:
        return []
    bars = [
        b.Bar(row.name, row.change, f"{row.change:g} ({row.low:g} to {row.high:g}), {count(row.n, 'time')}")
        for row in section.rows
        if row.change is not None
    ]
    few = [f"{row.name} {row.n}" for row in section.rows if row.change is None]
    summary = f"How much lower an urge was afterwards, with the range it is likely in; {count(section.n, 'urge')}."
    drawn: list[b.Block] = [b.Bars(bars, summary)] if bars else []
    note = "With several in one urge, each counts the whole change. Urges fall by themselves too."
    return [b.Heading(section.title), *drawn, *_seldom(few), b.Words(note, quiet=True)]


def _by_trigger(section: Section[Tool]) -> list[b.Block]:
    """Return what helped at each trigger, a line each; nothing where no tool was tried often enough at one."""
    at: dict[str, list[tuple[float, str]]] = {}
    for row in section.rows:
        for one in row.triggers:
            at.setdefault(one.name, []).append((one.change, f"{row.name} {one.change:g} ({one.n})"))
    best = {name: sorted(tools, key=lambda tool: -tool[0]) for name, tools in at.items()}
    items = [b.Item(f"{name}: {', '.join(said for _, said in tools)}") for name, tools in best.items()]
    return [b.Heading("What helped, by what set it off"), b.Items(items)] if items else []


def _duration(section: Section[Duration]) -> list[b.Block]:
    if not section.enough:
        return []
    row = section.rows[0]
    said = [
        f"Half of your urges had halved {_within(row.half_minutes, row.low, row.high)}.",
        f"Nine in ten had {_within(row.ninety_minutes, row.ninety_low, row.ninety_high)}.",
        f"{count(row.n, 'urge')} followed; {row.censored} had not halved when last rated, and count for that long.",
    ]
    curve = section.more["curve"]
    points = [(0.0, 1.0), *((one["minutes"], one["still"]) for one in curve)]
    ticks = [(minutes, f"{minutes:g} min") for minutes in (0.0, max(points)[0])]
    steps = [f"After {one['minutes']:g} minutes: {one['still']:g}" for one in curve]
    drawn = (
        [b.Chart(points, 0, 1, ticks, "The share still above half strength.", stepped=True, said=steps)]
        if curve
        else []
    )
    return [b.Heading(section.title), b.Words(" ".join(said)), *drawn]


def _within(minutes: float | None, low: float | None, high: float | None) -> str:
    """Return a time with its interval, in words that stand after a verb."""
    if minutes is None:
        return (
            f"not before {low:g} minutes; more cannot be said yet" if low is not None else f"at a time that is {_FEW}"
        )
    return f"within {minutes:g} minutes" + (f" ({between(low, high)})" if low is not None else "")


def _return(section: Section[Return]) -> list[b.Block]:
    if not section.enough:
        return []
    more = section.more
    said = f"Typically {more['typical']:g} days until a day went your way again ({count(section.n, 'time')})."
    if more["earlier"] is not None:
        said += f" In the earlier half {more['earlier']:g}, in the later half {more['later']:g}."
    rows = [[_day(row.day), "-" if row.days is None else count(row.days, "day")] for row in section.rows]
    return [b.Heading(section.title), b.Words(said), b.Table(["", "back after"], rows)]


def _goals(section: Section[Steps]) -> list[b.Block]:
    if not section.enough:
        return []
    row = section.rows[0]
    said = f"{count(row.steps, 'step')} written: {row.done} done, {row.overdue} past their day, {row.open} open."
    late = " A step past its day can be moved, made smaller, or let go." if row.overdue else ""
    return [b.Heading(section.title), b.Words(said + late)]


def _signs(section: Section[Sign]) -> list[b.Block]:
    """Return each sign that stands out, in a sentence; that they were here before says nothing of the days ahead."""
    if not section.rows:
        return []
    said = [
        f"In the 7 days before a lapse you ticked “{row.name}” {row.before} of {row.before_of} times "
        f"(likely {row.before_low} to {row.before_high} of 10); at other times {row.other} of {row.other_of} "
        f"(likely {row.other_low} to {row.other_high} of 10)."
        for row in section.rows
    ]
    note = (
        f"This is from the days before {count(section.n, 'lapse')}. It says what was, not what will be. "
        "A sign is a good moment to look after yourself, or to call somebody."
    )
    items = b.Items([b.Item(sentence) for sentence in said])
    return [b.Heading(section.title), items, b.Words(note, quiet=True)]


def _amounts(section: Section[Week]) -> list[b.Block]:
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
        head = ["Week from", "Days noted", f"{unit} in all".strip().capitalize(), "Most on a day", "Free days"]
        blocks += [b.Words(f"{about}: {_against_limit(weeks, unit)}"), b.Table(head, rows)]
        blocks += [b.Words(_money_words(money[thing]))] if thing in money else []
    note = "Only days you noted are counted. A free day is one you noted as 0."
    return [*blocks, b.Words(note, quiet=True)]


def _week_row(week: Week) -> list[str]:
    return [_day_of_year(week.since), f"{week.days} of 7", f"{week.total:g}", f"{week.most:g}", f"{week.free}"]


def _against_limit(weeks: Sequence[Week], unit: str) -> str:
    """Return how many weeks kept to the limit that stood, in words, with how many could not be told."""
    known = [week for week in weeks if week.within is not None]
    with_limit = [week for week in weeks if _limit_words(week, unit)]
    if not with_limit:
        return f"{count(len(weeks), 'week')} noted. No limit of yours stood when they began."
    limit = _limit_words(with_limit[-1], unit)
    few = len(with_limit) - len(known)
    if not known:
        return f"too few days are noted to hold a week beside your limit of {limit}. It takes {WEEK_LEAST} in a week."
    within = sum(week.within is True for week in known)
    said = f"{within} of {count(len(known), 'week')} stayed within your limit of {limit}."
    return f"{said} In {count(few, 'week')}, too few days are noted to say." if few else said


def _limit_words(week: Week, unit: str) -> str:
    """Return the limits that stood in a week in words; "" where none did."""
    said = [] if week.limit_week is None else [f"{week.limit_week:g} {unit} a week"]
    said += [] if week.limit_day is None else [f"{week.limit_day:g} {unit} on a day"]
    said += [] if week.limit_free_days is None else [count(round(week.limit_free_days), "free day")]
    return joined(said)


def _money_words(money: Money) -> str:
    """Return what the noted days cost at the person's own price, and what they would have at their first pace."""
    said = f"At your price, the {count(money.days, 'day')} you noted came to {money.spent:,g}."
    if money.later is None or money.at_first_pace is None:
        return said
    return (
        f"{said} The {money.later_days} of them after the first two weeks came to {money.later:,g}; at the pace of the "
        f"first two weeks they would have come to {money.at_first_pace:,g}."
    )


def _scales(section: Section[ScaleCourse]) -> list[b.Block]:
    if not section.enough:
        return []
    several = len({row.about for row in section.rows if row.about}) > 1
    rows = [
        [
            f"{row.name} ({row.about})" if row.about and several else row.name,
            f"{row.n}",
            f"{row.first:g}",
            "-" if row.last is None else f"{row.last:g}",
            f"{row.now:g}",
        ]
        for row in section.rows
    ]
    return [b.Heading(section.title), b.Table(["", "times", "first", "before", "now"], rows)]


def _when(row: Mood | Urges, span: Span) -> str:
    """Return the days of a row in words, with the year where the whole has several."""
    size = {1: "", 7: "week to ", 28: "four weeks to "}[(row.until - row.since).days + 1]
    return size + (_day(row.until) if span.since.year != span.until.year else _day_of_year(row.until))


def _day(day: date) -> str:
    return f"{_day_of_year(day)} {day.year}"


def _day_of_year(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1][:3].capitalize()}"


def _ticks(rows: Sequence[Mood] | Sequence[Urges]) -> list[tuple[float, str]]:
    """Return the names of the first day and the last one; of one alone where they are the same."""
    return [(day.toordinal(), _day(day)) for day in sorted({rows[0].until, rows[-1].until})]
