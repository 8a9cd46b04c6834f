"""Helplines: one dated, sourced file, checked on reading like an exercise."""

from dataclasses import dataclass
from datetime import date, timedelta
from importlib.resources.abc import Traversable

from smartcli.fields.base import FAMILIES
from smartcli.schema.keys import FLAG, TEXT, WHOLE, Declared, Type, build, key, one_of, some, table
from smartcli.schema.toml_file import Path, Source

STALE = timedelta(days=365)


def _day(value: object, source: Source, path: Path) -> date | None:
    if isinstance(value, date):
        return value
    source.problem(path, f'"{path[-1]}" should be a date such as 2026-11-22.')
    return None


@dataclass(init=False, kw_only=True, eq=False, repr=False)
class Country(Declared):
    """A country in the directory."""

    id: str = key(TEXT, "its code: gb, us; `any` for everywhere")
    say: str = key(TEXT, "its name")


@dataclass(init=False, kw_only=True, eq=False, repr=False)
class Line(Declared):
    """One service somebody can turn to."""

    country: str = key(TEXT, "a country's id")
    name: str = key(TEXT, "the service")
    purpose: str = key(TEXT, "what it is for, in a few words")
    contact: str = key(TEXT, "how to reach it")
    hours: str = key(TEXT, "when it answers", "")
    emergency: bool = key(FLAG, "the emergency number", False)
    families: tuple[str, ...] = key(some(one_of(*FAMILIES)), "the behaviours it is for (none: anyone)", ())
    source: str = key(TEXT, "where the number was seen")
    checked: date = key(Type("date", _day), "when it was last seen there")

    @property
    def stale(self) -> bool:
        """Whether it was checked more than a year ago."""
        return date.today() - self.checked > STALE


@dataclass(init=False, kw_only=True, eq=False, repr=False)
class Directory(Declared):
    """Every country and service."""

    format: int = key(WHOLE, "1")
    country: tuple[Country, ...] = key(some(table(Country, "country")), "the countries, in the order shown")
    line: tuple[Line, ...] = key(some(table(Line, "line")), "the services, most urgent first")


def read_helplines(folder: Traversable) -> tuple[Directory | None, Source]:
    """Return the directory in a folder of exercises, and its source with every problem found."""
    source = Source.read("helplines.toml", (folder / "helplines.toml").read_bytes())
    directory = build(Directory, source.table, source, ()) if not source.problems else None
    known = {country.id for country in directory.country} if directory else set()
    for number, line in enumerate(directory.line if directory else ()):
        if line.country not in known:
            source.problem(("line", number, "country"), "There is no such country above.")
    return directory, source
