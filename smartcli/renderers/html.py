"""Pages as one self-contained HTML page: no script, no request, a style of its own, and every word escaped."""

import base64
import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib import resources
from itertools import islice, takewhile

from smartcli import blocks as b
from smartcli.language import _, spoken
from smartcli.notice import NOTICE
from smartcli.renderers.html_blocks import blocks_set
from smartcli.renderers.html_contents import contents, group_by_section, open_section, span_and_number
from smartcli.renderers.html_markup import escape_html, is_short, keep_together

_RIGHT_TO_LEFT = ("ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi")  # languages a page of ours may be in


def document(title: str, pages: Iterable[b.Page], headings: Sequence[b.Page] | None = None) -> Iterator[str]:
    """Yield, piece by piece, one HTML document of several pages.

    Pages of a `section` are gathered under it, in the order they come; then there are contents, and links that
    show one kind of page alone. Sheets before the first section stand above the contents. A single page is the whole
    document, under its own title. `headings` are the same pages without what stands on them: with these, pages are
    gone through once and need not be kept.
    """
    if headings is None:
        headings = pages = [*pages]
    kinds = Counter(page.title for page in headings)
    kind_numbers = {kind: number for number, kind in enumerate(kinds)}
    sections = group_by_section(headings)
    alone = len(kinds) == 1 and not any(sections)
    filters = len(kinds) if 1 < len(kinds) < len(headings) else 0
    opens = takewhile(lambda page: page.sheet and not page.section, headings if any(sections) else ())
    front = len([*opens])
    numbered = enumerate(pages)

    def article(page: b.Page, number: int, level: int) -> tuple[str, bool]:
        # A page that has no heading is of an entry that another program changed since.
        return _article(page, number, level, kind_numbers.setdefault(page.title, len(kind_numbers)))

    yield _head(title, _style(filters))
    if alone:
        yield "<main>\n"
    else:
        skip = escape_html(_("Skip the contents"))
        yield f'<a class="skip" href="#main">{skip}</a>\n'
        yield "".join(f'<span class="only" id="only-{number}"></span>\n' for number in range(filters))
        opening = "".join(article(page, number, 2)[0] for number, page in islice(numbered, front))
        about = "" if opening else _about(span_and_number(headings))
        yield f'<header>\n<h1 dir="auto">{escape_html(title)}</h1>\n{about}{opening}</header>\n'
        if headings:
            yield from contents(headings, sections, kinds if filters else {})
        yield '<main id="main">\n'
    if not headings:
        nothing = escape_html(_("There is nothing in this document."))
        yield f'<p class="quiet">{nothing}</p>\n'
    section = ""
    for number, page in numbered:
        heading = ""
        if page.section != section:
            section = page.section
            anchor = open_section(sections, section).anchor
            heading = _section_heading(section, anchor, first=page) if section else ""
        markup, short = article(page, number, 1 if alone else 3 if section else 2)
        yield keep_together(heading, markup) if short else heading + markup
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
