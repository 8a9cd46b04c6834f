"""Texts: the person's words cleaned on the way in and made safe for a screen, and small grammar."""

import math
import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from typing import Any

from smartcli.language import _, pgettext

# Control characters as the pictures Unicode has for them, but for the line end and the tab.
_PICTURES = {code: chr(0x2400 + code) for code in range(0x20) if chr(code) not in "\n\t"}
# DEL, C1 controls, bidi overrides and isolates (which can make words read as others), lone
# surrogates.
_HIDDEN = [
    0x7F,
    *range(0x80, 0xA0),
    *range(0x202A, 0x202F),
    *range(0x2066, 0x206A),
    *range(0xD800, 0xE000),
]
# The same, and two more that end a line; JSON escapes those below U+0020 by itself. Patterns here are compiled when
# they are first needed: most commands need none, and this one takes a millisecond.
_STEERS = r"[\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\u2028\u2029]"
_ON_SCREEN = _PICTURES | dict.fromkeys(_HIDDEN, "\ufffd") | {0x2028: "\n", 0x2029: "\n"}
_UNTYPED = dict.fromkeys(code for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) not in "\n\t")
_ASCII = str.maketrans(
    {
        "→": "->",
        "…": "...",
        "·": "-",
        "–": "-",
        "—": "-",
        "‘": "'",
        "’": "'",
        "“": '"',
        "”": '"',
        "›": ">",
        "●": "#",
        "○": "-",
    }
)
# Signs that mean the same to who types one of them, and letters that do not decompose into one with an accent.
_ALIKE = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′ʹʻʼʽ＇´", "'"),
        **dict.fromkeys("“”„‟″«»", '"'),
        **dict.fromkeys("‐‑‒–—―−﹣－", "-"),
        **{"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ŧ": "t", "æ": "ae", "œ": "oe", "ı": "i"},
    }
)
_FINAL = " .,;:!?…"
_COMMAND = r"`[^`]*`"
NEAR = 0.6  # how like a word has to be that was probably meant: difflib's own default
_LONGEST_NUMBER = 20  # characters; more digits than a float holds are no number that is meant
_SENTENCE_END = r"[.!?…:;][\"'”’)]*$"


def clean(text: str) -> str:
    """Return `text` as it is stored: line ends as ``\\n``, bad bytes and lone surrogates as U+FFFD.

    Bytes that were not UTF-8 arrive from a terminal as lone surrogates; they could not be saved.
    """
    try:
        text = text.encode("utf-8", "surrogateescape").decode("utf-8")
    except UnicodeDecodeError:
        text = text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    except UnicodeEncodeError:
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def without_controls(text: str) -> str:
    """Return `text` without the control characters that no hand means: all but tabs and line ends."""
    return text.translate(_UNTYPED)


def visible(text: str) -> str:
    """Return `text` safe to show: control characters as pictures, bidi overrides as U+FFFD.

    Nothing that leaves here can move the cursor, change a colour or write to a clipboard.
    """
    return text.translate(_ON_SCREEN)


def json_text(value: Any, *, ascii_only: bool = True) -> str:
    """Return a value as JSON in which whatever could steer a terminal is escaped, as all else may be (`ascii_only`)."""
    import json  # here, since few commands write any

    text = json.dumps(value, ensure_ascii=ascii_only)
    return re.sub(_STEERS, lambda found: f"\\u{ord(found[0]):04x}", text)


def ascii_only(text: str) -> str:
    """Return `text` in ASCII: our own signs as similar ones, other letters as "?"."""
    return text.translate(_ASCII).encode("ascii", "replace").decode("ascii")


def wrapped(text: str, width: int | None) -> str:
    """Return `text` with its lines broken between words where they are longer than `width` columns (None: as it is).

    A word that is longer, and a command between backticks, stay whole: either may have to be copied.
    """
    if width is None:
        return text
    return "\n".join(_wrapped_line(line, width) if len(line) > width else line for line in text.split("\n"))


def _wrapped_line(line: str, width: int) -> str:
    import textwrap  # here, since most of what is shown goes through other ways

    whole = re.sub(_COMMAND, lambda found: found[0].replace(" ", "\0"), line)
    return textwrap.fill(whole, width, break_long_words=False, break_on_hyphens=False).replace("\0", " ")


def folded(text: str) -> str:
    """Return `text` for comparing, as search, grouping, recall and near misses all do.

    Case, accents, the kind of a quotation mark or a dash, signs without width, the length of gaps and punctuation at
    the end do not matter. What is punctuation alone stays.
    """
    spread = text.lower() if text.isascii() else "".join(map(folded_sign, text))
    flat = " ".join(spread.split())
    return flat.rstrip(_FINAL) or flat


@cache
def folded_sign(sign: str) -> str:
    """Return one sign of a text as `folded` has it: none, one or several letters; a gap of any kind as a space."""
    if sign.isspace():
        return " "
    # Before, since an acute accent alone decomposes; after, since "Ø" is then "ø".
    spread = unaccented(sign.translate(_ALIKE)).translate(_ALIKE)
    return "".join(letter for letter in spread if not _has_no_width(letter))


def unaccented(text: str) -> str:
    """Return `text` without case and accents, all else as it is."""
    spread = unicodedata.normalize("NFKD", text.casefold()).casefold()
    return "".join(letter for letter in spread if not unicodedata.combining(letter))


def _has_no_width(letter: str) -> bool:
    """Return whether a sign is a format character, such as a soft hyphen or a zero-width space."""
    return unicodedata.category(letter) == "Cf"


def has_word(text: str, word: str) -> bool:
    """Return whether a word, or a phrase, stands in a text as a whole; case and accents do not matter."""
    return re.search(rf"(?<!\w){re.escape(folded(word))}(?!\w)", folded(text)) is not None


def shortened(text: str, length: int) -> str:
    """Return the first line of `text`, cut to `length` characters with an ellipsis."""
    first, _end, rest = text.strip().partition("\n")
    if len(first) <= length and not rest:
        return first
    return first[: length - 1].rstrip() + "…"


def sentence(text: str) -> str:
    """Return `text` with a full stop, unless it ends like a sentence already."""
    text = text.strip()
    return text if not text or re.search(_SENTENCE_END, text) else text + "."


def joined(parts: Iterable[str]) -> str:
    """Return "a, b and c"."""
    *most, end = [*parts] or [""]
    return _("{most} and {last}", most=enumerated(most), last=end) if most else end


def either(parts: Iterable[str]) -> str:
    """Return "a, b or c"."""
    *most, end = [*parts] or [""]
    return _("{most} or {last}", most=enumerated(most), last=end) if most else end


def enumerated(parts: Iterable[str]) -> str:
    """Return "a, b, c"."""
    return pgettext("between the parts of a list", ", ").join(parts)


def marked(text: str, places: Iterable[tuple[int, int]]) -> str:
    """Return `text` with asterisks around places: pairs of a start and an end as in a slice."""
    # The last place first: what is put in would move the places after it.
    for start, end in sorted(places, reverse=True):
        text = f"{text[:start]}*{text[start:end]}*{text[end:]}"
    return text


def sentences(*parts: str) -> str:
    """Return whole sentences one after the other; empty ones are left out."""
    return " ".join(filter(None, parts))


def suggestion(word: str, known: Iterable[str]) -> str:
    """Return "Did you mean urge?" where a known name is near enough to be meant, else ""."""
    close = near(word, known)
    return _("Did you mean {name}?", name=close) if close else ""


def near(word: str, known: Iterable[str], *, cutoff: float = NEAR) -> str | None:
    """Return the known name nearest to `word`, if one is near enough to be meant.

    `cutoff`: how like it has to be, from 0 to 1 (`difflib.SequenceMatcher.ratio`).
    """
    from difflib import get_close_matches

    names = {folded(name): name for name in known}
    close = get_close_matches(folded(word), [*names], n=1, cutoff=cutoff)
    return names[close[0]] if close else None


def number(words: str) -> float | None:
    """Return the number in words typed, with a decimal comma or full stop; None for no number."""
    text = words.strip().replace(",", ".")
    if len(text) > _LONGEST_NUMBER:
        return None
    try:
        value = float(text)
    except ValueError:
        return None
    if not math.isfinite(value):  # "nan" and "inf" are numbers to Python
        return None
    return int(value) if value == int(value) else value
