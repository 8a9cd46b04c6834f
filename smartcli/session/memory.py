"""What the workbook remembers: the person's own earlier words, when they are needed."""

from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from datetime import date
from functools import cached_property
from itertools import islice
from typing import Any, NamedTuple, Protocol

from smartcli.asking import Option
from smartcli.entries.entry import Answered, Entry, Observed, mentions
from smartcli.fields.base import SELF_HARM, Recall, same
from smartcli.fields.measures import part_of, wide
from smartcli.settings import Settings
from smartcli.words import folded

_OWN_WORDS = ("reply", "plan", "reason", "letter", "person", "withdrawal-risk", "family")  # measures of few entries
_URGES_LOOKED_AT = 300  # of the newest, for what comes at this time of day: a year or more of most people's


class Remembered(NamedTuple):
    """Words the person wrote, and the day they are from (None: they stand in the settings)."""

    words: str
    day: date | None


class Used(NamedTuple):
    """Something answered before: its id or words, the words, how often, and how often an urge fell after it."""

    value: str
    words: str
    times: int
    helped: int
    rated: int


class Behaviour(NamedTuple):
    """Something the person wants to change: their name for it, what they want of it, its family."""

    name: str
    aim: str
    family: str


Meaning = Callable[[str, str], str]  # an exercise's id and a field's -> its measure today, "" where there is none

OptionsToday = Callable[[str, str], Sequence[Option]]  # an exercise's id and a field's -> its options today


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
    ) -> None:
        """`entries` gives the live entries, newest first.

        `meaning` gives the measure a field has today ("": unknown), `options` the options it has today.
        """
        self._entries = entries
        self._meaning = meaning
        self.options_today = options
        self._read: dict[str, _Read] = {}
        self._used: dict[str, list[Used]] = {}
        self.settings = settings

    def _having(self, key: str, value: str) -> Iterable[Entry]:
        """Return the entries whose file has a key with this value: all that do, and perhaps a few more."""
        wanted = f'"{key}": "{value}"'
        if wanted not in self._read:
            self._read[wanted] = _Read(self._entries(mentions(key, value)))
        return self._read[wanted]

    @cached_property
    def _with_own_words(self) -> _Read:
        """The entries that hold words to be given back, read by what their questions mean today.

        An urge asks for most of these measures. Few entries have any, so one look through the files serves all.
        """
        entries = self._entries(mentions("measure", *_OWN_WORDS, and_parts=True))
        return _Read(entry.with_measures(self._meaning_today) for entry in entries)

    def _meaning_today(self, exercise: str, field: str, measure: str) -> str:
        """Return the measure of a stored answer as its exercise means it today: a part of the one it was kept with."""
        today = self._meaning(exercise, field)
        return today if part_of(measure, today) else measure

    def with_measure(self, measure: str) -> Iterator[Entry]:
        """Yield the entries that have a field or column of this measure, or of a part of it, newest first."""
        if wide(measure) not in _OWN_WORDS:
            return (entry for entry in self._having("measure", measure) if measure in entry.measures)
        return (entry for entry in self._with_own_words if any(part_of(measure, kept) for kept in entry.measures))

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
    def families_by_name(self) -> dict[str, str]:
        """The family of each behaviour, where it is known, by its folded name."""
        return {folded(one.name): one.family for one in self.behaviours if one.family}

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

    def is_answered(self, measure: str, about: str | None, *, since: date | None = None) -> bool:
        """Return whether a measure has an answer for a behaviour that still stands.

        With `since` it is a standing fact: an answer from before that day does not stand, nor one that a lapse
        came after; where no behaviour is known, the newest answer for any of them counts.
        """
        for entry in self.with_measure(measure):
            is_same = folded(entry.behaviour or "") == folded(about or "")
            if not is_same and not (since and about is None):
                continue
            if since is None:
                return True
            return entry.day >= since and not self._lapsed_after(entry, about)
        return False

    def _lapsed_after(self, entry: Entry, about: str | None) -> bool:
        """Return whether a lapse with this behaviour was written down after an entry."""
        for lapse in self.with_measure("lapse"):
            if lapse.when.at <= entry.when.at:
                return False
            if _concerns(lapse, about) and lapse.exercise != entry.exercise:
                return True
        return False

    def has_words(self, measure: str, about: str | None) -> bool:
        """Return whether there are words of the person's with a measure, about a behaviour or about none."""
        return bool(self.recalled(Recall(measure=measure), None, about))

    def newest_answer(self, measure: str, about: str | None) -> Any:
        """Return the newest answer to a measure about a behaviour, as it is stored; None when there is none."""
        for entry in self.with_measure(measure):
            if not _concerns(entry, about):
                continue
            answer = entry.first(measure)
            return [one.value for one in entry.observations_of(measure)] if answer is None else answer
        return None

    def triggers_at(self, hour: int, about: str | None) -> list[str]:
        """Return the triggers that urges had at this time of day before, most frequent first.

        The time of day is a quarter of it, as `insights` counts hours: 0-6, 6-12, 12-18, 18-24.
        """
        quarter = hour // 6
        triggers: Counter[str] = Counter()
        for entry in islice(self.with_measure("trigger"), _URGES_LOOKED_AT):
            if "urge.before" not in entry.measures or not _concerns(entry, about):
                continue
            if entry.when.at.hour // 6 == quarter and not entry.when.whole_day:
                triggers.update(str(observed.value) for observed in entry.observations_of("trigger"))
        return [trigger for trigger, _ in triggers.most_common()]

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
        for entry in self.with_measure(recall.measure):
            if not _concerns(entry, about):
                continue
            for said, beside in _said(entry, recall.measure, matching):
                shown = _with_contact(said, beside) if recall.measure == "person" else said.words
                yield said.words, shown, entry.day

    def _words_of_field(self, recall: Recall, about: str | None) -> Iterator[tuple[str, str, date | None]]:
        """Yield the words of one field of one exercise."""
        for entry in self.copies(recall.exercise):
            if not _concerns(entry, about):
                continue
            for field, answer, _ in entry.fields:
                if field.id == recall.field:
                    for _, words in field.quotes(answer):
                        yield words, words, entry.day

    def _may_be_self_harm(self, entry: Entry) -> bool:
        """Return whether nothing of an entry is counted: it names self-harm, or nothing where there is such."""
        name = folded(entry.behaviour or "")
        return self.families_ever.get(name) == SELF_HARM if name else SELF_HARM in self.families_ever.values()

    def used(self, measure: str) -> list[Used]:
        """Return what was answered for a measure, most used first, with how often an urge fell after it."""
        if measure not in self._used:
            self._used[measure] = self._counted(measure)
        return self._used[measure]

    def _counted(self, measure: str) -> list[Used]:
        times: Counter[str] = Counter()
        helped: Counter[str] = Counter()
        rated: Counter[str] = Counter()
        words: dict[str, Observed] = {}
        for entry in self.with_measure(measure):
            before, after = entry.first("urge.before"), entry.last("urge.after")
            may_count = not self._may_be_self_harm(entry)
            for one in entry.observations_of(measure):
                key = folded(str(one.value))
                words.setdefault(key, one)
                times[key] += 1
                if may_count and isinstance(before, int | float) and isinstance(after, int | float):
                    rated[key] += 1
                    helped[key] += after < before
        return [
            Used(str(words[key].value), words[key].words, number, helped[key], rated[key])
            for key, number in times.most_common()
        ]


def _concerns(entry: Entry, about: str | None) -> bool:
    """Return whether an entry is about a behaviour, or about none in particular."""
    return about is None or entry.behaviour is None or folded(entry.behaviour) == folded(about)


Observation = dict[str, list[Observed]]  # what an entry, or one row of a table in it, says by measure


def _said(entry: Entry, measure: str, matching: tuple[str, Any] | None) -> Iterator[tuple[Observed, Observation]]:
    """Yield what an entry says about a measure, each thing once, with what it says beside it.

    `matching`: a measure and an answer that must stand beside it. What stands in the same row of a table comes
    first then, for it was meant for just that; else the entry's own answers do.
    """
    whole, *rows = entry.observations()
    told: set[int] = set()  # by identity: a row holds the entry's own answers too
    for observation in [*rows, whole] if matching else [whole, *rows]:
        if matching and not _matches(observation.get(matching[0], []), matching[1]):
            continue
        for said in _answering_to(measure, observation):
            if id(said) not in told:
                told.add(id(said))
                yield said, observation


def _answering_to(measure: str, observation: Observation) -> list[Observed]:
    """Return what an observation says about a measure, its parts included."""
    return [said for kept, observed in observation.items() if part_of(measure, kept) for said in observed]


def _first(row: dict[str, list[Observed]], measure: str) -> str:
    return str(row[measure][0].value) if row.get(measure) else ""


def _reached(one: dict[str, str]) -> str:
    return f"{one['name']}: {one['contact']}" if one.get("contact") else one["name"]


def _with_contact(person: Observed, row: dict[str, list[Observed]]) -> str:
    """Return a person with how to reach them, where their row tells."""
    contact = row.get("contact")
    return f"{person.words}: {contact[0].words}" if contact and row.get("person") == [person] else person.words


def _matches(observed: list[Observed], answer: Any) -> bool:
    wanted = answer if isinstance(answer, list) else [answer]
    return any(same(one.value, other) or same(one.words, other) for one in observed for other in wanted)
