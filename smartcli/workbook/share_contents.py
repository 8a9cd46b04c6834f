"""What can go on a page for somebody else: entries of the days chosen, read into sections."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from smartcli.blocks import Block, Ruled
from smartcli.entries.entry import Entry
from smartcli.entries.self_harm import is_about_self_harm
from smartcli.insights.notes import Notes
from smartcli.insights.over_time import urges_over_time
from smartcli.insights.period import describe_period
from smartcli.insights.report import Insights, compute_insights
from smartcli.insights.section import Span
from smartcli.journal.day_order import latest_first
from smartcli.language import _
from smartcli.pages.share import WHOLE, ShareSection, newest_answer, share_sections, whole_section
from smartcli.pages.share_doctor import DoctorRecord, doctor_sections, lead
from smartcli.renderers.plain import blocks as as_text
from smartcli.words import folded
from smartcli.workbook.filters import Filters
from smartcli.workbook.insights_from import gather_notes
from smartcli.workbook.names import behaviour_names, once_each
from smartcli.workbook.share_readers import FreeLine, Reader
from smartcli.workbook.stopping_risks import list_stopping_risks
from smartcli.workbook.workbook import Workbook

ABOUT = "about."  # before the folded name of a behaviour that the page is about
_ROOM = 2  # lines to write on, where nothing was typed


@dataclass(frozen=True)
class ShareContents:
    """What there is for one reader in some days.

    `since`: None for all days. `named`: the folded names of the behaviours that the page is about (None: all of them).
    Of the others nothing is on the page. Where none is named, the page says no name, and self-harm alone is left out.
    """

    workbook: Workbook
    reader: Reader
    since: date | None
    until: date
    named: frozenset[str] | None = None

    @cached_property
    def span(self) -> Span:
        """The days of the page; they begin with the first entry there is, where that is later."""
        return Span(max(self.since or self._begins, self._begins), self.until)

    @cached_property
    def entries(self) -> list[Entry]:
        """The entries of the days, newest first, as they may be handed on."""
        meant = (entry for entry in self._read(self.span) if not self._is_left_out(entry.behaviour))
        return [self.workbook.readable(entry) for entry in meant]

    @cached_property
    def behaviours(self) -> list[str]:
        """The names of what the page may be about: in the days before, too, where figures are from those as well."""
        days = Span(self.span.before().since, self.until) if self.reader.is_doctor else self.span
        return once_each(behaviour_names(self.workbook, self._read(days)))

    @cached_property
    def sections(self) -> list[ShareSection]:
        """Every section that has something in it, those of the reader first and in their order."""
        found = share_sections(self.entries, self._insights, self.workbook.families_ever, self.reader.most)
        found += [_line_to_write_on(line) for line in self.reader.lines]
        if self.reader.is_doctor:
            found += doctor_sections(self._record)
        if self.reader.shows_plans:
            found += [whole_section(plan) for plan in self._plans if f"{WHOLE}{plan.exercise}" not in _ids(found)]
        places = {name: place for place, name in enumerate(self.reader.pieces)}
        return sorted(found, key=lambda section: places.get(section.id, len(places)))

    @property
    def first_ids(self) -> list[str]:
        """The ids of the sections that are among the first to choose from: the reader's own, and a safety plan."""
        plans = {f"{WHOLE}{plan.exercise}" for plan in self._plans} if self.reader.shows_plans else set()
        return [section.id for section in self.sections if section.id in {*self.reader.pieces, *plans}]

    @property
    def lead(self) -> list[Block]:
        """How the page begins: for a doctor, what it is about, and that nobody has checked it."""
        return lead(self._record) if self.reader.is_doctor else []

    def naming(self, names: Iterable[str]) -> "ShareContents":
        """Return the contents of a page that is about these behaviours alone."""
        return replace(self, named=frozenset(map(folded, names)))

    def naming_all(self) -> "ShareContents":
        """Return the contents of a page that is about all behaviours."""
        return self if self.named is None else replace(self, named=None)

    def offered_for(self, line: FreeLine) -> str:
        """Return the words that a free line begins from: those of the newest entry that has some."""
        return as_text(newest_answer(self.entries, line.begins_from)).strip()

    def is_named_first(self, behaviour: str) -> bool:
        """Return whether a behaviour is named to begin with: self-harm only where the person says so."""
        return not is_about_self_harm(behaviour, self.workbook.families_ever)

    # --- read from the journal

    @property
    def _begins(self) -> date:
        """The first day of all entries."""
        return min((day for days in self.workbook.done.values() for day in days), default=self.until)

    def _read(self, span: Span) -> list[Entry]:
        """Return the entries of some days, newest first, by what their questions mean today."""
        heads = latest_first(self.workbook.journal.heads(since=span.since, until=span.until))
        return [self.workbook.memory.as_meant_today(head.entry) for head in heads if span.holds(head.entry.day)]

    @cached_property
    def _left_out(self) -> frozenset[str]:
        """The folded names of the behaviours of which nothing is on the page."""
        if self.named is None:
            return frozenset()
        known = {*map(folded, self.behaviours), *self.workbook.families_ever}
        return frozenset(name for name in known - self.named if self.named or not self.is_named_first(name))

    def _is_left_out(self, behaviour: str | None) -> bool:
        return folded(behaviour or "") in self._left_out

    @cached_property
    def _notes(self) -> Notes:
        """What can be counted up to the last day: figures stand beside those from before."""
        days = Filters(since=self.span.since.isoformat(), until=self.span.until.isoformat())
        return gather_notes(self.workbook, days, self._left_out)

    @cached_property
    def _insights(self) -> Insights:
        return compute_insights(self._notes, self.workbook.today, *self.span)

    @cached_property
    def _plans(self) -> list[Entry]:
        """The newest safety plan of each kind, from whatever day."""
        plans = (plan for plan in self.workbook.list_support_plans() if not self._is_left_out(plan.behaviour))
        return [self.workbook.readable(plan) for plan in plans]

    @cached_property
    def _record(self) -> DoctorRecord:
        counted, _has_more = self._notes.counted()
        earlier = self.span.before()
        before = describe_period(counted, Span(max(earlier.since, min(self._begins, earlier.until)), earlier.until))
        risks = list_stopping_risks(self.workbook, self.until)
        both = Span(before.span.since, self.until) if before.entries else self.span
        aims = self._aims()
        return DoctorRecord(
            aims=aims,
            uncounted=[name for name in aims if not self.is_named_first(name)],
            now=describe_period(counted, self.span),
            before=before if before.entries else None,
            course=urges_over_time(counted.within(both), both),
            risks=[risk for risk in risks if not self._is_left_out(risk.behaviour)],
        )

    def _aims(self) -> dict[str, str]:
        """Return what the person wants of each behaviour that is named on the page, "" where they have not said."""
        named = [name for name in self.behaviours if self.named is None or folded(name) in self.named]
        return {name: self._aim(name) for name in named}

    def _aim(self, name: str) -> str:
        for _entry, behaviour, beside in self.workbook.memory.observations_of("behaviour", name):
            if beside.get("aim") and folded(behaviour.words) == folded(name):
                return beside["aim"][0].words
        return ""


def _ids(sections: Sequence[ShareSection]) -> set[str]:
    return {section.id for section in sections}


def _line_to_write_on(line: FreeLine) -> ShareSection:
    """Return a free line as a section, before anything is typed."""
    return ShareSection(line.id, _(line.title), _("you can type this next"), [Ruled(_ROOM)])
