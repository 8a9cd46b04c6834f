"""Every text a person can see, and how plain it is. `python -m tools.language` prints each exercise's grade."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from smartcli.content.catalog import Catalog, built_in
from smartcli.content.danger import shipped_danger
from smartcli.content.exercise import Exercise
from smartcli.content.helplines import read_helplines
from smartcli.fields import Field

ROOT = Path(__file__).parent.parent
PLAIN_KEYS = ("ask", "label", "hint", "example", "low_label", "high_label", "unit")


def texts_of(exercise: Exercise) -> Iterator[str]:
    """Yield every text of an exercise."""
    yield from (exercise.title, exercise.purpose, exercise.suits, *exercise.intro.split("\n"))
    for field in exercise.fields:
        yield from _texts_of_field(field)


def _texts_of_field(field: Field) -> Iterator[str]:
    for key in PLAIN_KEYS:
        yield from str(getattr(field, key, "")).split("\n")
    if isinstance(field.headline, str):
        yield field.headline
    for recall in field.recall:
        yield from (recall.say, recall.or_say)
    for key in ("options", "marks", "offered"):
        for option in getattr(field, key, ()):
            yield from (option.say, option.group, option.remark)
    yield from (step.say for step in getattr(field, "steps", ()))
    yield from getattr(field, "rows", ())
    for column in getattr(field, "columns", ()):
        yield from _texts_of_field(column)


def sentences_of(exercise: Exercise) -> list[str]:
    """Return the running text of an exercise as sentences: what is read, without options and labels."""
    parts = [exercise.purpose, exercise.suits, *exercise.intro.split("\n")]
    for field in exercise.fields:
        for one in (field, *getattr(field, "columns", ())):
            parts += [*one.ask.split("\n"), one.hint, *(step.say for step in getattr(one, "steps", ()))]
            parts += [recall.or_say for recall in one.recall]
    return [part.strip().removeprefix("- ") for part in parts if part.strip()]


def grade(exercise: Exercise) -> float:
    """Return the Automated Readability Index of an exercise: about the school year that can read it."""
    import textstat

    text = " ".join(part if part[-1] in ".?!:" else part + "." for part in sentences_of(exercise))
    return float(textstat.automated_readability_index(text.replace(":", ".").replace(";", ".")))


def texts_of_code() -> Iterator[tuple[str, str]]:
    """Yield every text in the program's code that is no docstring, with its place."""
    for path in sorted((ROOT / "smartcli").rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        documents = {
            id(node.body[0].value)
            for node in ast.walk(tree)
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
            and node.body
            and isinstance(node.body[0], ast.Expr)
            and not (isinstance(node, ast.FunctionDef) and "commands" in path.relative_to(ROOT).parts)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documents:
                yield f"{path.name}:{node.lineno}", node.value


def program_texts() -> Iterator[str]:
    """Yield every sentence that the program itself says: what passes `_()`, and the help of its commands."""
    from tools.translations import program

    for message in program():
        if any(place.startswith("smartcli/") for place, _line in message.locations):
            yield from message.id if isinstance(message.id, tuple) else [message.id]


def all_texts() -> Iterator[tuple[str, str]]:
    """Yield every text a person can see, with where it stands."""
    catalog = Catalog(Path("/nowhere"))
    for exercise in catalog:
        yield from ((exercise.id, text) for text in texts_of(exercise))
    for file in (built_in() / "lists").iterdir():
        for option in catalog.list_named(file.name.removesuffix(".toml")) or ():
            yield from ((file.name, text) for text in (option.say, option.group))
    directory, _ = read_helplines(built_in())
    for line in directory.every_line() if directory else ():
        # not its name: what a service calls itself is not ours to change
        yield from (("helplines", text) for text in (line.purpose, line.hours))
    danger = shipped_danger()
    if danger:
        yield from (("danger", text) for text in (danger.say, danger.after))
    yield from texts_of_code()
    for name in ("README.md",):
        if (ROOT / name).exists():
            yield from ((name, text) for text in (ROOT / name).read_text(encoding="utf-8").split("\n"))


def main() -> None:
    """Print each exercise's id, fields, minutes and grade."""
    rows: list[tuple[Any, ...]] = []
    for exercise in Catalog(Path("/nowhere")):
        rows.append((exercise.point, exercise.id, len(exercise.fields), exercise.minutes, f"{grade(exercise):.1f}"))
    for row in rows:
        print("{:11} {:18} {:3} fields {:3} min   grade {}".format(*row))


if __name__ == "__main__":
    main()
