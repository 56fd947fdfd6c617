"""Whether an advocate may be asked for something on a day, and if not, why.

Decides nothing about who fits best. The calendar's part (cap and rest) is in `capacity`, the numbers are in `limits`,
and what may be overridden is in `obstacles`.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType

from domain.advocates import Consent, ConsentScope, State
from domain.capacity import HORIZON_DAYS, ONE, WEIGHTS, Reason, Refusal, Use, free_on, next_free, refusals, weight_words
from domain.limits import Limits
from domain.obstacles import Kind, Obstacle
from domain.phrases import A_USE, listed, said
from domain.vocabulary import Activity

MOST_NAMED = 3
"""Uses that a sentence names; more would hide the date that matters."""

LISTED, CONVERSATIONS, PUBLIC = ConsentScope.LISTED, ConsentScope.CONVERSATIONS, ConsentScope.PUBLIC

NEEDS_SCOPE: Mapping[Activity, ConsentScope] = MappingProxyType(
    {
        Activity.FEEDBACK: LISTED,  # stays between them and us
        Activity.ADVISORY_BOARD: CONVERSATIONS,  # other customers sit at the table
        Activity.REFERENCE_CALL: CONVERSATIONS,
        Activity.GROUP_CALL: CONVERSATIONS,
        Activity.SITE_VISIT: CONVERSATIONS,
        Activity.REFERRAL: CONVERSATIONS,  # they speak of us to a peer whom they choose
        Activity.ANALYST: CONVERSATIONS,  # briefings are confidential; a printed name is a quote
        Activity.EXECUTIVE_MEETING: CONVERSATIONS,
        Activity.QUOTE: PUBLIC,
        Activity.REVIEW: PUBLIC,
        Activity.CASE_STUDY: PUBLIC,
        Activity.VIDEO: PUBLIC,
        Activity.SPEAKER: PUBLIC,
        Activity.PRESS: PUBLIC,
    }
)
"""What the customer must have agreed to. Each scope stands by itself: a quote in public is no promise of calls."""

SCOPE_WORDS: Mapping[ConsentScope, str] = MappingProxyType(
    {
        LISTED: "has not agreed to be listed here",
        CONVERSATIONS: "has not agreed to talk with prospects and partners",
        PUBLIC: "has not agreed to be named in public",
    }
)


class PauseReason(StrEnum):
    """Why somebody put an advocate on pause; the value completes "<name> …"."""

    WISH = "asked to be left alone for now"
    HEALTH = "is paused until the account is well again"
    RENEWAL = "is paused for the renewal"
    OTHER = "is paused by the advocacy team"


@dataclass(frozen=True, slots=True)
class Pause:
    """Nobody asks until `until`, the first day on which they may be asked again; None is until somebody ends it."""

    reason: PauseReason
    until: date | None = None

    def holds(self, day: date) -> bool:
        """Whether it still holds on this day."""
        return self.until is None or day < self.until


@dataclass(frozen=True, slots=True)
class Facts:
    """All that decides whether one advocate may be asked.

    `refused` are activities they never want; `uses` are done and reserved ones; `health` is the account's ("green",
    "yellow", "red", None when unknown); `verified_on` is the day on which the profile was last confirmed or published.
    """

    state: State
    consent: Consent | None
    verified_on: date | None
    refused: Collection[str] = ()
    uses: tuple[Use, ...] = ()
    limits: Limits = field(default_factory=Limits)
    pauses: tuple[Pause, ...] = ()
    health: str | None = None
    renewal_on: date | None = None


def check(facts: Facts, activity: Activity, day: date, today: date) -> tuple[Obstacle, ...]:
    """All that keeps an advocate from being asked today for this activity on that day; empty when nothing does."""
    return (*standing(facts, activity, today), *_dated(facts, activity, day, today))


def is_free(facts: Facts, activity: Activity, day: date, today: date) -> bool:
    """Whether `check` finds nothing, without wording it: for the many that a look-up ranks."""
    return (
        free_on(facts.uses, facts.limits, day, WEIGHTS[activity]) is None
        and not standing(facts, activity, today)
        and next(_paused(facts, day, today), None) is None
    )


def free_for(facts: Facts, activities: Collection[Activity], today: date) -> frozenset[Activity]:
    """Those of the activities for which `is_free` holds today, worked out once for all: for a census of everybody."""
    if not _is_well(facts, today):
        return frozenset()
    fits = {
        weight: free_on(facts.uses, facts.limits, today, weight) is None
        for weight in {WEIGHTS[activity] for activity in activities}
    }
    return frozenset(
        activity
        for activity in activities
        if fits[WEIGHTS[activity]] and not any(decide(facts, activity, today) for decide in _OF_THE_ACTIVITY)
    )


def has_room(facts: Facts, today: date) -> bool:
    """Whether one more use of weight 1 today would be fine, whatever for: listed, verified, not resting, under the cap.

    What they have agreed to beyond being listed counts only where it is said what they are asked for.
    """
    listed = facts.consent is not None and facts.consent.covers(LISTED, today)
    return listed and _is_well(facts, today) and free_on(facts.uses, facts.limits, today, ONE) is None


def _is_well(facts: Facts, today: date) -> bool:
    """Whether nothing keeps us from asking them for anything at all, their calendar aside."""
    if any(decide(facts, Activity.FEEDBACK, today) for decide in _WHATEVER):
        return False
    return next(_paused(facts, today, today), None) is None


def activity_to_show(accepted: Collection[str]) -> Activity:
    """Which activity a look-up that names none shows capacity for: a call, unless they only do other things."""
    possible = [activity for activity in Activity if activity in accepted]
    return possible[0] if possible else Activity.REFERENCE_CALL


def standing(facts: Facts, activity: Activity, today: date) -> tuple[Obstacle, ...]:
    """What stands in the way whatever the day of the activity, until somebody changes it."""
    return tuple(found for decide in _STANDING if (found := decide(facts, activity, today)) is not None)


def next_day(facts: Facts, activity: Activity, today: date) -> date | None:
    """The first day on which they could be asked and used at once; None when there is none within a year.

    Looks at everything that `check` does, so that this is the day to show beside a name.
    """
    if standing(facts, activity, today):
        return None
    day: date | None = today
    while day is not None:
        left = HORIZON_DAYS - (day - today).days
        day = next_free(facts.uses, facts.limits, WEIGHTS[activity], day, left) if left >= 0 else None
        if day is None:
            break
        waits = tuple(_paused(facts, day, day))
        if not waits:
            break
        ends = [wait.free_from for wait in waits]
        day = None if None in ends else max(end for end in ends if end is not None)
    return day


def _state(facts: Facts, _activity: Activity, _today: date) -> Obstacle | None:
    if facts.state is State.ACTIVE:
        return None
    return Obstacle(Kind.STATE, f"is {facts.state.words}, and only active advocates can be asked")


def _consent(facts: Facts, activity: Activity, today: date) -> Obstacle | None:
    given = facts.consent.scopes if facts.consent else ()
    until = facts.consent.until if facts.consent else None
    if until is not None and until < today:
        return Obstacle(Kind.CONSENT, f"had agreed until {said(until, today)}, and has not been asked again")
    missing = next((scope for scope in (LISTED, NEEDS_SCOPE[activity]) if scope not in given), None)
    return Obstacle(Kind.CONSENT, SCOPE_WORDS[missing]) if missing else None


def _refused(facts: Facts, activity: Activity, _today: date) -> Obstacle | None:
    if activity not in facts.refused:
        return None
    return Obstacle(Kind.REFUSED, f"does not want to be asked for {A_USE[activity]}")


def _health(facts: Facts, _activity: Activity, _today: date) -> Obstacle | None:
    if facts.health == "red":
        return Obstacle(Kind.RED, "is at an account that is in trouble (health: red)")
    if facts.health == "yellow":
        return Obstacle(Kind.YELLOW, "is at an account that needs care (health: yellow)")
    return None


def _stale(facts: Facts, _activity: Activity, today: date) -> Obstacle | None:
    if facts.verified_on is None:
        return Obstacle(Kind.STALE, "has a profile that nobody has verified yet")
    if (today - facts.verified_on).days < 2 * facts.limits.verify_days:
        return None
    words = f"has a profile that was last verified on {said(facts.verified_on, today)}, too long ago to be offered"
    return Obstacle(Kind.STALE, words)


Decide = Callable[[Facts, Activity, date], Obstacle | None]

_OF_THE_ACTIVITY: tuple[Decide, ...] = (_consent, _refused)
_WHATEVER: tuple[Decide, ...] = (_state, _health, _stale)
"""The same whatever is asked for."""

_STANDING: tuple[Decide, ...] = (_state, *_OF_THE_ACTIVITY, _health, _stale)
"""In the order in which people are told."""


def _dated(facts: Facts, activity: Activity, day: date, today: date) -> Iterator[Obstacle]:
    yield from _paused(facts, day, today)
    found = refusals(facts.uses, facts.limits, day, WEIGHTS[activity])
    free = next_free(facts.uses, facts.limits, WEIGHTS[activity], day) if found else None
    for refusal in found:
        words = _rest(refusal, day, today) if refusal.reason is Reason.REST else _cap(refusal, facts, activity, today)
        is_wish = facts.limits.rest_is_wish if refusal.reason is Reason.REST else facts.limits.cap_is_wish
        kind = Kind.REST if refusal.reason is Reason.REST else Kind.CAP
        yield Obstacle(kind, words + _again(free, today, "not free within a year"), free, is_wish)


def _paused(facts: Facts, day: date, today: date) -> Iterator[Obstacle]:
    """Pauses hold for asking; neither the asking nor the activity itself may lie in the days before a renewal."""
    for pause in facts.pauses:
        if pause.holds(today):
            kind = Kind.WISH if pause.reason is PauseReason.WISH else Kind.PAUSED
            yield Obstacle(kind, pause.reason + _again(pause.until, today, "until somebody ends it"), pause.until)
    renewal = facts.renewal_on
    if renewal is not None and any(0 <= (renewal - one).days <= facts.limits.renewal_days for one in (today, day)):
        free = renewal + timedelta(days=1)
        yield Obstacle(Kind.RENEWAL, f"has a renewal on {said(renewal, today)}{_again(free, today)}", free)


def _rest(refusal: Refusal, day: date, today: date) -> str:
    nearest = min(refusal.uses, key=lambda use: abs((use.on - day).days))
    asked = "is booked for" if nearest.on > today else "was asked for"
    return f"{asked} {_use(nearest, today)}"


def _cap(refusal: Refusal, facts: Facts, activity: Activity, today: date) -> str:
    gives = "asked to give" if facts.limits.cap_is_wish else "gives"
    most = f"{gives} at most {weight_words(facts.limits.cap_halves)} in {facts.limits.window_days} days"
    if refusal.reason is Reason.TOO_HEAVY:
        return f"{most}, and {A_USE[activity]} counts as {weight_words(WEIGHTS[activity])}"
    taken = weight_words(sum(use.halves for use in refusal.uses))
    named = [_use(use, today) for use in refusal.uses[:MOST_NAMED]]
    more = len(refusal.uses) - len(named)
    return f"{most}, and has given or promised {taken}: {listed([*named, *([f'{more} more'] if more else [])])}"


def _use(use: Use, today: date) -> str:
    return f"{A_USE[use.activity]} on {said(use.on, today)}"


def _again(free: date | None, today: date, otherwise: str = "") -> str:
    return f"; {otherwise}" if free is None else f"; free again from {said(free, today)}"
