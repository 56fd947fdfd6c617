"""Which day a cell means. 03/04/2026 is a day in March or in April: the whole file decides, never one cell.

Decides nothing about which days make sense.
"""

import re
from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from domain.errors import RuleError


class DayOrder(StrEnum):
    """In which order numbers stand in a date."""

    DAY_FIRST = "day first"
    MONTH_FIRST = "month first"


_ISO = re.compile(r"(\d{4})[-/.]?(\d{2})[-/.]?(\d{2})(?:[T ].*)?")
_NUMBERS = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})(?:[T ,].*)?")
_DAY_NAME = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?\.?[ -]([a-z]{3,9})\.?,?[ -](\d{4}|\d{2})")
_NAME_DAY = re.compile(r"([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def evidence(cell: str) -> DayOrder | None:
    """What this cell alone proves about the order of numbers in its file."""
    found = _NUMBERS.fullmatch(cell.strip())
    if found is None:
        return None
    first, second = int(found[1]), int(found[3])
    if found[2] == "." or first > 12:
        return DayOrder.DAY_FIRST  # with dots nobody writes the month first
    return DayOrder.MONTH_FIRST if second > 12 else None


def order_of(seen: Iterable[DayOrder | None]) -> DayOrder | None:
    """The order of a file from what its cells prove; None when nothing does, or they contradict one another."""
    proofs = {proof for proof in seen if proof is not None}
    return proofs.pop() if len(proofs) == 1 else None


def read_day(cell: str, order: DayOrder | None) -> date:
    """The day that a cell means. Raises RuleError when it means none, or two."""
    text = cell.strip()
    try:
        if found := _ISO.fullmatch(text):
            return date(int(found[1]), int(found[2]), int(found[3]))
        if found := _NUMBERS.fullmatch(text):
            return _from_numbers(found, text, order)
        if found := _DAY_NAME.fullmatch(text.casefold()):
            return date(_year(found[3]), _month(found[2]), int(found[1]))
        if found := _NAME_DAY.fullmatch(text.casefold()):
            return date(_year(found[3]), _month(found[1]), int(found[2]))
    except ValueError:
        pass
    raise RuleError("isn't a day; write it as 2026-05-31")


def _from_numbers(found: re.Match[str], text: str, order: DayOrder | None) -> date:
    first, second, year = int(found[1]), int(found[3]), _year(found[4])
    own = evidence(text)
    if own is None and order is None and first != second:
        raise RuleError("could be two days, and nothing in this file says which number is the month; write 2026-05-31")
    day, month = (second, first) if (own or order) is DayOrder.MONTH_FIRST else (first, second)
    return date(year, month, day)


def _year(digits: str) -> int:
    return int(digits) + (2000 if len(digits) == 2 else 0)


def _month(name: str) -> int:
    return _MONTHS.index(name[:3]) + 1
