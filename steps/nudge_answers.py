"""What people say to nudges: that they did it, that one is not for them, less often, none at all. All can be undone."""

from collections.abc import Callable
from datetime import timedelta

from domain import permissions
from domain.errors import NotFound
from domain.moment import Moment
from domain.nudge_answers import Answered, Said, Wishes
from domain.people import Actor
from storage import audit, nudges
from storage.guard import GuardedSession
from storage.nudge_people import DONE, UNWANTED
from storage.nudges import Nudge, NudgeReply, NudgeWish

REST = timedelta(days=28)
"""How long "less often" means none: four weeks, after which they come as before."""


def answer(session: GuardedSession, actor: Actor, moment: Moment, said: Said, nudge_id: str) -> Answered:
    """Take over what somebody said; the same again changes nothing. Raises NotAllowed, NotFound."""
    row = _nudge(session, actor, nudge_id)
    if said in (Said.DONE, Said.NOT_MINE):
        what = _WHAT[said]
        if nudges.reply_of(session, nudge_id, actor.person_id, what) is None:
            reply = NudgeReply(nudge_id=nudge_id, person_id=actor.person_id, entry_id=row.entry_id or "", what=what)
            reply.id, reply.at = moment.new_id(), moment.now
            session.add(reply)
    else:
        _CHANGES[said](session, actor, moment)
    return Answered(said, nudge_id, wishes(session, actor, moment), row.person_id is None)


def undo(session: GuardedSession, actor: Actor, moment: Moment, said: Said, nudge_id: str) -> Answered:
    """Take it back; what was never said, or is taken back already, changes nothing. Raises NotAllowed, NotFound."""
    row = _nudge(session, actor, nudge_id)
    if said in (Said.DONE, Said.NOT_MINE):
        reply = nudges.reply_of(session, nudge_id, actor.person_id, _WHAT[said])
        if reply is not None:
            session.delete(reply)
            session.flush()
    elif said is Said.SNOOZE:  # an older "less often" taken back is not a yes to what was stopped since
        _wish(session, actor, moment).snoozed_until = None
    else:
        again(session, actor, moment)
    return Answered(said, nudge_id, wishes(session, actor, moment), row.person_id is None)


_WHAT = {Said.DONE: DONE, Said.NOT_MINE: UNWANTED}


def _nudge(session: GuardedSession, actor: Actor, nudge_id: str) -> Nudge:
    permissions.check(actor, permissions.Action.NOMINATE)
    row = session.get(Nudge, (session.workspace_id, nudge_id))
    if row is None or row.person_id not in (None, actor.person_id):
        raise NotFound("That message is not known any more.")
    return row


def wishes(session: GuardedSession, actor: Actor, moment: Moment) -> Wishes:
    """What this person wants now."""
    permissions.check(actor, permissions.Action.NOMINATE)
    row = nudges.wish_of(session, actor.person_id)
    if row is None:
        return Wishes()
    rests = row.snoozed_until is not None and row.snoozed_until > actor.today(moment.now)
    return Wishes(row.opted_out_at is not None, row.snoozed_until if rests else None, row.may_name)


def snooze(session: GuardedSession, actor: Actor, moment: Moment) -> None:
    """None for four weeks by this person's own calendar."""
    _wish(session, actor, moment).snoozed_until = actor.today(moment.now) + REST


def stop(session: GuardedSession, actor: Actor, moment: Moment) -> None:
    """None any more."""
    _wish(session, actor, moment).opted_out_at = moment.now


def again(session: GuardedSession, actor: Actor, moment: Moment) -> None:
    """As everybody gets them."""
    row = _wish(session, actor, moment)
    row.snoozed_until = row.opted_out_at = None


def name_me(session: GuardedSession, actor: Actor, moment: Moment, *, allowed: bool) -> None:
    """Whether nudges to colleagues may name this person."""
    row = _wish(session, actor, moment)
    if row.may_name != allowed:
        row.may_name = allowed
        audit.record(
            session, moment, actor.person_id, "nudges.may_name", ("person", actor.person_id), after={"allowed": allowed}
        )


def _wish(session: GuardedSession, actor: Actor, moment: Moment) -> NudgeWish:
    permissions.check(actor, permissions.Action.NOMINATE)
    row = nudges.wish_of(session, actor.person_id)
    if row is None:
        row = NudgeWish(person_id=actor.person_id, may_name=False)
        session.add(row)
    row.changed_at = moment.now
    return row


_CHANGES: dict[Said, Callable[[GuardedSession, Actor, Moment], None]] = {Said.SNOOZE: snooze, Said.STOP: stop}
