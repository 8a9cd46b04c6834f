"""The contents of an HTML document: its parts, the pages of each in a fold, and ways to see one kind of page alone."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from smartcli import blocks as b
from smartcli.language import _, figure, ngettext
from smartcli.moments import date_short
from smartcli.renderers.html_markup import escape_html
from smartcli.words import enumerated

_OPEN_CONTENTS = 40  # pages, up to which the pages of every section lie open


class Section(NamedTuple):
    """A section of a document: the id of its heading, and the numbers of its pages."""

    anchor: str
    pages: list[int]


def group_by_section(pages: Iterable[b.Page]) -> dict[str, Section]:
    """Return the sections by name, in the order they first come; there may be 100,000 pages."""
    sections: dict[str, Section] = {}
    for number, page in enumerate(pages):
        open_section(sections, page.section).pages.append(number)
    return sections


def open_section(sections: dict[str, Section], name: str) -> Section:
    """Return the section of a name; where there is none yet, a new one is added."""
    if name not in sections:
        sections[name] = Section(f"section-{len(sections)}", [])
    return sections[name]


def span_and_number(pages: Sequence[b.Page]) -> str:
    """Return the days of all entries and their number: "9 Nov 2024 to 31 Dec 2024, 70 entries"; "" without any."""
    days = [page.day for page in pages if page.day]
    if not days:
        return ""
    since, until = (date_short(day, with_year=True) for day in (min(days), max(days)))
    span = since if since == until else _("{since} to {until}", since=since, until=until)
    return enumerated([span, _number_of_entries(len(days))])


def contents(pages: Sequence[b.Page], sections: Mapping[str, Section], kinds: Mapping[str, int]) -> Iterator[str]:
    """Yield, piece by piece, a list of the sections, each with a link to its start and a fold with its pages.

    `kinds` gives how many pages there are of each kind, for links that show a kind alone; it is empty where there
    are no such links.
    """
    opened = " open" if len(pages) <= _OPEN_CONTENTS else ""
    title = _("Contents")
    heading = f'<h2 id="contents">{escape_html(title)}</h2>\n'
    yield f'<nav aria-labelledby="contents">\n{heading}<ul class="parts">\n'
    for name, section in sections.items():
        links = "".join(_link(f"page-{number}", pages[number].title, pages[number].about) for number in section.pages)
        if not name:
            yield links
            continue
        summary = f"<summary>{escape_html(_number_of_pages(pages, section))}</summary>\n"
        start = f'<a href="#{section.anchor}" dir="auto">{escape_html(name)}</a>'
        listed = f"<ol>\n{links}</ol>\n"
        yield f'<li class="part">{start}\n<details{opened}>{summary}{listed}</details></li>\n'
    yield f"</ul>\n{_kinds(kinds) if kinds else ''}</nav>\n"


def _link(anchor: str, title: str, beside: str) -> str:
    quiet = f' <span class="about">{escape_html(beside)}</span>' if beside else ""
    return f'<li dir="auto"><a href="#{anchor}">{escape_html(title)}</a>{quiet}</li>\n'


def _number_of_pages(pages: Sequence[b.Page], section: Section) -> str:
    number = len(section.pages)
    if all(pages[at].day for at in section.pages):
        return _number_of_entries(number)
    return ngettext("{number} page", "{number} pages", number)


def _number_of_entries(number: int) -> str:
    return ngettext("{number} entry", "{number} entries", number)


def _kinds(kinds: Mapping[str, int]) -> str:
    """Return a fold of links that show one kind of page alone, and a link back, which stands there only then."""
    links = (_link(f"only-{at}", kind, figure(number)) for at, (kind, number) in enumerate(kinds.items()))
    one_kind, everything = escape_html(_("Show one kind only")), escape_html(_("Show everything again"))
    folded = f"<summary>{one_kind}</summary>\n<ul>\n{''.join(links)}</ul>\n"
    return f'<details class="kinds">{folded}</details>\n<p class="all"><a href="#main">{everything}</a></p>\n'
