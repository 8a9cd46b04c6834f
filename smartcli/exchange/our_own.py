"""What smartcli itself wrote for people to read: known on import, where it is refused with the way back.

Only the json export and a backup hold everything. Pages, notes and tables leave out what a reader has no use for
(versions, times, the questions as they were asked), so an import of them would quietly be another journal. A file is
known by several signs together, of this version and of earlier ones: a person's own diary may look alike in one.
"""

import re
from pathlib import Path

from smartcli.exchange.imported import refused
from smartcli.exchange.opening import Opened, open_file
from smartcli.language import N_, _
from smartcli.trouble import Trouble
from smartcli.words import sentences

MARKDOWN, VAULT, HTML, TABLES, CALENDAR, LIST = "md", "vault", "html", "csv", "ics", "list"
BACKUP, HOME = "backup", "journal"

_SENTENCES = {
    MARKDOWN: N_("smartcli wrote this Markdown page for you to read. Parts of your entries are not in it."),
    VAULT: N_("smartcli wrote these notes (a vault) for you to read. Parts of your entries are not in them."),
    HTML: N_("smartcli wrote this html page for you to read. Parts of your entries are not in it."),
    TABLES: N_("smartcli wrote these tables (csv). Parts of your entries are not in them."),
    CALENDAR: N_("smartcli wrote this calendar (ics). Only some of your plans are in it."),
    LIST: N_("smartcli wrote this list for other programs. Your answers are not in it."),
}
_WAY_BACK = N_(
    "To take a journal to another place, type `smartcli backup`, and there `smartcli backup --restore FILE`. "
    "Or type `smartcli export --as json`, and there `smartcli import FILE`."
)

_PAGE_MARK = re.compile(r"<!-- smartcli \d+ -->\n")  # what our Markdown begins with
_NOTE_MARK = re.compile(r"---\nsmartcli: \d+\n")  # and a note of a vault

# Before there were marks: what version 0.1.0 wrote.
_ID = r"[a-z2-7]{13}"
_DAY = r"\d{4}-\d\d-\d\d"
_FRONT_MATTER = re.compile(r"---\n(?P<keys>(?:[^\n]*\n){1,400}?)---\n")
_NOTE_KEYS = (
    re.compile(rf'^id: "?{_ID}"?$', re.MULTILINE),
    re.compile(r"^exercise: ", re.MULTILINE),
    re.compile(rf'^when: "?{_DAY}T', re.MULTILINE),
    re.compile(rf'^day: "?{_DAY}"?$', re.MULTILINE),
)
_INDEX_KEYS = re.compile(r"(?:day|exercise): [^\n]+\n(?:[^\n]+\n)*")
_ENTRY_NOTE = re.compile(rf"{_DAY}-[^/\n]+-{_ID}\.md")
_LINK_TO_NOTE = re.compile(rf"\(\.\./entries/{_ENTRY_NOTE.pattern}\)")
_CONTENTS = re.compile(r"# [^\n]+\n\n## [^\n]+\n\n(?:- \[[^\n]+\]\(#[^\n]+\), [\d.,\s]+\n)+")
_PAGE_HEADING = re.compile(r"^### [^\n]+ · [^\n]+$", re.MULTILINE)
_NOTICE = re.compile(r"SMART Recovery®")  # it stands in our notice, whatever its language
_NOTICE_AT_END = re.compile(r"\n---\n\n[^\n]*SMART Recovery\. SMART Recovery® [^\n]*\s*\Z")
_TABLE_HEADS = (
    re.compile(r'"id","(?:when|row)","day",(?:"[a-z_]+",)*"behaviour"'),
    re.compile(r'"file","exercise","column","question",'),
)
_BACKUP_AT_END = re.compile(rb"smartcli backup \d{4}\n\Z")


def refuse_our_own(opened: Opened) -> None:
    """Raise Trouble when a file is one that smartcli wrote and that does not hold everything."""
    kind = kind_of_ours(opened)
    if kind:
        raise trouble_with(kind)


def refuse_our_folder(path: Path) -> None:
    """Raise Trouble when a folder is a vault or a folder of tables that smartcli wrote, or a journal itself."""
    if (path / "journal.json").is_file() and (path / "entries").is_dir():
        raise trouble_with(HOME)
    if any(_ENTRY_NOTE.fullmatch(name) for name in _list_names(path / "entries")):
        raise trouble_with(VAULT)
    table = path / "entries.csv"
    if table.is_file():
        with open_file(table) as opened:
            refuse_our_own(opened)


def kind_of_ours(opened: Opened) -> str:
    """Return which of our own writings a file is, BACKUP among them; "" for anything else."""
    if opened.zipped():
        return BACKUP if _BACKUP_AT_END.search(opened.last_bytes()) else ""
    if not opened.is_text():
        return ""
    begins = opened.beginning().lstrip("\ufeff\n ")
    if begins.startswith("BEGIN:VCALENDAR"):
        return CALENDAR if re.search(r"^PRODID:.*smartcli", begins, re.MULTILINE | re.IGNORECASE) else ""
    if begins[:9].lower() == "<!doctype":
        return HTML if "default-src 'none'" in begins and _NOTICE.search(_end_of(opened)) else ""
    if begins.startswith('"'):
        return TABLES if any(head.match(begins) for head in _TABLE_HEADS) else ""
    if begins.startswith("---\n"):
        return VAULT if _NOTE_MARK.match(begins) or _is_note(begins) else ""
    if _PAGE_MARK.match(begins):
        return MARKDOWN
    if begins.startswith("# "):  # before there was a mark
        by_contents = _CONTENTS.match(begins) and _PAGE_HEADING.search(begins)
        return MARKDOWN if by_contents or _NOTICE_AT_END.search(_end_of(opened)) else ""
    return ""


def is_row_of_ours(value: object) -> bool:
    """Return whether a JSON value is a row of `review --json` or `search --json`: an entry without its answers."""
    return (
        isinstance(value, dict) and {"revision", "exercise", "summary", "saved"} <= set(value) and "fields" not in value
    )


def trouble_with(kind: str) -> Trouble:
    """Return the trouble with a file or folder that smartcli wrote: what it is, and the way back."""
    if kind == BACKUP:
        return refused(
            _("This is a backup that smartcli made."),
            _("`smartcli backup --restore FILE` brings everything in it back."),
        )
    if kind == HOME:
        return refused(
            _("This is the folder in which smartcli keeps a journal."),
            _("Make a backup where it is used: `smartcli backup`. `smartcli backup --restore FILE` takes it in here."),
        )
    way_back = _(_WAY_BACK)
    if kind == VAULT:
        way_back = sentences(
            way_back, _("Notes of your own that lie among them come in if you name those files alone.")
        )
    return refused(_(_SENTENCES[kind]), way_back)


def _end_of(opened: Opened) -> str:
    return opened.last_bytes().decode("utf-8", "replace")


def _is_note(begins: str) -> bool:
    """Return whether a text is a note of a vault: of an entry, or one that lists the entries of a day or exercise."""
    front = _FRONT_MATTER.match(begins)
    if front is None:
        return False
    of_entry = all(key.search(front["keys"]) for key in _NOTE_KEYS)
    lists = _INDEX_KEYS.fullmatch(front["keys"]) and _LINK_TO_NOTE.search(begins)
    return bool(of_entry or lists)


def _list_names(folder: Path) -> list[str]:
    """Return the names in a folder; none where it cannot be read."""
    try:
        return [path.name for path in folder.iterdir()]
    except OSError:
        return []
