"""A made language in which every text is marked, so that what has not passed the door shows in plain letters.

`tools.translations` makes it: each letter that can bear an accent does. Words of the person's own in these tests are
Greek, so that they are neither.
"""

import re
import tempfile
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from smartcli import language
from smartcli.content.catalog import built_in
from smartcli.content.helplines import read_helplines
from tools.translations import PSEUDO, write_pseudo

OWN = "λόγια δικά μου"  # a person's own words

# What is the same in every language: commands, options, addresses, file names, ids, placeholders.
_SAME = re.compile(
    r"`[^`]*`|\[[0-9a-z]{6}\]|\{\"[^}]*\}|<style.*?</style>|<[^>]*>|&[a-z]+;|\S+@\S+|https?://\S+|(?<!\w)--?[a-z][\w-]*|\bsmartcli(?: [a-z][\w-]*(?:\.[a-z]+)?)*"
    r"|\b\S+\.(?:json|toml|csv|md|html|pdf|ics|txt|com|org|uk|gov|nhs)\S*|\b[\w-]*\d[\w-]*|\b[A-Z]{2,}[A-Z_-]*\b|\{\w+\}",
    re.DOTALL,
)
_WORD = re.compile(r"[^\W\d_]{3,}")
# Names, and words that are data: kinds, formats, readers.
_NAMES = frozenset(
    [
        "SMART",
        "Recovery",
        "Jo",
        "iCalendar",
        "Markdown",
        "Obsidian",
        "Day",
        "One",
        "Daylio",
        "jrnl",
        "JSON",
        "Python",
        "Unicode",
        "GitHub",
        "LibreOffice",
        "Excel",
        "SMARTCLI_HOME",
        "CPR",
        "ABC",
        "DENTS",
        "DISARM",
        "VACI",
        "csv",
        "json",
        "html",
        "pdf",
        "txt",
        "ics",
        "vault",
        "markdown",
        "plain",
        "daily",
        "motivation",
        "urges",
        "thoughts",
        "balance",
        "builtin",
        "dayone",
        "daylio",
        "text",
        "UTF",
        "esc",
        "ctrl",
    ]
)


@cache
def made_folder() -> Path:
    """Return a folder with the catalogues of the made language, written once in a process."""
    folder = Path(tempfile.mkdtemp(prefix="made-language-"))
    write_pseudo(folder)
    return folder


def environment() -> dict[str, str]:
    """Return what a child needs to speak the made language."""
    return {"SMARTCLI_LANGUAGE": PSEUDO, "SMARTCLI_TRANSLATIONS": str(made_folder())}


@cache
def names_of_services() -> frozenset[str]:
    """Return the words of what helplines call themselves, and of how they are reached: these stay as they are."""
    directory, _ = read_helplines(built_in())
    assert directory
    texts = [f"{line.name} {line.contact} {line.keyword}" for line in directory.every_line()]
    texts += [f"{finder.name} {finder.contact}" for finder in (directory.meetings.finder if directory.meetings else ())]
    return frozenset(_WORD.findall(" ".join(texts)))


@cache
def names_of_commands() -> frozenset[str]:
    """Return the names of the commands, and of what they take."""
    from tools.translations import commands

    return frozenset(name for command in commands() for name in (command.name, *(one.name for one in command.params)))


def unmarked(text: str, own: Iterable[str] = ()) -> list[str]:
    """Return the words in a text that stand in plain letters; those that hold in every language, or in `own`, are left out."""
    same = _NAMES | names_of_commands() | names_of_services() | {word for words in own for word in _WORD.findall(words)}
    left = _SAME.sub(" ", text)
    return [word for word in _WORD.findall(left) if word.isascii() and word not in same]


def speak(monkeypatch: "object") -> None:
    """Have this process speak the made language until the test is over."""
    files = {
        domain: made_folder() / PSEUDO / "LC_MESSAGES" / f"{domain}.mo"
        for domain in (language.PROGRAM, language.CONTENT)
    }
    monkeypatch.setattr(language, "_files", files)  # type: ignore[attr-defined]
    monkeypatch.setattr(language, "_catalogues", {})  # type: ignore[attr-defined]
