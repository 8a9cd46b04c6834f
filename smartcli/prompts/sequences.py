"""What a terminal sends, cut into keys: a letter, a control character, or one whole escape sequence.

The grammar is ECMA-48's, which every terminal keeps to, so that a sequence nobody here knows is known for one and can
be swallowed whole. What newer terminals send for a key (kitty's protocol, xterm's modifyOtherKeys, the keypad) is
turned into what every terminal sends for it.
"""

import re
import time
from collections.abc import Callable

ESCAPE = "\x1b"
ESCAPE_TIME = 0.1  # seconds until Esc is Esc, and not the beginning of another key
_GRACE = 1.0  # seconds in which a sequence that has clearly begun may come to its end

_PASTE_BEGINS, _PASTE_ENDS = "\x1b[200~", "\x1b[201~"
_STRINGS = "]PX^_"  # OSC, DCS, SOS, PM, APC: what follows ESC at the beginning of a string
_INTRODUCERS = "[O" + _STRINGS
_ONE_BYTE = {chr(ord(sign) + 0x40): sign for sign in _INTRODUCERS}  # the same, each as one C1 control character
_CSI = re.compile(r"\x1b\[[0-?]*[ -/]*")  # without its last character
_RXVT = re.compile(r"\x1b\[\d+\$")  # how rxvt ends a key with Shift: no last character follows
_SS3 = re.compile(r"\x1bO[0-9;]*")
_STRING_ENDS = re.compile(r"\x1b\\|[\x9c\x18\x1a]|(?=\x1b[^\\])")
_OSC_ENDS = re.compile(r"\x1b\\|[\x07\x9c\x18\x1a]|(?=\x1b[^\\])")
_MOUSE_LENGTH = 6  # characters of xterm's oldest mouse report: ESC [ M and three more


class Paste(str):
    """Words pasted: one key press, whatever is in them."""

    __slots__ = ()


class Scanner:
    """Cuts what a terminal sends into keys, wherever the reads have cut it."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """`clock` returns seconds."""
        self._clock = clock
        self._begun = ""  # a sequence that is not whole yet
        self._begun_at = 0.0
        self._is_late = False  # whether the escape time has passed since
        self._pasted: list[str] | None = None  # what of a paste has arrived; None outside of one

    @property
    def is_waiting(self) -> bool:
        """Whether a key has begun of which the rest may follow."""
        return bool(self._begun) and not self._is_late

    @property
    def is_within(self) -> bool:
        """Whether what comes next belongs to a sequence or a paste that has begun."""
        return bool(self._begun) or self._pasted is not None

    def feed(self, data: str) -> list[str]:
        """Return the keys that are whole now, in order: characters, sequences and `Paste`s."""
        if self._is_late and self._clock() - self._begun_at > _GRACE:
            self._begun = ""
        text, had_begun = self._begun + data, bool(self._begun)
        self._begun, self._is_late = "", False
        keys: list[str] = []
        at = 0
        while at < len(text):
            if self._pasted is not None:
                at = self._paste(text, at, keys)
                continue
            length = _length(text[at:] if text[at] == ESCAPE or text[at] in _ONE_BYTE else text[at])
            if length is None:
                self._begun = text[at:]
                if not (had_begun and at == 0):
                    self._begun_at = self._clock()
                break
            key = text[at : at + length]
            at += length
            if key[0] in _ONE_BYTE:
                key = ESCAPE + _ONE_BYTE[key[0]] + key[1:]
            if key == _PASTE_BEGINS:
                self._pasted = []
            else:
                keys.append(key)
        return keys

    def flush(self) -> list[str]:
        """Return what has begun, now that nothing followed for the escape time: Esc, once or twice, or nothing.

        What can only be the beginning of a sequence is kept for a while: a slow line may bring its end.
        """
        begun = self._begun
        if set(begun) == {ESCAPE} or _RXVT.fullmatch(begun):
            self._begun = ""
            return [*begun] if set(begun) == {ESCAPE} else [begun]
        if len(self._begun) == len("\x1b]") and self._begun[1] in _STRINGS:  # Alt and that sign
            self._begun = ""
        self._is_late = bool(self._begun)
        return []

    def _paste(self, text: str, at: int, keys: list[str]) -> int:
        """Take in what belongs to the paste; return where it stopped."""
        assert self._pasted is not None
        tail = "".join(self._pasted[-len(_PASTE_ENDS) :])[-len(_PASTE_ENDS) + 1 :]
        end = (tail + text[at:]).find(_PASTE_ENDS)
        if end < 0:
            self._pasted.append(text[at:])
            return len(text)
        after = at + end + len(_PASTE_ENDS) - len(tail)
        self._pasted.append(text[at:after])
        keys.append(Paste("".join(self._pasted).removesuffix(_PASTE_ENDS)))
        self._pasted = None
        return after


def _length(text: str) -> int | None:
    """Return how long the key at the beginning of a text is; None while it is not whole."""
    if text[0] in _ONE_BYTE:
        length = _length(ESCAPE + _ONE_BYTE[text[0]] + text[1:])
        return None if length is None else length - 1
    if text[0] != ESCAPE:
        return 1
    if len(text) == 1:
        return None
    sign = text[1]
    if sign == ESCAPE:  # Esc twice, or a key with Alt as rxvt sends it: its sequence after another ESC
        if len(text) == len("\x1b\x1b"):
            return None
        length = _length(text[1:]) if text[2] in "[O" else 0
        if length is None:
            return None
        return 1 if text[1 : 1 + length] == _PASTE_BEGINS else 1 + length
    if sign == "[":
        return _csi_length(text)
    if sign == "O":
        begun = _SS3.match(text)
        assert begun
        return _with_last(text, begun.end(), " ", "~")
    if sign in _STRINGS:
        found = (_OSC_ENDS if sign == "]" else _STRING_ENDS).search(text, 2)
        return found.end() if found else None
    return 2


def _csi_length(text: str) -> int | None:
    if text[2:3] == "M":
        is_broken = any(letter < " " for letter in text[3:_MOUSE_LENGTH])
        return 3 if is_broken else _MOUSE_LENGTH if len(text) >= _MOUSE_LENGTH else None
    if text[2:3] == "[":  # F1 to F5 of the Linux console: ESC [ [ A
        return _with_last(text, 3, "@", "~")
    begun = _CSI.match(text)
    assert begun
    return _with_last(text, begun.end(), "@", "~")


def _with_last(text: str, end: int, low: str, high: str) -> int | None:
    """Return the length with the last character, None while there is none; one that cannot be it is left out."""
    if end == len(text):
        return None
    return end + (low <= text[end] <= high)


# What the keypad sends in its application mode, after ESC O, and what those keys type.
_KEYPAD = dict(zip("MIXjklmnopqrstuvwxy ", "\r\t=*+,-./0123456789 ", strict=True))
# The keypad of kitty's protocol, from its first number on: what the keys type, then what moves.
_KITTY_KEYPAD = 57399
_KITTY_SENDS: list[str] = [
    *"0123456789./*-+\r=,",
    *(f"\x1b[{last}" for last in ("D", "C", "A", "B", "5~", "6~", "H", "F", "2~", "3~")),
]
_PRIVATE = range(0xE000, 0xF900)  # among them the numbers of keys that type nothing
_SURROGATES = range(0xD800, 0xE000)
_LARGEST = 0x10FFFF
_KITTY = re.compile(
    r"\x1b\[(?P<code>\d{1,7})(?::(?P<shifted>\d{0,7}))?[:\d]*"
    r"(?:;(?P<mods>\d{0,3})(?::(?P<event>\d))?(?:;(?P<text>(?:\d{1,7}:?)*))?)?u"
)
_OTHER = re.compile(r"\x1b\[27;(?P<mods>\d{1,3});(?P<code>\d{1,7})~")
_MODIFIED = re.compile(r"\x1b\[(?P<number>\d{1,3});(?P<mods>\d{1,3})(?::(?P<event>\d))?(?P<last>[A-Z~])")
_SHIFT, _ALT, _CTRL = 1, 2, 4  # bits of the modifiers, which are sent with one added
_SUPER = 8  # what iTerm once sent for Option
_OTHERS = _SUPER | 16 | 32  # super, hyper and meta
_LOCKS = 64 | 128  # caps lock and num lock, which are no part of the key
_RELEASED = "3"


def as_sent_by_all(key: str) -> str:
    """Return a key as every terminal sends it: "\\r" for the keypad's Enter, ESC b for Alt-b; "" for no key at all.

    A sequence that stands for no letter comes back as it is, with what only newer terminals say taken out of it.
    """
    if isinstance(key, Paste) or not key.startswith(ESCAPE):
        return key
    if key.startswith("\x1b\x1b"):
        moved = _WITH_ALT.get(key[1:])
        return moved or ""
    if key.startswith("\x1bO") and key[2:] in _KEYPAD:
        return _KEYPAD[key[2:]]
    if key in ("\x1b\x03", "\x1b\x11"):  # Esc and at once Ctrl-C or Ctrl-Q: somebody wants to leave
        return key[1:]
    for pattern in (_KITTY, _OTHER):
        if found := pattern.fullmatch(key):
            return _letter(found.groupdict())
    if found := _MODIFIED.fullmatch(key):
        return _moving(found)
    return key


# Keys that move or take away, with Alt: by words, as in readline.
_WITH_ALT = {
    "\x1b[D": "\x1bb",
    "\x1bOD": "\x1bb",
    "\x1b[C": "\x1bf",
    "\x1bOC": "\x1bf",
    "\x1b[3~": "\x1bd",
}


def _modifiers(words: str | None) -> int:
    return (max(int(words or 1), 1) - 1) & ~_LOCKS


def _moving(found: re.Match[str]) -> str:
    """Return a key that moves, "ESC [ 1 ; 5 D": without a modifier in its short form, with Alt by words."""
    if found["event"] == _RELEASED:
        return ""
    bits, last = _modifiers(found["mods"]), found["last"]
    plain = f"\x1b[{found['number']}~" if last == "~" else f"\x1b[{last}"
    if last == "R" and not found["event"]:  # where the cursor stands: a report, not a key
        return found[0]
    if not bits:
        return f"\x1bO{last}" if last in "PQS" else plain
    if bits in (_ALT, _SUPER):
        return _WITH_ALT.get(plain, "")
    return f"\x1b[{found['number']};{bits + 1}{last}"


def _letter(given: dict[str, str | None]) -> str:
    """Return what a key sends, told by its number and its modifiers; "" for one that sends nothing."""
    bits, code = _modifiers(given["mods"]), int(given["code"] or 0)
    if given.get("event") == _RELEASED or bits & _OTHERS:
        return ""
    if _KITTY_KEYPAD <= code < _KITTY_KEYPAD + len(_KITTY_SENDS):
        return _KITTY_SENDS[code - _KITTY_KEYPAD]
    letter = _character(code)
    if letter in "\r\n\x7f\b":
        typed = letter
    elif letter == ESCAPE:
        return "" if bits & _ALT else ESCAPE
    elif letter == "\t":
        return {0: "\t", _SHIFT: "\x1b[Z"}.get(bits, "")
    elif bits & _CTRL:
        typed = chr(ord(letter.upper()) & 0x1F) if letter.isascii() and "@" <= letter.upper() <= "_" else ""
    elif given.get("text"):
        typed = "".join(_character(int(number)) for number in str(given["text"]).split(":") if number)
    elif bits & _SHIFT:
        typed = _character(int(given.get("shifted") or 0)) or letter.upper()
    else:
        typed = letter
    return ESCAPE + typed if typed and bits & _ALT else typed


def _character(code: int) -> str:
    """Return the character with this number; "" for those that no key types: control characters, private ones."""
    if code > _LARGEST or code in _PRIVATE or code in _SURROGATES or 0x80 <= code < 0xA0:
        return ""
    return chr(code) if code >= ord(" ") or chr(code) in "\r\n\t\b\x1b" else ""
