"""No words are held captive: what was typed can be read, kept, brought back and deleted, whatever became of the rest."""

import json
import random
from pathlib import Path

import pytest

from smartcli.content.catalog import Catalog
from smartcli.entries.entry import Entry
from smartcli.journal import draft_lines as module
from smartcli.journal.drafts import Drafts
from smartcli.journal.erased import FOLDER, Erased
from smartcli.journal.seal import sealed
from smartcli.workbook.workbook import Workbook
from tests.conftest import SIZE, Run
from tests.support.asking import entry


@pytest.fixture
def drafts(home: Path) -> Drafts:
    return Drafts(home / "state" / "drafts")


@pytest.fixture
def begun(run: Run, tiny: Catalog) -> str:
    """The id of an entry whose changes wait in a draft: "zanzibar" is typed, and "half a wo" is not finished."""
    made = run("record", "small", typed='{"what": "walrus"}').stdout.strip()
    draft = Workbook().drafts.start(
        exercise="small",
        title="Small",
        entry=made,
        parents=(Workbook().journal.find(made).revision.revision,),
        edit=True,
    )
    draft.keep("what", "zanzibar")
    draft.close()
    return made


def entry_of(tiny: Catalog, words: str) -> Entry:
    return entry(tiny.find("small"), {"what": words}, day=15)


def remove(home: Path, entry: str) -> None:
    for path in (home / "journal" / "entries").rglob(f"*{entry}*"):
        path.unlink()


KEEP, SHOW, LEAVE = "Keep what I wrote as a new entry", "Show what I wrote", "Leave it for now"


def test_changes_to_an_entry_that_has_gone_become_a_new_one(run: Run, begun: str, home: Path, drafts: Drafts) -> None:
    remove(home, begun)
    done = run("resume", typed=f"{KEEP}\n")
    assert done.exit_code == 0
    [row] = json.loads(run("review", "--json").stdout)
    assert row["id"] != begun, "an erased entry must not come back under its own id"
    assert json.loads(run("show", row["id"], "--json").stdout)["answers"] == {"what": "zanzibar"}
    assert not drafts.all()


def test_changes_to_an_entry_that_was_erased_elsewhere_are_told_and_wait(
    run: Run, begun: str, home: Path, drafts: Drafts
) -> None:
    Erased(home / "journal" / FOLDER).add([begun])
    done = run("review")
    assert "1 entry was erased on another device." in done.stderr
    assert "Unfinished changes to an entry that was erased are still here." in done.stderr
    assert run("review").stderr == ""
    assert "was erased" in run("resume", typed=f"{LEAVE}\n").stderr
    assert run("resume", typed=f"{KEEP}\n").exit_code == 0
    [row] = json.loads(run("review", "--json").stdout)
    assert row["id"] != begun
    assert not drafts.all()


def test_a_draft_that_comes_back_after_its_entry_was_erased_holds_no_words_captive(
    run: Run, tiny: Catalog, home: Path, drafts: Drafts
) -> None:
    path = give(drafts, 1)
    Erased(home / "journal" / FOLDER).add([drafts.all()[0].entry])
    assert "was erased" in run("resume", typed=f"{LEAVE}\n").stderr
    assert path.exists()
    assert run("resume", typed=f"{KEEP}\n").exit_code == 0
    assert len(json.loads(run("review", "--json").stdout)) == 1
    assert not drafts.all()


def test_erasing_it_here_erases_them_and_says_so(run: Run, begun: str, home: Path, drafts: Drafts) -> None:
    done = run("purge", begun, "--yes")
    assert "Changes to it that were not finished are erased too." in done.stderr
    assert not drafts.all()
    assert run("show", begun).stderr == "That entry was erased.\n"


@pytest.mark.parametrize("typed", [f"{LEAVE}\n", "<\n", "!\n", "", f"{SHOW}\n{LEAVE}\n"])
def test_they_wait_as_long_as_it_takes(run: Run, begun: str, home: Path, drafts: Drafts, typed: str) -> None:
    remove(home, begun)
    before = [path.read_bytes() for path in drafts.path.iterdir()]
    done = run("resume", typed=typed)
    assert done.exit_code == 130
    assert "drafts show" in done.stderr
    assert ("zanzibar" in done.stderr) is (SHOW in typed)
    assert [path.read_bytes() for path in drafts.path.iterdir()] == before
    assert json.loads(run("review", "--json").stdout) == []


def test_an_entry_that_cannot_be_read_is_as_good_as_gone(run: Run, begun: str, home: Path) -> None:
    [path] = (home / "journal" / "entries").rglob("*.json")
    path.write_bytes(b"{")
    assert "cannot be read just now" in run("resume", typed=f"{LEAVE}\n").stderr
    assert run("resume", typed=f"{KEEP}\n").exit_code == 0
    assert path.read_bytes() == b"{"
    [row] = json.loads(run("review", "--json").stdout)
    assert row["id"] != begun


def test_where_only_the_version_has_gone_the_changes_go_on_from_what_is_there(run: Run, begun: str, home: Path) -> None:
    [path] = (home / "journal" / "entries").rglob("*.json")
    base = json.loads(path.read_bytes())
    path.unlink()
    other = Entry({**base, "saved": "2026-11-23T10:00:00+00:00"})
    Workbook().journal.save(other)
    assert run("resume", typed="").exit_code == 0
    head = Workbook().journal.find(begun)
    assert head.entry.answers == {"what": "zanzibar"}
    assert set(head.entry.parents) == {other.revision, Entry(base).revision}


def test_of_an_exercise_that_has_gone_too_the_words_are_kept(run: Run, tiny: Catalog, drafts: Drafts) -> None:
    draft = drafts.start(exercise="gone", title="Gone", entry="a" * 13, parents=("0123456789abcdef",), edit=True)
    for name, answer in {
        "a": "zanzibar",
        "b": {"items": [{"text": "quagga"}, 7]},
        "c": None,
        "d": [{"x": "okapi"}],
    }.items():
        draft.keep(name, answer)
    draft.keep_half("e", {"items": ["numbat"]})
    draft.close()
    shown = run("drafts", "show", draft.id)
    assert shown.exit_code == 0
    assert run("resume", typed=f"{KEEP}\n").exit_code == 0
    page = run("show", "last").stdout
    for words in ("zanzibar", "quagga", "7", "okapi", "numbat"):
        assert words in shown.stdout
        assert words in page


@pytest.mark.parametrize("later", [{"later": True}, {"later": True, "rest": True}])
def test_so_it_is_with_what_was_answered_afterwards(
    run: Run, tiny: Catalog, drafts: Drafts, later: dict[str, bool]
) -> None:
    small = tiny.find("small")
    draft = drafts.start(
        exercise="small", title="Small", entry="a" * 13, parents=("0123456789abcdef",), definition=small.table, **later
    )
    draft.keep_half("what", "zanzibar")
    draft.close()
    assert run("resume", typed=f"{KEEP}\n").exit_code == 0
    assert "zanzibar" in run("show", "last").stdout


# --- what is in a draft is shown


def test_what_was_given_and_what_was_not_finished_is_shown(run: Run, begun: str, drafts: Drafts) -> None:
    draft = drafts.take_up()
    draft.keep_half("what", "half a wo")
    draft.close()
    before = [path.read_bytes() for path in drafts.path.iterdir()]
    shown = run("drafts", "show", draft.id[:5])
    assert (shown.exit_code, "zanzibar" in shown.stdout, "half a wo" in shown.stdout) == (0, True, True)
    assert "not finished" in shown.stdout
    assert [path.read_bytes() for path in drafts.path.iterdir()] == before
    assert "zanzibar" not in run("drafts").stdout
    for name in ("zzzzz", "zz"):
        assert run("drafts", "show", name).exit_code == 2


def give(drafts: Drafts, number: int) -> Path:
    """Make a draft with as many answers."""
    draft = drafts.start(exercise="small", title="Small")
    for place in range(number):
        draft.keep(f"f{place}", f"words {place}")
    draft.close()
    return drafts.path / f"{draft.id}.jsonl"


@pytest.mark.parametrize("what", ["flip", "newline", "zeros", "cut", "no UTF-8"])
def test_a_damaged_line_costs_what_it_said_and_nothing_else(run: Run, tiny: Catalog, drafts: Drafts, what: str) -> None:
    """Two lines at most where their end is what was damaged: each is found by its own end all the same."""
    path = give(drafts, 5)
    lines = path.read_bytes().split(b"\n")
    damaged = {
        "flip": lines[3].replace(b"words 2", b"wards 2"),
        "newline": lines[3] + b"\x0b" + lines[4],
        "zeros": b"\0" * len(lines[3]),
        "cut": lines[3][: len(lines[3]) // 2] + lines[3][len(lines[3]) // 2 + 9 :],
        "no UTF-8": b"\xff\xfe" + lines[3][5:],
    }[what]
    rest = lines[5:] if what == "newline" else lines[4:]
    path.write_bytes(b"\n".join([*lines[:3], damaged, *rest]))
    [draft] = drafts.all()
    expected = {f"f{place}" for place in range(5)} - (set() if what == "newline" else {"f2"})
    assert draft.answers.keys() == expected
    assert bool(draft.damaged) is (what != "newline")
    shown = run("drafts", "show", draft.id)
    assert shown.exit_code == (0 if what == "newline" else 4)
    assert ("wards 2" in shown.stdout) is (what == "flip")
    resumed = run("resume", typed="!\n")
    assert ("line of this unfinished exercise is damaged" in resumed.stderr) is (what != "newline")
    held = drafts.take_up()
    held.write()  # as it is when the file has grown long
    held.close()
    assert drafts.all()[0].damaged == draft.damaged


def test_any_bent_byte_costs_one_answer_at_most(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path)
    path = give(drafts, 6)
    whole = path.read_bytes()
    header = whole.index(b"\n") + 1
    chance = random.Random(1)
    for at in chance.sample(range(header, len(whole)), min(len(whole) - header, 150 * SIZE)):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ (1 << chance.randrange(8))]) + whole[at + 1 :])
        [draft] = drafts.all()
        assert len(draft.answers) >= 5, at
        assert all(answer == f"words {name[1:]}" for name, answer in draft.answers.items())


@pytest.mark.parametrize("what", ["flip", "gone", "newer", "text"])
def test_a_draft_that_cannot_be_opened_can_be_read_and_deleted(
    run: Run, tiny: Catalog, drafts: Drafts, what: str
) -> None:
    path = give(drafts, 3)
    first, *lines = path.read_bytes().split(b"\n")
    header = json.loads(first)
    del header["check"]
    heads = {
        "flip": first[:2] + b"X" + first[3:],
        "gone": b"",
        "newer": module.line_of({**header, "draft": 2})[:-1],
        "text": b"nothing",
    }
    path.write_bytes(b"\n".join([heads[what], *lines]))
    before = path.read_bytes()
    name = path.stem
    assert f"drafts show {name[:8]}" in run("drafts").stderr
    shown = run("drafts", "show", name[:8])
    assert shown.exit_code == 4
    for place in range(3):
        assert f"words {place}" in shown.stdout
    assert "Small" not in shown.stdout, "the exercise in the header is not what was answered"
    resumed = run("resume", name[:8], typed="")
    assert resumed.exit_code == 4
    assert "drafts show" in resumed.stderr
    assert run("drafts", "discard", name[:8], typed="n\n").exit_code == 0
    assert path.read_bytes() == before
    assert run("drafts", "discard", name[:8], "--yes").exit_code == 0
    assert not path.exists()


def test_only_the_draft_that_became_the_entry_is_let_go(run: Run, tiny: Catalog, drafts: Drafts) -> None:
    sitting = drafts.start(exercise="small", title="Small")
    made = entry_of(tiny, "walrus")
    made = Entry({**made.body, "id": sitting.entry, "draft": sitting.id})
    Workbook().journal.save(made)
    sitting.close()
    edit = drafts.start(exercise="small", title="Small", entry=made.id, parents=(made.revision,), edit=True)
    edit.keep("what", "zanzibar")
    edit.close()
    for look in (["drafts"], [], ["review"], ["drafts"]):
        assert run(*look).exit_code == 0
    assert [(draft.id, draft.answers) for draft in drafts.all()] == [(edit.id, {"what": "zanzibar"})]


# --- what a crash put aside


@pytest.fixture
def aside(home: Path) -> Path:
    folder = home / "state" / "lost+found"
    folder.mkdir(parents=True, mode=0o700)
    return folder


def test_an_entry_put_aside_is_shown_and_brought_back(run: Run, tiny: Catalog, aside: Path) -> None:
    lost = entry_of(tiny, "zanzibar")
    path = aside / ".tmp-123-0123456789abcdef"
    path.write_bytes(sealed(lost.body))
    assert "drafts --aside" in run("drafts").stdout
    listed = run("drafts", "--aside").stdout
    assert "0123456789abcdef" in listed
    assert "zanzibar" not in listed
    assert json.loads(run("drafts", "--aside", "--json").stdout) == [
        {"id": "0123456789abcdef", "holds": "entry", "bytes": path.stat().st_size}
    ]
    assert "zanzibar" in run("drafts", "show", "0123").stdout
    assert run("drafts", "restore", "0123").exit_code == 0
    assert "zanzibar" in run("show", lost.id).stdout
    assert [*aside.iterdir()] == []


def test_a_draft_put_aside_is_shown_and_brought_back(run: Run, tiny: Catalog, aside: Path, drafts: Drafts) -> None:
    made = give(drafts, 3)
    made.rename(aside / ".tmp-123-0123456789abcdef")
    assert "words 2" in run("drafts", "show", "0123").stdout
    assert run("drafts", "restore", "0123").exit_code == 0
    [draft] = drafts.all()
    assert len(draft.answers) == 3
    assert [*aside.iterdir()] == []


@pytest.mark.parametrize("part", [0.3, 0.6, 0.9])
@pytest.mark.parametrize("kind", ["entry", "draft"])
def test_what_is_not_whole_is_shown_as_far_as_it_goes_and_stays(
    run: Run, tiny: Catalog, aside: Path, drafts: Drafts, kind: str, part: float
) -> None:
    path = aside / ".tmp-123-0123456789abcdef"
    whole = (
        sealed(entry_of(tiny, "zanzibar " + "and so on " * 200).body)
        if kind == "entry"
        else give(drafts, 1).read_bytes()
    )
    data = whole[: int(len(whole) * part)] if kind == "entry" else whole[9:]
    path.write_bytes(data)
    shown = run("drafts", "show", "0123")
    assert shown.exit_code == 4
    assert ("zanzibar" in shown.stdout) is (b"zanzibar" in data)
    assert run("drafts", "restore", "0123").exit_code == 4
    assert path.read_bytes() == data


def test_what_was_put_aside_can_be_deleted_for_good(run: Run, tiny: Catalog, aside: Path) -> None:
    path = aside / ".tmp-123-0123456789abcdef"
    path.write_bytes(b"zanzibar")
    assert run("drafts", "discard", "0123", typed="\n").exit_code == 0
    assert path.exists()
    assert run("drafts", "discard", "0123", "--yes").exit_code == 0
    assert not path.exists()


@pytest.mark.parametrize("kind", ["entry", "draft"])
def test_what_was_erased_is_not_brought_back(
    run: Run, tiny: Catalog, home: Path, aside: Path, drafts: Drafts, kind: str
) -> None:
    path = aside / ".tmp-123-0123456789abcdef"
    if kind == "entry":
        path.write_bytes(sealed(entry_of(tiny, "zanzibar").body))
        erased = entry_of(tiny, "zanzibar").id
    else:
        made = give(drafts, 1)
        erased = drafts.all()[0].entry
        made.rename(path)
    if kind == "entry":
        erased = json.loads(path.read_bytes())["id"]
    Erased(home / "journal" / FOLDER).add([erased])
    assert run("drafts", "restore", "0123").exit_code == 2
    assert path.exists()
    assert json.loads(run("review", "--json").stdout) == []
    assert drafts.all() == []
