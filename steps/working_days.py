"""On which days people work, by the country of their time zone. Decides no time of day."""

from collections.abc import Mapping
from datetime import date
from functools import cache, lru_cache, partial
from importlib import resources

import holidays

from domain.pulse_calendar import Working

WEEKEND = 5
"""Monday is 0; from this day of the week on nobody works where we don't know the country."""


def working_in(zone: str) -> Working:
    """Whether people in this time zone work on a day: no weekend and no public holiday of the whole country.

    Of a zone without a country (UTC), or a country whose holidays nobody has written down, only the weekend is known.
    """
    return partial(_works, country_of(zone))


def country_of(zone: str) -> str | None:
    """The country of a time zone (ISO 3166, two letters), by the tables of the IANA database; None for none."""
    return _countries().get(zone)


@cache
def _countries() -> Mapping[str, str]:
    tables = resources.files("tzdata") / "zoneinfo"
    rows = (row.split("\t") for row in _rows((tables / "zone.tab").read_text("utf-8")))
    found = {row[2]: row[0] for row in rows}
    for row in _rows((tables / "tzdata.zi").read_text("utf-8")):
        kind, *names = row.split()
        if kind == "L" and names[0] in found:  # an older name of the same zone
            found.setdefault(names[1], found[names[0]])
    return found


def _rows(text: str) -> list[str]:
    return [row for row in text.splitlines() if row and not row.startswith("#")]


@lru_cache(maxsize=10_000)
def _works(country: str | None, day: date) -> bool:
    known = _calendar(country)
    return day.weekday() < WEEKEND if known is None else known.is_working_day(day)


@cache
def _calendar(country: str | None) -> holidays.HolidayBase | None:
    try:
        return holidays.country_holidays(country) if country else None
    except NotImplementedError:
        return None
