"""The page for somebody else: what was not chosen is not in it, in any format."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from smartcli.blocks import Page
from smartcli.entries.entry import Entry
from smartcli.insights.notes import gather
from smartcli.insights.report import Insights, compute_insights
from smartcli.pages.document import figures
from smartcli.pages.roles import Roles
from smartcli.pages.share import NUMBERS, WHOLE, ShareSection, share_blocks, share_sections
from smartcli.renderers import html, markdown, plain
from tests.exchange.everything import EVERYTHING
from tests.support.asking import entry

TODAY = date(2026, 11, 28)
MEASURES = {"behaviour": "change", "reason": "reasons", "value": "values", "plan": "plans", "plan.urge": "plans", "plan.week": "plans", "warning": "signs", "support": "support",
            "good": "good", "trigger": "triggers", "coping": "helps", "goal": "goals", "goal.step": "goals", "": "", "thought": "", "person": ""}  # fmt: skip


def written(number: int, exercise: str, days_ago: int, measures: list[str]) -> tuple[Entry, dict[str, str]]:
    """Return an entry with a word of its own for each measure, and those words by measure."""
    base = entry(EVERYTHING, {"one": "x"}).body
    words = {measure: f"canary{number}x{place}y" for place, measure in enumerate(measures)}
    fields: list[dict[str, Any]] = [
        {"id": f"f{place}", "kind": "line", "ask": "?", "measure": measure, "answer": words[measure]}
        for place, measure in enumerate(measures)
        if measure != "goal.step"
    ]
    if "goal.step" in measures:
        column = {"id": "s", "kind": "line", "ask": "?", "measure": "goal.step"}
        fields.append(
            {"id": "t", "kind": "table", "ask": "?", "columns": [column], "answer": [{"s": words["goal.step"]}]}
        )
    day = TODAY - timedelta(days_ago)
    identity = "".join("abcdefghij"[int(digit)] for digit in f"{number:013}")
    return Entry(
        {
            **base,
            "id": identity,
            "exercise": exercise,
            "day": day.isoformat(),
            "when": f"{day}T12:00:00+00:00",
            "fields": fields,
        }
    ), words


def sections(kept: Sequence[Entry], since: date | None, families: dict[str, str]) -> list[ShareSection]:
    """Return the sections of some days (None: all), with the figures of these days."""
    first = since or min((one.day for one in kept), default=TODAY)
    return share_sections(kept, counted(kept, families, first), families)


def counted(kept: Sequence[Entry], families: dict[str, str], since: date | None = None) -> Insights:
    return compute_insights(gather(((one, True) for one in kept), families), TODAY, since)


ENTRIES = st.lists(
    st.tuples(st.sampled_from(["one", "two", "three"]), st.integers(0, 40), st.lists(st.sampled_from([*MEASURES]), unique=True, min_size=1)),
    min_size=1, max_size=6,
)  # fmt: skip


@given(ENTRIES, st.one_of(st.none(), st.integers(0, 40)), st.randoms(use_true_random=False))
def test_no_word_is_on_the_page_that_was_not_chosen(
    made: list[tuple[str, int, list[str]]], days: int | None, chance: Any
) -> None:
    kept = sorted((written(number, *one) for number, one in enumerate(made)), key=lambda one: one[0].day, reverse=True)
    since = None if days is None else TODAY - timedelta(days)
    inside = [one for one, _ in kept if since is None or one.day >= since]
    found = sections(inside, since, {})
    chosen = [one for one in found if chance.random() < 0.5]
    page = Page("Title", share_blocks(chosen, Roles({}).on), "")
    out = "".join([*html.document("Title", [page]), *markdown.document("Title", [page]), plain.page(page)])
    ids = {one.id for one in chosen}
    newest: dict[str, str] = {}
    for one in inside:
        newest.setdefault(one.exercise, one.id)
    for one, words in kept:
        whole = newest.get(one.exercise) == one.id and f"{WHOLE}{one.exercise}" in ids
        for measure, word in words.items():
            if one not in inside or not (whole or MEASURES[measure] in ids):
                assert word not in out, measure


def test_the_numbers_hold_no_word_that_was_written() -> None:
    one, words = written(1, "urge", 1, ["trigger", "coping", "thought"])
    strength = {"id": "s", "kind": "scale", "ask": "?", "low": 0, "high": 10, "measure": "urge.before", "answer": 7}
    one = Entry({**one.body, "fields": [*one.body["fields"], strength], "behaviour": "CANARY"})
    [numbers] = [each for each in sections([one], None, {}) if each.id == NUMBERS]
    text = plain.blocks(numbers.blocks)
    assert "Urges" in text
    assert not [word for word in (*words.values(), "CANARY") if word in text]


def test_a_section_holds_the_newest_and_the_most_frequent_first_and_says_what_it_leaves_out() -> None:
    kept = [written(number, "plans", number, ["plan"])[0] for number in range(8)]
    [plans] = [each for each in sections(kept, None, {}) if each.id == "plans"]
    assert plans.amount == "the first 5 of 8"
    assert plain.blocks(plans.blocks).split("\n")[0] == "- canary0x0y"


def test_nothing_about_self_harm_is_counted_even_when_the_days_chosen_do_not_say_what_it_is() -> None:
    one, _ = written(1, "urge", 1, ["trigger"])
    strength = {"id": "s", "kind": "scale", "ask": "?", "low": 0, "high": 10, "measure": "urge.before", "answer": 7}
    one = Entry({**one.body, "fields": [*one.body["fields"], strength], "behaviour": "It"})
    for families, is_counted in [({}, True), ({"it": "alcohol"}, True), ({"it": "self-harm"}, False)]:
        found = {each.id: plain.blocks(each.blocks) for each in sections([one], None, families)}
        assert ("Urges" in found.get(NUMBERS, "")) is is_counted
        assert ("triggers" in found) is is_counted
        told = "".join(plain.page(page) for page in figures(counted([one] * 9, families)))
        assert ("rges" in told) is is_counted


def test_a_second_behaviour_of_self_harm_is_counted_neither_in_insights_nor_on_the_page_to_share() -> None:
    families = {"drinking": "alcohol", "cutting": "self-harm", "burning": "self-harm"}
    strength = {"id": "s", "kind": "scale", "ask": "?", "low": 0, "high": 10, "measure": "urge.before", "answer": 7}
    kept, words = [], {}
    for number, about in enumerate(["Cutting", "Burning", None, "drinking"]):
        one, said = written(number, "urge", 1, ["trigger"])
        kept.append(Entry({**one.body, "fields": [*one.body["fields"], strength], "behaviour": about}))
        words[about] = said["trigger"]
    told = counted(kept, families)
    assert told.left_out
    assert told.urges.n == 1
    found = {each.id: plain.blocks(each.blocks) for each in sections(kept, None, families)}
    assert "Urges: 1\n" in found[NUMBERS] + "\n"
    assert [about for about, word in words.items() if word in found["triggers"]] == ["drinking"]


def test_what_names_no_behaviour_is_not_counted_where_one_of_them_is_self_harm() -> None:
    unnamed, words = written(1, "urge", 1, ["trigger", "coping"])
    unnamed = Entry({name: value for name, value in unnamed.body.items() if name != "behaviour"})
    for about in (unnamed, Entry({**unnamed.body, "behaviour": ""}), Entry({**unnamed.body, "behaviour": " "})):
        for families, is_counted in [({"it": "alcohol"}, True), ({"it": "alcohol", "that": "self-harm"}, False)]:
            found = {each.id: plain.blocks(each.blocks) for each in sections([about], None, families)}
            for measure, section in (("trigger", "triggers"), ("coping", "helps")):
                assert (words[measure] in found.get(section, "")) is is_counted
