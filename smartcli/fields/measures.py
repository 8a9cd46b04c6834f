"""What an answer means: the short vocabulary that joins exercises, recalled words and insights.

Insights and `recall` know measures, never an exercise's name, so a person's own exercises count too.
"""

from typing import NamedTuple

_WORDS = ("line", "text", "lines", "choice", "choices", "rank")
_ONE = ("line", "choice")
_ONES = ("line", "lines", "choice", "choices")


class Measure(NamedTuple):
    """A meaning: which kinds may carry it, the range of its numbers, and which way is better for the person."""

    about: str
    kinds: tuple[str, ...]
    low: float | None = None
    high: float | None = None
    better: str = ""  # "up", "down" or neither
    part_of: str = ""  # the wider measure it is a part of: whoever asks for that one is given this one too
    pairs_with: str = ""  # the measure of the same thing rated again afterwards
    careful: bool = False  # somebody's safety hangs on the answer: nobody may pass it unread


def _scale(about: str, better: str = "", pairs_with: str = "", part_of: str = "") -> Measure:
    return Measure(about, ("scale",), 0, 10, better, part_of, pairs_with)


def _part(wide: str, about: str) -> Measure:
    return Measure(about, _WORDS, part_of=wide)


MEASURES: dict[str, Measure] = {
    # the person, and when it was
    "when": Measure("the moment it is about; sets the entry's `when`", ("moment",)),
    "behaviour": Measure("which behaviour it is about; sets the entry's behaviour", ("line", "choice")),
    "aim": Measure("what the person wants of a behaviour", ("choice",)),
    "family": Measure("what kind of behaviour it is; safety texts depend on it", ("choice",), careful=True),
    "person": Measure("somebody to turn to", ("line",)),
    "contact": Measure("how to reach that person", ("line",)),
    # day by day
    "mood": _scale("how the person feels", "up"),
    "sleep": Measure("hours slept", ("number",), 0, 24),
    "chosen-way": Measure("whether the day was lived the way they chose", ("yes_no",), better="up"),
    "lapse": Measure("that the behaviour happened against their plan, and how it stands", ("yes_no", "choice")),
    "good": Measure("something good", _WORDS),
    "step": Measure("a small step they mean to take in the next day or so", ("line",)),
    "step.done": Measure("how that step stands: done, not-yet or let-go", ("choice",)),
    # how much, for those who want less; nothing of it is counted for self-harm or eating
    "amount": Measure("how much it was on a day, in their own unit; 0 is a free day", ("number",), 0, better="down"),
    "amount.of": Measure("which of their behaviours an amount in a row of a table is of", ("line",)),
    "amount.day": Measure("the day an amount is of, where it is not the day of the entry", ("moment",)),
    "amount.unit": Measure("what they count it in", ("line",)),
    "amount.price": Measure("what one unit costs them", ("number",), 0),
    "limit.day": Measure("the most they want on a day", ("number",), 0),
    "limit.week": Measure("the most they want in a week", ("number",), 0),
    "limit.free-days": Measure("how many days of a week they want free of it", ("number",), 0, 7),
    "limit.ends": Measure("what tells them to stop for the day", _WORDS),
    "trial.kind": Measure("what is tried for some weeks: a break, or a limit", ("choice",)),
    "trial.begins": Measure("the day on which a trial begins", ("moment",)),
    "trial.review": Measure("the day on which they look at a trial again", ("moment",)),
    "trial.decision": Measure("what they do after a trial: keep, change or stop", ("choice",)),
    # urges
    "urge.any": Measure("whether there were urges", ("yes_no",)),
    "urge.strongest": _scale("how strong the strongest of several was", "down"),
    "urge.before": _scale("how strong the urge was at first", "down", "urge.after"),
    "urge.after": _scale("how strong it was afterwards", "down"),
    "urge.acted": Measure("whether it was acted on", ("yes_no",), better="down"),
    "urge.ratings": Measure("how strong it was as a practice went on", ("practice",), 0, 10, "down"),
    "trigger": Measure("what set off the urge, or could set one off", _ONES),
    "context": Measure("the state they were in: hungry, angry, lonely, tired", ("choices",)),
    "place": Measure("where they were", _ONES),
    "company": Measure("who was there", _ONES),
    "thought": Measure("what they told themselves", (*_ONES, "text")),
    "coping": Measure("what they did to cope", _ONES),
    "helped": _scale("how well something worked when it was tried", "up"),
    # their own words, given back when they help
    "plan": Measure("what they plan to do when the moment comes", _WORDS),
    "plan.urge": _part("plan", "what they plan to do when an urge comes, tied to a trigger where one is named"),
    "plan.ways": _part("plan", "the two or three ways of their urge plan"),
    "plan.lapse": _part("plan", "what they will do first in a lapse, or when old signs come back"),
    "plan.offer": _part("plan", "how they get away from somebody who keeps offering"),
    "plan.week": _part("plan", "what they plan for a difficult thing in the week ahead"),
    "plan.obstacle": _part("plan", "what they will do if something gets in the way of a goal"),
    "reason": Measure("why they want to change", _WORDS),
    "reply": Measure("a true answer to something they are told, or tell themselves", _WORDS),
    "reply.refusal": _part("reply", "the one short line they decided to say to an urge"),
    "reply.letter": _part("reply", "the one line of a letter to themselves that says the most"),
    "reply.urge": _part("reply", "a true answer to one thing that an urge says"),
    "reply.offer": _part("reply", "what they decided to say to somebody who offers"),
    "reply.thought": _part("reply", "a true answer to a thought or a belief that is not about an urge"),
    "value": Measure("what matters to them", _WORDS),
    "letter": Measure("what the calm self writes to the one in an urge", ("text",)),
    "for-when": Measure(
        "when words are to come back: strong, night (0-6), morning (6-12), afternoon (12-18) or evening (18-24)",
        ("choice", "choices"),
    ),
    "future": Measure("a scene of their own from a time ahead, without the behaviour", ("line", "text")),
    "takeaway": Measure("what they take from something they read", ("line",)),
    "strength": Measure("something they are good at, or a good quality", _WORDS),
    "commitment": Measure("what they have decided, in one line", ("line",)),
    "kindness": Measure("a true and kind line about themselves", _WORDS),
    "belief": Measure("an unhelpful belief, to find the replies to it again", _ONE),
    "obstacle": Measure("what could get in the way", _WORDS),
    "warning": Measure("an early sign that a lapse may be near", _WORDS),
    "warning.seen": Measure("which of their own early signs they noticed; `none` is none of them", ("choices",)),
    "risk": Measure("a coming moment that could be hard", _ONE, part_of="obstacle"),
    "risk.day": Measure("the day of that moment", ("moment",)),
    "support": Measure("who or what can help, and how", _WORDS),
    "support.people": _part("support", "who can help, and how they are reached"),
    "support.keep": _part("support", "what they go on doing because it helps"),
    "support.here": _part("support", "what would help them just where they are with changing"),
    "support.limit": _part("support", "what helps them to keep to a limit on how much"),
    "support.boundary": _part("support", "who or what helps them to keep to a boundary"),
    "support.takeaway": _part("support", "what they take from a meeting"),
    # where they stand
    "importance": _scale("how much changing matters to them", "up"),
    "confidence": _scale("how sure they are that they can", "up"),
    "confidence.change": _scale("how sure they are that they could change, if they wanted to", "up", "", "confidence"),
    "confidence.plan": _scale("how sure they are of a plan", "up", "", "confidence"),
    "confidence.week": _scale("how sure they are of the coming week", "up", "", "confidence"),
    "confidence.return": _scale("how sure they are, after a lapse, that they can go on", "up", "", "confidence"),
    "confidence.before": _scale(
        "how sure they were of one thing before they rehearsed it", "up", pairs_with="confidence.after"
    ),
    "confidence.after": _scale("how sure they were of it afterwards", "up"),
    "readiness": Measure("how decided they are", ("choice",)),
    "withdrawal-risk": Measure("what would make stopping suddenly dangerous", ("choices", "yes_no"), careful=True),
    "safety": Measure("what else a safety text depends on", ("choice", "choices", "yes_no"), careful=True),
    "stage": Measure("where they are with changing", ("choice",)),
    "watch": Measure("what they do first after taking stock: watch it for two weeks, for example", ("choice",)),
    "path": Measure("whether they take the small steps of the first week or month", ("choice",)),
    "feeling": Measure("what they feel", _ONES),
    "need": Measure("what a feeling asks for", _ONES),
    "thinking-style": Measure("a way of thinking that made it harder", _ONES),
    "calm-place": Measure("a place, real or made up, that calms them", _ONE),
    "calm-place.there": Measure("what is there, in that place", ("lines",)),
    "enjoyment.before": _scale("how much they think they will enjoy something", pairs_with="enjoyment.after"),
    "enjoyment.after": _scale("how much they did", "up"),
    "distress.before": _scale("how strong a feeling was at first", "down", "distress.after"),
    "distress.after": _scale("how strong it was afterwards", "down"),
    # a balanced life
    "activity": Measure("something to enjoy for its own sake", _ONES),
    "area": Measure("an area of life", ("line", "choice")),
    "satisfaction": _scale("how content they are with an area", "up"),
    "goal": Measure("something to reach", ("line", "text")),
    "goal.step": Measure("a step towards it", ("line",)),
    "goal.due": Measure("when a step is meant to be done", ("moment",)),
    "goal.done": Measure("whether a step is done", ("yes_no",)),
}


# The measures that have parts: what was kept with one of them may mean a part of it today.
WIDE = frozenset(measure.part_of for measure in MEASURES.values() if measure.part_of)


def wide(measure: str) -> str:
    """Return the measure that one is a part of, or itself."""
    return (MEASURES[measure].part_of or measure) if measure in MEASURES else measure


def part_of(wanted: str, measure: str) -> bool:
    """Return whether words with a measure are words of the one wanted: the same, or a part of it."""
    return measure == wanted or (measure in MEASURES and MEASURES[measure].part_of == wanted)
