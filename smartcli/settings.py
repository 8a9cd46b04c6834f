"""This device's settings: what `support` must show unasked, and a few choices. Plain on purpose."""

import contextlib
from dataclasses import dataclass, field
from datetime import time
from pathlib import Path
from typing import Any

from smartcli.schema.toml_file import Source
from smartcli.trouble import Trouble

_HEAD = """\
# smartcli's settings on this device. `smartcli start` writes country and people; the rest is yours to change.
# Comments are not kept when it does.
"""
_BARE = set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_")


@dataclass
class Settings:
    """The settings as a table; what this version does not know in it survives a change."""

    path: Path
    table: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path) -> "Settings":
        """Read the file; a missing one means no settings. Raises Trouble when it is not valid TOML."""
        with contextlib.suppress(FileNotFoundError, NotADirectoryError):
            path.lstat()
            source = Source.open(path.name, path)
            if source.problems:
                raise Trouble(
                    "The settings (config.toml) cannot be read.",
                    safe="Nothing you wrote is in that file, apart from your country and your people.",
                    hint="`smartcli where` shows it. Mend it, or move it away.",
                )
            return cls(path, source.table)
        return cls(path)

    @property
    def country(self) -> str:
        """The country whose helplines come first: a code of helplines.toml, or nothing."""
        value = self.table.get("country")
        return value if isinstance(value, str) else ""

    @property
    def people(self) -> list[dict[str, str]]:
        """The person's own people: {"name", "contact"}."""
        people = self.table.get("people")
        listed = people if isinstance(people, list) else []
        return [
            {name: str(value) for name, value in one.items()}
            for one in listed
            if isinstance(one, dict) and one.get("name")
        ]

    @property
    def day_starts(self) -> time:
        """When a new day begins, local time; 04:00 unless set otherwise."""
        try:
            return time.fromisoformat(str(self.table.get("day_starts", "04:00")))
        except ValueError:
            return time(4)

    @property
    def suggestions(self) -> bool:
        """Whether Today may suggest something; on unless set otherwise."""
        return self.table.get("suggestions") is not False

    def change(self, **values: Any) -> None:
        """Set some values and write the file, whole and 0600. Raises Trouble (3)."""
        from smartcli.journal.disk_errors import disk_errors_as_trouble
        from smartcli.journal.files import Folder

        self.table |= values
        with (
            disk_errors_as_trouble("The settings were not saved"),
            Folder(self.path.parent, create=True, shared=True) as folder,
        ):
            folder.replace(self.path.name, (_HEAD + as_toml(self.table)).encode())


def as_toml(table: dict[str, Any]) -> str:
    """Return a table as TOML: plain values first, then tables and lists of tables."""
    plain = {name: value for name, value in table.items() if not _is_table(value)}
    lines = [f"{_key(name)} = {_value(value)}" for name, value in plain.items()]
    for name, value in table.items():
        if name not in plain:
            for one in value if isinstance(value, list) else [value]:
                head = f"[[{_key(name)}]]" if isinstance(value, list) else f"[{_key(name)}]"
                lines += ["", head, *(f"{_key(key)} = {_value(item)}" for key, item in one.items())]
    return "\n".join(lines) + "\n"


def _is_table(value: Any) -> bool:
    whole_list = isinstance(value, list) and bool(value) and all(isinstance(one, dict) for one in value)
    return isinstance(value, dict) or whole_list


def _key(name: str) -> str:
    return name if name and set(name) <= _BARE else _text(name)


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_key(key)} = {_value(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_value, value)) + "]"
    return value.isoformat() if hasattr(value, "isoformat") else repr(value)


def _text(text: str) -> str:
    escapes = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}
    shown = (
        escapes.get(letter) or (f"\\u{ord(letter):04x}" if ord(letter) < 32 or ord(letter) == 127 else letter)
        for letter in text
    )
    return f'"{"".join(shown)}"'
