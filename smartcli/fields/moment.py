"""A day, or a day and a time."""

from dataclasses import dataclass
from datetime import date, time
from typing import Any, ClassVar

from smartcli import moments
from smartcli.asking import Asker, Question, WrongAnswerError
from smartcli.blocks import Block, Gaps
from smartcli.fields.base import Field, SheetCell, without_echo
from smartcli.language import _
from smartcli.moments import change_of_clocks_said, clock_said, local_time, now, recall, said
from smartcli.reading_times import NotAMomentError, moment_from_words
from smartcli.schema.keys import FLAG, TEXT, key
from smartcli.words import sentence, sentences

_NOON = time(12)  # when a day is meant and no hour of it


@dataclass(init=False, kw_only=True, eq=False, repr=False)
class Moment(Field):
    """When something was or will be; kept as an ISO date, or an ISO date and time with its offset."""

    kind: ClassVar[str] = "moment"
    about: ClassVar[str] = 'a day or a time in words, such as "yesterday 9pm"'
    wordless: ClassVar[bool] = True
    scalar: ClassVar[bool] = True
    blank_width: ClassVar[int] = 3

    ahead: bool = key(FLAG, "it may lie in the future", False, stored=True)
    proposes: str = key(TEXT, 'begins from this day in words, such as "in 2 weeks", seen from the day it is about', "")

    def proposed(self, day: date) -> str | None:
        """Return the moment it begins from, as an answer, seen from a day; None where it proposes none."""
        if not self.proposes:
            return None
        return moment_from_words(self.proposes, ahead=self.ahead, at=local_time(day, _NOON)).stored()

    def put(self, asker: Asker, question: Question) -> Any:
        """Ask for a line and read it as a moment, saying back how it was understood."""
        if question.answer is not None:
            question = without_echo(question, self.brief(question.answer))
        notes: dict[str, str] = {}  # what a change of the clocks made of words that were typed, by the answer

        def understand(words: str) -> str:
            moment = self._read(words)
            notes[moment.stored()] = change_of_clocks_said(moment)
            return moment.stored()

        def echo(answer: str) -> str:
            note = notes.get(answer)
            return sentences(sentence(self.brief(answer)), note) if note else self.brief(answer)

        return asker.line(question, understand=understand, echo=echo)

    def accept(self, raw: Any) -> Any:
        """Return the ISO text for a moment in words."""
        if not isinstance(raw, str):
            raise WrongAnswerError(_("This should be a time in words."))
        return self._read(raw).stored()

    def _read(self, words: str) -> moments.Moment:
        """Return the moment in words; raises WrongAnswerError."""
        try:
            return moment_from_words(words, ahead=self.ahead)
        except NotAMomentError as error:
            raise WrongAnswerError(str(error)) from None

    def notes_on(self, raw: Any) -> list[str]:
        """Return what was taken for a time that a change of the clocks skipped or made come twice."""
        note = change_of_clocks_said(self._read(raw)) if isinstance(raw, str) else ""
        return [note] if note else []

    def check(self, answer: Any) -> str | None:
        """It must be an ISO moment."""
        try:
            recall(answer)
        except (TypeError, ValueError, OverflowError):
            return _("This should be a moment.")
        return None

    def blank(self) -> list[Block]:
        """Return a gap for the day and one for the time."""
        return [Gaps([(_("Day"), ""), (_("Time"), "")])]

    def brief(self, answer: Any) -> str:
        """Return "Sat 21 Nov, 21:00"."""
        return said(recall(answer), now().date())

    def cell_names(self) -> list[str]:
        """Return the names of three cells."""
        return ["", "date", "time"]

    def cells(self, answer: Any) -> dict[str, SheetCell]:
        """Return the moment as it is kept, and its day and time of day, which spreadsheets know by themselves."""
        moment = recall(answer)
        return {"": answer, "date": moment.at.date().isoformat(), "time": clock_said(moment)}

    def quotes(self, answer: Any) -> list[tuple[Any, str]]:
        """Return the moment in words."""
        return [(answer, self.brief(answer))]

    def problems(self) -> list[tuple[str, str]]:
        """What it proposes can be read as a day."""
        try:
            self.proposed(now().date())
        except NotAMomentError as error:
            return [("proposes", str(error))]
        return []
