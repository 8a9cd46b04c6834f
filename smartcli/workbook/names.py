"""The names that may stand on a page: of the person's people, and of what they want to change."""

from collections.abc import Iterable

from smartcli.entries.entry import Entry
from smartcli.pages.roles import Roles
from smartcli.words import folded
from smartcli.workbook.workbook import Workbook


def contacts(workbook: Workbook) -> dict[str, str]:
    """Return how each of the person's people is reached, by name; "" where it was not said."""
    found = {one["name"]: one.get("contact", "") for one in workbook.settings.people}
    for entry in workbook.memory.with_measure("person"):
        for said in entry.observations():
            for one in said.get("person", ()):
                reached = said["contact"][0].words if len(said["person"]) == 1 and "contact" in said else ""
                found[one.words] = found.get(one.words) or reached
    return found


def behaviours(workbook: Workbook, entries: Iterable[Entry]) -> list[str]:
    """Return the names of what the person wants to change, and those that entries are about."""
    return [*(one.name for one in workbook.memory.behaviours), *(one.behaviour for one in entries if one.behaviour)]


def standing(page: str, names: Iterable[str]) -> list[str]:
    """Return the names that stand on a page, each once."""
    once = {folded(name): name for name in names if folded(name)}
    return [name for name in once.values() if Roles({name: ""})(page) != page]
