"""What our commands are measured beside: the floor of start-up, the floor of scanning, and jrnl with the same texts."""

import json
from collections.abc import Sequence
from pathlib import Path

from smartcli.entries.entry import Entry

TYPER = """
import typer
app = typer.Typer(add_completion=False)
@app.command()
def hello() -> None:
    print("hello")
app()
"""

SCAN = """
import json, os, sys
for month in os.scandir(sys.argv[1]):
    for file in os.scandir(month):
        with open(file, "rb") as opened:
            json.loads(opened.read())
"""

_SETTINGS = """\
colors: {body: none, date: none, tags: none, title: none}
default_hour: 9
default_minute: 0
editor: ''
encrypt: false
highlight: false
indent_character: '|'
linewrap: 79
tagsymbols: '#@'
template: false
timeformat: '%F %r'
version: v4.6
journals: {default: {journal: "JOURNAL"}}
"""


def jrnl(folder: Path, entries: Sequence[Entry]) -> Path:
    """Write the same texts as a journal of jrnl's, and settings that name it; return the settings' path.

    Times stand as it writes them by itself: an ISO time, which must be asked for, it reads several times as fast.
    """
    folder.mkdir(parents=True)
    journal, settings = folder / "journal.txt", folder / "jrnl.yaml"
    oldest_first = sorted(entries, key=lambda entry: entry.when.at)
    journal.write_text("\n".join(map(_as_text, oldest_first)), encoding="utf-8")
    settings.write_text(_SETTINGS.replace("JOURNAL", str(journal)), encoding="utf-8")
    return settings


def _as_text(entry: Entry) -> str:
    answers = "\n".join(f"{one['ask']} {json.dumps(one['answer'], ensure_ascii=False)}" for one in entry.body["fields"])
    return f"[{entry.when.at:%F %r}] {entry.title}.\n{answers}\n"
