"""A year of entries in the made language: what it shows, and each file that is written from it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from smartcli.content.catalog import PARSED, Catalog
from tests.support import year
from tests.support.made_language import environment, speak, unmarked
from tests.support.many import Given, run_many

UNTIL = ["--until", "2024-12-31"]
LINES = [
    ["insights", *UNTIL], ["review", *UNTIL], ["compare", "lapse", "--first"], ["plan"], ["search", "Sam"], ["programme"],
    *(["export", "--as", kind, *UNTIL, "--output", "-"] for kind in ("md", "html", "ics")),
]  # fmt: skip


class Lived:
    """A home with the made year in it, and the person's own words there."""

    def __init__(self, home: Path) -> None:
        self.home = home
        with pytest.MonkeyPatch.context() as patched:
            speak(patched)
            PARSED.clear()
            patched.setattr(year, "CATALOG", Catalog(Path("/nowhere")))
            entries = year.entries.__wrapped__()
        PARSED.clear()
        year.write(home / "journal", entries)
        answers = [answer for entry in entries for answer in entry.answers.values()]
        self.own = {word for answer in answers for word in words_in(answer)} | {year.ABOUT}

    def say(self, *lines: list[str]) -> list[str]:
        """Return what the program prints for some command lines."""
        variables = {"SMARTCLI_HOME": str(self.home), "HOME": str(self.home), "COLUMNS": "100", **environment()}
        done = run_many([Given(words) for words in lines], **variables)
        assert not [one.printed for one in done if one.code]
        return [one.printed for one in done]


def words_in(answer: Any) -> Iterator[str]:
    """Yield every text in an answer."""
    if isinstance(answer, str):
        yield answer
    elif isinstance(answer, list | dict):
        for inner in answer.values() if isinstance(answer, dict) else answer:
            yield from words_in(inner)


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Lived:
    return Lived(tmp_path_factory.mktemp("year"))


@pytest.fixture(scope="module")
def said(lived: Lived) -> dict[str, str]:
    return dict(zip(map(" ".join, LINES), lived.say(*LINES), strict=True))


@pytest.mark.parametrize("words", LINES, ids=" ".join)
def test_a_year_is_shown_in_the_language(lived: Lived, said: dict[str, str], words: list[str]) -> None:
    shown = said[" ".join(words)]
    if "ics" in words:  # the names of its properties are those of the format
        shown = "\n".join(
            line.partition(":")[2] for line in shown.split("\n") if line.startswith(("SUMMARY", "DESCRIPTION"))
        )
    assert shown
    assert unmarked(shown, lived.own) == []


@pytest.mark.parametrize("kind", ["csv", "vault"])
def test_what_leads_a_written_folder_is_in_the_language(lived: Lived, tmp_path: Path, kind: str) -> None:
    lived.say(["export", "--as", kind, *UNTIL, "--output", str(tmp_path / "written")])
    [first] = [path for path in (tmp_path / "written").iterdir() if path.name.startswith("README")]
    assert unmarked(first.read_text(), lived.own) == []


def test_a_pdf_is_in_the_language(lived: Lived, tmp_path: Path) -> None:
    pypdf = pytest.importorskip("pypdf")
    lived.say(["export", "--as", "pdf", "--since", "2024-12-01", *UNTIL, "--output", str(tmp_path / "written.pdf")])
    pages = pypdf.PdfReader(tmp_path / "written.pdf").pages
    assert unmarked("\n".join(page.extract_text() for page in pages), lived.own) == []
