"""Sittings in plain mode: answers kept, Back, pause, conditions, the last look, going on again."""

import io
import random
from pathlib import Path
from typing import Any

import pytest

from smartcli.asking import Pause, Question
from smartcli.content.catalog import Catalog
from smartcli.journal.drafts import Drafts
from tests.support.asking import Typist, entry, memory, plain, session
from tests.support.made import catalogue


@pytest.fixture
def drafts(tmp_path: Path) -> Drafts:
    return Drafts(tmp_path / "drafts")


EVERYTHING = [
    "one", "two", ".",                              # free
    "a line",                                       # one
    "first", "1", "second", "", "",                 # many, with marks
    "",                                             # plain-lines
    "12",                                           # count
    "7", "4",                                       # strength, after
    "2", "1,3", "2,1",                              # pick, picks, order
    "row one", "5", "", "",                         # grid: what, how, which; then the empty first column
    "y",                                            # yes
    "yesterday 9pm",                                # on
    "because",                                      # hidden
    "",                                             # keep
]  # fmt: skip


def test_every_kind_is_asked_and_its_answer_kept_as_it_was_given(tiny: Catalog, drafts: Drafts) -> None:
    asker, _ = plain(*EVERYTHING)
    made = session(tiny.find("everything"), asker, drafts).run()
    assert made.answers | {"on": ""} == {
        "free": "one\ntwo",
        "one": "a line",
        "many": [{"text": "first", "marks": ["short"]}, {"text": "second", "marks": []}],
        "count": 12,
        "strength": 7,
        "after": 4,
        "pick": "tea",
        "picks": ["walk", "sleep"],
        "order": ["sleep", "walk"],
        "grid": [{"what": "row one", "how": 5}],
        "yes": True,
        "on": "",
        "hidden": "because",
    }


def test_words_that_look_like_signs_can_be_doubled(tiny: Catalog, drafts: Drafts) -> None:
    for typed, kept in [("<<", "<"), ("!!", "!"), ("??", "?"), ("**", "*"), ("<<<", "<<<")]:
        asker, _ = plain(typed, "")
        assert session(tiny.find("small"), asker, drafts).run().answers == {"what": kept}


def test_back_asks_the_question_before_with_its_answer_on_offer(tiny: Catalog, drafts: Drafts) -> None:
    asker, out = plain("3", "<", "", "note", ".", "")
    made = session(tiny.find("check-in"), asker, drafts).run()
    assert made.answers == {"mood": 3, "note": "note"}
    assert "Enter for: 3" in out.getvalue()


def test_back_at_the_first_question_asks_it_again(tiny: Catalog, drafts: Drafts) -> None:
    asker, _ = plain("<", "<", "hello", "")
    assert session(tiny.find("small"), asker, drafts).run().answers == {"what": "hello"}


def test_an_answer_changed_by_going_back_hides_what_no_longer_applies(tiny: Catalog, drafts: Drafts) -> None:
    typed = EVERYTHING[:-2]
    asker, _ = plain(*typed, "<", "<", "n", "", "")
    made = session(tiny.find("everything"), asker, drafts).run()
    assert made.answers["yes"] is False
    assert "hidden" not in made.answers


def test_a_hidden_answer_stays_in_the_draft(tiny: Catalog, drafts: Drafts) -> None:
    asker, _ = plain(*EVERYTHING[:-1], "2", "12", "n", "")
    held = session(tiny.find("everything"), asker, drafts)
    assert "hidden" not in held.run().answers
    assert held.draft.answers["hidden"] == "because"


def test_the_hint_and_support_are_there_when_asked_for(tiny: Catalog, drafts: Drafts) -> None:
    asker, out = plain("?", "*", "hello", "")
    session(tiny.find("small"), asker, drafts).run()
    assert "SUPPORT" in out.getvalue()
    assert "exclamation mark" in out.getvalue().split("> ", 2)[1], "it says what can be typed where there is no hint"


def test_a_wrong_answer_is_told_and_asked_again(tiny: Catalog, drafts: Drafts) -> None:
    asker, out = plain("lots", "11", "", "3", "", "")
    assert session(tiny.find("check-in"), asker, drafts).run().answers == {"mood": 3}
    _posed, no_number, too_much, nothing, *_later = out.getvalue().split("> ")
    assert "number" in no_number
    assert "from 0 to 10" in too_much
    assert "needs an answer" in nothing
    assert "lots" not in out.getvalue()


@pytest.mark.parametrize("ending", ["!", None])
def test_leaving_keeps_every_answer_and_going_on_asks_only_the_rest(
    tiny: Catalog, drafts: Drafts, ending: str | None
) -> None:
    exercise = tiny.find("everything")
    for cut in range(len(EVERYTHING) - 1):
        first = session(exercise, plain(*EVERYTHING[:cut], *([ending] if ending else []))[0], drafts)
        with pytest.raises(Pause):
            first.run()
        given = dict(first.draft.answers)
        first.draft.close()
        again = drafts.take_up(first.draft.id)
        assert again.answers == given
        drafts.drop(again)


def test_going_on_in_the_middle_of_a_list_and_of_a_table(tiny: Catalog, drafts: Drafts) -> None:
    exercise = tiny.find("everything")
    for cut, again in [
        (5, [""]),
        (6, []),
        (7, [""]),
        (17, []),
        (18, []),
    ]:  # again: the line itself, before its mark
        first = session(exercise, plain(*EVERYTHING[:cut], "!")[0], drafts)
        with pytest.raises(Pause):
            first.run()
        first.draft.close()
        held = drafts.take_up(first.draft.id)
        made = session(exercise, plain(*again, *EVERYTHING[cut:])[0], drafts, draft=held).run()
        assert [line["text"] for line in made.answers["many"]] == ["first", "second"]
        assert made.answers["grid"] == [{"what": "row one", "how": 5}]
        drafts.drop(held)


def test_input_that_ends_saves_when_all_that_is_needed_is_there(tiny: Catalog, drafts: Drafts) -> None:
    asker, _ = plain("3")
    assert session(tiny.find("check-in"), asker, drafts).run().answers == {"mood": 3}


def test_the_quick_version_asks_only_the_quick_fields_and_keeps_at_once(tiny: Catalog, drafts: Drafts) -> None:
    asker, _ = plain("7", "rowing", "3", "never read")
    made = session(tiny.find("urge-log"), asker, drafts, quick=True).run()
    assert made.answers == {"strength": 7, "tool": "rowing", "after": 3}
    assert asker._lines.left == ["never read"]  # type: ignore[attr-defined]


def test_enough_is_enough_and_more_goes_on(tiny: Catalog, drafts: Drafts) -> None:
    assert session(tiny.find("urge-log"), plain("7", "1", "3", "1")[0], drafts).run().answers.keys() == {
        "strength",
        "tool",
        "after",
    }
    more = session(tiny.find("urge-log"), plain("7", "1", "3", "2", "1", "")[0], drafts).run()
    assert more.answers["trigger"] == "rain"


def test_only_questions_up_to_enough_are_counted(tiny: Catalog, drafts: Drafts) -> None:
    asker, out = plain("7", "1", "3", "1")
    session(tiny.find("urge-log"), asker, drafts).run()
    assert "Urge. 3 questions." in out.getvalue()


def test_one_answer_can_be_changed_at_the_last_look_or_all_left_for_another_time(tiny: Catalog, drafts: Drafts) -> None:
    asker, _ = plain("3", ".", "2", "1", "9", "")
    assert session(tiny.find("check-in"), asker, drafts).run().answers == {"mood": 9}
    held = session(tiny.find("check-in"), plain("3", ".", "3")[0], drafts)
    with pytest.raises(Pause):
        held.run()
    assert held.draft.answers == {"mood": 3, "note": None}


def test_a_list_given_before_can_be_kept_added_to_changed_and_shortened(tiny: Catalog, drafts: Drafts) -> None:
    given = ["", "", "one", "two", "three", *[""] * 5]
    revised = ["2", "3", "3", "2", "TWO", "4", "1", "2", "four", "", "1", ""]
    held = session(tiny.find("plans"), plain(*given, *revised)[0], drafts)
    assert held.run().answers["reasons"] == ["TWO", "three", "four"]


def test_starter_rows_come_from_the_newest_entry_and_can_be_kept(tiny: Catalog, drafts: Drafts) -> None:
    start = tiny.find("start")
    before = entry(start, {"behaviours": [{"name": "drinking", "family": "alcohol"}]})
    asker, out = plain("", "", "", "")
    made = session(start, asker, drafts, remembered=memory(before)).run()
    assert made.answers == {"behaviours": [{"name": "drinking", "family": "alcohol"}]}
    assert "drinking" in out.getvalue()


def test_own_words_of_earlier_times_are_offered_first_most_used_first(tiny: Catalog, drafts: Drafts) -> None:
    log = tiny.find("urge-log")
    before = [
        entry(log, {"strength": 8, "tool": tool, "after": 5}, day=day)
        for day, tool in [(3, "rowing"), (4, "the dog"), (5, "the dog")]
    ]
    asker, out = plain("7", "1", "3", "1")
    made = session(log, asker, drafts, remembered=memory(*before)).run()
    assert made.answers["tool"] == "the dog"
    assert "1. the dog\n2. rowing" in out.getvalue()


def test_a_plan_is_given_back_for_the_same_trigger_only(tiny: Catalog, drafts: Drafts) -> None:
    plans = tiny.find("plans")
    before = entry(plans, {"plans": [{"when": "rain", "then": "sing"}, {"when": "row", "then": "walk out"}]}, day=3)
    asker, out = plain("2")
    session(plans, asker, drafts, remembered=memory(before)).run()
    assert "walk out" in out.getvalue()
    assert "sing" not in out.getvalue()
    asker, out = plain("1")
    session(plans, asker, drafts, remembered=memory()).run()
    assert "No plan yet." in out.getvalue()


def test_words_about_another_behaviour_are_not_given_back(tiny: Catalog, drafts: Drafts) -> None:
    said = {about: entry(tiny.find("plans"), {"reasons": [f"for {about}"]}, about, day) for day, about in ((3, "drink"), (4, "smoke"))}  # fmt: skip
    everywhere = entry(tiny.find("plans"), {"reasons": ["for all"]}, day=2)
    for about, given in [("Drink", "for drink"), ("smoke", "for smoke"), ("betting", "for all")]:
        asker, out = plain("7", "1", "3", "1")
        remembered = memory(said["smoke"], said["drink"], everywhere)
        session(tiny.find("urge-log"), asker, drafts, remembered=remembered, about=about).run()
        assert given in out.getvalue()
        assert not [words for words in ("for drink", "for smoke") if words != given and words in out.getvalue()]


def test_earlier_words_stand_above_a_cell_by_what_its_row_is_about(drafts: Drafts, tmp_path: Path) -> None:
    catalog = catalogue(
        tmp_path,
        '=== voice\n[[field]]\nid = "t"\nkind = "table"\nask = "T?"\n'
        '[[field.columns]]\nid = "line"\nkind = "choice"\nask = "Line?"\nmeasure = "thought"\n'
        'options = [{ id = "one", say = "Just one" }, { id = "now", say = "Now" }]\n'
        '[[field.columns]]\nid = "reply"\nkind = "line"\nask = "Reply?"\nmeasure = "reply"\n'
        'recall = { measure = "reply", match = "line", say = "You answered" }\n',
    )
    voice = catalog.find("voice")
    before = entry(voice, {"t": [{"line": "one", "reply": "never was"}, {"line": "now", "reply": "it passes"}]}, day=3)
    asker, out = plain("2", "later", "", "")
    session(voice, asker, drafts, remembered=memory(before)).run()
    assert "it passes" in out.getvalue()
    assert "never was" not in out.getvalue()


def test_earlier_words_that_stand_in_the_answer_begun_from_are_not_shown_twice(drafts: Drafts, tmp_path: Path) -> None:
    catalog = catalogue(
        tmp_path,
        '=== card\n[[field]]\nid = "steps"\nkind = "lines"\nask = "Steps?"\nagain = true\nmeasure = "plan"\n'
        'recall = [{ measure = "plan", limit = 2, say = "You planned" }, { measure = "coping", limit = 2, say = "You used" }]\n'
        "=== other\n"
        '[[field]]\nid = "p"\nkind = "lines"\nask = "P?"\nmeasure = "plan"\n'
        '[[field]]\nid = "c"\nkind = "lines"\nask = "C?"\nmeasure = "coping"\n',
    )
    card, other = catalog.find("card"), catalog.find("other")
    newer = entry(other, {"p": ["go out", "ring Sam"], "c": ["Ring Sam", "eat"]}, day=9)
    remembered = memory(newer, entry(card, {"steps": ["Go out"]}, day=3))
    asker, out = plain("", "")
    made_again = session(card, asker, drafts, remembered=remembered).run()
    assert made_again.answers == {"steps": ["Go out"]}
    said = out.getvalue()
    assert said.casefold().count("ring sam") == 1
    assert "You planned" in said
    assert "eat" in said
    assert "go out" not in said


def test_a_field_can_begin_from_an_earlier_answer(drafts: Drafts, tmp_path: Path) -> None:
    catalog = catalogue(
        tmp_path,
        '=== talk\n[[field]]\nid = "draft"\nkind = "line"\nask = "Draft?"\noptional = true\n'
        '[[field]]\nid = "short"\nkind = "line"\nask = "Shorter?"\nbegins_from = "draft"\noptional = true\n',
    )
    talk = catalog.find("talk")
    for typed, kept in [
        (["much to say", "", ""], {"draft": "much to say", "short": "much to say"}),
        (["much to say", "little", ""], {"draft": "much to say", "short": "little"}),
        (["", "", ""], {}),
    ]:
        asker, _ = plain(*typed)
        assert session(talk, asker, drafts).run().answers == kept


def test_own_words_in_a_column_are_offered_again(tiny: Catalog, drafts: Drafts, tmp_path: Path) -> None:
    catalog = catalogue(
        tmp_path,
        '=== chain\n[[field]]\nid = "t"\nkind = "table"\nask = "T?"\noptional = true\n'
        '[[field.columns]]\nid = "what"\nkind = "choice"\nask = "What?"\nown = true\nmeasure = "trigger"\n'
        'options = [{ id = "rain", say = "Rain" }]\n',
    )
    before = entry(catalog.find("chain"), {"t": [{"what": "an empty house"}, {"what": "rain"}]}, day=3)
    asker, _ = plain("7", "1", "3", "2", "1")
    done = session(tiny.find("urge-log"), asker, drafts, remembered=memory(before)).run()
    assert done.answers["trigger"] == "an empty house"


def test_a_condition_on_other_families_than_one(tmp_path: Path, drafts: Drafts, tiny: Catalog) -> None:
    catalog = catalogue(
        tmp_path,
        '=== some\n[[field]]\nid = "all"\nkind = "line"\nask = "All?"\n'
        '[[field]]\nid = "u"\nkind = "line"\nask = "Not for one?"\noptional = true\nonly_if = { not_family = "self-harm" }\n',
    )
    both = entry(
        tiny.find("start"),
        {"behaviours": [{"name": "drink", "family": "alcohol"}, {"name": "it", "family": "self-harm"}]},
    )
    for about, asked, known in [("it", False, both), ("drink", True, both), (None, False, both), (None, True, None)]:
        asker, out = plain("x", "", "")
        session(catalog.find("some"), asker, drafts, remembered=memory(*([known] if known else [])), about=about).run()
        assert ("Not for one?" in out.getvalue()) is asked, about


def test_a_condition_on_the_family_follows_what_the_sitting_is_about(tiny: Catalog, drafts: Drafts) -> None:
    both = entry(
        tiny.find("start"),
        {"behaviours": [{"name": "drink", "family": "alcohol"}, {"name": "it", "family": "self-harm"}]},
    )
    for about, asked in [("it", True), ("IT", True), ("drink", False), (None, True)]:
        asker, out = plain("7", "1", "3", "2", "", "", "")
        session(tiny.find("urge-log"), asker, drafts, remembered=memory(both), about=about).run()
        assert ("Only for some families?" in out.getvalue()) is asked, about


@pytest.mark.parametrize("seed", range(20))
def test_any_sitting_of_right_answers_comes_to_its_end(tiny: Catalog, drafts: Drafts, seed: int) -> None:
    for name in ("everything", "plans", "start", "urge-log"):
        exercise = tiny.find(name)
        made = session(exercise, Typist(random.Random(seed), io.StringIO()), drafts).run()
        for one in made.fields:
            assert one.field.check(one.answer) is None


def test_a_note_offers_other_words_only_for_those_that_were_used(drafts: Drafts, tmp_path: Path) -> None:
    catalog = catalogue(
        tmp_path,
        '=== thought\n[[field]]\nid = "t"\nkind = "text"\nask = "T?"\n'
        '[[field]]\nid = "n"\nkind = "note"\nask = "Perhaps:"\nswaps = "swaps"\nswaps_in = "t"\n'
        '[[field]]\nid = "u"\nkind = "line"\nask = "U?"\noptional = true\n',
        'option = [{ id = "must", say = "would like to", group = "must, have to" }, { id = "cannot-stand", say = "dislike", group = "can\'t stand" }]\n',
    )
    for typed, said, unsaid in [
        ("I HAVE TO, and can’t stand it", ["have to: would like to", "can't stand: dislike", "Perhaps:"], ["must:"]),
        ("a mustard sandwich", [], ["Perhaps:", "must:"]),
    ]:
        asker, out = plain(typed, ".")
        session(catalog.find("thought"), asker, drafts).run()
        assert all(words in out.getvalue() for words in said)
        assert not any(words in out.getvalue() for words in unsaid)


def test_a_field_asked_once_is_asked_again_only_about_another_behaviour(drafts: Drafts, tmp_path: Path) -> None:
    catalog = catalogue(
        tmp_path,
        '=== plan\n[[field]]\nid = "risk"\nkind = "yes_no"\nask = "Risk?"\nmeasure = "withdrawal-risk"\nonce = true\n'
        '[[field]]\nid = "u"\nkind = "line"\nask = "U?"\n',
    )
    plan = catalog.find("plan")
    before = entry(plan, {"risk": True, "u": "x"}, about="drinking")
    for about, asked in [("drinking", False), ("DRINKING", False), ("smoking", True), (None, True)]:
        asker, out = plain(*(["y"] if asked else []), "x", "")
        done = session(plan, asker, drafts, remembered=memory(before), about=about).run()
        assert ("Risk?" in out.getvalue()) is asked
        assert ("risk" in done.answers) is asked


def test_a_row_keeps_its_earlier_cells_in_view(tiny: Catalog, drafts: Drafts) -> None:
    asker, out = plain("", "1", "sing loudly", "", "", "", "", "", "", "")
    session(tiny.find("plans"), asker, drafts).run()
    before_then = out.getvalue().split("Then?")[0].rsplit("> ", 1)[1]
    assert "Rain" in before_then


def test_what_stands_in_the_same_row_is_given_back_before_the_rest_of_its_entry(drafts: Drafts, tmp_path: Path) -> None:
    catalog = catalogue(
        tmp_path,
        '=== voice\n[[field]]\nid = "says"\nkind = "line"\nask = "Says?"\nmeasure = "thought"\n'
        '[[field]]\nid = "t"\nkind = "table"\nask = "T?"\noptional = true\n'
        'recall = { measure = "reply", match = "says", say = "You answered" }\n'
        '[[field.columns]]\nid = "line"\nkind = "line"\nask = "Line?"\nmeasure = "thought"\n'
        '[[field.columns]]\nid = "reply"\nkind = "line"\nask = "Reply?"\nmeasure = "reply"\n'
        '[[field]]\nid = "any"\nkind = "line"\nask = "Any?"\nmeasure = "reply"\noptional = true\n',
    )
    voice = catalog.find("voice")
    before = entry(voice, {"says": "one", "t": [{"line": "one", "reply": "never was"}], "any": "go away"}, day=3)
    asker, out = plain("one", "", "", "")
    session(voice, asker, drafts, remembered=memory(before)).run()
    assert "never was" in out.getvalue()
    assert "go away" not in out.getvalue()


def test_a_question_that_leaves_no_choice_does_not_hide_the_notes_before_it(drafts: Drafts, tmp_path: Path) -> None:
    catalog = catalogue(
        tmp_path,
        '=== note\n[[field]]\nid = "n"\nkind = "note"\nask = "You are here."\n'
        '[[field]]\nid = "about"\nkind = "choice"\nask = "Which?"\nfrom = "start.behaviours"\nmeasure = "behaviour"\n'
        '[[field]]\nid = "u"\nkind = "line"\nask = "U?"\n',
    )
    asker, out = plain("x", "")
    session(catalog.find("note"), asker, drafts).run()
    assert "Which?" not in out.getvalue()
    assert "You are here." in out.getvalue()


def test_an_answer_of_the_last_time_is_begun_from_as_far_as_it_is_still_on_offer(
    drafts: Drafts, tmp_path: Path
) -> None:
    catalog = catalogue(
        tmp_path,
        '=== rank\n[[field]]\nid = "all"\nkind = "lines"\nask = "All?"\n'
        '[[field]]\nid = "some"\nkind = "choices"\nask = "Some?"\nfrom = "all"\nagain = true\n'
        '[[field]]\nid = "order"\nkind = "rank"\nask = "Order?"\nfrom = "all"\nagain = true\n',
    )
    rank = catalog.find("rank")
    before = entry(rank, {"all": ["a", "b", "c"], "some": ["b", "c"], "order": ["c", "b", "a"]}, day=3)
    asker, _ = plain("a", "d", "c", "", "", "", "")
    done = session(rank, asker, drafts, remembered=memory(before)).run()
    assert done.answers == {"all": ["a", "d", "c"], "some": ["c"], "order": ["c", "a", "d"]}


@pytest.mark.parametrize("careful", [True, False])
@pytest.mark.parametrize("begins", ["again = true", 'begins_from = "was"'])
def test_a_question_of_safety_begins_from_no_earlier_answer(
    drafts: Drafts, tmp_path: Path, careful: bool, begins: str
) -> None:
    measure = 'measure = "withdrawal-risk"\n' if careful else ""
    options = 'options = [{ id = "none", say = "None" }, { id = "fits", say = "Fits" }]\n'
    catalog = catalogue(
        tmp_path,
        f'=== risk\n[[field]]\nid = "was"\nkind = "choices"\nask = "Was?"\n{options}'
        f'[[field]]\nid = "now"\nkind = "choices"\nask = "Now?"\n{begins}\n{measure}{options}',
    )
    risk = catalog.find("risk")
    before = entry(risk, {"was": ["none"], "now": ["none"]}, day=3)
    seen: list[Question] = []

    class Asked:
        live = True

        def choose_some(self, question: Question, *_: Any, **__: Any) -> list[str]:
            seen.append(question)
            return ["none"]

        def choose(self, question: Question, *_: Any) -> str:
            return "keep"

        def __getattr__(self, name: str) -> Any:
            return lambda *_, **__: None

    session(risk, Asked(), drafts, remembered=memory(before)).run()
    [now] = [question for question in seen if question.ask == "Now?"]
    assert (now.careful, now.answer) == (careful, None if careful else ["none"])


def test_words_of_an_option_that_were_written_elsewhere_are_not_offered_twice(drafts: Drafts, tmp_path: Path) -> None:
    catalog = catalogue(
        tmp_path,
        '=== pick\n[[field]]\nid = "w"\nkind = "line"\nask = "W?"\nmeasure = "obstacle"\noptional = true\n'
        '[[field]]\nid = "p"\nkind = "choices"\nask = "P?"\nmeasure = "obstacle"\nown = true\n'
        'options = [{ id = "bad-day", say = "A bad day" }]\n',
    )
    pick = catalog.find("pick")
    before = entry(pick, {"w": "a bad day", "p": ["rain"]}, day=3)
    asker, out = plain("", "1", "")
    session(pick, asker, drafts, remembered=memory(before)).run()
    assert out.getvalue().casefold().count("a bad day") == 1
