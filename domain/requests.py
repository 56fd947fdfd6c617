"""What a request for an advocate is, which moves it can make.

Decides nothing about who may make a move, nor whether the advocate may be asked (that is `protection`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType

from domain.errors import IllegalMove
from domain.money import Money
from domain.obstacles import Kind
from domain.request_outcomes import Fate, Happened, Outcome
from domain.request_routing import Routing, Way
from domain.vocabulary import Activity


class State(StrEnum):
    """Where a request stands."""

    NEW = "new"
    IN_PROGRESS = "in_progress"
    AWAITING_OWNER = "awaiting_owner"
    APPROVED = "approved"
    SCHEDULED = "scheduled"
    COMPLETED = "completed"
    DECLINED = "declined"
    CANCELLED = "cancelled"
    EXPIRED = "expired"

    @property
    def is_open(self) -> bool:
        """Whether the requester still waits for an answer."""
        return self in OPEN

    @property
    def is_live(self) -> bool:
        """Whether anything is still to happen."""
        return self in LIVE

    @property
    def holds_capacity(self) -> bool:
        """Whether the advocate's capacity is reserved or used by it."""
        return self in HOLDING

    @property
    def words(self) -> str:
        """The state as a person reads it."""
        return STATE_WORDS[self]


OPEN = frozenset({State.NEW, State.IN_PROGRESS, State.AWAITING_OWNER})
RESERVED = frozenset({State.APPROVED, State.SCHEDULED})
HOLDING = RESERVED | {State.COMPLETED}
LIVE = OPEN | RESERVED

STATE_WORDS: Mapping[State, str] = MappingProxyType(
    {
        State.NEW: "waiting for the advocacy team",
        State.IN_PROGRESS: "in the advocacy team's hands",
        State.AWAITING_OWNER: "waiting for the relationship owner",
        State.APPROVED: "approved",
        State.SCHEDULED: "scheduled",
        State.COMPLETED: "completed",
        State.DECLINED: "declined",
        State.CANCELLED: "cancelled",
        State.EXPIRED: "expired",
    }
)


class Move(StrEnum):
    """What can be done with a request; the value completes "you can't … now"."""

    TAKE = "take it on"
    ASK_OWNER = "ask the relationship owner"
    APPROVE = "approve it"
    REFUSE = "refuse the use of that customer"
    LOOK_AGAIN = "look for somebody else"
    SCHEDULE = "schedule it"
    COMPLETE = "record that it happened"
    DECLINE = "decline it"
    CANCEL = "cancel it"
    EXPIRE = "let it expire"
    REOPEN = "open it again"


MOVES: Mapping[tuple[State, Move], State] = MappingProxyType(
    {
        (State.NEW, Move.TAKE): State.IN_PROGRESS,
        (State.NEW, Move.ASK_OWNER): State.AWAITING_OWNER,
        (State.NEW, Move.APPROVE): State.APPROVED,
        (State.NEW, Move.DECLINE): State.DECLINED,
        (State.NEW, Move.CANCEL): State.CANCELLED,
        (State.NEW, Move.EXPIRE): State.EXPIRED,
        (State.IN_PROGRESS, Move.TAKE): State.IN_PROGRESS,
        (State.IN_PROGRESS, Move.ASK_OWNER): State.AWAITING_OWNER,
        (State.IN_PROGRESS, Move.APPROVE): State.APPROVED,
        (State.IN_PROGRESS, Move.DECLINE): State.DECLINED,
        (State.IN_PROGRESS, Move.CANCEL): State.CANCELLED,
        (State.IN_PROGRESS, Move.EXPIRE): State.EXPIRED,
        (State.AWAITING_OWNER, Move.TAKE): State.AWAITING_OWNER,
        (State.AWAITING_OWNER, Move.ASK_OWNER): State.AWAITING_OWNER,
        (State.AWAITING_OWNER, Move.APPROVE): State.APPROVED,
        (State.AWAITING_OWNER, Move.REFUSE): State.IN_PROGRESS,
        (State.AWAITING_OWNER, Move.LOOK_AGAIN): State.IN_PROGRESS,
        (State.AWAITING_OWNER, Move.DECLINE): State.DECLINED,
        (State.AWAITING_OWNER, Move.CANCEL): State.CANCELLED,
        (State.AWAITING_OWNER, Move.EXPIRE): State.EXPIRED,
        (State.APPROVED, Move.TAKE): State.APPROVED,
        (State.APPROVED, Move.LOOK_AGAIN): State.IN_PROGRESS,
        (State.APPROVED, Move.SCHEDULE): State.SCHEDULED,
        (State.APPROVED, Move.COMPLETE): State.COMPLETED,
        (State.APPROVED, Move.CANCEL): State.CANCELLED,
        (State.SCHEDULED, Move.TAKE): State.SCHEDULED,
        (State.SCHEDULED, Move.LOOK_AGAIN): State.IN_PROGRESS,
        (State.SCHEDULED, Move.SCHEDULE): State.SCHEDULED,
        (State.SCHEDULED, Move.COMPLETE): State.COMPLETED,
        (State.SCHEDULED, Move.CANCEL): State.CANCELLED,
        (State.DECLINED, Move.REOPEN): State.NEW,
        (State.CANCELLED, Move.REOPEN): State.NEW,
        (State.EXPIRED, Move.REOPEN): State.NEW,
    }
)
"""The whole state machine.

An owner's refusal is about one customer, so the team looks for another; only the team ends the request itself.
Taking it again hands it from one colleague to another. An approved request is never declined: it is cancelled, and
what was reserved becomes free.
"""


def after(state: State, move: Move) -> State:
    """The state that a move leads to. Raises IllegalMove with a sentence for the person who clicked."""
    try:
        return MOVES[state, move]
    except KeyError:
        raise IllegalMove(f"This request is {state.words}, so you can't {move.value} now.") from None


class DeclineReason(StrEnum):
    """Why the team declined a request; the requester reads the words."""

    NOBODY_FITS = "Nobody fits what you need"
    NOBODY_FREE = "Those who fit have been asked too often lately"
    TOO_SHORT = "There is too little time"
    NOT_ENOUGH = "There is too little to go on"
    ASSET = "Something that exists already serves it better"
    OTHER = "Another reason"


class OwnerReason(StrEnum):
    """Why a relationship owner said no to the use of a customer; the team reads the words."""

    TIMING = "Not a good time for this customer"
    ISSUES = "There are open issues with this customer"
    RENEWAL = "A renewal or another deal is under way"
    ASKED_ALREADY = "I have asked them for something else"
    OTHER = "Another reason"


OUTCOME_MOVES: Mapping[Happened, Move] = MappingProxyType(
    {Happened.YES: Move.COMPLETE, Happened.NO: Move.CANCEL, Happened.MOVED: Move.SCHEDULE}
)
"""What an answer to "did it happen?" does to the request: what did not take place gives the capacity back."""


WAY_STATES: Mapping[Way, State] = MappingProxyType(
    {
        Way.TEAM: State.NEW,
        Way.ASK_OWNER: State.AWAITING_OWNER,
        Way.ASK_TEAM: State.AWAITING_OWNER,
        Way.APPROVED: State.APPROVED,
    }
)
"""The first state of a request that is sent."""

WAY_MOVES: Mapping[Way, Move] = MappingProxyType(
    {Way.ASK_OWNER: Move.ASK_OWNER, Way.ASK_TEAM: Move.ASK_OWNER, Way.APPROVED: Move.APPROVE}
)
"""The move that a proposal makes; it never goes back to the queue."""


@dataclass(frozen=True, slots=True)
class Card:
    """A request as the people who work with it see it. Holds no email address and no phone number.

    `requester_ids` begins with whoever asked first; the others joined. `criteria` says in words who is sought.
    `late` is set for one that waits longer than the goal, `asker_is_gone` for a live one that nobody here
    asks for. `in_the_way` spoke against the advocate when they were asked for, and the team has not decided yet.
    Instants are aware UTC.
    """

    id: str
    state: State
    activity: Activity
    need_by: date
    created_at: datetime
    requester_ids: tuple[str, ...]
    requester_slack_ids: tuple[str, ...] = ()
    requester_name: str | None = None
    routing: Routing = Routing.TEAM_AND_OWNER
    advocate_id: str | None = None
    advocate_name: str | None = None
    company: str | None = None
    contact_id: str | None = None
    account_id: str | None = None
    account_owner_id: str | None = None
    criteria: str | None = None
    why: str | None = None
    facets: frozenset[str] = frozenset()
    purpose: str | None = None
    opportunity_id: str | None = None
    opportunity: str | None = None
    worth: Money | None = None
    closes_on: date | None = None
    details: tuple[tuple[str, str], ...] = ()
    owner_id: str | None = None
    owner_slack_id: str | None = None
    owner_asked_at: datetime | None = None
    owner_reason: str | None = None
    taken_by_id: str | None = None
    taken_by_slack_id: str | None = None
    answered_at: datetime | None = None
    decline_reason: str | None = None
    override_reason: str | None = None
    in_the_way: tuple[Kind, ...] = ()
    day: date | None = None
    scheduled_for: datetime | None = None
    outcome: Outcome | None = None
    fate: Fate | None = None
    late: bool = False
    asker_is_gone: bool = False
    version: int = 0

    @property
    def subjects(self) -> tuple[str, ...]:
        """Ids of whom and what a message about this request speaks of."""
        return tuple(filter(None, (self.id, self.contact_id, *self.requester_ids)))
