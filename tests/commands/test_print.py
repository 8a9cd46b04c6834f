"""`print`: sheets and cards that are written whole, to a neutral name, and never over anything."""

import os
import re
from pathlib import Path

import pytest

from smartcli.workbook import terminal
from tests.conftest import Run
from tests.support.made import record
from tests.support.parts import take_away_fpdf

PLAN = {
    "ways": [
        {"way": "wait", "mine": "ten minutes on the balcony", "when": "payday"},
        {"way": "leave", "mine": "coat on, twice round the pond"},
    ],
    "kept-where": "behind my bus pass",
}


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)


def here() -> list[str]:
    return sorted(os.listdir())


@pytest.mark.parametrize("as_", ["html", "pdf", "md"])
def test_a_blank_sheet_goes_to_a_name_that_does_not_tell_which(run: Run, as_: str) -> None:
    done = run("print", "CBA", "--as", as_)
    assert done.exit_code == 0
    assert here() == [f"worksheet.{as_}"]
    assert Path(here()[0]).stat().st_mode & 0o777 == 0o600
    assert done.stdout == ""
    assert "not encrypted" not in done.stderr


def test_the_next_sheet_takes_the_next_name_at_a_terminal(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(terminal, "has_person", lambda: True)
    for _ in range(3):
        assert run("print", "values").exit_code == 0
    assert here() == ["worksheet-2.html", "worksheet-3.html", "worksheet.html"]


def test_a_file_that_is_there_is_never_replaced(run: Run) -> None:
    Path("mine.html").write_text("mine")
    done = run("print", "values", "--output", "mine.html")
    assert done.exit_code == 2
    assert Path("mine.html").read_text() == "mine"
    assert "mine-2.html is free" in done.stderr


def test_a_folder_takes_it_and_a_dash_is_standard_output(run: Run) -> None:
    Path("there").mkdir()
    assert run("print", "values", "--output", "there").exit_code == 0
    assert os.listdir("there") == ["worksheet.html"]
    done = run("print", "values", "--output", "-", "--as", "md")
    assert done.stdout.startswith("<!-- smartcli 1 -->\n# Values")
    assert done.stderr == ""


def test_copies_are_as_many_sheets(run: Run) -> None:
    done = run("print", "values", "--output", "-", "--copies", "3")
    assert done.stdout.count("<article") == 3
    assert "<nav" not in done.stdout


def test_the_whole_workbook_has_contents_by_point(run: Run) -> None:
    done = run("print", "--all", "--output", "-")
    contents = done.stdout[done.stdout.index("<nav") : done.stdout.index("</nav>")]
    assert "Coping with urges" in contents
    assert contents.count('<li dir="auto">') == done.stdout.count("<article") > 40
    assert done.stdout.index("How to use these sheets") < done.stdout.index("<nav")


@pytest.mark.parametrize("words", [("--all",), ("values",)])
def test_copies_of_it_repeat_no_anchor(run: Run, words: tuple[str, ...]) -> None:
    document = run("print", *words, "--output", "-", "--copies", "2").stdout
    anchors = re.findall(r' id="([^"]+)"', document)
    assert len(anchors) == len({*anchors})


def test_a_pocket_card_holds_the_newest_plan_and_says_that_it_is_open_to_all(run: Run, home: Path) -> None:
    record(home, "urge-plan", PLAN)
    done = run("print", "dents", "--filled")
    assert done.exit_code == 0
    assert here() == ["card.html"]
    document = Path("card.html").read_text()
    for words in ("ten minutes on the balcony", "twice round the pond", "Wait"):
        assert words in document
    assert "bus pass" not in document  # where it is kept need not be on it
    assert 'class="card folds"' in document
    assert "not encrypted" in done.stderr


@pytest.mark.parametrize(
    ("words", "sheets", "cards"), [((), 1, 2), (("--copies", "1"), 1, 1), (("--copies", "3"), 2, 3)]
)
def test_of_a_card_there_are_as_many_as_were_asked_for_or_a_sheet_full(
    run: Run, home: Path, words: tuple[str, ...], sheets: int, cards: int
) -> None:
    record(home, "urge-plan", PLAN)
    document = run("print", "dents", "--filled", "--output", "-", *words).stdout
    assert (document.count("<article"), document.count('class="card folds"')) == (sheets, cards)


def test_another_exercise_filled_is_its_newest_entry(run: Run, home: Path) -> None:
    record(home, "letter", _letter())
    done = run("print", "letter", "--filled", "--output", "-")
    assert "Dear me" in done.stdout


def _letter() -> dict[str, str]:
    from tests.support.made import CATALOG

    field = next(field for field in CATALOG.find("letter").fields if field.kind == "text")
    return {field.id: "Dear me"}


@pytest.mark.parametrize(
    "words", [(), ("values", "--all"), ("--all", "--filled"), ("no-such-thing",), ("values", "--filled")]
)
def test_what_cannot_be_printed_is_said_in_a_sentence(run: Run, words: tuple[str, ...]) -> None:
    done = run("print", *words)
    assert done.exit_code == 2
    assert done.stderr.strip()
    assert here() == []


def test_a_pdf_without_the_extra_writes_nothing(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    take_away_fpdf(monkeypatch)
    done = run("print", "values", "--as", "pdf")
    assert done.exit_code == 2
    assert "fpdf2" in done.stderr
    assert here() == []


def sheet_size(path: str) -> tuple[int, int]:
    pypdf = pytest.importorskip("pypdf")
    box = pypdf.PdfReader(path).pages[0].mediabox
    return round(float(box.width)), round(float(box.height))


A4, LETTER = (595, 842), (612, 792)


@pytest.mark.parametrize(
    ("settings", "words", "size"),
    [
        ("", (), A4),
        ('country = "gb"', (), A4),
        ('country = "us"', (), LETTER),
        ('country = "us"\npaper = "a4"', (), A4),
        ('paper = "letter"', (), LETTER),
        ('country = "us"', ("--paper", "a4"), A4),
        ("", ("--paper", "letter"), LETTER),
    ],
)
def test_a_pdf_is_made_for_the_paper_that_is_meant(
    run: Run, home: Path, settings: str, words: tuple[str, ...], size: tuple[int, int]
) -> None:
    home.mkdir(exist_ok=True)
    (home / "config.toml").write_text(settings)
    done = run("print", "values", "--as", "pdf", *words)
    assert done.exit_code == 0
    assert sheet_size("worksheet.pdf") == size
    named = "made for Letter" if size == LETTER else "made for A4"
    assert named in done.stderr


def test_the_setting_counts_for_every_pdf(run: Run, home: Path) -> None:
    record(home, "urge-plan", PLAN)
    (home / "config.toml").write_text('paper = "letter"')
    assert run("export", "--output", "journal.pdf", "--as", "pdf").exit_code == 0
    assert run("plan", "--output", "plan.pdf").exit_code == 0
    assert {sheet_size(name) for name in here()} == {LETTER}


def test_a_paper_without_a_pdf_is_a_sentence(run: Run) -> None:
    done = run("print", "values", "--paper", "letter")
    assert done.exit_code == 2
    assert "--as pdf" in done.stderr
    assert here() == []
