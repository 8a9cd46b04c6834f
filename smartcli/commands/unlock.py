"""The passphrase tried, and a journal that was locked on another device joined."""

from typing import Annotated

import typer

from smartcli.language import _


def unlock(
    recover: Annotated[
        bool, typer.Option("--recover", help=_("Use the recovery key from your paper, and choose a new passphrase."))
    ] = False,
) -> None:
    """Try your passphrase. On a device that does not know the lock yet, this joins it.

    Each command that reads asks for itself, and bare `smartcli` asks once and stays open until you leave.
    """
    from smartcli.trouble import Trouble, say
    from smartcli.workbook.opening import has_strays
    from smartcli.workbook.workbook import Workbook

    workbook = Workbook()
    is_stray = has_strays(workbook.lock)
    if not (workbook.lock.is_locked or workbook.lock.is_unknown or is_stray):
        raise Trouble(_("The journal is not locked."), safe=_("Nothing was changed."), code=0)
    if recover:
        from smartcli.workbook.lock_talk import recover as recover_journal

        recover_journal(workbook)
        return
    workbook.unlock(again=True)
    say(_("The passphrase is right: it opens the journal."))
    if is_stray:
        say(
            _("Some entries are locked, and the journal is not: what you save now can be read by anyone."),
            _("To lock everything: smartcli lock. To take the lock off those too: smartcli lock --off"),
        )
    else:
        say(_("Nothing stays open after this command. `smartcli` asks once, and you can read until you leave."))
