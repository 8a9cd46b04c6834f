"""The names that may stand on a page: of the person's people, and of what they want to change."""

from collections.abc import Iterable, Mapping, Sequence

from smartcli.entries.entry import Entry
from smartcli.pages.roles import Roles
from smartcli.words import folded
from smartcli.workbook.workbook import Workbook


def contacts_by_name(workbook: Workbook) -> dict[str, list[str]]:
    """Return every way in which each of the person's people was ever reached, by name."""
    found: dict[str, list[str]] = {}
    for kept in workbook.settings.people:
        found.setdefault(kept["name"], []).extend(filter(None, [kept.get("contact", "")]))
    for entry in workbook.memory.with_measure("person"):
        for row in entry.observations():
            # Of two people in a row nobody can tell whose the contact is: it may be either's.
            contacts = [contact.words for contact in row.get("contact", [])]
            for person in row.get("person", []):
                found.setdefault(person.words, []).extend(contacts)
    return found


def behaviour_names(workbook: Workbook, entries: Iterable[Entry]) -> list[str]:
    """Return the names of what the person wants to change, and those that entries are about."""
    names = [behaviour.name for behaviour in workbook.memory.behaviours]
    names += [entry.behaviour for entry in entries if entry.behaviour]
    return names


def people_on_page(page: str, contacts: Mapping[str, Sequence[str]]) -> list[str]:
    """Return whose name, or a way to reach them, stands on a page; each once. `contacts`: by name."""
    ways = {way: way for known in contacts.values() for way in known}
    found = Roles({name: name for name in contacts}, ways).used_in(page)
    return once_each(name for name, known in contacts.items() if not found.isdisjoint((name, *known)))


def things_on_page(page: str, names: Sequence[str]) -> list[str]:
    """Return the names of what is nobody that stand on a page, each once."""
    found = Roles({}, things={name: name for name in names}).used_in(page)
    return once_each(name for name in names if name in found)


def once_each(names: Iterable[str]) -> list[str]:
    """Return names in their order, each once however its letters are written, without empty ones."""
    return [*{folded(name): name for name in names if folded(name)}.values()]
