"""An entry read back."""

from pathlib import Path

from smartcli.pages.entry import entry_blocks
from smartcli.renderers import plain
from tests.support.asking import entry
from tests.support.made import catalogue


def test_a_list_whose_things_are_the_rows_of_a_table_is_not_said_twice(tmp_path: Path) -> None:
    catalog = catalogue(
        tmp_path,
        '=== days\n[[field]]\nid = "which"\nkind = "choices"\nask = "Which days?"\n'
        'options = [{ id = "mon", say = "Monday" }, { id = "fri", say = "Friday" }]\n'
        '[[field]]\nid = "each"\nkind = "table"\nask = "Each day"\nfrom = "which"\noptional = true\nown = true\n'
        '[[field.columns]]\nid = "day"\nkind = "line"\nask = "Day"\n'
        '[[field.columns]]\nid = "on"\nkind = "line"\nask = "On?"\noptional = true\n',
    )
    days = catalog.find("days")
    rows = [{"day": "Monday", "on": "work"}, {"day": "Friday"}]
    said = plain.blocks(entry_blocks(entry(days, {"which": ["mon", "fri"], "each": rows})))
    assert "Which days?" not in said
    assert said.count("Monday") == said.count("Friday") == 1
    other = plain.blocks(entry_blocks(entry(days, {"which": ["mon"], "each": rows})))
    assert "Which days?" in other
