"""Systems on which something is not installed."""

import sys

import pytest

import smartcli.lock


def take_library_away(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take pyrage away, as where there is no wheel of it."""
    monkeypatch.setitem(sys.modules, "pyrage", None)
    monkeypatch.delitem(sys.modules, "smartcli.lock.age_library", raising=False)
    monkeypatch.delattr(smartcli.lock, "age_library", raising=False)
