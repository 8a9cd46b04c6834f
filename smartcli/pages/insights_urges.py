"""What stood beside urges, and what helped, on the page of insights."""

from collections.abc import Sequence

from smartcli import blocks as b
from smartcli.insights.coping import Tool
from smartcli.insights.section import Section
from smartcli.insights.triggers import Cue
from smartcli.language import _, figure
from smartcli.pages.insights_words import NOTHING, from_urges, times_said
from smartcli.words import enumerated, sentences


def cues_blocks(section: Section[Cue]) -> list[b.Block]:
    """Return what stood beside urges; what did so too seldom only with how often."""
    if not section.enough:
        return []
    rows = [
        [row.name, figure(row.n), figure(row.strength), _acted_on(row)]
        for row in section.rows
        if row.strength is not None
    ]
    few = [(row.name, row.n) for row in section.rows if row.strength is None]
    head = ["", _("times"), _("average strength"), _("acted on")]
    table: list[b.Block] = [b.Table(head, rows)] if rows else []
    return [b.Heading(section.title), b.Words(from_urges(section.n)), *table, *_seldom(few)]


def _acted_on(row: Cue) -> str:
    return NOTHING if row.acted is None else _("{part} of {all}", part=row.acted, all=row.known)


def _seldom(few: Sequence[tuple[str, int]]) -> list[b.Block]:
    if not few:
        return []
    named = enumerated(_("{name} ({number})", name=name, number=number) for name, number in few)
    return [b.Words(_("Too few to say: {names}.", names=named), quiet=True)]


def coping_blocks(section: Section[Tool]) -> list[b.Block]:
    """Return how much lower urges were (points of 10) after each thing that was tried."""
    if not section.enough:
        return []
    bars = [b.Bar(row.name, row.change, _change_words(row)) for row in section.rows if row.change is not None]
    few = [(row.name, row.n) for row in section.rows if row.change is None]
    summary = sentences(
        _("How much lower urges were afterwards on average, and the range it is likely in."), from_urges(section.n)
    )
    changes = [row.change for row in section.rows if row.change is not None]
    order = _("What you tried more often is surer, so it can stand above something with a higher number.")
    drawn: list[b.Block] = [b.Bars(bars, summary)] if bars else []
    note = _(
        "If you tried several things for one urge, each of them is given the whole change. Urges "
        "also go down by themselves."
    )
    is_in_order = changes == sorted(changes, reverse=True)
    words = note if is_in_order else sentences(order, note)
    return [b.Heading(section.title), *drawn, *_seldom(few), b.Words(words, quiet=True)]


def _change_words(row: Tool) -> str:
    return _(
        "{change} (likely {low} to {high}), {times}",
        change=row.change,
        low=row.low,
        high=row.high,
        times=times_said(row.n),
    )


def by_trigger_blocks(section: Section[Tool]) -> list[b.Block]:
    """Return what helped at each trigger, a line each; nothing where no tool was tried often enough at one."""
    at: dict[str, list[tuple[float, str]]] = {}
    for row in section.rows:
        for one in row.triggers:
            said = _("{tool} {change} ({times})", tool=row.name, change=one.change, times=times_said(one.n))
            at.setdefault(one.name, []).append((one.change, said))
    if not at:
        return []
    best = {name: sorted(tools, key=lambda tool: -tool[0]) for name, tools in at.items()}
    items = [
        b.Item(_("{trigger}: {tools}", trigger=name, tools=enumerated(said for _change, said in tools)))
        for name, tools in best.items()
    ]
    words = b.Words(_("How much lower urges were afterwards on average, for each trigger."))
    return [b.Heading(_("What helped with each trigger")), words, b.Items(items)]
