"""Dates in the names of notes: daily notes of Obsidian, Logseq and nb, and jrnl's folders of days."""

import re
from pathlib import PurePosixPath

from smartcli.exchange import dates
from smartcli.exchange.day_names import WEEKDAYS
from smartcli.moments import Moment

_CLOCK = r"(?P<h>\d\d)[-_.:h]?(?P<min>\d\d)(?:[-_.:]?(?P<s>\d\d))?"
_FORMS = (
    re.compile(rf"(?<!\d)(?P<y>\d{{4}})(?P<sign>[-_.])(?P<m>\d\d)(?P=sign)(?P<d>\d\d)(?:[T _-]+{_CLOCK})?(?!\d)"),
    re.compile(rf"(?<!\d)(?P<y>\d{{4}})(?P<m>\d\d)(?P<d>\d\d)(?:[T _-]?{_CLOCK})?(?!\d)"),
)
_FOLDERS = re.compile(r"(?:^|/)(?P<y>\d{4})/(?P<m>\d\d)/(?P<d>\d\d)\.[^./]+\Z")
_BETWEEN = " _-–—.,"


def moment_in_name(name: str) -> tuple[Moment, str] | None:
    """Return the moment that the name of a file says, and the words after the date in it; None when it says none.

    `name` may have folders before it: jrnl's are "2026/11/22.txt". A weekday counts as no words.
    """
    path = PurePosixPath(name)
    stem = path.stem
    for form in _FORMS:
        match = form.search(stem)
        moment = _moment(match) if match else None
        if match and moment:
            return moment, _title(stem[match.end() :])
    spelled = dates.leading(stem)  # "22 November 2026", "Nov 22nd, 2026"
    if spelled:
        return spelled.moment, _title(spelled.rest)
    match = _FOLDERS.search(name)
    moment = _moment(match) if match else None
    return (moment, "") if moment else None


def _moment(match: re.Match[str]) -> Moment | None:
    found = match.groupdict()
    words = f"{found['y']}-{found['m']}-{found['d']}"
    if found.get("h"):
        timed = dates.read(f"{words} {found['h']}:{found['min']}:{found['s'] or '00'}")
        if timed:
            return timed
    return dates.read(words)


def _title(words: str) -> str:
    words = words.strip(_BETWEEN)
    return "" if words.casefold() in WEEKDAYS else words
