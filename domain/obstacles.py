"""What may stand between a request and an advocate, and what a reason can override. Decides not who may override."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.errors import RuleError
from domain.names import clean_text

REASON_LIMIT = 500
"""Characters of the reason for an override: a few sentences that a reader of the audit can take in."""


class Kind(StrEnum):
    """What stands in the way."""

    STATE = "state"
    CONSENT = "consent"
    REFUSED = "refused"
    WISH = "wish"
    RED = "red"
    STALE = "stale"
    YELLOW = "yellow"
    PAUSED = "paused"
    RENEWAL = "renewal"
    REST = "rest"
    CAP = "cap"


NEVER_OVERRIDDEN = frozenset({Kind.STATE, Kind.CONSENT, Kind.REFUSED, Kind.WISH, Kind.RED, Kind.STALE})
"""What a reason cannot outweigh.

The customer's own word (consent, refusals, wishes and own limits) is not ours to overrule. A state or an unverified
profile is changed at its source, in one click. An account in trouble needs help, not another favour: when the colour
is wrong, the account's health is corrected. The rest are rules of ours, made to be right nearly always.
"""


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One thing in the way; `words` follow the advocate's name, `free_from` is the day on which it ends."""

    kind: Kind
    words: str
    free_from: date | None = None
    is_wish: bool = False

    @property
    def can_be_overridden(self) -> bool:
        """Whether the advocacy team may go on regardless, with a reason."""
        return self.kind not in NEVER_OVERRIDDEN and not self.is_wish

    def sentence(self, name: str) -> str:
        """As a person reads it."""
        return f"{name} {self.words}."


def check_override(obstacles: Collection[Obstacle], reason: str) -> str:
    """The cleaned reason for the audit. Raises RuleError when something can't be overridden, or no reason is given.

    Who may override is up to `permissions`.
    """
    for obstacle in obstacles:
        if not obstacle.can_be_overridden:
            raise RuleError(f"This can't be overridden: {obstacle.sentence('The customer')}")
    try:
        cleaned = clean_text(reason, REASON_LIMIT)
    except RuleError as error:
        raise RuleError("The reason is too long.", {"reason": error.message}) from None
    if not cleaned:
        raise RuleError("An override needs a reason.", {"reason": "Say why it has to be this customer, and now."})
    return cleaned
