"""What the database knows of an advocate that decides whether they may be asked. The rules are in domain.protection."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import bindparam, select

from domain.advocates import Consent, State
from domain.capacity import HORIZON_DAYS, ONE, WEIGHTS, Use, next_free, without
from domain.errors import RuleError
from domain.limits import LONGEST_OWN_REST, Limits, OwnLimits, limits_for
from domain.moment import Moment
from domain.obstacles import Obstacle, check_override
from domain.people import Actor
from domain.protection import Facts, Pause, PauseReason, check
from domain.settings import Settings
from domain.vocabulary import Activity
from storage import audit, documents, engagements, profiles
from storage.accounts import Account
from storage.advocates import Advocate
from storage.engagements import Engagement, Status
from storage.guard import GuardedSession
from storage.nominations import Contact

LOOK_BACK = timedelta(days=LONGEST_OWN_REST)
"""No window and no rest reaches further back."""


_FACTS = (
    select(
        Advocate.id,
        Advocate.state,
        Advocate.verified_at,
        Advocate.refused_activities,
        Advocate.own_cap_halves,
        Advocate.own_rest_days,
        Advocate.rest_reason,
        Advocate.rest_until,
        Account.health,
        Account.renewal_on,
    )
    .join(Contact, Contact.id == Advocate.contact_id)
    .outerjoin(Account, Account.id == Contact.account_id)
)
_OF_SOME = _FACTS.where(Advocate.id.in_(bindparam("advocate_ids", expanding=True)))
_OF_ALL = _FACTS.where(Advocate.state == State.ACTIVE.value)
"""Columns and no objects, made once: a look-up reads those of some hundred advocates, a census all."""


def facts_of(
    session: GuardedSession, advocate_ids: Collection[str], settings: Settings, today: date
) -> dict[str, Facts]:
    """What decides about each of these advocates. Three statements, however many there are."""
    rows = session.execute(_OF_SOME, {"advocate_ids": list(advocate_ids)}).all()
    consents = profiles.consents_of(session, advocate_ids)
    return _facts(rows, consents, engagements.uses_of(session, advocate_ids, today - LOOK_BACK), settings)


def facts_of_all(session: GuardedSession, settings: Settings, today: date) -> dict[str, Facts]:
    """The same of every active advocate. Three statements, however many there are."""
    rows = session.execute(_OF_ALL).all()
    consents = profiles.consents_of_active(session)
    return _facts(rows, consents, engagements.uses_of_active(session, today - LOOK_BACK), settings)


def _facts(
    rows: Iterable[Any],
    consents: Mapping[str, Consent],
    uses: Mapping[str, tuple[Use, ...]],
    settings: Settings,
) -> dict[str, Facts]:
    usual = limits(settings, None, None)
    return {
        row.id: Facts(
            state=State(row.state),
            consent=consents.get(row.id),
            verified_on=row.verified_at.date() if row.verified_at else None,
            refused=tuple(row.refused_activities),
            uses=uses.get(row.id, ()),
            limits=usual
            if row.own_cap_halves is row.own_rest_days is None
            else limits(settings, row.own_cap_halves, row.own_rest_days),
            pauses=(Pause(PauseReason[row.rest_reason], row.rest_until),) if row.rest_reason else (),
            health=row.health,
            renewal_on=row.renewal_on,
        )
        for row in rows
    }


def limits(settings: Settings, cap_halves: int | None, rest_days: int | None) -> Limits:
    """An advocate's limits: their own count as granted, for only the team writes them, having talked with them."""
    return limits_for(settings.numbers, OwnLimits(cap_halves, rest_days, granted=True))


def of_one(session: GuardedSession, advocate_id: str, settings: Settings, today: date) -> Facts:
    """The same of one advocate. Raises RuleError when there is none."""
    found = facts_of(session, [advocate_id], settings, today)
    if advocate_id not in found:
        raise RuleError("This advocate isn't here any more.")
    return found[advocate_id]


def obstacles(
    session: GuardedSession, advocate_id: str, activity: Activity, day: date, settings: Settings, today: date
) -> tuple[Obstacle, ...]:
    """What stands in the way of this use on that day."""
    return check(of_one(session, advocate_id, settings, today), activity, day, today)


def reserve(
    session: GuardedSession,
    actor: Actor,
    moment: Moment,
    use: Engagement,
    settings: Settings,
    override: str | None = None,
) -> None:
    """Put a use on an advocate's account from now on, unless that would be too much.

    The advocate's row is held until the transaction ends: of two at once for the last slot the second one waits, sees
    the first one's use and is refused. Raises RuleError with what stands in the way, or where an override may not be.
    """
    session.get(Advocate, (session.workspace_id, use.advocate_id), with_for_update=True)
    today = actor.today(moment.now)
    found = obstacles(session, use.advocate_id, Activity(use.activity), use.happens_on, settings, today)
    _allow(session, actor, moment, use, found, override)
    use.status = Status.RESERVED.value
    session.add(use)
    session.flush()
    settle(session, use.advocate_id, settings, today)


def _allow(
    session: GuardedSession,
    actor: Actor,
    moment: Moment,
    use: Engagement,
    found: tuple[Obstacle, ...],
    override: str | None,
) -> None:
    """Nothing when nothing stands in the way, or when the team overrides it with a reason, which the audit keeps."""
    use.override_reason = allowed(session, actor, moment, use.advocate_id, found, override, use.request_id)
    use.over_cap = bool(found)  # where it stood before, it may have been too much


def allowed(
    session: GuardedSession,
    actor: Actor,
    moment: Moment,
    advocate_id: str,
    found: tuple[Obstacle, ...],
    override: str | None,
    request_id: str | None = None,
) -> str | None:
    """None when nothing stands in the way, else the reason why it may be all the same, which the audit keeps.

    Raises RuleError with what stands in the way, or where an override may not be.
    """
    if not found:
        return None
    if override is None:
        name = profiles.name_of(session, advocate_id)
        raise RuleError(" ".join(one.sentence(name) for one in found))
    reason = check_override(found, override)
    audit.record(
        session,
        moment,
        actor.person_id,
        "protection.overridden",
        ("advocate", advocate_id),
        after={"obstacles": [one.kind.value for one in found], "request": request_id},
        reason=reason,
    )
    return reason


def shift(
    session: GuardedSession,
    actor: Actor,
    moment: Moment,
    use: Engagement,
    day: date,
    settings: Settings,
    override: str | None,
) -> None:
    """Move a reserved use to another day, unless that would be too much there: its own place does not count."""
    session.get(Advocate, (session.workspace_id, use.advocate_id), with_for_update=True)
    today = actor.today(moment.now)
    facts = of_one(session, use.advocate_id, settings, today)
    facts = replace(facts, uses=without(facts.uses, use.request_id or ""))
    _allow(session, actor, moment, use, check(facts, Activity(use.activity), day, today), override)
    use.happens_on = day
    session.flush()
    settle(session, use.advocate_id, settings, today)


def release(session: GuardedSession, moment: Moment, request_id: str, settings: Settings) -> None:
    """Give back what a request had reserved: it did not come about."""
    use = engagements.of_request(session, request_id)
    if use is not None:
        let_go(session, moment, use, settings)


def let_go(session: GuardedSession, moment: Moment, use: Engagement, settings: Settings) -> None:
    """Give back one use that was reserved; what is done stays done."""
    if use.status == Status.RESERVED.value:
        use.status = Status.RELEASED.value
        session.flush()
        settle(session, use.advocate_id, settings, moment.now.date())


def settle(session: GuardedSession, advocate_id: str, settings: Settings, today: date) -> None:
    """Let the index know from which day on an advocate is free again."""
    facts = of_one(session, advocate_id, settings, today)
    documents.free_from(session, advocate_id, next_free(facts.uses, facts.limits, ONE, today, HORIZON_DAYS))


def weight_of(activity: Activity) -> int:
    """What one use of an advocate costs, in halves."""
    return WEIGHTS[activity]
