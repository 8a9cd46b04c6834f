"""jrnl's own exports (written by jrnl 4.6, see files/README.md), and by the program itself where it is installed."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.exchange.reading import FILES, clock, found

WRITTEN = [
    ("2019-03-04 09:00", "A starred one!\nWith a second sentence? And a third.", ("Starred",)),
    (
        "2020-02-29 07:00",
        "Title only line\nBody line one\n\n  indented [2021-01-01 09:00] not a date\n# markdown heading\nlast @tag/with.punct",
        (),
    ),
    ("2021-05-05 12:00", "Ünïcødé 🙂 title.", ()),
    ("2021-05-06 10:00", "a line that looks like an entry", ()),
    ("2024-01-01 23:59", '"Quoted", with, commas; and \\ backslash', ()),
    ("2026-10-25 02:30", "The clock went back.", ()),
    ("2026-11-20 21:04", "Walked home by the river.\nIt was @cold and I was @glad of it.", ()),
]


@pytest.mark.parametrize("name", ["jrnl-4.6.json", "jrnl-4.6.txt"])
def test_both_exports_of_jrnl_come_in_whole(name: str) -> None:
    assert [(clock(one), one.text, one.also) for one in found(FILES / name)] == WRITTEN


def test_an_entry_is_the_same_in_either_export() -> None:
    identities = [[one.identity for one in found(FILES / name)] for name in ("jrnl-4.6.json", "jrnl-4.6.txt")]
    assert identities[0] == identities[1]


def test_tags_that_are_no_words_of_the_text_are_kept_beside_it(tmp_path: Path) -> None:
    entry = {"title": "A day.", "body": "", "date": "2026-01-01", "time": "09:00", "tags": ["@lost"], "starred": True}
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"tags": {}, "entries": [{**entry, "mood": "?"}]}))
    (one,) = found(path)
    assert one.also == ("Starred", "Tags: @lost")
    assert one.behind == {"other detail": 1}


@pytest.mark.parametrize(
    ("title", "text", "is_starred"),
    [
        ("A day. *", "A day.", True),
        ("A day.*", "A day.", True),
        ("A *good* day. *", "A *good* day.", True),
        ("This was **great**", "This was **great**", False),
        ("This was *good*", "This was *good*", False),
    ],
)
def test_a_star_is_one_and_no_mark_of_the_words(tmp_path: Path, title: str, text: str, is_starred: bool) -> None:
    path = tmp_path / "j.txt"
    path.write_text(f"[2026-01-01 09:00] {title}\n")
    [one] = found(path)
    assert (one.text, one.also) == (text, ("Starred",) if is_starred else ())


def test_what_stands_before_the_first_date_is_counted(tmp_path: Path) -> None:
    path = tmp_path / "j.txt"
    path.write_text("words\nmore\n[2026-01-01 09:00] First.\n[22/11/2026 21:30] Second. *\nbody\n")
    first, second = found(path, "jrnl")
    assert first.behind == {"opening line": 2}
    assert (clock(second), second.text, second.also) == ("2026-11-22 21:30", "Second.\nbody", ("Starred",))


@pytest.mark.skipif(not shutil.which("jrnl"), reason="jrnl is not installed: only its committed exports are tested")
def test_what_jrnl_writes_today_comes_in(tmp_path: Path) -> None:
    config = tmp_path / "jrnl.yaml"
    config.write_text(f"""\
colors: {{body: none, date: none, tags: none, title: none}}
default_hour: 9
default_minute: 0
editor: ''
encrypt: false
highlight: true
indent_character: '|'
journals:
  default: {{journal: {tmp_path / "journal.txt"}}}
linewrap: 79
tagsymbols: '@'
template: false
timeformat: '%F %r'
""")

    def jrnl(*words: str) -> str:
        environment = os.environ | {"HOME": str(tmp_path), "PYTHONPATH": ""}  # it has modules of its own
        done = subprocess.run(
            ["jrnl", "--config-file", config, *words], capture_output=True, text=True, env=environment
        )
        return done.stdout

    jrnl("2026-11-20 21:04: Walked home. It was @cold.")
    jrnl("2019-03-04: *Starred! And more.")
    for form in ("json", "text"):
        path = tmp_path / f"export.{form}"
        path.write_text(jrnl("--format", form))
        taken = [(clock(one), one.text, one.also) for one in found(path)]
        assert taken == [
            ("2019-03-04 09:00", "Starred!\nAnd more.", ("Starred",)),
            ("2026-11-20 21:04", "Walked home.\nIt was @cold.", ()),
        ]
