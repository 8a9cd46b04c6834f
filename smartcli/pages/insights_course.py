"""What changed for the person: the way back after a lapse, scales, steps and early signs, on the page of insights."""

from smartcli import blocks as b
from smartcli.insights.after_lapse import Return
from smartcli.insights.goals import Steps
from smartcli.insights.scales import ScaleCourse
from smartcli.insights.section import Section
from smartcli.insights.signs import Sign
from smartcli.language import _, figure, ngettext
from smartcli.moments import date_short
from smartcli.pages.insights_words import NOTHING, days_said
from smartcli.words import sentences


def return_blocks(section: Section[Return]) -> list[b.Block]:
    """Return how long the way back took after each lapse, and usually, in days."""
    if not section.enough:
        return []
    said = [
        ngettext(
            "After a lapse it usually took {number} day until a day went the way you wanted again.",
            "After a lapse it usually took {number} days until a day went the way you wanted again.",
            section.more["typical"],
        ),
        ngettext("This is from {number} lapse.", "This is from {number} lapses.", section.n),
    ]
    if section.more["earlier"] is not None:
        earlier, later = days_said(section.more["earlier"]), days_said(section.more["later"])
        said.append(
            _(
                "In the earlier half of these lapses it took {earlier}. In the later half it took {later}.",
                earlier=earlier,
                later=later,
            )
        )
    rows = [
        [date_short(row.day, with_year=True), NOTHING if row.days is None else days_said(row.days)]
        for row in section.rows
    ]
    return [b.Heading(section.title), b.Words(sentences(*said)), b.Table(["", _("back after")], rows)]


def _return_row(row: Return) -> list[str]:
    return [date_short(row.day, with_year=True), NOTHING if row.days is None else days_said(row.days)]


def scales_blocks(section: Section[ScaleCourse]) -> list[b.Block]:
    """Return the scales that were answered more than once: first, before and now."""
    if not section.enough:
        return []
    several = len({row.about for row in section.rows if row.about}) > 1
    rows = [
        [
            _("{name} ({about})", name=row.name, about=row.about) if row.about and several else row.name,
            figure(row.n),
            figure(row.first),
            NOTHING if row.last is None else figure(row.last),
            figure(row.now),
        ]
        for row in section.rows
    ]
    head = ["", _("times"), _("first"), _("before"), _("now")]
    return [b.Heading(section.title), b.Table(head, rows)]


def goals_blocks(section: Section[Steps]) -> list[b.Block]:
    """Return how many steps were written down, are done, are open, and are past their day."""
    if not section.enough:
        return []
    row = section.rows[0]
    said = [ngettext("You wrote down {number} step.", "You wrote down {number} steps.", row.steps)]
    if row.done:
        said.append(ngettext("{number} is done.", "{number} are done.", row.done))
    if row.open:
        said.append(ngettext("{number} is open.", "{number} are open.", row.open))
    if row.overdue:
        said.append(
            ngettext(
                "For {number} step, the day you planned has passed.",
                "For {number} steps, the day you planned has passed.",
                row.overdue,
            )
        )
        said.append(_("You can choose a new day for such a step, make the step smaller, or let it go."))
    return [b.Heading(section.title), b.Words(sentences(*said))]


def signs_blocks(section: Section[Sign]) -> list[b.Block]:
    """Return each sign that stands out, in sentences; that they were here before says nothing of the days ahead."""
    if not section.rows:
        return []
    note = sentences(
        ngettext(
            "This is from the days before {number} lapse.", "This is from the days before {number} lapses.", section.n
        ),
        _("This shows what happened then. It can't say what will happen."),
        _("When you notice a sign, it is a good moment to look after yourself, or to call somebody."),
    )
    items = b.Items([b.Item(_sign_words(row)) for row in section.rows])
    return [b.Heading(section.title), items, b.Words(note, quiet=True)]


def _sign_words(row: Sign) -> str:
    return sentences(
        ngettext(
            "In the 7 days before a lapse you ticked “{sign}” {times} of {number} time (likely {low} to {high} of 10).",
            "In the 7 days before a lapse you ticked “{sign}” {times} of {number} times "
            "(likely {low} to {high} of 10).",
            row.before_of,
            sign=row.name,
            times=row.before,
            low=row.before_low,
            high=row.before_high,
        ),
        ngettext(
            "At other times you ticked this sign {times} of {number} time (likely {low} to {high} of 10).",
            "At other times you ticked this sign {times} of {number} times (likely {low} to {high} of 10).",
            row.other_of,
            times=row.other,
            low=row.other_low,
            high=row.other_high,
        ),
    )
