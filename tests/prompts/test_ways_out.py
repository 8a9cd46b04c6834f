"""What the line of keys says of Enter and Esc is what they do: leaving, going back, pausing, and reading on."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from prompt_toolkit.data_structures import Size
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from smartcli.asking import Back, Exercising, Option, Question, Reading
from smartcli.blocks import Words
from smartcli.prompts.screen import Screen
from smartcli.prompts.screen_frame import Frame
from smartcli.prompts.screen_key_line import key_lines
from smartcli.prompts.screen_keys import ALWAYS, IF_ROOM, Key, back_key, pause_key, support_keys, working
from smartcli.prompts.screen_options import ONE, ORDER, SEVERAL, Options
from smartcli.prompts.screen_reader import _Reader, _Text
from smartcli.prompts.screen_scale import Scale
from smartcli.renderers.terminal import draw

ESC, ENTER = "\x1b[27u", "\r"  # Esc as kitty sends it: keys that follow at once are not Alt keys
OPTIONS = [Option("walk", "A walk"), Option("tea", "A cup of tea")]

Ask = Callable[[Screen, Question], Any]
KINDS: dict[str, Ask] = {
    "line": lambda screen, question: screen.line(question),
    "text": lambda screen, question: screen.text(question),
    "scale": lambda screen, question: screen.scale(question, 0, 10, ("", "")),
    "choose": lambda screen, question: screen.choose(question, OPTIONS),
    "several": lambda screen, question: screen.choose_some(question, OPTIONS),
    "rank": lambda screen, question: screen.rank(question, OPTIONS),
    "yes or no": lambda screen, question: screen.yes_no(question),
    "practice": lambda screen, question: screen.practise(question, Exercising([("Wait.", 60)], waits=True)),
    "practice that runs": lambda screen, question: screen.practise(question, Exercising([("Wait.", 60)])),
}
TYPED = ("line", "text")


class Sized(DummyOutput):
    """A terminal of 80 columns."""

    def get_size(self) -> Size:
        """Return how large it is."""
        return Size(rows=24, columns=80)

    def encoding(self) -> str:
        """Return what it understands."""
        return "utf-8"


@pytest.fixture
def keys() -> Iterator[Callable[[str], Screen]]:
    """keys("abc") is an asker into which these keys are typed."""
    with create_pipe_input() as pipe:

        def typed(text: str) -> Screen:
            pipe.send_text(text)
            return Screen(draw, lambda: [Words("SUPPORT")], Sized(), pipe)

        yield typed


def asked(**changes: Any) -> Question:
    return Question(ask="What?", place="1 of 2", **changes)


def names(table: list[Key]) -> list[str]:
    return [row.said() for row in working(table) if row.said()]


def enter_of(widget: Options | Scale) -> str:
    return next((name for name in names(widget._keys()) if name.startswith("enter")), "")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("leaves", [True, False])
def test_esc_leaves_where_nothing_stands_before_and_else_goes_back(
    keys: Callable[[str], Screen], kind: str, leaves: bool
) -> None:
    with pytest.raises(KeyboardInterrupt if leaves else Back):
        KINDS[kind](keys(ESC * (2 if kind == "text" else 1)), asked(leaves=leaves))


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in TYPED])
def test_a_letter_pauses_on_every_screen_of_a_session_without_typing(keys: Callable[[str], Screen], kind: str) -> None:
    with pytest.raises(KeyboardInterrupt):
        KINDS[kind](keys("p"), asked())


def test_the_letter_that_pauses_is_a_letter_where_words_are_typed(keys: Callable[[str], Screen]) -> None:
    assert keys("p" + ENTER).line(asked()) == "p"


def test_outside_a_session_nothing_pauses(keys: Callable[[str], Screen]) -> None:
    assert keys("p" + ENTER).choose(Question(ask="What now?"), OPTIONS) == "walk"


@pytest.mark.parametrize(
    ("mode", "changes", "name"),
    [
        (ONE, {}, "enter choose"),
        (ONE, {"optional": True}, "enter skip"),
        (ONE, {"optional": True, "ends_list": True}, "enter done"),
        (ONE, {"careful": True}, ""),
        (SEVERAL, {}, ""),
        (SEVERAL, {"answer": ["tea"]}, "enter done"),
        (SEVERAL, {"optional": True}, "enter skip"),
        (SEVERAL, {"optional": True, "careful": True}, ""),
        (ORDER, {}, "enter done"),
        (SEVERAL, {"optional": True, "careful": True, "answer": ["tea"]}, "enter done"),
    ],
)
def test_the_line_says_what_enter_does_in_a_list_and_nothing_where_it_does_nothing(
    mode: str, changes: dict[str, Any], name: str
) -> None:
    assert enter_of(Options(Frame(draw, list, Sized()), asked(**changes), OPTIONS, mode)) == name


@pytest.mark.parametrize(
    ("changes", "name"),
    [({}, ""), ({"optional": True}, "enter skip"), ({"answer": 3}, "enter go on"), ({"careful": True}, "")],
)
def test_the_line_says_what_enter_does_on_a_scale(changes: dict[str, Any], name: str) -> None:
    assert enter_of(Scale(Frame(draw, list, Sized()), asked(**changes), 0, 10, ("", ""))) == name


@pytest.mark.parametrize(
    ("reading", "lines", "said"),
    [
        (Reading.NOTE, 1, {"enter go on"}),
        (Reading.NOTE, 90, {"enter read on", "esc skip"}),
        (Reading.START, 1, {"enter go on", "esc leave"}),
        (Reading.START, 90, {"enter read on", "esc leave"}),
        (Reading.STEP, 1, {"enter go on", "esc back"}),
        (Reading.STEP, 90, {"enter read on", "esc back"}),
        (Reading.BESIDE, 1, {"enter back"}),
        (Reading.BESIDE, 90, {"enter read on", "esc back"}),
        (Reading.PAGE, 1, {"enter leave"}),
        (Reading.PAGE, 90, {"enter read on", "q leave"}),
    ],
)
def test_what_is_read_says_where_its_keys_lead(reading: Reading, lines: int, said: set[str]) -> None:
    text = _Text(Frame(draw, list, Sized()), asked(), [Words("one\n" * lines)], 78)
    text._height = 20
    shown = names(_Reader(text, reading, opens_support=True)._keys())
    assert {name for name in shown if name.split()[0] in ("enter", "esc", "q")} == said


@pytest.mark.parametrize("reading", Reading)
def test_esc_goes_back_from_a_step_alone(keys: Callable[[str], Screen], reading: Reading) -> None:
    if reading in (Reading.START, Reading.STEP):
        with pytest.raises(Back):
            keys(ESC).tell("Read", [Words("one")], reading)
    else:
        keys(ESC).tell("Read", [Words("one")], reading)


@pytest.mark.parametrize("room", range(10, 100))
def test_a_name_that_is_there_if_there_is_room_never_takes_a_line(room: int) -> None:
    table = [back_key(), *support_keys()]
    without = key_lines(table, room, unicode=True)
    lines = key_lines([*table, pause_key()], room, unicode=True)
    assert len(lines) == len(without)
    assert (IF_ROOM in {named.row.need for line in lines for named in line}) or len(lines) < len(
        key_lines([*table, Key(("p",), lambda event: None, lambda: "p pause", need=ALWAYS)], room, unicode=True)
    )


def test_a_list_that_is_wholly_in_sight_has_no_line_more_than_rows() -> None:
    shown = Options(Frame(draw, list, Sized()), asked(), OPTIONS, ONE)._shown()
    assert "".join(part[1] for part in shown).count("\n") == len(OPTIONS) - 1


def test_numbers_of_several_are_those_that_one_key_ticks() -> None:
    many = [Option(f"o{number}", f"Option {number}") for number in range(12)]
    widget = Options(Frame(draw, list, Sized()), asked(), many, SEVERAL)
    assert [widget._number(option).strip() for option in many] == [*"123456789", "", "", ""]


@pytest.mark.parametrize(("half", "answer"), [("3", 3), ("5!", 5), (None, 5)])
def test_what_was_half_typed_is_taken_as_it_stands_and_not_for_the_answer_before(
    keys: Callable[[str], Screen], half: str | None, answer: int
) -> None:
    question = asked(answer=5, half=half)
    assert keys(ENTER).line(question, lambda words: int(words.rstrip("!")), lambda number: f"{number}!") == answer
