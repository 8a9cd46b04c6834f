"""The contract between a field and whoever asks it.

A field's `put` calls one or two of an asker's methods; an asker never knows which kind of field it
serves. Every answer is checked where it is given, so what comes back is right. Three ways out are
exceptions: Back, Pause and Ended; None means that an optional question was skipped.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from typing import Any, NamedTuple, Protocol, TypeVar

from smartcli.blocks import Block
from smartcli.schema.keys import NAME, PROSE, TEXT, key, some
from smartcli.trouble import Pause as Pause  # it may travel as far as the door, which is there
from smartcli.words import enumerated

T = TypeVar("T")
NEWER, OLDER = "newer", "older"  # ids of the two options of `Asker.look` that have keys of their own
_EASE = (0.7, 0.8, 0.9)  # of a whole breath's length, for the first rounds of a long practice


class Back(Exception):  # noqa: N818  a way out, not an error
    """The person wants the question before this one."""


class Elsewhere(Exception):  # noqa: N818
    """The person goes to another exercise first: its id, and the behaviour this one is about."""

    def __init__(self, exercise: str, about: str | None) -> None:
        super().__init__(exercise)
        self.exercise = exercise
        self.about = about


class Ended(Exception):  # noqa: N818
    """The input came to its end."""


class WrongAnswerError(ValueError):
    """Raised for what cannot be an answer here; carries a sentence that does not repeat it."""


@dataclass(eq=False, repr=False)
class Option:
    """One thing to choose: its id (kept in entries), its words, its group, a quiet remark."""

    id: str = key(NAME, "saved in entries; never changes", stored=True)
    say: str = key(PROSE, "the words shown", stored=True)
    group: str = key(PROSE, "options with the same word here are shown together under it", "")
    remark: str = key(PROSE, "a quiet remark beside it, which is not saved", "")
    opens: str = key(NAME, "choosing it opens this exercise first; the one that is open waits", "")
    needs: str = key(TEXT, "offered only if the person has written words with this measure", "")
    for_: tuple[str, ...] = key(some(NAME), "offered only where the behaviour is of one of these families", ())
    not_for: tuple[str, ...] = key(some(NAME), "not offered where the behaviour is of one of these families", ())
    within: str = key(PROSE, "the words inside a longer sentence (`begins_with`), where `say` does not fit there", "")
    means: tuple[str, ...] = key(
        some(PROSE), "in a table: it is lit to begin with in a row where somebody wrote one of these words", ()
    )


@dataclass(eq=False, repr=False)
class Question:
    """One question as it is put to the person.

    `heading`: the title line; `is_renamed`: it says more than it did at the question before. `place`: "3 of 9";
    `row`: "row 2 of 4" of a table. `above`: what to read first (notes, earlier words, answers kept in view).
    `ends_list`: an empty answer ends a list; `takes_out`: it takes this item out of its list; else it skips the
    question. `takes_many`: several lines pasted at once are several answers, returned with line ends between.
    `careful`: somebody's safety hangs on it, so nothing is lit but an answer from before, and Enter alone never
    passes it. `leaves`: nothing stands before it, so that on the screen going back from it leaves, as pausing does.
    `answer`: the answer offered, from before.
    `from_top`: what stands above is the matter itself, and is read from its beginning. `aside`: more of the
    person's own words, shown when they ask for them; `locked_words` gives those that are locked, once the passphrase
    is given (None: nothing is). `half`: what stood on the screen when the person last left,
    back or for good, in the shape of the answer; of a line the words typed. It is shown before `answer` is.
    `check`: returns None or a sentence. `changed`: called with what stands on the screen, as it changes and when
    the person goes back, to save it.

    For a table, each given a column and its row so far: `recalled` returns earlier words for that cell, `suited`
    the column with the options that suit the row, and `between` is called when the cell was answered.
    """

    ask: str
    hint: str = ""
    example: str = ""
    optional: bool = False
    ends_list: bool = False
    takes_out: bool = False
    takes_many: bool = False
    careful: bool = False
    leaves: bool = False
    heading: str = ""
    is_renamed: bool = False
    place: str = ""
    row: str = ""
    above: Sequence[Block] = ()
    from_top: bool = False
    aside: Sequence[Block] = ()
    locked_words: Callable[[], Sequence[Block]] | None = None
    answer: Any = None
    half: Any = None
    check: Callable[[Any], str | None] = lambda answer: None
    changed: Callable[[Any], None] = lambda half: None
    recalled: Callable[[Any, Mapping[str, Any]], Sequence[Block]] = lambda column, row: ()
    between: Callable[[Any, Mapping[str, Any]], None] = lambda column, row: None
    suited: Callable[[Any, Mapping[str, Any]], Any] = lambda column, row: column

    def with_(self, **changes: Any) -> "Question":
        """Return a copy with some attributes changed, as a list or a table needs for its parts."""
        return replace(self, **changes)

    @property
    def whole_place(self) -> str:
        """Return "3 of 9, row 2 of 4"."""
        return enumerated(part for part in (self.place, self.row) if part)


class Reading(Enum):
    """What something to read is to what the person is doing, and so where its keys lead."""

    NOTE = "note"  # it stands in the way: all keys that end it go on
    START = "start"  # the first of several screens: Enter goes on, Esc leaves
    STEP = "step"  # one of several screens: Enter goes on, Esc goes back
    BESIDE = "beside"  # it was opened from somewhere: all keys that end it go back there
    PAGE = "page"  # it is read for its own sake: all keys that end it leave


class Rating(NamedTuple):
    """A scale asked again during a practice: its question, its range, where it stood last."""

    ask: str
    low: float
    high: float
    value: float | None


class Exercising(NamedTuple):
    """A practice: steps with seconds, or one breath's rhythm for a number of rounds.

    `waits`: it begins when the person says so.
    """

    steps: Sequence[tuple[str, int]]
    pace: tuple[float, float, float] | None = None
    rounds: int = 1
    rating: Rating | None = None
    waits: bool = False

    @property
    def breaths(self) -> list[tuple[float, float, float]]:
        """The rhythm of each round in seconds: in, hold, out; a long practice begins shorter.

        A slow breath is come to gently.
        """
        inward, hold, outward = self.pace or (0, 0, 0)
        shares = [1.0] * self.rounds
        # In a short practice the eased breaths would be most of it.
        if self.rounds > 2 * len(_EASE):
            shares[: len(_EASE)] = _EASE
        return [(inward * share, hold * share, outward * share) for share in shares]

    @property
    def seconds(self) -> float:
        """How long it lasts to its end."""
        return sum(map(sum, self.breaths)) + self.rounds * sum(seconds for _, seconds in self.steps)


class Row(NamedTuple):
    """One entry in a list to look back through: when, what, what stands beside it, a piece of its words.

    `marks` are the places in `words` of what was searched for, pairs of a start and an end as in a slice.
    """

    id: str
    day: date
    time: str
    title: str
    beside: str
    words: str
    marks: Sequence[tuple[int, int]] = ()


class Rows(Protocol):
    """Rows, newest first, each read when it is asked for. Places count from 0."""

    @property
    def is_complete(self) -> bool:
        """Whether all rows are known; while they are not, `work` finds more."""

    def __len__(self) -> int:
        """Return how many rows are known so far."""

    def row(self, place: int) -> Row | None:
        """Return the row at a place; None beyond the last. What cannot be read is left out, and `len` is less then."""

    def place_of(self, day: date) -> int:
        """Return the place of the first row of a day, or else of the first row of an earlier day; `len` if none."""

    def work(self, seconds: float) -> None:
        """Look for further rows, for about so many seconds."""


class Listing(Protocol):
    """The entries somebody looks back through, and where they stand among them.

    It outlives a visit of the list: an entry is opened, something is done with it, and the list is as it was.
    """

    heading: str
    ask: str  # which entry is asked for: "Which entry would you like to open?"
    enter: str  # how the line of keys says what Enter does with one: "enter open"
    narrowed: str  # which entries these are, where they are not all: "drinking, since 3 November"
    is_counted: bool  # False: no number of entries is shown
    notice: str  # what came of the last thing done; shown until the next key
    place: int  # of the row that is lit
    words: str  # what is searched for; "" while nothing is
    is_searching: bool  # whether words are being typed

    @property
    def rows(self) -> Rows:
        """Return the rows in view: all of them, or those with the words searched for."""

    def search(self, words: str) -> None:
        """Search every entry of the list for words; "" ends the search, and all rows are back."""


class Asker(Protocol):
    """What puts questions to the person: the full-screen asker, or the plain one, line by line."""

    live: bool  # whether a person is there to be asked again

    def how_to_get_support(self, typing: str) -> str:
        """Return how support is opened, "press s"; `typing`: "line" or "text" where one or the other is typed."""

    def how_to_hide(self) -> str:
        """Return what to do when somebody comes in, "press Ctrl-Q": it fits after "if somebody comes in"."""

    def open(self, heading: str, questions: int) -> None:
        """Begin a session of about so many questions."""

    def close(self) -> None:
        """End the session, and leave the terminal as it was."""

    def tell(self, heading: str, blocks: Sequence[Block], reading: Reading = Reading.NOTE) -> None:
        """Show something to read; the person says when they have. Raises Back where `reading` is STEP."""

    def line(
        self,
        question: Question,
        understand: Callable[[str], Any] = str,
        echo: Callable[[Any], str] | None = None,
    ) -> Any:
        """Ask for one line: `understand` makes it the answer, `echo` puts the answer in words."""

    def secret(self, question: Question) -> str:
        """Ask for a passphrase, which does not show and is kept nowhere, in a session or between two."""

    def text(self, question: Question) -> str | None:
        """Ask for a text of any length."""

    def scale(self, question: Question, low: int, high: int, ends: tuple[str, str]) -> float | None:
        """Ask for a number from `low` to `high`, whose two ends have these words."""

    def choose(
        self,
        question: Question,
        options: Sequence[Option],
        *,
        own: bool = False,
    ) -> str | None:
        """Ask for one option; returns its id, or the person's own words where `own`."""

    def choose_some(
        self,
        question: Question,
        options: Sequence[Option],
        *,
        own: bool = False,
    ) -> list[str] | None:
        """Ask for any number of options."""

    def rank(self, question: Question, options: Sequence[Option]) -> list[str] | None:
        """Ask for an order, best first."""

    def yes_no(self, question: Question) -> bool | None:
        """Ask for a yes or a no."""

    def practise(self, question: Question, exercising: Exercising) -> dict[str, Any] | None:
        """Go through a timed practice that can be left at any second."""

    def browse(self, listing: Listing) -> str:
        """Let the person look through a list of entries; returns the id of the one they open. Raises Back."""

    def look(self, question: Question, options: Sequence[Option]) -> str:
        """Show something to read, `question.above`, with what can be done with it; returns the id of an option.

        The options NEWER and OLDER lead to what stands beside it. Raises Back.
        """
