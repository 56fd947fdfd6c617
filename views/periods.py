"""The days of a report: which can be chosen, and how they are said. Decides no figure."""

from domain.value import Period
from views import inputs
from views.ids import Action
from views.text import Block, day

PERIODS = {7: "The last 7 days", 30: "The last 30 days", 90: "The last 90 days", 365: "The last 365 days"}
"""Days that can be chosen, and their words."""

USUAL = 30


def select(action: Action, days: int) -> Block:
    """The menu of days."""
    choices = [inputs.option(words, str(number)) for number, words in PERIODS.items()]
    return {**inputs.select(choices, str(days)), "action_id": action.value}


def in_words(period: Period) -> str:
    """The days that are counted."""
    first, last = period.first, period.last
    return f"From {day(first)} to {day(last)}, and in as many days before" if first and last else "At any time"
