"""The reminder as it is shown: before it is set, as it stands, and where its files are."""

import shlex
from collections.abc import Iterator, Sequence
from datetime import time
from pathlib import Path

from smartcli.blocks import Block, Heading, Page, Words
from smartcli.language import _
from smartcli.moments import day_of, day_said, now, weekday_name
from smartcli.reminders.standing import Standing
from smartcli.reminders.way import EVERY_DAY, Command, Job, Way
from smartcli.words import joined
from smartcli.workbook.reminder_files import is_ours, ways_here
from smartcli.workbook.resting_reminder import resting_sentence
from smartcli.workbook.workbook import Workbook


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
    sentences = [when_sentence(at, standing.days)]
    sentences.append(_("It says: {words}", words=workbook.settings.reminder_says))
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
    sentences += way_sentences(workbook.places.state)
    sentences += [_("Its file: {path}", path=path) for path in standing.files]
    sentences.append(_("To remove it: `smartcli remind --off`. To pause it: `smartcli remind --pause 2w`"))
    return Page(title, [Words(sentence) for sentence in sentences])


def way_sentences(state: Path) -> list[str]:
    """Return a sentence that says what kind of job reminds on this device; none where no reminder is set."""
    standing = Standing.read(state)
    return [_(way.says) for way in ways_here(state) if standing and way.id == standing.way]


def list_reminder_files(state: Path) -> list[Path]:
    """Return the path of every file of the reminder that is on this device."""
    return [path for way in ways_here(state) for path in way.paths() if is_ours(path)]


def describe_plan(way: Way, job: Job) -> Iterator[Block]:
    """Yield what is shown before a reminder is set: when it comes, its price, every file and command whole."""
    yield Words(when_sentence(job.at, job.days, is_planned=True))
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
    yield Words("\n".join(typed_command(command) for command in commands))


def when_sentence(at: time, days: Sequence[int], *, is_planned: bool = False) -> str:
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


def typed_command(command: Command) -> str:
    """Return a command as a person types it, in whatever shell."""
    return shlex.join(command)
