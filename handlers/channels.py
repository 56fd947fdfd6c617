"""What is risky about the channel where alerts name customers. Decides nothing: whoever reads it decides."""

from typing import Any

import structlog
from slack_sdk.errors import SlackApiError

from domain.moment import Moment
from domain.people import Actor
from handlers import census
from handlers.act import Act
from storage import people
from storage.guard import GuardedSession
from views.channels import Risk

log = structlog.get_logger(__name__)


async def risks(act: Act, channel: str | None) -> list[Risk]:
    """Who could read the alerts besides full members of a private channel; two calls of Slack and one query."""
    if channel is None:
        return []
    try:
        answer = await act.args.client.conversations_info(channel=channel)
    except SlackApiError as error:
        log.info("channel not readable", channel=channel, error=error.response.get("error"))
        return [Risk.UNREADABLE]
    info: dict[str, Any] = answer["channel"]
    found = []
    if not info.get("is_private"):
        found.append(Risk.PUBLIC)
    if info.get("is_ext_shared") or info.get("is_shared"):
        found.append(Risk.SHARED)
    if await act.read(_has_guests, await census.members_of(act.args.client, channel) or []):
        found.append(Risk.GUESTS)
    return found


def _has_guests(session: GuardedSession, _actor: Actor, _moment: Moment, slack_user_ids: list[str]) -> bool:
    return people.any_guest(session, slack_user_ids)
