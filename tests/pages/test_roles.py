"""Names that become roles: no spelling of a name is left, and nothing else is touched."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartcli.blocks import Cell, Grid, Item, Items, Table, Words
from smartcli.pages.roles import Roles, _words
from smartcli.renderers.plain import blocks as as_text

NAME = st.text(st.characters(categories=["Lu", "Ll"]), min_size=1, max_size=8)
NAMES = st.lists(NAME, min_size=1, max_size=3).map(" ".join)


@pytest.mark.parametrize(
    ("name", "text", "wanted"),
    [
        ("Sam", "Sam and sam's SAM, Sams brother; not Samantha, sample or possum.", "R and R's R, R's brother; not Samantha, sample or possum."),
        ("Zoë", "zoe, Zoe\u0308 and ZOË", "R, R and R"),
        ("Mary-Jane", "mary jane, Mary-Jane, Maryjane", "R, R, Maryjane"),
        ("Anna Smith", "Anna Smith rang; Anna too, and Mr Smith", "R rang; R too, and Mr R"),
        ("my sister Anna", "my sister Anna; my dog; Anna", "R; my dog; R"),
        ("李明", "我和李明说话", "我和R说话"),
        ("07700 900123", "ring 07700-900123 or 07700900124", "ring R or 07700900124"),
        ("Al", "also Al, all", "also R, all"),
        ("", "nothing", "nothing"),
        ("!!", "wow!! Sam", "wowR Sam"),
    ],
)  # fmt: skip
def test_a_name_is_found_however_it_is_written_and_only_it(name: str, text: str, wanted: str) -> None:
    assert Roles({name: "R"})(text) == wanted


@given(
    NAMES,
    st.lists(st.one_of(st.just(None), st.text(max_size=12)), max_size=6),
    st.sampled_from(["", " ", ", ", "-", "'s "]),
)
def test_no_name_is_left_in_any_text(name: str, parts: list[str | None], between: str) -> None:
    text = between.join(part if part is not None else name for part in parts)
    wanted = [one.word for one in _words(name)]
    for written in (text, text.upper(), text.lower()):
        left = [one.word for one in _words(Roles({name: "0"})(written))]
        assert not any(left[at : at + len(wanted)] == wanted for at in range(len(left)))


@given(st.text())
def test_without_names_every_text_stays_as_it_is(text: str) -> None:
    assert Roles({})(text) == text
    assert Roles({"Qwertyuiop": "x"})(text) == text


def test_every_text_of_every_block_is_gone_through() -> None:
    blocks = [
        Words("Sam"),
        Items([Item("Sam", ("sam",))]),
        Table(["Sam", ""], [["a Sam", "b"]]),
        Grid([Cell("Sam", [Item("Sam")], "Sam")] * 4),
    ]
    assert "sam" not in as_text(Roles({"Sam": "R"}).on(blocks)).casefold()
