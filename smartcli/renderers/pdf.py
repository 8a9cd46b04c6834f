"""Pages as a PDF: real text, bookmarks, page numbers, no author. It needs the extra `pdf`."""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple
from unicodedata import name

from smartcli import blocks as b
from smartcli.trouble import Trouble

_NAMED = 5  # characters that a note names one by one


class Made(NamedTuple):
    """A PDF, and how often each character that its letters do not have had to be left out."""

    data: bytes
    missing: Counter[str]


def document(title: str, pages: Iterable[b.Page]) -> Made:
    """Return one PDF of several pages; the same pages give the same bytes.

    Pages of a `section` stand under it, after a title and contents. Raises Trouble where fpdf2 is not there.
    """
    try:
        from smartcli.renderers.pdf_paper import Paper
    except ImportError:
        raise Trouble(
            "A PDF needs a part that is not installed.",
            safe="Nothing was written.",
            hint="pip install 'smartcli-workbook[pdf]' adds it. Or use --as html and print that from a browser.",
        ) from None
    paper = Paper(title)
    paper.set([*pages])
    return Made(bytes(paper.output()), paper.missing)


def missing_said(missing: Counter[str]) -> str:
    """Return a sentence about characters that a PDF could not show, or "" when it showed them all."""
    if not missing:
        return ""
    named = [f"{name(one, f'U+{ord(one):04X}').lower()} ({number})" for one, number in missing.most_common(_NAMED)]
    more = len(missing) - len(named)
    return (
        f"{missing.total()} characters are not in the letters of the PDF and stand there as ▯: "
        f"{', '.join(named)}{f', and {more} more kinds' if more else ''}. The html shows them."
    )
