"""The terminal: what kind it is, a page shown on it, and two small questions outside any exercise."""

import os
import sys
from typing import TYPE_CHECKING

from smartcli.blocks import Page
from smartcli.trouble import PAUSED

if TYPE_CHECKING:
    from smartcli.asking import Asker


def plain() -> bool:
    """Return whether plain mode is wished for: --plain, SMARTCLI_PLAIN, or a terminal that can do no more."""
    return os.environ.get("SMARTCLI_PLAIN", "") not in ("", "0") or os.environ.get("TERM") == "dumb"


def on_screen() -> bool:
    """Return whether somebody sits at a terminal who may be shown one screen after another."""
    return not plain() and sys.stdin.isatty() and sys.stdout.isatty()


def show(page: Page) -> None:
    """Print a page to standard output: drawn at a terminal, as text elsewhere and in plain mode."""
    if plain() or not sys.stdout.isatty():
        from smartcli.renderers.plain import pieces

        sys.stdout.writelines(pieces(page))
    else:
        from smartcli.renderers.terminal import show as draw

        draw(page)


def sure(asker: "Asker", ask: str) -> bool:
    """Ask a yes-or-no question that begins from no; leaving it is a no."""
    from smartcli.asking import Back, Ended, Pause, Question

    try:
        asker.open("", 1)
        return bool(asker.yes_no(Question(ask=ask, answer=False)))
    except (Back, Ended, Pause, KeyboardInterrupt):
        return False
    finally:
        asker.close()


def asked(asker: "Asker", ask: str) -> str:
    """Ask for a line of words; leaving ends the program (130)."""
    from smartcli.asking import Back, Ended, Pause, Question

    try:
        asker.open("", 1)
        return str(asker.line(Question(ask=ask)))
    except (Back, Ended, Pause, KeyboardInterrupt):
        raise SystemExit(PAUSED) from None
    finally:
        asker.close()
