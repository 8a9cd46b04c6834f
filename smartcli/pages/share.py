"""One page for somebody else: the sections there are, what stands in each, and what stays out."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from smartcli import blocks as b
from smartcli.entries.entry import Entry, Observed
from smartcli.entries.self_harm import may_be_about_self_harm
from smartcli.fields import Table
from smartcli.fields.measures import part_of
from smartcli.insights.coping import Tool
from smartcli.insights.report import Insights
from smartcli.insights.section import Section
from smartcli.language import N_, _
from smartcli.moments import day_said
from smartcli.pages.entry import about, entry_blocks
from smartcli.pages.insights_glance import figure_said, figures_of_period
from smartcli.pages.insights_words import times_said
from smartcli.words import folded

MOST = 5  # lines of a section, so that a page stays a page
_NO_HEAD = ("", "")
FEWER = 3  # of a section that stands among many
TRIGGERS, HELPS, GOALS = "triggers", "helps", "goals"
WHOLE = "whole."  # before the exercise's id: its newest entry, word for word
NUMBERS = "numbers"
_WHAT_SETS_OFF, _WHAT_I_TRIED = N_("What sets urges off"), N_("What I tried")


class ShareSection(NamedTuple):
    """What may go on the page: its id, its title, how much there is of it in words, and its blocks.

    `is_untitled`: its title is no heading on the page.
    """

    id: str
    title: str
    amount: str
    blocks: Sequence[b.Block]
    is_untitled: bool = False


_BY_MEASURE: Mapping[str, tuple[str, str]] = {  # what is newest stands first
    "behaviour": ("change", N_("What I want to change")),
    "reason": ("reasons", N_("Why")),
    "value": ("values", N_("What matters to me")),
    "plan": ("plans", N_("What I plan to do in a hard moment")),
    "plan.lapse": ("first-steps", N_("What I do first if a lapse is near or has happened")),
    "warning": ("signs", N_("Signs that I need to look after myself")),
    "support": ("support", N_("Who or what can help")),
    "good": ("good", N_("What was good")),
}
_KEPT_BACK = ("support.takeaway",)  # what somebody took from a meeting is about others too: only its whole page has it
# Questions that no measure joins, each by its exercise and its id; the newest answer of the first that has one.
BY_FIELD: Mapping[str, tuple[str, Sequence[tuple[str, str]]]] = {
    "tried": (N_("What I tried, and how it went"), [("meeting-prep", "tool")]),
    "next-days": (N_("My next seven days"), [("meeting-prep", "plan"), ("week-review", "next")]),
    "hoped": (N_("What I would like from the meeting"), [("meeting-prep", "want")]),
    "to-tell": (N_("What I want to tell you"), [("before-stopping", "tell-them")]),
    "to-say": (N_("What I would like to say"), [("conversation", "short"), ("conversation", "draft")]),
    "wanted": (N_("What I would like from our talk"), [("conversation", "want")]),
}


def share_sections(
    entries: Sequence[Entry], found: Insights, families: Mapping[str, str], most: int = MOST
) -> list[ShareSection]:
    """Return every section that has something in it, from entries newest first, all of the days chosen.

    `found`: what insights say of these days. `families`: of each behaviour, by its folded name. `most`: lines that a
    list has. Nothing about self-harm is counted.
    """
    countable = [entry for entry in entries if not may_be_about_self_harm(entry.behaviour, families)]
    sections = [
        _numbers(found),
        *(_listed(entries, measure, *names) for measure, names in _BY_MEASURE.items()),
        *(_answered(entries, name, title, fields) for name, (title, fields) in BY_FIELD.items()),
        _triggers(found) or _listed(countable, "trigger", TRIGGERS, _WHAT_SETS_OFF),
        _tools(found.coping) or _listed(countable, "coping", HELPS, _WHAT_I_TRIED),
        _steps_planned(entries),
        _goals(entries),
        *_whole(entries),
    ]
    return [_shortened(section, most) for section in sections if section.blocks]


def _shortened(section: ShareSection, most: int) -> ShareSection:
    """Return a section whose list has no more than so many lines, and which says of how many they are the first.

    Goals keep all their steps, and an entry that is shown word for word all its lines.
    """
    if section.id == GOALS or section.id.startswith(WHOLE):
        return section
    longest = max((len(block.items) for block in section.blocks if isinstance(block, b.Items)), default=0)
    if longest <= most:
        return section
    amount = _("the first {most} of {all}", most=most, all=longest)
    blocks = [b.Items(block.items[:most]) if isinstance(block, b.Items) else block for block in section.blocks]
    return section._replace(amount=amount, blocks=blocks)


def _numbers(found: Insights) -> ShareSection:
    """Return the figures at a glance: numbers alone, no word the person wrote, and none from before the days chosen."""
    rows = [[row.name, figure_said(row, row.now, row.n)] for row in figures_of_period(found) if row.now is not None]
    return ShareSection(NUMBERS, _("My entries in numbers"), "", [b.Table(_NO_HEAD, rows)] if rows else [])


def _listed(entries: Sequence[Entry], measure: str, name: str, title: str) -> ShareSection:
    words: dict[str, str] = {}
    for one in _observed(entries, measure):
        words.setdefault(folded(one.words), one.words)
    return _section(name, title, [b.Item(one) for one in words.values()])


def _answered(entries: Sequence[Entry], name: str, title: str, fields: Sequence[tuple[str, str]]) -> ShareSection:
    """Return the newest answer to the first of some questions that has one, in the person's words."""
    return ShareSection(name, _(title), "", newest_answer(entries, fields))


def newest_answer(entries: Sequence[Entry], fields: Sequence[tuple[str, str]]) -> list[b.Block]:
    """Return the newest answer to the first of some questions that has one, as blocks; entries are newest first.

    `fields`: of each question its exercise's id and its own.
    """
    for exercise, field in fields:
        for entry in entries:
            answered = next((one for one in entry.fields if one.field.id == field), None)
            if entry.exercise == exercise and answered:
                return answered.field.blocks(answered.answer)
    return []


def _triggers(found: Insights) -> ShareSection | None:
    """Return what stood beside urges, most frequent first; None where there are too few to count."""
    section, items = found.triggers, []
    for row in section.rows:
        marks = [_("{number} of {all} urges", number=row.n, all=section.n)]
        if row.strength is not None:
            marks.append(_("strength {strength} of 10 on average", strength=row.strength))
        items.append(b.Item(row.name, tuple(marks)))
    if not items:
        return None
    counted = _section(TRIGGERS, _WHAT_SETS_OFF, items)
    if section.n == found.urges.n:
        return counted
    remark = _("I noted what set off {number} of {all} urges.", number=section.n, all=found.urges.n)
    return counted._replace(blocks=[*counted.blocks, b.Words(remark, quiet=True)])


def _tools(section: Section[Tool]) -> ShareSection | None:
    """Return what was tried in urges, what helped most first; None where there is too little to count."""
    items = []
    for row in section.rows:
        marks = [times_said(row.n)]
        if row.change is not None:
            marks.append(_change_said(row.change))
        items.append(b.Item(row.name, tuple(marks)))
    if not items:
        return None
    counted = _section(HELPS, _WHAT_I_TRIED, items)
    remark = _("Urges were rated before and after. They also go down by themselves.")
    return counted._replace(blocks=[*counted.blocks, b.Words(remark, quiet=True)])


def _change_said(change: float) -> str:
    """Return by how much urges were lower afterwards on average, of 10."""
    if change > 0:
        return _("urges lower by {change} of 10 points afterwards, on average", change=change)
    if change < 0:
        return _("urges higher by {change} of 10 points afterwards, on average", change=-change)
    return _("urges as strong afterwards, on average")


def _steps_planned(entries: Iterable[Entry]) -> ShareSection:
    """Return the small steps of check-ins, newest first, each once, with what became of it where that was said."""
    items: dict[str, b.Item] = {}
    for entry in entries:
        became = tuple(done.words for done in entry.observations_of("step.done"))
        for step in entry.observations_of("step"):
            items.setdefault(folded(step.words), b.Item(step.words, became))
    return _section("steps", N_("Steps I planned"), [*items.values()])


def _section(name: str, title: str, items: Sequence[b.Item]) -> ShareSection:
    return ShareSection(name, _(title), "", [b.Items(items)] if items else [])


def _observed(entries: Iterable[Entry], measure: str) -> Iterator[Observed]:
    """Yield what entries say about a measure or a part of it, each thing once although rows of a table repeat it."""
    for entry in entries:
        answering = {kept for kept in entry.measures if part_of(measure, kept) and kept not in _KEPT_BACK}
        if not answering:
            continue
        said: dict[int, Observed] = {}
        for observation in entry.observations():
            for kept, observed in observation.items():
                if kept in answering:
                    said.update({id(one): one for one in observed})
        yield from said.values()


def _goals(entries: Iterable[Entry]) -> ShareSection:
    """Return the goals, each with its steps ticked or open."""
    blocks: list[b.Block] = []
    goals = 0
    for entry in entries:
        goal = [one.words for one in entry.observations_of("goal")]
        if goal and goals < MOST:
            goals += 1
            blocks += [b.Words(goal[0], theirs=True), *([b.Items(steps)] if (steps := [*_steps(entry)]) else [])]
    return ShareSection(GOALS, _("Goals and steps"), "", blocks)


def _steps(entry: Entry) -> Iterator[b.Item]:
    for field, answer, _number in entry.fields:
        columns = {column.measure: column.id for column in field.columns} if isinstance(field, Table) else {}
        if "goal.step" in columns:
            done = columns.get("goal.done", "")
            rows: Sequence[Mapping[str, Any]] = answer
            yield from (
                b.Item(str(row[columns["goal.step"]]), ticked=bool(row.get(done)))
                for row in rows
                if columns["goal.step"] in row
            )


def _whole(entries: Iterable[Entry]) -> Iterator[ShareSection]:
    """Yield the newest entry of every exercise, word for word."""
    newest: dict[str, Entry] = {}
    for entry in entries:
        newest.setdefault(entry.exercise, entry)
    for entry in sorted(newest.values(), key=lambda one: one.title.casefold()):
        yield whole_section(entry)


def whole_section(entry: Entry) -> ShareSection:
    """Return an entry as a section, word for word."""
    return ShareSection(
        f"{WHOLE}{entry.exercise}",
        entry.title,
        _("the whole entry, {day}", day=day_said(entry.day)),
        [b.Words(about(entry), quiet=True), *entry_blocks(entry)],
    )


def share_blocks(
    chosen: Iterable[ShareSection], roles: Callable[[Sequence[b.Block]], Sequence[b.Block]]
) -> list[b.Block]:
    """Return what goes on the page. `roles` stand wherever somebody may have written a name: not in titles of ours."""
    blocks: list[b.Block] = []
    for one in chosen:
        title = [] if one.is_untitled else [b.Heading(one.title, 2)]
        blocks += [*(roles(title) if one.id.startswith(WHOLE) else title), *roles(one.blocks)]
    return _with_tables_together(blocks)


def typed_section(section: ShareSection, words: str) -> ShareSection:
    """Return a section for words that were typed for this page alone: beside its title rather than below."""
    return section._replace(blocks=[b.Table(_NO_HEAD, [[section.title, words]])], is_untitled=True)


def _with_tables_together(blocks: Iterable[b.Block]) -> list[b.Block]:
    """Return blocks with tables of the same head made one, where they stand under the same heading."""
    together: list[b.Block] = []
    rows_of: dict[tuple[str, ...], list[Sequence[str]]] = {}  # of the tables under this heading, by their heads
    for block in blocks:
        if isinstance(block, b.Heading):
            rows_of = {}
        if not isinstance(block, b.Table):
            together.append(block)
        elif tuple(block.head) in rows_of:
            rows_of[tuple(block.head)] += block.rows
        else:
            rows = rows_of[tuple(block.head)] = [*block.rows]
            together.append(block._replace(rows=rows))
    return together
