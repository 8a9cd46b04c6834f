"""What the entries show, on a page: every number that is drawn stands in words too."""

from collections.abc import Sequence
from typing import Any

from smartcli import blocks as b
from smartcli.insights.report import Insights
from smartcli.insights.section import Section
from smartcli.language import N_, _
from smartcli.pages.insights_amounts import amounts_blocks
from smartcli.pages.insights_course import goals_blocks, return_blocks, scales_blocks, signs_blocks
from smartcli.pages.insights_duration import duration_blocks
from smartcli.pages.insights_glance import glance_blocks, period_said
from smartcli.pages.insights_over_time import hours_blocks, mood_blocks, spread_blocks, urges_blocks
from smartcli.pages.insights_urges import by_trigger_blocks, coping_blocks, cues_blocks
from smartcli.words import sentences

_SELF_HARM = N_(
    "What you wrote about hurting yourself is not counted here. It is saved, and you can read it with "
    "`smartcli review`. `smartcli support` shows numbers you can call, and your own people."
)
_NOT_ALL = N_("Some of what was written is not counted here.")


def insights_page(found: Insights, choice: Sequence[str] = (), *, for_others: bool = False) -> b.Page:
    """Return the page of all that was found; what is too few yet stands together at its end.

    `choice`: sentences that say which entries alone are counted. `for_others`: it stands in a document that may be
    handed on, which names no command, and does not say what is not counted.
    """
    left_out = [b.Words(_(_NOT_ALL if for_others else _SELF_HARM), quiet=True)] if found.left_out else []
    only = [b.Words(sentences(*choice), quiet=True)] if choice else []
    if not any(section.n for section in found.sections):
        empty = b.Words(_("There is nothing to show for these days yet. `smartcli checkin` takes about a minute."))
        return b.Page(_("What your entries show"), [*only, empty, *left_out])
    parts = [
        glance_blocks(found),
        mood_blocks(found.mood, found.span),
        hours_blocks(found.hours),
        urges_blocks(found.urges, found.span),
        coping_blocks(found.coping),
        cues_blocks(found.triggers),
        by_trigger_blocks(found.coping),
        duration_blocks(found.duration),
        cues_blocks(found.contexts),
        spread_blocks(found.urges),
        return_blocks(found.after_lapse),
        scales_blocks(found.scales),
        goals_blocks(found.goals),
        signs_blocks(found.signs),
        amounts_blocks(found.amounts),
    ]
    blocks = [*_noticed(found.noticed), *_paired([part for part in parts if part]), *_too_few(found.sections)]
    return b.Page(_("What your entries show"), [*only, *blocks, *left_out], period_said(found))


def _noticed(noticed: Sequence[str]) -> list[b.Block]:
    return [b.Heading(_("Worth noticing")), b.Items([b.Item(one) for one in noticed])] if noticed else []


def _paired(parts: Sequence[Sequence[b.Block]]) -> list[b.Block]:
    """Return parts two by two."""
    pairs: list[b.Block] = [b.Beside(left, right) for left, right in zip(parts[::2], parts[1::2], strict=False)]
    return [*pairs, *(parts[-1] if len(parts) % 2 else ())]


def _too_few(sections: Sequence[Section[Any]]) -> list[b.Block]:
    """Return what there is too little of, and how much it takes; what is not there at all is passed over."""
    few = [
        b.Item(_("{title}: {number} so far, {least} needed", title=one.title, number=one.n, least=one.least))
        for one in sections
        if one.n and not one.enough
    ]
    return [b.Heading(_("Too few to say yet")), b.Items(few)] if few else []
