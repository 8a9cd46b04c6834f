"""Files that hold no entries smartcli could read, known by their first bytes and called what they are."""

from collections.abc import Collection

from smartcli.exchange.imported import refused
from smartcli.exchange.opening import Opened
from smartcli.language import N_, _
from smartcli.trouble import Trouble

_SAVE, _OURS, _OPEN, _EXPORT, _UNPACK = "save", "ours", "open", "export", "unpack"
_HINTS = {
    _SAVE: N_("smartcli reads text, Markdown, csv and JSON. Save or export it as one of these, and import that."),
    _OURS: N_(
        "If smartcli wrote it: `smartcli backup` and `smartcli export --as json` write what can be taken in again."
    ),
    _OPEN: N_("Open it with the program and the passphrase it was locked with, and import what comes out."),
    _EXPORT: N_("In the program it comes from, choose to export (Loop: export as CSV), and import that file."),
    _UNPACK: N_("Unpack it, and import what is in it."),
}

_BY_BYTES = {
    b"%PDF-": (N_("This is a pdf, and smartcli can't read entries in a pdf."), _OURS),
    b"{\\rtf": (N_("This is a text with formatting (rtf)."), _SAVE),
    b"SQLite format 3\0": (N_("This is a database."), _EXPORT),
    b"age-encryption.org/v1": (N_("This file is locked with age."), _OPEN),
    b"\xd0\xcf\x11\xe0": (N_("This is a file of an office program."), _SAVE),
    b"\x89PNG\r\n": (N_("This is a picture."), _SAVE),
    b"\xff\xd8\xff": (N_("This is a picture."), _SAVE),
    b"GIF8": (N_("This is a picture."), _SAVE),
    b"\x1f\x8b": (N_("This file is packed with gzip."), _UNPACK),
    b"7z\xbc\xaf\x27\x1c": (N_("This is a 7z archive."), _UNPACK),
}
_BY_TEXT = {
    "<!doctype html": (N_("This is a web page (html)."), _SAVE),
    "<html": (N_("This is a web page (html)."), _SAVE),
    "<?xml": (N_("This is an xml file."), _SAVE),
    "begin:vcalendar": (N_("This is a calendar (ics), and smartcli can't read entries in one."), _OURS),
}


def refuse_foreign(opened: Opened) -> None:
    """Raise Trouble that names a file which is a pdf, a web page, a database or another thing without entries."""
    begins = opened.first_bytes()
    for mark, (what, hint) in _BY_BYTES.items():
        if begins.startswith(mark):
            raise _trouble(what, hint)
    words = begins.decode("utf-8", "replace").lstrip("\ufeff \r\n\t").casefold()
    for mark_in_text, (what, hint) in _BY_TEXT.items():
        if words.startswith(mark_in_text):
            raise _trouble(what, hint)


def refuse_office_file(names: Collection[str]) -> None:
    """Raise Trouble when the names in a zip are those of a document of an office program (docx, odt)."""
    if "[Content_Types].xml" in names or {"content.xml", "mimetype"} <= {*names}:
        raise _trouble(N_("This is a file of an office program."), _SAVE)


def _trouble(what: str, hint: str) -> Trouble:
    return refused(_(what), _(_HINTS[hint]))
