"""What a nomination is and which moves it can make. Decides nothing about who may make them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from types import MappingProxyType

from domain.errors import IllegalMove, RuleError
from domain.names import clean_line, clean_text

NAME_LIMIT = 120
"""Characters of a person's or company's name: the longest legal names fit, an alert's headline (150) holds it."""

WHY_LIMIT = 3000
"""Characters of the reason: what one Slack text input can hold."""

NOTE_LIMIT = 1000
"""Characters of a question, an answer or a note that is passed on between colleagues."""

LINE_LIMIT = 200
"""Characters of a short detail such as a title."""

REVIEW_GOAL = timedelta(days=7)
"""A nomination that waits longer is flagged: after a week the nominator has concluded that nobody cares."""


class Source(StrEnum):
    """Where a nomination came from; reports show which touchpoints are silent."""

    COMMAND = "command"
    SHORTCUT = "shortcut"
    MESSAGE = "message"
    HOME = "home"
    NUDGE = "nudge"
    IMPORT = "import"
    WORKFLOW = "workflow"
    WEB = "web"
    CAMPAIGN = "campaign"


class State(StrEnum):
    """Where a nomination stands."""

    SUBMITTED = "submitted"
    NEEDS_INFO = "needs_info"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    MERGED = "merged"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to decide."""
        return self in OPEN

    @property
    def is_live(self) -> bool:
        """Whether the contact counts as known: open, or on the way to (or already) an advocate."""
        return self in LIVE

    @property
    def words(self) -> str:
        """The state as a person reads it."""
        return STATE_WORDS[self]


class Move(StrEnum):
    """What can be done to a nomination."""

    ACCEPT = "accept"
    ASK = "ask for more"
    ANSWER = "answer"
    DECLINE = "decline"
    MERGE = "merge"
    WITHDRAW = "withdraw"
    EXPIRE = "expire"
    REOPEN = "reopen"


OPEN = frozenset({State.SUBMITTED, State.NEEDS_INFO})
LIVE = OPEN | {State.ACCEPTED}

STATE_WORDS: Mapping[State, str] = MappingProxyType(
    {
        State.SUBMITTED: "waiting for review",
        State.NEEDS_INFO: "waiting for an answer",
        State.ACCEPTED: "accepted",
        State.DECLINED: "declined",
        State.MERGED: "merged with another nomination",
        State.WITHDRAWN: "withdrawn",
        State.EXPIRED: "expired",
    }
)

MOVES: Mapping[tuple[State, Move], State] = MappingProxyType(
    {
        (State.SUBMITTED, Move.ACCEPT): State.ACCEPTED,
        (State.SUBMITTED, Move.ASK): State.NEEDS_INFO,
        (State.SUBMITTED, Move.DECLINE): State.DECLINED,
        (State.SUBMITTED, Move.MERGE): State.MERGED,
        (State.SUBMITTED, Move.WITHDRAW): State.WITHDRAWN,
        (State.SUBMITTED, Move.EXPIRE): State.EXPIRED,
        (State.NEEDS_INFO, Move.ANSWER): State.SUBMITTED,
        (State.NEEDS_INFO, Move.ACCEPT): State.ACCEPTED,
        (State.NEEDS_INFO, Move.DECLINE): State.DECLINED,
        (State.NEEDS_INFO, Move.MERGE): State.MERGED,
        (State.NEEDS_INFO, Move.WITHDRAW): State.WITHDRAWN,
        (State.NEEDS_INFO, Move.EXPIRE): State.EXPIRED,
        (State.DECLINED, Move.REOPEN): State.SUBMITTED,
        (State.DECLINED, Move.EXPIRE): State.EXPIRED,
    }
)
"""The whole state machine; the README draws it and a test keeps both equal."""


def after(state: State, move: Move) -> State:
    """The state that a move leads to. Raises IllegalMove with a sentence for the person who clicked."""
    try:
        return MOVES[state, move]
    except KeyError:
        raise IllegalMove(f"This nomination is {state.words}, so it can't be changed that way.") from None


class DeclineReason(StrEnum):
    """Why a nomination was not taken up; the nominator reads the words."""

    NOT_NOW = "The timing is wrong for this customer"
    NO_FIT = "It doesn't fit what the program needs at present"
    CUSTOMER_UNHAPPY = "There are open issues with this customer"
    CUSTOMER_DECLINED = "The customer would rather not"
    NOT_ENOUGH = "There is too little to go on"
    OTHER = "Another reason"


@dataclass(frozen=True, slots=True)
class Values:
    """What somebody says of a customer who could be an advocate, whatever way it came in."""

    contact_name: str
    company: str
    why: str
    email: str | None = None
    account_id: str | None = None
    customer_knows: bool = False
    title: str | None = None
    persona: str | None = None
    phone: str | None = None
    industry: str | None = None
    country: str | None = None
    products: tuple[str, ...] = ()
    use_cases: str | None = None
    activities: tuple[str, ...] = ()
    relationship: str | None = None
    evidence_link: str | None = None
    evidence_text: str | None = None


_LINES = ("title", "persona", "phone", "industry", "relationship")
_TEXTS = {"use_cases": NOTE_LIMIT, "evidence_text": WHY_LIMIT, "evidence_link": NOTE_LIMIT}


def cleaned(values: Values) -> Values:
    """The same values without control characters and stray white space, and complete.

    Raises RuleError whose `fields` name each missing or overlong field with a sentence for it.
    """
    fields: dict[str, str] = {}
    changes: dict[str, object] = {
        "contact_name": _required(
            values.contact_name, NAME_LIMIT, "contact_name", "Who is it? A name is enough.", fields
        ),
        "company": _required(values.company, NAME_LIMIT, "company", "Which company are they with?", fields),
        "why": _required(values.why, WHY_LIMIT, "why", "Say in a sentence why they would be a good advocate.", fields),
    }
    for name in _LINES:
        changes[name] = _optional(getattr(values, name), LINE_LIMIT, name, fields, line=True)
    for name, limit in _TEXTS.items():
        changes[name] = _optional(getattr(values, name), limit, name, fields, line=False)
    if fields:
        raise RuleError("Some fields need another look.", fields)
    return replace(values, **changes)  # type: ignore[arg-type]  # each name is a field of Values


def _required(text: str, limit: int, name: str, sentence: str, fields: dict[str, str]) -> str:
    clean = _optional(text, limit, name, fields, line=name != "why")
    if not clean and name not in fields:
        fields[name] = sentence
    return clean or ""


def _optional(text: str | None, limit: int, name: str, fields: dict[str, str], *, line: bool) -> str | None:
    if not text:
        return None
    try:
        return (clean_line if line else clean_text)(text, limit) or None
    except RuleError as error:
        fields[name] = error.message
        return None


@dataclass(frozen=True, slots=True)
class Word:
    """What a colleague added to somebody else's nomination."""

    slack_user_id: str
    note: str


@dataclass(frozen=True, slots=True)
class Card:
    """A nomination as the people who work with it see it. Holds no email address and no phone number."""

    id: str
    state: State
    contact_name: str
    company: str
    why: str
    source: Source
    created_at: datetime
    customer_knows: bool
    has_email: bool = False
    contact_id: str = ""
    account_id: str | None = None
    account_owner_id: str | None = None
    nominator_id: str | None = None
    nominator_slack_id: str | None = None
    nominator_name: str | None = None
    nominator_function: str | None = None
    reviewer_slack_id: str | None = None
    decided_by_slack_id: str | None = None
    decline_reason: str | None = None
    question: str | None = None
    answer: str | None = None
    merged_into: str | None = None
    title: str | None = None
    persona: str | None = None
    industry: str | None = None
    country: str | None = None
    products: tuple[str, ...] = ()
    use_cases: str | None = None
    activities: tuple[str, ...] = ()
    relationship: str | None = None
    evidence_link: str | None = None
    evidence_text: str | None = None
    possible_duplicate_of: str | None = None
    written_name: str | None = None
    written_company: str | None = None
    """How the nominator wrote a customer who was known by the address, where that is not the same."""
    endorser_slack_ids: tuple[str, ...] = field(default=())
    words: tuple[Word, ...] = ()
    """What endorsers wrote, in that order; many of them write nothing."""
    introduction_owner_id: str | None = None
    introduction_owner_slack_id: str | None = None
    introduction_due: date | None = None
    introduction_made: bool = False
    introduced_by_slack_id: str | None = None
    advocate_id: str | None = None
    advocate_state: str | None = None
    flagged: bool = False
    version: int = 0


def is_overdue(created_at: datetime, now: datetime, goal: timedelta = REVIEW_GOAL) -> bool:
    """Whether an open nomination has waited longer than the goal."""
    return now - created_at > goal
