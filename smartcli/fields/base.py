"""What every kind of field shares: its keys, and the narrow contract a kind fulfils."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, ClassVar, NamedTuple

from smartcli.asking import Asker, Option, Question
from smartcli.blocks import Block, Item, Ruled, Words
from smartcli.fields.measures import MEASURES
from smartcli.language import N_, _, ngettext
from smartcli.schema.keys import (
    ANSWER,
    FLAG,
    LABEL,
    NAME,
    NUMBER,
    PROSE,
    WHOLE,
    Declared,
    Type,
    as_json,
    build,
    key,
    one_of,
    some,
    stored_keys,
    table,
)
from smartcli.schema.toml_file import Path, Source
from smartcli.trouble import BUG, Trouble
from smartcli.words import clean, enumerated, folded, near, shortened

FAMILIES = (
    *("alcohol", "opioids", "sedatives", "stimulants", "cannabis", "nicotine", "other-drugs"),
    *("gambling", "eating", "eating-restrict", "spending", "sex", "screens", "self-harm", "other", "unknown"),
)
SELF_HARM = "self-harm"  # the family of which nothing is counted, and which has a flow of its own in a bad hour
NO_FAMILIES: frozenset[str] = frozenset()  # of no behaviour in particular: a sheet for anybody
SETTINGS = ("country", "people")
LONGEST_ANSWER = 1_000_000  # characters; an entry must stay a file that anything can open

Answers = Mapping[str, Any]
ANSWER_SLOT = "{answer}"  # where the answer stands in a `headline` phrase
Remembered = Callable[[str, int], Any]  # a measure, and for how many days an answer stands (0: always) -> the answer
SheetCell = str | int | float | bool | None | Sequence["SheetCell"]  # of a spreadsheet; a list is one thing a line


class Part(NamedTuple):
    """One thing in an answer, to find again in another copy of it.

    `key`: what makes it the same thing there; `value`: what it says, where that differs it has changed;
    `words`: how it reads; `states`: what may move while it stays the same thing (its mark, its place), by name.
    """

    key: str
    value: Any
    words: str
    states: Mapping[str, str] = {}


UNMARKED = N_("not marked")  # the state of a line that has no mark


def nothing_remembered(measure: str, standing_days: int) -> Any:
    """Return no answer: where no journal is read, nothing is remembered."""
    return None


@dataclass(init=False, kw_only=True, eq=False, repr=False)
class Condition(Declared):
    """When a field is asked: what an earlier answer must be, or the family of the behaviour.

    The answer is one of this sitting (`field`), or the newest there is to a measure (`remembered`). `any` holds
    further conditions of which one is enough.
    """

    field: str = key(NAME, "an earlier field; while it has no answer the condition does not hold", "")
    remembered: str = key(
        one_of(*MEASURES), "the newest answer to this measure about the behaviour, from any session", ""
    )
    at_least: float | None = key(NUMBER, "its number (or how many there are) is this or more", None)
    at_most: float | None = key(NUMBER, "its number (or how many there are) is this or less", None)
    not_below: str = key(NAME, "its number is that of this other field, or more", "")
    is_: Any = key(ANSWER, "its answer is this", None)
    any_of: tuple[Any, ...] = key(some(ANSWER), "its answer is one of these", ())
    none_of: tuple[Any, ...] = key(some(ANSWER), "its answer, if there is one, is none of these", ())
    answered: bool | None = key(FLAG, "it has an answer (or, with false, has none)", None)
    family: tuple[str, ...] = key(some(one_of(*FAMILIES)), "the behaviour is of one of these families", ())
    not_family: tuple[str, ...] = key(some(one_of(*FAMILIES)), "the behaviour is of none of these families", ())
    standing_days: int = key(
        WHOLE, "with `remembered`: the answer is no older than this, and no lapse came after it", 0
    )
    any_: tuple["Condition", ...] = key(
        some(Type("condition", lambda *value: build(Condition, *value))), "at least one of these conditions holds", ()
    )

    @property
    def parts(self) -> list["Condition"]:
        """This condition, and all those that stand in its `any`."""
        return [self, *(part for inner in self.any_ for part in inner.parts)]

    @cached_property
    def needs_journal(self) -> bool:
        """Whether earlier entries must be read to decide it."""
        return any(part.family or part.not_family or part.remembered for part in self.parts)

    def holds(self, answers: Answers, families: frozenset[str], remembered: Remembered = nothing_remembered) -> bool:
        """Return whether the condition holds for the answers so far.

        `families` holds "unknown" when none is known; `remembered` gives the newest answer to a measure, with a
        number of days only one that still stands.
        """
        if self.any_ and not any(inner.holds(answers, families, remembered) for inner in self.any_):
            return False
        if not suits(families, self.family, self.not_family):
            return False
        if self.not_below and not _is_at_least(answers.get(self.field), answers.get(self.not_below)):
            return False
        if self.field:
            return self._admits(answers.get(self.field))
        return not self.remembered or self._admits(remembered(self.remembered, self.standing_days))

    def _admits(self, answer: Any) -> bool:
        """Return whether an answer is what the condition asks for; None is no answer."""
        if self.answered is not None:
            return (answer is not None) is self.answered
        if answer is None:
            return bool(self.none_of)
        size = len(answer) if isinstance(answer, list) else answer
        if self.at_least is not None and not (_is_number(size) and size >= self.at_least):
            return False
        if self.at_most is not None and not (_is_number(size) and size <= self.at_most):
            return False
        given = answer if isinstance(answer, list) else [answer]
        if any(same(one, other) for one in given for other in self.none_of):
            return False
        wanted = (*self.any_of, *([] if self.is_ is None else [self.is_]))
        return not wanted or any(same(one, other) for one in given for other in wanted)


@dataclass(init=False, kw_only=True, eq=False, repr=False)
class Refusal(Declared):
    """An answer that is not taken though its kind allows it, and the sentence that says why."""

    say: str = key(PROSE, "one sentence: why not, and what to do instead")
    is_: Any = key(ANSWER, "the answer is this", None)
    above: str = key(NAME, "the answer is more, or later, than that to this field", "")
    below: str = key(NAME, "the answer is less, or earlier, than that to this field", "")
    past: bool = key(FLAG, "the answer is a day that is not still to come", False)


@dataclass(init=False, kw_only=True, eq=False, repr=False)
class Recall(Declared):
    """The person's own earlier words, newest first."""

    measure: str = key(one_of(*MEASURES), "what the words mean; the person's own exercises count too", "")
    exercise: str = key(NAME, "with `field`: the words of this field of this exercise", "")
    field: str = key(NAME, "a field of `exercise`", "")
    match: str = key(NAME, "a field of this session: only words that were written beside the same answer", "")
    fits: str = key(
        one_of("hour", "now"),
        "`hour`: only words written for a trigger that came at this time of day before; "
        "`now`: the words meant for a moment such as this one come first",
        "",
    )
    otherwise: bool = key(FLAG, "only when the recalls before it found nothing", False)
    limit: int = key(WHOLE, "how many", 1)
    say: str = key(PROSE, "the line above them", "")
    or_say: str = key(PROSE, "said when there are none", "")


@dataclass(init=False, kw_only=True, eq=False, repr=False)
class Field(Declared):
    """One question of an exercise. A kind adds its keys, and says how to put it, check it and show it.

    The class facts below are all that the rest of the program knows of a kind: nothing outside its file names
    it. `register` refuses a kind that leaves out a part of the contract (`_missing` says which).
    """

    kind: ClassVar[str]
    about: ClassVar[str]  # the kind in one line, for the table in exercises/README.md
    wordless: ClassVar[bool]  # its answers hold no words: a shell may show them, search passes over them
    scalar: ClassVar[bool]  # an answer is one value that can be sorted: it stands in front matter
    answerable: ClassVar[bool] = True  # with False it only says something, which is its `blank`
    in_tables: ClassVar[bool] = True  # it can be a column of a table

    blank_width: ClassVar[int] = 6  # of its column in a blank table: much for words written by hand, little to tick

    columns: tuple["Field", ...] = field(default=())  # of a kind whose answer is rows; no key of the others
    alone: bool = field(default=False)  # of a kind that asks nothing: it stands on a screen of its own

    id: str = key(
        NAME, "never changes: insights join entries by it; never used again for another question", stored=True
    )
    ask: str = key(PROSE, "the question", "", stored=True)
    label: str = key(
        PROSE, "a short name where the question is too long, such as at the head of a column", "", stored=True
    )
    hint: str = key(PROSE, "a line of help under it", "")
    example: str = key(PROSE, "what somebody might answer", "")
    optional: bool = key(FLAG, "it can be skipped", False)
    quick: bool = key(FLAG, "asked in the ten-second version too", False)
    later: bool = key(FLAG, "not asked the first time; offered afterwards", False)
    after_days: int = key(
        WHOLE, "with `later`: offered this many days after the day it is meant for (`goal.due`), or was written", 0
    )
    after_day: str = key(
        NAME, "with `after_days`: counted from the day answered in this earlier field, if there is one", ""
    )
    again: bool = key(FLAG, "begins with the answer given last time about the same behaviour", False)
    begins_from: str = key(NAME, "begins with the answer to this earlier field, which can be changed", "")
    once: bool = key(FLAG, "not asked again once an entry about the same behaviour answers its measure", False)
    renew_days: int = key(
        WHOLE, "with `once`: asked again when that answer is older than this, or when a lapse came after it", 0
    )
    enough: bool = key(FLAG, "after this answer the person can stop here and save", False)
    only_if: tuple[Condition, ...] = key(some(table(Condition, "condition")), "asked only if all of these hold", ())
    refuse: tuple[Refusal, ...] = key(some(table(Refusal, "refusal")), "answers that are not taken, each with why", ())
    recall: tuple[Recall, ...] = key(some(table(Recall, "recall")), "earlier words shown above it", ())
    aside: tuple[Recall, ...] = key(
        some(table(Recall, "recall")), "more of the person's earlier words, shown when they press w", ()
    )
    keep_in_view: tuple[str, ...] = key(some(NAME), "earlier answers that stay on screen", ())
    measure: str = key(one_of(*MEASURES), "what it means to insights and to `recall`", "", stored=True)
    headline: bool | str = key(
        LABEL,
        "part of the one-line summary; or a phrase with the answer in it: `slept {answer} hours`",
        False,
        stored=True,
    )
    setting: str = key(one_of(*SETTINGS), "saved in config.toml on this device, not in the entry", "")

    @property
    def careful(self) -> bool:
        """Whether somebody's safety hangs on the answer, so that nobody may pass it unread."""
        return self.measure in MEASURES and MEASURES[self.measure].careful

    def beginning(self, row: Answers, columns: Sequence["Field"]) -> Any:
        """Return what an answer begins with in a row of a table with these columns, to be changed; None for nothing."""
        return None

    def put(self, asker: Asker, question: Question) -> Any:
        """Ask it; returns a checked answer, or None when an optional question was skipped."""
        raise TypeError(self.kind)

    def half_of(self, stored: Any) -> Any:
        """Return what a draft keeps half given of it, in the shape its `put` begins from; None if it does not fit.

        A draft may be of another version, and the exercise may have been changed since.
        """
        return stored if isinstance(stored, str) else None

    def check(self, answer: Any) -> str | None:
        """Return None, or one sentence saying why `answer` cannot be kept; never repeats the answer."""
        return None

    def accept(self, raw: Any) -> Any:
        """Return the answer that `raw` (as given in JSON) means, to be checked; raises WrongAnswerError."""
        return cleaned(raw)

    def notes_on(self, raw: Any) -> list[str]:
        """Return what has to be said of how `raw`, which was accepted, was taken: mostly nothing."""
        return []

    def blocks(self, answer: Any) -> list[Block]:
        """Return the answer as blocks of a page: its words, whole."""
        return [Words("\n".join(words for _value, words in self.quotes(answer)), theirs=True)]

    def blank(self) -> list[Block]:
        """Return room for an answer by hand, on a blank worksheet."""
        return [Ruled(2)]

    def blank_head(self) -> str:
        """Return what stands after the question at the head of a column on paper, such as "0 to 10"."""
        return ""

    def blank_cell(self) -> str:
        """Return the few things to tick in one cell of a table on paper; "" for room to write."""
        return ""

    def brief(self, answer: Any) -> str:
        """Return the answer in a few words of one line."""
        return shortened(str(answer), 60)

    def in_summary(self, answer: Any) -> str:
        """Return the answer as a part of its entry's one-line summary, in its `headline` phrase if it has one."""
        return self.in_headline(self.brief(answer))

    def in_headline(self, words: str) -> str:
        """Return what is said of the answer, in its `headline` phrase if it has one: "mood 6 of 10"."""
        if not isinstance(self.headline, str):
            return words
        if ANSWER_SLOT in self.headline:
            return self.headline.replace(ANSWER_SLOT, words)
        # as exercises of earlier versions, and people's own, say it: "mood"
        return _("{headline} {answer}", headline=self.headline, answer=words)

    def has_own_words(self, answer: Any) -> bool:
        """Return whether the answer may hold words of the person's own, and not only numbers or words of ours."""
        return not self.wordless

    def cell_names(self) -> list[str]:
        """Return the names that `cells` has for this question, so that a column nobody filled has them too."""
        return [""]

    def cells(self, answer: Any) -> dict[str, SheetCell]:
        """Return the answer as cells of a spreadsheet, by what is added to the id of the field ("" for nothing).

        What is neither text, number, yes or no, nor a list of these would be written as JSON. Under "" stands
        what front matter shows: the value of a scalar kind, or a list.
        """
        return {"": answer}

    def codes(self) -> dict[str, Sequence[Option]]:
        """Return what the ids in its cells mean, by the name of the cell."""
        return {}

    def flat(self, answer: Any) -> list[tuple["Field", Any]]:
        """Return each question with its answer: this one alone, or the cells of a table with their columns."""
        return [(self, answer)]

    def items(self, answer: Any) -> list[Item]:
        """Return the answer as items of a short list, for a page that lays several of them out together."""
        return [Item(words) for _value, words in self.quotes(answer)] or [Item(self.brief(answer))]

    def quotes(self, answer: Any) -> list[tuple[Any, str]]:
        """Return each thing the answer holds: what to compare (an id or words), and its words, whole."""
        return [(answer, answer if isinstance(answer, str) else self.brief(answer))]

    def parts(self, answer: Any) -> list[Part]:
        """Return the things the answer holds, to compare with another copy: here one alone, all of its words."""
        words = "\n".join(words for _value, words in self.quotes(answer)) or self.brief(answer)
        return [Part("", words, words)]

    def stored(self, answer: Any) -> dict[str, Any]:
        """Return the question as an entry keeps it, without the answer: what was asked, and how to read it.

        `answer` is there for kinds that keep some words of it; a column gets a list of all that its cells hold.
        """
        kept = {
            name: getattr(self, attribute)
            for name, attribute in stored_keys(type(self)).items()
            if name == "id" or getattr(self, attribute) != getattr(type(self), attribute)
        }
        return {"id": self.id, "kind": self.kind} | {name: as_json(value) for name, value in kept.items()}

    def problems(self) -> list[tuple[str, str]]:
        """Return what is wrong with the keys taken together: the key, and a sentence."""
        return []


def suits(families: frozenset[str], wanted: tuple[str, ...], unwanted: tuple[str, ...]) -> bool:
    """Return whether a behaviour's families include one of those wanted (if any are named), and none unwanted."""
    return not families & set(unwanted) and (not wanted or bool(families & set(wanted)))


def dotted(name: str, further: str) -> str:
    """Return the name of a column in a spreadsheet: an id, with a dot and the name of a further cell if any."""
    return f"{name}.{further}" if further else name


def cleaned(raw: Any) -> Any:
    """Return JSON data with every text in it cleaned."""
    if isinstance(raw, str):
        return clean(raw)
    if isinstance(raw, list):
        return [cleaned(one) for one in raw]
    return {clean(name): cleaned(one) for name, one in raw.items()} if isinstance(raw, dict) else raw


def without_echo(question: Question, words: str) -> Question:
    """Return a question to which the words of its earlier answer are nothing half given."""
    return question.with_(changed=lambda half: question.changed(None if half == words else half))


def words_problem(answer: Any) -> str | None:
    """Return None if `answer` is a text with something in it, else a sentence."""
    if not isinstance(answer, str):
        return _("Please answer this in words.")
    if not answer.strip():
        return _("Please type some words here.")
    if len(answer) > LONGEST_ANSWER:
        return _("That is longer than {number} characters. Please save it in parts.", number=LONGEST_ANSWER)
    return None


def count_problem(number: int, least: int, most: int | None) -> str | None:
    """Return None if `number` is from `least` to `most`, else a sentence."""
    if number < least:
        return ngettext("Please give at least one.", "Please give at least {number}.", least)
    if most is not None and number > most:
        return ngettext("Please give only one.", "Please give at most {number}.", most)
    return None


def names_behaviour(field: Field) -> bool:
    """Return whether a field says which behaviour the whole entry is about."""
    return field.measure == "behaviour" and field.kind == "choice"


def as_words(answer: Any) -> str:
    """Return any answer as text: the last resort for one that its field cannot read."""
    return answer if isinstance(answer, str) else json.dumps(answer, ensure_ascii=False)


def _is_at_least(value: Any, other: Any) -> bool:
    return _is_number(value) and _is_number(other) and bool(value >= other)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def same(one: Any, other: Any) -> bool:
    """Return whether two answers are the same: words without regard to case and accents."""
    if isinstance(one, str) and isinstance(other, str):
        return folded(one) == folded(other)
    return (type(one) is type(other) or (_is_number(one) and _is_number(other))) and bool(one == other)


KINDS: dict[str, type[Field]] = {}  # filled by `register`, from smartcli/fields/__init__.py


class IncompleteKindError(Trouble):
    """A kind of field that leaves out a part of its contract; says its module and what is missing.

    It is a Trouble since the door says nothing of other errors but where they were raised, which is here.
    """


def register(kind: type[Field]) -> None:
    """Make a kind known by its name; raises IncompleteKindError where it leaves out a part of its contract."""
    missing = _missing(kind)
    if missing:
        parts = "".join(f"\n- {part}" for part in missing)
        raise IncompleteKindError(f"{kind.__module__}: the kind {kind.__name__} leaves out{parts}", code=BUG)
    if KINDS.setdefault(kind.kind, kind) is not kind:
        raise IncompleteKindError(f"{kind.__module__}: there is a kind {kind.kind!r} already", code=BUG)


def _missing(kind: type[Field]) -> list[str]:
    """Return what a kind must say and does not, each with its reason."""
    facts: dict[str, type] = {"kind": str, "about": str}
    methods = {"blank": "what it says on paper and on a screen"}
    if kind.answerable:
        facts |= {"wordless": bool, "scalar": bool}
        methods = {"put": "how it is asked", "check": "which answers are right"}
    missing = []
    for name, type_ in facts.items():
        if not isinstance(getattr(kind, name, None), type_):
            missing.append(f"{name}: a fact of the class ({type_.__name__})")
    if getattr(kind, "wordless", False):
        methods["brief"] = "how an answer reads, since it is no text"
    if not getattr(kind, "scalar", True):
        methods["cells"] = "what a spreadsheet shows, since an answer is not one value"
    inherited = [name for name in methods if getattr(kind, name) is getattr(Field, name)]
    return missing + [f"{name}(): {methods[name]}" for name in inherited]


def read_field(table: object, source: Source, path: Path) -> Field | None:
    """Read one field of an exercise file; None when it cannot be made, all problems noted."""
    if not isinstance(table, dict):
        source.problem(path, _("A field should be a table of keys."))
        return None
    kind = table.get("kind")
    if not isinstance(kind, str) or kind not in KINDS:
        wrong = _('"kind" is not a known kind.') if kind else _('"kind" is missing.')
        close = near(kind, KINDS) if isinstance(kind, str) else None
        hint = _("Did you mean {name}?", name=close) if close else _("It is one of {names}.", names=enumerated(KINDS))
        source.problem((*path, "kind"), f"{wrong} {hint}")
        return None
    keys = {name: value for name, value in table.items() if name != "kind"}
    made = build(KINDS[kind], keys, source, path)
    for name, sentence in made.problems() if made else ():
        source.problem((*path, name), sentence)
    return made
