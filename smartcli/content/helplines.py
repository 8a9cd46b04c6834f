"""Helplines: the directory in exercises/helplines/, and which line to name to whom.

The choosing functions are given the directory, so that a text's slots can be filled anywhere.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from smartcli.content.prose import translated
from smartcli.content.slots import CRISIS_ANYWHERE, EMERGENCY_ANYWHERE
from smartcli.fields.base import FAMILIES
from smartcli.language import _
from smartcli.schema.keys import (
    FLAG,
    NAME,
    PROSE,
    TEXT,
    WHOLE,
    Declared,
    Type,
    build,
    key,
    one_of,
    some,
    table,
)
from smartcli.schema.toml_file import Path, Source
from smartcli.words import folded

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

T = TypeVar("T")

_FOLDER, _COUNTRIES = "helplines", "countries.toml"
ANYWHERE = "any"  # the country of what serves every country

# Numbers move: after a year without a new look the page says so (reference/programme.md D3).
_STALE_AFTER = timedelta(days=365)
_SOURCES = 2  # pages that a new row must name
_ALWAYS = "24 hours, every day"  # how the hours of a line that answers day and night begin


def _read_day(value: object, source: Source, path: Path) -> date | None:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    name = next(part for part in reversed(path) if isinstance(part, str))
    source.problem(path, _('"{name}" should be a date such as 2026-11-22.', name=name))
    return None


def _read_clock(value: object, source: Source, path: Path) -> time | None:
    try:
        return time.fromisoformat(str(value))
    except ValueError:
        source.problem(path, _('"open_daily" should be two times such as ["09:00", "17:00"].'))
        return None


_DAY = Type("date", _read_day)
_CLOCK = Type("time", _read_clock)


@dataclass(init=False, kw_only=True, eq=False, repr=False)
class Country(Declared):
    """A country in the directory."""

    id: str = key(NAME, "its code: gb, us; `any` for everywhere")
    say: str = key(PROSE, "its name")
    also: tuple[str, ...] = key(some(TEXT), "other names a person may type", ())


@dataclass(init=False, kw_only=True, eq=False, repr=False)
class Line(Declared):
    """One service a person can turn to."""

    country: str = key(NAME, "a country's id")
    name: str = key(TEXT, "the service")
    purpose: str = key(PROSE, "what it is for, in a few words")
    contact: str = key(TEXT, "every way to reach it, in words")
    call: str = key(TEXT, "the one number to call, as it stands in `contact`", "")
    text: str = key(TEXT, "the number to send a text message to, as it stands in `contact`", "")
    keyword: str = key(TEXT, "what to write in that message, where a fixed word is needed", "")
    in_words: str = key(PROSE, 'how it is called after "call", where "name on number" does not fit', "")
    hours: str = key(PROSE, "when it answers, or that its hours are not known")
    always_open: bool = key(FLAG, "it answers at any hour of any day", False)
    open_daily: tuple[time, ...] = key(some(_CLOCK), "from and to, where it is the same every day", ())
    emergency: bool = key(FLAG, "the emergency number", False)
    crisis: bool = key(FLAG, "it is there for people who think of suicide or are in a crisis", False)
    for_young: bool = key(FLAG, "it is meant for children and young people", False)
    only_for: str = key(PROSE, "whom or which part of the country it is for, where not for everybody", "")
    families: tuple[str, ...] = key(some(one_of(*FAMILIES)), "the behaviours it is for (none: everybody)", ())
    sources: tuple[str, ...] = key(some(TEXT), "two pages that give the number")
    seen: tuple[date, ...] = key(some(_DAY), "the date of each page, or the day it was read")
    confirmed: date | None = key(_DAY, "the day a person called it or read its live page", None)
    from_before: bool = key(FLAG, "it was here before two pages were asked for: one is enough", False)

    @property
    def last_seen(self) -> date:
        """The date this row's number is known from: the newest page with it, or the call if that was earlier.

        The older of the two, since a call tells nothing of the pages and a page nothing of the call.
        """
        page = max(self.seen)
        return min(page, self.confirmed) if self.confirmed else page

    def is_stale(self, today: date) -> bool:
        """Return whether more than a year has passed since its number was seen."""
        return today - self.last_seen > _STALE_AFTER

    def is_open(self, at: datetime) -> bool:
        """Return whether it surely answers at a local time; hours known only in words count as closed."""
        if self.always_open or not self.open_daily:
            return self.always_open
        opens, closes = self.open_daily
        clock = at.time()
        if opens <= closes:
            return opens <= clock < closes
        return clock >= opens or clock < closes  # open past midnight

    @property
    def to_call(self) -> str:
        """A noun phrase that fits after "call": "Samaritans on 116 123"."""
        return self.in_words or _("{service} on {number}", service=self.name, number=self.call)

    @property
    def to_text(self) -> str:
        """What to write where: "SHOUT to 85258", or the number alone."""
        return _("{word} to {number}", word=self.keyword, number=self.text) if self.keyword else self.text


@dataclass(init=False, kw_only=True, eq=False, repr=False)
class Finder(Declared):
    """Where official meetings are listed."""

    country: str = key(NAME, "a country's id; `any` for the rest")
    name: str = key(TEXT, "whose list it is")
    contact: str = key(TEXT, "its address")
    sources: tuple[str, ...] = key(some(TEXT), "pages that give the address")
    seen: tuple[date, ...] = key(some(_DAY), "the date of each page, or the day it was read")
    confirmed: date | None = key(_DAY, "the day a person opened the live page", None)


@dataclass(init=False, kw_only=True, eq=False, repr=False)
class Meetings(Declared):
    """How to find a meeting, and how to recognise an official one."""

    name: str = key(PROSE, "what kind of meeting")
    say: str = key(PROSE, "how to recognise an official one")
    finder: tuple[Finder, ...] = key(some(table(Finder, "finder")), "where they are listed")

    def finder_for(self, country: str) -> Finder | None:
        """Return the list for a country's id, else the one for everywhere."""
        by_country = {finder.country: finder for finder in self.finder}
        return by_country.get(country) or by_country.get(ANYWHERE)


@dataclass(init=False, kw_only=True, eq=False, repr=False)
class Services(Declared):
    """The services of one country, but for its emergency number."""

    format: int = key(WHOLE, "1")
    line: tuple[Line, ...] = key(some(table(Line, "line")), "the services, most urgent first")


@dataclass(init=False, kw_only=True, eq=False, repr=False)
class Directory(Declared):
    """Every country, and its services: those are read when they are first asked for."""

    format: int = key(WHOLE, "1")
    country: tuple[Country, ...] = key(some(table(Country, "country")), "the countries")
    line: tuple[Line, ...] = key(some(table(Line, "line")), "the emergency numbers, one for each country")
    meetings: Meetings | None = key(table(Meetings, "meetings"), "how to find a meeting", None)

    folder: "Traversable | None" = None  # of the countries' files; None in a directory that is whole without them

    @cached_property
    def _services(self) -> dict[str, tuple[Line, ...]]:
        """The services that were read, by the id of their country."""
        return {}

    def find_country(self, words: str) -> str:
        """Return the id of the country somebody named by id or by any of its names; "" for none we know.

        Only whole names count: a near miss would send a person in Austria to Australia.
        """
        wanted = folded(words).removeprefix("the ").strip(" .")
        for country in self.country:
            if wanted in (country.id, folded(country.say), *map(folded, country.also)):
                return "" if country.id == ANYWHERE else country.id
        return ""

    def lines_of(self, country: str) -> list[Line]:
        """Return the lines of a country's id: its emergency number, then the others in the order of their file."""
        here = [line for line in self.line if line.country == country]
        if self.folder is None or country not in (known.id for known in self.country):
            return here
        if country not in self._services:
            services, _source = _read(Services, self.folder, f"{country}.toml")
            self._services[country] = translated(services, "helplines").line if services else ()
        return [*here, *self._services[country]]

    def every_line(self) -> list[Line]:
        """Return the lines of every country."""
        return [line for country in self.country for line in self.lines_of(country.id)]


NOTHING_KNOWN = Directory(format=1, country=(), line=())  # where the file cannot be read


def emergency_number(directory: Directory, country: str) -> str:
    """Return the emergency number of a country, to stand after "call".

    `country`: an id or a name as somebody typed it. Without one we know, a phrase that names the numbers of
    five parts of the world: the country is never guessed.
    """
    lines = directory.lines_of(directory.find_country(country))
    emergency = next((line for line in lines if line.emergency), None)
    return (emergency.in_words or emergency.call) if emergency else _(EMERGENCY_ANYWHERE)


def crisis_line(directory: Directory, country: str, families: frozenset[str], at: datetime) -> str:
    """Return whom to call in a crisis, as a noun phrase for after "call": "Samaritans on 116 123".

    `at`: the local time; a line that may be closed then is not named. A gambling or drink helpline is never
    the answer here, only lines that are there for somebody who thinks of suicide; `families` chooses among
    those where a country has several.
    """
    chosen = choose_crisis_line(directory, country, families, at)
    return chosen.to_call if chosen else _(CRISIS_ANYWHERE)


def choose_crisis_line(
    directory: Directory,
    country: str,
    families: frozenset[str],
    at: datetime,
    *,
    or_closed: bool = False,
) -> Line | None:
    """Return the crisis line for everybody in a country that surely answers at a local time, or None.

    `or_closed`: where none does, one that answers at other hours.
    """
    lines = [line for line in _for_everybody(directory, country) if line.crisis and line.call]
    nearest = _nearest_first(lines, families)
    closed = nearest if or_closed else []
    open_now = [line for line in nearest if line.is_open(at)]
    return next(iter([*open_now, *closed]), None)


def choose_text_line(directory: Directory, country: str) -> Line | None:
    """Return the crisis line of a country that answers text messages at any hour; None where there is none."""
    lines = _for_everybody(directory, country)
    return next((line for line in lines if line.crisis and line.text and line.always_open), None)


def choose_family_line(directory: Directory, country: str, families: frozenset[str]) -> Line | None:
    """Return a line for the person's behaviours; None where the country has none.

    One for the whole country comes before one for a part of it or for some people.
    """
    lines = directory.lines_of(directory.find_country(country))
    fitting = [line for line in lines if families & set(line.families) and not (line.for_young or line.crisis)]
    return min(fitting, key=lambda line: bool(line.only_for), default=None)  # stable: then by the file


def ordered_lines(lines: Sequence[Line], families: frozenset[str]) -> list[Line]:
    """Return a country's lines for reading: emergency and crisis first, then those for the person's behaviours,
    then the rest, and lines for young people last.
    """

    def rank(line: Line) -> tuple[bool, int]:
        if line.emergency or line.crisis:
            return line.for_young, 0
        return line.for_young, 1 if families & set(line.families) else 2

    return sorted(lines, key=rank)


def _for_everybody(directory: Directory, country: str) -> Iterator[Line]:
    lines = directory.lines_of(directory.find_country(country))
    return (line for line in lines if not (line.emergency or line.for_young or line.only_for))


def _nearest_first(lines: Sequence[Line], families: frozenset[str]) -> list[Line]:
    """Return lines for these families first, then lines for anyone, then the others."""

    def nearness(line: Line) -> int:
        if families & set(line.families):
            return 0
        return 2 if line.families else 1

    return sorted(lines, key=nearness)


def read_helplines(folder: "Traversable") -> tuple[Directory | None, Source]:
    """Return the directory in a folder of exercises, and the source of its countries.

    What the keys cannot say of themselves is not looked at: `helpline_problems` does.
    """
    if not (folder / _FOLDER / _COUNTRIES).is_file():
        return None, Source(f"{_FOLDER}/{_COUNTRIES}")
    directory, source = _read(Directory, folder / _FOLDER, _COUNTRIES)
    if directory:
        directory = translated(directory, "helplines")
        directory.folder = folder / _FOLDER
    return directory, source


def _read(cls: type[T], folder: "Traversable", name: str) -> tuple[T | None, Source]:
    """Return what a file of the folder of helplines holds, in English, and its source; None where it cannot be read."""
    source = Source.open(f"{_FOLDER}/{name}", folder / name)
    return build(cls, source.table, source, ()) if not source.problems else None, source


def helpline_problems(folder: "Traversable") -> list[str]:
    """Return everything that is wrong with the helplines in a folder of exercises, as "file:line: sentence"."""
    folder = folder / _FOLDER
    if not (folder / _COUNTRIES).is_file():
        return []
    directory, source = _read(Directory, folder, _COUNTRIES)
    if not directory:
        return source.problems_as_text()
    known = [country.id for country in directory.country]
    if not source.problems:
        _note_problems(directory, source, known)
    problems = source.problems_as_text()
    files = [file.name.removesuffix(".toml") for file in folder.iterdir() if file.name != _COUNTRIES]
    for country in sorted({*known, *files}):
        services, source = _read(Services, folder, f"{country}.toml")
        if country not in known:
            sentence = _("There is no country with the id {country} in {file}.", country=country, file=_COUNTRIES)
            source.problem((), sentence)
        elif services and not source.problems:
            _note_line_problems(services.line, source, [country])
        problems += source.problems_as_text()
    return problems


def _note_problems(directory: Directory, source: Source, known: Sequence[str]) -> None:
    """Note what the keys of the directory's own file cannot say of themselves; `known`: the ids of countries."""
    _note_line_problems(directory.line, source, known, are_emergency=True)
    for number, finder in enumerate(directory.meetings.finder if directory.meetings else ()):
        at = ("meetings", "finder", number)
        if finder.country not in known:
            source.problem((*at, "country"), _("There is no such country above."))
        for name, sentence in _source_problems(finder):
            source.problem((*at, name), sentence)


def _note_line_problems(
    lines: Sequence[Line], source: Source, known: Sequence[str], *, are_emergency: bool = False
) -> None:
    """Note what the keys of a file's lines cannot say of themselves.

    `known`: the ids of the countries they may name. `are_emergency`: each is an emergency number, and else none is.
    """
    for number, line in enumerate(lines):
        path = ("line", number)
        if line.country not in known:
            elsewhere = _("A line of another country stands in the file of that country.")
            source.problem((*path, "country"), _("There is no such country above.") if are_emergency else elsewhere)
        if line.emergency is not are_emergency:
            sentence = _("Emergency numbers stand in {file}, and other services do not.", file=_COUNTRIES)
            source.problem((*path, "emergency"), sentence)
        for name, sentence in _line_problems(line):
            source.problem((*path, name), sentence)


def _line_problems(line: Line) -> Iterator[tuple[str, str]]:
    if not line.hours:
        yield "hours", _("A line needs its hours, or a sentence that they are not known.")
    if line.always_open and not line.hours.startswith(_ALWAYS):
        yield "always_open", _('The hours of a line that is always open begin with "{always}".', always=_ALWAYS)
    if len(line.open_daily) not in (0, 2):
        yield "open_daily", _('"open_daily" should be two times such as ["09:00", "17:00"].')
    for name in ("call", "text", "keyword"):
        if getattr(line, name) not in line.contact:
            yield name, _('"{name}" should stand in "contact" in the same form.', name=name)
    if line.emergency and not line.call:
        yield "contact", _('The emergency number needs "call".')
    if line.call not in line.in_words and line.in_words:
        yield "in_words", _('"in_words" should hold the number of "call".')
    if len(line.sources) < _SOURCES and not line.from_before:
        yield "sources", _("A row needs two pages as sources; only one that was here before may have one.")
    yield from _source_problems(line)


def _source_problems(row: Line | Finder) -> Iterator[tuple[str, str]]:
    if not row.sources or not all(page.startswith("https://") for page in row.sources):
        yield "sources", _("Each source should be an address that begins with https://.")
    if len(row.seen) != len(row.sources):
        yield "seen", _('There should be a date in "seen" for each source.')
