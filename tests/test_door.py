"""Every sentence in the code passes the door, whole: a literal with words in it is marked, or is no sentence."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).parent.parent / "smartcli"
DOOR = {"_", "ngettext", "pgettext", "N_"}
# Calls whose literals nobody reads as sentences: declared keys (their words fill the guide), patterns, parsing.
_NO_SENTENCES = {
    "key",
    "compile",
    "fullmatch",
    "match",
    "search",
    "sub",
    "finditer",
    "strftime",
    "Type",
    "_simple",
    "find_spec",
}
_PARTS = re.compile(r"[^\W\d_]{2,}[,;:]? [^\W\d_]{2,}")  # two words with a space between


# What looks like sentences and is none, by file, with the reason.
_EXEMPT = {
    "content/helplines.py": ["24 hours, every day"],  # how the hours in the file begin: compared with them
    "exchange/from_dayone.py": [
        "time zone",
        "other detail",
    ],  # kinds of things left in a file: `left_in_file` says them
    "exchange/from_daylio.py": ["mood in words"],
    "exchange/from_journey.py": ["time zone", "other detail"],
    "exchange/from_jrnl.py": ["other detail", "opening line"],
    "exchange/from_text.py": ["opening line", "other detail", "creation date"],  # the last, a key of front matter
    "exchange/imported.py": ["time zone", "opening line", "other file"],
    "exchange/sources.py": ["other file"],
    "exchange/json_entries.py": ["Unterminated string"],  # what Python's own decoder says
    "exchange/kinds.py": ["Day One"],  # a name
    "fields/base.py": [  # what a developer reads whose kind of field leaves something out
        "what it says on paper and on a screen",
        "how an answer reads, since it is no text",
        "what a spreadsheet shows, since an answer is not one value",
        "how it is asked",
        "which answers are right",
        ": a fact of the class (",
    ],
    "journal/system.py": ["held by another process"],  # an OSError that is turned into Trouble
    "language.py": [
        "A translation of",
        "smartcli has no translation",
    ],  # what is wrong with a translation is said in English
    "lock/age_library.py": ["No matching keys found"],  # what pyrage says
    "lock/age_program.py": ["no identity matched"],  # what age says
    "lock/identity.py": ["public key"],  # how age-keygen writes a key file
    "reminders/way.py": ["Written by smartcli", "To remove it"],  # by which a file of ours is known, whatever is spoken
    "reminders/systemd.py": ["Daily minutes"],  # a unit's description
    "reminders/notifier.py": ["run argv", "end run", "display notification", "$null = "],  # of AppleScript, PowerShell
    "renderers/pdf_tags.py": ["Tf ET", "/Artifact BMC"],  # operators of a PDF
    "journal/key_files.py": ["# replaced-by: "],  # of a file that age-keygen might have written
    "renderers/terminal.py": ["not bold"],  # rich's name of a style
    "workbook/own_exercise.py": ["My exercise"],  # stands in the starter file, to be replaced
    "workbook/first_weeks.py": ["path end "],  # an id
}
# The vocabulary of the guide; how English dates are typed; words that are compared with.
_WHOLE_FILES = {
    "commands/examples.py",  # what can be typed; what is said of it is marked, as the made language shows
    "commands/other_words.py",  # what people type
    "fields/measures.py",
    "reading_times.py",
    "pages/ordinary_words.py",
}


def texts(tree: ast.Module) -> Iterator[ast.Constant | ast.JoinedStr]:
    """Yield every text in a module that is no docstring, no annotation, and not marked."""
    passed: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and isinstance(
            node.body[0], ast.Expr
        ):
            passed.add(id(node.body[0].value))
        if isinstance(node, ast.Call) and _name(node.func) in DOOR | _NO_SENTENCES:
            passed.update(map(id, _below(node)))
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call) and _name(node.exc.func) in _UNSEEN:
            passed.update(map(id, _below(node)))
        if isinstance(node, ast.AnnAssign) and _name(node.target) == "about":
            passed.update(map(id, _below(node)))
        for annotation in (getattr(node, "annotation", None), getattr(node, "returns", None)):
            if annotation is not None:
                passed.update(map(id, ast.walk(annotation)))
        if isinstance(node, ast.JoinedStr) and id(node) in passed:
            passed.update(map(id, ast.walk(node)))
    for node in ast.walk(tree):
        if id(node) not in passed and isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node


_UNSEEN = {
    "ValueError",
    "TypeError",
    "OSError",
    "PermissionError",
    "ForeignFolderError",
    "NotDurableError",
    "FileExistsError",
    "AssertionError",
    "LookupError",
    "IncompleteKindError",
}


def _below(node: ast.AST) -> Iterator[ast.AST]:
    return (inner for inner in ast.walk(node) if inner is not node)


def _name(node: ast.AST) -> str:
    return getattr(node, "id", getattr(node, "attr", ""))


def unmarked(source: str) -> list[str]:
    """Return the sentences in a module's source that do not pass the door."""
    found = []
    for node in texts(ast.parse(source)):
        assert isinstance(node, ast.Constant)
        if _PARTS.search(node.value) and not _is_code(node.value):
            found.append(f"{node.lineno}: {node.value[:80]!r}")
    return found


def _is_code(text: str) -> bool:
    """Return whether a text is markup, style, a pattern or an environment, and no sentence."""
    return bool(re.search(r"[<>{}\\]|\(\?|^ *[a-z-]+: |://|=\"|ansi|^\s*`?smartcli \w+ $", text))


def test_every_sentence_passes_the_door() -> None:
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        name = path.relative_to(PACKAGE).as_posix()
        if name not in _WHOLE_FILES:
            sentences = unmarked(path.read_text(encoding="utf-8"))
            found += [f"{name}:{one}" for one in sentences if not any(part in one for part in _EXEMPT.get(name, ()))]
    assert not found, "\n".join(found)


def test_what_passes_is_one_literal() -> None:
    wrong = []
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and _name(node.func) in DOOR
                and any(isinstance(one, ast.JoinedStr) for one in node.args)
            ):
                wrong.append(f"{path.name}:{node.lineno}")
    assert not wrong, wrong


def test_a_planted_sentence_is_found() -> None:
    assert unmarked('say("That was today.")')
    assert unmarked('say(f"That was {day} today.")') or unmarked('say(f"That was the {day}.")')
    assert not unmarked('say(_("That was {day}.", day=day))')
    assert not unmarked('raise ValueError("nobody sees this")')


def trees() -> dict[str, ast.Module]:
    """Return the syntax tree of every module, by its dotted name."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
        found[".".join(parts).removesuffix(".__init__")] = ast.parse(path.read_text(encoding="utf-8"))
    return found


def test_what_is_marked_for_later_passes_the_door_where_it_is_said() -> None:
    """A constant of `N_` that is shown as it stands would stay English for ever."""
    modules = trees()
    marked = {
        (module, _name(node.targets[0]))
        for module, tree in modules.items()
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call) and _name(node.value.func) == "N_"
    }
    assert marked
    # To a function that says them.
    handed_on = {
        "_SEVERAL",
        "_ORDER",
        "MORE_BY_COMMAND",
        "MORE_BELOW",
        "MORE_BY_SIGN",
        "_A_TEXT",
        "_FELL",
        "_FELL_NOW",
        "_YES_OR_NO",
        "NEUTRAL_WORDS",
    }
    marked = {(module, name) for module, name in marked if name not in handed_on}
    wrong = []
    for module, tree in modules.items():
        here = {name for home, name in marked if home == module}
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom):
                here |= {alias.asname or alias.name for alias in node.names if (node.module, alias.name) in marked}
        calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and _name(node.func) in DOOR]
        said = {id(inner) for call in calls for inner in ast.walk(call)}
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Name)
                and isinstance(node.ctx, ast.Load)
                and node.id in here
                and id(node) not in said
            ):
                wrong.append(f"{module}:{node.lineno}: {node.id}")
    assert not wrong, wrong
