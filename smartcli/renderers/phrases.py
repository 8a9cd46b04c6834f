"""What several renderers say in the same words, beside what a page says itself."""

from smartcli import blocks as b
from smartcli.language import _, figure
from smartcli.words import enumerated


def range_said(low: float, high: float) -> str:
    """Return the ends of a scale: "0 to 10"."""
    return _("{low} to {high}", low=low, high=high)


def before_said(value: float) -> str:
    """Return the value that another one is compared with."""
    return _("before: {number}", number=value)


def of_said(value: float, high: float, before: float | None = None) -> str:
    """Return a value on a scale from 0: "7 of 10", and what it was before."""
    if before is None:
        return _("{part} of {all}", part=value, all=high)
    return _("{part} of {all}, before: {before}", part=value, all=high, before=before)


def meter_said(value: float, low: float, high: float, before: float | None = None) -> str:
    """Return a value on a scale, and what it was before: "7 of 10", "3, on a scale from 1 to 5"."""
    if low == 0:
        return of_said(value, high, before)
    if before is None:
        return _("{number}, on a scale from {low} to {high}", number=value, low=low, high=high)
    return _(
        "{number}, on a scale from {low} to {high}, before: {before}", number=value, low=low, high=high, before=before
    )


def named_said(name: str, value: str) -> str:
    """Return a value after its name, which may be a question: "Mood: 7 of 10", "What helped? A walk"."""
    if not name or name.endswith(("?", ".", ":")):
        return f"{name} {value}".strip()
    return _("{name}: {value}", name=name, value=value).rstrip()


def comparison_said(names: tuple[str, str]) -> str:
    """Return a sentence that names the two copies of a comparison."""
    return _("From {earlier} to {later}.", earlier=names[0], later=names[1])


def wheel_table(wheel: b.Wheel) -> b.Table:
    """Return what a wheel shows as a table: each part with its value, and the one before where one is known."""
    compared = any(before is not None for _name, _value, before in wheel.spokes)
    head = [_("Part"), _("Now, of {high}", high=wheel.high)]
    rows = [[name, figure(value)] for name, value, _before in wheel.spokes]
    if compared:
        head.append(_("Before"))
        for row, (_name, _value, before) in zip(rows, wheel.spokes, strict=True):
            row.append("–" if before is None else figure(before))
    return b.Table(head, rows)


def records_head() -> list[str]:
    """Return the head of a table of entries."""
    return [_("Time"), _("What"), _("About"), _("In short")]


def marks_said(item: b.Item) -> str:
    """Return the marks of an item: "short-term, done"; "" where there are none."""
    return enumerated(item.marks)
