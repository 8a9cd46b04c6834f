"""Entries made by the program itself, for pictures and measurements."""

import json
from pathlib import Path
from typing import Any

from smartcli.content.catalog import Catalog
from smartcli.entries.revisions import fill, new_id
from smartcli.journal.store import Journal
from smartcli.moments import Moment, now
from smartcli.session.answers import filled_form
from smartcli.session.memory import Memory
from smartcli.settings import Settings

CATALOG = Catalog(Path("/nowhere"))

# For `catalogue`: what somebody wants to change.
START = """=== start
[[field]]
id = "behaviours"
kind = "table"
ask = "What?"
[[field.columns]]
id = "name"
kind = "line"
ask = "Name?"
measure = "behaviour"
[[field.columns]]
id = "family"
kind = "choice"
ask = "Family?"
options = [{ id = "alcohol", say = "Alcohol" }, { id = "self-harm", say = "Self-harm" }]
measure = "family"
"""


def record(
    home: Path, exercise: str, answers: dict[str, Any], when: Moment | None = None, about: str | None = None
) -> str:
    """Keep an entry under a home, as `record` would; return its id."""
    journal = Journal(home / "journal")
    chosen = CATALOG.find(exercise)
    given = json.loads(json.dumps(answers))
    form = filled_form(chosen, given, Memory(journal.entries, Settings(home / "config.toml")), about)
    started = when.at if when else now()
    entry = fill(chosen, form.filled({}, started), id=new_id(), started=started, when=when, about=about)
    journal.save(entry)
    return entry.id


def catalogue(tmp_path: Path, text: str, lists: str = "") -> Catalog:
    """Return a catalogue of exercises made for one test; `text` holds them, each after a line "=== id"."""
    folder = tmp_path / "made"
    (folder / "daily").mkdir(parents=True)
    (folder / "lists").mkdir()
    (folder / "lists" / "swaps.toml").write_text("format = 1\n" + lists)
    for part in text.split("=== ")[1:]:
        name, _, body = part.partition("\n")
        head = f'format = 1\nid = "{name}"\ntitle = "{name.capitalize()}"\npoint = "daily"\npurpose = "For a test."\n'
        (folder / "daily" / f"{name}.toml").write_text(head + body)
    return Catalog(tmp_path / "own", folder)
