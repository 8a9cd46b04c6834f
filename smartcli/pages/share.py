"""One page for somebody else: the sections there are, what stands in each, and what stays out."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from smartcli import blocks as b
from smartcli.entries.entry import Entry, Observed
from smartcli.entries.self_harm import may_be_about_self_harm
from smartcli.fields import Table
from smartcli.fields.measures import part_of
from smartcli.insights.report import Insights
from smartcli.language import N_, _
from smartcli.moments import day_said
from smartcli.pages.entry import about, entry_blocks
from smartcli.pages.insights_glance import figure_said, figures_of_period
from smartcli.pages.insights_words import times_said
from smartcli.words import folded

MOST = 5  # lines of a section, so that a page stays a page
WHOLE = "whole."  # before the exercise's id: its newest entry, word for word
NUMBERS = "numbers"


class ShareSection(NamedTuple):
    """What may go on the page: its id, its title, how much there is of it in words, and its blocks."""

    id: str
    title: str
    amount: str
    blocks: Sequence[b.Block]


_BY_MEASURE: Mapping[str, tuple[str, str]] = {  # what is newest stands first
    "behaviour": ("change", N_("What I want to change")),
    "reason": ("reasons", N_("Why")),
    "value": ("values", N_("What matters to me")),
    "plan": ("plans", N_("What I plan to do in a hard moment")),
    "warning": ("signs", N_("Signs that I need to look after myself")),
    "support": ("support", N_("Who or what can help")),
    "good": ("good", N_("What was good")),
}
_KEPT_BACK = ("support.takeaway",)  # what somebody took from a meeting is about others too: only its whole page has it
_COUNTED: Mapping[str, tuple[str, str]] = {  # what is most frequent stands first
    "trigger": ("triggers", N_("What sets urges off")),
    "coping": ("helps", N_("What I tried")),
}


def share_sections(entries: Sequence[Entry], found: Insights, families: Mapping[str, str]) -> list[ShareSection]:
    """Return every section that has something in it, from entries newest first.

    `found`: what `insights` shows for the days of these entries. `families`: of each behaviour, by its folded name.
    Nothing about self-harm is counted.
    """
    countable = [entry for entry in entries if not may_be_about_self_harm(entry.behaviour, families)]
    sections = [
        _numbers(found),
        *(_listed(entries, measure, *names) for measure, names in _BY_MEASURE.items()),
        *(_counted(countable, measure, *names) for measure, names in _COUNTED.items()),
        _goals(entries),
        *_whole(entries),
    ]
    return [one for one in sections if one.blocks]


def _numbers(found: Insights) -> ShareSection:
    """Return the figures at a glance: numbers alone, no word the person wrote, and none from before the days chosen."""
    rows = [[row.name, figure_said(row, row.now, row.n)] for row in figures_of_period(found) if row.now is not None]
    return ShareSection(NUMBERS, _("My entries in numbers"), "", [b.Table(["", ""], rows)] if rows else [])


def _listed(entries: Sequence[Entry], measure: str, name: str, title: str) -> ShareSection:
    words: dict[str, str] = {}
    for one in _observed(entries, measure):
        words.setdefault(folded(one.words), one.words)
    return _section(name, title, [b.Item(one) for one in words.values()])


def _counted(entries: Sequence[Entry], measure: str, name: str, title: str) -> ShareSection:
    """Return what was named for a measure, most frequent first; what no urge had stands last, without a number."""
    words: dict[str, str] = {}
    for one in _observed(entries, measure):
        words.setdefault(folded(one.words), one.words)
    times = _times_at_urges(entries, measure)
    most = sorted(words, key=lambda key: -times[key])
    items = [b.Item(words[key], (times_said(times[key]),) if times[key] else ()) for key in most]
    return _section(name, title, items)


def _times_at_urges(entries: Iterable[Entry], measure: str) -> Counter[str]:
    """Return at how many rated urges each thing was named, by its folded words: as `insights` counts triggers.

    A plan or a list may name it too, but then nothing happened.
    """
    times: Counter[str] = Counter()
    for entry in entries:
        of_urges: dict[int, set[str]] = {}  # by the rating: every row of a table repeats those of the whole entry
        for observation in entry.observations():
            for rating in observation.get("urge.before", ()):
                named = {folded(one.words) for one in observation.get(measure, ())}
                of_urges.setdefault(id(rating), set()).update(named)
        for named in of_urges.values():
            times.update(named)
    return times


def _section(name: str, title: str, items: Sequence[b.Item]) -> ShareSection:
    amount = _("the first {most} of {all}", most=MOST, all=len(items)) if len(items) > MOST else ""
    return ShareSection(name, _(title), amount, [b.Items(items[:MOST])] if items else [])


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
    return ShareSection("goals", _("Goals and steps"), "", blocks)


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
        yield ShareSection(
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
        title = [b.Heading(one.title, 2)]
        blocks += [*(roles(title) if one.id.startswith(WHOLE) else title), *roles(one.blocks)]
    return blocks
