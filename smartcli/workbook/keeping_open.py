"""What stays readable when the journal is locked: asked, and shown word for word first."""

from collections.abc import Iterator, Sequence

from smartcli.asking import Asker, Option, Question
from smartcli.blocks import Block, Heading, Words
from smartcli.entries.entry import Entry
from smartcli.language import N_, _
from smartcli.pages.entry import entry_blocks
from smartcli.workbook.workbook import Workbook

# Somebody's safety hangs on these two, so each is a question of its own and nothing is chosen beforehand.
_SAFETY_PLAN = ("safety-plan",)
_FAMILY = ("start", "before-stopping")
# What helps in an urge, where it is the person's own words.
_OFFERED = ("refusal", "urge-plan", "if-then", "letter", "future-pictures")

_WHY_PLAN = N_(
    "A safety plan behind a forgotten passphrase cannot help. If it stays readable, `support` shows it at once, and "
    "anyone at this computer can read it too."
)
_WHY_FAMILY = N_(
    "Some warnings depend on what you want to change: before stopping alcohol or sedatives, for one. If this stays "
    "readable, you see the warnings that are yours, and anyone at this computer can read what it is about. If not, you "
    "see all such warnings while the journal is locked."
)


def choose_what_stays_open(workbook: Workbook) -> list[str]:
    """Ask what stays readable without the passphrase; return the ids of the exercises.

    Raises Back, Ended, Pause where the person leaves.
    """
    asker = workbook.asker
    chosen: list[str] = []
    if _ask(workbook, _SAFETY_PLAN, _("Should your safety plan stay readable?"), _(_WHY_PLAN)):
        chosen += _SAFETY_PLAN
    if _ask(workbook, _FAMILY, _("Should what you want to change stay readable?"), _(_WHY_FAMILY)):
        chosen += _FAMILY
    chosen += _choose_own_words(workbook, asker)
    return chosen


def _ask(workbook: Workbook, exercises: Sequence[str], ask: str, why: str) -> bool:
    above = [Words(why), *_shown(workbook, exercises)]
    question = Question(
        ask=ask, heading=_("What stays readable"), above=above, from_top=True, careful=True, leaves=True
    )
    return bool(workbook.asker.yes_no(question))


def _choose_own_words(workbook: Workbook, asker: Asker) -> list[str]:
    """Offer what helps in an urge, where there is an entry of it."""
    written = [name for name in _OFFERED if _newest(workbook, name)]
    if not written:
        return []
    above = [
        Words(_("In an urge these can be shown at once, without the passphrase. Anyone can then read them.")),
        *_shown(workbook, written),
    ]
    question = Question(
        ask=_("Which of these should stay readable?"),
        hint=_("Choose none to lock them all."),
        heading=_("What stays readable"),
        above=above,
        from_top=True,
        optional=True,
        leaves=True,
    )
    options = [Option(name, workbook.catalog.find(name).title) for name in written]
    return asker.choose_some(question, options) or []


def _shown(workbook: Workbook, exercises: Sequence[str]) -> Iterator[Block]:
    """Yield the words that would stay readable, or that there are none yet."""
    entries = [entry for name in exercises if (entry := _newest(workbook, name))]
    for entry in entries:
        yield Heading(entry.title)
        yield from entry_blocks(workbook.readable(entry))
    if not entries:
        yield Words(_("You have not written one yet. Your answer counts for when you do."), quiet=True)


def _newest(workbook: Workbook, exercise: str) -> Entry | None:
    return next(iter(workbook.memory.copies(exercise)), None)
