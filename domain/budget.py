"""How many messages that nobody asked for somebody gets: the one budget of people and of channels.

Which messages count, and what each costs, is said in domain.messages.RULES. A week is the last seven days of the
reader's own calendar, today among them: no seven days in a row ever hold more, wherever the week is said to begin.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

A_WEEK = timedelta(days=7)

A_PERSON = 2
"""Direct messages in a week: the third one is what people complain of."""

A_CHANNEL = 1
"""Posts in a week: a channel belongs to those who talk in it."""


@dataclass(frozen=True, slots=True)
class Spent:
    """A message that nobody asked for: the local day on which it came or will come, and what it costs."""

    day: date
    cost: int


def first_day_of_week(today: date) -> date:
    """The first day of the week that ends today."""
    return today - A_WEEK + timedelta(days=1)


def has_room(spent: Iterable[Spent], today: date, cost: int, most: int) -> bool:
    """Whether one more message of this cost is within the budget of the week that ends today."""
    return sum(one.cost for one in spent if one.day >= first_day_of_week(today)) + cost <= most
