"""The one declared table of settings: what each means, what it takes, what counts without it.

It checks config.toml, explains settings (`smartcli settings`), reads values that are typed, and writes the table in
README.md.
"""

import dataclasses
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from typing import Any, NamedTuple

from smartcli.language import N_, _, figure
from smartcli.schema.keys import FLAG, TEXT, Declared, Key, Type, keys_of, one_of
from smartcli.schema.toml_file import Path, Source
from smartcli.theme import THEMES
from smartcli.words import clean, folded

_MOST_MINUTES = 120  # without a key; longer than that, nobody is protected by it
IDLE_MINUTES_LOCKED = 5  # without a key, in a locked journal where nothing else is set
PAPERS = ("a4", "letter")

_YES, _NO = ("yes", "true", "on"), ("no", "false", "off")
_NEVER = ("never", "none", *_NO)


def _read_country(value: Any, source: Source, path: Path) -> str | None:
    # "GB" is what most people write; `start` takes the name of a country that is not in the list, too.
    if isinstance(value, str) and re.fullmatch(r"\s*[^\W\d_](?:[^\W\d_]|[ .'’-]){1,39}", value):
        return value.strip().lower()
    source.problem(path, _('"country" should be a code in quotes, such as "gb".'))
    return None


def _read_people(value: Any, source: Source, path: Path) -> list[dict[str, str]] | None:
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


def _read_clock(value: Any, source: Source, path: Path) -> time | None:
    try:
        clock = time.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        clock = None
    if isinstance(clock, time) and clock.tzinfo is None:
        return clock
    source.problem(path, _('"{name}" should be a time in quotes, such as "04:00".', name=path[-1]))
    return None


def _read_reminder(value: Any, source: Source, path: Path) -> time | bool | None:
    return value if isinstance(value, bool) else _read_clock(value, source, path)


def _read_taps(value: Any, source: Source, path: Path) -> bool | str | None:
    if isinstance(value, bool):
        return value
    if value == "auto":
        return "auto"
    source.problem(path, _('"{name}" should be true, false or "auto".', name=path[-1]))
    return None


def _read_minutes(value: Any, source: Source, path: Path) -> int | None:
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= _MOST_MINUTES:
        return value
    source.problem(
        path,
        _(
            '"{name}" should be a whole number of minutes, from 0 to {most}.',
            name=path[-1],
            most=figure(_MOST_MINUTES),
        ),
    )
    return None


def _read_exercises(value: Any, source: Source, path: Path) -> list[str] | None:
    """Return the ids of exercises, each once; nobody checks here that there are such."""
    if isinstance(value, list) and all(isinstance(name, str) for name in value):
        return [*dict.fromkeys(name.strip().lower() for name in value if name.strip())]
    source.problem(path, _('"{name}" should be a list of names of exercises in quotes.', name=path[-1]))
    return None


def _flag_from_words(words: str) -> bool | str:
    word = folded(words)
    return True if word in _YES else False if word in _NO else word


def _clock_from_words(words: str) -> str:
    """Return "04:00" for what names that time ("4am", "4:00", or "4" alone); other words as they are."""
    from smartcli.reading_times import clock_from_words

    clock = clock_from_words(f"{words}:00" if re.fullmatch(r"\d{1,2}", words) else words)
    return f"{clock:%H:%M}" if clock else words


def _reminder_from_words(words: str) -> bool | str:
    if folded(words) in _NEVER:
        return False
    flag = _flag_from_words(words)
    return flag if isinstance(flag, bool) else _clock_from_words(words)


def _minutes_from_words(words: str) -> int | str:
    if folded(words) in _NEVER:
        return 0
    match = re.fullmatch(r"(\d{1,4}) ?(?:m|mins?|minutes?)?", folded(words))
    return int(match[1]) if match else words


class Kind(NamedTuple):
    """What a setting takes: how a value is read from the file, and how one is typed.

    `from_words` turns what was typed into the value that the file would hold; what it does not know it leaves as it
    is, for `type` to refuse. `choices` are the words that can be typed, where these are few.
    """

    type: Type
    from_words: Callable[[str], Any] = str
    choices: Sequence[str] = ()


_COUNTRY = Kind(Type("country's code", _read_country))
_PEOPLE = Kind(Type("[[people]]", _read_people))
_FLAG = Kind(FLAG, _flag_from_words, ("yes", "no"))
_CLOCK = Kind(Type("time of day", _read_clock), _clock_from_words)
NEUTRAL_WORDS = N_("A few minutes for yourself")  # what a reminder says where the person chose no words for it
_REMINDER = Kind(Type("time of day, true or false", _read_reminder), _reminder_from_words)
_TAPS = Kind(Type('true, false or "auto"', _read_taps), _flag_from_words, ("auto", "yes", "no"))
_MINUTES = Kind(Type("number of minutes", _read_minutes), _minutes_from_words)
_WORDS = Kind(TEXT)
_EXERCISES = Kind(Type("list of exercises", _read_exercises))


def _one_of(*names: str) -> Kind:
    return Kind(one_of(*names), folded, names)


def _setting(kind: Kind, about: str, takes: str, default: Any, without: str = "") -> Any:
    """Declare a setting.

    `about` says in one sentence what it means, `takes` which values it can have, and `without` what counts where it
    is not set: "" where its default says that by itself. All are English, translated where they are shown.
    """
    meta = {"key": Key(kind.type, about, stored=False), "called": "", "kind": kind, "takes": takes, "without": without}
    return dataclasses.field(default=default, metadata=meta)


_YES_OR_NO = N_("yes or no. In the file: true or false.")


@dataclass(init=False, kw_only=True, eq=False, repr=False)
class Declarations(Declared):
    """Every setting, in the order in which they are shown.

    To add a setting, add a row here, together with the code that reads `settings.KEY`: a row that nothing reads is
    an option that does nothing. A few words to choose from are `_one_of("a4", "letter")`; a range, or another check,
    is a `Kind` of its own such as `_CLOCK`. Near misses, notes about wrong values, `smartcli settings` and the table
    in README.md (`python -m tools.docs`) follow from the row.
    """

    country: str = _setting(
        _COUNTRY,
        N_("Whose helplines you see first."),
        N_(
            "a country that smartcli knows helplines of, by its code or its name: gb or Ireland, for example. Or other."
        ),
        "",
        N_("you see the helplines of every country"),
    )
    people: Sequence[dict[str, str]] = _setting(
        _PEOPLE,
        N_("The people you can turn to. `smartcli support` shows them."),
        N_("`smartcli start` asks for them. In the file: a line `[[people]]` for each person, then name and contact."),
        (),
        N_("nobody"),
    )
    theme: str = _setting(
        _one_of(*THEMES),
        N_("The colours of screens and pages."),
        N_(
            "auto, dark, light or none. With auto, words are bold and only drawings have colour, which can be read on "
            "any background. dark and light have more colour, for a dark or a light background."
        ),
        "auto",
    )
    plain: bool = _setting(
        _FLAG,
        N_("Plain text, one question at a time, for screen readers and simple screens."),
        _YES_OR_NO,
        False,
    )
    taps: bool | str = _setting(
        _TAPS,
        N_("Whether a tap or a click lights a row, as a key does. You may then not be able to select text to copy."),
        N_("yes, no or auto. auto means only in Termux. In the file: true, false or auto."),
        "auto",
    )
    idle_minutes: int = _setting(
        _MINUTES,
        N_(
            "After so many minutes without a key, smartcli clears the screen and waits on a page that shows nothing "
            "of yours. Time for which the computer sleeps counts, a practice that is running does not. "
            "Not in plain mode."
        ),
        N_("a whole number from 1 to 120. 0 means never."),
        0,
        N_("never, and 5 minutes in a locked journal"),
    )
    keep_open: Sequence[str] = _setting(
        _EXERCISES,
        N_(
            "What anyone at this computer can read without the passphrase when the journal is locked: your newest "
            "entry of each of these exercises."
        ),
        N_('names of exercises, such as safety-plan, letter. In the file: ["safety-plan", "letter"].'),
        (),
        N_("nothing"),
    )
    suggestions: bool = _setting(_FLAG, N_("Whether the page of today suggests what could be next."), _YES_OR_NO, True)
    day_starts: time = _setting(
        _CLOCK,
        N_("When your day begins. What you write after midnight and before this time belongs to the day before."),
        N_("a time of day, such as 04:00 or 5am."),
        time(4),
    )
    paper: str = _setting(
        _one_of("auto", *PAPERS),
        N_("The paper that PDFs are made for."),
        N_("a4, letter or auto. auto means what is usual in your country."),
        "auto",
        N_("what is usual in your country, and A4 if smartcli doesn't know your country"),
    )
    reminder: time | bool = _setting(
        _REMINDER,
        N_("When you are reminded each day: by `smartcli remind`, or in your calendar (`smartcli export --as ics`)."),
        N_("a time of day, such as 07:30 or 8pm. no means no reminder. In the file: false."),
        True,
        "20:00",
    )
    reminder_words: str = _setting(
        _WORDS,
        N_("What the reminder says. A phone shows these words to everybody near."),
        N_("a few words. Your shell may remember what you type here. You can write them into the file instead."),
        "",
        NEUTRAL_WORDS,
    )


def setting_names() -> list[str]:
    """Return the keys of all settings, in the order of their declaration."""
    return [*keys_of(Declarations)]


def default_of(name: str) -> Any:
    """Return the value that counts where a setting is not set."""
    return keys_of(Declarations)[name].default


def kind_of(name: str) -> Kind:
    """Return what a setting takes."""
    kind: Kind = keys_of(Declarations)[name].metadata["kind"]
    return kind


def described(name: str) -> Mapping[str, str]:
    """Return what is said of a setting in English: its `about`, `takes` and `without` (see `_setting`)."""
    item = keys_of(Declarations)[name]
    return {"about": item.metadata["key"].about, "takes": item.metadata["takes"], "without": item.metadata["without"]}
