"""Programs by hand: begun, changed, looked at, closed. What makes sense is in domain.mechanisms."""

from dataclasses import replace
from datetime import date

from domain import permissions
from domain.errors import AlreadyDone, NotFound, RuleError
from domain.mechanisms import (
    ASKED_FOR,
    MOST,
    Checked,
    Draft,
    End,
    Kind,
    Listed,
    Opened,
    State,
    Summary,
    Values,
    checked,
    is_over,
)
from domain.moment import Moment
from domain.participation import Cap
from domain.people import Actor
from domain.permissions import Action
from domain.settings import Settings
from domain.targets import as_stored, from_stored
from domain.time_zones import zone_of
from steps import invitations, meeting_news
from steps.checks import colleague
from steps.gifts import CAP as GIFT_CAP
from steps.targets import with_codes
from storage import audit, mechanisms, meetings, memberships, participation, people, receipts, settings
from storage.guard import GuardedSession
from storage.mechanisms import Mechanism
from storage.people import Person

GONE = "This program isn't here any more. Please open the list again."
ENDED = "This program is closed already. Please open the list again."

NO_HAND = "Only the advocacy team or the program leader can run programs. Please pick one of them, or leave it empty."

SHOWN = 200
"""Programs in the list: those that run, and the last that are over."""

PAGE = 20
"""Members on a page: two blocks each, beside what the program is."""


def listed(session: GuardedSession, actor: Actor, moment: Moment) -> Listed:
    """All programs. Two statements. Raises NotAllowed."""
    permissions.check(actor, Action.RUN_MECHANISMS)
    today, found = actor.today(moment.now), mechanisms.every(session, SHOWN)
    days = meetings.nearest(session, [one.id for one in found], today)
    return Listed(tuple(replace(one, next_on=days.get(one.id)) for one in found), today)


def opened(session: GuardedSession, actor: Actor, moment: Moment, mechanism_id: str, page: int = 0) -> Opened:
    """One program with a page of its members. Twelve statements. Raises NotAllowed, NotFound."""
    permissions.check(actor, Action.RUN_MECHANISMS)
    row = session.get(Mechanism, (session.workspace_id, mechanism_id))
    if row is None:
        raise NotFound(GONE)
    total = memberships.how_many(session, row.id)
    pages = max(1, -(-total // PAGE))
    page = min(max(page, 0), pages - 1)
    known, today = settings.load(session), actor.today(moment.now)
    cap = Cap(today.year, known.numbers[GIFT_CAP], known.currency)
    asked_for = ASKED_FOR[Kind(row.kind)].value
    members = memberships.of_mechanism(session, row.id, page * PAGE, PAGE)
    parts = participation.of_members(session, [one.id for one in members], asked_for, cap.year, cap.currency)
    return Opened(
        mechanisms.summary(session, row),
        from_stored(row.criteria),
        tuple(replace(one, part=parts[one.id]) for one in members),
        page,
        pages,
        today,
        cap,
        participation.totals(session, row.id, asked_for, cap.year, cap.currency),
        tuple(meetings.planned(session, row.id)),
    )


def begin(_session: GuardedSession, actor: Actor, moment: Moment) -> Draft:
    """A new program's form. Raises NotAllowed."""
    permissions.check(actor, Action.RUN_MECHANISMS)
    return Draft(owner_slack_id=actor.slack_user_id, starts_on=actor.today(moment.now))


def draft(session: GuardedSession, actor: Actor, _moment: Moment, mechanism_id: str) -> Draft:
    """One program's form. Raises NotAllowed, NotFound, AlreadyDone."""
    permissions.check(actor, Action.RUN_MECHANISMS)
    row = running(session, mechanism_id)
    owner = session.get(Person, (session.workspace_id, row.owner_id)) if row.owner_id else None
    held = _held(row)
    return Draft(
        held.kind,
        held.name,
        held.purpose,
        owner.slack_user_id if owner else None,
        held.size,
        held.starts_on,
        held.ends_on,
        held.criteria,
        row.id,
        row.version,
    )


def create(session: GuardedSession, actor: Actor, moment: Moment, values: Values, receipt: str) -> Summary:
    """Begin a program; the same receipt begins one. Raises RuleError at the fields, NotAllowed."""
    permissions.check(actor, Action.RUN_MECHANISMS)
    known = receipts.outcome_of(session, receipt)
    if known is not None and (made := session.get(Mechanism, (session.workspace_id, known))) is not None:
        return mechanisms.summary(session, made)
    kept = checked(_coded(values), actor.today(moment.now))
    owner = _owner(session, values)
    if mechanisms.how_many_open(session) >= MOST:
        raise RuleError(f"There are {MOST} programs already. Please close one that is over.")
    row = Mechanism(id=moment.new_id(), kind=kept.kind.value, state=State.OPEN.value)
    row.created_by_id, row.created_at = actor.person_id, moment.now
    _keep(row, kept, owner)
    session.add(row)
    receipts.keep(session, moment, receipt, row.id)
    audit.record(session, moment, actor.person_id, "mechanism.created", ("mechanism", row.id), after=_said(row))
    return mechanisms.summary(session, row)


def change(
    session: GuardedSession, actor: Actor, moment: Moment, values: Values, mechanism_id: str, version: int
) -> Summary:
    """Keep what was changed.

    Raises RuleError at the fields, NotAllowed, NotFound, AlreadyDone when it is closed or a colleague was faster.
    """
    permissions.check(actor, Action.RUN_MECHANISMS)
    row = running(session, mechanism_id, lock=True)
    if row.version != version:
        raise AlreadyDone("A colleague changed this program in the meantime. Please open it again.")
    joined = mechanisms.summary(session, row).members
    kept = checked(_coded(values), actor.today(moment.now), _held(row), joined=joined)
    owner, before = _owner(session, values), _said(row)
    _keep(row, kept, owner)
    audit.record(
        session, moment, actor.person_id, "mechanism.changed", ("mechanism", row.id), before=before, after=_said(row)
    )
    return mechanisms.summary(session, row)


def stop(session: GuardedSession, actor: Actor, moment: Moment, mechanism_id: str) -> None:
    """Close it by hand: who belongs to it stays on record, who was not asked in the end is not. Raises NotAllowed,
    NotFound, AlreadyDone."""
    permissions.check(actor, Action.RUN_MECHANISMS)
    row = running(session, mechanism_id, lock=True)
    _close(session, moment, row, End.STOPPED, actor.today(moment.now), actor)


def close_ended(session: GuardedSession, moment: Moment, known: Settings) -> None:
    """Close the programs whose last day has passed."""
    today = moment.now.astimezone(zone_of(known.time_zone)).date()
    for one in mechanisms.open_rows(session):
        if is_over(one.ends_on, today) and (row := locked(session, one.id)) and row.state == State.OPEN.value:
            _close(session, moment, row, End.OVER, today, None)


def _close(session: GuardedSession, moment: Moment, row: Mechanism, end: End, today: date, actor: Actor | None) -> None:
    row.state, row.end, row.closed_at = State.CLOSED.value, end.name, moment.now
    session.flush()
    by = actor.person_id if actor else None
    invitations.withdraw(session, moment, memberships.waiting_of(session, row.id, today), by)
    meeting_news.call_off_all(session, moment, row.id, today, actor)
    audit.record(session, moment, by, "mechanism.closed", ("mechanism", row.id), after={"end": end.name})


def running(session: GuardedSession, mechanism_id: str, *, lock: bool = False) -> Mechanism:
    """The row of a program that runs; held, so that of two who change who belongs to it one waits and then sees.

    Raises NotFound, AlreadyDone.
    """
    row = locked(session, mechanism_id) if lock else session.get(Mechanism, (session.workspace_id, mechanism_id))
    if row is None:
        raise NotFound(GONE)
    if row.state != State.OPEN.value:
        raise AlreadyDone(ENDED)
    return row


def locked(session: GuardedSession, mechanism_id: str) -> Mechanism | None:
    """The row of a program, held until the transaction ends; None where there is none."""
    return session.get(
        Mechanism, (session.workspace_id, mechanism_id), with_for_update={"key_share": True}, populate_existing=True
    )


def _coded(values: Values) -> Values:
    return replace(values, criteria=with_codes(values.criteria))


def _owner(session: GuardedSession, values: Values) -> Person | None:
    """Whoever sees to it, of those who can. Raises RuleError at the field for anybody else."""
    if not values.owner_slack_id:
        return None
    found, actor = colleague(session, values.owner_slack_id, "owner"), people.actor_of(session, values.owner_slack_id)
    if actor is None or not permissions.may(actor, Action.RUN_MECHANISMS):
        raise RuleError(NO_HAND, {"owner": NO_HAND})
    return found


def _held(row: Mechanism) -> Checked:
    criteria = from_stored(row.criteria)
    return Checked(Kind(row.kind), row.name, row.purpose, row.size, row.starts_on, row.ends_on, criteria)


def _keep(row: Mechanism, kept: Checked, owner: Person | None) -> None:
    row.name, row.purpose, row.size, row.criteria = kept.name, kept.purpose, kept.size, as_stored(kept.criteria)
    row.starts_on, row.ends_on, row.owner_id = kept.starts_on, kept.ends_on, owner.id if owner else None


def _said(row: Mechanism) -> dict[str, object]:
    return {
        "kind": row.kind,
        "name": row.name,
        "purpose": row.purpose,
        "size": row.size,
        "criteria": row.criteria,
        "owner": row.owner_id,
        "starts_on": row.starts_on.isoformat(),
        "ends_on": row.ends_on.isoformat() if row.ends_on else None,
    }
