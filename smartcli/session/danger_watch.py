"""Words of danger in a session: noticed after they are kept, answered once, and remembered no longer than that."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from smartcli.blocks import Block
from smartcli.content.danger import shipped_danger
from smartcli.content.slots import Slots
from smartcli.fields.base import Field
from smartcli.fields.choice import Choice
from smartcli.fields.note import passages
from smartcli.fields.table import Table


@dataclass
class DangerWatch:
    """Looks at the answers of one session; `has_noticed` once one of them spoke of dying or self-harm.

    `saves`: what is answered is saved.
    """

    slots: Slots
    saves: bool = True
    has_noticed: bool = False

    def notices(self, field: Field, answer: Any) -> bool:
        """Return whether an answer to a field is the first of the session that speaks of danger.

        An option of ours is not looked at: reading the phrases takes a while, and most urges are answered by options.
        """
        if self.has_noticed:
            return False
        texts = [*_own_texts(field, answer)]
        danger = shipped_danger() if texts else None
        if danger is None:
            return False
        self.has_noticed = any(danger.is_spoken_of_in(text) for text in texts)
        return self.has_noticed

    def note(self, families: frozenset[str]) -> list[Block]:
        """Return the note that answers, as blocks of a page of its own."""
        danger = shipped_danger()
        if danger is None:
            return []
        end = danger.saved if self.saves else danger.unsaved
        return passages(self.slots.filled(f"{danger.say}\n\n{end}", None, families))

    def last_words(self, families: frozenset[str]) -> str:
        """Return what stands at the end of such a session in place of its last words."""
        danger = shipped_danger()
        if danger is None:
            return ""
        return self.slots.filled(danger.after if self.saves else danger.after_unsaved, None, families)


def _own_texts(field: Field, answer: Any) -> Iterator[str]:
    """Yield the texts in an answer, but for options of ours: ticking "Self-harm" is not writing about it."""
    if isinstance(field, Table):
        for row in answer or []:
            for column in field.columns:
                yield from _own_texts(column, row.get(column.id))
    elif not isinstance(field, Choice) or field.has_own_words(answer):
        yield from _texts(answer)


def _texts(answer: Any) -> Iterator[str]:
    """Yield every text in an answer, whatever its kind."""
    if isinstance(answer, str):
        yield answer
    elif isinstance(answer, dict):
        for cell in answer.values():
            yield from _texts(cell)
    elif isinstance(answer, list):
        for item in answer:
            yield from _texts(item)
