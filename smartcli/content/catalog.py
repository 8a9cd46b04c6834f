"""The exercises there are: the built-in ones, then the person's own."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from smartcli.content.exercise import POINTS, Exercise, read_exercise
from smartcli.content.offers import read_offers
from smartcli.fields import Option
from smartcli.schema.keys import WHOLE, Declared, build, key, some, table
from smartcli.schema.toml_file import Source
from smartcli.trouble import ATTENTION, Trouble
from smartcli.words import folded, near

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable


class Broken(NamedTuple):
    """One of the person's own files that could not be read, and why: "name.toml:3: ..." lines."""

    name: str
    reasons: list[str]


def built_in() -> "Traversable":
    """Return the folder of exercises that come with us: inside the package, or beside it in a checkout."""
    package = Path(__file__).resolve().parent.parent
    for folder in (package / "exercises", package.parent / "exercises"):
        if folder.is_dir():
            return folder
    from importlib import resources  # from a zip; it takes 8 ms to import, so not otherwise

    return resources.files("smartcli") / "exercises"


class Catalog:
    """Every exercise, found by id or alias in any case. Finding one by its id opens one file."""

    def __init__(self, own: Path, folder: "Traversable | None" = None) -> None:
        """Use the person's own files in `own`, and the built-in ones (or those of `folder`, in tests)."""
        self.folder = folder or built_in()
        self.own = own
        self.broken: list[Broken] = []
        self._lists: dict[str, tuple[Option, ...] | None] = {}

    def __iter__(self) -> Iterator[Exercise]:
        """Yield every exercise that reads, by point, then title; the others are named in `broken`."""
        self.broken = []
        files = self._files()
        found = [exercise for file in files.values() if (exercise := self._exercise(file))]
        yield from sorted(found, key=lambda one: (POINTS.index(one.point), one.own, one.title.casefold()))

    def find(self, name: str) -> Exercise:
        """Return the exercise called `name`; raises Trouble with a near miss when there is none."""
        files = self._files()
        wanted = folded(name).replace(" ", "-")
        if wanted in files:
            self.broken = []
            exercise = self._exercise(files[wanted])
            if exercise:
                return exercise
            raise Trouble(
                "That exercise cannot be read just now.",
                safe="Its file was left as it is, and so was everything you wrote.",
                hint=f"`smartcli exercises check` says why: {self.broken[-1].reasons[0]}",
                code=ATTENTION,
            )
        names: dict[str, Exercise] = {}
        for exercise in self:
            for one in (exercise.id, exercise.title, *exercise.aliases):
                names.setdefault(_letters(one), exercise)
        if _letters(name) in names:
            return names[_letters(name)]
        close = near(_letters(name), names)
        hint = f"Did you mean {names[close].id}?" if close else "`smartcli exercises` lists them all."
        raise Trouble("There is no exercise called that.", hint=hint)

    def get(self, name: str) -> Exercise | None:
        """Return the exercise with this id, or None when there is none that reads."""
        file = self._files().get(name)
        return self._exercise(file) if file else None

    def built_in_ids(self) -> frozenset[str]:
        """Return the ids of the exercises that are not the person's own."""
        return frozenset(name for name, file in self._files().items() if not file.own)

    def list_named(self, name: str) -> tuple[Option, ...] | None:
        """Return the options of a list in lists/, or None when there is no such list."""
        if name not in self._lists:
            file = self.folder / "lists" / f"{name}.toml"
            listed = read_list(Source.read(f"lists/{name}.toml", file.read_bytes())) if file.is_file() else None
            self._lists[name] = listed
        return self._lists[name]

    def check(self) -> list[str]:
        """Return every problem in every exercise, list and other file of the folder, as "file:line: sentence"."""
        from smartcli.content.danger import read_danger  # imports this module
        from smartcli.content.helplines import read_helplines

        told: list[str] = []
        for name in sorted(file.name.removesuffix(".toml") for file in (self.folder / "lists").iterdir()):
            source = Source.read(f"lists/{name}.toml", (self.folder / "lists" / f"{name}.toml").read_bytes())
            read_list(source)
            told += source.told()
        fields: dict[str, set[str]] = {exercise.id: {field.id for field in exercise.fields} for exercise in self}
        told += [reason for broken in self.broken for reason in broken.reasons]
        offers, source = read_offers(self.folder)
        for number, offer in enumerate(offers):
            for name in ("exercise", "after"):
                if getattr(offer, name) not in ("", *fields):
                    source.problem(("offer", number, name), "There is no such exercise.")
        told += source.told()
        for read in (read_helplines, read_danger):
            told += read(self.folder)[1].told()
        return told + [problem for exercise in self for problem in _links(exercise, fields)]

    def check_file(self, path: Path) -> list[str]:
        """Return every problem in one exercise file, wherever it lies."""
        source = Source.open(path.name, path)
        read_exercise(source, self.list_named)
        self._named_like_its_file(source, path.name)
        return source.told()

    def _files(self) -> dict[str, "_File"]:
        """Return every exercise file by the id its name gives it; a built-in one is never replaced."""
        found: dict[str, _File] = {}
        for point in POINTS:
            folder = self.folder / point
            for file in folder.iterdir() if folder.is_dir() else ():
                if file.name.endswith(".toml"):
                    found[file.name.removesuffix(".toml")] = _File(file, f"{point}/{file.name}", False)
        for path in sorted(self.own.glob("*.toml")) if self.own.is_dir() else ():
            if path.stem in found:
                reason = f"{path.name}:1: A built-in exercise has this id. Give yours another name."
                self.broken.append(Broken(path.name, [reason]))
            else:
                found[path.stem] = _File(path, path.name, True)
        return found

    def _exercise(self, file: "_File") -> Exercise | None:
        source = Source.open(file.name, file.path)
        exercise = read_exercise(source, self.list_named, own=file.own)
        self._named_like_its_file(source, file.path.name)
        if not source.problems:
            return exercise
        self.broken.append(Broken(file.name, source.told()))
        return None

    @staticmethod
    def _named_like_its_file(source: Source, name: str) -> None:
        told = source.table.get("id")
        if told is not None and f"{told}.toml" != name:
            source.problem(("id",), "The id and the file's name should be the same.")


def _letters(name: str) -> str:
    """Return a name for comparing: its letters and digits, without case, accents, spaces and hyphens."""
    return "".join(filter(str.isalnum, folded(name)))


class _File(NamedTuple):
    path: "Traversable"
    name: str
    own: bool


@dataclass(init=False, kw_only=True, eq=False, repr=False)
class OptionList(Declared):
    """A list in lists/: options that several exercises offer."""

    format: int = key(WHOLE, "1")
    option: tuple[Option, ...] = key(some(table(Option, "option")), "the options, in the order they are shown")


def read_list(source: Source) -> tuple[Option, ...] | None:
    """Return the options of a list file; None when it has problems."""
    made = build(OptionList, source.table, source, ()) if not source.problems else None
    return None if source.problems or made is None else made.option


def _links(exercise: Exercise, fields: dict[str, set[str]]) -> Iterator[str]:
    """Yield what an exercise says of other exercises that is not so."""
    file = f"{exercise.point}/{exercise.id}.toml:1"
    for field in exercise.fields:
        names = [getattr(field, "from_", "")]
        names += [f"{recall.exercise}.{recall.field}" for recall in field.recall if recall.exercise]
        for name in names:
            there, _, field_id = name.partition(".")
            if field_id and field_id not in fields.get(there, ()):
                yield f'{file}: Field "{field.id}" names {name}, which is not there.'
        for option in getattr(field, "options", ()):
            if option.opens and option.opens not in fields:
                yield f'{file}: Field "{field.id}" opens {option.opens}, which is not there.'
