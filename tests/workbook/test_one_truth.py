"""One truth for figures: the same days and filters show the same on every page and in every document."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine

from smartcli import blocks as b
from smartcli.entries.entry import Entry
from smartcli.insights.report import Insights
from smartcli.pages.share import NUMBERS, ShareSection, share_sections
from smartcli.workbook import exporting, share_contents, terminal
from smartcli.workbook.filters import Filters
from smartcli.workbook.insights_from import find_insights
from smartcli.workbook.today import gather_today
from smartcli.workbook.workbook import Workbook
from tests.conftest import Run
from tests.insights.entries import answer, entry, urge
from tests.support import year
from tests.support.made import record

TODAY = date(2024, 12, 30)
HARM = "it"
QUIET = date(2024, 12, 29)  # a day of which nothing is counted
FIRST = date(2024, 9, 20)  # a part of the made year is enough, and quicker to read
PLANNED = answer("trigger", "row", labels={"row": "An argument with somebody"})  # a plan: no urge came
FILTERS = (
    (),
    ("--since", "2024-12-01"),
    ("--since", "2024-11-15", "--until", "2024-12-10"),
    ("--until", "2024-11-30"),
    ("--since", "2024-12-24", "--until", "2024-12-24"),
    ("--last", "12"),
    ("--last", "150", "--since", "2024-11-01"),
    ("--exercise", "urge-log"),
    ("--exercise", "check-in", "--since", "2024-11-20"),
    ("--point", "urges", "--until", "2024-12-15"),
    ("--about", year.ABOUT, "--since", "2024-11-01"),
    ("--about", HARM),
)


@pytest.fixture
def lived(home: Path) -> Iterator[list[Entry]]:
    """What can be counted of a journal that tells of self-harm too, by name and perhaps without; today is its end."""
    counted = [one for one in year.entries() if FIRST <= one.day <= TODAY]
    counted.append(entry(date(2024, 12, 28), PLANNED, about=year.ABOUT))
    year.write(home / "journal", counted)
    behaviours = [{"name": HARM, "family": "self-harm"}, {"name": year.ABOUT, "family": "alcohol"}]
    with time_machine.travel(f"{TODAY}T21:30:00+00:00", tick=False):
        record(home, "start", {"behaviours": behaviours})
        year.write(home / "journal", [urge(QUIET, 7, 3, trigger="row", about=about) for about in (HARM, None)])
        yield counted


def shown_by_insights(run: Run, filters: Sequence[str], monkeypatch: pytest.MonkeyPatch) -> b.Page:
    pages: list[b.Page] = []
    monkeypatch.setattr(terminal, "show", pages.append)
    assert run("insights", *filters).exit_code == 0
    [page] = pages
    return page


def exported(run: Run, as_: str, filters: Sequence[str], monkeypatch: pytest.MonkeyPatch) -> list[b.Page]:
    """Return the pages of a document before its first entry."""
    pages: list[b.Page] = []

    def take(_as: str, _title: str, given: Iterator[b.Page], *_headings: object) -> Iterator[str]:
        pages.extend(given)
        return iter(("x",))

    monkeypatch.setattr(exporting, "render_document", take)
    assert run("export", "--as", as_, "--output", "-", *filters).exit_code == 0
    return [page for page in pages if not page.section]


def neutral(page: b.Page) -> list[b.Block]:
    """Return a page's blocks without quiet remarks, which may say more at the terminal than in a document."""
    return [block for block in page.blocks if not (isinstance(block, b.Words) and block.quiet)]


@pytest.mark.parametrize("filters", FILTERS, ids=" ".join)
def test_a_document_shows_the_figures_that_insights_shows(
    run: Run, lived: list[Entry], monkeypatch: pytest.MonkeyPatch, filters: tuple[str, ...]
) -> None:
    shown = shown_by_insights(run, filters, monkeypatch)
    for as_ in ("md", "html", "pdf"):
        pages = exported(run, as_, filters, monkeypatch)
        if HARM in filters or "2024-12-24" in filters:  # nothing is counted, or too little to say anything
            assert pages == []
        else:
            [page] = pages
            assert (page.title, page.about, neutral(page)) == (shown.title, shown.about, neutral(shown))


def rows(found: Insights) -> dict[str, Any]:
    return {row.id: row for row in found.glance.rows}


@pytest.mark.parametrize(("days", "until"), [(7, 0), (28, 0), (42, 3), (60, 10)])
def test_a_period_is_counted_with_all_that_lies_behind_it(lived: list[Entry], days: int, until: int) -> None:
    last = TODAY - timedelta(days=until)
    since = last - timedelta(days=days - 1)
    found = rows(find_insights(Workbook(), Filters(since=str(since), until=str(last))))

    def urges(first: date, end: date) -> list[Entry]:
        return [one for one in lived if "urge.before" in one.measures and first <= one.day <= end]

    before = since - timedelta(days=days), since - timedelta(days=1)
    assert found["urges"].now == len(urges(since, last))
    assert found["urges"].before == len(urges(*before))
    acted = [one.first("urge.acted") for one in urges(date.min, last)]
    assert (found["passed-in-all"].now, found["passed-in-all"].n) == (acted.count(False), len(acted))


def test_of_the_newest_few_a_page_tells_nothing_of_other_days(lived: list[Entry]) -> None:
    found = find_insights(Workbook(), Filters(last=30))
    assert found.glance.n == 28, "two of them may be about self-harm"
    assert all(row.before is None and row.n_before is None for row in found.glance.rows)
    assert not {"chosen-90", "passed-in-all", "chosen-in-all"} & rows(found).keys()


@pytest.mark.parametrize("days", [7, 28, 90, None])
def test_a_page_to_share_shows_the_figures_that_insights_shows_for_its_days(
    run: Run, lived: list[Entry], monkeypatch: pytest.MonkeyPatch, days: int | None
) -> None:
    made: list[tuple[Insights, list[ShareSection]]] = []

    def sections(entries: Sequence[Entry], found: Insights, families: dict[str, str], most: int) -> list[ShareSection]:
        made.append((found, share_sections(entries, found, families, most)))
        return made[-1][1]

    monkeypatch.setattr(share_contents, "share_sections", sections)
    run("share", typed=f"1\n{(7, 28, 90, None).index(days) + 1}\n")
    since = TODAY - timedelta(days=days - 1) if days else FIRST
    found, of_page = made[0]
    assert found == find_insights(Workbook(), Filters(since=str(since)))

    page = shown_by_insights(run, ("--since", str(since)), monkeypatch)
    glance = next(block for block in b.flat(page.blocks) if isinstance(block, b.Table))
    [numbers] = [section for section in of_page if section.id == NUMBERS]
    [table] = [block for block in numbers.blocks if isinstance(block, b.Table)]
    assert [*table.rows] == [row[:2] for row in glance.rows]

    triggers = {cue.name: cue.n for cue in found.triggers.rows}
    [shared] = [section for section in of_page if section.id == "triggers"]
    [items] = [block for block in shared.blocks if isinstance(block, b.Items)]
    for item in items.items:
        if found.triggers.enough:
            assert triggers[item.text] == int(item.marks[0].split()[0])
        else:
            assert not item.marks


def test_today_marks_the_days_on_which_insights_count_an_entry(lived: list[Entry]) -> None:
    week = [TODAY - timedelta(days=ago) for ago in range(7)]
    workbook = Workbook()
    counted = {day for day in week if find_insights(workbook, Filters(since=str(day), until=str(day))).glance.n}
    assert counted == {day for day in gather_today().written if day in week}
    assert QUIET in week
    assert QUIET not in counted


@pytest.mark.parametrize("filters", FILTERS, ids=" ".join)
def test_every_page_names_its_days_with_the_year(
    run: Run, lived: list[Entry], monkeypatch: pytest.MonkeyPatch, filters: tuple[str, ...]
) -> None:
    page = shown_by_insights(run, filters, monkeypatch)
    if HARM not in filters:
        assert str(TODAY.year) in page.about
