"""Any csv, or any list of JSON objects, by a mapping file (`mapping.py`)."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, tzinfo
from pathlib import Path

from smartcli.exchange import dates
from smartcli.exchange.imported import Imported, Left, is_midnight
from smartcli.exchange.mapping import ColumnMapping, find_columns, read_mapping, which_order
from smartcli.exchange.opening import Opened
from smartcli.exchange.records import JsonRecords
from smartcli.exchange.rows import Rows
from smartcli.language import _
from smartcli.moments import Moment


def read_entries(opened: Opened, mapping_file: Path) -> Iterator[Imported | Left]:
    """Yield each row as the mapping says; raises Trouble."""
    mapping, source = read_mapping(mapping_file)
    is_json = opened.is_json()
    rows = JsonRecords(opened) if is_json else Rows(opened)
    places = find_columns(mapping, source, rows.columns)
    when = [places[name] for name in mapping.when]
    order = mapping.dates or dates.order_of((_words(cells, when) for _, cells in rows), which_order())
    zone = mapping.time_zone
    if all(dates.is_midnight_of_utc(_words(cells, when)) for _, cells in rows):
        zone = UTC  # days, not moments
    for number, cells in rows:
        place = _("entry {number}", number=number) if is_json else _("line {line}", line=number)
        moment = _moment(_words(cells, when), order, zone)
        if moment is None:
            yield Left(place, _("no date that can be read"))
        else:
            named = {name: cells[column] for name, column in places.items()}
            yield _entry(place, moment, mapping, named, _beside(mapping, places, rows.columns, cells), cells)


def _words(cells: Sequence[str], columns: Sequence[int]) -> str:
    return " ".join(cells[column].strip() for column in columns)


def _moment(words: str, order: str, zone: tzinfo | None) -> Moment | None:
    """Return the moment in a cell, by the clocks of a zone: words, or seconds or milliseconds since 1970."""
    since_1970 = dates.of_epoch(words, zone)
    if since_1970:
        return since_1970
    moment = dates.read(words, order)
    if moment is None or moment.whole_day or moment.has_zone or zone is None:
        return moment
    if is_midnight(moment):  # a day: in some zones the clocks skip midnight
        return moment
    return dates.in_zone(moment, zone)


def _beside(
    mapping: ColumnMapping, places: Mapping[str, int], columns: Sequence[str], cells: Sequence[str]
) -> tuple[str, ...]:
    """Return the cells that the mapping does not name, each with the name of its column."""
    used = {places[name] for _key, name in mapping.columns()}
    beside = []
    for number, cell in enumerate(cells):
        if number not in used and cell.strip():
            # A row may be longer than the head.
            name = columns[number].strip() if number < len(columns) else f"Column {number + 1}"
            beside.append(f"{name}: {cell}")
    return tuple(beside)


def _entry(
    place: str,
    moment: Moment,
    mapping: ColumnMapping,
    named: dict[str, str],
    beside: tuple[str, ...],
    cells: Sequence[str],
) -> Imported:
    mood = mapping.mood_of(named[mapping.mood]) if mapping.mood else None
    also = [*beside]
    if mapping.mood and mood is None and named[mapping.mood].strip():  # what is no mood stays as words
        also.append(f"{mapping.mood}: {named[mapping.mood]}")
    answers = {}
    for field, asked in (mapping.fields or {}).items():
        answer = asked.answer_in(named[asked.column])
        if answer is not None:
            answers[field] = answer._replace(words=f"{asked.column}: {named[asked.column]}")
    text = "\n".join(named[name] for name in mapping.text if named[name].strip())
    own_id = named[mapping.id].strip() if mapping.id else ""
    return Imported(
        place,
        moment,
        text,
        own_id or "\x1f".join(cells),
        mood,
        tuple(also),
        named=bool(own_id),
        exercise=mapping.exercise if mapping.fields else "",
        answers=answers,
    )
