"""The reader without a terminal: what is found, and where the reading goes on when the width changes."""

import re
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prompt_toolkit.data_structures import Size
from prompt_toolkit.output import DummyOutput

from smartcli.asking import Question
from smartcli.blocks import Beside, Block, Heading, Words
from smartcli.prompts.screen_frame import Frame
from smartcli.prompts.screen_reader import _Text
from smartcli.renderers.terminal import draw

HEIGHT = 8


class Sized(DummyOutput):
    columns = 60

    def get_size(self) -> Size:
        return Size(rows=HEIGHT, columns=self.columns)

    def encoding(self) -> str:
        return "utf-8"


def text_of(blocks: Sequence[Block], columns: int = 60) -> tuple[_Text, Sized]:
    output = Sized()
    output.columns = columns
    text = _Text(Frame(draw, list, output), Question(ask=""), blocks, 100)
    text.create_content(columns, HEIGHT)
    return text, output


def seen(text: _Text, columns: int = 60) -> list[str]:
    content = text.create_content(columns, HEIGHT)
    return ["".join(part[1] for part in content.get_line(at)).rstrip() for at in range(content.line_count)]


def marked(text: _Text, columns: int = 60) -> str:
    content = text.create_content(columns, HEIGHT)
    lines = (
        "".join(part[1] for part in content.get_line(at) if "found" in part[0]) for at in range(content.line_count)
    )
    return " ".join(filter(None, lines))


PAGE: list[Block] = [Words("\n".join(f"Line {number:02}: Café au lait, and so on." for number in range(40)))]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("LINE 31", "Line 31"),
        ("cafe", "Café"),
        ("café", "Café"),
        ("  au   lait ", "au lait"),
        (". LINE 07", ". Line 07"),
    ],
)
def test_words_are_found_without_case_accents_or_where_lines_end(wanted: str, found: str) -> None:
    text, _ = text_of(PAGE)
    assert text.find(wanted, stay=True)
    assert marked(text) == found


def test_a_sentence_is_found_over_the_end_of_a_line_at_any_width() -> None:
    sentence = "After a lapse it usually took four days until a day went the way you wanted again."
    for columns in range(20, 80):
        text, _ = text_of([*PAGE, Words(sentence)], columns)
        assert text.find("four days until a day went")
        assert marked(text, columns).split() == ["four", "days", "until", "a", "day", "went"]


@pytest.mark.parametrize("wanted", ["", "  ", "zebra", "Line 40", ".*", "("])
def test_what_is_not_there_moves_nothing(wanted: str) -> None:
    text, _ = text_of(PAGE)
    text.page(1)
    before = seen(text)
    assert not text.find(wanted)
    assert seen(text) == before


def test_the_next_place_and_the_one_before_go_round_the_ends() -> None:
    text, _ = text_of(PAGE)
    assert text.find("line 3", stay=True)
    marks = [marked(text)]
    first = seen(text)
    for _time in range(10):
        text.find("line 3")
    assert seen(text)[0] <= first[0]
    text.find("line 3", back=True)
    assert "Line 39: Café au lait, and so on." in [line.strip() for line in seen(text)]
    assert marks == ["Line 3"]


def heading(text: _Text) -> int:
    """Return the number of the heading that the top line stands under, or is."""
    above = " ".join(text._set()[: text._top + 1])
    return max(map(int, re.findall(r"Heading (\d+)", above)), default=0)


@given(st.integers(20, 120), st.integers(20, 120), st.integers(0, 60))
def test_another_width_keeps_the_place(columns: int, other: int, top: int) -> None:
    blocks: list[Block] = []
    for number in range(20):
        blocks += [
            Heading(f"Heading {number}"),
            Words(f"Words {number} that go on for a while and then for longer " * 3),
        ]
    text, output = text_of(blocks, columns)
    text.move(top)
    before = heading(text)
    output.columns = other
    seen(text, other)
    is_at_end = text._top == text._last_top
    assert abs(heading(text) - before) <= 1 or is_at_end
    assert 0 <= text._top <= text._last_top


def test_two_columns_become_one_and_the_heading_on_top_stays() -> None:
    pairs: list[Block] = [
        Beside([Heading(f"Left {n}"), Words("a b c " * 30)], [Heading(f"Right {n}"), Words("d e f " * 30)])
        for n in range(9)
    ]
    text, output = text_of(pairs, 100)
    while not seen(text, 100)[0].strip().startswith("Left 5"):
        text.move(1)
    output.columns = 40
    assert seen(text, 40)[0].strip() == "Left 5"
