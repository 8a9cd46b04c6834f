"""The first words of their own that a person wrote in an entry: what they know it again by in a list."""

from collections.abc import Iterator

from smartcli.entries.entry import Entry

_TOLD_BESIDE = ("when", "behaviour")  # measures that stand in the row of a list already


def first_words(entry: Entry) -> str:
    """Return the first answer in the person's own words, on one line; "" where there is none."""
    return " ".join(next(_own_words(entry), "").split())


def _own_words(entry: Entry) -> Iterator[str]:
    """Yield what the person wrote in an entry, in the order of its questions."""
    for field, answer, _after in entry.fields:
        if field.measure in _TOLD_BESIDE:
            continue
        for part, part_answer in field.flat(answer):
            if part.wordless:
                continue
            # An option that was offered is compared by its id; words of the person's own have none.
            yield from (words for value, words in part.quotes(part_answer) if value == words and words.strip())
