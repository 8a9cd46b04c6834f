"""Everything a command may need, opened when it is first asked for."""

import contextlib
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from smartcli.blocks import Block
from smartcli.content.catalog import Catalog
from smartcli.entries.entry import Entry
from smartcli.entries.self_harm import is_about_no_behaviour, may_be_about_self_harm, may_have_amounts
from smartcli.entries.uncounted import without_amounts, without_counts
from smartcli.fields.base import NO_FAMILIES
from smartcli.journal.index import Index
from smartcli.journal.journal_lock import LEFT_OPEN, WAITING, JournalLock
from smartcli.journal.last_day import LastDay
from smartcli.journal.last_seen import LastSeen
from smartcli.journal.look import Look
from smartcli.journal.lookup import ensure_long_enough
from smartcli.journal.opened_cache import OpenedCache
from smartcli.journal.sealed_names import SealedNames
from smartcli.journal.store import Journal
from smartcli.journal.system import read_only as read_only  # for commands that leave nothing behind
from smartcli.language import _
from smartcli.moments import choose_day_start, day_of, now
from smartcli.places import Places, places
from smartcli.session.memory import Memory
from smartcli.settings import Settings
from smartcli.trouble import Trouble
from smartcli.workbook.terminal import chosen_theme, is_plain

if TYPE_CHECKING:
    from smartcli.asking import Asker
    from smartcli.content.helplines import Directory
    from smartcli.content.slots import Slots
    from smartcli.journal.aside import Aside
    from smartcli.journal.draft import Draft
    from smartcli.journal.drafts import Drafts
    from smartcli.journal.imports import Imports
    from smartcli.journal.kept import Kept
    from smartcli.journal.last_backup import LastBackup
    from smartcli.journal.snoozed import Snoozed
    from smartcli.journal.turns import Turns
    from smartcli.pages.support import Support
    from smartcli.workbook.left_open import LeftOpen

T = TypeVar("T")
J = TypeVar("J", bound=Journal)


# What is let go of when the journal has changed, and what besides when it was opened or locked.
_OF_THE_JOURNAL = ("memory", "families_ever", "done")
_OF_THE_LOCK = ("journal", "index", "drafts", "aside", "last_seen", "imports", "snoozed", "turns", "kept")


class Workbook:
    """The person's places, settings, journal, drafts and exercises.

    What few commands need is imported where it is first asked for: all of it takes some ten milliseconds.
    """

    def __init__(self, *, saves: bool = True, shows_key: bool = False) -> None:
        """`saves`: what is answered here is saved; False with `share` and `unkept.do_unkept`, which save nothing.

        `shows_key`: a passphrase or a recovery key stands on its screens, though the journal is not locked yet.
        """
        self.saves = saves
        self._shows_key = shows_key
        self.why_unsaved = ""  # said at the first question, where there is more to say than that nothing is saved

    @cached_property
    def places(self) -> Places:
        """Where things are; raises Trouble (3) when there is no such place, or it cannot be looked at."""
        from smartcli.journal.disk_errors import disk_errors_as_trouble
        from smartcli.journal.files import has_folder

        found = places()
        with disk_errors_as_trouble(_("Your journal cannot be read")):
            has_folder(found.journal)
        return found

    @cached_property
    def settings(self) -> Settings:
        """This device's settings; whatever their file is like, nothing is closed by it."""
        settings = Settings.read(self.places.config)
        settings.note_problems()
        choose_day_start(settings.day_starts)
        return settings

    @cached_property
    def lock(self) -> JournalLock:
        """Whether the journal is locked, and to which key."""
        return JournalLock(self.places.journal, self.places.state)

    @property
    def is_locked(self) -> bool:
        """Whether the journal is locked, here or on another device, opened or not; an unreadable lock counts as one."""
        return _or_else(lambda: self.lock.is_locked or self.lock.is_unknown, True)

    @property
    def is_closed(self) -> bool:
        """Whether the journal is locked and nobody has given the passphrase yet: it can be written, and not read."""
        return self.lock.is_closed

    @property
    def waits(self) -> bool:
        """Whether what is saved waits on this device: the journal was locked on another, and is not opened here yet."""
        return self.lock.is_unknown and self.is_closed

    def unlock(self, *ids: str, again: bool = False) -> None:
        """Ask for the passphrase where the journal is closed. Whoever reads entries calls this first.

        `ids`: of entries, as they were typed. `again`: ask in any case, also for another device's passphrase that was
        declined before. Raises Trouble (2) where one is too short for any, before it asks;
        LockedTrouble (5) where nobody can be asked, or the passphrase is not given.
        """
        if self.is_closed or again:
            for name in ids:
                ensure_long_enough(name)
            from smartcli.lock import age, keyring
            from smartcli.workbook.unlocking import unlock

            if not age.is_available():  # before anybody is asked for a passphrase that opens nothing
                raise keyring.MissingLibraryTrouble
            unlock(self, again=again)
            self.forget(lock_too=True)
            self.copies_left_open.renew(self.journal)

    @property
    def idle_minutes(self) -> int:
        """After how many minutes without a key a screen is left, so that nobody finds anything on it; 0: never."""
        return self.settings.count_idle_minutes(is_locked=self._shows_key or self.is_locked)

    @property
    def can_seal(self) -> bool:
        """Whether what is written can be saved: a locked journal needs age for that."""
        if not self.lock.is_locked:
            return True
        from smartcli.lock import age

        return age.is_available()

    @cached_property
    def journal(self) -> Journal:
        """The journal."""
        return self.make_journal(Journal)

    def make_journal(self, kind: type[J]) -> J:
        """Return the journal as another kind of one.

        Where it was locked on another device and is still closed here, this is the one of what waits to join it.
        """
        if self.waits:
            return kind(self.places.state / WAITING, last_day=self.last_day)
        journal = kind(self.places.journal, self.index, self.last_seen, self.last_day)
        to = self.lock.seal_to
        if to:
            journal.seal_to, journal.cache = to, OpenedCache(self.places.state, to)
            journal.after_save, journal.sealed_names = self.copies_left_open.note, self.sealed_names
        if self.is_closed:
            journal.index = None
        return journal

    @cached_property
    def left_open(self) -> Journal:
        """What the person chose to leave readable when the journal was locked, as a journal of its own."""
        return Journal(self.places.state / LEFT_OPEN)

    @property
    def copies_left_open(self) -> "LeftOpen":
        """The same as copies to be renewed: nothing is chosen where the journal is not locked."""
        from smartcli.workbook.left_open import LeftOpen

        return LeftOpen(self.places.state / LEFT_OPEN, self.settings.keep_open if self.lock.is_locked else ())

    @property
    def readable_journal(self) -> Journal:
        """The journal that can be read now without the passphrase: all of it, or what was left open."""
        return self.left_open if self.is_closed else self.journal

    @cached_property
    def index(self) -> Index:
        """What each file of the journal is, without a word of it."""
        return Index(self.places.state, self.lock.seal_to)

    @cached_property
    def drafts(self) -> "Drafts":
        """The drafts of this device."""
        from smartcli.journal.drafts import Drafts

        return Drafts(self.places.state / "drafts", seal_to=self.lock.seal_to)

    @cached_property
    def aside(self) -> "Aside":
        """What a crash put aside on this device."""
        from smartcli.journal.aside import NAME, Aside

        return Aside(self.places.state / NAME, self.lock.seal_to)

    @cached_property
    def catalog(self) -> Catalog:
        """The exercises."""
        return Catalog(self.places.journal / "exercises")

    @cached_property
    def memory(self) -> Memory:
        """What the journal remembers."""
        look = Look(self.readable_journal)
        return Memory(look, self.settings, self.catalog.measure_of, self.catalog.options_of, is_closed=self.is_closed)

    def forget(self, *, lock_too: bool = False) -> None:
        """Let go of what was read of the journal: it has changed. `lock_too`: it was opened, or locked."""
        if lock_too:
            self.lock.forget()
        for name in (*_OF_THE_JOURNAL, *(_OF_THE_LOCK if lock_too else ())):
            self.__dict__.pop(name, None)

    @property
    def today(self) -> date:
        """The person's local day."""
        return day_of(now(), self.settings.day_starts)

    @cached_property
    def done(self) -> dict[str, list[date]]:
        """The days each exercise was done, by its id, newest first; of a closed journal nothing is known."""
        days: dict[str, list[date]] = {}
        if self.is_closed:
            return days
        for seen in self.journal.file_heads(self.journal.recall_revisions()):
            days.setdefault(seen.exercise, []).append(seen.day)
        for several in days.values():
            several.sort(reverse=True)  # the newest by the world's clock is of an earlier day between far zones
        return days

    @cached_property
    def families_ever(self) -> dict[str, str]:
        """The family of every behaviour ever named, by its folded name.

        Read by a journal of its own: a list that is being gone through keeps what it could not read to itself.
        """
        journal = replace(self.readable_journal, last_seen=None, last_day=None)
        return Memory(Look(journal), self.settings).families_ever

    def readable(self, entry: Entry) -> Entry:
        """Return an entry as it is shown and handed on: without any number if it may be about self-harm.

        Nothing of it is counted, and a number can be read as a score. Nor is an amount of eating shown, which is
        there only where the behaviour was once called something else. JSON keeps the whole entry.
        """
        if self.is_uncounted(entry):
            shown = without_counts(entry)
        else:
            shown = without_amounts(entry, lambda name: not may_have_amounts(name, self.families_ever))
        if not entry.others and not entry.has_unread:
            return shown
        shown = replace(shown, others=tuple(map(self.readable, entry.others)), has_unread=entry.has_unread)
        shown.__dict__["revision"] = entry.revision  # it names the file, whatever is shown of it
        return shown

    def is_uncounted(self, entry: Entry) -> bool:
        """Return whether nothing of an entry is counted: it is about self-harm, or may be."""
        if is_about_no_behaviour(entry):  # first: to know the families takes a look at the whole journal
            return False
        return self.memory.is_family_closed or may_be_about_self_harm(entry.behaviour, self.families_ever)

    @cached_property
    def helplines(self) -> "Directory":
        """The directory of helplines."""
        from smartcli.content.catalog import built_in  # not by way of the home, which may not open
        from smartcli.content.helplines import read_helplines
        from smartcli.content.slots import CRISIS_ANYWHERE, EMERGENCY_ANYWHERE

        directory, source = read_helplines(built_in())
        if directory is None:
            call = _(
                "In danger now? Call {emergency}. To talk to somebody, call {crisis}.",
                emergency=_(EMERGENCY_ANYWHERE),
                crisis=_(CRISIS_ANYWHERE),
            )
            problem = next(iter(source.problems_as_text()), "")
            raise Trouble(_("smartcli cannot read its list of helplines."), safe=call, hint=problem)
        return directory

    @property
    def asks_on_screen(self) -> bool:
        """Whether questions are asked on the full screen: standard input decides, unless plain mode is wished for."""
        return not is_plain() and sys.stdin.isatty()

    @cached_property
    def asker(self) -> "Asker":
        """Return who asks."""
        from smartcli.prompts.lines import lines_of_stdin

        if self.asks_on_screen:
            from smartcli.journal.first_sittings import is_among_first
            from smartcli.prompts.screen import Screen
            from smartcli.renderers.terminal import draw
            from smartcli.workbook.resting import idle_leave

            return Screen(
                draw,
                self.support,
                theme=chosen_theme(),
                taps=self.settings.takes_taps,
                names_hiding=is_among_first(self.places.state),
                idle=idle_leave(self),
                saves=self.saves,
            )
        from smartcli.prompts.plain import Plain
        from smartcli.renderers.plain import blocks

        return Plain(lines_of_stdin(), blocks, self.support, saves=self.saves)

    @cached_property
    def slots(self) -> "Slots":
        """What the slots of texts stand for: this device's country, and how questions are asked here."""
        from smartcli.content.helplines import NOTHING_KNOWN, crisis_line, emergency_number
        from smartcli.content.slots import Slots

        def directory() -> "Directory":  # read when a slot is first filled: most sessions show none
            return _or_else(lambda: self.helplines, NOTHING_KNOWN)

        country = self.settings.country
        return Slots(
            emergency=lambda: emergency_number(directory(), country),
            crisis=lambda families: crisis_line(directory(), country, families, now()),
            support=lambda typing: self.asker.how_to_get_support(typing),
            hide=lambda: self.asker.how_to_hide(),
        )

    def support(self, wanted: str = "") -> Sequence[Block]:
        """Return support as this asker shows it.

        `wanted`: "" for the ten lines (on the full screen with everything else below them), "*" for
        everything, anything else for the country of that name.
        """
        from smartcli.pages.support import MORE_BY_SIGN

        page = self.support_page()
        if self.asks_on_screen:
            return page.to_read()
        if not wanted:
            return page.to_print(MORE_BY_SIGN)
        return page.to_print_whole() if wanted == "*" else page.of_country(wanted)

    def support_page(self) -> "Support":
        """Return the support page; nothing that is broken or locked here may stand in its way."""
        from smartcli.content.helplines import NOTHING_KNOWN
        from smartcli.pages.support import Support

        return Support(
            directory=_or_else(lambda: self.helplines, NOTHING_KNOWN),
            settings=_or_else(lambda: self.settings, Settings(Path())),
            now=now(),
            families=_or_else(lambda: self.memory.families(None), NO_FAMILIES),
            plans=_or_else(self.list_support_plans, []),
        )

    def list_support_plans(self) -> list[Entry]:
        """Return the newest entry of each exercise that belongs on the support page."""
        kinds = [exercise.id for exercise in self.catalog.mentioning("in_support") if exercise.in_support]
        newest = [next(self.memory.copies(kind), None) for kind in kinds]
        return [entry for entry in newest if entry]

    @cached_property
    def last_seen(self) -> LastSeen:
        """The ids of the entries that were here the last time."""
        return LastSeen(self.places.state, self.lock.seal_to)

    @cached_property
    def sealed_names(self) -> SealedNames:
        """The names of the sealed files that were here the last time."""
        return SealedNames(self.places.state)

    @cached_property
    def last_day(self) -> LastDay:
        """The stamp of the last save, for `due`."""
        return LastDay(self.places.state)

    @cached_property
    def kept(self) -> "Kept":
        """The second names of the journal's files."""
        from smartcli.journal.kept import FOLDER, Kept

        return Kept(self.places.state / FOLDER, self.places.journal, self.journal.cache)

    @cached_property
    def last_backup(self) -> "LastBackup":
        """When the last backup was made on this device."""
        from smartcli.journal.last_backup import LastBackup

        return LastBackup(self.places.state)

    @cached_property
    def imports(self) -> "Imports":
        """What was imported on this device."""
        from smartcli.journal.imports import FOLDER, Imports

        return Imports(self.places.state / FOLDER, self.lock.seal_to)

    @cached_property
    def snoozed(self) -> "Snoozed":
        """The days on which questions for afterwards were offered."""
        from smartcli.journal.snoozed import Snoozed

        return Snoozed(self.places.state, self.lock.seal_to)

    @cached_property
    def turns(self) -> "Turns":
        """The days on which suggestions came into view."""
        from smartcli.journal.turns import Turns

        return Turns(self.places.state, self.lock.seal_to)

    def tidy(self) -> None:
        """See to what a crash may have left; what is sealed waits for a key. Never a trouble."""
        from smartcli.journal.recovery import recover_leftovers

        with contextlib.suppress(Trouble):
            recover_leftovers(self.journal, self.drafts, self.aside.path)
        if self.lock.is_locked:
            self.copies_left_open.prune()
        self.keep_second_names()

    def discard(self, draft: "Draft") -> None:
        """Delete a draft that is held for good, with what a crash may have left of it; raises Trouble (3)."""
        from smartcli.journal.recovery import drop_unpublished

        drop_unpublished(self.journal, draft.entry)
        self.drafts.drop(draft)

    def keep_second_names(self) -> None:
        """Give second names to the files of one's own journal: another's would later seem to be gone from it.

        While it is closed, the journal's note of the key says whose it is.
        """
        if self.is_closed and not self.lock.own_lock:
            return
        if not self.last_seen.is_another(self.journal.id):
            self.kept.keep()


def _or_else(read: Callable[[], T], instead: T) -> T:
    """Return what `read` gives, or `instead` whatever goes wrong.

    Only for the support page: a home that cannot be opened, a locked journal or a bug of ours must never keep
    somebody in danger from a number.
    """
    try:
        return read()
    except Exception:
        return instead
