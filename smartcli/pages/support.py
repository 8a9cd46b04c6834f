"""Support on a page: who to turn to, first the person's own people and country."""

from collections.abc import Iterator, Sequence

from smartcli import blocks as b
from smartcli.content.helplines import Directory, Line
from smartcli.entries.entry import Entry
from smartcli.moments import MONTHS
from smartcli.pages.entry import entry_blocks
from smartcli.settings import Settings

NOT_MONITORED = "Nobody sees what you write here, and nobody will answer it. These people will."
_ANYWHERE = "any"


def support_page(directory: Directory, settings: Settings, plans: Sequence[Entry] = ()) -> b.Page:
    """Return the whole page: emergency first, the person's people and plans, then helplines.

    `plans` are entries that belong here. Without a country every country's helplines are shown.
    """
    here = [line for line in directory.line if line.country == settings.country]
    blocks: list[b.Block] = [b.Words(NOT_MONITORED)]
    if not here:  # its own country's emergency number would stand among its helplines
        numbers = ", ".join(_emergency_numbers(directory))
        blocks.append(b.Words(f"In danger now? Ring the emergency number: {numbers}."))
    if settings.people:
        people = [b.Item(_person(person)) for person in settings.people]
        blocks += [b.Heading("Your people"), b.Items(people)]
    for plan in plans:
        blocks += [b.Heading(plan.title), *entry_blocks(plan)]
    for country in directory.country:
        if not here or country.id in (settings.country, _ANYWHERE):
            lines = [line for line in directory.line if line.country == country.id]
            blocks += [b.Heading(country.say), b.Items([b.Item(_line(line)) for line in lines])]
    blocks.append(b.Words(_checked(here or directory.line), quiet=True))
    return b.Page("Support", blocks)


def _emergency_numbers(directory: Directory) -> Iterator[str]:
    """Yield every country's emergency number with its name, in the order of the countries."""
    for country in directory.country:
        for line in directory.line:
            if line.country == country.id and line.emergency:
                yield f"{line.contact} ({country.say})"


def _person(person: dict[str, str]) -> str:
    return f"{person['name']}: {person['contact']}" if person.get("contact") else person["name"]


def _line(line: Line) -> str:
    hours = f", {line.hours}" if line.hours else ""
    return f"{line.contact}  {line.name}{hours}\n{line.purpose}"


def _checked(lines: Sequence[Line]) -> str:
    oldest = min(line.checked for line in lines)
    said = f"{oldest.day} {MONTHS[oldest.month - 1].capitalize()} {oldest.year}"
    if any(line.stale for line in lines):
        return (
            f"Some of these were last checked on {said}, over a year ago, and may have changed. The emergency "
            "number of your country and findahelpline.com are the surest."
        )
    return f"Checked on {said}; a number may have changed since. `smartcli start` sets your country and people."
