"""Pages as one self-contained HTML page: no script, no request, a style of its own, and every word escaped."""

import base64
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib import resources

from smartcli import NOTICE
from smartcli import blocks as b
from smartcli.renderers.html_blocks import blocks_set, escape_html

_OPEN_CONTENTS = 40  # pages, up to which the contents of every section lie open


def document(title: str, pages: Iterable[b.Page]) -> Iterator[str]:
    """Yield, piece by piece, one HTML document of several pages.

    Pages of a `section` are gathered under it, in the order they come; then there are contents, and links that
    show one kind of page alone. A single page is the whole document, under its own title.
    """
    pages = [*pages]
    alone = len({page.title for page in pages}) == 1 and not any(page.section for page in pages)
    kinds = [*dict.fromkeys(page.title for page in pages)]
    filters = len(kinds) if 1 < len(kinds) < len(pages) else 0
    yield _head(title, _style(filters))
    if alone:
        yield "<main>\n"
    else:
        yield '<a class="skip" href="#main">Skip the contents</a>\n'
        yield "".join(f'<span class="only" id="only-{number}"></span>\n' for number in range(filters))
        yield f"<header>\n<h1>{escape_html(title)}</h1>\n</header>\n"
        yield _contents(pages, kinds if filters else [])
        yield '<main id="main">\n'
    section = ""
    for number, page in enumerate(pages):
        if page.section != section:
            section = page.section
            yield f'<h2 class="section" id="{_anchor(pages, section)}">{escape_html(section)}</h2>\n'
        level = 1 if alone else 3 if section else 2
        yield _page(page, number, level, kinds.index(page.title))
    yield f"</main>\n<footer>\n<p>{escape_html(NOTICE)}</p>\n</footer>\n</body>\n</html>\n"


def _head(title: str, style: str) -> str:
    allowed = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{allowed}'; base-uri 'none'; form-action 'none'"
    return f"""<!doctype html>
<html lang="en-GB">
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


def _anchor(pages: Sequence[b.Page], section: str) -> str:
    return f"section-{[*dict.fromkeys(page.section for page in pages)].index(section)}"


def _contents(pages: Sequence[b.Page], kinds: Sequence[str]) -> str:
    """Return the list of pages by section, and a link for each kind of page that shows it alone."""
    parts = ['<nav aria-label="Contents">\n']
    if kinds:
        titles = [page.title for page in pages]
        links = [f'<a href="#only-{at}">{escape_html(kind)}</a> {titles.count(kind)}' for at, kind in enumerate(kinds)]
        parts.append(f'<p class="kinds"><a href="#main">Everything</a> {len(pages)} · {" · ".join(links)}</p>\n')
    lie_open = " open" if len(pages) <= _OPEN_CONTENTS else ""
    for section in dict.fromkeys(page.section for page in pages):
        links = [
            f'<li><a href="#page-{number}">{escape_html(page.title)}</a>{_beside(page.about)}</li>\n'
            for number, page in enumerate(pages)
            if page.section == section
        ]
        listed = f"<ol>\n{''.join(links)}</ol>\n"
        name = f'<summary>{escape_html(section)} <span class="about">{len(links)}</span></summary>'
        begin = f'<p><a href="#{_anchor(pages, section)}">From its beginning</a></p>' if not lie_open else ""
        parts.append(f"<details{lie_open}>{name}\n{begin}{listed}</details>\n" if section else listed)
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
