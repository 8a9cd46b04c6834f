"""Looking back on a screen: a list of entries, one of them opened, and what can be done with it there."""

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from smartcli.asking import Back, Ended, Option, Pause, Question
from smartcli.blocks import Block, Words
from smartcli.language import N_, _
from smartcli.moments import ago, day_said
from smartcli.pages.entry import about, compares, entry_blocks
from smartcli.pages.listing import said_beside, time_said
from smartcli.trouble import Trouble, say
from smartcli.workbook.terminal import translate_option

if TYPE_CHECKING:
    from smartcli.entries.entry import Entry
    from smartcli.workbook.workbook import Workbook

_AT_ONCE = 30  # entries in the list; the next are read when they are asked for
_OLDER, _NEWER = Option("older", N_("Older entries")), Option("newer", N_("Newer entries"))
_BACK = Option("back", N_("Back to the list"))
_CHANGE = Option("change", N_("Change this entry"))
_EXPORT = Option("export", N_("Write this entry to a file"))


class Browser:
    """A list of entries as far as it was read, newest first: each with the line beside it."""

    def __init__(self, workbook: "Workbook", found: "Iterator[tuple[Entry, str]]", heading: str) -> None:
        self._workbook = workbook
        self._left = found
        self._heading = heading
        self._read: list[tuple[Entry, str]] = []

    def run(self) -> None:
        """Let the person open entries until they go back."""
        page, here = 0, ""
        try:
            while True:
                self._workbook.asker.open(self._heading, 1)
                listed = self._page(page)
                chosen = self._choose(page, listed, here)
                if chosen in (_OLDER.id, _NEWER.id):
                    page += 1 if chosen == _OLDER.id else -1
                    continue
                here = chosen
                place = next(at for at, (entry, _beside) in enumerate(self._read) if entry.id == chosen)
                self._open(place)
        except (Back, Ended, Pause, KeyboardInterrupt):
            return
        finally:
            self._workbook.asker.close()

    def _page(self, page: int) -> "list[tuple[Entry, str]]":
        wanted = (page + 1) * _AT_ONCE + 1  # one more tells whether there are older ones
        self._read += islice(self._left, max(wanted - len(self._read), 0))
        return self._read[page * _AT_ONCE : wanted - 1]

    def _choose(self, page: int, listed: "list[tuple[Entry, str]]", here: str) -> str:
        older = len(self._read) > (page + 1) * _AT_ONCE
        if not listed:
            asked = Question(ask=_("There are no entries here."), heading=self._heading)
            return str(self._workbook.asker.choose(asked, [translate_option(_BACK)]))
        options = [_option(entry, beside) for entry, beside in listed]
        if page:
            options.insert(0, translate_option(_NEWER))
        if older:
            options.append(translate_option(_OLDER))
        first = page * _AT_ONCE
        known = {option.id for option in options}
        asked = Question(
            ask=_("Which entry would you like to open?"),
            heading=self._heading,
            place=_("{first} to {last}", first=first + 1, last=first + len(listed)) if older or page else "",
            answer=here if here in known else listed[0][0].id,
        )
        return str(self._workbook.asker.choose(asked, options))

    def _open(self, place: int) -> None:
        """Show an entry until the person goes back to the list."""
        result = ""  # of what was done with it last
        while True:
            entry = self._read[place][0]
            before = None if entry.deleted else self._workbook.memory.before(entry)
            blocks: list[Block] = [Words(about(entry), quiet=True)]
            readable = self._workbook.readable
            blocks += entry_blocks(readable(entry), readable(before) if before and compares(entry) else None)
            ask = result or _("What would you like to do?")
            asked = Question(ask, heading=entry.title, above=blocks, from_top=True, answer=_BACK.id)
            try:
                chosen = self._workbook.asker.choose(asked, _options_for(entry, before))
                if chosen == _BACK.id:
                    return
                result = self._do(str(chosen), place, before)
            except Back:
                return
            except Trouble as trouble:
                result = " ".join(trouble.lines())

    def _do(self, chosen: str, place: int, before: "Entry | None") -> str:
        """Do what was chosen with an entry; return a line that says what came of it."""
        entry = self._read[place][0]
        if chosen == _CHANGE.id:
            return self._change(place)
        if chosen == _EXPORT.id:
            return self._export(entry)
        if before:
            from smartcli.pages.comparison import compared_page

            page = compared_page(self._workbook.readable(before), self._workbook.readable(entry))
            self._workbook.asker.tell(page.title, [*page.blocks])
        return ""

    def _change(self, place: int) -> str:
        """Ask an entry's questions again; return a line that says what came of it."""
        from smartcli.workbook.sessions import edit_entry

        entry, beside = self._read[place]
        try:
            result = edit_entry(self._workbook, self._workbook.journal.find(entry.id)).line
        except Pause as pause:  # its words stand on the terminal behind the list; Today shows the draft
            say(*pause.lines())
            result = pause.remark()
        finally:  # the session has closed its screen: what is shown next belongs on ours
            self._workbook.asker.open(self._heading, 1)
        self._workbook.forget()
        self._read[place] = (self._workbook.journal.find(entry.id).entry, beside)
        return result

    def _export(self, entry: "Entry") -> str:
        from smartcli.journal.export_target import write_file
        from smartcli.pages.document import document_page
        from smartcli.workbook.output import output_path, render_document, written_sentences

        asked = Question(
            ask=_("Which file should it be written to?"),
            hint=_("Anyone who can open the file can read it."),
            heading=entry.title,
            answer=f"entry-{entry.day.isoformat()}.md",
        )
        try:
            path = output_path(self._workbook, str(self._workbook.asker.line(asked)), "")
        except Back:
            return ""
        write_file(
            path, render_document("md", entry.title, [document_page(self._workbook.readable(entry))]), force=False
        )
        return " ".join(written_sentences(path))


def _options_for(entry: "Entry", before: "Entry | None") -> list[Option]:
    """Return what can be done with an entry: with one that was deleted, nothing but to go back."""
    if entry.deleted:
        return [translate_option(_BACK)]
    options = [translate_option(option) for option in (_BACK, _CHANGE, _EXPORT)]
    if before:
        options.insert(2, Option("compare", _("Compare with the entry before it ({ago})", ago=ago(before.day))))
    return options


def _option(entry: "Entry", beside: str) -> Option:
    name = " ".join(part for part in (time_said(entry), entry.title) if part)
    remark = ", ".join(part for part in (said_beside(entry), beside) if part)
    return Option(entry.id, name, day_said(entry.day, long=True), remark)
