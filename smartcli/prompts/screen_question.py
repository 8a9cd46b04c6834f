"""A question on its screen until it is answered: support, the keys, and the person's own words, open beside it."""

import contextlib
from collections.abc import Callable, Sequence
from typing import Any

from prompt_toolkit.filters import Condition, to_filter
from prompt_toolkit.layout import AnyContainer

from smartcli.asking import Question, Reading
from smartcli.language import N_, _
from smartcli.prompts import signals
from smartcli.prompts.screen_frame import Frame
from smartcli.prompts.screen_half import Half
from smartcli.prompts.screen_keys import (
    ASIDE,
    BACK,
    HELP,
    LOCKED_WORDS,
    OWN_WORDS,
    SUPPORT,
    Key,
    help_key,
    pause_key,
    support_keys,
)
from smartcli.prompts.screen_reader import read, read_keys, read_support
from smartcli.prompts.screen_view import View

_ASIDE_TITLE = N_("What I wrote")
_NO_ANSWERS = (BACK, SUPPORT, ASIDE, LOCKED_WORDS, HELP, OWN_WORDS)


def ask(
    frame: Frame,
    question: Question,
    body: AnyContainer,
    keys: Sequence[Key],
    *,
    letters: bool | Condition = False,
    problem: Callable[[], str] = str,
    focus: Any = None,
    refresh: float | None = None,
    view: View | None = None,
    half: Half | None = None,
    may_pause: bool = True,
    is_busy: Callable[[], bool] = lambda: False,
) -> Any:
    """Show a question until one of `keys` ends it, and return what it ended with: the answer, BACK, ...

    `letters`: letters are typed here, so "s" and "?" are two of them, and other keys open support. `half` is
    saved whenever the question is left without an answer, by a signal, too. `may_pause`: a letter pauses here, if the
    question is one of a session and letters are not typed. The others are as in `Frame.run`.
    """
    typed = to_filter(letters)
    view = view or frame.view(question, top=question.from_top)
    # What has no place among the questions of a session has its own ways to leave.
    pauses = to_filter(may_pause and bool(question.place) and not question.leaves)
    table = [*keys, *support_keys(typed), help_key(~typed), pause_key(~typed & pauses)]
    while True:
        ended: Any = BACK
        try:
            with signals.held(half.save) if half else contextlib.nullcontext():
                ended = frame.run(
                    question,
                    body,
                    table,
                    problem=problem,
                    focus=focus,
                    refresh=refresh,
                    view=view,
                    is_busy=is_busy,
                )
        finally:
            if half:
                half.save() if _is_no_answer(ended) else half.drop()
        if ended is ASIDE:
            read(frame, _(_ASIDE_TITLE), question.aside, Reading.BESIDE)
        elif ended is LOCKED_WORDS and question.locked_words:
            read(frame, _(_ASIDE_TITLE), question.locked_words(), Reading.BESIDE)
        elif ended is SUPPORT:
            read_support(frame)
        elif ended is HELP:
            read_keys(frame, frame.whole_table(table, view))
        else:
            return ended


def _is_no_answer(ended: Any) -> bool:
    return any(ended is way for way in _NO_ANSWERS)
