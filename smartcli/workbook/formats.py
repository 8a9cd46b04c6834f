"""What command line options name: the formats pages are written in, and whom they are for. Light, for help needs it."""

from enum import StrEnum
from pathlib import Path
from typing import TypeVar


class ExportFormat(StrEnum):
    """The formats of `export`."""

    MD = "md"
    HTML = "html"
    PDF = "pdf"
    CSV = "csv"
    JSON = "json"
    ICS = "ics"
    VAULT = "vault"


class PaperSize(StrEnum):
    """The sizes of paper that a PDF can be made for."""

    A4 = "a4"
    LETTER = "letter"


class SheetFormat(StrEnum):
    """The formats of `print`."""

    HTML = "html"
    PDF = "pdf"
    MD = "md"


class ReaderName(StrEnum):
    """Whom `share` makes a page for."""

    DOCTOR = "doctor"
    MEETING = "meeting"
    FRIEND = "friend"


Format = TypeVar("Format", ExportFormat, SheetFormat)

# A vault is a folder, whose name has no ending of its own.
_ENDINGS = {str(format_): format_ for format_ in ExportFormat if format_ is not ExportFormat.VAULT}
_ENDINGS |= {"markdown": ExportFormat.MD, "htm": ExportFormat.HTML}
# What other programs open as something that is not written here: a file of ours under such a name would not open.
_OTHERS = frozenset({"doc", "docx", "odt", "rtf", "xls", "xlsx", "ods", "pptx", "epub", "zip", "png", "jpg", "jpeg"})


def format_of_ending(output: str | None) -> ExportFormat | None:
    """Return the format that the ending of a file's name is known for; None for "-", a folder and other endings."""
    return _ENDINGS.get(_ending(output))


def foreign_ending(output: str | None) -> str | None:
    """Return the ending of a file's name where it is that of a format which is not written here: "docx"."""
    ending = _ending(output)
    return ending if ending in _OTHERS else None


def _ending(output: str | None) -> str:
    """Return the ending of a file's name, in small letters; "" for "-", a folder and a name without one."""
    if not output or output.endswith(("/", "\\")) or _is_folder(output):
        return ""
    return Path(output).suffix.removeprefix(".").lower()


def _is_folder(output: str) -> bool:
    """Return whether a folder is there; where nobody can say, there is none: writing tells what is wrong."""
    try:
        return Path(output).expanduser().is_dir()
    except (OSError, RuntimeError, ValueError):  # no such user, a name too long, a NUL
        return False


def choose_format(as_: Format | None, output: str | None, default: Format) -> Format:
    """Return the format to write: that of --as, else the one that the ending of --output names, else the default.

    Raises Trouble (2) where these two name different formats, or the ending names one that is not written here. What
    --as says goes into a file whose ending is not known to be another format's.
    """
    from smartcli.language import _
    from smartcli.trouble import Trouble
    from smartcli.words import either

    of_ending = format_of_ending(output)
    formats = {str(format_): format_ for format_ in type(default).__members__.values()}
    if of_ending is None and _ending(output) == "txt":
        return as_ or formats[ExportFormat.MD]
    if of_ending is None and (as_ or not foreign_ending(output)):
        return as_ or default
    if as_ and as_ != of_ending:
        is_folder = as_ == ExportFormat.VAULT
        raise Trouble(
            _("--as says {format}, but the name of the file says {ending}.", format=as_, ending=of_ending),
            safe=_("Nothing was written."),
            hint=_("Leave out --as, or name a folder after --output.")
            if is_folder
            else _("Leave out --as, or give the file a name that ends in .{format}.", format=as_),
        )
    if of_ending not in formats:
        raise Trouble(
            _("This cannot be written as {format}.", format=_ending(output)),
            safe=_("Nothing was written."),
            hint=_("It can be {formats}.", formats=either(formats)),
        )
    return formats[of_ending]
