"""Where what is written goes: a file or folder of the person's choosing, or standard output."""

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from smartcli.language import N_, _, ngettext

if TYPE_CHECKING:
    from smartcli.blocks import Page
    from smartcli.trouble import Trouble
    from smartcli.workbook.workbook import Workbook

_OPEN_TO_ALL = N_("It is not encrypted: anyone who can open it can read it.")
_AFTER_FOLDER = tuple(filter(None, (os.sep, os.altsep)))  # at the end of what names a folder
_MOST_NAMES = 10  # names of files that are said; a tool may have changed all of them


def output_path(workbook: "Workbook", output: str | None, name: str, *, folder: bool = False) -> Path:
    """Return the path meant by `output`: itself, or `name` in the folder it is, or `name` here when none is given.

    A `folder` that an earlier export wrote is itself meant. Raises Trouble for a place among what we keep, and for a
    folder to put a file into that is not there.
    """
    from smartcli.journal.export_target import ensure_folder

    path = _typed_path(output or name)
    if output and not folder and output.endswith(_AFTER_FOLDER):
        ensure_folder(path)
    if output and _takes_own_name(output, folder=folder):
        path /= name
    return _checked(path, workbook)


def free_path(
    workbook: "Workbook", output: str | None, name: str, *, folder: bool = False, always: bool = False
) -> Path:
    """Return the path meant by `output`, as `output_path` does; where `name` is used and taken, the next free one.

    Only at a terminal, where that is said: a script is told that the name is taken (`export_target.ensure_free`),
    so that it never looks into an older file for the new one. `always`: without asking who is there, and in silence.
    """
    from smartcli.journal.export_target import next_free
    from smartcli.trouble import say
    from smartcli.words import visible
    from smartcli.workbook import terminal

    path = output_path(workbook, output, name, folder=folder)
    is_named_by_us = not output or _takes_own_name(output, folder=folder)
    if not is_named_by_us or not (always or terminal.has_person()):
        return path
    free = next_free(path)
    if free != path and not always:
        taken, chosen = visible(path.name), visible(free.name)
        say(_("There is already {name}, so the new one is called {free}.", name=taken, free=chosen))
    return free


def _takes_own_name(output: str, *, folder: bool) -> bool:
    """Return whether `output` is a folder into which something goes under a name of ours."""
    from smartcli.journal.export_target import is_export_folder
    from smartcli.journal.files import is_folder

    path = _typed_path(output)
    return is_folder(path) and not (folder and is_export_folder(path))


def _checked(path: Path, workbook: "Workbook") -> Path:
    """Return a path with its folder's links followed; raises Trouble (2) where that is among what we keep."""
    from smartcli.trouble import Trouble

    path = Path(os.path.realpath(path.parent)) / path.name
    if _is_ours(path, workbook):
        raise Trouble(
            _("That place is inside the folders where smartcli keeps your data."),
            safe=_("Nothing was written."),
            hint=_("Name another place after --output. `smartcli where` shows these folders."),
        )
    return path


def _typed_path(typed: str) -> Path:
    """Return the path that somebody typed, in full; raises Trouble (3) where it leads nowhere."""
    from smartcli.places import full_path

    return full_path(typed, hint=_("Name another place, with its whole path, after --output."))


def _is_ours(path: Path, workbook: "Workbook") -> bool:
    """Return whether a path is among what we keep, under whatever name: disks may not mind capitals or accents."""
    from smartcli.journal.files import is_same

    journal, state, config = workbook.places
    inside = any(is_same(above, place) for above in (path, *path.parents) for place in (journal, state))
    return inside or is_same(path, config) or path == Path(os.path.realpath(config.parent)) / config.name


def render_document(
    as_: str, title: str, pages: Iterable["Page"], headings: Sequence["Page"] | None = None, paper: str = "a4"
) -> Iterator[str | bytes]:
    """Yield one document of several pages as md, html or pdf, piece by piece.

    `headings` are the same pages without what stands on them: with these, pages are gone through once and need not be
    kept. `paper` is what a PDF is made for; what it could not show is told. Raises Trouble where there is nothing to
    make one with.
    """
    from smartcli.trouble import say

    if as_ == "pdf":
        from smartcli.renderers import pdf

        made = pdf.document(title, pages, headings, paper)
        if made.missing:
            say(pdf.missing_said(made.missing))
        yield made.data
    elif as_ == "html":
        from smartcli.renderers import html

        yield from html.document(title, pages, headings)
    else:
        from smartcli.renderers import markdown

        yield from markdown.document(title, pages, headings)


def to_file(path: Path, pieces: Iterable[str | bytes], *, force: bool | None = None) -> None:
    """Write a file and say so. Raises Trouble. `force` as for `export_target.ensure_free`."""
    from smartcli.journal.export_target import write_file

    write_file(path, pieces, force=force)
    _say(path)


def to_folder(path: Path, files: Iterable[tuple[str, str]], *, force: bool = False) -> None:
    """Write a folder and say so. Raises Trouble."""
    from smartcli.journal.export_target import write_folder
    from smartcli.trouble import say

    left = write_folder(path, files, force=force)
    _say(path)
    if left.beside:
        say(
            _("Files there that you changed stay as they are. The new ones are beside them:"),
            *_first_names(left.beside),
        )
    if left.gone:
        say(
            _("These files hold lines of yours and stay, but their entries are not in this export:"),
            *_first_names(left.gone),
        )


def _first_names(names: list[str]) -> list[str]:
    """Return the names of files to be said, and how many more there are."""
    more = len(names) - _MOST_NAMES
    if more <= 0:
        return names
    return [*names[:_MOST_NAMES], ngettext("and {number} more file", "and {number} more files", more)]


def to_stdout(pieces: Iterable[str | bytes]) -> None:
    """Write to standard output: as UTF-8 whatever the terminal speaks, for it is a file's content.

    At a terminal it is read, not kept: nothing in it may steer that. Raises Trouble there for what is no text.
    """
    if not sys.stdout.isatty():
        for piece in pieces:
            data = piece.encode("utf-8", "replace") if isinstance(piece, str) else piece
            sys.stdout.buffer.write(data)
        return
    from smartcli.words import visible

    for piece in pieces:
        if isinstance(piece, bytes):
            raise _no_text()
        sys.stdout.write(visible(piece.replace("\r\n", "\n")))


def _no_text() -> "Trouble":
    from smartcli.trouble import Trouble

    return Trouble(
        _("A PDF cannot be shown in a terminal."),
        safe=_("Nothing was written."),
        hint=_("Name a file after --output."),
    )


def written_sentences(path: Path) -> list[str]:
    """Return what is said of something written for the person to hand on: where it is, and who can read it."""
    from smartcli.words import visible

    return [_("Written to {path}.", path=visible(str(path))), _(_OPEN_TO_ALL)]


def _say(path: Path) -> None:
    from smartcli.trouble import say

    say(*written_sentences(path))
