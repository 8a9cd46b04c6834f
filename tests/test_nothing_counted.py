"""Self-harm: nothing of it is counted or rated on any page or in any export; JSON alone keeps the whole entry.

The numbers of the old entries below stand nowhere else, so that finding one is finding a leak.
"""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from smartcli.journal.export_over import LIST
from tests.conftest import Run

RATED, AFTER, SECONDS, SURE = 7, 3, 4321, 9
THEIRS = "the letter came and nobody was there"


def field(name: str, kind: str, answer: object, **more: object) -> dict[str, object]:
    return {"id": name, "kind": kind, "ask": f"{name}?", "answer": answer, **more}


def old_entries(home: Path) -> None:
    """Write urges and lapses as earlier versions did, with every number they had, about two behaviours."""
    from smartcli.entries.checking import as_entry
    from smartcli.journal.store import Journal

    journal = Journal(home / "journal")
    kinds: dict[str, list[dict[str, object]]] = {
        "urge-log": [
            field("strength", "scale", RATED, low=0, high=10, measure="urge.before", headline=True),
            field("breathing", "practice", {"seconds": SECONDS, "finished": True, "ratings": []}),
            field("after", "scale", AFTER, low=0, high=10, measure="urge.after", headline=True),
            field("acted", "yes_no", True, measure="urge.acted", headline="acted"),
            field("note", "text", THEIRS),
        ],
        "lapse": [
            field("state", "choice", "over", labels={"over": "It is over"}, measure="lapse"),
            field("confidence", "scale", SURE, low=0, high=10, measure="confidence", headline="confidence"),
            field("happened", "text", THEIRS),
        ],
    }
    number = 0
    for about in ("hurting myself", "drinking"):
        for exercise, fields in kinds.items():
            for _ in range(2):
                number += 1
                at = f"2026-11-{10 + number:02}T20:00:00+00:00"
                journal.save(
                    as_entry(
                        {
                            "format": 1, "id": "a" * 11 + "bc"[number > 4] + "defghijk"[number - 1], "parents": [],
                            "state": "live", "exercise": exercise, "version": 1, "title": exercise, "point": "urges",
                            "behaviour": about, "started": at, "saved": at, "when": at, "day": at[:10], "fields": fields,
                        }
                    )
                )  # fmt: skip


@pytest.fixture
def lived(home: Path, run: Run) -> Path:
    """A home with old entries of two behaviours, one of them self-harm."""
    rows = [{"name": "hurting myself", "family": "self-harm"}, {"name": "drinking", "family": "alcohol"}]
    done = run("record", "start", "--when", "2026-11-01", typed=json.dumps({"behaviours": rows}))
    assert done.exit_code == 0, done.output
    old_entries(home)
    return home


HARM, DRINK = ("--about", "hurting myself"), ("--about", "drinking")
PAGES: dict[str, Callable[[Run, Path, tuple[str, ...]], str]] = {
    "review": lambda run, out, about: run("review", *about).output,
    "review as json rows": lambda run, out, about: " ".join(
        row["summary"] for row in json.loads(run("review", "--json", *about).stdout)
    ),
    "search": lambda run, out, about: run("search", "letter", *about).output,
    "show": lambda run, out, about: "".join(
        run("show", row["id"]).output for row in json.loads(run("review", "--json", *about).stdout)
    ),
    "history": lambda run, out, about: "".join(
        run("history", row["id"]).output for row in json.loads(run("review", "--json", *about).stdout)
    ),
    "compare": lambda run, out, about: run(
        "compare", *[row["id"] for row in json.loads(run("review", "--json", "--exercise", "lapse", *about).stdout)]
    ).output,
    "insights": lambda run, out, about: run("insights", *about).output,
    **{
        f"export --as {kind}": lambda run, out, about, kind=kind: run(
            "export", "--as", kind, "--output", "-", *about
        ).output
        for kind in ("md", "html", "ics")
    },
    **{
        f"export --as {kind}": lambda run, out, about, kind=kind: _folder(run, out, kind, about)
        for kind in ("csv", "vault")
    },
}  # fmt: skip


def _folder(run: Run, out: Path, kind: str, about: tuple[str, ...]) -> str:
    assert run("export", "--as", kind, "--output", str(out / kind), "--force", *about).exit_code == 0
    return "\n".join(
        path.read_text() for path in sorted((out / kind).rglob("*")) if path.is_file() and path.name != LIST
    )


def numbers(text: str) -> set[str]:
    """Return the telling numbers in a text: ratings as they are set anywhere, the seconds, and an arrow."""
    plain = re.sub(r"\d{4}-\d\d-\d\d\S*|\d\d?:\d\d|\b[a-z0-9]{4,16}\b(?=\.json)|#[0-9a-f]{3,6}", " ", text)
    found = set()
    for name, pattern in {
        "rated": rf"\b{RATED} ?(→|of|/|, from)|\b({RATED}|{AFTER}|{SURE})\b[^\n]{{0,20}}\(?0 to 10",
        "arrow": r"→",
        "answer": rf"^\s*{RATED}\s*$|^\s*{SURE}\s*$|[:,\"]\s*{RATED}(?:,|\"|$)|confidence {SURE}",
        "seconds": rf"{SECONDS}|1 hour",
        "acted": r"\bacted\b(?!\?)|^\s*yes\s*$",
    }.items():
        if re.search(pattern, plain, re.MULTILINE):
            found.add(name)
    return found


@pytest.mark.parametrize("page", PAGES)
def test_no_number_of_self_harm_stands_on_any_page(lived: Path, run: Run, tmp_path: Path, page: str) -> None:
    said = PAGES[page](run, tmp_path, HARM)
    assert said
    assert not numbers(said), page
    if page not in ("insights", "export --as ics", "review", "review as json rows", "history", "compare"):
        assert THEIRS in said or page == "search", "the words stay"


@pytest.mark.parametrize("page", ["review", "show", "export --as md", "export --as html", "export --as csv"])
def test_the_same_numbers_of_another_behaviour_do(lived: Path, run: Run, tmp_path: Path, page: str) -> None:
    assert numbers(PAGES[page](run, tmp_path, DRINK)), page


def test_json_keeps_the_whole_entry(lived: Path, run: Run) -> None:
    entries = json.loads(run("export", "--as", "json", "--output", "-", *HARM).stdout)["entries"]
    answers = [{one["id"]: one["answer"] for one in entry["fields"]} for entry in entries]
    assert {"strength": RATED, "after": AFTER}.items() <= next(a for a in answers if "strength" in a).items()
    last = json.loads(run("show", json.loads(run("review", "--json", *HARM).stdout)[0]["id"], "--json").stdout)
    assert last["answers"]


def test_a_list_does_not_say_how_often(lived: Path, run: Run) -> None:
    assert "4 entries" in run("review", *DRINK).output
    assert not re.search(r"\b[1-9] (entries|urge|lapse)", run("review", *HARM).output)


def test_what_once_was_named_so_stays_so(lived: Path, run: Run) -> None:
    """The behaviour is taken out of `start`, or called something else: its old numbers still stand nowhere."""
    rows = [{"name": "hurting myself", "family": "other"}]
    assert run("record", "start", typed=json.dumps({"behaviours": rows})).exit_code == 0
    assert not numbers(run("review", *HARM).output)


AMOUNT = 61893  # in no id, whose digits are 2 to 7


@pytest.mark.parametrize("family", ["self-harm", "eating", "eating-restrict"])
@pytest.mark.parametrize("page", [page for page in PAGES if page not in ("compare", "export --as ics", "search")])
def test_no_amount_and_no_limit_of_what_is_called_so_later(
    home: Path, run: Run, tmp_path: Path, family: str, page: str
) -> None:
    """It was something else once, with amounts and limits; since then it is named for what it is."""

    def named(kind: str, day: str) -> None:
        rows = [{"name": "it", "family": kind, "aim": "cut-down"}]
        assert run("record", "start", "--when", day, typed=json.dumps({"behaviours": rows})).exit_code == 0

    named("spending", "2026-11-01")
    limits = {"unit": "times", "day": AMOUNT, "week": AMOUNT, "free-days": 2, "price": AMOUNT}
    assert run("record", "limits", "--about", "it", typed=json.dumps(limits)).exit_code == 0
    for day in range(2, 12):
        amounts = {"mood": 5, "amounts": [{"what": "it", "unit": "times", "amount": AMOUNT}]}
        assert run("record", "check-in", "--when", f"2026-11-{day:02}", typed=json.dumps(amounts)).exit_code == 0
    shown = PAGES[page](run, tmp_path, ()).replace(",", "")
    assert str(AMOUNT) in shown or page in ("history", "review as json rows")
    named(family, "2026-11-12")
    (tmp_path / "later").mkdir()
    assert str(AMOUNT) not in PAGES[page](run, tmp_path / "later", ()).replace(",", "")
