"""The questions of `share`, one step after another: for whom, which days, what, which names, and a last look."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from smartcli.asking import Back, Ended, Option, Pause, Question
from smartcli.blocks import Block, Heading, Item, Items, Page, Words
from smartcli.entries.entry import Entry
from smartcli.journal.export_target import ensure_free, next_free
from smartcli.language import N_, _, ngettext
from smartcli.moments import day_said
from smartcli.pages.likely_names import likely_names
from smartcli.pages.roles import INSTEAD_OF_CONTACTS, Roles, texts
from smartcli.pages.share import NUMBERS, WHOLE, ShareSection, share_blocks, share_sections
from smartcli.places import full_path
from smartcli.reading_times import NotAMomentError, moment_from_words
from smartcli.renderers.plain import blocks as as_text
from smartcli.trouble import Trouble, say
from smartcli.words import folded
from smartcli.workbook.filters import Filters
from smartcli.workbook.formats import format_of_ending
from smartcli.workbook.insights_from import find_insights
from smartcli.workbook.names import behaviour_names, contacts_by_name, people_on_page, things_on_page
from smartcli.workbook.output import output_path, render_document, to_file
from smartcli.workbook.terminal import show, translate_option
from smartcli.workbook.workbook import Workbook

_HEADING = N_("Share")
_PAGE = 50  # lines that a sheet of paper takes
_TITLE = N_("From my workbook")


class _Reader(NamedTuple):
    """Somebody a page is for: their option, the days and the sections that are offered first."""

    option: Option
    days: str
    sections: Sequence[str]


class _Read(NamedTuple):
    """What was read for a first day (None: all days): the entries, newest first, and the sections there are of them."""

    since: date | None
    entries: list[Entry]
    sections: list[ShareSection]


_READERS = (
    _Reader(Option("meeting", N_("A meeting")), "7", ("helps", "goals", f"{WHOLE}meeting-prep")),
    _Reader(Option("doctor", N_("A doctor, or somebody who helps me")), "28", (NUMBERS, "change", "triggers", "signs")),
    _Reader(Option("friend", N_("A friend, or family")), "90", ("reasons", "signs", "support", "plans")),
)
_DAYS = (
    Option("7", N_("The last seven days")),
    Option("28", N_("The last four weeks")),
    Option("90", N_("The last three months")),
    Option("all", N_("All days")),
)
_ROLES = (
    *(N_("a friend"), N_("my partner"), N_("somebody in my family")),
    *(N_("somebody at work"), N_("somebody who helps me")),
)
_OF_A_BEHAVIOUR = (N_("what I want to change"), N_("this habit"))
_NOBODY = Option("nobody", N_("None of them: leave every name as it is"))
_STAYS = Option("none", N_("None of them: leave them as they are"))
_HOLDS_NAME = N_("There is a name in these words that should not be on the page. Please choose other words.")
_MOST_LEFT = 30  # words that look like names and are listed; more than that nobody goes through
_LOOK, _CHANGE, _LEAVE = (
    Option("look", N_("Only show it here")),
    Option("change", N_("Change something")),
    Option("leave", N_("Stop here, and write nothing")),
)
_FILES = (
    Option("html", N_("A file for any browser, to print or to send")),
    Option("pdf", N_("A PDF")),
    Option("md", N_("A text file (Markdown)")),
)


class Sharing:
    """What has been chosen so far. `run` asks until it is settled what becomes of the page, and does it."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._reader = _READERS[0]
        self._since: date | None = None
        self._chosen: list[str] | None = None
        self._roles: dict[str, str] = {}
        self._end = _LEAVE.id
        self._place = ""
        self._read: _Read | None = None

    def run(self) -> None:
        """Ask what is shared, and hand it over; raises Trouble, and Pause when the person leaves."""
        asker = self._workbook.asker
        asker.open(_(_HEADING), 5)
        try:
            self.walk()
        except (Ended, Pause, KeyboardInterrupt):
            raise Pause(_("Stopped. Nothing was written.")) from None
        finally:
            asker.close()
        self.hand_over()

    def walk(self) -> None:
        """Ask step by step; back is the step before. Raises Trouble when there is nothing to share."""
        if not self._written:
            raise Trouble(
                _("There is nothing to share yet."),
                hint=_("You can start with `smartcli checkin`. It takes about a minute."),
            )
        steps = [self._ask_whom, self._ask_days, self._ask_sections, self._ask_names, self._ask_end, self._ask_where]
        at = 0
        while at < len(steps):
            try:
                at = steps[at]() or at + 1
            except Back:
                if at == 0:
                    raise Pause from None
                at -= 1

    def hand_over(self) -> None:
        """Show the page, write it, or do neither, as was chosen. Raises Trouble."""
        if self._end == _LOOK.id:
            show(self._page())
        elif self._end == _LEAVE.id:
            say(_("Nothing was written."))
        else:
            paper = self._workbook.settings.paper_size
            to_file(self._target(self._place), render_document(self._end, _(_TITLE), [self._page()], paper=paper))

    @cached_property
    def _written(self) -> list[date]:
        """The day of every entry."""
        return sorted(day for days in self._workbook.done.values() for day in days)

    @property
    def _inside(self) -> list[Entry]:
        """The entries of the days chosen, newest first."""
        return self._read_days().entries

    def _read_days(self) -> "_Read":
        """Return what is in the days chosen, read once for each choice."""
        if self._read is None or self._read.since != self._since:
            heads = self._workbook.journal.heads(since=self._since)
            inside = [head.entry for head in heads if self._since is None or head.entry.day >= self._since]
            meant = map(self._workbook.memory.as_meant_today, inside)
            entries = [self._workbook.readable(entry) for entry in meant]
            period = Filters(since=(self._since or self._written[0]).isoformat())
            found = find_insights(self._workbook, period)
            self._read = _Read(self._since, entries, share_sections(entries, found, self._workbook.families_ever))
        return self._read

    @cached_property
    def _today(self) -> date:
        return self._workbook.today

    @property
    def _sections(self) -> list[ShareSection]:
        return self._read_days().sections

    def _blocks(self, *, with_names: bool = False) -> list[Block]:
        chosen = [section for section in self._sections if section.id in (self._chosen or ())]
        return share_blocks(chosen, Roles({}).on if with_names else self._chosen_roles().on)

    def _chosen_roles(self) -> Roles:
        behaviours = {*behaviour_names(self._workbook, self._inside)}
        people = {name: role for name, role in self._roles.items() if name not in behaviours}
        things = {name: role for name, role in self._roles.items() if name in behaviours}
        # One person's name may be spelled in several ways; how they are reached stands with one of them.
        known = {folded(name) for name in people}
        contacts = [contact for name, ways in self._contacts.items() if folded(name) in known for contact in ways]
        return Roles(people, dict.fromkeys(contacts, INSTEAD_OF_CONTACTS), things)

    def _page(self) -> Page:
        first = self._since or self._written[0]
        period = _("{first} to {last}", first=_day(first), last=_day(self._today))
        return Page(_(_TITLE), self._blocks(), period)

    def _target(self, place: str) -> Path:
        return output_path(self._workbook, place, self._own_name)

    @property
    def _own_name(self) -> str:
        return f"page-{self._today}.{self._end}"

    def _question(self, ask: str, place: int, hint: str = "") -> Question:
        return Question(ask=ask, hint=hint, heading=_(_HEADING), place=_("{number} of {total}", number=place, total=5))

    def _ask_whom(self) -> None:
        asked = self._question(
            _("Who is the page for?"),
            1,
            _("Your answer decides what is already chosen on the next screens. You can change that."),
        )
        options = [translate_option(reader.option) for reader in _READERS]
        chosen = self._workbook.asker.choose(asked.with_(answer=self._reader.option.id), options)
        reader = next(one for one in _READERS if one.option.id == chosen)
        if reader != self._reader:
            self._reader, self._chosen = reader, None

    def _ask_days(self) -> None:
        asked = self._question(
            _("Which days should the page cover?"), 2, _("Nothing from before those days goes on the page.")
        )
        asked = asked.with_(answer=self._reader.days, check=self._no_days)
        days = [translate_option(option) for option in _DAYS]
        while True:
            chosen = self._workbook.asker.choose(asked, days, own=True) or "all"
            problem = self._no_days(chosen)
            if not problem:
                break
            asked = asked.with_(above=[Words(problem)])
        self._since = self._first_day(chosen)

    def _first_day(self, chosen: str) -> date | None:
        """Return the first day chosen, None for all of them; raises NotAMomentError."""
        if chosen == "all":
            return None
        if any(chosen == option.id for option in _DAYS):
            return self._today - timedelta(days=int(chosen) - 1)
        words = chosen.strip().removeprefix("since ")
        return moment_from_words(words).day(self._workbook.settings.day_starts)

    def _no_days(self, chosen: str) -> str | None:
        try:
            since = self._first_day(chosen)
        except NotAMomentError as error:
            return str(error)
        if since and since > self._written[-1]:
            return _("There is nothing from those days yet. Please choose more days.")
        return None

    def _ask_sections(self) -> None:
        options = [_section_option(section) for section in self._sections]
        known = [option.id for option in options]
        before = self._reader.sections if self._chosen is None else self._chosen
        asked = self._question(_("What should be on the page?"), 3, _("You see the whole page before it is written."))
        asked = asked.with_(answer=[name for name in before if name in known] or None, check=_something)
        self._chosen = self._workbook.asker.choose_some(asked, options) or []

    def _ask_names(self) -> None:
        """Ask which names become roles, then which role each becomes."""
        people, others = self._names()
        offered = [*(Option(name, name) for name in (*people, *others)), translate_option(_NOBODY)]
        hint = _("These are the names of your people and of what you want to change. You can add others.")
        asked = self._question(_("Which names should not be on the page?"), 4, hint)
        while True:
            before = [*self._roles] or people or [_NOBODY.id]
            chosen = self._workbook.asker.choose_some(asked.with_(answer=before), offered, own=True) or []
            names = [] if _NOBODY.id in chosen else chosen
            try:
                self._roles = {name: self._role(name, behaviour=name in others, all_names=names) for name in names}
                self._ask_left(known=(*people, *others))
            except Back:
                continue
            return

    def _ask_left(self, known: Sequence[str]) -> None:
        """Ask which words that look like names become roles too; `known` were asked about."""
        left = self._left(known)
        if not left:
            return
        offered = [*(Option(name, name) for name in left[:_MOST_LEFT]), translate_option(_STAYS)]
        hint = _("They begin with a capital, as names do. The ones that you choose do not stay on the page.")
        asked = self._question(_("Are there names among these words?"), 4, hint).with_(answer=[_STAYS.id])
        chosen = self._workbook.asker.choose_some(asked, offered) or []
        if _STAYS.id not in chosen:
            names = [*self._roles, *chosen]
            self._roles |= {name: self._role(name, behaviour=False, all_names=names) for name in chosen}

    def _left(self, known: Sequence[str] = ()) -> list[str]:
        """Return the words on the page that look like names and stay as they are."""
        return likely_names(texts(self._blocks()), (*known, *self._roles.values()), like=self._roles)

    def _words_left(self) -> list[str]:
        """Return the words on the page that are spelled like a name that has a role, and stay; each once."""
        roles = self._chosen_roles()
        written = [word for text in texts(self._blocks()) for word in roles.words_left(text)]
        return [*dict.fromkeys(written)]

    def _role(self, name: str, *, behaviour: bool, all_names: Sequence[str]) -> str:
        """Ask what stands instead of a name; none of `all_names` may stand in that."""
        names = Roles(dict.fromkeys(all_names, ""))
        asked = Question(
            ask=_("What should the page say instead of {name}?", name=name),
            heading=_(_HEADING),
            check=lambda said: _(_HOLDS_NAME) if said and names.used_in(said) else None,
        )
        words = [_(role) for role in (_OF_A_BEHAVIOUR if behaviour else _ROLES)]
        roles = [Option(role, role) for role in words]
        answer = self._roles.get(name, words[0])
        return self._workbook.asker.choose(asked.with_(answer=answer), roles, own=True) or answer

    def _names(self) -> tuple[list[str], list[str]]:
        """Return the names on the page: of people, and of what the person wants to change."""
        page = as_text(self._blocks(with_names=True))
        others = behaviour_names(self._workbook, self._inside)
        return people_on_page(page, self._contacts), things_on_page(page, others)

    @cached_property
    def _contacts(self) -> dict[str, list[str]]:
        return contacts_by_name(self._workbook)

    def _ask_end(self) -> int | None:
        """Show what goes and what stays, and ask what becomes of it; returns the step to go back to, if any."""
        asker = self._workbook.asker
        asker.tell(_("This is the page"), [*self._page().blocks, *self._staying()])
        files = [translate_option(option) for option in _FILES if option.id != "pdf" or find_spec("fpdf")]
        others = [translate_option(option) for option in (_LOOK, _CHANGE, _LEAVE)]
        hint = _("A file is not encrypted: anyone who can open it can read it.")
        asked = self._question(_("What would you like to do with the page?"), 5, hint)
        self._end = asker.choose(asked.with_(answer=files[0].id), [*files, *others]) or _LEAVE.id
        return 1 if self._end == _CHANGE.id else None

    def _staying(self) -> list[Block]:
        """Return how long the page is, and what does not go on it."""
        lines = sum(1 + len(line) // 90 for line in as_text(self._blocks()).split("\n"))
        sheets = -(-lines // _PAGE)
        size = ngettext(
            "It takes about {number} page on paper.",
            "It takes about {number} pages on paper. To make it shorter, choose fewer things.",
            sheets,
        )
        stays = [section.title for section in self._sections if section.id not in (self._chosen or ())]
        older = len(self._written) - len(self._inside)
        if older:
            stays.append(
                ngettext("{number} entry from before those days", "{number} entries from before those days", older)
            )
        stays.append(_("Everything else you wrote"))
        blocks: list[Block] = [
            Heading(_("This is not on the page"), 2),
            Items([Item(words) for words in stays]),
        ]
        if self._roles:
            roles = [Item(_("{name}: {role}", name=name, role=role)) for name, role in self._roles.items()]
            blocks += [Heading(_("Names, and what the page says instead"), 2), Items(roles)]
        left = self._left()
        if left:
            blocks += [Heading(_("Words that look like names, and stay"), 2), _first_words(left)]
        spelled_alike = self._words_left()
        if spelled_alike:
            blocks += [
                Heading(_("Words that are spelled like one of these names, and stay"), 2),
                _first_words(spelled_alike),
            ]
        return [*blocks, Words(size, quiet=True)]

    def _ask_where(self) -> None:
        if self._end in (_LOOK.id, _LEAVE.id):
            return
        asked = Question(
            ask=_("Where should the file go?"), hint=_("Type a folder, or a file with any name."), heading=_(_HEADING)
        )
        here = next_free(full_path(self._own_name, hint=_("Please go to another folder, and start again.")))
        self._place = self._workbook.asker.line(asked.with_(answer=str(here), check=self._not_there))

    def _not_there(self, place: str) -> str | None:
        ending = format_of_ending(place)
        if ending and ending != self._end:
            return _(
                "That name ends in .{ending}, but the page will be {format}. "
                "Please type a name that ends in .{format}.",
                ending=ending,
                format=self._end,
            )
        try:
            ensure_free(self._target(place))
        except Trouble as trouble:
            return f"{trouble.sentence} {_('Please type another place.')}"
        return None


def _day(day: date) -> str:
    return day_said(day, date.min, long=True)


def _first_words(found: Sequence[str]) -> Items:
    """Return a list of words, and how many more there are."""
    items = [Item(word) for word in found[:_MOST_LEFT]]
    more = len(found) - _MOST_LEFT
    if more > 0:
        items.append(Item(ngettext("and {number} more", "and {number} more", more)))
    return Items(items)


def _section_option(section: ShareSection) -> Option:
    group = _("Whole entries") if section.id.startswith(WHOLE) else _("In short")
    return Option(section.id, section.title, group, section.amount)


def _something(chosen: Sequence[str]) -> str | None:
    return None if chosen else _("Please choose at least one thing.")
