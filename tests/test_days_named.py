"""Days, months and years as they are typed to go there in a list."""

from datetime import UTC, date, datetime

import pytest

from smartcli.moments import day_said, month_and_year
from smartcli.reading_times import NotAMomentError, days_from_words

AT = datetime(2026, 11, 26, 21, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("3 nov", "2026-11-03", "2026-11-03"),
        ("3 Nov 2025", "2025-11-03", "2025-11-03"),
        ("2025-11-03", "2025-11-03", "2025-11-03"),
        ("yesterday", "2026-11-25", "2026-11-25"),
        ("tomorrow", "2026-11-27", "2026-11-27"),
        ("2 years ago", "2024-11-26", "2024-11-26"),
        ("nov 2025", "2025-11-01", "2025-11-30"),
        ("November, 2025", "2025-11-01", "2025-11-30"),
        ("nov", "2026-11-01", "2026-11-30"),
        ("dec", "2025-12-01", "2025-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2025", "2025-01-01", "2025-12-31"),
        ("last year", "2025-01-01", "2025-12-31"),
        ("last month", "2026-10-01", "2026-10-31"),
        ("this month", "2026-11-01", "2026-11-30"),
    ],
)
def test_a_day_a_month_or_a_year(words: str, first: str, last: str) -> None:
    assert days_from_words(words, at=AT) == (date.fromisoformat(first), date.fromisoformat(last))
    assert days_from_words(f"  {words.upper()} ", at=AT) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize("words", ["", "sam", "ma", "9pm", "evening", "2024-13", "30 feb", "1850", "0", "x" * 10_000])
def test_anything_else_is_refused_in_one_sentence_that_does_not_repeat_it(words: str) -> None:
    with pytest.raises(NotAMomentError) as told:
        days_from_words(words, at=AT)
    assert len(words) < 3 or words not in str(told.value)


def test_days_and_months_are_read_as_they_are_shown() -> None:
    for day in (date(2026, 11, 3), date(2025, 2, 28), date(2024, 2, 29)):
        for long in (True, False):
            assert days_from_words(day_said(day, AT.date(), long=long), at=AT) == (day, day)
        first, last = days_from_words(month_and_year(day), at=AT)
        assert first <= day <= last
        assert (first.day, first.month, last.month) == (1, day.month, day.month)
