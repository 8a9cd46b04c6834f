"""My plan for staying well, put together from the person's own newest words, whichever exercise they are from."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from smartcli.blocks import Block, Heading, Item, Words
from smartcli.content.plan import FOR_ALL, PlanSection, read_plan
from smartcli.entries.entry import Entry, Observed
from smartcli.fields.base import Recall, Remembered
from smartcli.journal.export_target import ensure_free
from smartcli.language import N_, _, ngettext
from smartcli.moments import day_said
from smartcli.pages.blank import support_line
from smartcli.pages.entry import entry_blocks
from smartcli.pages.plan import TITLE, FilledSection, paper_plan, plan_page
from smartcli.words import enumerated, folded, joined
from smartcli.workbook.formats import SheetFormat, choose_format
from smartcli.workbook.output import free_path, render_document, to_file, to_stdout
from smartcli.workbook.terminal import show
from smartcli.workbook.workbook import Workbook

_MOST_OF_SEVERAL = 3  # lines of each behaviour where there are several, so that a page stays a page
_COMPARED = 20  # newest lines of each behaviour, to find those that are the same for all
_OF_A_TRIAL: Mapping[str, str] = {
    "trial.kind": "",
    "trial.review": N_("When I will look at this again"),
    "trial.decision": N_("Afterwards I decided"),
}
_AROUND_A_LIMIT: Mapping[str, str] = {
    "limit.ends": N_("What tells me to stop for the day"),
    "support.limit": N_("What helps me keep to my limit"),
}
_FOR_A_MOMENT = ("plan.urge", "plan.ways")
_SAYS_WHEN = ("if ", "when ")  # how a plan begins that names its own moment


def show_plan(workbook: Workbook) -> None:
    """Show the plan here."""
    workbook.unlock()
    plan = _Plan(workbook)
    show(plan_page(plan.sections(), plan.about))


def write_plan(workbook: Workbook, as_: SheetFormat | None, output: str | None) -> None:
    """Write the plan to a file for its owner, names and all; raises Trouble.

    `as_`: None takes the format from the ending of `output`. `output`: a file, a folder, or "-" for standard output.
    """
    chosen = choose_format(as_, output, SheetFormat.HTML)
    path = None if output == "-" else free_path(workbook, output, f"plan-{workbook.today}.{chosen}")
    if path:
        ensure_free(path)
    workbook.unlock()
    plan = _Plan(workbook)
    pieces = render_document(
        chosen, _(TITLE), [paper_plan(plan.sections(), plan.about)], paper=workbook.settings.paper_size
    )
    if path:
        to_file(path, pieces)
    else:
        to_stdout(pieces)


class _Plan:
    """Fills the sections of the plan; reads the journal by way of the memory."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._memory = workbook.memory

    @cached_property
    def _behaviours(self) -> Sequence[str | None]:
        """The names of what it is about; [None] where none is known: then every entry is."""
        return self._memory.behaviour_names or [None]

    @property
    def about(self) -> str:
        """The line beside the title: what the plan is about, and its day."""
        named = [name for name in self._behaviours if name]
        day = day_said(self._workbook.today, date.min, long=True)
        return _("{names}, {day}", names=joined(named), day=day) if named else day

    def sections(self) -> list[FilledSection]:
        """Return the sections that are for this person, in order; an empty one only if it says what is missing."""
        sections, _source = read_plan(self._workbook.catalog.folder)
        filled = [self._fill(section) for section in sections]
        return [one for one in filled if one and (not one.is_empty or one.section.gap)]

    def _fill(self, section: PlanSection) -> FilledSection | None:
        """Return a section with what fills it; None where it is for none of the behaviours."""
        if section.holds in FOR_ALL:
            is_meant = self._holds(section, self._families_of_all, self._answers_about_any)
            return FilledSection(section, blocks=self._blocks(section)) if is_meant else None
        about = [name for name in self._behaviours if self._is_for(section, name)]
        if not about:
            return None
        return FilledSection(section, self._by_behaviour(section, about))

    # --- which sections are for whom

    def _is_for(self, section: PlanSection, name: str | None) -> bool:
        return self._holds(section, self._families(name), lambda measure, days: self._remembered(measure, name, days))

    def _remembered(self, measure: str, name: str | None, standing_days: int) -> Any:
        """Return the newest answer to a measure about a behaviour; with `standing_days` only one that still stands."""
        if not standing_days:
            return self._memory.newest_answer(measure, name)
        since = self._workbook.today - timedelta(days=standing_days)
        return self._memory.standing_answer(measure, name, since)

    def _holds(self, section: PlanSection, families: frozenset[str], remembered: Remembered) -> bool:
        return all(condition.holds({}, families, remembered) for condition in section.only_if)

    def _families(self, name: str | None) -> frozenset[str]:
        if name is None:
            return self._memory.families(None)
        return frozenset({self._memory.families_ever.get(folded(name), "unknown")})

    @cached_property
    def _families_of_all(self) -> frozenset[str]:
        return frozenset[str]().union(*map(self._families, self._behaviours))

    def _answers_about_any(self, measure: str, standing_days: int) -> list[Any] | None:
        """Return the newest answers to a measure about each of the behaviours, together."""
        together: list[Any] = []
        for name in self._behaviours:
            answer = self._remembered(measure, name, standing_days)
            together += answer if isinstance(answer, list) else [answer]
        return [answer for answer in together if answer is not None] or None

    # --- sections about all behaviours at once

    def _blocks(self, section: PlanSection) -> list[Block]:
        match section.holds:
            case "support-plans":
                return self._support_plans()
            case "helplines":
                return [Words(support_line(self._workbook.slots, self._families_of_all))]
            case _:
                return [Words(self._workbook.slots.filled(section.say, None, self._families_of_all))]

    def _support_plans(self) -> list[Block]:
        """Return the newest entry of each exercise that stands on the support page, word for word."""
        plans = [self._workbook.readable(plan) for plan in self._workbook.list_support_plans()]
        blocks: list[Block] = []
        for plan in plans:
            if len(plans) > 1:
                blocks.append(Heading(plan.title, 3))
            blocks += entry_blocks(plan)
        return blocks

    # --- sections of lines, by behaviour

    def _by_behaviour(self, section: PlanSection, about: Sequence[str | None]) -> list[Item]:
        """Return the lines of every behaviour: what is the same for all, then the others, each with its name."""
        lines = {name: self._lines(section, name) for name in about}
        first, *others = lines.values()
        shared = set(first).intersection(*others)
        together = [first[key] for key in first if key in shared][: section.most]
        most = min(section.most, _MOST_OF_SEVERAL)
        for name, own in lines.items():
            different = [own[key] for key in own if key not in shared]
            together += [_marked(line, name or "") for line in different[:most]]
        return together

    def _lines(self, section: PlanSection, name: str | None) -> dict[str, Item]:
        """Return the lines of a section about one behaviour, each once, by the words they are known by."""
        lines: dict[str, Item] = {}
        for line in self._all_lines(section, name):
            lines.setdefault(folded(line.text), line)
        return lines

    def _all_lines(self, section: PlanSection, name: str | None) -> Iterable[Item]:
        match section.holds:
            case "aims":
                return self._aims(section, name)
            case "used":
                return self._used(section, name)
            case "people":
                return self._people(section, name)
            case "limits":
                return self._limits(section, name)
            case "trial":
                return self._trial(section, name)
            case _:
                return self._words(section, name)

    def _words(self, section: PlanSection, name: str | None) -> list[Item]:
        """Return own words, newest first; a plan with the moment it is for."""
        dated = []
        for measure in section.measures:
            for entry, said, beside in self._memory.observations_of(measure, name):
                moments = beside.get("trigger", []) if measure in _FOR_A_MOMENT else []
                dated.append((entry.when.at, _line(said, moments)))
        dated.sort(key=lambda pair: pair[0], reverse=True)
        return [line for _at, line in dated[:_COMPARED]]

    def _used(self, section: PlanSection, name: str | None) -> Iterator[Item]:
        """Yield what was named most often, without saying how often."""
        for measure in section.measures:
            for named in self._memory.most_named(measure, name):
                if named.value not in section.leave_out:
                    yield Item(named.words)

    def _people(self, section: PlanSection, name: str | None) -> Iterator[Item]:
        """Yield whom to turn to, with how to reach them: those of the settings first."""
        for measure in section.measures:
            for person in self._memory.recalled(Recall(measure=measure, limit=_COMPARED), None, name):
                yield Item(person.words)

    def _aims(self, _section: PlanSection, name: str | None) -> Iterator[Item]:
        """Yield what they want of a behaviour, then the newest goal that is about it."""
        for _entry, behaviour, beside in self._memory.observations_of("behaviour", name):
            if beside.get("aim") and folded(behaviour.words) == folded(name or ""):
                yield Item(_("{behaviour}: {aim}", behaviour=behaviour.words, aim=beside["aim"][0].words))
                break
        goals = self._memory.observations_of("goal", name)
        yield from [Item(goal.words) for entry, goal, _beside in goals if entry.behaviour][:1]

    def _limits(self, _section: PlanSection, name: str | None) -> Iterator[Item]:
        """Yield the newest limits as sentences, in the person's own unit."""
        entry = self._newest(name, "limit.day", "limit.week", "limit.free-days", "limit.ends")
        if entry is None:
            return
        unit = next((one.words for one in entry.observations_of("amount.unit")), "")
        for measure in ("limit.day", "limit.week"):
            most = entry.last(measure)
            if isinstance(most, int | float):
                yield Item(_describe_limit(measure, most, unit))
        free = entry.last("limit.free-days")
        if isinstance(free, int | float):
            yield Item(ngettext("At least {number} free day a week.", "At least {number} free days a week.", int(free)))
        for measure, label in _AROUND_A_LIMIT.items():
            words = [one.words for one in entry.observations_of(measure)]
            if words:
                yield Item(_("{label}: {words}", label=_(label), words=enumerated(words)))

    def _trial(self, _section: PlanSection, name: str | None) -> Iterator[Item]:
        """Yield what is tried for some weeks, the day to look at it again, and what was decided then."""
        entry = self._newest(name, "trial.kind")
        if entry is None:
            return
        for measure, label in _OF_A_TRIAL.items():
            for said in entry.observations_of(measure):
                yield Item(_("{label}: {words}", label=_(label), words=said.words) if label else said.words)

    def _newest(self, name: str | None, *measures: str) -> Entry | None:
        """Return the newest entry about a behaviour with one of these measures, as it may be shown."""
        found = [next(self._memory.observations_of(measure, name), None) for measure in measures]
        entries = [said[0] for said in found if said]
        newest = max(entries, key=lambda entry: (entry.when.at, entry.id), default=None)
        return self._workbook.readable(newest) if newest else None


def _marked(line: Item, behaviour: str) -> Item:
    """Return a line with the behaviour it is about, unless it names that itself."""
    is_named = folded(line.text).startswith(folded(behaviour))
    return line if is_named else line._replace(marks=(*line.marks, behaviour))


def _describe_limit(measure: str, most: float, unit: str) -> str:
    """Return a limit as a sentence; `unit` is the person's own word, "" where they gave none."""
    if measure == "limit.day":
        return (
            _("At most {most} {unit} a day.", most=most, unit=unit) if unit else _("At most {most} a day.", most=most)
        )
    return _("At most {most} {unit} a week.", most=most, unit=unit) if unit else _("At most {most} a week.", most=most)


def _line(said: Observed, moments: Sequence[Observed]) -> Item:
    """Return own words as a line, with the moments they are for, unless they name one themselves."""
    if folded(said.words).startswith(_SAYS_WHEN):
        moments = ()
    return Item(said.words, tuple(_("when: {moment}", moment=moment.words) for moment in moments))
