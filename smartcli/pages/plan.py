"""My plan for staying well: the person's own newest words under their headings, and what is still empty."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from smartcli.blocks import Block, Heading, Item, Items, Page, Ruled, Words
from smartcli.content.plan import PlanSection
from smartcli.language import N_, _
from smartcli.words import sentences

TITLE = N_("My plan for staying well")
_ROOM = 2  # lines to write on, on paper, where a section is empty
_BY_HAND = N_("`smartcli plan --as html` makes a page that you can fill in by hand.")


class FilledSection(NamedTuple):
    """A section with what fills it: the person's own lines, or blocks of its own; neither where it is empty."""

    section: PlanSection
    lines: Sequence[Item] = ()
    blocks: Sequence[Block] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing fills it yet."""
        return not self.lines and not self.blocks


def plan_page(sections: Sequence[FilledSection], about: str) -> Page:
    """Return the plan to be read on a screen.

    What is empty stands together, each with the exercise that fills it. Numbers to call at the end of the plan stay
    at its end, for that is what a terminal shows.
    """
    empty = [one.section for one in sections if one.is_empty and one.section.exercise]
    full = [one for one in sections if not one.is_empty]
    has_numbers_last = bool(full) and full[-1].section.holds == "helplines"
    last = [full.pop()] if has_numbers_last else []
    blocks = [block for one in full for block in _filled(one)]
    blocks += _still_empty(empty, has_words=any(one.lines for one in full))
    return Page(_(TITLE), [*blocks, *(block for one in last for block in _filled(one))], about)


def paper_plan(sections: Sequence[FilledSection], about: str) -> Page:
    """Return the plan to be printed: an empty section has its words, and lines to write on."""
    blocks = [block for one in sections for block in (_to_write(one.section) if one.is_empty else _filled(one))]
    return Page(_(TITLE), blocks, about, sheet=True)


def _filled(filled: FilledSection) -> Iterator[Block]:
    yield Heading(filled.section.title)
    if filled.lines:
        yield Items(filled.lines)
    yield from filled.blocks


def _to_write(section: PlanSection) -> list[Block]:
    return [Heading(section.title), Words(section.gap, quiet=True), Ruled(_ROOM)]


def _still_empty(sections: Sequence[PlanSection], *, has_words: bool) -> Iterator[Block]:
    """Yield how each empty section can be filled."""
    if not sections:
        return
    if has_words:
        yield Heading(_("Still empty"))
        yield Words(sentences(_("You can fill these in any order, or leave them."), _(_BY_HAND)))
    else:
        yield Heading(_("There is nothing in your plan yet"))
        yield Words(sentences(_("Each of these fills one part of the plan. You can begin anywhere."), _(_BY_HAND)))
    yield Items([Item(f"{section.title}\n`smartcli do {section.exercise}`") for section in sections])
