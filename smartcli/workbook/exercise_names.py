"""The names of exercises where a command line is read: what is one, what is nearly one, and what TAB offers."""

from pathlib import Path

from smartcli.content.catalog import Catalog
from smartcli.content.exercise import POINTS
from smartcli.trouble import Trouble
from smartcli.workbook.workbook import Workbook

POINT_NAMES = POINTS  # the ids of the points
_NO_OWN = Path("/nowhere")  # no folder of the person's


def is_exercise(words: str) -> bool:
    """Return whether words are the id, title or alias of an exercise; raises Trouble when its file cannot be read."""
    catalog = _find_catalog()
    return bool(catalog and words and catalog.named(words))


def nearest_exercise(word: str, cutoff: float) -> str | None:
    """Return the id of the exercise whose name is most like a word, at least `cutoff` (0 to 1); None for none."""
    catalog = _find_catalog()
    return catalog.nearest(word, cutoff=cutoff) if catalog else None


def built_in_names(begun: str) -> dict[str, str]:
    """Return the names of built-in exercises that begin so, each with its title: ids first, then names of one word.

    Ids alone where nothing is typed yet: of names there are four hundred. Never one of the person's own.
    """
    begun = begun.lower()
    heads = Catalog(_NO_OWN).heads()
    names = {head.id: head.title for head in heads}
    if begun:
        aliases = {alias.lower(): head.title for head in heads for alias in head.aliases if " " not in alias}
        names |= {alias: title for alias, title in aliases.items() if alias not in names}
    return {name: title for name, title in names.items() if name.startswith(begun)}


def _find_catalog() -> Catalog | None:
    """Return the exercises; None where the person's folder is out of reach: the command was mistyped all the same."""
    try:
        return Workbook().catalog
    except Trouble:
        return None
