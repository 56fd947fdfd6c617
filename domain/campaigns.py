"""A campaign: a gap of a target, told to those who may know such customers, until it is filled or over.

Decides what makes sense, when it ends and what is drafted. Who gets a message when is the budget's (domain.budget).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from domain.errors import RuleError
from domain.portfolio import FACETS, Criteria, Measured, in_words
from domain.query import Facet

TEXT_LIMIT = 1000
"""Characters of what is asked: nobody reads more in a channel, and a form's memory holds it twice."""

MOST_CHANNELS = 10
"""Channels of one campaign; more is a message to everybody."""

LONGEST = timedelta(days=180)
"""Until when a campaign may run: half a year later it is another target."""

USUAL = timedelta(days=30)
"""What a campaign runs for unless its target is due before."""

LISTED = 20
"""Customers named in one owner's message: what somebody looks through."""

OF_AN_ACCOUNT = (Facet.INDUSTRY, Facet.REGION, Facet.COUNTRY, Facet.PRODUCT, Facet.SEGMENT)
"""What can be told of a customer before we know a person there."""


class State(StrEnum):
    """Where a campaign stands."""

    OPEN = "open"
    PAUSED = "paused"
    CLOSED = "closed"


class End(StrEnum):
    """Why a campaign is closed."""

    REACHED = "reached"
    OVER = "over"
    STOPPED = "stopped"
    DROPPED = "dropped"  # nobody wants the target any more


END_WORDS = {
    End.REACHED: "The target is reached.",
    End.OVER: "Its last day has passed.",
    End.STOPPED: "It was stopped by hand.",
    End.DROPPED: "Its target was deleted.",
}


@dataclass(frozen=True, slots=True)
class Plan:
    """A campaign as somebody wants it. `channels` are Slack ids; `ends_on` is its last day."""

    target_id: str
    text: str
    channels: tuple[str, ...]
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who gets it: a channel or a relationship owner (Slack ids). `accounts` is how many customers of theirs fit;
    `now` whether the week's budget of messages has room."""

    channel: str | None
    owner: str | None
    accounts: int
    now: bool


@dataclass(frozen=True, slots=True)
class Preview:
    """Everything that would happen. `unowned` are customers that fit whose owner can't be asked."""

    plan: Plan
    target: Measured
    recipients: tuple[Recipient, ...]
    unowned: int


@dataclass(frozen=True, slots=True)
class Progress:
    """What a campaign has brought. `expected` is the gap at its start; `counting` are advocates of the target that
    came through it; `waiting`, `gone` and `stuck` say who has not got it."""

    id: str
    name: str
    state: State
    end: End | None
    text: str
    starter: str | None
    ends_on: date
    expected: int
    nominations: int
    counting: int
    available: int
    count: int
    told: int = 0
    waiting: int = 0
    gone: tuple[str, ...] = ()
    stuck: tuple[str, ...] = ()
    may_run: bool = False


@dataclass(frozen=True, slots=True)
class Customer:
    """A customer of an owner, to nominate somebody of."""

    account_id: str
    name: str


def account_criteria(criteria: Criteria) -> Criteria:
    """As much of the criteria as can be told of a customer."""
    return {facet: criteria[facet] for facet in FACETS if facet in OF_AN_ACCOUNT and criteria.get(facet)}


def draft(target: Measured, today: date) -> Plan:
    """A campaign to begin with: who is sought and why, until the target is due or for the usual time."""
    wanted = target.target
    ends_on = min(max(wanted.due_on, today + timedelta(days=7)), today + USUAL)
    more = f"{target.gap:,} more {'customer' if target.gap == 1 else 'customers'}"
    text = (
        f"We are looking for {more} who would speak for us: {in_words(wanted.criteria)}. "
        f"Today {target.available:,} of the {wanted.count:,} we want can be asked, so colleagues who need such a "
        "customer wait, or ask the same few again and again. Who comes to your mind?"
    )
    return Plan(wanted.id, text[:TEXT_LIMIT], (), ends_on)


def check_plan(plan: Plan, today: date) -> Plan:
    """The plan as it can be kept. Raises RuleError at its fields."""
    wrong: dict[str, str] = {}
    if not plan.text.strip():
        wrong["text"] = "What do you ask for?"
    elif len(plan.text) > TEXT_LIMIT:
        wrong["text"] = f"At most {TEXT_LIMIT:,} characters, please."
    if len(plan.channels) > MOST_CHANNELS:
        wrong["channels"] = f"At most {MOST_CHANNELS} channels, please."
    if plan.ends_on is None or not today <= plan.ends_on <= today + LONGEST:
        wrong["ends_on"] = "Please pick a day within the next half year."
    if wrong:
        raise RuleError("Some fields need another look.", wrong)
    return Plan(plan.target_id, plan.text.strip(), tuple(dict.fromkeys(plan.channels)), plan.ends_on)


def end_of(ends_on: date, target: Measured | None, today: date) -> End | None:
    """Why a campaign ends by itself now; None while it goes on. `target` is None for one that was deleted."""
    if target is None:
        return End.DROPPED
    if target.gap == 0:
        return End.REACHED
    return End.OVER if ends_on < today else None


def check_someone(recipients: Sequence[Recipient]) -> None:
    """Raises RuleError for a campaign that would reach nobody."""
    if not recipients:
        sentence = "Nobody would get it: no owner of a fitting customer can be asked. Please pick a channel."
        raise RuleError(sentence, {"channels": sentence})
