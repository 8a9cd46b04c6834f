"""The words closest to this moment come first, and one tool is marked only where it clearly helped most."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine

from smartcli.blocks import Words
from smartcli.content.catalog import Catalog
from smartcli.entries.entry import Entry
from smartcli.fields import Choice
from smartcli.session.closeness import Used, clearly_best
from smartcli.session.form import Form
from tests.support.asking import entry_at, memory
from tests.support.made import START, catalogue

EVENING = datetime(2026, 11, 10, 20, 0, tzinfo=UTC)
MORNING = datetime(2026, 11, 10, 9, 0, tzinfo=UTC)
MADE = """=== note-to-me
[[field]]
id = "letter"
kind = "text"
ask = "Letter?"
measure = "letter"

[[field]]
id = "when"
kind = "choices"
ask = "When?"
options = [{ id = "strong", say = "Strong" }, { id = "evening", say = "Evening" }, { id = "morning", say = "Morning" }]
measure = "for-when"
optional = true

[[field]]
id = "what"
kind = "choices"
ask = "What?"
options = [{ id = "rain", say = "Rain" }]
own = true
measure = "trigger"
optional = true

=== urge
per_behaviour = true

[[field]]
id = "strength"
kind = "scale"
ask = "How strong?"
measure = "urge.before"

[[field]]
id = "trigger"
kind = "choice"
ask = "What set it off?"
options = [{ id = "rain", say = "Rain" }, { id = "sun", say = "Sun" }]
own = true
measure = "trigger"
optional = true

[[field]]
id = "tool"
kind = "choice"
ask = "What now?"
options = [{ id = "walk", say = "Walk", remark = "short" }, { id = "sing", say = "Sing" }, { id = "wait", say = "Wait" }]
own = true
measure = "coping"
recall = { measure = "letter", fits = "now", limit = 1, say = "You wrote" }
aside = { measure = "letter", fits = "now", limit = 9, say = "All" }
optional = true

[[field]]
id = "after"
kind = "scale"
ask = "And now?"
measure = "urge.after"
optional = true

=== toolbox
[[field]]
id = "chosen"
kind = "choices"
ask = "Which?"
options = [{ id = "walk", say = "Walk", remark = "short" }, { id = "sing", say = "Sing" }]
own = true
measure = "coping"

"""


@pytest.fixture
def made(tmp_path: Path) -> Catalog:
    return catalogue(tmp_path, MADE + START)


@pytest.fixture(autouse=True)
def _evening() -> Any:
    with time_machine.travel(EVENING, tick=False):
        yield


def entry(
    catalog: Catalog,
    exercise: str,
    answers: dict[str, Any],
    days_ago: int = 1,
    about: str | None = None,
    hour: int = 20,
) -> Entry:
    """Return an entry written so many days ago at this hour."""
    return entry_at(catalog.find(exercise), answers, EVENING.replace(hour=hour) - timedelta(days=days_ago), about)


def letters(catalog: Catalog, *meant: tuple[str, list[str], list[str]]) -> list[Entry]:
    """Return letters, the first of them the newest: each its words, when it is for, and which triggers."""
    return [
        entry(catalog, "note-to-me", {"letter": words, "when": when or None, "what": what or None}, days)
        for days, (words, when, what) in enumerate(meant, 1)
    ]


def shown(catalog: Catalog, entries: list[Entry], **answers: Any) -> list[str]:
    """Return the letters in the order in which an urge with these answers has them, the one above the question first."""
    form = Form(catalog.find("urge").fields, answers, memory(*entries))
    tool = next(field for field in form.fields if field.id == "tool")
    above, every = (
        [block.text for block in blocks if isinstance(block, Words) and block.theirs]
        for blocks in (form.beside(tool), form.aside(tool))
    )
    assert above == every[:1]
    return every


LETTERS = (
    ("in the rain", [], ["rain"]),
    ("any time", [], []),
    ("strong", ["strong"], []),
    ("mornings", ["morning"], []),
    ("evenings", ["evening"], []),
    ("older", [], []),
)


def test_the_trigger_named_then_the_hour_then_the_strength_then_any_time_then_the_rest(made: Catalog) -> None:
    entries = letters(made, *LETTERS)
    assert shown(made, entries, strength=9, trigger="rain") == [
        "in the rain", "evenings", "strong", "any time", "older", "mornings"
    ]  # fmt: skip
    assert shown(made, entries, strength=7)[:3] == ["evenings", "any time", "older"]
    assert shown(made, entries, strength=8)[:2] == ["evenings", "strong"]
    assert shown(made, entries, strength=7, trigger="sun")[0] == "evenings"
    with time_machine.travel(MORNING, tick=False):
        assert shown(made, entries, strength=3)[0] == "mornings"


def test_own_words_for_a_trigger_match_without_regard_to_case(made: Catalog) -> None:
    entries = letters(made, ("other", [], []), ("for payday", [], ["Money comes"]))
    assert shown(made, entries, strength=3, trigger="money comes")[0] == "for payday"


def test_a_letter_for_another_moment_still_comes_when_there_is_no_other(made: Catalog) -> None:
    assert shown(made, letters(made, ("in the rain", [], ["rain"])), strength=3) == ["in the rain"]


def test_letters_that_say_nothing_of_when_come_newest_first_as_before(made: Catalog) -> None:
    entries = letters(made, ("new", [], []), ("old", [], []), ("NEW", [], []))
    assert shown(made, entries, strength=9) == ["new", "old"]


def used(name: str, helped: int, rated: int) -> Used:
    return Used(name, name, rated, helped, rated)


@pytest.mark.parametrize(
    ("tools", "best"),
    [
        ([used("a", 4, 6), used("b", 1, 6)], "a"),
        ([used("a", 4, 6), used("b", 3, 6)], None),  # the low end of 4 of 6 is 41 %
        ([used("a", 4, 4), used("b", 0, 20)], None),  # too few
        ([used("a", 9, 9)], None),  # nothing to set it beside
        ([used("a", 9, 9), used("b", 0, 4)], None),
        ([used("a", 9, 9), used("b", 0, 4), used("c", 0, 1)], "a"),  # the others, all together
        ([used("a", 8, 8), used("b", 7, 7), used("c", 0, 9)], None),  # two of them as good
        ([used("b", 1, 10), used("a", 8, 8)], "a"),
        ([used("a", 1, 5), used("b", 0, 40)], "a"),
        ([used("a", 0, 9), used("b", 0, 9)], None),
        ([used("a", 9, 9), used("b", 9, 9)], None),
        ([], None),
    ],
)
def test_one_tool_stands_out_only_where_its_range_lies_above_the_others(tools: list[Used], best: str | None) -> None:
    found = clearly_best(tools)
    assert (found.value if found else None) == best


def urges(catalog: Catalog, tool: str, fell: int, of: int, about: str = "drinking", **more: Any) -> list[Entry]:
    """Return urges with a tool, of which so many fell."""
    hour = more.pop("hour", 20)
    answers = [{"strength": 7, "tool": tool, "after": 3 if number < fell else 7, **more} for number in range(of)]
    return [entry(catalog, "urge", answer, days, about, hour) for days, answer in enumerate(answers, 1)]


def remarks(catalog: Catalog, entries: list[Entry], about: str = "drinking", **answers: Any) -> dict[str, str]:
    """Return the remark of each tool in an urge, in the order of the menu."""
    form = Form(catalog.find("urge").fields, answers, memory(*entries), about)
    tool = form.offered(next(field for field in form.fields if field.id == "tool"))
    assert isinstance(tool, Choice)
    return {option.id: option.remark for option in tool.options}


def test_the_menu_keeps_its_order_and_marks_one(made: Catalog) -> None:
    entries = urges(made, "wait", 5, 6) + urges(made, "walk", 1, 6)
    marked = remarks(made, entries, strength=7)
    assert [*marked] == ["walk", "sing", "wait"]
    assert marked["walk"] == "short"
    assert "5 of the last 6" in marked["wait"]
    assert remarks(made, urges(made, "walk", 6, 6) + urges(made, "sing", 0, 5), strength=7)["walk"].startswith(
        "short; "
    )


def test_only_urges_in_a_situation_such_as_this_one_count(made: Catalog) -> None:
    evening = urges(made, "wait", 6, 6) + urges(made, "walk", 0, 6)
    with time_machine.travel(MORNING, tick=False):
        assert not remarks(made, evening, strength=7)["wait"], "another time of day"
    assert not remarks(made, evening, "betting", strength=7)["wait"], "another behaviour"
    assert not remarks(made, evening, strength=7, trigger="rain")["wait"], "a trigger that none of them had"
    rainy = urges(made, "sing", 6, 6, trigger="rain", hour=9) + urges(made, "walk", 0, 5, trigger="rain", hour=3)
    marked = remarks(made, evening + rainy, strength=7, trigger="rain")
    assert "6 of the last 6" in marked["sing"]
    assert not marked["wait"]


def test_nothing_is_marked_for_self_harm(made: Catalog) -> None:
    start = entry(made, "start", {"behaviours": [{"name": "hurting", "family": "self-harm"}]}, 99)
    entries = [*urges(made, "wait", 6, 6, "hurting"), *urges(made, "walk", 0, 6, "hurting"), start]
    assert set(remarks(made, entries, "hurting", strength=7).values()) == {"short", ""}


def test_a_toolbox_at_a_calm_time_says_how_each_went(made: Catalog) -> None:
    form = Form(made.find("toolbox").fields, {}, memory(*urges(made, "sing", 2, 3), *urges(made, "walk", 0, 2)))
    options = form.offered(form.fields[0]).options  # type: ignore[attr-defined]
    assert [option.remark for option in options] == ["short", "the urge went down 2 of the last 3 times"]
