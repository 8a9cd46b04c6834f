"""The lock of the journal."""

from typing import Annotated

import typer

from smartcli.language import _


def lock(
    change_passphrase: Annotated[
        bool, typer.Option("--change-passphrase", help=_("Choose another passphrase for the same key."))
    ] = False,
    recovery_sheet: Annotated[
        bool, typer.Option("--recovery-sheet", help=_("Show the recovery key again, to write it on paper."))
    ] = False,
    check: Annotated[
        bool, typer.Option("--check", help=_("With --recovery-sheet: type it in from your paper. Is it right?"))
    ] = False,
    new_key: Annotated[
        bool,
        typer.Option("--new-key", help=_("Lock everything with a new key: somebody may know the old passphrase.")),
    ] = False,
    leave_old: Annotated[
        bool,
        typer.Option(
            "--leave-old",
            help=_("With --new-key, when passphrase and recovery key are lost: what is locked already stays closed."),
        ),
    ] = False,
    off: Annotated[bool, typer.Option("--off", help=_("Take the lock off: entries become plain files again."))] = False,
) -> None:
    """Lock your journal with a passphrase. You can still write without it; to read, you type it."""
    from smartcli.trouble import Trouble
    from smartcli.workbook import lock_talk
    from smartcli.workbook.opening import has_strays
    from smartcli.workbook.workbook import Workbook

    if change_passphrase + recovery_sheet + new_key + off > 1:
        raise Trouble(_("Please use one of these options at a time."), safe=_("Nothing was changed."))
    if check and not recovery_sheet:
        raise Trouble(_("--check goes with --recovery-sheet."), safe=_("Nothing was changed."))
    if leave_old and not new_key:
        raise Trouble(_("--leave-old goes with --new-key."), safe=_("Nothing was changed."))
    workbook = Workbook(shows_key=True)
    is_locked = workbook.lock.is_locked or workbook.lock.is_unknown
    if not is_locked and not ((off or leave_old) and has_strays(workbook.lock)):
        if change_passphrase or recovery_sheet or new_key or off:
            raise Trouble(
                _("The journal is not locked."), safe=_("Nothing was changed."), hint=_("To lock it: smartcli lock")
            )
        lock_talk.begin_lock(workbook)
    elif change_passphrase:
        lock_talk.take_new_passphrase(workbook)
    elif recovery_sheet:
        (lock_talk.check_recovery_key if check else lock_talk.show_recovery_key)(workbook)
    elif new_key:
        lock_talk.take_new_key(workbook, leave_old=leave_old)
    elif off:
        lock_talk.take_off(workbook)
    else:
        lock_talk.finish_lock(workbook)
