"""The questions of `share`, one step after another: for whom, which days, what, which names, and a last look."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path

from smartcli.asking import Back, Ended, Option, Pause, Question
from smartcli.blocks import Block, Chart, Heading, Item, Items, Page, Words
from smartcli.journal.export_target import ensure_free, next_free
from smartcli.language import N_, _, ngettext
from smartcli.moments import day_said
from smartcli.pages.roles import Roles
from smartcli.pages.share import WHOLE, ShareSection, share_blocks, typed_section
from smartcli.places import full_path
from smartcli.reading_times import NotAMomentError, moment_from_words, period_from_words
from smartcli.renderers.plain import blocks as as_text
from smartcli.trouble import Trouble, say
from smartcli.words import folded
from smartcli.workbook.filters import Filters
from smartcli.workbook.formats import ReaderName, SheetFormat, choose_format, foreign_ending, format_of_ending
from smartcli.workbook.output import free_path, output_path, render_document, to_file, to_stdout
from smartcli.workbook.share_contents import ABOUT, ShareContents
from smartcli.workbook.share_names import PageNames
from smartcli.workbook.share_readers import READERS, FreeLine
from smartcli.workbook.terminal import show, translate_option
from smartcli.workbook.workbook import Workbook

_HEADING = N_("Share")
_PAGE = 56  # lines that a sheet of paper takes beside a chart, as tight as a PDF sets them
_TITLE = N_("From my workbook")  # of the file: it says less than the page's own
_STDOUT = "-"
_DAYS = (
    Option("7", N_("The last seven days")),
    Option("28", N_("The last four weeks")),
    Option("90", N_("The last three months")),
    Option("all", N_("All days")),
)
_MORE = Option("more", N_("Something else that I wrote"))
_LOOK, _CHANGE, _LEAVE = (
    Option("look", N_("Only show it here")),
    Option("change", N_("Change something")),
    Option("leave", N_("Stop here, and write nothing")),
)
_FILES = (
    Option("html", N_("A file for any browser, to print or to send")),
    Option("pdf", N_("A PDF")),
    Option("md", N_("A text file (Markdown)")),
)

Step = Callable[[], "Step | None"]  # asks; returns the step to go back to, None to go on


@dataclass(frozen=True)
class ShareOptions:
    """What was said on the command line, and is not asked again."""

    reader: ReaderName | None = None
    since: str | None = None
    until: str | None = None
    as_: SheetFormat | None = None
    output: str | None = None

    @cached_property
    def format(self) -> SheetFormat | None:
        """The format, from --as or from the ending of --output; None where neither says. Raises Trouble."""
        if not (self.as_ or format_of_ending(self.output) or foreign_ending(self.output)):
            return None
        return choose_format(self.as_, self.output, SheetFormat.HTML)


class Sharing:
    """What has been chosen so far. `run` asks until it is settled what becomes of the page, and does it."""

    def __init__(self, workbook: Workbook, options: ShareOptions) -> None:
        """Raises Trouble for options that cannot be meant."""
        self._workbook = workbook
        self._options = options
        self._format = options.format
        self._reader = READERS[options.reader or ReaderName.MEETING]
        first, last = Filters(since=options.since, until=options.until).days(workbook)
        self._until = min(last or workbook.today, workbook.today)
        self._contents = ShareContents(workbook, self._reader, first, self._until)
        self._chosen: list[str] | None = None
        self._typed: dict[str, str] = {}
        self._names = PageNames(workbook, self._blocks, lambda: self._contents.behaviours)
        self._end = _LEAVE.id
        self._place = options.output or ""

    def run(self) -> None:
        """Ask what is shared, and hand it over; raises Trouble, and Pause when the person leaves."""
        self._refuse_taken_place()
        self._workbook.unlock()
        self._refuse_too_early()
        asker = self._workbook.asker
        asker.open(_(_HEADING), len(self._counted) + 1)  # the last look is one too
        try:
            self.walk()
        except (Ended, Pause, KeyboardInterrupt):
            raise Pause(_("Stopped. Nothing was written.")) from None
        finally:
            asker.close()
        self.hand_over()

    def _refuse_taken_place(self) -> None:
        """Raise Trouble where there is no place for the page: before anything is asked."""
        if self._options.output not in (None, _STDOUT):
            for ending in [self._format] if self._format else [option.id for option in _FILES]:
                ensure_free(self._target(self._place, ending))

    def _refuse_too_early(self) -> None:
        """Raise Trouble where there is nothing to share: before anything is asked."""
        if not self._has_entries(None):
            raise Trouble(
                _("There is nothing to share yet.")
                if self._options.until is None
                else _("There is nothing to share from those days."),
                hint=_("You can start with `smartcli checkin`. It takes about a minute."),
            )
        if self._options.since is not None and not self._has_entries(self._contents.since):
            raise Trouble(
                _("There is nothing from those days yet."),
                hint=_("Choose more days, or leave out --since and --until."),
            )

    def walk(self) -> None:
        """Ask step by step; back is the step before."""
        at = 0
        is_answered = False
        while at < len(self._steps):
            steps = self._steps
            try:
                back_to = steps[at]()
                at = steps.index(back_to) if back_to else at + 1
                is_answered = True
            except Ended:
                if is_answered or self._workbook.asker.live:
                    raise
                raise Trouble(
                    _("`smartcli share` asks questions, and nobody was there to answer."),
                    safe=_("Nothing was written."),
                    hint=_("Type the command at a terminal, or send the answers to standard input, one on each line."),
                ) from None
            except Back:
                if at == 0:
                    raise Pause from None
                at -= 1

    @property
    def _steps(self) -> list[Step]:
        """The steps that there are for what is chosen, in order."""
        steps = [*self._counted, self._ask_end]
        return [*steps, self._ask_where] if self._options.output is None else steps

    @property
    def _counted(self) -> list[Step]:
        """The steps before the last look."""
        steps: list[Step] = [] if self._options.reader else [self._ask_whom]
        if self._options.since is None:
            steps.append(self._ask_days)
        steps.append(self._ask_sections)
        if self._lines:
            steps.append(self._ask_lines)
        return [*steps, self._ask_names]

    def hand_over(self) -> None:
        """Show the page, write it, or do neither, as was chosen. Raises Trouble."""
        if self._end == _LOOK.id:
            show(self._page())
        elif self._end == _LEAVE.id:
            say(_("Nothing was written."))
        else:
            paper = self._workbook.settings.paper_size
            pieces = render_document(self._end, _(_TITLE), [self._page()._replace(sheet=True)], paper=paper)
            if self._place == _STDOUT:
                to_stdout(pieces)
            else:
                to_file(self._target(self._place, self._end), pieces)

    @cached_property
    def _written(self) -> list[date]:
        """The day of every entry."""
        return sorted(day for days in self._workbook.done.values() for day in days)

    def _has_entries(self, since: date | None) -> bool:
        return any((since or day) <= day <= self._until for day in self._written)

    # --- the page

    def _blocks(self, roles: Roles) -> list[Block]:
        """Return the page with some roles."""
        chosen = [section for section in self._contents.sections if section.id in (self._chosen or ())]
        return [*roles.on(self._contents.lead), *share_blocks(map(self._with_words, chosen), roles.on)]

    def _with_words(self, section: ShareSection) -> ShareSection:
        """Return a section with what was typed for it, if it is such a one."""
        typed = self._typed.get(section.id)
        return typed_section(section, typed) if typed else section

    def _page(self) -> Page:
        first, last = (day_said(day, date.min, long=True) for day in self._contents.span)
        # The beginning of a doctor's page says the days in a sentence.
        period = "" if self._contents.lead else _("{first} to {last}", first=first, last=last)
        return Page(_(self._reader.title), self._blocks(self._names.roles), period)

    def _target(self, place: str, ending: str) -> Path:
        """Return the path meant by a place: in a folder that was named by an option, the next free name."""
        name = self._own_name(ending)
        if place == self._options.output:
            return free_path(self._workbook, place, name, always=True)
        return output_path(self._workbook, place, name)

    def _own_name(self, ending: str) -> str:
        return f"page-{self._workbook.today}.{ending}"

    # --- the questions

    def _question(self, step: Step, ask: str, hint: str = "") -> Question:
        counted = [*self._counted, self._ask_end]
        place = _("{number} of {total}", number=counted.index(step) + 1, total=len(counted))
        return Question(ask=ask, hint=hint, heading=_(_HEADING), place=place)

    def _ask_whom(self) -> None:
        asked = self._question(
            self._ask_whom,
            _("Who is the page for?"),
            _("Your answer decides what is already chosen on the next screens. You can change that."),
        )
        options = [translate_option(reader.option) for reader in READERS.values()]
        chosen = self._workbook.asker.choose(asked.with_(answer=self._reader.option.id), options)
        reader = READERS[ReaderName(chosen)] if chosen else self._reader
        if reader != self._reader:
            self._reader, self._chosen = reader, None
            self._contents = ShareContents(self._workbook, reader, self._contents.since, self._until)

    def _ask_days(self) -> None:
        hint = _("Nothing from before those days goes on the page.")
        if self._reader.is_doctor:
            hint = _("Numbers are set beside those of as many days before. What you ticked about safety still counts.")
        asked = self._question(self._ask_days, _("Which days should the page cover?"), hint)
        asked = asked.with_(answer=self._reader.days, check=self._no_days)
        days = [translate_option(option) for option in _DAYS]
        while True:
            chosen = self._workbook.asker.choose(asked, days, own=True) or "all"
            problem = self._no_days(chosen)
            if not problem:
                break
            asked = asked.with_(above=[Words(problem)])
        self._contents = ShareContents(self._workbook, self._reader, self._first_day(chosen), self._until)

    def _first_day(self, chosen: str) -> date | None:
        """Return the first day chosen, None for all of them; raises NotAMomentError."""
        if chosen == "all":
            return None
        if any(chosen == option.id for option in _DAYS):
            return self._until - timedelta(days=int(chosen) - 1)
        words = chosen.strip().removeprefix("since ")
        period = period_from_words(words)
        return period[0] if period else moment_from_words(words).day(self._workbook.settings.day_starts)

    def _no_days(self, chosen: str) -> str | None:
        try:
            since = self._first_day(chosen)
        except NotAMomentError as error:
            return str(error)
        if not self._has_entries(since):
            return _("There is nothing from those days yet. Please choose more days.")
        return None

    def _ask_sections(self) -> None:
        """Ask what is on the page: of what suits the reader first, then of everything else where that is wanted."""
        contents = self._contents = self._contents.naming_all()
        first = [section for section in contents.sections if section.id in contents.first_ids]
        others = [section for section in contents.sections if section not in first]
        names = self._behaviour_options()
        before = self._chosen_before(first, names)
        while True:
            chosen = self._ask_first(first, names, before, has_more=bool(others))
            try:
                more = self._ask_others(others) if _MORE.id in chosen else []
            except Back:
                before = chosen
                continue
            self._chosen = [*chosen, *more]
            named = [option.say for option in names if option.id in chosen]
            if len(named) < len(names):
                self._contents = contents.naming(named)
            return

    def _behaviour_options(self) -> list[Option]:
        """Return the behaviours that the page may be about, where it says so."""
        if not self._reader.is_doctor:
            return []
        group = _("What the page is about")
        return [Option(f"{ABOUT}{folded(name)}", name, group) for name in self._contents.behaviours]

    def _chosen_before(self, first: Sequence[ShareSection], names: Sequence[Option]) -> list[str]:
        """Return what was chosen the last time, or what is chosen to begin with."""
        if self._chosen is not None:
            return self._chosen
        named = [option.id for option in names if self._contents.is_named_first(option.say)]
        return [*named, *(section.id for section in first if section.id in self._reader.pieces)]

    def _ask_first(
        self, first: Sequence[ShareSection], names: Sequence[Option], before: Sequence[str], *, has_more: bool
    ) -> list[str]:
        group = _("What is on the page")
        options = [*names, *(Option(section.id, section.title, group, section.amount) for section in first)]
        if has_more:
            options.append(translate_option(_MORE))
        known = [option.id for option in options]
        asked = self._question(
            self._ask_sections, _("What should be on the page?"), _("You see the whole page before it is written.")
        )
        asked = asked.with_(answer=[name for name in before if name in known] or None, check=_something)
        return self._workbook.asker.choose_some(asked, options) or []

    def _ask_others(self, others: Sequence[ShareSection]) -> list[str]:
        options = [_section_option(section) for section in others]
        before = [section.id for section in others if section.id in (self._chosen or ())]
        asked = self._question(self._ask_sections, _("What else should be on the page?"))
        return self._workbook.asker.choose_some(asked.with_(answer=before or None, check=_something), options) or []

    @property
    def _lines(self) -> list[FreeLine]:
        """The free lines that are on the page; all of them until that is chosen."""
        return [line for line in self._reader.lines if self._chosen is None or line.id in self._chosen]

    def _ask_lines(self) -> None:
        """Ask for the lines that are typed for this page alone; they stay in memory."""
        at = 0
        while at < len(self._lines):
            line = self._lines[at]
            unsaved = _("smartcli does not save this line. If you skip it, you can write it on the page by hand.")
            begun = self._typed.get(line.id) or self._contents.offered_for(line) or None
            asked = self._question(self._ask_lines, _(line.ask), _(line.hint)).with_(
                above=[Words(unsaved, quiet=True)],
                example=_(line.example) if line.example else "",
                optional=True,
                answer=begun,
            )
            try:
                self._typed[line.id] = self._workbook.asker.line(asked) or ""
            except Back:
                if at == 0:
                    raise
                at -= 1
                continue
            at += 1

    def _ask_names(self) -> None:
        self._names.ask(lambda ask, hint: self._question(self._ask_names, ask, hint))

    def _ask_end(self) -> "Step | None":
        """Show what goes and what stays, and ask what becomes of it; returns the step to go back to, if any."""
        asker = self._workbook.asker
        asker.tell(_("This is the page"), [*self._page().blocks, *self._staying()])
        files = [translate_option(option) for option in _FILES if self._can_write(option.id)]
        others = [translate_option(option) for option in (_LOOK, _CHANGE, _LEAVE)]
        hint = _("A file is not encrypted: anyone who can open it can read it.")
        asked = self._question(self._ask_end, _("What would you like to do with the page?"), hint)
        self._end = asker.choose(asked.with_(answer=files[0].id), [*files, *others]) or _LEAVE.id
        if self._end != _CHANGE.id:
            return None
        return self._ask_sections if self._options.since is not None else self._ask_days

    def _can_write(self, format_: str) -> bool:
        """Return whether a format is offered: the one that the options say, or all that can be written here."""
        if self._format:
            return format_ == self._format
        return format_ != "pdf" or find_spec("fpdf") is not None

    def _staying(self) -> list[Block]:
        """Return how long the page is, and what does not go on it."""
        written = as_text([block for block in self._page().blocks if not isinstance(block, Chart)])
        lines = sum(1 + len(line) // 90 for line in written.split("\n"))
        sheets = -(-lines // _PAGE)
        size = ngettext(
            "It takes about {number} page on paper.",
            "It takes about {number} pages on paper. To make it shorter, choose fewer things.",
            sheets,
        )
        stays = [section.title for section in self._contents.sections if section.id not in (self._chosen or ())]
        outside = sum(not self._contents.span.holds(day) for day in self._written)
        if outside:
            stays.append(ngettext("{number} entry from other days", "{number} entries from other days", outside))
        stays.append(_("Everything else you wrote"))
        return [
            Heading(_("This is not on the page"), 2),
            Items([Item(words) for words in stays]),
            *self._names.summary(),
            Words(size, quiet=True),
        ]

    def _ask_where(self) -> None:
        if self._end in (_LOOK.id, _LEAVE.id):
            return
        asked = Question(
            ask=_("Where should the file go?"), hint=_("Type a folder, or a file with any name."), heading=_(_HEADING)
        )
        own_name = full_path(self._own_name(self._end), hint=_("Please go to another folder, and start again."))
        here = next_free(own_name)
        self._place = self._workbook.asker.line(asked.with_(answer=str(here), check=self._not_there))

    def _not_there(self, place: str) -> str | None:
        ending = format_of_ending(place) or foreign_ending(place)
        if ending and ending != self._end:
            return _(
                "That name ends in .{ending}, but the page will be {format}. "
                "Please type a name that ends in .{format}.",
                ending=ending,
                format=self._end,
            )
        try:
            ensure_free(self._target(place, self._end))
        except Trouble as trouble:
            another = _("Please type another place.")
            return f"{trouble.sentence} {another}"
        return None


def _section_option(section: ShareSection) -> Option:
    group = _("Whole entries") if section.id.startswith(WHOLE) else _("In short")
    return Option(section.id, section.title, group, section.amount)


def _something(chosen: Sequence[str]) -> str | None:
    return None if chosen else _("Please choose at least one thing.")
