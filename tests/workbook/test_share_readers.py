"""What pages for somebody else are made of, held beside the exercises that ship."""

from pathlib import Path
from typing import Any

import pytest
import time_machine

from smartcli.content.catalog import Catalog
from smartcli.moments import Moment, now
from smartcli.pages import share
from smartcli.pages.share_doctor import BODY, FIGURES, RISKS, SIGN
from smartcli.workbook.formats import ReaderName
from smartcli.workbook.share_readers import READERS, Reader
from smartcli.workbook.stopping_risks import list_stopping_risks
from smartcli.workbook.workbook import Workbook
from tests.support.made import CATALOG, record

ASKING = [exercise.id for exercise in Catalog(Path("/nowhere")) if exercise.measuring("withdrawal-risk")]
# What the exercises require beside the answer about stopping.
ANSWERS: dict[str, dict[str, Any]] = {"goals": {"goal": "swim"}, "change-plan": {"change": "less"}}


def test_every_reader_has_a_page() -> None:
    assert set(READERS) == set(ReaderName)
    assert all(reader.option.id == name for name, reader in READERS.items())


@pytest.mark.parametrize("reader", READERS.values(), ids=READERS)
def test_every_piece_is_one_that_a_page_can_have(reader: Reader) -> None:
    of_measures = {name for name, _title in share._BY_MEASURE.values()}
    known = {*of_measures, *share.BY_FIELD, share.TRIGGERS, share.HELPS, share.GOALS, "steps"}
    known |= {line.id for line in reader.lines}
    known |= {BODY, FIGURES, RISKS, SIGN} if reader.is_doctor else set()
    assert {*reader.pieces} <= known


def test_every_question_that_a_page_looks_for_is_asked() -> None:
    fields = [field for _title, found in share.BY_FIELD.values() for field in found]
    fields += [field for reader in READERS.values() for line in reader.lines for field in line.begins_from]
    for exercise, name in fields:
        assert name in [field.id for field in CATALOG.find(exercise).fields], f"{exercise}.{name}"


@pytest.mark.parametrize("exercise", ASKING)
def test_what_was_advised_is_in_the_words_of_the_exercise(home: Path, exercise: str) -> None:
    asked = CATALOG.find(exercise)
    field = asked.measuring("withdrawal-risk")
    assert field
    with time_machine.travel("2026-11-22T21:00:00+00:00", tick=False):
        record(home, "start", {"behaviours": [{"name": "drinking", "family": "alcohol"}]}, Moment(now()))
        record(home, exercise, {field.id: ["morning"], **ANSWERS.get(exercise, {})}, about="drinking")
        [risk] = list_stopping_risks(Workbook(), Workbook().today)
    assert risk.behaviour == "drinking"
    assert "morning" in " ".join(risk.ticked)
    assert "doctor" in risk.advice
    assert any(note.ask.replace("\n\n", " ").startswith(risk.advice) for note in asked.fields)
    assert "{" not in risk.advice
