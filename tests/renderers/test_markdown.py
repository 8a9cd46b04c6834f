"""Markdown: whatever somebody wrote is shown to the letter, and reads well as it stands."""

import re
from collections.abc import Iterator

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from smartcli import blocks as b
from smartcli.renderers import markdown, markdown_words

READER = MarkdownIt("commonmark").enable("table").enable("strikethrough")
# What begins a block in CommonMark and in the extensions that readers have, and what goes with it.
BLOCK_STARTS = (
    *("#", "##", "######", "=", "==", "===", "-", "--", "---", "- - -", "*", "***", "* * *", "+", "_", "___", "_ _ _"),
    *(">", ">>", "`", "```", "~", "~~~", "1.", "1)", "12.", "123456789.", "123456789)", "- [ ]", "|", "| a |", ":", ":::"),
    *("<div>", "</p>", "<!--", "<?x", "<![CDATA[", "<b", "[a]:", "[^1]:", "[a]: /x 'y'", "$$", "%%", "!!!", "{:a}"),
    *("a | b\n--- | ---\nc | d", "|---|", "a\n:-:", "--|--", "a\n===", "a\n---", "[a\nb]: /x", "[x] y", "a #"),
    *("    ", "\t", "  \t", "&lt;", "&#42;", "\\", "\\\\"),
)  # fmt: skip
SIGNS = st.sampled_from([*"!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~", *"ab1 \t\n\u00a0é\u2014”", *BLOCK_STARTS, "**", "]("])
HOSTILE = st.lists(SIGNS, min_size=1, max_size=12).map("".join).filter(lambda words: bool(words.split()))

PLACES = {
    "a paragraph": lambda words: b.Words(words),
    "a long answer": lambda words: b.Words(f"{'x' * 300}\n\n{words}", theirs=True),
    "a line": lambda words: b.Words(words, theirs=True),
    "an item": lambda words: b.Items([b.Item("one"), b.Item(words)]),
    "a ticked item": lambda words: b.Items([b.Item(words, ("short-term",), ticked=True)]),
    "a cell": lambda words: b.Table(["Name", words], [[words, "after"]]),
    "a heading": lambda words: b.Heading(words, 2),
    "a titled list": lambda words: b.Grid([b.Cell(words, [b.Item(words)])]),
}


def shown(document: str) -> Iterator[str]:
    """Yield the words a reader shows, paragraph by paragraph, each line apart; nothing in them may be syntax."""
    for token in READER.parse(document):
        assert token.type not in ("html_block", "code_block", "fence", "hr", "blockquote_open"), token
        text = ""
        for child in token.children or []:
            is_break = child.type == "hardbreak" or child.content == "<br>"
            assert is_break or child.type in ("text", "text_special"), child
            text += "\n" if is_break else child.content
        yield from text.split("\n") if token.children else ()


def words_of(*texts: str) -> list[str]:
    """Return texts as the lines that are shown of them: without blank ones, one space between words."""
    lines = (line for text in texts for line in text.replace("\0", "\ufffd").split("\n"))
    return [" ".join(line.split()) for line in lines if line.split()]


@pytest.mark.parametrize("place", PLACES)
@given(HOSTILE)
@example("1.")
@example("*a* **b** _c_ ~d~ `e` ==f== $g$ [h](i) ![j](k) <l> &amp; \\m [n]: o")
@example("`a` `b")
@example("**a**\n\n`b` | c")
@example("* * *\n!*")
def test_a_reader_shows_the_words_to_the_letter_wherever_they_stand(place: str, words: str) -> None:
    page = b.Page("T", [b.Heading("Question", 3), PLACES[place](words), b.Words("after")])
    read = words_of(*shown(markdown.body(page)))
    [in_one] = words_of(" ".join(words.split()))
    several = words_of(words)
    title = in_one if in_one.endswith(("?", ".", ":")) else f"{in_one}:"
    wanted = {
        "a paragraph": ["Question", *several],
        "a long answer": ["Question:", "x" * 300, *several],
        "a line": ["Question:", *several] if "\n" in words.strip() else [f"Question: {in_one}"],
        "an item": ["Question:", "one", *several],
        "a ticked item": ["Question:", *words_of(f"[x] {words.strip()} (short-term)")],
        "a cell": ["Question:", "Name", *several, *several, "after"],
        "a heading": ["Question", in_one],
        "a titled list": ["Question", title, *several],
    }
    if place == "a ticked item":  # whose first line may be one that shows nothing but its box
        read[1:-1], wanted[place][1:] = [" ".join(read[1:-1])], [" ".join(wanted[place][1:])]
    assert read == [*wanted[place], "after"]


@pytest.mark.parametrize("sign", BLOCK_STARTS)
def test_no_line_begins_a_block_wherever_it_stands(sign: str) -> None:
    for words in (sign, f"{sign} x", f"{sign}x", f"above\n{sign}", f"above\n{sign}\nbelow", f"  {sign} x", f"x {sign}"):
        tokens = READER.parse(markdown_words.paragraphs(words))
        assert {token.type for token in tokens} <= {"paragraph_open", "paragraph_close", "inline"}, words
        assert words_of(*shown(markdown_words.paragraphs(words))) == words_of(words)


@given(HOSTILE)
def test_paragraphs_and_line_breaks_stay(words: str) -> None:
    paragraphs = [each for each in re.split(r"\n(?:[ \t]*\n)+", words) if each.split()]
    inlines = [token for token in READER.parse(markdown_words.paragraphs(words)) if token.type == "inline"]
    assert len(inlines) == len(paragraphs)


@pytest.mark.parametrize("target", ["x.md"])
@given(HOSTILE)
def test_a_link_shows_its_words_and_leads_where_it_should(target: str, words: str) -> None:
    [_, token, _] = READER.parse(markdown_words.link(words, target))
    first, *inner, last = token.children or []
    assert (first.type, first.attrs.get("href"), last.type) == ("link_open", target, "link_close")
    assert words_of("".join(child.content for child in inner)) == words_of(" ".join(words.split()))


@pytest.mark.parametrize(
    "words",
    ["Do not", "2 ** 3", "f*ck it", "snake_case_name", "a * b * c", "7:30, 10:45:30", "=1+1", "a == b", "1 < 2 > 0 & more",
     "C:\\new folder", "#1 and #tag", "12.30 we left", "-5 degrees", "50% off, 100%", "$5 and $10", "it's ~5 km", "[sad]",
     "who?!", "a | b", "https://example.org/a_b_c?x=1&y=2~z", "me@example.org", "`one", "(see note)", "x^2", "^_^", "+1",
     "one - two", "{a}", "«Non»", "3/4", ":)", "5*3", "a~b"],
)  # fmt: skip
def test_what_no_reader_would_change_stands_as_it_was_written(words: str) -> None:
    assert markdown_words.paragraphs(words) == words


@pytest.mark.parametrize(
    ("words", "escaped"),
    [
        ("===", r"\==="),
        ("&amp; &#42; a & b", r"\&amp; \&#42; a & b"),
        ("<b>bold</b> 1 < 2", r"\<b>bold\</b> 1 < 2"),
        ("**Do not** go", r"\*\*Do not** go"),
        ("*a* _b_ `c` [d](e) ![f](g)", r"\*a* \_b_ \`c` [d\](e) ![f\](g)"),
        ("12. I went out\n3) and back", "12\\. I went out  \n3\\) and back"),
        ("- one\n+ two\n\nthree", "\\- one  \n\\+ two\n\nthree"),
        ("  in ", "\u00a0\u00a0in"),
        (r"back\*slash\n", r"back\\*slash\n"),
        ("[[home]] ![[pic]]", r"\[[home]] !\[[pic]]"),
        ("==mark== %%gone%% $x$ $$", r"\=\=mark== \%\%gone\%\% \$x$ \$\$"),
        ("mood:: 8 :smile: ^[note] ^id", r"mood:\: 8 \:smile: \^[note] \^id"),
        ("https://a.example/_x_/ and www.a.example/*x*", r"https\://a.example/\_x_/ and www\.a.example/\*x*"),
    ],
)
def test_only_what_would_be_syntax_in_its_place_is_escaped(words: str, escaped: str) -> None:
    assert markdown_words.paragraphs(words) == escaped


@pytest.mark.parametrize(
    ("words", "escaped"),
    [
        ("it is so :wink: and so", r"it is so \:wink: and so"),
        ("two ==words== marked", r"two \=\=words== marked"),
        ("a %%note%% aside", r"a \%\%note\%\% aside"),
        ("one\n- two", "one  \n\\- two"),
        ("one\n\n2. two", "one\n\n2\\. two"),
        ("a line \nand more\t", "a line  \nand more"),
    ],
)
def test_one_sign_among_harmless_words_is_seen(words: str, escaped: str) -> None:
    assert markdown_words.paragraphs(words) == escaped


def test_a_short_answer_is_one_line_and_a_letter_reads_as_a_letter() -> None:
    blocks = [
        b.Heading("Mood", 3), b.Meter(8, 0, 10),
        b.Heading("What helped?", 3), b.Words("A walk", theirs=True),
        b.Heading("Triggers", 3), b.Items([b.Item("Payday", ("short-term",))]),
        b.Heading("Watching", 3), b.Words("2 minutes", theirs=True), b.Items([b.Item("6 after 1 minute")]),
        b.Heading("My letter", 3), b.Words("Dear me,\n\nI know.\nI was there.", theirs=True),
        b.Grid([b.Cell("Gives", [b.Item("calm")], "short-term: 1")]),
        b.Heading("For when", 3), b.Items([b.Item("strong"), b.Item("at night")], numbered=True),
    ]  # fmt: skip
    assert markdown.body(b.Page("T", blocks)) == (
        "- Mood: 8 of 10\n- What helped? A walk\n- Triggers: Payday (short-term)\n- Watching: 2 minutes\n"
        "  - 6 after 1 minute\n- My letter:\n\nDear me,\n\nI know.  \nI was there.\n\n- Gives (short-term: 1):\n  - calm\n"
        "- For when:\n  1. strong\n  2. at night\n"
    )


def test_what_is_no_answer_keeps_its_heading() -> None:
    blocks = [b.Heading("Before you begin", 3), b.Words("Talk to a doctor."), b.Heading("Your line", 3), b.Ruled(1)]
    kinds = [token.tag for token in READER.parse(markdown.body(b.Page("T", blocks))) if token.type == "heading_open"]
    assert len(kinds) == 2


def test_boxes_to_tick_are_tasks() -> None:
    assert markdown.body(b.Page("T", [b.Boxes([("", ["Yes", "[x] No"])], own=1)])) == (
        "- [ ] Yes\n- [ ] \\[x] No\n\n- [ ] \\________________________\n"
    )


def test_every_document_says_in_its_first_line_whose_it_is_and_no_reader_shows_that() -> None:
    for pages in ([b.Page("T", [])], [b.Page("T", []), b.Page("U", [])]):
        first, second, *_ = "".join(markdown.document("T", pages)).split("\n")
        assert first == markdown.MARK
        assert second == "# T"
    assert [token.type for token in READER.parse(markdown.MARK)] == ["html_block"]


@pytest.mark.parametrize("sign", "*_~=`$#-^:[]<&|\\ ")
def test_a_long_row_of_one_sign_takes_no_longer_than_other_words(sign: str) -> None:
    words = f"a {sign * 300_000}x"  # what looks at each rest of the row anew takes minutes
    assert markdown_words.paragraphs(words).replace("\\", "") == words.replace("\\", "")
