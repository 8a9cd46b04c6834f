"""What is wrong in exercise files, and what could be plainer in them."""

from collections.abc import Sequence
from pathlib import Path

from smartcli.content.check import advice_on_file, advice_on_own, check_all, check_file
from smartcli.workbook.workbook import Workbook


def find_problems(workbook: Workbook, files: Sequence[Path]) -> list[str]:
    """Return every problem in these files, or without any in all exercises, as "file:line: sentence"."""
    if not files:
        return check_all(workbook.catalog)
    return [problem for file in files for problem in check_file(workbook.catalog, file)]


def find_advice(workbook: Workbook, files: Sequence[Path]) -> list[str]:
    """Return what could be plainer in these files, or without any in the person's own, as "file:line: sentence"."""
    if not files:
        return advice_on_own(workbook.catalog)
    return [line for file in files for line in advice_on_file(workbook.catalog, file)]
