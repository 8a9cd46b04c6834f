"""What is never counted, whichever place asks."""

import pytest

from smartcli.entries.self_harm import may_be_about_self_harm, may_have_amounts
from smartcli.fields.base import FAMILIES

NONE: dict[str, str] = {}
ONE_OF_TWO = {"drinking": "alcohol", "cutting": "self-harm"}
ALONE = {"cutting": "self-harm"}


@pytest.mark.parametrize(
    ("behaviour", "families", "expected"),
    [
        ("Cutting ", ONE_OF_TWO, True),
        ("drinking", ONE_OF_TWO, False),
        ("something new", ONE_OF_TWO, False),
        (None, ONE_OF_TWO, True),
        ("", ONE_OF_TWO, True),
        ("  ", ONE_OF_TWO, True),
        (None, ALONE, True),
        (None, {"drinking": "alcohol"}, False),
        (None, NONE, False),
        ("cutting", NONE, False),
    ],
)
def test_what_names_self_harm_or_may_mean_it_is_not_counted(
    behaviour: str | None, families: dict[str, str], expected: bool
) -> None:
    assert may_be_about_self_harm(behaviour, families) is expected


@pytest.mark.parametrize("family", FAMILIES)
def test_no_amount_of_self_harm_or_eating_is_shown_nor_of_nothing_in_particular_beside_them(family: str) -> None:
    shown = family not in ("self-harm", "eating", "eating-restrict")
    families = {"that": family, "drinking": "alcohol"}
    assert may_have_amounts("That ", families) is shown
    assert may_have_amounts("", families) is shown
    assert may_have_amounts(" ", families) is shown
    assert may_have_amounts("drinking", families)
    assert may_have_amounts("something new", families)
