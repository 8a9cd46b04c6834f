"""Every id that entries join on. `python -m tools.recorded` records the new ones; it never takes one out."""

from collections.abc import Iterator
from pathlib import Path

from smartcli.content.catalog import Catalog, built_in
from smartcli.fields import Field

CATALOG = Catalog(Path("/nowhere"))
TESTS = Path(__file__).parent.parent / "tests"
FILE = TESTS / "recorded-ids.txt"
RETIRED = TESTS / "retired-ids.txt"


def ids() -> set[str]:
    """Return the ids of all shipped exercises, their fields, columns and options, and of the options of lists."""
    found = set[str]()
    for exercise in CATALOG:
        found.add(exercise.id)
        for field in exercise.fields:
            found.update(_of_field(exercise.id, field))
    for file in (built_in() / "lists").iterdir():
        name = file.name.removesuffix(".toml")
        found.update(f"lists/{name} = {option}" for option in _listed(name))
    return found


def _of_field(within: str, field: Field) -> Iterator[str]:
    name = f"{within} {field.id}"
    yield name
    listed = _listed(getattr(field, "options_from", ""))
    for option in (*getattr(field, "options", ()), *getattr(field, "marks", ())):
        if option.id not in listed:
            yield f"{name} = {option.id}"
    for column in getattr(field, "columns", ()):
        yield from _of_field(name, column)


def _listed(name: str) -> set[str]:
    return {option.id for option in CATALOG.list_named(name) or ()} if name else set()


def recorded() -> set[str]:
    """Return the ids that were recorded."""
    return _lines(FILE)


def retired() -> set[str]:
    """Return the ids of questions that are no longer asked: old entries have them, so they are never used again."""
    return _lines(RETIRED)


def _lines(file: Path) -> set[str]:
    return set(file.read_text(encoding="utf-8").split("\n")) - {""} if file.exists() else set()


if __name__ == "__main__":
    FILE.write_text("".join(f"{one}\n" for one in sorted(recorded() | ids())), encoding="utf-8")
