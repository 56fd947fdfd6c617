"""How a row becomes the cells of an export. Decides nothing about what is exported."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

Cells = dict[str, str]
"""One row by column name; "" for nothing."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is exported of one kind: the id that tells rows apart and orders them, the query, and a row's cells."""

    key: Any
    query: Any
    cells: Callable[[Any], Cells]


def day(value: date | datetime | None) -> str:
    """A day as every import reads it."""
    if value is None:
        return ""
    return (value.date() if isinstance(value, datetime) else value).isoformat()


def listed(values: Iterable[str] | None) -> str:
    """Several entries in one cell."""
    return "; ".join(values or ())


def money(hundredths: int | None) -> str:
    """An amount without its currency."""
    return "" if hundredths is None else f"{hundredths // 100}.{hundredths % 100:02}"
