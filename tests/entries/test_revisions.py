"""The next revision of an entry: what it changes, and that everything else stays, whatever version wrote it."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartcli.content.catalog import Catalog
from smartcli.entries.entry import DELETED, LIVE, Answered, Entry
from smartcli.entries.revisions import revised, with_state
from smartcli.journal import seal
from tests.conftest import CATALOGUE
from tests.support.asking import entry

EVERYTHING = Catalog(CATALOGUE / "none", CATALOGUE).find("everything")
ANSWERS: dict[str, Any] = {"one": "first", "free": "words", "strength": 7, "picks": ["walk"], "yes": False}
NEWER = {"x-newer": {"deep": [1, None, {"deeper": "words of a newer version"}]}, "😀": "kept"}


def of_a_newer_version(within: Callable[[dict[str, Any]], bool] = lambda stored: True) -> Entry:
    """Return an entry in which every object of ours has keys that this version does not know."""
    made = entry(EVERYTHING, ANSWERS)
    fields = [{**stored, **NEWER} if within(stored) else stored for stored in made.body["fields"]]
    return Entry({**made.body, **NEWER, "fields": fields})


def unknown(entry: Entry) -> list[Any]:
    """Return the keys of a newer version that an entry has, of the entry first and then of each question by its id."""
    objects = [("", entry.body), *sorted((stored["id"], stored) for stored in entry.body["fields"])]
    return [(name, {key: value for key, value in body.items() if key in NEWER}) for name, body in objects]


@given(st.sets(st.sampled_from([*ANSWERS]), min_size=1))
def test_an_edit_keeps_what_this_version_does_not_know_whatever_is_changed(changed: set[str]) -> None:
    before = of_a_newer_version()
    other: dict[str, Any] = {"one": "second", "free": "others", "strength": 2, "picks": ["x"], "yes": True}
    given_ = [one._replace(answer=other[one.field.id]) for one in before.fields if one.field.id in changed]
    after = revised(before, given_)
    assert unknown(after) == unknown(before)
    assert after.answers == ANSWERS | {name: other[name] for name in changed}
    assert unknown(revised(after, [one._replace(answer=ANSWERS[one.field.id]) for one in given_])) == unknown(before)


@pytest.mark.parametrize("state", [DELETED, LIVE])
def test_hiding_and_bringing_back_keep_it_too_and_so_does_the_file(state: str) -> None:
    before = of_a_newer_version()
    after = with_state(before, state, [before.revision])
    assert unknown(after) == unknown(before)
    assert seal.opened(seal.sealed(after.body)) == after.body


def test_an_answer_taken_away_goes_with_all_it_says_and_no_other_does() -> None:
    before = of_a_newer_version()
    after = revised(before, [], asked=["free"])
    assert after.answers == {name: answer for name, answer in ANSWERS.items() if name != "free"}
    assert unknown(after) == [one for one in unknown(before) if one[0] != "free"]


def test_what_was_not_asked_again_stays_to_the_letter() -> None:
    before = of_a_newer_version()
    [one] = [one for one in before.fields if one.field.id == "one"]
    after = revised(before, [Answered(one.field, "second")])
    stored_before = {stored["id"]: stored for stored in before.body["fields"]}
    assert [stored["id"] for stored in after.body["fields"]] == [*stored_before]
    assert all(stored == stored_before[stored["id"]] for stored in after.body["fields"] if stored["id"] != "one")
