"""Words that are no command: the names of exercises, what people type in other programs, and near misses."""

from collections.abc import Collection, Sequence

from smartcli.commands.base import TYPING_ERROR
from smartcli.words import folded, near

# What people type who have not read the help, and what they probably mean by it. "": smartcli alone. Of each line only
# the commands that this version has are named.
_GUESSES: dict[str, tuple[str, ...]] = {
    "undo oops revert rollback": ("restore", "import --undo", "edit"),
    "stats stat statistics status graph graphs chart charts trends trend report summary analysis": ("insights",),
    "mood moods": ("checkin",),
    "log track note add new entry": ("checkin", "urge", "do journal"),
    "today now home dashboard menu": ("",),
    "config configure configuration preferences prefs options setting theme": ("settings", "start", "where"),
    "list ls all timeline recent": ("review",),
    "week weekly month monthly day yesterday year": ("review", "insights", "do week-review"),
    "find grep lookup": ("search",),
    "open view read cat": ("show", "review"),
    "sos crisis emergency danger call phone hotline helpline helplines suicide": ("support",),
    "crave tempted temptation triggered": ("urge",),
    "lapsed slipped relapsed drank used smoked": ("lapse",),
    "encrypt password passphrase": ("lock",),
    "decrypt": ("unlock",),
    "save archive sync copy": ("backup", "export"),
    "recover rescue": ("restore", "backup --restore FILE", "doctor"),
    "remove rm del hide trash": ("delete", "purge"),
    "erase wipe destroy": ("purge",),
    "change update modify correct amend": ("edit",),
    "fix repair check verify": ("doctor", "edit"),
    "continue proceed unfinished draft": ("resume", "drafts"),
    "pdf html csv json markdown md ics calendar download dump": ("export",),
    "worksheet worksheets sheet sheets paper": ("print",),
    "friend therapist gp counsellor": ("share",),
    "files folder folders data location privacy": ("where",),
    "init onboard welcome tutorial intro profile": ("start", "programme"),
    "exercise catalogue catalog tools activities topics": ("exercises", "do"),
    "pick run practice practise": ("do",),
    "reminder reminders notify notifications alarm nag": ("remind", "export --as ics"),
    "diff": ("compare",),
    "versions revisions": ("history",),
    "version about": ("--version",),
    "man usage commands manual docs ?": ("help",),
    "completion completions autocomplete": ("--install-completion",),
    "next suggest steps course program points": ("programme",),
    "load": ("import",),
}
# How like the name of an exercise a word has to be: of four hundred names, some is a little like anything.
_OF_MANY = 0.8
GUESSES = {word: lines for words, lines in _GUESSES.items() for word in words.split()}


def is_exercise(words: str) -> bool:
    """Return whether words are the id, title or alias of an exercise; raises Trouble when its file cannot be read."""
    from smartcli.workbook import exercise_names

    return exercise_names.is_exercise(words)


def guess(word: str, commands: Collection[str]) -> list[str]:
    """Return the command lines that were probably meant by a word, without "smartcli"; [] where nothing is close.

    `commands`: the names of those there are.
    """
    if folded(word) in GUESSES:
        return [line for line in GUESSES[folded(word)] if _can_be_typed(line, commands)]
    close = near(word, commands, cutoff=TYPING_ERROR)
    if close is None:
        from smartcli.workbook.exercise_names import nearest_exercise

        close = nearest_exercise(word, _OF_MANY)
    return [close] if close else []


def _can_be_typed(line: str, commands: Collection[str]) -> bool:
    """Return whether the first word of a command line is a command, or an option of the program, or there is none."""
    first = line.partition(" ")[0]
    return not first or first.startswith("-") or first in commands


def leading_words(args: Sequence[str]) -> list[str]:
    """Return the words before the first option."""
    options = (place for place, word in enumerate(args) if word.startswith("-"))
    return [*args[: next(options, len(args))]]
