"""Hearing what somebody writes to the bot: from whom, and each message once. Decides not what it means."""

from domain import permissions
from domain.moment import Moment
from domain.people import Actor
from storage import receipts
from storage.guard import GuardedSession


def hear(session: GuardedSession, actor: Actor, moment: Moment, channel: str, ts: str) -> bool:
    """Whether this message was not heard before: Slack may deliver it again. Raises NotAllowed for who is no member."""
    permissions.check(actor, permissions.Action.LOOK_UP)
    return receipts.is_new(session, moment, f"heard:{channel}:{ts}")
