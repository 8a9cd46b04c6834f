"""Three things worth noticing, each with its numbers, picked by fixed rules.

The rules are tried in the order in which they stand in `_RULES`; the first three that have something to say are
taken. Each needs what its section needs. They say what was, and never why, and each is about the days that its page
names: where it is about others, the sentence names those.
"""

from collections.abc import Callable, Sequence
from datetime import date
from typing import NamedTuple

from smartcli.insights.after_lapse import Return
from smartcli.insights.coping import Tool
from smartcli.insights.duration import Duration
from smartcli.insights.glance import Figure, chosen, passed
from smartcli.insights.hours import Hour, peak
from smartcli.insights.notes import Notes
from smartcli.insights.section import Section, Span
from smartcli.insights.triggers import Cue
from smartcli.language import N_, _, ngettext
from smartcli.moments import date_said, weekday_name
from smartcli.words import joined, sentences

MOST = 3
_MOOD_MOVED = 0.5  # points of 10, with as many check-ins as `_LEAST` on both sides
_LEAST = 7  # check-ins, urges or days behind a sentence, where no section says how many it takes
_ON_DAYS = {
    "mornings": N_("Most urges came on {days} mornings ({urges} of {all})."),
    "afternoons": N_("Most urges came on {days} afternoons ({urges} of {all})."),
    "evenings": N_("Most urges came on {days} evenings ({urges} of {all})."),
    "nights": N_("Most urges came on {days} nights ({urges} of {all})."),
}
_AT_A_TIME = {
    "mornings": N_("Most urges came in the morning ({urges} of {all})."),
    "afternoons": N_("Most urges came in the afternoon ({urges} of {all})."),
    "evenings": N_("Most urges came in the evening ({urges} of {all})."),
    "nights": N_("Most urges came at night ({urges} of {all})."),
}


class Findings(NamedTuple):
    """The sections the rules look at."""

    glance: Section[Figure]
    hours: Section[Hour]
    triggers: Section[Cue]
    coping: Section[Tool]
    duration: Section[Duration]
    after_lapse: Section[Return]


class _Looked(NamedTuple):
    """What the rules look at: the sections, the notes of the whole period, and the days of the figures at a glance."""

    found: Findings
    here: Notes
    glanced: Span


def pick_noticed(found: Findings, here: Notes, glanced: Span) -> list[str]:
    """Return up to three sentences; `here` are the notes of the period that the sections are about.

    `glanced` are the days of the figures at a glance, which may be others.
    """
    looked = _Looked(found, here, glanced)
    said = (rule(looked) for rule in _RULES)
    return [one for one in said if one][:MOST]


def _hours(looked: _Looked) -> str:
    """Where in the week most urges came."""
    top = peak(looked.found.hours)
    if top is None:
        return ""
    days = joined(map(weekday_name, top.weekdays))
    sentence = _ON_DAYS[top.part] if days else _AT_A_TIME[top.part]
    return _(sentence, days=days, urges=top.n, all=top.of)


def _coping(looked: _Looked) -> str:
    """The tool that leads, if its interval is above nothing."""
    best = looked.found.coping.rows[0] if looked.found.coping.rows else None
    if best is None or best.change is None or best.low is None or best.low <= 0:
        return ""
    others = [one.high for one in looked.found.coping.rows[1:] if one.high is not None]
    has_few = any(one.high is None for one in looked.found.coping.rows)
    lower = _(
        "After “{tool}”, urges were {change} lower on average ({times}, likely {low} to {high}).",
        tool=best.name,
        change=best.change,
        times=ngettext("{number} time", "{number} times", best.n),
        low=best.low,
        high=best.high,
    )
    is_best = bool(others) and best.low > max(others)  # ranges that overlap tell no difference
    return sentences(lower, _best_said(has_few=has_few) if is_best else "")


def _best_said(*, has_few: bool) -> str:
    """Return that a tool leads; `has_few`: others were tried too seldom to tell."""
    if has_few:
        return _("That is more than after anything else you tried often enough to compare.")
    return _("That is more than after anything else you tried.")


def _duration(looked: _Looked) -> str:
    """The time within which half of the urges had halved."""
    row = looked.found.duration.rows[0] if looked.found.duration.rows else None
    if row is None or row.half_minutes is None:
        return ""
    return ngettext(
        "Half of your urges had become half as strong within about {number} minute (from {urges}).",
        "Half of your urges had become half as strong within about {number} minutes (from {urges}).",
        max(1, round(row.half_minutes)),
        urges=ngettext("{number} urge", "{number} urges", row.n),
    )


def _return(looked: _Looked) -> str:
    """The way back after a lapse, if it is getting shorter."""
    earlier, later = looked.found.after_lapse.more["earlier"], looked.found.after_lapse.more["later"]
    if earlier is None or later >= earlier:
        return ""
    return _(
        "After a lapse you now find your way back sooner: it takes {later} and used to take {earlier} (from {lapses}).",
        later=ngettext("{number} day", "{number} days", later),
        earlier=ngettext("{number} day", "{number} days", earlier),
        lapses=ngettext("{number} lapse", "{number} lapses", looked.found.after_lapse.n),
    )


def _passed(looked: _Looked) -> str:
    """How many urges passed without being acted on, where it is half of them or more."""
    without_acting, known = passed(looked.here.urges)
    if known < _LEAST or without_acting * 2 < known:
        return ""
    return ngettext(
        "{passed} of {number} urge passed without you acting on it.",
        "{passed} of {number} urges passed without you acting on them.",
        known,
        passed=without_acting,
    )


def _mood(looked: _Looked) -> str:
    """A mood that has gone up or down since the period before."""
    row = _figure(looked.found.glance, "mood")
    if row is None or row.now is None or row.before is None or min(row.n, row.n_before or 0) < _LEAST:
        return ""
    if abs(row.now - row.before) < _MOOD_MOVED:
        return ""
    first, last = looked.glanced
    return sentences(
        _(
            "From {first} to {last}, your mood was {now} of 10 on average ({check_ins}).",
            first=date_said(first, last),
            last=date_said(last, date.min),
            now=row.now,
            check_ins=ngettext("{number} check-in", "{number} check-ins", row.n),
        ),
        ngettext(
            "On the day before, your mood was {before} on average ({check_ins}).",
            "In the {number} days before, your mood was {before} on average ({check_ins}).",
            looked.glanced.days,
            before=row.before,
            check_ins=ngettext("{number} check-in", "{number} check-ins", row.n_before or 0),
        ),
    )


def _trigger(looked: _Looked) -> str:
    """The trigger that stood beside most urges, if it was there three times in ten or more."""
    top = looked.found.triggers.rows[0] if looked.found.triggers.rows else None
    if top is None or top.strength is None or top.n * 10 < looked.found.triggers.n * 3:
        return ""
    return ngettext(
        "“{trigger}” was there for {times} of {number} urge. Its strength was {strength} on average.",
        "“{trigger}” was there for {times} of {number} urges. Their strength was {strength} on average.",
        looked.found.triggers.n,
        trigger=top.name,
        times=top.n,
        strength=top.strength,
    )


def _chosen(looked: _Looked) -> str:
    """The days that went the chosen way."""
    days, known = chosen(looked.here.check_ins)
    if not days or known < _LEAST:
        return ""
    return ngettext(
        "{chosen} of the {number} day you noted went the way you wanted.",
        "{chosen} of the {number} days you noted went the way you wanted.",
        known,
        chosen=days,
    )


def _figure(section: Section[Figure], name: str) -> Figure | None:
    return next((row for row in section.rows if row.id == name), None)


_RULES: Sequence[Callable[[_Looked], str]] = (_hours, _coping, _duration, _return, _passed, _mood, _trigger, _chosen)
