"""Markdown: whatever somebody wrote is shown to the letter, and makes no heading, list, code, link or HTML."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from smartcli import blocks as b
from smartcli.renderers import markdown

# What begins a block in CommonMark and in the extensions that readers have, and what goes with it.
BLOCK_STARTS = (
    *("#", "##", "######", "=", "==", "===", "-", "--", "---", "- - -", "*", "***", "* * *", "+", "_", "___", "_ _ _"),
    *(">", ">>", "`", "```", "~", "~~~", "1.", "1)", "12.", "123456789.", "123456789)", "- [ ]", "|", "| a |", ":", ":::"),
    *("<div>", "</p>", "<!--", "<?x", "<![CDATA[", "<b", "[a]:", "[^1]:", "[a]: /x 'y'", "$$", "%%", "!!!", "{:a}"),
    *("    ", "\t", "  \t", "&lt;", "&#42;", "\\", "\\\\"),
)  # fmt: skip
READER = MarkdownIt("commonmark").enable("table").enable("strikethrough")


def kinds_and_text(document: str) -> tuple[set[str], list[str]]:
    """Return the kinds of blocks a reader sees, and the lines of text it shows."""
    tokens = READER.parse(document)
    shown = ""
    for token in tokens:
        for child in token.children or []:
            assert child.type in ("text", "text_special", "hardbreak", "softbreak"), child
            shown += "\n" if child.type.endswith("break") else child.content
    return {token.type for token in tokens}, shown.replace("\xa0", " ").split("\n")


def shown_lines(words: str) -> list[str]:
    return [line or " " for line in words.expandtabs(1).split("\n")]


@pytest.mark.parametrize("quoted", [False, True])
@pytest.mark.parametrize("sign", BLOCK_STARTS)
def test_no_line_begins_a_block_wherever_it_stands(sign: str, quoted: bool) -> None:
    for words in (
        sign,
        f"{sign} x",
        f"{sign}x",
        f"above\n{sign}",
        f"above\n{sign}\nbelow",
        f"  {sign} x",
        f"{sign} x\nbelow",
    ):
        if not words.strip():
            continue
        page = b.Page("T", [b.Words(words, theirs=quoted)])
        kinds, lines = kinds_and_text(markdown.body(page))
        assert kinds <= {"paragraph_open", "paragraph_close", "inline", "blockquote_open", "blockquote_close"}, words
        assert lines == shown_lines(words), words


@given(
    st.lists(
        st.tuples(st.sampled_from(BLOCK_STARTS), st.sampled_from(["", " ", "x", " x", "\n", "\n\n"])),
        min_size=1,
        max_size=4,
    )
)
def test_no_mixture_of_them_begins_a_block(parts: list[tuple[str, str]]) -> None:
    words = "a\n" + "".join(sign + after for sign, after in parts) + "\nz"
    kinds, lines = kinds_and_text(markdown.body(b.Page("T", [b.Words(words, theirs=True)])))
    assert kinds <= {"paragraph_open", "paragraph_close", "inline", "blockquote_open", "blockquote_close"}
    assert lines == shown_lines(words)


@pytest.mark.parametrize(
    ("words", "escaped"),
    [
        ("===", r"\==="),
        ("&amp; &#42; a & b", r"\&amp; \&\#42; a \& b"),
        ("<b>bold</b> 1 < 2", r"\<b\>bold\</b\> 1 \< 2"),
        ("*a* _b_ `c` [d](e) ![f](g)", r"\*a\* \_b\_ \`c\` \[d\](e) \!\[f\](g)"),
        ("12. I went out\n3) and back", "12\\. I went out\n3\\) and back"),
        ("- one\n+ two", "\\- one\n\\+ two"),
        ("  in", "&nbsp;&nbsp;in"),
        ("back\\slash", r"back\\slash"),
    ],
)
def test_each_sign_that_means_something_is_escaped(words: str, escaped: str) -> None:
    assert markdown.escape_markdown(words) == escaped
