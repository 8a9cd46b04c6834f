"""Entries from a file of another program, or from our own export."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from smartcli.trouble import Trouble
    from smartcli.workbook.importing import Count, Importer
    from smartcli.workbook.workbook import Workbook

_NAMED = 5  # of what cannot be taken in; the rest is counted


def import_(
    file: Annotated[Path | None, typer.Argument(metavar="FILE", help="What another program exported.")] = None,
    from_: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="KIND",
            help="json (our own), jrnl, dayone, daylio, text, or a mapping file for a csv; else the file tells.",
        ),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what is in it; write nothing.")] = False,
    undo: Annotated[bool, typer.Option("--undo", help="Take back the last import on this device, all of it.")] = False,
) -> None:
    """Take in entries from our own export, jrnl, Day One, Daylio, any csv, or a text with dates."""
    from smartcli.trouble import ATTENTION, Trouble
    from smartcli.workbook.workbook import Workbook

    if undo == (file is not None) or (undo and (from_ or dry_run)):
        raise Trouble("Name a file to import, or --undo to take back the last one.", hint="smartcli import FILE")
    if file is None:
        _undo(Workbook())
    elif _import(Workbook(), file, from_, dry_run):
        raise typer.Exit(ATTENTION)


def _import(workbook: "Workbook", file: Path, kind: str | None, dry_run: bool) -> bool:
    """Import a file and say what came of it; return whether something could not be taken in."""
    from smartcli.exchange.from_daylio import SCALE
    from smartcli.exchange.kinds import CALLED, reader
    from smartcli.exchange.opening import Opened
    from smartcli.trouble import say
    from smartcli.workbook.importing import Importer
    from smartcli.workbook.progress import watched

    with Opened(file) as opened:
        name, read = reader(opened, kind)
        importer = Importer(
            workbook.journal,
            lambda: read(opened),
            name,
            diary=workbook.catalog.find("journal"),
            check_in=workbook.catalog.find("check-in"),
            day_starts=workbook.settings.day_starts,
        )
        count = importer.count(watched)
        if not count.found:
            _nothing(count)
        say(*_told(CALLED[name], count), *([SCALE] if name == "daylio" else []))
        if dry_run:
            say("Nothing was written.")
        elif count.adding:
            _write(workbook, importer, count.adding)
            say("Kept. To take it all back: smartcli import --undo")
    return bool(count.left)


def _write(workbook: "Workbook", importer: "Importer", adding: int) -> None:
    """Write what is to come; raises Trouble that says how far it came."""
    from smartcli.trouble import Trouble
    from smartcli.workbook.progress import watched

    kept = 0
    workbook.imports.note(importer.name, importer.brought)

    def done(number: int) -> None:
        nonlocal kept
        kept = number

    try:
        importer.write(done, lambda coming: watched(coming, lambda: adding))
    except (Trouble, KeyboardInterrupt) as error:
        safe = f"{kept:,} of {adding:,} are in, whole. Run the same again, and it goes on from there."
        raise _cut_short(error, safe) from None


def _cut_short(error: BaseException, safe: str) -> "Trouble":
    """Return what to tell when something stopped on the way, with what is safe."""
    from smartcli.trouble import PAUSED, Trouble

    if isinstance(error, Trouble):
        return Trouble(error.sentence, safe=safe, hint=error.hint, code=error.code)
    return Trouble("Stopped.", safe=safe, code=PAUSED)


def _undo(workbook: "Workbook") -> None:
    """Take back the last import and say what came of it."""
    from smartcli.trouble import Trouble, say
    from smartcli.words import count
    from smartcli.workbook.progress import watched
    from smartcli.workbook.undo_import import undo

    last = workbook.imports.last()
    if last is None:
        raise Trouble("No import of this device is left to take back.", hint="smartcli delete ID hides single entries.")
    try:
        undone = undo(workbook.journal, last, lambda written: watched(written, lambda: len(written)))
    except (Trouble, KeyboardInterrupt) as error:
        raise _cut_short(error, "Some may be hidden by now. Run the same again, and it goes on from there.") from None
    workbook.imports.forget(last.name)
    say(f"Hidden again: {count(undone.hidden, 'entry', 'entries')}. Importing the file once more brings them back.")
    if undone.put_back:
        say(f"As before: {count(undone.put_back, 'entry', 'entries')}.")
    if undone.left:
        say(f"Changed here since, and left as they are: {count(undone.left, 'entry', 'entries')}.")


def _told(called: str, count: "Count") -> Iterator[str]:
    """Yield what is in a file, in sentences."""
    from smartcli.moments import day_said
    from smartcli.words import count as counted
    from smartcli.words import joined
    from smartcli.workbook.importing import BACK, CHANGED, HERE, HIDDEN, NEW, VERSION

    assert count.first
    assert count.last
    span = day_said(count.first) if count.first == count.last else f"{day_said(count.first)} to {day_said(count.last)}"
    yield f"From {called}: {counted(count.found, 'entry', 'entries')}, {span}."
    says = {NEW: "new", VERSION: "in a version that is new", BACK: "back from an undone import", HERE: "here already"}
    told = joined(f"{count.states[state]:,} {state_said}" for state, state_said in says.items() if count.states[state])
    if told:
        yield f"{told.capitalize()}."
    if count.states[HIDDEN]:
        yield f"You deleted {count.states[HIDDEN]:,} of them here: they stay so. smartcli restore ID brings one back."
    if count.states[CHANGED]:
        yield f"You changed {count.states[CHANGED]:,} of them here, and they stay as you have them."
    if count.beside:
        yield f"What there is no question for (tags, stars, places) is kept beside the words: in {count.beside:,}."
    if count.coming:
        yield f"Dated in the future, and kept so: {count.coming:,}."
    if count.behind:
        yield f"Stays in the file: {joined(counted(number, what) for what, number in sorted(count.behind.items()))}."
    if count.empty:
        yield f"Empty, and passed over: {count.empty:,}."
    yield from _not_taken(count)


def _not_taken(count: "Count") -> Iterator[str]:
    if count.left:
        yield f"Not taken in: {len(count.left):,}."
        yield from (f"  {one.place}: {one.why}" for one in count.left[:_NAMED])
        if len(count.left) > _NAMED:
            yield f"  and {len(count.left) - _NAMED:,} more"


def _nothing(count: "Count") -> None:
    from smartcli.exchange.imported import refused

    if not count.left:
        raise refused("There are no entries in this file.")
    raise refused("\n".join(["Nothing in this file can be taken in.", *_not_taken(count)]))
