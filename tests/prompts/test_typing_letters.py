"""Letters of several code points are one letter to every key."""

import itertools
import random
from collections.abc import Callable

import pytest
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.document import Document
from wcwidth import iter_graphemes

from smartcli.prompts import graphemes, screen_editing

LETTERS = [
    *("a", "é", "e\u0301", "ा", "न", "क्षि", "각", "각", "\U0001f44d\U0001f3fd", "\U0001f1e9\U0001f1ea"),
    *("\U0001f468‍\U0001f469‍\U0001f467", "❤️", "\U0001f3f4\U000e0067\U000e0062\U000e007f", " ", "\n", "漢"),
]
CHANCE = random.Random(1)
TEXTS = ["".join(CHANCE.choices(LETTERS, k=CHANCE.randint(1, 12))) for _ in range(300)]


class Pressed:
    """A key press on some words."""

    def __init__(self, text: str, at: int) -> None:
        self.current_buffer = Buffer(document=Document(text, at))
        self.app = self
        self.clipboard = self

    def set_text(self, words: str) -> None:
        """Be the clipboard."""

    def press(self, does: Callable[..., None]) -> tuple[str, int]:
        """Return the words and where the cursor is after a key."""
        does(self)
        return self.current_buffer.text, self.current_buffer.cursor_position


def ends(text: str) -> list[int]:
    """Where letters end, and 0."""
    places = [0]
    for letter in iter_graphemes(text):
        places.append(places[-1] + len(letter))
    return places


@pytest.mark.parametrize("text", TEXTS)
def test_places_are_those_of_whole_letters(text: str) -> None:
    places = ends(text)
    for at in range(len(text) + 1):
        assert graphemes.grapheme_start(text, at) == max(place for place in places if place <= at)
        assert graphemes.grapheme_end(text, at) == min(place for place in places if place >= at)
    for before, after in itertools.pairwise(places):
        assert graphemes.next_grapheme(text, before) == after
        assert graphemes.previous_grapheme(text, after) == before


@pytest.mark.parametrize("text", TEXTS)
def test_keys_take_and_pass_whole_letters_wherever_the_cursor_stands(text: str) -> None:
    letters = list(iter_graphemes(text))
    places = ends(text)
    for at in range(len(text) + 1):
        for does in (screen_editing._backspace, screen_editing._delete):
            left, _place = Pressed(text, at).press(does)
            shorter = ["".join(letters[:n] + letters[n + 1 :]) for n in range(len(letters))]
            assert left in [*shorter, text]
        for does in (
            screen_editing._left,
            screen_editing._right,
            screen_editing._word_left,
            screen_editing._word_right,
            screen_editing._up,
            screen_editing._down,
        ):
            same, place = Pressed(text, at).press(does)
            assert same == text
            assert place in places
        for does in (screen_editing._cut_word_left, screen_editing._cut_word_right):
            start = graphemes.grapheme_start(text, at)
            left, _place = Pressed(text, start).press(does)
            cut = [text[:a] + text[b:] for a in places for b in places if a <= b]
            assert left in cut
