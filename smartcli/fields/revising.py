"""Changing a list that was given before: keep it, add to it, change one thing, take one out."""

from collections.abc import Callable
from typing import Any

from smartcli.asking import Asker, Back, Option, Question
from smartcli.blocks import Item, Items
from smartcli.language import N_, _

_LEAVE, _ADD, _CHANGE, _REMOVE = "keep", "add", "change", "remove"
_SAYS = {
    _LEAVE: N_("Leave the list as it is"),
    _ADD: N_("Add to the list"),
    _CHANGE: N_("Change one of them"),
    _REMOVE: N_("Remove one of them"),
}


def revise(
    asker: Asker,
    question: Question,
    items: list[Any],
    *,
    say: Callable[[Any], str],
    change: Callable[[Any], Any],
    check: Callable[[list[Any]], str | None],
    add: Callable[[list[Any]], list[Any]] | None = None,
) -> list[Any]:
    """Return the list as the person leaves it; `items` itself is untouched.

    `say` gives an item's words, `change` an item changed, `check` what is wrong with a list that would be
    kept, and `add` the list with more in it. Without `add` the list stays as long as it is.
    """
    items = list(items)
    while items or add is None:
        part = question.with_(
            above=[*question.above, Items([Item(say(item)) for item in items])],
            answer=_LEAVE,
            optional=False,
            half=None,
            check=lambda choice, now=tuple(items): check(list(now)) if choice == _LEAVE else None,
        )
        names = [_LEAVE, _CHANGE] if add is None else [*_SAYS]
        chosen = asker.choose(part, [Option(name, _(_SAYS[name])) for name in names])
        if chosen == _LEAVE:
            return items
        try:
            if chosen == _ADD and add is not None:
                items = add(list(items))
            else:
                at = _which(asker, question, [say(item) for item in items])
                items[at : at + 1] = [change(items[at])] if chosen == _CHANGE else []
        except Back:
            continue
        question.changed({"items": items})
    return add(items)


def _which(asker: Asker, question: Question, says: list[str]) -> int:
    """Return which of several things is meant."""
    if len(says) == 1:
        return 0
    options = [Option(str(number), say) for number, say in enumerate(says)]
    part = Question(ask=_("Which one?"), heading=question.heading, place=question.place)
    return int(asker.choose(part, options) or 0)
