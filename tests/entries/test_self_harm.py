"""What is never counted, whichever place asks."""

import pytest

from smartcli.entries.self_harm import may_be_about_self_harm

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
