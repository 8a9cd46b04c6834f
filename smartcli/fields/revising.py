"""Changing a list that was given before: leave it, add to it, change one thing, remove one."""

import contextlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypedDict

from smartcli.asking import Asker, Back, Option, Question
from smartcli.blocks import Item, Items
from smartcli.fields.halves import Halves, PartHalf, Place
from smartcli.language import N_, _
from smartcli.words import enumerated

_LEAVE, _ADD, _CHANGE, _REMOVE = "keep", "add", "change", "remove"
_SAYS = {
    _LEAVE: N_("Leave the list as it is"),
    _ADD: N_("Add to the list"),
    _CHANGE: N_("Change one of them"),
    _REMOVE: N_("Remove one of them"),
}
# Places that are no item's.
_MENU_PLACE, _WHICH_PLACE, _ADD_PLACE = (-1,), (-2,), (-3,)


class HalfRevision(TypedDict, total=False):
    """What a draft keeps of a list being changed; drafts of earlier versions hold the `items` alone."""

    items: list[Any]  # as they are by now
    doing: str  # what was chosen and is not done; "" for the menu
    which: int  # the item that is changed or removed
    halves: list[PartHalf]  # half given, at the number of an item, or at a place of the menu's own


@dataclass
class Revision:
    """A list under change. Going back from anything in it leads to its menu, and what was done stays done.

    `item` sets an item, with its marks. `change` returns an item changed, and `add` the list with more in it; both
    get a question that carries what is half given there. `whole` returns what in such a half can stand in the list
    already, None for nothing: so many things that stood there before, and those that are complete. `check` says what
    is wrong with a list that would be left. Without `add` it stays as long as it is. `begun` is the list as answered.
    """

    asker: Asker
    question: Question
    item: Callable[[Any], Item]
    change: Callable[[Any, Question], Any]
    check: Callable[[list[Any]], str | None]
    whole: Callable[[Any, int], list[Any] | None]
    begun: list[Any]
    add: Callable[[list[Any], Question], list[Any]] | None = None
    items: list[Any] = field(init=False)
    halves: Halves = field(init=False)

    def __post_init__(self) -> None:
        half = _half(self.question)
        items = half.get("items")
        self.items = [*items] if isinstance(items, list) else [*self.begun]
        self.halves = Halves(half.get("halves"))

    def ask(self) -> list[Any]:
        """Return the list as the person leaves it; raises Back from the menu."""
        doing, which = self._left_at()
        while self.items or doing == _ADD or self.add is None:
            doing = doing or self._choose()
            if doing == _LEAVE:
                return self.items
            with contextlib.suppress(Back):  # from anything in it to the menu
                self._do(doing, which)
            doing, which = "", None
            self._report()
        return self.add(self.items, self.question.with_(half=None))

    def _left_at(self) -> tuple[str, int | None]:
        """Return what the person was doing when they left, and to which item; "" and None at the menu."""
        half = _half(self.question)
        doing, which = half.get("doing"), half.get("which")
        if doing not in self._choices or doing == _LEAVE:
            return "", None
        is_item = type(which) is int and 0 <= which < len(self.items)
        return doing, which if is_item else None

    @property
    def _choices(self) -> list[str]:
        return [_LEAVE, _CHANGE] if self.add is None else [*_SAYS]

    def _choose(self) -> str:
        part = self._part(_MENU_PLACE, _LEAVE).with_(
            above=[*self.question.above, Items([self.item(item) for item in self.items])],
            optional=False,
            leaves=self.question.leaves,
            check=lambda choice, now=tuple(self.items): self.check(list(now)) if choice == _LEAVE else None,
        )
        chosen = self.asker.choose(part, [Option(name, _(_SAYS[name])) for name in self._choices])
        self.halves.drop(_MENU_PLACE)
        return chosen or _LEAVE

    def _do(self, doing: str, which: int | None) -> None:
        if doing == _ADD and self.add is not None:
            self.items = self.add(self.items, self._part(_ADD_PLACE, None, doing))
            self.halves.drop(_ADD_PLACE)
            return
        number = self._which(doing) if which is None else which
        if doing == _CHANGE:
            self.items[number] = self.change(self.items[number], self._part((number,), None, doing, number))
            self.halves.drop((number,))
        else:
            del self.items[number]
            self.halves.take_out(number)

    def _which(self, doing: str) -> int:
        """Return which of several things is meant."""
        if len(self.items) == 1:
            return 0
        items = [self.item(item) for item in self.items]
        options = [Option(str(number), item.text, remark=enumerated(item.marks)) for number, item in enumerate(items)]
        carried = self._part(_WHICH_PLACE, None, doing)
        part = Question(
            ask=_("Which one?"),
            heading=self.question.heading,
            place=self.question.place,
            half=carried.half,
            changed=carried.changed,
        )
        number = int(self.asker.choose(part, options) or 0)
        self.halves.drop(_WHICH_PLACE)
        return number

    def _part(self, place: Place, answer: Any, doing: str = "", which: int | None = None) -> Question:
        """Return the question with what is half given at one place of it, and where that is kept."""

        before = len(self.items)

        def keep(half: Any) -> None:
            self.halves.keep(place, half, answer)
            if place == _ADD_PLACE:
                self.items = self.whole(half, before) or self.items
            elif which is not None:
                self.items[which : which + 1] = self.whole(half, 0) or [self.items[which]]
            self._report(doing, which)

        return self.question.with_(answer=answer, half=self.halves.get(place), changed=keep, leaves=False)

    def _report(self, doing: str = "", which: int | None = None) -> None:
        if not (doing or self.halves or self.items != self.begun):
            self.question.changed(None)
            return
        half = HalfRevision(items=[*self.items], doing=doing)
        if which is not None:
            half["which"] = which
        if self.halves:
            half["halves"] = self.halves.stored()
        self.question.changed(half)


def _half(question: Question) -> HalfRevision:
    return question.half if isinstance(question.half, dict) else {}  # type: ignore[return-value]
