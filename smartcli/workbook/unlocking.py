"""Unlocking: the passphrase asked for, and the key that it opens held until the program ends."""

import os
import sys
from collections.abc import Iterator
from functools import partial

from smartcli.language import _
from smartcli.lock import keyring
from smartcli.lock.errors import DamagedKeyFileError, WrongPassphraseError
from smartcli.trouble import LOCKED, USAGE, Trouble
from smartcli.workbook.opening import (
    OtherDevicesPassphraseError,
    explain_wrong_passphrase,
    is_replaced_here,
    need_key_file,
    open_with,
)
from smartcli.workbook.other_keys import Ask, open_other_keys
from smartcli.workbook.workbook import Workbook

given_passphrase: str | None = None  # by `--passphrase-fd`, until it is used

TRIES = 3
_LONGEST = 4096  # bytes of a line that is a passphrase


def take_passphrase(number: int) -> None:
    """Take the first line of an open file as the passphrase, and read no further: what follows may be answers.

    It is read whether it is needed or not, so that no command takes it for an answer. From a terminal nothing is
    taken, where it would show: there it is asked for as always. Raises Trouble (2) where nothing can be read.
    """
    global given_passphrase
    if not _is_terminal(number):
        given_passphrase = _read_passphrase(number)


def unlock(workbook: Workbook, ask: Ask | None = None, *, again: bool = False) -> None:
    """Ask for the passphrase, unless it was given already, and hold the key, and those of other devices.

    `again`: ask for another device's passphrase although that was declined before. Raises LockedTrouble (5) where
    nobody can be asked; Trouble (5) where the passphrase does not open the journal, (3) where the disk refuses.
    """
    need_key_file(workbook.lock)
    given = _use_given()
    try:
        if given is not None:
            _open_once(workbook, given)
            open_other_keys(workbook, given, None)
        elif sys.stdin.isatty():
            from smartcli.prompts.screen_terminal import unechoed

            ask = ask or _asker(workbook)
            with unechoed():  # trying a passphrase takes a moment, in which the next may be typed already
                typed = _ask_and_open(workbook, ask)
                open_other_keys(workbook, typed, ask, again=again)
        else:
            raise keyring.LockedTrouble
    except DamagedKeyFileError:
        raise _damaged() from None


def passphrases(workbook: Workbook, remark: str) -> Iterator[str]:
    """Yield the passphrase that was given already, or else those typed at a terminal, three at most.

    There is none where nobody can be asked.
    """
    given = _use_given()
    if given is not None:
        yield given
    elif sys.stdin.isatty():
        from smartcli.prompts.screen_terminal import unechoed

        ask = _asker(workbook)
        with unechoed():
            for _number in range(TRIES):
                yield ask(_("Passphrase"), remark)
                remark = explain_wrong_passphrase()


def _asker(workbook: Workbook) -> Ask:
    from smartcli.workbook.passphrase_prompt import ask_passphrase

    return partial(ask_passphrase, workbook.asker)


def _open_once(workbook: Workbook, passphrase: str) -> None:
    try:
        open_with(workbook, passphrase)
    except WrongPassphraseError as error:
        raise _not_opened(error) from None


def _ask_and_open(workbook: Workbook, ask: Ask) -> str:
    """Ask until a passphrase opens the journal, three times at most; return that one."""
    remark = _first_remark(workbook)
    for _number in range(TRIES):
        typed = ask(_("Passphrase"), remark)
        try:
            open_with(workbook, typed)
        except WrongPassphraseError as error:
            wrong, remark = error, _explain(error)
        else:
            return typed
    raise _not_opened(wrong)


def _first_remark(workbook: Workbook) -> str:
    if is_replaced_here(workbook.lock):
        return _(
            "The key in this folder is not the one this device knows. Nothing was sealed to it. If you made a new key "
            "on another device, please type the passphrase that you chose there."
        )
    return _("The journal is locked.")


def _explain(error: WrongPassphraseError) -> str:
    if isinstance(error, OtherDevicesPassphraseError):
        return _("That is the passphrase of your other device. Please type the one that you chose on this device.")
    return explain_wrong_passphrase()


def _not_opened(error: WrongPassphraseError) -> Trouble:
    return Trouble(
        _explain(error),
        safe=_("Everything in the journal is safe. You can write without the passphrase."),
        hint=_("Your recovery key opens the journal too: smartcli unlock --recover"),
        code=LOCKED,
    )


def _damaged() -> Trouble:
    return Trouble(
        _("The key file is damaged. Nothing else is."),
        hint=_(
            "Another copy of the folder `keys` opens the journal, from a backup or another device. Your recovery key "
            "does too: smartcli unlock --recover"
        ),
        code=LOCKED,
    )


def _use_given() -> str | None:
    """Return the passphrase that was given already, once; None where none was."""
    global given_passphrase
    given, given_passphrase = given_passphrase, None
    return given


def _is_terminal(number: int) -> bool:
    try:
        return os.isatty(number)
    except OverflowError:
        return False


def _read_passphrase(number: int) -> str:
    """Return the first line that an open file gives; raises Trouble (2) where nothing can be read."""
    line = bytearray()
    try:
        while not line.endswith(b"\n") and len(line) < _LONGEST and (byte := os.read(number, 1)):
            line += byte
    except (OSError, OverflowError):
        line.clear()
    if not line:
        raise Trouble(
            _("No passphrase can be read from {number}.", number=number),
            safe=_("Nothing in the journal has changed."),
            hint=_("Please give the number of a file that is open to be read. An example: --passphrase-fd 3 3< FILE"),
            code=USAGE,
        )
    return line.decode("utf-8", "surrogateescape").rstrip("\r\n")
