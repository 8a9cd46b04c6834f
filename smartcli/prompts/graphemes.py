"""Letters as people see them: an emoji of several code points, or a letter with its accents, is one."""

from wcwidth import grapheme_boundary_before


def last_grapheme(text: str) -> str:
    """Return the last letter of a text as people see it (a grapheme cluster, Unicode UAX #29); "" of no text."""
    return text[grapheme_boundary_before(text, len(text)) :] if text else ""
