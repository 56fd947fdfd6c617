"""Which day a cell means. 03/04/2026 is a day in March or in April: the whole file decides, or whoever imports it.

Decides nothing about which days make sense.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from domain.errors import RuleError


class DayOrder(StrEnum):
    """In which order numbers stand in a date; the value is the word on the command line."""

    DAY_FIRST = "day-first"
    MONTH_FIRST = "month-first"
    ISO = "iso"


CELLS_KEPT = 4096
"""Cells that need no second look: ten years have fewer days."""

_PARTS: Mapping[DayOrder, tuple[str, str, str]] = {
    DayOrder.DAY_FIRST: ("day", "month", "year"),
    DayOrder.MONTH_FIRST: ("month", "day", "year"),
    DayOrder.ISO: ("year", "month", "day"),
}
_ISO = re.compile(r"(\d{4})(?:([-/.])(\d{1,2})\2(\d{1,2})|(\d{2})(\d{2}))(?:[T ].*)?")
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


@dataclass(frozen=True, slots=True)
class DaysRead:
    """In which order a file's days are read, None where that is open, and the sentence that says so."""

    order: DayOrder | None
    sentence: str = ""


NO_DAYS = DaysRead(None)
"""A file in which nothing looks like a day."""


@dataclass(slots=True)
class Days:
    """What the days of one file look like: the first cell that proves each order, and the first that could be two."""

    proofs: dict[DayOrder, str] = field(default_factory=dict)
    unclear: str | None = None
    _seen: set[str] = field(default_factory=set)

    def look(self, cell: str) -> None:
        """Take one more cell into account."""
        if cell in self._seen:
            return
        if len(self._seen) < CELLS_KEPT:
            self._seen.add(cell)
        text = cell.strip()
        if _ISO.fullmatch(text):
            self.proofs.setdefault(DayOrder.ISO, _day_alone(text))
        elif proof := evidence(text):
            self.proofs.setdefault(proof, _day_alone(text))
        elif self.unclear is None and (found := _NUMBERS.fullmatch(text)) and int(found[1]) != int(found[3]):
            self.unclear = _day_alone(text)

    def read(self, told: DayOrder | None = None) -> DaysRead:
        """How the file is read. `told` is what whoever imports it says; RuleError when the file contradicts that."""
        if told is not None:
            self._check(told)
            return DaysRead(told, _confirmed(told, self.proofs.get(told) or self.unclear, ", as --dates says"))
        numbers = self.proofs.keys() - {DayOrder.ISO}
        if len(numbers) == 1:
            [order] = numbers
            return DaysRead(order, _confirmed(order, self.proofs[order]))
        if len(numbers) > 1:
            return DaysRead(None, self._mixed() + (f" {_ask(self.unclear)}" if self.unclear else ""))
        if self.unclear:
            return DaysRead(None, f"Nothing in this file says which number is the month. {_ask(self.unclear)}")
        iso = self.proofs.get(DayOrder.ISO)
        return DaysRead(DayOrder.ISO if iso else None, _confirmed(DayOrder.ISO, iso))

    def _mixed(self) -> str:
        day, month = self.proofs[DayOrder.DAY_FIRST], self.proofs[DayOrder.MONTH_FIRST]
        return f"Some dates of this file have the day first ({day}) and some the month ({month})."

    def _check(self, told: DayOrder) -> None:
        others = [cell for order, cell in self.proofs.items() if order not in {told, DayOrder.ISO}]
        if told is DayOrder.ISO and self.unclear:
            others.append(self.unclear)
        if others:
            raise RuleError(f"--dates says {told.value}, but {others[0]} is written in another order.")


def _day_alone(text: str) -> str:
    """Without a time behind it."""
    return re.split("[T ,]", text, maxsplit=1)[0]


def _confirmed(order: DayOrder, example: str | None, why: str = "") -> str:
    if example is None:
        return ""
    separator = next((sign for sign in example if not sign.isdigit()), " ")
    return f"Dates are read as {separator.join(_PARTS[order])}{why}, for example {example}."


def _ask(unclear: str) -> str:
    return (
        f"Lines with a date such as {unclear}, which could be two days, are refused: import the file again with "
        "--dates day-first or --dates month-first."
    )


EARLIEST, LATEST = 1900, 2200
"""Years of a day that can be meant: with another one no deadline can be reckoned."""


def read_day(cell: str, order: DayOrder | None) -> date:
    """The day that a cell means. Raises RuleError when it means none, or two, or one that nobody can mean."""
    found = _day(cell, order)
    if not EARLIEST <= found.year <= LATEST:
        raise RuleError(f"is a day in the year {found.year}; please give one between {EARLIEST} and {LATEST}")
    return found


def _day(cell: str, order: DayOrder | None) -> date:
    text = cell.strip()
    try:
        if found := _ISO.fullmatch(text):
            return date(int(found[1]), int(found[3] or found[5]), int(found[4] or found[6]))
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
        raise RuleError("could be two days, and nothing in this file says which number is the month; see --dates")
    day, month = (second, first) if (own or order) is DayOrder.MONTH_FIRST else (first, second)
    return date(year, month, day)


def _year(digits: str) -> int:
    return int(digits) + (2000 if len(digits) == 2 else 0)


def _month(name: str) -> int:
    return _MONTHS.index(name[:3]) + 1
