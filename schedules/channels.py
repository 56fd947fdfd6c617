"""Which channel a role is at present: the one that was chosen, else the one with the usual name.

The one place that looks channels up by name, for the delivery and for whoever asks. Decides nothing about whether the
bot may post there: posting tells.
"""

import asyncio
import time
from collections.abc import Mapping

from slack_sdk.web.async_client import AsyncWebClient

from domain.settings import DEFAULT_CHANNEL_NAMES, ChannelRole, Settings
from storage import settings
from storage.database import Database

PAGE = 999
"""Channels a page, the most that Slack gives: at 20 pages a minute a list of twenty thousand is read in one."""

MISSED_FOR = 300.0
"""Seconds for which a name that was not there is taken to be missing by whoever only looks."""

WANTED = frozenset(DEFAULT_CHANNEL_NAMES.values())


class Channels:
    """Finds channels by role. A name is kept until the channel is refused or changed, or `forget` is called."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._names: dict[str, dict[str, str]] = {}
        self._read_at: dict[str, float] = {}
        self._reading = asyncio.Lock()

    async def of(self, client: AsyncWebClient, workspace_id: str, role: ChannelRole) -> str | None:
        """The id of the role's channel, for a message that waits for it: what is not known is looked for now.

        None when there is none. Raises SlackApiError, what the network raises, and DatabaseBusyError.
        """
        chosen = (await self._settings(workspace_id)).channels.get(role)
        if chosen is not None:
            return chosen
        name = DEFAULT_CHANNEL_NAMES[role]
        async with self._reading:
            known = self._names.get(workspace_id, {})
            return known.get(name) or (await self._read(client, workspace_id)).get(name)

    async def in_use(self, client: AsyncWebClient, workspace_id: str) -> Mapping[ChannelRole, str | None]:
        """The channel of every role at present. Asks Slack only where nobody chose, and seldom. Raises as `of`."""
        chosen = (await self._settings(workspace_id)).channels
        wanted = {name for role, name in DEFAULT_CHANNEL_NAMES.items() if not chosen.get(role)}
        async with self._reading:
            names = self._names.get(workspace_id, {})
            is_stale = time.monotonic() - self._read_at.get(workspace_id, -MISSED_FOR) >= MISSED_FOR
            if wanted - names.keys() and is_stale:
                names = await self._read(client, workspace_id)
        return {role: chosen.get(role) or names.get(name) for role, name in DEFAULT_CHANNEL_NAMES.items()}

    def forget(self, workspace_id: str) -> None:
        """Read the names afresh next time: one of them was not what it seemed."""
        self._names.pop(workspace_id, None)
        self._read_at.pop(workspace_id, None)

    async def _settings(self, workspace_id: str) -> Settings:
        return await self._db.read(workspace_id, settings.load)

    async def _read(self, client: AsyncWebClient, workspace_id: str) -> dict[str, str]:
        """Page through the list until every usual name is found; what was found before an error stays known.

        Somebody may call `forget` meanwhile: what was read still answers whoever asked, and is not kept.
        """
        found = self._names.setdefault(workspace_id, {})
        found.clear()
        cursor: str | None = None
        while not found.keys() >= WANTED:
            page = await client.conversations_list(
                types="public_channel,private_channel", exclude_archived=True, limit=PAGE, cursor=cursor
            )
            found |= {channel["name"]: channel["id"] for channel in page["channels"] if channel["name"] in WANTED}
            cursor = (page.get("response_metadata") or {}).get("next_cursor")
            if not cursor:
                break
        if self._names.get(workspace_id) is found:
            self._read_at[workspace_id] = time.monotonic()
        return found
