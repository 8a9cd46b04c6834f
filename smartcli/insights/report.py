"""All that the entries show, together."""

from datetime import date, timedelta
from typing import Any, NamedTuple

from smartcli.insights.after_lapse import Return, days_to_return
from smartcli.insights.amounts import Week, weeks_against_limits
from smartcli.insights.coping import Tool, rank_tools
from smartcli.insights.duration import Duration, time_to_halve
from smartcli.insights.glance import Figure, compare_periods
from smartcli.insights.goals import Steps, count_steps
from smartcli.insights.hours import Hour, count_hours
from smartcli.insights.notes import Notes
from smartcli.insights.noticed import Findings, pick_noticed
from smartcli.insights.over_time import Mood, Urges, mood_over_time, urges_over_time
from smartcli.insights.scales import ScaleCourse, follow_scales
from smartcli.insights.section import Section, Span, last_days
from smartcli.insights.signs import Sign, compare_signs
from smartcli.insights.triggers import Cue, rank_states, rank_triggers

GLANCE_DAYS = 28  # of the figures at a glance, where no period was asked for


class Insights(NamedTuple):
    """Every result; `span` is the whole period, `glanced` that of the figures at a glance.

    `first_day` is the day of the first entry behind the figures, which may be before the period (None: there is none
    up to its end). `is_whole` is false where only the newest few entries were counted, so that nothing is known of the
    time before. `left_out` is whether there were entries that are not counted.
    """

    span: Span
    glanced: Span
    first_day: date | None
    is_whole: bool
    left_out: bool
    noticed: list[str]
    glance: Section[Figure]
    mood: Section[Mood]
    urges: Section[Urges]
    hours: Section[Hour]
    triggers: Section[Cue]
    contexts: Section[Cue]
    coping: Section[Tool]
    duration: Section[Duration]
    after_lapse: Section[Return]
    scales: Section[ScaleCourse]
    goals: Section[Steps]
    signs: Section[Sign]
    amounts: Section[Week]

    @property
    def sections(self) -> list[Section[Any]]:
        """Every section, in the order in which they are told."""
        return [one for one in self if isinstance(one, Section)]


def compute_insights(
    gathered: Notes, today: date, since: date | None = None, until: date | None = None, *, is_whole: bool = True
) -> Insights:
    """Return what the entries show that were gathered, from `since` (their first day) to `until` (today).

    The notes hold what was written before `since` too, for the period before and for what is counted in all. Where
    they are only the newest few (`is_whole` is false), there is neither. Without `since` the figures at a glance are
    those of the last four weeks against the four before; of the newest few, those of all their days.
    """
    notes, left_out = gathered.counted()
    tomorrow = today + timedelta(days=1)  # it has begun in other zones; what is dated later is no part of today
    until = until or max((one.day for one in notes.written if today < one.day <= tomorrow), default=today)
    until = max(until, since or until)  # a period that begins after today has one day: nothing is there yet
    day = until  # on which steps are open or past theirs
    if not is_whole:
        until = max((one.day for one in notes.written if one.day <= until), default=until)
    days = [*(one.day for one in notes.written), *(amount.day for amount in notes.amounts)]
    span = Span(since or min((day for day in days if day <= until), default=until), until)
    notes = notes.within(Span(date.min, until))
    here = notes.within(span)
    glanced = last_days(until, GLANCE_DAYS) if is_whole and not since else span
    found = Findings(
        compare_periods(notes, glanced, is_whole=is_whole),
        count_hours(here),
        rank_triggers(here),
        rank_tools(here),
        time_to_halve(here),
        days_to_return(notes, span),
    )
    return Insights(
        span=span,
        glanced=glanced,
        first_day=min((one.day for one in notes.written), default=None),
        is_whole=is_whole,
        left_out=left_out,
        noticed=pick_noticed(found, here, glanced),
        mood=mood_over_time(here, span),
        urges=urges_over_time(here, span),
        contexts=rank_states(here),
        scales=follow_scales(here),
        goals=count_steps(here, day),
        signs=compare_signs(here),
        amounts=weeks_against_limits(notes, span),
        **found._asdict(),
    )


def insights_as_json(found: Insights) -> dict[str, Any]:
    """Return the results as JSON data, days as ISO text."""
    return {
        "period": _plain(found.span),
        "glance_period": _plain(found.glanced),
        "noticed": found.noticed,
        "left_out": found.left_out,
        "sections": [
            {"id": one.id, "title": one.title, "n": one.n, "least": one.least, "enough": one.enough}
            | {"rows": [_plain(row) for row in one.rows]}
            | dict(one.more)
            for one in found.sections
        ],
    }


def _plain(value: Any) -> Any:
    """Return a row as JSON data."""
    if hasattr(value, "_asdict"):
        return {name: _plain(one) for name, one in value._asdict().items()}
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value
