"""This device's settings as a page and as JSON: each with its value, what it means, and where the value comes from."""

from collections.abc import Mapping, Sequence
from datetime import time
from enum import StrEnum
from typing import Any, NamedTuple

from smartcli.blocks import Block, Heading, Item, Items, Page, Words
from smartcli.content.helplines import Directory
from smartcli.declared_settings import default_of, described
from smartcli.language import N_, _, figure, ngettext
from smartcli.settings import Settings
from smartcli.theme import wants_colour
from smartcli.words import enumerated, sentences

_NO_COLOUR = ("NO_COLOR", "CLICOLOR")  # variables that refuse colour, in the order in which they are asked


class Origin(StrEnum):
    """Where the value of a setting comes from."""

    FILE = "file"
    DEFAULT = "default"
    ENVIRONMENT = "environment"
    COUNTRY = "country"


_ORIGINS = {
    Origin.FILE: N_("This is what your settings file says."),
    Origin.DEFAULT: N_("This is the default."),
    Origin.COUNTRY: N_("This is what is usual in your country."),
}


class Explained(NamedTuple):
    """One setting: its value in words, where that comes from (of a variable: its name), and what can be said of it.

    `default` and `takes` have no capital letter, to stand after a label; the rest are sentences. `remark` is what
    the person should know of the value, "" for nothing.
    """

    name: str
    value: str
    origin: Origin
    variable: str
    about: str
    takes: str
    default: str
    remark: str = ""

    @property
    def origin_words(self) -> str:
        """Where the value comes from, in one sentence."""
        if self.origin is Origin.ENVIRONMENT:
            return _("The variable {variable} of your environment decides this.", variable=self.variable)
        return _(_ORIGINS[self.origin])


def explain(settings: Settings, name: str, environment: Mapping[str, str], directory: Directory) -> Explained:
    """Return one setting explained; `directory`: of helplines.

    People are counted and not named: the page may be seen by anybody.
    """
    words = described(name)
    origin = Origin.FILE if name in settings.given else Origin.DEFAULT
    value, variable = _value(settings, name), _variable(settings, name, environment)
    if variable:
        origin = Origin.ENVIRONMENT
        value = _value_by_environment(name, environment)
    elif name == "paper" and settings.paper == "auto" and settings.country:
        origin = Origin.COUNTRY
    remark = ""
    if name == "country" and settings.country not in ("", "other") and not directory.find_country(settings.country):
        remark = _("smartcli knows no helplines of this country, so you see those of every country.")
    default = default_in_words(name)
    return Explained(name, value, origin, variable, _(words["about"]), _(words["takes"]), default, remark)


def default_in_words(name: str) -> str:
    """Return what counts where a setting is not set."""
    without = described(name)["without"]
    return _(without) if without else in_words(default_of(name))


def in_words(value: Any) -> str:
    """Return a value as it can be typed: "yes", "04:00", "a4"."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return figure(value) if isinstance(value, int) else str(value)


def _value(settings: Settings, name: str) -> str:
    """Return the value that counts, in words, whatever the environment says."""
    match name:
        case "people" if settings.people:
            return ngettext("{number} person", "{number} people", len(settings.people))
        case "paper":
            return settings.paper_size
        case "reminder":
            return in_words(settings.reminder_at) if settings.reminder_at else _("no")
        case "reminder_words":
            return settings.reminder_says
        case "keep_open" if settings.keep_open:
            return enumerated(settings.keep_open)
        case "country" | "people" | "idle_minutes" | "keep_open" if not getattr(settings, name):
            return default_in_words(name)
    return in_words(getattr(settings, name))


def _variable(settings: Settings, name: str, environment: Mapping[str, str]) -> str:
    """Return the variable of the environment that decides in place of a setting; "" where none does."""
    match name:
        case "plain":
            is_dumb = environment.get("TERM") == "dumb"
            return "TERM" if is_dumb else "SMARTCLI_PLAIN" if environment.get("SMARTCLI_PLAIN") else ""
        case "theme" if wants_colour(environment) is False:
            return next((variable for variable in _NO_COLOUR if environment.get(variable)), "")
        case "taps" if settings.taps == "auto" and "TERMUX_VERSION" in environment:
            return "TERMUX_VERSION"
    return ""


def _value_by_environment(name: str, environment: Mapping[str, str]) -> str:
    if name == "theme":
        return "none"
    is_refused = name == "plain" and environment.get("TERM") != "dumb" and environment.get("SMARTCLI_PLAIN") == "0"
    return in_words(not is_refused)


def overview(settings: Settings, explained: Sequence[Explained], asides: Sequence[str]) -> Page:
    """Return the page of all settings, with what is wrong with their file; `asides` are paths of files put aside."""
    blocks: list[Block] = [*_problems(settings)]
    for one in explained:
        blocks.append(Heading(_("{setting}: {value}", setting=one.name, value=one.value)))
        blocks.append(Words(sentences(one.about, one.origin_words, one.remark)))
    blocks += [
        Heading(_("To change a setting")),
        Items(
            [
                Item(_("`smartcli settings KEY` explains a setting, and `smartcli settings KEY VALUE` changes it.")),
                Item(_("`smartcli settings KEY --default` takes it back to its default.")),
                Item(_("The settings file is {file}. You can also change it in any editor.", file=str(settings.path))),
                *[Item(_("Put aside, and not used: {file}", file=path)) for path in asides],
            ]
        ),
    ]
    return Page(_("Settings"), blocks)


def _problems(settings: Settings) -> list[Block]:
    """Return what is wrong with the file and how to mend it; nothing where nothing is."""
    if not settings.problems:
        return []
    if settings.is_readable:
        said = [Item(problem) for problem in settings.problems]
        below = _("smartcli leaves out what is wrong there, and uses the rest of your settings.")
        return [Heading(_("Mistakes in the settings file")), Items(said), Words(below)]
    return [
        Heading(_("The settings file can't be read")),
        Words(settings.problems[0]),
        Words(_("Until it is mended, smartcli uses the defaults. The file has not been changed. You can:")),
        Items(
            [
                Item(_("open {file} in an editor, and correct that line", file=str(settings.path))),
                Item(
                    _(
                        "or type `smartcli settings --aside`. The file then gets another name, nothing in it is "
                        "lost, and you can begin with new settings."
                    )
                ),
            ],
            numbered=True,
        ),
    ]


def page_of(one: Explained) -> Page:
    """Return the page of one setting."""
    back = _("`smartcli settings {setting} --default` takes it back to its default.", setting=one.name)
    blocks: list[Block] = [
        Words(one.about),
        Items(
            [
                Item(sentences(_("Now: {value}.", value=one.value), one.origin_words, one.remark)),
                Item(_("Can be: {values}", values=one.takes)),
                Item(_("Without it: {value}.", value=one.default)),
            ]
        ),
        Words(back, quiet=True),
    ]
    return Page(one.name, blocks)


def to_json(settings: Settings, one: Explained) -> dict[str, Any]:
    """Return one setting as plain data.

    `value` is the one that the file or the default gives (of people: their number), `used` what counts, in words.
    """
    value = getattr(settings, one.name)
    if one.name == "people":
        value = len(value)
    return {
        "key": one.name,
        "value": f"{value:%H:%M}" if isinstance(value, time) else value,
        "used": one.value,
        "from": one.origin.value,
        "variable": one.variable or None,
        "about": one.about,
        "takes": one.takes,
        "default": one.default,
    }
