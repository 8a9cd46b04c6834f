"""The terminal: what kind it is, a page shown on it, and two small questions outside any exercise."""

import os
import sys
from typing import TYPE_CHECKING

from smartcli.blocks import Page
from smartcli.language import _
from smartcli.trouble import Pause

if TYPE_CHECKING:
    from smartcli.asking import Asker, Option


def is_plain() -> bool:
    """Return whether plain mode is wished for: --plain, SMARTCLI_PLAIN, or a terminal that can do no more."""
    return os.environ.get("SMARTCLI_PLAIN", "") not in ("", "0") or os.environ.get("TERM") == "dumb"


def has_person() -> bool:
    """Return whether somebody sits at a terminal: input and output both go there."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def is_interactive() -> bool:
    """Return whether somebody sits at a terminal who may be shown one screen after another."""
    return not is_plain() and has_person()


def size() -> tuple[int, int]:
    """Return the columns and lines of the terminal; 80 and 24 where there is none."""
    try:
        columns, lines = os.get_terminal_size(sys.stdout.fileno())
    except (OSError, ValueError):
        return 80, 24
    return (columns, lines) if columns and lines else (80, 24)


def show(page: Page) -> None:
    """Print a page to standard output: drawn at a terminal, as text elsewhere and in plain mode."""
    if is_plain() or not sys.stdout.isatty():
        from smartcli.renderers.plain import pieces

        sys.stdout.writelines(pieces(page, size()[0] if sys.stdout.isatty() else None))
    else:
        from smartcli.renderers.terminal import print_page

        print_page(page)


def translate_option(option: "Option") -> "Option":
    """Return an option of a table, whose words are in English, with its words in the person's language."""
    from dataclasses import replace

    return replace(option, say=_(option.say))


def confirm(asker: "Asker", ask: str) -> bool:
    """Ask a yes-or-no question that begins from no; leaving it is a no."""
    from smartcli.asking import Back, Ended, Question

    try:
        asker.open("", 1)
        return bool(asker.yes_no(Question(ask=ask, answer=False)))
    except (Back, Ended, Pause, KeyboardInterrupt):
        return False
    finally:
        asker.close()


def ask_line(asker: "Asker", ask: str) -> str:
    """Ask for a line of words; raises Pause when the person leaves instead."""
    from smartcli.asking import Back, Ended, Question

    try:
        asker.open("", 1)
        return str(asker.line(Question(ask=ask)))
    except (Back, Ended, KeyboardInterrupt):
        raise Pause from None
    finally:
        asker.close()
