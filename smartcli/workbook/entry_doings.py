"""What can be done with one entry while looking back, and the doing of it: each deed ends in one line."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from smartcli.asking import Back, Option, Pause, Question, Reading
from smartcli.blocks import Words
from smartcli.entries.entry import Entry
from smartcli.journal.standing import Head
from smartcli.language import _
from smartcli.moments import ago
from smartcli.trouble import Trouble
from smartcli.words import sentences
from smartcli.workbook.removal import ask_to_erase, beyond_reach, erase, hide, restore

if TYPE_CHECKING:
    from smartcli.workbook.workbook import Workbook

CHANGE, ADD, COMPARE, EXPORT = "change", "add", "compare", "export"
VERSIONS, HIDE, RESTORE, ERASE = "versions", "hide", "restore", "erase"
_BACK = "back"


class EntryDoings:
    """Does things with entries, on the screen that shows them."""

    def __init__(self, workbook: "Workbook") -> None:
        self._workbook = workbook

    def options(self, head: Head) -> list[Option]:
        """Return what can be done with an entry."""
        several = head.versions > 1
        if head.entry.deleted:
            options = [Option(RESTORE, _("Bring this entry back"))]
        else:
            options = [Option(CHANGE, _("Change this entry"))]
            if self._adding(head):
                options.append(Option(ADD, _("Add what was left out")))
            before = self._workbook.memory.before(head.entry)
            if before:
                earlier = _("Compare with the entry before it ({ago})", ago=ago(before.day, moment=before.when))
                options.append(Option(COMPARE, earlier))
            options.append(Option(EXPORT, _("Write this entry to a file")))
        if several:
            options.append(Option(VERSIONS, _("See its earlier versions")))
        if not head.entry.deleted:
            options.append(Option(HIDE, _("Hide this entry (you can bring it back)")))
        return [*options, Option(ERASE, _("Erase this entry for good"))]

    def do(self, deed: str, entry: str) -> str:
        """Do one of these things with the entry of this id; return what came of it in a line, "" for nothing."""
        deeds: dict[str, Callable[[Head], str]] = {
            CHANGE: self._change,
            ADD: self._add,
            COMPARE: self._compare,
            EXPORT: self._export,
            VERSIONS: self._versions,
            HIDE: self._hide,
            RESTORE: self._restore,
            ERASE: self._erase,
        }
        try:
            return deeds[deed](self._workbook.journal.find(entry, deleted=True))
        except Back:
            return ""
        except Pause as pause:
            return pause.remark()
        except Trouble as trouble:
            return sentences(*trouble.lines())
        finally:
            self._workbook.forget()

    def _change(self, head: Head) -> str:
        from smartcli.workbook.sessions import edit_entry

        if head.entry.deleted:
            return _("This entry is hidden. Bring it back first, then you can change it.")
        return self._in_session(lambda: edit_entry(self._workbook, head).line)

    def _adding(self, head: Head) -> Callable[[], str] | None:
        """Return what asks for what was left out of an entry; None where nothing was."""
        from smartcli.workbook.left_out import left_out, list_left
        from smartcli.workbook.sessions import fill_in_rest

        workbook = self._workbook
        exercise = workbook.catalog.get(head.entry.exercise)
        if exercise is None:
            return None
        if left_out(exercise, head.entry) or list_left(workbook, exercise, head.entry):
            return lambda: fill_in_rest(workbook, exercise, head).line
        return None

    def _add(self, head: Head) -> str:
        adding = self._adding(head)
        return self._in_session(adding) if adding else _("Nothing was left out of this entry.")

    def _in_session(self, ask: Callable[[], str]) -> str:
        """Ask an entry's questions; the session closes its screen, and what is shown next belongs on ours."""
        try:
            return ask()
        finally:
            if self._workbook.asks_on_screen:
                self._workbook.asker.open("", 1)

    def _compare(self, head: Head) -> str:
        from smartcli.pages.comparison import compared_page

        before = self._workbook.memory.before(head.entry)
        if before is None:
            return _("There is no earlier entry of this exercise to compare with.")
        page = compared_page(self._workbook.readable(before), self._workbook.readable(head.entry))
        self._workbook.asker.tell(page.title, [*page.blocks], Reading.BESIDE)
        return ""

    def _export(self, head: Head) -> str:
        from smartcli.journal.export_target import write_file
        from smartcli.pages.document import document_page
        from smartcli.workbook.output import free_path, output_path, render_document, written_sentences

        entry = head.entry
        proposed = free_path(self._workbook, None, f"entry-{entry.day.isoformat()}.md", always=True).name
        asked = Question(
            ask=_("Which file should it be written to?"),
            hint=_("Anyone who can open the file can read it."),
            heading=entry.title,
            answer=proposed,
        )
        path = output_path(self._workbook, str(self._workbook.asker.line(asked)), proposed)
        page = document_page(self._workbook.readable(entry))
        write_file(path, render_document("md", entry.title, [page]), force=False)
        return " ".join(written_sentences(path))

    def _versions(self, head: Head) -> str:
        from smartcli.pages.comparison import saved
        from smartcli.pages.versions import versions_page

        versions = self._workbook.journal.versions(head)
        shown = [self._workbook.readable(version) for version in versions]
        page = versions_page(shown, set(head.revisions()), names_commands=False, has_unread=bool(head.unread))
        older = [version for version in reversed(versions) if self._may_come_back(version, head)]
        options = [Option(_BACK, _("Back to the entry"))]
        options += [
            Option(version.revision, _("Bring back the version saved {when}", when=saved(version))) for version in older
        ]
        asked = Question(_("What would you like to do?"), heading=page.title, above=[*page.blocks], answer=_BACK)
        chosen = self._workbook.asker.look(asked, options)
        return "" if chosen == _BACK else self._restore(head, chosen)

    def _may_come_back(self, version: Entry, head: Head) -> bool:
        """Return whether a version says something else than the entry does now."""
        return not version.deleted and not head.entry.says_the_same(version)

    def _hide(self, head: Head) -> str:
        if head.entry.deleted:
            return _("This entry is hidden already.")
        hide(self._workbook, [head])
        return _("This entry is hidden now. It is still saved, and you can bring it back.")

    def _restore(self, head: Head, revision: str | None = None) -> str:
        back = restore(self._workbook, head.entry.id, revision)
        if not back.number:
            return _("The entry is like this already, so there is nothing to bring back.")
        if back.number > 1:
            return _("This entry is back. It was changed in two places before, and all versions are back.")
        if revision and back.has_others:
            return _("That version is back. The other versions are still saved.")
        if revision:
            return _("That version is back. The version you had before is still saved.")
        return _("This entry is back.")

    def _erase(self, head: Head) -> str:
        warned = [*map(Words, beyond_reach(self._workbook)), Words(_("This cannot be undone."))]
        asked = Question(ask_to_erase([head]), heading=head.entry.title, above=warned, answer=False)
        if not self._workbook.asker.yes_no(asked):
            return _("Nothing was erased.")
        erased, files, *_rest = erase(self._workbook, [head.entry.id])
        return f"{erased} {files}"
