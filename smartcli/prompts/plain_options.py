"""A list of options in plain mode: read out with numbers, and searched by a word.

All of a list is read out, however long: a listener can stop the speech, but can never know of an option that was
left out. What is long says first how many options there are, and how to find one.
"""

from collections.abc import Sequence
from itertools import groupby

from smartcli.asking import Option
from smartcli.language import _, ngettext
from smartcli.words import folded, visible

LONG = 12  # options: more than these are told how many they are


def numbered(options: Sequence[Option]) -> list[str]:
    """Return the options as numbered lines, each group under its name and its numbers: "Alone: 1 to 4."."""
    lines: list[str] = []
    places = enumerate(options, 1)
    for group, members in groupby(places, key=lambda place: place[1].group):
        of_group = [*members]
        if group:
            lines.append(visible(_group_said(group, of_group[0][0], of_group[-1][0])))
        lines += [_option_line(number, option) for number, option in of_group]
    return lines


def found(options: Sequence[Option], word: str) -> list[str]:
    """Return what a search for `word` says: the options that have it with the numbers they have in the list."""
    wanted = folded(word)
    fitting = [(number, option) for number, option in enumerate(options, 1) if wanted in folded(_words_of(option))]
    if not fitting:
        return [_("Nothing in this list has that.")]
    how_many = ngettext("{number} of {all} has that:", "{number} of {all} have that:", len(fitting), all=len(options))
    return [how_many, *(_option_line(number, option) for number, option in fitting)]


def is_option(typed: str, options: Sequence[Option]) -> bool:
    """Return whether a line is the words or the id of an option."""
    return any(folded(typed) in (folded(option.say), option.id) for option in options)


def _group_said(group: str, first: int, last: int) -> str:
    if first == last:
        return _("{group}: {number}.", group=group, number=first)
    return _("{group}: {first} to {last}.", group=group, first=first, last=last)


def _option_line(number: int, option: Option) -> str:
    say = visible(option.say)
    if option.remark:
        say = _("{option} ({remark})", option=say, remark=visible(option.remark))
    return f"{number}. {say}"


def _words_of(option: Option) -> str:
    """Return all that is read out of an option: whoever heard a word in it can search for that."""
    return "\n".join((option.say, option.remark, option.group))
