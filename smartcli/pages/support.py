"""Support on a page: ten lines for somebody in danger, the person's own plan, and everything else behind "more".

What a person in danger needs first is a number and a name, on the screen without scrolling. So the ten lines are
the last lines where text is printed (what scrolls away is above), and the first where a page is read from its top.
A safety plan takes reading: it stands on the far side of them, never between the person and the number.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from smartcli.blocks import Block, Heading, Item, Items, Words
from smartcli.content.helplines import (
    ANYWHERE,
    Directory,
    Line,
    choose_crisis_line,
    choose_family_line,
    choose_text_line,
    emergency_number,
    ordered_lines,
)
from smartcli.entries.entry import Entry
from smartcli.fields.base import NO_FAMILIES
from smartcli.language import N_, _
from smartcli.moments import WITH_YEAR, date_said
from smartcli.pages.entry import entry_blocks
from smartcli.settings import Settings
from smartcli.words import joined, sentence, sentences

NOT_MONITORED = N_("Nobody sees what you write in smartcli, so please tell a person.")
FINDER = "findahelpline.com"

# How each way of asking opens the rest; one of these ends the ten lines.
MORE_BY_COMMAND = N_("For more numbers, and for other countries: smartcli support --all")
MORE_BY_SIGN = N_("For more numbers, type * again. For another country, type * and its name, such as * Ireland.")
MORE_BELOW = N_("Read on for more numbers, and for other countries.")

_PEOPLE = 3  # of the person's own in the ten lines; all of them stand in the rest
_BEHAVIOUR = {
    "alcohol": N_("Alcohol"),
    "opioids": N_("Opioids"),
    "sedatives": N_("Sedatives"),
    "stimulants": N_("Stimulants"),
    "cannabis": N_("Cannabis"),
    "nicotine": N_("Nicotine"),
    "other-drugs": N_("Drugs"),
    "gambling": N_("Gambling"),
    "eating": N_("Eating"),
    "eating-restrict": N_("Eating"),
    "spending": N_("Debts"),
}  # what a line for a family is about, in a word; for the others there is no line anywhere


@dataclass(frozen=True)
class Support:
    """What the support page is made of, set in an order that suits how it is read.

    `families`: of the person's behaviours, for the order of the lines. `now`: the local time, since a line that
    may be closed is not named first. `plans`: entries that belong here, such as a safety plan.
    """

    directory: Directory
    settings: Settings
    now: datetime
    families: frozenset[str] = NO_FAMILIES
    plans: Sequence[Entry] = ()

    @property
    def country(self) -> str:
        """The id of the person's country; "" without one, or for one that is not in the directory."""
        return self.directory.find_country(self.settings.country)

    def to_print(self, more: str = MORE_BY_COMMAND) -> list[Block]:
        """Return the plan, then the ten lines, for text that scrolls; `more` says how to see the rest."""
        heading = [Heading(_("Help now"))] if self.plans else []
        return [*self.own_plans(), *heading, *self.ten_lines(more)]

    def to_read(self) -> list[Block]:
        """Return the ten lines, then the plan and everything else, for a page that is read from its top."""
        return [*self.ten_lines(MORE_BELOW), *self.own_plans(), *self.everything()]

    def to_print_whole(self) -> list[Block]:
        """Return everything and the plan, then the ten lines."""
        return [*self.everything(), *self.own_plans(), Heading(_("Help now")), *self.ten_lines("")]

    def ten_lines(self, more: str) -> list[Block]:
        """Return what somebody in danger needs: ten lines at most."""
        lines = [
            _("In danger now? Call {number}.", number=emergency_number(self.directory, self.country)),
            *self._people_in_short(),
            *self._crisis_lines(),
            *self._family_line(),
            *self._meeting_line(),
        ]
        foot = sentences(_(NOT_MONITORED), self._age(self._named_lines()))
        below = [Words(_(more))] if more else []
        return [Items([Item(line) for line in lines]), *below, Words(foot, quiet=True)]

    def own_plans(self) -> list[Block]:
        """Return the person's plans, each under its title."""
        blocks: list[Block] = []
        for plan in self.plans:
            blocks += [Heading(plan.title), *entry_blocks(plan)]
        return blocks

    def everything(self) -> list[Block]:
        """Return all own people, the lines of the person's country or of every country, and how to find a meeting."""
        blocks: list[Block] = []
        if self.settings.people:
            people = [Item(_person(person)) for person in self.settings.people]
            blocks += [Heading(_("Your people")), Items(people)]
        countries = sorted(self.directory.country, key=lambda country: country.say)
        countries.sort(key=lambda country: (country.id != self.country, country.id == ANYWHERE))
        for country in countries:
            blocks += self.lines_of(country.id)
        return [*blocks, *self._meetings(), Words(self._age(self.directory.every_line()), quiet=True)]

    def of_country(self, name: str) -> list[Block]:
        """Return one country's lines, by any of its names; for one not listed, what works everywhere."""
        country = self.directory.find_country(name)
        if country:
            return [*self.lines_of(country), Words(self._age(self.directory.lines_of(country)), quiet=True)]
        return [
            Words(_("smartcli has no numbers for that country yet.")),
            Items(
                [
                    Item(_("In danger now? Call {number}.", number=emergency_number(self.directory, ""))),
                    Item(_("{address} lists helplines in most countries.", address=FINDER)),
                ]
            ),
        ]

    def lines_of(self, country: str) -> list[Block]:
        """Return the lines of a country's id under its name, those for the person's behaviours early."""
        say = next(known.say for known in self.directory.country if known.id == country)
        lines = ordered_lines(self.directory.lines_of(country), self.families)
        if not lines:
            return []
        return [Heading(say), Items([Item(_whole_line(line)) for line in lines])]

    def _people_in_short(self) -> list[str]:
        people = self.settings.people
        if len(people) <= _PEOPLE:
            return [_person(person) for person in people]
        others = [person["name"] for person in people[_PEOPLE - 1 :]]
        return [*map(_person, people[: _PEOPLE - 1]), joined(others)]

    def _crisis_lines(self) -> list[str]:
        """Return one line to call and one to text; the same service may answer both."""
        call, text = self._call, self._text
        if call and call is text and call.call == text.text:
            return [_("Call or text {line}, at any hour.", line=call.to_call)]
        lines = [_to_call(call)] if call else []
        if text:
            lines.append(_("Text {message} ({name}), at any hour.", message=text.to_text, name=text.name))
        if call and call.is_open(self.now):
            return lines
        return [*lines, _("Somebody to talk to: {address} lists helplines in most countries.", address=FINDER)]

    def _family_line(self) -> list[str]:
        line = self._about
        if not line:
            return []
        named = next(name for name in self.families if name in line.families)
        about = _(_BEHAVIOUR[named]) if named in _BEHAVIOUR else line.purpose
        if line.always_open:
            return [_("{about}: {line}, at any hour.", about=about, line=line.to_call)]
        return [sentences(_("{about}: {line}.", about=about, line=line.to_call), _hours(line))]

    def _meeting_line(self) -> list[str]:
        meetings = self.directory.meetings
        finder = meetings.finder_for(self.country) if meetings else None
        if not finder:
            return []
        return [_("Official meetings have a trained facilitator: {address}", address=finder.contact)]

    def _meetings(self) -> list[Block]:
        meetings = self.directory.meetings
        if not meetings:
            return []
        finders = [Item(f"{finder.contact}  {finder.name}") for finder in meetings.finder]
        return [Heading(meetings.name), Words(meetings.say), Items(finders)]

    @property
    def _call(self) -> Line | None:
        return choose_crisis_line(self.directory, self.country, self.families, self.now, or_closed=True)

    @property
    def _text(self) -> Line | None:
        return choose_text_line(self.directory, self.country)

    @property
    def _about(self) -> Line | None:
        line = choose_family_line(self.directory, self.country, self.families)
        return line if line and line.call else None

    def _named_lines(self) -> list[Line]:
        """Return the lines that stand in the ten, for their age; without a country, every emergency number."""
        of_here = self.directory.lines_of(self.country) or self.directory.line
        emergency = [line for line in of_here if line.emergency]
        return [*emergency, *(line for line in (self._call, self._text, self._about) if line)]

    def _age(self, lines: Sequence[Line]) -> str:
        """Return how far these numbers can be trusted, in a sentence or two."""
        if not lines:
            return ""
        oldest = date_said(min(line.last_seen for line in lines), WITH_YEAR)
        if any(line.is_stale(self.now.date()) for line in lines):
            return _(
                "Some of these numbers were last seen on {date}, more than a year ago. They may have "
                "changed. It is safest to call the emergency number of your country, or to look for a "
                "helpline at {address}.",
                date=oldest,
                address=FINDER,
            )
        uncalled = "" if all(line.confirmed for line in lines) else _("Nobody has called them to check.")
        read = _("These numbers come from public pages, the oldest read on {date}.", date=oldest)
        return sentences(read, uncalled, _("Numbers can change."))


def _to_call(line: Line) -> str:
    """Return whom to call, and when they answer."""
    if line.always_open:
        return _("Call {line}, at any hour.", line=line.to_call)
    return sentences(_("Call {line}.", line=line.to_call), _hours(line))


def _hours(line: Line) -> str:
    return _("Hours: {hours}.", hours=line.hours)


def _person(person: dict[str, str]) -> str:
    return f"{person['name']}: {person['contact']}" if person.get("contact") else person["name"]


def _whole_line(line: Line) -> str:
    return f"{line.contact}  {line.name}\n{sentence(line.purpose)} {_hours(line)}"
