"""The names that may stand on a page: of the person's people, and of what they want to change."""

from collections.abc import Iterable

from smartcli.entries.entry import Entry
from smartcli.pages.roles import Roles
from smartcli.words import folded
from smartcli.workbook.workbook import Workbook


def contacts_by_name(workbook: Workbook) -> dict[str, str]:
    """Return how each of the person's people is reached, by name; "" where it was not said."""
    found = {person["name"]: person.get("contact", "") for person in workbook.settings.people}
    for entry in workbook.memory.with_measure("person"):
        for row in entry.observations():
            people, contacts = row.get("person", []), row.get("contact", [])
            # Of two people in a row nobody can tell whose the contact is.
            contact = contacts[0].words if len(people) == 1 and contacts else ""
            for person in people:
                found[person.words] = found.get(person.words) or contact
    return found


def behaviour_names(workbook: Workbook, entries: Iterable[Entry]) -> list[str]:
    """Return the names of what the person wants to change, and those that entries are about."""
    names = [behaviour.name for behaviour in workbook.memory.behaviours]
    names += [entry.behaviour for entry in entries if entry.behaviour]
    return names


def names_on_page(page: str, names: Iterable[str]) -> list[str]:
    """Return the names that stand on a page, each once."""
    once = {folded(name): name for name in names if folded(name)}
    return [name for name in once.values() if Roles({name: ""})(page) != page]
