"""The documents say what the program does."""

from pathlib import Path

from tests.docs import GUIDE, filled

ROOT = Path(__file__).parent.parent


def test_the_tables_of_the_guide_are_those_of_the_code() -> None:
    text = GUIDE.read_text(encoding="utf-8")
    assert filled(text) == text, "run: python -m tests.docs"
