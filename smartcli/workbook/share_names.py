"""The names on a page for somebody else: which of them become roles, and which stay."""

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property

from smartcli.asking import Back, Option, Question
from smartcli.blocks import Block, Heading, Item, Items
from smartcli.language import N_, _, ngettext
from smartcli.pages.likely_names import likely_names
from smartcli.pages.roles import INSTEAD_OF_CONTACTS, Roles, texts
from smartcli.renderers.plain import blocks as as_text
from smartcli.words import folded
from smartcli.workbook.names import contacts_by_name, people_on_page, things_on_page
from smartcli.workbook.terminal import translate_option
from smartcli.workbook.workbook import Workbook

_ROLES = (
    *(N_("a friend"), N_("my partner"), N_("somebody in my family")),
    *(N_("somebody at work"), N_("somebody who helps me")),
)
_OF_A_BEHAVIOUR = (N_("what I want to change"), N_("this habit"))
_NOBODY = Option("nobody", N_("None of them: leave every name as it is"))
_STAYS = Option("none", N_("None of them: leave them as they are"))
_HOLDS_NAME = N_("There is a name in these words that should not be on the page. Please choose other words.")
_MOST_LEFT = 30  # words that look like names and are listed; more than that nobody goes through

Asked = Callable[..., Question]  # what makes a question of this step: its words, its hint
Blocks = Callable[[Roles], Sequence[Block]]  # the page with these roles


class PageNames:
    """The roles chosen so far; `blocks` gives the page, `behaviours` the names that are nobody's."""

    def __init__(self, workbook: Workbook, blocks: Blocks, behaviours: Callable[[], Sequence[str]]) -> None:
        self._workbook = workbook
        self._blocks = blocks
        self._behaviours = behaviours
        self._roles: dict[str, str] = {}

    def ask(self, asked: Asked) -> None:
        """Ask which names become roles, then which role each becomes. Raises Back and Pause."""
        people, others = self._on_page()
        offered = [*(Option(name, name) for name in (*people, *others)), translate_option(_NOBODY)]
        hint = _("These are the names of your people and of what you want to change. You can add others.")
        question = asked(_("Which names should not be on the page?"), hint)
        while True:
            before = [*self._roles] or people or [_NOBODY.id]
            chosen = self._workbook.asker.choose_some(question.with_(answer=before), offered, own=True) or []
            names = [] if _NOBODY.id in chosen else chosen
            try:
                self._roles = {name: self._role(asked, name, name in others, names) for name in names}
                self._ask_left(asked, known=(*people, *others))
            except Back:
                continue
            return

    def _ask_left(self, asked: Asked, known: Sequence[str]) -> None:
        """Ask which words that look like names become roles too; `known` were asked about."""
        left = self._left(known)
        if not left:
            return
        offered = [*(Option(name, name) for name in left[:_MOST_LEFT]), translate_option(_STAYS)]
        hint = _("They begin with a capital, as names do. The ones that you choose do not stay on the page.")
        question = asked(_("Are there names among these words?"), hint).with_(answer=[_STAYS.id])
        chosen = self._workbook.asker.choose_some(question, offered) or []
        if _STAYS.id not in chosen:
            names = [*self._roles, *chosen]
            self._roles |= {name: self._role(asked, name, False, names) for name in chosen}

    def _role(self, asked: Asked, name: str, is_behaviour: bool, all_names: Iterable[str]) -> str:
        """Ask what stands instead of a name; none of `all_names` may stand in that."""
        names = Roles(dict.fromkeys(all_names, ""))
        question = asked(_("What should the page say instead of {name}?", name=name), "").with_(
            place="", check=lambda said: _(_HOLDS_NAME) if said and names.used_in(said) else None
        )
        words = [_(role) for role in (_OF_A_BEHAVIOUR if is_behaviour else _ROLES)]
        roles = [Option(role, role) for role in words]
        answer = self._roles.get(name, words[0])
        return self._workbook.asker.choose(question.with_(answer=answer), roles, own=True) or answer

    @property
    def roles(self) -> Roles:
        """What puts the roles chosen into a text."""
        behaviours = {*self._behaviours()}
        people = {name: role for name, role in self._roles.items() if name not in behaviours}
        things = {name: role for name, role in self._roles.items() if name in behaviours}
        # One person's name may be spelled in several ways; how they are reached stands with one of them.
        known = {folded(name) for name in people}
        contacts = [contact for name, ways in self._contacts.items() if folded(name) in known for contact in ways]
        return Roles(people, dict.fromkeys(contacts, INSTEAD_OF_CONTACTS), things)

    def summary(self) -> list[Block]:
        """Return the names with their roles, and the words that look like names or are spelled like one, and stay."""
        blocks: list[Block] = []
        if self._roles:
            roles = [Item(_("{name}: {role}", name=name, role=role)) for name, role in self._roles.items()]
            blocks += [Heading(_("Names, and what the page says instead"), 2), Items(roles)]
        left = self._left()
        if left:
            blocks += [Heading(_("Words that look like names, and stay"), 2), _first_words(left)]
        spelled_alike = self._words_left()
        if spelled_alike:
            blocks += [
                Heading(_("Words that are spelled like one of these names, and stay"), 2),
                _first_words(spelled_alike),
            ]
        return blocks

    def _left(self, known: Sequence[str] = ()) -> list[str]:
        """Return the words on the page that look like names and stay as they are."""
        return likely_names(texts(self._blocks(self.roles)), (*known, *self._roles.values()), like=self._roles)

    def _words_left(self) -> list[str]:
        """Return the words on the page that are spelled like a name that has a role, and stay; each once."""
        roles = self.roles
        written = [word for text in texts(self._blocks(roles)) for word in roles.words_left(text)]
        return [*dict.fromkeys(written)]

    def _on_page(self) -> tuple[list[str], list[str]]:
        """Return the names on the page: of people, and of what the person wants to change."""
        page = as_text(self._blocks(Roles({})))
        return people_on_page(page, self._contacts), things_on_page(page, self._behaviours())

    @cached_property
    def _contacts(self) -> dict[str, list[str]]:
        return contacts_by_name(self._workbook)


def _first_words(found: Sequence[str]) -> Items:
    """Return a list of words, and how many more there are."""
    items = [Item(word) for word in found[:_MOST_LEFT]]
    more = len(found) - _MOST_LEFT
    if more > 0:
        items.append(Item(ngettext("and {number} more", "and {number} more", more)))
    return Items(items)
