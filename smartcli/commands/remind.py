"""A reminder, on the person's own terms."""

from typing import Annotated

import typer

from smartcli.commands.options import Yes
from smartcli.language import _


def remind(
    at: Annotated[
        str | None,
        typer.Argument(
            metavar="[HH:MM]",
            help=_("The time of day, such as 20:00 or 8pm. Without anything: how your reminder stands."),
        ),
    ] = None,
    days: Annotated[
        str | None,
        typer.Option("--days", metavar="D", help=_("Only on these days: mon,wed,fri or weekdays. daily: every day.")),
    ] = None,
    say: Annotated[
        str | None,
        typer.Option(
            "--say",
            metavar="WORDS",
            help=_(
                'What the reminder says instead of "A few minutes for yourself". Others may see it, on a locked screen '
                'too, and your shell remembers what you type here. "" takes your words away.'
            ),
        ),
    ] = None,
    pause: Annotated[
        str | None,
        typer.Option(
            "--pause", metavar="W", help=_('Pause the reminder: 2w, "3 days", or until a day, such as friday.')
        ),
    ] = None,
    off: Annotated[bool, typer.Option("--off", help=_("Remove the reminder, with every file of it."))] = False,
    yes: Yes = False,
) -> None:
    """Have your device remind you, at a time you choose. You see what is written before you say yes."""
    from smartcli.trouble import Trouble
    from smartcli.workbook.reminder_shown import reminder_page
    from smartcli.workbook.reminder_wishes import Wishes
    from smartcli.workbook.reminding import pause_reminder, remove_reminder, set_reminder
    from smartcli.workbook.terminal import show
    from smartcli.workbook.workbook import Workbook

    wishes = Wishes(at, days, say)
    if (not wishes.is_empty) + (pause is not None) + off > 1:
        raise Trouble(
            _("Please do one thing at a time: set the reminder, pause it, or remove it."),
            hint=_("For example: smartcli remind 20:00"),
        )
    workbook = Workbook()
    if off:
        remove_reminder(workbook)
    elif pause is not None:
        pause_reminder(workbook, pause)
    elif wishes.is_empty:
        show(reminder_page(workbook))
    else:
        set_reminder(workbook, wishes, ask=not yes)
