"""Quarters of the calendar year. A quarter is known by its first day; decides nothing about what happens in one."""

from datetime import date, timedelta

MONTHS = 3


def quarter_of(day: date) -> date:
    """The first day of the quarter in which this day is."""
    return date(day.year, day.month - (day.month - 1) % MONTHS, 1)


def before(quarter: date) -> date:
    """The quarter before this one."""
    return quarter_of(quarter - timedelta(days=1))


def after(quarter: date) -> date:
    """The quarter after this one."""
    return quarter_of(quarter + timedelta(days=MONTHS * 31))


def in_words(quarter: date) -> str:
    """ "July to September 2026"."""
    last = after(quarter) - timedelta(days=1)
    return f"{quarter:%B} to {last:%B} {last.year}"
