"""An entry mended on the screen, counted in keys; one that was quick filled in; changes that are left."""

import json
from pathlib import Path

import pytest

from tests.terminal.driver import OnDisk, Terminal, home_with_sitting, run

DOWN, ENTER, ESC = "\x1b[B", "\r", "\x1b"
MEND = "\x7f\x7fch"  # typing: "branvh" becomes "branch"
PAGE = "Change one answer"
FIELDS = "".join(
    f'[[field]]\nid = "{name}"\nkind = "line"\nask = "{name.upper()}?"\noptional = true\n' for name in ("a", "b", "c")
)


class Keys:
    """A terminal that is waited for before each key, and how many keys besides the typing were pressed."""

    def __init__(self, terminal: Terminal) -> None:
        self.terminal = terminal
        self.pressed = 0

    def press(self, key: str, *shows: str, gone: str = "") -> str:
        """Press a key, and wait for what it shows, with other words gone from the screen."""
        self.pressed += 1
        self.terminal.type(key)
        if gone:
            self.terminal.wait(lambda: gone not in self.terminal.screen(), "gone from the screen")
        return self.terminal.see(*shows) if shows else ""


def record(home: Path, **answers: str) -> None:
    """Give a home an entry of an exercise with three questions."""
    home_with_sitting(home, FIELDS)
    assert run(home, "record", "sitting", "--when", "3 days ago", typed=json.dumps(answers)).returncode == 0


def edited(home: Path, columns: int) -> Keys:
    keys = Keys(Terminal("edit", "last", home=home, columns=columns))
    keys.terminal.see(PAGE, "esc back")
    return keys


@pytest.mark.parametrize("columns", [30, 40, 80])
def test_one_word_is_mended_in_three_keys_besides_the_typing(tmp_path: Path, columns: int) -> None:
    """Change, take, save: where one question has an answer there is none to choose, and the words are there to mend."""
    record(tmp_path, a="branvh")
    keys = edited(tmp_path, columns)
    keys.press(ENTER, "branvh", "esc", gone=PAGE)
    keys.terminal.type(MEND)
    keys.terminal.see("branch")
    assert "branch" in keys.press(ENTER, "Save the changes", "not saved yet")
    keys.press(ENTER)
    assert keys.terminal.end() == 0
    assert keys.pressed == 3
    assert OnDisk.under(tmp_path).entries == [{"a": "branch"}]
    assert keys.terminal.raw.decode().rstrip().endswith("Saved.")


def test_among_several_there_is_one_key_more_and_each_stands_with_its_answer(tmp_path: Path) -> None:
    record(tmp_path, a="branvh", b="walk")
    keys = edited(tmp_path, 80)
    shown = keys.press(ENTER, "Which answer")
    assert "(branvh)" in shown
    assert "(not answered)" in shown
    keys.press(ENTER, "branvh", "esc", gone="Which answer")
    keys.terminal.type(MEND)
    keys.press(ENTER, "Save the changes")
    keys.press(ENTER)
    assert keys.terminal.end() == 0
    assert keys.pressed == 4
    assert OnDisk.under(tmp_path).entries == [{"a": "branch", "b": "walk"}]


def test_esc_from_the_page_writes_nothing_and_with_changes_they_wait(tmp_path: Path) -> None:
    record(tmp_path, a="branvh")
    keys = edited(tmp_path, 40)
    keys.press(ENTER, "branvh", "esc", gone=PAGE)
    keys.press(ESC, PAGE)
    keys.press(ESC)
    assert keys.terminal.end() == 0
    assert OnDisk.under(tmp_path) == OnDisk({}, {}, [{"a": "branvh"}], [])

    keys = edited(tmp_path, 40)
    keys.press(ENTER, "branvh", "esc", gone=PAGE)
    keys.terminal.type(MEND)
    keys.press(ENTER, "Save the changes")
    keys.press(ESC)
    assert keys.terminal.end() == 130
    assert "smartcli resume" in keys.terminal.screen()
    assert OnDisk.under(tmp_path) == OnDisk({"a": "branch"}, {}, [{"a": "branvh"}], [])
    keys = Keys(Terminal("resume", home=tmp_path, columns=40))
    keys.terminal.see("Save the changes", "branch")
    keys.press(ENTER)
    assert keys.terminal.end() == 0
    assert OnDisk.under(tmp_path) == OnDisk({}, {}, [{"a": "branch"}], [])


def test_words_half_typed_in_a_change_are_there_again(tmp_path: Path) -> None:
    record(tmp_path, a="branvh")
    keys = edited(tmp_path, 40)
    keys.press(ENTER, "branvh", "esc", gone=PAGE)
    keys.terminal.type(MEND)
    keys.terminal.see("branch")
    keys.terminal.wait(lambda: OnDisk.under(tmp_path).half == {"a": "branch"}, "kept the half")
    keys.press("\x03")
    assert keys.terminal.end() == 130
    keys = Keys(Terminal("resume", home=tmp_path, columns=40))
    keys.terminal.see("A?", "branch")
    keys.press(ENTER, "Save the changes")
    keys.press(ENTER)
    assert keys.terminal.end() == 0
    assert OnDisk.under(tmp_path).entries == [{"a": "branch"}]


def test_what_was_begun_today_is_offered_before_another(tmp_path: Path) -> None:
    home_with_sitting(tmp_path, FIELDS)
    keys = Keys(Terminal("do", "sitting", home=tmp_path))
    keys.terminal.see("A?")
    keys.terminal.type("one")
    keys.press(ENTER, "B?")
    keys.press("\x03")
    keys.terminal.end()
    keys = Keys(Terminal("do", "sitting", home=tmp_path))
    keys.terminal.see("Go on with it", "Begin a new one")
    keys.press(ENTER, "B?")
    assert "A?" not in keys.terminal.screen()
    keys.press("\x03")
    keys.terminal.end()
    keys = Keys(Terminal("do", "sitting", home=tmp_path))
    keys.terminal.see("Go on with it")
    keys.press(DOWN)
    keys.press(ENTER, "A?")
    keys.press("\x03")
    keys.terminal.end()
    assert OnDisk.under(tmp_path).drafted == {"a": "one"}
