"""Two copies side by side: what is new, what is gone and what moved, by kind of field and not by lines of text."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from smartcli import blocks as b
from smartcli.entries.entry import Answered, Entry
from smartcli.fields.base import UNMARKED, Part
from smartcli.language import N_, _, ngettext
from smartcli.moments import Moment, day_said, said
from smartcli.words import enumerated, sentences, shortened

_ONLY = {
    True: N_("Only the later answers have this question."),
    False: N_("Only the earlier answers have this question."),
}


def compared_page(before: Entry, after: Entry) -> b.Page:
    """Return the page that sets two copies of an exercise beside each other: in a sentence, then what differs."""
    compared = [*answers(before, after)]
    if before.behaviour != after.behaviour:
        compared.insert(0, b.Compared(_("About"), [b.Change(before.behaviour, after.behaviour)]))
    differ = [one for one in compared if any(map(moved, one.changes))]
    same = [one.title for one in compared if one not in differ]
    blocks: list[b.Block] = [b.Words(_summed_up([change for one in differ for change in one.changes]))]
    if differ:
        blocks.append(b.Comparison(_named(before, after), differ))
    if differ and same:
        titles = "; ".join(shortened(title, 60) for title in same)
        blocks.append(b.Words(_("The same in both: {questions}", questions=titles), quiet=True))
    return b.Page(after.title, blocks, after.behaviour or "")


def _named(before: Entry, after: Entry) -> tuple[str, str]:
    """Return what two copies are called: their days, or where they are of one day, their times."""
    if before.day == after.day:
        return said(before.when), said(after.when)
    return day_said(before.day, long=True), day_said(after.day, long=True)


def differing_page(newest: Entry, others: Sequence[Entry]) -> b.Page:
    """Return the page that shows where copies of an entry, changed in different places, say different things."""
    about = _("This entry was changed in two places. Below you see what is different.")
    beside = [
        b.Comparison((_named_by_saving(other), _named_by_saving(newest)), changed(other, newest)) for other in others
    ]
    return b.Page(newest.title, [b.Words(about), b.Heading(_("What is different")), *beside])


def _named_by_saving(entry: Entry) -> str:
    return _("Saved {when}", when=saved(entry))


def saved(entry: Entry, today: date | None = None) -> str:
    """Return when a revision was saved, in words; "" when its file does not tell."""
    try:
        return said(Moment(datetime.fromisoformat(entry.body["saved"])), today)
    except ValueError:
        return ""


def changed(before: Entry, after: Entry) -> list[b.Compared]:
    """Return what differs between two revisions and nothing else, what is said of the entry as a whole first."""
    whole = [
        (_("About"), before.behaviour, after.behaviour),
        (_("When"), said(before.when), said(after.when)),
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
        return _(_ONLY[was is None])
    if was.field.ask == is_.field.ask:
        return ""
    return _("The question was different then: {question}", question=was.field.ask)


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
    states = enumerated(
        _("{name} {state}", name=name, state=words) if name else words
        for name, words in part.states.items()
        if words != _(UNMARKED)
    )
    return f"{part.words} ({states})" if states else part.words


def _summed_up(changes: Sequence[b.Change]) -> str:
    """Return "2 things are new. 1 thing is gone. 3 things have changed."."""
    new = sum(one.was is None for one in changes)
    gone = sum(one.now is None for one in changes)
    other = sum(moved(one) for one in changes) - new - gone
    told = [
        ngettext("{number} thing is new.", "{number} things are new.", new) if new else "",
        ngettext("{number} thing is gone.", "{number} things are gone.", gone) if gone else "",
        ngettext("{number} thing has changed.", "{number} things have changed.", other) if other else "",
    ]
    return sentences(*told) or _("There is no difference between the two.")
