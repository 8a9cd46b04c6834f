"""Rules of the HTML document that can be held without a browser: paper, colours, languages, contents, heat maps."""

import re
from collections.abc import Iterator
from datetime import date
from html.parser import HTMLParser

import pytest
from wcwidth import iter_graphemes

from smartcli.blocks import (
    Bars,
    BlankGrid,
    BlankTable,
    Block,
    Boxes,
    Card,
    Cell,
    Grid,
    Heading,
    Heat,
    Item,
    Items,
    Page,
    Ruled,
    Table,
    Wheel,
    Words,
)
from smartcli.pages.entry import entry_page
from smartcli.renderers import drawing, html
from tests.renderers.test_html import EMPTY, numbered
from tests.support.asking import entry
from tests.support.blocks import every_block, every_page
from tests.support.made import CATALOG
from tests.test_theme import WORDS, contrast, of_hex

STYLE = html.style_sheet()
HOURS = Heat([f"{hour:02}" for hour in range(24)], [("Mon", [*range(24)]), ("Tue", [0, 5] * 12)], "s", ["Mon: many"])
KEPT_WHOLE = {"together", "short", "introduces", "pair", "card"}  # classes whose `break-inside` is `avoid` on paper
CUT = {"blockquote", "p", "ul", "ol", "table", "div", "dl", "article"}  # what a page of paper may end inside


class Node:
    """An element: its tag, its attributes, what it is in, and what is in it: elements and words."""

    def __init__(self, tag: str, attributes: dict[str, str], parent: "Node | None") -> None:
        self.tag, self.attributes, self.parent = tag, attributes, parent
        self.inside: list[Node | str] = []

    @property
    def classes(self) -> set[str]:
        return set(self.attributes.get("class", "").split())

    @property
    def words(self) -> str:
        return "".join(one if isinstance(one, str) else one.words for one in self.inside)

    def each(self) -> "Iterator[Node]":
        """Yield this element and every one in it, in order."""
        yield self
        for one in self.inside:
            if isinstance(one, Node):
                yield from one.each()

    def find(self, tag: str) -> "list[Node]":
        return [one for one in self.each() if one.tag == tag]


class Tree(HTMLParser):
    """A document as a tree."""

    def __init__(self, pages: list[Page], title: str = "Journal") -> None:
        super().__init__()
        self.root = self.at = Node("", {}, None)
        self.feed("".join(html.document(title, pages)))
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs}, self.at)
        self.at.inside.append(node)
        self.at = self.at if tag in EMPTY else node

    def handle_endtag(self, tag: str) -> None:
        self.at = self.at.parent or self.root

    def handle_data(self, data: str) -> None:
        self.at.inside.append(data)


def is_heading(node: Node) -> bool:
    return bool(re.fullmatch(r"h[1-6]", node.tag))


def following(node: Node) -> list[Node]:
    """Return the elements after one that are in the same element."""
    assert node.parent
    beside = [one for one in node.parent.inside if isinstance(one, Node)]
    return beside[beside.index(node) + 1 :]


def is_content(node: Node) -> bool:
    """Return whether an element shows more than headings and a date: words, a drawing or a line to write on."""
    shows = bool(node.words.strip()) or any(one.tag == "svg" or "write" in one.classes for one in node.each())
    return shows and not is_heading(node) and "about" not in node.classes


def is_kept(heading: Node) -> bool:
    """Return whether no page of paper can end with a heading: what follows it is in the same unbreakable element.

    Before a long block the style sheet keeps room under the heading: then that block may be divided.
    """
    wholes = []
    node = heading
    while node.parent:
        node = node.parent
        if node.classes & KEPT_WHOLE or (node.tag == "section" and node.parent and "grid" in node.parent.classes):
            wholes.append(node)
    for whole in wholes:
        every = [*whole.each()]
        after = every[every.index(heading) + 1 :]
        if any(map(is_content, after)):
            return True
    rest = [node for node in following(heading) if is_content(node)]
    return bool(rest) and rest[0].tag in CUT and not rest[0].classes & KEPT_WHOLE


def long_and_short_pages() -> Iterator[Page]:
    """Yield pages on which each kind of block follows a title, a date and a question; short pages and long ones."""
    long = Words("words " * 2000, theirs=True)
    for block in every_block(numbered()):
        for rest in ([], [long]):
            for before in ([], [Heading("A question", 3)], [Heading("A part"), Heading("A question", 3)]):
                blocks: list[Block] = [*before, block, *rest]
                if not isinstance(blocks[-1], Heading):
                    yield Page("Title", blocks, "about", "Month")
    yield Page("Title", [Heading("A question", 3), long], "about", "Another")
    yield Page("Title", [Heading("A question", 3), Items([Item("words")] * 200)], "about", "And another")
    yield Page("Title", [Words("words")], "about", "A third")


def test_no_heading_can_stand_alone_at_the_foot_of_a_sheet_of_paper() -> None:
    main = Tree([*long_and_short_pages()]).root.find("main")[0]
    headings = [node for node in main.each() if is_heading(node)]
    assert len(headings) > 300
    assert [node.words for node in headings if not is_kept(node)] == []


def test_a_short_entry_is_not_divided_and_a_long_one_is() -> None:
    pages = [
        Page("Check-in", [Heading("Mood", 3), Words("8")] * 6, "about"),
        Page("Letter", [Words("words " * 800, theirs=True)], "about"),
        Page("List", [Items([Item("words")] * 60)]),
    ]
    articles = Tree(pages).root.find("article")
    assert ["short" in article.classes for article in articles] == [True, False, False]


def test_what_introduces_a_table_or_lines_to_write_on_is_not_parted_from_it() -> None:
    for block in every_block(numbered()):
        if isinstance(block, Table | Bars | Wheel | Heat | Ruled | Boxes | BlankTable | BlankGrid):
            article = Tree([Page("Title", [Heading("Part"), Words("This is from 3."), block])]).root.find("article")[0]
            [whole] = [node for node in article.each() if "introduces" in node.classes]
            assert [node.words for node in whole.find("h2") + whole.find("p")] == ["Part", "This is from 3."]
    assert re.search(r"\.introduces \{ break-after: avoid \}", on_paper())
    assert ".grid.blank" in on_paper()


def test_the_second_of_two_cards_is_not_read_out() -> None:
    cards = [Card("Title", [Cell("way", [Item("word")])], folds=True, twice=twice) for twice in (False, True)]
    sections = [
        [
            node.attributes.get("aria-hidden")
            for node in Tree([Page("Card", [card])]).root.each()
            if "card" in node.classes
        ]
        for card in cards
    ]
    assert sections == [[None], [None, "true"]]


def on_paper() -> str:
    return STYLE[STYLE.index("@media print") :]


def test_on_paper_it_is_light_keeps_its_shading_and_leaves_closed_folds_out() -> None:
    assert "@media screen and (prefers-color-scheme: dark)" in STYLE
    assert "(prefers-color-scheme: dark)" not in STYLE.replace("@media screen and (prefers-color-scheme: dark)", "")
    assert re.search(r"html \{[^}]*; print-color-adjust: exact; -webkit-print-color-adjust: exact", on_paper())
    assert re.search(r"\.told:not\(\[open\]\)[^{]*\{ display: none \}", on_paper())
    unbreakable = re.findall(r"([^{}]+)\{[^}]*break-inside: avoid[ ;}]", STYLE)
    named = set(re.findall(r"\.([\w-]+)", " ".join(unbreakable)))
    assert named >= KEPT_WHOLE
    folds = Tree(every_page(numbered())).root.find("details")
    assert all(fold.classes & {"told", "kinds"} or (fold.parent and "part" in fold.parent.classes) for fold in folds)


def test_nothing_moves() -> None:
    assert not re.search(r"animation|transition|smooth|@keyframes|<marquee", STYLE)


def test_the_keys_place_is_shown() -> None:
    assert re.search(r":focus-visible \{ outline: \d", STYLE)
    assert not re.search(r"outline(-\w+)?: *(0|none)", STYLE)


# --- colours


def colours(opening: str) -> dict[str, str]:
    """Return the colours by name that stand behind an opening line of the style sheet."""
    start = STYLE.index(":root {", STYLE.index(opening))
    return dict(re.findall(r"--(\w+): (#[0-9a-f]{3,8})", STYLE[start : STYLE.index("}", start)]))


SCHEMES = {"light": ":root", "dark": "@media screen and", "paper": "@media print"}


def rgb(colour: str) -> tuple[int, int, int]:
    digits = colour.removeprefix("#")
    return of_hex("".join(digit * 2 for digit in digits) if len(digits) == 3 else digits[:6])


def mixed(one: str, share: float, other: str) -> tuple[int, int, int]:
    """Return a colour of `share` of one and the rest of another, as `color-mix(in srgb, ...)` does."""
    red, green, blue = (round(share * a + (1 - share) * b) for a, b in zip(rgb(one), rgb(other), strict=True))
    return red, green, blue


@pytest.mark.parametrize("scheme", SCHEMES)
def test_all_words_can_be_read(scheme: str) -> None:
    named = colours(":root") | colours(SCHEMES[scheme])
    for ground in ("ground", "raised"):
        for words in ("text", "quiet", "accent"):
            assert contrast(rgb(named[words]), rgb(named[ground])) >= WORDS, (words, ground)
    shades = re.findall(
        r"\.heat-\d \{ background: color-mix\(in srgb, var\(--accent\) (\d+)%, var\(--ground\)\)", STYLE
    )
    assert len(shades) == 3
    for shade in shades:
        assert contrast(rgb(named["text"]), mixed(named["accent"], int(shade) / 100, named["ground"])) >= WORDS, shade
    assert ".heat-4 { background: var(--accent); color: var(--ground) }" in STYLE


def test_no_colour_is_used_that_has_no_name() -> None:
    """All other colours are named ones, so those that are computed above are all there are."""
    rules = re.sub(r"--\w+: [^;}]+", "", STYLE)
    assert set(re.findall(r"#[0-9a-f]{3,8}\b", rules)) <= {"#444"}  # the number of a sheet of paper, outside the page


# --- languages


@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("de", "ltr"), ("he", "rtl"), ("ar-EG", "rtl")])
def test_the_language_and_its_direction_are_said(
    language: str, direction: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(html, "spoken", lambda: language)
    found = Tree([]).root.find("html")[0].attributes
    assert (found["lang"], found["dir"]) == (language, direction)


def test_words_go_in_their_own_direction_wherever_they_stand() -> None:
    """Titles, questions, lists and cells may be the person's own; only our own fixed words may go without."""
    tags = {"h2", "h3", "h4", "h5", "h6", "blockquote", "li", "dt", "dd", "th", "figcaption"}
    main = Tree(every_page(numbered())).root
    theirs = [node for node in main.each() if node.tag in tags and node.words.strip().startswith("words")]
    assert len(theirs) > 50
    assert [node.words for node in theirs if node.attributes.get("dir") != "auto"] == []
    quotes = main.find("blockquote")
    assert quotes
    assert all(quote.attributes["lang"] == "" for quote in quotes)  # in whatever language it was written


def test_emoji_come_last_of_all_fonts_so_that_digits_are_digits() -> None:
    for name in ("reading", "plain"):
        fonts = re.search(rf"--{name}: ([^;]+);", STYLE)
        assert fonts
        assert re.search(r"serif, var\(--letters\)$", fonts[1])
    assert re.search(r"--letters: [^;]*, var\(--emoji\);", STYLE)


@pytest.mark.parametrize("name", ["👨‍👩‍👧‍👦" * 30, "क्षि" * 30, "ё\u0301" * 40, "日本語" * 20, "🇩🇪🇫🇷" * 20])
def test_a_label_is_cut_between_letters(name: str) -> None:
    drawn = drawing.wheel(Wheel([(name, 3, None), ("b", 2, None), ("c", 4, None)]))
    letters = {*iter_graphemes(name)}
    labels = [shape.words for shape in drawn.shapes if isinstance(shape, drawing.Label) and shape.words[0] in name]
    assert len(labels) == 2
    for label in labels:
        assert {*iter_graphemes(re.sub(r"…? ?3?$", "", label))} <= letters


# --- tables and landmarks


def test_every_head_of_a_table_has_words() -> None:
    pages = [*every_page(numbered()), Page("Figures", [Table(["", "28 days", ""], [["Mood", "6", "5"]]), HOURS])]
    root = Tree(pages).root
    heads = [*root.find("th"), *(node for node in root.each() if node.attributes.get("role") == "columnheader")]
    assert len(heads) > 20
    assert [node for node in heads if not node.words.strip()] == []
    assert [node for node in root.each() if is_heading(node) and not node.words.strip()] == []


def test_a_list_that_was_not_asked_has_no_empty_heading() -> None:
    root = Tree([Page("Four", [Grid([Cell("", []), Cell("b", [Item("c")])])])]).root
    assert [node.words for node in root.each() if is_heading(node)] == ["Four", "b"]


@pytest.mark.parametrize("pages", [[], every_page(numbered()), every_page(numbered())[:1]])
def test_all_that_is_shown_is_in_one_of_the_landmarks(pages: list[Page]) -> None:
    body = Tree(pages).root.find("body")[0]
    parts = [node for node in body.inside if isinstance(node, Node) and node.classes.isdisjoint({"skip", "only"})]
    tags = [node.tag for node in parts]
    assert tags.count("main") == tags.count("footer") == 1
    assert set(tags) <= {"header", "nav", "main", "footer"}
    ids = {node.attributes.get("id"): node for node in body.each()}
    for nav in body.find("nav"):
        assert ids[nav.attributes["aria-labelledby"]].words.strip()


# --- heat maps


def test_a_heat_map_of_many_columns_has_a_second_one_that_counts_neighbours_together() -> None:
    wide, narrow = Tree([Page("Figures", [HOURS])]).root.find("table")
    assert (wide.classes, narrow.classes) == ({"heat", "wide"}, {"heat", "narrow"})
    heads = [node.words for node in narrow.find("thead")[0].find("th")]
    assert heads == ["00–03", "04–07", "08–11", "12–15", "16–19", "20–23"]

    def sums(table: Node) -> list[int]:
        rows = table.find("tbody")[0].find("tr")
        return [sum(int(cell.words or 0) for cell in row.find("td")) for row in rows]

    assert sums(wide) == sums(narrow) == [276, 60]
    assert ".heat.narrow { display: none }" in STYLE
    assert re.search(
        r"max-width: 36rem.*\.heat\.wide \{ display: none \} \.heat\.narrow \{ display: table", STYLE, re.S
    )


def test_a_heat_map_says_its_rows_in_words_too() -> None:
    told = [node for node in Tree([Page("Figures", [HOURS])]).root.find("details") if "told" in node.classes]
    assert "Mon: many" in told[0].words


# --- the top of the page


def test_the_top_says_from_when_to_when_and_how_much_it_holds() -> None:
    days = [date(2026, 11, 3), date(2026, 10, 1), date(2026, 11, 20)]
    pages = [Page("Urge", [], "a", f"{day:%B}", day=day) for day in days] + [Page("Figures", [])]
    top = Tree(pages).root.find("header")[0].words
    assert "1 Oct 2026" in top
    assert "20 Nov 2026" in top
    assert "3 entries" in top
    one = Tree([Page("Urge", [], day=days[0]), Page("Figures", [])]).root.find("header")[0].words
    assert one.count("2026") == 1


def test_the_contents_name_each_part_once_with_its_pages_in_a_fold() -> None:
    days = [date(2026, month, day) for month in (10, 11) for day in range(1, 29)]
    pages = [Page("Figures", []), *(Page("Urge", [], str(day), f"{day:%B}", day=day) for day in days)]
    nav = Tree(pages).root.find("nav")[0]
    folds = nav.find("details")
    folded = {id(node) for fold in folds for node in fold.each()}
    links = [node for node in nav.find("a") if id(node) not in folded]
    assert [node.words for node in links] == ["Figures", "October", "November", "Show everything again"]
    assert [fold.find("summary")[0].words for fold in folds] == ["28 entries", "28 entries", "Show one kind only"]
    assert not any("open" in fold.attributes for fold in folds)
    assert [len(fold.find("a")) for fold in folds] == [28, 28, 2]


def test_an_entry_without_answers_says_so_and_so_does_a_document_without_entries() -> None:
    for name in ("safety-plan", "urge-plan", "cost-benefit"):  # a list of answers, a card, a grid
        page = entry_page(entry(CATALOG.find(name), {}))
        article = Tree([page._replace(section="Month")]).root.find("article")[0]
        quiet = [node.words for node in article.find("p") if "quiet" in node.classes]
        assert len(quiet) == 1
        assert quiet[0].strip()
    assert Tree([]).root.find("main")[0].words.strip()
