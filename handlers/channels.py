"""What is wrong with the channels in use: who could read the alerts, and where Everboard cannot post.

Decides nothing: whoever reads it decides.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import structlog
from slack_sdk.errors import SlackApiError

from domain.moment import Moment
from domain.people import Actor
from domain.settings import ChannelRole
from handlers import census
from handlers.act import Act
from storage import people
from storage.guard import GuardedSession
from views.channels import Risk
from views.delivery import PLACES, TROUBLES, Trouble

POSTED_TO = frozenset({ChannelRole.ADVOCACY, ChannelRole.WINS})
"""What Everboard posts to by itself; the others matter once somebody has chosen one."""

log = structlog.get_logger(__name__)

Info = dict[str, Any] | str
"""What Slack says of a channel, or its word for why it says nothing."""


@dataclass(frozen=True, slots=True)
class Findings:
    """The channel of each role (None: there is none), risks of the one for alerts, and where nothing can be posted."""

    in_use: Mapping[ChannelRole, str | None]
    risks: list[Risk]
    troubles: dict[ChannelRole, Trouble]


async def findings(act: Act, chosen: Mapping[ChannelRole, str | None]) -> Findings:
    """Look at the channels: a call of Slack for each, all at the same time, and one query."""
    in_use = await act.house.channels.in_use(act.args.client, act.installation.workspace_id)
    matters = POSTED_TO | {role for role, channel in chosen.items() if channel}
    looked_at = {role: channel for role, channel in in_use.items() if channel and role in matters}
    answers = await asyncio.gather(*(_info(act, channel) for channel in looked_at.values()))
    infos = dict(zip(looked_at, answers, strict=True))
    troubles = {role: trouble for role, info in infos.items() if (trouble := _trouble(info)) is not None}
    alerts = in_use[ChannelRole.ADVOCACY]
    risks = await _risks(act, alerts, infos[ChannelRole.ADVOCACY]) if alerts else []
    return Findings(in_use, risks, troubles)


async def _info(act: Act, channel: str) -> Info:
    try:
        answer = await act.args.client.conversations_info(channel=channel)
    except SlackApiError as error:
        log.info("channel not readable", channel=channel, error=error.response.get("error"))
        return str(error.response.get("error"))
    info: dict[str, Any] = answer["channel"]
    return info


def _trouble(info: Info) -> Trouble | None:
    if isinstance(info, str):
        trouble = TROUBLES.get(info)
        return trouble if trouble in PLACES else None
    if info.get("is_archived"):
        return Trouble.ARCHIVED
    return None if info.get("is_member") else Trouble.NOT_IN


async def _risks(act: Act, channel: str, info: Info) -> list[Risk]:
    """Who could read the alerts besides full members of a private channel."""
    if isinstance(info, str):
        return [Risk.UNREADABLE]
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
