"""Entries as a folder of Markdown notes, for Obsidian or any editor: one note an entry, a day, an exercise.

An entry's front matter tells what it is (id, exercise, title, point, behaviour, when, day) and the answers that can
be sorted and counted, by field id: numbers and scales as numbers, yes_no as true or false, a line, choice or moment
as text, lists as lists of the words shown. Texts, tables and practices stand in the note alone. A field whose id
means something to a note already is "answer-ID". Values are written as JSON, which is YAML too once the few
characters are escaped that YAML will not have as they are.
"""

import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import date
from typing import Any

from smartcli.entries.entry import Answered, Entry
from smartcli.exchange.names import file_name
from smartcli.language import N_, _, ngettext
from smartcli.moments import day_said
from smartcli.notice import NOTICE

_TELLS = ("id", "exercise", "title", "point", "behaviour", "when", "day")
_IN_TWO_PLACES = "changed-in-two-places"
_TAKEN = {*_TELLS, _IN_TWO_PLACES, "state", "aliases", "tags", "cssclasses", "position"}
_BARE = re.compile(r"(?!(?:y|n|yes|no|on|off|true|false|null)$)[a-z][a-z0-9-]{0,60}")  # keys that need no quotes
_NOT_YAML = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")

_README = N_("""\
# Journal

Written by smartcli. These notes are **not encrypted**: anyone who can open this folder can read them.

`entries` has a note for each entry, `days` one for each day, `exercises` one for each exercise.

""")


def files(
    entries: Iterable[Entry], built_in: Collection[str], body: Callable[[Entry], str], escape: Callable[[str], str]
) -> Iterator[tuple[str, str]]:
    """Yield (file name, piece) pairs from entries, newest first.

    `body` sets an entry as Markdown, `escape` some words; `built_in`: the exercises that may be named by their
    ids in file names.
    """
    times: dict[str, tuple[str, int]] = {}
    seen: set[str] = set()
    for entry in entries:
        exercise = file_name(entry.exercise, built_in)
        note = f"{entry.day}-{exercise}-{entry.id}.md"
        day, kind = f"days/{entry.day}.md", f"exercises/{exercise}.md"
        title, dated = escape(" ".join(entry.title.split())), day_said(entry.day, date.min, long=True)
        if day not in seen:
            yield day, f"---\nday: {entry.day}\n---\n\n# {dated}\n\n"
        if kind not in seen:
            yield kind, f"---\nexercise: {value(entry.exercise)}\n---\n\n# {title}\n\n"
        seen |= {day, kind}
        clock = "" if entry.when.whole_day else f"{entry.when.at:%H:%M}"
        yield day, f"- [{f'{clock} {title}'.strip()}](../entries/{note})\n"
        yield kind, f"- [{f'{dated}, {clock}'.rstrip(', ')}](../entries/{note})\n"
        links = f"[{dated}](../{day}) · [{title}](../{kind})"
        yield f"entries/{note}", f"{front_matter(entry)}\n# {title}\n\n{links}\n\n{body(entry)}"
        times[kind] = title, times.get(kind, ("", 0))[1] + entry.is_counted
    yield "README.md", _(_README)
    for kind, (title, number) in sorted(times.items(), key=lambda one: one[1][0].casefold()):
        # Where there is no number, its entries are never counted.
        counted = f" ({ngettext('{number} entry', '{number} entries', number)})" if number else ""
        yield "README.md", f"- [{title}]({kind}){counted}\n"
    yield "README.md", f"\n---\n\n{_(NOTICE)}\n"


def front_matter(entry: Entry) -> str:
    """Return an entry's front matter, fences included."""
    tells = {name: entry.body[name] for name in _TELLS if isinstance(entry.body.get(name), str)}
    state = {"state": "deleted"} if entry.deleted else {}
    standing = {_IN_TWO_PLACES: True} if entry.others else {}
    everything = {**tells, **state, **standing, **properties(entry)}
    lines = [f"{_key(name)}: {value(shown)}" for name, shown in everything.items()]
    return "\n".join(["---", *lines, "---", ""])


def properties(entry: Entry) -> dict[str, Any]:
    """Return the answers that can be sorted and counted, by the name they have in front matter."""
    properties = {}
    for answered in entry.fields:
        answer = _property(answered)
        if answer is not None:
            name = answered.field.id
            properties[f"answer-{name}" if name in _TAKEN else name] = answer
    return properties


def _property(answered: Answered) -> Any:
    """Return an answer as a value of front matter; None for texts, tables and practices, which have none."""
    field, answer, _seconds = answered
    cell = field.cells(answer).get("")
    return cell if field.scalar or isinstance(cell, list) else None


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else value(name[:500])


def value(one: Any) -> str:
    """Return a value as JSON that YAML reads as the same: a number with an exponent needs a point there."""
    if isinstance(one, float):
        return re.sub(r"^([^.e]+)e", r"\1.0e", repr(one))
    return _NOT_YAML.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(one, ensure_ascii=False))
