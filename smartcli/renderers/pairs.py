"""Questions whose answers are short enough to stand beside them, where there is room."""

from collections.abc import Iterator, Sequence

from smartcli import blocks as b

_SHORT = 56  # characters of an answer: what the column beside a question holds on one line of a PDF or a window
_FEW = 5  # items of a list beside a question
_QUESTION = 70  # and of what was asked: two lines in its own column


def pairs(blocks: Sequence[b.Block]) -> Iterator[tuple[b.Heading | None, b.Block]]:
    """Yield each block, with its question where that is all there is to answer it; other headings alone."""
    at = 0
    while at < len(blocks):
        question = blocks[at]
        if isinstance(question, b.Heading) and _has_short_answer(blocks, at):
            yield question, blocks[at + 1]
            at += 2
        else:
            yield None, question
            at += 1


def _has_short_answer(blocks: Sequence[b.Block], at: int) -> bool:
    """Return whether the heading at a place is a question, with one short block before the next heading or the end."""
    question, *following = blocks[at : at + 3]
    if not isinstance(question, b.Heading) or question.level != 3 or len(question.text) > _QUESTION:
        return False
    if not following or not _is_short(following[0]):
        return False
    return len(following) == 1 or isinstance(following[1], b.Heading)


def _is_short(answer: b.Block) -> bool:
    if isinstance(answer, b.Items):
        return len(answer.items) <= _FEW and all(_is_short_item(item) for item in answer.items)
    if isinstance(answer, b.Words):
        return not answer.quiet and len(answer.text) <= _SHORT and "\n" not in answer.text
    return isinstance(answer, b.Meter)


def _is_short_item(item: b.Item) -> bool:
    return len(item.text) <= _SHORT and "\n" not in item.text and not item.marks
