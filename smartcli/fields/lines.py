"""A list of short lines, each marked or not."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from smartcli.asking import Asker, Back, Option, Question
from smartcli.blocks import Block, Item, Items, Ruled, Words
from smartcli.fields.base import UNMARKED, Field, Part, SheetCell, cleaned, count_problem, words_problem
from smartcli.fields.revising import revise
from smartcli.schema.keys import FLAG, WHOLE, key, some, table
from smartcli.words import folded, joined

_MOST_LINES = 8  # on a blank worksheet


def _apart(above: Sequence[Block], items: Items) -> list[Block]:
    """Return what was typed so far, set apart from the earlier words above it."""
    return [Words(""), items] if above else [items]


@dataclass(init=False, kw_only=True, eq=False, repr=False)
class Lines(Field):
    """As many lines as come to mind. With `marks` a line is {"text", "marks"}, else a string."""

    kind: ClassVar[str] = "lines"
    about: ClassVar[str] = "a list of short lines, each with marks if it has them"
    wordless: ClassVar[bool] = False
    scalar: ClassVar[bool] = False

    min: int = key(WHOLE, "how many at least", 0)
    max: int | None = key(WHOLE, "how many at most", None)
    marks: tuple[Option, ...] = key(some(table(Option, "option")), "what each line may be marked as", (), stored=True)
    many: bool = key(FLAG, "a line may have several marks", False, stored=True)

    @property
    def least(self) -> int:
        """How many lines an answer needs."""
        return self.min or (0 if self.optional else 1)

    def put(self, asker: Asker, question: Question) -> Any:
        """Ask line by line; an empty line ends the list. A list given before can be changed."""
        half = question.half if isinstance(question.half, dict) else {}
        if half or not question.answer:
            return self._gather(asker, question, list(half.get("items", [])), half.get("typed")) or None
        return revise(
            asker,
            question,
            question.answer,
            say=self._say,
            change=lambda item: self._one(asker, question.with_(answer=self._say(item), optional=False)),
            check=self.check,
            add=lambda items: self._gather(asker, question, items, None),
        )

    def _gather(self, asker: Asker, question: Question, items: list[Any], typed: str | None) -> list[Any]:
        while self.max is None or len(items) < self.max:
            try:
                item = self._one(
                    asker,
                    question.with_(
                        above=[*question.above, *(_apart(question.above, Items(self._items(items))) if items else [])],
                        optional=len(items) >= self.least,
                        passing="done" if items else question.passing,
                        answer=None,
                        half=typed,
                        changed=lambda words, kept=tuple(items): question.changed({"items": [*kept], "typed": words}),
                    ),
                )
            except Back:
                if not items:
                    raise
                typed = self._say(items.pop())
            else:
                if item is None:
                    break
                items, typed = [*items, item], None
            question.changed({"items": items})
        return items

    def _one(self, asker: Asker, question: Question) -> Any:
        """Ask for one line, then for its marks; Back from the marks asks for the line again."""
        while (text := asker.line(question.with_(check=words_problem))) is not None and self.marks:
            question.changed(text)  # given: it must outlast whatever comes before it is marked
            part = Question(
                ask=f"{joined((mark.say for mark in self.marks), 'or').capitalize()}?",
                optional=True,
                heading=question.heading,
                place=question.place,
                above=[Items([Item(text)])],
            )
            try:
                if self.many:
                    return {"text": text, "marks": asker.choose_some(part, self.marks) or []}
                mark = asker.choose(part, self.marks)
                return {"text": text, "marks": [mark] if mark else []}
            except Back:
                question = question.with_(half=text)
        return text

    def accept(self, raw: Any) -> Any:
        """A plain string will do where a line has marks."""
        raw = cleaned(raw)
        if not self.marks or not isinstance(raw, list):
            return raw
        return [{"text": one, "marks": []} if isinstance(one, str) else one for one in raw]

    def check(self, answer: Any) -> str | None:
        """Every line has words, marks are known ones, and there are enough but not too many."""
        if not isinstance(answer, list):
            return "This should be a list."
        for item in answer:
            problem = self._item_problem(item)
            if problem:
                return problem
        return count_problem(len(answer), self.least, self.max)

    def _item_problem(self, item: Any) -> str | None:
        if not self.marks:
            return words_problem(item)
        if not isinstance(item, dict) or set(item) != {"text", "marks"} or not isinstance(item["marks"], list):
            return "Each line should hold text and marks."
        known = {mark.id for mark in self.marks}
        if not all(isinstance(mark, str) and mark in known for mark in item["marks"]):
            return f"A mark should be one of {', '.join(sorted(known))}."
        if not self.many and len(item["marks"]) > 1:
            return "One mark for each line."
        return words_problem(item["text"])

    def _say(self, item: Any) -> str:
        return str(item["text"] if isinstance(item, dict) else item)

    def _items(self, answer: Sequence[Any]) -> list[Item]:
        says = {mark.id: mark.say for mark in self.marks}
        return [
            Item(self._say(item), tuple(says.get(mark, mark) for mark in item["marks"]))
            if isinstance(item, dict)
            else Item(item)
            for item in answer
        ]

    def blocks(self, answer: Any) -> list[Block]:
        """Return the list with its marks."""
        return [Items(self._items(answer))]

    def blank(self) -> list[Block]:
        """Return as many lines as it takes, each with boxes for its marks."""
        lines = min(self.max or max(self.min, 4), _MOST_LINES)
        return [Ruled(lines, numbered=lines > 1, marks=tuple(mark.say for mark in self.marks))]

    def items(self, answer: Any) -> list[Item]:
        """Return the lines with their marks in words, for a page that lays several lists out together."""
        return self._items(answer)

    def brief(self, answer: Any) -> str:
        """Return the lines, as far as there is room."""
        return super().brief(joined(self._say(item) for item in answer))

    def parts(self, answer: Any) -> list[Part]:
        """Each line is one thing, its marks what may move."""
        parts = []
        for item in self.items(answer):
            states = {"": joined(item.marks) or UNMARKED} if self.marks else {}
            parts.append(Part(folded(item.text), item.text, item.text, states))
        return parts

    def cell_names(self) -> list[str]:
        """Return the name of one cell, and of a second one for marks."""
        return ["", "marks"] if self.marks else [""]

    def cells(self, answer: Any) -> dict[str, SheetCell]:
        """Return the lines; where they have marks, those of each too, space between."""
        cells: dict[str, SheetCell] = {"": [self._say(line) for line in answer]}
        if self.marks:
            cells["marks"] = [" ".join(line["marks"]) for line in answer]
        return cells

    def quotes(self, answer: Any) -> list[tuple[Any, str]]:
        """Return every line."""
        return [(self._say(item), self._say(item)) for item in answer]
