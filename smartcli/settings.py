"""This device's settings: one declared table of them, kept in config.toml.

Plain on purpose: `support` shows the country's helplines and the person's own people unasked.
"""

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time
from pathlib import Path
from typing import Any

from smartcli.language import N_, _, figure, ngettext
from smartcli.schema.keys import FLAG, TEXT, Declared, Type, build, key, keys_of, one_of
from smartcli.schema.toml_file import Path as KeyPath
from smartcli.schema.toml_file import Source
from smartcli.theme import THEMES
from smartcli.trouble import STORAGE, Trouble, say
from smartcli.words import clean, enumerated, near

_HEAD = N_(
    "# These are smartcli's settings on this device. `smartcli start` writes country and people.\n"
    "# You can change the rest. What you add here, comments too, stays as it is."
)
_PLACE_HINT = N_("Correct the file, or move it away. `smartcli where` shows where it is.")
_MOST = 5  # problems named at once: more would push the page off a small screen
_MOST_MINUTES = 120  # without a key; longer than that, nobody is protected by it
EVENING = time(20)  # of the reminder, unless another time is chosen: the day can be looked back on
_LONGEST_NAME = 40  # characters of an unknown key that are compared; no setting's name is near that

PAPERS = ("a4", "letter")
# Where Letter is the usual paper: paperSize in Unicode's CLDR, supplementalData.
_LETTER_COUNTRIES = frozenset(["bz", "ca", "cl", "co", "cr", "gt", "mx", "ni", "pa", "ph", "pr", "sv", "us", "ve"])

noted: set[Path] = set()  # files whose problems were told in this run of the program


def _read_country(value: Any, source: Source, path: KeyPath) -> str | None:
    if isinstance(value, str) and re.fullmatch(r"\s*[A-Za-z][A-Za-z-]{1,15}\s*", value):
        return value.strip().lower()  # "GB" is what most people write
    source.problem(path, _('"country" should be a code in quotes, such as "gb".'))
    return None


def _read_people(value: Any, source: Source, path: KeyPath) -> list[dict[str, str]] | None:
    """Return name and contact of each person; whoever has no name is left out."""
    if not isinstance(value, list):
        source.problem(path, _('"people" should be tables, each under a line [[people]].'))
        return None
    people = []
    for place, row in enumerate(value):
        table = row if isinstance(row, dict) else {}
        name, contact = table.get("name"), table.get("contact", "")
        if not isinstance(name, str) or not clean(name).strip():
            source.problem((*path, place), _("smartcli leaves this person out: the name has to be in quotes."))
            continue
        if isinstance(contact, list | dict | bool):
            source.problem((*path, place, "contact"), _('"contact" should be a text in quotes.'))
            contact = ""
        # A number without quotes is no reason to keep somebody from a person who needs them.
        people.append({"name": clean(name).strip(), "contact": clean(str(contact)).strip()})
    return people


def _read_clock(value: Any, source: Source, path: KeyPath) -> time | None:
    try:
        clock = time.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        clock = None
    if isinstance(clock, time) and clock.tzinfo is None:
        return clock
    source.problem(path, _('"{name}" should be a time in quotes, such as "04:00".', name=path[-1]))
    return None


def _read_reminder(value: Any, source: Source, path: KeyPath) -> time | bool | None:
    return value if isinstance(value, bool) else _read_clock(value, source, path)


def _read_taps(value: Any, source: Source, path: KeyPath) -> bool | str | None:
    if isinstance(value, bool):
        return value
    if value == "auto":
        return "auto"
    source.problem(path, _('"{name}" should be true, false or "auto".', name=path[-1]))
    return None


def _read_minutes(value: Any, source: Source, path: KeyPath) -> int | None:
    if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= _MOST_MINUTES:
        return value
    source.problem(
        path,
        _(
            '"{name}" should be a whole number of minutes, from 1 to {most}.',
            name=path[-1],
            most=figure(_MOST_MINUTES),
        ),
    )
    return None


_COUNTRY = Type("country's code", _read_country)
_PEOPLE = Type("[[people]]", _read_people)
_CLOCK = Type("time of day", _read_clock)
_REMINDER = Type("time of day, true or false", _read_reminder)
_TAPS = Type('true, false or "auto"', _read_taps)
_MINUTES = Type("number of minutes", _read_minutes)


@dataclass(init=False, kw_only=True, eq=False, repr=False)
class Declarations(Declared):
    """Every setting: its key, its type with the values it takes, its meaning, its default.

    To add a setting, add a row here and its line in README.md, together with the code that reads
    `settings.KEY`: a row that nothing reads is an option that does nothing. A few words to choose from
    are `one_of("a4", "letter")`; a range, or another check, is a `Type` of its own such as `_CLOCK`.
    Near misses, notes about wrong values and writing follow from the row.
    """

    country: str = key(_COUNTRY, "whose helplines come first: a code of helplines.toml, or other", "")
    people: Sequence[dict[str, str]] = key(_PEOPLE, "your own people, a name and a contact each", ())
    suggestions: bool = key(FLAG, "whether Today suggests what could be next", True)
    theme: str = key(one_of(*THEMES), "the colours of screens and pages, for a dark or light background", "auto")
    taps: bool | str = key(_TAPS, "whether a tap or a click lights a row; auto: where the terminal is Termux", "auto")
    idle_minutes: int = key(_MINUTES, "minutes without a key after which the screen is cleared; 0: never", 0)
    paper: str = key(
        one_of("auto", *PAPERS), "the paper that PDFs are made for; auto: what is usual in your country", "auto"
    )
    day_starts: time = key(_CLOCK, "when your day begins; a night out belongs to the day before", time(4))
    reminder: time | bool = key(
        _REMINDER, "when `remind` and the calendar remind you; true: at 20:00; false: never", True
    )
    reminder_words: str = key(TEXT, "what that reminder says, also on a locked screen", "")


class Settings(Declarations):
    """The settings of this device, whatever state their file is in.

    `given` holds the values that stand in the file and are right, by key; the rest have their defaults.
    `problems` are sentences about what is wrong with the file, each with its line.
    """

    def __init__(self, path: Path, **given: Any) -> None:
        super().__init__(**given)
        self.path = path
        self.given = given
        self.problems: list[str] = []
        self.is_readable = True

    @classmethod
    def read(cls, path: Path) -> "Settings":
        """Read config.toml. Never raises Trouble: what cannot be read has its default and a problem."""
        source = _open(path)
        if source.problems:
            settings = cls(path)
            settings.is_readable = False
        else:
            settings = cls(path, **_right_values(source))
        settings.problems = source.problems_as_text()
        return settings

    def note_problems(self) -> None:
        """Say what is wrong with the file on standard error; once, however often it is read."""
        if not self.problems or self.path in noted:
            return
        noted.add(self.path)
        if not self.is_readable:
            say(
                _("The settings (config.toml) can't be read. {problem}", problem=self.problems[0]),
                _("smartcli goes on without the settings, so it doesn't know your country and your people."),
                _("The file has not been changed."),
                _(_PLACE_HINT),
            )
            return
        more = len(self.problems) - _MOST
        say(*self.problems[:_MOST])
        if more > 0:
            say(
                ngettext("{number} more problem is not shown here.", "{number} more problems are not shown here.", more)
            )
        say(_("smartcli leaves out what is wrong there, and uses the rest of your settings."))

    @property
    def reminder_at(self) -> time | None:
        """The local time of the daily reminder; None where there is to be none."""
        if isinstance(self.reminder, bool):
            return EVENING if self.reminder else None
        return self.reminder

    @property
    def takes_taps(self) -> bool:
        """Whether screens take taps and clicks, which keeps the terminal from selecting text to copy."""
        if isinstance(self.taps, bool):
            return self.taps
        return "TERMUX_VERSION" in os.environ

    @property
    def paper_size(self) -> str:
        """The paper that a PDF is made for: one of PAPERS."""
        if self.paper != "auto":
            return self.paper
        return "letter" if self.country in _LETTER_COUNTRIES else "a4"

    @property
    def holds(self) -> str:
        """Which settings the file sets, in words, for who looks at the places of things."""
        if not self.is_readable:
            return _("cannot be read")
        return enumerated(self.given) or _("nothing set yet")

    def change(self, **values: Any) -> None:
        """Set some values in the file, 0600 and whole; all else in it stays as the person wrote it.

        A link is followed, and stays a link. A file that cannot be read is never written over.
        Raises Trouble (3) when the values could not be saved.
        """
        from smartcli.journal.disk_errors import disk_errors_as_trouble
        from smartcli.journal.files import Folder
        from smartcli.schema.toml_edit import NotEditableError, with_values

        if "people" in values:
            values["people"] = [{"name": row["name"], "contact": row.get("contact") or ""} for row in values["people"]]
        with disk_errors_as_trouble(_("The settings were not saved")):
            target = _followed(self.path)
            source = _open(target)
            if source.problems:
                raise _not_saved(_("config.toml can't be read. {problem}", problem=source.problems_as_text()[0]))
            text = f"{_(_HEAD)}\n\n"
            if target.exists():
                text = target.read_bytes().decode("utf-8-sig")
            try:
                data = with_values(text, values).encode()
            except NotEditableError:
                raise _not_saved(_("config.toml is laid out in a way that smartcli can't add to.")) from None
            if Source.read(target.name, data).problems:  # grown over the limit, for one
                raise _not_saved(_("smartcli could not read config.toml again after the change."))
            is_link = target != self.path
            with Folder(target.parent, create=not is_link, shared=True) as folder:
                folder.replace(target.name, data)
        self.given |= values
        self.__dict__.update(values)


def _open(path: Path) -> Source:
    """Open the file for reading; a missing one is an empty one."""
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return Source(path.name)
    except OSError:
        pass  # a link to nothing, a folder closed to us: opening it says so
    return Source.open(path.name, path)


def _right_values(source: Source) -> dict[str, Any]:
    """Return the values that are declared and right, by key; note every other key and value."""
    known = keys_of(Declarations)
    for name in source.table:
        if name in known:
            continue
        # Another spelling may be a word of the person's own: the line tells them which is meant.
        has_usual_spelling = re.fullmatch(r"[a-z][a-z0-9_-]{1,39}", name)
        if has_usual_spelling:
            problem = _('There is no setting "{name}".', name=name)
        else:
            problem = _("There is no setting of this name.")
        close = near(name[:_LONGEST_NAME], known)
        if close:
            hint = _("Did you mean {name}?", name=close)
            problem = f"{problem} {hint}"
        source.problem((name,), problem)
    declared = {name: value for name, value in source.table.items() if name in known}
    right = build(Declarations, declared, source, ())
    return vars(right) if right else {}


def _followed(path: Path) -> Path:
    """Return the file a link names, through any number of links, else the path itself.

    Raises OSError for links that lead round in a circle.
    """
    if not path.is_symlink():
        return path
    try:
        target = path.resolve()
    except RuntimeError:  # a circle, before Python 3.13
        target = path
    if target.is_symlink():
        raise OSError("a circle of links")
    return target


def _not_saved(reason: str) -> Trouble:
    return Trouble(
        _("The settings were not saved. {reason}", reason=reason),
        safe=_("Everything in the journal is safe, and config.toml has not been changed."),
        hint=_(_PLACE_HINT),
        code=STORAGE,
    )
