"""A list of short lines, each marked or not."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from smartcli.asking import Asker, Option, Question
from smartcli.blocks import Block, Item, Items, Ruled
from smartcli.fields.base import UNMARKED, Field, Part, SheetCell, cleaned, count_problem, words_problem
from smartcli.language import _
from smartcli.schema.keys import FLAG, WHOLE, key, some, table
from smartcli.words import enumerated, folded

_MOST_LINES = 8  # on a blank worksheet


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
        half = self.half_of(question.half)
        question = question.with_(half=half)
        if (half is None and not question.answer) or (half is not None and "doing" not in half):
            return self._walk(asker, question, half["items"] if half else []) or None
        from smartcli.fields.revising import Revision

        revision = Revision(
            asker,
            question,
            begun=question.answer or [],
            item=lambda item: self.items([item])[0],
            change=lambda item, part: self._walk(asker, part.with_(answer=[item]), [item], single=True)[0],
            check=self.check,
            whole=lambda half, before: half.get("items") if isinstance(half, dict) else None,
            add=lambda items, part: self._walk(asker, part.with_(answer=items or question.answer), items, adding=True),
        )
        return revision.ask() or None

    def half_of(self, stored: Any) -> Any:
        """Return half a list as `HalfLines` or `HalfRevision`, with the items that still fit."""
        if not isinstance(stored, dict):
            return None
        items = stored.get("items")
        given = [self._item_of(item) for item in items] if isinstance(items, list) else []
        return {**stored, "items": [item for item in given if self._item_problem(item) is None]}

    def _item_of(self, stored: Any) -> Any:
        """Return an item of a draft as this list has it: it may have got marks since, or lost them."""
        if self.marks and isinstance(stored, str):
            return {"text": stored, "marks": []}
        return stored.get("text") if not self.marks and isinstance(stored, dict) else stored

    def _walk(
        self, asker: Asker, question: Question, items: list[Any], *, adding: bool = False, single: bool = False
    ) -> list[Any]:
        """Ask for the lines of a list from where the person left it, and return them.

        `adding`: new ones after those in `items`, with no way back to them. `single`: the only line in `items`.
        """
        from smartcli.fields.halves import Halves
        from smartcli.fields.lines_asking import LinesWalk

        half = question.half if isinstance(question.half, dict) else {}
        at, typed = half.get("at"), half.get("typed")
        place = at if type(at) is int and 0 <= at <= len(items) else len(items)
        if single:
            place = 0
        halves = Halves(half.get("halves"), (place, 0), typed if isinstance(typed, str) else None)
        walk = LinesWalk(self, asker, question, [*items], halves, first=place if adding else 0, single=single)
        return walk.ask(place)

    def accept(self, raw: Any) -> Any:
        """Take a plain string too where a line has marks."""
        raw = cleaned(raw)
        if not self.marks or not isinstance(raw, list):
            return raw
        return [{"text": one, "marks": []} if isinstance(one, str) else one for one in raw]

    def check(self, answer: Any) -> str | None:
        """Every line has words, marks are known ones, and there are enough but not too many."""
        if not isinstance(answer, list):
            return _("This should be a list.")
        for item in answer:
            problem = self._item_problem(item)
            if problem:
                return problem
        return count_problem(len(answer), self.least, self.max)

    def _item_problem(self, item: Any) -> str | None:
        if not self.marks:
            return words_problem(item)
        if not isinstance(item, dict) or set(item) != {"text", "marks"} or not isinstance(item["marks"], list):
            return _("Each line should hold text and marks.")
        known = {mark.id for mark in self.marks}
        if not all(isinstance(mark, str) and mark in known for mark in item["marks"]):
            return _("A mark should be one of these: {names}.", names=enumerated(sorted(known)))
        if not self.many and len(item["marks"]) > 1:
            return _("A line can have only one mark.")
        return words_problem(item["text"])

    def say(self, item: Any) -> str:
        """Return the words of one line, without its marks."""
        return str(item["text"] if isinstance(item, dict) else item)

    def blocks(self, answer: Any) -> list[Block]:
        """Return the list with its marks."""
        return [Items(self.items(answer))]

    def blank(self) -> list[Block]:
        """Return as many lines as it takes, each with boxes for its marks."""
        lines = min(self.max or max(self.min, 4), _MOST_LINES)
        return [Ruled(lines, numbered=lines > 1, marks=tuple(mark.say for mark in self.marks))]

    def items(self, answer: Any) -> list[Item]:
        """Return the lines with their marks in words."""
        says = {mark.id: mark.say for mark in self.marks}
        items = []
        for line in answer:
            marks = line["marks"] if isinstance(line, dict) else ()
            items.append(Item(self.say(line), tuple(says.get(mark, mark) for mark in marks)))
        return items

    def brief(self, answer: Any) -> str:
        """Return the lines, as far as there is room."""
        return super().brief(enumerated(self.say(item) for item in answer))

    def parts(self, answer: Any) -> list[Part]:
        """Each line is one thing, its marks what may move."""
        parts = []
        for item in self.items(answer):
            states = {"": enumerated(item.marks) or _(UNMARKED)} if self.marks else {}
            parts.append(Part(folded(item.text), item.text, item.text, states))
        return parts

    def cell_names(self) -> list[str]:
        """Return the name of one cell, and of a second one for marks."""
        return ["", "marks"] if self.marks else [""]

    def cells(self, answer: Any) -> dict[str, SheetCell]:
        """Return the lines; where they have marks, those of each too, space between."""
        cells: dict[str, SheetCell] = {"": [self.say(line) for line in answer]}
        if self.marks:
            cells["marks"] = [" ".join(line["marks"]) for line in answer]
        return cells

    def codes(self) -> dict[str, Sequence[Option]]:
        """Return the marks."""
        return {"marks": self.marks}

    def quotes(self, answer: Any) -> list[tuple[Any, str]]:
        """Return every line."""
        return [(self.say(item), self.say(item)) for item in answer]
