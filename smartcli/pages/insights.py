"""What the entries show, on a page: every number that is drawn stands in words too."""

from collections.abc import Mapping, Sequence
from typing import Any

from smartcli import blocks as b
from smartcli.insights.after_lapse import Return
from smartcli.insights.amounts import WEEK_LEAST, Money, Week, amount_said, money_of
from smartcli.insights.coping import Tool
from smartcli.insights.duration import Duration
from smartcli.insights.glance import Figure
from smartcli.insights.goals import Steps
from smartcli.insights.hours import Hour
from smartcli.insights.over_time import Mood, Urges
from smartcli.insights.report import Insights
from smartcli.insights.scales import ScaleCourse
from smartcli.insights.section import Section, Span
from smartcli.insights.signs import Sign
from smartcli.insights.triggers import Cue
from smartcli.language import N_, _, figure, ngettext
from smartcli.moments import date_short, weekday_name, weekday_short
from smartcli.words import enumerated, joined, sentences

_WEEKS_SHOWN = 12  # a season; JSON has all of them
_NOTHING = "-"
_CLOCK = (*range(4, 24), *range(4))  # a day lasts until four in the morning
_NOT_COUNTED = N_(
    "What you wrote about hurting yourself is not counted here. It is saved, and you can read it with "
    "`smartcli review`. `smartcli support` shows numbers you can call, and your own people."
)


def insights_page(found: Insights) -> b.Page:
    """Return the page of all that was found; what is too few yet stands together at its end."""
    left_out = [b.Words(_(_NOT_COUNTED), quiet=True)] if found.left_out else []
    if not any(section.n for section in found.sections):
        empty = b.Words(_("There is nothing to show for these days yet. `smartcli checkin` takes about a minute."))
        return b.Page(_("What your entries show"), [empty, *left_out])
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
    since, until = (date_short(day, with_year=True) for day in found.span)
    period = _("{since} to {until}", since=since, until=until)
    return b.Page(_("What your entries show"), [*blocks, *left_out], period)


def _times(number: int) -> str:
    return ngettext("{number} time", "{number} times", number)


def _number_of_urges(number: int) -> str:
    return ngettext("{number} urge", "{number} urges", number)


def _days(number: float) -> str:
    return ngettext("{number} day", "{number} days", number)


def _noticed(noticed: Sequence[str]) -> list[b.Block]:
    return [b.Heading(_("Worth noticing")), b.Items([b.Item(one) for one in noticed])] if noticed else []


def _paired(parts: Sequence[Sequence[b.Block]]) -> list[b.Block]:
    """Return parts two by two."""
    pairs: list[b.Block] = [b.Beside(left, right) for left, right in zip(parts[::2], parts[1::2], strict=False)]
    return [*pairs, *(parts[-1] if len(parts) % 2 else ())]


def _too_few(sections: Sequence[Section[Any]]) -> list[b.Block]:
    """Return what there is too little of, and how much it takes; what is not there at all is passed over."""
    few = [
        b.Item(_("{title}: {number} so far, {least} needed", title=one.title, number=one.n, least=one.least))
        for one in sections
        if one.n and not one.enough
    ]
    return [b.Heading(_("Too few to say yet")), b.Items(few)] if few else []


def _glance(section: Section[Figure], span: Span) -> list[b.Block]:
    if not section.enough:
        return []
    compared = any(row.n_before is not None for row in section.rows)
    figures = [row for row in section.rows if not row.id.endswith("-in-all") and (row.n or row.n_before)]
    # These have days of their own (30, 90), and stand in no column that names others.
    of_other_days = [row for row in figures if row.id.startswith("chosen")]
    of_period = [row for row in figures if row not in of_other_days]
    blocks: list[b.Block] = [b.Heading(section.title)]
    for title, rows in ((_days(span.days), of_period), ("", of_other_days)):
        if rows:
            head = ["", title, *([_("before")] if compared else [])]
            blocks.append(b.Table(head, [_figures(row, compared=compared) for row in rows]))
    return [*blocks, *_in_all(section.rows)]


def _figures(row: Figure, *, compared: bool) -> list[str]:
    before = [_figure(row, row.before, row.n_before)] if compared else []
    return [row.name, _figure(row, row.now, row.n), *before]


def _in_all(figures: Sequence[Figure]) -> list[b.Block]:
    """Return what only grows, in a sentence each."""
    by_id = {row.id: row for row in figures}
    passed, chosen = by_id["passed-in-all"], by_id["chosen-in-all"]
    said = []
    if passed.n:
        urges = ngettext(
            "In all, {passed} of {number} urge passed without you acting on it.",
            "In all, {passed} of {number} urges passed without you acting on them.",
            passed.n,
            passed=passed.now,
        )
        said.append(urges)
    if chosen.n:
        days = ngettext(
            "In all, {chosen} of {number} day went the way you wanted.",
            "In all, {chosen} of {number} days went the way you wanted.",
            chosen.n,
            chosen=chosen.now,
        )
        said.append(days)
    return [b.Words(sentences(*said))] if said else []


def _figure(row: Figure, value: float | None, n: int | None) -> str:
    """Return a figure in words, with how many are behind it."""
    if n is None:
        return _NOTHING
    if row.id.startswith(("passed", "chosen")):
        return _NOTHING if value is None else _("{part} of {all}", part=value, all=n)
    if row.id not in ("mood", "strength"):
        return _NOTHING if value is None else figure(value)
    if value is not None:
        return _("{value} ({times})", value=value, times=_times(n))
    return _("too few to say ({times})", times=_times(n)) if n else _NOTHING


def _mood(section: Section[Mood], span: Span) -> list[b.Block]:
    if not section.enough:
        return []
    noted = [row for row in section.rows if row.mood is not None]
    low, high = min(noted, key=lambda row: row.mood or 0), max(noted, key=lambda row: row.mood or 0)
    summary = sentences(
        ngettext(
            "You noted your mood {number} time, from 0 to 10.",
            "You noted your mood {number} times, from 0 to 10.",
            section.n,
        ),
        _("Lowest: {mood} ({when}).", mood=low.mood, when=_when(low, span)),
        _("Highest: {mood} ({when}).", mood=high.mood, when=_when(high, span)),
    )
    said = [_("{when}: {mood} ({times})", when=_when(row, span), mood=row.mood, times=_times(row.n)) for row in noted]
    points = [(row.until.toordinal(), row.mood) for row in section.rows]
    return [b.Heading(section.title), b.Chart(points, 0, 10, _ticks(section.rows), summary, said=said)]


def _urges(section: Section[Urges], span: Span) -> list[b.Block]:
    if not section.enough:
        return []
    rows = [row for row in section.rows if row.n is not None]
    most = max(rows, key=lambda row: row.n or 0)
    summary = sentences(
        ngettext("{number} urge.", "{number} urges.", section.n),
        _("The most: {number} ({when}).", number=most.n, when=_when(most, span)),
    )
    points = [(row.until.toordinal(), row.n) for row in section.rows]
    said = [_urges_of_row(row, span) for row in rows]
    return [
        b.Heading(section.title),
        b.Chart(points, 0, most.n or 1, _ticks(section.rows), summary, said=said),
    ]


def _urges_of_row(row: Urges, span: Span) -> str:
    when, urges = _when(row, span), _number_of_urges(row.n or 0)
    if row.strength is None:
        return _("{when}: {urges}", when=when, urges=urges)
    return _("{when}: {urges}, average strength {strength}", when=when, urges=urges, strength=row.strength)


def _spread(section: Section[Urges]) -> list[b.Block]:
    if not section.enough:
        return []
    bars = [b.Bar(figure(one["strength"]), one["n"], _number_of_urges(one["n"])) for one in section.more["spread"]]
    summary = _("How many urges you had of each strength, from 0 to 10.")
    return [b.Heading(_("How strong urges were")), b.Bars(bars, summary)]


def _hours(section: Section[Hour]) -> list[b.Block]:
    if not section.enough:
        return []
    counts = {(row.weekday, row.hour): row.n for row in section.rows}
    rows = [(weekday_short(day), [counts.get((day, hour), 0) for hour in _CLOCK]) for day in range(7)]
    summary = ngettext(
        "When your {number} urge came: a line for each day of the week, by the hour.",
        "When your {number} urges came: a line for each day of the week, by the hour.",
        section.n,
    )
    said = [_hours_said(weekday_name(day), row) for day, (_name, row) in enumerate(rows) if any(row)]
    return [b.Heading(section.title), b.Heat([f"{hour:02}" for hour in _CLOCK], rows, summary, said)]


def _hours_said(weekday: str, counts: Sequence[int]) -> str:
    """Return when the urges of a weekday came, in words: "Friday: 26 urges. 4 at 8:00, 22 at 18:00"."""
    times = [
        _("{number} at {hour}:00", number=number, hour=hour)
        for hour, number in zip(_CLOCK, counts, strict=True)
        if number
    ]
    return _(
        "{weekday}: {urges}. {times}", weekday=weekday, urges=_number_of_urges(sum(counts)), times=enumerated(times)
    )


def _stood(section: Section[Cue]) -> list[b.Block]:
    """Return what stood beside urges; what did so too seldom only with how often."""
    if not section.enough:
        return []
    rows = [
        [row.name, figure(row.n), figure(row.strength), _acted_on(row)]
        for row in section.rows
        if row.strength is not None
    ]
    few = [(row.name, row.n) for row in section.rows if row.strength is None]
    head = ["", _("times"), _("average strength"), _("acted on")]
    table: list[b.Block] = [b.Table(head, rows)] if rows else []
    return [b.Heading(section.title), b.Words(_from_urges(section.n)), *table, *_seldom(few)]


def _acted_on(row: Cue) -> str:
    return _NOTHING if row.acted is None else _("{part} of {all}", part=row.acted, all=row.known)


def _from_urges(number: int) -> str:
    """Return a sentence that says how many urges a section is about."""
    return ngettext("This is from {number} urge.", "This is from {number} urges.", number)


def _seldom(few: Sequence[tuple[str, int]]) -> list[b.Block]:
    if not few:
        return []
    named = enumerated(_("{name} ({number})", name=name, number=number) for name, number in few)
    return [b.Words(_("Too few to say: {names}.", names=named), quiet=True)]


def _coping(section: Section[Tool]) -> list[b.Block]:
    if not section.enough:
        return []
    bars = [b.Bar(row.name, row.change, _change_words(row)) for row in section.rows if row.change is not None]
    few = [(row.name, row.n) for row in section.rows if row.change is None]
    summary = sentences(
        _("How much lower urges were afterwards on average, and the range it is likely in."), _from_urges(section.n)
    )
    drawn: list[b.Block] = [b.Bars(bars, summary)] if bars else []
    note = _(
        "If you tried several things for one urge, each of them is given the whole change. Urges "
        "also go down by themselves."
    )
    return [b.Heading(section.title), *drawn, *_seldom(few), b.Words(note, quiet=True)]


def _change_words(row: Tool) -> str:
    return _(
        "{change} (likely {low} to {high}), {times}",
        change=row.change,
        low=row.low,
        high=row.high,
        times=_times(row.n),
    )


def _by_trigger(section: Section[Tool]) -> list[b.Block]:
    """Return what helped at each trigger, a line each; nothing where no tool was tried often enough at one."""
    at: dict[str, list[tuple[float, str]]] = {}
    for row in section.rows:
        for one in row.triggers:
            said = _("{tool} {change} ({times})", tool=row.name, change=one.change, times=_times(one.n))
            at.setdefault(one.name, []).append((one.change, said))
    if not at:
        return []
    best = {name: sorted(tools, key=lambda tool: -tool[0]) for name, tools in at.items()}
    items = [
        b.Item(_("{trigger}: {tools}", trigger=name, tools=enumerated(said for _change, said in tools)))
        for name, tools in best.items()
    ]
    words = b.Words(_("How much lower urges were afterwards on average, for each trigger."))
    return [b.Heading(_("What helped with each trigger")), words, b.Items(items)]


def _duration(section: Section[Duration]) -> list[b.Block]:
    if not section.enough:
        return []
    row = section.rows[0]
    said = [
        _half_words(row.half_minutes, row.low, row.high),
        _ninety_words(row.ninety_minutes, row.ninety_low, row.ninety_high),
        _from_urges(row.n),
    ]
    if row.censored:
        not_halved = ngettext(
            "{number} of them was still stronger than that when you last rated it, and is counted up to that time.",
            "{number} of them were still stronger than that when you last rated them, and are counted up to that time.",
            row.censored,
        )
        said.append(not_halved)
    return [b.Heading(section.title), b.Words(sentences(*said)), *_still_strong(section.more["curve"])]


def _half_words(minutes: float | None, low: float | None, high: float | None) -> str:
    """Return when half of the urges had become half as strong, with its interval."""
    if minutes is not None:
        return sentences(
            _("Half of your urges had become half as strong within {time}.", time=_about(minutes)), _likely(low, high)
        )
    if low is not None:
        return _("Half of your urges took {time} or longer to become half as strong.", time=_about(low))
    return _("There are too few urges to say when half of them had become half as strong.")


def _ninety_words(minutes: float | None, low: float | None, high: float | None) -> str:
    """Return when nine in ten urges had become half as strong, with its interval."""
    if minutes is not None:
        return sentences(_("For 9 of 10 urges it was within {time}.", time=_about(minutes)), _likely(low, high))
    if low is not None:
        return _("It took {time} or longer until 9 of 10 urges had become half as strong.", time=_about(low))
    return _("There are too few urges to say when 9 of 10 had become half as strong.")


def _likely(low: float | None, high: float | None) -> str:
    """Return the range that a time is likely in, as a sentence; one without an upper end is open."""
    if low is None:
        return ""
    if high is None:
        return ngettext(
            "Most likely it is {number} minute or longer.",
            "Most likely it is {number} minutes or longer.",
            max(1, round(low)),
        )
    return ngettext(
        "Most likely it is between {low} and {number} minute.",
        "Most likely it is between {low} and {number} minutes.",
        round(high),
        low=round(low),
    )


def _about(minutes: float) -> str:
    """Return minutes as people say them."""
    if minutes < 1:
        return _("less than a minute")
    return ngettext("about {number} minute", "about {number} minutes", round(minutes))


def _still_strong(curve: Sequence[Mapping[str, float]]) -> list[b.Block]:
    """Return how many of 100 urges were still strong after so many minutes, drawn and in words."""
    if not curve:
        return []
    points = [(0.0, 100.0), *((one["minutes"], _of_100(one["still"])) for one in curve)]
    ticks = [(minutes, _("{number} min", number=round(minutes))) for minutes in (0.0, max(points)[0])]
    said = [
        ngettext(
            "After {number} minute: {urges} of 100",
            "After {number} minutes: {urges} of 100",
            one["minutes"],
            urges=_of_100(one["still"]),
        )
        for one in curve
    ]
    summary = _("How many of 100 urges were still more than half as strong, minute by minute.")
    return [b.Chart(points, 0, 100, ticks, summary, stepped=True, said=said)]


def _of_100(share: float) -> int:
    return round(share * 100)


def _return(section: Section[Return]) -> list[b.Block]:
    if not section.enough:
        return []
    said = [
        ngettext(
            "After a lapse it usually took {number} day until a day went the way you wanted again.",
            "After a lapse it usually took {number} days until a day went the way you wanted again.",
            section.more["typical"],
        ),
        ngettext("This is from {number} lapse.", "This is from {number} lapses.", section.n),
    ]
    if section.more["earlier"] is not None:
        earlier, later = _days(section.more["earlier"]), _days(section.more["later"])
        said.append(
            _(
                "In the earlier half of these lapses it took {earlier}. In the later half it took {later}.",
                earlier=earlier,
                later=later,
            )
        )
    rows = [
        [date_short(row.day, with_year=True), _NOTHING if row.days is None else _days(row.days)] for row in section.rows
    ]
    return [b.Heading(section.title), b.Words(sentences(*said)), b.Table(["", _("back after")], rows)]


def _goals(section: Section[Steps]) -> list[b.Block]:
    if not section.enough:
        return []
    row = section.rows[0]
    said = [ngettext("You wrote down {number} step.", "You wrote down {number} steps.", row.steps)]
    if row.done:
        said.append(ngettext("{number} is done.", "{number} are done.", row.done))
    if row.open:
        said.append(ngettext("{number} is open.", "{number} are open.", row.open))
    if row.overdue:
        said.append(
            ngettext(
                "For {number} step, the day you planned has passed.",
                "For {number} steps, the day you planned has passed.",
                row.overdue,
            )
        )
        said.append(_("You can choose a new day for such a step, make the step smaller, or let it go."))
    return [b.Heading(section.title), b.Words(sentences(*said))]


def _signs(section: Section[Sign]) -> list[b.Block]:
    """Return each sign that stands out, in sentences; that they were here before says nothing of the days ahead."""
    if not section.rows:
        return []
    note = sentences(
        ngettext(
            "This is from the days before {number} lapse.", "This is from the days before {number} lapses.", section.n
        ),
        _("This shows what happened then. It can't say what will happen."),
        _("When you notice a sign, it is a good moment to look after yourself, or to call somebody."),
    )
    items = b.Items([b.Item(_sign_words(row)) for row in section.rows])
    return [b.Heading(section.title), items, b.Words(note, quiet=True)]


def _sign_words(row: Sign) -> str:
    return sentences(
        _(
            "In the 7 days before a lapse you ticked “{sign}” {times} of {all} times (likely {low} to {high} of 10).",
            sign=row.name,
            times=row.before,
            all=row.before_of,
            low=row.before_low,
            high=row.before_high,
        ),
        _(
            "At other times you ticked this sign {times} of {all} times (likely {low} to {high} of 10).",
            times=row.other,
            all=row.other_of,
            low=row.other_low,
            high=row.other_high,
        ),
    )


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
    """Return how many weeks kept to the limit that stood, in words, with how many could not be told."""
    known = [week for week in weeks if week.within is not None]
    with_limit = [week for week in weeks if _limit_words(week, unit)]
    if not with_limit:
        return ngettext(
            "You noted amounts in {number} week. You had not set a limit when that week began.",
            "You noted amounts in {number} weeks. You had not set a limit when those weeks began.",
            len(weeks),
        )
    limit = _limit_words(with_limit[-1], unit)
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
    few = len(with_limit) - len(known)
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


def _scales(section: Section[ScaleCourse]) -> list[b.Block]:
    if not section.enough:
        return []
    several = len({row.about for row in section.rows if row.about}) > 1
    rows = [
        [
            _("{name} ({about})", name=row.name, about=row.about) if row.about and several else row.name,
            figure(row.n),
            figure(row.first),
            _NOTHING if row.last is None else figure(row.last),
            figure(row.now),
        ]
        for row in section.rows
    ]
    head = ["", _("times"), _("first"), _("before"), _("now")]
    return [b.Heading(section.title), b.Table(head, rows)]


def _when(row: Mood | Urges, span: Span) -> str:
    """Return the days of a row in words, with the year where the whole has several."""
    day = date_short(row.until, with_year=span.since.year != span.until.year)
    days = (row.until - row.since).days + 1
    if days == 1:
        return day
    return _("week to {day}", day=day) if days == 7 else _("four weeks to {day}", day=day)


def _ticks(rows: Sequence[Mood] | Sequence[Urges]) -> list[tuple[float, str]]:
    """Return the names of the first day and the last one; of one alone where they are the same."""
    days = sorted({rows[0].until, rows[-1].until})
    return [(day.toordinal(), date_short(day, with_year=True)) for day in days]
