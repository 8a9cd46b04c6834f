"""How long urges last, on the page of insights."""

from collections.abc import Mapping, Sequence

from smartcli import blocks as b
from smartcli.insights.duration import Duration
from smartcli.insights.section import Section
from smartcli.language import _, ngettext
from smartcli.pages.insights_words import from_urges
from smartcli.words import sentences


def duration_blocks(section: Section[Duration]) -> list[b.Block]:
    """Return within how many minutes urges became half as strong, in words and drawn."""
    if not section.enough:
        return []
    row = section.rows[0]
    said = [
        _half_words(row.half_minutes, row.low, row.high),
        _ninety_words(row.ninety_minutes, row.ninety_low, row.ninety_high),
        from_urges(row.n),
    ]
    if row.censored:
        not_halved = ngettext(
            "{number} of them was still stronger than that when you last rated it, and is counted up to that time.",
            "{number} of them were still stronger than that when you last rated them, and are counted up to that time.",
            row.censored,
        )
        said.append(not_halved)
    return [b.Heading(section.title), b.Words(sentences(*said)), *_still_strong(section.more["curve"])]


def _half_words(minutes: float | None, low: float | None, high: float | None) -> str:
    """Return when half of the urges had become half as strong, with its interval."""
    if minutes is not None:
        return sentences(
            _("Half of your urges had become half as strong within {time}.", time=_about(minutes)), _likely(low, high)
        )
    if low is not None:
        return _("Half of your urges took {time} or longer to become half as strong.", time=_about(low))
    return _("There are too few urges to say when half of them had become half as strong.")


def _ninety_words(minutes: float | None, low: float | None, high: float | None) -> str:
    """Return when nine in ten urges had become half as strong, with its interval."""
    if minutes is not None:
        return sentences(_("For 9 of 10 urges it was within {time}.", time=_about(minutes)), _likely(low, high))
    if low is not None:
        return _("It took {time} or longer until 9 of 10 urges had become half as strong.", time=_about(low))
    return _("There are too few urges to say when 9 of 10 had become half as strong.")


def _likely(low: float | None, high: float | None) -> str:
    """Return the range that a time is likely in, as a sentence; one without an upper end is open."""
    if low is None:
        return ""
    if high is not None and round(low) == round(high):
        return ""  # the time itself, in whole minutes, says as much
    if high is None:
        return ngettext(
            "Most likely it is {number} minute or longer.",
            "Most likely it is {number} minutes or longer.",
            max(1, round(low)),
        )
    return ngettext(
        "Most likely it is between {low} and {number} minute.",
        "Most likely it is between {low} and {number} minutes.",
        round(high),
        low=round(low),
    )


def _about(minutes: float) -> str:
    """Return minutes as people say them."""
    if minutes < 1:
        return _("less than a minute")
    return ngettext("about {number} minute", "about {number} minutes", round(minutes))


def _still_strong(curve: Sequence[Mapping[str, float]]) -> list[b.Block]:
    """Return how many of 100 urges were still strong after so many minutes, drawn and in words."""
    if not curve:
        return []
    points = [(0.0, 100.0), *((one["minutes"], _of_100(one["still"])) for one in curve)]
    by_minute = {max(1, round(one["minutes"])): _of_100(one["still"]) for one in curve}  # the last of each minute
    ticks = [(minutes, _("{number} min", number=round(minutes))) for minutes in (0.0, max(points)[0])]
    said = [
        ngettext(
            "After {number} minute: {urges} of 100",
            "After {number} minutes: {urges} of 100",
            minute,
            urges=urges,
        )
        for minute, urges in by_minute.items()
    ]
    summary = _("How many of 100 urges were still more than half as strong, minute by minute.")
    return [b.Chart(points, 0, 100, ticks, summary, stepped=True, said=said)]


def _of_100(share: float) -> int:
    return round(share * 100)
