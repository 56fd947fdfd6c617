"""A use of an advocate that happened outside of the bot: what somebody logs, and what they are told. Decides no cap."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from domain.capacity import Capacity
from domain.errors import RuleError
from domain.limits import Limits
from domain.names import clean_text
from domain.request_outcomes import WORDS_LIMIT
from domain.vocabulary import Activity

FARTHEST_BACK = timedelta(days=730)
"""How old a use may be that somebody logs: older ones neither tire a customer nor tell anything of today."""


@dataclass(frozen=True, slots=True)
class Touch:
    """A use as somebody logs it; `on` is a day of theirs. The deal is one that was picked, or a name that was typed."""

    advocate_id: str | None
    activity: Activity
    on: date | None
    words: str | None = None
    opportunity_id: str | None = None
    opportunity: str | None = None
    amount: str | None = None
    close_on: date | None = None
    stage: str | None = None
    crm_id: str | None = None
    company: str | None = None

    @property
    def has_deal(self) -> bool:
        """Whether it was for a deal."""
        return bool(self.opportunity_id or self.opportunity)


@dataclass(frozen=True, slots=True)
class Logged:
    """The use is stored: what is left of the advocate, and when a new request for the same can be. `is_over` says that
    it was more than the rules allow, which is true all the same: it is flagged, and new requests wait."""

    name: str
    activity: Activity
    on: date
    capacity: Capacity
    limits: Limits
    next_free: date | None
    today: date
    is_over: bool = False


def check_touch(touch: Touch, today: date) -> Touch:
    """The same, cleaned. Raises RuleError with a sentence for each field that needs another look."""
    fields: dict[str, str] = {}
    if not touch.advocate_id:
        fields["advocate"] = "Who was it? Start typing the name or the company."
    if touch.on is None:
        fields["on"] = "On what day was it?"
    elif touch.on > today:
        fields["on"] = "That day is still to come. For something planned, please make a request."
    elif today - touch.on > FARTHEST_BACK:
        fields["on"] = "That is more than two years ago."
    words = None
    try:
        words = clean_text(touch.words or "", WORDS_LIMIT) or None
    except RuleError as error:
        fields["words"] = error.message
    if fields:
        raise RuleError("Some fields need another look.", fields)
    return replace(touch, words=words)
