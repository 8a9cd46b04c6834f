"""An exercise of the person's own, begun from a commented file."""

import re
from pathlib import Path

from smartcli.content.catalog import is_reserved
from smartcli.journal.disk_errors import disk_errors_as_trouble
from smartcli.journal.files import Folder
from smartcli.language import _
from smartcli.trouble import Trouble
from smartcli.workbook.workbook import Workbook


def begin_exercise(workbook: Workbook, name: str) -> Path:
    """Write the starter file under a new id and return where it is; raises Trouble."""
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,63}", name):
        raise Trouble(_("An id can hold lower-case letters, digits and -."), hint=_("For example: sunday-look-back"))
    if is_reserved(name):
        raise Trouble(
            _("Windows cannot have a file with this name, so the id would not work everywhere."),
            hint=_("Give yours another id."),
        )
    taken = Trouble(_("There is already an exercise with that id."), hint=_("Give yours another id."))
    if workbook.catalog.get(name):
        raise taken
    text = (workbook.catalog.folder / "starter.toml").read_text(encoding="utf-8")
    text = text.replace("my-exercise", name).replace("My exercise", name.replace("-", " ").capitalize())
    path = workbook.catalog.own / f"{name}.toml"
    with disk_errors_as_trouble(_("Nothing was written")), Folder(path.parent, create=True) as folder:
        try:
            folder.publish(path.name, text.encode())
        except FileExistsError:  # one that cannot be used
            raise taken from None
    return path
