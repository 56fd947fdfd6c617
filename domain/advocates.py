"""What an advocate is, which moves are possible, and what publishing needs. Decides nothing about who may do it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from types import MappingProxyType

from domain.errors import IllegalMove, RuleError


class State(StrEnum):
    """Where an advocate stands. Only an ACTIVE one can be found."""

    INTRODUCED = "introduced"
    INTERVIEWING = "interviewing"
    ACTIVE = "active"
    RESTING = "resting"
    RETIRED = "retired"

    @property
    def words(self) -> str:
        """The state as a person reads it."""
        return STATE_WORDS[self]


class Move(StrEnum):
    """What can be done with an advocate."""

    SCHEDULE = "schedule the interview"
    PUBLISH = "publish"
    REST = "rest"
    WAKE = "wake"
    RETIRE = "retire"
    RETURN = "return"


STATE_WORDS: Mapping[State, str] = MappingProxyType(
    {
        State.INTRODUCED: "introduced to us",
        State.INTERVIEWING: "being interviewed",
        State.ACTIVE: "active",
        State.RESTING: "resting",
        State.RETIRED: "retired",
    }
)

MOVES: Mapping[tuple[State, Move], State] = MappingProxyType(
    {
        (State.INTRODUCED, Move.SCHEDULE): State.INTERVIEWING,
        (State.INTERVIEWING, Move.SCHEDULE): State.INTERVIEWING,
        (State.INTERVIEWING, Move.PUBLISH): State.ACTIVE,
        (State.ACTIVE, Move.REST): State.RESTING,
        (State.RESTING, Move.WAKE): State.ACTIVE,
        (State.INTRODUCED, Move.RETIRE): State.RETIRED,
        (State.INTERVIEWING, Move.RETIRE): State.RETIRED,
        (State.ACTIVE, Move.RETIRE): State.RETIRED,
        (State.RESTING, Move.RETIRE): State.RETIRED,
        (State.RETIRED, Move.RETURN): State.INTERVIEWING,
    }
)
"""The whole state machine; the README draws it and a test keeps both equal."""


def after(state: State, move: Move) -> State:
    """The state that a move leads to. Raises IllegalMove with a sentence for the person who clicked."""
    try:
        return MOVES[state, move]
    except KeyError:
        raise IllegalMove(f"This advocate is {state.words}, so you can't {move.value} now.") from None


class ConsentScope(StrEnum):
    """What the customer has agreed to, from the least to the most public."""

    LISTED = "Colleagues may find them here"
    CONVERSATIONS = "Talk with prospects and partners in private"
    PUBLIC = "Be named and quoted in public"


@dataclass(frozen=True, slots=True)
class Consent:
    """The customer's agreement: to what, since when, how we know, and the last day on which it holds (None: no end)."""

    scopes: tuple[ConsentScope, ...]
    given_on: date
    how: str
    until: date | None = None

    def has_ended(self, today: date) -> bool:
        """Whether its last day is past."""
        return self.until is not None and self.until < today

    def covers(self, scope: ConsentScope, today: date) -> bool:
        """Whether it allows this today."""
        return scope in self.scopes and not self.has_ended(today)


LONGEST_CONSENT = timedelta(days=3653)
"""From the day on which somebody agreed: what is meant for longer has no end."""

NO_UNTIL = "Please pick a day behind the one on which they agreed, within ten years of it; or leave it empty."


def check_until(given_on: date, until: date | None) -> date | None:
    """The last day of a consent. Raises RuleError, at `until`, for one that makes no sense."""
    if until is not None and not given_on < until <= given_on + LONGEST_CONSENT:
        raise RuleError(NO_UNTIL, {"until": NO_UNTIL})
    return until


def usual_end(given_on: date, days: int) -> date | None:
    """The last day of a consent for which nobody says one; `days` is the workspace's usual length, 0 for no end."""
    return given_on + timedelta(days=days) if days else None


@dataclass(frozen=True, slots=True)
class Profile:
    """What colleagues may know of an advocate. Holds no contact details and no interview notes."""

    title: str | None = None
    persona: str | None = None
    industry: str | None = None
    country: str | None = None
    region: str | None = None
    languages: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    use_cases: str | None = None
    outcomes: str | None = None
    quotes: str | None = None
    topics: str | None = None
    activities: tuple[str, ...] = ()
    refused_activities: tuple[str, ...] = ()
    preferred_contact: str | None = None
    links: str | None = None


REQUIRED: Mapping[str, str] = MappingProxyType(
    {
        "title": "their title",
        "industry": "the industry",
        "country": "the country",
        "languages": "a language",
        "use_cases": "what they use us for",
        "activities": "at least one activity they would do",
    }
)
"""Profile fields without which nobody could judge whether this advocate fits, in the words of the refusal."""


def missing_for_publishing(
    profile: Profile, consent: Consent | None, *, interviewed: bool, today: date | None = None
) -> tuple[str, ...]:
    """What still keeps a profile from being published, in plain words; empty when nothing does.

    Whether the consent has ended counts where `today` is known; whoever publishes asks with it.
    """
    missing = [words for name, words in REQUIRED.items() if not getattr(profile, name)]
    if not interviewed:
        missing.insert(0, "the interview")
    if consent is None or ConsentScope.LISTED not in consent.scopes:
        missing.append("the customer's consent to be listed")
    elif today is not None and consent.has_ended(today):
        missing.append("the customer's consent, which has ended")
    return tuple(missing)


def check_publishable(profile: Profile, consent: Consent | None, *, interviewed: bool, today: date) -> None:
    """Raises RuleError naming all that is missing today."""
    missing = missing_for_publishing(profile, consent, interviewed=interviewed, today=today)
    if missing:
        raise RuleError(f"Not ready to publish yet. Still missing: {', '.join(missing)}.")


def check_activities(accepted: tuple[str, ...], refused: tuple[str, ...]) -> None:
    """Raises RuleError when the same activity is both accepted and refused."""
    both = [name for name in accepted if name in refused]
    if both:
        raise RuleError(
            "Some activities are in both lists.",
            {"refused_activities": f"{both[0]} is also listed as something they would do."},
        )


@dataclass(frozen=True, slots=True)
class Interview:
    """An interview with a customer; `notes` only for the advocacy team."""

    at: datetime
    interviewer_slack_id: str | None = None
    link: str | None = None
    held: bool = False
    notes: str | None = None


def notes_mark(notes: str | None) -> str:
    """What a form remembers of the notes it was opened with, to tell whether somebody has changed them since."""
    return sha256((notes or "").encode("utf-8", "surrogatepass")).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Card:
    """An advocate as the advocacy team works with it: journey, profile, what is missing."""

    id: str
    state: State
    contact_name: str
    company: str
    profile: Profile
    nomination_id: str
    contact_id: str = ""
    account_id: str | None = None
    account_owner_id: str | None = None
    account_owner_slack_id: str | None = None
    nominator_slack_id: str | None = None
    endorser_slack_ids: tuple[str, ...] = ()
    introduced_by_slack_id: str | None = None
    introduction_note: str | None = None
    interview: Interview | None = None
    consent: Consent | None = None
    verified_at: datetime | None = None
    published_at: datetime | None = None
    created_at: datetime | None = None
    missing: tuple[str, ...] = ()
    version: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """One advocate in a private answer to a look-up, with why it matched."""

    id: str
    contact_name: str
    company: str
    profile: Profile
    consent: Consent | None = None
    verified_at: datetime | None = None
    why: tuple[str, ...] = field(default=())
