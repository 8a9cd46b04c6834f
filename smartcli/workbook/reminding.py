"""Setting, pausing and removing the reminder, and how it stands."""

import contextlib
import os
import shlex
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import time
from pathlib import Path

from smartcli.blocks import Block, Heading, Page, Words
from smartcli.journal import system
from smartcli.journal.disk_errors import disk_errors_as_trouble
from smartcli.journal.files import Folder
from smartcli.language import _
from smartcli.moments import DAYS, day_of, day_said, now, weekday_name
from smartcli.places import full_path, home_for_another_run
from smartcli.reading_times import NotAMomentError, clock_from_words, moment_from_words
from smartcli.reminders import notifier, programs
from smartcli.reminders.choosing import every_way, find_way
from smartcli.reminders.standing import Standing, remove_standing
from smartcli.reminders.way import EVERY_DAY, MARK, Command, Job, Way
from smartcli.settings import EVENING
from smartcli.silence import is_network_refused
from smartcli.trouble import STORAGE, Pause, Trouble, say
from smartcli.words import clean, joined, near
from smartcli.workbook.notifying import reminder_words
from smartcli.workbook.resting_reminder import resting_sentence
from smartcli.workbook.terminal import confirm, show
from smartcli.workbook.workbook import Workbook

_SHORTEST_DAY = 3  # letters that name a weekday
_MOST_LETTERS = 80  # of the reminder's words: more does not fit on a locked screen
_SOME_DAYS = {"daily": EVERY_DAY, "everyday": EVERY_DAY, "weekdays": (0, 1, 2, 3, 4), "weekends": (5, 6)}
# What a job, which begins in an environment of its own, needs to find the same places and to speak the same language.
_PASSED_ON = ("XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "SMARTCLI_LANGUAGE", "SMARTCLI_TRANSLATIONS")


@dataclass(frozen=True)
class Wishes:
    """What was typed of a reminder: its time of day, its weekdays, its words; None for what was left out."""

    at: str | None = None
    days: str | None = None
    say: str | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed."""
        return self == Wishes()


def set_reminder(workbook: Workbook, wishes: Wishes, *, ask: bool) -> None:
    """Set the reminder, or change it, and say so. With `ask` the person sees every file first and may say no.

    Setting it ends a pause and a rest. Raises Trouble for what cannot be read and where nothing can remind, Pause
    for a no; then nothing was changed.
    """
    settings, state = workbook.settings, workbook.places.state
    before = Standing.read(state)
    at = _read_clock(wishes.at) if wishes.at is not None else settings.reminder_at or EVENING
    days = _read_days(wishes.days) if wishes.days is not None else tuple(before.days if before else EVERY_DAY)
    words = _read_words(wishes.say) if wishes.say is not None else settings.reminder_words
    ways = _ways(state)
    way = find_way(ways)
    if way is None:
        raise Trouble(
            _("smartcli found nothing on this device that can remind you, such as systemd or cron."),
            hint=_("A calendar can remind you instead: smartcli export --as ics"),
        )
    job = Job(at, days, _command(), _environment())
    texts = way.texts(job)
    _refuse_foreign(texts)
    if not (before and before.way == way.id and _are_written(texts)):
        _show_plan(workbook, way, job, ask=ask)
    settings_change = {}
    if at != settings.reminder_at:
        settings_change["reminder"] = f"{at:%H:%M}"
    if words != settings.reminder_words:
        settings_change["reminder_words"] = words
    if settings_change:
        settings.change(**settings_change)
    for other in ways:
        if before and other.id == before.way != way.id:
            _take_down(other)
    with disk_errors_as_trouble(_("The reminder was not set")):
        _write(way, texts)
        standing = Standing(way.id, f"{at:%H:%M}", [*days], [str(path) for path in texts])
        standing.write(state)
    _start(workbook, way, job)
    say(_when_sentence(at, days))
    if not notifier.is_possible():
        say(_("smartcli found no program here that shows notifications, such as notify-send, so you won't see it yet."))


def pause_reminder(workbook: Workbook, words: str) -> None:
    """Pause the reminder until a day, or for a while, and say so. Raises Trouble."""
    standing = Standing.read(workbook.places.state)
    if standing is None:
        raise Trouble(_("There is no reminder to pause."), hint=_("To set one: smartcli remind 20:00"))
    today = day_of(now(), workbook.settings.day_starts)
    for tried in (f"in {words}", words):
        with contextlib.suppress(NotAMomentError, OverflowError):
            day = moment_from_words(tried, ahead=True).day(workbook.settings.day_starts)
            if day > today:
                break
    else:
        raise Trouble(
            _("smartcli can't read how long the pause is to be."), hint=_('Try 2w, "3 days", friday or 2027-01-31.')
        )
    standing.paused_until = day.isoformat()
    with disk_errors_as_trouble(_("The reminder was not paused")):
        standing.write(workbook.places.state)
    say(_("The reminder is paused until {day}. Nothing is lost by a pause.", day=day_said(day)))


def remove_reminder(workbook: Workbook) -> None:
    """Take away every file and job of the reminder, and say so. Raises Trouble."""
    state = workbook.places.state
    standing = Standing.read(state)
    was_set = standing is not None
    for way in _ways(state):
        if (standing and standing.way == way.id) or any(map(_is_ours, way.paths())):
            was_set = True
            _take_down(way)
    with disk_errors_as_trouble(_("The reminder was not removed")):
        remove_standing(state)
    say(_("The reminder is removed.") if was_set else _("There is no reminder, so nothing was changed."))


def reminder_page(workbook: Workbook) -> Page:
    """Return how the reminder stands, as a page."""
    standing = Standing.read(workbook.places.state)
    title = _("Your reminder")
    if standing is None:
        none = [
            _("No reminder is set."),
            _("To set one at 20:00: `smartcli remind 20:00`. You see what would be written before you say yes."),
        ]
        return Page(title, [Words(sentence) for sentence in none])
    at = time.fromisoformat(standing.at)
    sentences = [_when_sentence(at, standing.days)]
    sentences.append(_("It says: {words}", words=reminder_words(workbook.settings)))
    sentences.append(
        _("It stays silent on a day on which you have written something, and for an hour after you wrote.")
    )
    if standing.resting:
        sentences.append(resting_sentence(standing))
    today = day_of(now(), workbook.settings.day_starts)
    if standing.paused_until and standing.paused_until > today.isoformat():
        sentences.append(_("It is paused until {day}.", day=day_said(today.fromisoformat(standing.paused_until))))
    if workbook.settings.reminder_at not in (None, at):
        sentences.append(
            _(
                "The settings name another time. To use it: `smartcli remind {time}`",
                time=f"{workbook.settings.reminder_at:%H:%M}",
            )
        )
    title_of_way = reminder_title(workbook.places.state)
    if title_of_way:
        sentences.append(_("It is {way}.", way=title_of_way))
    sentences += [_("Its file: {path}", path=path) for path in standing.files]
    sentences.append(_("To remove it: `smartcli remind --off`. To pause it: `smartcli remind --pause 2w`"))
    return Page(title, [Words(sentence) for sentence in sentences])


def reminder_title(state: Path) -> str | None:
    """Return what kind of job reminds on this device, in words; None where no reminder is set."""
    standing = Standing.read(state)
    titles = [_(way.title) for way in _ways(state) if standing and way.id == standing.way]
    return titles[0] if titles else None


def list_reminder_files(state: Path) -> list[Path]:
    """Return the path of every file of the reminder that is on this device."""
    return [path for way in _ways(state) for path in way.paths() if _is_ours(path)]


def _ways(state: Path) -> list[Way]:
    return every_way(state, cron_by_hand=is_network_refused())


def _read_clock(words: str) -> time:
    clock = clock_from_words(words)
    if clock is None:
        raise Trouble(_("smartcli can't read that as a time of day."), hint=_("Try 20:00 or 8pm."))
    return clock


def _read_days(words: str) -> tuple[int, ...]:
    """Return the weekdays that words such as "mon,wed" or "weekdays" name, 0 being Monday; raises Trouble."""
    found: set[int] = set()
    for name in words.casefold().replace(",", " ").split():
        days = [number for number, day in enumerate(DAYS) if len(name) >= _SHORTEST_DAY and day.startswith(name)]
        known = _SOME_DAYS.get(name) or days
        if not known:
            close = near(name, (*DAYS, *_SOME_DAYS))
            hint = _("Did you mean {name}?", name=close) if close else _("Try mon,wed,fri or weekdays.")
            raise Trouble(_("smartcli can't read those days."), hint=hint)
        found.update(known)
    if not found:
        raise Trouble(_("smartcli can't read those days."), hint=_("Try mon,wed,fri or weekdays."))
    return tuple(sorted(found))


def _read_words(words: str) -> str:
    """Return what the reminder is to say, on one line; raises Trouble for more than a screen shows."""
    words = " ".join(clean(words).split())
    if len(words) > _MOST_LETTERS:
        raise Trouble(_("Please use at most {number} letters for the reminder.", number=_MOST_LETTERS))
    return words


def _command() -> Command:
    """Return the command that the job runs: this program, installed as it is."""
    import zipfile

    program = Path(sys.argv[0])
    python = sys.executable
    if os.name == "nt" and Path(python).with_name("pythonw.exe").exists():  # which opens no window
        python = str(Path(python).with_name("pythonw.exe"))
    is_archive = program.is_file() and zipfile.is_zipfile(program)  # a zipapp, or shiv's
    start = [python, str(program.absolute())] if is_archive else [python, "-m", "smartcli"]
    return [*start, "due", "--notify", "--quiet"]


def _environment() -> dict[str, str]:
    """Return the variables that the job needs so that it finds the same places and speaks the same language."""
    passed_on = {name: os.environ[name] for name in _PASSED_ON if os.environ.get(name)}
    home = os.environ.get("SMARTCLI_HOME")
    if home:
        passed_on["SMARTCLI_HOME"] = str(full_path(home))
    return passed_on | home_for_another_run()


def _show_plan(workbook: Workbook, way: Way, job: Job, *, ask: bool) -> None:
    """Show every file and command whole; with `ask` ask whether to go on, and raise Pause for a no."""
    blocks = [*_describe_plan(way, job)]
    if not ask:
        show(Page(_("A reminder"), blocks), in_reader=False)
    elif not confirm(workbook.asker, _("Set this reminder?"), blocks):
        raise Pause(_("No reminder was set, and nothing was written."))


def _describe_plan(way: Way, job: Job) -> Iterable[Block]:
    yield Words(_when_sentence(job.at, job.days, is_planned=True))
    yield Words(
        _(
            "It is silent when you have written something that day, when you pause it, and for an hour after you "
            "wrote. If you don't answer three in a row, it rests until you want it again."
        )
    )
    yield Words(
        _(
            "Others who use this device can find out from it that smartcli is here: from these files, and from the "
            "list of notifications."
        )
    )
    for path, text in way.texts(job).items():
        yield Heading(str(path), 2)
        yield Words(text.rstrip("\n"))
    commands = way.start(job)
    if way.by_hand:
        yield Heading(_("A command for you to run afterwards"), 2)
    else:
        yield Heading(_("What smartcli runs then"), 2)
    yield Words("\n".join(_typed(command) for command in commands))


def _when_sentence(at: time, days: Sequence[int], *, is_planned: bool = False) -> str:
    """Return when the reminder comes, in a sentence."""
    clock = f"{at:%H:%M}"
    if len(days) == len(EVERY_DAY):
        if is_planned:
            return _("The reminder would come every day at {time}.", time=clock)
        return _("The reminder comes every day at {time}.", time=clock)
    named = joined(weekday_name(day) for day in days)
    if is_planned:
        return _("The reminder would come at {time} on {days}.", time=clock, days=named)
    return _("The reminder comes at {time} on {days}.", time=clock, days=named)


def _typed(command: Command) -> str:
    """Return a command as a person types it."""
    if command[0] == "sh":
        return command[-1]
    return shlex.join(command)


def _refuse_foreign(texts: Iterable[Path]) -> None:
    """Raise Trouble where a file of somebody else's has a name of ours."""
    for path in texts:
        if (path.exists() or path.is_symlink()) and not _is_ours(path):
            raise Trouble(
                _("There is a file of another program where the reminder would be: {path}", path=path),
                safe=_("It has not been changed."),
                hint=_("Give it another name, and try again."),
            )


def _is_ours(path: Path) -> bool:
    """Return whether a file was written for the reminder: it says so itself."""
    with contextlib.suppress(OSError, ValueError), Folder(path.resolve().parent, shared=True) as folder:
        return MARK.encode() in folder.read(path.resolve().name)
    return False


def _are_written(texts: dict[Path, str]) -> bool:
    """Return whether every file stands there as it is to be."""
    with contextlib.suppress(OSError, ValueError):
        return all(path.read_text(encoding="utf-8") == text for path, text in texts.items())
    return False


def _write(way: Way, texts: dict[Path, str]) -> None:
    for path, text in texts.items():
        with Folder(path.parent, create=True, shared=True) as folder:
            folder.replace(path.name, text.encode())
        if way.is_executable:
            system.fs.chmod(str(path), 0o700)


def _start(workbook: Workbook, way: Way, job: Job) -> None:
    """Have the job run; or say what the person is to run. Where the system refuses it, all is taken back."""
    commands = way.start(job)
    if way.by_hand:
        _show_commands(_("smartcli may not change your crontab itself. Please run this:"), commands)
        return
    for command in way.reset():
        programs.run(command)
    if all(programs.run(command) for command in commands):
        return
    _take_down(way)
    with disk_errors_as_trouble(_("The reminder was not removed")):
        remove_standing(workbook.places.state)
    raise Trouble(
        _("The reminder could not be started, so it was taken away again."),
        safe=_("Everything you saved is safe."),
        hint=_("A calendar can remind you instead: smartcli export --as ics"),
        code=STORAGE,
    )


def _take_down(way: Way) -> None:
    """Stop the job and delete every file of ours; what the person has to run is said."""
    if way.by_hand:
        _show_commands(_("To take the lines out of your crontab, please run this:"), way.stop())
    else:
        for command in way.stop():
            programs.run(command)
    with disk_errors_as_trouble(_("The reminder was not removed")):
        for path in reversed(way.paths()):  # what leads to others before those
            if _is_ours(path):
                with contextlib.suppress(FileNotFoundError), Folder(path.parent, shared=True) as folder:
                    folder.remove(path.name)
    for command in way.settle():
        programs.run(command)


def _show_commands(sentence: str, commands: Iterable[Command]) -> None:
    """Say a sentence, and print commands below it, whole, to be copied."""
    say(sentence)
    sys.stdout.writelines(f"{_typed(command)}\n" for command in commands)
