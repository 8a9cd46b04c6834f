"""A question as plain mode puts it: its lines, what to type, and what leaves it open."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from smartcli.asking import Option, Question
from smartcli.language import _
from smartcli.prompts import plain_signs as signs
from smartcli.prompts.plain_notes import Note
from smartcli.prompts.plain_options import LONG, is_option, numbered
from smartcli.words import sentence, sentences, visible


@dataclass(eq=False, repr=False)
class Asked:
    """A question as it is put here. `need` asks for what it needs in one sentence.

    `notes`: what to type, which gets short once it was said; `how`: what to type, said whole each time.
    `default`: the answer offered, in words; `own`: own words are an answer, so that only a sign opens support.
    """

    question: Question
    notes: Sequence[Note] = ()
    how: Sequence[str] = ()
    need: str = ""
    default: str = ""
    own: bool = False
    options: Sequence[Option] = ()

    def question_lines(self, explain: Callable[[Note], str]) -> list[str]:
        """Return the question after its place, its options and what to type; `explain` says a note."""
        question = self.question
        ask = " ".join(part for part in (sentence(question.whole_place), visible(question.ask)) if part)
        lines = [ask]
        if len(self.options) > LONG:
            lines.append(sentences(_("{number} choices.", number=len(self.options)), explain(Note.FIND)))
        lines += numbered(self.options)
        if question.aside:
            lines.append(_("{key}. More of what I wrote", key=signs.MORE))
        if question.locked_words:
            lines.append(_("{key}. Your own words, with the passphrase", key=signs.LOCKED))
        return [*lines, *(explain(note) for note in self.notes), *self.how]

    def help_lines(self) -> list[str]:
        """Return the hint and the example of the question."""
        lines = []
        if self.question.hint:
            lines.append(visible(self.question.hint))
        if self.question.example:
            lines.append(visible(_("For example: {example}", example=self.question.example)))
        return lines

    def exit_lines(self, explain: Callable[[Note], str]) -> list[str]:
        """Return what Enter does, or the word skip; nothing at a question that needs an answer."""
        question = self.question
        default = self.default or _words_of_answer(question.answer)
        if question.careful:
            before = [_("Your answer before: {answer}", answer=visible(default))] if default else []
            return [*before, _("To leave it open, type skip.")] if question.optional else before
        if default:
            return [_("Press Enter for: {answer}", answer=visible(default))]
        if not question.optional:
            return []
        return [explain(Note.FINISH if question.ends_list else Note.SKIP)]

    @property
    def knows_skip(self) -> bool:
        """Whether the word skip leaves the question open: where own words are welcome it is one of them."""
        return self.question.optional and (self.question.careful or not self.own)

    def is_left_open(self, words: str) -> bool:
        """Return whether a line answers nothing: it is empty, the word skip, or what ends a text."""
        is_skip = self.knows_skip and signs.is_skip_word(words) and not is_option(words, self.options)
        return is_skip or words.strip() in ("", signs.END)


def _words_of_answer(answer: Any) -> str:
    """Return an answer of one value in words; nothing for None and for lists and tables."""
    if isinstance(answer, bool):
        return _("yes") if answer else _("no")
    return str(answer) if isinstance(answer, str | int | float) else ""
