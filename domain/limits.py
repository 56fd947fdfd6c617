"""What protects one advocate: the workspace's numbers and the advocate's own limits. Decides no date."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from domain.errors import RuleError

CAP_USES = 2
"""Uses in any window: one case study or two calls a quarter is what busy people give gladly."""

WINDOW_DAYS = 90
"""Days of the window: a quarter, in which customers think and in which deals close."""

REST_DAYS = 30
"""Days of rest after a use of weight 1 or more: a month in which nobody from us wants anything."""

RENEWAL_PAUSE_DAYS = 30
"""Days before a renewal on which nothing is asked: favours must not become part of the negotiation."""

VERIFY_DAYS = 180
AGREEMENT_DAYS = 90
"""Days after which a profile is to be verified again: people change jobs and minds within half a year."""

MOST_OWN_USES = 12
"""Uses that an advocate's own limit may allow in a window: one a week is beyond anybody's good will."""

LONGEST_OWN_REST = 365
"""Days of rest that an advocate may ask for: once a year. Whoever wants less is paused instead."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What protects one advocate: the workspace's numbers, made stricter or looser for this one.

    `cap_is_wish` and `rest_is_wish` say that the advocate asked for less than the workspace would allow: that is a
    wish, which no override can go against.
    """

    cap_halves: int = 2 * CAP_USES
    window_days: int = WINDOW_DAYS
    rest_days: int = REST_DAYS
    renewal_days: int = RENEWAL_PAUSE_DAYS
    verify_days: int = VERIFY_DAYS
    cap_is_wish: bool = False
    rest_is_wish: bool = False


@dataclass(frozen=True, slots=True)
class OwnLimits:
    """An advocate's own limits; None where they have none.

    Stricter ones always hold. Looser ones hold only when the advocacy team granted them, having talked with the
    advocate: a colleague in need of a reference must not be able to loosen the protection.
    """

    cap_halves: int | None = None
    rest_days: int | None = None
    granted: bool = False


NO_OWN_LIMITS = OwnLimits()


def limits_for(numbers: Mapping[str, int], own: OwnLimits = NO_OWN_LIMITS) -> Limits:
    """One advocate's limits, from the workspace's settings (or the defaults) and the advocate's own."""
    base = Limits(
        cap_halves=2 * numbers.get("cap_uses", CAP_USES),
        window_days=numbers.get("cap_window_days", WINDOW_DAYS),
        rest_days=numbers.get("rest_days", REST_DAYS),
        renewal_days=numbers.get("renewal_pause_days", RENEWAL_PAUSE_DAYS),
        verify_days=numbers.get("verify_days", VERIFY_DAYS),
    )
    cap = base.cap_halves if own.cap_halves is None else own.cap_halves
    rest = base.rest_days if own.rest_days is None else own.rest_days
    return replace(
        base,
        cap_halves=cap if own.granted else min(cap, base.cap_halves),
        rest_days=rest if own.granted else max(rest, base.rest_days),
        cap_is_wish=cap < base.cap_halves,
        rest_is_wish=rest > base.rest_days,
    )


def check_own_limits(own: OwnLimits) -> OwnLimits:
    """The same limits. Raises RuleError with a sentence at `cap_halves` or `rest_days` when one makes no sense."""
    fields: dict[str, str] = {}
    if own.cap_halves is not None and not 1 <= own.cap_halves <= 2 * MOST_OWN_USES:
        fields["cap_halves"] = f"From ½ to {MOST_OWN_USES}, please. If they want to be left alone, pause them instead."
    if own.rest_days is not None and not 0 <= own.rest_days <= LONGEST_OWN_REST:
        fields["rest_days"] = f"From 0 to {LONGEST_OWN_REST} days, please."
    if fields:
        raise RuleError("These limits need another look.", fields)
    return own
