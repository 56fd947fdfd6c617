"""Which messages one sender may send now, and which of another's it must look after. Decides no outcome.

A claim is a lease: status SENDING, an owner, and a real time at which it runs out. A lease that ran out means
that nobody knows whether Slack got the message: it is in doubt, and is claimed again by `claim_doubtful`.
What came of a send is written by storage.outcomes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Row, func, select, update

from domain.messages import Kind, Lane
from storage import pace, turns, workspaces
from storage.guard import GuardedSession
from storage.outbox import Message, Post, Status

LEASE = timedelta(seconds=60)
"""How long a sender may take: a second's pacing, 15 s of HTTP, writing the outcome, and a wide margin.
Also the time after which Slack's history surely shows what was sent."""

CANDIDATES = 8
"""Messages of one workspace looked at in a claim: a second's worth, twice, for some may share a conversation."""


@dataclass(frozen=True, slots=True)
class Claimed:
    """A message that this sender may send: once, from `send_at` (real time) on."""

    id: str
    workspace_id: str
    lane: Lane
    kind: Kind
    target: str
    slot: str | None
    text: str
    blocks: tuple[Mapping[str, object], ...]
    attempts: int
    started_at: datetime
    lease_until: datetime
    send_at: datetime
    channel: str | None = None
    """The channel that a `role:` target was resolved to."""
    post: tuple[str, str] | None = None
    """Channel and ts of the message to change in place."""


def claim(
    session: GuardedSession,
    owner: str,
    now: datetime,
    real: datetime,
    room: Mapping[Lane, int],
    *,
    paced: bool = True,
) -> list[Claimed]:
    """Lease what is due, urgent before bulk and oldest first, at most a second's worth of each workspace.

    Runs across workspaces; eight statements at most, however many there are, one when nothing is due. `now` is the
    calendar's, `real` is real time, `room` says how many more of each lane the sender can take.
    `paced=False` (a calendar that is moved quickly) lifts the rates.
    """
    share = CANDIDATES if paced else sum(room.values())
    found = turns.candidates(session, now, real if paced else None, share, sum(room.values()) * 2)
    if not found:
        return []
    wishes = [(row.Message.workspace_id, _scopes(row)) for row in found]
    allowance = pace.lock(session, wishes, real)
    chosen = _choose(found, allowance, dict(room), paced=paced)
    locked = _still_waiting(session, [row.Message for row in found if row.Message.id in chosen])
    if not locked:
        return []
    leased = [row for row in found if row.Message.id in locked]
    _lease(session, leased, owner, now, real)
    return [
        _claimed(
            row,
            attempts=row.Message.attempts + 1,
            started_at=now,
            channel=None,
            lease_until=real + LEASE,
            send_at=chosen[row.Message.id],
        )
        for row in leased
    ]


def _lease(
    session: GuardedSession, rows: Sequence[Row[Message, str, str]], owner: str, now: datetime, real: datetime
) -> None:
    session.execute(
        update(Message)
        .where(*_these([row.Message for row in rows]))
        .values(
            status=Status.SENDING.value,
            lease_owner=owner,
            lease_until=real + LEASE,
            started_at=now,
            channel=None,
            attempts=Message.attempts + 1,
        )
        .execution_options(synchronize_session=False)
    )


def anything_due(session: GuardedSession, now: datetime, real: datetime) -> bool:
    """Whether a message is due at calendar time `now` that may leave by `real`. Runs across workspaces."""
    return bool(turns.candidates(session, now, real, 1, 1))


def next_due(session: GuardedSession, now: datetime) -> datetime | None:
    """The next calendar time after `now` at which a message is due. Runs across workspaces."""
    served = Message.workspace_id.not_in(workspaces.letting_go())
    later = select(func.min(Message.due_at)).where(Message.status == Status.WAITING.value, Message.due_at > now, served)
    return session.scalar(later)


def claim_doubtful(session: GuardedSession, owner: str, real: datetime, limit: int) -> list[Claimed]:
    """Lease anew what a dead or cut-off sender left behind, oldest first. Two statements, across workspaces."""
    found = session.execute(
        select(Message, Post.channel, Post.ts)
        .outerjoin(Post, turns.its_post())
        .where(
            Message.status == Status.SENDING.value,
            Message.lease_until < real,
            Message.workspace_id.not_in(workspaces.letting_go()),
        )
        .order_by(Message.lease_until)
        .limit(limit)
        .with_for_update(of=Message, skip_locked=True)
        .execution_options(populate_existing=True)
    ).all()
    if not found:
        return []
    session.execute(
        update(Message)
        .where(*_these([row.Message for row in found]))
        .values(lease_owner=owner, lease_until=real + LEASE)
        .execution_options(synchronize_session=False)
    )
    return [
        _claimed(
            row,
            attempts=row.Message.attempts,
            started_at=row.Message.started_at or row.Message.due_at,
            channel=row.Message.channel,
            lease_until=real + LEASE,
            send_at=real,
        )
        for row in found
    ]


def hand_back(session: GuardedSession, owner: str, messages: Sequence[Claimed]) -> None:
    """Give up leases of messages that were never begun: this sender stops. Runs across workspaces."""
    session.execute(
        update(Message)
        .where(*_these(messages), Message.status == Status.SENDING.value, Message.lease_owner == owner)
        .values(status=Status.WAITING.value, lease_owner=None, lease_until=None, attempts=Message.attempts - 1)
        .execution_options(synchronize_session=False)
    )


def _scopes(row: Row[Message, str, str]) -> tuple[str, ...]:
    return pace.scopes(row.Message.target, updating=row.ts is not None)


def _choose(
    found: Sequence[Row[Message, str, str]], allowance: pace.Allowance, room: dict[Lane, int], *, paced: bool
) -> dict[str, datetime]:
    """Which of the candidates are sent, and when: one a slot, as many as the pace and the sender allow."""
    chosen: dict[str, datetime] = {}
    slots: set[tuple[str, str]] = set()
    for row in found:
        message, lane = row.Message, Lane(row.Message.lane)
        slot = (message.workspace_id, message.slot or message.id)
        if room.get(lane, 0) < 1 or slot in slots or not allowance.covers(message.workspace_id):
            continue
        send_at = allowance.take(message.workspace_id, _scopes(row), paced=paced)
        if send_at is not None:
            chosen[message.id] = send_at
            slots.add(slot)
            room[lane] -= 1
    return chosen


def _these(messages: Sequence[Message] | Sequence[Claimed]) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Conditions that find messages by their whole key: by id alone the whole outbox would be searched."""
    workspaces = sorted({message.workspace_id for message in messages})
    return Message.workspace_id.in_(workspaces), Message.id.in_(sorted(message.id for message in messages))


def _still_waiting(session: GuardedSession, messages: list[Message]) -> set[str]:
    """Lock those that nobody else has claimed or replaced meanwhile."""
    return set(
        session.scalars(
            select(Message.id)
            .where(*_these(messages), Message.status == Status.WAITING.value)
            .order_by(Message.id)
            .with_for_update(skip_locked=True)
        )
    )


def _claimed(
    row: Row[Message, str, str],
    *,
    attempts: int,
    started_at: datetime,
    channel: str | None,
    lease_until: datetime,
    send_at: datetime,
) -> Claimed:
    message = row.Message
    return Claimed(
        id=message.id,
        workspace_id=message.workspace_id,
        lane=Lane(message.lane),
        kind=Kind(message.kind),
        target=message.target,
        slot=message.slot,
        text=message.text,
        blocks=tuple(message.blocks),
        attempts=attempts,
        started_at=started_at,
        lease_until=lease_until,
        send_at=send_at,
        channel=channel,
        post=(row.channel, row.ts) if row.ts is not None else None,
    )
