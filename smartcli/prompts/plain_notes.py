"""What plain mode explains beside its questions: at length the first time, in a few words after that."""

from enum import Enum, auto
from weakref import WeakKeyDictionary

from smartcli.language import N_, _
from smartcli.prompts.lines import Lines


class Note(Enum):
    """Something to explain: what can be typed, or what Enter does."""

    KEYS = auto()
    KEYS_UNKEPT = auto()  # where nothing is saved: pausing is leaving
    SEVERAL = auto()
    ORDER = auto()
    LINES = auto()
    OWN = auto()
    FIND = auto()
    SKIP = auto()
    FINISH = auto()


_AT_LENGTH = {
    Note.KEYS: N_("! pause, < back, ? again, * support.\nType ? (question mark) for all keys."),
    Note.KEYS_UNKEPT: N_("! leave, < back, ? again, * support.\nType ? (question mark) for all keys."),
    Note.SEVERAL: N_("Type several numbers with commas between them, such as 1,3."),
    Note.ORDER: N_("Type the numbers in your order, best first, such as 3,1,2."),
    Note.LINES: N_("You can type several lines. Type . (full stop) alone on a line to finish."),
    Note.OWN: N_("You can also type your own words."),
    Note.FIND: N_("To find one, type / and part of its words."),
    Note.SKIP: N_("Press Enter to skip."),
    Note.FINISH: N_("Press Enter to finish the list."),
}
_BRIEFLY = {
    Note.KEYS: N_("* (star) opens support."),
    Note.KEYS_UNKEPT: N_("* (star) opens support."),
    Note.SEVERAL: N_("You can choose several."),
    Note.ORDER: N_("In your order, best first."),
    Note.LINES: N_("A full stop alone on a line finishes."),
    Note.OWN: N_("You can also type your own words."),
    Note.FIND: N_("A slash and a word finds one."),
    Note.SKIP: N_("Optional."),
    Note.FINISH: N_("Enter finishes the list."),
}
_TOLD: WeakKeyDictionary[Lines, set[Note]] = WeakKeyDictionary()


class Notes:
    """The notes for whoever types some lines, who is told each at length once, however many askers read the lines."""

    def __init__(self, lines: Lines) -> None:
        self._told = _TOLD.setdefault(lines, set())

    def explain(self, note: Note) -> str:
        """Return a note at length where it was not told yet, else in a few words."""
        if note in self._told:
            return _(_BRIEFLY[note])
        self._told.add(note)
        return at_length(note)


def at_length(note: Note) -> str:
    """Return a note at length."""
    return _(_AT_LENGTH[note])
