"""The page of a program that rests: it says nothing of what the program is for."""

from prompt_toolkit.layout import Window
from prompt_toolkit.output import create_output

from smartcli.asking import Question
from smartcli.blocks import Words
from smartcli.language import _
from smartcli.prompts.screen_frame import Draw, Frame
from smartcli.prompts.screen_keys import Key, end_with_pause, ends_with


def wait_for_return(draw: Draw) -> None:
    """Show the page until Enter is pressed; `draw` sets blocks as text. Raises KeyboardInterrupt where they leave."""
    frame = Frame(draw, list, create_output(always_prefer_tty=True))
    page = Question(ask="", above=[Words(_("Resting. Enter goes on, Ctrl-C leaves."))])
    frame.open()
    try:
        frame.run(page, Window(height=0), [Key(("enter",), ends_with(None)), Key(("escape",), end_with_pause)])
    finally:
        frame.close()
