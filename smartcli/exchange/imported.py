"""What a file from elsewhere holds, before it is ours: entries found, and what cannot be taken in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any, NamedTuple

from smartcli.language import _, ngettext
from smartcli.moments import Moment
from smartcli.trouble import ATTENTION, USAGE, Trouble

EMPTY = "empty"  # why an entry or file without a word is left; never shown


def of_day(day: date) -> Moment:
    """Return a whole day, the same on every device."""
    return Moment(datetime.combine(day, time(12), UTC), whole_day=True)


def is_midnight(moment: Moment) -> bool:
    """Return whether a moment is midnight to the second by its own clock: so programs write a day without a time."""
    return not moment.whole_day and moment.at.time() == time()


class RawAnswer(NamedTuple):
    """What a column says in answer to a question, before the question takes it or refuses it.

    `scale` are the numbers that stand for the lowest and the highest answer there (none: as the question has them).
    `words` say it with the name of its column, to be kept beside the answers if it is refused.
    """

    value: Any
    scale: tuple[float, ...] = ()
    words: str = ""


@dataclass(frozen=True)
class Imported:
    """One entry of another program.

    `identity` tells it from every other: an id of its own (`named`), or else everything in it. `also` is what
    there is no question for, a line each ("Tags: river"), in English, since an entry is the same on every device;
    `behind` counts what stays in the file ("photo": 2), which `left_in_file` says. `answers` are by the ids of the
    fields of `exercise`; without it, an entry with a mood is a check-in, and one without is in the diary.
    """

    place: str  # where it stands in the file: "entry 3", "line 12"
    when: Moment
    text: str
    identity: str
    mood: float | None = None  # 0-10
    also: tuple[str, ...] = ()
    behind: Mapping[str, int] = field(default_factory=dict)
    named: bool = False
    exercise: str = ""
    answers: Mapping[str, RawAnswer] = field(default_factory=dict)
    was_midnight: bool = False  # whether the file has midnight for the whole day

    def __post_init__(self) -> None:
        """Take midnight for the whole day, whichever program wrote it."""
        if is_midnight(self.when):
            object.__setattr__(self, "when", of_day(self.when.at.date()))
            object.__setattr__(self, "was_midnight", True)


class Left(NamedTuple):
    """Something that cannot be taken in: where it stands and why, without a word of what it says."""

    place: str
    why: str
    trouble: Trouble | None = None  # with a whole file


def left_in_file(what: str, number: int) -> str:
    """Return how many things of a kind stay in the file, in words: "2 photos"; the kinds are keys of `behind`."""
    match what:
        case "photo":
            return ngettext("{number} photo", "{number} photos", number)
        case "video":
            return ngettext("{number} video", "{number} videos", number)
        case "recording":
            return ngettext("{number} recording", "{number} recordings", number)
        case "PDF":
            return ngettext("{number} PDF", "{number} PDFs", number)
        case "time zone":
            return ngettext("{number} time zone", "{number} time zones", number)
        case "other file":
            return ngettext("{number} other file", "{number} other files", number)
        case "opening line":
            return ngettext("{number} opening line", "{number} opening lines", number)
    return ngettext("{number} other detail", "{number} other details", number)


def refused(sentence: str, hint: str = "", *, code: int = USAGE) -> Trouble:
    """Return the trouble with a file that cannot be read as a whole: nothing of it is taken in.

    `hint` says what to do; without it, where it is said what can be imported and how.
    """
    hint = hint or _("`smartcli import --help` says what can be imported, and how.")
    return Trouble(sentence, safe=_("Nothing was written."), hint=hint, code=code)


def changed_meanwhile() -> Trouble:
    """Return the trouble with a file that is not the same when it is read again."""
    return refused(
        _("The file changed while smartcli was reading it."), _("Please run the same command again."), code=ATTENTION
    )
