"""Whose turn it is: due messages, urgent ones first, one a slot, as the pace of their conversations allows."""

from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, literal, or_, select
from sqlalchemy.orm import aliased

from domain.messages import Lane
from storage import pace, workspaces
from storage.outbox import Message, Post, Status


def candidates(now: datetime, real: datetime | None, share: int) -> Select[Message, str, str]:
    """Due messages whose turn it is, at most `share` of a workspace; None for `real` asks no pace."""
    rank = case((Message.lane == Lane.INTERACTIVE.value, 0), else_=1)
    in_time = or_(Message.not_after.is_(None), Message.not_after > now)
    served = Message.workspace_id.not_in(workspaces.letting_go())
    conditions = [Message.status == Status.WAITING.value, Message.due_at <= now, in_time, served, ~_out_of_turn()]
    if real is not None:
        conditions += _allowed(real)
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
        .where(ranked.c.place <= share)
        .order_by(*order)
        .execution_options(populate_existing=True)
    )


def _allowed(real: datetime) -> list[ColumnElement[bool]]:
    """The conversation is free now, and so is the changing of messages, for one that changes; the workspace soon."""
    workspace = Message.workspace_id
    return [
        pace.free(workspace, literal(pace.WORKSPACE), real + pace.REFILL),
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
