"""One go at an exercise: ask, check, keep, look back a question, pause, finish."""

import contextlib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from smartcli.asking import Asker, Back, Elsewhere, Ended, Option, Pause, Question, Reading
from smartcli.blocks import Block, Words
from smartcli.entries.entry import Answered, Entry
from smartcli.fields import Choice, Field, Practice, Table
from smartcli.fields.halves import says_more
from smartcli.journal.draft import Draft
from smartcli.language import N_, _, ngettext
from smartcli.session.danger_watch import DangerWatch
from smartcli.session.form import Form, up_to_enough
from smartcli.session.title import Title
from smartcli.trouble import STORAGE, Trouble
from smartcli.words import sentence

_ENOUGH, _MORE = "enough", "more"
_SAVE, _CHANGE, _LATER = "keep", "change", "later"
_AGAIN, _GO_ON, _STOP = "again", "on", "stop"
_UNANSWERED = N_("not answered")
_SAYS = {
    _ENOUGH: N_("That's enough for now"),
    _MORE: N_("Say a little more"),
    _SAVE: N_("Save it"),
    _CHANGE: N_("Change one answer"),
    _LATER: N_("Finish another time"),
    _AGAIN: N_("Try again"),
    _GO_ON: N_("Go on. smartcli tries to save again after your next answer"),
    _STOP: N_("Stop here"),
}


@dataclass
class Session:
    """A sitting over a form, kept in a draft, whose answers are the form's.

    `build` makes the entry from what was answered; `show` lays it out for the last look, which a quick form
    does without. `intro` is shown first. `walked` names the fields to go through (None: all); the others can
    still be filled in at the last look. `saves`: the entry is to be saved; where it is not, that is said at the
    first question (by `unsaved`, if there is more to say), and there is no last look. `open_words` asks for the
    passphrase of a journal that is closed, and returns the person's own words for a question (None: it is open).
    """

    title: Title
    form: Form
    draft: Draft
    asker: Asker
    build: Callable[[Sequence[Answered]], Entry]
    show: Callable[[Entry], Sequence[Block]]
    intro: Sequence[Block] = ()
    walked: Collection[str] | None = None
    watch: DangerWatch | None = None
    saves: bool = True
    unsaved: str = ""
    open_words: Callable[[Form, Field], Sequence[Block]] | None = None
    _told: set[str] = field(default_factory=set)
    _heading_shown: str = ""
    _first_asked: str = ""  # the field that this sitting begins at

    @property
    def heading(self) -> str:
        """The title line: the behaviour stands in it as soon as it is known."""
        return self.title.about(self.form.about_now if self.title.names_behaviour else None)

    @property
    def has_noticed_danger(self) -> bool:
        """Whether an answer of this session spoke of dying or self-harm."""
        return bool(self.watch and self.watch.has_noticed)

    @property
    def _has_answers(self) -> bool:
        """Whether there is anything to keep: an exercise may have said only why nothing is asked."""
        return any(answer is not None for answer in self.form.answers.values())

    def run(self) -> Entry:
        """Ask until it is finished and return the entry, not yet saved.

        Raises Pause to go on another time, Elsewhere to go on after another exercise.
        """
        here = self._next_open()
        self._first_asked = here.id if here else ""
        self._heading_shown = self.heading
        self.asker.open(self._heading_shown, self._questions(here))
        try:
            if self.intro and not self.draft.answers:
                self._tell_intro()
            self._sit(here)
        except Ended:
            if self.form.missing():
                raise Pause from None
        except KeyboardInterrupt:
            raise Pause from None
        finally:
            self.asker.close()
        return self.entry()

    def _tell_intro(self) -> None:
        """Show what the exercise is; to go back from there is to leave."""
        try:
            self.asker.tell(self.heading, self.intro, Reading.START)
        except Back:
            raise Pause from None

    def _questions(self, here: Field | None) -> int:
        """Return how many questions there are, as the person is told at the beginning."""
        return len(self._ahead(self._walk_through(), here))

    def _sit(self, here: Field | None) -> None:
        """Go through the questions from `here` on, and show what will be saved."""
        enough = self._walk(here)
        if self.saves and not enough and not self.form.quick and self._has_answers:
            self._last_look()

    def how_far(self) -> tuple[int, int]:
        """Return how many questions were passed, and how many there are."""
        return how_far(self._walk_through(), self.draft)

    def entry(self) -> Entry:
        """Return the entry as far as it is answered, not saved."""
        return self.build(self.form.filled(self.draft.moments, self.draft.started))

    def _next_open(self) -> Field | None:
        """Return the first field not yet answered or skipped, or whose answer was being changed."""
        is_given = self.draft.answers.keys() - self.draft.halves.keys()
        return next((one for one in self._walk_through() if one.id not in is_given), None)

    def _walk_through(self) -> list[Field]:
        """Return the questions to go through, and those answered beside them."""
        asked = self.form.asked()
        if self.walked is None:
            return asked
        return [one for one in asked if one.id in self.walked or one.id in self.draft.answers]

    def _walk(self, here: Field | None) -> bool:
        """Ask from `here` on; returns whether the person said that it is enough."""
        here = here or self._last_notes()
        while here is not None:
            try:
                before = self._beyond(here, -1)
                self._keep(here, self._put(here, is_first=before is None))
                self._answer_danger(here)
            except Back:
                here = before or here
                continue
            self._perhaps_elsewhere(here)
            beyond = self._beyond(here)
            if beyond and here.enough and not beyond.enough and not self.form.quick:
                try:
                    if self._is_enough():
                        return True
                except Back:
                    continue
            here = beyond or self._last_notes()
        return False

    def _last_notes(self) -> Field | None:
        """Tell the notes after the last question; return the question to go back to, if that is wished."""
        try:
            self._tell_alone(self.form.notes_before(None))
        except Back:
            fields = self._walk_through()
            if not fields:  # an exercise to read: nothing stands before it
                raise Pause from None
            return fields[-1]
        return None

    def _answer_danger(self, here: Field) -> None:
        """Show whom to call, once, after words that speak of dying or self-harm; they are kept already."""
        if self.watch and self.watch.notices(here, self.draft.answers.get(here.id)):
            self.asker.tell(self.heading, self.watch.note(self.form.families_now))

    def _perhaps_elsewhere(self, here: Field) -> None:
        """Raise Elsewhere when the option just chosen opens another exercise."""
        if isinstance(here, Choice):
            answer = self.draft.answers.get(here.id)
            opens = next((option.opens for option in here.options if option.id == answer), "")
            if opens:
                raise Elsewhere(opens, self.form.about_now)

    def _beyond(self, here: Field, step: int = 1) -> Field | None:
        """Return the question after this one, or before it; answers may have changed which that is."""
        asked = self._walk_through()
        order = [one.id for one in self.form.fields]
        place = order.index(here.id)
        if step > 0:
            return next((one for one in asked if order.index(one.id) > place), None)
        if not self.asker.live:  # a practice reads itself out to a pipe: going back to it would lead on again
            asked = [one for one in asked if not isinstance(one, Practice)]
        return next((one for one in reversed(asked) if order.index(one.id) < place), None)

    def _put(self, here: Field, *, is_first: bool = False) -> Any:
        """Put one question; returns its checked answer, or None when it was skipped. `is_first`: none is before it."""
        self._tell_alone(self.form.notes_before(here))
        asked = self._ahead(self._walk_through(), here)
        offered = self.form.offered(here)
        answer = self.form.answers.get(here.id)
        if here.setting and here.id not in self.draft.answers:
            answer = self.form.memory.settings.given.get(here.setting)
        elif here.id not in self.form.answers and not here.careful:  # the last time says nothing of how safe it is now
            answer = self.form.before(here)
        heading, shown_before = self.heading, self._heading_shown
        self._heading_shown = heading
        question = Question(
            ask=offered.ask,
            hint=self.form.filled_text(here.hint),
            example=here.example,
            optional=here.optional,
            heading=heading,
            is_renamed=heading != shown_before,
            place=_("{number} of {all}", number=asked.index(here) + 1, all=len(asked)) if here in asked else "",
            above=self._above(here),
            aside=self.form.aside(here) if here.aside else (),
            locked_words=partial(self.open_words, self.form, here) if here.aside and self.open_words else None,
            careful=here.careful,
            leaves=is_first,
            answer=answer,
            half=offered.half_of(self.draft.halves.get(here.id)),
            check=lambda answer: self.form.problem_with(offered, answer),
            changed=lambda half: self._keep_half(here, half, answer),
            recalled=self.form.beside_cell,
            suited=self.form.suited,
            between=lambda column, row: self._go_round(here, column, row),
        )
        return offered.put(self.asker, question)

    def _above(self, here: Field) -> Sequence[Block]:
        """Return what to read before a question."""
        beside = self.form.beside(here)
        if self.saves or here.id != self._first_asked:
            return beside
        return [Words(self.unsaved or _("Nothing of this is saved.")), *beside]

    def _go_round(self, here: Field, column: Field, row: Mapping[str, Any]) -> None:
        """Go once more through what follows an earlier choice, for the option just chosen in a row of a table.

        Notes are shown and practices gone through; what comes of a practice is not kept, the row's rating is.
        Going back from one leads on to the rating.
        """
        if not isinstance(here, Table) or not here.repeats or column.id != here.columns[0].id:
            return
        for following in self.form.following(here.repeats, row[column.id]):
            if not following.answerable:
                self._tell(following)
            elif isinstance(following, Practice):
                offered = self.form.offered(following)
                asked = Question(ask=offered.ask, hint=offered.hint, heading=self.heading, optional=True)
                with contextlib.suppress(Back):
                    offered.put(self.asker, asked)

    def _ahead(self, asked: list[Field], here: Field | None = None) -> list[Field]:
        """Return the questions to count at `here`: up to where the person may say that it is enough."""
        return [*up_to_enough(asked, asked.index(here) if here in asked else 0)]

    def _tell_alone(self, notes: Sequence[Field]) -> None:
        """Show the notes that have a screen of their own, each once; raises Back from the first of them."""
        new = [note for note in notes if note.alone and note.id not in self._told]
        shown = [note for note in new if self.form.said(note)]
        at = 0
        while at < len(shown):
            try:
                self._tell(shown[at], Reading.STEP)
                at += 1
            except Back:
                if at == 0:
                    raise
                at -= 1
        self._told |= {note.id for note in new}

    def _tell(self, note: Field, reading: Reading = Reading.NOTE) -> None:
        """Show a note on a screen of its own; one that only recalls has nothing to say where nothing was written."""
        said = self.form.said(note)
        if said:
            self.asker.tell(self.heading, said, reading)

    def _keep(self, here: Field, answer: Any) -> None:
        """Keep an answer. When the disk will not have it, say so and ask; the answer is not let go."""
        while True:
            try:
                self.draft.keep(here.id, answer)
            except Trouble as trouble:
                if trouble.code != STORAGE or not self.asker.live:
                    raise
                chosen = self._stuck(trouble)
                if chosen == _STOP:
                    raise
                if chosen == _AGAIN:
                    continue
            return

    def _keep_half(self, here: Field, half: Any, answer: Any) -> None:
        """Keep what is half given, unless it says no more than the answer its question begins with.

        If it cannot be kept, the whole answer will say so in its turn.
        """
        try:
            if says_more(half, answer):
                self.draft.keep_half(here.id, half)
            else:
                self.draft.drop_half(here.id)
        except Trouble as trouble:
            if trouble.code != STORAGE:
                raise

    def _stuck(self, trouble: Trouble) -> str | None:
        safe = ngettext(
            "Your {number} answer is still here.", "Your {number} answers are still here.", len(self.draft.answers)
        )
        above = [Words(" ".join(part for part in (safe, trouble.hint) if part))]
        asked = Question(ask=trouble.sentence, above=above, heading=self.heading)
        return self.asker.choose(asked, _options(_AGAIN, _GO_ON, _STOP))

    def _is_enough(self) -> bool:
        """Read back what was answered, and ask whether that is enough."""
        summary = self.entry().summary()
        ask = _("Would you like to stop here, or go on?")
        if summary:
            ask = sentence(_("So far: {summary}", summary=summary))
        # Enter alone is enough: whoever is worn out is not asked to type a number
        asked = Question(ask=ask, heading=self.heading, answer=_ENOUGH)
        return self.asker.choose(asked, _options(_ENOUGH, _MORE)) == _ENOUGH

    def _last_look(self) -> None:
        """Show what will be saved; the person saves it, changes an answer, or finishes another time."""
        while True:
            asked = Question(ask=_("Save this?"), above=self.show(self.entry()), heading=self.heading, answer=_SAVE)
            try:
                chosen = self.asker.choose(asked, _options(_SAVE, _CHANGE, _LATER))
            except Back:
                fields = self._walk_through()
                self._walk(fields[-1] if fields else None)
                continue
            if chosen == _SAVE:
                return
            if chosen == _LATER:
                raise Pause
            with contextlib.suppress(Back):  # to the page
                self._change_one()

    def _change_one(self) -> None:
        """Ask one question again, then those that its new answer brings up; raises Back."""
        here = self._which()
        self._keep(here, self._put(here))
        self._answer_danger(here)
        self._walk(self._next_open())

    def _which(self) -> Field:
        """Ask which answer to change; each question stands there with its answer, if it has one."""
        asked = self._changeable()
        present = self._present()
        answered = [one for one in asked if one.id in present]
        if self.asker.live and len(asked) == 1:
            return asked[0]
        options = [Option(one.id, called(one, self.form), remark=present.get(one.id, _(_UNANSWERED))) for one in asked]
        lit = answered[0].id if answered else None
        question = Question(ask=_("Which answer would you like to change?"), heading=self.heading, answer=lit)
        chosen = self.asker.choose(question, options)
        return next(one for one in asked if one.id == chosen)

    def _changeable(self) -> list[Field]:
        """Return the questions whose answers can be changed at the last look."""
        return self.form.asked()

    def _present(self) -> dict[str, str]:
        """Return the answer each question has, in a few words, by the question's id."""
        return {one.field.id: one.field.brief(one.answer) for one in self.form.filled({}, self.draft.started)}


def how_far(asked: Sequence[Field], draft: Draft) -> tuple[int, int]:
    """Return how many questions were passed, answered or not, and how many there are as their screens count them."""
    given = draft.answers.keys() - draft.halves.keys()
    passed = next((at for at, field in enumerate(asked) if field.id not in given), len(asked))
    return passed, len(up_to_enough(asked, passed))


def called(one: Field, form: Form) -> str:
    """Return what a question is called where its answer stands beside it, as on an entry's page."""
    offered = form.offered(one)
    return offered.label or offered.ask


def _options(*names: str) -> list[Option]:
    """Return some of the answers to what a session asks by itself."""
    return [Option(name, _(_SAYS[name])) for name in names]
