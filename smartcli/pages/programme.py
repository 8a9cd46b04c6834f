"""The four points on a page: what each is, what was done in it, what could be next; and the path, if it is on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from smartcli import blocks as b
from smartcli.language import N_, _
from smartcli.pages.catalog import point_title
from smartcli.words import sentences

ANYWHERE = N_("You can begin anywhere. No point has to come first, and you can leave any of them out.")
_LOCKED = N_("The journal is locked, so what you did and what could be next are not shown here.")
_SHOWN = 5  # exercises of a point that were done last: more would hide what could be next

POINT_WORDS = {
    "motivation": N_(
        "You look at what you want, and at what this habit gives and costs you. "
        "It helps on days when you aren't sure why you are doing this."
    ),
    "urges": N_(
        "You find out what sets urges off, and what gets you through them. "
        "You don't have to act on an urge, and most urges go down again."
    ),
    "thoughts": N_(
        "You look at the thoughts and feelings behind a hard moment, and at what you can do about them. "
        "This helps with stress, anger, low mood and other people."
    ),
    "balance": N_(
        "You make room for sleep, people, goals and things you enjoy. "
        "It is easier to keep a change going when there are other good things in your life."
    ),
}


@dataclass(frozen=True)
class PointOnPage:
    """One of the four points: its id, what was done in it with when ("Values, 3 days ago"), and what could be next.

    `next_title` is an exercise, "" where none is suggested; `next_say` is the reason for it.
    """

    id: str
    done: Sequence[str]
    next_title: str = ""
    next_say: str = ""
    next_name: str = ""


@dataclass(frozen=True)
class PathOnPage:
    """The path of small steps: how it stands, what to type, and the next step with its reason ("": none)."""

    say: str
    how: str
    step: str = ""


def lead(*, is_closed: bool) -> str:
    """Return how the programme begins; `is_closed`: what was done is locked, and not shown."""
    return sentences(_(ANYWHERE), _(_LOCKED) if is_closed else "")


def programme_page(points: Sequence[PointOnPage], path: PathOnPage | None, *, is_closed: bool = False) -> b.Page:
    """Return the whole programme on one page, to be printed; without a path where there is none."""
    blocks: list[b.Block] = [b.Words(lead(is_closed=is_closed))]
    for number, point in enumerate(points, start=1):
        blocks += [b.Heading(f"{number}. {point_title(point.id)}"), *point_blocks(point)]
    if path:
        blocks += [b.Heading(_("First week and first month")), *path_blocks(path)]
    return b.Page(_("The four points"), blocks)


def point_blocks(point: PointOnPage, *, to_type: bool = True) -> Iterator[b.Block]:
    """Yield one point: what it is, what was done, what could be next; `to_type`: with the command to type."""
    yield b.Words(_(POINT_WORDS[point.id]))
    if point.done:
        yield b.Heading(_("What you did"), 3)
        yield b.Items([b.Item(done) for done in point.done[:_SHOWN]])
    yield b.Heading(_("What could be next"), 3)
    if not point.next_title:
        yield b.Words(_("There is no suggestion here right now. You can do any exercise of this point."))
        return
    yield b.Words(f"{point.next_title}\n{point.next_say}")
    if to_type:
        yield b.Words(f"smartcli do {point.next_name}", quiet=True)


def path_blocks(path: PathOnPage) -> Iterator[b.Block]:
    """Yield how the path stands, and what to type."""
    yield b.Words(path.say)
    if path.step:
        yield b.Words(path.step)
    yield b.Words(path.how, quiet=True)
