"""Text that an app's editor kept as html, as plain text."""

import html
import re

_BREAK = re.compile(r"<br ?/?>|</(?:p|li|div|h[1-6]|blockquote)>", re.IGNORECASE)
_MARKUP = re.compile(
    r"</?(?:p|li|ul|ol|div|b|i|u|s|strong|em|span|font|h[1-6]|a|blockquote|code|pre|img)(?: [^<>]{0,500})?/?>",
    re.IGNORECASE,
)


def plain_text(text: str) -> str:
    """Return a text without the markup of an editor; one that has none stays as it is."""
    if "<" not in text and "&" not in text:
        return text
    return html.unescape(_MARKUP.sub("", _BREAK.sub("\n", text))).replace("\xa0", " ").strip("\n")
