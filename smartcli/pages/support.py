"""Support on a page: who to turn to, first the person's own people and country."""

from collections.abc import Sequence

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
    if not here:
        emergency = [
            f"{line.contact} ({country.say})"
            for country in directory.country
            for line in directory.line
            if line.country == country.id and line.emergency
        ]
        blocks += [b.Words("In danger now? Ring the emergency number: " + ", ".join(emergency) + ".")]
    if settings.people:
        people = [b.Item(_person(one)) for one in settings.people]
        blocks += [b.Heading("Your people"), b.Items(people)]
    for plan in plans:
        blocks += [b.Heading(plan.title), *entry_blocks(plan)]
    shown = [country for country in directory.country if country.id in (settings.country, _ANYWHERE)]
    for country in shown if here else directory.country:
        lines = [line for line in directory.line if line.country == country.id]
        blocks += [b.Heading(country.say), b.Items([b.Item(_line(line)) for line in lines])]
    blocks.append(b.Words(_checked(here or directory.line), quiet=True))
    return b.Page("Support", blocks)


def _person(one: dict[str, str]) -> str:
    return f"{one['name']}: {one['contact']}" if one.get("contact") else one["name"]


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
