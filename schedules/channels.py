"""Which channel a role is at present: the one that was chosen, else the one with the usual name.

Decides nothing about whether the bot may post there: posting tells.
"""

import asyncio

from slack_sdk.web.async_client import AsyncWebClient

from domain.settings import DEFAULT_CHANNEL_NAMES, ChannelRole
from storage import settings
from storage.database import Database

PAGE = 200
"""Channels a page: the size that Slack advises."""


class Channels:
    """Finds channels by role. Names are kept until one is missed or refused."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._names: dict[str, dict[str, str]] = {}
        self._reading = asyncio.Lock()

    async def of(self, client: AsyncWebClient, workspace_id: str, role: ChannelRole) -> str | None:
        """The id of the role's channel; None when there is none. Raises SlackApiError and what the network raises."""
        chosen = (await self._db.read(workspace_id, settings.load)).channels.get(role)
        if chosen is not None:
            return chosen
        name = DEFAULT_CHANNEL_NAMES[role]
        async with self._reading:
            if name not in self._names.get(workspace_id, {}):
                self._names[workspace_id] = await _names(client)
            return self._names[workspace_id].get(name)

    def forget(self, workspace_id: str) -> None:
        """Read the names afresh next time: one of them was not what it seemed."""
        self._names.pop(workspace_id, None)


async def _names(client: AsyncWebClient) -> dict[str, str]:
    found: dict[str, str] = {}
    cursor: str | None = None
    while True:
        page = await client.conversations_list(
            types="public_channel,private_channel", exclude_archived=True, limit=PAGE, cursor=cursor
        )
        found |= {channel["name"]: channel["id"] for channel in page["channels"]}
        cursor = (page.get("response_metadata") or {}).get("next_cursor")
        if not cursor:
            return found
