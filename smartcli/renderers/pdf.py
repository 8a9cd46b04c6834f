"""Pages as a PDF: real text, tags, bookmarks, page numbers, no author. It needs the extra `pdf`."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple
from unicodedata import name

from smartcli import blocks as b
from smartcli.language import _, ngettext
from smartcli.trouble import Trouble
from smartcli.words import enumerated, sentences

_NAMED = 5  # characters that a note names one by one


class Made(NamedTuple):
    """A PDF, and how often each character that its letters do not have had to be left out."""

    data: bytes
    missing: Counter[str]


def document(title: str, pages: Iterable[b.Page], headings: Sequence[b.Page] | None = None, paper: str = "a4") -> Made:
    """Return one PDF of several pages; the same pages give the same bytes.

    Pages of a `section` stand under it, after a title and contents. `headings` are the same pages without what stands
    on them: with these, pages are gone through once and need not be kept. `paper` is "a4" or "letter".
    Raises Trouble where fpdf2 is not there.
    """
    try:
        from smartcli.renderers.pdf_paper import Paper
    except ImportError:
        raise Trouble(
            _("To write a PDF, smartcli needs a part that is not installed."),
            safe=_("Nothing was written."),
            hint=_(
                "Type `pip install fpdf2`, or with pipx: `pipx inject smartcli-workbook fpdf2`. "
                "You can also use --as html and print from a browser."
            ),
        ) from None
    made = Paper(title, paper)
    if headings is None:
        headings = pages = [*pages]
    made.set(pages, headings)
    return Made(made.tagged(), made.missing)


def missing_said(missing: Counter[str]) -> str:
    """Return a sentence about characters that a PDF could not show, or "" when it showed them all."""
    if not missing:
        return ""
    named = enumerated(
        _("{character} ({number})", character=name(one, f"U+{ord(one):04X}").lower(), number=number)
        for one, number in missing.most_common(_NAMED)
    )
    more = len(missing) - _NAMED
    return sentences(
        ngettext(
            "The PDF cannot show {number} character. You see ▯ in its place.",
            "The PDF cannot show {number} characters. You see ▯ in their place.",
            missing.total(),
        ),
        _("These are: {characters}.", characters=named),
        ngettext("{number} more is not named here.", "{number} more are not named here.", more) if more > 0 else "",
        _("An html file can show all characters."),
    )
