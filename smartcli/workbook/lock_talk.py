"""What `lock` says and asks: before the first lock, at a new passphrase or key, and when it is taken off."""

from collections.abc import Callable, Iterator
from typing import TypeVar

from smartcli.asking import Back, Ended, Pause, Question, Reading
from smartcli.blocks import Block, Heading, Item, Items, Words
from smartcli.journal.key_files import KeyFiles, lock_errors_as_trouble
from smartcli.journal.locking import opens_any
from smartcli.journal.out_of_reach import keepers_said
from smartcli.language import N_, _, ngettext
from smartcli.lock import keyring
from smartcli.lock.identity import Identity, generate_identity
from smartcli.trouble import ATTENTION, USAGE, Trouble, say
from smartcli.workbook.keeping_open import choose_what_stays_open
from smartcli.workbook.key_changes import begin_new_key, change_passphrase, end_old_key, list_replaced_keys
from smartcli.workbook.locking import (
    Outcome,
    count_plain,
    lock_journal,
    seal_to_new_key,
    unlock_for_good,
)
from smartcli.workbook.opening import has_strays, open_with_identity
from smartcli.workbook.passphrase_prompt import choose_passphrase, need_person
from smartcli.workbook.progress import Counter
from smartcli.workbook.recovery import ask_for_key, show_sheet
from smartcli.workbook.terminal import confirm
from smartcli.workbook.workbook import Workbook

T = TypeVar("T")

_DOES = (
    N_("Nobody can read your entries from their files without your passphrase."),
    N_("You can still write without it: check-ins, urges and lapses never ask for it."),
    N_("Without smartcli too, the program age opens your entries with the same passphrase."),
)
_DOES_NOT = (
    N_("It does not hide that you use smartcli, how many entries there are, or when they changed."),
    N_("It does not help against somebody who controls this device, or who sees your screen or your keys."),
    N_("It does not help against somebody who can make you open it. Then only what is not written is safe."),
    N_("It does not reach older copies, in backups, in a synced folder's history, or on the disk until it is reused."),
)
_LOST = N_("If you lose the passphrase and the recovery key, nobody can open your entries. We cannot either.")


def begin_lock(workbook: Workbook) -> None:
    """Lock the journal for the first time: said, asked, shown, and only then done. Raises Trouble, Pause."""
    need_person(USAGE)  # nothing is locked yet
    keyring.need_library()
    if has_strays(workbook.lock):
        _lock_again(workbook)
        return
    _in_a_session(workbook, _("Lock the journal"), lambda: _ask_whether(workbook))
    kept_open = _in_a_session(workbook, _("Lock the journal"), lambda: choose_what_stays_open(workbook))
    passphrase = _in_a_session(workbook, _("Lock the journal"), lambda: choose_passphrase(workbook.asker))
    identity = _new_identity()
    has_sheet = _in_a_session(workbook, _("Lock the journal"), lambda: show_sheet(workbook.asker, identity))
    say(_("A moment, please."))
    KeyFiles(workbook.places.journal).publish(identity, passphrase)
    keyring.hold(identity)
    workbook.settings.change(keep_open=kept_open or None)
    with Counter() as counter:
        outcome = lock_journal(workbook, identity, workbook.today.isoformat(), counter.tell)
    _tell_locked(workbook, outcome, has_sheet=has_sheet)


def _lock_again(workbook: Workbook) -> None:
    """Lock a journal of which some entries are locked already, with their key; raises Trouble (5)."""
    workbook.unlock(again=True)
    entries = workbook.places.journal / "entries"
    key = next((key for key in keyring.held() if opens_any(entries, key)), None)
    if key is None:
        raise keyring.LockedTrouble
    with Counter() as counter:
        outcome = lock_journal(workbook, key, workbook.today.isoformat(), counter.tell)
    _tell_outcome(outcome)


def finish_lock(workbook: Workbook) -> None:
    """Seal what still lies in plain in a journal that is locked, if anything does, and say how it stands."""
    if workbook.lock.is_locked and not workbook.lock.public_locks:
        say(_("The lock was taken off on another device. To take it off here too: smartcli lock --off"))
        return
    if not _is_unfinished(workbook):
        say(_("The journal is locked."), _("`smartcli lock --help` shows what else you can do."))
        return
    own = _opened_key(workbook)
    since = workbook.today.isoformat()
    with Counter() as counter:
        outcome = lock_journal(workbook, own, since, counter.tell)
        for old in list_replaced_keys(workbook):
            _replace_key(workbook, old, own, since, outcome, counter)
    _tell_outcome(outcome)


def _is_unfinished(workbook: Workbook) -> bool:
    """Return whether a run of `lock` was cut short, or another device or an old version wrote into the journal."""
    lock = workbook.lock
    has_own_note = any(note.names(lock.seal_to) for note in lock.public_locks) if lock.is_locked else False
    return not has_own_note or len(lock.public_locks) > 1 or bool(count_plain(workbook))


def _replace_key(
    workbook: Workbook, old: Identity, new: Identity, since: str, outcome: Outcome, counter: Counter
) -> None:
    """Seal what an old key locks to a new one, and end the old key once nothing is sealed to it; add to the outcome."""
    more = seal_to_new_key(workbook, old, new, since, counter.tell)
    if more.is_whole:
        end_old_key(workbook, old)
    outcome.files += more.files
    outcome.left |= more.left
    outcome.in_use += more.in_use


def take_new_passphrase(workbook: Workbook) -> None:
    """Ask for the passphrase, and for another that opens the journal from now on."""
    need_person()
    identity = _opened_key(workbook)
    passphrase = _in_a_session(workbook, _("A new passphrase"), lambda: choose_passphrase(workbook.asker))
    say(_("A moment, please."))
    change_passphrase(workbook, identity, passphrase)
    say(
        _("From now on the new passphrase opens the journal."),
        _(
            "A copy of the old key file, in a backup or a synced folder's history, still opens with the old one. If "
            "somebody may know that: smartcli lock --new-key"
        ),
    )


def show_recovery_key(workbook: Workbook) -> None:
    """Ask for the passphrase, and show the recovery key again."""
    need_person()
    identity = _opened_key(workbook)
    if _in_a_session(workbook, _("Recovery key"), lambda: show_sheet(workbook.asker, identity)):
        say(_("Your recovery key is written down and right."))


def check_recovery_key(workbook: Workbook) -> None:
    """Have the recovery key typed in from paper, and say whether it is the one of this journal."""
    need_person()
    typed = _in_a_session(workbook, _("Recovery key"), lambda: ask_for_key(workbook.asker))
    if typed.recipient != workbook.lock.seal_to:
        raise Trouble(
            _("That is a recovery key, but not the one of this journal."),
            safe=_("Nothing was changed."),
            hint=_("Perhaps there is a newer sheet. To see the right key: smartcli lock --recovery-sheet"),
            code=ATTENTION,
        )
    say(_("That is right: this recovery key opens the journal."))


def recover(workbook: Workbook) -> None:
    """Open the journal with the recovery key, and take a new passphrase at once."""
    need_person()
    identity = _in_a_session(workbook, _("Recovery key"), lambda: ask_for_key(workbook.asker))
    open_with_identity(workbook, identity)
    say(_("The recovery key opens the journal. Now please choose a new passphrase."))
    passphrase = _in_a_session(
        workbook,
        _("A new passphrase"),
        lambda: choose_passphrase(workbook.asker),
        left=_("The passphrase is still the old one. The recovery key still opens the journal."),
    )
    say(_("A moment, please."))
    change_passphrase(workbook, keyring.find(workbook.lock.seal_to) or identity, passphrase)
    say(_("From now on the new passphrase opens the journal."))


def take_new_key(workbook: Workbook, *, leave_old: bool) -> None:
    """Seal everything to a new key with a new passphrase; `leave_old`: what the lost key locks stays as it is."""
    need_person()
    old = None if leave_old else _opened_key(workbook)
    if leave_old and not confirm(workbook.asker, _("Go on with a new key?"), [Words(_(_WHY_LEAVE))]):
        raise Pause(_("Nothing was changed."))
    passphrase = _in_a_session(workbook, _("A new key"), lambda: choose_passphrase(workbook.asker))
    new = _new_identity()
    has_sheet = _in_a_session(workbook, _("A new key"), lambda: show_sheet(workbook.asker, new))
    say(_("A moment, please."))
    begin_new_key(workbook, old, new, passphrase)
    since = workbook.today.isoformat()
    with Counter() as counter:
        outcome = Outcome() if old else lock_journal(workbook, new, since, counter.tell)
        for each in [old, *list_replaced_keys(workbook)] if old else ():
            _replace_key(workbook, each, new, since, outcome, counter)
    _tell_outcome(outcome)
    _tell_sheet(has_sheet=has_sheet)


_WHY_LEAVE = N_(
    "What you have written so far stays locked with the old key, and nobody can open it without that key. What you "
    "write from now on opens with the new passphrase."
)


def take_off(workbook: Workbook) -> None:
    """Make the journal plain again, after a yes."""
    need_person()
    workbook.unlock(again=not workbook.is_locked)
    above = [
        Words(_("Every entry becomes a plain file again, which anyone at this computer can read.")),
        Words(_("The folder `keys` stays: backups that you made meanwhile need it.")),
    ]
    if not confirm(workbook.asker, _("Take the lock off?"), above):
        raise Pause(_("Nothing was changed. The journal stays locked."))
    with Counter() as counter:
        outcome = unlock_for_good(workbook, counter.tell)
    workbook.settings.change(keep_open=None)
    if not outcome.is_whole:
        _tell_left(outcome)
    say(_("The journal is not locked any more."))


def _ask_whether(workbook: Workbook) -> None:
    """Say what a lock does and does not; raises Pause unless the person wants it."""
    asker = workbook.asker
    asker.tell(_("Lock the journal"), [*_explanation()], Reading.START)
    question = Question(
        ask=_("Would you like to lock your journal?"),
        heading=_("Lock the journal"),
        above=[*_what_to_keep_in_mind(workbook)],
        careful=True,
        leaves=True,
    )
    if not asker.yes_no(question):
        raise Pause(_("Nothing was changed."))


def _explanation() -> Iterator[Block]:
    yield Heading(_("What a lock does"))
    yield Items([Item(_(line)) for line in _DOES])
    yield Heading(_("What it does not do"))
    yield Items([Item(_(line)) for line in _DOES_NOT])


def _what_to_keep_in_mind(workbook: Workbook) -> Iterator[Block]:
    yield Words(_(_LOST))
    own = len(workbook.catalog.own_paths())
    stays = [_("your settings, with your country and the people you named there")]
    if own:
        stays.append(ngettext("{number} exercise of your own", "{number} exercises of your own", own))
    yield Words(_("These stay readable: {things}. You choose next what else should.", things=", ".join(stays)))


def _new_identity() -> Identity:
    """Return a new key, which is nowhere yet but in memory; raises Trouble (5)."""
    with lock_errors_as_trouble():
        return generate_identity()


def _opened_key(workbook: Workbook) -> Identity:
    """Return the key that the journal is locked with, after the passphrase was given. Raises Trouble (5)."""
    workbook.unlock()
    identity = keyring.find(workbook.lock.seal_to)
    if identity is None:
        raise keyring.LockedTrouble
    return identity


def _in_a_session(workbook: Workbook, heading: str, ask: Callable[[], T], left: str = "") -> T:
    """Ask on the screens of a session; raises Pause where the person goes back or leaves.

    `left` is what is said then; without it, that nothing was changed.
    """
    workbook.asker.open(heading, 0)
    try:
        return ask()
    except (Back, Ended, Pause, KeyboardInterrupt):
        raise Pause(left or _("Nothing was changed.")) from None
    finally:
        workbook.asker.close()


def _tell_locked(workbook: Workbook, outcome: Outcome, *, has_sheet: bool) -> None:
    _tell_outcome(outcome)
    _tell_sheet(has_sheet=has_sheet)
    say(
        *keepers_said(workbook.places.journal),
        _(
            "Snapshots, and backups and exports that you made before, may still hold the old plain files. Parts of the "
            "disk that are not reused yet may hold them too. Encrypting the whole disk is what helps there."
        ),
    )


def _tell_outcome(outcome: Outcome) -> None:
    say(_("The journal is locked."))
    if outcome.files:
        say(ngettext("{number} file was sealed.", "{number} files were sealed.", outcome.files))
    _tell_left(outcome)


def _tell_left(outcome: Outcome) -> None:
    """Say what stays as it was, with the reason."""
    for name, why in sorted(outcome.left.items()):
        say(_("This file stays as it was ({why}): {name}", why=why, name=name))
    if outcome.in_use:
        say(
            ngettext(
                "{number} unfinished exercise is open in another window and stays as it was. Please close it and type "
                "`smartcli lock` again.",
                "{number} unfinished exercises are open in other windows and stay as they were. Please close them and "
                "type `smartcli lock` again.",
                len(outcome.in_use),
            )
        )


def _tell_sheet(*, has_sheet: bool) -> None:
    if not has_sheet:
        say(
            _("There is no recovery key on paper yet. Without it a forgotten passphrase means that all is lost."),
            _("To write it down later: smartcli lock --recovery-sheet"),
        )
