"""Whom a page is for: what is offered first for each of them, and what is asked at the time of sharing."""

from collections.abc import Sequence
from typing import NamedTuple

from smartcli.asking import Option
from smartcli.language import N_
from smartcli.pages.share import FEWER, GOALS, HELPS, MOST, TRIGGERS
from smartcli.pages.share_doctor import BODY, FIGURES, RISKS, SIGN
from smartcli.workbook.formats import ReaderName


class FreeLine(NamedTuple):
    """A line that is asked for at the time of sharing and saved nowhere: its id, its title, its question.

    Left empty, it is a line to write on. `begins_from`: questions whose newest answer is offered, each by its
    exercise and its id.
    """

    id: str
    title: str
    ask: str
    hint: str
    example: str = ""
    begins_from: Sequence[tuple[str, str]] = ()


class Reader(NamedTuple):
    """Somebody a page is for: their option, the page's title, how many days it covers unless others are chosen.

    `pieces` are the sections that are chosen to begin with, in the order in which they stand. `lines` are asked for.
    `most`: lines that a list has. `is_doctor`: figures stand beside those of the days before. `shows_plans`: a safety
    plan is among the first things to choose from, whatever day it is from.
    """

    option: Option
    title: str
    days: str
    pieces: Sequence[str]
    lines: Sequence[FreeLine]
    most: int = MOST
    is_doctor: bool = False
    shows_plans: bool = False


_TALK = FreeLine(
    "talk",
    N_("What I would like to talk about"),
    N_("What would you like to talk about?"),
    N_("Write one thing."),
    N_("my sister's wedding in June, where everybody will drink"),
    begins_from=[("meeting-prep", "mind")],
)
_WISH = FreeLine(
    "wish",
    N_("What I would like from you"),
    N_("What would you like from the doctor?"),
    N_("Write one or two things."),
    N_("advice on how to cut down safely"),
)
_MEDICINES = FreeLine(
    "medicines",
    N_("Medicines I take"),
    N_("Which medicines do you take?"),
    N_("Write each name, and how much you take, as it says on the packet."),
)
_HEAR = FreeLine(
    "hear",
    N_("What helps me to hear"),
    N_("What would you like them to say in a hard moment?"),
    N_("Write it as they could say it."),
    N_("I'm glad you told me"),
)
_NOT_HEAR = FreeLine(
    "not-hear",
    N_("What does not help me to hear"),
    N_("What would you like them not to say?"),
    N_("Write it as somebody once said it."),
    N_("just pull yourself together"),
)
_CALL = FreeLine(
    "call",
    N_("When to call me"),
    N_("When would you like them to call you?"),
    N_("Write what they could notice, or a time."),
    N_("when I haven't answered for two days"),
)

READERS: dict[ReaderName, Reader] = {
    ReaderName.MEETING: Reader(
        Option("meeting", N_("A meeting, or somebody who leads one")),
        N_("For my meeting"),
        "7",
        ("talk", "steps", "good", "tried", HELPS, GOALS, "next-days", "hoped"),
        (_TALK,),
    ),
    ReaderName.DOCTOR: Reader(
        Option("doctor", N_("A doctor, or somebody who helps me")),
        N_("For my doctor"),
        "28",
        (SIGN, "wish", "medicines", "to-tell", FIGURES, BODY, RISKS, TRIGGERS, HELPS),
        (_WISH, _MEDICINES),
        most=FEWER,
        is_doctor=True,
    ),
    ReaderName.FRIEND: Reader(
        Option("friend", N_("A friend, or family")),
        N_("For somebody I trust"),
        "90",
        ("to-say", "wanted", "hear", "not-hear", "call", "signs", "first-steps", "support", "reasons"),
        (_HEAR, _NOT_HEAR, _CALL),
        shows_plans=True,
    ),
}
