"""Whose turn it is: due messages, urgent ones first, one a slot, as the pace of their conversations allows."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache

from sqlalchemy import ColumnElement, Integer, Row, Select, and_, bindparam, case, exists, func, literal, or_, select
from sqlalchemy.orm import aliased

from domain.messages import Lane
from storage import pace, workspaces
from storage.guard import MADE_ONCE, GuardedSession
from storage.outbox import Message, Post, Status


def candidates(
    session: GuardedSession, now: datetime, real: datetime | None, share: int, most: int
) -> Sequence[Row[Message, str, str]]:
    """Due messages whose turn it is, at most `share` of a workspace and `most` in all; None for `real` asks no pace."""
    given: dict[str, datetime | int] = {"now": now, "share": share, "most": most}
    if real is not None:
        given |= {"real": real, "soon": real + pace.REFILL}
    return session.execute(_statement(paced=real is not None), given).all()


@cache
def _statement(*, paced: bool) -> Select[Message, str, str]:
    """Made once: it is asked several times a second, and making it takes as long as running it."""
    now = bindparam("now", type_=Message.due_at.type)
    rank = case((Message.lane == Lane.INTERACTIVE.value, 0), else_=1)
    in_time = or_(Message.not_after.is_(None), Message.not_after > now)
    served = Message.workspace_id.not_in(workspaces.letting_go())
    conditions = [Message.status == Status.WAITING.value, Message.due_at <= now, in_time, served, ~_out_of_turn()]
    if paced:
        conditions += _allowed()
    order = (rank, Message.due_at, Message.created_at, Message.id)
    place = func.row_number().over(partition_by=Message.workspace_id, order_by=order)
    ranked = (
        select(Message.workspace_id, Message.id, place.label("place"))
        .outerjoin(Post, its_post())
        .where(*conditions)
        .subquery()
    )
    return (
        select(Message, Post.channel, Post.ts)
        .join(ranked, and_(ranked.c.workspace_id == Message.workspace_id, ranked.c.id == Message.id))
        .outerjoin(Post, its_post())
        .where(ranked.c.place <= bindparam("share", type_=Integer))
        .order_by(*order)
        .limit(bindparam("most", type_=Integer))
        .execution_options(populate_existing=True, **{MADE_ONCE: True})
    )


def _allowed() -> list[ColumnElement[bool]]:
    """The conversation is free now, and so is the changing of messages, for one that changes; the workspace soon."""
    workspace = Message.workspace_id
    real, soon = (bindparam(name, type_=Message.due_at.type) for name in ("real", "soon"))
    return [
        pace.free(workspace, literal(pace.WORKSPACE), soon),
        pace.free(workspace, Message.target, real),
        or_(Post.slot.is_(None), pace.free(workspace, literal(pace.UPDATES), real)),
    ]


def its_post() -> ColumnElement[bool]:
    """The message of the same slot that stands in Slack, for a join."""
    return and_(Post.workspace_id == Message.workspace_id, Post.slot == Message.slot)


def _out_of_turn() -> ColumnElement[bool]:
    """Another message of the slot is on its way, or a newer one waits: that one says what is true now."""
    other = aliased(Message)
    newer = and_(other.status == Status.WAITING.value, other.created_at > Message.created_at)
    return exists().where(
        other.workspace_id == Message.workspace_id,
        other.slot == Message.slot,
        or_(other.status == Status.SENDING.value, newer),
    )
