"""Two copies side by side: what is new, what is gone and what moved, by kind of field and not by lines of text."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from smartcli import blocks as b
from smartcli.entries.entry import Answered, Entry
from smartcli.fields.base import UNMARKED, Part
from smartcli.language import _
from smartcli.moments import Moment, day_said, said
from smartcli.words import joined, sentence, shortened

_ONLY = {True: "Only in the later one.", False: "Only in the earlier one."}


def compared_page(before: Entry, after: Entry) -> b.Page:
    """Return the page that sets two copies of an exercise beside each other: in a sentence, then what differs."""
    compared = [*answers(before, after)]
    if before.behaviour != after.behaviour:
        compared.insert(0, b.Compared("About", [b.Change(before.behaviour, after.behaviour)]))
    differ = [one for one in compared if any(map(moved, one.changes))]
    same = [one.title for one in compared if one not in differ]
    blocks: list[b.Block] = [b.Words(_summed_up([change for one in differ for change in one.changes]))]
    if differ:
        blocks.append(b.Comparison(_named(before, after), differ))
    if differ and same:
        blocks.append(b.Words(f"The same in both: {'; '.join(shortened(title, 60) for title in same)}", quiet=True))
    return b.Page(after.title, blocks, after.behaviour or "")


def _named(before: Entry, after: Entry) -> tuple[str, str]:
    """Return what two copies are called: their days, or where they are of one day, their times."""
    if before.day == after.day:
        return said(before.when), said(after.when)
    return day_said(before.day, long=True), day_said(after.day, long=True)


def differing_page(newest: Entry, others: Sequence[Entry]) -> b.Page:
    """Return the page that shows where copies of an entry, changed in different places, say different things."""
    about = "This was changed in two places. What differs stands here; the newer answers are offered first."
    beside = [
        b.Comparison((f"Saved {saved(other)}", f"Saved {saved(newest)}"), changed(other, newest)) for other in others
    ]
    return b.Page(newest.title, [b.Words(about), b.Heading("What differs"), *beside])


def saved(entry: Entry) -> str:
    """Return when a revision was saved, in words."""
    return said(Moment(datetime.fromisoformat(entry.body["saved"])))


def changed(before: Entry, after: Entry) -> list[b.Compared]:
    """Return what differs between two revisions and nothing else, what is said of the entry as a whole first."""
    whole = [
        ("About", before.behaviour, after.behaviour),
        ("When", said(before.when), said(after.when)),
    ]
    beside = [b.Compared(title, [b.Change(was, now)]) for title, was, now in whole if was != now]
    differ = (one._replace(changes=[*filter(moved, one.changes)]) for one in answers(before, after))
    return beside + [one for one in differ if one.changes]


def moved(change: b.Change) -> bool:
    """Return whether something is new, gone or different."""
    return change.was != change.now


def answers(before: Entry, after: Entry) -> Iterator[b.Compared]:
    """Yield every question of two entries with what became of its answer, joined by the field's id."""
    then = {answer.field.id: answer for answer in before.fields}
    now = {answer.field.id: answer for answer in after.fields}
    for name in dict.fromkeys([*now, *then]):  # in the later entry's order, then what only the earlier one has
        was, is_ = then.get(name), now.get(name)
        newest = is_ or was
        if newest is None or newest.field.measure == "when":
            continue
        changes = [*_changes(_parts(was), _parts(is_))]
        yield b.Compared(newest.field.label or newest.field.ask, changes, _remark(was, is_))


def _remark(was: Answered | None, is_: Answered | None) -> str:
    if was is None or is_ is None:
        return _ONLY[was is None]
    return f"Asked then: {was.field.ask}" if was.field.ask != is_.field.ask else ""


def _parts(answer: Answered | None) -> list[Part]:
    return answer.field.parts(answer.answer) if answer else []


def _changes(was: Sequence[Part], now: Sequence[Part]) -> Iterator[b.Change]:
    """Yield what became of each thing: those there were in their order, then those that are new."""
    pairs = _paired(was, now)
    for place, part in enumerate(was):
        if place in pairs:
            yield from _moves(part, now[pairs[place]])
        else:
            yield b.Change(_whole(part), None)
    old = {*pairs.values()}
    for place, part in enumerate(now):
        if place not in old:
            yield b.Change(None, _whole(part))


def _moves(part: Part, other: Part) -> Iterator[b.Change]:
    """Yield how one thing differs between two copies, its value first, then its states; or that it is the same."""
    names = [*part.states, *(name for name in other.states if name not in part.states)]
    moved_states = [name for name in names if part.states.get(name) != other.states.get(name)]
    if part.value != other.value:
        yield b.Change(part.words, other.words)
    for name in moved_states:
        of = f"{other.words}, {name}" if name else other.words
        yield b.Change(part.states.get(name), other.states.get(name), of)
    if part.value == other.value and not moved_states:
        yield b.Change(_whole(other), _whole(other))


def _paired(was: Sequence[Part], now: Sequence[Part]) -> dict[int, int]:
    """Return which thing of then is which of now: first those that are the same to the letter, then by key."""
    pairs: dict[int, int] = {}
    free = [*range(len(now))]
    for to_the_letter in (True, False):
        for place, part in enumerate(was):
            if place in pairs:
                continue
            alike = (other for other in free if part == now[other] or not to_the_letter)
            match = next((other for other in alike if part.key == now[other].key), None)
            if match is not None:
                pairs[place] = match
                free.remove(match)
    return pairs


def _whole(part: Part) -> str:
    """Return a thing with all that may move of it."""
    states = joined(f"{name} {words}".strip() for name, words in part.states.items() if words != _(UNMARKED))
    return f"{part.words} ({states})" if states else part.words


def _summed_up(changes: Sequence[b.Change]) -> str:
    """Return "2 things are new, 1 is gone, 3 have changed."."""
    new = sum(one.was is None for one in changes)
    gone = sum(one.now is None for one in changes)
    other = sum(moved(one) for one in changes) - new - gone
    told = [(new, "new"), (gone, "gone"), (other, "changed")]
    parts = [f"{number:,} {words}" for number, words in told if number]
    return sentence(joined(parts)) if parts else "Nothing differs between the two."
