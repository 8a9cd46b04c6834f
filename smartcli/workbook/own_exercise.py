"""An exercise of the person's own, begun from a commented file."""

import re
from pathlib import Path

from smartcli.journal.disk_errors import disk_errors_as_trouble
from smartcli.journal.export_target import write_file
from smartcli.journal.files import Folder
from smartcli.trouble import Trouble
from smartcli.workbook.workbook import Workbook


def begin_exercise(workbook: Workbook, name: str) -> Path:
    """Write the starter file under a new id and return where it is; raises Trouble."""
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,63}", name):
        raise Trouble("An id is made of lower-case letters, digits and -.", hint="For example: sunday-look-back")
    if workbook.catalog.get(name):
        raise Trouble("There is an exercise with that id already.", hint="Give yours another name.")
    with disk_errors_as_trouble("Nothing was written"):
        Folder(workbook.catalog.own, create=True).close()
    text = (workbook.catalog.folder / "starter.toml").read_text(encoding="utf-8")
    text = text.replace("my-exercise", name).replace("My exercise", name.replace("-", " ").capitalize())
    path = workbook.catalog.own / f"{name}.toml"
    write_file(path, [text])
    return path
