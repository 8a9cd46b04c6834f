"""Entries as a folder of Markdown notes, for Obsidian or any editor.

There is one note for each entry, day, exercise, trigger and way to cope; an entry's note and the others link to each
other. The words of a note are set for GitHub's Markdown and Obsidian's alike (`renderers/markdown_words.py`).

An entry's front matter tells what it is (id, exercise, title, point, behaviour, when, day), by what name and tag it is
found (`aliases`, `tags`), `date` as Obsidian has dates with a time, without the offset that `when` keeps, and the
answers that can be sorted and counted, by field id: numbers and scales as numbers, yes_no as true or false, a line,
choice or moment as text, lists as lists of the words shown. Texts, tables and practices stand in the note alone, and
what `when` and `behaviour` tell is not told again. A field whose id means something to a note already is "answer-ID".
Values are written as JSON, which is YAML too once the few characters are escaped that YAML will not have as they are.
"""

import hashlib
import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from smartcli.entries.entry import Answered, Entry
from smartcli.exchange.names import file_name
from smartcli.fields.measures import part_of
from smartcli.language import N_, _, ngettext
from smartcli.moments import WITH_YEAR, clock_below, day_said, said_of_day
from smartcli.notice import NOTICE
from smartcli.words import enumerated, folded

_MARK = "smartcli"  # the first key of every note's front matter, by which an import knows a note of ours
_FORMAT = 1
_TELLS = ("id", "exercise", "title", "point", "behaviour", "when", "day")
_TOLD_MEASURES = ("when", "behaviour")
_IN_TWO_PLACES = "changed-in-two-places"
_OBSIDIAN = ("aliases", "tags", "cssclasses", "alias", "tag", "cssclass", "publish", "position", "file")  # and Dataview
_TAKEN = {_MARK, *_TELLS, "date", "deleted", _IN_TWO_PLACES, *_OBSIDIAN}
_BARE = re.compile(r"(?!(?:y|n|yes|no|on|off|true|false|null)$)[a-z][a-z0-9-]{0,60}")  # keys that need no quotes
_NOT_YAML = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")

Offered = Callable[[str, str], Collection[str]]  # an exercise and a field: the ids of the options that its file has

_SECTIONS = {  # of README.md, by the folder of their notes; a day is found by its name
    "exercises": N_("Exercises"),
    "triggers": N_("What sets off urges"),
    "tools": N_("What I do about urges"),
}
_NAMED = {"triggers": "trigger", "tools": "coping"}  # the measure of what the notes of a folder are about

_README = N_("""\
# Journal

Written by smartcli. These notes are **not encrypted**: anyone who can open this folder can read them.

`entries` has a note for each entry, `days` one for each day, `exercises` one for each exercise. `triggers` and \
`tools` have one for each trigger you named and each way you used to cope. What you named in your own words has a \
number for a file name, and its real name in the note.

In Obsidian, choose "Open folder as vault". If you have a vault already, you can put this folder into it: nothing in \
your own notes changes. Your daily notes stay where they are, too. If you would like to write on the days here \
instead, choose the folder `days` in Settings, Daily notes, "New file location". The date format is YYYY-MM-DD, as \
it is there.

""")


class _Topic(NamedTuple):
    """What several entries have in common, with a note that links to them: a day, an exercise, a trigger, a tool."""

    folder: str
    name: str
    title: str
    tells: Mapping[str, str] = {}

    @property
    def file(self) -> str:
        return f"{self.folder}/{self.name}.md"


class Markup(NamedTuple):
    """What sets Markdown: an entry's page without its title, some words as one line, a link of words to a file."""

    body: Callable[[Entry], str]
    one_line: Callable[[str], str]
    link: Callable[[str, str], str]


def files(
    entries: Iterable[Entry], built_in: Collection[str], offered: Offered, markup: Markup
) -> Iterator[tuple[str, str]]:
    """Yield (file name, piece) pairs from entries, newest first.

    `built_in`: the exercises that may be named by their ids in file names; so may what is `offered` there.
    """
    topics: dict[str, tuple[_Topic, int]] = {}  # by file, with the number of their entries
    for entry in entries:
        note = f"entries/{entry.day}-{file_name(entry.exercise, built_in)}-{entry.id}.md"
        about = _topics(entry, built_in, offered)
        for topic in about:
            if topic.file not in topics:
                yield topic.file, _topic_head(topic, markup)
            first, number = topics.get(topic.file, (topic, 0))
            topics[topic.file] = first, number + entry.is_counted
            yield topic.file, f"- {markup.link(_called(entry, topic), f'../{note}')}\n"
        links = " · ".join(markup.link(topic.title, f"../{topic.file}") for topic in about)
        title = markup.one_line(entry.title)
        yield note, f"{front_matter(entry)}\n# {title}\n\n{links}\n\n{markup.body(entry)}"
    yield "README.md", _(_README)
    for folder, title in _SECTIONS.items():
        found = [(topic, number) for topic, number in topics.values() if topic.folder == folder]
        if found:
            yield "README.md", f"## {_(title)}\n\n{_listed(found, markup)}\n"
    yield "README.md", f"---\n\n{_(NOTICE)}\n"


def _listed(topics: Iterable[tuple[_Topic, int]], markup: Markup) -> str:
    """Return a list of links to topics; where there is no number, their entries are never counted."""
    lines = []
    for topic, number in sorted(topics, key=lambda one: one[0].title.casefold()):
        counted = f" ({ngettext('{number} entry', '{number} entries', number)})" if number else ""
        lines.append(f"- {markup.link(topic.title, topic.file)}{counted}\n")
    return "".join(lines)


def _topics(entry: Entry, built_in: Collection[str], offered: Offered) -> list[_Topic]:
    """Return the day, the exercise, the triggers and the tools of an entry, each once.

    Of what is not counted there are no triggers and tools: a list under each would be a count of it.
    """
    day = _Topic("days", str(entry.day), _dated(entry), {"day": str(entry.day)})
    name = file_name(entry.exercise, built_in)
    topics = [day, _Topic("exercises", name, " ".join(entry.title.split()), {"exercise": entry.exercise})]
    if entry.is_counted:
        for folder, measure in _NAMED.items():
            for field, option, words in _things(entry, measure):
                is_ours = entry.exercise in built_in and option in offered(entry.exercise, field)
                topics.append(_Topic(folder, option if is_ours else _name_of_words(words), " ".join(words.split())))
    return [*{topic.file: topic for topic in topics}.values()]


def _things(entry: Entry, measure: str) -> Iterator[tuple[str, str, str]]:
    """Yield what an entry names under a measure, cells of tables too: the field, the option's id, and the words."""
    if not any(part_of(measure, one) for one in entry.measures):
        return
    for answered in entry.fields:
        for field, answer in answered.field.flat(answered.answer):
            if part_of(measure, field.measure):
                for option, words in field.quotes(answer):
                    if words.strip():
                        yield field.id, str(option), words


def _name_of_words(words: str) -> str:
    """Return a file name for words of the person's own that tells nothing of them."""
    return f"own-{hashlib.sha256(folded(words).encode('utf-8', 'replace')).hexdigest()[:12]}"


def _dated(entry: Entry) -> str:
    return day_said(entry.day, WITH_YEAR, long=True)


def _called(entry: Entry, topic: _Topic) -> str:
    """Return what an entry is called in a topic's note, which says one part of that already."""
    if topic.folder == "days":
        return f"{clock_below(entry.day, entry.when)} {entry.title}".strip()
    if topic.folder == "exercises":
        return said_of_day(entry.when, entry.day, WITH_YEAR)
    return _alias(entry)


def _alias(entry: Entry) -> str:
    """Return the name by which an entry is found: "Urge, Saturday 28 December 2024, 21:04"."""
    return enumerated([" ".join(entry.title.split()), said_of_day(entry.when, entry.day, WITH_YEAR)])


def _topic_head(topic: _Topic, markup: Markup) -> str:
    matter = _fenced({_MARK: _FORMAT, "aliases": [topic.title], **topic.tells})
    return f"{matter}\n# {markup.one_line(topic.title)}\n\n"


def front_matter(entry: Entry) -> str:
    """Return an entry's front matter, fences included."""
    at = entry.when.at.replace(tzinfo=None)
    found = {
        _MARK: _FORMAT,
        "aliases": [_alias(entry)],
        "tags": [_tag(entry)],
        "date": str(at.date()) if entry.when.whole_day else at.isoformat(timespec="seconds"),
    }
    tells = {name: entry.body[name] for name in _TELLS if isinstance(entry.body.get(name), str)}
    deleted = {"deleted": True} if entry.deleted else {}
    standing = {_IN_TWO_PLACES: True} if entry.others else {}
    return _fenced({**found, **tells, **deleted, **standing, **properties(entry)})


def _tag(entry: Entry) -> str:
    """Return a tag for the point and the exercise, one below the other: "workbook/urges/urge-log"."""
    parts = (re.sub(r"[^\w-]", "-", part) for part in (entry.point, entry.exercise))
    return "/".join(["workbook", *parts])


def _fenced(matter: Mapping[str, Any]) -> str:
    lines = [f"{_key(name)}: {value(shown)}" for name, shown in matter.items()]
    return "\n".join(["---", *lines, "---", ""])


def properties(entry: Entry) -> dict[str, Any]:
    """Return the answers that can be sorted and counted, by the name they have in front matter."""
    properties = {}
    for answered in entry.fields:
        answer = _property(answered)
        if answer is not None and answered.field.measure not in _TOLD_MEASURES:
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
