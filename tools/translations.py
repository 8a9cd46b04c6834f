"""What translators begin from. `python -m tools.translations FOLDER` writes smartcli.pot and exercises.pot there.

`python -m tools.translations FOLDER pseudo` writes catalogues of a made language, in which every letter that can
bear an accent does: what still stands in plain letters has not passed the door. To see it:

    python -m tools.translations /tmp/made pseudo
    SMARTCLI_TRANSLATIONS=/tmp/made SMARTCLI_LANGUAGE=qps smartcli
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import write_po

from smartcli import language
from smartcli.content.catalog import OptionList, built_in
from smartcli.content.closings import Closings
from smartcli.content.danger import Danger
from smartcli.content.exercise import POINTS, Exercise
from smartcli.content.helplines import Directory, Services
from smartcli.content.offers import Offers
from smartcli.content.path import FirstWeeks
from smartcli.content.plan import PlanSections
from smartcli.content.prose import Text, texts_of
from smartcli.schema.keys import build
from smartcli.schema.toml_file import Source

ROOT = Path(__file__).parent.parent
PSEUDO = "qps"  # a code that stands for no language
_FILES = {
    "offers": Offers,
    "path": FirstWeeks,
    "plan": PlanSections,
    "closings": Closings,
    "danger": Danger,
}
_KEPT = re.compile(
    r"`[^`]*`|\{[^{}]*\}|%\(\w+\)\w|%\w|https?://\S+|(?<!\w)--?[a-z][a-z-]*|smartcli [a-z]+(?= )|[\w-]+\.(?:com|org|toml|py|uk)\b"
)
_ACCENTS = str.maketrans("aeiouyncszAEIOUYNCSZ", "áéíóúýñçšžÁÉÍÓÚÝÑÇŠŽ")


def program() -> Catalog:
    """Return every sentence of the program, and those of typer that it shows."""
    import typer

    catalog = _empty()
    for package, place in ((ROOT / "smartcli", "smartcli"), (typer, "typer")):
        folder = package if isinstance(package, Path) else Path(package.__file__).parent
        for file, line, message, _, context in extract_from_dir(folder, [("**.py", "python")]):
            catalog.add(message, locations=[(f"{place}/{file}", line)], context=context)
    for text in _helps():
        catalog.add(text, locations=[("smartcli/commands", 0)])
    return catalog


def content() -> Catalog:
    """Return every text of the files in exercises/ that people read; the context of each is made of ids."""
    catalog = _empty()
    for text in texts():
        catalog.add(text.words, context=text.context, auto_comments=[text.key])
    return catalog


def texts() -> Iterator[Text]:
    """Yield every text of the files in exercises/, with its place."""
    for name, cls in _FILES.items():
        yield from _texts_in(built_in() / f"{name}.toml", cls, name)
    for file in sorted((built_in() / "helplines").iterdir(), key=lambda file: file.name):
        yield from _texts_in(file, Directory if file.name == "countries.toml" else Services, "helplines")
    for file in sorted((built_in() / "lists").iterdir(), key=lambda file: file.name):
        name = file.name.removesuffix(".toml")
        yield from _texts_in(file, OptionList, f"lists/{name}")
    for point in POINTS:
        for file in sorted((built_in() / point).iterdir(), key=lambda file: file.name):
            yield from _texts_in(file, Exercise, file.name.removesuffix(".toml"))


def pseudo(text: str) -> str:
    """Return a text with accents on its letters, but for slots, commands, options and addresses."""
    marked, end = "", 0
    for kept in _KEPT.finditer(text):
        marked += text[end : kept.start()].translate(_ACCENTS) + kept[0]
        end = kept.end()
    return marked + text[end:].translate(_ACCENTS)


def write_templates(folder: Path) -> None:
    """Write both .pot files into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for domain, catalog in ((language.PROGRAM, program()), (language.CONTENT, content())):
        with (folder / f"{domain}.pot").open("wb") as file:
            write_po(file, catalog, width=100, sort_by_file=True)


def write_pseudo(folder: Path) -> None:
    """Write the catalogues of the made language into a folder, where SMARTCLI_TRANSLATIONS finds them."""
    place = folder / PSEUDO / "LC_MESSAGES"
    place.mkdir(parents=True, exist_ok=True)
    for domain, catalog in ((language.PROGRAM, program()), (language.CONTENT, content())):
        for message in catalog:
            if isinstance(message.id, tuple):
                message.string = tuple(map(pseudo, message.id))
            else:
                message.string = pseudo(message.id) if message.id else message.string
        with (place / f"{domain}.mo").open("wb") as file:
            write_mo(file, catalog)


def _empty() -> Catalog:
    return Catalog(locale="en", project="smartcli", charset="utf-8", fuzzy=False)


def _texts_in(file: Any, cls: type, context: str) -> Iterator[Text]:
    """Yield the texts of one file, as they stand there."""
    source = Source.read(file.name, file.read_bytes(), limit=10**6)
    made = build(cls, source.table, source, ())
    if made is not None:
        yield from texts_of(made, context)


def commands() -> Iterator[Any]:
    """Yield the program's command of commands, and every command below it."""
    from typer.main import get_command

    from smartcli.cli import app

    left = [get_command(app)]
    while left:
        command = left.pop()
        yield command
        left += getattr(command, "commands", {}).values()


def _helps() -> Iterator[str]:
    """Yield what the docstrings of all commands say in `--help`."""
    return (command.help for command in commands() if command.help)


def main() -> None:
    """Write what the arguments ask for."""
    folder, *kind = sys.argv[1:] or ["translations"]
    (write_pseudo if kind == ["pseudo"] else write_templates)(Path(folder))


if __name__ == "__main__":
    main()
