"""How often one advocate may be asked, and a pause: what the team has agreed with them. The rules are in domain."""

from dataclasses import dataclass
from datetime import date

from domain import permissions
from domain.advocates import State
from domain.capacity import Capacity, capacity
from domain.errors import RuleError
from domain.limits import Limits, OwnLimits, check_own_limits, limits_for
from domain.moment import Moment
from domain.people import Actor
from domain.permissions import Action
from domain.protection import Pause, PauseReason
from steps import protection
from steps.advocates import locked
from storage import audit, profiles, settings
from storage.advocates import Advocate
from storage.guard import GuardedSession


@dataclass(frozen=True, slots=True)
class Protected:
    """One advocate's own limits and pause, beside what holds for everybody, and what is left of their good will."""

    advocate_id: str
    name: str
    own: OwnLimits
    pause: Pause | None
    usual: Limits
    capacity: Capacity
    today: date


def of(session: GuardedSession, actor: Actor, moment: Moment, advocate_id: str) -> Protected:
    """What protects this advocate now. Raises NotAllowed, RuleError when they are gone."""
    permissions.check(actor, Action.EDIT_PROFILE)
    known, today = settings.load(session), actor.today(moment.now)
    facts = protection.of_one(session, advocate_id, known, today)
    row = session.get_one(Advocate, (session.workspace_id, advocate_id))
    now = capacity(facts.uses, facts.limits, today)
    pause = next((pause for pause in facts.pauses if pause.holds(today)), None)
    name = profiles.name_of(session, advocate_id)
    return Protected(advocate_id, name, _own(row), pause, limits_for(known.numbers), now, today)


def _own(row: Advocate) -> OwnLimits:
    return OwnLimits(row.own_cap_halves, row.own_rest_days)


def protect(
    session: GuardedSession, actor: Actor, moment: Moment, advocate_id: str, own: OwnLimits, pause: Pause | None
) -> None:
    """Set an advocate's own limits and pause; None ends a pause. What was approved before stays.

    Raises RuleError at `cap_halves`, `rest_days` or `until`, NotAllowed.
    """
    permissions.check(actor, Action.EDIT_PROFILE)
    row, today = locked(session, advocate_id), actor.today(moment.now)
    check_own_limits(own)
    if pause is not None and pause.until is not None and pause.until <= today:
        raise RuleError("That day has passed.", {"until": "Please pick a day that is still to come, or none."})
    before = _said(row)
    row.own_cap_halves, row.own_rest_days = own.cap_halves, own.rest_days
    row.rest_reason = PauseReason(pause.reason).name if pause else None
    row.rest_until = pause.until if pause else None
    if (after := _said(row)) == before:
        return
    audit.record(
        session, moment, actor.person_id, "advocate.protected", ("advocate", row.id), before=before, after=after
    )
    session.flush()
    if row.state == State.ACTIVE.value:
        protection.settle(session, row.id, settings.load(session), today)


def _said(row: Advocate) -> dict[str, object]:
    return {
        "cap_halves": row.own_cap_halves,
        "rest_days": row.own_rest_days,
        "pause": row.rest_reason,
        "until": row.rest_until.isoformat() if row.rest_until else None,
    }
