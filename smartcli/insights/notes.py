"""What many entries say, each read once and kept as a few small tuples."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple, TypeVar

from smartcli.entries.entry import Entry, Stored
from smartcli.entries.self_harm import (
    has_only_self_harm,
    has_self_harm,
    is_about_self_harm,
    may_be_about_self_harm,
    may_have_amounts,
    tells_of_unnamed_behaviour,
)
from smartcli.insights.course import Followed, followed, is_live, number_between
from smartcli.insights.section import Span
from smartcli.words import folded

# Measures that say where somebody stands. Each part of one is a question of its own, and so a trend of its own.
STANDING = (
    "importance",
    "confidence",
    "confidence.change",
    "confidence.plan",
    "confidence.week",
    "confidence.return",
    "satisfaction",
    "sleep",
)
NO_SIGN = "none"  # the option of `warning.seen` that says there was none of them
_LIMITS = ("limit.day", "limit.week", "limit.free-days", "amount.price")
_AMOUNTS = ("amount", *_LIMITS)
_MOST = 1e9  # of an amount: more is a slip of the keyboard
_CHECKED = ("mood", "urge.any", "chosen-way")


class Named(NamedTuple):
    """A trigger, a state, a tool: `key` joins what is the same, `words` are what was said."""

    key: str
    words: str


class Written(NamedTuple):
    """An entry of any kind."""

    day: date
    about: str


class CheckIn(NamedTuple):
    """How a moment was: mood (0-10), whether there were urges, whether the day went the chosen way."""

    day: date
    about: str
    mood: float | None
    urges: bool | None
    chosen: bool | None


class Urge(NamedTuple):
    """One urge that was rated; strengths are 0-10, `hour` is that of the person's own clock."""

    day: date
    about: str
    hour: int | None
    before: float
    after: float | None
    acted: bool | None
    triggers: tuple[Named, ...]
    contexts: tuple[Named, ...]
    tools: tuple[Named, ...]
    followed: Followed | None


class Lapse(NamedTuple):
    """A lapse that was written down."""

    day: date
    about: str


class Reading(NamedTuple):
    """One value of a scale that says where somebody stands; `of` is what it is about (an area of life).

    `label` is the short name of the question, `ask` the question itself.
    """

    day: date
    about: str
    order: tuple[float, str]
    measure: str
    of: Named
    label: str
    ask: str
    value: float


class Step(NamedTuple):
    """A step towards something: the day it is meant for, and whether it is done (None: nothing said yet)."""

    day: date
    about: str
    due: date | None
    done: bool | None


class Amount(NamedTuple):
    """How much of one thing it was on a day, in the person's own unit; 0 is a free day."""

    day: date
    about: Named
    unit: Named
    value: float
    order: tuple[float, str]


class Limit(NamedTuple):
    """What the person wants at most, or free, from a day on and before `until` (None: for good).

    None where they named no such limit; `price` is what one unit costs them, in their own money.
    """

    day: date
    about: Named
    unit: Named
    day_most: float | None
    week_most: float | None
    free_days: float | None
    price: float | None
    until: date | None
    order: tuple[float, str]


class Good(NamedTuple):
    """Good things that were noted, and how many."""

    day: date
    about: str
    number: int


class Look(NamedTuple):
    """A look back for the person's own early signs: those that were noticed, none of them an empty tuple."""

    day: date
    about: str
    signs: tuple[Named, ...]


One = TypeVar("One", Written, CheckIn, Urge, Lapse, Reading, Step, Good, Look)


@dataclass
class Notes:
    """All that insights need of some entries; the order of the entries does not matter.

    `families` tells which of the person's behaviours is of which family, by its folded name. `has_left_out` is
    whether there were entries of which nothing is here, since they may be about self-harm.
    """

    written: list[Written] = field(default_factory=list)
    check_ins: list[CheckIn] = field(default_factory=list)
    urges: list[Urge] = field(default_factory=list)
    lapses: list[Lapse] = field(default_factory=list)
    readings: list[Reading] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    good: list[Good] = field(default_factory=list)
    looks: list[Look] = field(default_factory=list)
    amounts: list[Amount] = field(default_factory=list)
    limits: list[Limit] = field(default_factory=list)
    families: dict[str, str] = field(default_factory=dict)
    has_left_out: bool = False

    def within(self, span: Span) -> "Notes":
        """Return what falls into some days. An entry's own `day` decides, whatever clock or zone is here now.

        A limit from before still stands, so limits are kept from any day up to the last.
        """

        since, until = span

        def kept(notes: Sequence[One]) -> list[One]:
            return [one for one in notes if since <= one.day <= until]

        return Notes(kept(self.written), kept(self.check_ins), kept(self.urges), kept(self.lapses),
                     kept(self.readings), kept(self.steps), kept(self.good), kept(self.looks),
                     [amount for amount in self.amounts if since <= amount.day <= until],
                     [limit for limit in self.limits if limit.day <= until], self.families,
                     self.has_left_out)  # fmt: skip

    def add(self, other: "Notes") -> None:
        """Add what other entries say."""
        self.written += other.written
        self.check_ins += other.check_ins
        self.urges += other.urges
        self.lapses += other.lapses
        self.readings += other.readings
        self.steps += other.steps
        self.good += other.good
        self.looks += other.looks
        self.amounts += other.amounts
        self.limits += other.limits

    def counted(self) -> tuple["Notes", bool]:
        """Return the notes without those about self-harm, and whether there were any: nothing of it is counted.

        Urges, lapses and early signs that name no behaviour are left out too where self-harm is one of several;
        where it is the only one, so is whether a day went the chosen way. Amounts of eating are left out
        too, without a word: they are never asked for.
        """
        families = self.families
        amounts = [note for note in self.amounts if may_have_amounts(note.about.key, families)]
        limits = [note for note in self.limits if may_have_amounts(note.about.key, families)]
        if not has_self_harm(families):
            return replace(self, amounts=amounts, limits=limits), False

        def named_otherwise(notes: Sequence[One]) -> list[One]:
            return [note for note in notes if not is_about_self_harm(note.about, families)]

        def certainly_otherwise(notes: Sequence[One]) -> list[One]:
            return [note for note in notes if not may_be_about_self_harm(note.about, families)]

        check_ins = named_otherwise(self.check_ins)
        if has_only_self_harm(families):
            check_ins = [_mood_alone(check_in) for check_in in check_ins]
        counted = Notes(
            written=named_otherwise(self.written),
            check_ins=check_ins,
            urges=certainly_otherwise(self.urges),
            lapses=certainly_otherwise(self.lapses),
            readings=named_otherwise(self.readings),
            steps=named_otherwise(self.steps),
            good=named_otherwise(self.good),
            looks=certainly_otherwise(self.looks),
            amounts=amounts,
            limits=limits,
            families=families,
            has_left_out=self.has_left_out,
        )
        return counted, self.has_left_out or counted != replace(self, amounts=amounts, limits=limits)


def _mood_alone(check_in: CheckIn) -> CheckIn:
    """Return a check-in that names no behaviour without its urges and its chosen way; any other as it is."""
    return check_in if check_in.about else check_in._replace(urges=None, chosen=None)


def gather(
    entries: Iterable[tuple[Entry, bool]], known: Mapping[str, str] | None = None, *, amounts_of: str | None = None
) -> Notes:
    """Return what entries say. Those with False are not counted: they only tell which behaviour is of which family.

    `known` tells so of behaviours, by their folded names, where the entry that says it may not be among these. Of
    `amounts_of`, a behaviour, amounts are taken from all of them: a check-in is about no behaviour in particular.
    """
    notes = Notes()
    unnamed = Notes()  # of urges and lapses that do not say what they are about
    families: dict[str, tuple[tuple[float, str], str]] = {}
    for entry, wanted in entries:
        whole, rows = entry.stored()
        for row in rows:
            for name, family in zip(_named(row.get("behaviour", ())), _named(row.get("family", ())), strict=False):
                told = (_order(entry), family.key)
                families[name.key] = max(families.get(name.key, told), told)
        if wanted:
            _take(entry, whole, rows, unnamed if tells_of_unnamed_behaviour(entry) else notes)
        elif amounts_of is not None:
            aside = Notes()
            _take_amounts(entry, whole, rows, aside)
            notes.amounts += [amount for amount in aside.amounts if amount.about.key == folded(amounts_of)]
    notes.families = {**{name: family for name, (_, family) in families.items()}, **(known or {})}
    if has_self_harm(notes.families):
        notes.has_left_out = bool(unnamed.written)
    else:
        notes.add(unnamed)
    return notes


def _take(entry: Entry, whole: Stored, rows: Sequence[Stored], notes: Notes) -> None:
    """Note what one entry says: its own answers, and those of each row, which holds the entry's too."""
    day, about = entry.day, entry.behaviour or ""
    notes.written.append(Written(day, about))
    if "urge.before" in whole:
        urge = _urge(entry, about, whole, [whole, *rows])
        notes.urges += [urge] if urge else []
    if "lapse" in whole and whole["lapse"][0]["answer"] is not False:
        notes.lapses.append(Lapse(day, about))
    _take_amounts(entry, whole, rows, notes)
    _stand(entry, about, whole, whole, notes)
    for row in rows:
        both = {**whole, **row}
        if "urge.before" in row and "urge.before" not in whole:
            urge = _urge(entry, about, both, [both])
            notes.urges += [urge] if urge else []
        _stand(entry, about, row, both, notes)


def _take_amounts(entry: Entry, whole: Stored, rows: Sequence[Stored], notes: Notes) -> None:
    """Note the amounts of an entry, and the limits or the price it sets: most entries have none of these."""
    if entry.measures.isdisjoint(_AMOUNTS):
        return
    whole_about = _as_named(entry.behaviour, entry.behaviour) if isinstance(entry.behaviour, str) else Named("", "")
    for own in (whole, *rows):
        value = _number(own, "amount")
        if value is None:
            continue
        both = {**whole, **own}
        about = next(iter(_named(own.get("amount.of", ()))), whole_about)
        unit = next(iter(_named(both.get("amount.unit", ()))), Named("", ""))
        notes.amounts.append(Amount(_day(both, "amount.day") or entry.day, about, unit, value, _order(entry)))
    if any(_number(whole, measure) is not None for measure in _LIMITS):
        unit = next(iter(_named(whole.get("amount.unit", ()))), Named("", ""))
        is_kept = any(stored["answer"] == "keep" for stored in whole.get("trial.decision", ()))
        until = None if is_kept else _day(whole, "trial.review")
        notes.limits.append(
            Limit(
                _day(whole, "trial.begins") or entry.day,
                whole_about,
                unit,
                day_most=_number(whole, "limit.day"),
                week_most=_number(whole, "limit.week"),
                free_days=_number(whole, "limit.free-days"),
                price=_number(whole, "amount.price"),
                until=until,
                order=_order(entry),
            )
        )


def _number(own: Stored, measure: str) -> float | None:
    """Return the answer to a measure as a number of 0 or more; None where there is none."""
    return number_between(own[measure][0]["answer"], 0, _MOST) if measure in own else None


def _stand(entry: Entry, about: str, own: Stored, both: Stored, notes: Notes) -> None:
    """Note how things stand: a check-in, scales, a step; `own` decides what is there, `both` adds to it."""
    day = entry.day
    if not own.keys().isdisjoint(_CHECKED):
        mood, urges, chosen = (own[one][0]["answer"] if one in own else None for one in _CHECKED)
        notes.check_ins.append(CheckIn(day, about, number_between(mood), _flag(urges), _flag(chosen)))
    for measure in STANDING if not own.keys().isdisjoint(STANDING) else ():
        for one in own.get(measure, ()):
            value = number_between(one["answer"], 0, 24)
            if value is not None:
                of = next(iter(_named(both.get("area", ()))), Named("", ""))
                ask = str(one.get("ask") or measure)
                label = str(one.get("label") or ask)
                notes.readings.append(Reading(day, about, _order(entry), measure, of, label, ask, value))
    if "goal.step" in own:
        done = both["goal.done"][0]["answer"] if "goal.done" in both else None
        notes.steps.append(Step(day, about, _day(both, "goal.due"), _flag(done)))
    if "good" in own:
        number = sum(_how_many(stored["answer"]) for stored in own["good"])
        notes.good += [Good(day, about, number)] if number else []
    if "warning.seen" in own:
        signs = {sign.key: sign for sign in _named(own["warning.seen"]) if sign.key != NO_SIGN}
        notes.looks.append(Look(day, about, tuple(signs.values())))


def _how_many(answer: object) -> int:
    """Return how many things an answer names: the lines of a list, or one of anything else."""
    return len(answer) if isinstance(answer, list) else int(bool(answer))


def _urge(entry: Entry, about: str, own: Stored, everywhere: Sequence[Stored]) -> Urge | None:
    """Return the urge that `own` rates, with what stands beside it in `everywhere`; None without a rating."""
    before = number_between(own["urge.before"][0]["answer"])
    if before is None:
        return None
    rounds = [stored for level in everywhere if level is not own for stored in level.get("urge.after", ())]
    after, ratings = [*own.get("urge.after", ()), *rounds], own.get("urge.ratings", ())
    live = is_live(entry.body["started"], entry.body["when"])
    when = entry.when
    return Urge(
        entry.day,
        about,
        None if when.whole_day else when.at.hour,
        before,
        number_between(after[-1]["answer"]) if after else None,
        _flag(own["urge.acted"][0]["answer"]) if "urge.acted" in own else None,
        _all_named(everywhere, "trigger"),
        _all_named(everywhere, "context"),
        _all_named(everywhere, "coping"),
        followed(own["urge.before"], after, ratings, live=live) if after or ratings else None,
    )


def _all_named(everywhere: Sequence[Stored], measure: str) -> tuple[Named, ...]:
    """Return each thing named for a measure, once."""
    named = {one.key: one for level in everywhere if measure in level for one in _named(level[measure])}
    return tuple(named.values())


def _named(stored: Sequence[Mapping[str, Any]]) -> list[Named]:
    """Return what choices and lines name: options by id, own words as they are."""
    named = []
    for one in stored:
        answer, labels = one["answer"], one.get("labels")
        for given in answer if isinstance(answer, list) else (answer,):
            key = given.get("text") if isinstance(given, dict) else given
            if isinstance(key, str) and key.strip():
                words = labels.get(key) if isinstance(labels, dict) else None
                named.append(_as_named(key, words if isinstance(words, str) else key))
    return named


@lru_cache(4096)
def _as_named(key: str, words: str) -> Named:
    return Named(folded(key), words)


def _order(entry: Entry) -> tuple[float, str]:
    """Return what tells the later of two entries."""
    return entry.when.at.timestamp(), entry.id


def _flag(value: object) -> bool | None:
    return value if isinstance(value, bool) else None


def _day(both: Stored, measure: str) -> date | None:
    """Return the day that a measure answers: what a stored moment begins with."""
    try:
        return date.fromisoformat(str(both[measure][0]["answer"])[:10]) if measure in both else None
    except ValueError:
        return None
