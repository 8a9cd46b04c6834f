"""The slots of a text are filled wherever a question stands: above it, in a table, in a list of answers to change."""

import contextlib
from pathlib import Path

from smartcli.asking import Ended, Pause
from smartcli.journal.drafts import Drafts
from tests.support.asking import plain, session
from tests.support.made import catalogue

SLOTTED = """=== slotted
per_behaviour = true
[[field]]
id = "about"
kind = "choice"
ask = "About {behaviour}?"
own = true
measure = "behaviour"
options = [{ id = "wine", say = "Wine" }]
[[field]]
id = "line"
kind = "line"
ask = "A line about {behaviour}?"
hint = "A hint about {behaviour}."
[[field]]
id = "rows"
kind = "table"
ask = "Rows about {behaviour}?"
optional = true
[[field.columns]]
id = "cell"
kind = "line"
ask = "A cell about {behaviour}?"
hint = "A hint about {behaviour}."
[[field]]
id = "practice"
kind = "practice"
ask = "Practise {behaviour}?"
steps = [{ say = "Breathe.", seconds = 1 }]
optional = true
"""


def test_no_slot_is_left_open_in_any_place_where_a_question_stands(tmp_path: Path) -> None:
    asker, out = plain("wine", "?", "x", "?", "y", "", "", "", "1", "<", "<", "<", "")
    with contextlib.suppress(Ended, Pause):
        session(catalogue(tmp_path, SLOTTED).find("slotted"), asker, Drafts(tmp_path)).run()
    said = out.getvalue()
    assert "cell about wine" in said
    assert "Practise wine" in said
    assert "{" not in said
