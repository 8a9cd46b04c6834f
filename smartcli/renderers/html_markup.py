"""What every part of the HTML renderer uses: words made safe, and headings kept with what they head."""

import re
from html import escape

from smartcli.words import visible

_TAG = re.compile(r"<[^>]*>")
_LETTERS = 80  # of a line of text, about
_LINE_END = re.compile(r"</(?:p|li|h[1-6]|tr|blockquote|dt)>")
_SHORT = 24  # lines; a third of an A4 page or less, so that little paper is left empty above them


def escape_html(text: str) -> str:
    """Return words as they may stand anywhere in the document, in an attribute too."""
    return escape(visible(text), quote=True)


def is_short(markup: str) -> bool:
    """Return whether blocks take so few lines that they can stand on one page of paper whole."""
    return len(_LINE_END.findall(markup)) + len(_TAG.sub("", markup)) // _LETTERS <= _SHORT


def keep_together(heading: str, markup: str) -> str:
    """Return a heading and what follows it, so wrapped that no page of paper ends between them."""
    return f'<div class="together">\n{heading}{markup}</div>\n' if heading else markup
