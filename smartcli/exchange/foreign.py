"""Files that hold no entries smartcli could read, known by their first bytes and called what they are."""

from smartcli.exchange.imported import refused
from smartcli.exchange.opening import Opened
from smartcli.language import N_, _
from smartcli.trouble import Trouble

_SAVE_AS_TEXT = N_("smartcli reads text, Markdown, csv and JSON. Save or export it as one of these, and import that.")
_IF_OURS = N_(
    "If smartcli wrote it: `smartcli backup` and `smartcli export --as json` write what can be taken in again."
)
_SEALED = N_("Open it with the program and the passphrase it was locked with, and import what comes out.")
_DATABASE = N_("In the program it comes from, choose to export (Loop: export as CSV), and import that file.")

_BY_BYTES = {
    b"%PDF-": (N_("This is a pdf, and smartcli can't read entries in a pdf."), _IF_OURS),
    b"{\\rtf": (N_("This is a text with formatting (rtf)."), _SAVE_AS_TEXT),
    b"SQLite format 3\0": (N_("This is a database."), _DATABASE),
    b"age-encryption.org/v1": (N_("This file is locked with age."), _SEALED),
    b"\xd0\xcf\x11\xe0": (N_("This is a file of an office program."), _SAVE_AS_TEXT),
    b"\x1f\x8b": (N_("This file is packed with gzip."), N_("Unpack it, and import what is in it.")),
    b"7z\xbc\xaf\x27\x1c": (N_("This is a 7z archive."), N_("Unpack it, and import what is in it.")),
}
_BY_TEXT = {
    "<!doctype html": (N_("This is a web page (html)."), _SAVE_AS_TEXT),
    "<html": (N_("This is a web page (html)."), _SAVE_AS_TEXT),
    "<?xml": (N_("This is an xml file."), _SAVE_AS_TEXT),
    "begin:vcalendar": (N_("This is a calendar (ics), and smartcli can't read entries in one."), _IF_OURS),
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


def _trouble(what: str, hint: str) -> Trouble:
    return refused(_(what), _(hint))
