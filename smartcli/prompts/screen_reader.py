"""Something to read on the screen, a window at a time."""

from collections.abc import Sequence

from prompt_toolkit.key_binding import KeyPressEvent
from prompt_toolkit.layout import FormattedTextControl, Window

from smartcli.asking import Question
from smartcli.blocks import Block
from smartcli.language import N_, _
from smartcli.prompts.screen_frame import Frame
from smartcli.prompts.screen_keys import SUPPORT, Key, ends_with, support_name

SUPPORT_TITLE = N_("Support")


def read_support(frame: Frame) -> None:
    """Show what the support key opens."""
    read(frame, _(SUPPORT_TITLE), frame.support(), opens_support=False)


def read(frame: Frame, heading: str, blocks: Sequence[Block], *, opens_support: bool = True) -> None:
    """Show something to read; Enter reads on, at the end goes on. Esc goes on at once.

    `opens_support`: the support key opens support here, as anywhere but on the support page itself.
    """
    question = Question(ask="", heading=heading, above=blocks)
    view = frame.view(question, top=True)

    def read_on(event: KeyPressEvent) -> None:
        if view.at_end:
            event.app.exit(result=None)
        view.page(1)

    keys = [
        Key(("enter", "space"), read_on, lambda: _("enter go on") if view.at_end else _("enter read on")),
        Key(("escape", "q"), ends_with(None), eager=True),
        Key(("down",), lambda event: view.move(1)),
        Key(("up",), lambda event: view.move(-1)),
        Key(("s", "c-s", "f1"), ends_with(SUPPORT), support_name, works=opens_support, eager=True),
    ]
    control = FormattedTextControl(lambda: "", focusable=True)
    while frame.run(question, Window(control, height=0), keys, focus=control, view=view) is SUPPORT:
        read_support(frame)
