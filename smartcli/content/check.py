"""Everything that can be wrong in the files of exercises/ and in the person's own: told by file and line."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from smartcli.content.catalog import Catalog, check_file_name, is_reserved, read_list
from smartcli.content.closings import note_unknown_fields, read_closings
from smartcli.content.danger import read_danger
from smartcli.content.exercise import Exercise, all_fields, read_exercise, slot_problems
from smartcli.content.helplines import helpline_problems
from smartcli.content.offers import read_offers
from smartcli.content.path import no_exercise, note_path_problems, read_path
from smartcli.content.plan import read_plan
from smartcli.content.wording import Remark, Wording, read_wording, remarks_on
from smartcli.fields import Field, Options
from smartcli.language import _
from smartcli.schema.keys import build
from smartcli.schema.toml_file import Source

FieldIds = dict[str, set[str]]  # the ids of every exercise's fields, by the exercise's id


def check_all(catalog: Catalog) -> list[str]:
    """Return every problem as "file:line: sentence", and set `broken`.

    It looks at exercises, built-in and own, lists, offers, the path, the plan, last words, helplines and words
    of danger.
    """
    exercises = [*catalog]  # sets `broken`
    fields: FieldIds = {}
    for exercise in exercises:
        fields[exercise.id] = {field.id for field in exercise.fields}
    problems = _list_problems(catalog)
    for broken in catalog.broken:
        problems += broken.reasons
    problems += _offer_problems(catalog, exercises)
    problems += _path_problems(catalog, exercises)
    problems += _plan_problems(catalog, fields)
    problems += helpline_problems(catalog.folder)
    problems += read_danger(catalog.folder)[1].problems_as_text()
    problems += _closing_problems(catalog, fields)
    problems += _slot_problems(catalog)
    problems += _wording_problems(catalog)
    for exercise in exercises:
        problems += _link_problems(exercise, fields)
    return problems


def check_file(catalog: Catalog, path: Path) -> list[str]:
    """Return every problem in one exercise file, wherever it lies."""
    source = Source.open(path.name, path)
    read_exercise(source, catalog.list_named)
    slot_problems(source)
    check_file_name(source, path.name)
    return source.problems_as_text()


def advice_on_own(catalog: Catalog) -> list[str]:
    """Return what could be plainer in the person's own exercises, as "file:line: sentence"."""
    return [line for path in catalog.own_paths() for line in advice_on_file(catalog, path)]


def advice_on_file(catalog: Catalog, path: Path) -> list[str]:
    """Return what could be plainer in one exercise file, wherever it lies, as "file:line: sentence"."""
    wording, _source = read_wording(catalog.folder)
    faults, remarks = _remarks_as_text(Source.open(path.name, path), wording)
    if is_reserved(path.stem):
        sentence = _("Windows cannot have a file with this name, so the id does not work everywhere.")
        remarks.append(f"{path.name}:1: {sentence}")
    return faults + remarks


def _wording_problems(catalog: Catalog) -> list[str]:
    """Return every phrase in a built-in exercise that people are not spoken to in."""
    problems: list[str] = []
    wording, source = read_wording(catalog.folder)
    for file in catalog.files().values():
        if not file.own:
            problems += _remarks_as_text(Source.open(file.name, file.path), wording)[0]
    return source.problems_as_text() + problems


def _list_problems(catalog: Catalog) -> list[str]:
    problems: list[str] = []
    files = (catalog.folder / "lists").iterdir()
    for name in sorted(file.name.removesuffix(".toml") for file in files):
        source = catalog.list_source(name)
        read_list(source)
        problems += source.problems_as_text()
    return problems


def _offer_problems(catalog: Catalog, exercises: Sequence[Exercise]) -> list[str]:
    """Return every problem in the rules of what could be next."""
    offers, source = read_offers(catalog.folder)
    known = {exercise.id for exercise in exercises}
    options = _options_by_measure(exercises)
    for number, offer in enumerate(offers):
        for key_ in ("exercise", "after"):
            name = getattr(offer, key_)
            if name and name not in known:
                source.problem(("offer", number, key_), no_exercise(name, known))
        for condition in offer.only_if:
            for option in condition.unknown_options(options):
                sentence = _('No question of that measure has the option "{option}".', option=option)
                source.problem(("offer", number, "only_if"), sentence)
    return source.problems_as_text()


def _path_problems(catalog: Catalog, exercises: Sequence[Exercise]) -> list[str]:
    """Return every problem in the path of the first week and month."""
    path, source = read_path(catalog.folder)
    if path:
        note_path_problems(path, source, {exercise.id: exercise for exercise in exercises})
    return source.problems_as_text()


def _plan_problems(catalog: Catalog, fields: "FieldIds") -> list[str]:
    """Return every problem in the sections of the plan; `fields` names every exercise."""
    sections, source = read_plan(catalog.folder)
    for number, section in enumerate(sections):
        if section.exercise not in ("", *fields):
            source.problem(("section", number, "exercise"), no_exercise(section.exercise, fields))
    slot_problems(source)
    return source.problems_as_text()


def _closing_problems(catalog: Catalog, fields: "FieldIds") -> list[str]:
    """Return every problem in the rules of last words; `fields` names every exercise's fields."""
    closings, source = read_closings(catalog.folder)
    note_unknown_fields(closings, fields, source)
    slot_problems(source)
    return source.problems_as_text()


def _slot_problems(catalog: Catalog) -> list[str]:
    """Return every name in braces in an exercise that is no slot; what else is wrong there is told elsewhere."""
    problems: list[str] = []
    for file in catalog.files().values():
        source = Source.open(file.name, file.path)
        if not source.problems:
            slot_problems(source)
            problems += source.problems_as_text()
    return problems


def _remarks_as_text(source: Source, wording: Wording) -> tuple[list[str], list[str]]:
    """Return the faults in the words of an exercise file and the advice on them; none for one that cannot be read."""
    exercise = build(Exercise, source.table, source, ()) if not source.problems else None
    if exercise is None or source.problems:
        return [], []
    faults, advice = remarks_on(exercise, exercise.id, wording)
    return _at_lines(faults, source), _at_lines(advice, source)


def _at_lines(remarks: Sequence[Remark], source: Source) -> list[str]:
    return [f"{source.name}:{source.line(remark.path)}: {remark.sentence}" for remark in remarks]


def _options_by_measure(exercises: Sequence[Exercise]) -> dict[str, set[str]]:
    """Return the ids of the options with which each measure can be answered."""
    options: dict[str, set[str]] = {}
    for exercise in exercises:
        for _place, field in all_fields(exercise):
            ids = {option.id for option in field.options} if isinstance(field, Options) else set()
            if field.kind == "yes_no":
                ids = {"yes", "no"}
            options.setdefault(field.measure, set()).update(ids)
    return options


def _link_problems(exercise: Exercise, fields: FieldIds) -> Iterator[str]:
    """Yield the fields of other exercises that an exercise names although there are none."""
    file = f"{exercise.point}/{exercise.id}.toml:1"
    for field in exercise.fields:
        for name in _links(field):
            other, _dot, field_id = name.partition(".")
            if field_id and field_id not in fields.get(other, ()):
                sentence = _('Field "{field}" names {name}, which is not there.', field=field.id, name=name)
                yield f"{file}: {sentence}"
        for option in getattr(field, "options", ()):
            if option.opens and option.opens not in fields:
                sentence = _('Field "{field}" opens {name}, which is not there.', field=field.id, name=option.opens)
                yield f"{file}: {sentence}"


def _links(field: Field) -> Iterator[str]:
    """Yield what a field names by "exercise.field", or, in its own exercise, by "field" alone."""
    yield getattr(field, "from_", "")
    for recall in (*field.recall, *field.aside):
        if recall.exercise:
            yield f"{recall.exercise}.{recall.field}"
