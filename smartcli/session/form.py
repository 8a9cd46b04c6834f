"""A form being filled: which questions there are now, and what each of them offers."""

import re
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial
from itertools import chain
from typing import Any

from smartcli.asking import Option, Rating
from smartcli.blocks import Block, Item, Items, Words
from smartcli.content.slots import ANYWHERE, Slots, has_slots
from smartcli.entries.entry import Answered
from smartcli.fields import (
    Choice,
    Field,
    Line,
    Lines,
    Moment,
    Note,
    Options,
    Practice,
    Rank,
    Scale,
    Table,
    Text,
)
from smartcli.fields.base import (
    SELF_HARM,
    Condition,
    Recall,
    Refusal,
    as_words,
    names_behaviour,
    same,
    suits,
)
from smartcli.fields.number import Number
from smartcli.language import _, ngettext
from smartcli.moments import ago, day_of, day_said, now
from smartcli.moments import recall as as_moment
from smartcli.session.closeness import Cue, Used, cues
from smartcli.session.memory import Memory, Remembered
from smartcli.words import folded, joined

_TYPED_IN_LINES = (Line, Lines, Moment, Number, Table)
# The families of which stopping suddenly, or using after a break, can kill; where none is known, and the general texts.
_TO_WARN_OF = ("unknown", "alcohol", "sedatives", "opioids")
_UNKNOWN = frozenset({"unknown"})
_OWN_OFFERED = 12  # of the person's own words from earlier times
_WORD = re.compile(r"[\w']+")

# The name of a period, the behaviour, the last of its days -> what they held, in whole sentences
Sentences = Callable[[str, str | None, date], Sequence[str]]


def no_sentences(period: str, about: str | None, until: date) -> Sequence[str]:
    """Say nothing of any period."""
    return ()


@dataclass
class Form:
    """Some fields and the answers so far (None: skipped). `about` is the behaviour, where it is known.

    `quick` leaves out all but the fields of the ten-second version; `own_words` offers the person's own
    words of earlier times. `given` are answers of another sitting that can be kept in view. `exercise` is the id
    by which the answers of last time are found ("": none are); `slots` fill what differs from person to person.
    `day` is the day the sitting is about (None: today); `sentences` says what the days before it held.
    """

    fields: Sequence[Field]
    answers: Mapping[str, Any]
    memory: Memory
    about: str | None = None
    quick: bool = False
    exercise: str = ""
    own_words: bool = True
    given: Sequence[Answered] = ()
    slots: Slots = ANYWHERE
    sentences: Sentences = no_sentences
    day: date | None = None

    @property
    def _measures(self) -> dict[str, str]:
        """The measure of every field and column, by its id."""
        columns = [column for field in self.fields for column in field.columns]
        return {one.id: one.measure for one in [*columns, *self.fields]}

    @property
    def about_now(self) -> str | None:
        """The behaviour this is about, as far as it is known by now."""
        return self._about(self.seen())

    @property
    def families_now(self) -> frozenset[str]:
        """The families of the behaviour this is about, as far as they are known by now."""
        return self._families(self.seen())

    def visible(self) -> list[Field]:
        """Return the fields whose conditions hold now; an answer that is hidden counts as none."""
        return [one for one, _answer in self._walked()]

    def seen(self) -> dict[str, Any]:
        """Return the answers to the visible fields; a choice that leaves no choice is answered."""
        return {one.id: answer for one, answer in self._walked()}

    def _walked(self) -> list[tuple[Field, Any]]:
        seen: dict[str, Any] = {}
        walked = []
        for one in self.fields:
            if (one.quick or not self.quick) and self._holds(one, seen):
                settled = self._settled(one, seen)
                seen[one.id] = self.answers.get(one.id) if settled is None else settled
                walked.append((one, seen[one.id]))
        return walked

    def asked(self) -> list[Field]:
        """Return the fields to ask: no notes, nothing that leaves no choice or offers nothing."""
        walked = self._walked()
        seen = {one.id: answer for one, answer in walked}
        return [one for one, _answer in walked if one.answerable and self._leaves_a_choice(one, seen)]

    def before(self, one: Field) -> Any:
        """Return the answer a field begins from: to an earlier field, or of the last time about the same behaviour.

        Of options, those that are still on offer, and own words; in an order, the others come after them.
        """
        seen = self.seen()
        if one.begins_from:
            return seen.get(one.begins_from)
        answer = self.memory.last(self.exercise, one.id, self._about(seen)) if one.again else None
        if answer is None and isinstance(one, Moment):
            return one.proposed(self._about_day)
        offered = self.offered(one)
        if answer is None or not isinstance(one, Options) or not isinstance(offered, Options):
            return answer
        ids = [option.id for option in offered.options]
        withdrawn = {option.id for option in one.options}.difference(ids)

        def still_stands(chosen: str) -> bool:
            return chosen in ids or (one.own and chosen not in withdrawn)

        if not isinstance(answer, list):
            return answer if still_stands(answer) else None
        kept = [chosen for chosen in answer if still_stands(chosen)]
        if isinstance(offered, Rank):
            return kept + [name for name in ids if name not in kept]
        return kept or None

    def problem_with(self, offered: Field, answer: Any) -> str | None:
        """Return None, or one sentence saying why an answer to an offered field cannot be kept.

        First what its kind says, then what its exercise refuses, then a row for a behaviour that is not asked about.
        """
        problem = offered.check(answer)
        if problem:
            return problem
        seen = self.seen()
        for refusal in offered.refuse:
            if self._refuses(refusal, answer, seen):
                return refusal.say
        if isinstance(offered, Table) and offered.each_behaviour:
            first = offered.columns[0].id
            names = {folded(seed[first]) for seed in offered.seeds}
            new = [row for row in answer if row not in (self.answers.get(offered.id) or [])]
            if any(folded(str(row.get(first, ""))) not in names for row in new):
                return _("This question does not fit this behaviour, so smartcli does not ask it.")
        return None

    def _refuses(self, refusal: Refusal, answer: Any, seen: Mapping[str, Any]) -> bool:
        """Return whether a refusal is meant for an answer."""
        above, below = seen.get(refusal.above), seen.get(refusal.below)
        return (
            (refusal.is_ is not None and same(answer, refusal.is_))
            or (above is not None and _size(answer) > _size(above))
            or (below is not None and _size(answer) < _size(below))
            or (refusal.past and _size(answer) <= self._about_day.toordinal())
        )

    def missing(self) -> list[Field]:
        """Return the fields that still need an answer."""
        return [one for one in self.asked() if not one.optional and self.answers.get(one.id) is None]

    def filled(self, moments: Mapping[str, datetime], started: datetime) -> list[Answered]:
        """Return what an entry will hold: every visible answer, and how long after the start it was given."""
        seen = self.seen()
        return [
            Answered(
                self.offered(one),
                seen[one.id],
                (moments[one.id] - started).total_seconds() if one.id in moments else None,
            )
            for one in self.visible()
            if seen[one.id] is not None
        ]

    def offered(self, one: Field) -> Field:
        """Return the field with all it offers now: options and rows made from answers, and the person's own."""
        return self._offered(one, self.seen())

    def beside(self, here: Field) -> list[Block]:
        """Return what stands above a question: answers kept in view, the notes before it, earlier words."""
        seen = self.seen()
        blocks: list[Block] = []
        for kept in self.given:
            if kept.field.id in here.keep_in_view:
                blocks += [Words(kept.field.label or kept.field.ask, quiet=True), *kept.field.blocks(kept.answer)]
        for one in self.fields:
            if one.id in here.keep_in_view and seen.get(one.id) is not None:
                offered = self._offered(one, seen)
                blocks += [Words(offered.label or offered.ask, quiet=True), *offered.blocks(seen[one.id])]
        for note in self.notes_before(here):
            if not note.alone:
                blocks += self.said(note, above=here)
        begun = here.quotes(self.before(here)) if self.before(here) is not None else []
        return blocks + self._recalled(here.recall, seen, {folded(words) for _value, words in begun})

    def beside_cell(self, column: Field, row: Mapping[str, Any]) -> list[Block]:
        """Return the earlier words for one cell of a table, matched on its row so far."""
        return self._recalled(column.recall, {**self.seen(), **row})

    def following(self, choice: str, option: Any) -> list[Field]:
        """Return the notes and practices that an option of an earlier choice leads to, were it chosen now."""
        seen = {**self.seen(), choice: option}
        return [
            field
            for field in self.fields
            if any(condition.field == choice for condition in field.only_if) and self._holds(field, seen)
        ]

    def notes_before(self, here: Field | None) -> list[Field]:
        """Return the visible notes between the question before and this one (None: after the last one).

        A question that is not put, since it leaves no choice, does not part them.
        """
        asked = self.asked()
        notes: list[Field] = []
        for one in self.visible():
            if one == here:
                return notes
            if not one.answerable:
                notes.append(one)
            elif one in asked:
                notes = []
        return notes

    def said(self, note: Field, above: Field | None = None) -> list[Block]:
        """Return what a note says, and the words it recalls; nothing when it only recalls and finds none.

        `above`: the question it stands above, if it has no screen of its own.
        """
        seen = self.seen()
        said = replace(note, ask=self._fill(note.ask, seen, above)).blank()
        if isinstance(note, Note) and note.swaps:
            swaps = _swaps(note.offered, seen.get(note.swaps_in))
            return [*said, Items(swaps)] if swaps else []
        if isinstance(note, Note) and note.insights:
            sentences = self.sentences(note.insights, self._about(seen), self._about_day)
            return [*said, Items([Item(sentence) for sentence in sentences])] if sentences else []
        return [*said, *self._recalled(note.recall, seen)]

    def _holds(self, one: Field, seen: Mapping[str, Any]) -> bool:
        if one.once and one.id not in self.answers and self._is_settled_before(one, seen):
            return False
        plain = [condition for condition in one.only_if if not condition.needs_journal]
        if not all(condition.holds(seen, frozenset()) for condition in plain):
            return False
        if len(plain) == len(one.only_if):
            return True
        families = self._families(seen)  # last: the journal may have to be read for it
        if isinstance(one, Note) and families == _UNKNOWN and self._is_family_closed(seen):
            # Each text that warns of stopping or using is shown, as if the behaviour were of that family.
            return any(self._conditions_hold(one, seen, frozenset({family})) for family in _TO_WARN_OF)
        return self._conditions_hold(one, seen, families)

    def _conditions_hold(self, one: Field, seen: Mapping[str, Any], families: frozenset[str]) -> bool:
        return all(
            condition.holds(seen, families, lambda measure, days: self._remembered(measure, days, seen))
            for condition in one.only_if
        )

    def _is_family_closed(self, seen: Mapping[str, Any]) -> bool:
        """Return whether the family is unknown because the journal is closed, and was not left open in this sitting."""
        if not self.memory.is_family_closed:
            return False
        asking = [one for one in self.fields if any(column.measure == "family" for column in one.columns)]
        return not any(seen.get(one.id) for one in asking)

    def _is_settled_before(self, one: Field, seen: Mapping[str, Any]) -> bool:
        """Return whether another sitting answered what is asked once, and that answer still stands."""
        since = self._today() - timedelta(days=one.renew_days) if one.renew_days else None
        return self.memory.is_answered(one.measure, self._about(seen), since=since)

    def _remembered(self, measure: str, standing_days: int, seen: Mapping[str, Any]) -> Any:
        """Return the newest answer to a measure about this behaviour: of this sitting, else of an earlier one.

        With `standing_days` an earlier one must be no older than that, and no lapse may have come after it.
        """
        for field in self.fields:
            if field.measure == measure and seen.get(field.id) is not None:
                return seen[field.id]
        if standing_days:
            since = self._today() - timedelta(days=standing_days)
            return self.memory.standing_answer(measure, self._about(seen), since)
        return self.memory.newest_answer(measure, self._about(seen))

    def _families(self, seen: Mapping[str, Any]) -> frozenset[str]:
        """Return the families of what this is about: named in this sitting, or else remembered."""
        for one in self.fields:
            answer = seen.get(one.id)
            if not answer:
                continue
            columns = [column.id for column in one.columns if column.measure == "family"]
            if columns:
                return frozenset({row[name] for row in answer for name in columns if name in row} or {"unknown"})
        return self.memory.families(self._about(seen))

    def _about(self, seen: Mapping[str, Any]) -> str | None:
        """Return the behaviour this is about, as far as it is known."""
        named = [seen[one.id] for one in self.fields if seen.get(one.id) and names_behaviour(one)]
        return str(named[0]) if named else self.about

    def _settled(self, one: Field, seen: Mapping[str, Any]) -> Any:
        """Return the answer to a choice made from answers that leaves no choice; else None.

        One that may be skipped leaves a choice even so: nobody may be said to have named a trigger.
        """
        if not isinstance(one, Choice) or not one.from_ or one.own or one.options or _may_be_none(one):
            return None
        options = self._made_from_answers(one, seen)
        return options[0].id if len(options) == 1 else None

    def _leaves_a_choice(self, one: Field, seen: Mapping[str, Any]) -> bool:
        from_ = getattr(one, "from_", "")
        not_yet = "." not in from_ and from_ not in self.answers
        if isinstance(one, Table) and one.each_behaviour:
            return bool(self._seeds(one, seen))
        if not from_ or not_yet or getattr(one, "own", False):
            return True
        if isinstance(one, Table):
            return bool(self._seeds(one, seen))
        offered = self._offered(one, seen)
        needed = 2 if isinstance(one, Choice) and not _may_be_none(one) else 1
        return isinstance(offered, Options) and len(offered.options) >= needed

    def _today(self) -> date:
        return day_of(now(), self.memory.settings.day_starts)

    def _made_from_answers(self, one: Options, seen: Mapping[str, Any]) -> list[Option]:
        """Return a field's options that are made from answers: of this sitting, or of an exercise's newest entry.

        An answer that was once an option of ours is offered only where that option is: "Have something to eat" may
        have been chosen for drinking, or before the list knew for whom it is not.
        """
        source, answer = self._source(one.from_, seen)
        if source is None or answer is None:
            return []
        made = [Option(str(value), words) for value, words in source.quotes(answer)]
        if all(option.id == option.say for option in made):  # own words: no file need be opened to look them up
            return made
        exercise, _dot, name = one.from_.rpartition(".")
        known = [*self.memory.options_today(exercise, name), *one.options] if exercise else one.options
        unsuited = {option.id for option in known if not self._is_on_offer(option, seen)}
        return [option for option in made if option.id in self._chosen(one) or option.id not in unsuited]

    def _made_from_measure(self, one: Options, seen: Mapping[str, Any]) -> list[Option]:
        """Return a field's options that are the person's own words with a measure, and those already chosen."""
        about = self._about(seen)
        if one.from_measure == "risk":
            made = [
                Option(risk.words, risk.words, remark=day_said(risk.day, self._today()))
                for risk in self.memory.coming_risks(self._today(), about)
            ]
        else:
            recall = Recall(measure=one.from_measure, limit=_OWN_OFFERED)
            made = [Option(own.words, own.words) for own in self.memory.recalled(recall, None, about)]
        known = {option.id for option in [*made, *one.options]}
        chosen = [words for words in self._chosen(one) if isinstance(words, str) and words not in known]
        return [*made[:_OWN_OFFERED], *(Option(words, words) for words in chosen)]

    def _chosen(self, one: Options) -> list[Any]:
        """Return what is chosen in a field so far: that is never taken away."""
        answer = self.answers.get(one.id)
        return answer if isinstance(answer, list) else [answer]

    def _source(self, reference: str, seen: Mapping[str, Any]) -> tuple[Field | None, Any]:
        exercise, _dot, name = reference.rpartition(".")
        if exercise:
            newest = self.memory.answered(exercise, name, self._about(seen))
            return (newest.field, newest.answer) if newest else (None, None)
        source = next((one for one in self.fields if one.id == name), None)
        return (self._offered(source, seen) if source else None), seen.get(name)

    def suited(self, column: Field, row: Mapping[str, Any]) -> Field:
        """Return a column of a table with the options that suit its row: by the family named in it, if one is."""
        if not isinstance(column, Options):
            return column
        seen = self.seen()
        families = self._families_of(row) or self._families(seen)
        chosen = row.get(column.id)
        options = [
            option for option in column.options if option.id == chosen or self._is_on_offer(option, seen, families)
        ]
        return replace(column, options=tuple(options))

    def _families_of(self, row: Mapping[str, Any]) -> frozenset[str]:
        """Return the family named in a row of a table, as a set; an empty one where none is."""
        measures = self._measures
        return frozenset(str(cell) for name, cell in row.items() if measures.get(name) == "family")

    def _offered(self, one: Field, seen: Mapping[str, Any], *, is_column: bool = False) -> Field:
        """Return a field with all it offers. What a column offers is suited to each row when that is asked."""
        if has_slots(one.ask + one.label + one.hint):
            fill = partial(self._fill, seen=seen)
            one = replace(one, ask=fill(one.ask), label=fill(one.label), hint=fill(one.hint))
        if isinstance(one, Table):
            columns = tuple(self._offered(column, seen, is_column=True) for column in one.columns)
            return replace(one, columns=columns, seeds=one.seeds or tuple(self._seeds(one, seen)))
        if isinstance(one, Practice) and one.rerate:
            return replace(one, rating=self._rating(one.rerate, seen))
        if not isinstance(one, Options):
            return one
        options = [*one.options] if is_column else self._suiting(one, seen)
        if one.from_:
            options = [*self._made_from_answers(one, seen), *options]
        if one.from_measure:
            options = [*self._made_from_measure(one, seen), *options]
        if self.own_words and one.own and one.measure and not one.from_measure:
            options = self._with_own(options, one.measure, seen)
        each_once: dict[str, Option] = {}
        for option in options:
            each_once.setdefault(option.id, option)
        return replace(one, options=tuple(each_once.values()))

    def _suiting(self, one: Options, seen: Mapping[str, Any]) -> list[Option]:
        """Return the options of a field that suit this behaviour and this person, and those already chosen."""
        chosen = self._chosen(one)
        return [option for option in one.options if option.id in chosen or self._is_on_offer(option, seen)]

    def _is_on_offer(self, option: Option, seen: Mapping[str, Any], families: frozenset[str] | None = None) -> bool:
        if option.for_ or option.not_for:
            families = families or self._families(seen)  # last: the journal may have to be read for it
            if not suits(families, option.for_, option.not_for):
                return False
        return not option.needs or self.memory.has_words(option.needs, self._about(seen))

    def _rating(self, name: str, seen: Mapping[str, Any]) -> Rating | None:
        scale = next((one for one in self.fields if one.id == name and isinstance(one, Scale)), None)
        return Rating(scale.ask, scale.low, scale.high, seen.get(name)) if scale else None

    def _with_own(self, options: Sequence[Option], measure: str, seen: Mapping[str, Any]) -> list[Option]:
        """Return the options with the person's own words first, and what helped before remarked on.

        In an urge that is one of them at most: the one that clearly helped most in such a situation. Not in self-harm:
        there nothing is counted.
        """
        used = self.memory.used(measure)
        known = {name for option in options for name in (option.id, folded(option.say))}
        own = [
            Option(one.value, one.words)
            for one in used
            if one.value == one.words and not {one.value, folded(one.words)} & known
        ]
        offered = [*own[:_OWN_OFFERED], *options]
        if measure != "coping" or "self-harm" in self._families(seen):
            return offered
        remarks = self._remarks(measure, used, seen)
        return [_with_remark(option, remarks.get(option.id, "")) for option in offered]

    def _remarks(self, measure: str, used: Sequence[Used], seen: Mapping[str, Any]) -> dict[str, str]:
        """Return what is said of some tools by what they were followed by, by option; urges fall by themselves too."""
        if not any(field.measure == "urge.before" for field in self.fields):
            return {one.value: _fell_said(one) for one in used if one.helped}
        triggers = self._answers_to("trigger", seen)
        best = self.memory.helped_most(measure, self._about(seen), triggers=triggers, hour=now().hour)
        return {best.value: _fell_now_said(best)} if best else {}

    def _seeds(self, table: Table, seen: Mapping[str, Any]) -> list[dict[str, Any]]:
        """Return the starter rows of a table."""
        first = table.columns[0]
        if table.each_behaviour:
            return [self._behaviour_row(table, name) for name in self._behaviours_for(table)]
        if not table.from_:
            return [{first.id: words} for words in table.rows]
        source, answer = self._source(table.from_, seen)
        if source is None or answer is None:
            return []
        if isinstance(source, Table):
            known = {column.id for column in table.columns}
            return [{name: cell for name, cell in row.items() if name in known} for row in answer]
        quotes = source.quotes(answer)
        return [{first.id: value if isinstance(first, Options) else words} for value, words in quotes]

    def _behaviours_for(self, table: Table) -> list[str]:
        """Return the person's behaviours for which a table asks a row: all its conditions hold for them."""
        names = [behaviour.name for behaviour in self.memory.behaviours]
        return [name for name in names if Form([], {}, self.memory, name, day=self.day).admits(table.each_behaviour)]

    def admits(self, conditions: Sequence[Condition]) -> bool:
        """Return whether conditions hold for the behaviour this is about, by what is remembered of it."""
        families = self._families({})
        return all(
            condition.holds({}, families, lambda measure, days: self._remembered(measure, days, {}))
            for condition in conditions
        )

    def _behaviour_row(self, table: Table, name: str) -> dict[str, Any]:
        """Return the starter row for a behaviour, with what is asked `once` about it: remembered, or proposed."""
        first, *others = table.columns
        row: dict[str, Any] = {first.id: name}
        for column in others:
            if not column.once:
                continue
            newest = self.memory.newest_answer(column.measure, name)
            cell = newest[0] if isinstance(newest, list) else newest
            if isinstance(column, Moment):
                cell = column.proposed(self._about_day)
            if cell is not None:
                row[column.id] = cell
        return row

    @property
    def _about_day(self) -> date:
        """The day the sitting is about."""
        return self.day or self._today()

    def _recalled(
        self, recalls: Sequence[Recall], seen: Mapping[str, Any], told: AbstractSet[str] = frozenset()
    ) -> list[Block]:
        """Return the person's earlier words, each once; what is said when there are none, if no recall found any.

        `told` are words, folded, that stand there already: in the answer of last time that is begun from.
        """
        blocks: list[Block] = []
        for recall in recalls:
            if recall.otherwise and blocks:
                continue
            found = self._found(recall, seen, told)
            told |= {folded(one.words) for one in found}
            days = {one.day for one in found}
            when = days.pop() if len(days) == 1 else None
            if found and recall.say:
                heading = self._fill(recall.say, seen)
                blocks.append(Words(self._headed(heading, when), quiet=True))
            blocks += [Words(one.words, theirs=True) for one in found]
        return blocks or [Words(self._fill(recall.or_say, seen)) for recall in recalls if recall.or_say]

    def _headed(self, heading: str, when: date | None) -> str:
        """Return the line above earlier words, with how long ago they were written if it is one day for all."""
        if when is None:
            return _("{heading}:", heading=heading)
        return _("{heading} (written {when}):", heading=heading, when=ago(when, self._today()))

    def _found(self, recall: Recall, seen: Mapping[str, Any], told: AbstractSet[str]) -> list[Remembered]:
        """Return the earlier words that one recall finds, but for those `told` already."""
        about = self._about(seen)
        if recall.fits == "now":
            return self.memory.closest(recall, self._cues(seen), about, told)
        matching = self._matching(recall, seen)
        if matching is None and (recall.match or recall.fits):
            return []
        return self.memory.recalled(recall, matching, about, told)

    def _cues(self, seen: Mapping[str, Any]) -> list[Cue]:
        """Return what this moment is: the trigger named, the time of day, the strength of the urge."""
        strengths = self._answers_to("urge.before", seen)
        return cues(self._answers_to("trigger", seen), now().hour, max(strengths, default=None))

    def _answers_to(self, measure: str, seen: Mapping[str, Any]) -> list[Any]:
        """Return the answers of this sitting to a measure, each thing of a list by itself."""
        answers: list[Any] = []
        for field in self.fields:
            answer = seen.get(field.id) if field.measure == measure else None
            if answer is not None:
                answers += answer if isinstance(answer, list) else [answer]
        return answers

    def _matching(self, recall: Recall, seen: Mapping[str, Any]) -> tuple[str, Any] | None:
        """Return the measure and answer that recalled words must stand beside; None where there is none yet."""
        if recall.fits:
            if not self.memory.has_words(recall.measure, self._about(seen)):
                return None  # no plan at all: what comes at this hour need not be looked up
            triggers = self.memory.triggers_at(now().hour, self._about(seen))
            return ("trigger", triggers) if triggers else None
        if recall.match and seen.get(recall.match) is not None:
            return self._measures[recall.match], seen[recall.match]
        return None

    def _fill(self, text: str, seen: Mapping[str, Any], above: Field | None = None) -> str:
        """Return a text with its slots filled for this person, behaviour and asker.

        `above`: the question it stands above, if it has no screen of its own.
        """
        if not has_slots(text):
            return text
        typing = "text" if isinstance(above, Text) else "line" if isinstance(above, _TYPED_IN_LINES) else ""
        return self.slots.filled(text, self._about(seen) or self._all_names(), self._families(seen), typing=typing)

    def _all_names(self) -> str:
        """Return what the person wants to change, for a text about no single one; self-harm is not named there."""
        return joined(behaviour.name for behaviour in self.memory.behaviours if behaviour.family != SELF_HARM)

    def filled_text(self, text: str) -> str:
        """Return a text of the exercise with its slots filled, by what is answered so far."""
        return self._fill(text, self.seen())

    def aside(self, here: Field) -> list[Block]:
        """Return more of the person's own words for a question, for when they ask for them."""
        return self._recalled(here.aside, self.seen())

    def aside_opened(self, here: Field, memory: Memory) -> list[Block]:
        """Return the person's own words for a question as a memory that was opened meanwhile has them.

        First what the notes before it would have said, then more.
        """
        opened = replace(self, memory=memory)
        place = self.fields.index(here)
        said = [self.said(note) for note in self.visible() if not note.answerable]
        notes = [one for one in opened.visible() if not one.answerable and self.fields.index(one) < place]
        new = [opened.said(note) for note in notes if opened.said(note) not in said]
        return [*chain.from_iterable(new), *opened.aside(here)]


def _with_remark(option: Option, remark: str) -> Option:
    """Return an option with a remark added to its own."""
    if option.remark and remark:
        remark = _("{remark}; {more}", remark=option.remark, more=remark)
    return replace(option, remark=remark) if remark else option


def _fell_said(used: Used) -> str:
    """Return after how many tries of a tool the urge went down. Only the newest urges are counted: "the last"."""
    return ngettext(
        "the urge went down the last time",
        "the urge went down {fell} of the last {number} times",
        used.rated,
        fell=used.helped,
    )


def _fell_now_said(used: Used) -> str:
    """Return the same of a tool that was tried at times like this one."""
    return ngettext(
        "at a time like this, the urge went down the last time",
        "at times like this, urges went down {fell} of the last {number} times",
        used.rated,
        fell=used.helped,
    )


def _size(answer: Any) -> float:
    """Return what compares two answers: a number itself, a moment by its day."""
    return answer if isinstance(answer, int | float) else as_moment(answer).at.date().toordinal()


def up_to_enough(asked: Sequence[Field], at: int) -> Sequence[Field]:
    """Return the questions to count at the one in place `at`: up to where the person may say that it is enough."""
    stop = next((place + 1 for place, field in enumerate(asked) if field.enough and place >= at), None)
    return asked[:stop]


def _may_be_none(one: Field) -> bool:
    """Return whether a choice may be skipped; which behaviour something is about is never in doubt with one."""
    return one.optional and not names_behaviour(one)


def _swaps(offered: Sequence[Option], answer: Any) -> list[Item]:
    """Return, of a list of words (an option's `group`), those that stand in an answer, with what else could be said."""
    if not answer:
        return []
    written = " ".join(["", *_WORD.findall(folded(as_words(answer)).replace("’", "'")), ""])
    return [
        Item(_("{word}: {instead}", word=word, instead=option.say))
        for option in offered
        for word in map(str.strip, (option.group or option.id).split(","))
        if f" {folded(word)} " in written
    ]
