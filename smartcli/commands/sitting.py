"""Sitting down with an exercise: from a fresh or an unfinished draft to a kept entry."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from smartcli.asking import Elsewhere, Option, Pause, Question
from smartcli.commands.workbook import Workbook
from smartcli.entry import Answered, Entry
from smartcli.exercise import Exercise, read_exercise
from smartcli.fields import Choice, Field, Table
from smartcli.fields.base import names_behaviour
from smartcli.filling import fill, revised
from smartcli.form import Form
from smartcli.journal.drafts import Draft
from smartcli.journal.store import Head
from smartcli.moments import Moment, recall
from smartcli.page import Words
from smartcli.pages.entry import compares, entry_blocks
from smartcli.session import Session
from smartcli.source import Source
from smartcli.trouble import ATTENTION, PAUSED, STORAGE, Trouble, say
from smartcli.words import count, visible

ABOUT = Choice(id="about", ask="Which one is this about?", from_="start.behaviours", measure="behaviour")
_AGAIN = Option("again", "Try again")
_LEAVE = Option("leave", "Leave it in the draft for now")


class Kept(NamedTuple):
    """How a sitting ended: a line that says so, and the entry, unless there was nothing to keep."""

    line: str
    entry: Entry | None = None

    def tell(self) -> None:
        """Say it, and how to see the entry again."""
        say(f"{self.line}  smartcli show last" if self.entry else self.line)


def sit(
    workbook: Workbook,
    exercise: Exercise,
    *,
    quick: bool = False,
    when: Moment | None = None,
    about: str | None = None,
    given: Mapping[str, Any] | None = None,
) -> Kept:
    """Begin an exercise and go through it. `given`: answers that need no asking."""
    draft = workbook.drafts.start(
        exercise=exercise.id,
        title=exercise.title,
        own=exercise.own,
        quick=quick,
        **({"when": when.stored()} if when else {}),
        **({"about": about} if about else {}),
        definition=exercise.table,
    )
    for name, answer in (given or {}).items():
        draft.keep(name, answer)
    return _go_through(workbook, draft)


def afterwards(workbook: Workbook, exercise: Exercise, head: Head) -> Kept:
    """Ask what an entry left for later, and keep its next revision."""
    draft = workbook.drafts.start(
        exercise=exercise.id,
        title=exercise.title,
        own=exercise.own,
        entry=head.entry.id,
        parents=[head.revision.revision],
        later=True,
        definition=exercise.table,
    )
    return _go_through(workbook, draft)


def take_up(workbook: Workbook, name: str = "") -> Kept:
    """Go on with an unfinished exercise."""
    return _go_through(workbook, workbook.drafts.take_up(name))


def left_for_later(exercise: Exercise, entry: Entry) -> list[Field]:
    """Return the fields that an entry of this exercise left for later and that can be filled in now."""
    left: list[Field] = []
    answers = entry.answers
    for field in exercise.fields:
        if isinstance(field, Table) and answers.get(field.id):
            after = field.afterwards(answers[field.id])
            left += [after] if after else []
        elif (
            field.later
            and answers.get(field.id) is None
            and all(condition.holds(answers, frozenset()) for condition in field.only_if)
        ):
            left.append(replace(field, later=False, only_if=()))
    return left


def _go_through(workbook: Workbook, draft: Draft) -> Kept:
    """Ask what the draft still needs, keep the entry, and let the draft go."""
    exercise = _exercise_of(workbook, draft)
    session = _session(workbook, exercise, draft)
    try:
        entry = session.run()
    except Pause:
        _pause(workbook, draft)
        raise SystemExit(PAUSED) from None
    except Elsewhere as elsewhere:
        draft.close()
        sit(workbook, workbook.catalog.find(elsewhere.exercise), about=draft.header.get("about"))
        return take_up(workbook, draft.id)
    except BaseException:
        draft.close()
        raise
    settings = {
        field.setting: draft.answers[field.id]
        for field in exercise.fields
        if field.setting and draft.answers.get(field.id) is not None
    }
    if settings:
        workbook.settings.change(**settings)
    answered = bool(entry.body["fields"])
    if answered:
        _save(workbook, entry, draft)
    workbook.drafts.drop(draft)
    if answered:
        summary = visible(entry.summary())
        return Kept(f"Kept. {summary[:1].upper()}{summary[1:]}." if summary else "Kept.", entry)
    return Kept("Your settings are kept." if settings else "Nothing was answered, so nothing was kept.")


def _exercise_of(workbook: Workbook, draft: Draft) -> Exercise:
    """Return the exercise as it was when the draft was begun, whatever has become of its file."""
    source = Source(f"{draft.exercise}.toml", draft.header.get("definition", {}))
    exercise = read_exercise(source, workbook.catalog.list_named, own=bool(draft.header.get("own")))
    exercise = exercise or workbook.catalog.get(draft.exercise)
    if exercise is None:
        draft.close()
        raise Trouble(
            "The exercise this draft belongs to cannot be read.",
            safe="What you wrote in it is kept.",
            hint="`smartcli exercises check` says what is wrong.",
            code=ATTENTION,
        )
    return exercise


def _session(workbook: Workbook, exercise: Exercise, draft: Draft) -> Session:
    header = draft.header
    build: Callable[[Sequence[Answered]], Entry]
    if header.get("later"):
        head = workbook.journal.find(draft.entry)
        fields = left_for_later(exercise, head.entry)
        build = lambda answers: revised(head.entry, answers, draft=draft.id, parents=header["parents"])  # noqa: E731
    else:
        when = recall(header["when"]) if header.get("when") else None
        about = header.get("about")
        fields = [field for field in exercise.fields if not field.later]
        if about:
            fields = [field for field in fields if not names_behaviour(field)]
        elif exercise.per_behaviour and not any(map(names_behaviour, fields)):
            fields = [ABOUT, *fields]
        if when:
            fields = [field for field in fields if field.measure != "when"]
        build = lambda answers: fill(  # noqa: E731
            exercise,
            answers,
            id=draft.entry,
            started=draft.started,
            when=when,
            about=about,
            draft=draft.id,
            day_starts=workbook.settings.day_starts,
        )
    return Session(
        heading=exercise.title,
        form=Form(fields, draft.answers, workbook.memory, header.get("about"), bool(header.get("quick"))),
        draft=draft,
        asker=workbook.asker,
        build=build,
        show=lambda entry: entry_blocks(entry, workbook.memory.before(entry) if compares(entry) else None),
        intro="" if header.get("quick") or header.get("later") else exercise.intro,
    )


def _save(workbook: Workbook, entry: Entry, draft: Draft) -> None:
    """Save the entry; while the disk will not have it, the answers stay in the draft and it can be tried again."""
    while True:
        try:
            workbook.journal.save(entry)
        except Trouble as trouble:
            answers = count(len(draft.answers), "answer")
            trouble.safe = f"Your {answers} are safe in a draft: `smartcli resume` goes on with it."
            if trouble.code != STORAGE or not workbook.asker.live:
                draft.close()
                raise
            asked = Question(ask=trouble.sentence, above=[Words(f"{trouble.safe} {trouble.hint}")])
            if workbook.asker.choose(asked, [_AGAIN, _LEAVE]) == _LEAVE.id:
                draft.close()
                raise
        else:
            return


def _pause(workbook: Workbook, draft: Draft) -> None:
    """Say what is kept and how to go on; a draft with nothing in it is let go."""
    if not draft.answers and not draft.halves:
        workbook.drafts.drop(draft)
        say("Left. Nothing was written.")
        return
    draft.close()
    say("Paused. What you have given is kept.", "Go on with it whenever you like: smartcli resume")
