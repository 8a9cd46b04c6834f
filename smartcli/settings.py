"""This device's settings, kept in config.toml.

Plain on purpose: `support` shows the country's helplines and the person's own people unasked.
"""

import contextlib
import os
import re
from datetime import time
from itertools import count
from pathlib import Path
from typing import Any

from smartcli.declared_settings import IDLE_MINUTES_LOCKED, NEUTRAL_WORDS, Declarations
from smartcli.language import N_, _, ngettext
from smartcli.schema.keys import build, keys_of
from smartcli.schema.toml_file import Source
from smartcli.trouble import STORAGE, Trouble, say
from smartcli.words import enumerated, near

_HEAD = N_(
    "# These are smartcli's settings on this device. `smartcli start` writes country and people.\n"
    "# `smartcli settings` explains and changes all of them. What you add here, comments too, stays as it is."
)
_MEND_HINT = N_("`smartcli settings` shows where the file is, and how to mend it.")
_MOST = 5  # problems named at once: more would push the page off a small screen
EVENING = time(20)  # of the reminder, unless another time is chosen: the day can be looked back on
_ASIDE = "config-aside-"  # how the name of a file that was put aside begins; a number follows
_LONGEST_NAME = 40  # characters of an unknown key that are compared; no setting's name is near that

# Where Letter is the usual paper: paperSize in Unicode's CLDR, supplementalData.
_LETTER_COUNTRIES = frozenset(["bz", "ca", "cl", "co", "cr", "gt", "mx", "ni", "pa", "ph", "pr", "sv", "us", "ve"])

noted: set[Path] = set()  # files whose problems were told in this run of the program


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
        settings = cls(path)
        source = _open(path)
        if source.problems:
            settings.is_readable = False
            settings.problems = source.problems_as_text()
        else:
            settings._take(source)
        return settings

    def _take(self, source: Source) -> None:
        """Take the values of a file that could be read, in place of those there were."""
        for name in self.given:
            del self.__dict__[name]
        self.given = _right_values(source)
        self.__dict__.update(self.given)
        self.problems = source.problems_as_text()

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
                _(_MEND_HINT),
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

    def count_idle_minutes(self, *, is_locked: bool) -> int:
        """Return after how many minutes without a key a screen is left; 0 is never.

        In a journal that is locked it is five where the file says nothing: an open screen would undo the lock.
        """
        return IDLE_MINUTES_LOCKED if is_locked and "idle_minutes" not in self.given else self.idle_minutes

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

    @property
    def reminder_says(self) -> str:
        """The words of the daily reminder."""
        return self.reminder_words or _(NEUTRAL_WORDS)

    def stands_in_file(self, name: str) -> bool:
        """Return whether the file sets a value for a key, even a wrong one."""
        return name in _open(self.path).table

    def change(self, **values: Any) -> None:
        """Set some values in the file, 0600 and whole; all else in it stays as the person wrote it.

        Values are those of the file: a time is a text such as "04:00". None takes a key out, and its default counts
        again. A link is followed, and stays a link. A file that cannot be read is never written over, and one in which
        nothing but our own first lines is left goes.
        Raises Trouble (3) when the values could not be saved.
        """
        from smartcli.journal.disk_errors import disk_errors_as_trouble
        from smartcli.journal.files import Folder
        from smartcli.schema.toml_edit import NotEditableError, with_values

        if values.get("people") is not None:
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
            changed = Source.read(target.name, data)
            if changed.problems:  # grown over the limit, for one
                raise _not_saved(_("smartcli could not read config.toml again after the change."))
            is_link = target != self.path
            with Folder(target.parent, create=not is_link, shared=True) as folder:
                if not is_link and data.decode().strip() == _(_HEAD):
                    with contextlib.suppress(FileNotFoundError):
                        folder.remove(target.name)
                else:
                    folder.replace(target.name, data)
        self._take(changed)

    def set_aside(self) -> Path:
        """Give a file that cannot be read another name, so that a new one can be begun; return its new path.

        Nothing in it is changed. Raises Trouble (2) where the file can be read or is not there, (3) where the disk
        refuses.
        """
        from smartcli.journal.disk_errors import disk_errors_as_trouble

        if self.is_readable:
            raise Trouble(
                _("config.toml can be read, so it stays where it is."),
                hint=_("`smartcli settings KEY --default` takes one setting back."),
            )
        taken = {path.name for path in asides(self.path)}
        names = (f"{_ASIDE}{number}{self.path.suffix}" for number in count(1))
        target = self.path.with_name(next(name for name in names if name not in taken))
        with disk_errors_as_trouble(_("config.toml was not put aside")):
            self.path.rename(target)
        return target


def asides(path: Path) -> list[Path]:
    """Return the settings files that were put aside beside config.toml, because they could not be read."""
    return sorted(path.parent.glob(f"{_ASIDE}*{path.suffix}"))


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
        hint=_(_MEND_HINT),
        code=STORAGE,
    )
