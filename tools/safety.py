"""exercises/SAFETY.md brought up to date: each quotation as its text stands now, what it was before beside it.

`python -m tools.safety` rewrites the quotations. A text that changed keeps its old words under "Was:" and its
mark goes back to "needed", with an empty line for a name and a date. It adds no text and removes none.
"""

import re
import tomllib
from pathlib import Path

FOLDER = Path(__file__).parent.parent / "exercises"
FILE = FOLDER / "SAFETY.md"
SECTION = re.compile(
    r"^### `(?P<file>(?:\w+/)?[\w-]+\.toml)` · `(?P<name>[\w-]+)`(?: · `(?P<key>\w+)`)?\n\n(?P<quote>(?:>[^\n]*\n)+)"
    r"(?P<about>.*?)(?=^##|\Z)",
    re.MULTILINE | re.DOTALL,
)
UNSIGNED = "- Clinician's review: **needed** (name, role and date: ________)"


def text_of(file: str, name: str, key: str | None) -> str:
    """Return a text as it stands in its file: `key` (or `ask`) of a field or a section, or a key of the file's own."""
    table = tomllib.loads((FOLDER / file).read_text(encoding="utf-8"))
    named = {part["id"]: part for part in table.get("field") or table["section"]}
    return str(named[name][key or "ask"] if name in named else table[name])


def quoted(text: str) -> str:
    """Return a text as a Markdown quotation."""
    return "".join(f"> {line}".rstrip() + "\n" for line in text.split("\n"))


def updated(section: re.Match[str]) -> str:
    """Return a section with its quotation as the text stands now."""
    text = quoted(text_of(section["file"], section["name"], section["key"]))
    about = re.sub(r"- Clinician's review: \*\*needed\*\*[^\n]*", UNSIGNED, section["about"])
    head = section[0].split("\n")[0]
    if text != section["quote"]:
        before = [line.removeprefix(">").strip() for line in section["quote"].strip().split("\n")]
        was = "- Was: " + " / ".join(line for line in before if line)
        if "\n- Was: " not in about:  # the words it had before this change; earlier ones are in the history
            about = about.replace("\n- ", f"\n{was}\n- ", 1)
    return f"{head}\n\n{text}{about}"


def main() -> None:
    """Bring the file up to date."""
    before = FILE.read_text(encoding="utf-8")
    after = SECTION.sub(updated, before)
    FILE.write_text(after, encoding="utf-8")
    print(f"{sum(1 for _ in SECTION.finditer(after))} texts quoted")


if __name__ == "__main__":
    main()
