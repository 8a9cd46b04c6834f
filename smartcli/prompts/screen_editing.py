"""Editing words with keys: whole letters are taken, and no key puts anything else into the words than a letter."""

import re
import unicodedata

from prompt_toolkit.buffer import Buffer
from prompt_toolkit.key_binding import KeyPressEvent
from prompt_toolkit.key_binding.bindings.named_commands import get_by_name
from prompt_toolkit.keys import Keys

from smartcli.prompts import screen_input
from smartcli.prompts.graphemes import grapheme_end, grapheme_start, next_grapheme, previous_grapheme
from smartcli.prompts.screen_keys import Handler, Key
from smartcli.words import clean

# What prompt_toolkit would do with these has no place here: characters that are no letters, macros, a search in
# lines typed before, an end without a check of the answer, halves of letters.
_UNUSED = (
    *("tab", "s-tab", "c-@", "c-g", "c-o", "c-r", "c-t", "c-v", "c-]", "c-\\", "c-^", "c-up", "c-down"),
    *("c-x", "c-x (", "c-x )", "c-x e", "c-x r y", "c-x r k", "c-x <any>"),
)
_LINE_END = re.compile(r"[ \t]*\n\s*")


def editing_keys() -> list[Key]:
    """Return the keys that move the cursor and change the words, as readline has them."""
    return [
        Key(_UNUSED, _nothing),
        Key((Keys.Any,), _insert, is_undone_at_once=True),
        Key(("left", "s-left", "c-b"), _left),
        Key(("right", "s-right", "c-f"), _right),
        Key(("up", "s-up", "c-p"), _up),
        Key(("down", "s-down", "c-n"), _down),
        Key(("home", "s-home", "c-a"), _command("beginning-of-line")),
        Key(("end", "s-end", "c-e"), _command("end-of-line")),
        Key(("c-home", "c-s-home"), _command("beginning-of-buffer")),
        Key(("c-end", "c-s-end"), _command("end-of-buffer")),
        Key(("c-left", "c-s-left"), _word_left),
        Key(("c-right", "c-s-right"), _word_right),
        Key(("backspace",), _backspace, is_undone_at_once=True),
        Key(("delete", "s-delete"), _delete, is_undone_at_once=True),
        Key(("c-delete",), _cut_word_right),
        Key(("c-w",), _command("unix-word-rubout")),
        Key(("c-k",), _command("kill-line")),
        Key(("c-u",), _command("unix-line-discard")),
        Key(("c-y",), _command("yank")),
        Key(("c-_", "c-x c-u"), _command("undo")),
        Key((Keys.Ignore,), _with_alt, eager=True),
    ]


def pasted_words(pasted: str, *, long: bool = False, many: bool = False) -> str:
    """Return what a paste puts into the words: it holds no control characters.

    `long`: line ends and tabs stay. Otherwise it is one line; with `many` as many as were pasted, without empty ones.
    """
    words = "".join(letter for letter in clean(pasted) if letter in "\n\t" or _is_letter(letter))
    if long:
        return words
    return _LINE_END.sub("\n" if many else " ", words.strip("\n")).replace("\t", " ")


def _is_letter(character: str) -> bool:
    return unicodedata.category(character) != "Cc"


def _nothing(event: KeyPressEvent) -> None:
    """Do nothing."""


def _insert(event: KeyPressEvent) -> None:
    """Insert a letter; a key with a name that nothing else is bound to is none."""
    if not isinstance(event.key_sequence[0].key, Keys) and _is_letter(event.data):
        event.current_buffer.insert_text(event.data)


def _command(name: str) -> Handler:
    """Return a command of readline by its name there."""
    return get_by_name(name).call


def _with_alt(event: KeyPressEvent) -> None:
    """Do what a key with Alt does: those that go by words take whole letters."""
    by_words = {"b": _word_left, "f": _word_right, "d": _cut_word_right, "\x7f": _cut_word_left, "\b": _cut_word_left}
    by_words.get(event.data.removeprefix("\x1b"), screen_input.edit)(event)


def _left(event: KeyPressEvent) -> None:
    buffer = event.current_buffer
    buffer.cursor_position = previous_grapheme(buffer.text, buffer.cursor_position)


def _right(event: KeyPressEvent) -> None:
    buffer = event.current_buffer
    buffer.cursor_position = next_grapheme(buffer.text, grapheme_start(buffer.text, buffer.cursor_position))


def _up(event: KeyPressEvent) -> None:
    event.current_buffer.cursor_up()
    _onto_whole_letter(event.current_buffer)


def _down(event: KeyPressEvent) -> None:
    event.current_buffer.cursor_down()
    _onto_whole_letter(event.current_buffer)


def _onto_whole_letter(buffer: Buffer) -> None:
    """Move the cursor out of a letter; the column that Up and Down keep to stays."""
    column = buffer.preferred_column
    buffer.cursor_position = grapheme_start(buffer.text, buffer.cursor_position)
    buffer.preferred_column = column


def _word_left(event: KeyPressEvent) -> None:
    buffer = event.current_buffer
    to = buffer.cursor_position + (buffer.document.find_previous_word_beginning() or -buffer.cursor_position)
    buffer.cursor_position = grapheme_start(buffer.text, to)


def _word_right(event: KeyPressEvent) -> None:
    buffer = event.current_buffer
    to = buffer.document.find_next_word_ending()
    buffer.cursor_position = len(buffer.text) if to is None else grapheme_end(buffer.text, buffer.cursor_position + to)


def _backspace(event: KeyPressEvent) -> None:
    buffer = event.current_buffer
    end = grapheme_end(buffer.text, buffer.cursor_position)
    _cut(buffer, previous_grapheme(buffer.text, end), end)


def _delete(event: KeyPressEvent) -> None:
    buffer = event.current_buffer
    start = grapheme_start(buffer.text, buffer.cursor_position)
    _cut(buffer, start, next_grapheme(buffer.text, start))


def _cut_word_left(event: KeyPressEvent) -> None:
    end = event.current_buffer.cursor_position
    _word_left(event)
    _keep_for_yank(event, _cut(event.current_buffer, event.current_buffer.cursor_position, end))


def _cut_word_right(event: KeyPressEvent) -> None:
    start = event.current_buffer.cursor_position
    _word_right(event)
    _keep_for_yank(event, _cut(event.current_buffer, start, event.current_buffer.cursor_position))


def _cut(buffer: Buffer, start: int, end: int) -> str:
    """Take the words between two places out, leave the cursor there, and return them."""
    buffer.cursor_position = start
    return buffer.delete(end - start)


def _keep_for_yank(event: KeyPressEvent, words: str) -> None:
    if words:
        event.app.clipboard.set_text(words)
