"""Nothing steers a terminal: no command, in no format, lets a control character or a bidi override through."""

import io
import json
import re
import sys
from pathlib import Path

import pytest
import typer.main

from smartcli import places
from smartcli.cli import app
from smartcli.words import json_text
from tests.conftest import Run

STEERING = "\x1b[2J\x1b]0;TITLE\x07\x1b]52;c;eA==\x07\x9b31m\x9d0;T\x9c\x85\x7f\x08\u202e\u2066\u2069\u2028"
WORDS = f"HERE{STEERING}THERE"
_STEERS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029]")
_COLOUR = re.compile(r"\x1b\[[\d;]*m")  # what rich writes; none of it is in STEERING

EXERCISE = """
format = 1
id = "hostile"
title = {words}
point = "daily"
purpose = {words}
aliases = ["hostile2"]
field = [
    {{ id = "line", kind = "line", ask = {words}, hint = {words}, example = {words}, headline = true, measure = "behaviour" }},
    {{ id = "pick", kind = "choice", ask = {words}, options = [{{ id = "a", say = {words} }}], own = true, headline = true }},
    {{ id = "grid", kind = "table", ask = {words}, columns = [{{ id = "who", kind = "line", ask = {words}, measure = "person" }}] }},
    {{ id = "strength", kind = "scale", ask = {words}, low_label = {words}, high_label = {words}, measure = "mood" }},
    {{ id = "tried", kind = "choices", ask = {words}, measure = "coping", options = [{{ id = "a", say = {words} }}], own = true }},
]
"""
ANSWERS = {"line": WORDS, "pick": WORDS, "grid": [{"who": WORDS}], "strength": 3, "tried": [WORDS]}


class _Screen(io.TextIOWrapper):
    """Standard output or error as a terminal has it."""

    def __init__(self) -> None:
        super().__init__(io.BytesIO(), encoding="utf-8", errors="replace", write_through=True)

    def isatty(self) -> bool:
        return True

    @property
    def shown(self) -> str:
        self.flush()
        return self.buffer.getvalue().decode()  # type: ignore[attr-defined, no-any-return]


@pytest.fixture
def hostile(run: Run, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Words that would steer, in every place that words can come from; returns the ids and files there are."""
    monkeypatch.chdir(tmp_path)
    words = json.dumps(WORDS)[:-1].replace("\x7f", "\\u007f") + '"'
    (home / "journal" / "exercises").mkdir(parents=True)
    (home / "journal" / "exercises" / "hostile.toml").write_text(EXERCISE.format(words=words))
    (home / "journal" / "exercises" / f"x{STEERING}.toml").write_text(f"format = 1\n{words} = 1\n")
    config = f'[[people]]\nname = {words}\ncontact = {words}\n[[behaviours]]\nname = {words}\nfamily = "alcohol"\n'
    (home / "config.toml").write_text(config)
    ids = []
    for _number in range(2):
        done = run("record", "hostile", "--about", WORDS, typed=json.dumps(ANSWERS))
        assert done.exit_code == 0, done.stderr
        ids.append(done.stdout.strip())
    run("do", "hostile", typed="x\n!\n")
    month = next((home / "journal" / "entries").iterdir())
    (month / f"x{STEERING}.json").write_text("no entry")
    imported = tmp_path / f"from{STEERING}.txt"
    imported.write_text(f"2026-01-02\n{WORDS}\n")
    drafts = run("drafts", "--json").stdout
    return {"one": ids[0], "two": ids[1], "import": str(imported), "draft": json.loads(drafts)[0]["id"]}


def at_terminal(monkeypatch: pytest.MonkeyPatch, *words: str, typed: str = "") -> str:
    """Return all that a command shows at a terminal, what rich colours left out."""
    out, err = _Screen(), _Screen()
    places.choose(None)
    with monkeypatch.context() as patched:
        patched.setattr(sys, "stdout", out)
        patched.setattr(sys, "stderr", err)
        patched.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(typed.encode()), encoding="utf-8"))
        with pytest.raises(SystemExit):
            app(args=[*words], prog_name="smartcli")
    return _COLOUR.sub("", out.shown + err.shown)


# Each command with what makes it show words; every command has its line.
WAYS: dict[str, list[tuple[list[str], str]]] = {
    "checkin": [(["checkin"], "\n!\n")],
    "urge": [(["urge"], "\n\n!\n")],
    "lapse": [(["lapse"], "\n!\n")],
    "support": [(["support"], "")],
    "help": [(["help", "hostile"], ""), (["help", WORDS], ""), (["help", "show"], "")],
    "programme": [(["programme"], "")],
    "do": [(["do", "hostile"], f"{WORDS}\n1\n{WORDS}\n\n3\n!\n"), (["do", WORDS], ""), (["do"], f"{WORDS}\n")],
    "resume": [(["resume"], "!\n"), (["resume", WORDS], "")],
    "later": [(["later"], "\n!\n")],
    "start": [(["start"], "\n!\n")],
    "review": [
        (["review"], ""),
        (["review", "--json"], ""),
        (["review", "--about", WORDS], ""),
        (["review", "--since", WORDS], ""),
    ],
    "search": [(["search", "HERE"], ""), (["search", "HERE", "--json"], ""), (["search", WORDS], "")],
    "show": [(["show", "{one}"], ""), (["show", "{one}", "--json"], ""), (["show", WORDS], "")],
    "compare": [(["compare", "{one}", "{two}"], ""), (["compare", "hostile"], ""), (["compare", WORDS], "")],
    "insights": [(["insights"], ""), (["insights", "--json"], ""), (["insights", "--since", WORDS], "")],
    "edit": [(["edit", "{one}"], f"{WORDS}\n!\n"), (["edit", WORDS], "")],
    "delete": [(["delete", "{one}"], "n\n"), (["delete", WORDS], "")],
    "restore": [(["restore", "{one}", WORDS], ""), (["restore", WORDS], "")],
    "history": [(["history", "{one}"], ""), (["history", "{one}", "--json"], ""), (["history", WORDS], "")],
    "purge": [(["purge", "{one}"], "n\n"), (["purge", WORDS], "")],
    "export": [
        *((["export", "--as", as_, "--output", "-"], "") for as_ in ("md", "html", "pdf", "json", "ics", "csv", "vault")),
        (["export", "--as", "csv", "--exercise", "hostile", "--output", "-"], ""),
        (["export", "--as", "ics", "--words", "--output", "-"], ""),
        (["export", "--as", "ics", "--alarm", WORDS], ""),
        (["export", "--as", "json", "--history", "--output", "-"], ""),
        (["export", "--as", "md", "--output", f"{WORDS}.md"], ""),
        (["export", "--as", WORDS], ""),
        (["export", "--output", f"no/{WORDS}"], ""),
    ],
    "print": [
        *((["print", "hostile", "--as", as_, "--output", "-"], "") for as_ in ("md", "html", "pdf")),
        (["print", WORDS], ""),
    ],
    "plan": [(["plan"], ""), *((["plan", "--as", as_, "--output", "-"], "") for as_ in ("md", "html", "pdf"))],
    "share": [
        (["share"], f"1\nall\n1 2 3 4 5\n{WORDS}\n\n{WORDS}\n\n\nlook\n"),
        (["share", "--for", "doctor", "--since", "1 year ago"], f"\n{WORDS}\n{WORDS}\n\n\n\nlook\n"),
        (["share", "--for", WORDS], ""),
        (["share", "--since", WORDS], ""),
    ],
    "record": [
        (["record", WORDS], "{}"),
        (["record", "hostile"], json.dumps({WORDS: 1})),
        (["record", "hostile", "--when", WORDS], json.dumps({"line": "x"})),
        (["record", "hostile", "--json"], json.dumps({"line": WORDS})),
    ],
    "import": [(["import", "{import}"], "n\n"), (["import", "{import}", "--dry-run"], ""), (["import", WORDS], "")],
    "settings": [
        (["settings"], ""),
        (["settings", "--json"], ""),
        (["settings", "theme"], ""),
        (["settings", WORDS], ""),
        (["settings", "theme", WORDS], ""),
        (["settings", "country", WORDS], ""),
        (["settings", "reminder_words", WORDS], ""),
    ],
    "lock": [(["lock"], "n\n"), (["lock", "--off"], ""), (["lock", "--new-key"], "")],
    "unlock": [(["unlock"], ""), (["unlock", "--recover"], "")],
    "where": [(["where"], ""), (["where", "--json"], "")],
    "backup": [
        (["backup", "b.zip"], ""),
        (["backup", "--check", "b.zip"], ""),
        (["backup", "--check", "b.zip", "--unlock"], ""),
        (["backup", "--restore", "b.zip", "--dry-run"], ""),
        (["backup", "--restore", "b.zip", "--yes"], ""),
        (["backup", "--check", WORDS], ""),
        (["backup", f"{WORDS}.zip"], ""),
    ],
    "remind": [  # never set or removed here: that would be on the machine of the tests
        (["remind"], ""),
        (["remind", WORDS], ""),
        (["remind", "--days", WORDS], ""),
        (["remind", "--pause", WORDS], ""),
        (["remind", "--say", WORDS], "n\n"),
    ],
    "due": [(["due"], ""), (["due", "--notify"], "")],
    "doctor": [(["doctor"], ""), (["doctor", "--json"], ""), (["doctor", "--mend"], ""), (["doctor", "--unlock"], "")],
    "drafts": [
        *((["drafts", *words], "") for words in ([], ["--json"], ["show"], ["show", "{draft}"], ["discard", WORDS])),
        (["drafts", "discard", "{draft}"], "n\n"),
    ],
    "exercises": [
        (["exercises"], ""),
        (["exercises", "--json"], ""),
        (["exercises", "show", "hostile"], ""),
        (["exercises", "show", "hostile", "--json"], ""),
        (["exercises", "show", WORDS], ""),
        (["exercises", "check"], ""),
        (["exercises", "check", WORDS], ""),
        (["exercises", "new", WORDS], ""),
        (["exercises", "new", "mine"], ""),
    ],
}  # fmt: skip
_NONE = {"today"}


def test_every_command_has_its_line_here() -> None:
    assert set(typer.main.get_command(app).commands) - _NONE == set(WAYS)  # type: ignore[attr-defined]


@pytest.mark.parametrize("plain", ["", "1"])
@pytest.mark.parametrize("command", WAYS)
def test_no_command_steers_a_terminal(
    hostile: dict[str, str], monkeypatch: pytest.MonkeyPatch, command: str, plain: str
) -> None:
    monkeypatch.setenv("SMARTCLI_PLAIN", plain)
    seen = ""
    for words, typed in WAYS[command]:
        known = [hostile.get(word.strip("{}"), word) if word.startswith("{") else word for word in words]
        shown = at_terminal(monkeypatch, *known, typed=typed)
        found = _STEERS.search(shown)
        assert not found, (words, shown[max(0, found.start() - 60) : found.end() + 20])
        assert "Something went wrong" not in shown
        seen += shown
    assert seen.strip()
    if command in ("review", "search", "show", "history", "export", "print", "exercises", "do", "drafts", "help"):
        assert "THERE" in seen


@pytest.mark.parametrize(
    "words", [[], ["--help"], [WORDS], [f"--{WORDS}"], ["review", f"--{WORDS}"], ["--color", WORDS]]
)
def test_nor_does_what_stands_around_commands(
    hostile: dict[str, str], monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    shown = at_terminal(monkeypatch, *words)
    assert not _STEERS.search(shown)


def test_a_home_whose_name_would_steer_is_shown_safely(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SMARTCLI_HOME", str(tmp_path / f"home{STEERING}"))
    for words in (["where"], ["where", "--json"], ["exercises", "new", "mine"], ["review"], ["export"]):
        assert not _STEERS.search(at_terminal(monkeypatch, *words)), words


@pytest.mark.parametrize("as_", ["md", "html", "json", "ics"])
def test_in_a_file_or_a_pipe_the_words_stay_as_they_are(hostile: dict[str, str], run: Run, as_: str) -> None:
    run("export", "--as", as_, "--output", f"out.{as_}")
    piped = run("export", "--as", as_, "--output", "-").stdout_bytes
    written = Path(f"out.{as_}").read_bytes()
    without = re.compile(rb'"exported": "[^"]*"|DTSTAMP:\S+')
    assert without.sub(b"", piped.replace(b"\r\n", b"\n")) == without.sub(b"", written.replace(b"\r\n", b"\n"))
    if as_ == "json":
        answers = [one["fields"][0]["answer"] for one in json.loads(written)["entries"]]
        assert answers == [WORDS, WORDS]


def test_a_pdf_is_refused_kindly_at_a_terminal(hostile: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    shown = at_terminal(monkeypatch, "export", "--as", "pdf", "--output", "-")
    assert "cannot be shown in a terminal" in shown
    assert "%PDF" not in shown


@pytest.mark.parametrize("ascii_only", [True, False])
def test_json_escapes_what_steers_and_reads_as_it_was(ascii_only: bool) -> None:
    text = json_text({"a": [WORDS, "ø \ud800"]}, ascii_only=ascii_only)
    assert not _STEERS.search(text)
    assert json.loads(text) == {"a": [WORDS, "ø \ud800"]}
    assert ("ø" in text) is not ascii_only
    text.encode()
