"""The formats that pages and entries are written in; light, since the command line's options name them."""

from enum import StrEnum


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
