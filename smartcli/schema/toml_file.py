"""A TOML file being read: where each key stands, and every problem found in it."""

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from smartcli.language import N_, _

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

LIMIT = 32 * 1024  # bytes; a TOML file much larger than a worksheet is not one

Path = tuple[str | int, ...]

# Compiled when they are first needed: most commands read no TOML, or none with a problem in it.
_KEY = r"""\s*((?:[\w-]+|"[^"\n]*"|'[^'\n]*')(?:\s*\.\s*(?:[\w-]+|"[^"\n]*"|'[^'\n]*'))*)\s*="""
_HEADER = r"\s*+(\[\[?)\s*+([^\[\]\s][^\[\]]*+)\]\]?"
_PART = r"""(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')"""
_DOTTED = rf"{_PART}(?:\s*+\.\s*+{_PART})*+"  # possessive: what is hostile is read once, not again and again


class Problem(NamedTuple):
    """One thing wrong in a file: its line (0 when the whole file is meant) and a sentence."""

    line: int
    sentence: str


def file_bytes(path: "Traversable") -> bytes | None:
    """Return a file's bytes, at most one more than its limit, never waiting on a pipe or a device.

    None when it cannot be opened.
    """
    try:
        if path.is_file():
            with path.open("rb") as file:
                return file.read(LIMIT + 1)
    except OSError:
        pass
    return None


@dataclass
class Source:
    """One file's name and text, the table it holds, and the problems found so far."""

    name: str
    table: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    _text: str = ""

    @classmethod
    def read(cls, name: str, data: bytes, limit: int = LIMIT) -> "Source":
        """Read TOML bytes, `limit` at most; what keeps them from being read becomes the source's one problem."""
        import tomllib

        source = cls(name)
        try:
            source._text = _text(data, limit)
            source.table = tomllib.loads(source._text)
        except tomllib.TOMLDecodeError as error:
            line = re.search(r"at line (\d+)", str(error))
            end = data.count(b"\n") + 1
            source.problems.append(Problem(int(line[1]) if line else end, _("This is not valid TOML here.")))
        except UnicodeDecodeError:
            source.problems.append(Problem(0, _("The file is not UTF-8 text.")))
        except (_HostileError, RecursionError) as error:
            source.problems.append(Problem(0, str(error) if isinstance(error, _HostileError) else _(_DEEP)))
        except ValueError:
            source.problems.append(Problem(0, _("A number in it is too long.")))
        return source

    @classmethod
    def open(cls, name: str, path: "Traversable") -> "Source":
        """Read a file; what keeps it from being opened becomes the source's one problem."""
        return cls.of(name, file_bytes(path))

    @classmethod
    def of(cls, name: str, data: bytes | None) -> "Source":
        """Read what `file_bytes` gave; None becomes the source's one problem."""
        if data is None:
            return cls(name, problems=[Problem(0, _("The file cannot be opened."))])
        return cls.read(name, data)

    def problem(self, path: Path, sentence: str) -> None:
        """Note something wrong at a key path such as ("field", 2, "kind")."""
        self.problems.append(Problem(self.line(path), sentence))

    @cached_property
    def _lines(self) -> dict[Path, int]:
        return _lines(self._text)

    def line(self, path: Path) -> int:
        """Return the line where a key path stands, or the nearest thing around it that has one."""
        while path:
            if path in self._lines:
                return self._lines[path]
            path = path[:-1]
        return 1

    def problems_as_text(self) -> list[str]:
        """Return every problem as "file:line: sentence", in the order of the lines."""
        return [f"{self.name}:{line or 1}: {sentence}" for line, sentence in sorted(set(self.problems))]


class _HostileError(ValueError):
    """A file that would take too long to read; carries a sentence."""


_DEEP = N_("The file is nested too deeply.")


def _text(data: bytes, limit: int) -> str:
    """Return the file's text, or refuse what would make the parser crawl.

    A key of tens of thousands of dotted parts takes tomllib many seconds (cpython issue 149231).
    """
    if len(data) > limit:
        raise _HostileError(_("The file is larger than {number} KB.", number=limit // 1024))
    text = data.decode("utf-8-sig")
    dotted = (key for key in re.finditer(_DOTTED, text) if key[0].count(".") >= 8)
    if any(re.match(r"\s*[=\]]", text[key.end() :][:9]) for key in dotted):
        raise _HostileError(_("A key has more than 8 dotted parts."))
    if re.search(r"(?:[\[{]\s*){16,}", text):
        raise _HostileError(_(_DEEP))
    return text


def _lines(text: str) -> dict[Path, int]:
    """Map the key paths of a TOML text to line numbers.

    Follows headers and plain keys, skips multi-line strings. Keys inside inline tables are not found: a
    problem there is reported at the line of the table's own item, or of the key that holds it.
    """
    lines: dict[Path, int] = {}
    counts: dict[Path, int] = {}
    here: Path = ()
    closing = ""
    opened: tuple[Path, int] | None = None  # a multi-line array: its path and how many items were seen
    for number, line in enumerate(text.splitlines(), 1):
        if closing:
            if closing in line:
                closing = ""
            continue
        header, key = re.match(_HEADER, line), re.match(_KEY, line)
        if opened:
            path, items = opened
            if re.match(r"\s*[{\"'\d]", line):
                lines[*path, items] = number
                opened = (path, items + 1)
            elif re.match(r"\s*\]", line):
                opened = None
        elif header and not key:
            here = _header(header, counts)
            lines[here] = number
        elif key:
            path = here + tuple(part.strip().strip("\"'") for part in key[1].split("."))
            lines[path] = number
            value = line[key.end() :].strip()
            if re.fullmatch(r"\[\s*(#.*)?", value):
                opened = (path, 0)
            for quotes in ('"""', "'''"):
                if value.startswith(quotes) and quotes not in value[3:]:
                    closing = quotes
    return lines


def _header(header: re.Match[str], counts: dict[Path, int]) -> Path:
    """Return the path of a `[table]` or the next item of a `[[table]]`, counting items as they come."""
    path: Path = ()
    parts = [part.strip().strip("\"'") for part in header[2].split(".")]
    for depth, part in enumerate(parts):
        path = (*path, part)
        if depth == len(parts) - 1 and header[1] == "[[":
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path = (*path, counts[path])
    return path
