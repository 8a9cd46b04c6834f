"""Who may import whom, and by which door each outside library comes in."""

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import smartcli

PACKAGE = Path(smartcli.__file__).parent

OPEN = {
    "language",
    "words",
    "moments",
    "notice",
    "reading_times",
    "shares",
    "theme",
    "trouble",
    "smartcli",
}  # anyone may import these

MAY: dict[str, set[str]] = {
    "__main__": {"cli", "due", "secrecy", "silence"},
    "cli": {"commands", "places"},
    "commands": {"blocks", "commands", "due", "exchange", "pages", "places", "workbook"},
    "workbook": {"asking", "blocks", "content", "due", "entries", "exchange", "fields", "insights", "journal", "lock", "pages", "places", "prompts", "reminders", "renderers", "schema",
                 "declared_settings", "session", "settings", "silence", "workbook"},
    "session": {"asking", "blocks", "content", "entries", "fields", "journal", "session", "settings"},
    "content": {"content", "fields", "schema"},
    "settings": {"declared_settings", "journal", "schema"},
    "declared_settings": {"schema"},
    "journal": {"due", "entries", "journal", "lock"},
    "reminders": {"due", "journal", "reminders"},
    "entries": {"content", "entries", "fields", "schema"},
    "fields": {"asking", "blocks", "fields", "schema"},
    "asking": {"blocks", "schema"},
    "schema": {"schema"},
    "pages": {"blocks", "content", "entries", "fields", "insights", "pages", "declared_settings", "settings"},
    "renderers": {"blocks", "renderers"},
    "insights": {"entries", "insights"},
    "exchange": {"content", "entries", "exchange", "fields", "schema"},
    "prompts": {"asking", "blocks", "prompts"},
    "lock": {"lock"},
    "due": set(), "notice": set(), "secrecy": set(), "silence": set(), "places": set(), "blocks": set(), "words": set(), "moments": set(), "reading_times": set(), "shares": set(), "theme": set(), "trouble": set(), "__init__": set(), "language": set(),
}  # fmt: skip

DOORS: dict[str, tuple[str, ...]] = {
    "typer": ("cli.py", "commands/", "workbook/progress.py"),
    "questionary": ("prompts/screen",),
    "prompt_toolkit": ("prompts/screen",),
    "wcwidth": ("prompts/graphemes.py", "renderers/drawing.py"),
    "rich": ("renderers/terminal.py",),
    "platformdirs": ("places.py",),
    "fpdf": ("renderers/pdf_",),
    "tomlkit": ("schema/toml_edit.py",),
    "pyrage": ("lock/age_library.py",),
    "cryptography": ("lock/ciphers.py",),
}


def imports() -> Iterator[tuple[str, str]]:
    """Yield every import in the package: the file, and the full name of what it imports."""
    for path in sorted(PACKAGE.rglob("*.py")):
        name = path.relative_to(PACKAGE).as_posix()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                yield from ((name, alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                assert node.level == 0, f"{name}: imports are absolute"
                if node.module == "smartcli":
                    yield from ((name, f"smartcli.{alias.name}") for alias in node.names)
                else:
                    yield name, node.module or ""


def test_nothing_points_back_up() -> None:
    wrong = []
    for name, imported in imports():
        part = name.split("/")[0].removesuffix(".py")
        if imported.startswith("smartcli."):
            other = imported.split(".")[1]
            if other not in MAY[part] | OPEN and not other[0].isupper() and not other.startswith("__"):
                wrong.append(f"{name} imports {other}")
    assert not wrong, wrong


def test_every_outside_library_comes_in_by_one_door() -> None:
    wrong = []
    for name, imported in imports():
        library = imported.split(".")[0]
        if library in sys.stdlib_module_names or library == "smartcli":
            continue
        if not name.startswith(DOORS.get(library, ())):
            wrong.append(f"{name} imports {library}")
    assert not wrong, wrong


def test_no_module_can_open_a_connection_or_run_a_program() -> None:
    forbidden = {
        "socket",
        "ssl",
        "http",
        "urllib",
        "ftplib",
        "smtplib",
        "socketserver",
        "poplib",
        "imaplib",
        "telnetlib",
        "xmlrpc",
        "subprocess",
        "multiprocessing",
        "webbrowser",
        "logging",
    }
    allowed = {
        ("workbook/network_trial.py", "socket"),  # whether the kernel refuses it
        ("reminders/programs.py", "subprocess"),  # the system's own programs, for a reminder that was asked for
        ("lock/age_program.py", "subprocess"),  # age, where there is no age library
    }
    found = {(name, imported) for name, imported in imports() if imported.split(".")[0] in forbidden}
    assert found == allowed


@pytest.mark.parametrize(
    "command",
    [
        ["review"],
        ["insights"],
        ["record", "check-in"],
        ["show", "last"],
        ["support"],
        ["--version"],
        ["exercises"],
        ["export", "--as", "json", "--output", "-"],
        ["where"],
    ],
)
def test_commands_that_ask_nothing_load_nothing_heavy(command: list[str], tmp_path: Path) -> None:
    code = (
        "import sys, smartcli.__main__ as m\n"
        "from smartcli import cli\n"
        f"sys.argv = ['smartcli', *{command!r}]\n"
        "try: m.main()\n"
        "except SystemExit: pass\n"
        "heavy = ['questionary', 'prompt_toolkit', 'rich', 'fpdf', 'tomlkit', 'pyrage', 'cryptography', 'jinja2']\n"
        "heavy += ['smartcli.lock.identity', 'smartcli.lock.age']\n"
        "heavy += [f'smartcli.commands.{name}' for names in cli.PANELS.values() for name in names if name not in sys.argv]\n"
        "print(*(name for name in heavy if name in sys.modules), file=sys.stderr)"
    )
    environment = os.environ | {"SMARTCLI_HOME": str(tmp_path), "PYTHONPATH": str(PACKAGE.parent)}
    done = subprocess.run(
        [sys.executable, "-c", code], input=b'{"mood": 3}', capture_output=True, env=environment, check=True
    )
    assert done.stderr.decode().splitlines()[-1] == ""
