"""What may be written down as given, and how much in a year."""

from datetime import date

import pytest

from domain.errors import RuleError
from domain.gifts import Typed, check, check_cap

TODAY = date(2026, 9, 1)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (Typed("A  book ", None, "25"), ("A book", TODAY, 2500)),
        (Typed("A note", date(2026, 8, 1), " "), ("A note", date(2026, 8, 1), None)),
        (Typed("Wine", TODAY, "1.234,50"), ("Wine", TODAY, 123450)),
        (Typed("Wine", TODAY, "EUR 12.5"), ("Wine", TODAY, 1250)),
        (Typed("A pass", date(2025, 8, 31), "€20"), ("A pass", date(2025, 8, 31), 2000)),
    ],
)
def test_what_is_kept(typed: Typed, expected: tuple[str, date, int | None]) -> None:
    assert check(typed, TODAY, "EUR") == expected


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        (Typed(" ", TODAY, "25"), "what", "what they got"),
        (Typed("x" * 201, TODAY, "25"), "what", "At most 200"),
        (Typed("A book", date(2026, 9, 2), "25"), "on", "today or a day"),
        (Typed("A book", date(2025, 8, 30), "25"), "on", "today or a day"),
        (Typed("A book", TODAY, "USD 25"), "amount", "write it in EUR"),
        (Typed("A book", TODAY, "-25"), "amount", "greater than zero"),
        (Typed("A book", TODAY, "some"), "amount", "Please write an amount"),
    ],
)
def test_what_is_refused_at_its_field(typed: Typed, field: str, words: str) -> None:
    with pytest.raises(RuleError, match=words) as refusal:
        check(typed, TODAY, "EUR")
    assert list(refusal.value.fields) == [field]


@pytest.mark.parametrize(
    ("hundredths", "given", "cap", "left"),
    [
        (None, 99_999, 0, None),  # a thank-you note is always possible
        (100, 0, 1, None),
        (5_000, 15_000, 200, None),
        (5_001, 15_000, 200, "EUR 50 are left"),
        (1, 0, 0, "EUR 0 are left"),
        (1, 30_000, 200, "EUR 0 are left"),  # the cap was lowered since
    ],
)
def test_the_cap_of_the_year(hundredths: int | None, given: int, cap: int, left: str | None) -> None:
    if left is None:
        check_cap(hundredths, 2026, given, cap, "EUR")
        return
    with pytest.raises(RuleError, match=left) as refusal:
        check_cap(hundredths, 2026, given, cap, "EUR")
    assert list(refusal.value.fields) == ["amount"]
