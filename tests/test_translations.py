"""What translators begin from: two templates, each of which their own tools can read."""

import ast
from pathlib import Path

from babel.messages.pofile import read_po

from smartcli import language
from tools.translations import commands, program, write_templates


def test_no_sentence_of_the_code_is_missing_from_the_template() -> None:
    """Before Python 3.12 babel sees nothing inside an f-string, so a sentence there would never be translated."""
    known = {message.id if isinstance(message.id, str) else message.id[0] for message in program()}
    missing = []
    for path in Path(language.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(func=ast.Name(id="_" | "N_" | "ngettext"), args=[ast.Constant(value=str(english)), *_]):
                    if english not in known:
                        missing.append(f"{path.name}:{node.lineno}: {english}")
    assert missing == []


def test_both_templates_are_written_and_hold_what_people_read(tmp_path: Path) -> None:
    write_templates(tmp_path)
    found = {}
    for domain in (language.PROGRAM, language.CONTENT):
        with (tmp_path / f"{domain}.pot").open("rb") as file:
            found[domain] = read_po(file)
    program, content = found[language.PROGRAM], found[language.CONTENT]
    assert all(command.help in program for command in commands() if command.help)
    assert any(isinstance(message.id, tuple) for message in program), "counts have a sentence of their own"
    assert {"check-in", "check-in/mood"} <= {message.context for message in content}
    translated = [message for catalog in (program, content) for message in catalog if message.id]
    assert not any(
        any(message.string) if isinstance(message.string, tuple) else message.string for message in translated
    )
