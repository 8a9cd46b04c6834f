"""Questions whose answers are short enough to stand beside them, where there is room."""

from collections.abc import Iterator, Sequence

from smartcli import blocks as b

_SHORT = 56  # characters of an answer
_QUESTION = 70  # and of what was asked


def pairs(blocks: Sequence[b.Block]) -> Iterator[tuple[b.Heading | None, b.Block]]:
    """Yield each block, with its question where that is all there is to answer it; other headings alone."""
    at = 0
    while at < len(blocks):
        question, answer, after = (*blocks[at : at + 3], None, None)[:3]
        if isinstance(question, b.Heading) and answer and _short(question, answer) and not _goes_on(after):
            yield question, answer
            at += 2
        else:
            yield None, blocks[at]
            at += 1


def _short(question: b.Heading, answer: b.Block) -> bool:
    if question.level != 3 or len(question.text) > _QUESTION:
        return False
    if isinstance(answer, b.Words):
        return not answer.quiet and len(answer.text) <= _SHORT and "\n" not in answer.text
    return isinstance(answer, b.Meter)


def _goes_on(after: b.Block | None) -> bool:
    return after is not None and not isinstance(after, b.Heading)
