"""`urge --unkept`: the help of an urge, and afterwards the home is as it was, to the byte."""

import json
import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from smartcli.asking import Pause
from smartcli.content.catalog import Catalog
from smartcli.content.closings import read_closings
from smartcli.content.danger import shipped_danger
from smartcli.journal import system
from smartcli.journal.draft import UnkeptDraft
from smartcli.journal.drafts import Drafts
from smartcli.trouble import Trouble
from smartcli.workbook.losses import tell_losses
from smartcli.workbook.sessions import do_exercise
from smartcli.workbook.unkept import do_unkept
from smartcli.workbook.workbook import Workbook, read_only
from tests.conftest import Run
from tests.support.asking import plain
from tests.support.keyboard import CTRL_C, DOWN, ENTER, keyboard
from tests.support.untouched import look

START = {"behaviours": [{"name": "drinking", "family": "alcohol", "aim": "stop"}], "reason": "THE GARDEN"}
STRENGTH_TOOL_AFTER = ["7", "", "a walk", "5"]
WAYS: dict[str, tuple[Sequence[str], Sequence[str]]] = {
    "to its end": ([], [*STRENGTH_TOOL_AFTER, "2", "a row at home", "", "", "", "", "", "", "", ""]),
    "enough": ([], [*STRENGTH_TOOL_AFTER, "1"]),
    "quick": (["--quick"], ["7", "a walk", "5"]),
    "with a strength": (["--strength", "7"], ["", "a walk", "5", "1"]),
    "about something": (["--about", "drinking"], [*STRENGTH_TOOL_AFTER, "1"]),
    "paused": ([], ["7", "", "!"]),
    "its input ends": ([], ["7"]),
    "left at once": ([], ["!"]),
    "with support": ([], ["*", "*", "7", "!"]),
    "with words of danger": ([], ["7", "", "I want to die", "5", "1"]),
}
NOT_SAVED = re.compile(r"Nothing of this (is|was) saved\.|Nothing (is|was) saved\.|does not save what you wrote")
PROMISES = re.compile(r".*\b(saved?|kept|resume|go on later)\b.*", re.IGNORECASE)


@pytest.fixture
def lived(run: Run, home: Path) -> Path:
    """A home with entries, one of them hidden, an urge left open for hours, what a crash left, and an old index."""
    assert run("record", "start", typed=json.dumps(START)).exit_code == 0
    for words in ("a row at home", "after work"):
        urge = {"strength": 6, "tool": "a walk", "after": 3, "trigger": words}
        assert run("record", "urge", "--about", "drinking", typed=json.dumps(urge)).exit_code == 0
    assert run("delete", "last", "--yes").exit_code == 0
    (home / "state" / "index").write_bytes(b"damaged\n")
    urge_log = Catalog(home / "journal" / "exercises").find("urge-log")
    left = Drafts(home / "state" / "drafts").start(
        exercise="urge-log", title="Urge", definition=urge_log.table, about="drinking"
    )
    left.keep("strength", 8)
    left.close()
    month = next((home / "journal" / "entries").iterdir())
    (month / ".tmp-crash").write_bytes(b"half a file")
    return home


def urge(run: Run, *words: str, typed: Sequence[str]) -> str:
    """Run an urge of which nothing is saved; return all that was said."""
    done = run("urge", "--unkept", *words, typed="".join(f"{line}\n" for line in typed))
    assert done.exit_code in (0, 130), done.output
    assert not system.is_read_only(), "the next command could not save"
    return done.output


@pytest.mark.parametrize("way", WAYS)
def test_nothing_of_a_home_changes_and_nothing_else_is_said(run: Run, lived: Path, way: str) -> None:
    words, typed = WAYS[way]
    before = look(lived)
    said = urge(run, *words, typed=["?", *typed])
    assert look(lived) == before
    assert said.index("Nothing of this is saved.") < said.index("> "), "said before the first answer"
    assert [line.group() for line in PROMISES.finditer(NOT_SAVED.sub("", said))] == []


@pytest.mark.parametrize("way", WAYS)
def test_where_there_is_no_home_none_is_made(run: Run, tmp_path: Path, way: str) -> None:
    before = look(tmp_path)
    urge(run, *WAYS[way][0], typed=WAYS[way][1])
    assert look(tmp_path) == before


def test_the_same_urge_that_is_kept_does_change_it(run: Run, lived: Path) -> None:
    """Without this the tests above might look at a home that no urge ever touches."""
    before = look(lived)
    assert run("urge", typed="".join(f"{line}\n" for line in WAYS["enough"][1])).exit_code == 0
    after = look(lived)
    assert {name.split("/")[0] for name in after if after[name] != before.get(name)} == {"journal", "state"}


def test_own_words_that_help_are_shown(run: Run, lived: Path) -> None:
    assert "THE GARDEN" in urge(run, typed=["!"])


def test_it_is_counted_nowhere(run: Run, lived: Path) -> None:
    def told() -> list[str]:
        return [run(*words).stdout for words in (("review", "--json"), ("insights", "--json"), ("drafts", "--json"))]

    before = told()
    urge(run, typed=WAYS["to its end"][1])
    assert told() == before


@pytest.mark.parametrize("when", ["yesterday", "no moment at all"])
def test_when_it_happened_is_refused_before_anything_is_asked(run: Run, lived: Path, when: str) -> None:
    before = look(lived)
    done = run("urge", "--unkept", "--when", when, typed="7\n")
    assert done.exit_code == 2
    assert "--when" in done.output
    assert "--unkept" in done.output
    assert "> " not in done.output
    assert look(lived) == before


def test_a_wrong_strength_is_told_and_nothing_changes(run: Run, lived: Path) -> None:
    before = look(lived)
    assert run("urge", "--unkept", "--strength", "11").exit_code == 2
    assert look(lived) == before


# --- what stands behind it: a draft in memory, and a disk that refuses

OPTIONS = 'options = [{ id = "a", say = "A" }, { id = "b", say = "B" }]'
HALF = """
format = 1
id = "half"
title = "Half"
point = "daily"
purpose = "For tests."
"""
OTHER = """
format = 1
id = "other"
title = "Other"
point = "daily"
purpose = "For tests."
field = [{ id = "else", kind = "line", ask = "Else?" }]
"""
OPENS = """
format = 1
id = "opens"
title = "Opens"
point = "daily"
purpose = "For tests."
field = [
    { id = "way", kind = "choice", ask = "Way?", options = [{ id = "other", say = "Other", opens = "other" }] },
    { id = "country", kind = "line", ask = "Country?", setting = "country" },
    { id = "end", kind = "line", ask = "End?" },
]
"""


@pytest.fixture
def opens(home: Path) -> Path:
    """A home with an exercise that opens another one, and sets something."""
    own = home / "journal" / "exercises"
    own.mkdir(parents=True)
    (own / "other.toml").write_text(OTHER)
    (own / "opens.toml").write_text(OPENS)
    return home


def sit(monkeypatch: pytest.MonkeyPatch, name: str, *typed: str) -> str:
    """Go through an exercise of which nothing is saved, on a disk that may be written to; return what was said."""
    asker, out = plain(*typed)
    workbook = Workbook(saves=False)
    monkeypatch.setattr(Workbook, "asker", asker)
    try:
        last = do_unkept(workbook, name)
    except Pause as pause:
        last = "\n".join(pause.lines())
    return out.getvalue() + last


def test_an_exercise_opened_from_within_is_saved_no_more(monkeypatch: pytest.MonkeyPatch, opens: Path) -> None:
    before = look(opens)
    said = sit(monkeypatch, "opens", "1", "words", "gb", "end")
    assert look(opens) == before
    assert [said.index(asked) for asked in ("Way?", "Else?", "Country?", "End?")] == sorted(
        said.index(asked) for asked in ("Way?", "Else?", "Country?", "End?")
    )
    assert said.endswith("Nothing of this was saved.")


HALVES = {
    "line": ('kind = "line"', "hal"),
    "text": ('kind = "text"', "hal"),
    "lines": ('kind = "lines"', "hal"),
    "number": ('kind = "number"', "4"),
    "scale": ('kind = "scale"', "7"),
    "choice": (f'kind = "choice"\n{OPTIONS}', "2"),
    "own words": (f'kind = "choice"\nown = true\n{OPTIONS}', f"3{ENTER}hal"),
    "choices": (f'kind = "choices"\n{OPTIONS}', "2"),
    "rank": (f'kind = "rank"\n{OPTIONS}', f" {DOWN} "),
    "table": ('kind = "table"\ncolumns = [{ id = "cell", kind = "line", ask = "Cell?" }]', "hal"),
    "yes or no": ('kind = "yes_no"', "n"),
    "moment": ('kind = "moment"', "yest"),
}


@pytest.mark.parametrize("kind", HALVES)
@pytest.mark.parametrize("keeps", [False, True])
def test_what_is_half_given_on_a_screen_is_left_nowhere(
    monkeypatch: pytest.MonkeyPatch, home: Path, kind: str, *, keeps: bool
) -> None:
    """With `keeps` the same keys leave a half: so there is one to be left."""
    field, typed = HALVES[kind]
    own = home / "journal" / "exercises"
    own.mkdir(parents=True)
    (own / "half.toml").write_text(f'{HALF}[[field]]\nid = "given"\nask = "Given?"\n{field}\n')
    before = look(home)
    with keyboard() as keys:
        monkeypatch.setattr(Workbook, "asker", keys(typed + CTRL_C, saves=keeps))
        monkeypatch.setattr(Workbook, "asks_on_screen", True)
        with pytest.raises(Pause):
            do_exercise(Workbook(), "half") if keeps else do_unkept(Workbook(saves=False), "half")
    if keeps:
        assert [*Drafts(home / "state" / "drafts").all()[0].halves] == ["given"]
    else:
        assert look(home) == before


def test_its_draft_alone_writes_nothing_whatever_is_given(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    before = look(tmp_path)
    draft = UnkeptDraft.start(exercise="other", title="Other")
    draft.keep("else", "words")
    draft.keep_half("more", "hal")
    draft.drop_half("more")
    draft.keep_half("last", {"rows": ["half"]})
    draft.write()
    draft.close()
    assert look(tmp_path) == before
    assert (draft.answers, draft.halves) == ({"else": "words"}, {"last": {"rows": ["half"]}})


def test_whoever_would_write_meets_a_disk_that_refuses(run: Run, lived: Path) -> None:
    before = look(lived)
    with read_only():
        workbook = Workbook()
        draft = workbook.drafts.start(exercise="urge-log", title="Urge")
        with pytest.raises(Trouble):
            draft.keep("strength", 3)
        entry = next(workbook.journal.entries())
        with pytest.raises(Trouble):
            workbook.journal.save(entry)
        with pytest.raises(Trouble):
            workbook.settings.change(country="gb")
        workbook.snoozed.note("x", workbook.today)
        workbook.last_seen.remember([entry.id], saved=True)
        assert [*workbook.memory.with_measure("urge.before")]
        workbook.tidy()
        tell_losses(workbook)
    assert look(lived) == before


def test_what_the_texts_say_at_the_end_is_true() -> None:
    closings, _source = read_closings(Catalog(Path("/nowhere")).folder)
    unkept = [closing.say for closing in closings if not closing.saved]
    danger = shipped_danger()
    assert danger
    assert unkept
    for say in [*unkept, danger.after_unsaved]:
        assert say.startswith("Nothing of this was saved. ")
        assert "Saved" not in say


def test_whoever_asks_for_help_finds_it(run: Run) -> None:
    assert "--unkept" in run("urge", "--help").output
