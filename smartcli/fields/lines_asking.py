"""Asking the lines of a list one at a time, with a way back to each."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypedDict

from smartcli.asking import Asker, Back, Question
from smartcli.blocks import Item, Items, Words
from smartcli.fields.base import words_problem
from smartcli.fields.halves import Halves, PartHalf
from smartcli.language import _, ngettext
from smartcli.words import either

if TYPE_CHECKING:
    from smartcli.fields.lines import Lines

_BULLET = r"\s*(?:[-*+•–—·]|\d{1,3}[.)])\s+"  # compiled when somebody pastes lines
_LINE, _MARKS = 0, 1  # the two steps of an item


class HalfLines(TypedDict, total=False):
    """What a draft keeps of a list being typed; drafts of earlier versions hold the first two, and end at the last."""

    items: list[Any]  # the lines that are given, those after the one on the screen too
    typed: str | None  # what stands in the line on the screen
    at: int  # the number of that line, where it is not the one after the last
    halves: list[PartHalf]  # what stands in other lines, and how a line was about to be marked


@dataclass
class LinesWalk:
    """A way through the lines of a list, and on to new ones. `items` are the lines given, changed as they are.

    Back goes up the list, and is raised at the line numbered `first`. `single`: only one is asked.
    """

    field: "Lines"
    asker: Asker
    question: Question
    items: list[Any]
    halves: Halves
    first: int = 0
    single: bool = False

    def ask(self, place: int) -> list[Any]:
        """Ask from a line on until an empty new one, and return the lines. One that is emptied is taken out."""
        while self._has_line(place):
            try:
                texts = self._ask_line(place)
            except Back:
                if place <= self.first:
                    self._leave()
                    raise
                place -= 1
                self._report(place)
                continue
            self.halves.drop((place, _LINE))
            if texts:
                self._put_in(place, texts)
                place = self._ask_marks_of(place, len(texts))
            elif place < len(self.items):
                del self.items[place]
                self.halves.take_out(place)
            else:
                break
            self._report(place)
        return self.items

    def _leave(self) -> None:
        """Keep no place in a list that is left without anything half typed: its lines stand as they are."""
        if self.first and not self.halves:
            self.question.changed(None)

    def _has_line(self, place: int) -> bool:
        if self.single:
            return place == 0
        return place < len(self.items) or self.field.max is None or place < self.field.max

    def _ask_line(self, place: int) -> list[str]:
        """Ask for the line at a place; several if several were pasted, none if it is empty."""
        given = self._given(place)
        words = self.asker.line(self._line_question(place, given))
        if words is None or words == given:
            return [] if words is None else [words]
        return several(words)

    def _given(self, place: int) -> str | None:
        return self.field.say(self.items[place]) if place < len(self.items) else None

    def _line_question(self, place: int, given: str | None) -> Question:
        """Return the question for one line, with the lines before and after it above it."""
        is_new, may_go = given is None, given is not None and not self.single
        above = [*self.question.above]
        before, after = self.items[:place], self.items[place + 1 :]
        if above and (before or after):
            above.append(Words(""))  # sets them apart from the earlier words
        if before:
            above.append(Items(self.field.items(before)))
        if after:
            above += [Words(_("After this one:"), quiet=True), Items(self.field.items(after))]
        room = self._room(is_new=is_new)
        return self.question.with_(
            above=above,
            optional=may_go or (is_new and len(self.items) >= self.field.least),
            ends_list=is_new and (bool(self.items) or self.question.ends_list),
            takes_out=may_go,
            leaves=self.question.leaves and place <= self.first,
            takes_many=room is None or room > 1,
            answer=given,
            half=self.halves.get((place, _LINE)),
            check=lambda words: words_problem(words) or _too_many(words, given, room),
            changed=lambda words: self._keep_half(place, _LINE, words, given),
        )

    def _room(self, *, is_new: bool) -> int | None:
        """Return how many lines there may be in place of the one that is asked; None for any number."""
        if self.single:
            return 1
        return None if self.field.max is None else self.field.max - len(self.items) + (not is_new)

    def _put_in(self, place: int, texts: list[str]) -> None:
        """Put lines in at a place, the first of them for the one that stands there; marks it had stay."""
        marks = [*self.items[place]["marks"]] if self.field.marks and place < len(self.items) else []
        made = [self._item(text, marks if number == 0 else []) for number, text in enumerate(texts)]
        self.halves.make_room(place + 1, len(texts) - 1)
        self.items[place : place + 1] = made

    def _item(self, text: str, marks: list[str]) -> Any:
        return {"text": text, "marks": marks} if self.field.marks else text

    def _ask_marks_of(self, place: int, number: int) -> int:
        """Ask how so many lines from a place on are marked; returns the place to go on with.

        Back asks for the marks of the line before, or goes back to the first of the lines itself.
        """
        at = place
        while self.field.marks and at < place + number:
            self._report(at)  # given: it must outlast whatever comes before it is marked
            try:
                marks = _ask_marks(self.field, self.asker, self._marks_question(at), self.items[at])
            except Back:
                if at == place:
                    return place
                at -= 1
                continue
            self.halves.drop((at, _MARKS))
            self.items[at] = {**self.items[at], "marks": marks}
            at += 1
        return place + number

    def _marks_question(self, place: int) -> Question:
        marks = self.items[place]["marks"]
        answer = marks if self.field.many else next(iter(marks), None)
        return self.question.with_(
            half=self.halves.get((place, _MARKS)),
            changed=lambda half: self._keep_half(place, _MARKS, half, answer or None),
        )

    def _keep_half(self, place: int, step: int, half: Any, answer: Any) -> None:
        self.halves.keep((place, step), half, answer)
        self._report(place)

    def _report(self, place: int) -> None:
        """Give the list as it stands to be kept in the draft, with the line that is on the screen."""
        if not self.halves and self.items == (self.question.answer or []):
            self.question.changed(None)
            return
        half = HalfLines(items=[*self.items])
        typed = self.halves.get((place, _LINE))
        if typed is not None:
            half["typed"] = typed
        if place != len(self.items):
            half["at"] = place
        others = self.halves.stored(without=(place, _LINE))
        if others:
            half["halves"] = others
        self.question.changed(half)


def _ask_marks(field: "Lines", asker: Asker, question: Question, item: Any) -> list[str]:
    """Ask how one line is marked, beginning with the marks it has; none is an answer too.

    `question` brings the heading, the place, and what is half given.
    """
    ways = either(mark.say for mark in field.marks)
    ask = _("Which of these fit: {marks}?", marks=ways) if field.many else _("Which fits best: {marks}?", marks=ways)
    marks = item["marks"]
    part = Question(
        ask=ask,
        optional=True,
        heading=question.heading,
        place=question.place,
        above=[Items([Item(item["text"])])],
        half=question.half,
        changed=question.changed,
    )
    if field.many:
        return asker.choose_some(part.with_(answer=marks or None), field.marks) or []
    mark = asker.choose(part.with_(answer=next(iter(marks), None)), field.marks)
    return [mark] if mark else []


def several(words: str) -> list[str]:
    """Return what was typed or pasted as the lines it holds: none is empty, and none has the bullet that all have."""
    lines = [line for line in words.split("\n") if line.strip()]
    if len(lines) < 2:
        return lines
    if all(re.match(_BULLET, line) for line in lines):
        bare = [re.sub(_BULLET, "", line, count=1) for line in lines]
        lines = [line for line in bare if line.strip()] or lines
    return [line.strip() for line in lines]


def _too_many(words: str, given: str | None, room: int | None) -> str | None:
    """Return None if a list has room for all the lines in some words, else a sentence. The words stay as they are."""
    if room is None or words == given or len(several(words)) <= room:
        return None
    return ngettext(
        "There is room for only {number} more line. Please take out some of these.",
        "There is room for only {number} more lines. Please take out some of these.",
        room,
    )
