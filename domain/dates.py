"""Which day a person means in a line or a field: "2026-12-01", "1 Dec", "next friday".

How dates of a file are read is in `imports.dates`. Decides nothing about which days make sense.
"""

import re
from datetime import date, timedelta

from domain.errors import RuleError
from domain.imports.dates import DayOrder, read_day
from domain.names import fold

LONGEST = 40
"""Characters of a day in words; more is a text."""

HOW = "Please write a day such as 2026-12-01, 1 Dec or next Friday."
NO_SUCH_DAY = "There is no such day in the calendar. Please check it."

_MONTH_LIST = "january february march april may june july august september october november december"
_WEEKDAY_LIST = "monday tuesday wednesday thursday friday saturday sunday"
_MONTHS = {form: number for number, name in enumerate(_MONTH_LIST.split(), 1) for form in (name, name[:3])} | {
    "sept": 9
}
_WEEKDAYS = {form: number for number, name in enumerate(_WEEKDAY_LIST.split()) for form in (name, name[:3])}
_WEEKDAYS |= {"tues": 1, "wednes": 2, "thur": 3, "thurs": 3}
_NEAR = {"today": 0, "now": 0, "tomorrow": 1, "day after tomorrow": 2, "yesterday": -1, "day before yesterday": -2}
_UNITS = {"day": 1, "week": 7}
_NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}

_DAY_MONTH = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?\.?(?: of)?[ -]?([a-z]{3,9})\.?")
_MONTH_DAY = re.compile(r"([a-z]{3,9})\.?[ -]?(\d{1,2})(?:st|nd|rd|th)?")
_WEEKDAY = re.compile(r"(?:(on|this|next|last|coming) )?([a-z]{3,9})\.?")
_AHEAD = re.compile(r"in (\d{1,3}|[a-z]{1,5}) (day|week)s?")
_AGO = re.compile(r"(\d{1,3}|[a-z]{1,5}) (day|week)s? ago")
_YEARS_TO_A_LEAP_DAY = 9


def parse_day(text: str, today: date, order: DayOrder | None = None, *, past: bool = False) -> date:
    """The day that is meant, seen from `today` (the person's own).

    A day without a year is the next one from today on, with `past` the last one up to today; so is a bare weekday,
    but today is neither: on a Friday "friday" is a week away. "next friday" is that of next week, "this friday" that
    of this week, Monday to Sunday, "last friday" the last before today. Numbers alone ("12/01/2026") need an `order`
    unless they fit only one. Raises RuleError with the sentence for the field.
    """
    said = _plain(text)
    day = _relative(said, today, past=past) or _without_year(said, today, past=past)
    return day or _written(said, order)


def _plain(text: str) -> str:
    if len(text) > LONGEST:
        raise RuleError(HOW)
    said = " ".join(fold(text).replace(",", " ").split())
    digits = "".join(str(int(character)) if character.isdecimal() else character for character in said)
    return digits.removeprefix("the ").rstrip(".!")


def _relative(said: str, today: date, *, past: bool) -> date | None:
    if said in _NEAR:
        return _shifted(today, _NEAR[said])
    for shape, sign in ((_AHEAD, 1), (_AGO, -1)):
        found = shape.fullmatch(said)
        number = _count(found[1]) if found else None
        if found and number is not None:
            return _shifted(today, sign * number * _UNITS[found[2]])
    found = _WEEKDAY.fullmatch(said)
    if found and found[2] in _WEEKDAYS:
        return _shifted(today, _days_to(found[1] or "", _WEEKDAYS[found[2]], today.weekday(), past=past))
    return {"next week": _shifted(today, 7), "last week": _shifted(today, -7)}.get(said)


def _count(said: str) -> int | None:
    return int(said) if said.isdigit() else _NUMBERS.get(said)


def _days_to(which: str, weekday: int, now: int, *, past: bool) -> int:
    """Days from a weekday to the one that is meant; 0 is Monday."""
    if which in ("this", "next"):
        return weekday - now + (7 if which == "next" else 0)
    if which == "last" or (past and which != "coming"):
        return -((now - weekday - 1) % 7 + 1)
    return (weekday - now - 1) % 7 + 1


def _shifted(today: date, days: int) -> date:
    try:
        return today + timedelta(days=days)
    except OverflowError:
        raise RuleError(NO_SUCH_DAY) from None


def _without_year(said: str, today: date, *, past: bool) -> date | None:
    if found := _DAY_MONTH.fullmatch(said):
        day, month = int(found[1]), _MONTHS.get(found[2])
    elif found := _MONTH_DAY.fullmatch(said):
        day, month = int(found[2]), _MONTHS.get(found[1])
    else:
        return None
    return None if month is None else _nearest(day, month, today, past=past)


def _nearest(day: int, month: int, today: date, *, past: bool) -> date:
    """The day of a year on this side of today; 29 February may be years away."""
    for distance in range(_YEARS_TO_A_LEAP_DAY):
        found = _day_of(today.year - distance if past else today.year + distance, month, day)
        if found and (found <= today if past else found >= today):
            return found
    raise RuleError(NO_SUCH_DAY)


def _day_of(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _written(said: str, order: DayOrder | None) -> date:
    """A whole date, as files have them too."""
    found = _read(said, order)
    if found is not None:
        return found
    first, second = _read(said, DayOrder.DAY_FIRST), _read(said, DayOrder.MONTH_FIRST)
    if first and second:
        one, other = min(first, second), max(first, second)
        raise RuleError(f"“{said}” could be two days. Please write {one.isoformat()} or {other.isoformat()}.")
    raise RuleError(NO_SUCH_DAY if re.fullmatch(r"[\d./-]{6,10}", said) else HOW)


def _read(said: str, order: DayOrder | None) -> date | None:
    try:
        return read_day(said, order)
    except RuleError:
        return None
