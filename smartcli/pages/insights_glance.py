"""The figures at a glance, on the page of insights."""

from collections.abc import Sequence

from smartcli import blocks as b
from smartcli.insights.glance import Figure
from smartcli.insights.section import Section, Span
from smartcli.language import _, figure, ngettext
from smartcli.pages.insights_words import NOTHING, days_said, times_said
from smartcli.words import sentences


def glance_blocks(section: Section[Figure], span: Span) -> list[b.Block]:
    """Return the figures of a period beside those of the period before."""
    if not section.enough:
        return []
    compared = any(row.n_before is not None for row in section.rows)
    figures = [row for row in section.rows if not row.id.endswith("-in-all") and (row.n or row.n_before)]
    # These have days of their own (30, 90), and stand in no column that names others.
    of_other_days = [row for row in figures if row.id.startswith("chosen")]
    of_period = [row for row in figures if row not in of_other_days]
    blocks: list[b.Block] = [b.Heading(section.title)]
    for title, rows in ((days_said(span.days), of_period), ("", of_other_days)):
        if rows:
            head = ["", title, *([_("before")] if compared else [])]
            blocks.append(b.Table(head, [_figures(row, compared=compared) for row in rows]))
    return [*blocks, *_in_all(section.rows)]


def _figures(row: Figure, *, compared: bool) -> list[str]:
    before = [_figure(row, row.before, row.n_before)] if compared else []
    return [row.name, _figure(row, row.now, row.n), *before]


def _in_all(figures: Sequence[Figure]) -> list[b.Block]:
    """Return what only grows, in a sentence each."""
    by_id = {row.id: row for row in figures}
    passed, chosen = by_id["passed-in-all"], by_id["chosen-in-all"]
    said = []
    if passed.n:
        urges = ngettext(
            "In all, {passed} of {number} urge passed without you acting on it.",
            "In all, {passed} of {number} urges passed without you acting on them.",
            passed.n,
            passed=passed.now,
        )
        said.append(urges)
    if chosen.n:
        days = ngettext(
            "In all, {chosen} of {number} day went the way you wanted.",
            "In all, {chosen} of {number} days went the way you wanted.",
            chosen.n,
            chosen=chosen.now,
        )
        said.append(days)
    return [b.Words(sentences(*said))] if said else []


def _figure(row: Figure, value: float | None, n: int | None) -> str:
    """Return a figure in words, with how many are behind it."""
    if n is None:
        return NOTHING
    if row.id.startswith(("passed", "chosen")):
        return NOTHING if value is None else _("{part} of {all}", part=value, all=n)
    if row.id not in ("mood", "strength"):
        return NOTHING if value is None else figure(value)
    if value is not None:
        return _("{value} ({times})", value=value, times=times_said(n))
    return _("too few to say ({times})", times=times_said(n)) if n else NOTHING
