"""Entries of the exercise that has a field of every kind, with any right answers."""

from hypothesis import strategies as st

from smartcli.content.catalog import Catalog
from smartcli.entries.entry import Entry
from tests.conftest import CATALOGUE
from tests.support.answers import answers
from tests.support.asking import entry

EVERYTHING = Catalog(CATALOGUE / "none", CATALOGUE).find("everything")


def entries() -> st.SearchStrategy[list[Entry]]:
    """Return a strategy for a few entries, each with an id of its own."""
    given = st.lists(answers(EVERYTHING.fields), min_size=1, max_size=3)
    abouts = st.sampled_from([None, "drinking", "=SUM(A1)", 'the "phone"\n'])
    return st.builds(
        lambda many, about: [entry(EVERYTHING, one, about, day) for day, one in enumerate(many, 11)], given, abouts
    )
