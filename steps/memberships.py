"""Who belongs to a program: proposed, invited, answered for, gone. The rules are in domain.memberships.

Joining a board reserves its term as any use is reserved; in other programs each use is asked for when it comes.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime

from domain import permissions
from domain.errors import AlreadyDone, NotFound, RuleError
from domain.mechanisms import ASKED_FOR, TERMS, Kind, term_day
from domain.mechanisms import State as ProgramState
from domain.memberships import AGAIN_AFTER, Invitation, Invited, Member, Move, State, after
from domain.messages import Kind as MessageKind
from domain.moment import Moment
from domain.obstacles import Kind as ObstacleKind
from domain.obstacles import Obstacle
from domain.people import Actor
from domain.permissions import Action, Relation
from domain.protection import Facts, check
from domain.settings import Settings
from domain.time_zones import zone_of
from steps import invitations, protection
from steps.mechanisms import running
from steps.progress import TEAM_CHANNEL
from storage import audit, memberships, outbox, settings
from storage import portfolio as stored
from storage.engagements import Engagement, Status
from storage.guard import GuardedSession
from storage.mechanisms import Mechanism, MechanismMember
from storage.memberships import Behind, can_be_asked
from views import invitations as view

GONE = "This invitation isn't here any more."
ENDED = "This program is closed by now, so nobody joins it any more."

OF_THE_CALENDAR = frozenset({ObstacleKind.CAP, ObstacleKind.REST})
"""What stands in the way of a use on a day, and not of belonging to something."""

MOST_AT_ONCE = 40
"""Customers invited in one go: each owner gets a message about each."""

HELP = " The advocacy team can let them join all the same, with a reason: please ask there."


def today_of(known: Settings, now: datetime) -> date:
    """Today where the workspace is."""
    return now.astimezone(zone_of(known.time_zone)).date()


def obstacles(program: Mechanism, facts: Facts, today: date) -> tuple[Obstacle, ...]:
    """What stands in the way of joining; the calendar only where joining is a use by itself."""
    kind = Kind(program.kind)
    found = check(facts, ASKED_FOR[kind], term_day(program.starts_on, today), today)
    return found if kind in TERMS else tuple(one for one in found if one.kind not in OF_THE_CALENDAR)


def invite(
    session: GuardedSession, actor: Actor, moment: Moment, mechanism_id: str, advocate_ids: Collection[str]
) -> Invited:
    """Invite these; each owner is asked. Of two who invite the same customer at once, one does and the other is told.

    Those who can't be invited are told of, and keep nobody else from it. Raises NotAllowed, NotFound, AlreadyDone,
    RuleError when nobody is invited.
    """
    permissions.check(actor, Action.RUN_MECHANISMS)
    program = running(session, mechanism_id, lock=True)
    ids = list(dict.fromkeys(advocate_ids))[:MOST_AT_ONCE]
    if not ids:
        raise RuleError("Whom do you invite?", {"who": "Whom do you invite?"})
    known = settings.load(session)
    today = today_of(known, moment.now)
    facts = protection.facts_of(session, ids, known, today)
    names = {row[0]: row[1] for row in stored.shown(session, ids)}
    there = memberships.rows_of(session, program.id, ids)
    made, refused = [], []
    for advocate_id in ids:
        try:
            one = _invited(program, there.get(advocate_id), advocate_id, names, facts.get(advocate_id), today)
        except RuleError as refusal:
            refused.append(refusal.message)
            continue
        made.append(_renewed(session, actor, moment, program, one, advocate_id, today))
    if not made:
        raise RuleError(" ".join(refused), {"who": " ".join(refused)})
    told = memberships.behind(session, [row.id for row in made], today)
    for row in made:
        invitations.ask(session, moment, told[row.id], today)
    return Invited(tuple(told[row.id].name for row in made), tuple(refused))


def _invited(
    program: Mechanism,
    row: MechanismMember | None,
    advocate_id: str,
    names: dict[str, str],
    facts: Facts | None,
    today: date,
) -> MechanismMember | None:
    """The row to renew, if there is one. Raises RuleError with why this customer can't be invited."""
    if facts is None or advocate_id not in names:
        raise NotFound("Somebody you picked isn't here any more.")
    name = names[advocate_id]
    if row is not None:
        after(State(row.state), Move.INVITE, name)
    found = obstacles(program, facts, today)
    if found:
        raise RuleError(" ".join(one.sentence(name) for one in found))
    return row


def _renewed(
    session: GuardedSession,
    actor: Actor,
    moment: Moment,
    program: Mechanism,
    row: MechanismMember | None,
    advocate_id: str,
    today: date,
) -> MechanismMember:
    before = {"state": row.state} if row else None
    if row is None:
        row = MechanismMember(id=moment.new_id(), mechanism_id=program.id, advocate_id=advocate_id)
        session.add(row)
    row.state, row.invited_by_id, row.invited_at = State.INVITED.value, actor.person_id, moment.now
    row.asked, row.asked_id, row.asked_on, row.engagement_id = 0, None, today, None
    row.answered_by_id = row.answered_at = row.again_on = row.joined_on = row.left_on = None
    after_ = {"state": row.state, "program": program.id, "advocate": advocate_id}
    _note(session, actor, moment, "mechanism.invited", row, before, after_)
    return row


def answer(
    session: GuardedSession,
    actor: Actor,
    moment: Moment,
    member_id: str,
    move: Move,
    override: str | None = None,
) -> Invitation:
    """What a customer said. With an `override` it may be too much for them, for a reason.

    Raises NotFound, NotAllowed, AlreadyDone when somebody was faster or the program is closed, RuleError with what
    stands in the way of joining.
    """
    known = settings.load(session)
    today = today_of(known, moment.now)
    one = _held(session, member_id, today)
    relations = [Relation.ACCOUNT_OWNER] if one.owner is not None and one.owner.id == actor.person_id else []
    permissions.check(actor, Action.ANSWER_INVITATION, relations)
    if override is not None and move is Move.JOIN:
        permissions.check(actor, Action.OVERRIDE_CAP)
    row = one.row
    if one.program.state != ProgramState.OPEN.value:
        raise AlreadyDone(ENDED)
    before, moved = row.state, after(State(row.state), move, one.name)
    if move is Move.JOIN:
        _join(session, actor, moment, one, known, override)
        row.joined_on = today
    row.again_on = today + AGAIN_AFTER if move is Move.PUT_OFF else None
    row.state, row.answered_by_id, row.answered_at = moved.value, actor.person_id, moment.now
    _note(session, actor, moment, f"mechanism.{move.name.lower()}", row, {"state": before}, {"state": row.state})
    one = memberships.behind(session, [row.id], today)[row.id]
    invitations.redraw(session, moment, one, today)
    _tell_inviter(session, moment, actor, one, today)
    return memberships.invitation(one)


def _join(
    session: GuardedSession, actor: Actor, moment: Moment, one: Behind, known: Settings, override: str | None
) -> None:
    kind, today = Kind(one.program.kind), today_of(known, moment.now)
    try:
        if kind in TERMS:
            _reserve(session, actor, moment, one, known, override)
        else:
            found = obstacles(one.program, protection.of_one(session, one.row.advocate_id, known, today), today)
            protection.allowed(session, actor, moment, one.row.advocate_id, found, override)
    except RuleError as refusal:
        if permissions.may(actor, Action.OVERRIDE_CAP):
            raise
        raise RuleError(refusal.message + HELP, refusal.fields) from None


def _reserve(
    session: GuardedSession, actor: Actor, moment: Moment, one: Behind, known: Settings, override: str | None
) -> None:
    """The term counts once, on the day it begins."""
    activity, today = ASKED_FOR[Kind(one.program.kind)], today_of(known, moment.now)
    use = Engagement(id=moment.new_id(), advocate_id=one.row.advocate_id, activity=activity.value, source="program")
    use.halves, use.happens_on = protection.weight_of(activity), term_day(one.program.starts_on, today)
    use.words, use.created_at = one.program.name, moment.now
    protection.reserve(session, actor, moment, use, known, override)
    if use.happens_on <= today:
        use.status = Status.DONE.value
    one.row.engagement_id = use.id


def leave(session: GuardedSession, actor: Actor, moment: Moment, member_id: str) -> Invitation:
    """A customer leaves, or the invitation is taken back; a term that has not begun is given back.

    Raises NotFound, NotAllowed, IllegalMove.
    """
    permissions.check(actor, Action.RUN_MECHANISMS)
    known = settings.load(session)
    one = _held(session, member_id, today_of(known, moment.now))
    _leave(session, moment, one, known, actor.person_id)
    return memberships.invitation(one)


def _leave(session: GuardedSession, moment: Moment, one: Behind, known: Settings, by: str | None) -> None:
    row, today = one.row, today_of(known, moment.now)
    before, row.state = row.state, after(State(row.state), Move.LEAVE, one.name).value
    row.left_on = today
    term = session.get(Engagement, (session.workspace_id, row.engagement_id)) if row.engagement_id else None
    if term is not None:
        protection.let_go(session, moment, term, known)
    about, changed = ("mechanism_member", row.id), {"state": row.state}
    audit.record(session, moment, by, "mechanism.left", about, before={"state": before}, after=changed)
    session.flush()
    invitations.redraw(session, moment, one, today)


def left_with_their_profile(session: GuardedSession, moment: Moment, known: Settings) -> bool:
    """Who is no advocate any more belongs to nothing. True when there are more."""
    gone = memberships.retired(session, today_of(known, moment.now), invitations.AT_ONCE)
    for one in gone:
        _leave(session, moment, one, known, None)
    return len(gone) == invitations.AT_ONCE


def _held(session: GuardedSession, member_id: str, today: date) -> Behind:
    """The row, its program held: whoever changes who belongs to it waits and then sees. Raises NotFound."""
    row = session.get(MechanismMember, (session.workspace_id, member_id))
    if row is None:
        raise NotFound(GONE)
    session.get(Mechanism, (session.workspace_id, row.mechanism_id), with_for_update={"key_share": True})
    return memberships.behind(session, [member_id], today)[member_id]


def member(session: GuardedSession, actor: Actor, _moment: Moment, member_id: str) -> Member:
    """One customer in a program, for the team's form. Raises NotAllowed, NotFound."""
    permissions.check(actor, Action.RUN_MECHANISMS)
    found = memberships.one(session, member_id)
    if found is None:
        raise NotFound(GONE)
    return found


def _note(
    session: GuardedSession,
    actor: Actor,
    moment: Moment,
    what: str,
    row: MechanismMember,
    before: Mapping[str, object] | None,
    changed: Mapping[str, object],
) -> None:
    about = ("mechanism_member", row.id)
    audit.record(session, moment, actor.person_id, what, about, before=before, after=changed)


def _tell_inviter(session: GuardedSession, moment: Moment, actor: Actor, one: Behind, today: date) -> None:
    """Whoever invited hears of the answer, unless it was their own; the team where they are not here any more."""
    inviter = one.inviter
    if inviter is not None and inviter.id == actor.person_id:
        return
    target = inviter.slack_user_id if inviter is not None and can_be_asked(inviter, today) else None
    subjects: Sequence[str] = [one.contact_id, one.row.advocate_id, actor.person_id]
    message = view.answered(memberships.invitation(one))
    outbox.put(session, moment, MessageKind.MECHANISM_NEWS, target or TEAM_CHANNEL, message, subjects=subjects)
