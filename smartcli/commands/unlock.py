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
    from smartcli.workbook.workbook import Workbook

    workbook = Workbook()
    if not workbook.lock.is_locked and not workbook.lock.is_unknown:
        raise Trouble(_("The journal is not locked."), safe=_("Nothing was changed."), code=0)
    if recover:
        from smartcli.workbook.lock_talk import recover as recover_journal

        recover_journal(workbook)
        return
    workbook.unlock()
    say(
        _("The passphrase is right: it opens the journal."),
        _("Nothing stays open after this command. `smartcli` asks once, and you can read until you leave."),
    )
