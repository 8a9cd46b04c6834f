"""Pages as one self-contained HTML page: no script, no request, a style of its own, and every word escaped."""

import base64
import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import resources
from itertools import takewhile

from smartcli import blocks as b
from smartcli.language import _, spoken
from smartcli.notice import NOTICE
from smartcli.renderers.html_blocks import blocks_set
from smartcli.renderers.html_contents import contents, group_by_section, span_and_number
from smartcli.renderers.html_markup import escape_html, is_short, keep_together

_RIGHT_TO_LEFT = ("ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi")  # languages a page of ours may be in


def document(title: str, pages: Iterable[b.Page]) -> Iterator[str]:
    """Yield, piece by piece, one HTML document of several pages.

    Pages of a `section` are gathered under it, in the order they come; then there are contents, and links that
    show one kind of page alone. Sheets before the first section stand above the contents. A single page is the whole
    document, under its own title.
    """
    pages = [*pages]
    kinds = Counter(page.title for page in pages)
    kind_numbers = {kind: number for number, kind in enumerate(kinds)}
    sections = group_by_section(pages)
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
        opening = "".join(
            _article(page, number, 2, kind_numbers[page.title])[0] for number, page in enumerate(pages[:front])
        )
        about = "" if opening else _about(span_and_number(pages))
        yield f'<header>\n<h1 dir="auto">{escape_html(title)}</h1>\n{about}{opening}</header>\n'
        yield contents(pages, sections, kinds if filters else {}) if pages else ""
        yield '<main id="main">\n'
    if not pages:
        nothing = escape_html(_("There is nothing in this document."))
        yield f'<p class="quiet">{nothing}</p>\n'
    section = ""
    for number, page in enumerate(pages[front:], front):
        heading = ""
        if page.section != section:
            section = page.section
            heading = _section_heading(section, sections[section].anchor, first=page) if section else ""
        level = 1 if alone else 3 if section else 2
        article, short = _article(page, number, level, kind_numbers[page.title])
        yield keep_together(heading, article) if short else heading + article
    yield f"</main>\n<footer>\n<p>{escape_html(_(NOTICE))}</p>\n</footer>\n</body>\n</html>\n"


def _head(title: str, style: str) -> str:
    allowed = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{allowed}'; base-uri 'none'; form-action 'none'"
    language = spoken()
    direction = "rtl" if language.split("-")[0] in _RIGHT_TO_LEFT else "ltr"
    return f"""<!doctype html>
<html lang="{escape_html(language)}" dir="{direction}">
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
def style_sheet() -> str:
    """Return the style sheet that every document has, as it is in html.css."""
    return (resources.files("smartcli.renderers") / "html.css").read_text(encoding="utf-8")


def _style(filters: int) -> str:
    """Return the style sheet; each filter hides all other kinds of page while its anchor is the target."""
    shown = (
        f"#only-{number}:target ~ * article:not(.kind-{number}) {{ display: none }}\n"
        f'#only-{number}:target ~ nav a[href="#only-{number}"] {{ font-weight: bold }}\n'
        for number in range(filters)
    )
    return style_sheet() + "".join(shown)


def _about(words: str) -> str:
    return f'<p class="about" dir="auto">{escape_html(words)}</p>\n' if words else ""


def _section_heading(name: str, anchor: str, first: b.Page) -> str:
    """Return a section's heading; where its first page is a sheet, the heading begins on that paper."""
    sheet = " sheet" if first.sheet else ""
    return f'<h2 class="section{sheet}" id="{anchor}" dir="auto">{escape_html(name)}</h2>\n'


def _article(page: b.Page, number: int, level: int, kind: int) -> tuple[str, bool]:
    """Return a page, and whether it is so short that it is not divided on paper."""
    title = f'<h{level} class="title" id="title-{number}" dir="auto">{escape_html(page.title)}</h{level}>\n'
    body = "".join(blocks_set(page.blocks, level + 1, title + _about(page.about)))
    short = is_short(body)
    looks = f"kind-{kind}{' sheet' if page.sheet else ''}{' short' if short else ''}"
    return f'<article class="{looks}" id="page-{number}" aria-labelledby="title-{number}">\n{body}</article>\n', short
