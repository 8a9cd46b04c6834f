"""The terminal: what kind it is, a page shown on it, and two small questions outside any exercise."""

import contextlib
import os
import shutil
import sys
from typing import TYPE_CHECKING

from smartcli.blocks import Page
from smartcli.language import _
from smartcli.theme import Theme, choose_theme, wants_colour
from smartcli.trouble import Pause, Trouble

if TYPE_CHECKING:
    from collections.abc import Sequence

    from smartcli.asking import Asker, Option
    from smartcli.blocks import Block


plain_is_chosen = False  # `--plain`
prints_pages = False  # whether long pages are printed rather than opened in the reader: `--no-pager`


def is_plain() -> bool:
    """Return whether plain mode is wished for: --plain, SMARTCLI_PLAIN, the setting, or a terminal that can do no more.

    SMARTCLI_PLAIN=0 wins over the setting.
    """
    return _wants_plain() or os.environ.get("TERM") == "dumb"


def _wants_plain() -> bool:
    if plain_is_chosen:
        return True
    named = os.environ.get("SMARTCLI_PLAIN", "")
    return named != "0" if named else _is_set_to_plain()


def _is_set_to_plain() -> bool:
    """Return whether the setting `plain` is on; whatever the settings are like, there is an answer."""
    from smartcli.places import places
    from smartcli.schema.toml_file import file_bytes
    from smartcli.settings import Settings

    with contextlib.suppress(Exception):  # `support` must open whatever is wrong
        path = places().config
        # Asked several times on the way to a screen: most files do not name it, and need not be parsed.
        return b"plain" in (file_bytes(path) or b"") and Settings.read(path).plain
    return False


def has_person() -> bool:
    """Return whether somebody sits at a terminal: input and output both go there."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def is_interactive() -> bool:
    """Return whether somebody sits at a terminal who may be shown one screen after another."""
    return not is_plain() and has_person()


def size() -> tuple[int, int]:
    """Return the columns and lines of the terminal; 80 and 24 where there is none."""
    for stream in (sys.stdout, sys.stderr, sys.stdin):  # `| less -R` leaves the terminal on the other two
        try:
            columns, lines = os.get_terminal_size(stream.fileno())
        except (OSError, ValueError):
            continue
        if columns and lines:
            return columns, lines
    return 80, 24


def has_reader() -> bool:
    """Return whether a page may be opened in the reader."""
    return is_interactive() and not prints_pages


def chosen_theme() -> Theme:
    """Return the theme of this device at this terminal; whatever the settings are like, there is one."""
    from smartcli.places import places
    from smartcli.settings import Settings

    setting = "auto"
    with contextlib.suppress(Exception):  # `support` must open whatever is wrong
        setting = Settings.read(places().config).theme
    return choose_theme(setting, os.environ)


def show(page: Page, *, in_reader: bool | None = None) -> None:
    """Show a page: at a terminal one that is longer than the screen opens in the reader, any other is printed.

    Printed pages are drawn at a terminal and where colour is asked for, and are sentences elsewhere and in plain mode.
    `in_reader`: True opens it there however short it is, False prints it however long it is. Once a locked journal was
    opened every page opens in the reader: what is printed stays in the terminal's scrollback.
    """
    if not _draws():
        from smartcli.renderers.plain import pieces

        sys.stdout.writelines(pieces(page, size()[0] if sys.stdout.isatty() else None))
        return
    columns, lines = shutil.get_terminal_size(size())  # COLUMNS and LINES are taken at their word
    page = page._replace(blocks=[*page.blocks]) if is_interactive() else page
    if in_reader is None:
        in_reader = _is_opened() or (has_reader() and not _fits(page, columns, lines))
    if in_reader and has_reader():
        _read(page)
        return
    from smartcli.renderers.terminal import print_page

    print_page(page, columns=columns, theme=chosen_theme(), styled=True)


def _is_opened() -> bool:
    """Return whether a locked journal was opened in this process."""
    from smartcli.lock import keyring

    return not keyring.is_empty()


def _draws() -> bool:
    """Return whether pages are drawn: at a terminal, or in a pipe that is to have colours; never in plain mode."""
    if _wants_plain():
        return False
    return bool(wants_colour(os.environ)) or (sys.stdout.isatty() and not is_plain())


def _fits(page: Page, columns: int, lines: int) -> bool:
    """Return whether a page and the prompt after it fit on the screen."""
    from smartcli.renderers.terminal import drawn_page

    height = 1
    for piece in drawn_page(page, columns, styled=False):
        height += piece.count("\n")
        if height > lines:
            return False
    return True


def _read(page: Page) -> None:
    """Open a page in the reader; Ctrl-C leaves it like any other of its keys."""
    from smartcli.prompts.screen_reader import read_page
    from smartcli.renderers.terminal import WIDEST, draw
    from smartcli.workbook.resting import idle_leave
    from smartcli.workbook.workbook import Workbook

    workbook = Workbook()
    idle = None
    with contextlib.suppress(Trouble):  # the page can be read whatever is wrong with the places
        idle = idle_leave(workbook)
    with contextlib.suppress(KeyboardInterrupt):
        read_page(page, draw, lambda: workbook.support(), theme=chosen_theme(), widest=WIDEST, idle=idle)


def translate_option(option: "Option") -> "Option":
    """Return an option of a table, whose words are in English, with its words in the person's language."""
    from dataclasses import replace

    return replace(option, say=_(option.say))


def confirm(asker: "Asker", ask: str, above: "Sequence[Block]" = ()) -> bool:
    """Ask a yes-or-no question that begins from no, with what is to be read `above` it; leaving it is a no."""
    from smartcli.asking import Back, Ended, Question

    try:
        asker.open("", 1)
        return bool(asker.yes_no(Question(ask=ask, above=[*above], answer=False)))
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
