"""An entry of another program as one of ours: words in the diary, a mood in a check-in, columns in their questions.

It is made without a look at the journal, so that it is the same to the letter on every device.
"""

import base64
import hashlib
from collections.abc import Callable, Mapping
from datetime import time
from typing import Any, NamedTuple

from smartcli.asking import WrongAnswerError
from smartcli.content.exercise import Exercise
from smartcli.entries.entry import Answered, Entry
from smartcli.entries.revisions import fill
from smartcli.exchange import dates
from smartcli.exchange.imported import EMPTY, Imported, Left, RawAnswer, is_midnight, of_day, refused
from smartcli.exchange.mapping import CHECK_IN, scaled
from smartcli.fields import Choice, Choices, Field, Line, Lines, Moment, Scale, Text
from smartcli.fields.base import LONGEST_ANSWER
from smartcli.fields.number import Number
from smartcli.fields.yes_no import YesNo
from smartcli.language import _
from smartcli.words import clean, enumerated, folded, near, number, sentences

_DIARY = "journal"
_FILLED = (Choice, Choices, Line, Lines, Moment, Number, Scale, Text, YesNo)  # the kinds that a column can answer
_AMOUNTS = ("amount", "limit.", "trial.")  # measures whose questions need the ones about safety before them
_YES = {"yes", "y", "true", "1", "x", "done"}
_NO = {"no", "n", "false", "0"}


class Made(NamedTuple):
    """An entry, or why there is none, and how many answers of columns their questions refused."""

    entry: Entry | Left
    refused: int = 0


def check_fields(exercise: Exercise, names: Mapping[str, RawAnswer]) -> None:
    """Raise Trouble unless columns can answer all fields of these names."""
    fillable = {field.id: field for field in exercise.fields if _can_be_filled(field)}
    for name in names:
        if name not in fillable:
            close = near(name, fillable)
            meant = _('Did you mean "{name}"?', name=close) if close else ""
            sentence = _('"{field}": no column can answer a question of that name in {exercise}.',
                         field=name, exercise=exercise.id)  # fmt: skip
            hint = _("Columns can answer these: {names}.", names=enumerated(fillable))
            raise refused(sentences(sentence, meant), hint)


def entry_from(item: Imported, kind: str, name: str, exercise: Callable[[str], Exercise], day_starts: time) -> Made:
    """Return the entry, under the id `name`, that another program's becomes; `kind` is the kind of its file."""
    text, also = clean(item.text), [clean(words) for words in item.also]
    if not item.answers and item.mood is None and not text.strip():
        text, also = "\n".join(also), []
    if not item.answers and item.mood is None and not text.strip():
        return Made(Left(item.place, EMPTY))
    form = exercise(item.exercise or (_DIARY if item.mood is None else CHECK_IN))
    given, not_taken = _answers(item, form)
    also += not_taken
    words = _field_for_words(form)
    if text.strip() and words and words.id not in given:
        given[words.id] = text
    elif text.strip():
        also.insert(0, text)
    if any(len(part) > LONGEST_ANSWER for part in (text, *also)):
        return Made(Left(item.place, _("it is too long")))
    answers = [Answered(field, given.get(field.id)) for field in form.fields]
    if also:
        answers.append(Answered(Lines(id="also", ask=_("What came with it")), also))
    try:
        made = fill(form, answers, id=name, started=item.when.at, when=item.when, day_starts=day_starts)
    except (OverflowError, OSError):
        return Made(Left(item.place, _("its date cannot be read")))
    # Not saved now but when it was written: so it is the same wherever it is taken in, and `last` stays yours.
    return Made(Entry({**made.body, "saved": made.body["started"], "imported": kind}), len(not_taken))


def entry_id(kind: str, identity: str, number: int) -> str:
    """Return the id another program's entry has here, always the same: 13 characters from what tells it apart."""
    told = f"{'csv' if kind == 'daylio' else kind}\0{identity}\0{number}"
    digest = hashlib.sha256(told.encode("utf-8", "surrogatepass")).digest()
    return base64.b32encode(digest)[:13].decode("ascii").lower()


def _can_be_filled(field: Field) -> bool:
    plain = isinstance(field, _FILLED) and not field.setting and not field.refuse
    return plain and not field.measure.startswith(_AMOUNTS)


def _field_for_words(exercise: Exercise) -> Field | None:
    """Return the last question of an exercise that takes a text."""
    return next((field for field in reversed(exercise.fields) if isinstance(field, Text)), None)


def _answers(item: Imported, exercise: Exercise) -> tuple[dict[str, Any], list[str]]:
    """Return the answers by field, and in words those that are not taken: wrong, or to a question not asked then."""
    given: dict[str, Any] = {}
    not_taken = []
    if item.mood is not None and any(field.id == "mood" for field in exercise.fields):
        given["mood"] = item.mood
    for field in exercise.fields:
        raw = item.answers.get(field.id)
        if raw is None:
            continue
        answer = _answer(field, raw)
        asked = all(one.needs_journal or one.holds(given, frozenset()) for one in field.only_if)
        if answer is None or not asked:
            not_taken.append(clean(raw.words))
        else:
            given[field.id] = answer
    return given, [*dict.fromkeys(not_taken)]  # one cell may be asked about twice


def _answer(field: Field, raw: RawAnswer) -> Any:
    """Return the answer that a cell gives to a question; None where it gives none that the question takes."""
    value = raw.value
    if isinstance(field, Number | Scale):
        value = number(str(value))
        if value is not None and raw.scale:
            low, high = field.low, field.high
            value = scaled(value, raw.scale, (low, high)) if low is not None and high is not None else None
    elif isinstance(field, YesNo) and isinstance(value, str):
        value = True if folded(value) in _YES else False if folded(value) in _NO else None
    elif isinstance(field, Lines | Choices) and isinstance(value, str):
        value = [line.strip() for line in value.split("\n") if line.strip()]
    elif isinstance(field, Moment):
        return _moment_in(str(value))
    if value is None:
        return None
    try:
        answer = field.accept(value)
    except WrongAnswerError:
        return None
    return None if field.check(answer) else answer


def _moment_in(words: str) -> str | None:
    """Return the moment in a cell as an answer keeps it; without an offset where the cell names no zone."""
    moment = dates.read(words)
    if moment is None:
        return None
    if is_midnight(moment):
        moment = of_day(moment.at.date())
    if moment.whole_day or moment.has_zone:
        return moment.stored()
    return moment.at.replace(tzinfo=None).isoformat(timespec="seconds")
