"""Taps and clicks, where the terminal sends them: on a part of the text, and to scroll."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from prompt_toolkit.application.current import get_app
from prompt_toolkit.key_binding.key_processor import KeyPress
from prompt_toolkit.keys import KEY_ALIASES, Keys
from prompt_toolkit.layout import FormattedTextControl
from prompt_toolkit.mouse_events import MouseEvent, MouseEventType

if TYPE_CHECKING:
    from prompt_toolkit.key_binding.key_bindings import NotImplementedOrNone

_KEYS = {key.value for key in Keys}
_SCROLLS = {MouseEventType.SCROLL_UP: -1, MouseEventType.SCROLL_DOWN: 1}


def on_tap(does: Callable[[], None]) -> Callable[[MouseEvent], "NotImplementedOrNone"]:
    """Return a handler for a fragment of formatted text; a tap counts when the finger is lifted."""

    def handle(event: MouseEvent) -> "NotImplementedOrNone":
        if event.event_type is not MouseEventType.MOUSE_UP:
            return NotImplemented
        does()
        return None

    return handle


def press(keys: str) -> None:
    """Press a key, or one after another those of a sequence, in prompt_toolkit's names.

    A tap is a key to prompt_toolkit too: what is fed while it is handled comes next.
    """
    processor = get_app().key_processor
    for key in keys.split():
        name = " " if key == "space" else KEY_ALIASES.get(key, key)
        processor.feed(KeyPress(Keys(name)) if name in _KEYS else KeyPress(name, name))


class Scrolled(FormattedTextControl):
    """Formatted text that is told of scrolling instead of being moved by its window."""

    def __init__(self, text: Any, scroll: Callable[[int], None], **more: Any) -> None:
        """`scroll` is called with -1 for up and 1 for down; the others are as in FormattedTextControl."""
        super().__init__(text, **more)
        self._scroll = scroll

    def mouse_handler(self, mouse_event: MouseEvent) -> "NotImplementedOrNone":
        """Handle a tap or a step of scrolling."""
        step = _SCROLLS.get(mouse_event.event_type)
        if step is None:
            return super().mouse_handler(mouse_event)
        self._scroll(step)
        return None
