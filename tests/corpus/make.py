"""Makes the corpus of hostile files anew: `python -m tests.corpus.make`. What each is for, its name says.

`refused` ones are named in a sentence and left out; `shown` (or `taken`) ones are odd, and read all the same. The
word CANARY stands where a person's words would: no error may repeat it.
"""

import copy
import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

CORPUS = Path(__file__).parent
ID = "cccccccccccc2"

ENTRY: dict[str, Any] = {
    "format": 1, "id": ID, "parents": [], "state": "live", "draft": "dddddddddddd2", "exercise": "everything", "version": 3,
    "title": "Everything", "point": "daily", "behaviour": "CANARY drinking",
    "started": "2026-11-01T21:04:10+00:00", "saved": "2026-11-01T21:09:02+00:00", "when": "2026-11-01T20:50:00+00:00",
    "day": "2026-11-01",
    "fields": [
        {"id": "one", "kind": "line", "ask": "Line?", "headline": True, "answer": "CANARY line"},
        {"id": "strength", "kind": "scale", "ask": "Scale?", "low": 0, "high": 10, "measure": "urge.before", "headline": True, "answer": 7},
        {"id": "pick", "kind": "choice", "ask": "Choice?", "measure": "coping", "answer": "walk", "labels": {"walk": "A walk"}},
        {"id": "many", "kind": "lines", "ask": "Lines?", "answer": ["CANARY one", "two"]},
        {"id": "grid", "kind": "table", "ask": "Table?", "columns": [{"id": "what", "kind": "line", "ask": "What?", "measure": "trigger"},
         {"id": "how", "kind": "scale", "ask": "How?"}], "answer": [{"what": "CANARY row", "how": 3}]},
        {"id": "yes", "kind": "yes_no", "ask": "Yes?", "answer": True},
        {"id": "on", "kind": "moment", "ask": "Moment?", "answer": "2026-11-01"},
        {"id": "breathe", "kind": "practice", "ask": "Breathe", "answer": {"seconds": 60, "finished": True, "ratings": []}},
    ],
}  # fmt: skip

STEERING = "CANARY \x1b]52;c;aGk=\x07\x1b[2J\x1b[31m\x9b31m\x1bP\b\b\rover\x7f\u202eabc\u2066"


def as_bytes(body: Any) -> bytes:
    return (json.dumps(body, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "surrogatepass")


def but(**changed: Any) -> bytes:
    """Return the entry with some keys changed; None takes one away."""
    return as_bytes({name: value for name, value in {**ENTRY, **changed}.items() if value is not None})


def field(name: str, **changed: Any) -> bytes:
    """Return the entry with one field changed."""
    body = copy.deepcopy(ENTRY)
    for one in body["fields"]:
        if one["id"] == name:
            one.update(changed)
    return as_bytes(body)


def answer(text: str) -> bytes:
    return field("one", answer=text)


GOOD = as_bytes(ENTRY)


def flipped(after: bytes, bit: int) -> bytes:
    """Return the entry with one bit of the byte after some text turned."""
    at = GOOD.index(after) + len(after)
    return GOOD[:at] + bytes([GOOD[at] ^ (1 << bit)]) + GOOD[at + 1 :]


def instead(text: str, other: str) -> bytes:
    assert text.encode() in GOOD
    return GOOD.replace(text.encode(), other.encode(), 1)


def nested(depth: int, opening: str = "[", closing: str = "]") -> str:
    return opening * depth + "1" + closing * depth


ENTRIES_REFUSED: dict[str, bytes] = {
    "empty": b"",
    "only-nuls": b"\0" * 512,
    "only-spaces": b" \n" * 50,
    "one-brace": b"{",
    "cut-after-a-quarter": GOOD[: len(GOOD) // 4],
    "cut-in-half": GOOD[: len(GOOD) // 2],
    "cut-before-the-last-brace": GOOD[:-3],
    "its-end-turned-to-nuls": GOOD[:-200] + b"\0" * 200,
    "its-beginning-turned-to-nuls": b"\0" * 100 + GOOD[100:],
    "an-html-error-page": b"<!DOCTYPE html><html><body>502 Bad Gateway CANARY</body></html>",
    "git-conflict-markers": b"<<<<<<< HEAD\n" + GOOD + b"=======\n" + GOOD + b">>>>>>> there\n",
    "random-bytes": bytes(hashlib.sha256(bytes([n])).digest()[0] for n in range(256)) * 4,
    "utf-16": GOOD.decode().encode("utf-16"),
    "utf-32": GOOD.decode().encode("utf-32"),
    "latin-1": instead("CANARY line", "CANARY \xe9").decode().encode("latin-1"),
    "overlong-utf-8": GOOD.replace(b"CANARY line", b"CANARY \xc0\xaf"),
    "deep-arrays": (nested(2000)).encode(),
    "deep-objects": ('{"a":' * 2000 + "1" + "}" * 2000).encode(),
    "very-deep-unclosed": b"[" * 60_000,
    "deep-answer": instead('"CANARY line"', nested(980)),
    "rather-deep-answer": instead('"CANARY line"', nested(300)),
    "a-number-of-5000-digits": instead('"answer": 7', '"answer": ' + "7" * 5000),
    "not-a-number": instead('"answer": 7', '"answer": NaN'),
    "infinity": instead('"answer": 7', '"answer": -Infinity'),
    "larger-than-any-float": instead('"answer": 7', '"answer": 1e999'),
    "trailing-comma": instead('"state": "live",', '"state": "live",,'),
    "single-quotes": GOOD.replace(b'"', b"'"),
    "two-entries-in-one": GOOD + GOOD,
    "a-list": as_bytes([ENTRY]),
    "a-text": b'"CANARY"',
    "a-number": b"7",
    "null": b"null",
    "a-key-flipped": flipped(b'"exerci', 0),
    "a-quote-flipped": flipped(b'"state": ', 1),
    "a-comma-flipped": flipped(b'"parents": []', 2),
    "format-of-the-future": but(format=99, shape={"unknown": 1}),
    "format-a-text": but(format="1"),
    "format-missing": but(format=None),
    "id-missing": but(id=None),
    "id-a-number": but(id=7),
    "id-a-path": but(id="../../../etc/passwd"),
    "id-upper-case": but(id=ID.upper()),
    "id-with-a-line-end": but(id=ID + "\n"),
    "parents-a-text": but(parents="0123456789abcdef"),
    "parents-of-numbers": but(parents=[1, 2]),
    "state-unknown": but(state="CANARY"),
    "state-a-list": but(state=["live"]),
    "exercise-a-list": but(exercise=["everything"]),
    "title-a-number": but(title=7),
    "point-an-object": but(point={}),
    "saved-a-number": but(saved=1),
    "started-missing": but(started=None),
    "when-no-time": but(when="CANARY"),
    "when-without-offset": but(when="2026-11-01T20:50:00"),
    "when-beyond-the-calendar": but(when="9999-12-31T23:59:59-12:00"),
    "when-before-the-calendar": but(when="0001-01-01T00:00:00+14:00"),
    "day-no-day": but(day="2026-02-30"),
    "day-a-number": but(day=20261101),
    "fields-an-object": but(fields={"one": "CANARY"}),
    "fields-of-texts": but(fields=["CANARY"]),
    "behaviour-a-list": but(behaviour=["CANARY"]),
    "saved-no-time": but(saved="CANARY"),
    "kind-a-list": field("one", kind=["line"]),
    "ask-a-number": field("one", ask=7),
    "measure-a-list": field("one", measure=["mood"]),
    "headline-an-object": field("one", headline={"a": 1}),
    "labels-a-list": field("pick", labels=["walk"]),
    "labels-of-numbers": field("pick", labels={"walk": 7}),
    "columns-of-numbers": field("grid", columns=[1, 2]),
    "fields-without-ids": but(fields=[{"kind": "line", "answer": "CANARY"}]),
}

ENTRIES_SHOWN: dict[str, bytes] = {
    "byte-order-mark": b"\xef\xbb\xbf" + GOOD,  # as some editors and sync tools write one
    "as-it-should-be": GOOD,
    "windows-line-ends": GOOD.replace(b"\n", b"\r\n"),
    "on-one-line": json.dumps(ENTRY).encode(),
    "a-letter-flipped": flipped(b"CANARY lin", 1),
    "duplicate-keys": instead('"state": "live"', '"state": "deleted", "state": "live"'),
    "duplicate-fields": but(fields=ENTRY["fields"] * 2),
    "unknown-keys": but(weather="rain", fields=[{**one, "colour": "green"} for one in ENTRY["fields"]]),
    "no-fields": but(fields=[]),
    "started-no-time": but(started="CANARY"),
    "five-hundred-fields": but(fields=[{**ENTRY["fields"][0], "id": f"f{n}", "answer": "x"} for n in range(500)]),
    "format-true": but(format=True),
    "format-zero": but(format=0),
    "version-a-text": but(version="CANARY"),
    "draft-a-list": but(draft=["x"]),
    "parents-in-thousands": but(parents=[f"{n:016x}" for n in range(1000)]),
    "show-is-nonsense": but(show={"grid": 3, "wheel": "x", "card": []}),
    "show-a-text": but(show="CANARY"),
    "whole-day-a-text": but(whole_day="no"),
    "day-far-ahead": but(day="9999-12-31"),
    "when-far-ahead": but(when="9999-12-31T00:00:00+00:00"),
    "when-long-ago": but(when="0001-01-02T00:00:00+00:00"),
    "steering-the-terminal": answer(STEERING),
    "steering-in-title-and-question": but(
        title=STEERING, behaviour=STEERING, fields=[{**ENTRY["fields"][0], "ask": STEERING}]
    ),
    "markup": answer("[red]CANARY[/x] [link=http://e]c[/link] [/] :bomb: a\\"),
    "html-and-markdown": answer("<script>alert('CANARY')</script> ![x](http://e) | # ``` --- =1+1"),
    "lone-surrogates": GOOD.replace(b"CANARY line", b"CANARY \\ud800 \\udc00\\ud83d"),
    "nul-in-an-answer": GOOD.replace(b"CANARY line", b"CANARY \\u0000 after"),
    "line-and-paragraph-separators": answer("CANARY \u2028 \u2029 \x85 \x0b \x0c after"),
    "a-storm-of-accents": answer("CANARY " + "e" + "\u0301\u0327" * 1500),
    "right-to-left-and-joiners": answer("CANARY שלום 👩\u200d👧\u200d👦 \ufeff\u200b"),
    "one-line-of-fifty-thousand": answer("CANARY" + "x" * 50_000),
    "ten-thousand-lines": answer("x\n" * 10_000),
    "kind-unknown": field("one", kind="CANARY"),
    "kind-missing": but(fields=[{"id": "one", "answer": "CANARY"}]),
    "answer-missing": but(fields=[{"id": "one", "kind": "line", "ask": "Line?"}]),
    "answer-null": field("one", answer=None),
    "answer-an-object-for-a-line": field("one", answer={"CANARY": [1, {"b": None}]}),
    "answer-a-text-for-a-scale": field("strength", answer="CANARY"),
    "answer-beyond-the-scale": field("strength", answer=10**300),
    "answer-of-4000-digits": instead('"answer": 7', '"answer": ' + "7" * 4000),
    "scale-upside-down": field("strength", low=10, high=0),
    "scale-of-texts": field("strength", low="a", high=[]),
    "scale-of-a-billion": field("strength", low=0, high=10**9, answer=10**8),
    "scale-of-infinities": instead('"high": 10', '"high": 123456789e300'),
    "measure-unknown": field("one", measure="CANARY"),
    "lines-of-numbers": field("many", answer=[1, None, {"text": 3}]),
    "lines-a-text": field("many", answer="CANARY"),
    "marks-a-number": field("many", marks=3),
    "table-without-columns": field("grid", columns=None),
    "table-of-texts": field("grid", answer=["CANARY", 3]),
    "table-with-a-cell-too-many": field("grid", answer=[{"what": "x", "nowhere": "CANARY"}]),
    "columns-of-tables": field("grid", columns=[{"id": "what", "kind": "table", "columns": []}]),
    "moment-no-moment": field("on", answer="CANARY"),
    "moment-beyond-the-calendar": field("on", answer="9999-12-31T23:59:59-12:00"),
    "practice-a-number": field("breathe", answer=7),
    "practice-of-nonsense": field("breathe", answer={"seconds": "x", "finished": 3, "ratings": [1, {"value": []}]}),
    "after-seconds-a-text": field("strength", after_seconds="CANARY"),
    "after-seconds-endless": instead('"answer": 7', '"after_seconds": 1e308, "answer": 7'),
}


def line(record: dict[str, Any]) -> bytes:
    """Return a draft's line with a check sum that is right."""
    text = json.dumps(record, separators=(",", ":"))
    return f'{text[:-1]},"check":"{hashlib.sha256(text.encode()).hexdigest()[:8]}"}}\n'.encode()


HEADER: dict[str, Any] = {
    "draft": 1,
    "entry": ID,
    "started": "2026-11-01T21:00:00+00:00",
    "exercise": "everything",
    "title": "Everything",
}
AT = "2026-11-01T21:01:00+00:00"
FIRST = {"field": "one", "answer": "CANARY line", "at": AT}
HEAD = line(HEADER)

DRAFTS_REFUSED: dict[str, bytes] = {
    "empty": b"",
    "only-nuls": b"\0" * 300,
    "garbage": b"\x8f\x00\xff" * 100,
    "no-header": line(FIRST),
    "header-torn": HEAD[:40],
    "header-with-a-wrong-sum": HEAD.replace(b"everything", b"everythinG"),
    "header-a-list": line({"a": 1}).replace(b'{"a"', b'["a"'),
    "header-of-numbers": line({**HEADER, "exercise": 3}),
    "header-without-a-start": line({name: value for name, value in HEADER.items() if name != "started"}),
    "definition-a-text": line({**HEADER, "definition": "CANARY"}) + line(FIRST),
    "when-no-moment": line({**HEADER, "when": "CANARY"}) + line(FIRST),
    "when-a-list": line({**HEADER, "when": [1]}) + line(FIRST),
    "title-a-list": line({**HEADER, "title": ["CANARY"]}) + line(FIRST),
    "an-edit-without-parents": line({**HEADER, "edit": True}) + line(FIRST),
    "an-edit-of-nothing": line({**HEADER, "edit": True, "parents": []}) + line(FIRST),
    "later-of-what-is-gone": line({**HEADER, "later": True, "parents": 3}) + line(FIRST),
    "started-at-no-time": line({**HEADER, "started": "CANARY"}),
    "very-deep": b"[" * 50_000,
}

DRAFTS_SHOWN: dict[str, bytes] = {
    "as-it-should-be": HEAD + line(FIRST),
    "started-without-offset": line({**HEADER, "started": "2026-11-01T21:00:00"}),
    "last-line-torn": HEAD + line(FIRST) + line({**FIRST, "field": "free"})[:30],
    "a-line-damaged": HEAD + line(FIRST)[:20] + b"\xff" + line(FIRST)[21:] + line({**FIRST, "field": "free"}),
    "nuls-at-the-end": HEAD + line(FIRST) + b"\0" * 4096,
    "a-deep-line": HEAD + b"[" * 30_000 + b"\n" + line(FIRST),
    "answers-of-the-wrong-kind": HEAD
    + b"".join(
        line({"field": name, "answer": {"CANARY": []}, "at": AT})
        for name in (
            "free",
            "one",
            "many",
            "plain-lines",
            "count",
            "strength",
            "after",
            "pick",
            "picks",
            "order",
            "grid",
            "yes",
            "on",
            "breathe",
        )
    ),
    "halves-of-the-wrong-kind": HEAD
    + b"".join(
        line({"field": name, "half": {"CANARY": []}})
        for name in (
            "free",
            "one",
            "many",
            "plain-lines",
            "count",
            "strength",
            "pick",
            "picks",
            "order",
            "grid",
            "yes",
            "on",
            "breathe",
        )
    ),
    "an-answer-without-its-time": HEAD + line({"field": "one", "answer": "CANARY"}) + line(FIRST),
    "an-answer-at-no-time": HEAD + line({**FIRST, "at": "CANARY"}) + line({**FIRST, "field": "free", "at": 7}),
    "an-answer-to-no-field": HEAD + line({**FIRST, "field": "CANARY"}) + line({**FIRST, "field": ["one"]}),
    "steering-the-terminal": line({**HEADER, "title": STEERING}) + line({**FIRST, "answer": STEERING}),
    "exercise-gone": line({**HEADER, "exercise": "CANARY-gone"}) + line(FIRST),
    "definition-of-nonsense": line({**HEADER, "definition": {"id": 3, "field": [3, {"kind": []}]}}) + line(FIRST),
    "later-of-an-entry-that-is-gone": line({**HEADER, "later": True, "parents": ["0123456789abcdef"]}) + line(FIRST),
    "an-edit-of-what-is-gone": line({**HEADER, "edit": True, "parents": ["0123456789abcdef"]}) + line(FIRST),
}

BOMBS: dict[str, bytes] = {
    "not-toml": b"= CANARY",
    "cut-in-a-text": b'country = "CANARY',
    "the-same-key-twice": b'country = "a"\ncountry = "CANARY"\n',
    "nul": b'country = "x\0CANARY"\n',
    "control-signs": b'country = "\x1b[31mCANARY"\n',
    "latin-1": b'country = "\xe9CANARY"\n',
    "utf-16": 'country = "CANARY"\n'.encode("utf-16"),
    "random-bytes": bytes(hashlib.sha256(bytes([n])).digest()[1] for n in range(256)),
    "deep-arrays": b"a = " + b"[" * 5000,
    "deep-arrays-spread": b"a = " + b"[\n#x\n" * 3000,
    "deep-tables": b"a = " + b"{a=" * 3000,
    "deep-mixed": b"a = " + b"[{a=" * 2000,
    "dotted-key-of-thousands": b".".join([b"a"] * 15_000) + b" = 1\n",
    "dotted-header-of-thousands": b"[" + b".".join([b"a"] * 15_000) + b"]\n",
    "dotted-key-in-quotes": b".".join([b'"a b"'] * 5000) + b" = 1\n",
    "a-number-of-5000-digits": b"a = " + b"7" * 5000 + b"\n",
    "a-word-of-30000-letters": b"a = 1 2 # " + b"x" * 30_000 + b"\n",
    "spaces-after-a-bracket": b"a = [ 1,\n[" + b" " * 30_000 + b"\n1]] 2\n",
    "a-date-that-is-none": b"a = 2026-13-45\n",
}

CONFIG_REFUSED = BOMBS | {"forty-kilobytes": b"# " + b"x" * 40_000 + b"\n"}

CONFIG_TAKEN: dict[str, bytes] = {
    "empty": b"",
    "byte-order-mark": b'\xef\xbb\xbfcountry = "xx"\n',
    "everything-of-the-wrong-type": b'country = []\npeople = 3\nday_starts = 1\nsuggestions = "no"\n',
    "people-of-texts": b'people = ["CANARY", 3, {}]\n',
    "people-without-names": b'[[people]]\ncontact = "CANARY"\n[[people]]\nname = 7\ncontact = [1]\n',
    "people-a-table": b'[people]\nname = "CANARY"\n',
    "steering-the-terminal": b'[[people]]\nname = "CANARY \\u001b]52;c;aGk=\\u0007\\u202e"\ncontact = "[red]x[/x]"\n',
    "unknown-country": b'country = "../../etc/passwd"\n',
    "day-starts-at-no-time": b'day_starts = "25:99"\n',
    "unknown-keys": b"[a.b.c]\nd = [1, [2, [3]]]\ne = 1979-05-27T07:32:00Z\nf = inf\n",
}

WHOLE = 'format = 1\nid = "{id}"\ntitle = "T"\npoint = "daily"\npurpose = "p"\n'
ASKED = '[[field]]\nid = "a"\nkind = "line"\nask = "A?"\n'


def exercise(head: str = "", fields: str = ASKED, without: str = "") -> str:
    """Return an exercise; its id is put in when its file is named."""
    kept = [one for one in WHOLE.splitlines(keepends=True) if not (without and one.startswith(without + " "))]
    return "".join(kept) + head + fields


def one_field(**keys: str) -> str:
    """Return an exercise of one field, its keys as TOML."""
    given = {"id": '"a"', "kind": '"line"', "ask": '"A?"', **keys}
    return exercise(fields="[[field]]\n" + "".join(f"{name} = {value}\n" for name, value in given.items()))


EXERCISES_REFUSED: dict[str, bytes | str] = {f"toml-{name}": data for name, data in BOMBS.items()} | {
    "empty": b"",
    "forty-kilobytes": exercise() + "#" * 40_000,
    "a-hundred-and-one-fields": exercise(fields="".join(ASKED.replace('"a"', f'"a{n}"') for n in range(101))),
    "no-fields": exercise(fields=""),
    "fields-a-number": exercise("field = 3\n", fields=""),
    "fields-of-numbers": exercise("field = [1, 2]\n", fields=""),
    "id-of-another-file": exercise().replace("{id}", "something-else"),
    "id-a-path": exercise().replace("{id}", "../../x"),
    "id-a-number": exercise("id = 3\n", without="id"),
    "title-a-list": exercise('title = ["T"]\n', without="title"),
    "title-too-long": exercise(f'title = "{"T" * 3000}"\n', without="title"),
    "point-unknown": exercise('point = "CANARY"\n', without="point"),
    "purpose-missing": exercise(without="purpose"),
    "minutes-endless": exercise("minutes = inf\n"),
    "aliases-of-numbers": exercise("aliases = [1, 2]\n"),
    "unknown-key": exercise("colour = 3\n"),
    "kind-unknown": one_field(kind='"lien"'),
    "kind-a-list": one_field(kind='["line"]'),
    "ask-too-long": one_field(ask=f'"{"A" * 2001}"'),
    "field-id-steers-the-terminal": one_field(id='"a\\u001b[31m"'),
    "the-same-field-twice": exercise(fields=ASKED * 2),
    "scale-upside-down": one_field(kind='"scale"', low="10", high="0"),
    "scale-endless": one_field(kind='"scale"', low="0", high="inf"),
    "scale-no-number": one_field(kind='"scale"', low="nan"),
    "options-of-numbers": one_field(kind='"choice"', options="[1, 2]"),
    "options-from-a-path": one_field(kind='"choice"', options_from='"../daily/check-in"'),
    "options-from-nowhere": one_field(kind='"choice"', options_from='"nowhere"'),
    "only-if-of-itself": one_field(only_if='{ field = "a", is = 1 }'),
    "only-if-a-text": one_field(only_if='"always"'),
    "measure-unknown": one_field(measure='"CANARY"'),
    "table-of-tables": one_field(kind='"table"', columns='[{ id = "b", kind = "table", ask = "B?" }]'),
    "steps-of-texts": one_field(kind='"practice"', steps='["a", "b"]'),
    "recall-a-number": one_field(recall="3"),
}

EXERCISES_TAKEN: dict[str, bytes | str] = {
    "as-it-should-be": exercise(),
    "byte-order-mark": "\ufeff" + exercise(),
    "repeat-nonsense": exercise('repeat = "-1 eternities"\n'),
    "repeat-beyond-the-calendar": exercise('repeat = "99999999999999999999 days"\n'),
    "a-comment-of-30000-letters": exercise() + "#" + "x" * 30_000,
    "spaces-after-a-bracket": exercise().replace(
        'purpose = "p"', 'purpose = "p"\nsources = [ "a",\n' + " " * 30_000 + '"b"]'
    ),
    "windows-line-ends": exercise().replace("\n", "\r\n"),
    "markup-and-other-letters": exercise('intro = "[red]x[/x] <b> 👩‍👧 שלום :bomb:"\n'),
    "steering-the-terminal": exercise('intro = "\\u001b]52;c;aGk=\\u0007\\u202eabc"\naliases = ["\\u001b[2J"]\n'),
}

STATE: dict[str, bytes] = {
    "known.txt.random-bytes": bytes(range(256)) * 8,
    "known.txt.empty": b"",
    "resting.json.a-list": b"[1, 2]",
    "resting.json.not-json": b"{CANARY",
    "resting.json.of-the-wrong-types": json.dumps({"a" * 13: 7, "b" * 13: "CANARY", "c" * 13: None, ID: ["x"]}).encode(),
    "resting.json.very-deep": b"[" * 50_000,
    "turns.json.a-list": b"[1, 2]",
    "turns.json.of-the-wrong-types": json.dumps({"a": 7, "b": "CANARY", "c": None, "d": [3], "e": ["soon"]}).encode(),
    "turns.json.very-deep": b"[" * 50_000,
}  # fmt: skip


def write(folder: str, files: dict[str, Any], suffix: str) -> None:
    """Write a folder of the corpus anew."""
    path = CORPUS / folder
    shutil.rmtree(path, ignore_errors=True)
    path.mkdir(parents=True)
    for name, data in files.items():
        named = data.replace("{id}", name).encode() if isinstance(data, str) else data
        (path / f"{name}{suffix}").write_bytes(named)


def main() -> None:
    """Write all of it."""
    write("entries/refused", ENTRIES_REFUSED, ".json")
    write("entries/shown", ENTRIES_SHOWN, ".json")
    write("drafts/refused", DRAFTS_REFUSED, ".jsonl")
    write("drafts/shown", DRAFTS_SHOWN, ".jsonl")
    write("config/refused", CONFIG_REFUSED, ".toml")
    write("config/taken", CONFIG_TAKEN, ".toml")
    write("exercises/refused", EXERCISES_REFUSED, ".toml")
    write("exercises/taken", EXERCISES_TAKEN, ".toml")
    write("state", STATE, "")


if __name__ == "__main__":
    main()
