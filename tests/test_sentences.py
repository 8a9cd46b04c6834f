"""Sentences with slots, and numbers in figures, in English: what needs no catalogue."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartcli.language import _, figure, ngettext


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, "0"),
        (10, "10"),
        (1000, "1,000"),
        (2.50, "2.5"),
        (100.0, "100"),
        (-0.001, "0"),
        (1234.567, "1,234.57"),
    ],
)
def test_a_number_is_written_as_people_do(number: float, said: str) -> None:
    assert figure(number) == said


@given(st.integers(-(10**9), 10**9), st.integers(0, 4))
def test_no_figure_is_lost_however_few_decimals_are_asked_for(number: int, decimals: int) -> None:
    assert int(figure(float(number), decimals).replace(",", "")) == number


@given(st.text(max_size=40), st.text(max_size=40))
def test_what_stands_in_a_slot_is_never_read_as_a_slot(one: str, other: str) -> None:
    assert _("{a} and {b}", a=one, b=other) == f"{one} and {other}"


def test_braces_that_are_no_slot_stay() -> None:
    assert _("{a} {b} {", a=1) == "1 {b} {"
    assert _("such as {situation}") == "such as {situation}"


@pytest.mark.parametrize(
    ("number", "said"), [(0, "0 days"), (1, "1 day"), (2, "2 days"), (1.5, "1.5 days"), (1200, "1,200 days")]
)
def test_a_count_has_its_own_sentence(number: float, said: str) -> None:
    assert ngettext("{number} day", "{number} days", number) == said
