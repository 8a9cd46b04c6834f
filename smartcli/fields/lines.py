"""A list of short lines, each marked or not."""

from dataclasses import dataclass
from typing import Any, ClassVar, TypedDict

from smartcli.asking import Asker, Back, Option, Question
from smartcli.blocks import Block, Item, Items, Ruled, Words
from smartcli.fields.base import UNMARKED, Field, Part, SheetCell, cleaned, count_problem, words_problem
from smartcli.fields.revising import revise
from smartcli.language import _
from smartcli.schema.keys import FLAG, WHOLE, key, some, table
from smartcli.words import either, enumerated, folded

_MOST_LINES = 8  # on a blank worksheet


class HalfLines(TypedDict, total=False):
    """What a draft keeps of a list being typed; drafts of earlier versions hold the same."""

    items: list[Any]  # the lines that are given
    typed: str | None  # what stood in the next one


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
        half: HalfLines = question.half if isinstance(question.half, dict) else {}  # type: ignore[assignment]
        if half or not question.answer:
            return self._ask_lines(asker, question, list(half.get("items", [])), half.get("typed")) or None
        return revise(
            asker,
            question,
            question.answer,
            say=self._say,
            change=lambda item: self._ask_line(asker, question.with_(answer=self._say(item), optional=False)),
            check=self.check,
            add=lambda items: self._ask_lines(asker, question, items, None),
        )

    def _ask_lines(self, asker: Asker, question: Question, items: list[Any], typed: str | None) -> list[Any]:
        """Ask for more lines, after those in `items`, until an empty one; `typed` stands in the first.

        Back takes the last line out again, to be changed; it is raised where there is none.
        """
        while self.max is None or len(items) < self.max:
            try:
                item = self._ask_line(asker, self._line_question(question, items, typed))
            except Back:
                if not items:
                    raise
                typed = self._say(items.pop())
            else:
                if item is None:
                    break
                items, typed = [*items, item], None
            question.changed(HalfLines(items=items))
        return items

    def _line_question(self, question: Question, items: list[Any], typed: str | None) -> Question:
        """Return the question for the next line, with the lines so far above it."""
        above = [*question.above]
        if items and above:
            above.append(Words(""))  # sets them apart from the earlier words
        if items:
            above.append(Items(self.items(items)))
        given = tuple(items)  # as they are now: what is typed is kept beside them later
        return question.with_(
            above=above,
            optional=len(items) >= self.least,
            ends_list=bool(items) or question.ends_list,
            answer=None,
            half=typed,
            changed=lambda words: question.changed(HalfLines(items=[*given], typed=words)),
        )

    def _ask_line(self, asker: Asker, question: Question) -> Any:
        """Ask for one line, then for its marks; Back from the marks asks for the line again."""
        while (text := asker.line(question.with_(check=words_problem))) is not None and self.marks:
            question.changed(text)  # given: it must outlast whatever comes before it is marked
            try:
                return {"text": text, "marks": self._ask_marks(asker, question, text)}
            except Back:
                question = question.with_(half=text)
        return text

    def _ask_marks(self, asker: Asker, question: Question, text: str) -> list[str]:
        """Ask how one line is marked; none is an answer too."""
        ways = either(mark.say for mark in self.marks)
        part = Question(
            ask=_("Which of these fit: {marks}?", marks=ways)
            if self.many
            else _("Which fits best: {marks}?", marks=ways),
            optional=True,
            heading=question.heading,
            place=question.place,
            above=[Items([Item(text)])],
        )
        if self.many:
            return asker.choose_some(part, self.marks) or []
        mark = asker.choose(part, self.marks)
        return [mark] if mark else []

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

    def _say(self, item: Any) -> str:
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
            items.append(Item(self._say(line), tuple(says.get(mark, mark) for mark in marks)))
        return items

    def brief(self, answer: Any) -> str:
        """Return the lines, as far as there is room."""
        return super().brief(enumerated(self._say(item) for item in answer))

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
        cells: dict[str, SheetCell] = {"": [self._say(line) for line in answer]}
        if self.marks:
            cells["marks"] = [" ".join(line["marks"]) for line in answer]
        return cells

    def quotes(self, answer: Any) -> list[tuple[Any, str]]:
        """Return every line."""
        return [(self._say(item), self._say(item)) for item in answer]
