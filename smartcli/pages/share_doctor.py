"""A page for a doctor: how it begins, what has changed, what was ticked about stopping suddenly, mood and sleep."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from smartcli import blocks as b
from smartcli.insights.amounts import amount_said
from smartcli.insights.over_time import Urges
from smartcli.insights.period import Level, NotedAmount, PeriodFigures
from smartcli.insights.section import Section, Span
from smartcli.language import _, figure, ngettext
from smartcli.moments import date_said, date_short
from smartcli.pages.insights_words import first_and_last, row_days_said, urges_said
from smartcli.pages.share import ShareSection
from smartcli.words import enumerated, joined, sentences

FIGURES, RISKS, BODY, SIGN = "figures", "stopping", "mood-sleep", "sign"
_DAYS_SAID = 4  # dates of lapses in a cell, the newest: more would make the page long
_WEEK = 7


class StoppingRisk(NamedTuple):
    """What the person last ticked about stopping suddenly with one behaviour (None: not said which), and when.

    `advice` is what the exercise told them then; "" where it says nothing of it any more.
    """

    behaviour: str | None
    day: date
    ticked: Sequence[str]
    advice: str


class DoctorRecord(NamedTuple):
    """What a page for a doctor is made of.

    `aims` gives what the person wants of each behaviour named, "" where they have not said; of those `uncounted`
    nothing is counted. `before` is None where nothing was written in the days before; it begins with the first entry
    there is, so it may be shorter. `course` are the urges of both periods as time went by.
    """

    aims: Mapping[str, str]
    uncounted: Sequence[str]
    now: PeriodFigures
    before: PeriodFigures | None
    course: Section[Urges]
    risks: Sequence[StoppingRisk]


def lead(record: DoctorRecord) -> list[b.Block]:
    """Return the beginning of the page: what it is about, from when to when, and that nobody has checked it."""
    number = record.now.entries
    entries = ngettext("It has {number} entry.", "It has {number} entries.", number) if number else ""
    whose = _("I kept it myself, with a self-help workbook. Nobody has checked it, and it is not a diagnosis.")
    aims = [
        _("What I want with {behaviour}: “{aim}”.", behaviour=name, aim=aim) for name, aim in record.aims.items() if aim
    ]
    return [b.Words(sentences(_what_it_is(record), *aims, entries, whose))]


def _what_it_is(record: DoctorRecord) -> str:
    """Return a sentence that says what the record is about, and from which days."""
    first, last = (date_said(day, date.min) for day in record.now.span)
    about = joined(record.aims)
    if first == last:
        if not about:
            return _("This is a record of {day}.", day=last)
        return _("This is a record about {behaviours}, of {day}.", behaviours=about, day=last)
    if not about:
        return _("This is a record from {first} to {last}.", first=first, last=last)
    return _("This is a record about {behaviours}, from {first} to {last}.", behaviours=about, first=first, last=last)


def doctor_sections(record: DoctorRecord) -> list[ShareSection]:
    """Return the sections that only a doctor's page has, those that have something in them."""
    sections = [
        ShareSection(
            SIGN, _("Lines for my name and date of birth"), _("to fill in by hand"), [_sign()], is_untitled=True
        ),
        ShareSection(FIGURES, _("What has changed"), "", _figures(record)),
        ShareSection(RISKS, _("About stopping suddenly"), "", _risks(record)),
        ShareSection(BODY, _("Mood and sleep"), "", _body(record), is_untitled=True),
    ]
    return [section for section in sections if section.blocks]


def _sign() -> b.Block:
    return b.Gaps([(_("Name"), ""), (_("Date of birth"), ""), (_("Today's date"), "")])


# --- what changed


class _Row(NamedTuple):
    """A row of the table: its name, and what it says of a period ("" where it has nothing to say).

    `nothing` stands where it has nothing to say of one of two periods.
    """

    name: str
    said: Callable[[PeriodFigures], str]
    nothing: str


def _figures(record: DoctorRecord) -> list[b.Block]:
    """Return the figures of the period beside those of the one before, a chart, and what the words mean."""
    rows = [
        _urge_row(record.now),
        _Row(_("How strong urges were, from 0 to 10"), _strength_said, _("too few to say")),
        _Row(_("Urges I did not act on"), lambda period: _part_said(period.passed), _("not noted")),
        _Row(
            _("Days that went the way I wanted, by my own goal"),
            lambda period: _part_said(period.chosen),
            _("not noted"),
        ),
        *map(_amount_row, _amounts(record)),
        _Row(_("Days with a lapse (against my own plan)"), _lapses_said, _("none noted")),
    ]
    table = _table(record, rows)
    chart = _chart(record)
    if not table and not chart:
        return []
    return [*table, *chart, *_remarks(record)]


def _table(record: DoctorRecord, rows: Sequence[_Row]) -> list[b.Block]:
    """Return rows as a table, without those that have nothing to say of either period."""
    periods = [record.now, *([record.before] if record.before else [])]
    told = []
    for row in rows:
        cells = [row.said(period) for period in periods]
        if any(cells):
            told.append([row.name, *(cell or row.nothing for cell in cells)])
    days = record.now.span.days
    head = ["", _("This day") if days == 1 else _("These {number} days", number=days)]
    if record.before:
        days = record.before.span.days
        head.append(_("The day before") if days == 1 else _("The {number} days before", number=days))
    return [b.Table(head, told)] if told else []


def _urge_row(now: PeriodFigures) -> _Row:
    """Return the row of how many urges there were: a week on average, or all of them in less than a week."""
    if now.urges_a_week is None:
        return _Row(_("Urges"), lambda period: figure(period.urges) if period.urges else "", _("none noted"))
    return _Row(_("Urges a week, on average"), _urges_a_week_said, _("none noted"))


def _urges_a_week_said(period: PeriodFigures) -> str:
    if not period.urges:
        return ""
    if period.urges_a_week is None:  # the time before may be less than a week
        return urges_said(period.urges)
    if not period.urges_a_week:
        return ngettext("less than 0.1 ({number} urge)", "less than 0.1 ({number} urges)", period.urges)
    return ngettext("{a_week} ({number} urge)", "{a_week} ({number} urges)", period.urges, a_week=period.urges_a_week)


def _strength_said(period: PeriodFigures) -> str:
    return "" if period.strength is None else _("{strength} on average", strength=period.strength)


def _part_said(part_of: tuple[int, int]) -> str:
    part, all_ = part_of
    return _("{part} of {all} noted", part=part, all=all_) if all_ else ""


def _lapses_said(period: PeriodFigures) -> str:
    if not period.lapses:
        return ""
    newest = period.lapses[-_DAYS_SAID:]
    days = [date_short(day) for day in newest]
    if len(newest) < len(period.lapses):
        return _("{number} (the last: {days})", number=len(period.lapses), days=enumerated(days))
    return _("{number} ({days})", number=len(period.lapses), days=enumerated(days))


def _amounts(record: DoctorRecord) -> list[NotedAmount]:
    """Return what amounts were noted of in either period, each thing once; its name only where the page is about it."""
    noted = [*(record.before.amounts if record.before else ()), *record.now.amounts]
    things = {amount.thing: amount for amount in noted}  # in the words of now, where there are some
    return [amount if record.aims else amount._replace(about="") for amount in things.values()]


def _amount_row(thing: NotedAmount) -> _Row:
    about = thing.about
    name = _("{behaviour}: how much on a day I noted", behaviour=about) if about else _("How much on a day I noted")

    def said(period: PeriodFigures) -> str:
        return next((_amount_said(amount) for amount in period.amounts if amount.thing == thing.thing), "")

    return _Row(name, said, _("too few to say"))


def _amount_said(amount: NotedAmount) -> str:
    return ngettext(
        "{amount} on average ({number} day noted, {free} of them 0)",
        "{amount} on average ({number} days noted, {free} of them 0)",
        amount.days,
        amount=amount_said(amount.mean, amount.unit),
        free=amount.free,
    )


def _remarks(record: DoctorRecord) -> list[b.Block]:
    """Return what is not counted, and where the two periods cannot be compared, or not well."""
    said = []
    if record.uncounted:
        said.append(_("Nothing about {behaviours} is counted here.", behaviours=joined(record.uncounted)))
    if record.before is None:
        said.append(_("I wrote nothing in the same number of days before, so there is nothing to compare with."))
    elif record.before.span.days < record.now.span.days:
        day = date_said(record.before.span.since, date.min)
        said.append(_("I began to write on {day}, so the time before is shorter.", day=day))
    return [b.Words(sentences(*said), quiet=True)] if said else []


def _chart(record: DoctorRecord) -> list[b.Block]:
    """Return the urges of both periods as time went by; nothing where there are too few."""
    span = Span((record.before or record.now).span.since, record.now.span.until)
    rows = [row for row in record.course.rows if row.since >= span.since]  # the first may begin before
    noted = [row for row in rows if row.n is not None]
    if not record.course.enough or len(rows) < 2 or not noted:
        return []
    most = max(noted, key=lambda row: row.n or 0)
    summary = sentences(
        _chart_title((most.until - most.since).days + 1),
        _("The most: {number} ({when}).", number=most.n, when=row_days_said(most, span)),
        _("The last: {number} ({when}).", number=noted[-1].n, when=row_days_said(noted[-1], span)),
    )
    points = [(row.until.toordinal(), row.n) for row in rows]
    said = [_("{when}: {urges}", when=row_days_said(row, span), urges=urges_said(row.n or 0)) for row in noted]
    return [b.Chart(points, 0, most.n or 1, first_and_last(rows), summary, said=said, small=True)]


def _chart_title(days: int) -> str:
    if days == 1:
        return _("How many urges there were on each day.")
    return (
        _("How many urges there were in each week.") if days == _WEEK else _("How many urges there were in four weeks.")
    )


# --- stopping, mood and sleep


def _risks(record: DoctorRecord) -> list[b.Block]:
    """Return what was ticked about stopping suddenly, and what was advised then: the same advice once."""
    by_advice: dict[str, list[str]] = {}
    for risk in record.risks:
        by_advice.setdefault(risk.advice, []).append(_ticked_said(risk, is_named=bool(record.aims)))
    blocks: list[b.Block] = []
    for advice, ticked in by_advice.items():
        advised = _("The workbook's advice: “{advice}”", advice=advice) if advice else ""
        blocks.append(b.Words(sentences(*ticked, advised)))
    return blocks


def _ticked_said(risk: StoppingRisk, *, is_named: bool) -> str:
    """Return a sentence that says what was ticked and when; `is_named`: about which behaviour, too."""
    day = date_said(risk.day, date.min)
    ticked = enumerated(_("“{words}”", words=words) for words in risk.ticked)
    if risk.behaviour and is_named:
        return _("On {day}, about {behaviour}, I ticked {words}.", day=day, behaviour=risk.behaviour, words=ticked)
    return _("On {day} I ticked {words}.", day=day, words=ticked)


def _body(record: DoctorRecord) -> list[b.Block]:
    """Return mood and sleep of both periods."""
    rows = [
        _Row(_("Mood (0 very low, 10 very good)"), lambda period: _level_said(period.mood), _("too few to say")),
        _Row(_("Sleep, hours a night"), lambda period: _level_said(period.sleep), _("too few to say")),
    ]
    return _table(record, rows)


def _level_said(level: Level | None) -> str:
    if level is None:
        return ""
    return _(
        "{mean} on average, lowest {lowest} ({day})", mean=level.mean, lowest=level.lowest, day=date_short(level.day)
    )
