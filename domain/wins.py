"""Which activities everybody hears of in the wins channel. Decides not who is named there (domain.credit)."""

from datetime import date, timedelta

from domain.vocabulary import Activity

FRESH = timedelta(days=14)
"""How long ago an activity may be: what is written down later is for the record, and no news."""

LEAST_RATING = 3
"""Of 5: what went worse is looked into, and not celebrated."""

NOBODYS_BUSINESS = frozenset({Activity.EXECUTIVE_MEETING})
"""An investor's interest, or an executive's visit, is told by those who were there, if at all."""


def is_win(activity: Activity, on: date, rating: int | None, today: date) -> bool:
    """Whether an activity that took place is told to everybody; `rating` None where nobody gave one."""
    if activity in NOBODYS_BUSINESS or (rating is not None and rating < LEAST_RATING):
        return False
    return today - FRESH <= on <= today
