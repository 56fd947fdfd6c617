"""When a profile is checked, and what follows when nobody answers. What somebody would do and agreed to changes sooner
than the rest, and is checked more often; a consent with an end is asked for again before it. Decides nothing about what
is offered meanwhile: that a profile unchecked for twice the period, or without a consent, is not is
`domain.protection`'s.

The relationship owner is asked, reminded twice, a week apart; then the advocacy team sees to it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from domain.errors import RuleError

AGAIN_AFTER = timedelta(days=7)
"""Between two questions about the same profile: a week has everybody's quiet hour in it."""

ASKED_AT_MOST = 3
"""Questions about one profile: whoever has not answered the third will not answer the fourth."""

A_MESSAGE = 8
"""Profiles in one message: what somebody answers in a minute, and what fits."""

WORDS_LIMIT = 500
"""Characters of what has changed, or of who follows."""

LONGEST_PAUSE = timedelta(days=366)


class Turn(Enum):
    """What is due about a profile that is to be checked."""

    ASK = "ask the owner"
    WAIT = "wait for the owner's answer"
    TEAM = "let the team see to it"


class Check(Enum):
    """What is to be checked."""

    WHOLE = "the whole profile"
    AGREEMENT = "what they would do, and what they agreed to"
    CONSENT = "whether they agree again, for what they agreed to ends"


@dataclass(frozen=True, slots=True)
class Due:
    """A profile that is to be checked: whose customer, since when asked and how often; `owner` is a Slack id, None for
    somebody who can't be asked (nobody owns the account, or they have left or are away). The customer would do these
    `activities`. `consent_ends` is the last day of their consent, where that is near or past.
    """

    advocate_id: str
    name: str
    company: str
    owner_id: str | None
    owner: str | None
    checked_on: date | None
    asked_on: date | None
    asked: int
    is_active: bool = True
    check: Check = Check.WHOLE
    activities: tuple[str, ...] = ()
    consent_ends: date | None = None

    def has_no_consent(self, today: date) -> bool:
        """Whether what they agreed to has ended, so that nobody finds them."""
        return self.consent_ends is not None and self.consent_ends < today

    @property
    def is_answered(self) -> bool:
        """Whether the owner has said something since it was asked that leaves nothing to ask for now."""
        return not self.is_active or (self.asked == 0 and self.asked_on is not None)


def turn(one: Due, today: date) -> Turn:
    """Whose turn it is."""
    if one.owner is None:
        return Turn.TEAM
    if one.asked_on is not None and today - one.asked_on < AGAIN_AFTER:
        return Turn.WAIT
    return Turn.TEAM if one.asked >= ASKED_AT_MOST else Turn.ASK


def is_the_teams(one: Due, today: date) -> bool:
    """Whether the team is told: it is its turn, or nobody finds the customer any more meanwhile."""
    return turn(one, today) is Turn.TEAM or one.has_no_consent(today)


def letters(rows: Iterable[Due], today: date) -> dict[str, list[Due]]:
    """The profiles that each owner (by their id) is asked about now, those checked longest ago first, so many as one
    message holds. Nobody gets two messages: what is left over comes after a week."""
    found: dict[str, list[Due]] = {}
    waiting = set()
    for one in rows:
        if one.owner_id is None:
            continue
        if turn(one, today) is Turn.ASK:
            found.setdefault(one.owner_id, []).append(one)
        elif turn(one, today) is Turn.WAIT:
            waiting.add(one.owner_id)
    return {owner: some[:A_MESSAGE] for owner, some in found.items() if owner not in waiting}


def check_pause(until: date | None, today: date) -> date:
    """The day until which an owner lets a customer rest. Raises RuleError at `until`."""
    if until is None or not today < until <= today + LONGEST_PAUSE:
        sentence = "Please pick a day within the next year."
        raise RuleError(sentence, {"until": sentence})
    return until
