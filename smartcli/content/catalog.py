"""The catalogue of exercises: the built-in ones, and the person's own."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from smartcli.content.exercise import (
    POINTS,
    Exercise,
    ExerciseHead,
    all_fields,
    read_exercise,
    read_head,
)
from smartcli.content.prose import translated
from smartcli.fields import Field, Option, Options
from smartcli.language import _, is_translated
from smartcli.schema.keys import WHOLE, Declared, build, key, some, table
from smartcli.schema.toml_file import Source, file_bytes
from smartcli.trouble import ATTENTION, Trouble
from smartcli.words import NEAR, folded, near

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from smartcli.content.offers import Offer
    from smartcli.content.path import FirstWeeks


# Names of devices on Windows: no file there can be called so, whatever follows after a dot.
_RESERVED = r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?"


class Broken(NamedTuple):
    """An exercise's file that could not be read, and why: lines such as "name.toml:3: ..."."""

    name: str
    reasons: list[str]


def built_in() -> "Traversable":
    """Return the folder of built-in exercises: inside the package, or beside it in a checkout."""
    package = Path(__file__).resolve().parent.parent
    for folder in (package / "exercises", package.parent / "exercises"):
        if folder.is_dir():
            return folder
    # The package lies in a zip. Only then: the import takes 8 ms.
    from importlib import resources

    return resources.files("smartcli") / "exercises"


class Catalog:
    """Every exercise, found by id, title or alias; finding one by its id opens one file.

    `broken` names the files of the last call that could not be read.
    """

    def __init__(self, own: Path, folder: "Traversable | None" = None) -> None:
        """Use the person's files in `own`, and the built-in ones; tests give another `folder`."""
        self.folder = folder or built_in()
        self.own = own
        self.broken: list[Broken] = []
        self._lists: dict[str, tuple[Option, ...] | None] = {}
        self._fields: dict[str, dict[str, Field]] = {}  # of each exercise asked about, by field id

    def __iter__(self) -> Iterator[Exercise]:
        """Yield every exercise that can be read, by point, built-in ones first, then by title.

        The files of the others are named in `broken`.
        """
        self.broken = []
        yield from self._sorted(self.files().values())

    def heads(self) -> list[ExerciseHead]:
        """Return the exercises without their questions, in the same order: what a list needs, and half as slow.

        The person's own are read whole, so that what is wrong in them is named in `broken`.
        """
        self.broken = []
        heads = [self._read(file) if file.own else self._head(file) for file in self.files().values()]
        return sorted((head for head in heads if head), key=_order)

    @cached_property
    def offers(self) -> "tuple[Offer, ...]":
        """The rules of what could be next."""
        from smartcli.content.offers import read_offers  # most commands suggest nothing

        return read_offers(self.folder)[0]

    @cached_property
    def path(self) -> "FirstWeeks | None":
        """The path of the first week and month; None where there is none, or it cannot be read."""
        from smartcli.content.path import read_path

        return read_path(self.folder)[0]

    def mentioning(self, key: str) -> Iterator[Exercise]:
        """Yield, in the same order, the exercises whose files have a key: all of them, and perhaps a few more.

        The word is looked for in each file's bytes, and only the files that have it are parsed.
        """
        self.broken = []
        word = key.encode()
        yield from self._sorted(file for file in self.files().values() if word in (file_bytes(file.path) or b""))

    def _sorted(self, files: Iterable["ExerciseFile"]) -> list[Exercise]:
        """Return the exercises in some files, in order; those that cannot be read are named in `broken`."""
        exercises = [self._read(file) for file in files]
        return sorted((exercise for exercise in exercises if exercise), key=_order)

    def find(self, name: str) -> Exercise:
        """Return the exercise called `name`; raises Trouble with a near miss when there is none."""
        found = self.named(name)
        if found:
            return found
        close = self.nearest(name)
        hint = _("Did you mean {name}?", name=close) if close else _("`smartcli exercises` lists them all.")
        raise Trouble(_("There is no exercise with that name."), hint=hint)

    def named(self, name: str) -> Exercise | None:
        """Return the exercise with this id, title or alias, in any case; None when there is none.

        Raises Trouble when there is one whose file cannot be read.
        """
        self.broken = []
        files = self.files()
        possible_id = folded(name).replace(" ", "-")
        if possible_id in files:
            return self._read_or_raise(files[possible_id])
        wanted = _letters(name)
        # In another language than English a title may be in no file.
        for exercise in self._sorted(file for file in files.values() if is_translated() or wanted in _names_in(file)):
            if wanted in _names_of(exercise):  # the first to have a name keeps it: never an own one a built-in's
                return exercise
        return None

    def nearest(self, name: str, *, cutoff: float = NEAR) -> str | None:
        """Return the id of the exercise with the name nearest to this one; None when none is near (`words.near`)."""
        names = {known: head for head in reversed(self.heads()) for known in _names_of(head)}
        close = near(_letters(name), names, cutoff=cutoff)
        return names[close].id if close else None

    def _read_or_raise(self, file: "ExerciseFile") -> Exercise:
        exercise = self._read(file)
        if exercise is None:
            raise Trouble(
                _("That exercise cannot be read just now."),
                safe=_("The file has not been changed, and everything you wrote is safe."),
                hint=_("`smartcli exercises check` says why: {reason}", reason=self.broken[-1].reasons[0]),
                code=ATTENTION,
            )
        return exercise

    def get(self, name: str) -> Exercise | None:
        """Return the exercise with this id; None when there is none, or it cannot be read."""
        file = self.files().get(name)
        return self._read(file) if file else None

    def measure_of(self, exercise: str, field: str) -> str:
        """Return the measure a field or column of an exercise has today; "" where there is none."""
        found = self._field_of(exercise, field)
        return found.measure if found else ""

    def options_of(self, exercise: str, field: str) -> tuple[Option, ...]:
        """Return the options a field or column of an exercise has today, those of its list included."""
        found = self._field_of(exercise, field)
        return found.options if isinstance(found, Options) else ()

    def _field_of(self, exercise: str, field: str) -> Field | None:
        """Return a field or column by its id; each file is read once, since every entry of it asks for the same."""
        if exercise not in self._fields:
            found = self.get(exercise)
            fields = [field for _, field in all_fields(found)] if found else []
            self._fields[exercise] = {field.id: field for field in fields}
        return self._fields[exercise].get(field)

    def ids(self) -> frozenset[str]:
        """Return the id of every exercise, whether or not its file can be read."""
        return frozenset(self.files())

    def built_in_ids(self) -> frozenset[str]:
        """Return the ids of the exercises that are not the person's own."""
        return frozenset(name for name, file in self.files().items() if not file.own)

    def list_named(self, name: str) -> tuple[Option, ...] | None:
        """Return the options of a list in lists/, or None when there is no such list."""
        if name not in self._lists:
            file = self.folder / "lists" / f"{name}.toml"
            self._lists[name] = read_list(self.list_source(name)) if file.is_file() else None
        return self._lists[name]

    def list_source(self, name: str) -> Source:
        """Return the file of a list in lists/."""
        file = self.folder / "lists" / f"{name}.toml"
        return Source.read(f"lists/{name}.toml", file.read_bytes())

    def files(self) -> dict[str, "ExerciseFile"]:
        """Return every exercise's file by its id; an own one never replaces a built-in one."""
        files = {**self._built_in}
        for path in self.own_paths():
            if path.stem in files:
                reason = _("A built-in exercise has this id. Give yours another name.")
                self.broken.append(Broken(path.name, [f"{path.name}:1: {reason}"]))
            else:
                files[path.stem] = ExerciseFile(path, path.name, own=True)
        return files

    @cached_property
    def _built_in(self) -> dict[str, "ExerciseFile"]:
        """The files of the built-in exercises by their ids: while the program runs there are no others."""
        files: dict[str, ExerciseFile] = {}
        for point in POINTS:
            folder = self.folder / point
            if not folder.is_dir():
                continue
            for file in folder.iterdir():
                if file.name.endswith(".toml"):
                    files[file.name.removesuffix(".toml")] = ExerciseFile(file, f"{point}/{file.name}", own=False)
        return files

    def own_paths(self) -> list[Path]:
        """Return the files of the person's own exercises; a folder that cannot be opened is named in `broken`."""
        try:
            return sorted(self.own.glob("*.toml")) if self.own.is_dir() else []
        except OSError:
            reason = _("The folder cannot be opened.")
            self.broken.append(Broken(self.own.name, [f"{self.own.name}:1: {reason}"]))
            return []

    def _head(self, file: "ExerciseFile") -> ExerciseHead | None:
        """Return the head of a built-in exercise; where it cannot be read alone, the whole exercise."""
        return read_head(_head_source(file)) or self._read(file)

    def _read(self, file: "ExerciseFile") -> Exercise | None:
        """Return the exercise in a file; None, with a note in `broken`, when it has problems.

        A file is parsed once in a process, for as long as its bytes are the same.
        """
        data = file_bytes(file.path)
        parsed = (self.folder, file.name, data)
        if parsed in PARSED:
            return PARSED[parsed]
        source = Source.of(file.name, data)
        exercise = read_exercise(source, self.list_named, own=file.own)
        check_file_name(source, file.path.name)
        if source.problems:
            self.broken.append(Broken(file.name, source.problems_as_text()))
            return None
        if exercise:
            PARSED[parsed] = exercise
        return exercise


# Exercises by the folder of the catalogue (their lists are its own), their file's name and its bytes.
PARSED: dict[tuple[object, str, bytes | None], Exercise] = {}


def _order(exercise: ExerciseHead) -> tuple[int, bool, str]:
    """Return the sort key of the list of exercises: by point, built-in first, then title."""
    return POINTS.index(exercise.point), exercise.own, exercise.title.casefold()


def check_file_name(source: Source, file_name: str) -> None:
    """Add a problem to `source` unless the file is named after the exercise's id.

    Finding an exercise by its id relies on it.
    """
    id_ = source.table.get("id")
    if id_ is not None and f"{id_}.toml" != file_name:
        source.problem(("id",), _("The id and the file's name should be the same."))


def is_reserved(id_: str) -> bool:
    """Return whether an id is the name of a device on Windows, where no file can be called so, with any ending."""
    return bool(re.fullmatch(_RESERVED, id_, re.IGNORECASE))


def _letters(name: str) -> str:
    """Return a name to compare by: its letters and digits, without case, accents and spaces."""
    return "".join(filter(str.isalnum, folded(name)))


class ExerciseFile(NamedTuple):
    """The file of an exercise: its path, its name in messages, whether it is the person's own."""

    path: "Traversable"
    name: str
    own: bool


def _names_of(exercise: ExerciseHead) -> set[str]:
    """Return every name an exercise is found by, as letters to compare by."""
    return {_letters(name) for name in (exercise.title, *exercise.aliases)} | _names_in_table(exercise.table)


def _head_source(file: ExerciseFile) -> Source:
    """Return what stands before the questions in an exercise's file; it has problems where it cannot be cut there."""
    data = file_bytes(file.path) or b""
    head, _, _ = data.partition(b"\n[")  # keys of the whole stand before any table
    return Source.read(file.name, head)


def _names_in(file: ExerciseFile) -> set[str]:
    """Return the names in the head of an exercise's file, as letters, without reading its questions."""
    source = _head_source(file)
    if source.problems:  # a line of its intro may begin with a bracket
        source = Source.open(file.name, file.path)
    return _names_in_table(source.table)


def _names_in_table(table: dict[str, Any]) -> set[str]:
    """Return the names in an exercise's file as letters: in English, where it is a built-in one."""
    aliases = table.get("aliases")
    names = [table.get("id"), table.get("title"), *(aliases if isinstance(aliases, list) else [])]
    return {_letters(name) for name in names if isinstance(name, str)}


@dataclass(init=False, kw_only=True, eq=False, repr=False)
class OptionList(Declared):
    """A list of options in lists/, which several exercises offer."""

    format: int = key(WHOLE, "1")
    option: tuple[Option, ...] = key(
        some(table(Option, "option")),
        "the options, in the order they are shown",
    )


def read_list(source: Source) -> tuple[Option, ...] | None:
    """Return the options of a list file; None when it has problems."""
    if source.problems:
        return None
    made = build(OptionList, source.table, source, ())
    if source.problems or made is None:
        return None
    return translated(made, source.name.removesuffix(".toml")).option
