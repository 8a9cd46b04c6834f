"""Share by its options: a page made for its reader, seen before it is written, with what is typed for it alone."""

import json
import os
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine

from smartcli.content.catalog import Catalog
from smartcli.entries.entry import Entry
from tests.conftest import Run
from tests.insights.entries import answer, check_in, entry, urge
from tests.support import year

TODAY = date(2026, 11, 22)
DOCTOR = ("share", "--for", "doctor", "--since", "4 weeks ago")
WISH, PILLS = "wished for help", "one pill each morning"

# Asked about stopping, with what it advises: a number to call belongs to the page of the exercise, not to a doctor's.
RISKS = """
format = 1
id = "asks-risks"
title = "Asks about risks"
point = "motivation"
purpose = "For a test."
per_behaviour = true
[[field]]
id = "risks"
kind = "choices"
ask = "Which?"
options = [{ id = "morning", say = "some in the morning" }, { id = "none", say = "none of these" }]
measure = "withdrawal-risk"
[[field]]
id = "first"
kind = "note"
only_if = { field = "risks", any_of = ["morning"] }
ask = "talk first.\\n\\nthen stop slowly.\\n\\nCall {emergency} for\\n- a fit."
[[field]]
id = "other"
kind = "note"
only_if = { field = "risks", is = "none" }
ask = "less likely."
"""


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


@pytest.fixture(autouse=True)
def _here(tiny: Catalog, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A folder and a day of its own."""
    monkeypatch.chdir(tmp_path)
    (home / "journal" / "exercises").mkdir(parents=True)
    (home / "journal" / "exercises" / "asks-risks.toml").write_text(RISKS)
    with time_machine.travel(f"{TODAY}T21:00:00+00:00", tick=False):
        yield


def keep(home: Path, *kept: Entry) -> None:
    year.write(home / "journal", kept)


def record(run: Run, exercise: str, days: int, answers: dict[str, Any], *more: str) -> None:
    done = run("record", exercise, "--when", str(ago(days)), *more, typed=json.dumps(answers))
    assert done.exit_code == 0, done.stderr


def lived(home: Path, about: str = "drinking", weeks: int = 8) -> None:
    """Keep some weeks: an urge, a check-in and an amount on each day, two lapses."""
    for days in range(7 * weeks):
        amount = answer("amount", days % 4)
        keep(
            home,
            urge(ago(days), 7, 3, acted=False, trigger="rain", tool="walk", about=about),
            check_in(ago(days), mood=2 if days == 3 else 6, chosen=days != 9),
            entry(ago(days), amount, answer("amount.unit", "glasses"), about=about),
            entry(ago(days), answer("sleep", 7)),
        )
    keep(home, *(entry(ago(days), answer("lapse", "over"), about=about) for days in (9, 40)))


def typed(*lines: str) -> str:
    return "".join(f"{line}\n" for line in lines)


def page_of(done: Any, name: str = "out.md") -> str:
    assert done.exit_code == 0, done.stderr
    return Path(name).read_text().replace("\\", "")  # before a sign that Markdown could take for its own


def test_a_doctors_page_is_asked_for_in_a_few_answers_and_says_what_it_is_about(run: Run, home: Path) -> None:
    record(run, "start", 400, {"behaviours": [{"name": "drinking", "family": "alcohol"}]})
    lived(home)
    record(run, "asks-risks", 300, {"risks": ["morning"]}, "--about", "drinking")
    done = run(*DOCTOR, "--as", "md", "--output", "out.md", typed=typed("", WISH, PILLS, "", ""))
    page = page_of(done)
    assert "Who is the page for?" not in done.stderr
    assert "Which days" not in done.stderr
    assert done.stderr.index("talk first") < done.stderr.index("What would you like to do with the page?")
    assert (Path("out.md").stat().st_mode & 0o777) == 0o600
    for words in (
        *("about drinking, from 25 October 2026 to 22 November 2026", "Nobody has checked it", "not a diagnosis"),
        *(WISH, PILLS, "Name", "Date of birth"),
        *("7 (29 urges)", "29 of 29", "28 of 29", "1 (13 Nov)", "1 (13 Oct)"),
        *("glasses", "5.9 on average, lowest 2 (19 Nov)", "7 on average, lowest 7"),
        *("some in the morning", "talk first. then stop slowly.", "26 January 2026"),
        *("rain", "29 of 29 urges", "walk", "29 times"),
    ):
        assert words in page, words
    assert "less likely" not in page
    assert "fit." not in page


@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize("words", [(WISH, 4 * f"{PILLS}, "), ("", "")], ids=["typed", "by hand"])
def test_a_doctors_page_with_all_its_pieces_is_one_page_on_paper(
    run: Run, home: Path, paper: str, words: tuple[str, str]
) -> None:
    pypdf = pytest.importorskip("pypdf")
    pytest.importorskip("fpdf")
    (home / "config.toml").write_text(f'paper = "{paper}"\n')
    sentence = "what was ticked, and what was advised then, are as long as this. "
    risks = RISKS.replace("some in the morning", 4 * sentence).replace("talk first.", 4 * sentence)
    (home / "journal" / "exercises" / "asks-risks.toml").write_text(risks)
    record(run, "start", 400, {"behaviours": [{"name": "drinking", "family": "alcohol"}]})
    lived(home)
    record(run, "asks-risks", 300, {"risks": ["morning"]}, "--about", "drinking")
    for days in range(12):
        more = {"trigger": f"what set it off {'was long ' * (days % 3)}", "tool": f"I tried {'it ' * 9}{days % 3}"}
        keep(home, urge(ago(days), 8, 3, **more, about="drinking"))
    done = run(*DOCTOR, "--output", "out.pdf", typed=typed("", *words, "", ""))
    assert done.exit_code == 0, done.stderr
    assert len(pypdf.PdfReader("out.pdf").pages) == 1
    assert "about 1 page on paper" in done.stderr


def test_what_is_typed_for_a_page_stays_nowhere_else(run: Run, home: Path) -> None:
    lived(home, weeks=1)
    page = page_of(run(*DOCTOR, "--output", "out.md", typed=typed("", WISH, PILLS, "", "")))
    assert WISH in page
    for path in home.rglob("*"):
        if path.is_file():
            assert WISH.encode() not in path.read_bytes(), path.name


def test_a_line_left_empty_is_a_line_to_write_on(run: Run, home: Path) -> None:
    lived(home, weeks=1)
    page_of(run(*DOCTOR, "--output", "out.html", typed=typed("", "", "", "", "")), "out.html")
    page = Path("out.html").read_text()
    wished = page[page.index("What I would like from you") :]
    assert wished.index('class="ruled"') < wished.index("What has changed")


def test_each_piece_can_be_left_out(run: Run, home: Path) -> None:
    record(run, "start", 60, {"behaviours": [{"name": "drinking", "family": "alcohol"}]})
    lived(home, weeks=1)
    asked = run(*DOCTOR, typed=typed("")).stderr
    pieces = [line.split(". ", 1) for line in asked.split("\n") if re.match(r"\d+\. ", line)]
    numbers = {words.split(" (")[0]: number for number, words in pieces}
    lines = ("What I would like from you", "Medicines I take", "Something else that I wrote")
    for title, gone in [("What has changed", "Urges a week"), ("Mood and sleep", "Sleep, hours"), ("drinking", "about drinking"),
                        ("Lines for my name and date of birth", "Date of birth"), ("What sets urges off", "rain")]:  # fmt: skip
        rest = ",".join(number for words, number in numbers.items() if words not in (title, *lines))
        for chosen, is_there in ((f"{rest},{numbers[title]}", True), (rest, False)):
            name = f"{title}-{is_there}.md"
            done = run(*DOCTOR, "--output", name, typed=typed(chosen, "", ""))
            assert (gone in page_of(done, name)) is is_there, title


def test_of_a_behaviour_that_is_not_chosen_nothing_is_on_the_page(run: Run, home: Path) -> None:
    behaviours = [{"name": "drinking", "family": "alcohol"}, {"name": "betting", "family": "gambling"}]
    record(run, "start", 60, {"behaviours": behaviours})
    lived(home, weeks=5)
    keep(home, *(urge(ago(days), 9, 9, trigger="payday", about="betting") for days in range(10)))
    record(run, "asks-risks", 3, {"risks": ["morning"]}, "--about", "betting")
    asked = run(*DOCTOR, typed=typed("")).stderr
    assert "Press Enter for: drinking, betting," in asked
    both = page_of(run(*DOCTOR, "--output", "both.md", typed=typed("", "", "", "", "")), "both.md")
    assert "(39 urges)" in both
    assert "payday" in both
    one = page_of(run(*DOCTOR, "--output", "one.md", typed=typed("1,6,7,8,9,10", "", "")), "one.md")
    assert "about drinking," in one
    assert "(29 urges)" in one
    assert not [word for word in ("payday", "betting", "some in the morning") if word in one]


def test_nothing_of_self_harm_is_counted_and_it_is_named_only_where_that_is_chosen(run: Run, home: Path) -> None:
    record(run, "start", 60, {"behaviours": [{"name": "zit", "family": "self-harm"}]})
    lived(home, about="zit")
    page = page_of(run(*DOCTOR, "--output", "out.md", typed=typed("", "", "", "", "")))
    assert "This is a record from 25 October" in page
    assert "5.9 on average, lowest 2" in page, "a mood may be told"
    counted = ("rges a week", "lapse", "way I wanted", "glasses", "29 of 29", "average strength", "times)", "zit")
    assert not [word for word in counted if word in page]


def test_beside_self_harm_only_what_is_certainly_about_something_else_is_counted(run: Run, home: Path) -> None:
    behaviours = [{"name": "drinking", "family": "alcohol"}, {"name": "zit", "family": "self-harm"}]
    record(run, "start", 60, {"behaviours": behaviours})
    lived(home)
    keep(home, *(urge(ago(days), 9, 9, trigger="hurt", about=about) for days in range(10) for about in ("zit", None)))
    page = page_of(run(*DOCTOR, "--output", "out.md", typed=typed("", "", "", "", "")))
    assert "about drinking, from" in page
    assert "(29 urges)" in page
    assert "zit" not in page
    named = page_of(run(*DOCTOR, "--output", "named.md", typed=typed("1,2,6", "", "")), "named.md")
    assert "about drinking and zit, from" in named
    assert "Nothing about zit is counted" in named
    assert "(29 urges)" in named


def test_without_start_or_entries_before_the_page_says_what_it_knows(run: Run, home: Path) -> None:
    keep(home, *(urge(ago(days), 5) for days in range(10)))
    page = page_of(run(*DOCTOR, "--output", "out.md", typed=typed("", "", "", "", "")))
    assert "This is a record from 13 November 2026 to 22 November 2026" in page
    assert "7 (10 urges)" in page, "of the ten days since it began, not of four weeks"
    assert "nothing to compare with" in page
    assert "lapse" not in page


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--since", "3 days ago"), "nothing from those days"),
        (("--since", "yesterday", "--until", "last month"), ""),
        (("--since", "2026-11-20", "--until", "2026-11-10"), "later than"),
        (("--since", "CANARY"), "--since"),
        (("--for", "docter"), "Did you mean doctor?"),
        (("--for", "CANARY"), "doctor, meeting or friend"),
        (("--since", "30 days ago", "--output", "taken.md"), "already"),
        (("--since", "30 days ago", "--output", "taken", "--as", "pdf"), ""),
    ],
)
def test_bad_options_are_one_sentence_before_anything_is_asked(
    run: Run, home: Path, tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    keep(home, urge(ago(20), 5))
    (tmp_path / "taken.md").write_text("mine")
    (tmp_path / "taken").write_text("mine")
    before = sorted(os.listdir(tmp_path))
    done = run("share", *words, typed=typed("", "", "", "", ""))
    assert done.exit_code == 2, done.stderr
    assert said in done.stderr
    assert "CANARY" not in done.stderr
    assert "What should be on the page?" not in done.stderr
    assert sorted(os.listdir(tmp_path)) == before
    assert (tmp_path / "taken.md").read_text() == "mine"


@pytest.mark.parametrize("words", [(), ("--for", "doctor"), ("--for", "friend", "--since", "30 days ago")])
def test_without_a_terminal_and_without_answers_it_says_so(run: Run, home: Path, words: tuple[str, ...]) -> None:
    keep(home, urge(ago(2), 5))
    done = run("share", *words)
    assert done.exit_code == 2
    assert "nobody was there to answer" in done.stderr
    assert "Nothing was written" in done.stderr


def test_answers_that_end_too_early_write_nothing(run: Run, home: Path, tmp_path: Path) -> None:
    lived(home, weeks=1)
    before = sorted(os.listdir(tmp_path))
    done = run(*DOCTOR, "--output", "out.md", typed=typed("", WISH))
    assert done.exit_code == 130
    assert sorted(os.listdir(tmp_path)) == before


def test_the_page_goes_to_standard_output_or_under_the_next_free_name_in_a_folder(
    run: Run, home: Path, tmp_path: Path
) -> None:
    lived(home, weeks=1)
    answers = typed("", "", "", "", "")
    done = run(*DOCTOR, "--as", "md", "--output", "-", typed=answers)
    assert done.exit_code == 0
    assert done.stdout.startswith("<!-- smartcli")
    folder = tmp_path / "pages"
    folder.mkdir()
    for _number in range(2):
        assert run(*DOCTOR, "--as", "html", "--output", str(folder), typed=answers).exit_code == 0
    assert sorted(os.listdir(folder)) == [f"page-{TODAY}-2.html", f"page-{TODAY}.html"]


def test_only_the_days_up_to_the_last_one_are_on_the_page(run: Run, home: Path) -> None:
    lived(home)
    record(run, "asks-risks", 3, {"risks": ["morning"]}, "--about", "drinking")
    done = run("share", "--for", "doctor", "--since", "2026-10-12", "--until", "2026-10-18", "--output", "out.md",
               typed=typed("", "", "", "", ""))  # fmt: skip
    page = page_of(done)
    assert "from 12 October 2026 to 18 October 2026" in page
    assert "7 (7 urges)" in page
    assert "1 (13 Oct)" in page
    assert "some in the morning" not in page, "it was not answered yet"


def test_a_meeting_gets_the_steps_and_what_to_talk_of(run: Run, home: Path) -> None:
    keep(
        home,
        entry(
            ago(1),
            answer("step", "call the dentist"),
            answer(
                "step.done", "done", kind="choice", labels={"done": "done"}, options=[{"id": "done", "say": "done"}]
            ),
        ),
        entry(
            ago(2),
            {**answer("", "the wedding"), "id": "mind"},
            {**answer("", "company"), "id": "want"},
            exercise="meeting-prep",
        ),
        entry(ago(3), answer("step", "Call the dentist")),
        entry(ago(2), answer("good", "a quiet evening")),
    )
    done = run("share", "--for", "meeting", "--since", "6 days ago", "--output", "out.md", typed=typed("", "", "", ""))
    page = page_of(done)
    assert page.index("the wedding") < page.index("call the dentist") < page.index("a quiet evening")
    assert "done" in page
    assert "company" in page
    assert "Call the dentist" not in page, "the same step, of an earlier day"


def test_a_friend_gets_what_to_say_and_a_safety_plan_only_where_it_is_chosen(
    run: Run, home: Path, tiny: Catalog
) -> None:
    own = home / "journal" / "exercises" / "keeps-safe.toml"
    own.write_text(
        'format = 1\nid = "keeps-safe"\ntitle = "Keeps safe"\npoint = "balance"\npurpose = "x"\nin_support = true\n'
        '[[field]]\nid = "one"\nkind = "line"\nask = "One?"\n'
    )
    record(run, "keeps-safe", 300, {"one": "the river"})
    keep(
        home,
        entry(ago(2), answer("warning", "i stop answering")),
        entry(ago(2), answer("plan.lapse", "shoes on")),
        entry(ago(2), {**answer("", "ask me straight out"), "id": "want"}, exercise="conversation"),
    )
    words = ("share", "--for", "friend", "--since", "30 days ago")
    done = run(*words, "--output", "out.md", typed=typed("", "WELL done YOU", "pull yourself together", "", "", ""))
    page = page_of(done)
    for said in ("WELL done YOU", "pull yourself together", "i stop answering", "shoes on", "ask me straight out"):
        assert said in page
    assert "the river" not in page
    number = next(line.split(".")[0] for line in done.stderr.split("\n") if "Keeps safe" in line)
    chosen = page_of(run(*words, "--output", "plan.md", typed=typed(number, "", "")), "plan.md")
    assert "the river" in chosen


def test_an_amount_is_one_thing_however_it_was_written(run: Run, home: Path) -> None:
    for days, about, unit in ((0, "Drinking", "Beers"), (30, "drinking", "beers"), (30, "drinking", "ml")):
        amounts = [(answer("amount", back), answer("amount.unit", unit)) for back in range(5)]
        keep(home, *(entry(ago(days + back), *both, about=about) for back, both in enumerate(amounts)))
    page = page_of(run(*DOCTOR, "--output", "out.md", typed=typed("", "", "", "", "")))
    rows = [line for line in page.split("\n") if "how much" in line]
    assert [row.count("on average") for row in rows] == [2, 1]


def test_the_time_before_begins_with_the_first_entry_and_is_no_whole_period(run: Run, home: Path) -> None:
    keep(home, *(urge(ago(days), 6) for days in (1, 2, 3, 29, 30, 30)))
    page = page_of(run(*DOCTOR, "--output", "out.md", typed=typed("", "", "", "", "")))
    assert "These 29 days | The 2 days before" in page
    assert "| 0.7 (3 urges) | 3 urges |" in page, "three urges in two days are not one a week"
    assert "23 October 2026, so the time before is shorter" in page


def test_a_few_urges_in_a_long_time_are_not_none_at_all(run: Run, home: Path) -> None:
    keep(home, urge(ago(2), 6), urge(ago(400), 6))
    asked = ("share", "--for", "doctor", "--since", "390 days ago", "--output", "out.md")
    assert "less than 0.1 (1 urge)" in page_of(run(*asked, typed=typed("", "", "", "", "")))


def test_figures_say_of_how_many_they_are(run: Run, home: Path) -> None:
    keep(home, *(urge(ago(days), 6) for days in range(15)))
    keep(home, *(urge(ago(days), 6, acted=False, trigger="rain") for days in range(5)))
    page = page_of(run(*DOCTOR, "--output", "out.md", typed=typed("", "", "", "", "")))
    assert "5 of 5 noted" in page
    assert "what set off 5 of 20 urges" in page


def test_a_page_of_one_day_says_that_day_once(run: Run, home: Path) -> None:
    keep(home, urge(ago(0), 6), urge(ago(1), 6))
    asked = ("share", "--for", "doctor", "--since", "today", "--output", "out.md")
    page = page_of(run(*asked, typed=typed("", "", "", "", "")))
    assert page.count("22 November 2026") == 1
    assert "This day | The day before" in page


def test_of_a_behaviour_that_only_the_days_before_name_nothing_is_there_where_it_is_not_chosen(
    run: Run, home: Path
) -> None:
    keep(home, *(urge(ago(days), 6, about="drinking") for days in range(50)))
    keep(home, *(urge(ago(days), 9, about="betting") for days in range(30, 50)))
    both = page_of(run(*DOCTOR, "--output", "both.md", typed=typed("", "", "", "", "")), "both.md")
    assert "about drinking and betting, from" in both
    one = page_of(run(*DOCTOR, "--output", "one.md", typed=typed("1,6", "", "")), "one.md")
    assert "(21 urges)" in one


def test_where_no_behaviour_is_named_the_page_names_none_and_nothing_tells_of_self_harm(run: Run, home: Path) -> None:
    behaviours = [{"name": "drinking", "family": "alcohol"}, {"name": "zit", "family": "self-harm"}]
    record(run, "start", 60, {"behaviours": behaviours})
    lived(home)
    for about in ("drinking", "zit"):
        record(run, "asks-risks", 3, {"risks": ["morning"]}, "--about", about)
    chosen = ",".join(map(str, range(3, 11)))
    page = page_of(run(*DOCTOR, "--output", "out.md", typed=typed(chosen, WISH, PILLS, "", "")))
    assert "This is a record from" in page
    assert page.count("some in the morning") == 1
    assert not [word for word in ("drinking", "zit") if word in page]


def test_where_all_that_is_to_change_is_self_harm_nothing_tells_of_it(run: Run, home: Path) -> None:
    record(run, "start", 60, {"behaviours": [{"name": "zit", "family": "self-harm"}]})
    lived(home, about="zit")
    record(run, "asks-risks", 3, {"risks": ["morning"]}, "--about", "zit")
    page = page_of(run(*DOCTOR, "--output", "out.md", typed=typed("", WISH, PILLS, "", "")))
    assert not [word for word in ("zit", "some in the morning") if word in page]


@pytest.mark.parametrize("until", [(), ("--until", "2020-01-01")])
def test_where_no_day_could_be_chosen_none_is_asked_for(run: Run, home: Path, until: tuple[str, ...]) -> None:
    keep(home, urge(ago(-2), 5))  # dated ahead
    done = run("share", "--for", "doctor", *until, typed=typed("", "", ""))
    assert done.exit_code == 2
    assert "nothing to share" in done.stderr
    assert "Which days" not in done.stderr


def test_share_does_not_say_that_answers_are_saved(run: Run, home: Path) -> None:
    lived(home, weeks=1)
    done = run(*DOCTOR, typed=typed("?", "99", "", "?", "", "", "", ""))
    assert "Answers are saved" not in done.stderr
    assert "answers are saved" not in done.stderr
