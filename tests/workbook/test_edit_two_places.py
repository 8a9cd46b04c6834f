"""Editing what was changed in several places: the person sees the versions side by side and keeps one of them."""

import pytest

from smartcli.entries.entry import Entry
from smartcli.journal.heads import Revision
from smartcli.workbook.sessions import answer_later, edit_entry, resume_draft
from smartcli.workbook.workbook import Workbook
from tests.workbook.conftest import Sit
from tests.workbook.remembering import Life

READ, KEEP, DECIDE, CHANGE = "Read every version", "Keep this version", "Decide another time", "Change one answer"


@pytest.fixture
def made(life: Life) -> Entry:
    """An entry with three versions: "zebra" is the newest, then "yak", then "xerus"."""
    base = life.keep("check-in", {"mood": 5, "good": "walrus"}, days=3)
    for place, words in enumerate(("xerus", "yak", "zebra")):
        fields = [{**one, "answer": words} if one["id"] == "good" else one for one in base.body["fields"]]
        saved = f"2026-11-2{place}T10:00:00+00:00"
        life.journal.save(Entry({**base.body, "fields": fields, "parents": [base.revision], "saved": saved}))
    return base


def edit(sit: Sit, entry: Entry, *typed: str) -> str:
    return sit(lambda workbook: edit_entry(workbook, workbook.journal.find(entry.id)), *typed)


def stands(entry: Entry) -> tuple[list[str], list[str]]:
    """Return the words of the versions that stand, and the revisions they were made of."""
    head = Workbook().journal.find(entry.id)
    return [one.answers["good"] for one in head.entry.sides], head.entry.parents


def ends(entry: Entry) -> list[str]:
    return Workbook().journal.find(entry.id).revisions()


def test_they_are_shown_side_by_side_and_the_newest_is_kept(sit: Sit, made: Entry) -> None:
    before = ends(made)
    shown = edit(sit, made, "", "")
    first_page = shown.partition("Which version")[0]
    assert all(words in first_page for words in ("zebra", "yak", "xerus"))
    assert stands(made) == (["zebra"], sorted(before))


@pytest.mark.parametrize(("row", "words"), [("1", "zebra"), ("2", "yak"), ("3", "xerus")])
def test_whichever_is_kept_it_is_made_of_all(sit: Sit, made: Entry, row: str, words: str) -> None:
    before = ends(made)
    page = edit(sit, made, row, KEEP).rpartition("Which version")[2].partition("An older one")[2]
    assert words in page, "the version that was chosen is there to be read before it is kept"
    assert stands(made) == ([words], sorted(before))


def test_they_can_be_read_in_full_first(sit: Sit, made: Entry) -> None:
    shown = edit(sit, made, READ, "2", KEEP)
    assert shown.count("xerus") > 1
    assert stands(made)[0] == ["yak"]


def test_a_changed_answer_is_saved_over_the_chosen_version(sit: Sit, made: Entry) -> None:
    before = ends(made)
    edit(sit, made, "2", CHANGE, "1", "8", "")
    [kept] = Workbook().journal.find(made.id).entry.sides
    assert kept.answers == {"mood": 8, "good": "yak"}
    assert kept.parents == sorted(before)


@pytest.mark.parametrize("typed", [("<",), ("!",), ("2", "<"), ("2", DECIDE), ("1", "!")])
def test_who_leaves_without_deciding_lets_go_of_nothing(
    sit: Sit, made: Entry, life: Life, typed: tuple[str, ...]
) -> None:
    before = ends(made)
    edit(sit, made, *typed)
    assert ends(made) == before
    assert not life.drafts.all()


def test_what_was_begun_goes_on_with_the_version_that_was_chosen(sit: Sit, made: Entry) -> None:
    before = ends(made)
    edit(sit, made, "3", CHANGE, "1", "8", "!")
    assert ends(made) == before
    sit(resume_draft, "")
    [kept] = Workbook().journal.find(made.id).entry.sides
    assert (kept.answers, kept.parents) == ({"mood": 8, "good": "xerus"}, sorted(before))


def test_an_answer_added_afterwards_lets_go_of_no_version(life: Life, sit: Sit) -> None:
    base = life.keep("check-in", {"mood": 5, "good": "walrus", "next": "walk"}, days=3)
    for words, saved in (("yak", "2026-11-20T10:00:00+00:00"), ("zebra", "2026-11-21T10:00:00+00:00")):
        fields = [{**one, "answer": words} if one["id"] == "good" else one for one in base.body["fields"]]
        life.journal.save(Entry({**base.body, "fields": fields, "parents": [base.revision], "saved": saved}))
    exercise = life.catalog.find("check-in")
    sit(lambda workbook: answer_later(workbook, exercise, workbook.journal.find(base.id)), "1", "")
    head = Workbook().journal.find(base.id)
    assert sorted(one.answers["good"] for one in head.entry.sides) == ["yak", "zebra"]
    assert [one.answers.get("next-done") for one in head.entry.sides].count("done") == 1


@pytest.mark.parametrize(("says", "goes_on"), [("yes", True), ("no", False), ("", False)])
def test_to_change_an_older_version_is_asked_first(life: Life, sit: Sit, says: str, goes_on: bool) -> None:
    base = life.keep("check-in", {"mood": 5, "good": "walrus"}, days=3)
    life.journal.save(Entry({**base.body, "parents": [base.revision], "saved": "2026-11-21T10:00:00+00:00"}))
    newest: Revision = Workbook().journal.find(base.id).revision
    path = life.journal.path / "entries" / newest.folder / newest.name
    path.write_bytes(b"")
    typed = [says, CHANGE, "1", "8", ""] if goes_on else [says]
    assert "A newer version of this cannot be read" in edit(sit, base, *typed)
    assert Workbook().journal.find(base.id).entry.answers["mood"] == (8 if goes_on else 5)
    assert Workbook().journal.find(base.id).needs_attention
    assert path.read_bytes() == b""
