"""A TOML text with some values set, and all else in it as the person wrote it.

tomlkit does the work and is imported here alone, by who writes: reading uses tomllib, which is there already.
"""

import tomllib
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tomlkit import TOMLDocument


class NotEditableError(ValueError):
    """A text that tomlkit cannot change into what was meant; carries no part of it."""


def with_values(text: str, values: Mapping[str, Any]) -> str:
    """Return TOML text with top-level keys set to `values`; None takes a key out.

    Comments, order, layout and every other key stay. A value that is a list of tables (`[[people]]`) is
    matched with the rows that are there by `name`: a row that stays keeps its comments and further keys.
    Raises NotEditableError when the result would not read back as the old values with these.
    """
    from tomlkit.exceptions import TOMLKitError

    windows = "\r\n" in text
    text = text.replace("\r\n", "\n")
    for name, value in values.items():
        wanted = _wanted(tomllib.loads(text), name, value)
        try:
            text = _with_value(text, name, value)
            read_back = tomllib.loads(text)
        except (TOMLKitError, tomllib.TOMLDecodeError):
            raise NotEditableError from None
        if read_back != wanted:
            raise NotEditableError
    return text.replace("\n", "\r\n") if windows else text


def _wanted(table: dict[str, Any], name: str, value: Any) -> dict[str, Any]:
    """Return what the text should read back as: the old table with the new value in it."""
    if value is None:
        return {other: kept for other, kept in table.items() if other != name}
    if not _is_rows(value):
        return table | {name: value}
    rows = _rows_by_name(table.get(name))
    merged = [dict(rows.pop(row["name"], {})) | row for row in value]
    without = {other: kept for other, kept in table.items() if other != name}
    return without | ({name: merged} if merged else {})


def _with_value(text: str, name: str, value: Any) -> str:
    import tomlkit
    from tomlkit.items import AoT, Table

    document = tomlkit.parse(text)
    if value is None:
        document.pop(name, None)
        return document.as_string()
    if _is_rows(value):
        _set_rows(document, name, value)
        return document.as_string()
    if isinstance(document.get(name), AoT | Table):
        del document[name]  # a plain value in its place would be read as part of the table above
    if name in document:
        document[name] = value
        return document.as_string()
    return _with_new_value(document, name, value)


def _with_new_value(document: "TOMLDocument", name: str, value: Any) -> str:
    """Add a plain value after those that are there.

    tomlkit would put it right above the first table, and so between that table and the comment that
    belongs to it.
    """
    import tomlkit
    from tomlkit.items import AoT, Table, Whitespace

    body = document.body
    first_table = len(body)
    after_values = 0
    for place, (key, item) in enumerate(body):
        if isinstance(item, AoT | Table):
            first_table = place
            break
        if key is not None:
            after_values = place + 1
        elif not after_values and isinstance(item, Whitespace):
            after_values = place + 1  # a comment with an empty line below it is about the whole file
    if first_table == len(body):
        after_values = len(body)
    text, head = document.as_string(), _as_text(body[:after_values])
    if not text.startswith(head):
        raise NotEditableError
    line_end = "" if head.endswith("\n") or not head else "\n"
    rest = text[len(head) :]
    gap = "\n" if rest and not rest.startswith("\n") else ""
    return head + line_end + tomlkit.dumps({name: value}) + gap + rest


def _as_text(body: Sequence[tuple[Any, Any]]) -> str:
    from tomlkit.container import Container

    part = Container(parsed=True)  # else it would move what is added to before empty lines
    for key, item in body:
        part.append(key, item)
    return part.as_string()


def _set_rows(document: "TOMLDocument", name: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Set a list of tables, in brackets where the person wrote it so, else as `[[name]]`."""
    import tomlkit
    from tomlkit.items import AoT, Array

    old: Any = document.get(name)
    if name in document and not (isinstance(old, AoT | Array) and rows):
        del document[name]
        old = []
    in_brackets = isinstance(old, Array)
    there = _rows_by_name(old)
    names = [row["name"] for row in rows]
    staying = [row_name for row_name in there if row_name in names]
    if staying and not in_brackets and staying == names[: len(staying)]:
        _drop_rows(old, [there[row_name] for row_name in staying])
        for row in rows[: len(staying)]:
            _update(there[row["name"]], row)
        for row in rows[len(staying) :]:
            old.append(_new_row(row))
        return
    # Another order, brackets, or nobody stays: a new list, of the old rows where there are any.
    new: Any = tomlkit.array().multiline(True) if in_brackets else tomlkit.aot()
    for row in rows:
        table = there.pop(row["name"], None)
        if table is None:
            table = _new_row(row, in_brackets=in_brackets)
        _update(table, row)
        new.append(table)
    if rows:
        document[name] = new


def _drop_rows(old: Any, staying: Sequence[Any]) -> None:
    """Delete the rows that do not stay, from the end: the places before stay what they are."""
    for place in reversed(range(len(old))):
        if not any(old[place] is row for row in staying):
            del old[place]


def _new_row(row: Mapping[str, Any], *, in_brackets: bool = False) -> Any:
    import tomlkit

    table: Any = tomlkit.inline_table() if in_brackets else tomlkit.table()
    if not in_brackets:
        table.trivia.indent = "\n"  # an empty line above each new row
    table.update(row)
    return table


def _update(table: Any, row: Mapping[str, Any]) -> None:
    """Set a row's keys; a new key goes below its last key, not below the comments after that.

    A comment at the end of a row is mostly about the next one.
    """
    body = table.value.body
    last = max(place for place, (key, _) in enumerate(body) if key is not None)
    comments = body[last + 1 :]
    del body[last + 1 :]
    for key, value in row.items():
        if table.get(key) != value:
            table[key] = value
    body.extend(comments)


def _is_rows(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(row, dict) and "name" in row for row in value)


def _rows_by_name(value: Any) -> dict[str, Any]:
    """Return the rows of a list of tables by their name; of two with one name, the first."""
    if not isinstance(value, list):
        return {}
    rows: dict[str, Any] = {}
    for row in value:
        if isinstance(row, dict) and isinstance(row.get("name"), str):
            rows.setdefault(str(row["name"]), row)
    return rows
