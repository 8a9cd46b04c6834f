"""What the tests of the screen share."""

from collections.abc import Iterator

import pytest

from tests.support.keyboard import Keys, keyboard


@pytest.fixture
def keys() -> Iterator[Keys]:
    """keys("abc") is an asker into which these keys are typed."""
    with keyboard() as typed:
        yield typed
