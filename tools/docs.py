"""The parts of the documents that come from the code. `python -m tools.docs` writes them anew."""

import dataclasses
import re
from pathlib import Path

from smartcli.asking import Option
from smartcli.content.danger import Danger, Spelling
from smartcli.content.exercise import Exercise, Show
from smartcli.content.helplines import Country, Finder, Line, Meetings
from smartcli.content.offers import AnswerCondition, Offer
from smartcli.content.path import FirstWeeks, Instead, PathStep
from smartcli.content.plan import PlanSection
from smartcli.declared_settings import described, setting_names
from smartcli.fields import KINDS, Field
from smartcli.fields.base import FAMILIES, Condition, Recall, Refusal
from smartcli.fields.measures import MEASURES, Measure
from smartcli.fields.practice import Pace, Step
from smartcli.pages.settings import default_in_words
from smartcli.schema.keys import keys_of, required

ROOT = Path(__file__).parent.parent
GUIDE = ROOT / "exercises" / "README.md"
README = ROOT / "README.md"
_DIRECTORY = {"[[country]]": Country, "[[line]]": Line, "[meetings]": Meetings, "[[meetings.finder]]": Finder}


def table(head: list[str], rows: list[list[str]]) -> str:
    """Return a Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


def keys(cls: type, *, but: type | None = None) -> str:
    """Return the keys of a class as a table, without those it shares with `but`."""
    shared = keys_of(but) if but else {}
    rows = []
    for name, item in keys_of(cls).items():
        if name in shared and name != "own":
            continue
        kind, about, _ = item.metadata["key"]
        default = "**needed**" if required(item) else _default(item)
        rows.append([f"`{name}`", kind.name if len(kind.name) < 60 else "one of those below", default, about])
    return table(["key", "type", "without it", "what it is for"], rows)


def _default(item: "dataclasses.Field[object]") -> str:
    value = item.default
    if value in ("", (), None) or isinstance(value, Show):
        return ""
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"


def parts() -> dict[str, str]:
    """Return every generated part of the guide by its name."""
    return {
        "exercise": keys(Exercise),
        "kinds": table(["kind", "what it asks"], [[f"`{name}`", kind.about] for name, kind in KINDS.items()]),
        "shared": keys(Field),
        "own": "\n\n".join(
            f"**{name}**\n\n{keys(kind, but=Field)}"
            for name, kind in KINDS.items()
            if set(keys_of(kind)) - set(keys_of(Field))
        ),
        "condition": keys(Condition),
        "refusal": keys(Refusal),
        "recall": keys(Recall),
        "option": keys(Option),
        "practice": f"A step:\n\n{keys(Step)}\n\nA pace:\n\n{keys(Pace)}",
        "show": keys(Show),
        "measures": table(
            ["measure", "what it means", "kinds", "range"],
            [
                [
                    f"`{name}`",
                    one.about,
                    ", ".join(one.kinds),
                    range_of(one),
                ]
                for name, one in MEASURES.items()
            ],
        ),
        "plan": keys(PlanSection),
        "offers": keys(Offer),
        "newest": keys(AnswerCondition),
        "path": f"{keys(FirstWeeks)}\n\n**[[step]]**\n\n{keys(PathStep)}\n\n`instead`:\n\n{keys(Instead)}",
        "helplines": "\n\n".join(f"**{name}**\n\n{keys(kind)}" for name, kind in _DIRECTORY.items()),
        "danger": f"{keys(Danger)}\n\nA spelling:\n\n{keys(Spelling)}",
        "families": ", ".join(f"`{family}`" for family in FAMILIES),
    }


def readme_parts() -> dict[str, str]:
    """Return every generated part of README.md by its name."""
    return {"settings": settings()}


def settings() -> str:
    """Return the settings as a table."""
    rows = []
    for name in setting_names():
        said = described(name)
        rows.append([f"`{name}`", said["about"], said["takes"], default_in_words(name)])
    return table(["key", "what it means", "what it can be", "without it"], rows)


def range_of(measure: Measure) -> str:
    """Return the range of a measure's numbers in words; empty where it has none."""
    if measure.low is None:
        return ""
    return f"{measure.low:g} or more" if measure.high is None else f"{measure.low:g} to {measure.high:g}"


def filled(text: str, generated: dict[str, str] | None = None) -> str:
    """Return a document, without `generated` the guide, with every generated part as the code has it."""
    for name, part in (generated or parts()).items():
        pattern = re.compile(rf"(<!-- {name} -->\n).*?(\n?<!-- /{name} -->)", re.DOTALL)
        assert pattern.search(text), f"no place for {name}"
        text = pattern.sub(lambda found, part=part: found[1] + "\n" + part + "\n" + found[2], text)  # type: ignore[misc]
    return text


if __name__ == "__main__":
    GUIDE.write_text(filled(GUIDE.read_text(encoding="utf-8")), encoding="utf-8")
    README.write_text(filled(README.read_text(encoding="utf-8"), readme_parts()), encoding="utf-8")
