"""A small life to look at on Today: a catalogue of its own, and entries and drafts of any day."""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from smartcli.content.catalog import Catalog
from smartcli.entries.entry import Entry
from smartcli.entries.revisions import fill, new_id
from smartcli.journal.draft import Draft
from smartcli.journal.drafts import Drafts
from smartcli.journal.store import Journal
from smartcli.moments import Moment, day_of, now
from smartcli.session.form import Form
from tests.support.asking import memory
from tests.support.made import START, catalogue

EXERCISES = (
    START
    + """
=== check-in
[[field]]
id = "mood"
kind = "scale"
ask = "Mood?"
measure = "mood"
quick = true
[[field]]
id = "good"
kind = "line"
ask = "Good?"
measure = "good"
optional = true
[[field]]
id = "next"
kind = "line"
ask = "Next?"
measure = "step"
optional = true
[[field]]
id = "next-done"
kind = "choice"
ask = "Did this happen?"
options = [{ id = "done", say = "Done" }, { id = "not-yet", say = "Not yet" }, { id = "let-go", say = "Let it go" }]
keep_in_view = ["next"]
only_if = { field = "next", answered = true }
measure = "step.done"
later = true
after_days = 1
optional = true
=== craving
per_behaviour = true
[[field]]
id = "strength"
kind = "scale"
ask = "Before?"
measure = "urge.before"
quick = true
[[field]]
id = "breathe"
kind = "practice"
ask = "Breathe?"
pace = { in = 1, out = 1 }
optional = true
[[field]]
id = "after"
kind = "scale"
ask = "After?"
measure = "urge.after"
quick = true
optional = true
[[field]]
id = "trigger"
kind = "choice"
ask = "Trigger?"
options = [{ id = "rain", say = "Rain" }, { id = "row", say = "A row" }]
measure = "trigger"
optional = true
[[field]]
id = "acted"
kind = "yes_no"
ask = "Acted?"
measure = "urge.acted"
optional = true
[[field]]
id = "after-acting"
kind = "note"
ask = "Please do not drive."
only_if = { field = "acted", is = true }
[[field]]
id = "more"
kind = "line"
ask = "More?"
optional = true
=== slip
per_behaviour = true
[[field]]
id = "state"
kind = "choice"
ask = "State?"
options = [{ id = "over", say = "Over" }]
measure = "lapse"
optional = true
[[field]]
id = "held"
kind = "line"
ask = "Held?"
measure = "good"
optional = true
[[field]]
id = "step"
kind = "line"
ask = "Step?"
measure = "step"
optional = true
[[field]]
id = "step-done"
kind = "choice"
ask = "Step done?"
options = [{ id = "done", say = "Done" }, { id = "not-yet", say = "Not yet" }, { id = "let-go", say = "Let it go" }]
only_if = { field = "step", answered = true }
measure = "step.done"
later = true
after_days = 1
optional = true
=== mine
per_behaviour = true
[[field]]
id = "plans"
kind = "table"
ask = "Plans?"
optional = true
[[field.columns]]
id = "when"
kind = "choice"
ask = "When?"
options = [{ id = "rain", say = "Rain" }, { id = "row", say = "A row" }]
measure = "trigger"
[[field.columns]]
id = "then"
kind = "line"
ask = "Then?"
measure = "plan.urge"
[[field]]
id = "reasons"
kind = "lines"
ask = "Reasons?"
measure = "reason"
optional = true
[[field]]
id = "line"
kind = "line"
ask = "Line?"
measure = "reply.refusal"
optional = true
"""
)


class Life:
    """A home with the catalogue above; entries and drafts are put into it without any session."""

    def __init__(self, tmp_path: Path, home: Path) -> None:
        self.home = home
        self.catalog: Catalog = catalogue(tmp_path, EXERCISES)
        self.journal = Journal(home / "journal")
        self.drafts = Drafts(home / "state" / "drafts")

    def keep(
        self,
        exercise: str,
        answers: dict[str, Any],
        days: int = 0,
        *,
        about: str | None = None,
        hour: int = 20,
        quick: bool = False,
    ) -> Entry:
        """Keep an entry of so many days ago."""
        when = Moment((now() - timedelta(days=days)).replace(hour=hour, minute=0))
        return self.keep_at(exercise, answers, when, about=about, quick=quick)

    def keep_at(
        self, exercise: str, answers: dict[str, Any], when: Moment, *, about: str | None = None, quick: bool = False
    ) -> Entry:
        """Keep an entry about a moment."""
        chosen = self.catalog.find(exercise)
        form = Form(chosen.fields, answers, memory(), about, own_words=False)
        entry = fill(
            chosen, form.filled({}, when.at), id=new_id(), started=when.at, when=when, about=about, quick=quick
        )
        self.journal.save(entry)
        return entry

    def begin(self, exercise: str, answers: dict[str, Any], hours: float, **header: Any) -> Draft:
        """Leave a draft whose answers were given so many hours ago."""
        chosen = self.catalog.find(exercise)
        at = now() - timedelta(hours=hours)
        draft = self.drafts.start(exercise=chosen.id, title=chosen.title, definition=chosen.table, started=at, **header)
        for name, answer in answers.items():
            draft._take(name, answer, at)
        draft.write()
        draft.close()
        return draft

    def wants_to_change(self, *behaviours: tuple[str, str], days: int = 500) -> None:
        """Say what the person wants to change: (their name for it, its family) each."""
        rows = [{"name": name, "family": family} for name, family in behaviours]
        self.keep("start", {"behaviours": rows}, days)

    def entries(self) -> list[Entry]:
        """Return the live entries, newest first."""
        return [*self.journal.entries()]

    @property
    def today(self) -> date:
        """The day of the suite's clock."""
        return day_of(now())


def at(day: date, hour: int = 20) -> Moment:
    """Return a moment on a day."""
    return Moment(datetime(day.year, day.month, day.day, hour).astimezone())
