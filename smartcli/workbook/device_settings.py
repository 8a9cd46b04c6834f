"""Changing this device's settings by name: keys and values as they are typed, checked before anything is written."""

import os
from typing import Any

from smartcli.content import catalog
from smartcli.content.helplines import ANYWHERE, NOTHING_KNOWN, Directory, read_helplines
from smartcli.declared_settings import described, kind_of, setting_names
from smartcli.language import _
from smartcli.pages.settings import Explained, explain
from smartcli.places import places
from smartcli.schema.toml_file import Source
from smartcli.settings import Settings, asides
from smartcli.trouble import Trouble
from smartcli.words import folded, joined, near, sentences, suggestion, without_controls

DEFAULT = "default"  # typed in place of a value: takes a setting back
_MEANT = {  # what people call a setting elsewhere
    "colour": "theme", "accessibility": "plain",
    "screen_reader": "plain", "contacts": "people", "friends": "people", "mouse": "taps", "touch": "taps",
    "timeout": "idle_minutes", "idle": "idle_minutes", "day": "day_starts", "day_start": "day_starts",
    "midnight": "day_starts", "remind": "reminder", "notification": "reminder", "helplines": "country",
    "region": "country", "pdf": "paper",
}  # fmt: skip


def read_settings() -> Settings:
    """Return this device's settings, whatever state their file is in; raises Trouble (3) where there is no place."""
    return Settings.read(places().config)


def explain_settings(settings: Settings, *names: str) -> list[Explained]:
    """Return settings explained by their keys, or without any all of them, in the order of their declaration."""
    directory = _directory()
    return [explain(settings, name, os.environ, directory) for name in names or setting_names()]


def list_asides(settings: Settings) -> list[str]:
    """Return the paths of settings files that were put aside."""
    return [str(path) for path in asides(settings.path)]


def find_setting(typed: str) -> str:
    """Return the key that was typed; raises Trouble (2) with a near miss for one that is none."""
    known = setting_names()
    name = folded(typed).replace("-", "_").replace(" ", "_")
    if name in known:
        return name
    close = near(name, [*known, *_MEANT])
    hint = (
        _("Did you mean {name}?", name=_MEANT.get(close, close))
        if close
        else _("There are: {names}.", names=joined(known))
    )
    raise Trouble(_("There is no setting of that name."), safe=_("Nothing was changed."), hint=hint)


def list_keys(begun: str) -> list[str]:
    """Return the keys of all settings that begin so."""
    return [name for name in setting_names() if name.startswith(begun)]


def list_choices(name: str) -> list[str]:
    """Return the words that the setting of this key takes, where these are few; [] for a key that is none."""
    return [*kind_of(name).choices] if name in setting_names() else []


def value_from_words(name: str, typed: str) -> Any:
    """Return what was typed as a setting's value in the file; None for its default. Raises Trouble (2)."""
    words = " ".join(without_controls(typed).split())
    if folded(words) == DEFAULT:
        return None
    if name == "people":
        raise Trouble(
            _("People are not named on the command line, because shells remember it."),
            safe=_("Nothing was changed."),
            hint=_("`smartcli start` asks who your people are, and saves them."),
        )
    if name == "country":
        return _country_from_words(words)
    if name == "keep_open":
        return _exercises_from_words(words)
    kind = kind_of(name)
    value = kind.from_words(words)
    source = Source("")
    if not words or kind.type.read(value, source, (name,)) is None or source.problems:
        raise _refused(name, suggestion(words, kind.choices))
    return value


def _exercises_from_words(words: str) -> list[str] | None:
    """Return the ids of the exercises that were named, None for none; raises Trouble (2) where there is none such.

    Between names stand commas; without any, each word is one.
    """
    if folded(words) in ("none", "nothing", folded(_("nothing"))):
        return None
    names = words.split(",") if "," in words else words.split()
    exercises = catalog.Catalog(places().journal / "exercises")
    try:
        ids = [exercises.find(name).id for name in names if name.strip()]
    except Trouble as trouble:
        hint = trouble.hint or _("`smartcli exercises` lists them all.")
        raise Trouble(_("There is no exercise of that name."), safe=_("Nothing was changed."), hint=hint) from None
    return [*dict.fromkeys(ids)] or None


def _country_from_words(words: str) -> str:
    """Return the code of the country that was named by its code or its name; raises Trouble (2).

    Nothing like it is proposed: that would send a person in Austria to Australia.
    """
    if folded(words) == "other":
        return "other"
    directory = _directory()
    code = directory.find_country(words)
    if code:
        return code
    known = [
        _("{code} ({country})", code=country.id, country=country.say)
        for country in directory.country
        if country.id != ANYWHERE
    ]
    raise Trouble(
        _("smartcli knows no helplines of a country of that name."),
        safe=_("Nothing was changed."),
        hint=_("It knows those of {countries}. For any other country, type other.", countries=joined(known)),
    )


def change_setting(settings: Settings, name: str, value: Any) -> bool:
    """Save a value, None for the default; return False where it was the default already. Raises Trouble (3)."""
    if value is None and settings.is_readable and not settings.stands_in_file(name):
        return False
    settings.change(**{name: value})
    return True


def _directory() -> Directory:
    return read_helplines(catalog.built_in())[0] or NOTHING_KNOWN


def _refused(name: str, meant: str) -> Trouble:
    takes = _("{setting} can be: {values}", setting=name, values=_(described(name)["takes"]))
    return Trouble(
        _("That can't be used as {setting}.", setting=name),
        safe=_("Nothing was changed."),
        hint=sentences(meant, takes),
    )
