"""How a TOML table becomes an object: every key says its type, its default and what it is for.

The same declarations check a file, fill `exercises show --json`, and write the tables in
`exercises/README.md`, so the three cannot drift apart.
"""

# Why our own and no library: none gives "file:line", near misses of a mistyped key and all problems
# of a file at once, and each costs more at every start than the whole of this module. Measured:
# defining 15 classes of 10 keys takes pydantic 217 ms, attrs with cattrs 33 + 38 ms, msgspec 24 ms;
# importing this module takes 17 ms.

import dataclasses
import re
from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

from smartcli.language import N_, _
from smartcli.schema.toml_file import Path, Source
from smartcli.words import clean, sentences, suggestion

LONGEST = 2000  # characters a text in an exercise may have

T = TypeVar("T")
_KEYS: dict[type, dict[str, dataclasses.Field[Any]]] = {}  # worked out once: entries ask for every field they hold
_STORED: dict[type, dict[str, str]] = {}


class Type(NamedTuple):
    """A type of value as it stands in a TOML file: its name, and how one is read (None: it was wrong).

    `prose`: people read it, so it is translated, and written in our voice.
    """

    name: str
    read: Callable[[Any, Source, Path], Any]
    prose: bool = False


class Key(NamedTuple):
    """One key of a TOML table: its type, what it is for, and whether entries carry it."""

    type: Type
    about: str
    stored: bool


class Declared:
    """A class whose keys are declared in its body and given by name: `Line(id="a", ask="What?")`.

    Its dataclasses are made with init=False: what they generate for a hundred keys would cost 10 ms at every
    start. A key that is not given has its default, which stands on the class.
    """

    def __init__(self, **given: Any) -> None:
        self.__dict__.update(given)


def key(type_: Type, about: str, default: Any = dataclasses.MISSING, *, called: str = "", stored: bool = False) -> Any:
    """Declare a key as a dataclass field; without a default it is required.

    `called`: its name in TOML, where that is not the attribute's own (`from_` is `from` anyway).
    `stored`: an entry carries it too, so that an old entry reads as it was asked.
    """
    meta = {"key": Key(type_, about, stored), "called": called}
    return dataclasses.field(default=default, metadata=meta)


def keys_of(cls: type) -> dict[str, dataclasses.Field[Any]]:
    """Return the declared keys of a class by their TOML names."""
    if cls not in _KEYS:
        _KEYS[cls] = {
            item.metadata["called"] or item.name.rstrip("_"): item
            for item in dataclasses.fields(cls)
            if "key" in item.metadata
        }
    return _KEYS[cls]


def stored_keys(cls: type) -> dict[str, str]:
    """Return the keys that entries carry: the attribute of each by its TOML name."""
    if cls not in _STORED:
        _STORED[cls] = {name: item.name for name, item in keys_of(cls).items() if item.metadata["key"].stored}
    return _STORED[cls]


def required(item: dataclasses.Field[Any]) -> bool:
    """Return whether a declared key must be given."""
    return item.default is dataclasses.MISSING


def build(cls: type[T], table: object, source: Source, path: Path) -> T | None:
    """Make a `cls` from a TOML table; None when a required key is missing or wrong. All problems are noted."""
    if not isinstance(table, dict):
        source.problem(path, _("This should be a table of keys."))
        return None
    known = keys_of(cls)
    values: dict[str, Any] = {}
    for name, value in table.items():
        if name in known:
            values[known[name].name] = known[name].metadata["key"].type.read(value, source, (*path, name))
        else:
            unknown = _('There is no key "{name}" here.', name=name)
            source.problem((*path, name), sentences(unknown, suggestion(name, known)))
    for name, item in known.items():
        if required(item) and name not in table:
            source.problem(path, _('The key "{name}" is missing.', name=name))
    good = {name: value for name, value in values.items() if value is not None}
    return cls(**good) if all(item.name in good for item in known.values() if required(item)) else None


def as_json(thing: Any) -> Any:
    """Return a declared object as plain data, by TOML name: `always` keys, and all that differ from their default."""
    if dataclasses.is_dataclass(thing) and not isinstance(thing, type):
        kind = getattr(thing, "kind", "")
        shown: dict[str, Any] = {"kind": kind} if kind else {}
        for name, item in keys_of(type(thing)).items():
            value = getattr(thing, item.name)
            if value != item.default or name in getattr(thing, "always", ()):
                shown[name] = as_json(value)
        return shown
    return [as_json(item) for item in thing] if isinstance(thing, list | tuple) else thing


def _simple(name: str, wanted: str, take: Callable[[Any], Any], *, prose: bool = False) -> Type:
    """Return a type whose `take` gives the value as it is kept, or None when it is not one."""

    def read(value: Any, source: Source, path: Path) -> Any:
        taken = take(value)
        if taken is None:
            called = next((part for part in reversed(path) if isinstance(part, str)), _("This"))
            source.problem(path, _('"{key}" should be {wanted}.', key=called, wanted=_(wanted, most=LONGEST)))
        return taken

    return Type(name, read, prose)


def _text(value: Any) -> str | None:
    return clean(value).strip() if isinstance(value, str) and len(value) <= LONGEST else None


def _name(value: Any) -> str | None:
    return value if isinstance(value, str) and re.fullmatch(r"[a-z0-9][a-z0-9_-]{0,63}", value) else None


def _whole(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and abs(value) <= 10**9 else None


def _number(value: Any) -> float | None:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return value if number and abs(value) <= 10**9 else None


_A_TEXT = N_("a text in quotes, of {most} characters at most")
TEXT = _simple("text", _A_TEXT, _text)
PROSE = _simple("text", _A_TEXT, _text, prose=True)
NAME = _simple("name", N_("made of lower-case letters, digits, - and _"), _name)
REFERENCE = _simple(
    "name, or exercise.field",
    N_("a name, or an exercise and a field with a dot between"),
    lambda value: value if isinstance(value, str) and all(map(_name, value.split(".", 1))) else None,
)
WHOLE = _simple("whole number", N_("a whole number"), _whole)
NUMBER = _simple("number", N_("a number"), _number)
FLAG = _simple("true or false", N_("true or false"), lambda value: value if isinstance(value, bool) else None)
LABEL = _simple(
    "true, or a word",
    N_("true, false or a word"),
    lambda value: value if isinstance(value, bool) else _text(value),
    prose=True,
)
ANSWER = _simple(
    "an answer",
    N_("true, false, a number or a text"),
    lambda value: value if isinstance(value, bool | int | float | str) else None,
)


def some(item: Type) -> Type:
    """Return the type of a list of `item`; one alone may stand without brackets."""

    def read(value: Any, source: Source, path: Path) -> tuple[Any, ...]:
        values = value if isinstance(value, list) else [value]
        taken = [item.read(one, source, (*path, number)) for number, one in enumerate(values)]
        return tuple(one for one in taken if one is not None)

    return Type(f"list of {item.name}", read, item.prose)


def table(cls: type, name: str) -> Type:
    """Return the type of a table with the declared keys of `cls`."""
    return Type(name, lambda value, source, path: build(cls, value, source, path))


def one_of(*names: str) -> Type:
    """Return the type of a text that must be one of `names`."""

    def read(value: Any, source: Source, path: Path) -> Any:
        if value in names:
            return value
        called = next((part for part in reversed(path) if isinstance(part, str)), _("This"))
        source.problem(path, _('"{key}" should be one of {names}.', key=called, names=", ".join(names)))
        return None

    return Type(" or ".join(names), read)
