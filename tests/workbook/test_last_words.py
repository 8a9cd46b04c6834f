"""The last words of a session as a person reads them."""

from types import SimpleNamespace

import pytest

from smartcli.content.catalog import Catalog
from smartcli.content.closings import Closing
from smartcli.workbook import last_words
from tests.conftest import Run


def test_each_slot_in_them_is_filled(run: Run, tiny: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    """A number to call stands in them as a number: the screen that had it has been left by then."""
    rules = [Closing(say="The end. Call {emergency} or {crisis}. To read more, {support}. {behaviour}.")]
    monkeypatch.setattr(last_words, "read_closings", lambda _folder: (rules, SimpleNamespace()))
    done = run("do", "small", "--about", "crisps", typed="words\n.\n")
    assert done.exit_code == 0, done.output
    [said] = [line for line in done.output.splitlines() if line.startswith("The end.")]
    assert "{" not in said
    assert "112" in said
    assert "crisps." in said
