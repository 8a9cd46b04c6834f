"""Something to read on the screen, a window at a time."""

from collections.abc import Sequence

from prompt_toolkit.key_binding import KeyPressEvent
from prompt_toolkit.layout import FormattedTextControl, Window

from smartcli.asking import Question
from smartcli.blocks import Block
from smartcli.language import N_, _
from smartcli.prompts.screen_frame import Frame
from smartcli.prompts.screen_keys import ALWAYS, HELP, SUPPORT, Key, ends_with, help_key, help_page, support_name

SUPPORT_TITLE = N_("Support")
HELP_TITLE = N_("Keys")


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
        Key(
            ("enter", "space"),
            read_on,
            lambda: _("enter go on") if view.at_end else _("enter read on"),
            help=lambda: _("Read on; at the end, leave."),
        ),
        Key(("escape", "q"), ends_with(None), lambda: _("esc leave"), eager=True, help=lambda: _("Leave this page.")),
        Key(("down",), lambda event: view.move(1), help=lambda: _("One line down.")),
        Key(("up",), lambda event: view.move(-1), help=lambda: _("One line up.")),
        Key(
            ("s", "S", "c-s", "f1"),
            ends_with(SUPPORT),
            support_name,
            works=opens_support,
            eager=True,
            help=lambda: _("Open support: who to call, and your own people."),
            need=ALWAYS,
        ),
        help_key(),
    ]
    control = FormattedTextControl(lambda: "", focusable=True)
    while True:
        ended = frame.run(question, Window(control, height=0), keys, focus=control, view=view)
        if ended is SUPPORT:
            read_support(frame)
        elif ended is HELP:
            table = frame.whole_table(keys, view)
            read(frame, _(HELP_TITLE), help_page(table), opens_support=opens_support)
        else:
            return
