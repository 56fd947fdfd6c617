"""How much an advocate may be asked for, and when: what each activity weighs, the cap around a date, and the rest.

Decides by the calendar alone. Whether somebody may be asked at all, and who may override, is in `protection`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from domain.limits import Limits
from domain.vocabulary import Activity

HALF, ONE, TWO = 1, 2, 4
"""Loads in halves of a use, so that they add up exactly."""

WEIGHTS: Mapping[Activity, int] = MappingProxyType(
    {
        Activity.QUOTE: HALF,
        Activity.REVIEW: HALF,
        Activity.REFERENCE_CALL: ONE,
        Activity.GROUP_CALL: ONE,  # one call for the customer, however many listen: that is its point
        Activity.ANALYST: ONE,
        Activity.EXECUTIVE_MEETING: ONE,
        Activity.PRESS: ONE,  # an interview takes a call's time; an article on the customer is a case study
        Activity.REFERRAL: ONE,  # a personal word to a peer, and the peer's questions afterwards
        Activity.FEEDBACK: ONE,  # a talk with us about the product: their hour counts whoever it is for
        Activity.CASE_STUDY: TWO,
        Activity.VIDEO: TWO,
        Activity.SPEAKER: TWO,
        Activity.SITE_VISIT: TWO,
        Activity.ADVISORY_BOARD: TWO,  # a whole term, counted once, on the day it begins
    }
)
"""What one use of an advocate costs, in halves."""

RESTS = ONE
"""A use of this weight or more is followed by rest; a quote or a review is not."""

HORIZON_DAYS = 365
"""How far ahead a free day is looked for: a request can't be for later than a year from now either."""


def weight_words(halves: int) -> str:
    """A load as people read it: "½", "1", "1½", "0"."""
    whole, half = divmod(halves, 2)
    return f"{whole or ''}{'½' if half else ''}" or "0"


@dataclass(frozen=True, slots=True)
class Use:
    """One engagement that counts: done, or reserved by an approved request (`reserved`).

    `on` is its day; `request_id` is None for a touch or an imported row.
    """

    on: date
    halves: int
    activity: Activity
    reserved: bool = False
    request_id: str | None = None


class Reason(StrEnum):
    """Why the calendar refuses a use."""

    REST = "rest"
    CAP = "cap"
    TOO_HEAVY = "too heavy"


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a day is not free, and the uses that stand in the way, oldest first."""

    reason: Reason
    uses: tuple[Use, ...] = ()


@dataclass(frozen=True, slots=True)
class Capacity:
    """What is left today, in halves, and the first day that is free for a use of the weight that was asked about."""

    left_halves: int
    cap_halves: int
    used_halves: int
    next_free: date | None


def refusals(uses: Iterable[Use], limits: Limits, day: date, halves: int) -> tuple[Refusal, ...]:
    """Each reason why a new use of this weight can't be on this day; empty when it can.

    The cap: no window of `window_days` consecutive days that holds the new use's day may hold more than the cap, the
    new use included. So with 90 days, uses 89 days apart count together and uses 90 days apart do not; windows
    reach back and ahead alike. Windows without the new day are left alone: a use that went over the cap is true and
    blocks what is near it, and nothing else.

    The rest: after a use of weight 1 or more, `rest_days` days go by from its day to that of the next one, whatever
    the next one weighs: after 3 May, 2 June is free and 1 June is not. It holds the other way round for a new use
    that is placed before an existing one. On one and the same day, either could be the later one, so that a second
    use is refused when either rests. Order never matters: what is refused in one order is refused in the other.
    """
    uses = tuple(uses)
    tired = tuple(sorted((use for use in uses if _too_close(use, day, halves, limits.rest_days)), key=_by_day))
    found = [Refusal(Reason.REST, tired)] if tired else []
    if halves > limits.cap_halves:
        return (Refusal(Reason.TOO_HEAVY), *found)
    held = _fullest(uses, day, limits.window_days)
    if _load(held) + halves > limits.cap_halves:
        found.append(Refusal(Reason.CAP, held))
    return tuple(found)


def free_on(uses: Iterable[Use], limits: Limits, day: date, halves: int) -> Refusal | None:
    """The first reason why a new use of this weight can't be on this day; None when it can. See `refusals`."""
    return next(iter(refusals(uses, limits, day, halves)), None)


def next_free(
    uses: Iterable[Use], limits: Limits, halves: int, start: date, horizon_days: int = HORIZON_DAYS
) -> date | None:
    """The first day from `start` on that is free for a use of this weight; None when there is none in the horizon.

    Only days are tried on which something ends: a rest, a window, or a day that a heavy use must not precede.
    """
    first = start.toordinal()
    reach = max(limits.rest_days, limits.window_days)
    near = [use for use in uses if use.on.toordinal() > first - reach]
    ends = {use.on.toordinal() + gap for use in near for gap in (1, limits.rest_days, limits.window_days)}
    last = min(first + horizon_days, date.max.toordinal())
    for ordinal in sorted({first, *(end for end in ends if first < end <= last)}):
        day = date.fromordinal(ordinal)
        if free_on(near, limits, day, halves) is None:
            return day
    return None


def capacity(uses: Iterable[Use], limits: Limits, today: date, halves: int = ONE) -> Capacity:
    """What the cap leaves for a use today (over the fullest window that holds today), and the next free day.

    `halves` is the weight that the next free day is for: a call's, unless the asker has named an activity.
    """
    uses = tuple(uses)
    used = used_halves(uses, limits, today)
    free = next_free(uses, limits, halves, today)
    return Capacity(max(0, limits.cap_halves - used), limits.cap_halves, used, free)


def used_halves(uses: Iterable[Use], limits: Limits, day: date) -> int:
    """What the fullest window that holds this day holds already: all that a look-up needs of the many it ranks."""
    return _load(_fullest(uses, day, limits.window_days))


def flagged(uses: Sequence[Use], limits: Limits) -> tuple[Use, ...]:
    """The uses that would be refused beside all the others, in their order: touches and history that went too far."""
    return tuple(
        use
        for place, use in enumerate(uses)
        if free_on([*uses[:place], *uses[place + 1 :]], limits, use.on, use.halves) is not None
    )


def without(uses: Iterable[Use], request_id: str) -> tuple[Use, ...]:
    """The uses of everything but this request: what counts when the request itself moves to another day."""
    return tuple(use for use in uses if use.request_id != request_id)


def _by_day(use: Use) -> tuple[object, ...]:
    return use.on, use.halves, use.activity, use.reserved, use.request_id or ""


def _load(uses: Iterable[Use]) -> int:
    return sum(use.halves for use in uses)


def _too_close(use: Use, day: date, halves: int, rest_days: int) -> bool:
    gap = (day - use.on).days
    if abs(gap) >= rest_days:
        return False
    return (gap >= 0 and use.halves >= RESTS) or (gap <= 0 and halves >= RESTS)


def _fullest(uses: Iterable[Use], day: date, window_days: int) -> tuple[Use, ...]:
    """The uses in the fullest window that holds this day. A fullest one begins with a use, or with the day itself."""
    near = sorted((use for use in uses if abs((use.on - day).days) < window_days), key=_by_day)
    starts = [use.on for use in near if use.on < day] + [day]
    windows = (tuple(use for use in near if 0 <= (use.on - start).days < window_days) for start in starts)
    return max(windows, key=_load)
