"""What came of a send, written to the outbox. Decides what a late or second answer means, never what Slack meant.

Every function but `delivered` changes a message only while `owner` still holds its lease: whoever took over
knows better by now. All of them run in the workspace's own session.
"""

from datetime import datetime, timedelta

from sqlalchemy import select, update

from storage import pace
from storage.guard import GuardedSession
from storage.outbox import Message, Post, Status


def delivered(session: GuardedSession, now: datetime, message_id: str, channel: str, ts: str) -> bool:
    """Note where the message stands in Slack. True when it stands there twice, and this copy must be deleted.

    It counts whoever says so: a sender that lost its lease did send after all.
    """
    row = session.get(Message, (session.workspace_id, message_id), with_for_update=True)
    if row is None:
        return True  # erased while it was on its way
    if row.status == Status.DELIVERED.value:
        twice = (row.channel, row.ts) != (channel, ts)
        if not twice:
            _show_newest(session, now, row)
        return twice
    if row.slot is not None and _stands_elsewhere(session, row, channel, ts):
        return True
    if row.status == Status.SUPERSEDED.value and _show_newest(session, now, row):
        return False
    row.status, row.done_at = Status.DELIVERED.value, now
    row.channel, row.ts, row.problem = channel, ts, None
    row.lease_owner = row.lease_until = None
    pace.quicken(session, pace.scopes(row.target, updating=row.slot is not None))
    if row.slot is not None:
        _note_post(session, now, row.slot, channel, ts)
        _supersede_older(session, now, row)
    return False


def retry(session: GuardedSession, owner: str, message_id: str, due_at: datetime, problem: str) -> None:
    """Send it again at calendar time `due_at`, unless a newer one of its slot waits already."""
    row = _mine(session, owner, message_id)
    if row is not None:
        _put_back(session, row, due_at, problem)


def not_its_fault(session: GuardedSession, owner: str, message_id: str, due_at: datetime, problem: str) -> None:
    """As `retry`, and the attempt does not count: Slack is too busy, or refuses the whole workspace."""
    row = _mine(session, owner, message_id)
    if row is not None:
        row.attempts -= 1
        _put_back(session, row, due_at, problem)


def slowed_down(
    session: GuardedSession, real: datetime, target: str, wait: timedelta, *, updating: bool, everybody: bool
) -> None:
    """Honour Slack's "too fast": who waits is the method, the conversation, or (`everybody`) the workspace.

    Slack does not say which limit was hit. A post to a person is their only one, so that it must be the
    workspace's; a channel's own limit is assumed first, until a second conversation is told the same.
    """
    until = real + wait
    if updating:
        pace.pause(session, pace.UPDATES, until, slower=True)
        return
    pace.pause(session, target, until, slower=True)
    session.flush()
    if everybody or pace.told_to_wait(session, real) >= pace.SEVERAL_TOLD:
        pace.pause(session, pace.WORKSPACE, until, slower=True)


def held(session: GuardedSession, now: datetime, owner: str, message_id: str, problem: str) -> bool:
    """Keep it, and what else is due there, until the place is mended. False when it is not ours any more."""
    row = _mine(session, owner, message_id)
    if row is None:
        return False
    _put_back(session, row, row.due_at, problem)
    session.flush()
    session.execute(
        update(Message)
        .where(Message.target == row.target, Message.status == Status.WAITING.value, Message.due_at <= now)
        .values(status=Status.HELD.value, problem=problem)
        .execution_options(synchronize_session=False)
    )
    return True


def dead(session: GuardedSession, now: datetime, owner: str, message_id: str, problem: str) -> None:
    """Give it up; admins see it with its reason and may try again."""
    _end(_mine(session, owner, message_id), now, Status.DEAD, problem)


def dropped(session: GuardedSession, now: datetime, owner: str, message_id: str, problem: str) -> None:
    """Leave it: it may have been sent, and is of a kind that is better missed than seen twice."""
    _end(_mine(session, owner, message_id), now, Status.DROPPED, problem)


def going_to(session: GuardedSession, owner: str, message_id: str, channel: str) -> None:
    """Note the channel before sending, so that whoever looks for the message later looks in the right one."""
    row = _mine(session, owner, message_id)
    if row is not None:
        row.channel = channel


def doubtful_until(session: GuardedSession, owner: str, message_id: str, until: datetime, problem: str) -> bool:
    """Nobody knows whether Slack has it: look at real time `until`, when its history surely shows it.

    False when it is not ours any more: whoever took over has looked, perhaps before our call reached Slack.
    """
    row = _mine(session, owner, message_id)
    if row is None:
        return False
    row.lease_until, row.problem = until, problem
    return True


def changed_late(session: GuardedSession, now: datetime, message_id: str) -> None:
    """A change may have reached Slack long after its time: what its place has shown since then is shown again."""
    row = session.get(Message, (session.workspace_id, message_id), with_for_update=True)
    if row is not None:
        _show_newest(session, now, row)


def post_is_gone(session: GuardedSession, owner: str, message_id: str, now: datetime) -> None:
    """The message to change was deleted in Slack: forget it, and post anew at once."""
    row = _mine(session, owner, message_id)
    if row is None or row.slot is None:
        return
    post = session.get(Post, (session.workspace_id, row.slot))
    if post is not None:
        session.delete(post)
    _put_back(session, row, now, "The message to update is no longer in Slack.")


def _mine(session: GuardedSession, owner: str, message_id: str) -> Message | None:
    row = session.get(Message, (session.workspace_id, message_id), with_for_update=True)
    return row if row is not None and (row.status, row.lease_owner) == (Status.SENDING.value, owner) else None


def _put_back(session: GuardedSession, row: Message, due_at: datetime, problem: str) -> None:
    row.status, row.due_at, row.problem = Status.WAITING.value, due_at, problem
    row.lease_owner = row.lease_until = None
    if row.slot is not None and _newer_waits(session, row):
        row.status, row.done_at = Status.SUPERSEDED.value, due_at


def _newer_waits(session: GuardedSession, row: Message) -> bool:
    """Whether the slot has a newer message: `put` leaves at most one waiting, so any other one is newer."""
    others = select(Message.id).where(
        Message.slot == row.slot,
        Message.id != row.id,
        Message.created_at >= row.created_at,
        Message.status.in_([Status.WAITING.value, Status.HELD.value]),
    )
    return session.scalar(others.limit(1)) is not None


def _end(row: Message | None, now: datetime, status: Status, problem: str) -> None:
    if row is not None:
        row.status, row.done_at, row.problem = status.value, now, problem
        row.lease_owner = row.lease_until = None


def _stands_elsewhere(session: GuardedSession, row: Message, channel: str, ts: str) -> bool:
    """Whether a newer message of the slot was posted while this one was thought lost."""
    post = session.get(Post, (session.workspace_id, row.slot))
    return row.status == Status.SUPERSEDED.value and post is not None and (post.channel, post.ts) != (channel, ts)


def _show_newest(session: GuardedSession, now: datetime, late: Message) -> bool:
    """Send the newest message of the slot again where a late change has put an older one over it. Whether it had to."""
    if late.slot is None:
        return False
    newest = session.scalars(
        select(Message)
        .where(Message.slot == late.slot, Message.status == Status.DELIVERED.value)
        .order_by(Message.created_at.desc(), Message.id.desc())
        .limit(1)
        .with_for_update()
    ).first()
    if newest is None or (newest.created_at, newest.id) <= (late.created_at, late.id):
        return False
    _put_back(session, newest, now, "A late change had put an older text in its place.")
    newest.done_at = newest.done_at if newest.status == Status.SUPERSEDED.value else None
    return True


def _note_post(session: GuardedSession, now: datetime, slot: str, channel: str, ts: str) -> None:
    post = session.get(Post, (session.workspace_id, slot))
    if post is None:
        post = Post(slot=slot)
        session.add(post)
    if (post.channel, post.ts) != (channel, ts):
        post.channel, post.ts, post.posted_at = channel, ts, now


def _supersede_older(session: GuardedSession, now: datetime, row: Message) -> None:
    session.flush()
    session.execute(
        update(Message)
        .where(
            Message.slot == row.slot,
            Message.id != row.id,
            Message.created_at <= row.created_at,
            Message.status.in_([Status.WAITING.value, Status.HELD.value]),
        )
        .values(status=Status.SUPERSEDED.value, done_at=now)
        .execution_options(synchronize_session=False)
    )
