"""Setting, pausing and removing the reminder."""

import os
import sys
from collections.abc import Iterable
from datetime import time
from pathlib import Path

from smartcli.blocks import Page
from smartcli.due import REMINDER
from smartcli.journal.disk_errors import disk_errors_as_trouble
from smartcli.language import _
from smartcli.moments import day_of, day_said, now
from smartcli.places import full_path, home_for_another_run
from smartcli.reminders import notifier, programs
from smartcli.reminders.choosing import find_way
from smartcli.reminders.standing import Standing, remove_standing
from smartcli.reminders.way import EVERY_DAY, Command, Job, Way
from smartcli.settings import EVENING, Settings
from smartcli.trouble import STORAGE, Pause, Trouble, say
from smartcli.workbook.reminder_files import (
    are_written,
    is_ours,
    missing_folders,
    refuse_foreign,
    remove_empty,
    remove_files,
    ways_here,
    write_files,
)
from smartcli.workbook.reminder_shown import describe_plan, typed_command, when_sentence
from smartcli.workbook.reminder_wishes import Wishes, read_clock, read_days, read_pause, read_words
from smartcli.workbook.terminal import confirm, show
from smartcli.workbook.workbook import Workbook

# What a job, which begins in an environment of its own, needs to find the same places and to speak the same language.
_PASSED_ON = ("XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "SMARTCLI_LANGUAGE", "SMARTCLI_TRANSLATIONS")


def set_reminder(workbook: Workbook, wishes: Wishes, *, ask: bool) -> None:
    """Set the reminder, or change it, and say so. With `ask` the person sees every file first and may say no.

    Setting it ends a pause and a rest. Raises Trouble for what cannot be read and where nothing can remind, Pause
    for a no; then nothing was changed.
    """
    settings, state = workbook.settings, workbook.places.state
    before = Standing.read(state)
    at = read_clock(wishes.at) if wishes.at is not None else settings.reminder_at or EVENING
    days = read_days(wishes.days) if wishes.days is not None else tuple(before.days if before else EVERY_DAY)
    words = read_words(wishes.say) if wishes.say is not None else settings.reminder_words
    way = _find_way(state)
    job = Job(at, days, _command(), _environment())
    texts = way.texts(job)
    refuse_foreign(texts)
    standing = Standing(way.id, f"{at:%H:%M}", [*days], [str(path) for path in texts])
    if before:
        standing.made, standing.changed = before.made, before.changed
    if not (before and before.is_same_job(standing) and are_written(texts)):
        _show_plan(workbook, way, job, ask=ask)
    missing = missing_folders([*way.paths(), state / REMINDER, settings.path])
    standing.made = sorted({*standing.made, *map(str, missing)})
    standing.changed = sorted({*standing.changed, *_change_settings(settings, at, words)})
    for other in ways_here(state):
        if before and other.id == before.way != way.id:
            _take_down(other)
    with disk_errors_as_trouble(_("The reminder was not set")):
        write_files(way, texts)
        standing.write(state)
    _start(workbook, way, job)
    say(when_sentence(at, days))
    if not notifier.is_possible():
        say(_("smartcli found no program here that shows notifications, such as notify-send, so you won't see it yet."))


def _find_way(state: Path) -> Way:
    """Return how this device can remind; raises Trouble where it cannot."""
    way = find_way(ways_here(state))
    if way is None:
        raise Trouble(
            _("smartcli found nothing on this device that can remind you, such as systemd or cron."),
            hint=_("A calendar can remind you instead: smartcli export --as ics"),
        )
    return way


def _change_settings(settings: Settings, at: time, words: str) -> list[str]:
    """Set the time and the words of the reminder, which a calendar has too, where they are others; raises Trouble.

    Returns the keys of those that had no value before.
    """
    change = {}
    if at != settings.reminder_at:
        change["reminder"] = f"{at:%H:%M}"
    if words != settings.reminder_words:
        change["reminder_words"] = words
    new = [name for name in change if not settings.stands_in_file(name)]
    if change:
        settings.change(**change)
    return new


def pause_reminder(workbook: Workbook, words: str) -> None:
    """Pause the reminder until a day, or for a while, and say so. Raises Trouble."""
    standing = Standing.read(workbook.places.state)
    if standing is None:
        raise Trouble(_("There is no reminder to pause."), hint=_("To set one: smartcli remind 20:00"))
    starts = workbook.settings.day_starts
    day = read_pause(words, day_of(now(), starts), starts)
    standing.paused_until = day.isoformat()
    with disk_errors_as_trouble(_("The reminder was not paused")):
        standing.write(workbook.places.state)
    say(_("The reminder is paused until {day}. Nothing is lost by a pause.", day=day_said(day)))


def remove_reminder(workbook: Workbook) -> None:
    """Take away every file and job of the reminder, and say so. Raises Trouble."""
    state = workbook.places.state
    standing = Standing.read(state)
    was_set = standing is not None
    for way in ways_here(state):
        if (standing and standing.way == way.id) or any(map(is_ours, way.paths())):
            was_set = True
            _take_down(way)
    _forget(workbook, standing)
    say(_("The reminder is removed.") if was_set else _("There is no reminder, so nothing was changed."))


def _forget(workbook: Workbook, standing: Standing | None) -> None:
    """Take back what setting a reminder left besides its files: the note of it, settings, empty folders.

    Raises Trouble.
    """
    with disk_errors_as_trouble(_("The reminder was not removed")):
        remove_standing(workbook.places.state)
    if standing is None:
        return
    settings = workbook.settings
    is_our_time = f"{settings.reminder_at:%H:%M}" == standing.at if settings.reminder_at else False
    names = [name for name in standing.changed if settings.stands_in_file(name)]
    taken_back = {name: None for name in names if name != "reminder" or is_our_time}
    if taken_back and settings.is_readable:
        settings.change(**taken_back)
    remove_empty(map(Path, standing.made))


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
    blocks = [*describe_plan(way, job)]
    if not ask:
        show(Page(_("A reminder"), blocks), in_reader=False)
    elif not confirm(workbook.asker, _("Set this reminder?"), blocks):
        raise Pause(_("No reminder was set, and nothing was written."))


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
    _forget(workbook, Standing.read(workbook.places.state))
    raise Trouble(
        _("The reminder could not be started, so it was taken away again."),
        safe=_("Everything you saved is safe."),
        hint=_("A calendar can remind you instead: smartcli export --as ics"),
        code=STORAGE,
    )


def _take_down(way: Way) -> None:
    """Stop the job and delete every file of ours; what the person has to run is said, and what may have stayed."""
    if way.by_hand:
        _show_commands(_("To take the lines out of your crontab, please run this:"), way.stop())
        is_stopped = True
    else:
        is_stopped = all(programs.run(command) for command in way.stop())
    with disk_errors_as_trouble(_("The reminder was not removed")):
        remove_files(way)
    if not is_stopped and way.where_it_stays:
        say(_(way.where_it_stays))
    for command in way.settle():
        programs.run(command)


def _show_commands(sentence: str, commands: Iterable[Command]) -> None:
    """Say a sentence, and print commands below it, whole, to be copied."""
    say(sentence)
    sys.stdout.writelines(f"{typed_command(command)}\n" for command in commands)
