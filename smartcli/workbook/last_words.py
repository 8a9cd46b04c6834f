"""The end of a session: one whole, kind sentence, chosen by what was answered."""

from smartcli.blocks import Block, Words
from smartcli.content.closings import Closing, Finished, choose, read_closings
from smartcli.entries.entry import Entry
from smartcli.insights.course import number_between
from smartcli.language import _
from smartcli.session.runner import Session
from smartcli.workbook.workbook import Workbook


def end_session(workbook: Workbook, session: Session, entry: Entry) -> str:
    """Show the last words of a session, and return the line for outside it.

    On the full screen they stand on a last page inside, and outside is said no more than whether it was saved: a shell
    keeps what it has shown. In plain mode they are the line.
    """
    outside = _("Saved.") if workbook.saves else _("Nothing of this was saved.")
    sentence, shown = _last_words(workbook, session, entry)
    if not workbook.asks_on_screen:
        return sentence or outside
    has_page = bool(sentence) and (not session.form.quick or session.has_noticed_danger)
    if has_page:
        asker = workbook.asker
        asker.open(session.heading, 0)
        try:
            asker.tell(session.heading, [Words(sentence), *shown])
        finally:
            asker.close()
    return outside


def _last_words(workbook: Workbook, session: Session, entry: Entry) -> tuple[str, list[Block]]:
    """Return the sentence, "" without one, and an answer to show below it where there is one."""
    families = session.form.families_now
    if session.watch and session.watch.has_noticed:
        return session.watch.last_words(families), []
    closings, _problems = read_closings(workbook.catalog.folder)
    finished = Finished(
        exercise=entry.exercise,
        answers=entry.answers,
        families=families,
        moved=lambda pair: rating_change(entry, pair),
        quick=session.form.quick,
        saved=workbook.saves,
    )
    closing = choose(closings, finished)
    if closing is None:
        return "", []
    return workbook.slots.filled(closing.say, session.form.about_now, families), _shown(closing, entry)


def _shown(closing: Closing, entry: Entry) -> list[Block]:
    return [
        block
        for answered in entry.fields
        if answered.field.id == closing.shows
        for block in answered.field.blocks(answered.answer)
    ]


def rating_change(entry: Entry, pair: str) -> float | None:
    """Return how much a pair of ratings changed, "urge" from `urge.before` to the last `urge.after`; None without."""
    before, after = number_between(entry.first(f"{pair}.before")), number_between(entry.last(f"{pair}.after"))
    return None if before is None or after is None else after - before
