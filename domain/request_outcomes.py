"""What became of an activity and of the deal it was for. Decides nothing about who may say so."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.errors import RuleError
from domain.names import clean_text

WORDS_LIMIT = 1000
"""Characters of how it went, or of a reason: a paragraph that the relationship owner reads with pleasure."""


class Happened(StrEnum):
    """What became of the activity itself."""

    YES = "It took place"
    NO = "It did not take place"
    MOVED = "It was moved to another day"


class Fate(StrEnum):
    """What became of the deal."""

    WON = "won"
    LOST = "lost"
    OPEN = "still open"
    UNKNOWN = "not known"


@dataclass(frozen=True, slots=True)
class Outcome:
    """How it went: `rating` from 1 to 5 and `words` when it took place, `moved_to` when it was moved."""

    happened: Happened
    rating: int | None = None
    words: str | None = None
    moved_to: date | None = None


def check_outcome(outcome: Outcome, today: date) -> Outcome:
    """The same outcome, cleaned, holding only what belongs to its answer. Raises RuleError with a sentence a field."""
    fields: dict[str, str] = {}
    took_place, moved = outcome.happened is Happened.YES, outcome.happened is Happened.MOVED
    if took_place and (outcome.rating is None or not 1 <= outcome.rating <= 5):
        fields["rating"] = "How did it go, from 1 (badly) to 5 (very well)?"
    if moved and (outcome.moved_to is None or outcome.moved_to < today):
        fields["moved_to"] = "To which day was it moved? Today or later, please."
    words = None
    try:
        words = clean_text(outcome.words or "", WORDS_LIMIT) or None
    except RuleError as error:
        fields["words"] = error.message
    if fields:
        raise RuleError("Some fields need another look.", fields)
    return Outcome(outcome.happened, outcome.rating if took_place else None, words, outcome.moved_to if moved else None)
