"""Pages as one self-contained HTML page: no script, no request, a style of its own, and every word escaped."""

import base64
import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib import resources
from itertools import takewhile
from typing import NamedTuple

from smartcli import NOTICE
from smartcli import blocks as b
from smartcli.language import _, figure, spoken
from smartcli.renderers.html_blocks import blocks_set, escape_html

_OPEN_CONTENTS = 40  # pages, up to which the contents of every section lie open


def document(title: str, pages: Iterable[b.Page]) -> Iterator[str]:
    """Yield, piece by piece, one HTML document of several pages.

    Pages of a `section` are gathered under it, in the order they come; then there are contents, and links that
    show one kind of page alone. Sheets before the first section stand above the contents. A single page is the whole
    document, under its own title.
    """
    pages = [*pages]
    kinds = Counter(page.title for page in pages)
    kind_numbers = {kind: number for number, kind in enumerate(kinds)}
    sections = _group_by_section(pages)
    alone = len(kinds) == 1 and not any(sections)
    filters = len(kinds) if 1 < len(kinds) < len(pages) else 0
    opens = takewhile(lambda page: page.sheet and not page.section, pages if any(sections) else ())
    front = len([*opens])
    yield _head(title, _style(filters))
    if alone:
        yield "<main>\n"
    else:
        skip = escape_html(_("Skip the contents"))
        yield f'<a class="skip" href="#main">{skip}</a>\n'
        yield "".join(f'<span class="only" id="only-{number}"></span>\n' for number in range(filters))
        opening = "".join(_page(page, number, 2, kind_numbers[page.title]) for number, page in enumerate(pages[:front]))
        yield f"<header>\n<h1>{escape_html(title)}</h1>\n{opening}</header>\n"
        yield _contents(pages, sections, kinds if filters else {})
        yield '<main id="main">\n'
    section = ""
    for number, page in enumerate(pages[front:], front):
        if page.section != section:
            section = page.section
            yield f'<h2 class="section" id="{sections[section].anchor}">{escape_html(section)}</h2>\n'
        level = 1 if alone else 3 if section else 2
        yield _page(page, number, level, kind_numbers[page.title])
    yield f"</main>\n<footer>\n<p>{escape_html(_(NOTICE))}</p>\n</footer>\n</body>\n</html>\n"


def _head(title: str, style: str) -> str:
    allowed = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{allowed}'; base-uri 'none'; form-action 'none'"
    return f"""<!doctype html>
<html lang="{escape_html(spoken())}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<title>{escape_html(title)}</title>
<style>{style}</style>
</head>
<body>
"""


@cache
def _sheet() -> str:
    return (resources.files("smartcli.renderers") / "html.css").read_text(encoding="utf-8")


def _style(filters: int) -> str:
    """Return the style sheet; each filter hides all other kinds of page while its anchor is the target."""
    shown = (
        f"#only-{number}:target ~ main > :not(.kind-{number}, .section) {{ display: none }}\n"
        f'#only-{number}:target ~ nav a[href="#only-{number}"] {{ font-weight: bold }}\n'
        for number in range(filters)
    )
    return _sheet() + "".join(shown)


class _Section(NamedTuple):
    """A section of the document: the id of its heading, and the numbers of its pages."""

    anchor: str
    pages: list[int]


def _group_by_section(pages: Sequence[b.Page]) -> dict[str, _Section]:
    """Return the sections by name, in the order they first come; there may be 100,000 pages."""
    sections: dict[str, _Section] = {}
    for number, page in enumerate(pages):
        if page.section not in sections:
            sections[page.section] = _Section(f"section-{len(sections)}", [])
        sections[page.section].pages.append(number)
    return sections


def _contents(pages: Sequence[b.Page], sections: Mapping[str, _Section], kinds: Mapping[str, int]) -> str:
    """Return the list of pages by section, and a link for each kind of page that shows it alone.

    `kinds` gives how many pages there are of each kind; it is empty where there are no such links.
    """
    label = escape_html(_("Contents"))
    parts = [f'<nav aria-label="{label}">\n']
    if kinds:
        everything = escape_html(_("Everything"))
        links = [f'<a href="#main">{everything}</a> {figure(len(pages))}']
        for at, (kind, number) in enumerate(kinds.items()):
            links.append(f'<a href="#only-{at}">{escape_html(kind)}</a> {figure(number)}')
        parts.append(f'<p class="kinds">{" · ".join(links)}</p>\n')
    lie_open = " open" if len(pages) <= _OPEN_CONTENTS else ""
    for name, section in sections.items():
        links = [
            f'<li><a href="#page-{number}">{escape_html(pages[number].title)}</a>{_beside(pages[number].about)}</li>\n'
            for number in section.pages
        ]
        listed = f"<ol>\n{''.join(links)}</ol>\n"
        summary = f'<summary>{escape_html(name)} <span class="about">{figure(len(links))}</span></summary>'
        to_start = escape_html(_("Go to the start of this part"))
        begin = "" if lie_open else f'<p><a href="#{section.anchor}">{to_start}</a></p>'
        parts.append(f"<details{lie_open}>{summary}\n{begin}{listed}</details>\n" if name else listed)
    return "".join([*parts, "</nav>\n"])


def _beside(about: str) -> str:
    return f' <span class="about">{escape_html(about)}</span>' if about else ""


def _page(page: b.Page, number: int, level: int, kind: int) -> str:
    sheet = " sheet" if page.sheet else ""
    about = f'<p class="about" dir="auto">{escape_html(page.about)}</p>\n' if page.about else ""
    body = "".join(blocks_set(page.blocks, level + 1))
    return (
        f'<article class="kind-{kind}{sheet}" id="page-{number}" aria-labelledby="title-{number}">\n'
        f'<h{level} class="title" id="title-{number}">{escape_html(page.title)}</h{level}>\n{about}{body}</article>\n'
    )
