"""How a customer comes to belong to a program, who is asked for them, and when the next in line is.

The relationship owner answers for the customer. After a week without an answer they are reminded once, and after a
second week the advocacy team sees to it; at once where the owner has left, is away, or is missing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum, StrEnum
from types import MappingProxyType

from domain.errors import AlreadyDone, IllegalMove
from domain.participation import Participation

PATIENCE = timedelta(days=7)
"""How long an invitation waits for its answer: a customer is met about once a week."""

ASKED_AT_MOST = 2
"""Messages to the owner about one invitation; the team is next."""

AGAIN_AFTER = timedelta(days=90)
"""After "not now": a quarter later the reason has usually passed."""


class State(StrEnum):
    """Where a customer stands in a program."""

    INVITED = "invited"
    MEMBER = "member"
    DECLINED = "declined"
    LEFT = "left"


class Move(StrEnum):
    """What can be done; the value stands in the drawing of the state machine."""

    INVITE = "invite"
    JOIN = "join"
    PUT_OFF = "not now"
    REFUSE = "no"
    LEAVE = "leave"


MOVES: Mapping[tuple[State, Move], State] = MappingProxyType(
    {
        (State.INVITED, Move.JOIN): State.MEMBER,
        (State.INVITED, Move.PUT_OFF): State.DECLINED,
        (State.INVITED, Move.REFUSE): State.DECLINED,
        (State.INVITED, Move.LEAVE): State.LEFT,  # the invitation is taken back
        (State.MEMBER, Move.LEAVE): State.LEFT,
        (State.DECLINED, Move.INVITE): State.INVITED,
        (State.LEFT, Move.INVITE): State.INVITED,
    }
)
"""The whole state machine; the README draws it and a test keeps both equal."""

ANSWERS = (Move.JOIN, Move.PUT_OFF, Move.REFUSE)
"""What an invitation can be answered with."""

SAID: Mapping[State, str] = MappingProxyType(
    {
        State.INVITED: "is invited already",
        State.MEMBER: "has joined already",
        State.DECLINED: "has said no already",
        State.LEFT: "does not belong to it any more",
    }
)
"""What follows a customer's name where a move came too late."""


def after(state: State, move: Move, name: str) -> State:
    """The state that a move leads to. Raises AlreadyDone where somebody was faster, IllegalMove for any other."""
    found = MOVES.get((state, move))
    if found is not None:
        return found
    if move is Move.INVITE or move in ANSWERS:
        raise AlreadyDone(f"Somebody was faster: {name} {SAID[state]}.")
    raise IllegalMove(f"{name} {SAID[state]}, so nothing was changed.")


@dataclass(frozen=True, slots=True)
class Asked:
    """An invitation that waits: who owns the account now and can be asked (`owner_id`, None for nobody), who was asked
    last (None for the team), how often and when."""

    owner_id: str | None
    asked_id: str | None
    asked: int
    asked_on: date


class Turn(Enum):
    """What is due about an invitation that waits."""

    WAIT = "wait"
    OWNER = "ask the relationship owner"
    TEAM = "ask the advocacy team"


def turn(one: Asked, today: date) -> Turn:
    """Whose turn it is today. With the team it stays: they see it in the program until it is answered."""
    if one.asked_id is None:
        return Turn.WAIT
    if one.owner_id is None:
        return Turn.TEAM
    if one.owner_id != one.asked_id:
        return Turn.OWNER
    if today - one.asked_on < PATIENCE:
        return Turn.WAIT
    return Turn.TEAM if one.asked >= ASKED_AT_MOST else Turn.OWNER


@dataclass(frozen=True, slots=True)
class Member:
    """A customer in a program. `owner` is the relationship owner's Slack id, `is_gone` that the advocate is not active
    any more; `again_on` the day from which they may be invited again after "not now", None after "no"; `part` what they
    took part in and got back, where that is known."""

    id: str
    advocate_id: str
    name: str
    company: str
    state: State
    owner: str | None
    asked_on: date
    with_team: bool
    joined_on: date | None = None
    again_on: date | None = None
    is_gone: bool = False
    part: Participation | None = None


@dataclass(frozen=True, slots=True)
class Proposed:
    """An advocate who fits a program, with the reasons for them and what stands in the way, in sentences."""

    advocate_id: str
    name: str
    company: str
    reasons: tuple[str, ...]
    obstacles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Proposals:
    """Whom a program could invite, best first: those who can be asked now, and some who fit and can't, with why not.

    `fitting` is how many fit what is sought and do not belong to it yet."""

    mechanism_id: str
    name: str
    free: tuple[Proposed, ...]
    blocked: tuple[Proposed, ...]
    fitting: int


@dataclass(frozen=True, slots=True)
class Invited:
    """What came of inviting several: the names of those who are invited now, and a sentence for each other."""

    names: tuple[str, ...]
    refused: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Invitation:
    """One invitation as its message tells it. `asked` is the Slack id of who answers, None for the team; `owner` the
    relationship owner's; `answered_by` who said what it stands at; `next_on` the day of the program's next meeting."""

    member_id: str
    mechanism_id: str
    program: str
    kind: str
    purpose: str
    name: str
    company: str
    state: State
    owner: str | None
    is_reminder: bool
    starts_on: date
    ends_on: date | None
    answered_by: str | None = None
    again_on: date | None = None
    is_over: bool = False
    next_on: date | None = None
