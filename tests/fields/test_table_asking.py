"""Going through the cells of a table: what an answer hides is let go of."""

from smartcli.asking import Question
from smartcli.fields import Line, Table
from smartcli.fields.base import Condition
from smartcli.fields.table_asking import Row, Walk
from smartcli.fields.yes_no import YesNo
from smartcli.prompts.plain import Plain
from tests.support.asking import plain

TABLE = Table(
    id="days",
    ask="Days",
    columns=(
        Line(id="day", ask="Which day?"),
        YesNo(id="risky", ask="Is it risky?"),
        Line(id="plan", ask="What will you do?", only_if=(Condition(field="risky", is_=True),)),
        Line(id="who", ask="Who helps?", only_if=(Condition(field="plan", answered=True),)),
    ),
)
ROW = {"day": "Friday", "risky": True, "plan": "leave early", "who": "Sam"}


def ask_row(asker: Plain) -> Row:
    return Walk(TABLE, asker, Question(ask="Days"), [ROW], single_row=True).ask()[0]


def test_a_cell_that_is_no_longer_asked_is_not_kept_nor_what_hangs_on_it() -> None:
    asker, _ = plain("", "n")
    assert ask_row(asker) == {"day": "Friday", "risky": False}


def test_a_row_gone_through_without_a_change_keeps_its_cells() -> None:
    asker, _ = plain("", "y", "", "")
    assert ask_row(asker) == ROW


def test_only_cells_whose_conditions_do_not_hold_are_hidden() -> None:
    assert TABLE.without_hidden(ROW) == ROW
    assert TABLE.without_hidden({"day": "Friday", "plan": "leave early", "who": "Sam"}) == {"day": "Friday"}
