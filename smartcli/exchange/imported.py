"""What a file from elsewhere holds, before it is ours: entries found, and what cannot be taken in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from smartcli.language import _, ngettext
from smartcli.moments import Moment
from smartcli.trouble import ATTENTION, USAGE, Trouble


@dataclass(frozen=True)
class Imported:
    """One entry of another program.

    `identity` tells it from every other: an id of its own (`named`), or else everything in it. `also` is what
    there is no question for, a line each ("Tags: river"), in English, since an entry is the same on every device;
    `behind` counts what stays in the file ("photo": 2), which `left_in_file` says.
    """

    place: str  # where it stands in the file: "entry 3", "line 12"
    when: Moment
    text: str
    identity: str
    mood: float | None = None  # 0-10
    also: tuple[str, ...] = ()
    behind: Mapping[str, int] = field(default_factory=dict)
    named: bool = False


class Left(NamedTuple):
    """Something that cannot be taken in: where it stands and why, without a word of what it says."""

    place: str
    why: str


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
        case "opening line":
            return ngettext("{number} opening line", "{number} opening lines", number)
    return ngettext("{number} other detail", "{number} other details", number)


def refused(sentence: str, hint: str = "", *, code: int = USAGE) -> Trouble:
    """Return the trouble with a file that cannot be read as a whole: nothing of it is taken in."""
    return Trouble(sentence, safe=_("Nothing was written."), hint=hint, code=code)


def changed_meanwhile() -> Trouble:
    """Return the trouble with a file that is not the same when it is read again."""
    return refused(
        _("The file changed while smartcli was reading it."), _("Please run the same command again."), code=ATTENTION
    )
