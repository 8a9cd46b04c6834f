"""Whether a check-in is due: whether something would want to be written today, and no quiet was asked for.

A shell may ask this at every prompt, so `answer_at_once` answers before anything else of the program is imported:
from a stamp in the state folder, which a save leaves there, and where that is not of today from the names of this
month's files, so that entries of another device count too. Nothing is opened that holds words, so a locked journal
makes no difference. This module imports next to nothing, pathlib neither; where a case is not the usual one (a place
that needs a library, another language), it leaves the answer to the command.
"""

import os
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta

DUE, NOT_DUE = 0, 10  # exit codes; 10 is used nowhere else

STAMP = "last-day"  # names of files in the state folder
REMINDER = "reminder.json"

_DAY_STARTS = time(4)  # the default of the setting, as in `moments`
_QUIET = 3600  # seconds after a save in which nobody is asked to write again
_LARGEST = 1 << 20  # bytes of a settings file that are looked at; the other two are far smaller
_LANGUAGES = ("SMARTCLI_LANGUAGE", "LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")


def N_(sentence: str) -> str:  # noqa: N802  as in `language`, which takes longer to import than all this
    """Return a sentence as it is; it passes the door where it is said."""
    return sentence


SAYS = {DUE: N_("You haven't written anything today yet."), NOT_DUE: N_("Nothing is due now.")}


def answer_at_once(words: Sequence[str], environment: Mapping[str, str]) -> None:
    """End the program with the answer to `smartcli due` if this is a usual case, else return.

    `words` are those after "due". What is to be shown to the person, and whatever goes wrong, is left to the command.
    """
    if not {*words} <= {"--quiet", "--notify"}:
        return
    try:
        code = _find_code(environment)
        is_told = "--quiet" in words
        if code is None or (code == DUE and "--notify" in words) or not (is_told or _is_english(environment)):
            return
        if not is_told:
            print(SAYS[code], flush=True)
    except Exception:
        return
    sys.exit(code)


def _find_code(environment: Mapping[str, str]) -> int | None:
    """Return the exit code; None where the places or the settings are not the usual ones."""
    places = find_places(environment)
    starts = _day_starts(places[2]) if places else None
    if not places or not starts:
        return None
    return DUE if is_due(places[0], places[1], starts) else NOT_DUE


def is_due(journal: str, state: str, day_starts: time) -> bool:
    """Return whether a check-in is due: no entry today, none saved in the last hour, no pause, no rest.

    `journal` and `state` are paths of folders; `day_starts` is the local time at which the person's day begins.
    """
    now = datetime.now().astimezone()
    today = _day_of(now, day_starts)
    day, saved = read_stamp(state)
    # A moment to come was noted when the clock was wrong, and says nothing.
    if day == today or 0 <= now.timestamp() - saved < _QUIET or _is_quiet(state, today):
        return False
    tomorrow = datetime.combine(today + timedelta(days=1), day_starts)
    return not has_entry_between(journal, datetime.combine(today, day_starts), tomorrow)


def has_entry_between(journal: str, start: datetime, end: datetime) -> bool:
    """Return whether a file of the journal is of a moment from `start` on and before `end`, by its name alone.

    A datetime without an offset is local. What cannot be listed is taken for empty.
    """
    low, high = (moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ") for moment in (start, end))
    entries = os.path.join(journal, "entries")
    try:
        months = [name for name in os.listdir(entries) if low[:6] <= name.replace("-", "") <= high[:6]]
        return any(low <= name[:16] < high for month in months for name in os.listdir(os.path.join(entries, month)))
    except OSError:
        return False


def read_stamp(state: str) -> tuple[date | None, int]:
    """Return the newest day with an entry that was saved on this device, and the second of the last save.

    None and 0 where nothing is known: there is no stamp, or it is damaged.
    """
    day, _space, saved = _read(os.path.join(state, STAMP)).strip().partition(b" ")
    try:
        return date.fromisoformat(day.decode("ascii")), int(saved)
    except ValueError:
        return None, 0


def find_places(environment: Mapping[str, str]) -> tuple[str, str, str] | None:
    """Return the paths of journal, state and settings as `places` does; None where it takes more to know them."""
    home = environment.get("SMARTCLI_HOME", "")
    if home:
        found = tuple(os.path.join(home, name) for name in ("journal", "state", "config.toml"))
    elif sys.platform != "linux" or ("ANDROID_ROOT" in environment and "PREFIX" not in environment):
        return None
    else:
        user = environment.get("HOME", "")
        if not user:
            return None
        data, state, config = (
            environment.get(name, "").strip() or os.path.join(user, usual)
            for name, usual in (
                ("XDG_DATA_HOME", ".local/share"),
                ("XDG_STATE_HOME", ".local/state"),
                ("XDG_CONFIG_HOME", ".config"),
            )
        )
        found = (f"{data}/smartcli/journal", f"{state}/smartcli", f"{config}/smartcli/config.toml")
    return (found[0], found[1], found[2]) if all(map(os.path.isabs, found)) else None


def _day_starts(config: str) -> time | None:
    """Return the setting `day_starts`; None where it stands in the file in another than the usual way."""
    text = _read(config)
    if b"day_starts" not in text:
        return _DAY_STARTS
    lines = [line for line in text.splitlines() if b"day_starts" in line]
    key, _sign, value = lines[0].partition(b"=")
    is_usual = len(lines) == 1 and key.strip() == b"day_starts" and b'"""' not in text and b"'''" not in text
    # Below the first [table], the key would be that table's.
    is_top = b"\n[" not in b"\n" + text[: text.index(b"day_starts")]
    value = value.strip()
    if not (is_usual and is_top and value[:1] == value[-1:] and value[:1] in (b'"', b"'")):
        return None
    try:
        return time.fromisoformat(value[1:-1].decode("ascii"))
    except ValueError:
        return None


def _is_quiet(state: str, today: date) -> bool:
    """Return whether the person's reminder is paused today, or rests."""
    text = _read(os.path.join(state, REMINDER))
    if not text:
        return False
    import json

    try:
        reminder = json.loads(text)
        return bool(reminder["resting"]) or str(reminder["paused_until"] or "") > today.isoformat()
    except (ValueError, TypeError, KeyError, RecursionError):
        return False


def _day_of(moment: datetime, starts: time) -> date:
    """Return the person's day of a moment, as `moments.day_of` does."""
    return (moment.replace(tzinfo=None) - timedelta(hours=starts.hour, minutes=starts.minute)).date()


def _is_english(environment: Mapping[str, str]) -> bool:
    """Return whether no variable asks for another language than English."""
    asked = [environment[name].lower() for name in _LANGUAGES if environment.get(name)]
    return all(language.startswith(("c.", "posix", "en")) or language == "c" for language in asked)


def _read(path: str) -> bytes:
    """Return what is in a file, never waiting on a pipe; nothing where it cannot be read."""
    try:
        fd = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except OSError:
        return b""
    try:
        return os.read(fd, _LARGEST)
    except OSError:
        return b""
    finally:
        os.close(fd)
