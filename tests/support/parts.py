"""Parts of smartcli that may not be installed."""

import sys

import pytest


def take_away_fpdf(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make it so that the extra for PDFs was never installed, whatever was loaded before."""
    monkeypatch.setitem(sys.modules, "fpdf", None)
    for module in [name for name in sys.modules if name.startswith("smartcli.renderers.pdf_")]:
        monkeypatch.delitem(sys.modules, module)
