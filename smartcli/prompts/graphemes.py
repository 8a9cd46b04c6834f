"""Letters as people see them: an emoji of several code points, or a letter with its accents, is one."""

from wcwidth import grapheme_boundary_before, wcswidth, wcwidth


def last_grapheme(text: str) -> str:
    """Return the last letter of a text as people see it (a grapheme cluster, Unicode UAX #29); "" of no text."""
    return text[grapheme_boundary_before(text, len(text)) :] if text else ""


def columns(text: str) -> int:
    """Return how many columns of a terminal a text without control characters takes."""
    return max(wcswidth(text), 0)


def spread_columns(text: str) -> int:
    """Return how many it takes on a terminal that shows every code point of a letter for itself."""
    return sum(max(wcwidth(point), 0) for point in text)
