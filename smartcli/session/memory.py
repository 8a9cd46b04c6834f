"""What the workbook remembers: the person's own earlier words, when they are needed."""

from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from datetime import date
from functools import cached_property
from itertools import islice
from typing import Any, NamedTuple, Protocol

from smartcli.asking import Option
from smartcli.entries.entry import Answered, Entry, Mentions, Observed
from smartcli.entries.self_harm import may_be_about_self_harm
from smartcli.fields.base import SELF_HARM, Recall
from smartcli.fields.measures import MEASURES, WIDE, part_of, wide
from smartcli.moments import recall as recall_moment
from smartcli.session.closeness import Cue, Used, clearly_best, distance, matches, quarter
from smartcli.settings import Settings
from smartcli.words import folded

# Measures of few entries, each with its parts and what goes on after a dot (limit.day, plan.urge).
_OWN_WORDS = (
    *("family", "withdrawal-risk", "person", "reason", "value", "goal", "commitment", "strength", "letter", "future"),
    *("reply", "plan", "support", "confidence", "warning", "obstacle", "limit", "trial", "calm-place", "activity"),
)


def _has_own_words(measure: str) -> bool:
    """Return whether a measure is one of few entries, or a part of one."""
    return wide(measure).partition(".")[0] in _OWN_WORDS


def _kept_with(measure: str) -> set[str]:
    """Return the measures that words with this one may be kept with: its parts, and the one it is a part of."""
    return {measure, wide(measure), *(kept for kept in MEASURES if part_of(measure, kept))}


_OF_OWN_WORDS = tuple(filter(_has_own_words, MEASURES))
_NAMES_A_BEHAVIOUR = ("behaviour", "amount.of")  # by these measures a row says which behaviour it is about
_URGES_LOOKED_AT = 300  # of the newest, for what comes at this time of day: a year or more of most people's
_ENTRIES_LOOKED_AT = 500  # of the newest with a measure, to count what was used and whether it helped: some 80 ms


class Remembered(NamedTuple):
    """Words the person wrote, and the day they are from (None: they stand in the settings)."""

    words: str
    day: date | None


class Behaviour(NamedTuple):
    """Something the person wants to change: their name for it, what they want of it, its family."""

    name: str
    aim: str
    family: str


class Risk(NamedTuple):
    """A coming moment that could be hard, its day, the behaviour it is about (None: not said), and its entry's id."""

    words: str
    day: date
    about: str | None
    entry: str


Meaning = Callable[[str, str], str]  # an exercise's id and a field's -> its measure today, "" where there is none

OptionsToday = Callable[[str, str], Sequence[Option]]  # an exercise's id and a field's -> its options today


Observation = dict[str, list[Observed]]  # what an entry, or one row of a table in it, says by measure


class Entries(Protocol):
    """Gives the live entries, newest first; it may leave out those whose bytes `holding` refuses."""

    def __call__(self, holding: Callable[[bytes], object] | None = None) -> Iterable[Entry]:
        """Give them."""


class _Read:
    """Entries read as far as they were needed, and kept."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._left = iter(entries)
        self._kept: list[Entry] = []

    def __iter__(self) -> Iterator[Entry]:
        at = 0
        while True:
            if at == len(self._kept):
                entry = next(self._left, None)
                if entry is None:
                    return
                self._kept.append(entry)
            yield self._kept[at]
            at += 1


class Memory:
    """Reads entries when they are first asked for, newest first, and no more of them than it takes."""

    def __init__(
        self,
        entries: Entries,
        settings: Settings,
        meaning: Meaning = lambda exercise, field: "",
        options: OptionsToday = lambda exercise, field: (),
        *,
        is_closed: bool = False,
    ) -> None:
        """`entries` gives the live entries, newest first.

        `meaning` gives the measure a field has today ("": unknown), `options` the options it has today. `is_closed`:
        these are not all entries there are, only those that can be read while the journal is locked.
        """
        self._entries = entries
        self._meaning = meaning
        self.options_today = options
        self._read: dict[tuple[str, str], _Read] = {}
        self._used: dict[str, list[Used]] = {}
        self.settings = settings
        self.is_closed = is_closed

    def _having(self, key: str, value: str) -> Iterable[Entry]:
        """Return the entries whose file has a key with this value: all that do, and perhaps a few more."""
        if (key, value) not in self._read:
            self._read[key, value] = _Read(self._entries(Mentions(key, value)))
        return self._read[key, value]

    @cached_property
    def _with_own_words(self) -> _Read:
        """The entries that hold words to be given back, read by what their questions mean today."""
        return self._meant_today(*_OF_OWN_WORDS)

    def _meant_today(self, *measures: str) -> _Read:
        """Return the entries kept with one of some measures, read by what their questions mean today."""
        return _Read(map(self.as_meant_today, self._entries(Mentions("measure", *measures))))

    def as_meant_today(self, entry: Entry) -> Entry:
        """Return an entry with the measures its questions have today, where those are parts of what it was kept with.

        So what an old entry says of a measure that was split since is told apart as in a new one.
        """
        return entry.with_measures(self._meaning_today) if entry.measures & WIDE else entry

    def _meaning_today(self, exercise: str, field: str, measure: str) -> str:
        """Return the measure of a stored answer as its exercise means it today: a part of the one it was kept with."""
        today = self._meaning(exercise, field)
        return today if part_of(measure, today) else measure

    def with_measure(self, measure: str) -> Iterator[Entry]:
        """Yield the entries that have a field or column of this measure, or of a part of it, newest first."""
        if not _has_own_words(measure):
            return (entry for entry in self._having("measure", measure) if measure in entry.measures)
        key = ("meant", measure)
        if key not in self._read:
            self._read[key] = self._meant_today(*_kept_with(measure))
        return (entry for entry in self._read[key] if any(part_of(measure, kept) for kept in entry.measures))

    def _newest_with(self, measure: str) -> Iterator[Entry]:
        """Yield the newest entries that have a measure: not more than are looked at to count or to compare."""
        return islice(self.with_measure(measure), _ENTRIES_LOOKED_AT)

    def copies(self, exercise: str) -> Iterator[Entry]:
        """Yield the entries of an exercise, newest first."""
        return (entry for entry in self._having("exercise", exercise) if entry.exercise == exercise)

    def newest(self) -> Entry | None:
        """Return the newest entry there is."""
        return next(iter(self._entries()), None)

    @cached_property
    def behaviours(self) -> list[Behaviour]:
        """What the person wants to change, from the newest entry that says so."""
        for entry in self.with_measure("behaviour"):
            rows = [row for row in entry.observations()[1:] if "behaviour" in row]
            if rows:
                return [Behaviour(row["behaviour"][0].words, _first(row, "aim"), _first(row, "family")) for row in rows]
        return []

    @property
    def behaviour_names(self) -> list[str]:
        """What the person wants to change, then what else their words are about, newest first; each name once."""
        named = [behaviour.name for behaviour in self.behaviours]
        named += [entry.behaviour for entry in self._with_own_words if entry.behaviour]
        once: dict[str, str] = {}
        for name in named:
            once.setdefault(folded(name), name)
        return [*once.values()]

    @cached_property
    def families_ever(self) -> dict[str, str]:
        """The family of each behaviour that was ever named, by its folded name; where it changed, the newest.

        Self-harm stays self-harm: once a behaviour was named so, nothing of it is counted.
        """
        families: dict[str, str] = {}
        for entry in self.with_measure("family"):
            for row in entry.observations()[1:]:
                family = _first(row, "family")
                if "behaviour" in row and family:
                    name = folded(row["behaviour"][0].words)
                    families.setdefault(name, family)
                    if family == SELF_HARM:
                        families[name] = family
        return families

    def families(self, about: str | None) -> frozenset[str]:
        """Return the families of a behaviour; {"unknown"} when it is not known which it is."""
        chosen = [one for one in self.behaviours if about is None or folded(one.name) == folded(about)]
        known = {one.family for one in chosen if one.family}
        return frozenset(known or {"unknown"})

    @property
    def is_family_closed(self) -> bool:
        """Whether nothing is known of any behaviour because the journal is closed: it may be of any family."""
        return self.is_closed and not self.behaviours and not self.families_ever

    def _may_be_about_self_harm(self, entry: Entry) -> bool:
        return self.is_family_closed or may_be_about_self_harm(entry.behaviour, self.families_ever)

    def is_answered(self, measure: str, about: str | None, *, since: date | None = None) -> bool:
        """Return whether a measure has an answer for a behaviour that still stands.

        With `since` it is a standing fact: an answer from before that day does not stand, nor one that a lapse
        came after; where no behaviour is known, the newest answer for any of them counts.
        """
        return self._standing(measure, about, since) is not None

    def standing_answer(self, measure: str, about: str | None, since: date) -> Any:
        """Return the newest answer to a measure for a behaviour if it still stands, as for `is_answered`, or None."""
        entry = self._standing(measure, about, since)
        return _answer_in(entry, measure, about) if entry else None

    def _standing(self, measure: str, about: str | None, since: date | None) -> Entry | None:
        """Return the entry whose answer to a measure still stands, as for `is_answered`; None where none does."""
        for entry in self.with_measure(measure):
            is_same = folded(entry.behaviour or "") == folded(about or "")
            if not is_same and not (since and about is None):
                continue
            stands = since is None or (entry.day >= since and not self._lapsed_after(entry, about))
            return entry if stands else None
        return None

    def _lapsed_after(self, entry: Entry, about: str | None) -> bool:
        """Return whether a lapse with this behaviour was written down after an entry."""
        for lapse in self.with_measure("lapse"):
            if lapse.when.at <= entry.when.at:
                return False
            # An entry is no lapse after itself: the log of a lapse asks about the risks too.
            if _concerns(lapse, about) and lapse.exercise != entry.exercise and lapse.tells_of_lapse:
                return True
        return False

    def has_words(self, measure: str, about: str | None) -> bool:
        """Return whether there are words of the person's with a measure, about a behaviour or about none."""
        return bool(self.recalled(Recall(measure=measure), None, about))

    def newest_answer(self, measure: str, about: str | None) -> Any:
        """Return the newest answer to a measure about a behaviour, as it is stored; None when there is none.

        Where rows of a table name behaviours, the row of this one answers for it.
        """
        for entry in self.with_measure(measure):
            answer = _answer_in(entry, measure, about) if _concerns(entry, about) else None
            if answer is not None:
                return answer
        return None

    def triggers_at(self, hour: int, about: str | None) -> list[str]:
        """Return the triggers that urges had at this time of day before, most frequent first.

        The time of day is a quarter of it, as `insights` counts hours: 0-6, 6-12, 12-18, 18-24.
        """
        triggers: Counter[str] = Counter()
        for entry in islice(self.with_measure("trigger"), _URGES_LOOKED_AT):
            if "urge.before" not in entry.measures or not _concerns(entry, about):
                continue
            if _is_at(entry, hour):
                triggers.update(str(observed.value) for observed in entry.observations_of("trigger"))
        return [trigger for trigger, _ in triggers.most_common()]

    def most_named(self, measure: str, about: str | None) -> list[Observed]:
        """Return what the newest entries name for a measure about a behaviour, what was named most often first.

        A tool after which the urge was as strong as before has not helped and is not among them. Nothing of
        self-harm is counted: what was named there alone comes last, newest first.
        """
        times: Counter[str] = Counter()
        named: dict[str, Observed] = {}
        for entry in islice(self.with_measure(measure), _URGES_LOOKED_AT):
            is_counted = not self._may_be_about_self_harm(entry)
            if not _concerns(entry, about) or (measure == "coping" and is_counted and _is_unrelieved(entry)):
                continue
            for one in entry.observations_of(measure):
                key = folded(str(one.value))
                named.setdefault(key, one)
                times[key] += is_counted
        return [named[key] for key in sorted(named, key=lambda key: -times[key])]

    def before(self, entry: Entry) -> Entry | None:
        """Return the copy of the same exercise, about the same behaviour, that came before an entry."""
        return next(self.earlier(entry), None)

    def earlier(self, entry: Entry) -> Iterator[Entry]:
        """Yield the copies of the same exercise, about the same behaviour, from before an entry, newest first."""
        for one in self.copies(entry.exercise):
            same_one = folded(one.behaviour or "") == folded(entry.behaviour or "")
            if same_one and (one.when.at, one.id) < (entry.when.at, entry.id):
                yield one

    def answered(self, exercise: str, name: str, about: str | None) -> Answered | None:
        """Return the newest answer to a field of an exercise, about a behaviour, as it was asked; or None."""
        for entry in self.copies(exercise):
            if _concerns(entry, about) and entry.answers.get(name) is not None:
                return next((one for one in entry.fields if one.field.id == name), None)
        return None

    def last(self, exercise: str, name: str, about: str | None) -> Any:
        """Return the newest answer to a field of an exercise about one behaviour, or None."""
        copies = (one for one in self.copies(exercise) if folded(one.behaviour or "") == folded(about or ""))
        return next((entry.answers.get(name) for entry in copies), None)

    def recalled(
        self, recall: Recall, matching: tuple[str, Any] | None, about: str | None, told: Container[str] = ()
    ) -> list[Remembered]:
        """Return the words a `recall` names, newest first, each once; none from entries about another behaviour.

        `matching`: a measure and an answer of this sitting that must have been given beside them. `told` are
        words, folded, to leave out.
        """
        found: dict[str, Remembered] = {}
        for key, words, day in self._candidates(recall, matching, about):
            if folded(key) not in told:
                found.setdefault(folded(key), Remembered(words, day))
            if len(found) == recall.limit:
                break
        return [*found.values()]

    def closest(
        self, recall: Recall, wanted: Sequence[Cue], about: str | None, told: Container[str] = ()
    ) -> list[Remembered]:
        """Return the words a `recall` names, those meant for this moment first, each once.

        `wanted` says what this moment is, the closest first; among words as close as each other the newest come first.
        """
        found: list[tuple[int, Remembered]] = []
        for entry in self._newest_with(recall.measure):
            if _concerns(entry, about):
                for said, beside in _said(entry, recall.measure, None):
                    found.append((distance(beside, wanted), Remembered(said.words, entry.day)))
        found.sort(key=lambda pair: pair[0])
        each_once: dict[str, Remembered] = {}
        for _, remembered in found:
            if folded(remembered.words) not in told:
                each_once.setdefault(folded(remembered.words), remembered)
        return [*each_once.values()][: recall.limit]

    def _candidates(
        self, recall: Recall, matching: tuple[str, Any] | None, about: str | None
    ) -> Iterator[tuple[str, str, date | None]]:
        """Yield what a `recall` finds, newest first: the words to know it by, those to show, and their day."""
        if recall.measure == "person":
            for person in self.settings.people:
                yield person["name"], _reached(person), None
        if recall.exercise:
            yield from self._words_of_field(recall, about)
            return
        for entry, said, beside in self.observations_of(recall.measure, about, matching):
            shown = _with_contact(said, beside) if recall.measure == "person" else said.words
            yield said.words, shown, entry.day

    def observations_of(
        self, measure: str, about: str | None, matching: tuple[str, Any] | None = None
    ) -> Iterator[tuple[Entry, Observed, Observation]]:
        """Yield what entries about a behaviour, or about none, say of a measure, newest first, each thing once.

        With each its entry and what stands beside it, by measure. `matching` is that of `recalled`.
        """
        for entry in self.with_measure(measure):
            if _concerns(entry, about):
                for said, beside in _said(entry, measure, matching):
                    yield entry, said, beside

    def _words_of_field(self, recall: Recall, about: str | None) -> Iterator[tuple[str, str, date | None]]:
        """Yield the words of one field of one exercise."""
        for entry in self.copies(recall.exercise):
            if not _concerns(entry, about):
                continue
            for field, answer, _ in entry.fields:
                if field.id == recall.field:
                    for _, words in field.quotes(answer):
                        yield words, words, entry.day

    def coming_risks(self, today: date, about: str | None = None) -> list[Risk]:
        """Return the dated risks from today on, soonest first: each moment once, by its newest answer.

        A moment is known by its words and its behaviour. `about` leaves out those of another behaviour. Nothing that
        may be about self-harm is among them: there a safety plan helps, and no rehearsal.
        """
        risks: dict[tuple[str, str], Risk] = {}
        for entry in self.with_measure("risk"):
            if _concerns(entry, about) and not self._may_be_about_self_harm(entry):
                for words, day in _dated_risks(entry):
                    moment = (folded(words), folded(entry.behaviour or ""))
                    risks.setdefault(moment, Risk(words, day, entry.behaviour, entry.id))
        ahead = [risk for risk in risks.values() if risk.day >= today]
        return sorted(ahead, key=lambda risk: (risk.day, folded(risk.words)))

    def used(self, measure: str) -> list[Used]:
        """Return what the newest entries answer to a measure, most used first, with how often an urge fell after it."""
        if measure not in self._used:
            self._used[measure] = self._counted(self._newest_with(measure), measure)
        return self._used[measure]

    def helped_most(self, measure: str, about: str | None, *, triggers: Sequence[Any], hour: int) -> Used | None:
        """Return what urges fell after clearly most often in a situation such as this one; None where nothing is clear.

        Such a situation is an urge of this behaviour with one of these triggers; where none is named, one in this
        quarter of the day.
        """
        urges = (entry for entry in self._newest_with(measure) if "urge.before" in entry.measures)
        alike = [
            entry
            for entry in islice(urges, _URGES_LOOKED_AT)
            if _concerns(entry, about) and _is_like(entry, triggers, hour)
        ]
        return clearly_best(self._counted(alike, measure))

    def _counted(self, entries: Iterable[Entry], measure: str) -> list[Used]:
        """Return what entries answer to a measure, most used first; nothing of self-harm is counted as helping."""
        times: Counter[str] = Counter()
        helped: Counter[str] = Counter()
        rated: Counter[str] = Counter()
        words: dict[str, Observed] = {}
        for entry in entries:
            before, after = entry.first("urge.before"), entry.last("urge.after")
            is_rated = isinstance(before, int | float) and isinstance(after, int | float)
            may_count = is_rated and not self._may_be_about_self_harm(entry)
            observed = {folded(str(one.value)): one for one in entry.observations_of(measure)}
            for key, one in observed.items():
                words.setdefault(key, one)
                times[key] += 1
                if may_count:
                    rated[key] += 1
                    helped[key] += after < before
        return [
            Used(str(words[key].value), words[key].words, number, helped[key], rated[key])
            for key, number in times.most_common()
        ]


def _is_at(entry: Entry, hour: int) -> bool:
    """Return whether an entry is about a time in the same quarter of the day."""
    return quarter(entry.when.at.hour) == quarter(hour) and not entry.when.whole_day


def _is_like(entry: Entry, triggers: Sequence[Any], hour: int) -> bool:
    """Return whether an entry has one of these triggers; where there are none, whether it was at this time of day."""
    if not triggers:
        return _is_at(entry, hour)
    return matches(entry.observations_of("trigger"), [*triggers])


def _answer_in(entry: Entry, measure: str, about: str | None) -> Any:
    """Return an entry's answer to a measure about a behaviour: outside tables, or else a list from their rows."""
    answer = entry.first(measure)
    if answer is not None:
        return answer
    if about is None:
        return [said.value for said in entry.observations_of(measure)] or None
    answers = []
    for row in entry.observations()[1:]:
        names = {folded(said.words) for naming in _NAMES_A_BEHAVIOUR for said in row.get(naming, ())}
        if not names or folded(about) in names:
            answers += [said.value for said in row.get(measure, ())]
    return answers or None


def _concerns(entry: Entry, about: str | None) -> bool:
    """Return whether an entry is about a behaviour, or about none in particular."""
    return about is None or entry.behaviour is None or folded(entry.behaviour) == folded(about)


def _is_unrelieved(entry: Entry) -> bool:
    """Return whether an entry rates an urge that was as strong afterwards, or stronger."""
    before, after = entry.first("urge.before"), entry.last("urge.after")
    return isinstance(before, int | float) and isinstance(after, int | float) and after >= before


def _said(entry: Entry, measure: str, matching: tuple[str, Any] | None) -> Iterator[tuple[Observed, Observation]]:
    """Yield what an entry says about a measure, each thing once, with what it says beside it.

    `matching`: a measure and an answer that must stand beside it. What stands in the same row of a table comes
    first then, for it was meant for just that; else the entry's own answers do.
    """
    whole, *rows = entry.observations()
    told: set[int] = set()  # by identity: a row holds the entry's own answers too
    for observation in [*rows, whole] if matching else [whole, *rows]:
        if matching and not matches(_answering_to(matching[0], observation), matching[1]):
            continue
        for said in _answering_to(measure, observation):
            if id(said) not in told:
                told.add(id(said))
                yield said, observation


def _answering_to(measure: str, observation: Observation) -> list[Observed]:
    """Return what an observation says about a measure, its parts included."""
    return [said for kept, observed in observation.items() if part_of(measure, kept) for said in observed]


def _dated_risks(entry: Entry) -> Iterator[tuple[str, date]]:
    """Yield each risk of an entry with its day: the entry's own answers, and those of each row of a table.

    One without a day, or with a day that cannot be read, is left out.
    """
    whole, rows = entry.stored()
    for level in (whole, *rows):
        risks, days = level.get("risk", ()), level.get("risk.day", ())
        if len(risks) != len(days):
            continue  # which day belongs to which moment cannot be told
        for risk, stored_day in zip(risks, days, strict=True):
            words, day = risk["answer"], _day_of_answer(stored_day["answer"])
            if isinstance(words, str) and words.strip() and day:
                yield words, day


def _day_of_answer(answer: Any) -> date | None:
    """Return the day of a stored moment; None where it is none."""
    try:
        return recall_moment(answer).at.date()
    except (TypeError, ValueError, OverflowError):
        return None


def _first(row: dict[str, list[Observed]], measure: str) -> str:
    return str(row[measure][0].value) if row.get(measure) else ""


def _reached(one: dict[str, str]) -> str:
    return f"{one['name']}: {one['contact']}" if one.get("contact") else one["name"]


def _with_contact(person: Observed, row: dict[str, list[Observed]]) -> str:
    """Return a person with how to reach them, where their row tells."""
    contact = row.get("contact")
    return f"{person.words}: {contact[0].words}" if contact and row.get("person") == [person] else person.words
