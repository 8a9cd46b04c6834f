"""Prose: the texts of the files in exercises/ that people read, each with its place, and all of them translated.

Which keys hold prose is declared with the keys themselves (`schema.keys.PROSE`). A text's place is made of the ids
that stay for ever: the exercise (or the file), the field, the column, the option. It is the gettext context.
"""

import copy
import dataclasses
from collections.abc import Iterator
from typing import Any, NamedTuple, TypeVar

from smartcli.language import content_text, is_translated
from smartcli.schema.keys import keys_of
from smartcli.schema.toml_file import Path

T = TypeVar("T")


class Text(NamedTuple):
    """One text as it stands in a file: the ids that lead to it, "check-in/mood"; its key; the words; its key path."""

    context: str
    key: str
    words: str
    path: Path


def texts_of(thing: Any, context: str, path: Path = ()) -> Iterator[Text]:
    """Yield every text of a declared object, and of those inside it.

    `context` is its own place in ids, `path` its place in the file by keys.
    """
    for name, item in keys_of(type(thing)).items():
        value = getattr(thing, item.name)
        for number, one in enumerate(_values(value)):
            here = (*path, name, number) if isinstance(value, tuple) else (*path, name)
            if dataclasses.is_dataclass(one):
                yield from texts_of(one, _place(context, one), here)
            elif item.metadata["key"].type.prose and isinstance(one, str) and one:
                yield Text(context, name, one, here)


def translated(thing: T, context: str) -> T:
    """Return a declared object with all its texts in the person's language: itself, while that is English."""
    return _translated(thing, context) if is_translated() else thing


def _translated(thing: T, context: str) -> T:
    same = copy.copy(thing)
    for item in keys_of(type(thing)).values():
        value = getattr(thing, item.name)
        if value is item.default and dataclasses.is_dataclass(value):
            continue  # it stands in no file, and is known by being the default
        said = [_said(one, context, prose=item.metadata["key"].type.prose) for one in _values(value)]
        setattr(same, item.name, tuple(said) if isinstance(value, tuple) else said[0])
    return same


def _said(value: Any, context: str, *, prose: bool) -> Any:
    """Return one value of a key in the person's language: a text, or an object with texts."""
    if dataclasses.is_dataclass(value):
        return _translated(value, _place(context, value))
    return content_text(context, value) if prose and isinstance(value, str) else value


def _values(value: Any) -> list[Any]:
    """Return the values of a key that may be a list."""
    return [*value] if isinstance(value, tuple) else [value]


def _place(context: str, thing: Any) -> str:
    """Return the place of an object inside another: with its id, if it has one."""
    id_ = getattr(thing, "id", "")
    return f"{context}/{id_}" if isinstance(id_, str) and id_ else context
