"""What the workbook remembers: the person's own earlier words, when they are needed."""

from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple, Protocol

from smartcli.entries.entry import Answered, Entry, Observed, mentions
from smartcli.fields.base import Recall, same
from smartcli.settings import Settings
from smartcli.words import folded


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

    def __init__(self, entries: Entries, settings: Settings) -> None:
        """`entries` gives the live entries, newest first."""
        self._entries = entries
        self._read: dict[str, _Read] = {}
        self._used: dict[str, list[Used]] = {}
        self.settings = settings

    def _having(self, key: str, value: str) -> Iterable[Entry]:
        """Return the entries whose file has a key with this value: all that do, and perhaps a few more."""
        wanted = f'"{key}": "{value}"'
        if wanted not in self._read:
            self._read[wanted] = _Read(self._entries(mentions(key, value)))
        return self._read[wanted]

    def with_measure(self, measure: str) -> Iterator[Entry]:
        """Yield the entries that have a field or column of this measure, newest first."""
        return (entry for entry in self._having("measure", measure) if measure in entry.measures)

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

    def families(self, about: str | None) -> frozenset[str]:
        """Return the families of a behaviour; {"unknown"} when it is not known which it is."""
        chosen = [one for one in self.behaviours if about is None or folded(one.name) == folded(about)]
        known = {one.family for one in chosen if one.family}
        return frozenset(known or {"unknown"})

    def has(self, measure: str, about: str | None) -> bool:
        """Return whether an entry about a behaviour has an answer to a measure."""
        return any(folded(entry.behaviour or "") == folded(about or "") for entry in self.with_measure(measure))

    def newest_said(self, measure: str) -> frozenset[str]:
        """Return what the newest entry with a measure answers to it: option ids, or words."""
        newest = next(self.with_measure(measure), None)
        return frozenset(str(one.value) for one in newest.observations_of(measure)) if newest else frozenset()

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
        """Yield what is found: the words to know it by, those to show, and their day."""
        if recall.measure == "person":
            yield from ((one["name"], _reached(one), None) for one in self.settings.people)
        if recall.exercise:
            for entry in self.copies(recall.exercise):
                for field, answer, _ in entry.fields if _concerns(entry, about) else ():
                    if field.id == recall.field:
                        yield from ((words, words, entry.day) for _, words in field.quotes(answer))
            return
        for entry in self.with_measure(recall.measure):
            if not _concerns(entry, about):
                continue
            seen: set[int] = set()
            whole, *rows = entry.observations()
            for observation in [*rows, whole] if matching else [whole, *rows]:  # what stands in the same row first
                if matching and not _matches(observation.get(matching[0], []), matching[1]):
                    continue
                for one in observation.get(recall.measure, []):
                    if id(one) not in seen:
                        seen.add(id(one))
                        shown = _with_contact(one, observation) if recall.measure == "person" else one.words
                        yield one.words, shown, entry.day

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
            before, after = entry.first("urge.before"), entry.first("urge.after")
            for one in entry.observations_of(measure):
                key = folded(str(one.value))
                words.setdefault(key, one)
                times[key] += 1
                if isinstance(before, int | float) and isinstance(after, int | float):
                    rated[key] += 1
                    helped[key] += after < before
        return [
            Used(str(words[key].value), words[key].words, number, helped[key], rated[key])
            for key, number in times.most_common()
        ]


def _concerns(entry: Entry, about: str | None) -> bool:
    """Return whether an entry is about a behaviour, or about none in particular."""
    return about is None or entry.behaviour is None or folded(entry.behaviour) == folded(about)


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
