"""A question on its screen until it is answered: support, and more of the person's own words, open beside it."""

from collections.abc import Callable, Sequence
from typing import Any

from prompt_toolkit.application import Application
from prompt_toolkit.filters import Condition, to_filter
from prompt_toolkit.layout import AnyContainer

from smartcli.asking import Question
from smartcli.language import N_, _
from smartcli.prompts.screen_frame import Frame
from smartcli.prompts.screen_keys import ASIDE, SUPPORT, Key, ends_with, support_name
from smartcli.prompts.screen_reader import read, read_support

_ASIDE_TITLE = N_("My own words")


def ask(
    frame: Frame,
    question: Question,
    body: AnyContainer,
    keys: Sequence[Key],
    *,
    letters: bool | Condition = False,
    problem: Callable[[], str] = str,
    focus: Any = None,
    application: Application[Any] | None = None,
    refresh: float | None = None,
) -> Any:
    """Show a question until one of `keys` ends it, and return what it ended with: the answer, BACK, ...

    `letters`: letters are typed here, so "s" is one of them and other keys open support. `application` is one made by
    another library: after support it must be made anew, and SUPPORT is returned. The others are as in `Frame.run`.
    """
    typed = to_filter(letters)
    table = [
        *keys,
        Key(("s",), ends_with(SUPPORT), support_name, works=~typed, eager=True),
        Key(("c-s", "f1"), ends_with(SUPPORT), lambda: support_name("f1") if typed() else "", eager=True),
    ]
    while True:
        ended = frame.run(
            question,
            body,
            table,
            problem=problem,
            focus=focus,
            application=application,
            refresh=refresh,
            view=frame.view(question, top=question.from_top),
        )
        if ended is ASIDE:
            read(frame, _(_ASIDE_TITLE), question.aside)
        elif ended is SUPPORT:
            read_support(frame)
        if (ended is not ASIDE and ended is not SUPPORT) or application is not None:
            return ended
