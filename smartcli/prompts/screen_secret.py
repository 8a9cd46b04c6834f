"""A passphrase typed at a terminal: nothing shows, unless the person wants to see it, and nothing of it stays."""

from prompt_toolkit import PromptSession
from prompt_toolkit.filters import Condition
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.output import create_output
from prompt_toolkit.output.vt100 import Vt100_Output


def ask_secret(prompt: str) -> str:
    """Return what was typed behind a prompt. F2 shows and hides it; once it is given, its line is wiped.

    Raises EOFError, KeyboardInterrupt where the person leaves.
    """
    shown = False

    def show_or_hide(event: KeyPressEvent) -> None:
        nonlocal shown
        shown = not shown
        event.app.invalidate()

    keys = KeyBindings()
    keys.add("f2")(show_or_hide)
    output = create_output()
    if isinstance(output, Vt100_Output):
        output.enable_cpr = False  # where the cursor is does not matter here, and some terminals do not say it
    session: PromptSession[str] = PromptSession(
        is_password=Condition(lambda: not shown),
        key_bindings=keys,
        erase_when_done=True,
        output=output,
        enable_history_search=False,
    )
    return session.prompt(prompt)
