"""Words as Markdown that shows exactly those words.

A backslash stands only where a sign would be read as syntax in its place: `2 ** 3` needs none, `**x**` does. Read as
syntax means by CommonMark, by GitHub (tables, strikethrough, task lists, footnotes, mathematics, emoji by name) or by
Obsidian and Dataview (`[[x]]`, `==x==`, `%%x%%`, `^id`, `x:: y`). What they only colour or link stays as it is, since
its words do not change: a web address, `#tag`.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

_NO_BREAK_SPACE = "\u00a0"
_INDENT = re.compile(r"^[ \t]+", re.MULTILINE)
_TRAILING = re.compile(r"(?<![ \t])[ \t]+$", re.MULTILINE)

# Most answers are a few plain words, in which nothing has to be looked for. One pattern that all of a text fits is
# matched several times as quickly as each of these signs is searched for.
_PLAIN = r"[^\\`*_\[\]<&~$|#^\r\x1b=%:\n]*+"
_HARMLESS = re.compile(
    rf"""
    (?:
        (?![ \t=+>:\d-])                           # how a line may begin that is none of words
        {_PLAIN}
        (?:(?: =(?!=) | %(?!%) | :(?![\w+-]*:) ){_PLAIN})*+
        (?<![ \t])
        (?:\n|\Z)
    )*+
    """,
    re.VERBOSE,
)

# Signs that are syntax wherever they stand so; all characters of a match are escaped.
_SIGNS = re.compile(
    r"""
      \\(?=[!-/:-@\[-`{-~]|$)                        # an escape, or a line break
    | <(?=[A-Za-z/!?])                               # HTML, or an address in brackets
    | &(?=\#?\w+;)                                   # a character by its name
    | \](?=[(:])                                     # the end of a link, of a footnote's name
    | \[(?=\[)                                       # a link of Obsidian
    | \^(?=\[) | (?<=[ \t])\^(?=[\w-]+$)             # a footnote, the name of a block
    | (?<=:):                                        # a field of Dataview
    | (?<!\w):(?=[\w+-]+:)                           # an emoji
    | (?<=\x1b)[!-/:-@\[-`{-~]                       # what would steer a terminal that shows the file
    | %{2,} | \${2,}                                 # a comment, mathematics
    | (?:^|(?<=[ \t]))\#(?=\#*$)                     # the end of a heading
    | ^(?:
          \#(?=\#{0,5}(?:\s|$))                      # a heading
        | >                                          # a quotation
        | [-+*](?=\s|$)                              # a list
        | [-|:](?=[-:| \t]*$)                        # a line across, a heading above it, the head of a table
        | =(?==*$) | [*](?=[* \t]*$) | _(?=[_ \t]*$) # the same
        | `{3,} | ~{3,}                              # code
      )
    """,
    re.MULTILINE | re.VERBOSE,
)
_TASK = re.compile(r"\[[ xX]\]\s")  # before an item
_NUMBERED = re.compile(r"^\d{1,9}([.)])(?=\s|$)", re.MULTILINE)

# Signs that stand around words: what can open, and what can close. Where none opens, the others mean nothing.
# A row of them is looked at once, from its first on: a long one takes no longer than other words.
_AROUND = [
    (sign[-1], re.compile(opens), re.compile(closes))
    for sign, opens, closes in (
        ("*", r"(?<!\*)\*++(?=[^ \t\n])", r"(?<=[^* \t\n])\*+"),
        ("_", r"(?<!\w)_++(?=[^ \t\n])", r"(?<=[^_ \t\n])_+(?!\w)"),
        ("~", r"(?<!~)~++(?=[^ \t\n])", r"(?<=[^~ \t\n])~+"),
        ("==", r"(?<!=)={2,}+(?=[^ \t\n])", r"(?<=[^= \t\n])={2,}"),
        ("$", r"\$(?=[^$ \t\n])", r"(?<=[^$ \t\n])\$"),
        ("`", r"`+", r"`+"),
    )
]
_ADDRESS = re.compile(r"(?:https?|ftp)(:)//\S+|www(\.)\S+", re.IGNORECASE)


def paragraphs(text: str) -> str:
    """Return a text as Markdown: its paragraphs, and the line breaks in them as two spaces at a line's end."""
    text = escape(text).strip("\n")
    if "\n" not in text:  # as most answers are
        return text
    first, *others = text.split("\n")
    pieces = [first]
    for above, line in pairwise([first, *others]):
        pieces.append(f"  \n{line}" if above and line else f"\n{line}")
    return "".join(pieces)


def one_line(text: str) -> str:
    """Return a text as one line of Markdown."""
    return escape(" ".join(text.split()))


def item(text: str, indent: int) -> str:
    """Return a text as an item of a list, the lines below its first indented by so many spaces."""
    words = paragraphs(text).replace("\n", "\n" + " " * indent)
    return f"\\{words}" if _TASK.match(words) else words


def cell(text: str) -> str:
    """Return a text as a cell of a table, which is one line whatever it holds."""
    lines = (line for line in text.splitlines() if line.strip())
    return escape("\n".join(lines), "|").replace("\n", " <br> ")  # spaces, since escape took them for whitespace


def link(text: str, target: str) -> str:
    """Return a link; `target` has neither spaces nor brackets."""
    return f"[{escape(' '.join(text.split()), '[]')}]({target})"


def escape(text: str, also: str = "") -> str:
    """Return `text`, line by line, as Markdown that shows it to the letter; spaces at a line's end are left out.

    `also`: signs that mean something where it stands, each of which is escaped.
    """
    if _HARMLESS.fullmatch(text):
        return text
    text = _INDENT.sub(_kept_indent, _TRAILING.sub("", text.replace("\r\n", "\n").replace("\r", "\n")))
    return "\n\n".join(_escaped(paragraph, also) for paragraph in text.split("\n\n"))


def _kept_indent(found: re.Match[str]) -> str:
    """Return spaces before a line as ones that do not make it code."""
    return _NO_BREAK_SPACE * len(found[0].expandtabs(4))


def _escaped(paragraph: str, also: str) -> str:
    at = {*_syntax(paragraph)}
    if also:
        at |= {place for place, sign in enumerate(paragraph) if sign in also}
    if not at:
        return paragraph
    at |= _broken_addresses(paragraph, at)
    places = sorted(at)
    pieces = (paragraph[start:end] for start, end in zip([0, *places], [*places, None], strict=True))
    return "\\".join(pieces)


def _syntax(paragraph: str) -> Iterator[int]:
    """Yield the place of every sign that would be read as syntax."""
    for found in _SIGNS.finditer(paragraph):
        yield from range(*found.span())
    for found in _NUMBERED.finditer(paragraph):
        yield found.start(1)
    for sign, opens, closes in _AROUND:
        if sign in paragraph:
            last = max((found.start() for found in closes.finditer(paragraph)), default=0)
            for found in opens.finditer(paragraph):
                if found.start() < last:
                    yield from range(*found.span())


def _broken_addresses(paragraph: str, at: set[int]) -> set[int]:
    """Return where web addresses are made mere words: inside a link GitHub would show the backslashes."""
    found = (address for address in _ADDRESS.finditer(paragraph) if not at.isdisjoint(range(*address.span())))
    return {address.start(address.lastindex or 0) for address in found}
