"""Letters as people see them: an emoji of several code points, or a letter with its accents, is one.

They are the grapheme clusters of Unicode (UAX #29).
"""

from wcwidth import grapheme_boundary_before, iter_graphemes, wcswidth, wcwidth


def last_grapheme(text: str) -> str:
    """Return the last letter of a text; "" of no text."""
    return text[grapheme_boundary_before(text, len(text)) :] if text else ""


def grapheme_start(text: str, at: int) -> int:
    """Return where the letter begins that the code point at a place belongs to; the place itself at the end."""
    return grapheme_boundary_before(text, at + 1) if at < len(text) else at


def grapheme_end(text: str, at: int) -> int:
    """Return where a letter ends that a place stands inside; the place itself where it stands between two."""
    start = grapheme_start(text, at)
    return at if start == at else next_grapheme(text, start)


def next_grapheme(text: str, at: int) -> int:
    """Return where the letter ends that begins at a place; the place itself at the end."""
    return at + len(next(iter(iter_graphemes(text, at)), ""))


def previous_grapheme(text: str, at: int) -> int:
    """Return where the letter begins that ends at a place; 0 at the beginning."""
    return grapheme_boundary_before(text, at) if at else 0


def columns(text: str) -> int:
    """Return how many columns of a terminal a text without control characters takes."""
    return max(wcswidth(text), 0)


def spread_columns(text: str) -> int:
    """Return how many it takes on a terminal that shows every code point of a letter for itself."""
    return sum(max(wcwidth(point), 0) for point in text)
