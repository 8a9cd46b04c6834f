"""A sitting over an entry that is there already: it opens at its page, and comes back there after each change."""

import contextlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from smartcli.asking import Back, Option, Pause, Question
from smartcli.blocks import Block, Item, Items, Words
from smartcli.entries.entry import Entry
from smartcli.fields import Field, Practice
from smartcli.fields.halves import says_more
from smartcli.language import N_, _
from smartcli.session.runner import Session, called, how_far

_LEAVE, _SAVE, _CHANGE, _ADD, _LATER, _UNDO = "leave", "keep", "change", "add", "later", "undo"
_KEEP_VERSION, _DECIDE_LATER = "version", "decide"
_SAYS = {
    _KEEP_VERSION: N_("Keep this version"),
    _DECIDE_LATER: N_("Decide another time"),
    _LEAVE: N_("Leave it as it is"),
    _SAVE: N_("Save the changes"),
    _CHANGE: N_("Change one answer"),
    _ADD: N_("Answer what you left out"),
    _LATER: N_("Finish another time"),
    _UNDO: N_("Undo the changes"),
}


@dataclass(kw_only=True)
class EditSession(Session):
    """A session whose form begins with the answers of an entry: `before`, None for a question without one.

    `show` begins with the line that says what the entry is about and of which day it is. `readable` returns an entry
    as it may be shown; `is_changed`, whether an entry has something to save. `may_add` tells of a question whether an
    answer can be added to it afterwards, if it is asked at all. `cells_left` are the tables of which only the cells
    left for later are asked then, by field. `makes_one`: the entry was changed in two places, and one version is to be
    kept, changed or not. With `begins_adding` what was left out is asked before the page is shown; `of_that_day` is
    said before that.

    From a pipe there is nobody to choose: every answer is asked for in turn, as a script expects.
    """

    before: Mapping[str, Any]
    readable: Callable[[Entry], Entry]
    is_changed: Callable[[Entry], bool]
    may_add: Callable[[Field], bool]
    cells_left: Mapping[str, Field]
    makes_one: bool = False
    begins_adding: bool = False
    of_that_day: Sequence[Block] = ()
    _asking: Callable[[Field], bool] | None = field(default=None, init=False)  # which questions are gone through

    def take_notes_as_told(self) -> None:
        """Take every note that shows now as read: those alone are told that a change brings up."""
        self._told |= {one.id for one in self.form.visible() if not one.answerable}

    def how_far(self) -> tuple[int, int]:
        """Return how many of the questions that were left out were passed, and how many those are."""
        return how_far(self._to_add(), self.draft)

    def _questions(self, here: Field | None) -> int:
        if self.begins_adding:
            return len(self._to_add())
        return 0 if self.asker.live else super()._questions(here)

    def _sit(self, here: Field | None) -> None:
        if not self.asker.live and not self.begins_adding:
            super()._sit(here)
            return
        half = self._half_given()
        if self.begins_adding:
            self._add()
        elif half:
            self._change(half)
        if self.asker.live:
            self._page()
        elif self.draft.answers:
            self._last_look()

    def _page(self) -> None:
        """Show the entry until it is left as it is, or its changes are to be saved; raises Pause to keep them so."""
        while True:
            entry = self.entry()
            is_changed = bool(self._changes(entry)) if self.makes_one else self.is_changed(entry)
            has_begun = is_changed or self._half_given() is not None
            ways = self._ways_on(is_changed=is_changed, has_begun=has_begun)
            day, *answers = self.show(entry)
            asked = Question(
                ask=self._asks(is_changed=is_changed),
                above=[day, *self._changes(entry), *answers],
                from_top=True,
                heading=self.heading,
                answer=ways[0] if is_changed or self.makes_one or self.begins_adding or len(ways) == 1 else ways[1],
            )
            try:
                chosen = self.asker.choose(asked, [Option(way, _(_SAYS[way])) for way in ways])
            except Back:
                chosen = _LATER if has_begun or self.makes_one else _LEAVE
            if chosen in (_LEAVE, _SAVE, _KEEP_VERSION):
                return
            if chosen in (_LATER, _DECIDE_LATER):
                raise Pause
            with contextlib.suppress(Back):  # to the page
                self._do(chosen)

    def _asks(self, *, is_changed: bool) -> str:
        if is_changed:
            return _("Save the changes?")
        return _("Keep this version?") if self.makes_one else _("What would you like to do?")

    def _ways_on(self, *, is_changed: bool, has_begun: bool) -> list[str]:
        """Return what can be done from the page: as at every last look, the first row ends it and the next changes."""
        present = self._present()
        unanswered = any(self.draft.answers.get(one.id) is None for one in self._to_add())
        ways = {
            _KEEP_VERSION: self.makes_one and not is_changed,
            _SAVE: is_changed,
            _LEAVE: not has_begun and not self.makes_one,
            _CHANGE: any(one.id in present for one in self._changeable()),
            _ADD: unanswered,
            _LATER: has_begun,
            _DECIDE_LATER: self.makes_one and not has_begun,
            _UNDO: has_begun,
        }
        return [way for way, is_open in ways.items() if is_open]

    def _do(self, chosen: str | None) -> None:
        """Do what was chosen on the page; raises Back."""
        if chosen == _CHANGE:
            self._change(self._which())
        elif chosen == _ADD:
            self._add()
        elif chosen == _UNDO:
            self._undo()

    def _change(self, here: Field) -> None:
        """Ask one question again, then what its new answer brings up; raises Back."""
        before = {one.id for one in self.form.asked()}
        with self._going_through(lambda one: False):
            self._keep(here, self._put(here))
            self._answer_danger(here)
        self._tell_what_came_up()
        self._ask(lambda one: one.id not in before and self._is_empty(one) and not isinstance(one, Practice))

    def _add(self) -> None:
        """Ask what was left out, from the first question on that was not passed over yet."""
        if self.of_that_day:
            self.asker.tell(self.heading, self.of_that_day)
        whole = self.form.fields
        self.form.fields = [self.cells_left.get(one.id, one) for one in whole]
        try:
            to_add = self._to_add()
            here = next((one for one in to_add if one.id not in self.draft.answers), None)
            self._ask(self.may_add, here)
        finally:
            self.form.fields = whole

    def _to_add(self) -> list[Field]:
        """Return the questions that were left out, answered by now or not."""
        return [one for one in self.form.asked() if self.may_add(one)]

    def _ask(self, which: Callable[[Field], bool], here: Field | None = None) -> None:
        """Ask some questions in turn, from `here` or the first on; to go back from the first leads to the page."""
        with self._going_through(which):
            here = here or next(iter(self._walk_through()), None)
            while here is not None:
                try:
                    self._keep(here, self._put(here))
                    self._answer_danger(here)
                except Back:
                    here = self._beyond(here, -1)
                    continue
                self._perhaps_elsewhere(here)
                here = self._beyond(here)
        self._tell_what_came_up()

    @contextlib.contextmanager
    def _going_through(self, which: Callable[[Field], bool]) -> Iterator[None]:
        """Count, and go back and forth, among some of the questions alone."""
        self._asking = which
        try:
            yield
        finally:
            self._asking = None

    def _walk_through(self) -> list[Field]:
        if self._asking is None:
            return super()._walk_through()
        return [one for one in self.form.asked() if self._asking(one)]

    def _tell_what_came_up(self) -> None:
        """Tell the notes that an answer has brought up."""
        self._tell_alone([one for one in self.form.visible() if not one.answerable])

    def _answer_danger(self, here: Field) -> None:
        """Answer new words only: what the entry said before was read on its day."""
        if self.may_add(here):
            super()._answer_danger(here)

    def _is_empty(self, one: Field) -> bool:
        return self.form.answers.get(one.id) is None

    def _half_given(self) -> Field | None:
        """Return the first question at which something was typed or lit that is not its answer."""
        halves, answers = self.draft.halves, self.form.answers
        begun = (one for one in self.form.asked() if says_more(halves.get(one.id), answers.get(one.id)))
        return next(begun, None)

    def _undo(self) -> None:
        """Let go of every change, if that is meant."""
        asked = Question(ask=_("Undo everything you changed here?"), heading=self.heading, answer=False)
        if self.asker.yes_no(asked):
            self.draft.answers.clear()
            self.draft.halves.clear()

    def _changeable(self) -> list[Field]:
        """Return the questions whose answers can be changed; a practice cannot be done again on another day."""
        asked = super()._changeable()
        return [one for one in asked if not isinstance(one, Practice)] if self.asker.live else asked

    def _which(self) -> Field:
        """Ask which answer to change, unless there is only one."""
        present = self._present()
        answered = [one for one in self._changeable() if one.id in present]
        if self.asker.live and len(answered) == 1:  # the others can be answered as what was left out
            return answered[0]
        return super()._which()

    def _present(self) -> dict[str, str]:
        """Return the answers as they may be shown, in a few words; "" for one that is there but not shown."""
        entry = self.entry()
        shown = {one.field.id: one.field.brief(one.answer) for one in self.readable(entry).fields}
        return super()._present() | {name: shown.get(name, "") for name in entry.answers}

    def _changes(self, entry: Entry) -> list[Block]:
        """Return what was changed and is not saved yet, in a line each."""
        shown = {one.field.id: one.field.brief(one.answer) for one in self.readable(entry).fields}
        items = []
        for one in self.form.asked():
            before = self.before.get(one.id)
            now = self.draft.answers.get(one.id, before)
            if now == before:
                continue
            question = called(one, self.form)
            if now is None:
                gone = _("Not answered any more")
                items.append(Item(f"{question}\n{gone}"))
            elif one.id in shown:
                items.append(Item(f"{question}\n{shown[one.id]}"))
            else:
                items.append(Item(question))
        return [Words(_("Changed, and not saved yet:"), quiet=True), Items(items)] if items else []
