"""What the kinds that offer options share: `choice`, `choices` and `rank`."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from smartcli.asking import Option, WrongAnswerError
from smartcli.blocks import Block, Boxes, Ruled
from smartcli.fields.base import Field, words_problem
from smartcli.fields.measures import MEASURES
from smartcli.language import _
from smartcli.schema.keys import NAME, REFERENCE, key, one_of, some, table
from smartcli.words import clean, enumerated, folded


@dataclass(init=False, kw_only=True, eq=False, repr=False)
class Options(Field):
    """A field answered by option ids, or by the person's own words where the kind lets them.

    Before it is put, `options` holds everything on offer: those of the file, of its list, those made `from`
    answers, and the person's own from earlier times.
    """

    blank_width: ClassVar[int] = 4

    options: tuple[Option, ...] = key(some(table(Option, "option")), "what there is to choose from", ())
    options_from: str = key(NAME, "a list in lists/, offered after `options`", "")
    from_: str = key(
        REFERENCE,
        'options made from answers: a field of this session, or "exercise.field" of the newest entry',
        "",
    )
    from_measure: str = key(
        one_of(*MEASURES),
        "options made from the person's own earlier words with this measure; of `risk`, only moments still ahead",
        "",
    )
    own: bool = False

    def say(self, answer: str) -> str:
        """Return the words of one option id; own words are their own."""
        return next((option.say for option in self.options if option.id == answer), answer)

    def named(self, raw: Any) -> str:
        """Return the id of the option meant by an id or its words, else own words; raises WrongAnswerError."""
        if not isinstance(raw, str):
            raise WrongAnswerError(_("An option should be a text."))
        wanted = folded(raw)
        for option in self.options:
            if wanted == option.id or wanted == folded(option.say):
                return option.id
        return clean(raw)

    def one_problem(self, answer: Any) -> str | None:
        """Return None if `answer` is one of the options, or own words where those are welcome."""
        if any(option.id == answer for option in self.options):
            return None
        if self.own:
            return words_problem(answer)
        if not self.options:
            return _("There is nothing to choose from here.")
        return _("This should be one of: {names}.", names=enumerated(option.id for option in self.options))

    def several_problem(self, answer: Any) -> str | None:
        """Return None if `answer` is a list of options without repeats."""
        if not isinstance(answer, list):
            return _("This should be a list.")
        for one in answer:
            problem = self.one_problem(one)
            if problem:
                return problem
        return _("Each can be named only once.") if len(set(answer)) < len(answer) else None

    def boxes(self, own: int) -> list[Block]:
        """Return a box for each option, by group, and empty ones; lines where the options are the person's own."""
        if not self.options:
            return [Ruled(own or 1)]
        groups: dict[str, list[str]] = {}
        for option in self.options:
            groups.setdefault(option.group, []).append(option.say)
        return [Boxes([*groups.items()], own if self.own else 0)]

    def stored(self, answer: Any) -> dict[str, Any]:
        """Keep the words of the options chosen, so that rewording never changes what was said."""
        chosen = answer if isinstance(answer, list) else [answer]
        labels = {option.id: option.say for option in self.options if option.id in chosen and option.say != option.id}
        return super().stored(answer) | ({"labels": labels} if labels else {})

    def quotes(self, answer: Any) -> list[tuple[Any, str]]:
        """Return the id and the words of each."""
        return [(one, self.say(one)) for one in (answer if isinstance(answer, list) else [answer])]

    def cell_names(self) -> list[str]:
        """Return the names of two cells: the words shown, and what trends join on (for own words the same)."""
        return ["", "id"]

    def codes(self) -> dict[str, Sequence[Option]]:
        """Return the options."""
        return {"id": self.options}

    def problems(self) -> list[tuple[str, str]]:
        """There is something to choose from, and each id stands once."""
        ids = [option.id for option in self.options]
        if len(set(ids)) < len(ids):
            return [("options", _("Two options have the same id."))]
        if not (self.options or self.options_from or self.from_ or self.from_measure or self.own):
            return [("kind", _('It needs "options", "options_from", "from" or "from_measure".'))]
        if self.from_ and self.from_measure:
            return [("from_measure", _('Options are made "from" a field or "from_measure", not both.'))]
        return []
